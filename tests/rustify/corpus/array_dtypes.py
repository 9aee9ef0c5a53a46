"""Arrays and scalars of all numeric dtypes: what NumPy makes of them together, and of Python's numbers beside them."""

import numpy as np


def weighted(a, w):
    return a * w + a


def half_of(a):
    return a / 2


def shifted(a, n):
    return (a << n) | (a >> 1)


def bits(a, b):
    return (a & b) ^ ~a


def float_sum(a):
    s = np.float32(0.0)
    for i in range(len(a)):
        s += a[i] * a[i]
    return s


def int_sum(a):
    s = 0
    for v in a:
        s += int(v)
    return s


def byte_mix(a, b):
    out = np.zeros(len(a), dtype=np.uint8)
    for i in range(len(a)):
        out[i] = (int(a[i]) + int(b[i])) // 2
    return out


def element_product(a, i, j):
    return a[i] * a[j]


def element_compare(a, i, x):
    return bool(a[i] < x), bool(a[i] == x)


def to_float32(a):
    return a.astype(np.float32)


def to_int(a):
    return a.astype(np.int64)


def to_bytes(a):
    return (a * 255.0).astype(np.uint8)


def to_bool(a):
    return a.astype(bool)


def magnitude(z):
    return np.abs(z), z.real, z.imag


def rotate(z, w):
    return z * w + z.conj()


def power_spectrum(z):
    s = 0.0
    for i in range(len(z)):
        s += z[i].real * z[i].real + z[i].imag * z[i].imag
    return s


def mixed_sum(a, b):
    return a + b


def compare(a, b):
    return a < b, a == b, a >= b


def negate(a):
    return -a, np.abs(a)


def modulo(a, m):
    return a % m, a // m


def squares(a):
    return a**2, np.square(a)


def powers(a, p):
    return a**p


def counts_of(values, n):
    counts = np.zeros(n, dtype=np.int32)
    for v in values:
        counts[v] += 1
    return counts


def crc_like(data):
    h = 2166136261
    for b in data:
        h = (h ^ int(b)) * 16777619 & 0xFFFFFFFF
    return h


def luminance(image):
    out = np.empty(image.shape[:2], dtype=np.float32)
    for i in range(image.shape[0]):
        for j in range(image.shape[1]):
            out[i, j] = image[i, j, 0] * 0.25 + image[i, j, 1] * 0.5 + image[i, j, 2] * 0.25
    return out


def true_count(mask):
    n = 0
    for m in mask:
        if m:
            n += 1
    return n


def logic(a, b):
    return (a & b) | ~a, np.logical_and(a, b), np.logical_not(a)


def made(n):
    return np.zeros(n, dtype=np.float32), np.ones((2, n), dtype=np.int16), np.full(n, 3), np.arange(n, dtype=np.uint8)


def like(a):
    return np.zeros_like(a), np.ones_like(a), np.full_like(a, 2)


def from_list(values):
    return np.array(values) * 2


def space(a, b, n):
    return np.linspace(a, b, n)


def scalar_functions(x):
    return np.sqrt(x) + np.exp(-x), np.maximum(x, 0.5), np.float32(x)


_D = np.array([1.5, -2.25, 3.0, 0.0])
_F = np.array([1.5, -2.25, 3.0, 0.1], dtype=np.float32)
_I = np.array([7, -3, 100, 0])
_B = np.array([200, 100, 3, 255], dtype=np.uint8)
_S = np.array([-128, 127, 3, -1], dtype=np.int8)
_H = np.array([300, -300, 5, 7], dtype=np.int16)
_W = np.array([70000, -5, 2, 2**31 - 1], dtype=np.int32)
_U = np.array([1, 2**63, 2**64 - 1, 5], dtype=np.uint64)
_Z = np.array([1 + 2j, -0.5j, 3.0, 2 - 1j])
_C = _Z.astype(np.complex64)
_T = np.array([True, False, True, True])

