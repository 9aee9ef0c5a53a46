"""Forwards to `_core.fromnumeric`, with a warning."""

from . import _forward

__getattr__ = _forward("fromnumeric", globals())
