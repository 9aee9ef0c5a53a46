"""Series through points by least squares, and roots as eigenvalues of the companion matrix."""

import warnings

from .. import exceptions, linalg
from .._core import numeric as np
from ..lib._polynomial_impl import _eigenvalues
from .polyutils import as_series

__all__ = ["fitting", "zeros"]


def fitting(family):
    """The fit of one family."""
    fn = family.functions

    def fit(x, y, deg, rcond=None, full=False, w=None):
        """The {name} series of least squared error at the points (x, y).

        x has shape (m,), y (m,) or (m, k) for k fits at once; the result (n + 1,) or
        (n + 1, k). `deg` is the degree n, or the list of degrees to use. `w` (m,) multiplies
        the errors. Singular values below `rcond` times the largest count as zero; by default
        m times the precision of x. With `full`, also [residuals, rank, singular values,
        rcond]; without, a rank too low is a RankWarning.
        """
        x, y, deg = np.asarray(x) + 0.0, np.asarray(y) + 0.0, np.asarray(deg)
        if deg.ndim > 1 or deg.dtype.kind not in "iu" or deg.size == 0:
            raise TypeError("deg must be an int or non-empty 1-D array of int")
        if deg.min() < 0:
            raise ValueError("expected deg >= 0")
        if x.ndim != 1:
            raise TypeError("expected 1D vector for x")
        if x.size == 0:
            raise TypeError("expected non-empty vector for x")
        if y.ndim < 1 or y.ndim > 2:
            raise TypeError("expected 1D or 2D array for y")
        if len(x) != len(y):
            raise TypeError("expected x and y to have same length")
        if deg.ndim == 0:
            top, count = deg, deg + 1
            basis = fn.vander(x, top)
        else:
            deg = np.sort(deg)
            top, count = deg[-1], len(deg)
            basis = fn.vander(x, top)[:, deg]
        # Transposed, so that weights and scales run along the last axis.
        left, right = basis.T, y.T
        if w is not None:
            w = np.asarray(w) + 0.0
            if w.ndim != 1:
                raise TypeError("expected 1D vector for w")
            if len(x) != len(w):
                raise TypeError("expected x and w to have same length")
            left, right = left * w, right * w
        if rcond is None:
            from .._core.getlimits import finfo

            rcond = len(x) * finfo(x.dtype).eps
        scale = _lengths(left)
        c, residuals, rank, singular = linalg.lstsq(left.T / scale, right.T, rcond)
        c = (c.T / scale).T
        if deg.ndim > 0:
            used, c = c, np.zeros((top + 1, *c.shape[1:]), dtype=c.dtype)
            c[deg] = used
        if full:
            return c, [residuals, rank, singular, rcond]
        if rank != count:
            warnings.warn("The fit may be poorly conditioned", exceptions.RankWarning, stacklevel=2)
        return c

    return [fit]


def _lengths(rows):
    """The Euclidean lengths of rows, 1 for a row of zeros."""
    if rows.dtype.kind == "c":
        squares = np.square(rows.real) + np.square(rows.imag)
    else:
        squares = np.square(rows)
    lengths = np.sqrt(squares.sum(1))
    lengths[lengths == 0] = 1
    return lengths


def zeros(family):
    """The companion matrix and the roots of one family."""
    fn = family.functions

    def companion(c):
        """The matrix whose eigenvalues are the roots of the {name} series `c` of degree n, (n, n).

        Scaled so that it is symmetric for a basis polynomial, where the basis allows it.
        A degree below 1 raises ValueError.
        """
        [c] = as_series([c])
        if len(c) < 2:
            raise ValueError("Series must have maximum degree of at least 1.")
        if len(c) == 2:
            return np.array([[family.linear_root(c)]])
        n = len(c) - 1
        matrix = np.zeros((n, n), dtype=c.dtype)
        above, middle, below, last = family.companion(c, n)
        flat = matrix.reshape(-1)
        for start, diagonal in ((1, above), (0, middle), (n, below)):
            if diagonal is not None:
                flat[start :: n + 1] = diagonal
        matrix[:, -1] -= last
        return matrix

    def roots(c):
        """The roots of a {name} series of degree n, a sorted array of length n.

        Multiple roots, and those far from the usual domain, are less exact.
        """
        [c] = as_series([c])
        if len(c) < 2:
            return np.array([], dtype=c.dtype)
        if len(c) == 2:
            return np.array([family.linear_root(c)])
        matrix = fn.companion(c)
        turned = matrix[::-1, ::-1] if family.rotated else matrix
        find = _eigenvalues if family.real_roots else linalg.eigvals
        return np.sort(find(turned))

    return [companion, roots]
