"""Removing, inserting and appending elements."""

import operator

from .._core import numeric as np
from .._core._axes import normalize_axis_index, normalize_axis_tuple
from .._core.overrides import overridable

__all__ = ["append", "delete", "insert", "trim_zeros"]


def _prepared(arr, axis):
    """The array and axis for editing: flat where no axis is given."""
    arr = np.asanyarray(arr)
    wrap = arr.__array_wrap__ if type(arr) is not np.ndarray else None
    arr = np.asarray(arr)
    if axis is None:
        if arr.ndim != 1:
            arr = arr.ravel()
        return arr, arr.ndim - 1, wrap
    return arr, normalize_axis_index(axis, arr.ndim), wrap


def _wrapped(result, wrap):
    return result if wrap is None else wrap(result)


@overridable("arr", "obj")
def delete(arr, obj, axis=None):
    """A copy without the elements at some places along an axis."""
    arr, axis, wrap = _prepared(arr, axis)
    length = arr.shape[axis]

    def at(part):
        return (slice(None),) * axis + (part,)

    order = "F" if arr.flags.fnc else "C"
    if isinstance(obj, slice):
        start, stop, step = obj.indices(length)
        places = range(start, stop, step)
        if not places:
            return _wrapped(arr.copy(order=order), wrap)
        keep = np.ones(length, dtype=bool)
        keep[slice(min(places), max(places) + 1, abs(step))] = False
        return _wrapped(arr[at(keep)], wrap)
    is_integer = isinstance(obj, (int, np.integer)) and not isinstance(obj, bool)
    if not is_integer:
        given = obj
        obj = np.asarray(obj)
        if obj.size == 0 and not isinstance(given, np.ndarray):
            obj = obj.astype(np.intp)
        elif obj.size == 1 and obj.dtype.kind in "iu":
            obj, is_integer = obj.item(), True
    if is_integer:
        if obj < -length or obj >= length:
            raise IndexError(f"index {obj} is out of bounds for axis {axis} with size {length}")
        obj = obj + length if obj < 0 else obj
        shape = list(arr.shape)
        shape[axis] -= 1
        result = np.empty(tuple(shape), arr.dtype, order)
        result[at(slice(None, obj))] = arr[at(slice(None, obj))]
        result[at(slice(obj, None))] = arr[at(slice(obj + 1, None))]
        return _wrapped(result, wrap)
    if obj.dtype == np.dtype(bool):
        if obj.shape != (length,):
            raise ValueError(
                f"boolean array argument `obj` to delete must be one dimensional and match the axis length "
                f"of {length}")
        keep = ~obj
    else:
        keep = np.ones(length, dtype=bool)
        keep[obj,] = False
    return _wrapped(arr[at(keep)], wrap)


@overridable("arr", "obj", "values")
def insert(arr, obj, values, axis=None):
    """A copy with values put in before some places along an axis."""
    arr, axis, wrap = _prepared(arr, axis)
    length, ndim = arr.shape[axis], arr.ndim
    shape = list(arr.shape)
    order = "F" if arr.flags.fnc else "C"

    def at(part):
        return (slice(None),) * axis + (part,)

    if isinstance(obj, slice):
        places = np.arange(*obj.indices(length), dtype=np.intp)
    else:
        places = np.array(obj)
        if places.dtype == np.dtype(bool):
            if places.ndim != 1:
                raise ValueError("boolean array argument obj to insert must be one dimensional")
            places = np.flatnonzero(places)
        elif places.ndim > 1:
            raise ValueError(
                "index array argument obj to insert must be one dimensional or scalar")
    if places.size == 1:
        index = places.item()
        if index < -length or index > length:
            raise IndexError(f"index {obj} is out of bounds for axis {axis} with size {length}")
        index = operator.index(index)
        index = index + length if index < 0 else index
        values = np.array(values, copy=None, ndmin=ndim, dtype=arr.dtype)
        if places.ndim == 0:
            # The first axis of the values is the one they are inserted along.
            values = np.moveaxis(values, 0, axis)
        count = values.shape[axis]
        shape[axis] += count
        result = np.empty(tuple(shape), arr.dtype, order)
        result[at(slice(None, index))] = arr[at(slice(None, index))]
        result[at(slice(index, index + count))] = values
        result[at(slice(index + count, None))] = arr[at(slice(index, None))]
        return _wrapped(result, wrap)
    if places.size == 0 and not isinstance(obj, np.ndarray):
        places = places.astype(np.intp)
    wrong = [p for p in places.tolist() if p < -length or p > length] if places.dtype.kind in "iu" else []
    if wrong:
        raise IndexError(f"index {wrong[0]} is out of bounds for axis {axis} with size {length}")
    places = places.copy()
    places[places < 0] += length
    count = len(places)
    order_of = places.argsort(kind="mergesort")
    places[order_of] += np.arange(count)
    shape[axis] += count
    old = np.ones(shape[axis], dtype=bool)
    old[places] = False
    result = np.empty(tuple(shape), arr.dtype, order)
    result[at(places)] = values
    result[at(old)] = arr
    return _wrapped(result, wrap)


@overridable("arr", "values")
def append(arr, values, axis=None):
    """Join values to the end; without an axis both are flattened."""
    arr = np.asanyarray(arr)
    if axis is None:
        if arr.ndim != 1:
            arr = arr.ravel()
        values = np.ravel(values)
        axis = arr.ndim - 1
    return np.concatenate((arr, values), axis=axis)


@overridable("filt")
def trim_zeros(filt, trim="fb", axis=None):
    """Cut zeros off the front ("f") and back ("b")."""
    whole = np.asarray(filt)
    trim = trim.lower()
    if trim not in ("fb", "bf", "f", "b"):
        raise ValueError(f"unexpected character(s) in `trim`: {trim!r}")
    axes = tuple(range(whole.ndim)) if axis is None else normalize_axis_tuple(
        axis, whole.ndim, argname="axis")
    if not axes:
        return filt
    places = np.argwhere(whole)
    if len(places) == 0:
        first, last = [0] * whole.ndim, [0] * whole.ndim
    else:
        first = places.min(axis=0).tolist() if "f" in trim else [0] * whole.ndim
        last = (places.max(axis=0) + 1).tolist() if "b" in trim else list(whole.shape)
    if len(places) == 0:
        first, last = [n if "f" in trim and "b" not in trim else 0 for n in whole.shape], [
            0 if "b" in trim else n for n in whole.shape]
    cut = tuple(slice(first[i], last[i]) if i in axes else slice(None) for i in range(whole.ndim))
    return filt[cut[0]] if len(cut) == 1 else filt[cut]
