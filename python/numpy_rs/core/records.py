"""Forwards to `_core.records`, with a warning."""

from . import _forward

__getattr__ = _forward("records", globals())
