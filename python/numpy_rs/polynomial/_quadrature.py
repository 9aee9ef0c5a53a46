"""Gauss's rules: nodes are roots of a basis polynomial, refined by one step of Newton's method."""

from .. import linalg
from .._core import numeric as np
from .polyutils import _as_int

__all__ = ["quadrature", "positive_degree"]


def positive_degree(deg):
    """`deg` as an int; one below 1 raises ValueError."""
    n = _as_int(deg, "deg")
    if n <= 0:
        raise ValueError("deg must be a positive integer")
    return n


def quadrature(family):
    """The rule of one family."""
    fn, orthonormal = family.functions, family.orthonormal

    def gauss(deg):
        """Nodes and weights, each (deg,), that integrate polynomials of degree `2 * deg - 1` exactly.

        The integral is over the {name} weight. Golub and Welsch (1969); tested up to degree 100.
        """
        n = positive_degree(deg)
        unit = np.array([0] * n + [1])
        x = linalg.eigvalsh(fn.companion(unit))
        if orthonormal is None:
            value, slope = fn.val(x, unit), fn.val(x, fn.der(unit))
            x -= value / slope
            below = fn.val(x, unit[1:])
        else:
            factor = orthonormal[1]
            value, slope = _orthonormal(x, n, *orthonormal), _orthonormal(x, n - 1, *orthonormal)
            x -= value / (slope * np.sqrt(factor * n))
            below = slope = _orthonormal(x, n - 1, *orthonormal)
        # Only ratios of the weights matter, and products of large values could overflow.
        below = below / np.abs(below).max()
        slope = slope / np.abs(slope).max()
        w = 1 / (below * slope)
        if family.symmetric:
            w, x = (w + w[::-1]) / 2, (x - x[::-1]) / 2
        return x, family.summed_to_area(w)

    return [gauss]


def _orthonormal(x, n, area, factor):
    """The n-th function that is orthonormal for a weight with integral `area`.

    The plain series overflows for n above about 200; this one does not.
    """
    first = 1 / np.sqrt(np.sqrt(area))
    if n == 0:
        return np.full(x.shape, first)
    c0, c1 = 0.0, first
    for degree in range(n, 1, -1):
        lower = -c1 * np.sqrt((degree - 1.0) / degree)
        c0, c1 = lower, c0 + c1 * x * np.sqrt(factor / degree)
    return c0 + c1 * x * np.sqrt(factor)
