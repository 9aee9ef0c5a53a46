"""Functions of NumPy that make arrays: filled ones, places, running sums, counts; dtypes and numbers as texts."""

import numpy as np


def filled(n, m):
    return np.zeros(n), np.ones((n, m)), np.empty((n, 0)), np.full((n, m), 7), np.full(n, 2.5), np.zeros((n, m, 2))


def typed(n):
    return (
        np.zeros(n, dtype=np.int64),
        np.ones(n, np.uint8),
        np.full(n, 3, dtype=float),
        np.full((n, n), 2.7, dtype=int),
        np.zeros((2, n), bool),
        np.ones(n, dtype=complex),
        np.full(n, True),
    )


def around(a):
    ii = np.zeros((a.shape[0] + 1, a.shape[1] + 1), dtype=np.int64)
    ii[1:, 1:] = a.cumsum(axis=0).cumsum(axis=1)
    return ii, np.zeros(a.shape), np.ones(a.shape, a.dtype)


def likes(a):
    return np.zeros_like(a), np.ones_like(a), np.full_like(a, 3), np.zeros_like(a * 2)


def counting(a, b, c):
    return np.arange(a), np.arange(a, b), np.arange(a, b, c), np.arange(b, a, -c)


def appended(a, x):
    return np.append(a, x), np.append(a, a), np.diff(np.append(a, x))


def where(a):
    (i,) = np.nonzero(a)
    return np.flatnonzero(a), np.where(a)[0], i, a.nonzero(), np.flatnonzero(a > 2) + 1


def places(a):
    return np.flatnonzero(a > 0)


def run_lengths(a):
    if a.size == 0:
        return []
    change = np.flatnonzero(a[1:] != a[:-1]) + 1
    starts = np.concatenate(([0], change))
    lens = np.diff(np.append(starts, a.size))
    return list(zip(a[starts].tolist(), lens.tolist()))


def running(a):
    return a.cumsum(), np.cumsum(a), np.cumprod(a), a.cumprod(), np.cumsum(a, axis=0)


def running_along(a):
    return a.cumsum(axis=0), np.cumsum(a, axis=1), a.cumsum(1), np.cumprod(a, axis=-1), a.cumsum()


def kinds(a):
    v, n = np.unique(a, return_counts=True)
    return v, n, np.unique(a), v[n.argmax()]


def counted(keys, weights, n):
    return (
        np.bincount(keys),
        np.bincount(keys, minlength=n),
        np.bincount(keys, weights=weights),
        np.bincount(keys, weights=weights, minlength=n),
    )


def sum_by_key(keys, vals, n):
    out = np.zeros(n)
    np.add.at(out, keys, vals)
    return out


def into(out, keys, vals):
    np.add.at(out, keys, vals)
    return out


def tally(out, keys):
    np.add.at(out, keys, 1)
    return out


def shifted(out, keys):
    np.add.at(out[1:], keys, out[:3])
    return out


def written(a):
    return f"{a.dtype} {a.shape} {a.min():.3f} {a.max():10.2e} {a.mean():>12} {a.std():g}", str(a.dtype)


def described(a):
    return f"{a.dtype}", str(a.dtype), f"{a.dtype!s:>10}", "%s" % a.dtype


