"""Items of arrays that masks and indices pick, differences, norms, medians and means along an axis."""

import numpy as np


def energy(x):
    d = np.diff(x)
    return (d**2).sum()


def diffs(x):
    return np.diff(x)


def total_variation(x):
    return np.abs(np.diff(x)).sum()


def diff_of(x):
    return np.diff(x * 2)


def norms(x):
    return np.linalg.norm(x)


def cosine(a, b):
    return np.dot(a, b) / (np.linalg.norm(a) * np.linalg.norm(b))


def med(x):
    return np.median(x)


def med_filter(x, k):
    out = np.empty(len(x))
    for i in range(len(x)):
        out[i] = np.median(x[max(0, i - k) : i + k + 1])
    return out


def stats(t):
    return {"mean": t.mean(axis=0), "min": t.min(axis=0), "max": t.max(axis=0), "r": t.max(axis=0) - t.min(axis=0)}


def center(t):
    return t - t.mean(0)


def row_means(t):
    return np.mean(t, axis=1)


def means_last(t):
    return t.mean(axis=-1)


def keep(x, lo):
    return x[x > lo]


def order(x):
    return x[np.argsort(x)]


def pickm(x, idx):
    return x[idx]


def pos_mean(x):
    p = x[x > 0]
    if len(p) == 0:
        return 0.0
    return p.mean()


def sum0(t):
    return t.sum(0), t.max(1), t.any(0)


def trace(a):
    s = 0.0
    for i in range(a.shape[0]):
        s += a[i, i]
    return s


A = np.array
R = np.random.default_rng(2)
x = R.normal(size=31)
t = R.normal(size=(5, 4))
CASES, EDGE = [], []
for f in (energy, diffs, total_variation, diff_of):
    for a in (x, A([3, 1, 2]), x.astype("f4")):
        CASES.append((f.__name__, (a,), {}))
    EDGE += [
        (f.__name__, (a,), {})
        for a in (
            x[:0],
            x[:1],
            x[::-2],
            A([1, 5, 3], np.uint8),
            A([True, False]),
            A([np.inf, np.inf]),
            A([1e308, -1e308]),
            A([2**62, -(2**62), -(2**62)]),
            A([1j, 2]),
        )
    ]
CASES += [("diffs", (t,)), ("diffs", (np.asfortranarray(t),))]
EDGE += [
    ("diffs", (t.T,)),
    ("diffs", (t[::-1],)),
    ("diffs", (t[:, :0],)),
    ("diffs", (t[:0],)),
    ("diffs", (np.zeros((2, 1)),)),
    ("diffs", (3.0,)),
    ("diffs", ([1, 2],)),
    ("diff_of", (t,)),
]
for a in (x, t, x.astype("f4")):
    CASES.append(("norms", (a,)))
EDGE += [
    ("norms", (a,))
    for a in (
        x[::2],
        x[::-1],
        t.T,
        t[:, 1],
        x[:0],
        A([np.nan, 1]),
        A([1e200, 1e200]),
        A([3, 4]),
        A([3 + 4j]),
        np.asfortranarray(t),
        np.zeros((0, 3)),
        R.normal(size=(2, 3, 4)),
    )
]
CASES += [
    ("cosine", (x, x[::-1].copy())),
    ("med", (x,)),
    ("med", (x[:30],)),
    ("med", (x.astype("f4"),)),
    ("med_filter", (x, 2)),
    ("stats", (t,)),
    ("center", (t,)),
    ("row_means", (t,)),
    ("means_last", (t,)),
    ("means_last", (R.normal(size=(2, 3, 4)),)),
    ("row_means", (A([[1, 2], [3, 5]]),)),
    ("row_means", (t.astype("f4"),)),
    ("center", (A([[1, 2], [3, 5]], np.uint8),)),
    ("keep", (x, 0.1)),
    ("keep", (A([1, 2, 3]), 1)),
    ("order", (x,)),
    ("pickm", (x, A([1, -1, 0]))),
    ("pickm", (A([True, False, True]), A([1, -1, 0]))),
    ("pos_mean", (x,)),
    ("sum0", (t,)),
    ("sum0", (A([[1, 2], [3, 4]], np.uint8),)),
    ("trace", (t[:4],)),
]
EDGE += [
    ("med", (a,))
    for a in (
        x[:0],
        A([np.nan, 1.0]),
        A([0.0, -0.0]),
        A([-0.0, 0.0, 1.0, -1.0]),
        A([np.inf, 1.0]),
        A([-np.inf, np.inf]),
        A([1e308, 1.5e308]),
        A([1, 2]),
        x[::-2],
        A([-0.0]),
        A([5.0]),
        A([1.0, 1.0, 1.0, 1.0]),
        A([3e38, 3e38], np.float32),
        A([1, 2, 4], np.float32),
        A([1e-320, 3e-320]),
    )
]
EDGE += [
    ("stats", (a,))
    for a in (
        t[:0],
        t[:, :0],
        t.T,
        t[::-1, ::2],
        np.asfortranarray(t),
        A([[np.nan, 1], [2, 3]]),
        A([[1e308, 1], [1e308, 3]]),
        A([[np.inf, 1], [-np.inf, 3]]),
    )
]
EDGE += [
    ("means_last", (a,))
    for a in (
        t[:0],
        t[:, :0],
        t.T,
        x,
        np.asfortranarray(t),
        R.normal(size=(2, 3, 4)).transpose(2, 0, 1),
        R.normal(size=(2, 3, 4))[:, ::2],
        A([[3e38, 3e38]], np.float32),
        A([[1j, 2]]),
    )
]
EDGE += [
    ("keep", (x, 100.0)),
    ("keep", (x[:0], 0.0)),
    ("keep", (x[::-1], 0.0)),
    ("keep", (x[::3], 0.0)),
    ("pickm", (x, A([31]))),
    ("pickm", (x, A([-32]))),
    ("pickm", (x, A([], int))),
    ("pickm", (x[::2], A([1, 2])[::-1])),
    ("pickm", (x, A([[0, 1], [2, 3]]))),
    ("pickm", (x, A([True] * 31))),
    ("pickm", (x, A([True] * 30))),
    ("pickm", (x, A([1.0]))),
    ("pickm", (t, A([1, 0]))),
    ("pickm", (x, [1, 2])),
    ("pickm", (x, 3)),
    ("pickm", (x[:0], A([0]))),
    ("order", (A([np.nan, 1, -1]),)),
    ("row_means", (x,)),
    ("trace", (t,)),
]
CASES = [(c[0], c[1], {}) for c in CASES]
EDGE = [(c[0], c[1], {}) for c in EDGE]


if __name__ == "__main__":
    for name, args, kwargs in CASES:
        print(globals()[name](*args, **kwargs))
