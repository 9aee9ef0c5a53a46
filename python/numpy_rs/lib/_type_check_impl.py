"""Questions about element types, and changes between real and complex."""

import functools

from .._core import getlimits, numeric as np
from .._core.overrides import overridable
from .._utils import rename_module as _rename

__all__ = [
    "common_type", "imag", "iscomplex", "iscomplexobj", "isreal", "isrealobj", "mintypecode",
    "nan_to_num", "real", "real_if_close", "typename",
]

_BY_SIZE = "GDFgdfQqLlIiHhBb?"


def mintypecode(typechars, typeset="GDFgdf", default="d"):
    """The smallest code of `typeset` to which all given codes (or arrays) can be cast."""
    codes = [t if isinstance(t, str) else np.asarray(t).dtype.char for t in typechars]
    wanted = {code for code in codes if code in typeset}
    if not wanted:
        return default
    if "F" in wanted and "d" in wanted:
        return "D"
    return min(wanted, key=_BY_SIZE.index)


_rename(mintypecode)


@overridable("val")
def real(val):
    """The real part."""
    try:
        return val.real
    except AttributeError:
        return np.asanyarray(val).real


@overridable("val")
def imag(val):
    """The imaginary part."""
    try:
        return val.imag
    except AttributeError:
        return np.asanyarray(val).imag


@overridable("x")
def iscomplex(x):
    """Whether each element has an imaginary part other than zero."""
    array = np.asanyarray(x)
    if issubclass(array.dtype.type, np.complexfloating):
        return array.imag != 0
    return np.zeros(array.shape, np.bool)[()] if array.ndim == 0 else np.zeros(array.shape, np.bool)


@overridable("x")
def isreal(x):
    """Whether each element has a zero imaginary part."""
    return imag(x) == 0


@overridable("x")
def iscomplexobj(x):
    """Whether the type is complex, whatever the values."""
    try:
        kind = x.dtype.type
    except AttributeError:
        kind = np.asarray(x).dtype.type
    return issubclass(kind, np.complexfloating)


@overridable("x")
def isrealobj(x):
    """Whether the type is not complex."""
    return not iscomplexobj(x)


def _replace(place, where, value):
    np.copyto(place, value, where=where)


@overridable("x")
def nan_to_num(x, copy=True, nan=0.0, posinf=None, neginf=None):
    """Replace NaN and infinities by numbers; infinities by the largest finite ones unless given."""
    x = np.array(x, subok=True, copy=True if copy else None)
    kind = x.dtype.type
    if not issubclass(kind, np.inexact):
        return x[()] if x.ndim == 0 else x
    is_complex = issubclass(kind, np.complexfloating)
    for part in (x.real, x.imag) if is_complex else (x,):
        limits = getlimits.finfo(part.dtype)
        is_nan = np.isnan(part)
        infinite = np.isinf(part)
        is_high, is_low = infinite & (part > 0), infinite & (part < 0)
        _replace(part, is_nan, nan)
        _replace(part, is_high, limits.max if posinf is None else posinf)
        _replace(part, is_low, limits.min if neginf is None else neginf)
    return x[()] if x.ndim == 0 else x


@overridable("a")
def real_if_close(a, tol=100):
    """Drop imaginary parts when all are within `tol` machine epsilons (or `tol`, below 1) of zero."""
    a = np.asanyarray(a)
    kind = a.dtype.type
    if not issubclass(kind, np.complexfloating):
        return a
    if tol > 1:
        tol = getlimits.finfo(kind).eps * tol
    return a.real if np.all(np.absolute(a.imag) < tol) else a


_NAMES = {
    "S1": "character", "?": "bool", "b": "signed char", "B": "unsigned char", "h": "short",
    "H": "unsigned short", "i": "integer", "I": "unsigned integer", "l": "long integer",
    "L": "unsigned long integer", "q": "long long integer", "Q": "unsigned long long integer",
    "f": "single precision", "d": "double precision", "g": "long precision",
    "F": "complex single precision", "D": "complex double precision",
    "G": "complex long double precision", "S": "string", "U": "unicode", "V": "void", "O": "object",
}


def typename(char):
    """A description in words of a type code (deprecated)."""
    import warnings

    warnings.warn(
        "numpy.typename is deprecated. Use numpy.dtype.name instead.", DeprecationWarning, stacklevel=2)
    return _NAMES[char]


_rename(typename)


@overridable("*arrays")
def _unused(*arrays):
    return arrays


_RANK = {np.float16: 0, np.float32: 1, np.float64: 2, np.longdouble: 3, np.complex64: 1,
         np.complex128: 2, np.clongdouble: 3}
_REAL = (np.float16, np.float32, np.float64, np.longdouble)
_COMPLEX = (None, np.complex64, np.complex128, np.clongdouble)


def _common_type_dispatcher(*arrays):
    return arrays


from .._core.overrides import array_function_dispatch as _dispatch  # noqa: E402


@_dispatch(_common_type_dispatcher, module="numpy")
def common_type(*arrays):
    """The inexact scalar type that holds all arrays; integers count as float64."""
    is_complex, rank = False, 0
    for array in arrays:
        kind = array.dtype.type
        is_complex = is_complex or iscomplexobj(array)
        if issubclass(kind, np.integer):
            found = 2
        else:
            found = _RANK.get(kind)
            if found is None:
                raise TypeError("can't get common type for non-numeric array")
        rank = max(rank, found)
    if not is_complex:
        return _REAL[rank]
    return _COMPLEX[max(rank, 1)]


del _unused, functools
