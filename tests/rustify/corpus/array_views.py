"""Parts of arrays: rows, slices, new axes, masks, index arrays; written to, in place, overlapping."""

import numpy as np


def row_norms(a):
    out = np.empty(a.shape[0])
    for i in range(a.shape[0]):
        row = a[i]
        out[i] = np.sqrt((row * row).sum())
    return out


def central_difference(x, h):
    return (x[2:] - x[:-2]) / (2.0 * h)


def smooth_in_place(x):
    x[1:-1] = 0.25 * x[:-2] + 0.5 * x[1:-1] + 0.25 * x[2:]
    return x


def jacobi(grid):
    new = grid.copy()
    new[1:-1, 1:-1] = 0.25 * (grid[:-2, 1:-1] + grid[2:, 1:-1] + grid[1:-1, :-2] + grid[1:-1, 2:])
    return new


def column(a, j):
    return a[:, j] * 2.0


def last_rows(a, n):
    return a[-n:]


def reversed_copy(x):
    return x[::-1] + 0.0


def every_other(x):
    return x[::2], x[1::2]


def outer_difference(a, b):
    return a[:, None] - b[None, :]


def squared_distances(points, centre):
    d = points - centre[np.newaxis, :]
    return np.sum(d * d, axis=1)


def positive_only(x):
    return x[x > 0]


def zero_negatives(x):
    x[x < 0] = 0.0
    return x


def scale_masked(x, mask, factor):
    x[mask] *= factor
    return x


def take_rows(a, indices):
    return a[indices]


def set_column(a, j, value):
    a[:, j] = value
    return a


def add_to_rows(a, v):
    for i in range(len(a)):
        a[i] += v
    return a


def swap_rows(a, i, j):
    row = a[i].copy()
    a[i] = a[j]
    a[j] = row
    return a


def shift(x):
    x[1:] = x[:-1]
    return x


def accumulate_rows(a):
    total = np.zeros(a.shape[1])
    for row in a:
        total += row
    return total


def row_and_index(a):
    best, where = -1.0, -1
    for i, row in enumerate(a):
        m = float(row.max())
        if m > best:
            best, where = m, i
    return best, where


def paired_rows(a, b):
    s = 0.0
    for x, y in zip(a, b):
        s += float(np.dot(x, y))
    return s


def view_back(a):
    view = a[1:3]
    view[0] = 7.0
    return view, a


def transposed(a):
    return a.T @ a


def diagonal_block(a, k):
    return a[k : k + 2, k : k + 2]


def flip_both(a):
    return a[::-1, ::-1]


def fill_border(a, value):
    a[0, :] = value
    a[-1, :] = value
    a[:, 0] = value
    a[:, -1] = value
    return a


def borrow_row(a, i):
    row = a[i]
    row *= 2.0
    return a


def ellipsis_last(a):
    return a[..., 0]


def nested_helper(row):
    return row * row + 1.0


def call_with_row(a, i):
    return nested_helper(a[i]).sum()


def in_place_then_fail(x, i):
    x += 1.0
    x[0:2] = 5.0
    return x[i]


def rolling_window(x, w):
    out = np.empty(len(x) - w + 1)
    for i in range(len(out)):
        out[i] = x[i : i + w].mean()
    return out


_X = np.array([1.0, -2.0, 4.0, 0.5, 8.0, -1.0])
_A = np.arange(12.0).reshape(3, 4)
_B = np.array([[1.5, -2.0, 0.25, 3.0], [0.0, 4.0, 2.5, -1.0], [2.0, 2.0, 2.0, 2.0]])


def even_odd(x):
    even, odd = x[::2], x[1::2]
    return even, odd, even.strides, odd.strides


def none_of(table, i):
    part, side = table[i::2], table[:, 3:1:-2]
    return part.strides, side.strides, part, side


