"""Series of polynomials in six bases, as functions of coefficient arrays and as classes.

A series is a 1-d array of coefficients, the lowest degree first. Each module holds the functions
of one basis under a prefix (`polyadd`, `chebadd`, ...) and its class; `polyutils` what they share.
"""

from . import polyutils
from .chebyshev import Chebyshev
from .hermite import Hermite
from .hermite_e import HermiteE
from .laguerre import Laguerre
from .legendre import Legendre
from .polynomial import Polynomial

__all__ = [
    "set_default_printstyle",
    "polynomial",
    "Polynomial",
    "chebyshev",
    "Chebyshev",
    "legendre",
    "Legendre",
    "hermite",
    "Hermite",
    "hermite_e",
    "HermiteE",
    "laguerre",
    "Laguerre",
]


def set_default_printstyle(style):
    """Print series with the characters of 'unicode' (superscripts, subscripts) or of 'ascii'.

    Holds for all classes; an explicit format such as `f"{p:ascii}"` comes before it.
    """
    if style not in ("unicode", "ascii"):
        raise ValueError(f"Unsupported format string '{style}'. Valid options are 'ascii' and 'unicode'")
    from ._polybase import ABCPolyBase

    ABCPolyBase._use_unicode = style == "unicode"


from .._pytesttester import PytestTester

test = PytestTester(__name__)
del PytestTester
