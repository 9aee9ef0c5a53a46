"""Coefficient arrays and domains: what every family of series needs before it computes.

A series is a 1-d array of coefficients, the lowest degree first. A domain is a pair of points that
a linear map carries to another pair, the window.
"""

import functools
import operator

from .._core import numeric as np
from ..lib._type_check_impl import common_type

__all__ = ["as_series", "trimseq", "trimcoef", "getdomain", "mapdomain", "mapparms", "format_float"]

_FLOAT64 = np.dtype(np.float64)


def trimseq(seq):
    """The sequence without its trailing zeros; of nothing but zeros, the first stays.

    `seq` may be any sequence that can be sliced. The result may be a view or `seq` itself.
    """
    end = len(seq)
    if end == 0 or seq[-1] != 0:
        return seq
    while end > 1 and seq[end - 1] == 0:
        end -= 1
    return seq[:end]


def as_series(alist, trim=True):
    """Each item of `alist` as a new 1-d array, all of one inexact or object dtype.

    A scalar becomes an array of one element; with `trim`, trailing zeros are left out. An empty
    item, one of two or more dimensions, and dtypes without a common one raise ValueError.
    """
    series = [np.array(item, ndmin=1, copy=None) for item in alist]
    for one in series:
        if one.size == 0:
            raise ValueError("Coefficient array is empty")
        if one.ndim != 1:
            raise ValueError("Coefficient array is not 1-d")
    if trim:
        series = [trimseq(one) for one in series]
    try:
        # The usual case is spared the question: short series spend much of their time here.
        plain = all(one.dtype is _FLOAT64 for one in series)
        dtype = _FLOAT64 if plain else common_type(*series)
    except Exception as error:
        dtype = np.dtype(object)
        if all(one.dtype != dtype for one in series):
            raise ValueError("Coefficient arrays have no common type") from error
    return [np.array(one, copy=True, dtype=dtype) for one in series]


def trimcoef(c, tol=0):
    """The series without trailing coefficients whose absolute value is at most `tol`.

    If none is left, one zero. A negative `tol` raises ValueError.
    """
    if tol < 0:
        raise ValueError("tol must be non-negative")
    [c] = as_series([c])
    [kept] = np.nonzero(np.abs(c) > tol)
    return c[: kept[-1] + 1].copy() if len(kept) else c[:1] * 0


def getdomain(x):
    """The smallest domain that holds the points `x`, an array of two elements.

    For complex points, the lower left and upper right corners of their rectangle.
    """
    [x] = as_series([x], trim=False)
    if x.dtype.kind == "c":
        real, imag = x.real, x.imag
        return np.array((complex(real.min(), imag.min()), complex(real.max(), imag.max())))
    return np.array((x.min(), x.max()))


def mapparms(old, new):
    """Offset and scale of the map `offset + scale * x` that carries the domain `old` to `new`."""
    length = old[1] - old[0]
    offset = (old[1] * new[0] - old[0] * new[1]) / length
    return offset, (new[1] - new[0]) / length


def mapdomain(x, old, new):
    """The points `x`, of any shape, after the linear map from the domain `old` to `new`.

    Subclasses of ndarray are kept, and scalars stay scalars.
    """
    if type(x) not in (int, float, complex) and not isinstance(x, np.generic):
        x = np.asanyarray(x)
    offset, scale = mapparms(old, new)
    return offset + scale * x


