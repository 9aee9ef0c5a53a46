"""Splitting, joining, tiling, and functions applied along axes."""

import functools

from .._core import numeric as np
from .._core._axes import normalize_axis_index, normalize_axis_tuple
from .._core.overrides import overridable

__all__ = [
    "column_stack", "dstack", "array_split", "split", "hsplit", "vsplit", "dsplit", "apply_over_axes",
    "expand_dims", "apply_along_axis", "kron", "tile", "take_along_axis", "put_along_axis",
]


def _along_axis_index(shape, indices, axis):
    """An index with `indices` at `axis` and open ranges elsewhere."""
    if not issubclass(indices.dtype.type, np.integer):
        raise IndexError("`indices` must be an integer array")
    if len(shape) != indices.ndim:
        raise ValueError("`indices` and `arr` must have the same number of dimensions")
    ndim = len(shape)
    return tuple(
        indices if place == axis else np.arange(n).reshape((1,) * place + (n,) + (1,) * (ndim - place - 1))
        for place, n in enumerate(shape))


@overridable("arr", "indices")
def take_along_axis(arr, indices, axis=-1):
    """Take elements by indices that were made along an axis, as by `argsort`."""
    indices = np.asarray(indices) if not isinstance(indices, np.ndarray) else indices
    if axis is None:
        if indices.ndim != 1:
            raise ValueError("when axis=None, `indices` must have a single dimension.")
        arr, axis = np.array(arr.flat), 0
    else:
        axis = normalize_axis_index(axis, arr.ndim)
    return arr[_along_axis_index(arr.shape, indices, axis)]


@overridable("arr", "indices", "values")
def put_along_axis(arr, indices, values, axis):
    """Write elements by indices that were made along an axis."""
    if axis is None:
        if indices.ndim != 1:
            raise ValueError("when axis=None, `indices` must have a single dimension.")
        flat = arr.flat
        flat[indices] = values
        return
    axis = normalize_axis_index(axis, arr.ndim)
    arr[_along_axis_index(arr.shape, indices, axis)] = values


def _apply_along_axis_dispatcher(func1d, axis, arr, *args, **kwargs):
    return (arr,)


from .._core.overrides import array_function_dispatch as _dispatch  # noqa: E402


@_dispatch(_apply_along_axis_dispatcher, module="numpy")
def apply_along_axis(func1d, axis, arr, *args, **kwargs):
    """Call a function with each 1-d slice along an axis, and gather the results."""
    from ..matrixlib.defmatrix import matrix

    wrap = getattr(arr, "__array_wrap__", None) if not isinstance(arr, (list, tuple)) else None
    arr = np.asanyarray(arr)
    ndim = arr.ndim
    axis = normalize_axis_index(axis, ndim)
    others = [place for place in range(ndim) if place != axis]
    view = np.transpose(arr, others + [axis])
    import itertools

    where = itertools.product(*(range(n) for n in view.shape[:-1]))
    try:
        first_place = next(where)
    except StopIteration:
        raise ValueError("Cannot apply_along_axis when any iteration dimensions are 0") from None
    first = np.asanyarray(func1d(view[first_place], *args, **kwargs))
    # A matrix cannot have the dimensions of the collection; other subclasses can.
    if isinstance(first, matrix):
        gathered = np.zeros(view.shape[:-1] + first.shape, first.dtype)
    else:
        gathered = np.zeros_like(first, shape=view.shape[:-1] + first.shape)
    # With an ellipsis, results that are objects are stored whole.
    gathered[(*first_place, Ellipsis)] = first
    for place in where:
        gathered[(*place, Ellipsis)] = np.asanyarray(func1d(view[place], *args, **kwargs))
    # The result's own axes go where the slices lay.
    lead, own = len(others), first.ndim
    order = list(range(axis)) + list(range(lead, lead + own)) + list(range(axis, lead))
    result = np.transpose(gathered, order)
    return result if wrap is None or isinstance(first, matrix) else wrap(result)


@overridable("a")
def apply_over_axes(func, a, axes):
    """Call `func(a, axis)` for each axis in turn, keeping the number of dimensions."""
    value = np.asarray(a)
    ndim = value.ndim
    for axis in (axes,) if np.array(axes).ndim == 0 else axes:
        axis = ndim + axis if axis < 0 else axis
        result = func(value, axis)
        if result.ndim != value.ndim:
            result = expand_dims(result, axis)
            if result.ndim != value.ndim:
                raise ValueError("function is not returning an array of the correct shape")
        value = result
    return value


@overridable("a")
def expand_dims(a, axis):
    """Insert axes of length one."""
    from ..matrixlib.defmatrix import matrix

    a = np.asarray(a) if isinstance(a, matrix) else np.asanyarray(a)
    if type(axis) not in (tuple, list):
        axis = (axis,)
    ndim = len(axis) + a.ndim
    axis = normalize_axis_tuple(axis, ndim)
    lengths = iter(a.shape)
    return a.reshape([1 if place in axis else next(lengths) for place in range(ndim)])


