"""Functions of the numeric core that are short compositions of compiled ones.

A compiled function of the same name takes precedence over these.
"""

import math
import operator

from .. import _native as _n
from .._utils import rename_module as _rename
from ._axes import normalize_axis_index
from .overrides import from_like, overridable

__all__ = [
    "allclose", "argwhere", "array_equal", "array_equiv", "astype", "base_repr", "binary_repr",
    "convolve", "correlate", "count_nonzero", "cross", "flatnonzero", "fromfunction", "indices",
    "isclose", "isfortran", "isscalar", "outer", "tensordot",
]


@overridable("a", "b", "rtol", "atol")
def isclose(a, b, rtol=1.0e-5, atol=1.0e-8, equal_nan=False):
    """Say for each pair whether `abs(a - b) <= atol + rtol * abs(b)`."""
    from ._ufunc_config import errstate

    x, y, atol, rtol = (v if isinstance(v, (int, float, complex)) else _n.asanyarray(v)
                        for v in (a, b, atol, rtol))
    # Integers overflow under abs, and the differences of timedeltas are to stay timedeltas.
    if (dtype := getattr(y, "dtype", None)) is not None and dtype.kind != "m":
        y = _n.asanyarray(y, dtype=_n.result_type(y, 1.0))
    elif isinstance(y, int):
        y = float(y)
    with errstate(invalid="ignore"):
        result = _n.less_equal(abs(x - y), atol + rtol * abs(y)) & _n.isfinite(y) | (x == y)
        if equal_nan:
            result |= _n.asanyarray(_n.isnan(x)) & _n.isnan(y)
    return result[()]


@overridable("a", "b", "rtol", "atol")
def allclose(a, b, rtol=1.0e-5, atol=1.0e-8, equal_nan=False):
    """Say whether all pairs are close, as `isclose` means it."""
    return builtin_bool(_n.asanyarray(isclose(a, b, rtol=rtol, atol=atol, equal_nan=equal_nan)).all())


builtin_bool = bool


def _cannot_hold_nan(dtype):
    return dtype.kind in "biuSUV" and dtype.names is None


@overridable("a1", "a2")
def array_equal(a1, a2, equal_nan=False):
    """Say whether two arrays have the same shape and elements."""
    try:
        a1, a2 = _n.asarray(a1), _n.asarray(a2)
    except Exception:
        return False
    if a1.shape != a2.shape:
        return False
    if not equal_nan:
        return builtin_bool(_n.asanyarray(a1 == a2).all())
    if a1 is a2:
        return True
    if _cannot_hold_nan(a1.dtype) and _cannot_hold_nan(a2.dtype):
        return builtin_bool(_n.asanyarray(a1 == a2).all())
    nan1, nan2 = _n.isnan(a1), _n.isnan(a2)
    if not (nan1 == nan2).all():
        return False
    return builtin_bool((a1[~nan1] == a2[~nan1]).all())


@overridable("a1", "a2")
def array_equiv(a1, a2):
    """Say whether two arrays are equal after broadcasting one to the other."""
    try:
        a1, a2 = _n.asarray(a1), _n.asarray(a2)
    except Exception:
        return False
    try:
        _n.broadcast(a1, a2)
    except Exception:
        return False
    return builtin_bool(_n.asanyarray(a1 == a2).all())


@overridable("x")
def astype(x, dtype, /, *, copy=True, device=None):
    """Cast an array to a dtype."""
    if not isinstance(x, _n.ndarray):
        raise TypeError("Input should be a NumPy array. " f"It is a {type(x)} instead.")
    if device is not None and device != "cpu":
        raise ValueError(f'Device not understood. Only "cpu" is allowed, but received: {device}')
    return x.astype(dtype, copy=copy)


@overridable("a")
def argwhere(a):
    """Return the indices of the nonzero elements, one row each."""
    a = _n.asanyarray(a)
    if a.ndim == 0:
        return argwhere(_n.atleast_1d(a))[:, :0]
    return _n.transpose(_n.asanyarray(_n.nonzero(a)))


@overridable("a")
def flatnonzero(a):
    """Return the indices of the nonzero elements of the flattened array."""
    return _n.nonzero(_n.ravel(a))[0]


@overridable("a")
def count_nonzero(a, axis=None, *, keepdims=False):
    """Count the nonzero elements, along axes or in all."""
    a = _n.asanyarray(a)
    is_set = a.astype(_n.bool, copy=False) if a.dtype.kind not in "SU" else a != a.dtype.type()
    return is_set.sum(axis=axis, dtype=_n.intp, keepdims=keepdims)


# How many products one uninterrupted call of sliding products makes at most.
_PRODUCTS_AT_ONCE = 1 << 24

_MODES = {"valid": 0, "same": 1, "full": 2}


