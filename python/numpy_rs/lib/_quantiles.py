"""Medians, quantiles and percentiles."""

from .._core import numeric as np
from .._core._axes import normalize_axis_index, normalize_axis_tuple
from .._core.overrides import overridable

__all__ = ["median", "percentile", "quantile"]


def _plotting(alpha, beta):
    """Virtual indices of the continuous methods, from the constants of the plotting position."""
    return lambda n, q: n * q + (alpha + q * (1 - alpha - beta)) - 1


def _as_is(gamma, index):
    return gamma


def _stepped(at_zero):
    """Between two samples only the choice of one: `at_zero` where the index falls on a sample."""
    return lambda gamma, index: np.where(gamma == 0, at_zero, 1.0)


def _closest(gamma, index):
    return np.where((gamma == 0) & (np.floor(index) % 2 == 1), 0.0, 1.0)


def _between(fixed):
    return lambda gamma, index: np.where(index % 1 == 0, 0.0, fixed)


# method -> (virtual index of n samples, weight of the upper sample)
_METHODS = {
    "inverted_cdf": (lambda n, q: n * q - 1, _stepped(0.0)),
    "averaged_inverted_cdf": (lambda n, q: n * q - 1, _stepped(0.5)),
    "closest_observation": (lambda n, q: n * q - 1 - 0.5, _closest),
    "interpolated_inverted_cdf": (_plotting(0, 1), _as_is),
    "hazen": (_plotting(0.5, 0.5), _as_is),
    "weibull": (_plotting(0, 0), _as_is),
    "linear": (lambda n, q: (n - 1) * q, _as_is),
    "median_unbiased": (_plotting(1 / 3.0, 1 / 3.0), _as_is),
    "normal_unbiased": (_plotting(3 / 8.0, 3 / 8.0), _as_is),
    "lower": (lambda n, q: np.floor((n - 1) * q), _as_is),
    "higher": (lambda n, q: np.ceil((n - 1) * q), _as_is),
    "midpoint": (lambda n, q: (n - 1) * q, _between(0.5)),
    "nearest": (lambda n, q: np.rint((n - 1) * q), _as_is),
}
_QuantileMethods = _METHODS


def _ureduce(a, func, keepdims=False, **kwargs):
    """Call a reduction over one axis (or none) as one over any axes."""
    a = np.asanyarray(a)
    axis, out = kwargs.get("axis"), kwargs.get("out")
    if axis is not None:
        axes = normalize_axis_tuple(axis, a.ndim)
        kept = tuple(1 if i in axes else n for i, n in enumerate(a.shape))
        if len(axes) == 1:
            kwargs["axis"] = axes[0]
        elif not axes:
            kwargs["axis"] = -1
            a = a.reshape(a.shape + (1,))
        else:
            rest = [i for i in range(a.ndim) if i not in axes]
            a = a.transpose(rest + list(axes))
            a = a.reshape(a.shape[:len(rest)] + (-1,))
            kwargs["axis"] = -1
    else:
        kept = (1,) * a.ndim
    if keepdims and out is not None:
        kwargs["out"] = out[(Ellipsis,) + tuple(0 if n == 1 and (axis is None or i in axes) else slice(None)
                                                 for i, n in enumerate(kept))]
    result = func(a, **kwargs)
    if out is not None:
        return out
    if keepdims:
        lead = np.ndim(result) - (len(kept) - (len(kept) if axis is None else len(axes)))
        shape = np.shape(result)[:max(lead, 0)] + kept
        result = np.asanyarray(result).reshape(shape)
    return result


@overridable("a", "out")
def median(a, axis=None, out=None, overwrite_input=False, keepdims=False):
    """The middle of the sorted values, or the mean of the two in the middle."""
    return _ureduce(a, func=_median, keepdims=keepdims, axis=axis, out=out,
                    overwrite_input=overwrite_input)


def _median(a, axis=None, out=None, overwrite_input=False):
    a = np.asanyarray(a)
    n = a.size if axis is None else a.shape[axis]
    half = n // 2
    wanted = [half - 1, half] if n % 2 == 0 else [half]
    has_nan = a.dtype.kind in "fcmM" or (a.dtype.kind == "V")
    places = wanted + [-1] if has_nan else wanted
    if n == 0:
        places = [-1] if has_nan else []
    if overwrite_input:
        part = a.ravel() if axis is None else a
        if n:
            part.partition(places, axis=-1 if axis is None else axis)
    else:
        part = np.partition(a, places, axis=axis) if n else (a.ravel() if axis is None else a)
    if part.shape == ():
        return part.item() if part.dtype.kind not in "mMV" else part[()]
    axis = 0 if axis is None else axis
    pick = [slice(None)] * part.ndim
    if n % 2 == 1:
        pick[axis] = slice(half, half + 1)  # a slice, so that 0-d results keep their type
    else:
        pick[axis] = slice(half - 1, half + 1)
    pick = tuple(pick)
    middle = part[pick]
    result = np.mean(middle, axis=axis, out=out)
    if has_nan and n > 0:
        result = _spoil_by_nan(part, result, axis)
    return result


