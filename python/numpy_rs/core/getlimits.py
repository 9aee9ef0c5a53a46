"""Forwards to `_core.getlimits`, with a warning."""

from . import _forward

__getattr__ = _forward("getlimits", globals())
