"""Items, rows and parts of arrays that indices and masks choose."""

import numpy as np


def swap_rows(a, i, j):
    a[[i, j]] = a[[j, i]]
    return a


def one_hot(labels, n):
    out = np.zeros((labels.size, n))
    out[np.arange(labels.size), labels] = 1
    return out


def rows_of(a, idx):
    made = a[idx]
    return made


def some_rows(a):
    made = a[[0, 2, -1]]
    return made


def items_of(a, rows, cols):
    made = a[rows, cols]
    return made


def put_rows(a, idx, values):
    a[idx] = values
    return a


def fill_rows(a, idx):
    a[idx] = 2
    return a


def put_items(a, rows, cols, values):
    a[rows, cols] = values
    return a


def clipped(a, limit):
    a[a > limit] = limit
    return a


def positive(a):
    made = a[a > 0]
    return made


def marked(mask):
    mask[mask] = False
    return mask


def moved(idx):
    idx[idx] = 0
    return idx


def tail_marked(mask):
    mask[1:][mask[:-1]] = False
    return mask


def counted(idx, n):
    counts = np.zeros(n, dtype=np.int64)
    counts[idx] += 1
    return counts


def last_wins(n, idx, values):
    out = np.full(n, -1.0)
    out[idx] = values
    return out


def ordered(a):
    order = np.argsort(a[:, 0])
    return a[order], a[order[::-1]]


def scaled(a, idx, factor):
    a[idx] *= factor
    return a


def lowered(a, mask, other):
    a[mask] -= other[mask]
    a[a < 0] += 1
    return a


_A = np.arange(24.0).reshape(4, 6) / 7
_I = np.array([2, 0, 1])
_C = np.arange(24).reshape(2, 3, 4)

CASES = [
    ("swap_rows", lambda: (_A.copy(), 0, 2), {}),
    ("one_hot", (np.array([0, 2, 1, 2]), 3), {}),
    ("rows_of", (_A, _I), {}),
    ("some_rows", (_A,), {}),
    ("items_of", (_A, _I, np.array([5, 0, -1])), {}),
    ("put_rows", lambda: (_A.copy(), _I, _A[1:].copy()), {}),
    ("fill_rows", lambda: (_A.copy(), _I), {}),
    ("put_items", lambda: (_A.copy(), _I, np.array([5, 0, -1]), np.array([1.5, 2.5, -0.0])), {}),
    ("clipped", lambda: (_A.copy(), 1.0), {}),
    ("positive", (_A - 1,), {}),
    ("marked", lambda: (np.array([True, False, True]),), {}),
    ("moved", lambda: (np.array([1, 0, 2]),), {}),
    ("tail_marked", lambda: (np.array([True, True, False, True]),), {}),
    ("counted", (np.array([1, 1, 3]), 5), {}),
    ("last_wins", (5, np.array([1, 3, 1]), np.array([0.5, 1.5, 2.5])), {}),
    ("scaled", lambda: (_A.copy(), _I, 0.5), {}),
    ("lowered", lambda: (_A.copy(), _A > 1, _A * 0.5), {}),
    ("ordered", (np.array([[3.0, 1.0], [1.0, 2.0], [2.0, 0.5]]),), {}),
]

