"""Loops over ndarrays of several dtypes, ranks and strides; views, written arguments, overflow."""

import numpy as np


class Sub(np.ndarray):
    """An array that is not exactly an ndarray."""


def total(a):
    s = 0.0
    for i in range(a.shape[0]):
        s += a[i]
    return s


def total_2d(a):
    s = 0.0
    for i in range(a.shape[0]):
        for j in range(a.shape[1]):
            s += a[i, j]
    return s


def fill_products(out, a, b):
    for i in range(a.shape[0]):
        for j in range(b.shape[0]):
            out[i, j] = a[i] * b[j]
    return out


def stencil(grid):
    rows, columns = grid.shape
    out = np.zeros((rows, columns))
    for i in range(1, rows - 1):
        for j in range(1, columns - 1):
            out[i, j] = 0.25 * (grid[i - 1, j] + grid[i + 1, j] + grid[i, j - 1] + grid[i, j + 1])
    return out


def histogram(values, bins, low, high):
    counts = np.zeros(bins, dtype=np.int64)
    width = (high - low) / bins
    for i in range(len(values)):
        v = values[i]
        if low <= v < high:
            counts[int((v - low) / width)] += 1
    return counts


def pairwise(points):
    n, d = points.shape
    out = np.empty((n, n), dtype=np.float64)
    for i in range(n):
        for j in range(n):
            s = 0.0
            for k in range(d):
                diff = points[i, k] - points[j, k]
                s += diff * diff
            out[i, j] = s**0.5
    return out


def moving_sum(a, window):
    n = len(a)
    out = np.zeros(n - window + 1)
    s = 0.0
    for i in range(n):
        s += a[i]
        if i >= window:
            s -= a[i - window]
        if i >= window - 1:
            out[i - window + 1] = s
    return out


def negate_in_place(a):
    for i in range(a.size):
        a[i] = -a[i]


def count_above(a, limit):
    count = 0
    for v in a:
        if v > limit:
            count += 1
    return count


def int_total(a):
    s = 0
    for i in range(len(a)):
        s += int(a[i])
    return s


def add_one(a):
    for i in range(len(a)):
        a[i] += 1
    return a


def row_sums(a):
    out = np.zeros(a.shape[0])
    for i, row in enumerate(a):
        s = 0.0
        for v in row:
            s += v
        out[i] = s
    return out


def argmax_loop(a):
    best = 0
    for i in range(1, len(a)):
        if a[i] > a[best]:
            best = i
    return best


def mask_even(a):
    out = np.zeros(a.shape, dtype=bool)
    for i in range(a.shape[0]):
        out[i] = a[i] % 2 == 0
    return out


def three_d(a):
    s = 0.0
    for i in range(a.shape[0]):
        for j in range(a.shape[1]):
            for k in range(a.shape[2]):
                s += a[i, j, k] * (i + 1) - a[i][j][k] * k
    return s


def complex_energy(a):
    s = 0.0
    for i in range(len(a)):
        s += a[i].real ** 2 + a[i].imag ** 2
    return s


def last_element(a):
    return a[-1], float(a[-1])


def masked_total(a, b, mask):
    s = 0.0
    for i in range(len(a)):
        d = a[i] - b[i]
        if mask[i]:
            s += d * d
    return s


def last_product(a, b):
    p = 0.0
    for i in range(len(a)):
        p = a[i] * b[i]
    return p


def skipping_total(a, b, limit):
    s = 0.0
    for i in range(len(a)):
        t = a[i] * b[i]
        if b[i] > limit:
            continue
        s = s * 0.5 + t
    return s


def first_above(a, b, limit):
    for i in range(len(a)):
        if a[i] * b[i] > limit:
            return i
    return -1


def running_products(a, out):
    p = 1.0
    for i in range(len(a)):
        p *= a[i]
        out[i] = p
    return p


_F = np.array([1.5, -2.0, 3.25, 0.1])
_G = np.arange(12.0).reshape(3, 4)


def _readonly():
    a = np.array([1.0, 2.0])
    a.flags.writeable = False
    return a


def _overlapping():
    base = np.arange(6.0)
    return base[:4], base[2:]


_HUGE = np.array([1e200, np.inf, 1.0, 1e200])
_BIG = np.array([1e200, np.inf, 2.0, 0.5])

