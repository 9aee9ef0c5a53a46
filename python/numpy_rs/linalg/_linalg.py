"""Linear algebra that needs no decomposition: powers and products."""

import operator

from .. import _native
from .._core import numeric as np
from .._core.overrides import overridable
from ._chains import chain_order as _multi_dot_matrix_chain_order  # noqa: F401 - NumPy's own name for it
from ._chains import multi_dot
from ._results import (  # noqa: F401 - NumPy has them here
    EighResult,
    EigResult,
    LinAlgError,
    QRResult,
    SlogdetResult,
    SVDResult,
)

__all__ = ["cross", "diagonal", "matmul", "matrix_power", "matrix_transpose", "multi_dot", "outer", "tensordot",
           "trace", "vecdot"]

_HOME = "numpy.linalg"


@overridable("a", module=_HOME)
def matrix_power(a, n):
    """Raise square matrices to an integer power."""
    a = np.asanyarray(a)
    if a.ndim < 2:
        raise LinAlgError(f"{a.ndim}-dimensional array given. Array must be at least two-dimensional")
    if a.shape[-1] != a.shape[-2]:
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
        a, n = _native.linalg.inv(a), -n
    result = None
    while n:
        if n & 1:
            result = a if result is None else multiply(result, a)
        n >>= 1
        if n:
            a = multiply(a, a)
    return result


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