def _slid(a, v, mode):
    """The sliding inner products of `a` with `v`, for `len(a) >= len(v)`, in the wanted extent."""
    na, nv = len(a), len(v)
    before = {0: 0, 1: nv // 2, 2: nv - 1}[mode]
    count = {0: na - nv + 1, 1: na, 2: na + nv - 1}[mode]
    if object in (a.dtype, v.dtype):
        starts = range(-before, count - before)
        sums = [_n.dot(a[max(i, 0):i + nv], v[max(-i, 0):na - i]) for i in starts]
        result = _n.empty(count, dtype=object)
        result[:] = sums
        return result
    # In pieces of some milliseconds, between which Ctrl-C is noticed.
    piece = max(_PRODUCTS_AT_ONCE // nv, 1)
    if count <= piece:
        return _n._sliding_products(a, v, _n.arange(-before, count - before, dtype="q"))
    result = _n.empty(count, dtype=_n.result_type(a, v))
    for k in range(0, count, piece):
        starts = _n.arange(k - before, min(k + piece, count) - before, dtype="q")
        result[k:k + piece] = _n._sliding_products(a, v, starts)
    return result


@overridable("a", "v")
def correlate(a, v, mode="valid"):
    """Return the cross-correlation of two 1-d sequences."""
    mode = _extent(mode)
    a, v = _one_dimensional(a), _one_dimensional(v)
    if not len(a):
        raise ValueError("first array argument cannot be empty")
    if not len(v):
        raise ValueError("second array argument cannot be empty")
    v = v.conj()
    if len(v) <= len(a):
        return _slid(a, v, mode)
    return _slid(v, a, mode)[::-1]


def _extent(mode):
    if isinstance(mode, str):
        if mode in _MODES:
            return _MODES[mode]
        if mode[:1].lower() in ("v", "s", "f"):
            raise ValueError("Use one of 'valid', 'same', or 'full' for convolve/correlate mode")
        raise ValueError(f"mode must be one of 'valid', 'same', or 'full' (got {mode!r})")
    try:
        number = operator.index(mode)
    except TypeError:
        number = None
    if number is None or isinstance(mode, bool) or number.bit_length() > 63:
        raise TypeError("convolve/correlate mode not understood")
    if number not in (0, 1, 2):
        raise ValueError("integer convolve/correlate mode must be 0, 1, or 2")
    return number


def _one_dimensional(a):
    given, a = a, _n.array(a, copy=None, ndmin=1)
    if a.ndim != 1:
        raise ValueError(
            "object too deep for desired array" if isinstance(given, _n.ndarray) else
            "setting an array element with a sequence. "
            "The requested array would exceed the maximum number of dimension of 1.")
    return a


@overridable("a", "v")
def convolve(a, v, mode="full"):
    """Return the discrete convolution of two 1-d sequences."""
    a, v = _n.array(a, copy=None, ndmin=1), _n.array(v, copy=None, ndmin=1)
    if len(a) == 0:
        raise ValueError("a cannot be empty")
    if len(v) == 0:
        raise ValueError("v cannot be empty")
    if len(v) > len(a):
        a, v = v, a
    mode = _extent(mode)
    return _slid(_one_dimensional(a), _one_dimensional(v)[::-1], mode)


@overridable("a", "b", "out")
def outer(a, b, out=None):
    """Return the products of all pairs of elements of two flattened arrays."""
    a, b = _n.asarray(a), _n.asarray(b)
    return _n.multiply(a.ravel()[:, None], b.ravel()[None, :], out)


@overridable("a", "b")
def tensordot(a, b, axes=2):
    """Sum products over the given axes of two arrays."""
    try:
        axes_a, axes_b = axes
    except TypeError:
        n = operator.index(axes)
        axes_a, axes_b = list(range(-n, 0)), list(range(n))
    axes_a = list(axes_a) if hasattr(axes_a, "__len__") else [axes_a]
    axes_b = list(axes_b) if hasattr(axes_b, "__len__") else [axes_b]
    a, b = _n.asarray(a), _n.asarray(b)
    if len(axes_a) != len(set(axes_a)):
        raise ValueError("duplicate axes are not allowed in tensordot")
    if len(axes_b) != len(set(axes_b)):
        raise ValueError("duplicate axes are not allowed in tensordot")
    if len(axes_a) != len(axes_b):
        raise ValueError("shape-mismatch for sum")
    axes_a = [ax + a.ndim if ax < 0 else ax for ax in axes_a]
    axes_b = [ax + b.ndim if ax < 0 else ax for ax in axes_b]
    if [a.shape[i] for i in axes_a] != [b.shape[i] for i in axes_b]:
        raise ValueError("shape-mismatch for sum")
    free_a = [i for i in range(a.ndim) if i not in axes_a]
    free_b = [i for i in range(b.ndim) if i not in axes_b]
    summed = math.prod(a.shape[i] for i in axes_a)
    left = a.transpose(free_a + axes_a).reshape(math.prod(a.shape[i] for i in free_a), summed)
    right = b.transpose(axes_b + free_b).reshape(summed, math.prod(b.shape[i] for i in free_b))
    shape = [a.shape[i] for i in free_a] + [b.shape[i] for i in free_b]
    return _n.dot(left, right).reshape(shape)


@overridable("a", "b")
def cross(a, b, axisa=-1, axisb=-1, axisc=-1, axis=None):
    """Return the cross product of 3-d vectors."""
    if axis is not None:
        axisa = axisb = axisc = axis
    a, b = _n.asarray(a), _n.asarray(b)
    if a.ndim < 1 or b.ndim < 1:
        raise ValueError("At least one array has zero dimension")
    a = _n.moveaxis(a, normalize_axis_index(axisa, a.ndim, msg_prefix="axisa"), -1)
    b = _n.moveaxis(b, normalize_axis_index(axisb, b.ndim, msg_prefix="axisb"), -1)
    if a.shape[-1] != 3 or b.shape[-1] != 3:
        raise ValueError(
            f"Both input arrays must be (arrays of) 3-dimensional vectors, but they are {a.shape[-1]} and "
            f"{b.shape[-1]} dimensional instead.")
    shape = _n.broadcast(a[..., 0], b[..., 0]).shape + (3,)
    axisc = normalize_axis_index(axisc, len(shape), msg_prefix="axisc")
    result = _n.empty(shape, dtype=_n.promote_types(a.dtype, b.dtype))
    a0, a1, a2 = (a[..., i].astype(result.dtype, copy=False) for i in range(3))
    b0, b1, b2 = (b[..., i].astype(result.dtype, copy=False) for i in range(3))
    for i, (p, q, r, s) in enumerate(((a1, b2, a2, b1), (a2, b0, a0, b2), (a0, b1, a1, b0))):
        place = result[..., i]
        _n.multiply(p, q, out=place)
        place -= r * s
    return _n.moveaxis(result, -1, axisc)


def indices(dimensions, dtype=int, sparse=False):
    """Return arrays of the indices along each axis of a grid."""
    dimensions = tuple(dimensions)
    n = len(dimensions)
    result = () if sparse else _n.empty((n,) + dimensions, dtype=dtype)
    for axis, length in enumerate(dimensions):
        line = _n.arange(length, dtype=dtype).reshape((1,) * axis + (length,) + (1,) * (n - axis - 1))
        if sparse:
            result = (*result, line)
        else:
            result[axis] = line
    return result


def fromfunction(function, shape, *, dtype=float, like=None, **kwargs):
    """Call a function with arrays of the indices of each axis."""
    if answer := from_like(fromfunction, like, (function, shape), {"dtype": dtype, **kwargs}):
        return answer[0]
    return function(*indices(shape, dtype=dtype), **kwargs)


def isscalar(element):
    """Say whether an object is a scalar: of NumPy, of Python, or any other number."""
    if isinstance(element, (_n.generic, int, float, complex, str, bytes, memoryview)):
        return True
    import numbers

    return isinstance(element, numbers.Number)


def isfortran(a):
    """Say whether an array is stored in Fortran order and not in C order too."""
    return a.flags.fnc


def binary_repr(num, width=None):
    """Return a number in base 2; with a width, negative ones in two's complement."""
    num = operator.index(num)
    if num >= 0:
        text = f"{num:b}"
        shortest = len(text)
    elif width is None:
        return f"-{-num:b}"
    else:
        shortest = (-num - 1).bit_length() + 1
        text = f"{num + (1 << shortest):b}"
        text = text.rjust(shortest, "0").rjust(width, "1") if width > shortest else text.rjust(shortest, "0")
    if width is not None and width < shortest:
        raise ValueError(f"Insufficient bit width={width} provided for binwidth={shortest}")
    return text if width is None else text.zfill(width)


def base_repr(number, base=2, padding=0):
    """Return a number in a base from 2 to 36, with `padding` zeros on the left."""
    if base > 36:
        raise ValueError("Bases greater than 36 not handled in base_repr.")
    if base < 2:
        raise ValueError("Bases less than 2 not handled in base_repr.")
    rest, found = abs(int(number)), []
    while rest:
        rest, digit = divmod(rest, base)
        found.append("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[digit])
    text = "0" * padding + "".join(reversed(found))
    if not int(number) and not padding:
        text = "0"
    return "-" + text if number < 0 else text


for _function in (indices, fromfunction, isscalar, isfortran, binary_repr, base_repr):
    _rename(_function)

