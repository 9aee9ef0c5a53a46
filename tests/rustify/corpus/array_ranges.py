"""Loops whose indices can be told before they start: bounds that hold, that fail on the way, and that only seem to."""

import numpy as np


def shifted(a, out, by):
    for i in range(a.shape[0]):
        out[i] = a[i - by]
    return out


def up_to(a, n):
    """Runs past the end for a large n, after it has written."""
    for i in range(n):
        a[i] = a[i] + 1.0
    return a.shape[0]


def blur(image, radius):
    rows, columns = image.shape
    out = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            total = 0.0
            count = 0
            for k in range(max(0, i - radius), min(rows, i + radius + 1)):
                for m in range(max(0, j - radius), min(columns, j + radius + 1)):
                    total += image[k, m]
                    count += 1
            out[i, j] = total / count
    return out


def lower_triangle(a):
    total = 0.0
    for i in range(a.shape[0]):
        for j in range(i + 1):
            total += a[i, j]
    return total


def backwards(a):
    out = np.zeros(a.shape[0])
    for i in range(a.shape[0] - 1, -1, -1):
        out[i] = a[a.shape[0] - 1 - i]
    return out


def pairs(a):
    """Every second item and the one behind it."""
    total = 0
    for i in range(0, a.shape[0], 2):
        total += int(a[i]) * int(a[i + 1])
    return total


