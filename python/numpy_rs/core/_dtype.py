"""Forwards to `_core._dtype`, with a warning."""

from . import _forward

__getattr__ = _forward("_dtype", globals())
