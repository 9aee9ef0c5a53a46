"""Flipping, choosing by conditions, grids and copies."""

from .._core import numeric as np
from .._core._axes import normalize_axis_tuple
from .._core.overrides import overridable, array_function_dispatch as _dispatch
from .._utils import rename_module as _rename

__all__ = ["asarray_chkfinite", "copy", "extract", "flip", "iterable", "meshgrid", "piecewise",
           "place", "rot90", "select", "sort_complex"]


@overridable("m")
def flip(m, axis=None):
    """Reverse the order of the elements along axes."""
    if not hasattr(m, "ndim"):
        m = np.asarray(m)
    if axis is None:
        return m[(slice(None, None, -1),) * m.ndim]
    axes = normalize_axis_tuple(axis, m.ndim)
    return m[tuple(slice(None, None, -1) if i in axes else slice(None) for i in range(m.ndim))]


@overridable("m")
def rot90(m, k=1, axes=(0, 1)):
    """Rotate by quarter turns in the plane of two axes."""
    axes = tuple(axes)
    if len(axes) != 2:
        raise ValueError("len(axes) must be 2.")
    m = np.asanyarray(m)
    if axes[0] == axes[1] or abs(axes[0] - axes[1]) == m.ndim:
        raise ValueError("Axes must be different.")
    if any(not -m.ndim <= ax < m.ndim for ax in axes):
        raise ValueError(f"Axes={axes} out of range for array of ndim={m.ndim}.")
    k %= 4
    if k == 0:
        return m[:]
    if k == 2:
        return flip(flip(m, axes[0]), axes[1])
    order = list(range(m.ndim))
    order[axes[0]], order[axes[1]] = order[axes[1]], order[axes[0]]
    if k == 1:
        return np.transpose(flip(m, axes[1]), order)
    return flip(np.transpose(m, order), axes[1])


def iterable(y):
    """Whether an object can be iterated over."""
    try:
        iter(y)
    except TypeError:
        return False
    return True


def asarray_chkfinite(a, dtype=None, order=None):
    """Convert to an array, refusing NaN and infinities."""
    a = np.asarray(a, dtype=dtype, order=order)
    if a.dtype.char in "efdgFDG" and not np.isfinite(a).all():
        raise ValueError("array must not contain infs or NaNs")
    return a


@overridable("a")
def copy(a, order="K", subok=False):
    """A copy of the input as an array."""
    return np.array(a, order=order, subok=subok, copy=True)


@overridable("condition", "arr")
def extract(condition, arr):
    """The elements of the flattened array where a condition holds."""
    return np.take(np.ravel(arr), np.nonzero(np.ravel(condition))[0])


@overridable("arr", "mask", "vals")
def place(arr, mask, vals):
    """Write values, in turn and from the start again, where a mask is set."""
    compiled = getattr(np, "_place", None)
    if compiled is not None:
        return compiled(arr, mask, vals)
    if not isinstance(arr, np.ndarray):
        raise TypeError(f"argument 1 must be numpy.ndarray, not {type(arr).__name__}")
    mask = np.asarray(mask, dtype=bool)
    if mask.size != arr.size:
        raise ValueError("place: mask and data must be the same size")
    places = np.flatnonzero(mask)
    vals = np.array(vals, dtype=arr.dtype, copy=None, ndmin=1).ravel()
    if vals.size == 0:
        if places.size:
            raise ValueError("Cannot insert from an empty array!")
        return None
    arr.flat[places] = np.resize(vals, places.size) if places.size else vals[:0]
    return None


@overridable("a")
def sort_complex(a):
    """Sort by real and then imaginary part, as a complex array."""
    b = np.array(a, copy=True)
    b.sort()
    if issubclass(b.dtype.type, np.complexfloating):
        return b
    if b.dtype.char in "bhBH":
        return b.astype("F")
    return b.astype("G" if b.dtype.char == "g" else "D")


def _meshgrid_dispatcher(*xi, copy=None, sparse=None, indexing=None):
    return xi


@_dispatch(_meshgrid_dispatcher, module="numpy")
def meshgrid(*xi, copy=True, sparse=False, indexing="xy"):
    """Coordinate arrays of a grid from the coordinates along each axis."""
    ndim = len(xi)
    if indexing not in ("xy", "ij"):
        raise ValueError("Valid values for `indexing` are 'xy' and 'ij'.")
    result = [np.asanyarray(x).reshape((1,) * i + (-1,) + (1,) * (ndim - 1 - i)) for i, x in enumerate(xi)]
    if indexing == "xy" and ndim > 1:
        result[0] = result[0].reshape((1, -1) + (1,) * (ndim - 2))
        result[1] = result[1].reshape((-1, 1) + (1,) * (ndim - 2))
    if not sparse:
        from ._stride_tricks_impl import broadcast_arrays

        result = broadcast_arrays(*result, subok=True)
    if copy:
        result = tuple(x.copy() for x in result)
    return tuple(result)


def _piecewise_dispatcher(x, condlist, funclist, *args, **kw):
    yield x
    if hasattr(condlist, "__getitem__"):
        yield from condlist


@_dispatch(_piecewise_dispatcher, module="numpy")
def piecewise(x, condlist, funclist, *args, **kw):
    """Evaluate for each element the function of the last condition that holds; one more is the default."""
    x = np.asanyarray(x)
    count = len(funclist)
    if np.isscalar(condlist) or (
            not isinstance(condlist[0], (list, np.ndarray)) and x.ndim != 0):
        condlist = [condlist]
    condlist = np.asarray(condlist, dtype=bool)
    n = len(condlist)
    if n == count - 1:
        default = ~np.any(condlist, axis=0, keepdims=True)
        condlist = np.concatenate([condlist, default], axis=0)
        n += 1
    elif n != count:
        raise ValueError(
            f"with {n} condition(s), either {n} or {n + 1} functions are expected")
    y = np.zeros_like(x)
    for condition, function in zip(condlist, funclist):
        if not callable(function):
            y[condition] = function
        else:
            values = x[condition]
            if values.size > 0:
                y[condition] = function(values, *args, **kw)
    return y


def _select_dispatcher(condlist, choicelist, default=None):
    yield from condlist
    yield from choicelist


@_dispatch(_select_dispatcher, module="numpy")
def select(condlist, choicelist, default=0):
    """Take each element from the choice of the first condition that holds."""
    if len(condlist) != len(choicelist):
        raise ValueError("list of cases must be same length as list of conditions")
    if len(condlist) == 0:
        raise ValueError("select with an empty condition list is not possible")
    choices = [c if type(c) in (int, float, complex) else np.asarray(c) for c in choicelist]
    default_now = default if type(default) in (int, float, complex) else np.asarray(default)
    try:
        dtype = np.result_type(*choices, default_now)
    except TypeError as error:
        raise TypeError(f"Choicelist elements do not have a common dtype: {error}") from None
    from ._stride_tricks_impl import broadcast_arrays

    condlist = broadcast_arrays(*condlist)
    choices = broadcast_arrays(*[np.asarray(c) for c in choices], np.asarray(default_now))
    for i, condition in enumerate(condlist):
        if condition.dtype.type is not np.bool:
            raise TypeError(
                f"invalid entry {i} in condlist: should be boolean ndarray")
    if choices[0].ndim == 0:
        shape = condlist[0].shape
    else:
        shape = broadcast_arrays(condlist[0], choices[0])[0].shape
    result = np.full(shape, choices[-1], dtype)
    for choice, condition in zip(choices[-2::-1], condlist[::-1]):
        np.copyto(result, choice, where=condition)
    return result


for _function in (iterable, asarray_chkfinite):
    _rename(_function)
