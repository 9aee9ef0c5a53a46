"""What `+=` of a list takes: items of anything that has some, unless it has an addition of its own, as arrays do."""

import numpy as np


def joined(a, b):
    out = [a[0]]
    out += b
    return out


def plus(a, b):
    out = [a[0]]
    return out + b


def tail(a, k):
    out = [0]
    out += a[k:]
    return out


def flat(rows):
    out = []
    for row in rows:
        out += row
    return out


CASES = [
    ("joined", ([1, 2], [3, 4]), {}),
    ("joined", ([1], []), {}),
    ("plus", ([1, 2], [3]), {}),
    ("tail", ([1, 2, 3], 1), {}),
    ("flat", ([[1, 2], [3], []],), {}),
]
EDGE = [
    ("joined", ([1, 2], np.array([3, 4])), {}),
    ("joined", ([1, 2], np.array([3.5])), {}),
    ("joined", ([1, 2], np.int64(3)), {}),
    ("joined", ([1, 2], (3, 4)), {}),
    ("joined", ([1, 2], "ab"), {}),
    ("joined", ([1, 2], {5: 1}), {}),
    ("joined", ([1, 2], 3), {}),
    ("plus", ([1, 2], np.array([3, 4])), {}),
    ("plus", ([1, 2], (3,)), {}),
    ("tail", (np.array([1, 2]), 1), {}),
    ("tail", (np.array([1, 2, 3]), 1), {}),
    ("tail", ((1, 2, 3), 1), {}),
    ("tail", ("abc", 1), {}),
    ("flat", (np.array([[1, 2], [3, 4]]),), {}),
    ("flat", ([np.array([1, 2])],), {}),
    ("flat", (((1,), (2,)),), {}),
]
