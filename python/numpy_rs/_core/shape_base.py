"""Joining arrays and raising their number of dimensions."""

from .. import _native  # noqa: F401
from .._lazy import provide as _provide, resolver as _resolver

_NAMES = ["atleast_1d", "atleast_2d", "atleast_3d", "block", "hstack", "stack", "unstack", "vstack"]
_provide(globals(), _NAMES)

if "block" not in globals() or "unstack" not in globals():
    from . import _joining as _written

    for _name in ("block", "unstack", "_block_setup", "_block_concatenate", "_block_slicing",
                  "_block_dispatcher"):
        globals().setdefault(_name, getattr(_written, _name))

__all__ = [name for name in _NAMES if name in globals()]

__getattr__, _ = _resolver(__name__, {
    name: "_core._joining" for name in
    ("_block_setup", "_block_concatenate", "_block_slicing", "_block_dispatcher")}, native=True)
