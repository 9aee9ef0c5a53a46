"""Forwards to `_core.arrayprint`, with a warning."""

from . import _forward

__getattr__ = _forward("arrayprint", globals())
