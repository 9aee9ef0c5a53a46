"""Names of the numeric core, as NumPy's `_core.numeric` gathers them."""

from .. import _native
from .._exports import CORE as _CORE, compiled as _compiled
from .._lazy import resolver as _resolver
from .._globals import _CopyMode, _NoValue  # noqa: F401

from ._asarray import *  # noqa: F403
from ._ufunc_config import *  # noqa: F403
from .arrayprint import *  # noqa: F403
from .numerictypes import *  # noqa: F403
from . import _numeric_written as _written
from ._axes import normalize_axis_index, normalize_axis_tuple  # noqa: F401
from . import multiarray, numerictypes, overrides, umath  # noqa: F401

for _name in _written.__all__:
    globals()[_name] = getattr(_written, _name)
globals().update({n: v for n, v in _compiled(_native).items() if n in _CORE})

e = 2.718281828459045
euler_gamma = 0.5772156649015329
inf = float("inf")
nan = float("nan")
newaxis = None
pi = 3.141592653589793
little_endian = __import__("sys").byteorder == "little"
False_ = getattr(_native, "False_", None)
True_ = getattr(_native, "True_", None)
if False_ is None:
    del False_, True_

__all__ = sorted(
    name for name in globals()
    if name in _CORE and name not in ("linspace", "logspace", "geomspace"))


def _no_nan_types():
    return {_native.bool, *(numerictypes.sctypes["int"]), *(numerictypes.sctypes["uint"])}


def extend_all(module):
    for name in module.__all__:
        if name not in __all__:
            __all__.append(name)


__getattr__, _ = _resolver(__name__, native=True)
