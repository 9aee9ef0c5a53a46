"""Forwards to `_core.numeric`, with a warning."""

from . import _forward

__getattr__ = _forward("numeric", globals())
