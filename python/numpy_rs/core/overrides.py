"""Forwards to `_core.overrides`, with a warning."""

from . import _forward

__getattr__ = _forward("overrides", globals())
