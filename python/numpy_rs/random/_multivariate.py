"""Normal vectors: their arguments, and the factor of a covariance."""

import warnings

from .. import _native
from ._parameters import shape_of


def normal_arguments(mean, cov, size, check_valid, method="svd"):
    """Mean, covariance and shape of normal vectors, checked."""
    if method not in ("eigh", "svd", "cholesky"):
        raise ValueError("method must be one of {'eigh', 'svd', 'cholesky'}")
    mean, cov = _native.asarray(mean), _native.asarray(cov)
    if any(x.dtype.kind == "c" for x in (mean, cov)):
        raise TypeError("mean and cov must not be complex")
    if mean.ndim != 1:
        raise ValueError("mean must be 1 dimensional")
    if cov.ndim != 2 or cov.shape[0] != cov.shape[1]:
        raise ValueError("cov must be 2 dimensional and square")
    if mean.shape[0] != cov.shape[0]:
        raise ValueError("mean and cov must have same length")
    if check_valid not in ("warn", "raise", "ignore"):
        raise ValueError("check_valid must equal 'warn', 'raise', or 'ignore'")
    return mean, cov.astype(float), shape_of(size)


def factored(cov, method, check_valid, tol, legacy=False):
    """A matrix by which independent normal rows get the covariance; `legacy` takes the right singular vectors."""
    from .. import linalg
    from .._core.numeric import allclose
    if method == "svd":
        u, s, vh = linalg.svd(cov)
        valid = lambda: allclose(_native.dot(vh.T * s, vh), cov, rtol=tol, atol=tol)  # noqa: E731
        factor = lambda: _native.sqrt(s)[:, None] * (vh if legacy else u.T)  # noqa: E731
    elif method == "eigh":
        s, u = linalg.eigh(cov)
        valid = lambda: not (s < -tol).any()  # noqa: E731
        factor = lambda: (u * _native.sqrt(abs(s))).T  # noqa: E731
    else:
        lower = linalg.cholesky(cov)
        return lower.T
    if check_valid != "ignore" and not valid():
        message = "covariance is not symmetric positive-semidefinite."
        if check_valid == "raise":
            raise ValueError(message)
        warnings.warn(message, RuntimeWarning, stacklevel=4)
    return factor()
