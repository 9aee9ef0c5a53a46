"""Sets as 1-d arrays: unique elements, membership, union and the rest."""

from collections import namedtuple

from .._core import numeric as np
from .._core.getlimits import iinfo as _limits
from .._core._axes import normalize_axis_index
from .._core.overrides import overridable

__all__ = [
    "ediff1d", "intersect1d", "isin", "setdiff1d", "setxor1d", "union1d", "unique", "unique_all",
    "unique_counts", "unique_inverse", "unique_values",
]

UniqueAllResult = namedtuple("UniqueAllResult", "values indices inverse_indices counts")
UniqueCountsResult = namedtuple("UniqueCountsResult", "values counts")
UniqueInverseResult = namedtuple("UniqueInverseResult", "values inverse_indices")


@overridable("ary", "to_end", "to_begin")
def ediff1d(ary, to_end=None, to_begin=None):
    """The differences of neighbours in the flattened array, with optional ends."""
    ary = np.asanyarray(ary).ravel()
    required = ary.dtype
    ends = []
    for name, value in (("to_begin", to_begin), ("to_end", to_end)):
        if value is not None:
            value = np.asanyarray(value)
            if not np.can_cast(value, required, casting="same_kind"):
                raise TypeError(
                    f"dtype of `{name}` must be compatible with input `ary` under the `same_kind` rule.")
            value = value.ravel()
        ends.append(value)
    if ends == [None, None]:
        return ary[1:] - ary[:-1]
    first = 0 if ends[0] is None else len(ends[0])
    last = 0 if ends[1] is None else len(ends[1])
    count = max(len(ary) - 1, 0)
    result = np.empty_like(ary, shape=count + first + last)
    result = ary.__array_wrap__(result)
    if first:
        result[:first] = ends[0]
    if last:
        result[first + count:] = ends[1]
    np.subtract(ary[1:], ary[:-1], result[first:first + count])
    return result


@overridable("ar")
def unique(ar, return_index=False, return_inverse=False, return_counts=False, axis=None, *,
           equal_nan=True, sorted=True):
    """The sorted unique elements, and on request where they are and how often."""
    ar = np.asanyarray(ar)
    if axis is None or ar.ndim == 1:
        if axis is not None:
            normalize_axis_index(axis, ar.ndim)
        found = _unique1d(ar, return_index, return_inverse, return_counts, equal_nan=equal_nan,
                          inverse_shape=ar.shape, axis=axis)
        return found[0] if len(found) == 1 else found
    normalize_axis_index(axis, ar.ndim)
    inverse_shape = [1] * ar.ndim
    inverse_shape[axis] = ar.shape[axis]
    ar = np.moveaxis(ar, axis, 0)
    shape, dtype = ar.shape, ar.dtype
    width = 1
    for n in shape[1:]:
        width *= n
    rows = np.ascontiguousarray(ar.reshape(shape[0], width))
    # Each row becomes one structured element, which sorts by its fields in turn.
    record = np.dtype([(f"f{i}", dtype) for i in range(width)])
    try:
        if width > 0:
            packed = rows.view(record)
        else:
            packed = np.empty(len(rows), dtype=record)
    except TypeError as error:
        raise TypeError(f"The axis argument to unique is not supported for dtype {dtype}") from error
    found = _unique1d(packed, return_index, return_inverse, return_counts, equal_nan=equal_nan,
                      inverse_shape=inverse_shape, axis=axis)
    values = found[0]
    n = len(values)
    values = values.view(dtype).reshape(n, *shape[1:]) if width > 0 else np.empty(
        (n, *shape[1:]), dtype=dtype)
    values = np.moveaxis(values, 0, axis)
    return values if len(found) == 1 else (values, *found[1:])


