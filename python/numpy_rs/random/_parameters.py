"""Parameters of random draws: what is allowed, how they meet, and how a law is drawn for them."""

import math
import operator
import warnings

from .. import _native
from .._native import random as _compiled

#: The largest mean of a Poisson number that fits into 64 bits for all that is ever drawn.
POISSON_MOST = 2**63 - 1 - 10 * (2.0**63 - 1) ** 0.5


def _any(answer):
    return answer.any() if isinstance(answer, _native.ndarray) else answer


def _nan_word(value, name):
    return f"{name} contains NaNs" if isinstance(value, _native.ndarray) else f"{name} is NaN"


def not_negative(value, name):
    """Nothing below zero, and no negative zero; NaN is allowed."""
    if isinstance(value, _native.ndarray):
        negative = (_native.signbit(value) & (value == value)).any()
    else:
        negative = value == value and math.copysign(1.0, value) < 0
    if negative:
        raise ValueError(f"{name} < 0")


def positive(value, name):
    """All above zero; NaN is allowed."""
    if _any(value <= 0):
        raise ValueError(f"{name} <= 0")


def positive_number(value, name):
    """All above zero, and no NaN."""
    if _any(value != value):
        raise ValueError(f"{name} must not be NaN")
    positive(value, name)


def _all_true(answer):
    return answer.all() if isinstance(answer, _native.ndarray) else answer


def probability(value, name):
    """From zero to one."""
    if not _all_true((value >= 0) & (value <= 1)):
        raise ValueError(f"{name} < 0, {name} > 1 or {_nan_word(value, name)}")


def probability_above_zero(value, name):
    """Above zero, up to one."""
    if not _all_true((value > 0) & (value <= 1)):
        raise ValueError(f"{name} <= 0, {name} > 1 or {name} contains NaNs")


def probability_below_one(value, name):
    """From zero, below one."""
    if not _all_true((value >= 0) & (value < 1)):
        raise ValueError(f"{name} < 0, {name} >= 1 or {_nan_word(value, name)}")


def above_one(value, name):
    """Above one."""
    if not _all_true(value > 1):
        raise ValueError(f"{name} <= 1 or {_nan_word(value, name)}")


def at_least_one(value, name):
    """One or more."""
    if not _all_true(value >= 1):
        raise ValueError(f"{name} < 1 or {_nan_word(value, name)}")


def poisson_mean(value, name):
    """A mean whose Poisson numbers fit."""
    if isinstance(value, _native.ndarray):
        if not (value <= POISSON_MOST).all():
            raise ValueError(f"{name} value too large")
        if not (value >= 0).all():
            raise ValueError(f"{name} < 0 or {name} contains NaNs")
    elif not value >= 0:
        raise ValueError(f"{name} < 0 or {name} is NaN")
    elif not value <= POISSON_MOST:
        raise ValueError(f"{name} value too large")


def parameter(value, name, check=None, kind=float):
    """A parameter as a number or an array of `kind`, checked."""
    if type(value) not in (float, int):
        array = _native.asarray(value)
        if array.ndim:
            wanted = _native.dtype("float64" if kind is float else "int64")
            if isinstance(value, _native.ndarray) and not _native.can_cast(array.dtype, wanted):
                raise TypeError(f"Cannot cast array data from {array.dtype!r} to {wanted!r} "
                                "according to the rule 'safe'")
            value = array.astype(wanted, copy=False)
            if check is not None:
                check(value, name)
            return value
    if kind is float and (value is None or isinstance(value, (str, bytes))):
        raise TypeError(f"must be real number, not {type(value).__name__}")
    value = kind(value)
    if check is not None:
        check(value, name)
    return value


def shape_of(size):
    """`size` as a shape."""
    if size is None:
        return ()
    try:
        return (operator.index(size),)
    except TypeError:
        return tuple(operator.index(length) for length in size)


def n_items(size):
    """How many items a size has."""
    n = 1
    for length in shape_of(size):
        n *= length
    return n


def common_shape(size, *parameters, last=False):
    """The shape of draws whose parameters are arrays; `size`, if given, must hold it."""
    shape = _native.broadcast(*parameters).shape if len(parameters) > 1 else parameters[0].shape
    if size is None:
        return shape
    size = shape_of(size)
    # Raises where the two do not meet at all; the message counts the result `last` or first.
    result = (_native.broadcast_to(0.0, size),)
    shape = _native.broadcast(*(parameters + result if last else result + parameters)).shape
    if shape != size:
        raise ValueError(f"Output size {size} is not compatible with broadcast dimensions of inputs {shape}.")
    return size