def halves(a):
    out = np.zeros(a.shape[0] // 2, dtype=a.dtype)
    for i in range(a.shape[0] // 2):
        out[i] = a[2 * i] + a[2 * i + 1]
    return out


def sparse_product(starts, columns, values, x):
    """Bounds of the inner loop come out of an array."""
    n = starts.shape[0] - 1
    out = np.zeros(n)
    for i in range(n):
        total = 0.0
        for k in range(starts[i], starts[i + 1]):
            total += values[k] * x[columns[k]]
        out[i] = total
    return out


def windows(values, window):
    out = np.zeros(values.shape[0])
    total = 0.0
    for i in range(values.shape[0]):
        total += values[i]
        if i >= window:
            total -= values[i - window]
        if i < window:
            out[i] = 0.0
        else:
            out[i] = total
    return out


def neighbours(a):
    """The ends are told by conditions."""
    changes = 0
    for i in range(len(a)):
        if i > 0 and a[i - 1] != a[i]:
            changes += 1
        if not i >= len(a) - 1:
            if a[i + 1] > a[i]:
                changes += 10
    return changes


def smooth_in_place(a, times):
    for _ in range(times):
        for i in range(1, a.shape[0] - 1):
            a[i] = (a[i - 1] + a[i] + a[i + 1]) / 3.0
    return a


def reused(a, b):
    """One name counts in several loops, and is used behind them."""
    total = 0.0
    for i in range(a.shape[0]):
        total += a[i]
    total += a[i]
    for i in range(b.shape[0]):
        for j in range(i):
            total += b[j]
        total *= 0.5
    return total, i


def stale(a, n):
    """The inner name is read before the inner loop gives it a value again."""
    j = 0
    total = 0.0
    for _ in range(n):
        total += a[j]
        for j in range(n):
            total += a[j]
        j += 1
    return total


def first_above(a, limit):
    for i in range(a.shape[0]):
        for j in range(a.shape[1]):
            if a[i, j] > limit:
                break
        else:
            continue
        return i, j
    else:
        return None


def caught(a, n):
    total = 0.0
    try:
        for i in range(n):
            total += a[i]
    except IndexError as error:
        return total, str(error)
    return total, ""


def volume(a):
    x, y, z = a.shape
    out = np.zeros((x, y, z), dtype=a.dtype)
    for i in range(x):
        for j in range(y):
            for k in range(1, z):
                out[i, j, k] = a[i, j, k] - a[i, j, k - 1]
    return out


def by_label(values, labels, k):
    sums = np.zeros((k, values.shape[1]))
    for i in range(values.shape[0]):
        label = labels[i]
        for j in range(values.shape[1]):
            sums[label, j] += values[i, j]
    return sums


def ratio(values, weights):
    """A float that becomes NumPy's, or does not."""
    best = float("-inf")
    total = 0.0
    for i in range(values.shape[0]):
        total = total + values[i] / weights[i]
        if total > best:
            best = total
    return total, best, abs(total), -best


def mixed(values, start):
    total = 0.0
    if start > 0:
        total = total + start
    for i in range(values.shape[0]):
        if values[i] > 0.0:
            total += values[i]
        else:
            total = total * 2
    return total / 2


def counted(a, size):
    table = np.zeros((size, size), dtype=np.int64)
    for i in range(a.shape[0]):
        x = int(a[i] * size)
        if 0 <= x < size:
            table[x, x] += 1
            table[int(a[i] * size), int(0.5 * size)] += 2
    return table


def far(a, base):
    """Indices beyond any array."""
    total = 0.0
    for i in range(3):
        total += a[i + base - base]
    return total


def empty_inside(a, n):
    total = 0.0
    for i in range(n):
        for j in range(5, 5 + i - i):
            total += a[j + 100]
    return total


def fall(values):
    high = values[0]
    worst = 0.0
    for v in values:
        if v > high:
            high = v
        if high - v > worst:
            worst = high - v
    return worst


def peaks(values, least):
    found = []
    for i, v in enumerate(values, 1):
        if v > least:
            found.append(i)
            least = v
    else:
        found.append(-1)
    return found, i, v


def paired(a, b, c):
    total = 0.0
    for x, y, n in zip(a, b, c):
        total += x * y - n
        if total > 50.0:
            break
    return total


def over_itself(a):
    for i, v in enumerate(a):
        a[a.shape[0] - 1 - i] += v
    return a


def given_away(a, b):
    """The name means another array before the loop is over."""
    total = 0.0
    for v in a:
        total += v
        a = b
    return total, a[0]


_V = np.sin(np.arange(40.0))
_G = np.cos(np.arange(72.0)).reshape(8, 9)
_I = np.arange(24, dtype=np.int64) % 7


def _read_only():
    a = np.arange(6.0)
    a.flags.writeable = False
    return a


def _alias():
    a = np.arange(12.0)
    return (a, a[::-1], 2)


def _overlap():
    a = np.arange(12.0)
    return (a[:8], a[4:], 1)


CASES = [
    ("shifted", (_V, np.zeros(40), 3), {}),
    ("shifted", (_V, np.zeros(40), 0), {}),
    ("up_to", (np.arange(9.0), 9), {}),
    ("blur", (_G, 2), {}),
    ("blur", (_G.T.copy(), 1), {}),
    ("lower_triangle", (_G,), {}),
    ("backwards", (_V,), {}),
    ("pairs", (_I,), {}),
    ("halves", (_V,), {}),
    ("halves", (_I,), {}),
    ("sparse_product", (np.array([0, 2, 2, 5]), np.array([0, 3, 1, 2, 3]), np.arange(1.0, 6.0), np.arange(4.0)), {}),
    ("windows", (_V, 5), {}),
    ("neighbours", (_I,), {}),
    ("smooth_in_place", (_V, 3), {}),
    ("reused", (_V, _V[:7]), {}),
    ("stale", (_V, 6), {}),
    ("first_above", (_G, 0.99), {}),
    ("first_above", (_G, 5.0), {}),
    ("caught", (_V, 40), {}),
    ("volume", (np.arange(60.0).reshape(3, 4, 5) ** 2,), {}),
    ("volume", (np.arange(60, dtype=np.float32).reshape(3, 4, 5) ** 2,), {}),
    ("by_label", (_G, np.array([0, 1, 2, 1, 0, 2, 2, 1]), 3), {}),
    ("ratio", (_V, _V + 2.0), {}),
    ("mixed", (_V, 1.5), {}),
    ("mixed", (_V, 0.0), {}),
    ("counted", (abs(_V), 5), {}),
    ("far", (_V, 7), {}),
    ("empty_inside", (_V, 4), {}),
    ("fall", (_V,), {}),
    ("peaks", (_V, 0.1), {}),
    ("paired", (_V, _V + 1.0, _I), {}),
    ("over_itself", (_V,), {}),
    ("given_away", (_V, _V[3:]), {}),
]

EDGE = [
    ("shifted", (_V, np.zeros(40), 41), {}),
    ("shifted", (_V, np.zeros(40), -1), {}),
    ("shifted", (_V, np.zeros(39), 0), {}),
    ("shifted", (_V, _V, 1), {}),
    ("shifted", (_V[::2], np.zeros(20), 4), {}),
    ("shifted", (np.zeros(0), np.zeros(0), 4), {}),
    ("shifted", (_V, np.zeros(40), 2**62), {}),
    ("shifted", (_V, np.zeros(40), -(2**63)), {}),
    ("shifted", (_V, np.zeros(40), 2**70), {}),
    ("shifted", lambda: (_read_only(), _read_only(), 1), {}),
    ("shifted", _alias, {}),
    ("shifted", _overlap, {}),
    ("up_to", (np.arange(9.0), 12), {}),
    ("up_to", (np.arange(9.0), -3), {}),
    ("up_to", (np.arange(18.0)[::2], 9), {}),
    ("up_to", (np.arange(18.0)[::2], 10), {}),
    ("up_to", lambda: (_read_only(), 6), {}),
    ("blur", (_G, -1), {}),
    ("blur", (_G, 0), {}),
    ("blur", (_G, 100), {}),
    ("blur", (_G[::2, ::-3], 1), {}),
    ("blur", (np.zeros((0, 4)), 1), {}),
    ("blur", (_G * np.inf, 1), {}),
    ("lower_triangle", (_G.T,), {}),
    ("lower_triangle", (_G.T.copy(),), {}),
    ("lower_triangle", (np.zeros((5, 2)),), {}),
    ("backwards", (_V[:1],), {}),
    ("backwards", (np.zeros(0),), {}),
    ("pairs", (_I[:23],), {}),
    ("pairs", (_I[::-1],), {}),
    ("halves", (_V[:7],), {}),
    ("halves", (_I + 2**62,), {}),
    ("sparse_product", (np.array([0, 2, 9]), np.array([0, 3]), np.arange(2.0), np.arange(4.0)), {}),
    ("sparse_product", (np.array([-2, 1]), np.array([0, -3]), np.arange(2.0), np.arange(4.0)), {}),
    ("windows", (_V, 0), {}),
    ("windows", (_V, -5), {}),
    ("windows", (_V, 500), {}),
    ("neighbours", (_I[:0],), {}),
    ("neighbours", (_I[::3],), {}),
    ("smooth_in_place", (_V * 1e308, 2), {}),
    ("smooth_in_place", (_V[::-2].copy()[::3], 2), {}),
    ("smooth_in_place", lambda: (_read_only(), 2), {}),
    ("smooth_in_place", lambda: (_read_only()[:2], 2), {}),
    ("reused", (_V[:0], _V), {}),
    ("reused", (_V, _V[:0]), {}),
    ("stale", (_V[:6], 6), {}),
    ("stale", (_V[:7], 7), {}),
    ("stale", (_V, 0), {}),
    ("first_above", (_G.T, 0.99), {}),
    ("first_above", (_G * np.nan, 0.99), {}),
    ("caught", (_V, 41), {}),
    ("caught", (_V * np.nan, 41), {}),
    ("volume", (np.arange(60.0).reshape(3, 4, 5).T,), {}),
    ("volume", (np.zeros((2, 2, 1)),), {}),
    ("volume", (np.full((2, 2, 3), np.inf),), {}),
    ("by_label", (_G, np.array([0, 1, 2, 1, 0, 3, 2, 1]), 3), {}),
    ("by_label", (_G, np.array([0, -1, 2, -3, 0, 2, 2, 1]), 3), {}),
    ("by_label", (_G, np.array([0, 1]), 3), {}),
    ("ratio", (_V, _V * 0.0), {}),
    ("ratio", (_V[:0], _V), {}),
    ("ratio", (_V * np.nan, _V), {}),
    ("ratio", (_V, _V[:5]), {}),
    ("mixed", (_V[:0], 1.5), {}),
    ("mixed", (np.array([1e308, 1e308]), 0.0), {}),
    ("mixed", (np.array([1e308, -1.0, -1.0]), 0.0), {}),
    ("mixed", (np.array([-1.0] * 4), 1e308), {}),
    ("counted", (_V, 5), {}),
    ("counted", (np.full(4, -np.inf), 5), {}),
    ("counted", (_V * np.nan, 5), {}),
    ("counted", (_V * 1e300, 5), {}),
    ("counted", (_V, 0), {}),
    ("far", (_V, 2**63 - 1), {}),
    ("far", (_V, 2**63 - 3), {}),
    ("far", (_V, 2**80), {}),
    ("far", (_V[:2], 0), {}),
    ("empty_inside", (_V, 0), {}),
    ("fall", (_V[:0],), {}),
    ("fall", (_V[::-3],), {}),
    ("fall", (np.array([1.0, -1e308, 1e308, -1e308]),), {}),
    ("fall", (np.array([np.nan, 1.0]),), {}),
    ("fall", (_G,), {}),
    ("peaks", (_V[:0], 0.1), {}),
    ("peaks", (_V[::2], 2.0), {}),
    ("paired", (_V, _V[:5], _I[::2]), {}),
    ("paired", (_V, _V, _I[:0]), {}),
    ("paired", (_V * 1e300, _V * 1e300, _I), {}),
    ("paired", (_V, list(_V), _I), {}),
    ("over_itself", (_V[::2],), {}),
    ("over_itself", lambda: (_read_only(),), {}),
    ("over_itself", (np.full(3, 1e308),), {}),
    ("given_away", (_V, _V[:0]), {}),
]
