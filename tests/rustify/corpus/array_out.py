"""Results of NumPy's functions and methods that go to arrays which are there."""

import numpy as np


def saturate(image, amount):
    work = image.astype(np.int16)
    work += amount
    np.clip(work, 0, 255, out=work)
    return work.astype(np.uint8)


def clip_there(x, low, high):
    return np.clip(x, low, high, x) is x


def clip_method(x, low, high):
    x.clip(low, high, out=x)
    return x


def halves(x):
    r = np.empty_like(x)
    np.add(x, x, out=r)
    np.multiply(r, 0.5, r)
    return r


def accumulate(total, x, limit):
    np.add(total, x, total)
    if total[0] > limit:
        raise ValueError(limit)
    return total


def negate_there(x, limit):
    np.negative(x, x)
    if x[0] < limit:
        raise ValueError(limit)
    return x


def shifted(x):
    np.add(x[1:], x[:-1], out=x[1:])
    return x


def rows(table):
    for i in range(1, table.shape[0]):
        np.add(table[i], table[i - 1], out=table[i])
    return table


def into_other(x, r):
    return np.sqrt(x, out=r)


def compared(x, limit, r):
    np.greater(x, limit, out=r)
    return r


def sums(table, r):
    np.sum(table, axis=0, out=r)
    table.max(axis=0, out=r[1:2] if len(r) == 9 else r)
    return r


def sum_by_position(table, r):
    return np.sum(table, 0, None, r)


def running(x, r):
    x.cumsum(out=r)
    if len(r) > 3:
        np.cumsum(x, 0, None, r)
    return r


def products(a, b, r):
    np.dot(a, b, out=r)
    np.dot(a, b, r)
    a.dot(b, r)
    np.matmul(a, b, out=r)
    return r


def rounded(x, r):
    np.round(x, 1, out=r)
    return r


def perhaps(x, r=None):
    return np.exp(x, out=r)


def where_positive(x, r):
    return np.sqrt(x, out=r, where=x > 0.0)


def replaced_nan(x):
    return np.nan_to_num(x, copy=False)


class Layer:
    def __init__(self, n):
        self.buffer = np.zeros(n)

    def forward(self, x):
        np.maximum(x, 0.0, out=self.buffer)
        return self.buffer


def layers(x):
    layer = Layer(len(x))
    first = layer.forward(x)
    return first is layer.buffer, layer.forward(x * 2.0), first


_X = np.array([0.5, -1.25, 3.0, 2.0])
_T = np.arange(12.0).reshape(3, 4)
_IMAGE = np.array([[0, 64], [128, 255]], dtype=np.uint8)

CASES = [
    ("saturate", (_IMAGE, 100), {}),
    ("saturate", (_IMAGE, -70), {}),
    ("clip_there", lambda: (_X.copy(), -1.0, 1.0), {}),
    ("clip_method", lambda: (_X.copy(), -1.0, 1.0), {}),
    ("halves", (_X,), {}),
    ("accumulate", lambda: (_X.copy(), _X, 9.0), {}),
    ("negate_there", lambda: (_X.copy(), -9.0), {}),
    ("shifted", lambda: (_X.copy(),), {}),
    ("rows", lambda: (_T.copy(),), {}),
    ("into_other", lambda: (np.abs(_X), np.zeros(4)), {}),
    ("compared", lambda: (_X, 0.0, np.zeros(4, dtype=bool)), {}),
    ("sums", lambda: (_T, np.zeros(4)), {}),
    ("sum_by_position", lambda: (_T, np.zeros(4)), {}),
    ("running", lambda: (_X, np.zeros(4)), {}),
    ("products", lambda: (_T, _T.T.copy(), np.zeros((3, 3))), {}),
    ("rounded", lambda: (_X, np.zeros(4)), {}),
    ("perhaps", (_X,), {}),
    ("perhaps", lambda: (_X, np.zeros(4)), {}),
    ("where_positive", lambda: (_X, np.zeros(4)), {}),
    ("replaced_nan", lambda: (np.array([1.0, np.nan]),), {}),
    ("layers", (_X,), {}),
]