CASES = [
    ("even_odd", (np.arange(6.0),), {}),
    ("none_of", (np.arange(6.0).reshape(2, 3), 1), {}),
    ("row_norms", (_A,), {}),
    ("central_difference", (_X, 0.5), {}),
    ("smooth_in_place", (_X,), {}),
    ("jacobi", (_A,), {}),
    ("jacobi", (np.arange(42.0).reshape(6, 7) ** 2,), {}),
    ("column", (_A, 1), {}),
    ("last_rows", (_A, 2), {}),
    ("reversed_copy", (_X,), {}),
    ("every_other", (_X,), {}),
    ("outer_difference", (_X, _X[:3]), {}),
    ("squared_distances", (_A, np.array([1.0, 2.0, 3.0, 4.0])), {}),
    ("positive_only", (_X,), {}),
    ("zero_negatives", (_X,), {}),
    ("scale_masked", (_X, np.array([True, False, True, False, False, True]), 3.0), {}),
    ("take_rows", (_A, np.array([2, 0, 2])), {}),
    ("set_column", (_A, 2, 9.0), {}),
    ("add_to_rows", (_A, np.array([1.0, 2.0, 3.0, 4.0])), {}),
    ("swap_rows", (_A, 0, 2), {}),
    ("shift", (_X,), {}),
    ("accumulate_rows", (_A,), {}),
    ("row_and_index", (_B,), {}),
    ("paired_rows", (_A, _B), {}),
    ("view_back", (_X,), {}),
    ("transposed", (_A,), {}),
    ("diagonal_block", (_A, 1), {}),
    ("flip_both", (_A,), {}),
    ("fill_border", (_A, 0.5), {}),
    ("borrow_row", (_A, 1), {}),
    ("ellipsis_last", (_A,), {}),
    ("nested_helper", (_X,), {}),
    ("call_with_row", (_A, 1), {}),
    ("in_place_then_fail", (_X, 2), {}),
    ("rolling_window", (_X, 3), {}),
]


def _readonly(a):
    a.flags.writeable = False
    return a


