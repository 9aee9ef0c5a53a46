"""Tuples compared with tuples: item by item, the first unequal one decides."""

NAN = float("nan")


def neighbours(grid, r, c):
    h, w = len(grid), len(grid[0])
    return sum(grid[(r + dr) % h][(c + dc) % w] for dr in (-1, 0, 1) for dc in (-1, 0, 1) if (dr, dc) != (0, 0))


def six(a, b, c, d):
    x, y = (a, b), (c, d)
    return x == y, x != y, x < y, x <= y, x > y, x >= y


def texts(a, b, n):
    return (a, n) < (b, n), (a, n) == (b, n), (n, a) >= (n, b), (a, b) > (b, a)


def floats(a, b):
    x, y = (a, 1.0), (b, 1.0)
    return x == y, x < y, x >= y, x == x


def nested(a, b):
    return ((a, True), "x") < ((b, False), "x"), ((a,), a) == ((b,), b), ((a, b), a) <= ((b, a), b)


def lengths(a, b):
    return (a, b) == (a, b, a), (a, b) < (a, b, a), (a,) > (a, b)


def best(pairs):
    top = pairs[0]
    for pair in pairs:
        if pair > top:
            top = pair
    return top


def hashed(x, n):
    return hash((x, n)) == hash((x, n)), hash(x) == hash(n), hash((x, (n, "a"))) == hash((n, (x, "a")))


CASES = [
    *(("neighbours", ([[1, 0, 1], [0, 1, 1], [1, 1, 0]], r, c), {}) for r in range(3) for c in range(3)),
    *(("six", args, {}) for args in [(1, 2, 1, 2), (1, 2, 1, 3), (2, 0, 1, 9), (-1, 5, -1, 5)]),
    *(("texts", args, {}) for args in [("a", "b", 1), ("b", "a", 1), ("a", "a", 2), ("", "é", 0), ("x\0", "x", 3)]),
    *(("floats", args, {}) for args in [(1.0, 2.0), (-0.0, 0.0), (float("inf"), 1.0)]),
    *(("nested", args, {}) for args in [(1, 2), (2, 1), (3, 3)]),
    *(("lengths", args, {}) for args in [(1, 2), (2, 1)]),
    ("best", ([(1, 1), (1, 2), (0, 9)],), {}),
    ("best", ([(3, 0)],), {}),
    *(("hashed", args, {}) for args in [(1.0, 1), (2.5, 2), (-0.0, 0)]),
]
EDGE = [
    *(("six", args, {}) for args in [(10**20, 1, 10**20, 2), (True, 1, 1, 1), (1.5, 2, 1, 2), ("a", 1, "a", 2)]),
    *(("floats", args, {}) for args in [(NAN, 1.0), (1.0, NAN), (NAN, NAN), (1, 2)]),
    *(("nested", args, {}) for args in [(1.5, 2.5), ("a", "b"), (NAN, NAN)]),
    *(("best", (pairs,), {}) for pairs in [[(1, "a"), (1, "b")], [(2.5, 1), (2.5, 2)], [(NAN, 1), (1.0, 2)], []]),
    *(("hashed", args, {}) for args in [(NAN, 3), (10**25, 1), (2.0, "x"), ([], 1)]),
]


if __name__ == "__main__":
    for name, args, kwargs in CASES:
        print(globals()[name](*args, **kwargs))
