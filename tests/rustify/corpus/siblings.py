"""Functions that are called with other types than those that were recorded: SIBLINGS are ordinary calls, too."""

import math


def mean(values):
    total = 0
    for value in values:
        total += value
    return total / len(values) if values else None


def clamp(x, low=0, high=1):
    if x < low:
        return low
    return high if x > high else x


def product(a, b):
    return [[sum(x * y for x, y in zip(row, column)) for column in zip(*b)] for row in a]


def unique_items(items):
    seen, found = set(), []
    for item in items:
        if item not in seen:
            seen.add(item)
            found.append(item)
    return found


def flatten(rows):
    return [item for row in rows for item in row]


def sort_in_place(items):
    for i in range(1, len(items)):
        item, j = items[i], i - 1
        while j >= 0 and items[j] > item:
            items[j + 1] = items[j]
            j -= 1
        items[j + 1] = item
    return items


def positions(items):
    found = {}
    for i, item in enumerate(items):
        found.setdefault(item, []).append(i)
    return found


def power(base, times):
    result = 1
    for _ in range(times):
        result *= base
    return result


def look_up(table, key, default=None):
    return table[key] if key in table else default


def norm(point):
    return math.sqrt(sum(x * x for x in point))


def total(*values, start=0):
    for value in values:
        start += value
    return start


def put(target, key, value):
    target[key] = value
    return len(target)


class Point:
    def __init__(self, x, y):
        self.x, self.y = x, y

    def scaled(self, factor):
        return Point(self.x * factor, self.y * factor)

    def sum(self):
        return self.x + self.y


def made(x, y, factor):
    point = Point(x, y).scaled(factor)
    return [point.x, point.y, point.sum()]


CASES = [
    ("mean", ([1.5, 2.5, 4.0],), {}),
    ("mean", ([],), {}),
    ("clamp", (0.5,), {}),
    ("clamp", (2.5, 0.5, 1.5), {}),
    ("product", ([[1.0, 2.0], [3.0, 4.0]], [[0.5, 1.0], [1.5, 2.0]]), {}),
    ("unique_items", ([3, 1, 3, 2],), {}),
    ("flatten", ([[1, 2], [3]],), {}),
    ("sort_in_place", ([3, 1, 2],), {}),
    ("positions", (["a", "b", "a"],), {}),
    ("power", (3, 10), {}),
    ("look_up", ({"a": 1}, "a"), {}),
    ("norm", ([3.0, 4.0],), {}),
    ("total", (1, 2, 3), {}),
    ("put", ({"a": 1}, "b", 2), {}),
    ("made", (1.5, 2.5, 2.0), {}),
]
SIBLINGS = [
    ("mean", ([1, 2, 4],), {}),
    ("mean", ([1, 2.5, True],), {}),
    ("mean", ((1, 2.5),), {}),
    ("mean", ([2**70, 1],), {}),
    ("clamp", (5,), {}),
    ("clamp", (-5, 0.5), {}),
    ("clamp", ("m", "a", "f"), {}),
    ("product", ([[1, 2], [3, 4]], [[5, 6], [7, 8.5]]), {}),
    ("product", (((1, 2), (3, 4)), ((5, 6), (7, 8))), {}),
    ("product", ([[2**62, 2**62]], [[4], [5]]), {}),
    ("unique_items", (["b", "a", "b"],), {}),
    ("unique_items", ([1, 1.0, True, 2.5],), {}),
    ("unique_items", ("mississippi",), {}),
    ("unique_items", ([(1, 2), (1, 2), ()],), {}),
    ("unique_items", ([],), {}),
    ("flatten", (("ab", "c"),), {}),
    ("flatten", ([(1.5, "x"), [None]],), {}),
    ("flatten", ([],), {}),
    ("sort_in_place", ([2.5, -0.0, 0.0, 1],), {}),
    ("sort_in_place", (["b", "a"],), {}),
    ("sort_in_place", ([[2], [1, 5]],), {}),
    ("positions", ([1, 2, 1.0],), {}),
    ("positions", ((1.5, 2.5),), {}),
    ("power", (2.5, 3), {}),
    ("power", (2, 100), {}),
    ("look_up", ({1: 2.5}, 1), {}),
    ("look_up", ({(1, 2): "x"}, (2, 1), "none"), {}),
    ("look_up", ([1, 2], 1), {}),
    ("norm", ((3, 4),), {}),
    ("norm", ([3, 4.0],), {}),
    ("total", (1.5, 2), {}),
    ("total", (), {"start": 2.5}),
    ("put", ({1: 2}, 3, None), {}),
    ("put", ([1, 2], 0, "x"), {}),
    ("made", (1, 2, 3), {}),
    ("made", ("a", "b", 2), {}),
]
EDGE = [
    ("mean", (["a", "b"],), {}),
    ("mean", (3,), {}),
    ("clamp", (None,), {}),
    ("clamp", (float("nan"), 1, 2), {}),
    ("product", ([[1, 2]], [["a"], ["b"]]), {}),
    ("unique_items", ([[1]],), {}),
    ("unique_items", ([float("nan")] * 2,), {}),
    ("sort_in_place", (["b", 1],), {}),
    ("sort_in_place", ((3, 1),), {}),
    ("positions", ([[1]],), {}),
    ("power", (2, 2.5), {}),
    ("power", ("a", 2), {}),
    ("look_up", ({"a": 1}, [1]), {}),
    ("norm", (["x"],), {}),
    ("total", (1, "x"), {}),
    ("put", ((1, 2), 0, 3), {}),
    ("put", ([1], 5, 3), {}),
    ("made", (1, None, 2), {}),
    ("made", ([1], [2], 2), {}),
]
