"""Forwards to `_core._internal`, with a warning."""

from . import _forward

__getattr__ = _forward("_internal", globals())


def _reconstruct(subtype, shape, dtype):
    """Make an empty array for pickles of old NumPy versions."""
    from .._core._multiarray_umath import ndarray

    return ndarray.__new__(subtype, shape, dtype)
