"""Forwards to `_core.shape_base`, with a warning."""

from . import _forward

__getattr__ = _forward("shape_base", globals())