def checked_out(out, dtype, size, in_c_order=False):
    """An array to draw into that fits, and what the caller gets back: `out` as it was given."""
    given, out = out, writable(out)
    if out is None:
        return None, None
    if not isinstance(out, _native.ndarray):
        raise TypeError("Supplied output array is not an array")
    flags = out.flags
    contiguous = flags.c_contiguous or (flags.f_contiguous and not in_c_order)
    if not (contiguous and flags.writeable and flags.aligned and out.dtype.isnative):
        raise ValueError(f"Supplied output array must be {'C-' if in_c_order else ''}contiguous, writable, aligned, "
                         "and in machine byte-order.")
    if out.dtype != dtype:
        raise TypeError("Supplied output array has the wrong type. "
                        f"Expected {dtype}, got {out.dtype}")
    if size is not None and shape_of(size) != out.shape:
        raise ValueError("size must match out.shape when used together")
    return out, given


def writable(out):
    """What to write to for an output: a view of ours for an array of the real NumPy, else the object itself."""
    if out is None or isinstance(out, _native.ndarray):
        return out
    if any((c.__module__, c.__name__) == ("numpy", "ndarray") for c in type(out).__mro__):
        return _native.asarray(out)
    return out


def draw(stream, law, size, *parameters, dtype="float64", out=None):
    """Numbers of a law: one for numbers without a size, else an array."""
    arrays = [p for p in parameters if isinstance(p, _native.ndarray)]
    if not arrays:
        if out is None and size is None:
            return _compiled._draw(stream, law, *parameters)
        if out is None:
            out = _native.empty(size, dtype=dtype)
    else:
        shape = common_shape(size if out is None else out.shape, *parameters)
        if out is None:
            out = _native.empty(shape, dtype=dtype)
        parameters = [_native.broadcast_to(p, shape) if isinstance(p, _native.ndarray) else p for p in parameters]
    _compiled._fill(stream, law, out, *parameters)
    return out


def checked_probabilities(p, population, legacy):
    """Probabilities of the items of a population: they sum to one."""
    tolerance = 1.4901161193847656e-08  # the square root of double's epsilon
    if isinstance(p, _native.ndarray) and p.dtype.kind == "f":
        from .._core.getlimits import finfo
        tolerance = max(tolerance, float(finfo(p.dtype).eps) ** 0.5)
    p = _native.ascontiguousarray(_native.asarray(p, dtype=float))
    if p.ndim != 1:
        raise ValueError("'p' must be 1-dimensional" if legacy else "p must be 1-dimensional")
    if p.size != population:
        raise ValueError("'a' and 'p' must have same size" if legacy else "a and p must have same size")
    total = math.fsum(p.tolist()) if _native.isfinite(p).all() else float("nan")
    if total != total:
        raise ValueError("probabilities contain NaN" if legacy else "Probabilities contain NaN")
    if (p < 0).any():
        raise ValueError("probabilities are not non-negative" if legacy else "Probabilities are not non-negative")
    if abs(total - 1.0) > tolerance:
        raise ValueError("probabilities do not sum to 1" if legacy else
                         "Probabilities do not sum to 1. See Notes section of docstring for more information.")
    return p


def concentrations(alpha):
    """The parameters of a Dirichlet law, one row."""
    len(alpha)
    alpha = _native.asarray(alpha, dtype=float)
    if alpha.ndim != 1:
        raise ValueError("setting an array element with a sequence. "
                         "The requested array would exceed the maximum number of dimension of 1.")
    return alpha


def warn_of_strange_sequence(x):
    """Warns before something is shuffled that only looks like a sequence."""
    from collections.abc import Sequence
    if not isinstance(x, Sequence):
        warnings.warn(f"you are shuffling a '{type(x).__name__}' object which is not a subclass of 'Sequence'; "
                      "`shuffle` is not guaranteed to behave correctly. E.g., non-numpy array/tensor objects with "
                      "view semantics may contain duplicates after shuffling.", UserWarning, stacklevel=3)
    if not hasattr(x, "__setitem__"):
        raise TypeError(f"'{type(x).__name__}' object does not support item assignment")


