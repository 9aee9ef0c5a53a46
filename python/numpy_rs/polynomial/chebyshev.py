"""Chebyshev series: sums of the polynomials T_n, cos(n * t) at x = cos(t).

The functions take and give arrays of coefficients, the lowest degree first; `Chebyshev` is the
class over them. Products and quotients are those of Laurent series in z, with x = (z + 1/z) / 2.
"""

from .._core import numeric as np
from .._core.function_base import linspace
from ._family import Family
from ._polybase import ABCPolyBase
from ._publish import publish
from ._quadrature import positive_degree
from ._zseries import _cseries_to_zseries, _zseries_div, _zseries_to_cseries
from .polyutils import _counting, _pow, as_series, mapdomain, trimseq

__all__ = [
    "chebzero", "chebone", "chebx", "chebdomain", "chebline", "chebadd", "chebsub", "chebmulx",
    "chebmul", "chebdiv", "chebpow", "chebval", "chebder", "chebint", "cheb2poly", "poly2cheb",
    "chebfromroots", "chebvander", "chebfit", "chebtrim", "chebroots", "chebpts1", "chebpts2",
    "Chebyshev", "chebval2d", "chebval3d", "chebvalnd", "chebgrid2d", "chebgrid3d",
    "chebvander2d", "chebvander3d", "chebcompanion", "chebgauss", "chebweight", "chebinterpolate",
]  # fmt: skip


class _Chebyshev(Family):
    """T_n = 2 x T_(n-1) - T_(n-2)."""

    prefix, name = "cheb", "Chebyshev"

    def scaled(self, x):
        return 2 * x

    def fold(self, x, xs, c1, n):
        return c1, c1 * xs

    def fold_series(self, fn, c1, n):
        return c1, fn.mulx(c1) * 2

    def climb(self, x, xs, v1, v2, n):
        return v1 * xs - v2

    def shift(self, c, product):
        halves = c[1:] / 2
        product[2:] = halves
        product[:-2] += halves

    def derive(self, c, derivative):
        for n in range(len(c) - 1, 2, -1):
            c[n - 2] += n * c[n] / (n - 2)
        derivative[0] = c[1]
        derivative[1:] = _counting(c, 4, 2 * len(c), 2) * c[2:]

    def integrate(self, c, integral):
        integral[2:] = c[1:] / _counting(c, 4, 2 * len(c) + 1, 2)
        integral[1:-2] -= c[2:] / _counting(c, 2, 2 * len(c) - 3, 2)

    def companion(self, c, n):
        scale = np.array([1.0] + [np.sqrt(0.5)] * (n - 1))
        beside = np.full(n - 1, 0.5)
        beside[0] = np.sqrt(0.5)
        return beside, None, beside, c[:-1] / c[-1] * (scale / scale[-1]) * 0.5


def chebmul(c1, c2):
    """The product of two Chebyshev series (1-d); trailing zeros are left out."""
    [c1, c2] = as_series([c1, c2])
    product = np.convolve(_cseries_to_zseries(c1), _cseries_to_zseries(c2))
    return trimseq(_zseries_to_cseries(product))


def chebdiv(c1, c2):
    """Quotient and remainder of two Chebyshev series.

    A divisor of zero raises ZeroDivisionError.
    """
    [c1, c2] = as_series([c1, c2])
    if c2[-1] == 0:
        raise ZeroDivisionError
    if len(c1) < len(c2):
        return c1[:1] * 0, c1
    if len(c2) == 1:
        return c1 / c2[-1], c1[:1] * 0
    quotient, rest = _zseries_div(_cseries_to_zseries(c1), _cseries_to_zseries(c2))
    return trimseq(_zseries_to_cseries(quotient)), trimseq(_zseries_to_cseries(rest))


def chebpow(c, pow, maxpower=16):
    """The Chebyshev series to the power of a non-negative integer, `maxpower` at most.

    `maxpower=None` sets no limit; another power raises ValueError.
    """
    return _pow(np.convolve, c, pow, maxpower, _cseries_to_zseries, _zseries_to_cseries)


def chebpts1(npts):
    """The `npts` roots of T_npts, ascending, shape (npts,)."""
    n = int(npts)
    if n != npts:
        raise ValueError("npts must be integer")
    if n < 1:
        raise ValueError("npts must be >= 1")
    return np.sin(0.5 * np.pi / n * np.arange(-n + 1, n + 1, 2))


def chebpts2(npts):
    """The `npts` extrema of T_(npts - 1) with both ends, ascending, shape (npts,); 2 at least."""
    n = int(npts)
    if n != npts:
        raise ValueError("npts must be integer")
    if n < 2:
        raise ValueError("npts must be >= 2")
    return np.cos(linspace(-np.pi, 0, n))


def chebinterpolate(func, deg, args=()):
    """The Chebyshev series of degree `deg` that equals `func` at the roots of T_(deg + 1).

    `func(x, *args)` receives these points as an array; the result has shape (deg + 1,).
    """
    deg = np.asarray(deg)
    if deg.ndim > 0 or deg.dtype.kind not in "iu" or deg.size == 0:
        raise TypeError("deg must be an int")
    if deg < 0:
        raise ValueError("expected deg >= 0")
    count = deg + 1
    x = chebpts1(count)
    y = func(x, *args)
    c = np.dot(FAMILY.functions.vander(x, deg).T, y)
    c[0] /= count
    c[1:] /= 0.5 * count
    return c


def chebgauss(deg):
    """Nodes and weights, each (deg,), that integrate polynomials of degree `2 * deg - 1` exactly.

    The integral is over the weight `1 / sqrt(1 - x**2)` on [-1, 1].
    """
    n = positive_degree(deg)
    return np.cos(np.pi * np.arange(1, 2 * n, 2) / (2.0 * n)), np.ones(n) * (np.pi / n)


def chebweight(x):
    """The weight `1 / sqrt(1 - x**2)` over which the T_n are orthogonal on [-1, 1]."""
    return 1.0 / (np.sqrt(1.0 + x) * np.sqrt(1.0 - x))


FAMILY = _Chebyshev()
publish(globals(), FAMILY)


class Chebyshev(ABCPolyBase, family=FAMILY):
    """A series of Chebyshev polynomials T_n; see `ABCPolyBase`."""

    basis_name = "T"

    @classmethod
    def interpolate(cls, func, deg, domain=None, args=()):
        """The series of degree `deg` that equals `func(x, *args)` at Chebyshev points of `domain`."""
        if domain is None:
            domain = cls.domain
        coef = chebinterpolate(lambda x: func(mapdomain(x, cls.window, domain), *args), deg)
        return cls(coef, domain=domain)
