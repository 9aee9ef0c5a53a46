"""Reductions that leave NaN out."""

import warnings

from .._core import numeric as np
from .._core._axes import normalize_axis_index  # noqa: F401
from .._core.overrides import overridable
from .._globals import _NoValue
from . import _quantiles

__all__ = [
    "nansum", "nanmax", "nanmin", "nanargmax", "nanargmin", "nanmean", "nanmedian", "nanpercentile",
    "nanvar", "nanstd", "nanprod", "nancumsum", "nancumprod", "nanquantile",
]


def _nan_mask(a, out=None):
    """A mask that is True where elements are not NaN; plainly True for types without NaN."""
    if a.dtype.kind not in "fc":
        return True
    mask = np.isnan(a, out=out)
    return np.invert(mask, out=mask) if isinstance(mask, np.ndarray) else np.invert(mask)


def _replace_nan(a, val):
    """A copy with NaN replaced, and where that was; the array itself and None for other types."""
    a = np.asanyarray(a)
    if a.dtype == np.dtype(object):
        mask = np.asarray(np.not_equal(a, a, dtype=bool))
    elif issubclass(a.dtype.type, np.inexact):
        mask = np.isnan(a)
    else:
        return a, None
    a = np.array(a, subok=True, copy=True)
    np.copyto(a, val, where=mask)
    return a, mask


def _copyto(a, val, mask):
    if isinstance(a, np.ndarray):
        np.copyto(a, val, where=mask, casting="unsafe")
        return a
    return a.dtype.type(val)


def _remove_nan_1d(arr1d, second_arr1d=None, overwrite_input=False):
    """The elements that are not NaN."""
    if arr1d.dtype == object:
        keep = ~np.not_equal(arr1d, arr1d, dtype=bool)
    else:
        keep = ~np.isnan(arr1d)
    if not keep.any():
        warnings.warn("All-NaN slice encountered", RuntimeWarning, stacklevel=6)
    return arr1d[keep], None if second_arr1d is None else second_arr1d[keep], True


def _divide_by_count(a, b, out=None):
    with np.errstate(invalid="ignore", divide="ignore"):
        if isinstance(a, np.ndarray):
            return np.divide(a, b, out=a if out is None else out, casting="unsafe")
        if out is None:
            try:
                return a.dtype.type(a / b)
            except AttributeError:
                return a / b
        return np.divide(a, b, out=out, casting="unsafe")


def _options(**given):
    return {name: value for name, value in given.items() if value is not _NoValue}


def _extreme(name, a, axis, out, options):
    ufunc = np.fmin if name == "nanmin" else np.fmax
    if type(a) is np.ndarray and a.dtype != np.dtype(object):
        result = ufunc.reduce(a, axis=axis, out=out, **options)
        if np.isnan(result).any():
            warnings.warn("All-NaN slice encountered", RuntimeWarning, stacklevel=3)
        return result
    filler = float("inf") if name == "nanmin" else -float("inf")
    a, mask = _replace_nan(a, filler)
    result = (np.amin if name == "nanmin" else np.amax)(a, axis=axis, out=out, **options)
    if mask is None:
        return result
    options.pop("initial", None)
    mask = np.all(mask, axis=axis, **options)
    if np.any(mask):
        result = _copyto(result, np.nan, mask)
        warnings.warn("All-NaN axis encountered", RuntimeWarning, stacklevel=3)
    return result


@overridable("a", "out")
def nanmin(a, axis=None, out=None, keepdims=_NoValue, initial=_NoValue, where=_NoValue):
    """The minimum, NaN left out."""
    a = a if isinstance(a, np.ndarray) else np.asanyarray(a)
    return _extreme("nanmin", a, axis, out, _options(keepdims=keepdims, initial=initial, where=where))


@overridable("a", "out")
def nanmax(a, axis=None, out=None, keepdims=_NoValue, initial=_NoValue, where=_NoValue):
    """The maximum, NaN left out."""
    a = a if isinstance(a, np.ndarray) else np.asanyarray(a)
    return _extreme("nanmax", a, axis, out, _options(keepdims=keepdims, initial=initial, where=where))


def _place_of_extreme(function, filler, a, axis, out, keepdims):
    a, mask = _replace_nan(a, filler)
    if mask is not None and mask.size:
        mask = np.all(mask, axis=axis)
        if np.any(mask):
            raise ValueError("All-NaN slice encountered")
    return function(a, axis=axis, out=out, **_options(keepdims=keepdims))


@overridable("a", "out")
def nanargmin(a, axis=None, out=None, *, keepdims=_NoValue):
    """The place of the minimum, NaN left out."""
    return _place_of_extreme(np.argmin, float("inf"), a, axis, out, keepdims)


@overridable("a", "out")
def nanargmax(a, axis=None, out=None, *, keepdims=_NoValue):
    """The place of the maximum, NaN left out."""
    return _place_of_extreme(np.argmax, -float("inf"), a, axis, out, keepdims)


