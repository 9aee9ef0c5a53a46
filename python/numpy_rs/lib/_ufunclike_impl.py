"""Functions that act elementwise without being ufuncs."""

from .._core import numeric as np
from .._core.overrides import overridable

__all__ = ["fix", "isneginf", "isposinf"]


@overridable("x", "out")
def fix(x, out=None):
    """Round towards zero (deprecated: `trunc` does the same)."""
    import warnings

    warnings.warn("numpy.fix is deprecated. Use `np.trunc` instead.", DeprecationWarning, stacklevel=2)
    return np.trunc(x, out=out)


def _infinite_with(x, out, negative):
    infinite = np.isinf(x)
    try:
        sign = np.signbit(x)
    except TypeError as error:
        dtype = np.asanyarray(x).dtype
        raise TypeError(
            f"This operation is not supported for {dtype} values because it would be ambiguous."
        ) from error
    return np.logical_and(infinite, sign if negative else ~sign, out)


@overridable("x", "out")
def isposinf(x, out=None):
    """Whether each element is positive infinity."""
    return _infinite_with(x, out, negative=False)


@overridable("x", "out")
def isneginf(x, out=None):
    """Whether each element is negative infinity."""
    return _infinite_with(x, out, negative=True)
