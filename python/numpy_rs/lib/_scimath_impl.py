"""Roots, logarithms and inverse functions whose domain grows to complex numbers where it must."""

from .. import _native
from .._core.overrides import array_function_dispatch
from .._native import any, asarray

__all__ = ["sqrt", "log", "log2", "logn", "log10", "power", "arccos", "arcsin", "arctanh"]


def _to_complex(x):
    """The values in the complex type that holds them."""
    narrow = x.dtype.char in "bBhHef?"
    return x.astype("F" if narrow else "D" if x.dtype.char not in "gG" else "G")


def _widened(x, outside):
    """`x` as an array: complex if any real value lies outside the real domain."""
    x = asarray(x)
    return _to_complex(x) if x.dtype.kind != "c" and any(outside(x)) else x


def _unary_dispatcher(x):
    return (x,)


def _unary(name, outside, doc):
    ufunc = getattr(_native, name)

    def function(x):
        return ufunc(_widened(x, outside))

    function.__name__ = function.__qualname__ = name
    function.__doc__ = doc
    function.__module__ = "numpy.lib.scimath"
    return array_function_dispatch(_unary_dispatcher)(function)


sqrt = _unary("sqrt", lambda x: x < 0, "The square root; imaginary for negative numbers.")
log = _unary("log", lambda x: x < 0, "The natural logarithm; complex for negative numbers.")
log2 = _unary("log2", lambda x: x < 0, "The logarithm to base 2; complex for negative numbers.")
log10 = _unary("log10", lambda x: x < 0, "The logarithm to base 10; complex for negative numbers.")
arccos = _unary("arccos", lambda x: abs(x) > 1, "The inverse cosine; complex outside [-1, 1].")
arcsin = _unary("arcsin", lambda x: abs(x) > 1, "The inverse sine; complex outside [-1, 1].")
arctanh = _unary("arctanh", lambda x: abs(x) > 1, "The inverse hyperbolic tangent; complex outside [-1, 1].")


def _logn_dispatcher(n, x):
    return (n, x)


@array_function_dispatch(_logn_dispatcher)
def logn(n, x):
    """The logarithm of `x` to base `n`."""
    return log(x) / log(n)


def _power_dispatcher(x, p):
    return (x, p)


@array_function_dispatch(_power_dispatcher)
def power(x, p):
    """`x` to the power `p`; complex for negative `x`."""
    x, p = _widened(x, lambda v: v < 0), asarray(p)
    if p.dtype.kind in "iu" and any(p < 0):
        p = p * 1.0
    return _native.power(x, p)
