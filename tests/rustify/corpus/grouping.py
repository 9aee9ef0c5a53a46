"""`itertools.groupby`, `bisect` of tuples, and tuples of one item type and several lengths."""

import bisect
import itertools
from bisect import bisect_left


def grade(score, cuts=(60, 70, 80, 90)):
    return "FDCBA"[bisect.bisect(cuts, score)]


def left(cuts, x):
    return bisect_left(cuts, x)


def change(amount, coins=(1, 5, 10, 25, 50)):
    ways = [1] + [0] * amount
    for coin in coins:
        for value in range(coin, amount + 1):
            ways[value] += ways[value - coin]
    return ways[amount]


def runs(days):
    groups = []
    for _, run in itertools.groupby(enumerate(days), key=lambda p: p[1] - p[0]):
        run = [d for _, d in run]
        groups.append((run[0], run[-1]))
    return groups


def by_length(ws):
    return {k: list(g) for k, g in itertools.groupby(sorted(ws, key=len), key=len)}


def encode(s):
    return "".join(f"{k}{sum(1 for _ in g)}" for k, g in itertools.groupby(s))


def counts(xs):
    out = []
    for k, g in itertools.groupby(xs):
        out.append((k, len(list(g))))
    return out


def kept(xs):
    out = []
    for k, g in itertools.groupby(xs):
        out.append(g)
    return len(out)


def twice(xs):
    return [(k, list(g), list(g)) for k, g in itertools.groupby(xs)]


CASES = [
    ("grade", (75,), {}),
    ("grade", (100,), {}),
    ("left", ((1, 3, 5), 4), {}),
    ("change", (37,), {}),
    ("change", (37, (1, 3, 7)), {}),
    ("runs", ([1, 2, 3, 7, 8, 10],), {}),
    ("by_length", (["a", "bb", "c", "dd"],), {}),
    ("encode", ("aaabbc",), {}),
    ("counts", ([1, 1, 2, 3, 3],), {}),
]
EDGE = [
    ("change", (11, (2, 5)), {}),
    ("change", (11, (2.0,)), {}),
    ("change", (11, ()), {}),
    ("grade", (float("nan"),), {}),
    ("grade", ("x",), {}),
    ("left", ([], 1), {}),
    ("left", ("abc", "b"), {}),
    ("runs", ([],), {}),
    ("runs", (["a"],), {}),
    ("encode", ([1, 1],), {}),
    ("encode", ("",), {}),
    ("counts", ([float("nan")] * 2,), {}),
    ("counts", ([1, 1.0, True],), {}),
    ("counts", ("aab",), {}),
    ("by_length", ([[1], "ab"],), {}),
    ("kept", ([1, 1],), {}),
    ("twice", ([1, 1, 2],), {}),
]
