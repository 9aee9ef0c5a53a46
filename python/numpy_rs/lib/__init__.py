"""Functions on top of the numeric core, in submodules that load on use."""

from .. import _native
from .._lazy import resolver as _resolver

__all__ = [
    "Arrayterator", "NumpyVersion", "add_docstring", "add_newdoc", "array_utils", "format",
    "introspect", "mixins", "npyio", "scimath", "stride_tricks", "tracemalloc_domain",
]

tracemalloc_domain = 389047

if not hasattr(_native, "add_docstring"):
    def add_docstring(obj, docstring):
        """Attach a docstring to an object that has none."""
        if obj.__doc__ and obj.__doc__ != docstring:
            raise RuntimeError(f"{obj.__name__} already has a different docstring")
        obj.__doc__ = docstring

    add_docstring.__module__ = __name__

_SUBMODULES = (
    "_array_utils_impl", "_arraypad_impl", "_arraysetops_impl", "_arrayterator_impl", "_datasource",
    "_format_impl", "_function_base_impl", "_histograms_impl", "_index_tricks_impl", "_iotools",
    "_nanfunctions_impl", "_npyio_impl", "_polynomial_impl", "_scimath_impl", "_shape_base_impl",
    "_stride_tricks_impl", "_twodim_base_impl", "_type_check_impl", "_ufunclike_impl",
    "_user_array_impl", "_utils_impl", "_version", "array_utils", "format", "introspect", "mixins",
    "npyio", "recfunctions", "scimath", "stride_tricks", "user_array",
)

_resolve, _ = _resolver(
    __name__,
    {"Arrayterator": "lib._arrayterator_impl", "NumpyVersion": "lib._version",
     "add_newdoc": "_core.function_base"},
    native=("add_docstring",), submodules=_SUBMODULES)


def __getattr__(name):
    if name == "test":
        from .._pytesttester import PytestTester
        return PytestTester(__name__)
    if name == "emath":
        raise AttributeError(
            "numpy.lib.emath was an alias for emath module that was removed in NumPy 2.0. Replace usages "
            "of numpy.lib.emath with numpy.emath.", name=None)
    if name in ("histograms", "type_check", "nanfunctions", "function_base", "arraypad", "arraysetops",
                "ufunclike", "utils", "twodim_base", "shape_base", "polynomial", "index_tricks"):
        raise AttributeError(
            f"numpy.lib.{name} is now private. If you are using a public function, it should be available "
            "in the main numpy namespace, otherwise check the NumPy 2.0 migration guide.", name=None)
    if name == "arrayterator":
        raise AttributeError(
            "numpy.lib.arrayterator submodule is now private. To access Arrayterator class use "
            "numpy.lib.Arrayterator.", name=None)
    return _resolve(name)
