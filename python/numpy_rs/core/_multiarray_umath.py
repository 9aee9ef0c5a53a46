"""Forwards to `_core._multiarray_umath`, with a warning."""

from . import _forward

__getattr__ = _forward("_multiarray_umath", globals())
