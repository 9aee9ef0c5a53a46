"""NumPy called as it is: transforms, decompositions, statistics without NaN, indices, methods of ufuncs."""

import numpy as np


def spectrum(x):
    s = np.fft.rfft(x)
    f = np.fft.rfftfreq(len(x), d=0.5)
    return np.abs(s), f, np.fft.irfft(s), np.fft.fft(x)[1], np.fft.fftshift(x)


def filtered(x, cut):
    s = np.fft.fft(x)
    f = np.fft.fftfreq(x.size)
    s[np.abs(f) > cut] = 0
    return np.fft.ifft(s).real


def windowed(x):
    return x * np.hanning(len(x)) + np.hamming(len(x)) - np.blackman(len(x))


def parts(a):
    w, v = np.linalg.eigh(a)
    u, s, vt = np.linalg.svd(a)
    q, r = np.linalg.qr(a)
    return w, np.abs(v), np.abs(u), s, np.abs(vt), np.abs(q @ r), np.linalg.matrix_rank(a)


def definite(a):
    return np.linalg.cholesky(a), np.linalg.pinv(a), np.linalg.slogdet(a), np.linalg.cond(a), np.linalg.eigvalsh(a)


def fitted(x, y):
    m, b = np.polyfit(x, y, 1)
    return m, b, np.polyval([m, b], x), np.roots([1.0, m, b])


def without_nan(x):
    return np.nanmean(x), np.nanstd(x), np.nanmin(x), np.nanmax(x), np.nanmedian(x), np.nansum(x), np.nanargmax(x)


def of_columns(m):
    return np.nanmean(m, axis=0), np.nanmax(m, axis=1), np.nanpercentile(m, 50)


def phases(x):
    return np.unwrap(x), np.sinc(x), np.trapezoid(x), np.trapezoid(x, dx=0.5)


def places(n):
    i, j = np.tril_indices(n)
    rows, cols = np.indices((n, n))
    r, c = np.unravel_index(n, (n, n + 1))
    return i, j, rows + cols, r, c, np.ravel_multi_index((1, 0), (n, n)), np.diag_indices(n)


def crossed(a, rows, cols):
    return a[np.ix_(rows, cols)], np.diagflat(rows), np.block([[a, a]]), np.dstack((a, a)).shape


def folded(i, flags):
    return (
        np.bitwise_xor.reduce(i),
        np.logical_or.reduce(flags),
        np.add.reduceat(i, [0, 2]),
        np.maximum.reduce(i, axis=0),
        np.add.reduce(i, keepdims=True),
        np.hypot.outer(i, i).sum(),
        np.minimum.accumulate(i),
    )


def numbers(i, j):
    return np.gcd(i, j), np.lcm(i, j), np.divmod(i, j), np.modf(i / 2), np.frexp(i / 2), np.float_power(i, 2)


def described(a):
    return np.shape(a), np.ndim(a), np.size(a), np.isrealobj(a), np.isscalar(a), np.result_type(a, np.float32)


def bits(u):
    packed = np.packbits(u)
    return packed, np.unpackbits(packed), np.bitwise_count(u)


def some(x):
    return x.sum(where=x > 0), np.mean(x, where=x > 0), np.max(x, where=x > 0, initial=-1.0)


X = np.array([1.0, -2.0, 3.5, 0.25, 4.0, -1.5, 0.5, 2.25])
A = np.array([[2.0, 1.0, 0.5], [1.0, 3.0, 0.25], [0.5, 0.25, 4.0]])
N = np.array([1.0, np.nan, 3.0, -2.0])
K = np.array([12, 7, 30, 5])
CASES = [
    ("spectrum", (X,), {}),
    ("filtered", (X, 0.2), {}),
    ("windowed", (X,), {}),
    ("parts", (A,), {}),
    ("definite", (A,), {}),
    ("fitted", (X, X * 2 + 1), {}),
    ("without_nan", (N,), {}),
    ("of_columns", (A,), {}),
    ("phases", (X,), {}),
    ("places", (3,), {}),
    ("crossed", (A, [0, 2], [1, 2]), {}),
    ("folded", (K, K > 6), {}),
    ("numbers", (K, K[::-1].copy()), {}),
    ("described", (A,), {}),
    ("bits", (np.array([1, 0, 1, 1, 0, 0, 1, 0, 1], dtype=np.uint8),), {}),
    ("some", (X,), {}),
]
EDGE = [
    ("spectrum", (X[:1],), {}),
    ("spectrum", (X[:0],), {}),
    ("spectrum", (X.astype(np.float32),), {}),
    ("spectrum", (X + 1j,), {}),
    ("spectrum", (K,), {}),
    ("filtered", (X[::2], 0.1), {}),
    ("filtered", (K, 0.1), {}),
    ("windowed", (X[:1],), {}),
    ("windowed", (X[:0],), {}),
    ("parts", (A[:2],), {}),
    ("parts", (A[::-1],), {}),
    ("parts", (np.full((2, 2), np.nan),), {}),
    ("definite", (-A,), {}),
    ("definite", (np.zeros((2, 2)),), {}),
    ("definite", (A.astype(np.float32),), {}),
    ("fitted", (X[:1], X[:1]), {}),
    ("fitted", (X, X[:2]), {}),
    ("without_nan", (N[1:2],), {}),
    ("without_nan", (N[:0],), {}),
    ("without_nan", (K,), {}),
    ("of_columns", (np.array([[np.nan, 1.0], [np.nan, 2.0]]),), {}),
    ("of_columns", (A.T,), {}),
    ("phases", (X[:0],), {}),
    ("phases", (A,), {}),
    ("places", (1,), {}),
    ("places", (0,), {}),
    ("places", (-1,), {}),
    ("crossed", (A, [], [1]), {}),
    ("crossed", (A, [5], [1]), {}),
    ("crossed", (A, np.array([True, False, True]), [1]), {}),
    ("folded", (K[:0], K[:0] > 0), {}),
    ("folded", (K.astype(np.uint8), K > 100), {}),
    ("folded", (X, X > 0), {}),
    ("numbers", (K, np.zeros(4, dtype=int)), {}),
    ("numbers", (X, X), {}),
    ("described", ([[1, 2]],), {}),
    ("described", (3.5,), {}),
    ("bits", (np.zeros(0, dtype=np.uint8),), {}),
    ("bits", (K,), {}),
    ("some", (-np.abs(X),), {}),
    ("some", (X[:0],), {}),
]