CASES = [
    ("masked_total", (_F, _F * 0.5, np.array([True, False, True, True])), {}),
    ("last_product", (_F, _F), {}),
    ("skipping_total", (_F, _F, 2.0), {}),
    ("first_above", (_F, _F, 5.0), {}),
    ("running_products", (_F, np.zeros(4)), {}),
    ("total", (_F,), {}),
    ("total", (np.linspace(0.0, 1.0, 17),), {}),
    ("total", lambda: (np.arange(10.0)[::2],), {}),
    ("total_2d", (_G,), {}),
    ("total_2d", lambda: (np.arange(12.0).reshape(3, 4).T,), {}),
    ("fill_products", (np.zeros((2, 3)), np.array([1.0, 2.0]), np.array([3.0, 4.0, 5.0])), {}),
    ("stencil", (_G,), {}),
    ("stencil", (np.arange(30.0).reshape(5, 6) ** 2,), {}),
    ("histogram", (np.linspace(-1.0, 1.0, 50), 8, -0.5, 0.75), {}),
    ("pairwise", (np.array([[0.0, 1.0], [2.0, 3.5], [-1.0, 0.25]]),), {}),
    ("moving_sum", (np.array([1.0, 2.0, 3.0, 4.0, 5.0]), 3), {}),
    ("negate_in_place", (np.array([1.0, -2.0]),), {}),
    ("negate_in_place", lambda: (np.arange(6.0)[::-2],), {}),
    ("count_above", (np.array([1.0, 5.0, 3.0]), 2.0), {}),
    ("int_total", (np.array([1, -2, 30], dtype=np.int32),), {}),
    ("int_total", (np.array([1, 2, 30], dtype=np.int32),), {}),
    ("add_one", (np.array([1, 2, 3]),), {}),
    ("row_sums", (_G,), {}),
    ("argmax_loop", (np.array([3.0, 9.0, 2.0]),), {}),
    ("mask_even", (np.array([1, 2, 3, 4]),), {}),
    ("three_d", (np.arange(24.0).reshape(2, 3, 4),), {}),
    ("complex_energy", (np.array([1 + 2j, -0.5j]),), {}),
    ("last_element", (_F,), {}),
]

