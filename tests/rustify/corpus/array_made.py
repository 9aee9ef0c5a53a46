"""Arrays that are made of shapes, of numbers in lists and tuples, and of rows."""

import numpy as np


def zeros(n, m):
    a = np.zeros(n)
    b = np.zeros((n, m), dtype=np.uint8)
    c = np.ones((m, n), dtype=int)
    d = np.full((n, m), 0.5)
    e = np.full(n, 7, dtype=np.float32)
    f = np.zeros(n, np.int32)
    return a, b, c, d, e, f


def like_of(x):
    out = np.empty(x.shape, dtype=x.dtype)
    out[...] = 0
    return out


def ranges(start, stop, step):
    return (np.arange(stop)), np.arange(start, stop), np.arange(start, stop, step)


def of_numbers(x, y):
    a = np.array([x, y])
    b = np.array((x, y, 1.0))
    c = np.array([[x, y], [-y, x]])
    d = np.asarray([x, y], dtype=float)
    e = np.array(((x, y), (y, x)))
    return a, b, c, d, e


def of_lists(values):
    squares = [v * v for v in values]
    return (np.array(squares)), (np.array(values)), np.asarray(values, dtype=float)


def of_pairs(values):
    pairs = [(v, v * 2.0) for v in values]
    return (np.array(pairs)), np.array([[v, v + 1.0] for v in values])


def table(rows):
    return np.array(rows)


def rotated(points, degrees, center=(0.0, 0.0)):
    t = np.deg2rad(degrees)
    turn = np.array([[np.cos(t), -np.sin(t)], [np.sin(t), np.cos(t)]])
    c = np.array(center)
    return (points - c) @ turn.T + c


def sliding(a, w):
    n = a.shape[0] - w + 1
    made = np.stack([a[i : i + n] for i in range(w)], axis=-1)
    return made


def together(a, b):
    return (
        (np.concatenate([a, b])),
        (np.concatenate((a, b, a))),
        (np.hstack([a, b])),
    )


def side_by_side(a, b):
    return (
        (np.stack([a, b])),
        (np.vstack((a, b))),
        (np.column_stack([a, b])),
        (np.stack((a, b), axis=1)),
        (np.array([a, b])),
    )


def turned(a, k):
    return np.roll(a, k)


def area(poly):
    x = poly[:, 0]
    y = poly[:, 1]
    return 0.5 * np.abs(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1)))


def all_items(a):
    r = a.ravel()
    f = a.flatten()
    c = a.copy()
    return r, f, c


def reshaped(a, n, m):
    return a.reshape(n, m), a.reshape(-1), a.reshape((m, -1)), a.reshape(n * m)


def written_rows(a, n):
    b = a.reshape(n, -1)
    b[0, 0] = -5
    b[-1] += 1
    return a, b


