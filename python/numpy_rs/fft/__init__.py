"""Discrete Fourier transforms.

Names that are not available yet raise AttributeError.
"""

from .. import _native

_NAMES = """
fft ifft rfft irfft hfft ihfft rfftn irfftn rfft2 irfft2 fft2 ifft2 fftn ifftn fftshift ifftshift
fftfreq rfftfreq""".split()

_compiled = getattr(_native, "fft", None)
if _compiled is not None:
    for _name in _NAMES:
        if hasattr(_compiled, _name):
            globals()[_name] = getattr(_compiled, _name)

__all__ = [name for name in _NAMES if name in globals()]


def __getattr__(name):
    if name == "test":
        from .._pytesttester import PytestTester
        return PytestTester(__name__)
    if name in _NAMES:
        raise AttributeError(f"{__name__}.{name} is not available yet", name=name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}", name=name)
