"""Sums and other numbers that are Python's at first and NumPy's of some dtype later; bits of NumPy's scalars."""

import numpy as np


def acc0(a):
    t = 0
    for v in a:
        t += v
    return t


def acc00(a):
    t = 0.0
    for i in range(len(a)):
        t += a[i]
    return t


def mean_loop(a):
    t = 0
    n = 0
    for v in a:
        t += v
        n += 1
    if n == 0:
        return None
    return t / n


def sumsq(a):
    s = 0
    for i in range(a.shape[0]):
        s += a[i] * a[i]
    return s


def sumsq2(a):
    s = 0.0
    for i in range(a.shape[0]):
        s += a[i] ** 2
    return s


def maxloop(a):
    m = 0
    for v in a:
        if v > m:
            m = v
    return m


def count_true(m):
    n = 0
    for v in m:
        n += v
    return n


def all_true(m):
    ok = True
    for v in m:
        ok = ok & v
    return ok


def xor_all(a):
    h = 0
    for v in a:
        h ^= v
    return h


def pack(bits):
    v = 0
    for b in bits:
        v = (v << 1) | b
    return v


def shifts(a, k):
    out = np.zeros(len(a), dtype=a.dtype)
    for i in range(len(a)):
        out[i] = (a[i] << k) ^ (a[i] >> 1)
    return out


def fnv(data):
    h = np.uint32(2166136261)
    out = np.zeros(len(data), np.uint32)
    for i in range(len(data)):
        h = h ^ np.uint32(data[i])
        out[i] = h & np.uint32(255)
    return out, h


def invert(a):
    out = np.empty_like(a)
    for i in range(len(a)):
        out[i] = ~a[i]
    return out


def powers(a, k):
    out = np.empty_like(a)
    for i in range(len(a)):
        out[i] = a[i] ** k
    return out


def store_acc(a):
    out = np.zeros(len(a), a.dtype)
    s = 0
    for i in range(len(a)):
        s = s + a[i]
        out[i] = s
    return out


def half(a):
    s = 0
    for v in a:
        s += v
    return s * 2, s * 0.5, s // 2 if s else 0, s < 10, s == 0


def cond(a, k):
    s = 0
    for v in a:
        s += v
        if s > k:
            return s, True
    return s, False


def use_int(a):
    s = 0
    for v in a:
        s += v
    return int(s), float(s), bool(s)


def zsum(z):
    t = 0
    for v in z:
        t += v
    return t


def zsum2(z):
    t = 0j
    for v in z:
        t += v * v.conjugate()
    return t


def pysum(a):
    return sum(a)


def gensum(a):
    return sum(v * v for v in a)


def checker(a, b):
    n = 0
    for i in range(len(a)):
        if a[i] == b[i]:
            n += 1
    return n / len(a)


def sum_rolls(a):
    return sum(np.roll(a, k) for k in range(3))


def pick(a, idx):
    i = np.concatenate(([0], idx, [len(a) - 1]))
    return a[i]


def bool_mix(m):
    a = m[0] + 1
    b = m[1] * 2.5
    c = m[0] | m[1]
    d = m[0] & True
    return a, b, c, d, m[0] + m[1], m[0] * m[1], ~m[0]


def scal(x, y):
    return np.uint8(x), np.int32(y), np.float32(x) * 2, np.int64(y) + 1, np.bool_(x)


def crossings(x, level):
    n = 0
    for i in range(1, len(x)):
        if (x[i - 1] < level) != (x[i] < level):
            n += 1
    return n


def phases(z):
    total = 0j
    for value in z:
        total += value * value.conjugate()
    return total.real, abs(z[0]), total.imag


_U = np.array([1, 2, 3, 4, 0, 2], np.uint8)
_H = np.array([1, -2, 3, 4, 0, 2], np.int16)
_F = np.array([1, 2.5, -3, 4, 0, 2], np.float32)
_L = np.array([1, 2, 2**63 + 5], np.uint64)
_I = np.array([3, -1, 2])
_NUMBERS = (acc0, acc00, mean_loop, sumsq, sumsq2, maxloop, store_acc, half, use_int, pysum, gensum)
_BITS = (xor_all, invert, pack)
CASES = [(f.__name__, (a,), {}) for f in _NUMBERS for a in (_U, _H, _F)]
CASES += [(f.__name__, (a,), {}) for f in _BITS for a in (_U, _H, _I)]
CASES += [
    ("cond", (_U, 5), {}),
    ("cond", (_F, 500), {}),
    ("checker", (_U, _U[::-1]), {}),
    ("checker", (_L, _L[::-1]), {}),
    ("shifts", (_U, 1), {}),
    ("shifts", (_H, 2), {}),
    ("powers", (_U, 2), {}),
    ("powers", (_H, 3), {}),
    ("fnv", (_U,), {}),
    ("zsum", (np.array([1 + 2j, 3j], np.complex64),), {}),
    ("zsum2", (np.array([1 + 2j, 3j]),), {}),
    ("phases", (np.array([1 + 2j, 3j]),), {}),
    ("phases", (np.array([1 + 2j, 3j], np.complex64),), {}),
    ("crossings", (np.array([0.1, 0.9, 0.3]), 0.5), {}),
    ("count_true", (_U > 1,), {}),
    ("all_true", (_U > 1,), {}),
    ("sum_rolls", (_U,), {}),
    ("sum_rolls", (_U > 1,), {}),
    ("pick", (_F, np.array([1, 1])), {}),
    ("bool_mix", (_U > 1,), {}),
    ("scal", (3, 4), {}),
    ("scal", (3.5, 4.5), {}),
]
EDGE = [
    (f.__name__, (a,), {})
    for f in _NUMBERS
    for a in (
        _U[:0],
        _F[:0],
        _U[::-1],
        np.array([100, 120, 100, 90], np.uint8),
        np.array([-(2**15), -1], np.int16),
        np.array([3e38, 3e38], np.float32),
        np.array([np.nan, 1, -0.0], np.float32),
        np.array([np.inf, -np.inf], np.float32),
        np.array([-0.0], np.float32),
    )
]
EDGE += [("cond", (_U, k), {}) for k in (-1, 2.5, 300, 2**70, 1e300, True, np.int64(3), float("nan"))]
EDGE += [
    ("shifts", (_U, 9), {}),
    ("shifts", (_H, 70), {}),
    ("shifts", (_H, -1), {}),
    ("powers", (_H, -1), {}),
    ("powers", (_U, 300), {}),
    ("powers", (_U, 100), {}),
    ("pack", (np.ones(70, np.uint8),), {}),
    ("pack", (np.ones(70, np.int64),), {}),
    ("scal", (-1, 4), {}),
    ("scal", (256, 4), {}),
    ("scal", (3, 2**40), {}),
    ("scal", (float("nan"), 1.0), {}),
    ("scal", (1e300, 1.0), {}),
    ("scal", (True, 1), {}),
    ("zsum", (np.array([], np.complex64),), {}),
    ("zsum2", (np.array([1e308, 1e308], complex),), {}),
    ("phases", (np.array([1e308 + 1e308j]),), {}),
    ("phases", (np.array([np.nan + 1j]),), {}),
    ("bool_mix", (np.array([True]),), {}),
    ("pick", (_F, np.array([50])), {}),
    ("pick", (_F, np.array([1.5])), {}),
    ("count_true", (_U,), {}),
    ("sum_rolls", (_U[:0],), {}),
    ("crossings", (np.array([np.nan, 0.9, 0.3]), 0.5), {}),
]


if __name__ == "__main__":
    for name, args, kwargs in CASES:
        print(globals()[name](*args, **kwargs))
