"""The class of which those of all families are subclasses."""

import abc

from .._core import numeric as np
from .._core.function_base import linspace
from . import polyutils as pu
from ._operators import SeriesOperators
from ._printing import SeriesText

__all__ = ["ABCPolyBase"]

_STATIC = ("add", "sub", "mul", "div", "pow", "val", "int", "der", "fit", "line", "roots", "fromroots")


def _abstract(name):
    def missing(*args, **kwargs):
        raise NotImplementedError(f"{name} is given by a subclass")

    missing.__name__ = name
    return staticmethod(abc.abstractmethod(missing))


class ABCPolyBase(SeriesText, SeriesOperators, abc.ABC):
    """A series of polynomials that is called like a function and not changed once made.

    `coef` (n,) holds the coefficients, the lowest degree first. The series takes its values after
    the linear map that carries `domain` (2,) to `window` (2,); the defaults are the class's.
    `symbol`, an identifier, names the variable in texts.

    A subclass has a `basis_name`. It says `class Name(ABCPolyBase, family=...)`, or else writes the
    static methods `_add`, `_sub`, ... and has a `domain` and a `window` of its own.
    """

    def __init_subclass__(cls, family=None, **kwargs):
        super().__init_subclass__(**kwargs)
        if family is not None:
            for name in _STATIC:
                setattr(cls, f"_{name}", staticmethod(getattr(family.functions, name)))
            cls.domain, cls.window = np.array(family.domain), np.array(family.domain)

    @property
    def symbol(self):
        """The name of the variable."""
        return self._symbol

    @property
    @abc.abstractmethod
    def domain(self):
        """The default domain, (2,)."""

    @property
    @abc.abstractmethod
    def window(self):
        """The default window, (2,)."""

    @property
    @abc.abstractmethod
    def basis_name(self):
        """What stands for a basis polynomial in texts."""

    for _name in _STATIC:
        locals()[f"_{_name}"] = _abstract(f"_{_name}")
    del _name

    def __init__(self, coef, domain=None, window=None, symbol="x"):
        [self.coef] = pu.as_series([coef], trim=False)
        for name, pair in (("domain", domain), ("window", window)):
            if pair is not None:
                [pair] = pu.as_series([pair], trim=False)
                if len(pair) != 2:
                    raise ValueError(f"{name.capitalize()} has wrong number of elements.")
                setattr(self, name, pair)
        try:
            valid = symbol.isidentifier()
        except AttributeError:
            raise TypeError("Symbol must be a non-empty string")
        if not valid:
            raise ValueError("Symbol string must be a valid Python identifier")
        self._symbol = symbol

    def __getstate__(self):
        arrays = {name: getattr(self, name).copy() for name in ("coef", "domain", "window")}
        return {**self.__dict__, **arrays, "symbol": self.symbol}

    def __setstate__(self, dict):
        self.__dict__ = dict

    def __call__(self, arg):
        return self._val(pu.mapdomain(arg, self.domain, self.window), self.coef)

    def __iter__(self):
        return iter(self.coef)

    def __len__(self):
        return len(self.coef)

    def __eq__(self, other):
        return (
            isinstance(other, self.__class__)
            and np.all(self.domain == other.domain)
            and np.all(self.window == other.window)
            and self.coef.shape == other.coef.shape
            and np.all(self.coef == other.coef)
            and self.symbol == other.symbol
        )

    def __ne__(self, other):
        return not self.__eq__(other)

    def has_samecoef(self, other):
        """Whether the coefficients are equal in number and value."""
        return len(self.coef) == len(other.coef) and np.all(self.coef == other.coef)

    def has_samedomain(self, other):
        """Whether the domains are equal."""
        return np.all(self.domain == other.domain)

    def has_samewindow(self, other):
        """Whether the windows are equal."""
        return np.all(self.window == other.window)

    def has_sametype(self, other):
        """Whether `other` is a series of this class."""
        return isinstance(other, self.__class__)

    def _get_coefficients(self, other):
        """The coefficients of a series that goes with this one; what is no series, as it is."""
        if not isinstance(other, ABCPolyBase):
            return other
        if not isinstance(other, self.__class__):
            raise TypeError("Polynomial types differ")
        if not np.all(self.domain == other.domain):
            raise TypeError("Domains differ")
        if not np.all(self.window == other.window):
            raise TypeError("Windows differ")
        if self.symbol != other.symbol:
            raise ValueError("Polynomial symbols differ")
        return other.coef

    def copy(self):
        """A series with a copy of the coefficients."""
        return self._with(self.coef)

    def degree(self):
        """The number of coefficients less one; trailing zeros count."""
        return len(self) - 1

    def cutdeg(self, deg):
        """The series without the terms above degree `deg`."""
        return self.truncate(deg + 1)

    def trim(self, tol=0):
        """The series without trailing coefficients whose absolute value is at most `tol`."""
        return self._with(pu.trimcoef(self.coef, tol))

    def truncate(self, size):
        """The series of the first `size` coefficients; all, if there are fewer."""
        count = int(size)
        if count != size or count < 1:
            raise ValueError("size must be a positive integer")
        return self._with(self.coef[:count])

    def convert(self, domain=None, kind=None, window=None):
        """The same function as a series of class `kind`; by default, over that class's domain."""
        kind = self.__class__ if kind is None else kind
        domain = kind.domain if domain is None else domain
        window = kind.window if window is None else window
        return self(kind.identity(domain, window=window, symbol=self.symbol))

    def mapparms(self):
        """Offset and scale of the map `offset + scale * x` from domain to window."""
        return pu.mapparms(self.domain, self.window)

    def integ(self, m=1, k=[], lbnd=None):
        """The integral of order `m`, whose values at `lbnd` are the constants `k`."""
        offset, scale = self.mapparms()
        lbnd = 0 if lbnd is None else offset + scale * lbnd
        return self._with(self._int(self.coef, m, k, lbnd, 1.0 / scale))

    def deriv(self, m=1):
        """The derivative of order `m`."""
        return self._with(self._der(self.coef, m, self.mapparms()[1]))

    def roots(self):
        """The roots, sorted in the window, as points of the domain."""
        return pu.mapdomain(self._roots(self.coef), self.window, self.domain)

    def linspace(self, n=100, domain=None):
        """`n` points at equal distances over `domain`, and the values there, each (n,)."""
        domain = self.domain if domain is None else domain
        x = linspace(domain[0], domain[1], n)
        return x, self(x)

    @classmethod
    def fit(cls, x, y, deg, domain=None, rcond=None, full=False, w=None, window=None, symbol="x"):
        """The series of least squared error at points x (m,) and y (m,).

        `domain=None` is the smallest that holds x, `[]` the class's. `deg`, `rcond`, `full` and
        `w` are those of the fit functions; with `full`, a pair of the series and what they add.
        """
        if domain is None:
            domain = pu.getdomain(x)
            if domain[0] == domain[1]:
                domain[0] -= 1
                domain[1] += 1
        domain, window = cls._given(None if _is_empty_list(domain) else domain, window)
        found = cls._fit(pu.mapdomain(x, domain, window), y, deg, w=w, rcond=rcond, full=full)
        if not full:
            return cls(found, domain=domain, window=window, symbol=symbol)
        coef, status = found
        return cls(coef, domain=domain, window=window, symbol=symbol), status

    @classmethod
    def fromroots(cls, roots, domain=[], window=None, symbol="x"):
        """The series of the product of all `x - r`, over `domain` or, if None, that of the roots."""
        [roots] = pu.as_series([roots], trim=False)
        if domain is None:
            domain = pu.getdomain(roots)
        domain, window = cls._given(None if _is_empty_list(domain) else domain, window)
        offset, scale = pu.mapparms(domain, window)
        coef = cls._fromroots(offset + scale * roots) / scale ** len(roots)
        return cls(coef, domain=domain, window=window, symbol=symbol)

    @classmethod
    def identity(cls, domain=None, window=None, symbol="x"):
        """The series p with p(x) == x."""
        domain, window = cls._given(domain, window)
        offset, scale = pu.mapparms(window, domain)
        return cls(cls._line(offset, scale), domain, window, symbol)

    @classmethod
    def basis(cls, deg, domain=None, window=None, symbol="x"):
        """The basis polynomial of degree `deg`."""
        domain, window = cls._given(domain, window)
        degree = int(deg)
        if degree != deg or degree < 0:
            raise ValueError("deg must be non-negative integer")
        return cls([0] * degree + [1], domain, window, symbol)

    @classmethod
    def cast(cls, series, domain=None, window=None):
        """A series of any class as one of this class; equal to `series.convert(domain, cls, window)`."""
        domain, window = cls._given(domain, window)
        return series.convert(domain, cls, window)

    @classmethod
    def _given(cls, domain, window):
        """Domain and window, those of the class for None."""
        return cls.domain if domain is None else domain, cls.window if window is None else window


def _is_empty_list(domain):
    return isinstance(domain, list) and len(domain) == 0
