"""`defaultdict` of a lambda and `OrderedDict` that stay inside a function, and those that leave it."""

from collections import OrderedDict, defaultdict


def dd(xs):
    d = defaultdict(lambda: 0)
    for x in xs:
        d[x] += 1
    return dict(d)


def dd2(xs):
    d = defaultdict(lambda: [0, 0])
    for x in xs:
        d[x % 3][0] += 1
        d[x % 3][1] += x
    return dict(d)


def dd3(xs):
    d = defaultdict(lambda: defaultdict(int))
    for x in xs:
        d[x % 3][x] += 1
    return sorted((k, sorted(v.items())) for k, v in d.items())


def dd4(xs):
    d = defaultdict(lambda: float("inf"))
    d[0] = 0
    for x in xs:
        if d[x - 1] + 1 < d[x]:
            d[x] = d[x - 1] + 1
    return list(d.items())


def dd5(xs, k):
    d = defaultdict(lambda: k)
    t = 0
    for x in xs:
        t += d[x]
        k += 1
    return t, len(d), 5 in d, d.get(7), sorted(d)


def dd6(pairs):
    g = defaultdict(lambda: [])
    for a, b in pairs:
        g[a].append(b)
    return {k: sum(v) for k, v in g.items()}


def dd_esc(xs):
    d = defaultdict(lambda: 0)
    for x in xs:
        d[x] += 1
    return d


def dd_tuple(n):
    grid = defaultdict(lambda: ".")
    for i in range(n):
        grid[i, i * 2] = "#"
    return sum(1 for i in range(n) for j in range(n) if grid[(i, j)] == "#"), len(grid)


def od(xs):
    d = OrderedDict()
    for x in xs:
        d[x] = d.get(x, 0) + 1
    return list(d.items())


def od2(ops, cap):
    d = OrderedDict()
    hits = 0
    for x in ops:
        if x in d:
            d.move_to_end(x)
            hits += 1
        else:
            if len(d) >= cap:
                d.popitem(last=False)
            d[x] = True
    return hits, list(d)


def od3(xs):
    d = OrderedDict()
    for i, x in enumerate(xs):
        d[x] = i
    out = []
    while d:
        k, v = d.popitem(last=False)
        out.append((k, v))
        if d:
            out.append(d.popitem())
    return out


def od4(xs):
    d = OrderedDict()
    for x in xs:
        d[x] = 1
    try:
        d.move_to_end(99)
    except KeyError:
        return "none"
    return list(d)


def od5(d):
    e = OrderedDict(sorted(d.items()))
    return list(e.items())


def od6():
    d = OrderedDict()
    try:
        return d.popitem(last=False)
    except KeyError:
        return "empty"


def dd_shown(xs):
    d = defaultdict(lambda: 0)
    for x in xs:
        d[x] += 1
    return f"{d[1]} {len(d)}", bool(d), not d


def dd_copied(xs):
    d = defaultdict(lambda: 1)
    for x in xs:
        d[x] *= 2
    e = d.copy()
    return e[77], len(d)


def dd_annotated(xs):
    d: dict = defaultdict(lambda: 1)
    for x in xs:
        d[x] += x
    del d[xs[0]]
    return d[xs[0]], list(d)


def make_pair():
    return [0, 0]


def dd_function(xs):
    d = defaultdict(make_pair)
    for x in xs:
        d[x][0] += 1
    return list(d.items())


def od_front(xs):
    d = OrderedDict()
    for x in xs:
        d[x] = 1
    d.move_to_end(xs[0], last=False)
    return list(d)


def od_kept(xs):
    d = OrderedDict()
    for x in xs:
        d[x] = 1
    return d


CASES = [
    ("dd", ([1, 2, 2],), {}),
    ("dd2", ([1, 2, 2],), {}),
    ("dd3", ([1, 2, 2, 5, 7],), {}),
    ("dd4", ([1, 2, 2, 5, 7],), {}),
    ("dd5", ([1, 2, 2, 5, 7], 3), {}),
    ("dd6", ([(1, 2), (2, 3), (1, 5)],), {}),
    ("dd_esc", ([1, 2],), {}),
    ("dd_tuple", (5,), {}),
    ("dd_shown", ([1, 2],), {}),
    ("dd_copied", ([1, 2],), {}),
    ("dd_annotated", ([1, 2],), {}),
    ("dd_function", ([1, 2, 2],), {}),
    ("od", ([1, 2, 2],), {}),
    ("od2", ([1, 2, 2, 3, 4, 1, 2] * 20, 3), {}),
    ("od3", ([1, 2, 2, 3, 4, 1, 2],), {}),
    ("od4", ([1, 2],), {}),
    ("od4", ([1, 99, 2],), {}),
    ("od5", ({3: 1, 1: 2},), {}),
    ("od6", (), {}),
    ("od_front", ([1, 2, 3],), {}),
    ("od_kept", ([1, 2, 3],), {}),
]
EDGE = [
    ("dd", ([[1], 2],), {}),
    ("dd", (None,), {}),
    ("dd", ("abca",), {}),
    ("dd", ([1.0, 1, True, float("nan")],), {}),
    ("dd6", ([(1, "a"), ([], 2)],), {}),
    ("dd4", (["a"],), {}),
    ("dd5", ([2**70, 5], 3), {}),
    ("od2", ([[1]], 3), {}),
    ("od2", ([1, 2], 0), {}),
    ("od3", ([],), {}),
    ("od5", ({1: 1, "a": 2},), {}),
    ("od5", ({},), {}),
]
