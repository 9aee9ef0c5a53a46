"""Calls with `*items` of unequal lengths, whose callee has defaults; whole numbers that are truth values."""


class Graph:
    def __init__(self, directed=True):
        self.edges = []
        self.directed = directed

    def add(self, u, v, w=1):
        self.edges.append((u, v, w))
        return self


def weighed(u, v, w=1, *, scale=2):
    return (u + v * w) * scale


def three(a, b=2, c="x"):
    return a, b, c


def built(edges):
    g = Graph()
    for e in edges:
        g.add(*e)
    return g.edges


def all_weighed(edges):
    return [weighed(*e) for e in edges]


def with_first(edges):
    return [weighed(1, *e) for e in edges]


def with_scale(edges):
    return [weighed(*e, scale=3) for e in edges]


def threes(rows):
    out = []
    for row in rows:
        try:
            out.append(three(*row))
        except TypeError as e:
            out.append(str(e))
    return out


def rest_of(rows):
    return [three(first, *rest) for first, *rest in rows]


def open_ended(a, b=2, /, c=3, *rest, d=4, **kw):
    return a, b, c, rest, d, sorted(kw.items())


def passed_on(xs, kw):
    return open_ended(*xs, **kw)


def passed_by_position(rows):
    return [open_ended(*row) for row in rows], [open_ended(0, *row, d=1) for row in rows]


def counted(n, xs):
    out = 0
    for i in range(n):
        out += i + 1
    ys = list(xs)
    ys[n % len(ys)] = n
    return out, ys, [j for j in range(n, 3)]


EDGES = [(1, 2), (2, 3, 5)]
CASES = [
    ("built", (EDGES,), {}),
    ("all_weighed", (EDGES,), {}),
    ("with_first", ([(1,), (2, 3)],), {}),
    ("with_scale", (EDGES,), {}),
    ("threes", ([(1,), (1, 2), (1, 2, "z")],), {}),
    ("rest_of", ([(1, 2), (1, 2, "c")],), {}),
    ("counted", (3, [1, 2]), {}),
    ("passed_on", ([1, 2], {"d": 9, "q": 3}), {}),
    ("passed_by_position", ([(1,), (1, 2, 3, 4, 5)],), {}),
]
EDGE = [
    (name, (rows,), {})
    for name in ("built", "all_weighed", "with_first", "with_scale", "threes", "rest_of")
    for rows in (
        [],
        [()],
        [(1,)],
        [(1, 2)],
        [(1, 2, 3)],
        [(1, 2, 3, 4)],
        [[1, 2], [1, 2, 3]],
        [(1, 2), [1, 2, 3]],
        [(1.5, 2)],
        [(1, "a", 2)],
        ["ab", "abc"],
        [{1: 2, 3: 4}],
        [(1, 2), 5],
        [(1, None)],
    )
]
EDGE += [
    ("passed_on", (xs, kw), {})
    for xs in ([], [1], [1, 2, 3], [1, 2, 3, 4, 5], (1, 2))
    for kw in ({}, {"c": 7}, {"b": 7}, {"d": 1, "c": 2}, {"z": 1})
]
EDGE += [("passed_by_position", (rows,), {}) for rows in ([], [()], [[1, 2]], [(1, "a")], ["abcd"])]
EDGE += [("counted", (n, [1, 2]), {}) for n in (True, False, 0, -1, 2.0, None, 2**70, "3")]
EDGE += [("counted", (True, []), {}), ("counted", (True, [1.5]), {})]
