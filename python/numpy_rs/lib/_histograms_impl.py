"""Histograms of one and of several variables."""

import operator

from .._core import numeric as np
from .._core.overrides import overridable, array_function_dispatch as _dispatch

__all__ = ["histogram", "histogram_bin_edges", "histogramdd"]


def _ptp(x):
    return _unsigned_subtract(x.max(), x.min())


def _sqrt(x, range):
    return _ptp(x) / np.sqrt(x.size)


def _sturges(x, range):
    return _ptp(x) / (np.log2(x.size) + 1.0)


def _rice(x, range):
    return _ptp(x) / (2.0 * x.size ** (1.0 / 3))


def _scott(x, range):
    return (24.0 * np.pi ** 0.5 / x.size) ** (1.0 / 3.0) * np.std(x)


def _stone(x, range):
    n, width = x.size, _ptp(x)
    if n <= 1 or width == 0:
        return 0

    def risk(bins):
        h = width / bins
        share = histogram(x, bins=bins, range=range)[0] / n
        return (2 - (n + 1) * share.dot(share)) / h

    most = max(100, int(np.sqrt(n)))
    counts = list(builtin_range(1, most + 1))
    best = min(counts, key=risk)
    if best == most:
        import warnings

        warnings.warn("The number of bins estimated may be suboptimal.", RuntimeWarning, stacklevel=3)
    return width / best


builtin_range = range


def _doane(x, range):
    if x.size > 2:
        skew_error = np.sqrt(6.0 * (x.size - 2) / ((x.size + 1.0) * (x.size + 3)))
        sigma = np.std(x)
        if sigma > 0:
            skew = np.mean(((x - np.mean(x)) / sigma) ** 3)
            return _ptp(x) / (1.0 + np.log2(x.size) + np.log2(1.0 + np.absolute(skew) / skew_error))
    return 0.0


def _fd(x, range):
    from ._quantiles import percentile

    return 2.0 * np.subtract(*percentile(x, [75, 25])) * x.size ** (-1.0 / 3.0)


def _auto(x, range):
    fd, sturges = _fd(x, range), _sturges(x, range)
    sqrt = _sqrt(x, range)
    # Where the quartiles coincide, the first rule says nothing, and a floor keeps bins from
    # growing without bound.
    fd = max(fd, sqrt / 2)
    return min(fd, sturges)


_hist_bin_selectors = {
    "stone": _stone, "auto": _auto, "doane": _doane, "fd": _fd, "rice": _rice, "scott": _scott,
    "sqrt": _sqrt, "sturges": _sturges,
}


def _unsigned_subtract(a, b):
    """`a - b` for `a >= b`, without overflow of signed integers."""
    unsigned = {np.int8: np.uint8, np.int16: np.uint16, np.int32: np.uint32, np.int64: np.uint64}
    dtype = np.result_type(a, b)
    wide = unsigned.get(dtype.type)
    if wide is None and dtype.kind == "i":
        wide = {1: np.uint8, 2: np.uint16, 4: np.uint32, 8: np.uint64}[dtype.itemsize]
    if wide is None:
        return np.subtract(a, b, dtype=dtype)
    return np.subtract(np.asarray(a, dtype=dtype), np.asarray(b, dtype=dtype), casting="unsafe", dtype=wide)


def _ravel_and_check_weights(a, weights):
    a = np.asarray(a)
    if a.dtype == np.dtype(bool):
        import warnings

        warnings.warn(
            f"Converting input from {a.dtype} to {np.dtype(np.uint8)} for compatibility.",
            RuntimeWarning, stacklevel=4)
        a = a.astype(np.uint8)
    if weights is not None:
        weights = np.asarray(weights)
        if weights.shape != a.shape:
            raise ValueError("weights should have the same shape as a.")
        weights = weights.ravel()
    return a.ravel(), weights


