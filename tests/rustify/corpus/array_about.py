"""What programs ask of arrays and dtypes: kinds, limits, flags, bytes, views; what makes arrays by subscripts."""

import numpy as np
from numpy import r_


def rows(a, b):
    return np.r_[a, 0.0, b], r_[a, a[::-1]]


def ranges(n):
    return np.r_[0:n, n:0:-1], np.r_[0:1:5j], np.r_[n, 2, 3]


def columns(a, b):
    return np.c_[a, b], np.c_[a, a, b].shape


def grid(n):
    y, x = np.mgrid[0:n, 0:n]
    return x + y, np.mgrid[0:n], np.mgrid[-1:1:5j, 0:n:2]


def open_grid(n):
    y, x = np.ogrid[0:n, 0:n]
    return (x - n / 2) ** 2 + (y - n / 2) ** 2 <= n


def kept_part(a, n):
    part = np.s_[1:n]
    return a[part], a[np.s_[::2]], np.index_exp[0], np.s_[1:n, ..., 0]


def octets(b):
    whole = np.frombuffer(b, dtype=np.uint8)
    return whole, whole.sum(), np.frombuffer(b, np.uint8, count=2, offset=1), whole.flags.writeable, whole.base == b


def numbers(b):
    return np.frombuffer(b)


def made(n):
    return np.fromiter((i * i for i in range(n)), dtype=np.int64), np.fromiter((i / 2 for i in range(n)), float, n)


def made_of(xs):
    return np.fromiter(xs, dtype=float), np.fromiter(map(abs, xs), np.float32, count=len(xs))


def fewer(xs, n):
    left = list(xs)
    return np.fromiter((left.pop() for _ in range(len(xs))), dtype=float, count=n), left


def smallest():
    return (
        np.finfo(np.float64).eps,
        np.finfo(float).tiny,
        np.finfo(np.float32).max,
        np.finfo("f4").min,
        np.finfo(float).bits,
    )


def safe(x):
    return x / (np.finfo(x.dtype).eps + x), np.finfo(x.dtype).max


def clipped(a):
    info = np.iinfo(np.int16)
    return np.clip(a, info.min, info.max).astype(np.int16), np.iinfo(a.dtype).max, info.bits, np.iinfo(np.uint64).max


def named(a):
    d = np.dtype(np.float32)
    return d, np.dtype("int16").itemsize, a.dtype, d.kind, a.dtype.kind, a.dtype == d, np.zeros(2, dtype=d)


def which(a):
    if a.dtype == np.float64:
        return "double"
    if a.dtype != np.dtype("int32") and a.dtype in (np.int64, np.int16):
        return "long or short"
    return "another"


def scaled(a):
    if np.issubdtype(a.dtype, np.integer):
        return a / 2
    if np.issubdtype(a.dtype, np.floating):
        return a * 2
    return a


def any_kind(x):
    x = np.asarray(x)
    if np.issubdtype(x.dtype, np.integer) or x.dtype == bool:
        x = x.astype(np.float64)
    return x.dtype == np.float64, x.dtype in (np.float32, np.float64), x.itemsize


def together(a, b):
    return (
        np.promote_types(a.dtype, b.dtype),
        np.result_type(a, b),
        np.promote_types(np.int32, "f4"),
        np.min_scalar_type(300),
    )


def seen_as(a):
    v = a.view(np.uint64)
    v[0] ^= np.uint64(1) << np.uint64(63)
    return a, v, a.view(np.uint8).sum(), a.view()


def as_bytes(a):
    return a.tobytes(), len(a.tobytes()), a[::-1].tobytes(), a[0].tobytes()


def swapped(a):
    return a.byteswap(), a.byteswap().byteswap()


def told(a):
    return a.flags["C_CONTIGUOUS"], a.flags.writeable, a.flags.c_contiguous, a.flags.owndata, a.T.flags.f_contiguous


def owner(a):
    return a[1:].base is a, a.base is None, a.copy().base


def described(a):
    return a.real, a.imag, a.T, a.size, a.nbytes, a.itemsize, a.strides, a.ndim, a.shape, a.dtype


def of_one(a):
    x = a[0]
    return x.dtype, x.size, x.ndim, x.shape, x.itemsize, x.real, x.nbytes


def parts(z):
    z.real[0] = 5.0
    z.imag[:] += 1
    return z, z.real.base is z


def items_in_order(a):
    return [a.flat[i] for i in range(a.size)], a.flat[-1]


def indices_of(xs, least):
    found = []
    for i, x in enumerate(xs):
        if x > least:
            found.append(i)
    return np.array(found, dtype=np.int64)


def squares(a):
    for i in range(len(a)):
        a[i] **= 2
    return a


F = np.array([1.5, -2.0, 3.0])
G = np.array([4.0, 5.0, 0.5])
I = np.arange(6)
M = np.arange(6.0).reshape(2, 3)

