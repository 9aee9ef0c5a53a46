"""Functions of arrays that are called with other dtypes, ranks, lists and scalars than were recorded."""

import math

import numpy as np

WEIGHTS = np.array([[1, 2, 1], [2, 4, 2], [1, 2, 1]])


def extent_sum(x):
    total = 0.0
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            total += x[i, j]
    return total, x.size, x.ndim


def histogram(data):
    counts = np.zeros(8, dtype=np.int64)
    for value in data:
        counts[value] += 1
    return counts


def above(x, level):
    flags = x > level
    return x[flags], flags.sum(), x[0] > level, (x[0] < level) != (x[1] < level)


def smooth_in_place(x, weight):
    for i in range(1, x.size):
        x[i] = weight * x[i] + (1.0 - weight) * x[i - 1]
    x[1:] *= 2
    return x


def rows_changed(x, factor):
    x[0] = x[0] * factor
    x[-1, 1:] -= x[0, 1:]
    x[..., 0] += factor
    return x.T


def layer(x, weights, bias):
    return np.maximum(x @ weights + bias, 0.0)


def largest_change(x):
    worst = 0.0
    for i in range(1, len(x)):
        worst = max(worst, abs(x[i] - x[i - 1]))
    return worst


def smallest_and_largest(x, start):
    low = high = start
    for value in x:
        low, high = min(low, value), max(high, value)
    return low, high


def spread(x):
    return x.mean(), x.std(), (x - x.mean()) / x.std()


def centre(x):
    return np.median(x), np.mean(x)


def to_whole(x):
    return x.astype(np.int32), x.min(), x.max(), x.argmax()


def scale(x, factor):
    x *= factor


def swap(x, i, j):
    x[i], x[j] = x[j].copy(), x[i].copy()


def roots(x):
    return [math.sqrt(value) for value in x]


def power_sum(x):
    total = 0j
    for value in x:
        total += value * value.conjugate()
    return total.real


def picked(x, places):
    return x[places], x[places[0]]


def running(x, window):
    out = np.empty(len(x) - window + 1)
    for i in range(len(out)):
        out[i] = sum(x[i : i + window]) / window
    return out


def same_where(a, b):
    return (a == b).sum() / len(a)


def unpacked(pixels):
    out = np.empty(len(pixels), dtype=np.uint8)
    for i in range(len(pixels)):
        red, green, blue = pixels[i]
        out[i] = (int(red) * 299 + int(green) * 587 + int(blue) * 114) // 1000
    return out


def blurred(image):
    out = image.copy()
    for r in range(1, image.shape[0] - 1):
        for c in range(1, image.shape[1] - 1):
            acc = 0
            for dr in range(3):
                for dc in range(3):
                    acc += WEIGHTS[dr, dc] * int(image[r + dr - 1, c + dc - 1])
            out[r, c] = acc // 16
    return out


def best_score(scores):
    best = 0
    for i in range(len(scores)):
        best = max(best, scores[i] + 1)
    return best


def caught(x, i):
    try:
        return x[i]
    except IndexError:
        return None


