"""Building and taking apart two-dimensional arrays."""

import operator

from .._core import numeric as np
from .._core.overrides import from_like, overridable
from .._utils import rename_module as _rename
from ._stride_tricks_impl import broadcast_to

__all__ = [
    "diag", "diagflat", "eye", "fliplr", "flipud", "tri", "triu", "tril", "vander", "histogram2d",
    "mask_indices", "tril_indices", "tril_indices_from", "triu_indices", "triu_indices_from",
]


def _like(function, like, args, kwargs):
    """Hand a creation function over to the type of `like`; NotImplemented when that is an ndarray."""
    answer = from_like(function, like, args, kwargs)
    return answer[0] if answer else NotImplemented


@overridable("m")
def fliplr(m):
    """Reverse the order of the columns."""
    m = np.asanyarray(m)
    if m.ndim < 2:
        raise ValueError("Input must be >= 2-d.")
    return m[:, ::-1]


@overridable("m")
def flipud(m):
    """Reverse the order of the rows."""
    m = np.asanyarray(m)
    if m.ndim < 1:
        raise ValueError("Input must be >= 1-d.")
    return m[::-1, ...]


def eye(N, M=None, k=0, dtype=float, order="C", *, device=None, like=None):
    """Zeros with ones on a diagonal."""
    given = _like(eye, like, (N,), dict(M=M, k=k, dtype=dtype, order=order, device=device))
    if given is not NotImplemented:
        return given
    M = N if M is None else M
    result = np.zeros((N, M), dtype=dtype, order=order, device=device)
    if k >= M:
        return result
    M, k = operator.index(M), operator.index(k)
    start = k if k >= 0 else -k * M
    result[: M - k].flat[start::M + 1] = 1
    return result


@overridable("v")
def diag(v, k=0):
    """The diagonal of a matrix, or the matrix with a diagonal."""
    v = np.asanyarray(v)
    if v.ndim == 1:
        n = v.shape[0] + abs(k)
        result = np.zeros((n, n), v.dtype)
        start = k if k >= 0 else -k * n
        result[: n - k].flat[start::n + 1] = v
        return result
    if v.ndim == 2:
        return np.diagonal(v, k)
    raise ValueError("Input must be 1- or 2-d.")


@overridable("v")
def diagflat(v, k=0):
    """The matrix with the flattened input as a diagonal."""
    wrap = getattr(v, "__array_wrap__", None) if type(v) is not np.ndarray else None
    v = np.asarray(v).ravel()
    n = len(v) + abs(k)
    result = np.zeros((n, n), v.dtype)
    start = k if k >= 0 else -k * n
    result[: n - k].flat[start::n + 1] = v
    return result if wrap is None else wrap(result)


def tri(N, M=None, k=0, dtype=float, *, like=None):
    """Ones at and below a diagonal, zeros above."""
    given = _like(tri, like, (N,), dict(M=M, k=k, dtype=dtype))
    if given is not NotImplemented:
        return given
    M = N if M is None else M
    rows, columns = np.arange(N), np.arange(-k, M - k)
    result = np.greater_equal(rows.reshape(-1, 1), columns)
    return result.astype(dtype, copy=False)


@overridable("m")
def tril(m, k=0):
    """The lower triangle, zeros above the diagonal."""
    m = np.asanyarray(m)
    return np.where(tri(*m.shape[-2:], k=k, dtype=bool), m, np.zeros(1, m.dtype))


@overridable("m")
def triu(m, k=0):
    """The upper triangle, zeros below the diagonal."""
    m = np.asanyarray(m)
    return np.where(tri(*m.shape[-2:], k=k - 1, dtype=bool), np.zeros(1, m.dtype), m)


@overridable("x")
def vander(x, N=None, increasing=False):
    """The matrix whose columns are powers of a vector."""
    x = np.asarray(x)
    if x.ndim != 1:
        raise ValueError("x must be a one-dimensional array or sequence.")
    N = len(x) if N is None else N
    result = np.empty((len(x), N), dtype=np.promote_types(x.dtype, int))
    powers = result if increasing else result[:, ::-1]
    if N > 0:
        powers[:, 0] = 1
    if N > 1:
        powers[:, 1:] = x[:, None]
        np.multiply.accumulate(powers[:, 1:], out=powers[:, 1:], axis=1)
    return result


@overridable("x", "y", "weights")
def histogram2d(x, y, bins=10, range=None, density=None, weights=None):
    """Count pairs in the cells of a grid."""
    from ._histograms_impl import histogramdd

    if len(x) != len(y):
        raise ValueError("x and y must have the same length.")
    try:
        n = len(bins)
    except TypeError:
        n = 1
    if n not in (1, 2):
        edges = np.asarray(bins)
        bins = [edges, edges]
    counts, edges = histogramdd([x, y], bins, range, density, weights)
    return counts, edges[0], edges[1]


def mask_indices(n, mask_func, k=0):
    """Where `mask_func` leaves an n by n matrix of ones nonzero."""
    return np.nonzero(mask_func(np.ones((n, n), int), k) != 0)


def tril_indices(n, k=0, m=None):
    """The indices of the lower triangle of an n by m array."""
    mask = tri(n, m, k=k, dtype=bool)
    return tuple(broadcast_to(i, mask.shape)[mask] for i in np.indices(mask.shape, sparse=True))


def triu_indices(n, k=0, m=None):
    """The indices of the upper triangle of an n by m array."""
    mask = ~tri(n, m, k=k - 1, dtype=bool)
    return tuple(broadcast_to(i, mask.shape)[mask] for i in np.indices(mask.shape, sparse=True))


@overridable("arr")
def tril_indices_from(arr, k=0):
    """The indices of the lower triangle of an array."""
    if arr.ndim != 2:
        raise ValueError("input array must be 2-d")
    return tril_indices(arr.shape[-2], k=k, m=arr.shape[-1])


@overridable("arr")
def triu_indices_from(arr, k=0):
    """The indices of the upper triangle of an array."""
    if arr.ndim != 2:
        raise ValueError("input array must be 2-d")
    return triu_indices(arr.shape[-2], k=k, m=arr.shape[-1])


for _function in (eye, tri, mask_indices, tril_indices, triu_indices):
    _rename(_function)
