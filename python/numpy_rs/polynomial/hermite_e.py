"""Hermite series of the probabilists: sums of He_n, orthogonal over exp(-x**2 / 2).

The functions take and give arrays of coefficients, the lowest degree first; `HermiteE` is the
class over them.
"""

from .._core import numeric as np
from ._family import Family
from ._polybase import ABCPolyBase
from ._publish import publish
from .polyutils import _counting

__all__ = [
    "hermezero", "hermeone", "hermex", "hermedomain", "hermeline", "hermeadd", "hermesub",
    "hermemulx", "hermemul", "hermediv", "hermepow", "hermeval", "hermeder", "hermeint",
    "herme2poly", "poly2herme", "hermefromroots", "hermevander", "hermefit", "hermetrim",
    "hermeroots", "HermiteE", "hermeval2d", "hermeval3d", "hermevalnd", "hermegrid2d",
    "hermegrid3d", "hermevander2d", "hermevander3d", "hermecompanion", "hermegauss",
    "hermeweight",
]  # fmt: skip


class _HermiteE(Family):
    """He_n = x He_(n-1) - (n - 1) He_(n-2)."""

    prefix, name = "herme", "HermiteE"
    vanished_axis_first = True
    orthonormal = 2 * np.pi, 1

    def fold(self, x, xs, c1, n):
        return c1 * (n - 1), c1 * x

    def fold_series(self, fn, c1, n):
        return c1 * (n - 1), fn.mulx(c1)

    def climb(self, x, xs, v1, v2, n):
        return v1 * x - v2 * (n - 1)

    def shift(self, c, product):
        product[1:] = c
        product[:-2] += c[1:] * _counting(c, 1, len(c))

    def derive(self, c, derivative):
        derivative[:] = _counting(c, 1, len(c)) * c[1:]

    def integrate(self, c, integral):
        integral[2:] = c[1:] / _counting(c, 2, len(c) + 1)

    def companion(self, c, n):
        ratios = np.hstack((1.0, 1.0 / np.sqrt(np.arange(n - 1, 0, -1))))
        scale = np.multiply.accumulate(ratios)[::-1]
        beside = np.sqrt(np.arange(1, n))
        return beside, None, beside, scale * c[:-1] / c[-1]

    def summed_to_area(self, w):
        return w * (np.sqrt(2 * np.pi) / w.sum())


def hermeweight(x):
    """The weight `exp(-x**2 / 2)` over which the He_n are orthogonal, in the shape of `x`."""
    return np.exp(-0.5 * x**2)


FAMILY = _HermiteE()
publish(globals(), FAMILY)


class HermiteE(ABCPolyBase, family=FAMILY):
    """A series of Hermite polynomials He_n; see `ABCPolyBase`."""

    basis_name = "He"
