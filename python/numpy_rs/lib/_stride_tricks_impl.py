"""Views with chosen shapes and strides, and broadcasting."""


from .._core import numeric as np
from .._core._axes import normalize_axis_tuple
from .._core.overrides import overridable
from .._utils import rename_module as _rename
from .._native import broadcast_to

__all__ = ["broadcast_arrays", "broadcast_shapes", "broadcast_to"]


def _iterable(value):
    return hasattr(value, "__iter__")


class DummyArray:
    """An object that offers an array interface and keeps its base alive."""

    def __init__(self, interface, base=None):
        self.__array_interface__ = interface
        self.base = base


def _as_subclass_of(original, view):
    if type(original) is type(view):
        return view
    view = view.view(type=type(original))
    if view.__array_finalize__:
        view.__array_finalize__(original)
    return view


def as_strided(x, shape=None, strides=None, subok=False, writeable=True, *, check_bounds=None):
    """A view with the given shape and strides; nothing but `check_bounds` keeps it inside the memory."""
    x = np.array(x, copy=None, subok=subok)
    interface = dict(x.__array_interface__)
    if shape is not None:
        interface["shape"] = tuple(shape)
    if strides is not None:
        interface["strides"] = tuple(strides)
    if check_bounds:
        _require_inside(x, interface["shape"],
                        x.strides if interface["strides"] is None else interface["strides"])
    made = np.asarray(DummyArray(interface, base=x))
    # The interface names an item size only: structured types come back as they were.
    made._set_dtype(x.dtype)
    view = _as_subclass_of(x, made)
    if view.flags.writeable and not writeable:
        view.flags.writeable = False
    return view


def _require_inside(x, shape, strides):
    from ._array_utils_impl import byte_bounds

    base = x
    while isinstance(base.base, np.ndarray):
        base = base.base
    low, high = byte_bounds(base)
    if 0 in shape:
        return
    start = x.__array_interface__["data"][0]
    first = start + sum((n - 1) * s for n, s in zip(shape, strides) if s < 0)
    last = start + sum((n - 1) * s for n, s in zip(shape, strides) if s > 0) + x.itemsize
    if first < low or last > high:
        raise ValueError(
            f"Given shape and strides would access memory out of bounds. The view needs bytes "
            f"[{first - low}, {last - low}) of a base of {high - low} bytes.")


_rename(as_strided, "lib.stride_tricks")


@overridable("x", module="numpy.lib.stride_tricks")
def sliding_window_view(x, window_shape, axis=None, *, subok=False, writeable=False):
    """A view of all windows of a shape; the window's axes come last."""
    window_shape = tuple(window_shape) if _iterable(window_shape) else (window_shape,)
    x = np.array(x, copy=None, subok=subok)
    if any(length < 0 for length in window_shape):
        raise ValueError("`window_shape` cannot contain negative values")
    if axis is None:
        axis = tuple(range(x.ndim))
        if len(window_shape) != len(axis):
            raise ValueError(
                "Since axis is None, must provide window_shape for all dimensions of `x`; got "
                f"{len(window_shape)} window_shape elements and `x.ndim` is {x.ndim}.")
    else:
        axis = normalize_axis_tuple(axis, x.ndim, allow_duplicate=True)
        if len(window_shape) != len(axis):
            raise ValueError(
                f"Must provide matching length window_shape and axis; got {len(window_shape)} window_shape "
                f"elements and {len(axis)} axes elements.")
    shape = list(x.shape)
    for ax, length in zip(axis, window_shape):
        if shape[ax] < length:
            raise ValueError("window shape cannot be larger than input array shape")
        shape[ax] -= length - 1
    strides = x.strides + tuple(x.strides[ax] for ax in axis)
    return as_strided(x, tuple(shape) + window_shape, strides, subok=subok, writeable=writeable)


def _broadcast_shape(*args):
    """The shape of arrays after broadcasting, for any number of them."""
    return broadcast_shapes(*(np.asanyarray(a).shape for a in args))


def broadcast_shapes(*args):
    """The shape that results from broadcasting shapes against each other."""
    shapes = [(n,) if isinstance(n, (int, np.integer)) else tuple(n) for n in args]
    ndim = max(map(len, shapes), default=0)
    result = [1] * ndim
    for shape in shapes:
        for place, length in zip(range(ndim - len(shape), ndim), shape):
            if length < 0:
                raise ValueError("negative dimensions are not allowed")
            if result[place] == 1:
                result[place] = int(length)
            elif length not in (1, result[place]):
                raise ValueError(_mismatch(shapes))
    return tuple(result)


def _mismatch(shapes):
    for i, one in enumerate(shapes):
        for j in range(i):
            other = shapes[j]
            if any(a != b and 1 not in (a, b) for a, b in zip(one[::-1], other[::-1])):
                return ("shape mismatch: objects cannot be broadcast to a single shape.  Mismatch is between "
                        f"arg {j} with shape {_shown(other)} and arg {i} with shape {_shown(one)}.")
    return "shape mismatch: objects cannot be broadcast to a single shape."


def _shown(shape):
    return "(" + ",".join(map(str, shape)) + ("," if len(shape) == 1 else "") + ")"


_rename(broadcast_shapes)


def _broadcast_arrays_dispatcher(*args, subok=None):
    return args


from .._core.overrides import array_function_dispatch as _dispatch  # noqa: E402


@_dispatch(_broadcast_arrays_dispatcher, module="numpy")
def broadcast_arrays(*args, subok=False):
    """Views of all arrays in their common shape."""
    arrays = [np.array(a, copy=None, subok=subok) for a in args]
    shape = _broadcast_shape(*arrays)
    return tuple(array if array.shape == shape else _broadcast_view(array, shape, subok)
                 for array in arrays)


def _broadcast_view(array, shape, subok):
    fixed = broadcast_to(array, shape, subok=subok)
    view = as_strided(array, shape, fixed.strides, subok=subok)
    # NumPy lets these be written to, with a warning: several elements may share memory.
    try:
        view.flags._warn_on_write = True
    except ValueError:
        pass  # of read-only memory
    return view
