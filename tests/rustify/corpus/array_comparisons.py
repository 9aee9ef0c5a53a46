"""Numbers of arrays beside others: NumPy compares whole numbers with floats as floats, Python exactly."""

import numpy as np


def eqs(a, n):
    k = 0
    for x in a:
        if x == n:
            k += 1
    return k


def last_eq(a, n):
    s = 0
    for x in a:
        s = x
    return s == n, s < n, s <= n, s > n


def cmp_two(a, b):
    return a[0] == b[0], a[0] < b[0], a[0] >= b[0]


def item_eq(a, n):
    return a[0] == n, a[0] != n, a[0] < n, a[0] > n


def in_list(a, xs):
    k = 0
    for x in a:
        if x in xs:
            k += 1
    return k


B = 2**53
F = np.array([float(B), 1.0])
I = np.array([B + 1, 1])
F4 = np.array([16777216.0, 1], "f4")
U8 = np.array([2**64 - 1, 1], "u8")
ARRAYS = (F, I, F4, U8)
NUMBERS = (B, B + 1, float(B), 16777217, 16777217.0, 16777216.4, -1, 2**63, 2**64 - 1, 2**64, 2.0**64)
CASES = [
    ("eqs", (F, 3), {}),
    ("eqs", (I, 3), {}),
    ("eqs", (I, 3.0), {}),
    ("last_eq", (F, 1), {}),
    ("last_eq", (I, 1), {}),
    ("cmp_two", (F, I), {}),
    ("cmp_two", (I, F), {}),
    ("item_eq", (F, 3), {}),
    ("item_eq", (I, 3), {}),
    ("item_eq", (I, 3.0), {}),
    ("item_eq", (F4, 3), {}),
    ("item_eq", (F4, 3.0), {}),
    ("item_eq", (U8, 3), {}),
    ("in_list", (F, [1, 2]), {}),
    ("in_list", (I, [1.0, 2.0]), {}),
]
EDGE = [(f, (a, n), {}) for f in ("eqs", "last_eq", "item_eq") for a in ARRAYS for n in NUMBERS]
EDGE += [(f, (a[::-1].copy(), n), {}) for f in ("eqs", "last_eq") for a in ARRAYS for n in NUMBERS]
EDGE += [("cmp_two", (a, b), {}) for a in ARRAYS for b in ARRAYS]
EDGE += [("in_list", (F, [B + 1]), {}), ("in_list", (I, [float(B)]), {}), ("in_list", (I, [float(B + 2)]), {})]


if __name__ == "__main__":
    for name, args, kwargs in CASES:
        print(globals()[name](*args, **kwargs))