def format_float(x, parens=False):
    """A coefficient as text, after the print options for precision, sign, nan and infinity.

    Large and small numbers have an exponent and, with `parens`, stand in parentheses. What is
    no floating-point number is shown by `str`.
    """
    from .._core.multiarray import dragon4_positional, dragon4_scientific

    if not np.issubdtype(type(x), np.floating):
        return str(x)
    options = np.get_printoptions()
    if np.isnan(x):
        return options["nanstr"]
    if np.isinf(x):
        return options["infstr"]
    precision, fixed = options["precision"], options["floatmode"] == "fixed"
    shared = {
        "precision": precision,
        "unique": not fixed,
        "trim": "k" if fixed else "0",
        "sign": options["sign"] == "+",
    }
    smallest = 10 ** min(0, -(precision - 1) // 2)
    if x != 0 and not smallest <= np.abs(x) < 1.0e8:
        text = dragon4_scientific(x, **shared)
        return f"({text})" if parens else text
    return dragon4_positional(x, fractional=True, **shared)


def _as_int(x, what):
    """`operator.index` with an error that says `what` is wanted."""
    try:
        return operator.index(x)
    except TypeError as error:
        raise TypeError(f"{what} must be an integer, received {x}") from error


def _coefficients(c):
    """`c` as an array of one or more dimensions; integers and booleans become float64."""
    c = np.array(c, ndmin=1, copy=None)
    return c.astype(np.float64) if c.dtype.kind in "biu" else c


def _counting(c, start, stop, step=1):
    """The integers of `range(start, stop, step)` in the precision of `c`, to go with its first axis.

    Whole series are scaled by them as single coefficients would be by Python integers, which
    take the precision of what they meet.
    """
    dtype = c.real.dtype if c.dtype.kind == "c" else c.dtype
    if dtype is _FLOAT64:
        count = np.arange(start, stop, step, dtype=dtype)
    else:
        # Counted as integers, which the dtype may not hold exactly on the way.
        count = np.arange(start, stop, step)
        if dtype.kind in "fO":
            count = count.astype(dtype)
    return count if c.ndim == 1 else count.reshape((-1,) + (1,) * (c.ndim - 1))


def _div(mul_f, c1, c2):
    """Quotient and remainder of series with the product `mul_f`."""
    [c1, c2] = as_series([c1, c2])
    if c2[-1] == 0:
        raise ZeroDivisionError
    steps = len(c1) - len(c2)
    if steps < 0:
        return c1[:1] * 0, c1
    if len(c2) == 1:
        return c1 / c2[-1], c1[:1] * 0
    quotient = np.empty(steps + 1, dtype=c1.dtype)
    rest = c1
    for n in range(steps, -1, -1):
        # A basis polynomial times the divisor, of the degree of what is left.
        multiple = mul_f([0] * n + [1], c2)
        factor = rest[-1] / multiple[-1]
        rest = rest[:-1] - factor * multiple[:-1]
        quotient[n] = factor
    return quotient, trimseq(rest)


def _pow(mul_f, c, pow, maxpower, whole=lambda c: c, back=lambda c: c):
    """The power of a series with the product `mul_f`, for which `whole` and `back` may change its form."""
    [c] = as_series([c])
    count = int(pow)
    if count != pow or count < 0:
        raise ValueError("Power must be a non-negative integer.")
    if maxpower is not None and count > maxpower:
        raise ValueError("Power is too large")
    if count == 0:
        return np.array([1], dtype=c.dtype)
    if count == 1:
        return c
    factor = product = whole(c)
    for _ in range(count - 1):
        product = mul_f(product, factor)
    return back(product)


def _vander_nd(vander_fs, points, degrees):
    """The products of the bases `vander_fs` of several variables, each with a trailing axis."""
    count = len(vander_fs)
    if count != len(points):
        raise ValueError(f"Expected {count} dimensions of sample points, got {len(points)}")
    if count != len(degrees):
        raise ValueError(f"Expected {count} dimensions of degrees, got {len(degrees)}")
    if count == 0:
        raise ValueError("Unable to guess a dtype or shape when no points are given")
    factors = []
    for place, x in enumerate(np.asarray(tuple(points)) + 0.0):
        axes = [np.newaxis] * count
        axes[place] = slice(None)
        factors.append(vander_fs[place](x, degrees[place])[(..., *axes)])
    return functools.reduce(operator.mul, factors)
