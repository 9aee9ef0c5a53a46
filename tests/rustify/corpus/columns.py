"""Columns of rows, `zip(*rows)`, that are only asked for their items; lists added to lists."""


def transposed(m):
    return list(map(list, zip(*m)))


def listed(m):
    return [list(c) for c in zip(*m)]


def figures(m):
    return [(sum(c), len(c)) for c in zip(*m)], [any(c) for c in zip(*m) if all(c)]


def seen_themselves(m):
    return [c for c in zip(*m)], [(list(c), c) for c in zip(*m)], [sum(c[1:]) for c in zip(*m)]


def spiral(m):
    out = []
    m = [list(r) for r in m]
    while m:
        out += m.pop(0)
        m = [list(x) for x in zip(*m)][::-1]
    return out


def shrinking(m):
    return [(sum(c), m[0].pop()) for c in zip(*m)]


def other_sum(m):
    sum = len
    return [sum(c) for c in zip(*m)]


def unread(m):
    return [1 for c in zip(*m)]


def made(n):
    rows = [[i * j for j in range(n)] for i in range(n)]
    kept = [list(c) for c in zip(*rows)]
    rows[0][0] = 99
    kept[0].append(7)
    return rows, kept


def joined(a, b):
    made = [x * 2 for x in a]
    both = made + b
    twice = both + both
    both.append(0)
    return both, twice, made + [], [] + made, b + made


M = [[1, 2, 3], [4, 5, 6]]
CASES = [
    ("transposed", (M,), {}),
    ("listed", (M,), {}),
    ("figures", (M,), {}),
    ("seen_themselves", (M,), {}),
    ("spiral", (M,), {}),
    ("shrinking", (M,), {}),
    ("other_sum", (M,), {}),
    ("unread", (M,), {}),
    ("made", (4,), {}),
    ("joined", ([1, 2], [3]), {}),
]
FLOATS = [[0.1, 0.2, 1e16], [1.0, -0.0, 1.0], [0.3, 5.5, -1e16]]
ODD = [
    [],
    [[]],
    [[], [1]],
    [[1, 2], [3]],
    [[1], [2, 3]],
    FLOATS,
    [["a", "b"], ["c", "d"]],
    [(1, 2), [3, 4]],
    ["ab", "cd"],
    [[2**70, 1], [3, True]],
    [[1, None], [2, 3]],
    [1, 2],
    {1: 2},
]
EDGE = [
    (name, (m,), {})
    for name in ("transposed", "listed", "figures", "seen_themselves", "spiral", "shrinking", "other_sum", "unread")
    for m in ODD
]
EDGE += [
    ("made", (0,), {}),
    ("made", (1,), {}),
    ("joined", ([], []), {}),
    ("joined", ([1.5], [2]), {}),
    ("joined", ([1], [2**70]), {}),
    ("joined", ([1], (2,)), {}),
    ("joined", (["a"], ["b"]), {}),
]
