"""Legendre series: sums of the polynomials P_n, orthogonal on [-1, 1] with weight 1.

The functions take and give arrays of coefficients, the lowest degree first; `Legendre` is the
class over them.
"""

from .._core import numeric as np
from ._family import Family
from ._polybase import ABCPolyBase
from ._publish import publish
from .polyutils import _counting

__all__ = [
    "legzero", "legone", "legx", "legdomain", "legline", "legadd", "legsub", "legmulx", "legmul",
    "legdiv", "legpow", "legval", "legder", "legint", "leg2poly", "poly2leg", "legfromroots",
    "legvander", "legfit", "legtrim", "legroots", "Legendre", "legval2d", "legval3d", "legvalnd",
    "leggrid2d", "leggrid3d", "legvander2d", "legvander3d", "legcompanion", "leggauss",
    "legweight",
]  # fmt: skip


class _Legendre(Family):
    """n P_n = (2 n - 1) x P_(n-1) - (n - 1) P_(n-2)."""

    prefix, name = "leg", "Legendre"

    def fold(self, x, xs, c1, n):
        return c1 * ((n - 1) / n), c1 * x * ((2 * n - 1) / n)

    def fold_series(self, fn, c1, n):
        return c1 * (n - 1) / n, fn.mulx(c1) * (2 * n - 1) / n

    def climb(self, x, xs, v1, v2, n):
        return (v1 * x * (2 * n - 1) - v2 * (n - 1)) / n

    def shift(self, c, product):
        n, odd = _counting(c, 1, len(c) + 1), _counting(c, 3, 2 * len(c) + 1, 2)
        product[2:] = c[1:] * n[1:] / odd
        product[:-2] += c[1:] * n[:-1] / odd

    def derive(self, c, derivative):
        for n in range(len(c) - 1, 2, -1):
            c[n - 2] += c[n]
        derivative[0] = c[1]
        derivative[1:] = _counting(c, 3, 2 * len(c) - 1, 2) * c[2:]

    def integrate(self, c, integral):
        shares = c[1:] / _counting(c, 3, 2 * len(c) + 1, 2)
        integral[2:] = shares
        integral[1:-2] -= shares[1:]

    def companion(self, c, n):
        scale = 1.0 / np.sqrt(2 * np.arange(n) + 1)
        beside = np.arange(1, n) * scale[: n - 1] * scale[1:n]
        return beside, None, beside, c[:-1] / c[-1] * (scale / scale[-1]) * (n / (2 * n - 1))

    def summed_to_area(self, w):
        return w * (2.0 / w.sum())


def legweight(x):
    """The weight 1 over which the P_n are orthogonal on [-1, 1], in the shape of `x`."""
    return x * 0.0 + 1.0


FAMILY = _Legendre()
publish(globals(), FAMILY)


class Legendre(ABCPolyBase, family=FAMILY):
    """A series of Legendre polynomials P_n; see `ABCPolyBase`."""

    basis_name = "P"