@overridable("a", "out")
def nansum(a, axis=None, dtype=None, out=None, keepdims=_NoValue, initial=_NoValue, where=_NoValue):
    """The sum, with NaN as zero."""
    a, _ = _replace_nan(a, 0)
    return np.sum(a, axis=axis, dtype=dtype, out=out,
                  **_options(keepdims=keepdims, initial=initial, where=where))


@overridable("a", "out")
def nanprod(a, axis=None, dtype=None, out=None, keepdims=_NoValue, initial=_NoValue, where=_NoValue):
    """The product, with NaN as one."""
    a, _ = _replace_nan(a, 1)
    return np.prod(a, axis=axis, dtype=dtype, out=out,
                   **_options(keepdims=keepdims, initial=initial, where=where))


@overridable("a", "out")
def nancumsum(a, axis=None, dtype=None, out=None):
    """The cumulative sum, with NaN as zero."""
    return np.cumsum(_replace_nan(a, 0)[0], axis=axis, dtype=dtype, out=out)


@overridable("a", "out")
def nancumprod(a, axis=None, dtype=None, out=None):
    """The cumulative product, with NaN as one."""
    return np.cumprod(_replace_nan(a, 1)[0], axis=axis, dtype=dtype, out=out)


def _check_inexact(dtype, out):
    if dtype is not None and not issubclass(np.dtype(dtype).type, np.inexact):
        raise TypeError("If a is inexact, then dtype must be inexact")
    if out is not None and not issubclass(out.dtype.type, np.inexact):
        raise TypeError("If a is inexact, then out must be inexact")


@overridable("a", "out")
def nanmean(a, axis=None, dtype=None, out=None, keepdims=_NoValue, *, where=_NoValue):
    """The mean, NaN left out."""
    arr, mask = _replace_nan(a, 0)
    options = _options(keepdims=keepdims, where=where)
    if mask is None:
        return np.mean(arr, axis=axis, dtype=dtype, out=out, **options)
    _check_inexact(dtype, out)
    count = np.sum(~mask, axis=axis, dtype=np.intp, **options)
    total = np.sum(arr, axis=axis, dtype=dtype, out=out, **options)
    mean = _divide_by_count(total, count, out=out)
    if (count == 0).any():
        warnings.warn("Mean of empty slice", RuntimeWarning, stacklevel=2)
    return mean


@overridable("a", "out")
def nanvar(a, axis=None, dtype=None, out=None, ddof=0, keepdims=_NoValue, *, where=_NoValue,
           mean=_NoValue, correction=_NoValue):
    """The variance, NaN left out."""
    arr, mask = _replace_nan(a, 0)
    if correction is not _NoValue:
        if ddof != 0:
            raise ValueError("ddof and correction can't be provided simultaneously.")
        ddof = correction
    if mask is None:
        return np.var(arr, axis=axis, dtype=dtype, out=out, ddof=ddof,
                      **_options(keepdims=keepdims, where=where, mean=mean))
    _check_inexact(dtype, out)
    kept = _options(where=where)
    # Subclasses such as matrix may not take `keepdims`, and keep their dimensions anyway.
    try:
        count = np.sum(~mask, axis=axis, dtype=np.intp, keepdims=True, **kept)
        if mean is not _NoValue:
            average = mean
        else:
            average = np.sum(arr, axis=axis, dtype=dtype, keepdims=True, **kept)
            average = _divide_by_count(average, count)
    except TypeError:
        count = np.sum(~mask, axis=axis, dtype=np.intp, **kept)
        average = _divide_by_count(np.sum(arr, axis=axis, dtype=dtype, **kept), count)
    np.subtract(arr, average, out=arr, casting="unsafe")
    arr = _copyto(arr, 0, mask)
    if issubclass(arr.dtype.type, np.complexfloating):
        squares = np.multiply(arr, arr.conj(), out=arr).real
    else:
        squares = np.multiply(arr, arr, out=arr)
    var = np.sum(squares, axis=axis, dtype=dtype, out=out, **_options(keepdims=keepdims, where=where))
    try:
        var_ndim = var.ndim
    except AttributeError:
        var_ndim = np.ndim(var)
    if var_ndim < count.ndim:
        count = count.squeeze(axis)
    freedom = count - ddof
    var = _divide_by_count(var, freedom)
    lost = freedom <= 0
    if np.any(lost):
        warnings.warn("Degrees of freedom <= 0 for slice.", RuntimeWarning, stacklevel=2)
        var = _copyto(var, np.nan, lost)
    return var


@overridable("a", "out")
def nanstd(a, axis=None, dtype=None, out=None, ddof=0, keepdims=_NoValue, *, where=_NoValue,
           mean=_NoValue, correction=_NoValue):
    """The standard deviation, NaN left out."""
    var = nanvar(a, axis=axis, dtype=dtype, out=out, ddof=ddof, keepdims=keepdims, where=where, mean=mean,
                 correction=correction)
    if isinstance(var, np.ndarray):
        return np.sqrt(var, out=var)
    if hasattr(var, "dtype"):
        return var.dtype.type(np.sqrt(var))
    return np.sqrt(var)


