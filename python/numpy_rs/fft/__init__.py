"""Discrete Fourier transforms: along one axis and several, of complex, real and Hermitian data."""

from . import _helper, _pocketfft
from ._helper import *
from ._pocketfft import *

__all__ = [*_pocketfft.__all__, *_helper.__all__]


def __getattr__(name):
    if name == "test":
        from .._pytesttester import PytestTester
        return PytestTester(__name__)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}", name=name)
