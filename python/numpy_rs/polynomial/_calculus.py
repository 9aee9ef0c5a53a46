"""Derivatives and integrals of series, along one axis of an array of coefficients."""

from .._core import numeric as np
from .._core._axes import normalize_axis_index
from ..lib._rearranging import iterable
from .polyutils import _as_int, _coefficients

__all__ = ["calculus"]


def calculus(family):
    """The functions of calculus for one family."""
    fn = family.functions

    def der(c, m=1, scl=1, axis=0):
        """The derivative of order `m` of {name} series, whose coefficients run along `axis`.

        Each differentiation multiplies by `scl`, the slope of a linear change of variable.
        That axis becomes shorter by `m`, but not shorter than 1.
        """
        c = _coefficients(np.array(c))
        order, axis = _as_int(m, "the order of derivation"), _as_int(axis, "the axis")
        if order < 0:
            raise ValueError("The order of derivation must be non-negative")
        axis = normalize_axis_index(axis, c.ndim)
        if order == 0:
            return c
        c = np.moveaxis(c, axis, 0)
        if order >= len(c):
            c = c[:1] * 0
            if family.vanished_axis_first:
                return c
        else:
            for _ in range(order):
                c *= scl
                derivative = np.empty((len(c) - 1, *c.shape[1:]), dtype=c.dtype)
                family.derive(c, derivative)
                c = derivative
        return np.moveaxis(c, 0, axis)

    def int(c, m=1, k=[], lbnd=0, scl=1, axis=0):
        """The integral of order `m` of {name} series, whose coefficients run along `axis`.

        `k` holds up to `m` constants, the values at `lbnd` of the first, second, ... integral;
        those left out are zero. Each integration multiplies by `scl`, the slope of a linear
        change of variable. That axis becomes longer by `m` unless the series is zero.
        """
        c = _coefficients(np.array(c))
        constants = list(k) if iterable(k) else [k]
        order, axis = _as_int(m, "the order of integration"), _as_int(axis, "the axis")
        if order < 0:
            raise ValueError("The order of integration must be non-negative")
        if len(constants) > order:
            raise ValueError("Too many integration constants")
        if np.ndim(lbnd) != 0:
            raise ValueError("lbnd must be a scalar.")
        if np.ndim(scl) != 0:
            raise ValueError("scl must be a scalar.")
        axis = normalize_axis_index(axis, c.ndim)
        if order == 0:
            return c
        c = np.moveaxis(c, axis, 0)
        for constant in constants + [0] * (order - len(constants)):
            c *= scl
            if len(c) == 1 and np.all(c[0] == 0):
                c[0] += constant
                continue
            integral = np.empty((len(c) + 1, *c.shape[1:]), dtype=c.dtype)
            integral[0] = c[0] * 0
            integral[1] = c[0]
            family.integrate(c, integral)
            integral[0] += constant - fn.val(lbnd, integral)
            c = integral
        return np.moveaxis(c, 0, axis)

    return [der, int]