def _outer_edges(a, range):
    if range is not None:
        first, last = range
        if first > last:
            raise ValueError("max must be larger than min in range parameter.")
        if not (np.isfinite(first) and np.isfinite(last)):
            raise ValueError(f"supplied range of [{first}, {last}] is not finite")
    elif a.size == 0:
        first, last = 0, 1
    else:
        first, last = a.min(), a.max()
        if not (np.isfinite(first) and np.isfinite(last)):
            raise ValueError(f"autodetected range of [{first}, {last}] is not finite")
    if first == last:
        first, last = first - 0.5, last + 0.5
    return first, last


def _bin_edges(a, bins, range, weights):
    """The edges, and `(first, last, count)` where all bins are equally wide."""
    count = edges = None
    if isinstance(bins, str):
        if bins not in _hist_bin_selectors:
            raise ValueError(f"{bins!r} is not a valid estimator for `bins`")
        if weights is not None:
            raise TypeError("Automated estimation of the number of bins is not supported for weighted data")
        first, last = _outer_edges(a, range)
        if range is not None:
            keep = (a >= first) & (a <= last)
            if not np.logical_and.reduce(keep):
                a = a[keep]
        if a.size == 0:
            count = 1
        else:
            width = _hist_bin_selectors[bins](a, (first, last))
            if width:
                if a.dtype.kind in "iu" and width < 1:
                    width = 1
                delta = _unsigned_subtract(last, first)
                count = int(np.ceil(delta / width))
            else:
                count = 1
    elif np.ndim(bins) == 0:
        try:
            count = operator.index(bins)
        except TypeError as error:
            raise TypeError("`bins` must be an integer, a string, or an array") from error
        if count < 1:
            raise ValueError("`bins` must be positive, when an integer")
        first, last = _outer_edges(a, range)
    elif np.ndim(bins) == 1:
        edges = np.asarray(bins)
        if np.any(edges[:-1] > edges[1:]):
            raise ValueError("`bins` must increase monotonically, when an array")
    else:
        raise ValueError("`bins` must be 1d, when an array")
    if count is None:
        return edges, None
    from .._core.function_base import linspace

    dtype = np.result_type(first, last, a)
    if dtype.kind in "iub":
        dtype = np.result_type(dtype, float)
    edges = linspace(first, last, count + 1, endpoint=True, dtype=dtype)
    if np.any(edges[:-1] >= edges[1:]):
        raise ValueError(
            f"Too many bins for data range. Cannot create {count} finite-sized bins.")
    return edges, (first, last, count)


@overridable("a", "bins", "weights")
def histogram_bin_edges(a, bins=10, range=None, weights=None):
    """The edges that `histogram` would use."""
    a, weights = _ravel_and_check_weights(a, weights)
    return _bin_edges(a, bins, range, weights)[0]


@overridable("a", "bins", "weights")
def histogram(a, bins=10, range=None, density=None, weights=None):
    """Count values in bins; the last bin includes its upper edge."""
    a, weights = _ravel_and_check_weights(a, weights)
    edges, uniform = _bin_edges(a, bins, range, weights)
    dtype = np.dtype(np.intp) if weights is None else weights.dtype
    block = 65536
    simple = weights is None or np.can_cast(weights.dtype, np.float64) or np.can_cast(weights.dtype, complex)
    if uniform is not None and simple:
        first, last, count = uniform
        totals = np.zeros(count, dtype)
        extent = _unsigned_subtract(last, first)
        for start in builtin_range(0, len(a), block):
            part = a[start:start + block]
            w = None if weights is None else weights[start:start + block]
            keep = (part >= first) & (part <= last)
            if not np.logical_and.reduce(keep):
                part = part[keep]
                w = None if w is None else w[keep]
            part = part.astype(edges.dtype, copy=False)
            place = ((_unsigned_subtract(part, first) / extent) * count).astype(np.intp)
            place[place == count] -= 1
            # Rounding may have put a value one bin off.
            place[part < edges[place]] -= 1
            place[(part >= edges[place + 1]) & (place != count - 1)] += 1
            if dtype.kind == "c":
                totals.real += np.bincount(place, weights=w.real, minlength=count)
                totals.imag += np.bincount(place, weights=w.imag, minlength=count)
            else:
                totals += np.bincount(place, weights=w, minlength=count).astype(dtype)
    else:
        sums = np.zeros(edges.shape, dtype)
        if weights is None:
            for start in builtin_range(0, len(a), block):
                part = np.sort(a[start:start + block])
                sums += _below(part, edges)
        else:
            zero = np.zeros(1, dtype=dtype)
            for start in builtin_range(0, len(a), block):
                part, w = a[start:start + block], weights[start:start + block]
                order = np.argsort(part)
                running = np.concatenate((zero, w[order].cumsum()))
                sums += running[_below(part[order], edges)]
        totals = sums[1:] - sums[:-1]
    if density:
        widths = np.array(edges[1:] - edges[:-1], float)
        return totals / widths / totals.sum(), edges
    return totals, edges


