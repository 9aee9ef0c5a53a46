"""Forwards to `_core._dtype_ctypes`, with a warning."""

from . import _forward

__getattr__ = _forward("_dtype_ctypes", globals())