def _spoil_by_nan(data, result, axis):
    """NaN where the last of the partitioned values, and so any value, is NaN."""
    last = np.take(data, -1, axis=axis)
    is_nan = np.isnat(last) if data.dtype.kind in "mM" else np.isnan(last)
    if not np.any(is_nan):
        return result
    if isinstance(result, np.ndarray) and result.ndim:
        np.copyto(result, last, where=is_nan, casting="unsafe")
        return result
    if isinstance(result, np.ndarray):
        result[...] = last
        return result
    return result.dtype.type(last) if hasattr(result, "dtype") else last


def _checked_q(q, upper):
    if isinstance(q, np.ndarray) and q.ndim == 1 and q.size < 10:
        return all(0 <= value <= upper for value in q.tolist())
    return bool(np.all((q >= 0) & (q <= upper)))


def _quantile_is_valid(q):
    return _checked_q(q, 1.0)


def _weights(a, q, axis, method, weights):
    if weights is None:
        return None
    if method != "inverted_cdf":
        raise ValueError(f"Only method 'inverted_cdf' supports weights. Got: {method}.")
    from ._statistics import _weights_for

    if axis is not None:
        axis = normalize_axis_tuple(axis, a.ndim, argname="axis")
    weights = _weights_for(a, weights, axis)
    if np.any(weights < 0):
        raise ValueError("Weights must be non-negative.")
    return weights


def _fractions(a, q, scale):
    """`q` as fractions in the precision of the data."""
    if isinstance(q, (int, float)) and a.dtype.kind == "f":
        q = np.asanyarray(q, dtype=a.dtype)
        return np.true_divide(q, a.dtype.type(scale)) if scale != 1 else q
    q = np.asanyarray(q)
    return np.true_divide(q, scale) if scale != 1 else q


@overridable("a", "q", "out", "weights")
def percentile(a, q, axis=None, out=None, overwrite_input=False, method="linear", keepdims=False, *,
               weights=None):
    """Values below which given percentages of the data lie."""
    a = np.asanyarray(a)
    if a.dtype.kind == "c":
        raise TypeError("a must be an array of real numbers")
    q = np.asanyarray(_fractions(a, q, 100))
    if not _checked_q(q, 1.0):
        raise ValueError("Percentiles must be in the range [0, 100]")
    return _unchecked(a, q, axis, out, overwrite_input, method, keepdims,
                      _weights(a, q, axis, method, weights))


@overridable("a", "q", "out", "weights")
def quantile(a, q, axis=None, out=None, overwrite_input=False, method="linear", keepdims=False, *,
             weights=None):
    """Values below which given fractions of the data lie."""
    a = np.asanyarray(a)
    if a.dtype.kind == "c":
        raise TypeError("a must be an array of real numbers")
    q = np.asanyarray(_fractions(a, q, 1))
    if not _checked_q(q, 1.0):
        raise ValueError("Quantiles must be in the range [0, 1]")
    return _unchecked(a, q, axis, out, overwrite_input, method, keepdims,
                      _weights(a, q, axis, method, weights))


def _unchecked(a, q, axis=None, out=None, overwrite_input=False, method="linear", keepdims=False,
               weights=None):
    if method not in _METHODS:
        names = list(_METHODS)
        raise ValueError(f"{method!r} is not a valid method. Use one of: dict_keys({names})")
    a = np.asanyarray(a)
    if weights is not None and weights.shape != a.shape:
        from ._stride_tricks_impl import broadcast_to

        weights = broadcast_to(weights, a.shape)
    if weights is not None and (axis is None or isinstance(axis, tuple)):
        # Weights are merged over the same axes as the data.
        axes = tuple(range(a.ndim)) if axis is None else normalize_axis_tuple(axis, a.ndim)
        rest = [i for i in range(a.ndim) if i not in axes]
        shape = tuple(a.shape[i] for i in rest) + (-1,)
        flat = [x.transpose(rest + list(axes)).reshape(shape) for x in (a, weights)]
        result = _quantile(flat[0], q, axis=-1, method=method, weights=flat[1])
        if keepdims:
            result = np.asanyarray(result).reshape(
                q.shape + tuple(1 if i in axes else n for i, n in enumerate(a.shape)))
        if out is not None:
            out[...] = result
            return out
        return result
    if keepdims:
        axes = tuple(range(a.ndim)) if axis is None else normalize_axis_tuple(axis, a.ndim)
        result = _ureduce(a, func=_quantile, axis=axis, q=q, weights=weights,
                          overwrite_input=overwrite_input, method=method)
        result = np.asanyarray(result).reshape(
            q.shape + tuple(1 if i in axes else n for i, n in enumerate(a.shape)))
        if out is not None:
            out[...] = result
            return out
        return result
    return _ureduce(a, func=_quantile, q=q, weights=weights, axis=axis, out=out,
                    overwrite_input=overwrite_input, method=method)