CASES = [
    ("rows", (F, G), {}),
    ("ranges", (4,), {}),
    ("columns", (F, G), {}),
    ("grid", (4,), {}),
    ("open_grid", (5,), {}),
    ("kept_part", (F, 2), {}),
    ("octets", (b"abcdefgh",), {}),
    ("numbers", (b"abcdefgh" * 2,), {}),
    ("made", (5,), {}),
    ("made_of", ([1.0, -2.0],), {}),
    ("fewer", ([1.0, 2.0, 3.0], 3), {}),
    ("smallest", (), {}),
    ("safe", (G,), {}),
    ("clipped", (I,), {}),
    ("named", (F,), {}),
    ("which", (F,), {}),
    ("scaled", (I,), {}),
    ("any_kind", ([1, 2],), {}),
    ("together", (F, I), {}),
    ("seen_as", (lambda: (F.copy(),)), {}),
    ("as_bytes", (F,), {}),
    ("swapped", (I,), {}),
    ("told", (M,), {}),
    ("owner", (F,), {}),
    ("described", (M,), {}),
    ("of_one", (F,), {}),
    ("parts", (lambda: (F + 1j,)), {}),
    ("items_in_order", (M,), {}),
    ("indices_of", ([1.0, 2.0], 1.5), {}),
    ("squares", (lambda: (F.copy(),)), {}),
]
EDGE = [
    ("items_in_order", (M.T,), {}),
    ("items_in_order", (M[:0],), {}),
    ("items_in_order", (I,), {}),
    ("items_in_order", ([1],), {}),
    ("indices_of", ([1.0, 2.0], 5), {}),
    ("indices_of", ([], 5), {}),
    ("indices_of", (F, 5), {}),
    ("squares", (lambda: (np.linspace(0.001, 50, 6000),)), {}),
    ("squares", (lambda: (I.copy(),)), {}),
    ("rows", (I, G), {}),
    ("rows", (F.astype(np.float32), F.astype(np.float32)), {}),
    ("rows", (I, I), {}),
    ("rows", (M, M), {}),
    ("rows", ([1, 2], [3.5]), {}),
    ("rows", (F[:0], F[:0]), {}),
    ("ranges", (0,), {}),
    ("ranges", (-2,), {}),
    ("ranges", (2.5,), {}),
    ("columns", (I, F), {}),
    ("columns", (M, M), {}),
    ("columns", (F, G[:2]), {}),
    ("columns", ([1, 2], [3, 4]), {}),
    ("grid", (0,), {}),
    ("grid", (2.5,), {}),
    ("grid", (np.int64(3),), {}),
    ("open_grid", (1,), {}),
    ("kept_part", (M, 2), {}),
    ("kept_part", (I, None), {}),
    ("kept_part", ([1, 2, 3], 2), {}),
    ("octets", (b"",), {}),
    ("octets", (bytearray(b"abcd"),), {}),
    ("octets", ("abcd",), {}),
    ("numbers", (b"abc",), {}),
    ("numbers", (bytearray(8),), {}),
    ("made", (0,), {}),
    ("made", (-1,), {}),
    ("made_of", ([],), {}),
    ("made_of", ((1, 2),), {}),
    ("made_of", (F,), {}),
    ("made_of", (["1"],), {}),
    ("made_of", ([1.0, 1e300],), {}),
    ("fewer", ([1.0, 2.0, 3.0], 2), {}),
    ("fewer", ([1.0, 2.0, 3.0], 4), {}),
    ("fewer", ([1.0, 2.0, 3.0], -1), {}),
    ("safe", (G.astype(np.float32),), {}),
    ("safe", (I,), {}),
    ("safe", (np.float64(2.0),), {}),
    ("clipped", (I * 100_000,), {}),
    ("clipped", (I.astype(np.uint8),), {}),
    ("clipped", (F,), {}),
    ("named", (I.astype(np.int16),), {}),
    ("named", (F.astype(np.float32),), {}),
    ("which", (I,), {}),
    ("which", (I.astype(np.int32),), {}),
    ("which", (I > 2,), {}),
    ("which", (F.astype(">f8"),), {}),
    ("scaled", (F,), {}),
    ("scaled", (I > 2,), {}),
    ("scaled", (F + 1j,), {}),
    ("any_kind", ([1.5],), {}),
    ("any_kind", (F.astype(np.float32),), {}),
    ("any_kind", ("text",), {}),
    ("any_kind", ([True],), {}),
    ("together", (I.astype(np.uint64), I), {}),
    ("together", (F.astype(np.float32), I.astype(np.int8)), {}),
    ("seen_as", (lambda: (I.copy(),)), {}),
    ("seen_as", (lambda: (M.copy(),)), {}),
    ("seen_as", (lambda: (F[::2],)), {}),
    ("seen_as", (lambda: (F.astype(np.float32),)), {}),
    ("as_bytes", (M,), {}),
    ("as_bytes", (M.T,), {}),
    ("as_bytes", (F[:0],), {}),
    ("swapped", (F,), {}),
    ("told", (M.T,), {}),
    ("told", (F,), {}),
    ("told", (M[:, ::2],), {}),
    ("owner", (M,), {}),
    ("owner", (F[:2],), {}),
    ("described", (M + 1j,), {}),
    ("described", (I,), {}),
    ("described", (M.T,), {}),
    ("described", (M[:0],), {}),
    ("of_one", (I,), {}),
    ("of_one", (F + 1j,), {}),
    ("of_one", (I > 3,), {}),
    ("of_one", (M,), {}),
    ("parts", (lambda: (F.copy(),)), {}),
    ("parts", (lambda: ((F + 1j).astype(np.complex64),)), {}),
]
