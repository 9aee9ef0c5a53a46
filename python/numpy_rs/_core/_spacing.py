"""linspace, logspace and geomspace over compiled array arithmetic."""

import operator

from .. import _native as _n
from .overrides import overridable


@overridable("start", "stop")
def linspace(start, stop, num=50, endpoint=True, retstep=False, dtype=None, axis=0, *, device=None):
    """Return `num` evenly spaced samples from `start` to `stop`."""
    num = operator.index(num)
    if num < 0:
        raise ValueError(f"Number of samples, {num}, must be non-negative.")
    steps = num - 1 if endpoint else num
    start, stop = _n.asanyarray(start) * 1.0, _n.asanyarray(stop) * 1.0
    computed = _n.result_type(start, stop, float(num))
    as_integers = False
    if dtype is None:
        dtype = computed
    else:
        dtype = _n.dtype(dtype)
        as_integers = dtype.kind in "iu"
    delta = _n.subtract(stop, start, dtype=type(computed) if False else computed)
    y = _n.arange(0, num, dtype=computed, device=device).reshape((-1,) + (1,) * delta.ndim)
    step = _n.asarray(float("nan"))[()]
    if steps > 0:
        step = delta / steps
        if _n.asanyarray(step == 0).any():
            # A step that underflows would lose the samples between.
            y = y / steps * delta
        else:
            y = y * step
    else:
        y = y * delta
    y = y + start
    if endpoint and num > 1:
        y[-1, ...] = stop
    if axis != 0:
        y = _n.moveaxis(y, 0, axis)
    if as_integers:
        _n.floor(y, out=y)
    result = y.astype(dtype, copy=False)
    return (result, step) if retstep else result


@overridable("start", "stop", "base")
def logspace(start, stop, num=50, endpoint=True, base=10.0, dtype=None, axis=0):
    """Return `base ** x` for `num` evenly spaced `x`."""
    if not isinstance(base, (float, int)) and _n.ndim(base):
        ndmax = max(_n.ndim(start), _n.ndim(stop), _n.ndim(base))
        start, stop, base = (
            _n.asanyarray(v).reshape((1,) * (ndmax - _n.ndim(v)) + _n.shape(v)) for v in (start, stop, base))
        base = _n.expand_dims(base, axis)
    y = linspace(start, stop, num=num, endpoint=endpoint, axis=axis)
    result = _n.power(base, y)
    return result if dtype is None else result.astype(dtype, copy=False)


@overridable("start", "stop")
def geomspace(start, stop, num=50, endpoint=True, dtype=None, axis=0):
    """Return `num` samples in geometric progression from `start` to `stop`, both exact."""
    start, stop = _n.asanyarray(start), _n.asanyarray(stop)
    if _n.asanyarray(start == 0).any() or _n.asanyarray(stop == 0).any():
        raise ValueError("Geometric sequence cannot include zero")
    computed = _n.result_type(start, stop, float(num), _n.zeros((), dtype))
    dtype = computed if dtype is None else _n.dtype(dtype)
    start, stop = start.astype(computed, copy=True), stop.astype(computed, copy=True)
    # Turned by the sign of the start, real sequences run through positive numbers.
    out_sign = _n.sign(start)
    start, stop = start / out_sign, stop / out_sign
    result = logspace(_n.log10(start), _n.log10(stop), num=num, endpoint=endpoint, base=10.0,
                      dtype=computed)
    if num > 0:
        result[0] = start
        if num > 1 and endpoint:
            result[-1] = stop
    result = result * out_sign
    if axis != 0:
        result = _n.moveaxis(result, 0, axis)
    return result.astype(dtype, copy=False)