EDGE = [
    ("saturate", (_IMAGE, 40000), {}),
    ("saturate", (_IMAGE.astype(float), 1), {}),
    ("clip_there", lambda: (np.array([1, 5, 9]), 2, 7), {}),
    ("clip_there", lambda: (np.array([1, 5, 9]), 2.5, 7.5), {}),
    ("clip_there", lambda: (np.array([1, 5, 9], dtype=np.uint8), -1, 300), {}),
    ("clip_there", lambda: (_X.copy(), 1.0, -1.0), {}),
    ("clip_there", lambda: (_X.copy(), np.ones((2, 4)), 1.0), {}),
    ("clip_method", lambda: (np.array([1, 5, 9]), 2, 7), {}),
    ("clip_method", lambda: (np.array([[np.nan, 5.0]]), 2, 7), {}),
    ("halves", (np.array([1, 2, 3]),), {}),
    ("halves", (np.float32([1, 2, 3]),), {}),
    ("halves", (np.array([1e308, 1.0]),), {}),
    ("halves", (np.array([]),), {}),
    ("halves", (np.arange(12.0).reshape(3, 4).T,), {}),
    ("accumulate", lambda: (_X.copy(), _X, 0.5), {}),
    ("accumulate", lambda: (np.arange(3), np.arange(3.0), 9), {}),
    ("accumulate", lambda: (np.arange(3.0), np.ones((2, 3)), 9), {}),
    ("accumulate", lambda: (np.ones((2, 3)), np.arange(3.0), 9), {}),
    ("negate_there", lambda: (_X.copy(), 0.0), {}),
    ("negate_there", lambda: (np.array([3, 4]), 0), {}),
    ("shifted", lambda: (np.arange(5),), {}),
    ("shifted", lambda: (_T.copy(),), {}),
    ("into_other", lambda: (_X, np.zeros(4)), {}),
    ("into_other", lambda: (np.abs(_X), np.zeros(3)), {}),
    ("into_other", lambda: (np.abs(_X), np.zeros((2, 4))), {}),
    ("into_other", lambda: (np.abs(_X), np.zeros(4, dtype=np.float32)), {}),
    ("into_other", lambda: (np.abs(_X), np.zeros(4, dtype=int)), {}),
    ("into_other", lambda: (4.0, np.zeros(3)), {}),
    ("into_other", lambda: (np.abs(_X), None), {}),
    ("into_other", lambda: (np.abs(_X), [0.0] * 4), {}),
    ("into_other", lambda: (np.abs(_X), np.broadcast_to(0.0, 4)), {}),
    ("compared", lambda: (_X, 0.0, np.zeros(4, dtype=int)), {}),
    ("compared", lambda: (_X, 0.0, np.zeros(4)), {}),
    ("sums", lambda: (_T, np.zeros(4, dtype=int)), {}),
    ("sums", lambda: (_T, np.zeros(3)), {}),
    ("sums", lambda: (np.arange(6).reshape(2, 3), np.zeros(3)), {}),
    ("sum_by_position", lambda: (_T, np.zeros(3)), {}),
    ("running", lambda: (_X[:2], np.zeros(2)), {}),
    ("running", lambda: (_X, np.zeros(4, dtype=np.float32)), {}),
    ("products", lambda: (_T, _T.T.copy(), np.zeros((3, 4))), {}),
    ("products", lambda: (_X, _X, np.zeros(())), {}),
    ("rounded", lambda: (_X, _X), {}),
    ("perhaps", (1.0,), {}),
    ("perhaps", (np.array([1000.0]),), {}),
    ("where_positive", lambda: (_T, np.ones((3, 4))), {}),
    ("replaced_nan", lambda: (np.array([1, 2]),), {}),
    ("layers", (np.array([1, -2]),), {}),
    ("layers", ([1.0, -2.0],), {}),
]