def _lerp(a, b, t, out=None):
    """Between a and b, exact at both ends and never beyond them."""
    difference = np.subtract(b, a)
    result = np.asanyarray(np.add(a, difference * t, out=out))
    late = np.subtract(b, difference * (1 - t))
    np.copyto(result, late, where=np.asanyarray(t >= 0.5), casting="unsafe")
    return result[()] if result.ndim == 0 and out is None else result


def _quantile(a, q, axis=-1, method="linear", out=None, overwrite_input=False, weights=None):
    if axis is None:
        a = a.ravel() if overwrite_input else a.flatten()
        weights = None if weights is None else weights.flatten()
        axis = 0
    elif not overwrite_input:
        a = a.copy()
    q = np.asanyarray(q)
    if q.ndim > 2:
        raise ValueError("q must be a scalar or 1d")
    axis = normalize_axis_index(axis, a.ndim)
    if axis != 0:
        a = np.moveaxis(a, axis, 0)
        weights = None if weights is None else np.moveaxis(weights, axis, 0)
    n = a.shape[0]
    if weights is not None:
        return _weighted(a, q, weights, out)
    can_be_nan = a.dtype.kind in "fcmMO"
    if n == 0:
        raise IndexError("index -1 is out of bounds for axis 0 with size 0")
    virtual_of, fix = _METHODS[method]
    virtual = np.asanyarray(virtual_of(n, q))
    exact = method in ("lower", "higher", "nearest")
    if exact:
        index = virtual.astype(np.intp)
        low = np.clip(index, 0, n - 1)
        needed = sorted(set(low.ravel().tolist()))
        a.partition(needed + [n - 1] if can_be_nan else needed, axis=0)
        result = np.take(a, low, axis=0)
        if out is not None:
            out[...] = result
            result = out
    else:
        low = np.floor(virtual)
        high = low + 1
        gamma = np.asanyarray(fix(virtual - low, virtual))
        above, below = virtual >= n - 1, virtual < 0
        low = np.where(below, 0, np.where(above, n - 1, low)).astype(np.intp)
        high = np.where(below, 0, np.where(above, n - 1, high)).astype(np.intp)
        needed = sorted({0, n - 1, *low.ravel().tolist(), *high.ravel().tolist()})
        a.partition(needed, axis=0)
        before, after = np.take(a, low, axis=0), np.take(a, high, axis=0)
        gamma = gamma.reshape(gamma.shape + (1,) * (np.ndim(before) - gamma.ndim))
        if a.dtype.kind == "f" and gamma.dtype != a.dtype and np.result_type(q, a.dtype) == a.dtype:
            gamma = gamma.astype(a.dtype)
        if method in ("inverted_cdf", "closest_observation"):
            result = np.where(gamma < 0.5, before, after)
            if out is not None:
                out[...] = result
                result = out
            elif result.ndim == 0:
                result = result[()]
        else:
            result = _lerp(before, after, gamma, out=out)
    if can_be_nan and a.dtype.kind != "O":
        last = np.take(a, -1, axis=0)
        bad = np.isnat(last) if a.dtype.kind in "mM" else np.isnan(last)
        if np.any(bad):
            if np.ndim(result) == 0 and not isinstance(result, np.ndarray):
                result = last
            else:
                np.copyto(result, last, where=bad, casting="unsafe")
    return result


def _weighted(a, q, weights, out):
    """Quantiles of weighted samples: the first whose share of the weight reaches q."""
    if weights.shape != a.shape:
        from ._stride_tricks_impl import broadcast_to

        weights = broadcast_to(weights, a.shape)
    order = np.argsort(a, axis=0, kind="stable")
    from ._shape_base_impl import take_along_axis

    a = take_along_axis(a, order, axis=0)
    weights = take_along_axis(weights, order, axis=0)
    share = weights.cumsum(axis=0, dtype=np.float64)
    with np.errstate(all="ignore"):
        share = share / share[-1, ...]
    n = a.shape[0]
    flat_a, flat_share = a.reshape(n, -1), share.reshape(n, -1)
    flat_w = weights.reshape(n, -1)
    result = np.empty((q.size, flat_a.shape[1]), dtype=a.dtype)
    for column in range(flat_a.shape[1]):
        values, cdf = flat_a[:, column], flat_share[:, column]
        place = np.searchsorted(cdf, q.ravel(), side="left")
        # Samples of no weight are not in the data.
        place = np.where(q.ravel() == 0, np.argmax(flat_w[:, column] > 0), place)
        result[:, column] = values[np.minimum(place, n - 1)]
        if values.dtype.kind == "f" and np.isnan(values[-1]):
            result[:, column] = values[-1]
    result = result.reshape(q.shape + a.shape[1:])
    if out is not None:
        out[...] = result
        return out
    return result[()] if result.ndim == 0 else result
