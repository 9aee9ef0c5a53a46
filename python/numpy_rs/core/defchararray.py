"""Forwards to `_core.defchararray`, with a warning."""

from . import _forward

__getattr__ = _forward("defchararray", globals())
