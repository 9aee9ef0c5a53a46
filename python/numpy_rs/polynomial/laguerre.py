"""Laguerre series: sums of the polynomials L_n, orthogonal over exp(-x) for x > 0.

The functions take and give arrays of coefficients, the lowest degree first; `Laguerre` is the
class over them.
"""

from .._core import numeric as np
from ._family import Family
from ._polybase import ABCPolyBase
from ._publish import publish
from .polyutils import _counting

__all__ = [
    "lagzero", "lagone", "lagx", "lagdomain", "lagline", "lagadd", "lagsub", "lagmulx", "lagmul",
    "lagdiv", "lagpow", "lagval", "lagder", "lagint", "lag2poly", "poly2lag", "lagfromroots",
    "lagvander", "lagfit", "lagtrim", "lagroots", "Laguerre", "lagval2d", "lagval3d", "lagvalnd",
    "laggrid2d", "laggrid3d", "lagvander2d", "lagvander3d", "lagcompanion", "laggauss",
    "lagweight",
]  # fmt: skip


class _Laguerre(Family):
    """n L_n = (2 n - 1 - x) L_(n-1) - (n - 1) L_(n-2)."""

    prefix, name = "lag", "Laguerre"
    domain = (0.0, 1.0)
    identity, slope = (1, -1), None
    real_roots = True
    symmetric = False

    def line(self, off, scl):
        return [off + scl, -scl]

    def linear(self, x, xs):
        return 1 - x

    def times_linear(self, fn, c):
        return fn.sub(c, fn.mulx(c))

    def fold(self, x, xs, c1, n):
        return c1 * (n - 1) / n, c1 * (2 * n - 1 - x) / n

    def fold_series(self, fn, c1, n):
        return c1 * (n - 1) / n, fn.sub((2 * n - 1) * c1, fn.mulx(c1)) / n

    def climb(self, x, xs, v1, v2, n):
        return (v1 * (2 * n - 1 - x) - v2 * (n - 1)) / n

    def shift(self, c, product):
        n, odd = _counting(c, 1, len(c) + 1), _counting(c, 3, 2 * len(c) + 1, 2)
        product[0] = c[0]
        product[1] = -c[0]
        product[2:] = -c[1:] * n[1:]
        product[1:-1] += c[1:] * odd
        product[:-2] -= c[1:] * n[:-1]

    def derive(self, c, derivative):
        for n in range(len(c) - 1, 1, -1):
            c[n - 1] += c[n]
        derivative[:] = -c[1:]

    def integrate(self, c, integral):
        integral[0] = c[0]
        integral[1:] = -c
        integral[1:-1] += c[1:]

    def linear_root(self, c):
        return 1 + c[0] / c[1]

    def companion(self, c, n):
        beside = -np.arange(1, n)
        return beside, 2.0 * np.arange(n) + 1.0, beside, -(c[:-1] / c[-1] * n)

    def summed_to_area(self, w):
        return w / w.sum()


def lagweight(x):
    """The weight `exp(-x)` over which the L_n are orthogonal for x > 0, in the shape of `x`."""
    return np.exp(-x)


FAMILY = _Laguerre()
publish(globals(), FAMILY)


class Laguerre(ABCPolyBase, family=FAMILY):
    """A series of Laguerre polynomials L_n; see `ABCPolyBase`."""

    basis_name = "L"