CASES = [
    ("weighted", (_F, 2.0), {}),
    ("weighted", (_B, 3), {}),
    ("weighted", (_W, 2), {}),
    ("weighted", (_Z, 2.0), {}),
    ("half_of", (_I,), {}),
    ("half_of", (_F,), {}),
    ("shifted", (_B, 2), {}),
    ("bits", (_B, _B[::-1].copy()), {}),
    ("bits", (_I, _I), {}),
    ("float_sum", (_F,), {}),
    ("int_sum", (_H,), {}),
    ("int_sum", (_B,), {}),
    ("byte_mix", (_B, _B[::-1].copy()), {}),
    ("element_product", (_F, 0, 1), {}),
    ("element_product", (_H, 2, 3), {}),
    ("element_product", (_Z, 0, 1), {}),
    ("element_compare", (_F, 0, 2.0), {}),
    ("element_compare", (_B, 2, 3), {}),
    ("to_float32", (_D,), {}),
    ("to_int", (_D,), {}),
    ("to_int", (_B,), {}),
    ("to_bytes", (np.array([0.0, 0.5, 1.0]),), {}),
    ("to_bool", (_D,), {}),
    ("magnitude", (_Z,), {}),
    ("rotate", (_Z, _Z), {}),
    ("power_spectrum", (_Z,), {}),
    ("mixed_sum", (_B, _S), {}),
    ("mixed_sum", (_F, _D), {}),
    ("mixed_sum", (_H, _F), {}),
    ("mixed_sum", (_T, _I), {}),
    ("compare", (_F, _D), {}),
    ("compare", (_B, _S), {}),
    ("negate", (_W,), {}),
    ("negate", (_F,), {}),
    ("modulo", (_I, 7), {}),
    ("modulo", (_D, 0.7), {}),
    ("squares", (_I,), {}),
    ("squares", (_F,), {}),
    ("powers", (_D, 3), {}),
    ("powers", (np.array([2, 3]), 5), {}),
    ("counts_of", (np.array([0, 2, 2, 1]), 4), {}),
    ("crc_like", (_B,), {}),
    ("luminance", (np.arange(24, dtype=np.uint8).reshape(2, 4, 3),), {}),
    ("true_count", (_T,), {}),
    ("logic", (_T, ~_T), {}),
    ("made", (3,), {}),
    ("like", (_F,), {}),
    ("like", (_B,), {}),
    ("from_list", ([1.5, 2.5],), {}),
    ("from_list", ([1, 2],), {}),
    ("space", (0.0, 1.0, 5), {}),
    ("scalar_functions", (2.0,), {}),
]

