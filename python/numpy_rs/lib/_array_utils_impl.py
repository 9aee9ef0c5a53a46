"""Helpers for code that works on arrays of any shape."""

from .._core._axes import normalize_axis_index, normalize_axis_tuple
from .._utils import rename_module as _rename

__all__ = ["byte_bounds", "normalize_axis_index", "normalize_axis_tuple"]


def byte_bounds(a):
    """The addresses of the first byte of an array and of the byte after its last."""
    interface = a.__array_interface__
    low = high = interface["data"][0]
    strides, itemsize = interface["strides"], a.dtype.itemsize
    if strides is None:
        return low, high + a.size * itemsize
    for length, stride in zip(a.shape, strides):
        if stride < 0:
            low += (length - 1) * stride
        else:
            high += (length - 1) * stride
    return low, high + itemsize


_rename(byte_bounds, "lib.array_utils")
_rename(normalize_axis_tuple, "lib.array_utils")
_rename(normalize_axis_index, "lib.array_utils")
