"""`math.fsum`: infinities, what is no number, sums beyond the largest number on the way."""

import math


def of_values(d):
    return math.fsum(d.values())


def of_items(xs):
    return math.fsum(x for x in xs)


def of_halves(xs):
    return math.fsum(x / 2 for x in xs if x != 3.0)


def mean_or_word(xs):
    try:
        return math.fsum(x for x in xs) / len(xs)
    except ValueError:
        return "both signs"
    except OverflowError:
        return "too large"
    except ZeroDivisionError:
        return "nothing"


inf, nan = math.inf, math.nan

LISTS = [
    [0.1] * 10,
    [1e16, 1.0, -1e16],
    [1e308, 1e308],
    [1e308, 1e308, inf],
    [inf, 1e308, 1e308],
    [1e308, inf, 1e308, 5.0],
    [inf, inf],
    [-inf, 3.0],
    [inf, -inf],
    [nan],
    [nan, inf, -inf],
    [inf, nan],
    [1.0, nan, 2.0],
    [-0.0],
    [-0.0, 0.0],
    [5e-324, -5e-324, 1e-300],
    [1e308, -1e308, 1e308],
    [1.7976931348623157e308, 9.9792015476736e291],
    [1.7976931348623157e308, 1e292],
    [1e-16, 1.0, 1e-16],
    [1.0, 1e100, 1.0, -1e100] * 3,
    [],
]
CASES = [
    ("of_values", ({"a": 0.1, "b": 0.2},), {}),
    ("of_items", ([0.1, 0.2, 0.3],), {}),
    ("of_halves", ([0.1, 0.2, 3.0],), {}),
    ("mean_or_word", ([0.1, 0.2, 3.0],), {}),
]
EDGE = (
    [("of_values", (dict(enumerate(xs)),), {}) for xs in LISTS]
    + [(n, (xs,), {}) for xs in LISTS for n in ("of_items", "of_halves", "mean_or_word")]
    + [("of_values", ({"a": 1},), {}), ("of_items", ([True, 2],), {}), ("of_items", ([10**400],), {})]
)
