"""Polynomials as arrays of coefficients, the highest power first."""

import re
import warnings

from .. import exceptions, linalg
from .._core import numeric as np
from .._core.overrides import array_function_dispatch, overridable

__all__ = [
    "poly", "roots", "polyint", "polyder", "polyadd", "polysub", "polymul", "polydiv", "polyval",
    "poly1d", "polyfit",
]


def _eigenvalues(matrix):
    """The eigenvalues of a matrix; real ones, if the matrix is real and none has an imaginary part."""
    found = linalg.eigvals(matrix)
    if matrix.dtype.kind != "c" and np.all(found.imag == 0.0):
        return found.real.astype(matrix.dtype, copy=False)
    return found.astype(np.result_type(matrix.dtype, np.complex64), copy=False)


# The items of the argument may override, which must therefore be a sequence.
@array_function_dispatch(lambda seq_of_zeros: seq_of_zeros, module="numpy")
def poly(seq_of_zeros):
    """The polynomial with the given roots, or the characteristic one of a square matrix."""
    zeros = np.atleast_1d(seq_of_zeros)
    shape = zeros.shape
    if len(shape) == 2 and shape[0] == shape[1] != 0:
        zeros = linalg.eigvals(zeros)
    elif len(shape) == 1:
        if zeros.dtype != object:
            from ._type_check_impl import mintypecode

            zeros = zeros.astype(mintypecode(zeros.dtype.char))
    else:
        raise ValueError("input must be 1d or non-empty square 2d array.")
    if len(zeros) == 0:
        return 1.0
    result = np.ones((1,), dtype=zeros.dtype)
    one = result[0]
    for zero in zeros:
        result = np.convolve(result, np.array([one, -zero]), mode="full")
    if issubclass(result.dtype.type, np.complexfloating):
        found = np.asarray(zeros, complex)
        if np.all(np.sort(found) == np.sort(found.conjugate())):
            result = result.real.copy()
    return result


@overridable("p")
def roots(p):
    """The zeros of a polynomial, as eigenvalues of its companion matrix."""
    p = np.atleast_1d(p)
    if p.ndim != 1:
        raise ValueError("Input must be a rank-1 array.")
    filled = np.nonzero(np.ravel(p))[0]
    if len(filled) == 0:
        return np.array([])
    trailing = len(p) - filled[-1] - 1
    p = p[int(filled[0]):int(filled[-1]) + 1]
    if not issubclass(p.dtype.type, (np.floating, np.complexfloating)):
        p = p.astype(float)
    if len(p) > 1:
        from ._twodim_base_impl import diag

        companion = diag(np.ones((len(p) - 2,), p.dtype), -1)
        companion[0, :] = -p[1:] / p[0]
        found = _eigenvalues(companion)
    else:
        found = np.array([], dtype=p.dtype)
    return np.hstack((found, np.zeros(trailing, found.dtype)))


@overridable("p")
def polyint(p, m=1, k=None):
    """The integral of order `m`, with the constants `k`."""
    m = int(m)
    if m < 0:
        raise ValueError("Order of integral must be positive (see polyder)")
    k = np.atleast_1d(np.zeros(m, float) if k is None else k)
    if len(k) == 1 and m > 1:
        k = k[0] * np.ones(m, float)
    if len(k) < m:
        raise ValueError("k must be a scalar or a rank-1 array of length 1 or >m.")
    as_poly = isinstance(p, poly1d)
    p = np.asarray(p)
    for constant in k[:m]:
        p = np.concatenate((p / np.arange(len(p), 0, -1), [constant]))
    return poly1d(p) if as_poly else p


@overridable("p")
def polyder(p, m=1):
    """The derivative of order `m`."""
    m = int(m)
    if m < 0:
        raise ValueError("Order of derivative must be positive (see polyint)")
    as_poly = isinstance(p, poly1d)
    p = np.asarray(p)
    for _ in range(m):
        p = p[:-1] * np.arange(len(p) - 1, 0, -1)
    return poly1d(p) if as_poly else p


