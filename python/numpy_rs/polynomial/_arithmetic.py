"""Sums, products, quotients and powers of series, and the way to powers of x and back.

Products of orthogonal series go by Clenshaw's summation, in which x is multiplied as a series.
"""

from .._core import numeric as np
from .polyutils import _div, _pow, as_series, trimseq

__all__ = ["arithmetic", "change_of_basis"]


def arithmetic(family):
    """The functions of arithmetic for one family."""
    fn = family.functions

    def line(off, scl):
        """The {name} series of `off + scl * x`, of length 2, or 1 if `scl` is zero."""
        return np.array(family.line(off, scl) if scl != 0 else [off])

    def add(c1, c2):
        """The sum of two {name} series (1-d); trailing zeros are left out."""
        [c1, c2] = as_series([c1, c2])
        if len(c1) > len(c2):
            c1, c2 = c2, c1
        c2[: c1.size] += c1
        return trimseq(c2)

    def sub(c1, c2):
        """The difference of two {name} series (1-d); trailing zeros are left out."""
        [c1, c2] = as_series([c1, c2])
        if len(c1) > len(c2):
            c1[: c2.size] -= c2
            return trimseq(c1)
        c2 = -c2
        c2[: c1.size] += c1
        return trimseq(c2)

    def mulx(c):
        """The product of a {name} series and x: longer by one, unless it is zero."""
        [c] = as_series([c])
        if len(c) == 1 and c[0] == 0:
            return c
        product = np.empty(len(c) + 1, dtype=c.dtype)
        product[0] = c[0] * 0
        product[1] = c[0]
        family.shift(c, product)
        return product

    def mul(c1, c2):
        """The product of two {name} series (1-d); trailing zeros are left out."""
        [c1, c2] = as_series([c1, c2])
        short, long = (c2, c1) if len(c1) > len(c2) else (c1, c2)
        if len(short) == 1:
            return fn.add(short[0] * long, family.times_linear(fn, 0))
        return _summed(family, fn, len(short), lambda n: short[n] * long)

    def div(c1, c2):
        """Quotient and remainder of two {name} series.

        A divisor of zero raises ZeroDivisionError.
        """
        return _div(fn.mul, c1, c2)

    def pow(c, pow, maxpower=family.maxpower):
        """The {name} series to the power of a non-negative integer, `maxpower` at most.

        `maxpower=None` sets no limit; another power raises ValueError.
        """
        return _pow(fn.mul, c, pow, maxpower)

    def fromroots(roots):
        """The {name} series of the product of all `x - r`; of none, 1.

        `roots` is 1-d, of length n; the result has n + 1 coefficients.
        """
        if len(roots) == 0:
            return np.ones(1)
        [roots] = as_series([roots], trim=False)
        roots.sort()
        # Multiplying in pairs keeps degrees alike, and roots of like size apart.
        factors = [fn.line(-root, 1) for root in roots]
        while len(factors) > 1:
            half, odd = divmod(len(factors), 2)
            products = [fn.mul(factors[i], factors[i + half]) for i in range(half)]
            if odd:
                products[0] = fn.mul(products[0], factors[-1])
            factors = products
        return factors[0]

    return [line, add, sub, mulx, mul, div, pow, fromroots]


def change_of_basis(family):
    """The functions between a family and powers of x."""
    fn = family.functions

    def from_poly(pol):
        """The {name} series equal to the polynomial with coefficients `pol`, by Horner's rule."""
        [pol] = as_series([pol])
        series = 0
        for c in pol[::-1]:
            series = fn.add(fn.mulx(series), c)
        return series

    def to_poly(c):
        """The coefficients of the powers of x in a {name} series, of the same length."""
        [c] = as_series([c])
        n = len(c)
        if n == 1:
            return c
        if n == 2 and family.slope is not None:
            if family.slope != 1:
                c[1] *= family.slope
            return c
        return _summed(family, family.powers.functions, n, lambda n: c[n])

    return [from_poly, to_poly]


def _summed(family, fn, count, term):
    """The sum of `term(n) * B_n` over two degrees or more, with the arithmetic of `fn`."""
    c0, c1 = term(count - 2), term(count - 1)
    for n in range(count - 1, 1, -1):
        lower, upper = family.fold_series(fn, c1, n)
        c0, c1 = fn.sub(term(n - 2), lower), fn.add(c0, upper)
    return fn.add(c0, family.times_linear(fn, c1))