def blocks(a, k):
    h, w = a.shape
    return a[: h // k * k, : w // k * k].reshape(h // k, k, w // k, k).mean(axis=(1, 3))


def written(a):
    r = a.ravel()
    r[0] = -1
    return a, r


def written_copy(a):
    c = a.copy()
    c[0] = -1
    f = a.flatten()
    f[0] = -2
    return a, c, f


def count_rows(a):
    seen = {}
    for row in a:
        key = tuple(row.tolist())
        seen[key] = seen.get(key, 0) + 1
    return seen


def middle(img):
    out = img.copy()
    for y in range(1, img.shape[0] - 1):
        for x in range(1, img.shape[1] - 1):
            out[y, x] = sorted(img[y - 1 : y + 2, x - 1 : x + 2].ravel().tolist())[4]
    return out


def copied_lists(a):
    items = a.tolist()
    other = list(items)
    other.append(other[0])
    return items, other, tuple(items), tuple(other)


_X = np.array([0.5, -1.25, 3.0, 2.0])
_T = np.arange(12.0).reshape(3, 4)

CASES = [
    ("zeros", (3, 4), {}),
    ("like_of", (_T,), {}),
    ("ranges", (2, 9, 3), {}),
    ("of_numbers", (0.5, 1.5), {}),
    ("of_lists", ([0.5, 1.5],), {}),
    ("of_pairs", ([0.5, 1.5],), {}),
    ("table", ([[1, 2], [3, 4]],), {}),
    ("rotated", (_T[:, :2], 30.0), {}),
    ("sliding", (_X, 2), {}),
    ("together", (_X, _X + 1), {}),
    ("side_by_side", (_X, _X + 1), {}),
    ("turned", (_X, 1), {}),
    ("area", (np.array([[0.0, 0.0], [2.0, 0.0], [2.0, 1.0]]),), {}),
    ("all_items", (_T,), {}),
    ("reshaped", (_T, 6, 2), {}),
    ("written_rows", lambda: (_T.copy(), 2), {}),
    ("blocks", (_T, 2), {}),
    ("written", lambda: (_T.copy(),), {}),
    ("written_copy", lambda: (_X.copy(),), {}),
    ("count_rows", (np.array([[1, 2], [3, 4], [1, 2]]),), {}),
    ("middle", ((np.arange(42) * 37 % 256).astype(np.uint8).reshape(6, 7),), {}),
    ("copied_lists", (_X,), {}),
]

EDGE = [
    ("zeros", (0, 4), {}),
    ("zeros", (1, 0), {}),
    ("zeros", (-1, 2), {}),
    ("zeros", (2, 2**80), {}),
    ("zeros", (True, 2), {}),
    ("zeros", (np.int64(2), 3), {}),
    ("zeros", (2.0, 3), {}),
    ("like_of", (_T.T,), {}),
    ("like_of", (np.zeros((2, 0), dtype=bool),), {}),
    ("like_of", (np.zeros(3, dtype=complex),), {}),
    ("like_of", (np.zeros(3, dtype=">i4"),), {}),
    ("ranges", (9, 2, -3), {}),
    ("ranges", (0, -3, 1), {}),
    ("ranges", (0, 5, 0), {}),
    ("ranges", (2**40, 2**40 + 3, 2), {}),
    ("ranges", (0, 7, 10), {}),
    ("ranges", (0.0, 1.0, 0.1), {}),
    ("ranges", (True, 3, 1), {}),
    ("ranges", (-7, 7, 5), {}),
    ("of_numbers", (1, 2), {}),
    ("of_numbers", (1, 2.5), {}),
    ("of_numbers", (2**70, 1), {}),
    ("of_numbers", (2**63, 1), {}),
    ("of_numbers", (True, False), {}),
    ("of_numbers", (np.float64(0.5), 1.5), {}),
    ("of_numbers", (np.float32(0.5), np.float32(1.5)), {}),
    ("of_numbers", (float("nan"), -0.0), {}),
    ("of_numbers", ("a", "b"), {}),
    ("of_numbers", (1j, 2.0), {}),
    ("of_numbers", (np.array([1.0]), np.array([2.0])), {}),
    ("of_lists", ([],), {}),
    ("of_lists", ([1, 2, 3],), {}),
    ("of_lists", ([2**62, 2**63],), {}),
    ("of_lists", ([1, 2.5],), {}),
    ("of_lists", ([True, False],), {}),
    ("of_lists", ((1.5, 2.5),), {}),
    ("of_lists", ([np.float64(1.5)],), {}),
    ("of_pairs", ([],), {}),
    ("of_pairs", ([1, 2],), {}),
    ("table", ([[1, 2], [3]],), {}),
    ("table", ([[], []],), {}),
    ("table", ([],), {}),
    ("table", ([[1.5, 2.5]],), {}),
    ("table", ([[1, 2.5], [3, 4]],), {}),
    ("table", ([(1, 2), (3, 4)],), {}),
    ("table", ([[2**63, 1], [1, 1]],), {}),
    ("rotated", (_T[:, :2], 30.0, (1.0, 2.0)), {}),
    ("rotated", (_T[:, :2], 30, (1, 2)), {}),
    ("rotated", (_T[:, :2], 30.0, [1.0, 2.0]), {}),
    ("rotated", (_T, 30.0), {}),
    ("sliding", (_X, 1), {}),
    ("sliding", (_X, 4), {}),
    ("sliding", (_X, 5), {}),
    ("sliding", (_X, 6), {}),
    ("sliding", (_X, 0), {}),
    ("sliding", (_X[::-1], 2), {}),
    ("sliding", (np.arange(5), 2), {}),
    ("sliding", (_T, 2), {}),
    ("together", (_X, _X[:0]), {}),
    ("together", (_X[:0], _X[:0]), {}),
    ("together", (_X, np.arange(3)), {}),
    ("together", (_X[::-1], _X[::2]), {}),
    ("together", (_T, _T), {}),
    ("together", (np.array([True]), np.array([False])), {}),
    ("side_by_side", (_X, _X[1:]), {}),
    ("side_by_side", (_X[:0], _X[:0]), {}),
    ("side_by_side", (_X[:1], _X[1:2]), {}),
    ("side_by_side", (_T[:, 0], _T[:, 1]), {}),
    ("side_by_side", (_X, np.arange(4)), {}),
    ("side_by_side", (_T, _T), {}),
    ("side_by_side", (_X[::-1], _X), {}),
    ("turned", (_X, -1), {}),
    ("turned", (_X, 9), {}),
    ("turned", (_X[::-1], 1), {}),
    ("turned", (_X[:0], 1), {}),
    ("turned", (_T, 1), {}),
    ("turned", (_X, (1, 2)), {}),
    ("turned", (_X, 2**70), {}),
    ("area", (np.array([[0, 0], [2, 0], [2, 1]]),), {}),
    ("area", (np.zeros((0, 2)),), {}),
    ("area", (np.array([[1e308, 1e308], [-1e308, 1e308], [0.0, -1e308]]),), {}),
    ("all_items", (_T.T,), {}),
    ("all_items", (_T[::-1, ::2],), {}),
    ("all_items", (_X,), {}),
    ("all_items", (_X[::2],), {}),
    ("all_items", (_T[1:],), {}),
    ("all_items", (_T[:, 1:2],), {}),
    ("all_items", (_T[:1, :],), {}),
    ("all_items", (np.zeros((0, 3)),), {}),
    ("all_items", (np.zeros((3, 0)),), {}),
    ("all_items", (np.arange(8).reshape(2, 2, 2).transpose(2, 0, 1),), {}),
    ("all_items", (np.broadcast_to(_X, (2, 4)),), {}),
    ("all_items", (np.array([True, False]),), {}),
    ("reshaped", (_T, 3, 4), {}),
    ("reshaped", (_T, 5, 2), {}),
    ("reshaped", (_T, -1, 2), {}),
    ("reshaped", (_T, -1, -1), {}),
    ("reshaped", (_T, 0, 12), {}),
    ("reshaped", (_T, 12, 1), {}),
    ("reshaped", (_T, 2**62, 4), {}),
    ("reshaped", (_T, 2**70, 4), {}),
    ("reshaped", (_T, -2, -6), {}),
    ("reshaped", (_T.T, 6, 2), {}),
    ("reshaped", (_T[:, ::2], 3, 2), {}),
    ("reshaped", (_T[:, ::2], 2, 3), {}),
    ("reshaped", (_T[::-1], 6, 2), {}),
    ("reshaped", (_T[1:], 2, 4), {}),
    ("reshaped", (_T[1:, 1:2], 1, 2), {}),
    ("reshaped", (_T[:1, :1], 1, 1), {}),
    ("reshaped", (_X[::2], 2, 1), {}),
    ("reshaped", (np.zeros((0, 3)), 3, 0), {}),
    ("reshaped", (np.broadcast_to(1.5, (2, 2)), 4, 1), {}),
    ("reshaped", (np.arange(6), 2, 3), {}),
    ("written_rows", lambda: (_T.copy().T, 2), {}),
    ("written_rows", lambda: (_T.copy()[:, ::2], 2), {}),
    ("written_rows", lambda: (np.broadcast_to(_X, (1, 4)), 2), {}),
    ("written_rows", lambda: (_X.copy(), 3), {}),
    ("written_rows", lambda: (_X.copy(), 0), {}),
    ("blocks", (_T.T, 3), {}),
    ("blocks", (_T, 5), {}),
    ("blocks", (np.arange(16).reshape(4, 4), 2), {}),
    ("written", lambda: (_T.copy().T,), {}),
    ("written", lambda: (_X.copy()[1:],), {}),
    ("written", lambda: (_X.copy()[::-1],), {}),
    ("written", lambda: (np.broadcast_to(1.0, (1,)),), {}),
    ("written_copy", lambda: (_X.copy()[::-1],), {}),
    ("written_copy", lambda: (np.arange(3),), {}),
    ("count_rows", (np.array([[1.5, np.nan], [1.5, 2.0]]),), {}),
    ("count_rows", (np.array([[0.0, -0.0], [-0.0, 0.0]]),), {}),
    ("count_rows", (np.zeros((3, 0)),), {}),
    ("count_rows", (np.array([[True, False], [True, False]]),), {}),
    ("count_rows", (np.array([1, 2]),), {}),
    ("count_rows", (np.zeros((2, 2, 2)),), {}),
    ("middle", (np.arange(30.0).reshape(5, 6).T,), {}),
    ("middle", (np.zeros((2, 2)),), {}),
    ("middle", (np.arange(30).reshape(5, 6)[::-1],), {}),
    ("copied_lists", (np.arange(3),), {}),
    ("copied_lists", (np.array([]),), {}),
    ("copied_lists", (_T,), {}),
]
