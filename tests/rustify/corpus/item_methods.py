"""Items of instances that change in place, and named tuples in order."""

from collections import namedtuple

Point = namedtuple("Point", ["x", "y"])


class Grid:
    def __init__(self, rows):
        self.rows = [list(r) for r in rows]

    def __getitem__(self, place):
        i, j = place
        return self.rows[i][j]

    def __setitem__(self, place, value):
        i, j = place
        self.rows[i][j] = value


def raised(rows, by):
    grid = Grid(rows)
    grid[0, 0] += by
    grid[0, -1] *= 2
    return grid.rows, grid[0, 0]


def in_order(pairs):
    return sorted(Point(x, y) for x, y in pairs)


def backwards(pairs):
    points = [Point(x, y) for x, y in pairs]
    points.sort(reverse=True)
    return points, max(points, default=None)


def with_numbers(pairs):
    return sorted((Point(x, y), i) for i, (x, y) in enumerate(pairs))


CASES = [
    ("raised", ([[1, 2], [3, 4]], 5), {}),
    ("in_order", ([(1, 2), (0, 5), (1, 1)],), {}),
    ("backwards", ([(1, 2), (0, 5), (1, 1)],), {}),
    ("with_numbers", ([(1, 2), (0, 5), (1, 2)],), {}),
]
EDGE = [
    ("raised", ([[]], 1), {}),
    ("raised", ([[2**62, 2**62]], 2**62), {}),
    ("in_order", ([],), {}),
    ("in_order", ([(1, "a"), (1, 2)],), {}),
    ("in_order", ([(float("nan"), 1), (2, 2)],), {}),
    ("in_order", ([(1, 2), (1.0, 1), (True, 0)],), {}),
    ("backwards", ([],), {}),
    ("backwards", ([(None, 1), (None, 2)],), {}),
    ("with_numbers", ([(1, "a"), (2, "b")],), {}),
]