EDGE = [
    ("weighted", (_F, 1e300), {}),
    ("weighted", (_F, 1e38), {}),
    ("weighted", (_F, np.float64(2.0)), {}),
    ("weighted", (_F, 2**80), {}),
    ("weighted", (_F, True), {}),
    ("weighted", (_B, 300), {}),
    ("weighted", (_B, -1), {}),
    ("weighted", (_B, 2.5), {}),
    ("weighted", (_B, np.int8(3)), {}),
    ("weighted", (_B, np.uint16(300)), {}),
    ("weighted", (_W, 2**40), {}),
    ("weighted", (_W, np.float32(2.0)), {}),
    ("weighted", (_Z, 1j), {}),
    ("weighted", (_Z, np.inf), {}),
    ("weighted", (_D.astype(">f8"), 2.0), {}),
    ("weighted", (_D.astype(np.float16), 2.0), {}),
    ("weighted", (_T, 2), {}),
    ("weighted", (np.array([1, 2], dtype=object), 2), {}),
    ("weighted", (np.array(["a"]), 2), {}),
    ("weighted", (np.array(2.0, dtype=np.float32), 2.0), {}),
    ("half_of", (_B,), {}),
    ("half_of", (_U,), {}),
    ("half_of", (_T,), {}),
    ("half_of", (_C,), {}),
    ("half_of", (np.array([1], dtype=np.int16),), {}),
    ("shifted", (_B, 9), {}),
    ("shifted", (_S, -1), {}),
    ("shifted", (_F, 1), {}),
    ("bits", (_B, _S), {}),
    ("bits", (_T, _T), {}),
    ("bits", (_F, _F), {}),
    ("bits", (_U, _I), {}),
    ("float_sum", (_D,), {}),
    ("float_sum", (np.array([3e38], dtype=np.float32),), {}),
    ("float_sum", (np.array([np.nan, np.inf], dtype=np.float32),), {}),
    ("float_sum", (_I,), {}),
    ("int_sum", (_U,), {}),
    ("int_sum", (_F,), {}),
    ("int_sum", (_T,), {}),
    ("byte_mix", (_B, _S), {}),
    ("byte_mix", (_B, _B[:2]), {}),
    ("byte_mix", (_U, _U), {}),
    ("element_product", (_F, 0, 9), {}),
    ("element_product", (np.array([3e38, 10.0], dtype=np.float32), 0, 1), {}),
    ("element_product", (np.array([300, 300], dtype=np.int16), 0, 1), {}),
    ("element_product", (np.array([200, 2], dtype=np.uint8), 0, 1), {}),
    ("element_product", (np.array([True, True]), 0, 1), {}),
    ("element_product", (_U, 1, 2), {}),
    ("element_product", (_C, 0, 1), {}),
    ("element_product", (np.array([1e200 + 1e200j]), 0, 0), {}),
    ("element_compare", (_F, 3, 0.1), {}),
    ("element_compare", (_F, 0, np.nan), {}),
    ("element_compare", (_B, 0, 300), {}),
    ("element_compare", (_B, 0, -1), {}),
    ("element_compare", (_U, 2, 2**64 - 1), {}),
    ("element_compare", (_U, 2, -1), {}),
    ("element_compare", (_I, 0, 7.5), {}),
    ("element_compare", (_Z, 0, 1.0), {}),
    ("to_float32", (np.array([1e300]),), {}),
    ("to_float32", (np.array([1e-300, np.nan, np.inf]),), {}),
    ("to_float32", (_I,), {}),
    ("to_float32", (_Z,), {}),
    ("to_float32", (_F,), {}),
    ("to_float32", lambda: (np.asfortranarray(np.arange(6.0).reshape(2, 3)),), {}),
    ("to_float32", lambda: (np.arange(24.0).reshape(2, 3, 4).transpose(2, 0, 1),), {}),
    ("to_float32", lambda: (np.broadcast_to(np.array([1.0, 2.0]), (3, 2)),), {}),
    ("to_int", (np.array([1e30, -1e30]),), {}),
    ("to_int", (np.array([np.nan]),), {}),
    ("to_int", (np.array([2.9, -2.9, -0.0]),), {}),
    ("to_int", (np.array([9.3e18]),), {}),
    ("to_int", (_U,), {}),
    ("to_bytes", (np.array([2.0]),), {}),
    ("to_bytes", (np.array([-0.5]),), {}),
    ("to_bytes", (np.array([np.inf]),), {}),
    ("to_bytes", (_F,), {}),
    ("to_bool", (np.array([np.nan, -0.0]),), {}),
    ("to_bool", (_Z,), {}),
    ("magnitude", (_C,), {}),
    ("magnitude", (_D,), {}),
    ("magnitude", (np.array([1e300 + 1e300j]),), {}),
    ("rotate", (_C, _Z), {}),
    ("rotate", (_Z, np.array([1.0, 2.0])), {}),
    ("rotate", (np.array([1e200j]), np.array([1e200j])), {}),
    ("power_spectrum", (_C,), {}),
    ("power_spectrum", (_D,), {}),
    ("power_spectrum", (np.array([1e200j]),), {}),
    ("mixed_sum", (_U, _I), {}),
    ("mixed_sum", (_U, 1), {}),
    ("mixed_sum", (_S, _S), {}),
    ("mixed_sum", (_F, np.array([1.0])), {}),
    ("mixed_sum", (_D, np.zeros(3)), {}),
    ("mixed_sum", (_W, _F), {}),
    ("mixed_sum", (_C, _D), {}),
    ("mixed_sum", (_T, _T), {}),
    ("mixed_sum", (_T, True), {}),
    ("mixed_sum", (1, 2), {}),
    ("mixed_sum", ([1], [2]), {}),
    ("mixed_sum", (_D, [1.0, 2.0, 3.0, 4.0]), {}),
    ("mixed_sum", (_D, None), {}),
    ("mixed_sum", (_D.astype(">f8"), _D), {}),
    ("compare", (_U, _I), {}),
    ("compare", (_B, 300), {}),
    ("compare", (_B, -1), {}),
    ("compare", (_F, 0.1), {}),
    ("compare", (np.array([np.nan]), np.array([np.nan])), {}),
    ("compare", (_Z, _Z), {}),
    ("compare", (_T, _T), {}),
    ("compare", (_D, np.zeros(3)), {}),
    ("negate", (_S,), {}),
    ("negate", (_T,), {}),
    ("negate", (_U,), {}),
    ("negate", (_Z,), {}),
    ("modulo", (_I, 0), {}),
    ("modulo", (_D, 0.0), {}),
    ("modulo", (_D, np.inf), {}),
    ("modulo", (np.array([-(2**63)]), -1), {}),
    ("modulo", (_B, 7), {}),
    ("modulo", (_F, -0.7), {}),
    ("squares", (_S,), {}),
    ("squares", (np.array([1e200]),), {}),
    ("squares", (_Z,), {}),
    ("squares", (_T,), {}),
    ("powers", (_D, 0.5), {}),
    ("powers", (_D, 2), {}),
    ("powers", (_D, 2.0), {}),
    ("powers", (_D, -1), {}),
    ("powers", (_D, 0), {}),
    ("powers", (_D, np.array([2.0, 0.5, 1.0, 0.0])), {}),
    ("powers", (_I, 2), {}),
    ("powers", (_I, -1), {}),
    ("powers", (_I, 0.5), {}),
    ("powers", (_F, 2), {}),
    ("powers", (_Z, 2), {}),
    ("powers", (_B, 300), {}),
    ("counts_of", (np.array([9]), 4), {}),
    ("counts_of", (np.array([-1]), 4), {}),
    ("counts_of", (np.array([0.0]), 4), {}),
    ("counts_of", (_U, 4), {}),
    ("counts_of", (_B, 256), {}),
    ("crc_like", (_S,), {}),
    ("crc_like", (b"ab",), {}),
    ("luminance", (np.zeros((1, 1, 2), dtype=np.uint8),), {}),
    ("luminance", (np.full((1, 1, 3), 1e300),), {}),
    ("true_count", (_I,), {}),
    ("true_count", (_D,), {}),
    ("logic", (_T, _T[:1]), {}),
    ("logic", (_I, _I), {}),
    ("made", (0,), {}),
    ("made", (-1,), {}),
    ("made", (300,), {}),
    ("like", (_Z,), {}),
    ("like", ([1, 2],), {}),
    ("like", lambda: (np.asfortranarray(np.zeros((2, 3))),), {}),
    ("from_list", ([],), {}),
    ("from_list", ([1, 2.5],), {}),
    ("from_list", ([[1, 2], [3, 4]],), {}),
    ("from_list", ([[1], [2, 3]],), {}),
    ("from_list", ([2**70],), {}),
    ("from_list", (["a"],), {}),
    ("from_list", ([True],), {}),
    ("space", (0, 1, 3), {}),
    ("space", (0.0, 1.0, 0), {}),
    ("space", (0.0, 1.0, -1), {}),
    ("space", (0.0, np.inf, 3), {}),
    ("scalar_functions", (-1.0,), {}),
    ("scalar_functions", (3,), {}),
    ("scalar_functions", (1e39,), {}),
    ("scalar_functions", (np.nan,), {}),
    ("scalar_functions", (np.float32(2.0),), {}),
    ("scalar_functions", (_D,), {}),
]
