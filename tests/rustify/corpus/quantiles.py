"""Percentiles and quantiles of arrays, with one number and with several."""

import numpy as np


def middle(x):
    return np.percentile(x, 50)


def high(x, q):
    return np.quantile(x, q)


def quarters(x):
    return np.percentile(x, [25, 50, 75])


def several(x, qs):
    return np.quantile(x, qs)


def spread(x):
    low, high = np.percentile(x, [5.0, 95.0])
    return high - low


RANDOM = (np.arange(97) * 2654435761 % 4294967296) / 2.0**32 * 10 - 3
CASES = [
    ("middle", (RANDOM,), {}),
    ("high", (RANDOM, 0.9), {}),
    ("quarters", (RANDOM,), {}),
    ("several", (RANDOM, [0.1, 0.5]), {}),
    ("spread", (RANDOM,), {}),
]
EDGE = [
    ("middle", (RANDOM[::-2],), {}),
    ("middle", (RANDOM[:1],), {}),
    ("middle", (RANDOM[:0],), {}),
    ("middle", (RANDOM.reshape(-1, 1),), {}),
    ("middle", (np.array([1.0, np.nan]),), {}),
    ("middle", (np.array([-1.0, 1.0]),), {}),
    ("middle", (np.array([-0.0, 0.0]),), {}),
    ("middle", (np.array([np.inf, 1.0, 2.0]),), {}),
    ("middle", (np.array([3, 1, 2]),), {}),
    ("middle", (RANDOM.astype(np.float32),), {}),
    ("middle", ([3.0, 1.0],), {}),
    ("high", (RANDOM, 1), {}),
    ("high", (RANDOM, 0), {}),
    ("high", (RANDOM, 1.5), {}),
    ("high", (RANDOM, -0.1), {}),
    ("high", (RANDOM, float("nan")), {}),
    ("high", (RANDOM, True), {}),
    ("high", (RANDOM, np.float64(0.3)), {}),
    ("high", (RANDOM, "a"), {}),
    ("several", (RANDOM, []), {}),
    ("several", (RANDOM, [0.5, 2]), {}),
    ("several", (RANDOM, [0, 1]), {}),
    ("several", (RANDOM, (0.5, 0.2)), {}),
    ("several", (RANDOM, np.array([0.5, 0.2])), {}),
    ("several", (RANDOM, [[0.5], [0.2]]), {}),
    ("several", (np.arange(5000.0), [0.5]), {}),
    ("quarters", (np.array([1.0, 2.0]),), {}),
    ("quarters", (np.array([]),), {}),
]
EDGE += [("high", (RANDOM[:n], k / 37), {}) for n in (2, 5, 64) for k in range(38)]
