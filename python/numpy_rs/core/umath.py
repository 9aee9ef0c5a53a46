"""Forwards to `_core.umath`, with a warning."""

from . import _forward

__getattr__ = _forward("umath", globals())