f = np.random.default_rng(5).normal(size=30) * 100
g = (np.arange(24) * 7 % 11).reshape(4, 6)
k = np.arange(40) * 7 % 5
w = np.sin(np.arange(40.0))
CASES = [
    ("filled", (4, 3), {}),
    ("filled", (0, 3), {}),
    ("typed", (5,), {}),
    ("around", (g,), {}),
    ("around", ((g > 4).astype("u1"),), {}),
    ("around", (g[:, ::-1],), {}),
    *(("likes", (a,), {}) for a in (f, g, g.T, f.reshape(5, 6), g[::2], np.asfortranarray(g), f[::-1], f.astype("f4"))),
    ("counting", (3, 17, 4), {}),
    ("counting", (0, 1, 1), {}),
    ("counting", (10, 3, 2), {}),
    ("appended", (f, 2.0), {}),
    ("appended", (k, 5), {}),
    ("appended", (f[::2], 7), {}),
    ("appended", (f.astype("f4"), 7.5), {}),
    *(("where", (a,), {}) for a in (f, k, k[::-1], k > 2, np.zeros(4), np.array([np.nan, 0.0, -0.0, 1.0]))),
    ("places", (f,), {}),
    ("places", (np.arange(0),), {}),
    ("run_lengths", (k // 2,), {}),
    ("run_lengths", (k[:0],), {}),
    *(("running", (a,), {}) for a in (f[:9], k, k[::-1], k[::3], k > 2)),
    *(("running", (a,), {}) for a in (f.astype("f4")[:5], k.astype("i1"), k.astype("u2"))),
    *(("running_along", (a,), {}) for a in (g, f.reshape(5, 6)[:, :4], f[:12].reshape(4, 3))),
    *(("running_along", (a,), {}) for a in (g.T, g[:1], g[:, :1], g > 4)),
    *(("kinds", (a,), {}) for a in (k, k[::-1], k - 3, k.astype("i1"), k.astype("u8"), np.arange(3000) % 7, k[:1])),
    ("counted", (k, w, 9), {}),
    ("counted", (k[::2], w[::2], 2), {}),
    ("sum_by_key", (k, w, 5), {}),
    ("into", (np.zeros(5), k - 5, w), {}),
    ("into", (np.zeros(5, int), k, k), {}),
    ("into", (np.zeros(5, "f4"), k, w.astype("f4")), {}),
    ("into", (np.zeros(5), k, 0.5), {}),
    ("tally", (np.zeros(5, int), k), {}),
    ("tally", (np.zeros(5), k), {}),
    ("tally", (np.zeros(10)[::2], k), {}),
    ("shifted", (np.arange(6.0), np.array([0, 1, 0])), {}),
    ("written", (f,), {}),
    ("written", (f.astype("f4"),), {}),
    *(("described", (f.astype(t),), {}) for t in ("f8", "f4", "i8", "u1", "c16", "bool", "i4", "f2")),
]
EDGE = [
    ("filled", (-1, 3), {}),
    ("filled", (2**62, 4), {}),
    ("filled", (True, 2), {}),
    ("typed", (-2,), {}),
    ("counting", (1, 5, 0), {}),
    ("counting", (2**62, -(2**62), 3), {}),
    ("counting", (1.5, 4, 1), {}),
    ("appended", (f.reshape(5, 6), 2.0), {}),
    ("appended", (f, "a"), {}),
    ("appended", (np.ma.masked_array([1.0, 2.0], [False, True]), 1.0), {}),
    ("where", (g,), {}),
    ("running", (np.array([1e308, 1e308, -1e308]),), {}),
    ("running", (np.array([np.inf, -np.inf, 1.0]),), {}),
    ("running", (np.array([2**62, 2**62, 2**62]),), {}),
    ("running", (np.zeros(0),), {}),
    ("running_along", (np.zeros((0, 3)),), {}),
    ("kinds", (k[:0],), {}),
    ("kinds", (f,), {}),
    ("kinds", (np.array([0.0, -0.0, np.nan, np.nan]),), {}),
    ("counted", (k - 1, w, 2), {}),
    ("counted", (k[:0], w[:0], 3), {}),
    ("counted", (k, w[:3], 3), {}),
    ("counted", (k, w, -1), {}),
    ("counted", (k, np.full(40, 1e308), 2), {}),
    ("sum_by_key", (k, w, 3), {}),
    ("sum_by_key", (k, w[:7], 5), {}),
    ("sum_by_key", (k, np.full(40, 1e308), 5), {}),
    ("sum_by_key", (k[:0], w[:0], 0), {}),
    ("sum_by_key", (k, np.float64(2.0), 5), {}),
    ("into", (np.zeros(5), np.array([0, 1, 9]), np.ones(3)), {}),
    ("into", (np.zeros(5), np.array([0, 1, -6]), np.ones(3)), {}),
    ("into", (np.zeros(0), np.array([0]), np.ones(1)), {}),
    ("into", (np.zeros(0), np.array([], int), np.ones(0)), {}),
    ("into", (np.zeros(5, int), k, w), {}),
    ("into", (np.zeros(5, "i1"), k, 100), {}),
    ("described", (f.astype(">f8"),), {}),
    ("described", (np.array(["a"]),), {}),
    ("described", (np.zeros(2, "M8[s]"),), {}),
    ("written", (np.array([np.nan, np.inf]),), {}),
    ("written", (np.array([1e16, 1e22]),), {}),
]
