"""Hermite series of the physicists: sums of H_n, orthogonal over exp(-x**2).

The functions take and give arrays of coefficients, the lowest degree first; `Hermite` is the
class over them.
"""

from .._core import numeric as np
from ._family import Family
from ._polybase import ABCPolyBase
from ._publish import publish
from .polyutils import _counting

__all__ = [
    "hermzero", "hermone", "hermx", "hermdomain", "hermline", "hermadd", "hermsub", "hermmulx",
    "hermmul", "hermdiv", "hermpow", "hermval", "hermder", "hermint", "herm2poly", "poly2herm",
    "hermfromroots", "hermvander", "hermfit", "hermtrim", "hermroots", "Hermite", "hermval2d",
    "hermval3d", "hermvalnd", "hermgrid2d", "hermgrid3d", "hermvander2d", "hermvander3d",
    "hermcompanion", "hermgauss", "hermweight",
]  # fmt: skip


class _Hermite(Family):
    """H_n = 2 x H_(n-1) - 2 (n - 1) H_(n-2)."""

    prefix, name = "herm", "Hermite"
    identity, slope = (0, 1 / 2), 2
    real_roots = True
    orthonormal = np.pi, 2

    def line(self, off, scl):
        return [off, scl / 2]

    def scaled(self, x):
        return x * 2

    def linear(self, x, xs):
        return xs

    def times_linear(self, fn, c):
        return fn.mulx(c) * 2

    def fold(self, x, xs, c1, n):
        return c1 * (2 * (n - 1)), c1 * xs

    def fold_series(self, fn, c1, n):
        return c1 * (2 * (n - 1)), fn.mulx(c1) * 2

    def climb(self, x, xs, v1, v2, n):
        return v1 * xs - v2 * (2 * (n - 1))

    def shift(self, c, product):
        product[1:] = c / 2
        product[:-2] += c[1:] * _counting(c, 1, len(c))

    def derive(self, c, derivative):
        derivative[:] = _counting(c, 2, 2 * len(c), 2) * c[1:]

    def integrate(self, c, integral):
        integral[1:] = c / _counting(c, 2, 2 * len(c) + 1, 2)

    def linear_root(self, c):
        return -0.5 * c[0] / c[1]

    def companion(self, c, n):
        ratios = np.hstack((1.0, 1.0 / np.sqrt(2.0 * np.arange(n - 1, 0, -1))))
        scale = np.multiply.accumulate(ratios)[::-1]
        beside = np.sqrt(0.5 * np.arange(1, n))
        return beside, None, beside, scale * c[:-1] / (2.0 * c[-1])

    def summed_to_area(self, w):
        return w * (np.sqrt(np.pi) / w.sum())


def hermweight(x):
    """The weight `exp(-x**2)` over which the H_n are orthogonal, in the shape of `x`."""
    return np.exp(-(x**2))


FAMILY = _Hermite()
publish(globals(), FAMILY)


class Hermite(ABCPolyBase, family=FAMILY):
    """A series of Hermite polynomials H_n; see `ABCPolyBase`."""

    basis_name = "H"
