"""NumPy's array programming, computed in Rust.

The same files serve `import numpy_rs as np` (beside an installed NumPy) and, as a drop-in, `import
numpy`.  Everything that computes is compiled; what is written in Python is loaded on first use.
"""

import sys as _sys

if "_native" in globals():
    import warnings as _warnings

    _warnings.warn(
        "The NumPy module was reloaded (imported a second time). This can in some cases result in "
        "small but subtle issues. You are discouraged from doing this.", stacklevel=2)

if __name__ == "numpy_rs":
    # What NumPy does not have lies apart, so that whoever lists the modules of `numpy` finds NumPy's.
    __path__.append(__path__[0] + "/_beyond")

from . import _native, exceptions, version
from . import _abstract_numbers
from ._exports import CONSTANTS as _CONSTANTS, LAZY as _LAZY, SUBMODULES as _SUBMODULES
from ._exports import compiled as _compiled
from ._lazy import missing as _missing

__version__ = version.version
__numpy_rs_version__ = version.numpy_rs_version
__array_api_version__ = "2025.12"

e = 2.718281828459045
euler_gamma = 0.5772156649015329
inf = float("inf")
nan = float("nan")
newaxis = None
pi = 3.141592653589793
little_endian = _sys.byteorder == "little"

globals().update(_compiled(_native))

__numpy_submodules__ = set(_SUBMODULES) | {"test"}

__all__ = sorted(
    (set(_compiled(_native)) | set(_CONSTANTS) | {n for n in _LAZY if not n.startswith("_")}
     | set(_SUBMODULES) | {"__version__", "__array_namespace_info__", "emath", "test"})
)

_PRIVATE_SUBMODULES = {
    "_core", "_globals", "_typing", "_utils", "_pytesttester", "__config__", "_array_api_info",
    "_dropin", "matrixlib", "matlib", "audio", "integrations",
}


InternalError = _native.InternalError


def install():
    """Make `numpy` mean this package in this process and in those that it starts."""
    from ._dropin import install

    install()


def uninstall():
    """Undo `install` for imports that come later."""
    from ._dropin import uninstall

    uninstall()


def __getattr__(name):
    import importlib

    package = globals()["__name__"]
    from ._core._unavailable import NAMES as to_come

    where = "_core._unavailable" if name in to_come else _LAZY.get(name)
    if where is not None:
        try:
            value = getattr(importlib.import_module("." + where, package), name)
        except (ImportError, AttributeError) as error:
            raise AttributeError(
                f"module {package!r} has no attribute {name!r}: {error}", name=name) from error
        globals()[name] = value
        return value
    if name in _SUBMODULES or name in _PRIVATE_SUBMODULES:
        return importlib.import_module("." + name, package)
    if name == "emath":
        value = importlib.import_module(".lib.scimath", package)
    elif name == "test":
        value = importlib.import_module("._pytesttester", package).PytestTester(package)
    elif name == "__config__":
        value = importlib.import_module(".__config__", package)
    else:
        from ._expired_attrs_2_0 import explain

        raise AttributeError(
            explain(name, package) or str(_missing(package, name)), name=name, obj=_sys.modules[package])
    globals()[name] = value
    return value


def __dir__():
    hidden = {"matrixlib", "matlib", "version", "install", "uninstall", "InternalError"}
    if globals()["__name__"] == "numpy":
        hidden |= {"audio", "integrations"}
    names = {name for name in globals() if name not in hidden}
    return sorted(names.union(_LAZY, _SUBMODULES, {"emath", "test"}) - hidden)
