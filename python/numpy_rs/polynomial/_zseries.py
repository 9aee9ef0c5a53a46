"""Chebyshev series as symmetric Laurent series: with x = (z + 1/z) / 2, T_n is (z**n + z**-n) / 2.

A z-series holds the coefficients from z**-(n - 1) to z**(n - 1), so products are convolutions.
"""

from .._core import numeric as np

__all__ = ["_cseries_to_zseries", "_zseries_div", "_zseries_to_cseries"]


def _cseries_to_zseries(c):
    """The z-series of a Chebyshev series, of length `2 * len(c) - 1`."""
    n = c.size
    half = np.zeros(2 * n - 1, dtype=c.dtype)
    half[n - 1 :] = c / 2
    return half + half[::-1]


def _zseries_to_cseries(zs):
    """The Chebyshev series of a symmetric z-series."""
    n = (zs.size + 1) // 2
    c = zs[n - 1 :].copy()
    c[1:n] *= 2
    return c


def _zseries_div(z1, z2):
    """Quotient and remainder of symmetric z-series, both symmetric.

    Each step clears one coefficient at either end; the divisor has three coefficients or more
    and is not longer than the dividend.
    """
    z1, n = z1.copy(), len(z2)
    lead = z2[0]
    z2 = z2 / lead
    quotient = np.empty(len(z1) - n + 1, dtype=z1.dtype)
    low, high = 0, len(z1) - n
    while low <= high:
        factor = z1[low]
        quotient[low] = quotient[high] = factor
        multiple = factor * z2
        z1[low : low + n] -= multiple
        if low < high:
            z1[high : high + n] -= multiple
        low, high = low + 1, high - 1
    quotient /= lead
    return quotient, z1[low : low - 2 + n].copy()
