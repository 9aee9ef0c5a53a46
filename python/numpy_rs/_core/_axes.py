"""Axis numbers, verified."""

import operator

from .. import _native
from ..exceptions import AxisError


def normalize_axis_index(axis, ndim, msg_prefix=None):
    """The axis counted from 0; an AxisError where there is no such axis."""
    axis = operator.index(axis)
    if not -ndim <= axis < ndim:
        raise AxisError(axis, ndim, msg_prefix)
    return axis + ndim if axis < 0 else axis


normalize_axis_index = getattr(_native, "normalize_axis_index", normalize_axis_index)


def normalize_axis_tuple(axis, ndim, argname=None, allow_duplicate=False):
    """Axes as a tuple of numbers within `range(ndim)`."""
    if type(axis) not in (tuple, list):
        try:
            axis = [operator.index(axis)]
        except TypeError:
            pass
    axis = tuple(normalize_axis_index(ax, ndim, argname) for ax in axis)
    if not allow_duplicate and len(set(axis)) != len(axis):
        raise ValueError(f"repeated axis in `{argname}` argument" if argname else "repeated axis")
    return axis
