"""Forwards to `_core.numerictypes`, with a warning."""

from . import _forward

__getattr__ = _forward("numerictypes", globals())