def _unique1d(ar, return_index=False, return_inverse=False, return_counts=False, *, equal_nan=True,
              inverse_shape=None, axis=None):
    ar = np.asanyarray(ar).flatten()
    if ar.dtype.hasobject is False and type(ar) is not np.ndarray and hasattr(ar, "A1"):
        ar = np.asarray(ar)
    with_places = return_index or return_inverse
    if with_places:
        order = ar.argsort(kind="mergesort" if return_index else "quicksort")
        values = ar[order]
    else:
        ar.sort()
        values = ar
    first = np.empty(values.shape, dtype=bool)
    first[:1] = True
    n = values.shape[0]
    if equal_nan and n > 0 and values.dtype.kind in "cfmM" and _is_nan(values[-1]):
        # NaNs sort to the end, and count as one.
        if values.dtype.kind == "c":
            start = int(np.searchsorted(np.isnan(values), True, side="left"))
        else:
            start = int(np.searchsorted(values, values[-1], side="left"))
        first[1:start] = values[1:start] != values[:start - 1] if start > 0 else False
        if start > 0:
            first[start] = True
        first[start + 1:] = False
    else:
        first[1:] = values[1:] != values[:-1]
    result = (values[first],)
    if return_index:
        result += (order[first],)
    if return_inverse:
        number = np.cumsum(first) - 1
        inverse = np.empty(first.shape, dtype=np.intp)
        inverse[order] = number
        result += (inverse.reshape(inverse_shape),)
    if return_counts:
        places = np.concatenate(np.nonzero(first) + ([first.size],))
        result += (places[1:] - places[:-1],)
    return result


def _is_nan(value):
    return bool(np.isnat(value)) if getattr(value, "dtype", None) is not None and (
        value.dtype.kind in "mM") else bool(np.isnan(value))


@overridable("x")
def unique_all(x):
    """Unique values with first indices, inverse indices and counts; NaNs differ from each other."""
    return UniqueAllResult(*unique(
        x, return_index=True, return_inverse=True, return_counts=True, equal_nan=False))


@overridable("x")
def unique_counts(x):
    """Unique values with counts; NaNs differ from each other."""
    return UniqueCountsResult(*unique(x, return_counts=True, equal_nan=False))


@overridable("x")
def unique_inverse(x):
    """Unique values with inverse indices; NaNs differ from each other."""
    return UniqueInverseResult(*unique(x, return_inverse=True, equal_nan=False))


@overridable("x")
def unique_values(x):
    """Unique values; NaNs differ from each other."""
    return unique(x, equal_nan=False, sorted=False)


@overridable("ar1", "ar2")
def intersect1d(ar1, ar2, assume_unique=False, return_indices=False):
    """The sorted elements that are in both arrays."""
    ar1, ar2 = np.asanyarray(ar1), np.asanyarray(ar2)
    if not assume_unique:
        if return_indices:
            ar1, place1 = unique(ar1, return_index=True)
            ar2, place2 = unique(ar2, return_index=True)
        else:
            ar1, ar2 = unique(ar1), unique(ar2)
    else:
        ar1, ar2 = ar1.ravel(), ar2.ravel()
    both = np.concatenate((ar1, ar2))
    if return_indices:
        order = np.argsort(both, kind="mergesort")
        both = both[order]
    else:
        both.sort()
    twice = both[1:] == both[:-1]
    result = both[:-1][twice]
    if not return_indices:
        return result
    in1, in2 = order[:-1][twice], order[1:][twice] - ar1.size
    if not assume_unique:
        in1, in2 = place1[in1], place2[in2]
    return result, in1, in2


@overridable("ar1", "ar2")
def setxor1d(ar1, ar2, assume_unique=False):
    """The sorted elements that are in exactly one of two arrays."""
    if not assume_unique:
        ar1, ar2 = unique(ar1), unique(ar2)
    both = np.concatenate((ar1, ar2), axis=None)
    if both.size == 0:
        return both
    both.sort()
    edge = np.concatenate(([True], both[1:] != both[:-1], [True]))
    return both[edge[1:] & edge[:-1]]


