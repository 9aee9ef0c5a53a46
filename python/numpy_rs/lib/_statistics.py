"""Averages, covariances and counting into bins."""

from .._core import numeric as np
from .._core._axes import normalize_axis_tuple
from .._core.overrides import overridable
from .._globals import _NoValue

__all__ = ["average", "corrcoef", "cov", "digitize"]


def _weights_for(a, weights, axis):
    """Weights shaped to broadcast against the array."""
    w = np.asanyarray(weights)
    if a.shape == w.shape:
        return w
    if axis is None:
        raise TypeError("Axis must be specified when shapes of a and weights differ.")
    if w.shape != tuple(a.shape[ax] for ax in axis):
        raise ValueError("Shape of weights must be consistent with shape of a along specified axis.")
    w = w.transpose(np.argsort(np.asarray(axis)).tolist())
    return w.reshape(tuple(n if ax in axis else 1 for ax, n in enumerate(a.shape)))


@overridable("a", "weights")
def average(a, axis=None, weights=None, returned=False, *, keepdims=_NoValue):
    """The weighted mean."""
    a = np.asanyarray(a)
    if axis is not None:
        axis = normalize_axis_tuple(axis, a.ndim, argname="axis")
    options = {} if keepdims is _NoValue else {"keepdims": keepdims}
    if weights is None:
        mean = np.asanyarray(a.mean(axis, **options))
        total = mean.dtype.type(a.size / mean.size) if mean.size else mean.dtype.type(0)
    else:
        w = _weights_for(a, weights, axis)
        if issubclass(a.dtype.type, (np.integer, np.bool)):
            dtype = np.result_type(a.dtype, w.dtype, "f8")
        else:
            dtype = np.result_type(a.dtype, w.dtype)
        total = w.sum(axis=axis, dtype=dtype, **options)
        if np.any(total == 0.0):
            raise ZeroDivisionError("Weights sum to zero, can't be normalized")
        mean = np.asanyarray(np.multiply(a, w, dtype=dtype).sum(axis, **options) / total)
    if returned:
        total = np.asanyarray(total)
        if total.shape != mean.shape:
            from ._stride_tricks_impl import broadcast_to

            total = broadcast_to(total, mean.shape).copy()
        return mean[()] if mean.ndim == 0 else mean, total[()] if total.ndim == 0 else total
    return mean[()] if mean.ndim == 0 else mean


@overridable("m", "y", "fweights", "aweights")
def cov(m, y=None, rowvar=True, bias=False, ddof=None, fweights=None, aweights=None, *, dtype=None):
    """The covariance matrix of variables in rows (or columns)."""
    import warnings

    if ddof is not None and ddof != int(ddof):
        raise ValueError("ddof must be integer")
    m = np.asarray(m)
    if m.ndim > 2:
        raise ValueError("m has more than 2 dimensions")
    if y is not None:
        y = np.asarray(y)
        if y.ndim > 2:
            raise ValueError("y has more than 2 dimensions")
    if dtype is None:
        dtype = np.result_type(m, np.float64) if y is None else np.result_type(m, y, np.float64)
    X = np.array(m, ndmin=2, dtype=dtype)
    if not rowvar and m.ndim != 1:
        X = X.T
    if X.shape[0] == 0:
        return np.array([]).reshape(0, 0)
    if y is not None:
        y = np.array(y, copy=None, ndmin=2, dtype=dtype)
        if not rowvar and y.shape[0] != 1:
            y = y.T
        X = np.concatenate((X, y), axis=0)
    if ddof is None:
        ddof = 0 if bias else 1
    w = None
    if fweights is not None:
        fweights = np.asarray(fweights, dtype=float)
        if not np.all(fweights == np.rint(fweights)):
            raise TypeError("fweights must be integer")
        if fweights.ndim > 1:
            raise RuntimeError("cannot handle multidimensional fweights")
        if fweights.shape[0] != X.shape[1]:
            raise RuntimeError("incompatible numbers of samples and fweights")
        if any(fweights < 0):
            raise ValueError("fweights cannot be negative")
        w = fweights
    if aweights is not None:
        aweights = np.asarray(aweights, dtype=float)
        if aweights.ndim > 1:
            raise RuntimeError("cannot handle multidimensional aweights")
        if aweights.shape[0] != X.shape[1]:
            raise RuntimeError("incompatible numbers of samples and aweights")
        if any(aweights < 0):
            raise ValueError("aweights cannot be negative")
        w = aweights if w is None else w * aweights
    mean, total = average(X, axis=1, weights=w, returned=True)
    total = total[0]
    if w is None:
        factor = X.shape[1] - ddof
    elif ddof == 0:
        factor = total
    elif aweights is None:
        factor = total - ddof
    else:
        factor = total - ddof * np.sum(w * aweights) / total
    if factor <= 0:
        warnings.warn("Degrees of freedom <= 0 for slice", RuntimeWarning, stacklevel=2)
        factor = 0.0
    X -= mean[:, None]
    right = X.T if w is None else (X * w).T
    result = np.dot(X, right.conj())
    result *= np.true_divide(1, factor)
    return result.squeeze()


@overridable("x", "y")
def corrcoef(x, y=None, rowvar=True, *, dtype=None):
    """The correlation coefficients of variables in rows (or columns)."""
    c = cov(x, y, rowvar, dtype=dtype)
    try:
        d = np.diagonal(c)
    except ValueError:
        return c / c  # one variable correlates fully with itself, or is NaN
    deviation = np.sqrt(d.real)
    c /= deviation[:, None]
    c /= deviation[None, :]
    np.clip(c.real, -1, 1, out=c.real)
    if issubclass(c.dtype.type, np.complexfloating):
        np.clip(c.imag, -1, 1, out=c.imag)
    return c


@overridable("x", "bins")
def digitize(x, bins, right=False):
    """The numbers of the bins that hold the values."""
    x, bins = np.asarray(x), np.asarray(bins)
    if issubclass(x.dtype.type, np.complexfloating):
        raise TypeError("x may not be complex")
    direction = _direction(bins)
    if direction == 0:
        raise ValueError("bins must be monotonically increasing or decreasing")
    side = "left" if right else "right"
    if direction == -1:
        return len(bins) - np.searchsorted(bins[::-1], x, "right" if right else "left")
    return np.searchsorted(bins, x, side)


def _direction(bins):
    """1 for rising (or constant) bins, -1 for falling, 0 for neither."""
    if bins.ndim != 1:
        raise ValueError("object too deep for desired array" if bins.ndim > 1 else
                         "object of too small depth for desired array")
    if np.all(bins[1:] >= bins[:-1]):
        return 1
    return -1 if np.all(bins[1:] <= bins[:-1]) else 0
