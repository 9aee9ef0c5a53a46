"""Types for annotations: `ArrayLike`, `DTypeLike`, `NDArray` and `NBitBase`."""

from .._typing import ArrayLike, DTypeLike, NBitBase, NDArray

__all__ = ["ArrayLike", "DTypeLike", "NBitBase", "NDArray"]


def __dir__():
    return __all__


def __getattr__(name):
    if name == "test":
        from .._pytesttester import PytestTester
        return PytestTester(__name__)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}", name=name)
