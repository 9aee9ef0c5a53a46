"""NaN in containers: it is found where it is the same object, and equals nothing else."""

from collections import deque

NAN = float("nan")


def has(xs, x):
    return x in xs


def where(xs, x):
    return xs.index(x) if x in xs else -1


def how_many(xs, x):
    return xs.count(x)


def without(xs, x):
    try:
        xs.remove(x)
    except ValueError as e:
        return str(e)
    return len(xs)


def found(d, x):
    return x in d, d.get(x, 5)


def counted(xs):
    d = {}
    for x in xs:
        d[x] = d.get(x, 0) + 1
    return len(d)


def own_list(x):
    return [x, 1.0] == [x, 1.0], [x] != [x], x in [x], x in [1.0, x], [x].index(x), [x].count(x)


def own_tuple(x):
    a = (x, 1.0)
    b = (x, 1.0)
    return a == b, a != b, a < b, a <= b, x in a, a.count(x), a in [b], (x,) in {(x,): 1}


def own_dict(x):
    d = {x: 1}
    e = {x: 1}
    return d == e, x in d, d.get(x), {1: x} == {1: x}, len({x, x}), {x} == {x}


def lists_alike(xs, ys):
    return xs == ys, xs != ys


def halved(xs):
    ys = [x / 2 for x in xs]
    zs = [y for y in ys]
    return ys == zs, ys[0] in zs


def in_deque(x):
    q = deque([x, 1.0])
    return x in q, q.count(x)


def ordered(x):
    return max(x, 1.0), min(x, 1.0), sorted([x, 1.0, 0.5]), [x, 2.0] < [x, 3.0]


CASES = [
    ("has", ([1.0, 2.0], 2.0), {}),
    ("where", ([1.0, 2.0], 2.0), {}),
    ("how_many", ([1.0, 2.0], 2.0), {}),
    ("without", ([1.0, 2.0], 2.0), {}),
    ("found", ({1.0: 1}, 1.0), {}),
    ("counted", ([1.0, 2.0, 1.0],), {}),
    ("own_list", (1.5,), {}),
    ("own_tuple", (1.5,), {}),
    ("own_dict", (1.5,), {}),
    ("lists_alike", ([1.0], [1.0]), {}),
    ("halved", ([1.0, 2.0],), {}),
    ("in_deque", (1.5,), {}),
    ("ordered", (1.5,), {}),
]
EDGE = [
    *((name, ([NAN, 1.0], NAN), {}) for name in ("has", "where", "how_many", "without")),
    *((name, ([1, NAN, "a"], NAN), {}) for name in ("has", "where", "how_many", "without")),
    *((name, ((1.0, NAN), NAN), {}) for name in ("has", "where", "how_many")),
    *((name, ([(NAN, 1)], (NAN, 1)), {}) for name in ("has", "where", "how_many", "without")),
    ("has", ([NAN], float("nan")), {}),
    ("has", ([1j, complex(NAN, 1)], 1j), {}),
    ("found", ({NAN: 1}, NAN), {}),
    ("found", ({NAN: 1}, float("nan")), {}),
    ("found", ({(NAN, 1): 1}, (NAN, 1)), {}),
    ("counted", ([NAN, NAN, 1.0],), {}),
    ("counted", ([NAN, 1, "a"],), {}),
    *((name, (NAN,), {}) for name in ("own_list", "own_tuple", "own_dict", "in_deque", "ordered")),
    ("lists_alike", ([NAN], [NAN]), {}),
    ("lists_alike", ([NAN, 1], [NAN, 1]), {}),
    ("lists_alike", ([[NAN]], [[NAN]]), {}),
    ("halved", ([NAN, 1.0],), {}),
    ("halved", ([NAN, 1],), {}),
]


if __name__ == "__main__":
    for name, args, kwargs in CASES:
        print(globals()[name](*args, **kwargs))
