"""Functions that go over to complex numbers where real ones have no answer."""

from ._scimath_impl import __all__, arccos, arcsin, arctanh, log, log2, log10, logn, power, sqrt  # noqa: F401
