"""What is put together from decompositions: `qr`, `svd`, `lstsq`, ranks, tensor equations."""

import warnings

from .. import _native
from .._core import numeric as np
from .._core.getlimits import finfo
from .._core.overrides import overridable
from ._results import LinAlgError, QRResult, SVDResult

__all__ = ["lstsq", "matrix_rank", "pinv", "qr", "svd", "svdvals", "tensorinv", "tensorsolve"]

_HOME = "numpy.linalg"
_compiled = _native.linalg


def _wrapped(given, *results):
    """The results in the class that the argument asks for."""
    if type(given) is np.ndarray:
        return results
    wrap = getattr(given, "__array_wrap__", None)
    return results if wrap is None else tuple(wrap(result) for result in results)


def _adjoint(a):
    return np.conjugate(np.swapaxes(a, -1, -2))


def _in_order(values, order):
    """The values of each lane of the last axis at the places that `order`, of the same shape, names."""
    if values.size == 0:
        return values
    n = values.shape[-1]
    lanes, places = values.reshape(-1, n), order.reshape(-1, n)
    return lanes[np.arange(len(lanes))[:, None], places].reshape(values.shape)


@overridable("a", module=_HOME)
def qr(a, mode="reduced"):
    """Factors `q @ r` of matrices `(…, m, n)`: `q` with orthonormal columns, `r` upper triangular.

    With `k = min(m, n)`, mode `reduced` gives shapes `(…, m, k)` and `(…, k, n)`, `complete` `(…, m, m)` and
    `(…, m, n)`, `r` the second alone, `raw` LAPACK's reflections `h` (transposed) and `tau`.
    """
    if mode not in ("reduced", "complete", "r", "raw"):
        if mode in ("f", "full"):
            warnings.warn("The 'full' option is deprecated in favor of 'reduced'.\n"
                          "For backward compatibility let mode default.", DeprecationWarning, stacklevel=2)
            mode = "reduced"
        elif mode in ("e", "economic"):
            warnings.warn("The 'economic' option is deprecated.", DeprecationWarning, stacklevel=2)
            mode = "economic"
        else:
            raise ValueError(f"Unrecognized mode '{mode}'")
    if mode == "economic":
        return _wrapped(a, np.swapaxes(_compiled._qr(a, "raw")[0], -1, -2))[0]
    found = _compiled._qr(a, mode)
    if mode == "r":
        return _wrapped(a, found)[0]
    if mode == "raw":
        h, tau = found
        return _wrapped(a, h)[0], tau
    return QRResult(*_wrapped(a, *found))


@overridable("a", module=_HOME)
def svd(a, full_matrices=True, compute_uv=True, hermitian=False):
    """The decomposition `a = u * s @ vh` of matrices `(…, m, n)`; `s` falls and is never negative.

    With `hermitian` the matrices are taken to be Hermitian, given by their lower triangles.
    """
    a_given, a = a, np.asarray(a)
    if not hermitian:
        found = _compiled._svd(a, bool(full_matrices), bool(compute_uv))
        if not compute_uv:
            return found
        u, s, vh = found
    elif compute_uv:
        s, u = _compiled.eigh(a)
        sign = np.where(s < 0, -1, 1).astype(s.dtype)
        s = abs(s)
        order = np.argsort(s)[..., ::-1]
        sign, s = _in_order(sign, order), _in_order(s, order)
        u = _in_order(u, np.broadcast_to(order[..., None, :], u.shape))
        # A negative eigenvalue goes into the sign of its right vector.
        vh = _adjoint(u * sign[..., None, :])
    else:
        return np.sort(abs(_compiled.eigvalsh(a)))[..., ::-1]
    u, vh = _wrapped(a_given, u, vh)
    return SVDResult(u, s, vh)


@overridable("x", module=_HOME)
def svdvals(x, /):
    """The singular values of matrices, falling."""
    return svd(x, compute_uv=False, hermitian=False)


