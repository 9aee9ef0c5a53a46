"""Functions that mirror the methods of arrays."""

from .. import _native  # noqa: F401
from .._lazy import provide as _provide, resolver as _resolver

_NAMES = """
all amax amin any argmax argmin argpartition argsort around choose clip compress cumprod cumsum
cumulative_prod cumulative_sum diagonal matrix_transpose max mean min ndim nonzero partition prod ptp
put ravel repeat reshape resize round searchsorted shape size sort squeeze std sum swapaxes take trace
transpose var""".split()
_provide(globals(), _NAMES)

__all__ = [name for name in _NAMES if name in globals()]

__getattr__, _ = _resolver(__name__, native=True)
