"""All of the compiled module, under the name that NumPy's has."""

from .. import _native
from .._lazy import resolver as _resolver
from ._array_converter import _array_converter  # noqa: F401
from ._casting import _get_castingimpl  # noqa: F401
from .multiarray import *  # noqa: F403
from .umath import *  # noqa: F403

__file__ = _native.__file__

__cpu_features__ = getattr(_native, "__cpu_features__", {})
__cpu_baseline__ = getattr(_native, "__cpu_baseline__", [])
__cpu_dispatch__ = getattr(_native, "__cpu_dispatch__", [])
NAN = float("nan")
PINF = float("inf")
NINF = -PINF
PZERO = 0.0
NZERO = -0.0

globals().update({name: value for name, value in vars(_native).items() if not name.startswith("__")})

__getattr__, _ = _resolver(__name__, native=True)


def _blas_supports_fpe(value):
    """Whether products report floating point events as they happened; ours always do."""
    return True
