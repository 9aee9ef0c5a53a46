"""Linear algebra that needs no decomposition: powers, norms, products. And the classes of results."""

import operator
from typing import Any, NamedTuple

from .._core import numeric as np
from .._core._axes import normalize_axis_index, normalize_axis_tuple
from .._core.overrides import overridable
from .._utils import rename_module
from ._chains import chain_order as _multi_dot_matrix_chain_order  # noqa: F401 - NumPy's own name for it
from ._chains import multi_dot

__all__ = ["cross", "diagonal", "matmul", "matrix_power", "matrix_transpose", "multi_dot", "norm", "outer",
           "tensordot", "trace", "vecdot", "vector_norm", "matrix_norm"]

_HOME = "numpy.linalg"


class EigResult(NamedTuple):
    """Eigenvalues and eigenvectors of a general matrix."""

    eigenvalues: Any
    eigenvectors: Any


class EighResult(NamedTuple):
    """Eigenvalues and eigenvectors of a Hermitian matrix."""

    eigenvalues: Any
    eigenvectors: Any


class QRResult(NamedTuple):
    """Factors `Q @ R`."""

    Q: Any
    R: Any


class SlogdetResult(NamedTuple):
    """Sign and logarithm of the absolute determinant."""

    sign: Any
    logabsdet: Any


class SVDResult(NamedTuple):
    """Factors `U * S @ Vh`."""

    U: Any
    S: Any
    Vh: Any


for _class in (EigResult, EighResult, QRResult, SlogdetResult, SVDResult):
    rename_module(_class, "linalg._linalg")


@overridable("a", module=_HOME)
def matrix_power(a, n):
    """Raise square matrices to an integer power."""
    a = np.asanyarray(a)
    if a.ndim < 2:
        from . import LinAlgError
        raise LinAlgError(f"{a.ndim}-dimensional array given. Array must be at least two-dimensional")
    if a.shape[-1] != a.shape[-2]:
        from . import LinAlgError
        raise LinAlgError("Last 2 dimensions of the array must be square")
    try:
        n = operator.index(n)
    except TypeError as error:
        raise TypeError("exponent must be an integer") from error
    multiply = np.dot if a.dtype == object and a.ndim == 2 else np.matmul
    if a.dtype == object and a.ndim != 2:
        raise NotImplementedError("matrix_power not supported for stacks of object arrays")
    if n == 0:
        result = np.empty_like(a)
        result[...] = np.identity(a.shape[-2], dtype=a.dtype)
        return result
    if n < 0:
        from . import inv

        a, n = inv(a), -n
    result = None
    while n:
        if n & 1:
            result = a if result is None else multiply(result, a)
        n >>= 1
        if n:
            a = multiply(a, a)
    return result


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
        from ._decompositions import svd

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


@overridable("x", module=_HOME)
def diagonal(x, /, *, offset=0):
    """The diagonals of the matrices in the last two axes."""
    return np.diagonal(x, offset, axis1=-2, axis2=-1)


@overridable("x", module=_HOME)
def trace(x, /, *, offset=0, dtype=None):
    """The traces of the matrices in the last two axes."""
    return np.trace(x, offset, axis1=-2, axis2=-1, dtype=dtype)


@overridable("x1", "x2", module=_HOME)
def outer(x1, x2, /):
    """The products of all pairs of elements of two vectors."""
    x1, x2 = np.asanyarray(x1), np.asanyarray(x2)
    if x1.ndim != 1 or x2.ndim != 1:
        raise ValueError(
            "Input arrays must be one-dimensional, but they are "
            f"x1.ndim={x1.ndim!r} and x2.ndim={x2.ndim!r}.")
    return np.outer(x1, x2)


@overridable("x1", "x2", module=_HOME)
def cross(x1, x2, /, *, axis=-1):
    """The cross product of 3-d vectors."""
    x1, x2 = np.asanyarray(x1), np.asanyarray(x2)
    if x1.shape[axis] != 3 or x2.shape[axis] != 3:
        raise ValueError(
            "Both input arrays must be (arrays of) 3-dimensional vectors, but they are "
            f"{x1.shape[axis]} and {x2.shape[axis]} dimensional instead.")
    return np.cross(x1, x2, axis=axis)


@overridable("x1", "x2", module=_HOME)
def matmul(x1, x2, /):
    """The matrix product."""
    return np.matmul(x1, x2)


@overridable("x1", "x2", module=_HOME)
def vecdot(x1, x2, /, *, axis=-1):
    """The inner products along an axis, the first operand conjugated."""
    return np.vecdot(x1, x2, axis=axis)


@overridable("x1", "x2", module=_HOME)
def tensordot(x1, x2, /, *, axes=2):
    """Sum products over the given axes of two arrays."""
    return np.tensordot(x1, x2, axes=axes)


@overridable("x", module=_HOME)
def matrix_transpose(x, /):
    """Swap the last two axes."""
    return np.matrix_transpose(x)