EDGE = [
    ("masked_total", (_HUGE, _BIG, np.array([False, False, True, True])), {}),
    ("masked_total", (_HUGE, _BIG, np.array([False, True, True, False])), {}),
    ("masked_total", (_HUGE, -_BIG, np.array([True, False, True, False])), {}),
    ("last_product", (_HUGE, _BIG), {}),
    ("last_product", (_HUGE[:2], _BIG[1:]), {}),
    ("skipping_total", (_HUGE, _BIG, 1e100), {}),
    ("skipping_total", (_HUGE, _BIG, 0.1), {}),
    ("skipping_total", (_HUGE, np.array([np.nan, 0.0, 1.0, 1.0]), 0.1), {}),
    ("first_above", (_HUGE, _BIG, 1e300), {}),
    ("first_above", (_HUGE[2:], _BIG[:2], np.inf), {}),
    ("running_products", (_HUGE, np.zeros(4)), {}),
    ("running_products", (_HUGE, np.zeros(2)), {}),
    ("running_products", (np.array([np.nan, np.inf, 0.0]), np.zeros(3)), {}),
    ("total", (np.array([]),), {}),
    ("total", (np.array([1, 2, 3]),), {}),
    ("total", (np.array([1.5, 2.5], dtype=np.float32),), {}),
    ("total", (np.array([1.5, 2.5], dtype=">f8"),), {}),
    ("total", (np.array([1.5, 2.5], dtype=np.float16),), {}),
    ("total", (np.array([True, False]),), {}),
    ("total", (np.array([1, "a"], dtype=object),), {}),
    ("total", ([1.0, 2.0],), {}),
    ("total", (_G,), {}),
    ("total", (np.array(3.0),), {}),
    ("total", lambda: (np.array([1.0, 2.0]).view(Sub),), {}),
    ("total", (np.array([np.nan, np.inf]),), {}),
    ("total", lambda: (np.ma.array([1.0, 2.0], mask=[0, 1]),), {}),
    ("total_2d", (_F,), {}),
    ("total_2d", (np.zeros((0, 3)),), {}),
    ("total_2d", lambda: (np.broadcast_to(np.array([1.0, 2.0]), (3, 2)),), {}),
    ("total_2d", (np.arange(6).reshape(2, 3),), {}),
    ("fill_products", (np.zeros((1, 1)), np.array([1.0, 2.0]), np.array([3.0])), {}),
    ("fill_products", (np.zeros((2, 2), dtype=int), np.array([1.5, 2.5]), np.array([3.0, 4.5])), {}),
    ("fill_products", (np.zeros((1, 1), dtype=int), np.array([np.nan]), np.array([3.0])), {}),
    ("fill_products", (np.zeros((2, 2)), np.array([1e200, 1.0]), np.array([1e200, 1.0])), {}),
    ("stencil", (np.zeros((1, 1)),), {}),
    ("stencil", (np.zeros((0, 5)),), {}),
    ("stencil", (np.zeros(4),), {}),
    ("stencil", (np.arange(12).reshape(3, 4),), {}),
    ("stencil", (np.full((3, 3), np.inf),), {}),
    ("stencil", (np.ones((3, 3), dtype=np.float32),), {}),
    ("histogram", (np.array([0.1]), 0, 0.0, 1.0), {}),
    ("histogram", (np.array([np.nan, 0.5]), 2, 0.0, 1.0), {}),
    ("histogram", (np.array([0.5]), -1, 0.0, 1.0), {}),
    ("histogram", (np.array([1, 2, 3]), 3, 0, 4), {}),
    ("histogram", ([0.1, 0.9], 2, 0.0, 1.0), {}),
    ("pairwise", (np.zeros((0, 2)),), {}),
    ("pairwise", (np.array([[1, 2], [3, 4]]),), {}),
    ("pairwise", (np.array([[np.inf], [np.inf]]),), {}),
    ("pairwise", (np.zeros(3),), {}),
    ("moving_sum", (np.array([1.0]), 3), {}),
    ("moving_sum", (np.array([1.0, 2.0]), 0), {}),
    ("moving_sum", (np.array([1.0, 2.0, 4.0]), -1), {}),
    ("moving_sum", (np.array([1, 2, 3]), 2), {}),
    ("negate_in_place", lambda: (_readonly(),), {}),
    ("negate_in_place", (np.array([1, 2], dtype=np.uint8),), {}),
    ("negate_in_place", (np.array([-128], dtype=np.int8),), {}),
    ("negate_in_place", (np.array([True]),), {}),
    ("negate_in_place", (np.zeros((2, 2)),), {}),
    ("negate_in_place", (np.zeros((1, 2)),), {}),
    ("count_above", (np.array([np.nan, 1.0]), 0.0), {}),
    ("count_above", (np.array([1, 2]), 1.5), {}),
    ("count_above", (_G, 1.0), {}),
    ("count_above", (np.array([200], dtype=np.uint8), 1000), {}),
    ("int_total", (np.array([2**63 - 1, 2**63 - 1]),), {}),
    ("int_total", (np.array([2**64 - 1], dtype=np.uint64),), {}),
    ("int_total", (np.array([1.9, -1.9]),), {}),
    ("int_total", (np.array([np.nan]),), {}),
    ("add_one", (np.array([127], dtype=np.int8),), {}),
    ("add_one", (np.array([2**63 - 1]),), {}),
    ("add_one", (np.array([255], dtype=np.uint8),), {}),
    ("add_one", (np.array([1.5], dtype=np.float32),), {}),
    ("add_one", ([1, 2.5],), {}),
    ("add_one", lambda: (_readonly(),), {}),
    ("row_sums", (np.zeros((2, 0)),), {}),
    ("row_sums", (np.arange(4.0),), {}),
    ("row_sums", lambda: (np.arange(12.0).reshape(3, 4)[::-1, ::2],), {}),
    ("argmax_loop", (np.array([np.nan, 1.0]),), {}),
    ("argmax_loop", (np.array([]),), {}),
    ("argmax_loop", (np.array([1, 3, 3]),), {}),
    ("mask_even", (np.array([1.0, 2.0, np.inf]),), {}),
    ("mask_even", (np.array([2], dtype=np.uint64),), {}),
    ("mask_even", (np.array([[1, 2]]),), {}),
    ("three_d", (np.zeros((2, 3)),), {}),
    ("three_d", (np.zeros((0, 1, 1)),), {}),
    ("three_d", lambda: (np.arange(24.0).reshape(2, 3, 4).transpose(2, 0, 1),), {}),
    ("complex_energy", (np.array([1.5, 2.5]),), {}),
    ("complex_energy", (np.array([1 + 2j], dtype=np.complex64),), {}),
    ("complex_energy", (np.array([]),), {}),
    ("last_element", (np.array([]),), {}),
    ("last_element", (np.array([1], dtype=np.int16),), {}),
    ("last_element", (_G,), {}),
    ("fill_products", lambda: (np.zeros((4, 4)), *_overlapping()), {}),
]
