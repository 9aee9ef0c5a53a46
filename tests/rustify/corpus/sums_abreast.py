"""Loops whose turns add up floats of their own, with what may go wrong in the middle of several turns at once."""

import math


def product(a, b):
    n, m, p = len(a), len(b), len(b[0])
    out = [[0.0] * p for _ in range(n)]
    for i in range(n):
        for j in range(p):
            total = 0.0
            for k in range(m):
                total += a[i][k] * b[k][j]
            out[i][j] = total
    return out


def product_by_rows(a, b):
    """Both by rows: what differs from turn to turn is the row."""
    out = []
    for i in range(len(a)):
        row = []
        for j in range(len(b)):
            total = 0.0
            for k in range(len(a[i])):
                total += a[i][k] * b[j][k]
            row.append(total)
        out.append(row)
    return out


def into_given(a, b, out):
    """`out` may be one of the others."""
    for i in range(len(a)):
        for j in range(len(b)):
            total = 0.0
            for k in range(len(a)):
                total += a[i][k] * b[k][j]
            out[i][j] = total


def into_rows_of(a, b):
    """The rows of the result are those of `a`."""
    out = []
    for row in a:
        out.append(row)
    for i in range(len(a)):
        for j in range(len(b)):
            total = 0.0
            for k in range(len(a)):
                total += a[i][k] * b[k][j]
            out[i][j] = total
    return out


def means(values, window):
    out = []
    for i in range(len(values) - window + 1):
        total = 0.0
        for j in range(window):
            total += values[i + j]
        out.append(total / window)
    return out


def means_then_state(values, window):
    """What the loop leaves behind."""
    out = []
    total = -1.0
    i = -5
    for i in range(len(values) - window + 1):
        total = 0.5
        for j in range(window):
            total = total - values[i + j] * -values[i]
        out.append(total)
    return out, total, i


def backwards(signal, kernel):
    n, m = len(signal), len(kernel)
    out = []
    for i in range(n - m + 1):
        total = 0.0
        for j in range(m):
            total += signal[i + j] * kernel[m - 1 - j] - signal[n - 1 - i]
        out.append(total)
    return out


def onto_itself(values, window):
    """The list grows by what is added up from it."""
    for i in range(20):
        total = 0.0
        for j in range(window):
            total += values[i + j] * 0.25
        values.append(total)
    return values


def grows(window):
    out = [1.0, 2.0, 3.0]
    for i in range(40):
        total = 0.0
        for j in range(window):
            total += out[i + j] * 0.25
        out.append(total)
    return out


def early_end(values, window, limit):
    out = []
    for i in range(len(values) - window + 1):
        total = 0.0
        for j in range(window):
            total += values[i + j]
        if total > limit:
            return out, i
        out.append(math.sqrt(total))
    return out, -1


def past_the_end(values, window):
    out = []
    try:
        for i in range(len(values)):
            total = 0.0
            for j in range(window):
                total += values[i + j]
            out.append(total)
    except IndexError:
        out.append(-1.0)
    return out


def from_behind(values, window):
    """Indices below zero count from the end."""
    out = []
    for i in range(len(values)):
        total = 0.0
        for j in range(window):
            total += values[i - j]
        out.append(total)
    return out


def weights(values, window):
    out = []
    for i in range(len(values) - window):
        total, weight = 0.0, 0.0
        for j in range(window):
            w = 1.0 / (j + 1)
            total += values[i + j] * w
            weight += w
        out.append(total / weight)
    return out


def ratios(values, others, window):
    out = []
    for i in range(len(values) - window):
        total = 0.0
        for j in range(window):
            total += values[i + j] / others[i + j]
        out.append(total)
    return out


def distances(points, others):
    out = []
    for i in range(len(points)):
        row = [0.0] * len(others)
        for j in range(len(others)):
            total = 0.0
            for k in range(len(points[i])):
                d = points[i][k] - others[j][k]
                total += d * d
            row[j] = math.sqrt(total)
        out.append(row)
    return out


def boxes(image, size):
    height, width = len(image), len(image[0])
    out = []
    for y in range(height - size + 1):
        for x in range(width - size + 1):
            total = 0.0
            for dy in range(size):
                for dx in range(size):
                    total += image[y + dy][x + dx]
            out.append(total)
    return out


def blurred(image):
    height, width = len(image), len(image[0])
    out = [row[:] for row in image]
    for y in range(1, height - 1):
        for x in range(1, width - 1):
            total = 0.0
            for dy in (-1, 0, 1):
                for dx in (-1, 0, 1):
                    total += image[y + dy][x + dx]
            out[y][x] = total / 9
    return out


def horner(xs):
    out = []
    for x in xs:
        total = 0.0
        for c in (3.0, -1.0, 2, 0.5):
            total = total * x + c
        for c in ("a", "bc"):
            total += len(c)
        out.append(total)
    return out


def _list(n):
    return [((i * 313 + 71) % 977) / 97.0 for i in range(n)]