F = np.arange(6.0)
CASES = [
    ("extent_sum", (np.arange(6.0).reshape(2, 3),), {}),
    ("histogram", (np.array([1, 2, 1, 7], dtype=np.uint8),), {}),
    ("above", (np.array([0.5, 2.0, 1.0]), 1.0), {}),
    ("smooth_in_place", (np.array([1.0, 2.0, 4.0]), 0.5), {}),
    ("rows_changed", (np.arange(6.0).reshape(2, 3), 2.0), {}),
    ("layer", (np.eye(2), np.array([[1.0, -1.0], [2.0, -2.0]]), np.array([0.0, 0.5])), {}),
    ("largest_change", (np.array([1.0, 4.0, 2.0]),), {}),
    ("smallest_and_largest", (np.array([1.0, 4.0, 2.0]), 0.0), {}),
    ("spread", (np.array([1.0, 2.0, 3.0, 5.0]),), {}),
    ("centre", (np.array([1.0, 2.0, 4.0]),), {}),
    ("to_whole", (np.array([1.5, 2.5]),), {}),
    ("scale", (np.array([1.5, 2.5]), 2.0), {}),
    ("swap", (np.arange(6.0).reshape(3, 2), 0, 2), {}),
    ("roots", (np.array([1.0, 4.0]),), {}),
    ("power_sum", (np.array([1 + 2j, 3j]),), {}),
    ("picked", (np.arange(5.0), np.array([0, 2])), {}),
    ("running", (np.arange(6.0), 2), {}),
    ("same_where", (np.array([1, 2, 3]), np.array([1, 0, 3])), {}),
    ("unpacked", (np.arange(6, dtype=np.uint8).reshape(2, 3),), {}),
    ("blurred", (np.arange(16, dtype=np.uint8).reshape(4, 4),), {}),
    ("best_score", (np.array([1, 5, 2], dtype=np.int32),), {}),
    ("caught", (np.arange(3.0), 1), {}),
]
SIBLINGS = [
    ("extent_sum", (np.arange(6).reshape(2, 3),), {}),
    ("extent_sum", (np.arange(6, dtype=np.float32).reshape(2, 3),), {}),
    ("extent_sum", (np.arange(6, dtype=np.int16).reshape(2, 3),), {}),
    ("histogram", (np.array([1, 2, 1, 7]),), {}),
    ("histogram", (b"\x01\x02",), {}),
    ("histogram", ([1, 2, 3],), {}),
    ("above", (np.array([1, 2, 3]), 2), {}),
    ("above", (np.array([0.5, 2.0], dtype=np.float32), 1), {}),
    ("above", (np.array([[0.5, 2.0], [1.5, 1.0]])[0], 1.0), {}),
    ("smooth_in_place", (np.array([1.0, 2.0, 4.0], dtype=np.float32), 0.5), {}),
    ("smooth_in_place", (np.array([1, 2, 4]), 1), {}),
    ("rows_changed", (np.arange(6).reshape(2, 3), 2), {}),
    ("rows_changed", (np.arange(6, dtype=np.float32).reshape(2, 3), 0.5), {}),
    ("layer", (np.array([1.0, 2.0]), np.eye(2), np.zeros(2)), {}),
    ("layer", (np.array([[1, 2]]), np.eye(2, dtype=int), np.zeros(2)), {}),
    ("largest_change", (np.array([1, 4, 2]),), {}),
    ("largest_change", (np.array([1, 4, 2], dtype=np.float32),), {}),
    ("largest_change", ([1.0, 4.0, 2.0],), {}),
    ("smallest_and_largest", (np.array([1, 4, 2]), 2), {}),
    ("smallest_and_largest", (np.array([1, 4, 2], dtype=np.int32), 2.5), {}),
    ("smallest_and_largest", (np.array([1, 4, 2], dtype=np.float32), 2), {}),
    ("spread", (np.arange(6.0).reshape(2, 3),), {}),
    ("spread", (np.arange(4),), {}),
    ("centre", ([1.0, 2.0, 4.0],), {}),
    ("centre", (np.arange(6).reshape(2, 3),), {}),
    ("to_whole", (np.array([1, 2]),), {}),
    ("to_whole", (np.array([[1.5, 2.5]]),), {}),
    ("scale", (np.array([1, 2]), 2), {}),
    ("scale", (np.array([[1.5, 2.5]], dtype=np.float32), 2), {}),
    ("swap", (np.arange(6).reshape(3, 2), 0, 2), {}),
    ("roots", (np.array([1, 4]),), {}),
    ("roots", ([1.0, 4],), {}),
    ("power_sum", (np.array([1.0, 2.0]),), {}),
    ("power_sum", (np.array([1 + 2j], dtype=np.complex64),), {}),
    ("picked", (np.arange(5), np.array([0, 2], dtype=np.int32)), {}),
    ("picked", (np.arange(5.0), [0, 2]), {}),
    ("running", (np.arange(6), 2), {}),
    ("running", ([1.0, 2.0, 3.0], 2), {}),
    ("same_where", (np.array([1, 2, 3], dtype=np.uint8), np.array([1, 0, 3], dtype=np.uint8)), {}),
    ("same_where", (np.array([1, 2, 3]), [1, 0, 3]), {}),
    ("unpacked", (np.arange(6).reshape(2, 3),), {}),
    ("unpacked", ([(1, 2, 3), [4, 5, 6]],), {}),
    ("blurred", (np.arange(16).reshape(4, 4),), {}),
    ("blurred", (np.arange(16.0).reshape(4, 4),), {}),
    ("best_score", (np.array([1, 5, 2]),), {}),
    ("best_score", ([1, 5, 2],), {}),
    ("caught", (np.arange(3), 7), {}),
    ("caught", ([1, 2], 7), {}),
    ("caught", (np.arange(6).reshape(2, 3), 1), {}),
]


