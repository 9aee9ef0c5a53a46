"""Power series: polynomials by the coefficients of 1, x, x**2, ...

The functions take and give arrays of coefficients, the lowest power first; `Polynomial` is the
class over them. Values are found by Horner's rule.
"""

from .._core import numeric as np
from .._core.overrides import overridable
from ._family import Family
from ._polybase import ABCPolyBase
from ._publish import publish
from ._values import aligned
from .polyutils import _counting, _pow, as_series, trimseq

__all__ = [
    "polyzero", "polyone", "polyx", "polydomain", "polyline", "polyadd", "polysub", "polymulx",
    "polymul", "polydiv", "polypow", "polyval", "polyvalfromroots", "polyder", "polyint",
    "polyfromroots", "polyvander", "polyfit", "polytrim", "polyroots", "Polynomial", "polyval2d",
    "polyval3d", "polyvalnd", "polygrid2d", "polygrid3d", "polyvander2d", "polyvander3d",
    "polycompanion",
]  # fmt: skip


class _Powers(Family):
    """B_n = x**n."""

    prefix, name = "poly", "power"
    maxpower = None
    rotated, real_roots = False, True

    def climb(self, x, xs, v1, v2, n):
        return v1 * x

    def shift(self, c, product):
        product[1:] = c

    def derive(self, c, derivative):
        derivative[:] = _counting(c, 1, len(c)) * c[1:]

    def integrate(self, c, integral):
        integral[2:] = c[1:] / _counting(c, 2, len(c) + 1)

    def companion(self, c, n):
        return None, None, 1, c[:-1] / c[-1]


def polymul(c1, c2):
    """The product of two polynomials (1-d), a convolution; trailing zeros are left out."""
    [c1, c2] = as_series([c1, c2])
    return trimseq(np.convolve(c1, c2))


def polydiv(c1, c2):
    """Quotient and remainder of two polynomials, by long division.

    A divisor of zero raises ZeroDivisionError.
    """
    [c1, c2] = as_series([c1, c2])
    if c2[-1] == 0:
        raise ZeroDivisionError
    low = len(c2) - 1
    if len(c1) <= low:
        return c1[:1] * 0, c1
    lead = c2[-1]
    if low == 0:
        return c1 / lead, c1[:1] * 0
    monic = c2[:-1] / lead
    for top in range(len(c1) - 1, low - 1, -1):
        c1[top - low : top] -= monic * c1[top]
    return c1[low:] / lead, trimseq(c1[:low])


def polypow(c, pow, maxpower=None):
    """The polynomial to the power of a non-negative integer, `maxpower` at most.

    `maxpower=None` sets no limit; another power raises ValueError.
    """
    return _pow(np.convolve, c, pow, maxpower)


def polyval(x, c, tensor=True):
    """The values at `x` of the polynomial with coefficients `c`, by Horner's rule.

    `c` of shape (n, ...) holds one polynomial for each index of its other axes. With `tensor`,
    each is evaluated at every x, shape `c.shape[1:] + x.shape`; otherwise x broadcasts against
    those axes. x may be a scalar or any object with + and *; a list or tuple is taken as an array.
    """
    c, x = aligned(c, x, tensor)
    value = c[-1] + x * 0
    for n in range(len(c) - 2, -1, -1):
        value = c[n] + value * x
    return value


def polyvalfromroots(x, r, tensor=True):
    """The values at `x` of the product of `x - root` over the first axis of `r`.

    `r` of shape (n, ...) gives, with `tensor`, the shape `r.shape[1:] + x.shape`; otherwise x
    broadcasts against `r.shape[1:]`, and an x with as many axes as `r` raises ValueError.
    """
    r, x = aligned(r, x, tensor)
    if isinstance(x, np.ndarray) and not tensor and x.ndim >= r.ndim:
        raise ValueError("x.ndim must be < r.ndim when tensor == False")
    return np.prod(x - r, axis=0)


FAMILY = _Powers()
publish(globals(), FAMILY)
Family.powers = FAMILY
polyval2d = overridable("x", "y", "c", module=None)(FAMILY.functions.val2d)
polygrid2d = overridable("x", "y", "c", module=None)(FAMILY.functions.grid2d)
polyvalnd = overridable("*pts", "c", module=None)(FAMILY.functions.valnd)


class Polynomial(ABCPolyBase, family=FAMILY):
    """A polynomial by the coefficients of 1, x, x**2, ...; see `ABCPolyBase`."""

    basis_name = None

    @classmethod
    def _str_term_unicode(cls, i, arg_str):
        return f"·{arg_str}" if i == "1" else f"·{arg_str}{i.translate(cls._superscript_mapping)}"

    @staticmethod
    def _str_term_ascii(i, arg_str):
        return f" {arg_str}" if i == "1" else f" {arg_str}**{i}"

    @staticmethod
    def _repr_latex_term(i, arg_str, needs_parens):
        if i == 0:
            return "1"
        base = rf"\left({arg_str}\right)" if needs_parens else arg_str
        return base if i == 1 else f"{base}^{{{i}}}"
