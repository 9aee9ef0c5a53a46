"""Frequencies, and where their zero lies."""

from .._core import numeric as np
from .._core.overrides import overridable

__all__ = ["fftfreq", "fftshift", "ifftshift", "rfftfreq"]

_HOME = "numpy.fft"


def _shifts(x, axes, backwards):
    halves = range(x.ndim) if axes is None else (axes,) if isinstance(axes, (int, np.integer)) else tuple(axes)
    sign = -1 if backwards else 1
    return [sign * (x.shape[axis] // 2) for axis in halves], tuple(halves)


@overridable("x", module=_HOME)
def fftshift(x, axes=None):
    """Move the frequency zero to the middle of axes, by default of all."""
    x = np.asarray(x)
    return np.roll(x, *_shifts(x, axes, backwards=False))


@overridable("x", module=_HOME)
def ifftshift(x, axes=None):
    """The inverse of `fftshift`, which differs from it for odd lengths."""
    x = np.asarray(x)
    return np.roll(x, *_shifts(x, axes, backwards=True))


def fftfreq(n, d=1.0, device=None):
    """The frequencies of the items of `fft`, in cycles for each unit of the sample spacing `d`."""
    if not isinstance(n, (int, np.integer)):
        raise ValueError("n should be an integer")
    results = np.empty(n, int, device=device)
    middle = (n - 1) // 2 + 1
    results[:middle] = np.arange(0, middle, dtype=int, device=device)
    results[middle:] = np.arange(-(n // 2), 0, dtype=int, device=device)
    return results * (1.0 / (n * d))


def rfftfreq(n, d=1.0, device=None):
    """The frequencies of the items of `rfft`, in cycles for each unit of the sample spacing `d`."""
    if not isinstance(n, (int, np.integer)):
        raise ValueError("n should be an integer")
    return np.arange(0, n // 2 + 1, dtype=int, device=device) * (1.0 / (n * d))


for _function in (fftfreq, rfftfreq):
    _function.__module__ = _HOME