def multinomial_shares(pvals):
    """Probabilities of kinds along the last axis, which may sum to less than one: the last kind takes the rest."""
    shares = pvals.astype(float)
    probability(shares, "pvals")
    if (shares[..., :-1].sum(axis=-1) > 1.0 + 1e-12).any():
        message = "sum(pvals[:-1]) > 1.0"
        if pvals.dtype.kind == "f" and pvals.dtype.itemsize < 8:
            message = ("sum(pvals[:-1].astype(np.float64)) > 1.0. The pvals array is cast to 64-bit floating point "
                       "prior to checking the sum. Precision changes when casting may cause problems even if the sum "
                       "of the original pvals is valid.")
        raise ValueError(message)
    return shares


def integers(stream, low, high, size, dtype, *, closed, masked, name):
    """Integers of `dtype` from `low` to `high`, which belongs to them if `closed`."""
    kind = _native.dtype(dtype)
    if not kind.isnative:
        if not masked:
            raise ValueError("Providing a dtype with a non-native byteorder is not supported. If you require "
                             "platform-independent byteorder, call byteswap when required.")
        warnings.warn("Providing a dtype with a non-native byteorder is not supported. If you require "
                      "platform-independent byteorder, call byteswap when required.\n"
                      "In future version, providing byteorder will raise a ValueError",
                      DeprecationWarning, stacklevel=3)
        kind = kind.newbyteorder("=")
    if kind.kind not in "biu":
        raise TypeError(f"Unsupported dtype {kind!r} for {name}")
    if size is not None and n_items(size) == 0:
        return _native.empty(size, dtype=kind)
    low_array, high_array = _native.asarray(low), _native.asarray(high)
    if low_array.ndim == 0 and high_array.ndim == 0:
        low, last = int(low_array.item()), int(high_array.item()) - (not closed)
        _in_bounds(low, last, kind, closed)
        out = _native.empty(() if size is None else size, dtype=kind)
        _compiled._integers(stream, low, last, masked, out)
    else:
        shape = common_shape(size, low_array, high_array, last=True)
        low, span = _bounds(low_array, high_array, kind, closed)
        low, span = (_native.ascontiguousarray(_native.broadcast_to(x, shape)) for x in (low, span))
        out = _native.empty(shape, dtype=kind)
        _compiled._integers_between(stream, low, span, masked, out)
    if size is None and out.ndim == 0:
        return dtype(out) if dtype in (bool, int) else out[()]
    return out


def _limits(kind):
    bits = 1 if kind.kind == "b" else 8 * kind.itemsize
    least = -(1 << (bits - 1)) if kind.kind == "i" else 0
    return least, least + (1 << bits) - 1


def _in_bounds(low, last, kind, closed):
    """Raises unless numbers, or all items of arrays, are bounds of integers of a dtype."""
    least, most = _limits(kind)
    if _any(low < least):
        raise ValueError(f"low is out of bounds for {kind.name}")
    if _any(last > most):
        raise ValueError(f"high is out of bounds for {kind.name}")
    if _any(low > last):
        if _any(low != 0):
            raise ValueError("low > high" if closed else "low >= high")
        raise ValueError("high < 0" if closed else "high <= 0")


def _bounds(low, high, kind, closed):
    """The low ends, and what lies between them and the high ends, modulo 2**64."""
    if all(x.dtype.kind in "bi" or x.dtype.kind == "u" and x.dtype.itemsize < 8 for x in (low, high)):
        low, last = low.astype("int64"), high.astype("int64")
        if not closed:
            if (last == -(2**63)).any():
                raise ValueError("low >= high")
            last = last - 1
        _in_bounds(low, last, kind, closed)
        return low.view("uint64"), last.view("uint64") - low.view("uint64")
    # Python ints hold any bound exactly.
    low, last = _whole(low), _whole(high) - (not closed)
    _in_bounds(low, last, kind, closed)
    return (_native.asarray(x % 2**64, dtype="uint64") for x in (low, last - low))


def _whole(numbers):
    """An array of Python ints."""
    made = _native.empty(numbers.shape, dtype=object)
    made.flat = [int(x) for x in numbers.astype(object).flat]
    return made


def shuffled_in_place(stream, x):
    """Shuffles a vector of plain numbers that lie together; false, and nothing done, for other arrays."""
    if type(x) is not _native.ndarray or x.ndim != 1 or x.dtype.kind not in "biuf" or x.itemsize > 8:
        return False
    if not (x.flags.c_contiguous and x.flags.aligned and x.flags.writeable):
        return False
    _compiled._shuffle(stream, x, True)
    return True