EDGE = [
    ("even_odd", (np.arange(1.0),), {}),
    ("even_odd", (np.array([]),), {}),
    ("none_of", (np.arange(6.0).reshape(2, 3), 2), {}),
    ("none_of", (np.arange(6.0).reshape(2, 3), -9), {}),
    ("row_norms", (np.zeros((0, 3)),), {}),
    ("row_norms", (np.zeros((2, 0)),), {}),
    ("row_norms", (_X,), {}),
    ("row_norms", (np.array([[1e200, 1.0]]),), {}),
    ("row_norms", lambda: (np.arange(12.0).reshape(3, 4).T,), {}),
    ("row_norms", (np.arange(6).reshape(2, 3),), {}),
    ("central_difference", (np.array([1.0]), 0.5), {}),
    ("central_difference", (_X, 0.0), {}),
    ("central_difference", (_X, 1), {}),
    ("central_difference", (np.array([np.inf, 1.0, np.inf]), 1.0), {}),
    ("central_difference", lambda: (np.arange(9.0)[::-2], 0.5), {}),
    ("central_difference", (_A, 0.5), {}),
    ("smooth_in_place", (np.array([1.0]),), {}),
    ("smooth_in_place", (np.array([1.0, 2.0]),), {}),
    ("smooth_in_place", (np.array([1, 2, 4, 8]),), {}),
    ("smooth_in_place", lambda: (_readonly(np.arange(4.0)),), {}),
    ("smooth_in_place", lambda: (np.arange(12.0)[::3],), {}),
    ("smooth_in_place", (np.array([1e308, 1e308, 1e308, -1e308]),), {}),
    ("jacobi", (np.zeros((1, 1)),), {}),
    ("jacobi", (np.zeros((0, 0)),), {}),
    ("jacobi", (_X,), {}),
    ("jacobi", lambda: (np.asfortranarray(np.arange(20.0).reshape(4, 5)),), {}),
    ("jacobi", lambda: (np.arange(40.0).reshape(4, 10)[:, ::-2],), {}),
    ("jacobi", (np.full((3, 3), np.inf),), {}),
    ("jacobi", (np.ones((3, 4), dtype=np.float32),), {}),
    ("column", (_A, -1), {}),
    ("column", (_A, 4), {}),
    ("column", (_A, np.int64(2)), {}),
    ("column", (_A, 1.0), {}),
    ("column", (_A, True), {}),
    ("column", (_A, slice(1, 3)), {}),
    ("column", (_A, np.array([0, 1])), {}),
    ("last_rows", (_A, 0), {}),
    ("last_rows", (_A, 9), {}),
    ("last_rows", (_A, -1), {}),
    ("last_rows", (_A, 2**70), {}),
    ("reversed_copy", (np.array([]),), {}),
    ("reversed_copy", (_A,), {}),
    ("every_other", (np.array([]),), {}),
    ("every_other", ([1, 2, 3],), {}),
    ("every_other", lambda: (_readonly(np.arange(4.0)),), {}),
    ("outer_difference", (np.array([]), _X), {}),
    ("outer_difference", (_X, 1.0), {}),
    ("outer_difference", (np.array([np.inf]), np.array([np.inf, 1.0])), {}),
    ("outer_difference", (np.array([1, 2]), np.array([1.5])), {}),
    ("squared_distances", (_A, np.array([1.0])), {}),
    ("squared_distances", (_A, np.array([1.0, 2.0])), {}),
    ("positive_only", (np.array([np.nan, 1.0, -0.0]),), {}),
    ("positive_only", (np.array([]),), {}),
    ("positive_only", (_B,), {}),
    ("zero_negatives", (np.array([np.nan, -1.0, -0.0]),), {}),
    ("zero_negatives", (np.array([-1, 2]),), {}),
    ("zero_negatives", lambda: (_readonly(np.array([-1.0])),), {}),
    ("zero_negatives", (_B,), {}),
    ("scale_masked", (_X, np.array([True]), 3.0), {}),
    ("scale_masked", (_X, np.array([0, 0, 1]), 3.0), {}),
    ("scale_masked", (_X, True, 2.0), {}),
    ("scale_masked", (np.array([1, 2]), np.array([True, False]), 1.5), {}),
    ("take_rows", (_A, np.array([3])), {}),
    ("take_rows", (_A, np.array([-1, -3])), {}),
    ("take_rows", (_A, np.array([], dtype=int)), {}),
    ("take_rows", (_A, np.array([True, False, True])), {}),
    ("take_rows", (_A, [0, 1]), {}),
    ("take_rows", (_A, np.array([1.0])), {}),
    ("set_column", (_A, 5, 1.0), {}),
    ("set_column", (_A, 0, np.array([1.0, 2.0, 3.0])), {}),
    ("set_column", (_A, 0, np.array([1.0, 2.0])), {}),
    ("set_column", (_A, 0, np.nan), {}),
    ("set_column", (np.zeros((2, 2), dtype=np.int8), 0, 300), {}),
    ("set_column", (np.zeros((2, 2), dtype=np.int8), 0, 1.9), {}),
    ("set_column", (_A, 0, "x"), {}),
    ("add_to_rows", (_A, np.array([1.0])), {}),
    ("add_to_rows", (_A, 2.0), {}),
    ("add_to_rows", (_A, np.array([1.0, 2.0])), {}),
    ("add_to_rows", (np.arange(4).reshape(2, 2), np.array([0.5, 0.5])), {}),
    ("add_to_rows", lambda: (lambda a: (a, a[0]))(np.arange(6.0).reshape(2, 3)), {}),
    ("add_to_rows", lambda: (_readonly(np.zeros((2, 2))), np.ones(2)), {}),
    ("swap_rows", (_A, 0, 9), {}),
    ("swap_rows", (_A, 1, 1), {}),
    ("shift", (np.array([]),), {}),
    ("shift", (np.array([1.0]),), {}),
    ("shift", (_A,), {}),
    ("shift", lambda: (np.arange(10.0)[::-1],), {}),
    ("accumulate_rows", (np.zeros((0, 2)),), {}),
    ("accumulate_rows", (_X,), {}),
    ("accumulate_rows", (np.array([[1e308, 1.0], [1e308, 1.0]]),), {}),
    ("accumulate_rows", (np.arange(4).reshape(2, 2),), {}),
    ("row_and_index", (np.zeros((2, 0)),), {}),
    ("row_and_index", (np.array([[np.nan], [1.0]]),), {}),
    ("paired_rows", (_A, _B[:1]), {}),
    ("paired_rows", (_A, _B[:, :2]), {}),
    ("paired_rows", (np.array([[1e300]]), np.array([[1e300]])), {}),
    ("view_back", (np.array([1.0]),), {}),
    ("view_back", (_A,), {}),
    ("view_back", (np.array([1, 2, 3, 4]),), {}),
    ("transposed", (np.zeros((0, 2)),), {}),
    ("transposed", (np.array([[np.inf, 0.0]]),), {}),
    ("diagonal_block", (_A, 5), {}),
    ("diagonal_block", (_A, -1), {}),
    ("fill_border", (np.zeros((1, 1)), 2), {}),
    ("fill_border", (np.zeros((0, 3)), 2.0), {}),
    ("fill_border", (np.zeros((2, 2), dtype=bool), 2.0), {}),
    ("borrow_row", (_A, 3), {}),
    ("borrow_row", (np.array([[1e308]]), 0), {}),
    ("borrow_row", (np.array([[1, 2]]), 0), {}),
    ("ellipsis_last", (np.zeros((2, 0)),), {}),
    ("ellipsis_last", (_X,), {}),
    ("call_with_row", (_A, 7), {}),
    ("in_place_then_fail", (_X, 100), {}),
    ("in_place_then_fail", (np.array([1e308, 1.0]), -3), {}),
    ("in_place_then_fail", (np.array([1, 2, 3]), 0), {}),
    ("rolling_window", (_X, 7), {}),
    ("rolling_window", (_X, 9), {}),
    ("rolling_window", (_X, 0), {}),
    ("rolling_window", (np.array([1, 2, 3]), 2), {}),
]