def _frozen(x):
    x.setflags(write=False)
    return x


EDGE = [
    ("extent_sum", (np.arange(3.0),), {}),
    ("extent_sum", ([[1, 2]],), {}),
    ("extent_sum", (np.array([[True, False]]),), {}),
    ("extent_sum", (np.array([["a"]]),), {}),
    ("extent_sum", (np.arange(4, dtype=object).reshape(2, 2),), {}),
    ("extent_sum", (np.ma.array([[1.0, 2.0]], mask=[[0, 1]]),), {}),
    ("histogram", (np.array([1.0]),), {}),
    ("histogram", (np.array([9]),), {}),
    ("histogram", (np.array([-1, -8]),), {}),
    ("histogram", ([True],), {}),
    ("histogram", ([None],), {}),
    ("histogram", ([[0, 1]],), {}),
    ("histogram", (np.array([[0, 1], [1, 1]]),), {}),
    ("above", (np.array([np.nan, 1.0]), 0.5), {}),
    ("above", (np.array([1, 2]), "x"), {}),
    ("above", (np.array([1, 2]), None), {}),
    ("above", (np.array([1, 2], dtype=np.uint8), 300), {}),
    ("above", (np.array([1, 2], dtype=np.uint8), -1), {}),
    ("above", (np.array([1, 2]), np.array([1, 2])), {}),
    ("above", ([1, 2], 1), {}),
    ("smooth_in_place", (np.array([1, 2, 4]), np.nan), {}),
    ("smooth_in_place", (np.array([1, 2, 4]), 0.5), {}),
    ("smooth_in_place", (np.array([200, 100], dtype=np.uint8), 2), {}),
    ("smooth_in_place", (_frozen(np.array([1.0, 2.0])), 0.5), {}),
    ("smooth_in_place", (np.array([1j, 2.0]), 0.5), {}),
    ("smooth_in_place", (np.array([1.0, 2.0]), 1j), {}),
    ("smooth_in_place", (np.arange(6.0)[::-2], 0.5), {}),
    ("smooth_in_place", (np.arange(6.0).reshape(3, 2), 0.5), {}),
    ("smooth_in_place", (np.array([1.0, 2.0]), np.array([0.5])), {}),
    ("rows_changed", (np.arange(6).reshape(2, 3), 0.5), {}),
    ("rows_changed", (np.arange(3.0), 2.0), {}),
    ("rows_changed", (np.arange(6.0).reshape(2, 3), np.array([1.0, 2.0, 3.0])), {}),
    ("rows_changed", (np.arange(6.0).reshape(2, 3)[::-1, ::-1], 2), {}),
    ("rows_changed", (np.broadcast_to(np.arange(3.0), (2, 3)), 2), {}),
    ("rows_changed", (np.full((2, 3), 1e308), 10), {}),
    ("rows_changed", (np.arange(6).reshape(2, 3), 2**70), {}),
    ("layer", (np.ones((2, 3)), np.ones((2, 2)), 0), {}),
    ("layer", ([[1, 2]], np.eye(2), 1), {}),
    ("layer", (2, 3, 4), {}),
    ("largest_change", (np.array([np.nan, 1.0, 2.0]),), {}),
    ("largest_change", (np.array([1, np.nan, 2.0], dtype=np.float32),), {}),
    ("largest_change", (np.array([0, 200], dtype=np.uint8),), {}),
    ("largest_change", (np.array([200, 0], dtype=np.uint8),), {}),
    ("largest_change", ([],), {}),
    ("smallest_and_largest", (np.array([1, 4], dtype=np.uint8), -2), {}),
    ("smallest_and_largest", (np.array([1, 4], dtype=np.uint8), 2**70), {}),
    ("smallest_and_largest", (np.array([0.1, 0.3], dtype=np.float32), 0.1), {}),
    ("smallest_and_largest", (np.array([0.0, -0.0]), 0), {}),
    ("smallest_and_largest", (np.array([np.nan]), 0), {}),
    ("spread", (np.array([]),), {}),
    ("spread", (np.array([1.0]),), {}),
    ("spread", ([1.0, 2.0],), {}),
    ("spread", (np.float64(2.0),), {}),
    ("spread", (np.array([1, 1]),), {}),
    ("centre", ([],), {}),
    ("centre", ([[]],), {}),
    ("centre", ((),), {}),
    ("centre", (np.zeros((2, 0)),), {}),
    ("centre", ({},), {}),
    ("centre", ([[1, 2], [3]],), {}),
    ("centre", ("ab",), {}),
    ("centre", (np.array([np.nan, 1.0]),), {}),
    ("to_whole", (np.array([np.nan, 1.0]),), {}),
    ("to_whole", (np.array([1j, 2.0]),), {}),
    ("to_whole", (np.array([2**40]),), {}),
    ("to_whole", (np.array([]),), {}),
    ("scale", (np.array([1, 2]), 2.5), {}),
    ("scale", (np.array([100, 2], dtype=np.int8), 2), {}),
    ("scale", (np.array([1, 2], dtype=np.int8), 200), {}),
    ("scale", ([1, 2], 2), {}),
    ("scale", (np.array(3.0), 2), {}),
    ("scale", (np.float64(3.0), 2), {}),
    ("scale", (np.array([1.0, 2.0]), 1j), {}),
    ("scale", (np.array([1.0, 2.0]), [1, 2]), {}),
    ("scale", (np.array([1.0, 2.0]), [1, 2, 3]), {}),
    ("swap", ([[1], [2]], 0, 1), {}),
    ("swap", (np.eye(2), 0, 5), {}),
    ("roots", (np.array([-1.0]),), {}),
    ("roots", (np.array([1 + 1j]),), {}),
    ("roots", (np.array([[1.0, 2.0]]),), {}),
    ("roots", (np.array([[4.0]]),), {}),
    ("power_sum", ([1.5, 2],), {}),
    ("power_sum", (np.array([1e200, 1.0]),), {}),
    ("picked", (np.arange(5), np.array([True, False, True, False, True])), {}),
    ("picked", (np.arange(5), [7]), {}),
    ("picked", ([1, 2, 3], [0]), {}),
    ("picked", (np.arange(5), []), {}),
    ("running", (np.array([]), 1), {}),
    ("running", (np.array(["a", "b"]), 1), {}),
    ("running", ((1, 2, 3), 2), {}),
    ("same_where", (np.array([1, 2]), np.array([1, 2, 3])), {}),
    ("same_where", (np.array([1, 2]), "ab"), {}),
    ("same_where", (np.array([1, 2]), ["1", "2"]), {}),
    ("same_where", ([1, 2], [1, 2]), {}),
    ("same_where", (np.array([1, 2]), [[1, 2], [3]]), {}),
    ("unpacked", (np.full((1, 3), 1000),), {}),
    ("unpacked", (np.full((1, 3), np.nan),), {}),
    ("unpacked", (np.zeros((1, 2)),), {}),
    ("unpacked", (["abc"],), {}),
    ("blurred", (np.full((3, 3), np.inf),), {}),
    ("blurred", (np.full((3, 3), 1 + 1j),), {}),
    ("best_score", (np.array([127], dtype=np.int8),), {}),
    ("best_score", (np.array([2**31 - 1], dtype=np.int32),), {}),
    ("best_score", (np.array([np.nan, 1.0]),), {}),
    ("caught", (np.arange(3.0), 2**63), {}),
    ("caught", (np.arange(3.0), -(2**63) - 1), {}),
    ("caught", (np.arange(3), 2**63 - 1), {}),
    ("caught", (np.arange(3), 1.0), {}),
    ("caught", (np.arange(3), None), {}),
    ("caught", (np.arange(3), "a"), {}),
    ("caught", (np.arange(3), True), {}),
    ("caught", (np.arange(3), np.int8(2)), {}),
]