def _below(ordered, edges):
    return np.concatenate((ordered.searchsorted(edges[:-1], "left"),
                           ordered.searchsorted(edges[-1:], "right")))


def _histogramdd_dispatcher(sample, bins=None, range=None, density=None, weights=None):
    if hasattr(sample, "shape"):
        yield sample
    else:
        yield from sample
    try:
        yield from bins
    except TypeError:
        pass
    yield weights


@_dispatch(_histogramdd_dispatcher, module="numpy")
def histogramdd(sample, bins=10, range=None, density=None, weights=None):
    """Count points in the cells of a grid of any dimension."""
    try:
        n, d = sample.shape
    except (AttributeError, ValueError):
        sample = np.atleast_2d(sample).T
        n, d = sample.shape
    if weights is not None:
        weights = np.asarray(weights)
    try:
        if len(bins) != d:
            raise ValueError("The dimension of bins must be equal to the dimension of the sample x.")
    except TypeError:
        bins = d * [bins]
    if range is None:
        range = (None,) * d
    elif len(range) != d:
        raise ValueError("range argument must have one entry per dimension")
    from .._core.function_base import linspace

    counts, edges, widths = np.empty(d, np.intp), d * [None], d * [None]
    for i in builtin_range(d):
        if np.ndim(bins[i]) == 0:
            if bins[i] < 1:
                raise ValueError(f"`bins[{i}]` must be positive, when an integer")
            low, high = _outer_edges(sample[:, i], range[i])
            try:
                points = operator.index(bins[i])
            except TypeError as error:
                raise TypeError(f"`bins[{i}]` must be an integer, when a scalar") from error
            edges[i] = linspace(low, high, points + 1)
        elif np.ndim(bins[i]) == 1:
            edges[i] = np.asarray(bins[i])
            if np.any(edges[i][:-1] > edges[i][1:]):
                raise ValueError(f"`bins[{i}]` must be monotonically increasing, when an array")
        else:
            raise ValueError(f"`bins[{i}]` must be a scalar or 1d array")
        counts[i] = len(edges[i]) + 1  # with one for outliers at each side
        widths[i] = edges[i][1:] - edges[i][:-1]
    places = tuple(np.searchsorted(edges[i], sample[:, i], side="right") for i in builtin_range(d))
    for i in builtin_range(d):
        places[i][sample[:, i] == edges[i][-1]] -= 1
    flat = np.ravel_multi_index(places, tuple(counts.tolist()))
    total = 1
    for c in counts.tolist():
        total *= c
    result = np.bincount(flat, weights, minlength=total).reshape(counts.tolist())
    result = result.astype(float, casting="safe")
    result = result[d * (slice(1, -1),)]
    if density:
        s = result.sum()
        for i in builtin_range(d):
            shape = np.ones(d, int)
            shape[i] = counts[i] - 2
            result = result / widths[i].reshape(shape.tolist())
        result /= s
    if (np.array(result.shape) != counts - 2).any():
        raise RuntimeError("Internal Shape Error")
    return result, edges