@overridable("*tup")
def column_stack(tup):
    """Stack 1-d arrays as columns, and 2-d arrays beside each other."""
    arrays = []
    for item in _sequence(tup):
        array = np.asanyarray(item)
        arrays.append(np.array(array, copy=None, subok=True, ndmin=2).T if array.ndim < 2 else array)
    return np.concatenate(arrays, 1)


@overridable("*tup")
def dstack(tup):
    """Stack arrays along the third axis."""
    arrays = np.atleast_3d(*_sequence(tup))
    return np.concatenate(arrays if isinstance(arrays, (list, tuple)) else [arrays], 2)


def _sequence(arrays):
    if not hasattr(arrays, "__getitem__"):
        raise TypeError(
            'arrays to stack must be passed as a "sequence" type such as list or tuple.')
    return arrays


@overridable("ary", "indices_or_sections")
def array_split(ary, indices_or_sections, axis=0):
    """Split into parts at indices, or into parts of nearly equal length."""
    try:
        total = ary.shape[axis]
    except AttributeError:
        total = len(ary)
    try:
        edges = [0, *list(indices_or_sections), total]
    except TypeError:
        count = int(indices_or_sections)
        if count <= 0:
            raise ValueError("number sections must be larger than 0.") from None
        each, extra = divmod(total, count)
        edges = [0]
        for place in range(count):
            edges.append(edges[-1] + each + (place < extra))
    turned = np.swapaxes(ary, axis, 0)
    return [np.swapaxes(turned[start:end], axis, 0) for start, end in zip(edges, edges[1:])]


@overridable("ary", "indices_or_sections")
def split(ary, indices_or_sections, axis=0):
    """Split into parts at indices, or into parts of equal length."""
    try:
        len(indices_or_sections)
    except TypeError:
        if ary.shape[axis] % indices_or_sections:
            raise ValueError("array split does not result in an equal division") from None
    return array_split(ary, indices_or_sections, axis)


@overridable("ary", "indices_or_sections")
def hsplit(ary, indices_or_sections):
    """Split along the second axis (the first, of 1-d arrays)."""
    if np.ndim(ary) == 0:
        raise ValueError("hsplit only works on arrays of 1 or more dimensions")
    return split(ary, indices_or_sections, 1 if np.ndim(ary) > 1 else 0)


@overridable("ary", "indices_or_sections")
def vsplit(ary, indices_or_sections):
    """Split along the first axis."""
    if np.ndim(ary) < 2:
        raise ValueError("vsplit only works on arrays of 2 or more dimensions")
    return split(ary, indices_or_sections, 0)


@overridable("ary", "indices_or_sections")
def dsplit(ary, indices_or_sections):
    """Split along the third axis."""
    if np.ndim(ary) < 3:
        raise ValueError("dsplit only works on arrays of 3 or more dimensions")
    return split(ary, indices_or_sections, 2)


@overridable("a", "b")
def kron(a, b):
    """The Kronecker product: each element of `a` times all of `b`."""
    from ..matrixlib.defmatrix import matrix

    b = np.asanyarray(b)
    a = np.array(a, copy=None, subok=True, ndmin=b.ndim)
    is_matrix = isinstance(a, matrix) or isinstance(b, matrix)
    ndim = max(a.ndim, b.ndim)
    if a.ndim == 0 or b.ndim == 0:
        return np.multiply(a, b)
    a_shape = (1,) * (ndim - a.ndim) + a.shape
    b_shape = (1,) * (ndim - b.ndim) + b.shape
    if is_matrix:
        a, b = np.asarray(a), np.asarray(b)
    one = a.reshape([n for length in a_shape for n in (length, 1)])
    other = b.reshape([n for length in b_shape for n in (1, length)])
    result = np.multiply(one, other).reshape([p * q for p, q in zip(a_shape, b_shape)])
    return result if not is_matrix else matrix(result, copy=False)


@overridable("A", "reps")
def tile(A, reps):
    """Repeat an array a number of times along each axis."""
    try:
        counts = tuple(reps)
    except TypeError:
        counts = (reps,)
    if all(count == 1 for count in counts) and isinstance(A, np.ndarray):
        return np.array(A, copy=True, subok=True, ndmin=len(counts))
    c = np.array(A, copy=None, subok=True, ndmin=len(counts))
    counts = (1,) * (c.ndim - len(counts)) + counts
    shape = tuple(length * count for length, count in zip(c.shape, counts))
    # Between the copies, a broadcast view: each axis becomes (count, length).
    from ._stride_tricks_impl import broadcast_to

    wide = c.reshape([n for length in c.shape for n in (1, length)])
    view = broadcast_to(wide, [n for count, length in zip(counts, c.shape) for n in (count, length)],
                        subok=True)
    result = view.reshape(shape)
    return result if not np.may_share_memory(result, c) else result.copy()


def get_array_wrap(*args):
    """The `__array_wrap__` of the argument with the highest priority, or None."""
    found = sorted((getattr(a, "__array_priority__", 0), -i, a.__array_wrap__)
                   for i, a in enumerate(args) if hasattr(a, "__array_wrap__"))
    return found[-1][-1] if found else None


del functools
