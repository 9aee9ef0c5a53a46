"""Small tools of the package itself."""

from .. import _native
from ._conversions import asbytes, asunicode  # noqa: F401

_ROOT = __name__.partition(".")[0]


def rename_module(obj, submodule=""):
    """Let `obj` say that it lives in the root package or one of its public submodules."""
    try:
        obj.__module__ = f"{_ROOT}.{submodule}" if submodule else _ROOT
    except (AttributeError, TypeError):
        pass
    return obj


def set_module(module):
    """A decorator that sets `__module__`; a leading `numpy` becomes the name that we are loaded under."""

    def decorate(obj):
        if module is not None:
            if isinstance(obj, type):
                obj._module_source = obj.__module__
            obj.__module__ = _ROOT + module[len("numpy"):] if module.startswith("numpy") else module
        return obj

    return decorate


def _rename_parameter(old_names, new_names, dep_version=None):
    """A decorator that still takes keyword arguments by their old names."""
    import functools
    import warnings

    def decorate(function):
        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            for old, new in zip(old_names, new_names):
                if old in kwargs:
                    if dep_version:
                        end = dep_version.split(".")
                        end[1] = str(int(end[1]) + 2)
                        warnings.warn(
                            f"Use of keyword argument `{old}` is deprecated and replaced by `{new}`. "
                            f"Support for `{old}` will be removed in NumPy {'.'.join(end)}.",
                            DeprecationWarning, stacklevel=2)
                    if new in kwargs:
                        raise TypeError(f"{function.__name__}() got multiple values for argument name '{new}'")
                    kwargs[new] = kwargs.pop(old)
            return function(*args, **kwargs)

        return wrapper

    return decorate