EDGE = [
    ("swap_rows", lambda: (_A.copy(), 1, 1), {}),
    ("swap_rows", lambda: (_A.copy(), -1, 0), {}),
    ("swap_rows", lambda: (_A.copy(), 4, 0), {}),
    ("swap_rows", lambda: (_A.copy(), 0, 2**70), {}),
    ("swap_rows", lambda: (_A.copy(), True, 0), {}),
    ("swap_rows", lambda: (_A.copy().T, 0, 3), {}),
    ("swap_rows", lambda: (_A.copy()[::-1, ::2], 0, 3), {}),
    ("swap_rows", lambda: (np.asfortranarray(_A), 0, 1), {}),
    ("swap_rows", lambda: (np.arange(4.0), 0, 1), {}),
    ("swap_rows", lambda: (_C.copy(), 0, 1), {}),
    ("swap_rows", lambda: (np.zeros((3, 0)), 0, 1), {}),
    ("swap_rows", lambda: (np.broadcast_to(np.arange(4.0), (3, 4)), 0, 1), {}),
    ("one_hot", (np.array([0, 3, 1]), 3), {}),
    ("one_hot", (np.array([-1, 2]), 3), {}),
    ("one_hot", (np.array([], dtype=int), 3), {}),
    ("one_hot", (np.array([0, 1], dtype=np.int32), 3), {}),
    ("one_hot", (np.array([[0, 1]]), 3), {}),
    ("one_hot", (np.array([0, 1]), -1), {}),
    ("one_hot", lambda: (np.array([0, 1, 2])[::-1], 3), {}),
    ("rows_of", (_A, np.array([], dtype=int)), {}),
    ("rows_of", (_A, np.array([9])), {}),
    ("rows_of", (_A, np.array([-4, -1])), {}),
    ("rows_of", (_A, np.array([-5])), {}),
    ("rows_of", (_A.T, _I), {}),
    ("rows_of", (_A[:, ::2], _I), {}),
    ("rows_of", (_A[:, ::-1], _I), {}),
    ("rows_of", (_A[:, :1], _I), {}),
    ("rows_of", (_A[::-1], _I[::-1]), {}),
    ("rows_of", (_C, np.array([1, 0, 1])), {}),
    ("rows_of", (np.zeros((3, 0)), _I), {}),
    ("rows_of", (np.zeros((0, 3)), np.array([], dtype=int)), {}),
    ("rows_of", (_A, _I.reshape(3, 1)), {}),
    ("rows_of", (_A, _I.astype(np.uint8)), {}),
    ("rows_of", (_A, _I.astype(float)), {}),
    ("rows_of", (_A, [1, 0]), {}),
    ("rows_of", (_A, [True, False, True, False]), {}),
    ("rows_of", (_A, []), {}),
    ("rows_of", (_A, [[0, 1]]), {}),
    ("rows_of", (_A, ["x"]), {}),
    ("rows_of", (_A, 1), {}),
    ("rows_of", (_A, np.array([True, False, True, False])), {}),
    ("rows_of", (_A, _A > 1), {}),
    ("some_rows", (_A[0],), {}),
    ("some_rows", (_A.T,), {}),
    ("some_rows", (_C,), {}),
    ("some_rows", (_A[:2],), {}),
    ("items_of", (_A, _I, _I[:1]), {}),
    ("items_of", (_A, _I, _I[:2]), {}),
    ("items_of", (_A, _I, np.array([6, 0, 0])), {}),
    ("items_of", (_A.T, _I, _I), {}),
    ("items_of", (_A, _I[:0], _I[:0]), {}),
    ("items_of", (_C, np.array([0, 1]), np.array([1, 2])), {}),
    ("put_rows", lambda: (_A.copy(), _I, _A[:2].copy()), {}),
    ("put_rows", lambda: (_A.copy(), _I, _A[1]), {}),
    ("put_rows", lambda: (_A.copy(), _I, 3.5), {}),
    ("put_rows", lambda: (_A.copy(), np.array([0, 0, 0]), _A[1:].copy()), {}),
    ("put_rows", lambda: (_A.copy(), np.array([0, 0, 1])[::-1], _A[1:].copy()), {}),
    ("put_rows", lambda: (_A.copy(), np.array([0, 1, 7]), _A[1:].copy()), {}),
    ("put_rows", lambda: (_A.copy(), _I, _A[1:].astype(np.float32)), {}),
    ("put_rows", lambda: (lambda a: (a, _I, a[1:]))(_A.copy()), {}),
    ("put_rows", lambda: (lambda a: (a, _I, a[1:][::-1]))(_A.copy()), {}),
    ("put_rows", lambda: (_A.copy().T, _I, _A.T[:3].copy()), {}),
    ("put_rows", lambda: (_C.copy(), np.array([1, 0]), _C.copy()), {}),
    ("put_rows", lambda: (np.arange(5.0), _I, np.array([0.5, 1.5, 2.5])), {}),
    ("fill_rows", lambda: (np.arange(5), _I), {}),
    ("fill_rows", lambda: (np.arange(5, dtype=np.uint8), [0, 1]), {}),
    ("fill_rows", lambda: (np.ones(5, dtype=bool), _I), {}),
    ("fill_rows", lambda: (np.ones(5, dtype=complex), _I), {}),
    ("fill_rows", lambda: (_A.copy(), np.array([5])), {}),
    ("fill_rows", lambda: (_C.copy(), np.array([1])), {}),
    ("put_items", lambda: (_A.copy(), _I, _I, 1.5), {}),
    ("put_items", lambda: (_A.copy(), _I, _I, np.array([1, 2, 3])), {}),
    ("put_items", lambda: (_A.copy(), _I, _I, np.array([1.0])), {}),
    ("put_items", lambda: (_A.copy(), np.array([0, 0]), np.array([1, 1]), np.array([1.0, 2.0])), {}),
    ("put_items", lambda: (_A.copy(), np.array([0, 9]), np.array([1, 1]), np.array([1.0, 2.0])), {}),
    ("clipped", lambda: (_A.copy(), 1), {}),
    ("clipped", lambda: (_A.copy().T, 1.0), {}),
    ("clipped", lambda: (_A.copy()[::2, ::-1], 1.0), {}),
    ("clipped", lambda: (_A[0].copy(), 0.5), {}),
    ("clipped", lambda: (_C.copy(), 5), {}),
    ("clipped", lambda: (_C.copy(), 5.5), {}),
    ("clipped", lambda: (_C.astype(np.uint8), 5), {}),
    ("clipped", lambda: (_C.astype(np.uint8), 300), {}),
    ("clipped", lambda: (np.zeros((0, 3)), 1.0), {}),
    ("clipped", lambda: (np.array([np.nan, 2.0]), 1.0), {}),
    ("clipped", lambda: (np.broadcast_to(np.arange(3.0), (2, 3)), 1.0), {}),
    ("clipped", lambda: (_A.copy(), np.float64(1.0)), {}),
    ("positive", (_C - 4,), {}),
    ("positive", lambda: ((_A - 1).T,), {}),
    ("positive", (np.zeros((2, 0)),), {}),
    ("positive", (-_A - 1,), {}),
    ("marked", lambda: (np.array([[True, False], [False, True]]),), {}),
    ("marked", lambda: (np.array([1, 0, 2]),), {}),
    ("moved", lambda: (np.array([3, 0]),), {}),
    ("moved", lambda: (np.array([2, 1, 0]),), {}),
    ("counted", (np.array([5]), 5), {}),
    ("counted", ([1, 2, 2], 5), {}),
    ("last_wins", (3, np.array([0, 0, 0])[::-1], np.array([0.5, 1.5, 2.5])), {}),
    ("scaled", lambda: (_A.copy(), np.array([0, 0]), 2.0), {}),
    ("scaled", lambda: (_A.copy(), [1, 2], 2), {}),
    ("scaled", lambda: (np.arange(5), _I, 2), {}),
    ("scaled", lambda: (np.arange(5), _I, 0.5), {}),
    ("scaled", lambda: (_A.copy(), np.array([7]), 2.0), {}),
    ("scaled", lambda: (_A.copy().T, _I, np.array([1.0, 2.0, 3.0, 4.0])), {}),
    ("scaled", lambda: (_A.copy(), _A > 1, 2.0), {}),
    ("scaled", lambda: (_A.copy(), slice(1, 2), 2.0), {}),
    ("scaled", lambda: (np.array([1e308, 1.0]), np.array([0]), 10.0), {}),
    ("lowered", lambda: (_A[0].copy(), _A[0] > 0.5, _A[1]), {}),
    ("lowered", lambda: (_C.copy(), _C > 5, _C[::-1]), {}),
    ("lowered", lambda: (_A.copy(), _A[0] > 0.5, _A[1]), {}),
    ("lowered", lambda: (_A.copy().T, _A.T > 1, _A.T), {}),
    ("ordered", (np.array([[1.0, 1.0], [1.0, 2.0]]),), {}),
    ("ordered", (np.array([[np.nan, 1.0], [1.0, 2.0]]),), {}),
]