def _in1d(ar1, ar2, assume_unique=False, invert=False, *, kind=None):
    ar1, ar2 = np.asarray(ar1).ravel(), np.asarray(ar2).ravel()
    if ar2.dtype == object:
        ar2 = ar2.reshape(-1, 1)
    if kind not in (None, "sort", "table"):
        raise ValueError(f"Invalid kind: '{kind}'. Please use None, 'sort' or 'table'.")
    integers = all(a.dtype.kind in "iub" for a in (ar1, ar2))
    if integers and kind in (None, "table"):
        if ar2.size == 0:
            return np.ones_like(ar1, dtype=bool) if invert else np.zeros_like(ar1, dtype=bool)
        if ar1.dtype == bool:
            ar1 = ar1.astype(np.uint8)
        if ar2.dtype == bool:
            ar2 = ar2.astype(np.uint8)
        low, high = int(ar2.min()), int(ar2.max())
        extent = high - low
        small = extent <= 6 * (ar1.size + ar2.size)
        fits = extent <= _limits(ar2.dtype).max
        if fits and (small or kind == "table"):
            return _by_table(ar1, ar2, low, high, invert)
        if kind == "table":
            raise RuntimeError(
                "You have specified kind='table', but the range of values in `ar2` or `ar1` exceed the "
                "maximum integer of the datatype. Please set `kind` to None or 'sort'.")
    elif kind == "table":
        raise ValueError(
            "The 'table' method is only supported for boolean or integer arrays. Please select 'sort' or "
            "None for kind.")
    has_objects = ar1.dtype.hasobject or ar2.dtype.hasobject
    if len(ar2) < 10 * len(ar1) ** 0.145 or has_objects:
        if invert:
            mask = np.ones(len(ar1), dtype=bool)
            for value in ar2:
                mask &= ar1 != value
        else:
            mask = np.zeros(len(ar1), dtype=bool)
            for value in ar2:
                mask |= ar1 == value
        return mask
    if not assume_unique:
        ar1, back = unique(ar1, return_inverse=True)
        ar2 = unique(ar2)
    both = np.concatenate((ar1, ar2))
    order = both.argsort(kind="mergesort")
    ordered = both[order]
    same = ordered[1:] != ordered[:-1] if invert else ordered[1:] == ordered[:-1]
    flag = np.concatenate((same, [invert]))
    result = np.empty(both.shape, dtype=bool)
    result[order] = flag
    return result[:len(ar1)] if assume_unique else result[back]


def _by_table(ar1, ar2, low, high, invert):
    """Membership by one flag for each integer between the least and the largest."""
    result = np.ones_like(ar1, dtype=bool) if invert else np.zeros_like(ar1, dtype=bool)
    table = np.ones(high - low + 1, dtype=bool) if invert else np.zeros(high - low + 1, dtype=bool)
    table[ar2.astype(np.intp) - low if ar2.dtype.itemsize < 8 else ar2 - ar2.dtype.type(low)] = not invert
    inside = (ar1 <= high) & (ar1 >= low)
    picked = ar1[inside]
    if picked.dtype.itemsize < 8:
        places = picked.astype(np.intp) - low
    else:
        places = (picked.astype(object) - low).astype(np.intp) if picked.dtype != ar2.dtype else (
            picked - picked.dtype.type(low)).astype(np.intp)
    result[inside] = table[places]
    return result


@overridable("element", "test_elements")
def isin(element, test_elements, assume_unique=False, invert=False, *, kind=None):
    """Whether each element is among others."""
    element = np.asarray(element)
    return _in1d(element, test_elements, assume_unique=assume_unique, invert=invert,
                 kind=kind).reshape(element.shape)


@overridable("ar1", "ar2")
def union1d(ar1, ar2):
    """The sorted elements that are in either array."""
    return unique(np.concatenate((ar1, ar2), axis=None))


@overridable("ar1", "ar2")
def setdiff1d(ar1, ar2, assume_unique=False):
    """The elements of the first array that are not in the second."""
    if assume_unique:
        ar1 = np.asarray(ar1).ravel()
    else:
        ar1, ar2 = unique(ar1), unique(ar2)
    return ar1[_in1d(ar1, ar2, assume_unique=True, invert=True)]