@overridable("x", "y", "w")
def polyfit(x, y, deg, rcond=None, full=False, w=None, cov=False):
    """The polynomial of degree `deg` that fits points with the least squares of errors."""
    from ._twodim_base_impl import vander

    order = int(deg) + 1
    x, y = np.asarray(x) + 0.0, np.asarray(y) + 0.0
    if deg < 0:
        raise ValueError("expected deg >= 0")
    if x.ndim != 1:
        raise TypeError("expected 1D vector for x")
    if x.size == 0:
        raise TypeError("expected non-empty vector for x")
    if y.ndim < 1 or y.ndim > 2:
        raise TypeError("expected 1D or 2D array for y")
    if x.shape[0] != y.shape[0]:
        raise TypeError("expected x and y to have same length")
    if rcond is None:
        from .._core.getlimits import finfo

        rcond = len(x) * finfo(x.dtype).eps
    left, right = vander(x, order), y
    if w is not None:
        w = np.asarray(w) + 0.0
        if w.ndim != 1:
            raise TypeError("expected a 1-d array for weights")
        if w.shape[0] != y.shape[0]:
            raise TypeError("expected w and y to have the same length")
        left = left * w[:, np.newaxis]
        right = right * (w[:, np.newaxis] if right.ndim == 2 else w)
    # Columns of like size make the system better conditioned.
    scale = np.sqrt((left * left).sum(axis=0))
    c, residuals, rank, s = linalg.lstsq(left / scale, right, rcond)
    c = (c.T / scale).T
    if rank != order and not full:
        warnings.warn("Polyfit may be poorly conditioned", exceptions.RankWarning, stacklevel=2)
    if full:
        return c, residuals, rank, s, rcond
    if not cov:
        return c
    base = linalg.inv(np.dot(left.T, left) / np.outer(scale, scale)) / np.outer(scale, scale)
    factor = 1
    if cov != "unscaled":
        if len(x) <= order:
            raise ValueError("the number of data points must exceed order to scale the covariance matrix")
        factor = residuals / (len(x) - order)
    return c, base * factor if y.ndim == 1 else base[:, :, np.newaxis] * factor


@overridable("p", "x")
def polyval(p, x):
    """The value of a polynomial at numbers, arrays or a polynomial."""
    p = np.asarray(p)
    if isinstance(x, poly1d):
        y = 0
    else:
        x = np.asanyarray(x)
        y = np.zeros_like(x)
    for coefficient in p:
        y = y * x + coefficient
    return y


def _sum(a1, a2, combine):
    as_poly = isinstance(a1, poly1d) or isinstance(a2, poly1d)
    a1, a2 = np.atleast_1d(a1), np.atleast_1d(a2)
    missing = len(a2) - len(a1)
    if missing > 0:
        a1 = np.concatenate((np.zeros(missing, a1.dtype), a1))
    elif missing < 0:
        a2 = np.concatenate((np.zeros(-missing, a2.dtype), a2))
    value = combine(a1, a2)
    return poly1d(value) if as_poly else value


@overridable("a1", "a2")
def polyadd(a1, a2):
    """The sum of two polynomials."""
    return _sum(a1, a2, np.add)


@overridable("a1", "a2")
def polysub(a1, a2):
    """The difference of two polynomials."""
    return _sum(a1, a2, np.subtract)


@overridable("a1", "a2")
def polymul(a1, a2):
    """The product of two polynomials."""
    as_poly = isinstance(a1, poly1d) or isinstance(a2, poly1d)
    value = np.convolve(poly1d(a1), poly1d(a2))
    return poly1d(value) if as_poly else value


@overridable("u", "v")
def polydiv(u, v):
    """Quotient and remainder."""
    as_poly = isinstance(u, poly1d) or isinstance(v, poly1d)
    u, v = np.atleast_1d(u) + 0.0, np.atleast_1d(v) + 0.0
    kind = u[0] + v[0]
    m, n = len(u) - 1, len(v) - 1
    scale = 1.0 / v[0]
    quotient = np.zeros((max(m - n + 1, 1),), kind.dtype)
    rest = u.astype(kind.dtype)
    for i in range(m - n + 1):
        d = scale * rest[i]
        quotient[i] = d
        rest[i:i + n + 1] -= d * v
    while np.allclose(rest[0], 0, rtol=1e-14) and rest.shape[-1] > 1:
        rest = rest[1:]
    return (poly1d(quotient), poly1d(rest)) if as_poly else (quotient, rest)


def _raised(text, width=70):
    """The marks `**n` of a text as exponents on lines of their own, folded at `width`."""
    # The last blank of a part is the column where its exponent begins.
    over, under, out = " ", "", ""
    at = 0
    for mark in re.finditer(r"\*\*([0-9]*)", text):
        power = mark.group(1)
        low = text[at:mark.start()] + " " * (len(power) - 1)
        high = " " * (mark.start() - at - 1) + power
        at = mark.end()
        if len(over) + len(high) > width or len(under) + len(low) > width:
            out += f"{over}\n{under}\n "
            over = under = ""
        over, under = over + high, under + low
    return f"{out}{over}\n{under}{text[at:]}"


def _number(q):
    text = f"{q:.4g}"
    return text[:-5] if text.endswith(".0000") else text


