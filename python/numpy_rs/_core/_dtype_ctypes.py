"""Dtypes of ctypes types."""

from .. import _native


def dtype_from_ctypes_type(t):
    """The dtype that describes the memory of a ctypes type."""
    return _native.dtype(t)
