"""Reductions of small arrays: of all items, along axes, of every dtype and layout, with NaN and zeros of both signs."""

import numpy as np


def totals(a):
    return a.sum(), a.min(), a.max()


def products(a):
    return a.prod(), np.prod(a)


def functions(a):
    return np.sum(a), np.min(a), np.max(a), np.amin(a), np.amax(a)


def truths(a):
    return a.any(), a.all(), np.any(a), np.all(a)


def places(a):
    return a.argmin(), a.argmax(), np.argmin(a), np.argmax(a)


def sums_along(a):
    return a.sum(axis=0), a.sum(axis=1), a.sum(0), a.sum(-1), np.sum(a, axis=0), np.sum(a, 1)


def kept_sums(a):
    return a.sum(axis=0, keepdims=True), a.sum(axis=1, keepdims=True), np.sum(a, axis=-1, keepdims=True)


def extremes_along(a):
    return a.min(axis=0), a.max(axis=0), a.min(axis=1), a.max(1), np.max(a, axis=1, keepdims=True)


def others_along(a):
    return a.any(axis=0), a.all(axis=1), a.prod(axis=0), a.prod(axis=1, keepdims=True)


def means_along(a):
    return a.mean(axis=0), a.mean(axis=1), a.mean(0, keepdims=True), np.mean(a, axis=1, keepdims=True)


def spreads_along(a):
    return a.std(axis=0), a.var(axis=1), a.std(axis=1, keepdims=True), np.var(a, axis=0, keepdims=True)


def unbiased(a):
    return a.std(axis=0, ddof=1), a.var(axis=1, ddof=1), a.std(ddof=1), a.var(ddof=2)


def middle(a):
    return a.mean(), a.std(), a.var(), np.mean(a), np.std(a), np.var(a)


def line(a):
    return a.sum(axis=0), a.max(axis=-1), a.mean(axis=0), a.std(axis=0), a.min(axis=0)


def by_axis(a, axis):
    return a.sum(axis=axis), a.max(axis=axis), a.mean(axis=axis, keepdims=True), a.std(axis=axis)


