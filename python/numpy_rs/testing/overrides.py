"""Which functions can be overridden by `__array_ufunc__` and `__array_function__`."""

import sys

from .._core.overrides import ARRAY_FUNCTIONS as _array_functions


def _package():
    return sys.modules[__name__.partition(".")[0]]


def get_overridable_numpy_ufuncs():
    """All ufuncs of the package."""
    np = _package()
    return {obj for obj in vars(np._core.umath).values() if isinstance(obj, np.ufunc)}


def allows_array_ufunc_override(func):
    """Whether `__array_ufunc__` can override a function."""
    return isinstance(func, _package().ufunc)


def get_overridable_numpy_array_functions():
    """All functions that `__array_function__` can override."""
    from ..lib import recfunctions  # noqa: F401  (its functions register when it is imported)
    return _array_functions.copy()


def allows_array_function_override(func):
    """Whether `__array_function__` can override a function."""
    return func in _array_functions
