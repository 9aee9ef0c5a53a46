"""NumPy calls and operators on whole arrays: element by element, reductions, broadcasting, casts."""

import numpy as np


def polynomial(x):
    return 3.0 * x * x - 2.0 * x + 1.0


def standardise(x):
    return (x - x.mean()) / x.std()


def clip_scale(x, low, high):
    return np.clip(x, low, high) * 2.0


def sigmoid(x):
    return 1.0 / (1.0 + np.exp(-x))


def norm(x):
    return np.sqrt(np.sum(x * x))


def mean_absolute_error(a, b):
    return np.mean(np.abs(a - b))


def blend(a, b, t):
    return a * (1.0 - t) + b * t


def relu(x):
    return np.maximum(x, 0.0)


def threshold(x, limit):
    return np.where(x > limit, x, 0.0)


def gamma(image, g):
    return (np.power(image / 255.0, g) * 255.0).astype(np.uint8)


def dots(a, b):
    return np.dot(a, b), a @ b, float((a * b).sum())


def outer_sum(a, b):
    return a[:, None] + b[None, :]


def count_positive(x):
    return int((x > 0).sum()), bool((x > 0).any()), bool((x > 0).all())


def ramp(n):
    x = np.arange(n) * 0.5
    return x + np.ones(n)


def in_place(x, y):
    x += y
    x *= 2
    return x


def integer_mix(a, b):
    return a // b, a % b, a + b, a * b


def column_means(table):
    return table.mean(axis=0), table.max(axis=1), table.sum()


def distances(points, centre):
    d = points - centre
    return np.sqrt((d * d).sum(axis=1))


_X = np.array([0.5, -1.25, 3.0, 0.0])
_Y = np.array([1.0, 2.0, -0.5, 4.0])
_T = np.arange(12.0).reshape(3, 4)

CASES = [
    ("polynomial", (_X,), {}),
    ("polynomial", (_T,), {}),
    ("standardise", (_X,), {}),
    ("clip_scale", (_X, -1.0, 1.0), {}),
    ("sigmoid", (_X,), {}),
    ("sigmoid", (_T,), {}),
    ("norm", (_X,), {}),
    ("mean_absolute_error", (_X, _Y), {}),
    ("blend", (_X, _Y, 0.25), {}),
    ("relu", (_X,), {}),
    ("threshold", (_X, 0.25), {}),
    ("gamma", (np.array([[0, 64], [128, 255]], dtype=np.uint8), 2.2), {}),
    ("dots", (_X, _Y), {}),
    ("outer_sum", (_X, _Y), {}),
    ("count_positive", (_X,), {}),
    ("ramp", (6,), {}),
    ("in_place", (_X, _Y), {}),
    ("integer_mix", (np.array([7, -7, 9]), np.array([2, 2, -4])), {}),
    ("column_means", (_T,), {}),
    ("distances", (_T, np.array([1.0, 2.0, 3.0, 4.0])), {}),
]

EDGE = [
    ("polynomial", (np.array([]),), {}),
    ("polynomial", (2.0,), {}),
    ("polynomial", (3,), {}),
    ("polynomial", (np.float64(2.0),), {}),
    ("polynomial", (np.array([1, 2]),), {}),
    ("polynomial", (np.array([1, 2], dtype=np.float32),), {}),
    ("polynomial", (np.array([1e200]),), {}),
    ("polynomial", ([1.0],), {}),
    ("polynomial", lambda: (np.arange(10.0)[::-3],), {}),
    ("standardise", (np.array([1.0]),), {}),
    ("standardise", (np.array([]),), {}),
    ("standardise", (np.array([1, 2, 4]),), {}),
    ("clip_scale", (_X, 1.0, -1.0), {}),
    ("clip_scale", (np.array([np.nan]), 0.0, 1.0), {}),
    ("clip_scale", (np.array([1, 5]), 2, 3), {}),
    ("sigmoid", (np.array([-1000.0, 1000.0]),), {}),
    ("sigmoid", (np.array([np.nan, np.inf]),), {}),
    ("sigmoid", (0.5,), {}),
    ("norm", (np.array([3, 4]),), {}),
    ("norm", (np.array([]),), {}),
    ("norm", (np.array([1e300]),), {}),
    ("mean_absolute_error", (_X, np.array([1.0])), {}),
    ("mean_absolute_error", (_X, np.array([1.0, 2.0])), {}),
    ("mean_absolute_error", (np.array([]), np.array([])), {}),
    ("blend", (_X, _X, 0.5), {}),
    ("blend", (_X, _Y, np.array([0.0, 1.0, 0.5, 2.0])), {}),
    ("blend", (_X, _T, 0.5), {}),
    ("relu", (np.array([-0.0, np.nan, -1.0]),), {}),
    ("relu", (np.array([-1, 1]),), {}),
    ("threshold", (np.array([1, 2, 3]), 2), {}),
    ("threshold", (_T, 5.0), {}),
    ("gamma", (np.array([300.0, -1.0]), 0.5), {}),
    ("gamma", (np.array([128], dtype=np.uint8), 0), {}),
    ("dots", (_X, np.array([1.0])), {}),
    ("dots", (np.array([1, 2]), np.array([3, 4])), {}),
    ("dots", (np.array([]), np.array([])), {}),
    ("outer_sum", (_T, _Y), {}),
    ("outer_sum", (np.array([2**63 - 1]), np.array([1])), {}),
    ("count_positive", (np.array([]),), {}),
    ("count_positive", (np.array([np.nan]),), {}),
    ("ramp", (0,), {}),
    ("ramp", (-3,), {}),
    ("ramp", (2.5,), {}),
    ("in_place", (np.array([1, 2]), np.array([0.5, 1.5])), {}),
    ("in_place", (np.array([1.0, 2.0]), np.array([1.0, 2.0, 3.0])), {}),
    ("in_place", ([1, 2], [3]), {}),
    ("in_place", (_X, _X), {}),
    ("in_place", (np.array([250], dtype=np.uint8), np.array([10], dtype=np.uint8)), {}),
    ("integer_mix", (np.array([1, 2]), np.array([0, 1])), {}),
    ("integer_mix", (np.array([-(2**63)]), np.array([-1])), {}),
    ("integer_mix", (np.array([1.5, -1.5]), np.array([0.0, 1.0])), {}),
    ("integer_mix", (np.array([200], dtype=np.uint8), np.array([100], dtype=np.int8)), {}),
    ("column_means", (_X,), {}),
    ("column_means", (np.zeros((0, 2)),), {}),
    ("column_means", lambda: (np.asfortranarray(np.arange(6.0).reshape(2, 3)),), {}),
    ("distances", (_T, np.array([1.0, 2.0])), {}),
    ("distances", (_T, 1.0), {}),
    ("distances", (np.zeros((0, 2)), np.zeros(2)), {}),
]
