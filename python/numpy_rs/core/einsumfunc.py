"""Forwards to `_core.einsumfunc`, with a warning."""

from . import _forward

__getattr__ = _forward("einsumfunc", globals())
