"""Limits of floating-point and integer types."""

from .. import _native as _n
from .._globals import ROOT

__all__ = ["finfo", "iinfo"]

# Of a dtype: (mantissa bits, least exponent of a normal number, exponent past the largest, significant
# decimal digits, exponent bits).  The 80-bit format is what C's long double is on x86.
_FORMATS = {
    ("e", 2): (10, -14, 16, 3, 5),
    ("f", 4): (23, -126, 128, 6, 8),
    ("f", 8): (52, -1022, 1024, 15, 11),
    ("x87", 16): (63, -16382, 16384, 18, 15),
    ("quad", 16): (112, -16382, 16384, 33, 15),
}


def _format(dtype):
    if dtype.itemsize == 2:
        return _FORMATS["e", 2]
    if dtype.char != "g" or dtype.itemsize == 8:
        return _FORMATS["f", dtype.itemsize]
    one = _n.ones((), dtype)
    tiny_step = one + _n.asarray(2.0, dtype) ** -70
    return _FORMATS["quad", 16] if bool(tiny_step != one) else _FORMATS["x87", 16]


class finfo:
    """Limits of a floating-point type; of a complex type, those of its parts."""

    _cache = {}

    def __new__(cls, dtype):
        try:
            found = cls._cache.get(dtype)
            if found is not None:
                return found
        except TypeError:
            pass
        if dtype is None:
            raise TypeError("dtype must not be None")
        try:
            described = _n.dtype(dtype)
        except TypeError:
            described = _n.dtype(type(dtype))
        if described.kind == "c":
            real = {8: "f4", 16: "f8"}.get(described.itemsize, "g")
            described = _n.dtype(real)
        elif described.kind != "f":
            raise ValueError(f"data type {described.type!r} not inexact")
        described = described.newbyteorder("=")
        found = cls._cache.get(described)
        if found is None:
            found = object.__new__(cls)
            found._fill(described)
            cls._cache[described] = found
        try:
            cls._cache[dtype] = found
        except TypeError:
            pass
        return found

    def _fill(self, dtype):
        nmant, minexp, maxexp, precision, iexp = _format(dtype)
        scalar = dtype.type
        two = scalar(2)

        def power(exponent):
            # Halved steps stay exact and in range where 2**exponent does not.
            value, base, n = scalar(1), two if exponent >= 0 else scalar(0.5), abs(exponent)
            while n:
                if n & 1:
                    value = value * base
                n >>= 1
                if n:
                    base = base * base
            return value

        self.dtype = dtype
        self.bits = dtype.itemsize * 8
        self.nmant, self.minexp, self.maxexp = nmant, minexp, maxexp
        self.precision, self.iexp = precision, iexp
        self.eps = power(-nmant)
        self.epsneg = power(-nmant - 1)
        self.machep, self.negep, self.nexp = -nmant, -nmant - 1, iexp
        self.tiny = self.smallest_normal = power(minexp)
        half = power(maxexp - 1)
        self.max = scalar(half * (two - self.eps))
        self.min = scalar(-self.max)
        self.resolution = scalar(10) ** scalar(-precision)
        self._least = self.tiny * self.eps

    @property
    def smallest_subnormal(self):
        value = self._least
        if value == 0:
            import warnings

            warnings.warn(
                f"The value of the smallest subnormal for {self.dtype.type} type is zero.", UserWarning,
                stacklevel=2)
        return value

    def __str__(self):
        return (
            f"Machine parameters for {self.dtype}\n"
            "---------------------------------------------------------------\n"
            f"precision = {self.precision:3}   resolution = {self.resolution}\n"
            f"machep = {self.machep:6}   eps =        {self.eps}\n"
            f"negep =  {self.negep:6}   epsneg =     {self.epsneg}\n"
            f"minexp = {self.minexp:6}   tiny =       {self.tiny}\n"
            f"maxexp = {self.maxexp:6}   max =        {self.max}\n"
            f"nexp =   {self.nexp:6}   min =        -max\n"
            f"smallest_normal = {self.smallest_normal}   smallest_subnormal = {self.smallest_subnormal}\n"
            "---------------------------------------------------------------\n")

    def __repr__(self):
        return (f"finfo(resolution={self.resolution}, min={self.min}, max={self.max}, "
                f"dtype={self.dtype})")

    def __reduce__(self):
        return finfo, (self.dtype,)


class iinfo:
    """Limits of an integer type."""

    def __init__(self, int_type):
        try:
            self.dtype = _n.dtype(int_type)
        except TypeError:
            self.dtype = _n.dtype(type(int_type))
        self.kind = self.dtype.kind
        self.bits = self.dtype.itemsize * 8
        self.key = f"{self.kind}{self.bits}"
        if self.kind not in "iu":
            raise ValueError(f"Invalid integer data type {self.kind!r}.")

    @property
    def min(self):
        return 0 if self.kind == "u" else -(1 << (self.bits - 1))

    @property
    def max(self):
        return (1 << (self.bits if self.kind == "u" else self.bits - 1)) - 1

    def __str__(self):
        return (
            f"Machine parameters for {self.dtype}\n"
            "---------------------------------------------------------------\n"
            f"min = {self.min}\nmax = {self.max}\n"
            "---------------------------------------------------------------\n")

    def __repr__(self):
        return f"{self.__class__.__name__}(min={self.min}, max={self.max}, dtype={self.dtype})"


finfo.__module__ = iinfo.__module__ = ROOT