class poly1d:
    """A polynomial of one variable, given by coefficients or, with `r`, by its roots."""

    __module__ = "numpy"
    __hash__ = None

    def __init__(self, c_or_r, r=False, variable=None):
        if isinstance(c_or_r, poly1d):
            self._variable = c_or_r._variable
            self.__dict__["coeffs"] = c_or_r.coeffs
            if set(c_or_r.__dict__) - set(self.__dict__):
                warnings.warn(
                    "In the future extra properties will not be copied across when constructing one "
                    "poly1d from another", FutureWarning, stacklevel=2)
                self.__dict__.update(c_or_r.__dict__)
        else:
            c = np.atleast_1d(poly(c_or_r) if r else c_or_r)
            if c.ndim > 1:
                raise ValueError("Polynomial must be 1d only.")
            filled = np.nonzero(c)[0]
            self.__dict__["coeffs"] = c[filled[0]:] if len(filled) else np.zeros(1, dtype=c.dtype)
        if variable is not None or "_variable" not in self.__dict__:
            self._variable = "x" if variable is None else variable

    @property
    def coeffs(self):
        """The coefficients, the highest power first."""
        return self.__dict__["coeffs"]

    @coeffs.setter
    def coeffs(self, value):
        if value is not self.__dict__["coeffs"]:
            raise AttributeError("Cannot set attribute")

    @property
    def variable(self):
        """The name of the variable in texts."""
        return self._variable

    @property
    def order(self):
        """The degree."""
        return len(self.__dict__["coeffs"]) - 1

    @property
    def roots(self):
        """The zeros."""
        return roots(self.__dict__["coeffs"])

    r = roots
    c = coef = coefficients = coeffs
    o = order

    def __array__(self, t=None, copy=None):
        return np.asarray(self.coeffs, t, copy=copy) if t else np.asarray(self.coeffs, copy=copy)

    def __repr__(self):
        return f"poly1d({repr(self.coeffs)[6:-1]})"

    def __len__(self):
        return self.order

    def __str__(self):
        filled = np.nonzero(self.coeffs)[0]
        shown = self.coeffs[int(filled[0]):] if len(filled) else ()
        out, variable = "0", self.variable
        for i, coefficient in enumerate(shown):
            power = len(shown) - 1 - i
            if isinstance(coefficient, (complex, np.complexfloating)):
                real, imag = coefficient.real, coefficient.imag
                text = (_number(real) if imag == 0 else f"{_number(imag)}j" if real == 0
                        else f"({_number(real)} + {_number(imag)}j)")
            else:
                text = _number(coefficient)
            if power == 0:
                term = text if text != "0" or i == 0 else ""
            else:
                name = variable if power == 1 else f"{variable}**{power}"
                term = ("0" if i == 0 else "") if text == "0" else name if text == "b" else f"{text} {name}"
            if i == 0:
                out = term
            elif term:
                out += f" - {term[1:]}" if term.startswith("-") else f" + {term}"
        return _raised(out)

    def __call__(self, val):
        return polyval(self.coeffs, val)

    def __neg__(self):
        return poly1d(-self.coeffs)

    def __pos__(self):
        return self

    def __mul__(self, other):
        return poly1d(self.coeffs * other if np.isscalar(other) else polymul(self.coeffs, poly1d(other)))

    def __rmul__(self, other):
        return poly1d(other * self.coeffs if np.isscalar(other) else polymul(self.coeffs, poly1d(other)))

    def __add__(self, other):
        return poly1d(polyadd(self.coeffs, poly1d(other).coeffs))

    __radd__ = __add__

    def __pow__(self, val):
        if not np.isscalar(val) or int(val) != val or val < 0:
            raise ValueError("Power to non-negative integers only.")
        result = [1]
        for _ in range(int(val)):
            result = polymul(self.coeffs, result)
        return poly1d(result)

    def __sub__(self, other):
        return poly1d(polysub(self.coeffs, poly1d(other).coeffs))

    def __rsub__(self, other):
        return poly1d(polysub(poly1d(other).coeffs, self.coeffs))

    def __truediv__(self, other):
        return poly1d(self.coeffs / other) if np.isscalar(other) else polydiv(self, poly1d(other))

    def __rtruediv__(self, other):
        return poly1d(other / self.coeffs) if np.isscalar(other) else polydiv(poly1d(other), self)

    def __eq__(self, other):
        if not isinstance(other, poly1d):
            return NotImplemented
        return self.coeffs.shape == other.coeffs.shape and (self.coeffs == other.coeffs).all()

    def __ne__(self, other):
        return NotImplemented if not isinstance(other, poly1d) else not self == other

    def __getitem__(self, val):
        if val > self.order or val < 0:
            return self.coeffs.dtype.type(0)
        return self.coeffs[self.order - val]

    def __setitem__(self, key, val):
        if key < 0:
            raise ValueError("Does not support negative powers.")
        at = self.order - key
        if key > self.order:
            self.__dict__["coeffs"] = np.concatenate((np.zeros(key - self.order, self.coeffs.dtype), self.coeffs))
            at = 0
        self.__dict__["coeffs"][at] = val

    def __iter__(self):
        return iter(self.coeffs)

    def integ(self, m=1, k=0):
        """The integral, as `polyint` gives it."""
        return poly1d(polyint(self.coeffs, m=m, k=k))

    def deriv(self, m=1):
        """The derivative, as `polyder` gives it."""
        return poly1d(polyder(self.coeffs, m=m))