def _rows(n, m):
    return [_list(n * m)[i * m : (i + 1) * m] for i in range(n)]


A, B = _rows(5, 7), _rows(7, 21)
CASES = [
    ("product", (A, B), {}),
    ("product", (_rows(3, 4), _rows(4, 8)), {}),
    ("product_by_rows", (A, _rows(19, 7)), {}),
    ("into_given", (_rows(17, 17), _rows(17, 17), _rows(17, 17)), {}),
    ("into_rows_of", (_rows(17, 17), _rows(17, 17)), {}),
    ("means", (_list(50), 7), {}),
    ("means_then_state", (_list(50), 7), {}),
    ("backwards", (_list(50), _list(9)), {}),
    ("onto_itself", (_list(30), 5), {}),
    ("grows", (3,), {}),
    ("early_end", (_list(50), 4, 22.0), {}),
    ("past_the_end", (_list(50), 4), {}),
    ("from_behind", (_list(50), 4), {}),
    ("weights", (_list(50), 4), {}),
    ("ratios", (_list(50), _list(60), 4), {}),
    ("distances", (A, _rows(19, 7)), {}),
    ("boxes", (_rows(12, 21), 3), {}),
    ("blurred", (_rows(5, 21),), {}),
    ("horner", (_list(9),), {}),
]
_nan = [float("nan"), -0.0, 1e308, float("inf"), -1e308, 5e-324] * 5
_jagged = [[1.0] * n for n in (21, 21, 20, 21, 21, 21, 21)]
_same = _rows(17, 17)
_one = [1.5] * 17
_shared = [_one] * 17
EDGE = [
    ("product", ([], []), {}),
    ("product", ([[]], [[]]), {}),
    ("product", (A, _jagged), {}),
    ("product", (A, [[1] * 21] * 7), {}),
    ("product", (A, [[1.0] * 12 + [2] + [1.0] * 8] * 7), {}),
    ("product", (A, [_nan] * 7), {}),
    ("product", ([[1.0] * 6] * 3, B), {}),
    ("product", (_shared, _shared), {}),
    ("product_by_rows", (A, []), {}),
    ("product_by_rows", (A, _rows(19, 6)), {}),
    ("into_given", (_same, _same, _same), {}),
    ("into_given", (_rows(17, 17), _same, _same), {}),
    ("into_given", (_shared, _same, _shared), {}),
    ("into_given", (_shared, _shared, _shared), {}),
    ("into_given", (_rows(17, 17), _rows(17, 17), [[0.0] * 17] * 9), {}),
    ("into_rows_of", (_same, _same), {}),
    ("into_rows_of", (_shared, _shared), {}),
    ("means", (_list(50), 0), {}),
    ("means", (_list(50), -3), {}),
    ("means", (_list(5), 9), {}),
    ("means", (_nan, 3), {}),
    ("means", ([*_list(20), 3, *_list(20)], 3), {}),
    ("means", ([*_list(20), None, *_list(20)], 3), {}),
    ("means", (tuple(_list(20)), 3), {}),
    ("means", (_list(50), 2**70), {}),
    ("means", (_list(50), True), {}),
    ("means_then_state", ([], 1), {}),
    ("means_then_state", (_list(30), 0), {}),
    ("means_then_state", (_nan, 5), {}),
    ("backwards", (_list(50), []), {}),
    ("backwards", (_nan, _list(4)), {}),
    ("onto_itself", ([1.0, 2.0], 5), {}),
    ("onto_itself", ([], 0), {}),
    ("onto_itself", (_list(3), 3), {}),
    ("grows", (0,), {}),
    ("grows", (4,), {}),
    ("grows", (-1,), {}),
    ("early_end", (_list(50), 4, -1.0), {}),
    ("early_end", (_list(50), 4, 1e9), {}),
    ("early_end", ([-x for x in _list(50)], 4, 1e9), {}),
    ("early_end", (_list(20) + [-400.0] + _list(9), 2, 1e9), {}),
    ("past_the_end", (_list(9), 9), {}),
    ("past_the_end", ([], 1), {}),
    ("from_behind", (_list(9), 11), {}),
    ("from_behind", (_list(3), 2), {}),
    ("weights", (_list(50), 0), {}),
    ("weights", (_list(50), 51), {}),
    ("ratios", (_list(50), [1.0] * 30 + [0.0] * 30, 4), {}),
    ("ratios", (_list(50), _nan, 4), {}),
    ("ratios", (_list(10), [1] * 20, 4), {}),
    ("distances", (A, _rows(19, 6)), {}),
    ("distances", ([_nan], [_nan] * 9), {}),
    ("boxes", (_jagged, 3), {}),
    ("boxes", (_rows(12, 21), 0), {}),
    ("boxes", ([[]], 1), {}),
    ("blurred", (_jagged,), {}),
    ("blurred", ([_one, _one, _one, _one],), {}),
    ("blurred", ([[1] * 15] * 5,), {}),
    ("horner", ([1, 2.0, True],), {}),
]
