"""Forwards to `_core.multiarray`, with a warning."""

from . import _forward

__getattr__ = _forward("multiarray", globals())

for _name in ("_reconstruct", "scalar"):  # pickles name them here, and should not warn
    try:
        from .._core import multiarray as _target

        globals()[_name] = getattr(_target, _name)
    except AttributeError:
        pass
