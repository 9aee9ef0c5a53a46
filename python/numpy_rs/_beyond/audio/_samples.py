"""What the functions of this package take for sound."""

import importlib

from .. import _native

#: The package itself, under the name that it was loaded by.
np = importlib.import_module("..", __package__)

#: The compiled functions.
native = _native.audio


def samples_of(sound):
    """An array of the samples of an array, a list, or a tensor (without a copy where it is on the CPU)."""
    if isinstance(sound, np.ndarray):
        return sound
    if hasattr(sound, "__dlpack__") and not hasattr(sound, "__array_interface__"):
        return np.from_dlpack(sound)
    return np.asarray(sound)


def one_of(what, value, choices):
    """The value, which is one of the choices."""
    if value not in choices:
        raise ValueError(f"{what} must be one of {', '.join(map(repr, choices))}, not {value!r}")
    return value


def rate_in_hz(sample_rate):
    """A sample rate as a float."""
    if sample_rate is None:
        raise TypeError("sample_rate, in Hz, is needed")
    return float(sample_rate)
