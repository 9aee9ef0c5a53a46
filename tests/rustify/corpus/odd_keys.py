"""Keys of dicts and sets that are numbers of NumPy, complex, or no keys at all."""

import numpy as np


def counted(a):
    d = {}
    for v in a:
        d[v] = d.get(v, 0) + 1
    return d, {v for v in a}


def list_key(d, xs):
    try:
        d[xs] = 1
    except TypeError as e:
        return str(e)
    return d


def array_key(a):
    d = {}
    try:
        d[a] = 1
    except TypeError as e:
        return str(e)
    return d


def complex_keys(n):
    d = {}
    for i in range(n):
        d[complex(i % 2, i)] = i
    return d, {complex(i, 1) for i in range(n)}


F = np.array([5.5, 2, 3, 2])
CASES = [
    ("counted", (F,), {}),
    ("counted", (np.array([5, 1, 3, 1]),), {}),
    ("list_key", ({}, [1]), {}),
    ("array_key", (F,), {}),
    ("complex_keys", (4,), {}),
]
EDGE = [
    ("counted", (np.array([1, 2, 1], "u1"),), {}),
    ("counted", (np.array([True, False]),), {}),
    ("counted", ([1.0, 1, True],), {}),
    ("list_key", ({}, (1,)), {}),
    ("array_key", (3,), {}),
]


if __name__ == "__main__":
    for name, args, kwargs in CASES:
        print(globals()[name](*args, **kwargs))
