"""Arrays with values added at the ends of their axes."""

import sys

from .._core.overrides import array_function_dispatch

__all__ = ["pad"]

_KEYWORDS = {
    "constant": {"constant_values": 0}, "edge": {}, "empty": {}, "wrap": {},
    "linear_ramp": {"end_values": 0},
    "maximum": {"stat_length": None}, "mean": {"stat_length": None},
    "median": {"stat_length": None}, "minimum": {"stat_length": None},
    "reflect": {"reflect_type": "even"}, "symmetric": {"reflect_type": "even"},
}


def _package():
    return sys.modules[__name__.partition(".")[0]]


def _as_pairs(x, ndim, as_index=False):
    """(before, after) for each axis, from one number, one pair, or a pair for each axis."""
    np = _package()
    if x is None:
        return ((None, None),) * ndim
    x = np.asarray(x)
    if as_index:
        x = np.round(x).astype(np.intp, copy=False)
        if x.size and x.min() < 0:
            raise ValueError("index can't contain negative values")
    return np.broadcast_to(x, (ndim, 2)).tolist()


def _pad_dispatcher(array, pad_width, mode=None, **kwargs):
    return (array,)


@array_function_dispatch(_pad_dispatcher)
def pad(array, pad_width, mode="constant", **kwargs):
    """The array with `pad_width` values added before and after each axis.

    `pad_width` is one number, a pair, a pair for each axis, or a dict of axes. `mode` names how the
    values are found, or is a function that fills each padded lane in place.
    """
    np = _package()
    array = np.asarray(array)
    if isinstance(pad_width, dict):
        widths = [(0, 0)] * array.ndim
        for axis, width in pad_width.items():
            widths[axis] = (width, width) if isinstance(width, int) else tuple(width)
        pad_width = widths
    if np.asarray(pad_width).dtype.kind not in "iu":
        raise TypeError("`pad_width` must be of integral type.")
    widths = _as_pairs(pad_width, array.ndim, as_index=True)
    if callable(mode):
        return _by_function(array, widths, mode, kwargs)
    if mode not in _KEYWORDS:
        raise ValueError(f"mode '{mode}' is not supported")
    unknown = set(kwargs) - set(_KEYWORDS[mode])
    if unknown:
        raise ValueError(f"unsupported keyword arguments for mode '{mode}': {unknown}")
    options = {**_KEYWORDS[mode], **kwargs}
    if mode not in ("constant", "empty"):
        for axis, (before, after) in enumerate(widths):
            if array.shape[axis] == 0 and (before or after):
                raise ValueError(
                    f"can't extend empty axis {axis} using modes other than 'constant' or 'empty'")
    if mode in ("edge", "reflect", "symmetric", "wrap"):
        return _by_index(array, widths, mode, options.get("reflect_type", "even"))
    return _by_values(array, widths, mode, options)


def _surrounded(array, widths):
    """A new array with room on all sides, and the place of the old one in it."""
    np = _package()
    shape = tuple(b + n + a for n, (b, a) in zip(array.shape, widths))
    order = "F" if array.flags.fnc else "C"
    padded = np.empty(shape, dtype=array.dtype, order=order)
    inside = tuple(slice(b, b + n) for n, (b, _) in zip(array.shape, widths))
    padded[inside] = array
    return padded


def _by_function(array, widths, function, kwargs):
    np = _package()
    padded = _surrounded(array, widths)
    inside = tuple(slice(b, b + n) for n, (b, _) in zip(array.shape, widths))
    padded[...] = 0
    padded[inside] = array
    for axis in range(array.ndim):
        lanes = np.moveaxis(padded, axis, -1)
        for index in np.ndindex(lanes.shape[:-1]):
            function(lanes[index], tuple(widths[axis]), axis, kwargs)
    return padded


def _by_index(array, widths, mode, reflect_type):
    """Modes whose values are elements found elsewhere along the axis."""
    np = _package()
    fortran = array.flags.fnc
    for axis, (before, after) in enumerate(widths):
        n = array.shape[axis]
        at = np.arange(-before, n + after)
        if mode == "edge":
            at = np.clip(at, 0, n - 1)
        elif mode == "wrap":
            at = at % n
        else:
            period = 2 * n if mode == "symmetric" else max(2 * (n - 1), 1)
            turn, at = at // period, at % period
            back = at >= n
            at = np.where(back, (period - 1 if mode == "symmetric" else period) - at, at)
            if reflect_type == "odd":
                array = _odd(array, axis, turn, at, back)
                continue
        array = np.take(array, at, axis=axis)
    return np.asfortranarray(array) if fortran else array


def _odd(array, axis, turn, at, back):
    """Elements reflected through the points at both ends: each full turn adds twice the rise between them."""
    np = _package()
    shape = [1] * array.ndim
    shape[axis] = -1
    turn, back = turn.reshape(shape).astype(array.dtype), back.reshape(shape)
    first, last = (np.take(array, [end], axis=axis) for end in (0, -1))
    values = np.take(array, at, axis=axis)
    return np.where(back, 2 * last - values, values) + turn * (2 * (last - first))


def _by_values(array, widths, mode, options):
    """Modes whose values are computed for each side of each axis, one axis after the other."""
    padded = _surrounded(array, widths)
    if mode == "empty":
        return padded
    name = next(iter(options))
    settings = _as_pairs(options[name], array.ndim, as_index=name == "stat_length" and options[name] is not None)
    if mode in ("maximum", "minimum") and any(0 in pair for pair in settings):
        raise ValueError("stat_length of 0 yields no value for padding")
    # Axes done are seen whole, the others only where they hold values.
    seen = [slice(b, b + n) for n, (b, _) in zip(array.shape, widths)]
    for axis, (before, after) in enumerate(widths):
        n = array.shape[axis]
        values = padded[tuple(seen)]
        ends = {0: (before, slice(0, before)), 1: (after, slice(before + n, before + n + after))}
        fills = [_side(values, axis, side, ends[side][0], mode, settings[axis][side]) for side in (0, 1)]
        for side, (width, place) in ends.items():
            if width:
                target = list(seen)
                target[axis] = place
                padded[tuple(target)] = fills[side]
        seen[axis] = slice(None)
    return padded


def _side(values, axis, side, width, mode, setting):
    """What goes at one end of an axis."""
    np = _package()
    if not width:
        return None
    if mode == "constant":
        return setting
    n = values.shape[axis]
    if mode == "linear_ramp":
        edge = np.take(values, [0 if side == 0 else n - 1], axis=axis)
        ramp = np.linspace(setting, np.squeeze(edge, axis), num=width, endpoint=False, dtype=values.dtype,
                           axis=axis)
        return ramp if side == 0 else np.flip(ramp, axis)
    length = n if setting is None else min(setting, n)
    part = [slice(None)] * values.ndim
    part[axis] = slice(0, length) if side == 0 else slice(n - length, n)
    function = {"maximum": np.max, "minimum": np.min, "mean": np.mean, "median": np.median}[mode]
    value = function(values[tuple(part)], axis=axis, keepdims=True)
    if values.dtype.kind in "iu" and mode in ("mean", "median"):
        value = np.round(value).astype(values.dtype)
    return value
