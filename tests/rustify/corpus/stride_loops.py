"""Bounds of `clip` and exponents that are arrays: which loop, of other bits, NumPy takes hangs on its own walk."""
import numpy as np


def clip_columns(x, lo, hi):
    return np.clip(x, lo, hi)


def clip_sum(x, lo, hi):
    y = np.clip(x * 2.0, lo, hi) + 1.0
    return y, y.sum()


def clip_method(x, lo, hi):
    return x.clip(lo, hi)


def winsorize(x, part):
    lo = np.sort(x, axis=0)[part]
    hi = np.sort(x, axis=0)[-1 - part]
    return np.clip(x, lo, hi)


def in_place(x, lo, hi):
    np.clip(x, lo, hi, out=x)
    return x


def powers(a, b):
    with np.errstate(all="ignore"):
        return a ** b, np.power(a, b) + 1.0, (a + 1.0) ** b


def seen(xs, words, points, p):
    found = []
    for w in words:
        if w not in found:
            found.append(w)
    pairs = []
    for q in points:
        if q not in pairs:
            pairs.append(q)
    mixed = []
    for x in xs:
        if x not in mixed:
            mixed.append(x)
    return found, pairs, mixed, p in pairs, "a" in found


if __name__ == "__main__":
    x = np.arange(12.0).reshape(4, 3) - 5
    lo, hi = np.array([-1.0, 0.0, 1.0]), np.array([2.0, 3.0, 4.0])
    for _ in range(300):
        clip_columns(x, lo, hi)
        clip_sum(x, lo, hi)
        clip_method(x, lo, hi)
        winsorize(x, 1)
        in_place(x.copy(), lo, hi)
        powers(x, hi)
        seen([1, "a", 1, None], ["a", "b", "a"], [(1, 2), (3, 4), (1, 2)], (1, 2))

Z = np.array([[0.0], [-0.0], [0.0], [-0.0]])
Y = np.array([[0.0, -0.0], [-0.0, 1.0]])
NAN = float("nan")
CASES = [
    ("clip_columns", (Z, np.array([0.0]), np.array([1.0])), {}),
    ("clip_columns", (Z, np.array([-0.0]), np.array([-0.0])), {}),
    ("clip_columns", (Y, np.array([0.0, -0.0]), np.array([0.0, 0.0])), {}),
    ("clip_columns", (Y, np.array([[0.0], [-0.0]]), np.array([1.0, 0.0])), {}),
    ("clip_sum", (Z, np.array([0.0]), np.array([1.0])), {}),
    ("clip_sum", (Y, np.array([0.0, -0.0]), np.array([0.0, 0.0])), {}),
    ("clip_method", (Z, np.array([0.0]), np.array([1.0])), {}),
    ("clip_method", (Y.T, np.array([-0.0, 0.0]), np.array([0.0, 0.0])), {}),
    ("winsorize", (Z, 1), {}),
    ("winsorize", (Y, 0), {}),
    ("in_place", (Z.copy(), np.array([0.0]), np.array([1.0])), {}),
    ("powers", (np.array([[-np.inf]]), np.array([0.5])), {}),
    ("powers", (np.array([[-np.inf], [-0.0], [3.7]]), np.array([0.5])), {}),
    ("powers", (np.array([[3.7, 1.1], [7.3, 0.3]]).T, np.array([2.0, 0.5])), {}),
    ("powers", (np.array([[3.7], [7.3]]), np.array([[2.0], [-1.0]])), {}),
    ("seen", ([1, 1.0, True, "1"], [], [], (0, 0)), {}),
    ("seen", ([None, b"a", "a", 2**70, 2**70], ["ä", "", "ä"], [(2, 1), (1, 2)], (2, 1)), {}),
]
EDGE = [
    ("clip_columns", (Z, 0.0, np.array([1.0])), {}),
    ("clip_columns", (Z, np.array([NAN]), np.array([1.0])), {}),
    ("clip_columns", (Z.astype("f4"), np.array([0.0], "f4"), np.array([1.0], "f4")), {}),
    ("clip_columns", (np.array([1, 5]), np.array([2, 2]), np.array([3, 3])), {}),
    ("clip_columns", (Y, np.zeros(3), np.zeros(3)), {}),
    ("clip_columns", (Y, None, np.zeros(2)), {}),
    ("clip_sum", (Z[::-1], np.array([[0.0], [1.0], [-0.0], [0.0]]), np.array([1.0])), {}),
    ("in_place", (np.array([1, 2]), np.array([0.5, 0.5]), np.array([1.0, 1.0])), {}),
    ("seen", ([NAN, NAN], ["a"], [(1, 2)], (1.0, 2.0)), {}),
    ("seen", ([[1], [1], (1, ), {}], ["a"], [(1, 2), (1, 2, 3), "ab"], "ab"), {}),
    ("seen", ((1, 1), ("a", "a"), ([1], [1]), [1]), {}),
    ("seen", ([1, NAN, 1], ["a", None, 5, "a"], [(NAN, 1), (NAN, 1)], (NAN, 1)), {}),
    ("seen", ([np.float64(1.0), 1, np.zeros(2)], ["a"], [(1, 2)], (1, 2)), {}),
]
