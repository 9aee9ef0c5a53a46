"""Norms of vectors and matrices, and what follows from them: conditions."""

from .. import _native
from .._core import numeric as np
from .._core._axes import normalize_axis_index, normalize_axis_tuple
from .._core.overrides import overridable
from ._decompositions import svd
from ._results import LinAlgError

__all__ = ["cond", "matrix_norm", "norm", "vector_norm"]

_HOME = "numpy.linalg"
_inverse = _native.linalg.inv


def _vector(x, order, axis, keepdims):
    if order == float("inf"):
        return abs(x).max(axis=axis, keepdims=keepdims, initial=0)
    if order == float("-inf"):
        return abs(x).min(axis=axis, keepdims=keepdims)
    if order == 0:
        return (x != 0).astype(x.real.dtype).sum(axis=axis, keepdims=keepdims)
    if order == 1:
        return np.add.reduce(abs(x), axis=axis, keepdims=keepdims)
    if order is None or order == 2:
        squares = (x.conj() * x).real
        return np.sqrt(np.add.reduce(squares, axis=axis, keepdims=keepdims))
    if isinstance(order, str):
        raise ValueError(f"Invalid norm order '{order}' for vectors")
    powers = abs(x) ** order
    total = np.add.reduce(powers, axis=axis, keepdims=keepdims)
    return np.power(total, np.reciprocal(np.asarray(order, dtype=total.dtype)))


@overridable("x", module=_HOME)
def norm(x, ord=None, axis=None, keepdims=False):
    """The norm of vectors or matrices; the spectral and nuclear norms need a decomposition."""
    x = np.asarray(x)
    if not issubclass(x.dtype.type, (np.inexact, np.object_)):
        x = x.astype(float)
    if axis is None:
        ndim = x.ndim
        if ord is None or (ord in ("f", "fro") and ndim == 2) or (ord == 2 and ndim == 1):
            flat = x.ravel(order="K")
            if issubclass(x.dtype.type, np.complexfloating):
                total = flat.real.dot(flat.real) + flat.imag.dot(flat.imag)
            else:
                total = flat.dot(flat)
            result = np.sqrt(total)
            return result.reshape(ndim * [1]) if keepdims else result
        axis = tuple(range(ndim))
    elif not isinstance(axis, tuple):
        try:
            axis = (int(axis),)
        except Exception as error:
            raise TypeError("'axis' must be None, an integer or a tuple of integers") from error
    if len(axis) == 1:
        return _vector(x, ord, axis, keepdims)
    if len(axis) != 2:
        raise ValueError("Improper number of dimensions to norm.")
    row, column = (normalize_axis_index(ax, x.ndim) for ax in axis)
    if row == column:
        raise ValueError("Duplicate axes given.")
    inf = float("inf")
    if ord in (1, -1, inf, -inf):
        summed, kept = (row, column) if abs(ord) == 1 else (column, row)
        sums = np.add.reduce(abs(x), axis=summed, keepdims=True)
        result = sums.max(axis=kept, keepdims=True, initial=0) if ord > 0 else sums.min(axis=kept, keepdims=True)
    elif ord in (None, "fro", "f"):
        result = np.sqrt(np.add.reduce((x.conj() * x).real, axis=axis, keepdims=True))
    elif ord in (2, -2, "nuc"):
        values = svd(np.moveaxis(x, (row, column), (-2, -1)), compute_uv=False)
        picked = (values.sum(axis=-1) if ord == "nuc" else values.max(axis=-1, initial=0) if ord == 2
                  else values.min(axis=-1))
        if not keepdims:
            return picked
        shape = list(x.shape)
        shape[row] = shape[column] = 1
        return picked.reshape(shape)
    else:
        raise ValueError("Invalid norm order for matrices.")
    return result if keepdims else result.squeeze(axis=axis)[()]


@overridable("x", module=_HOME)
def vector_norm(x, /, *, axis=None, keepdims=False, ord=2):
    """The norm of vectors: of all elements, or along axes."""
    x = np.asanyarray(x)
    shape = x.shape
    if axis is None:
        x, over = x.ravel(), 0
    elif isinstance(axis, tuple):
        axes = normalize_axis_tuple(axis, x.ndim)
        rest = tuple(i for i in range(x.ndim) if i not in axes)
        x, over = np.transpose(x, axes + rest).reshape((-1,) + tuple(shape[i] for i in rest)), 0
    else:
        over = axis
    result = norm(x, axis=over, ord=ord)
    if keepdims:
        kept = list(shape)
        for ax in normalize_axis_tuple(range(len(kept)) if axis is None else axis, len(kept)):
            kept[ax] = 1
        result = result.reshape(tuple(kept))
    return result


@overridable("x", module=_HOME)
def matrix_norm(x, /, *, keepdims=False, ord="fro"):
    """The norm of the matrices in the last two axes."""
    return norm(np.asanyarray(x), axis=(-2, -1), keepdims=keepdims, ord=ord)


def _needs_matrix(a):
    if a.ndim < 2:
        raise LinAlgError(f"{a.ndim}-dimensional array given. Array must be at least two-dimensional")


@overridable("x", module=_HOME)
def cond(x, p=None):
    """The condition of matrices: the norm of order `p` times that of the inverse; by default in the spectral norm."""
    x = np.asarray(x)
    if 0 in x.shape[-2:]:
        raise LinAlgError("cond is not defined on empty arrays")
    if p is None or p in (2, -2):
        s = _values_or_nan(x)
        with np.errstate(all="ignore"):
            result = s[..., -1] / s[..., 0] if p == -2 else s[..., 0] / s[..., -1]
    else:
        _needs_matrix(x)
        if x.shape[-1] != x.shape[-2]:
            raise LinAlgError("Last 2 dimensions of the array must be square")
        kind = x.dtype.char if x.dtype.char in "fF" else "D" if x.dtype.kind == "c" else "d"
        with np.errstate(all="ignore"):
            result = _norm_or_nan(x, p) * _norm_or_nan(_inverse_or_nan(x), p)
        result = result.astype("f" if kind in "fF" else "d", copy=False)
    # NaN stands for a failed calculation only where none was given: else the matrix is singular.
    result = np.asarray(result)
    failed = np.isnan(result)
    if failed.any():
        failed &= ~np.isnan(x).any(axis=(-2, -1))
        if result.ndim > 0:
            result[failed] = np.inf
        elif failed:
            result[()] = np.inf
    return result[()] if result.ndim == 0 else result


def _values_or_nan(x):
    """The singular values of matrices, NaN for those that are not finite."""
    bad = ~np.isfinite(x).all(axis=(-2, -1))
    if not bad.any():
        return svd(x, compute_uv=False)
    values = svd(np.where(bad[..., None, None], 0, x), compute_uv=False)
    values[bad] = np.nan
    return values


def _norm_or_nan(x, p):
    """The norms of matrices, NaN where singular values are asked of one that is not finite."""
    return _values_or_nan(x).sum(axis=-1) if p == "nuc" else norm(x, ord=p, axis=(-2, -1))


def _inverse_or_nan(x):
    """The inverses of matrices, NaN where there is none."""
    try:
        return _inverse(x)
    except LinAlgError:
        kind = np.result_type(x.dtype, np.float32 if x.dtype.char in "fF" else np.float64)
        result = np.full(x.shape, np.nan, dtype=kind)
        square = x.shape[-2:]
        for one, inverse in zip(x.reshape(-1, *square), result.reshape(-1, *square), strict=True):
            try:
                inverse[...] = _inverse(one)
            except LinAlgError:
                continue
        return result
