"""Arrays as lists, items in the order of `flat`, and products of rows."""

from collections import Counter

import numpy as np


def median_of_three(image):
    out = image.copy()
    for y in range(1, image.shape[0] - 1):
        for x in range(1, image.shape[1] - 1):
            window = sorted(image[y - 1 : y + 2, x - 1 : x + 2].ravel().tolist())
            out[y, x] = window[4]
    return out


def vote(labels, nearest):
    votes = Counter(labels[nearest].tolist())
    return max(votes, key=votes.get), votes


def listed(x):
    made = x.tolist()
    made.append(made[0])
    return made


def rows_listed(table):
    total = 0
    rows = table.tolist()
    for row in rows:
        total += sum(row)
    return total, rows


def mixed(x):
    made = x.tolist()
    made.append("end")
    return made


def histogram(image):
    counts = [0] * 256
    for v in image.flat:
        counts[v] += 1
    return [n for n in counts if n]


def flat_changes(table):
    seen = []
    for v in table.flat:
        table[-1, -1] += 1
        seen.append(v)
    return seen


def products(a, b):
    return a @ b, np.dot(a, b), a.dot(b), np.inner(a, b), np.matmul(a, b)


def of_rows(table):
    return table[0] @ table[1], np.dot(table[:, 0], table[:, 1]), float(table[-1] @ table[-1])


def backwards(a):
    return a @ a[::-1], np.dot(a[::2], a[::-2][: len(a[::2])]), a[::-1] @ a[::-1]


def length(a):
    return np.linalg.norm(a)


class Body:
    def __init__(self, velocity, mass=1.0):
        self.velocity = np.asarray(velocity, dtype=float)
        self.mass = mass

    def kinetic(self):
        return 0.5 * self.mass * float(self.velocity @ self.velocity)


def energy(velocity, mass):
    return Body(velocity, mass).kinetic()


_IMAGE = (np.arange(42) * 37 % 256).astype(np.uint8).reshape(6, 7)
_X = np.array([0.5, -1.25, 3.0, 2.0])
_T = np.arange(12.0).reshape(3, 4)
_L = np.array([2, 0, 1, 1, 2, 1])

CASES = [
    ("median_of_three", (_IMAGE,), {}),
    ("vote", (_L, np.array([0, 2, 3])), {}),
    ("listed", (_X,), {}),
    ("rows_listed", (_T,), {}),
    ("mixed", (_L,), {}),
    ("histogram", (_IMAGE,), {}),
    ("flat_changes", lambda: (_T.copy(),), {}),
    ("products", (_X, _X + 1.0), {}),
    ("of_rows", (_T,), {}),
    ("backwards", (_X,), {}),
    ("length", (_X,), {}),
    ("energy", ([3.0, 4.0], 2.0), {}),
]

EDGE = [
    ("median_of_three", lambda: (_IMAGE.T,), {}),
    ("median_of_three", lambda: (_IMAGE[::-1, ::2],), {}),
    ("median_of_three", lambda: (_IMAGE.astype(float),), {}),
    ("median_of_three", lambda: (np.full((3, 3), np.nan),), {}),
    ("vote", (_L, np.array([], dtype=int)), {}),
    ("vote", (_L, np.array([9])), {}),
    ("vote", (np.array(["a", "b"]), np.array([1, 0, 1])), {}),
    ("vote", (_X, np.array([0, 2, 0])), {}),
    ("listed", (np.array([]),), {}),
    ("listed", (np.array([True, False]),), {}),
    ("listed", (np.array([2**63], dtype=np.uint64),), {}),
    ("listed", (np.array([1j]),), {}),
    ("listed", (_T,), {}),
    ("listed", (np.array([np.nan, -0.0]),), {}),
    ("listed", (np.float32([0.1, 1e30]),), {}),
    ("listed", lambda: (_X[::-2],), {}),
    ("rows_listed", (np.arange(4).reshape(2, 2),), {}),
    ("rows_listed", (np.zeros((0, 3)),), {}),
    ("rows_listed", (np.zeros((3, 0)),), {}),
    ("rows_listed", (_X,), {}),
    ("rows_listed", lambda: (_T.T,), {}),
    ("mixed", (np.array([True]),), {}),
    ("mixed", (_T,), {}),
    ("histogram", lambda: (_IMAGE.T,), {}),
    ("histogram", lambda: (_IMAGE[::-1, ::3],), {}),
    ("histogram", lambda: (np.asfortranarray(_IMAGE),), {}),
    ("histogram", (_IMAGE.ravel(),), {}),
    ("histogram", (_IMAGE.astype(np.uint16),), {}),
    ("histogram", (_IMAGE.reshape(2, 3, 7),), {}),
    ("histogram", (np.zeros((0, 3), dtype=np.uint8),), {}),
    ("histogram", (np.array([[300]]),), {}),
    ("histogram", (np.array(7, dtype=np.uint8),), {}),
    ("histogram", (_T,), {}),
    ("histogram", ([1, 2],), {}),
    ("flat_changes", lambda: (np.arange(6).reshape(2, 3),), {}),
    ("flat_changes", lambda: (_T.copy().T,), {}),
    ("flat_changes", lambda: (_X.copy(),), {}),
    ("products", (np.array([]), np.array([])), {}),
    ("products", (np.array([-0.0]), np.array([1.0])), {}),
    ("products", (np.array([-0.0, -0.0]), np.array([1.0, 1.0])), {}),
    ("products", (_X, _X[:3]), {}),
    ("products", (_X[:1], _X), {}),
    ("products", (np.array([1e308, 1e308]), np.array([10.0, 10.0])), {}),
    ("products", (np.array([np.inf, 1.0]), np.array([0.0, 1.0])), {}),
    ("products", (np.array([np.nan, 1.0]), np.array([0.0, 1.0])), {}),
    ("products", (np.float32([1.1, 2.2, 3.3]), np.float32([0.1, 0.2, 0.3])), {}),
    ("products", (np.array([2**62, 5]), np.array([4, 3])), {}),
    ("products", (np.uint8([200, 100]), np.uint8([3, 3])), {}),
    ("products", (np.array([True, False]), np.array([True, True])), {}),
    ("products", (np.array([1j, 2.0]), np.array([1j, 1.0])), {}),
    ("products", (_X, np.arange(4)), {}),
    ("products", (_T, _X), {}),
    ("products", (np.arange(1000.0) / 7.0, np.arange(1000.0) / 3.0), {}),
    ("products", lambda: (np.arange(20.0)[::3] / 7.0, np.arange(14.0)[::2] / 3.0), {}),
    ("products", lambda: (np.broadcast_to(0.1, 5), np.arange(5.0)), {}),
    ("of_rows", (np.arange(6).reshape(3, 2),), {}),
    ("of_rows", lambda: (_T.T,), {}),
    ("of_rows", lambda: (_T[::-1],), {}),
    ("backwards", (np.arange(9.0) / 7.0,), {}),
    ("backwards", (np.array([1.0]),), {}),
    ("backwards", (np.array([]),), {}),
    ("length", (_T,), {}),
    ("length", (np.array([-3.0]),), {}),
    ("length", (np.array([]),), {}),
    ("length", (np.array([1e200, 1.0]),), {}),
    ("length", (_L,), {}),
    ("length", lambda: (_T[:, 0],), {}),
    ("energy", ([3, 4], 2), {}),
    ("energy", ([], 1.0), {}),
    ("energy", ([3.0], 1.0), {}),
    ("energy", ([[1.0, 2.0], [3.0, 4.0]], 1.0), {}),
    ("energy", ([1e200, 1.0], 1.0), {}),
]