@overridable("a", "b", module=_HOME)
def lstsq(a, b, rcond=None):
    """The `x` that makes `norm(b - a @ x)` least, with residuals, rank and singular values of `a`.

    Singular values up to `rcond` times the largest count as zero; `None` is the precision times the larger side.
    """
    matrix, sides = np.asarray(a), np.asarray(b)
    if matrix.ndim != 2:
        raise LinAlgError(f"{matrix.ndim}-dimensional array given. Array must be two-dimensional")
    if sides.ndim not in (1, 2):
        raise LinAlgError(f"{sides.ndim}-dimensional array given. Array must be two-dimensional")
    if rcond is None:
        single = all(x.dtype.char in "fF" for x in (matrix, sides))
        rcond = (1.1920929e-07 if single else 2.220446049250313e-16) * max(matrix.shape)
    x, residuals, rank, s = _compiled._lstsq(matrix, sides, rcond)
    x, residuals = _wrapped(b, x, residuals)
    return x, residuals, np.int32(rank), s


@overridable("A", module=_HOME)
def matrix_rank(A, tol=None, hermitian=False, *, rtol=None):
    """How many singular values lie above a tolerance: the largest times the larger side times the precision."""
    if rtol is not None and tol is not None:
        raise ValueError("`tol` and `rtol` can't be both set.")
    A = np.asarray(A)
    if A.ndim < 2:
        return int(not np.all(A == 0))
    s = svd(A, compute_uv=False, hermitian=hermitian)
    if tol is None:
        if rtol is None:
            rtol = max(A.shape[-2:]) * finfo(s.dtype).eps
        else:
            rtol = np.asarray(rtol)[..., None]
        tol = s.max(axis=-1, keepdims=True, initial=0) * rtol
    else:
        tol = np.asarray(tol)[..., None]
    return np.count_nonzero(s > tol, axis=-1)


@overridable("a", module=_HOME)
def pinv(a, rcond=None, hermitian=False, *, rtol=np._NoValue):
    """The Moore-Penrose inverses of matrices; singular values up to `rcond` times the largest count as zero."""
    given, a = a, np.asarray(a)
    if rcond is None:
        if rtol is np._NoValue:
            rcond = 1e-15
        elif rtol is None:
            kind = a.dtype if issubclass(a.dtype.type, np.inexact) else np.dtype(float)
            rcond = max(a.shape[-2:]) * finfo(kind).eps
        else:
            rcond = rtol
    elif rtol is not np._NoValue:
        raise ValueError("`rtol` and `rcond` can't be both set.")
    rcond = np.asarray(rcond)
    if 0 in a.shape[-2:]:
        rows, columns = a.shape[-2:]
        return _wrapped(given, np.empty(a.shape[:-2] + (columns, rows), dtype=a.dtype))[0]
    u, s, vh = svd(a.conjugate(), full_matrices=False, hermitian=hermitian)
    large = s > rcond[..., None] * np.amax(s, axis=-1, keepdims=True)
    inverse = np.divide(1, s, where=large, out=s)
    inverse[~large] = 0
    result = np.matmul(np.swapaxes(vh, -1, -2), inverse[..., None] * np.swapaxes(u, -1, -2))
    return _wrapped(given, result)[0]


@overridable("a", "b", module=_HOME)
def tensorsolve(a, b, axes=None):
    """The `x` with `tensordot(a, x, x.ndim) = b`; `axes` of `a` are moved behind all others first."""
    given, a = a, np.asarray(a)
    b = np.asarray(b)
    if axes is not None:
        kept = list(range(a.ndim))
        for axis in axes:
            kept.remove(axis)
            kept.insert(a.ndim, axis)
        a = a.transpose(kept)
    unknown = a.shape[b.ndim - a.ndim:] if a.ndim > b.ndim else ()
    size = 1
    for length in unknown:
        size *= length
    if a.size != size**2:
        raise LinAlgError("Input arrays must satisfy the requirement "
                          "            prod(a.shape[b.ndim:]) == prod(a.shape[:b.ndim])")
    result = _compiled.solve(a.reshape(size, size), b.ravel())
    return _wrapped(given, result.reshape(unknown))[0]


@overridable("a", module=_HOME)
def tensorinv(a, ind=2):
    """The inverse of `a` for `tensordot(…, ind)`: the first `ind` axes against the others."""
    a = np.asarray(a)
    if ind <= 0:
        raise ValueError("Invalid ind argument.")
    shape = a.shape
    size = 1
    for length in shape[ind:]:
        size *= length
    return _compiled.inv(a.reshape(size, -1)).reshape(shape[ind:] + shape[:ind])