def _nanmedian_1d(arr1d):
    kept, _, _ = _remove_nan_1d(arr1d)
    if kept.size == 0:
        return arr1d[-1]
    return _quantiles.median(kept, overwrite_input=True)


def _nanmedian(a, axis=None, out=None, overwrite_input=False):
    if axis is None or a.ndim == 1:
        part = a.ravel()
        if out is None:
            return _nanmedian_1d(part)
        out[...] = _nanmedian_1d(part)
        return out
    from ._shape_base_impl import apply_along_axis

    result = apply_along_axis(_nanmedian_1d, axis, a)
    if out is not None:
        out[...] = result
        return out
    return result


@overridable("a", "out")
def nanmedian(a, axis=None, out=None, overwrite_input=False, keepdims=_NoValue):
    """The median, NaN left out."""
    a = np.asanyarray(a)
    if a.size == 0:
        return nanmean(
            a, axis, out=out, keepdims=keepdims)
    return _quantiles._ureduce(
        a, func=_nanmedian, keepdims=False if keepdims is _NoValue else keepdims, axis=axis, out=out,
        overwrite_input=overwrite_input)


def _nanquantile_1d(arr1d, q, method, weights=None):
    kept, weights, _ = _remove_nan_1d(arr1d, second_arr1d=weights)
    if kept.size == 0:
        return np.full(q.shape, arr1d[-1])[()]
    return _quantiles._quantile(kept, q, axis=0, method=method, weights=weights)


def _nanquantile(a, q, axis=None, method="linear", out=None, overwrite_input=False, weights=None):
    if axis is None or a.ndim == 1:
        result = _nanquantile_1d(a.ravel(), q, method, None if weights is None else weights.ravel())
    else:
        a = np.moveaxis(a, axis, -1)
        w = None if weights is None else np.moveaxis(weights, axis, -1)
        rows = a.reshape(-1, a.shape[-1])
        found = [_nanquantile_1d(row, q, method, None if w is None else w.reshape(rows.shape)[i])
                 for i, row in enumerate(rows)]
        result = np.stack(found, axis=-1).reshape(q.shape + a.shape[:-1])
    if out is not None:
        out[...] = result
        return out
    return result


def _nan_quantiles(a, q, axis, out, overwrite_input, method, keepdims, weights):
    if a.size == 0:
        return nanmean(a, axis, out=out, keepdims=keepdims)
    if weights is not None and weights.shape != a.shape:
        from ._stride_tricks_impl import broadcast_to

        weights = broadcast_to(weights, a.shape)
    keep = False if keepdims is _NoValue else keepdims
    if method not in _quantiles._METHODS:
        raise ValueError(
            f"{method!r} is not a valid method. Use one of: dict_keys({list(_quantiles._METHODS)})")
    from .._core._axes import normalize_axis_tuple

    axes = tuple(range(a.ndim)) if axis is None else normalize_axis_tuple(axis, a.ndim)
    rest = [i for i in range(a.ndim) if i not in axes]
    shape = tuple(a.shape[i] for i in rest) + (-1,)
    merged = a.transpose(rest + list(axes)).reshape(shape)
    w = None if weights is None else weights.transpose(rest + list(axes)).reshape(shape)
    result = np.asanyarray(_nanquantile(merged, q, axis=-1, method=method, weights=w))
    if keep:
        result = result.reshape(q.shape + tuple(1 if i in axes else n for i, n in enumerate(a.shape)))
    if out is not None:
        out[...] = result
        return out
    return result[()] if result.ndim == 0 else result


@overridable("a", "q", "out", "weights")
def nanpercentile(a, q, axis=None, out=None, overwrite_input=False, method="linear", keepdims=_NoValue, *,
                  weights=None):
    """Percentiles, NaN left out."""
    a = np.asanyarray(a)
    if a.dtype.kind == "c":
        raise TypeError("a must be an array of real numbers")
    q = np.asanyarray(_quantiles._fractions(a, q, 100))
    if not _quantiles._quantile_is_valid(q):
        raise ValueError("Percentiles must be in the range [0, 100]")
    return _nan_quantiles(a, q, axis, out, overwrite_input, method, keepdims,
                          _quantiles._weights(a, q, axis, method, weights))


@overridable("a", "q", "out", "weights")
def nanquantile(a, q, axis=None, out=None, overwrite_input=False, method="linear", keepdims=_NoValue, *,
                weights=None):
    """Quantiles, NaN left out."""
    a = np.asanyarray(a)
    if a.dtype.kind == "c":
        raise TypeError("a must be an array of real numbers")
    q = np.asanyarray(_quantiles._fractions(a, q, 1))
    if not _quantiles._quantile_is_valid(q):
        raise ValueError("Quantiles must be in the range [0, 1]")
    return _nan_quantiles(a, q, axis, out, overwrite_input, method, keepdims,
                          _quantiles._weights(a, q, axis, method, weights))
