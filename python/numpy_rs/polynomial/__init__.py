"""Polynomials in several bases; none is available yet."""

__all__ = []

_NAMES = ("Polynomial", "Chebyshev", "Legendre", "Hermite", "HermiteE", "Laguerre",
          "set_default_printstyle")


def __getattr__(name):
    if name in _NAMES:
        raise AttributeError(f"{__name__}.{name} is not available yet", name=name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}", name=name)
