"""Forwards to `_core.function_base`, with a warning."""

from . import _forward

__getattr__ = _forward("function_base", globals())
