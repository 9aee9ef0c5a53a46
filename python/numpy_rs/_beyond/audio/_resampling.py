"""Other rates, other lengths, other ends."""

import operator

from ._samples import native, np, one_of, rate_in_hz, samples_of

__all__ = ["resample", "resample_length", "resample_poly", "end_on_pause", "to_mono"]

_METHODS = ("linear", "polyphase", "fft", "sinc")
_PADDINGS = ("constant", "edge", "wrap", "symmetric", "reflect", "antisymmetric", "antireflect", "smooth", "line")
_BACKGROUNDS = {"mean": "mean", "median": "median", "minimum": "min", "maximum": "max"}


def _whole(name, value):
    if value != int(value):
        raise ValueError(f"{name} must be an integer")
    if value < 1:
        raise ValueError("up and down must be >= 1")
    return int(value)


def _filter(window):
    """Taps of one's own, or the shape of the Kaiser window."""
    if isinstance(window, tuple) and len(window) == 2 and window[0] == "kaiser":
        return None, float(window[1])
    if isinstance(window, (str, tuple)):
        raise NotImplementedError(f"window {window!r}: ('kaiser', beta) and arrays of taps are supported")
    taps = np.asarray(window, dtype="d")
    if taps.ndim > 1:
        raise ValueError("window must be 1-D")
    return taps.tolist(), 0.0


def resample_poly(x, up, down, axis=-1, window=("kaiser", 5.0), padtype="constant", cval=None):
    """Sound at `up / down` of its rate through one low-pass filter, as `scipy.signal.resample_poly` has it.

    Parameters
    ----------
    x : array of real numbers
        Sound.  float32 is calculated in float32, everything else in float64, and whole numbers are not
        scaled.
    up, down : int
        The ratio.
    axis : int
        The axis of time; the last one, where SciPy takes the first.
    window : ("kaiser", beta) or array
        The window under which the filter is designed, `20 max(up, down) + 1` taps long, or the taps
        themselves.
    padtype : str
        What lies beyond the ends: "constant" (`cval`, 0 by default), "edge", "wrap", "symmetric",
        "reflect", "antisymmetric", "antireflect", "smooth", "line"; or "mean", "median", "minimum",
        "maximum" of the sound.

    Returns
    -------
    array of `ceil(n * up / down)` samples along `axis`.
    """
    x = samples_of(x)
    up, down = _whole("up", up), _whole("down", down)
    if cval is not None and padtype != "constant":
        raise ValueError("cval has no effect when padtype is ", padtype)
    one_of("padtype", padtype, (*_BACKGROUNDS, *_PADDINGS))
    taps, beta = _filter(window)
    axis = operator.index(axis)
    if padtype not in _BACKGROUNDS:
        return native._resample_poly(x, up, down, axis, beta, taps, padtype, float(cval or 0.0))
    background = getattr(np, _BACKGROUNDS[padtype])(x, axis=axis, keepdims=True)
    return native._resample_poly(x - background, up, down, axis, beta, taps, "constant", 0.0) + background


def resample(x, orig_sr, target_sr, method="polyphase", axis=-1):
    """Sound of one sample rate at another.

    Parameters
    ----------
    x : array
        Sound.
    orig_sr, target_sr : float
        The rates, in Hz.
    method : {"polyphase", "linear", "fft", "sinc"}
        "polyphase": one low-pass filter, whole numbers of Hz, the default.  "linear": straight lines
        between samples, fast, with mirrored high frequencies.  "fft": the spectrum is cut or filled
        up, the sound taken to be periodic.  "sinc": windowed sinc functions of 256 samples, any ratio
        from 1/1000 to 1000, the sharpest.
    axis : int
        The axis of time.

    Returns
    -------
    array of `ceil(n * target_sr / orig_sr)` samples along `axis`.
    """
    one_of("method", method, _METHODS)
    return native._resample(samples_of(x), rate_in_hz(orig_sr), rate_in_hz(target_sr), method, operator.index(axis))


def resample_length(x, length, method="linear", axis=-1):
    """Sound in `length` samples; "linear" keeps the first and the last sample in place.

    Methods as in `resample`.  Raises ValueError for no samples and a negative length.
    """
    one_of("method", method, _METHODS)
    length = operator.index(length)
    if length < 0:
        raise ValueError(f"the length must be a number of samples that is not negative, not {length}")
    return native._resample_length(samples_of(x), length, method, operator.index(axis))


def end_on_pause(wav, sample_rate, pause_sec=0.08, fade_sec=0.02, floor_db=35.0, axis=-1):
    """A voice prompt that ends on a pause, so that a model does not go on with its last word.

    What is silent at the end (frames of 20 ms more than `floor_db` dB below the loudest one) is cut, the
    last `fade_sec` seconds of the rest are faded out, and `pause_sec` seconds of silence are put on.  All
    channels end together.  Less than one frame is returned as it is.
    """
    return native._end_on_pause(samples_of(wav), rate_in_hz(sample_rate), float(pause_sec), float(fade_sec),
                                float(floor_db), operator.index(axis))


def to_mono(samples, axis=-1):
    """The mean of the channels: sound with time as its only axis."""
    return native._to_mono(samples_of(samples), operator.index(axis))
