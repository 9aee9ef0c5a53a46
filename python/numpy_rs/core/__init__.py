"""The old name of the private package `_core`; every use of it warns."""

_SUBMODULES = """
_dtype _dtype_ctypes _internal _multiarray_umath arrayprint defchararray einsumfunc fromnumeric
function_base getlimits multiarray numeric numerictypes overrides records shape_base umath""".split()


def _warn(name, submodule=None):
    import warnings

    from .._utils import _ROOT

    old = f"{_ROOT}.core.{submodule}" if submodule else f"{_ROOT}.core"
    new = f"{_ROOT}._core.{submodule}" if submodule else f"{_ROOT}._core"
    warnings.warn(
        f"{old} is deprecated and has been renamed to {new}. The {_ROOT}._core namespace contains "
        "private NumPy internals and its use is discouraged, as NumPy internals can change without "
        f"warning in any release. If you are sure that you need it, access {new}.{name} instead.",
        DeprecationWarning, stacklevel=3)


def _forward(submodule, namespace):
    """The `__getattr__` of a submodule of this package."""
    import importlib

    root = __name__.rpartition(".")[0]

    def __getattr__(name):
        target = importlib.import_module(f"{root}._core.{submodule}")
        try:
            value = getattr(target, name)
        except AttributeError:
            raise AttributeError(
                f"module {namespace['__name__']!r} has no attribute {name!r}", name=name) from None
        _warn(name, submodule)
        return value

    return __getattr__


def __getattr__(name):
    import importlib

    root = __name__.rpartition(".")[0]
    if name in _SUBMODULES:
        _warn(name)
        return importlib.import_module(f".{name}", __name__)
    value = getattr(importlib.import_module(f"{root}._core"), name)
    _warn(name)
    return value


def _ufunc_reconstruct(module, name):
    import importlib

    return getattr(importlib.import_module(module), name)
