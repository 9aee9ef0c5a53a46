"""Arguments that are computed whether they are needed or not, and ends of loops that change under way."""


def eager_default(xs, ys):
    return max(xs, default=ys[0]), min((x for x in xs if x > 1), default=ys[-1])


def eager_key_default(xs, ys):
    return max(xs, key=lambda v: -v, default=ys[0])


def eager_get(d, k, ys):
    return d.get(k, ys[0])


def eager_setdefault(d, k, ys):
    return d.setdefault(k, ys[0]), d


def eager_pop(d, k, ys):
    return d.pop(k, ys[0]), d


def eager_sum(xs, ys):
    return sum(xs, ys[0])


def eager_next(xs, ys):
    first = ys[0] if ys else 7
    return next((x for x in xs if x > 2), first)


def eager_round(x, ys):
    return round(x, ys[0])


def eager_enumerate(xs, ys):
    return [i * x for i, x in enumerate(xs, ys[0])]


def eager_sorted(xs, ys):
    return sorted(xs, reverse=ys[0] > 1), sorted(xs, key=lambda v: v % 3, reverse=bool(ys[0]))


def eager_range(xs, ys):
    out = []
    for i in range(len(xs), ys[0]):
        ys.append(i)
        out.append(i)
        if len(ys) > 5:
            break
    return out, ys


def shrinking(xs):
    n = 0
    for i in range(len(xs)):
        if i < len(xs) and xs[i] > 1:
            xs.pop()
        n += 1
    return n, xs


def both_sides(d, k):
    d[k] = d.get(k, 0) + len(d)
    d[len(d)] = len(d)
    return d


def short_circuit(xs, ys):
    return bool(xs and xs[0] > 1 or ys[0]), not xs or xs[-1] == 2, xs and ys and xs[0] == ys[0]


def strings_default(words, ys):
    return max(words, key=len, default=ys[0]), "-".join(w or ys[0] for w in words)


def unpack_star(xs):
    a, *b = xs
    *c, d = b or [0]
    return a, b, c, d


def zip_short(xs, ys):
    it = []
    for x, y in zip(xs, ys):
        it.append((x, y))
        if x == 2:
            ys.append(9)
            xs.append(8)
    return it, xs, ys


CASES = [
    ("eager_default", ([1, 2, 3], [5]), {}),
    ("eager_key_default", ([1, 2], [5]), {}),
    ("eager_get", ({"a": 1}, "a", [5]), {}),
    ("eager_setdefault", ({"a": 1}, "a", [5]), {}),
    ("eager_pop", ({"a": 1}, "a", [5]), {}),
    ("eager_sum", ([1, 2], [5]), {}),
    ("eager_next", ([1, 5], [5]), {}),
    ("eager_round", (2.567, [1]), {}),
    ("eager_enumerate", ([1, 2], [5]), {}),
    ("eager_sorted", ([3, 1, 2], [5]), {}),
    ("eager_range", ([1], [5]), {}),
    ("shrinking", ([1, 2, 3],), {}),
    ("both_sides", ({"a": 1}, "a"), {}),
    ("short_circuit", ([1], [0]), {}),
    ("strings_default", (["a", "bb"], ["z"]), {}),
    ("unpack_star", ([1, 2, 3],), {}),
    ("zip_short", ([1, 2], [3, 4]), {}),
]
EDGE = [
    ("eager_default", ([1, 2, 3], []), {}),
    ("eager_default", ([], [5]), {}),
    ("eager_key_default", ([1, 2], []), {}),
    ("eager_key_default", ([], [5]), {}),
    ("eager_get", ({"a": 1}, "a", []), {}),
    ("eager_setdefault", ({"a": 1}, "a", []), {}),
    ("eager_pop", ({"a": 1}, "a", []), {}),
    ("eager_sum", ([], []), {}),
    ("eager_next", ([1, 5], []), {}),
    ("eager_round", (2.5, []), {}),
    ("eager_enumerate", ([], []), {}),
    ("eager_sorted", ([], []), {}),
    ("eager_sorted", ([2, 1], []), {}),
    ("eager_range", ([1], []), {}),
    ("short_circuit", ([2], []), {}),
    ("short_circuit", ([], []), {}),
    ("strings_default", (["a", ""], []), {}),
    ("strings_default", (["a"], []), {}),
    ("unpack_star", ([1],), {}),
    ("unpack_star", ([],), {}),
    ("zip_short", ([1, 2, 3], [3]), {}),
    ("zip_short", ([2, 2, 2], [2, 2, 2]), {}),
]
