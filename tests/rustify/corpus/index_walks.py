"""Walks through the indices of arrays, methods of ufuncs, and items of arrays among numbers."""

import numpy as np


def ndidx2(a):
    t = 0.0
    for idx in np.ndindex(*a.shape):
        t += a[idx]
    return t


def find_idx(a, v):
    found = None
    for idx in np.ndindex(a.shape):
        if a[idx] == v:
            found = idx
            break
    else:
        return "none"
    return found


def set_idx(a):
    b = np.zeros((2, 3))
    for idx in np.ndindex(2, 3):
        b[idx] = a[idx] + idx[0]
    return b


def row_idx(a, key):
    return a[key].sum()


def cont_idx(k):
    n = 0
    for i, j in np.ndindex(3, 4):
        if i == j:
            continue
        n += i * j
        if n > k:
            break
    return n


def list_idx(a):
    return [v for idx, v in np.ndenumerate(a) if idx[0] != idx[1]]


def ndenum(a):
    t = 0.0
    for (i, j), v in np.ndenumerate(a):
        t += v * (i - j)
    return t


def ndenum_changed(a):
    for i, v in np.ndenumerate(a):
        a[-1 - i[0]] += v
    return a


def positions(n):
    return list(np.ndindex(n))


def count_small(a):
    n = 0
    for c in a:
        if c in (2, 3):
            n += 1
    return n


def small_u8(a):
    return [x for x in a if x in (2, 300, -1)], [x for x in a if x in {3, 4}]


def small_f4(a):
    return [i for i, x in enumerate(a) if x in (0.1, 0.5)], [i for i, x in enumerate(a) if x in {0.1, 0.5}]


def max_grown(a):
    best = 0
    for i in range(len(a)):
        best = max(best, a[i])
    return best, min(0, a[0])


def max_acc(a):
    return np.maximum.accumulate(a)


def sums(a):
    return np.add.accumulate(a), np.add.reduce(a), np.minimum.reduce(a)


def outer(a, b):
    return np.multiply.outer(a, b) + np.subtract.outer(a, b)


def add_at(n, idx, v):
    h = np.zeros(n)
    np.add.at(h, idx, v)
    return h


def solve(a, b):
    try:
        return np.linalg.solve(a, b)
    except np.linalg.LinAlgError:
        return None


CASES = [
    ("ndidx2", (np.ones((3, 4)),), {}),
    ("find_idx", (np.arange(6.0).reshape(2, 3), 4.0), {}),
    ("find_idx", (np.arange(6.0).reshape(2, 3), 40.0), {}),
    ("set_idx", (np.arange(6.0).reshape(2, 3),), {}),
    ("row_idx", (np.arange(24.0).reshape(2, 3, 4), (1, 2)), {}),
    ("cont_idx", (20,), {}),
    ("list_idx", (np.arange(6.0).reshape(2, 3),), {}),
    ("ndenum", (np.ones((3, 4)),), {}),
    ("ndenum_changed", (np.arange(5.0),), {}),
    ("positions", (4,), {}),
    ("count_small", (np.array([1, 2, 3, 4]),), {}),
    ("small_u8", (np.arange(6, dtype=np.uint8),), {}),
    ("small_f4", (np.array([0.1, 0.5, 2], dtype=np.float32),), {}),
    ("max_grown", (np.array([1, 2, 3, 4], dtype=np.int32),), {}),
    ("max_acc", (np.array([1.0, 3.0, 2.0]),), {}),
    ("sums", (np.array([1, 3, 2], dtype=np.int32),), {}),
    ("outer", (np.arange(3), np.arange(4.0)), {}),
    ("add_at", (5, [1, 2, 2], 1.5), {}),
    ("solve", (np.eye(3), np.ones(3)), {}),
    ("solve", (np.zeros((3, 3)), np.ones(3)), {}),
]
EDGE = [
    ("row_idx", (np.arange(24.0).reshape(2, 3, 4), (1, 7)), {}),
    ("row_idx", (np.arange(24.0).reshape(2, 3, 4), (-1, -1)), {}),
    ("row_idx", (np.arange(24.0).reshape(2, 3, 4), (1, 1, 1)), {}),
    ("positions", (0,), {}),
    ("positions", (-1,), {}),
    ("positions", (2.5,), {}),
    ("cont_idx", (10**30,), {}),
    ("max_grown", (np.array([], dtype=np.int32),), {}),
    ("max_grown", (np.array([-5, -3], dtype=np.int32),), {}),
    ("max_acc", (np.array([1.0, float("nan"), 2.0]),), {}),
    ("max_acc", (np.array([]),), {}),
    ("sums", (np.array([], dtype=np.int32),), {}),
    ("add_at", (3, [5], 1.0), {}),
    ("add_at", (3, [], 1.0), {}),
    ("solve", (np.ones((2, 3)), np.ones(3)), {}),
    ("ndenum", (np.zeros((0, 3)),), {}),
    ("count_small", (np.array([2.0, float("nan")]),), {}),
]