def blocks(a, k):
    h, w = a.shape
    return a[: h // k * k, : w // k * k].reshape(h // k, k, w // k, k).mean(axis=(1, 3))


def deep(a):
    return a.sum(axis=(0, 2)), a.max(axis=(1, 2)), a.mean(axis=(0, 1), keepdims=True), a.sum(axis=1), a.std(axis=2)


def all_at_once(a):
    return a.sum(axis=None), a.mean(axis=None), a.sum(keepdims=True), a.mean(keepdims=True), a.max(axis=(0, 1))


def windows(a):
    return a[::2].sum(), a[::-1].sum(), a[1:4].max(), a[1:4].mean(), a[::3].std(), a[::2].argmax(), a[:0].sum()


def columns(a):
    return [a[:, j].sum() for j in range(a.shape[1])], [a[i].mean() for i in range(a.shape[0])], a.T.sum(axis=0)


def zscores(a, axis=0):
    m = a.mean(axis=axis, keepdims=True)
    s = a.std(axis=axis, keepdims=True)
    return (a - m) / s


def of_nothing(a):
    return a.sum(), a.prod(), a.any(), a.all()


def worst(a):
    return a.max()


def shapes(a):
    s = a.sum(axis=1, keepdims=True)
    return s.strides, a.sum(axis=0).strides, a.mean(axis=1, keepdims=True).T.strides


x = np.random.default_rng(7).normal(size=(12, 5)) * 1e3
v = np.random.default_rng(8).normal(size=200) * 10.0 ** (np.arange(200) % 11)
w = np.random.default_rng(9).normal(size=1000)
i = np.arange(60).reshape(12, 5) * 7 % 23 - 9
z = np.array([0.0, -0.0, 0.0, -0.0, -0.0, 0.0, 0.0, -0.0, 0.0])
q = np.array([1.0, np.nan, 3.0, -np.inf, np.inf, 0.0])
TABLES = [
    x,
    x.astype("f4"),
    i,
    i.astype("i1"),
    i.astype("i4"),
    (i + 9).astype("u1"),
    (i + 9).astype("u8"),
    i > 0,
    np.asfortranarray(x),
    x.T,
    x[::2, ::-1],
    x[:1],
    x[:, :1],
    w.reshape(200, 5),
    w.reshape(5, 200),
    w.reshape(500, 2),
]
LINES = [v, w, w.astype("f4"), z, z[3:], i[3], i[:, 2], i[2] > 0, v[::3], v[::-1], w[:1], w[:7], w[:9], w[:129]]
ODD = [q, q.reshape(2, 3), q[1:2], z.reshape(3, 3), np.array([1e308, 1e308]), np.array([[1e308], [1e308]])]
LARGE = np.random.default_rng(3).normal(size=(130, 70))
CASES = [
    *(("totals", (a,), {}) for a in TABLES + LINES),
    *(("functions", (a,), {}) for a in (x, i, v, i[0])),
    *(("products", (a,), {}) for a in (x[0], x[:2], i[0], i[:, :1], w[:9], w[:9].astype("f4"), i[0] > 0, z)),
    *(("truths", (a,), {}) for a in TABLES[:8] + LINES[:6]),
    *(("places", (a,), {}) for a in TABLES + LINES),
    *(("sums_along", (a,), {}) for a in TABLES),
    *(("kept_sums", (a,), {}) for a in TABLES),
    *(("extremes_along", (a,), {}) for a in TABLES),
    *(("others_along", (a,), {}) for a in TABLES[:8]),
    *(("means_along", (a,), {}) for a in TABLES),
    *(("spreads_along", (a,), {}) for a in TABLES[:2] + TABLES[8:]),
    *(("unbiased", (a,), {}) for a in (x, x.astype("f4"), w.reshape(5, 200))),
    *(("middle", (a,), {}) for a in TABLES + LINES),
    *(("line", (a,), {}) for a in LINES[:4]),
    *(("by_axis", (a, k), {}) for a in (x, w.reshape(500, 2)) for k in (0, 1, -1)),
    ("blocks", (x, 2), {}),
    ("blocks", (x.astype("f4"), 3), {}),
    ("deep", (w.reshape(10, 20, 5),), {}),
    ("all_at_once", (x,), {}),
    ("windows", (w,), {}),
    ("windows", (np.arange(9),), {}),
    ("columns", (x,), {}),
    ("zscores", (x,), {}),
    ("zscores", (x, 1), {}),
    ("of_nothing", (np.zeros(0),), {}),
    ("worst", (v,), {}),
    ("shapes", (x,), {}),
    ("totals", (LARGE,), {}),
    ("sums_along", (LARGE,), {}),
    ("spreads_along", (LARGE,), {}),
]
EDGE = [
    *((name, (a,), {}) for name in ("totals", "truths", "places", "middle") for a in ODD),
    *((name, (a,), {}) for name in ("sums_along", "extremes_along", "means_along", "spreads_along") for a in ODD),
    ("worst", (np.zeros(0),), {}),
    ("places", (np.zeros(0),), {}),
    ("middle", (np.zeros(0),), {}),
    ("sums_along", (np.zeros((0, 3)),), {}),
    ("extremes_along", (np.zeros((0, 3)),), {}),
    ("means_along", (np.zeros((3, 0)),), {}),
    ("unbiased", (x[:1],), {}),
    ("by_axis", (x, 2), {}),
    ("by_axis", (x, None), {}),
    ("by_axis", (x, (0, 1)), {}),
    ("blocks", (x, 20), {}),
    ("blocks", (x, 0), {}),
    ("totals", (np.array([2**62, 2**62, 2**62]),), {}),
    ("totals", (np.array([1.0, 2.0]).astype(">f8"),), {}),
    ("totals", (np.ma.masked_array([1.0, 2.0], [False, True]),), {}),
    ("totals", (np.array([1, "a"], dtype=object),), {}),
    ("sums_along", (np.matrix([[1.0, 2.0], [3.0, 4.0]]),), {}),
    ("middle", (np.array([1 + 2j, 3]),), {}),
]
