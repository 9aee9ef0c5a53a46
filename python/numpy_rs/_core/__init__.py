"""The numeric core's names in one place, as NumPy's `_core` has them."""

from .. import _native
from .._exports import CONSTANTS, CORE as _CORE, LAZY as _LAZY, compiled as _compiled
from .._lazy import resolver as _resolver
from ..version import version as __version__  # noqa: F401

_found = _compiled(_native)
globals().update({name: value for name, value in _found.items() if name in _CORE})
globals().update({name: getattr(__import__("sys").modules[__name__.rpartition(".")[0]], name)
                  for name in CONSTANTS})

_SUBMODULES = (
    "_asarray", "_dtype", "_dtype_ctypes", "_exceptions", "_internal", "_machar", "_methods",
    "_multiarray_umath", "_string_helpers", "_type_aliases", "_ufunc_config", "arrayprint",
    "defchararray", "einsumfunc", "fromnumeric", "function_base", "getlimits", "memmap", "multiarray",
    "numeric", "numerictypes", "overrides", "printoptions", "records", "shape_base", "strings",
    "umath",
)

# Two names belong to a module and to a class: the class is what users mean.
__all__ = sorted(_CORE & (set(_found) | set(CONSTANTS) | set(_LAZY)))

_table = {name: where for name, where in _LAZY.items() if name in _CORE}
_table.update(
    sctypes="_core._type_aliases", char="_core.defchararray", rec="_core.records",
    sctypeDict="_core._type_aliases")
_plain = {"memmap": "_core.memmap"}

_resolve, __dir__ = _resolver(__name__, _table, native=(), submodules=_SUBMODULES)


def __getattr__(name):
    if name == "char":
        from . import defchararray
        return defchararray
    if name == "rec":
        from . import records
        return records
    if name == "test":
        from .._pytesttester import PytestTester
        return PytestTester(__name__)
    if name == "_machar":
        raise AttributeError(name)
    return _resolve(name)


def _ufunc_reconstruct(module, name):
    """Find a ufunc by name, for pickles of old NumPy versions."""
    import importlib

    return getattr(importlib.import_module(module), name)


def _DType_reconstruct(scalar_type):
    """Find a dtype class by its scalar type, for pickles."""
    return type(_native.dtype(scalar_type))
