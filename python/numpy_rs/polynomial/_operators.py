"""Operators between series objects: a class over these brings `coef` and the static functions.

A right operand may be a series of the same class, domain, window and symbol, a sequence of
coefficients, or a scalar. What the functions cannot take is NotImplemented, so that Python asks
the other operand.
"""

import numbers

__all__ = ["SeriesOperators"]


class SeriesOperators:
    """Arithmetic of series by that of their coefficients."""

    # Not hashable, since two equal series may differ in type.
    __hash__ = None

    # Arrays leave operators with a series to the series.
    __array_ufunc__ = None

    #: The highest power: the degree of a power is a product of degrees.
    maxpower = 100

    def _with(self, coef):
        """A series of this kind with other coefficients."""
        return self.__class__(coef, self.domain, self.window, self.symbol)

    def _combined(self, operation, left, right):
        try:
            coef = operation(left, right)
        except Exception:
            return NotImplemented
        return self._with(coef)

    def _divided(self, left, right):
        try:
            quotient, rest = self._div(left, right)
        except ZeroDivisionError:
            raise
        except Exception:
            return NotImplemented
        return self._with(quotient), self._with(rest)

    def __neg__(self):
        return self._with(-self.coef)

    def __pos__(self):
        return self

    def __add__(self, other):
        return self._combined(self._add, self.coef, self._get_coefficients(other))

    def __radd__(self, other):
        return self._combined(self._add, other, self.coef)

    def __sub__(self, other):
        return self._combined(self._sub, self.coef, self._get_coefficients(other))

    def __rsub__(self, other):
        return self._combined(self._sub, other, self.coef)

    def __mul__(self, other):
        return self._combined(self._mul, self.coef, self._get_coefficients(other))

    def __rmul__(self, other):
        return self._combined(self._mul, other, self.coef)

    def __divmod__(self, other):
        return self._divided(self.coef, self._get_coefficients(other))

    def __rdivmod__(self, other):
        return self._divided(other, self.coef)

    def __floordiv__(self, other):
        return _item(self.__divmod__(other), 0)

    def __rfloordiv__(self, other):
        return _item(self.__rdivmod__(other), 0)

    def __mod__(self, other):
        return _item(self.__divmod__(other), 1)

    def __rmod__(self, other):
        return _item(self.__rdivmod__(other), 1)

    def __truediv__(self, other):
        # A quotient of series is in general none; by a number it is.
        if not isinstance(other, numbers.Number) or isinstance(other, bool):
            raise TypeError(f"unsupported types for true division: '{type(self)}', '{type(other)}'")
        return self.__floordiv__(other)

    def __rtruediv__(self, other):
        return NotImplemented

    def __pow__(self, other):
        return self._with(self._pow(self.coef, other, maxpower=self.maxpower))


def _item(pair, place):
    return pair if pair is NotImplemented else pair[place]
