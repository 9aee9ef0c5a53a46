"""Sample formats, levels, fades and figures."""

from ._samples import native, np, one_of, rate_in_hz, samples_of

__all__ = [
    "int16_to_float32", "float32_to_int16", "frombuffer_int16_to_float32", "normalize", "apply_gain", "apply_fade",
    "metrics", "loudness", "compute_peak", "compute_rms", "compute_mean", "compute_median", "compute_percentile",
    "compute_sum", "compute_std", "compute_var", "compute_min",
]

_ROUNDINGS = ("truncate", "nearest", "floor")
_CURVES = ("linear", "sine", "cosine", "exponential", "logarithmic")
#: What `normalize` aims at, in dBFS and LUFS.
_TARGETS = {"peak": -1.0, "rms": -20.0, "lufs": -23.0}


def _scale(scale):
    return one_of("scale", scale, (32767, 32768))


def int16_to_float32(samples, scale=32768):
    """16-bit samples as float32 fractions of full scale.

    Parameters
    ----------
    samples : array of int16
        Samples, of any shape.
    scale : 32768 or 32767
        The divisor.  32768 (what readers use) gives -1 <= x < 1, and `float32_to_int16` with the same
        scale gives every number back.

    Returns
    -------
    array of float32, of the same shape.

    Raises
    ------
    TypeError
        For arrays of other types.
    """
    return native._int16_to_float32(samples_of(samples), _scale(scale))


def float32_to_int16(samples, scale=32767, rounding=None):
    """Fractions of full scale as 16-bit samples; what is beyond full scale is clipped, NaN becomes 0.

    Parameters
    ----------
    samples : array of floats
        Samples between -1 and 1, of any shape.
    scale : 32767 or 32768
        The factor.  32767 is symmetric: 1.0 becomes 32767 and -1.0 becomes -32767.  32768 is the
        inverse of `int16_to_float32`; 1.0 becomes 32767, too.
    rounding : {"truncate", "nearest", "floor"}, optional
        What becomes of the rest: towards zero (the default for 32767, as speech models write),
        to the nearest (the default for 32768), or down (as libsndfile does when it clips).

    Returns
    -------
    array of int16, of the same shape.
    """
    if rounding is None:
        rounding = "truncate" if _scale(scale) == 32767 else "nearest"
    return native._float32_to_int16(
        samples_of(samples), _scale(scale), one_of("rounding", rounding, _ROUNDINGS))


def frombuffer_int16_to_float32(buffer):
    """Little-endian 16-bit samples in a buffer as float32 fractions of full scale (divided by 32768).

    Raises ValueError for an odd number of bytes.
    """
    return native._frombuffer_int16(np.frombuffer(buffer, dtype="u1") if len(buffer) else np.empty(0, dtype="u1"))


def normalize(samples, method="peak", target_db=None, sample_rate=None, axis=-1):
    """Sound times the one factor that brings its level to a target.  Silence stays silent.

    Parameters
    ----------
    samples : array
        Sound; all channels get the same factor.
    method : {"peak", "rms", "lufs"}
        The level meant: the greatest magnitude, the root of the mean square, or the loudness by
        ITU-R BS.1770-4, which needs `sample_rate` and 0.4 seconds of sound.
    target_db : float, optional
        The level to reach, in dBFS ("peak": -1, "rms": -20) or LUFS ("lufs": -23).
    sample_rate : float, optional
        In Hz.
    axis : int
        The axis of time.

    Raises
    ------
    ValueError
        For no samples, for NaN and infinity, for less than 0.4 seconds with "lufs".
    """
    one_of("method", method, tuple(_TARGETS))
    target = _TARGETS[method] if target_db is None else float(target_db)
    rate = rate_in_hz(sample_rate) if method == "lufs" else 0.0
    return native._normalize(samples_of(samples), method, target, rate, axis)


def apply_gain(samples, gain=None, *, gain_db=None):
    """Sound times a factor, `gain`, or louder by `gain_db` decibels.  Nothing is clipped."""
    if (gain is None) == (gain_db is None):
        raise TypeError("apply_gain takes either gain, a factor, or gain_db, in dB")
    return native._gain(samples_of(samples), float(gain) if gain_db is None else 10.0 ** (float(gain_db) / 20.0))


def _seconds(name, ms, s):
    if ms is not None and s is not None:
        raise TypeError(f"{name} is given either in milliseconds or in seconds")
    return float(s) if s is not None else float(ms or 0.0) / 1000.0


def apply_fade(samples, sample_rate, fade_in_ms=None, fade_out_ms=None, *, fade_in_s=None, fade_out_s=None,
               curve="linear", axis=-1):
    """Sound that comes from silence and goes into silence.

    Parameters
    ----------
    samples : array
        Sound, which is not changed.
    sample_rate : float
        In Hz.
    fade_in_ms, fade_out_ms : float, optional
        How long, in milliseconds; or `fade_in_s`, `fade_out_s`, in seconds.  Nothing fades by default.
        A fade longer than the sound takes all of it.
    curve : {"linear", "sine", "cosine", "exponential", "logarithmic"}
        "sine" keeps the power of crossing fades, "cosine" is flat at both ends, "exponential" is
        straight in dB from -60 dB, "logarithmic" is steep in silence.
    axis : int
        The axis of time.
    """
    fade_in = _seconds("the fade in", fade_in_ms, fade_in_s)
    fade_out = _seconds("the fade out", fade_out_ms, fade_out_s)
    return native._fade(samples_of(samples), rate_in_hz(sample_rate), fade_in, fade_out,
                        one_of("curve", curve, _CURVES), axis)


def metrics(samples, sample_rate, axis=-1):
    """The figures of a sound, all relative to a full scale of 1, as a dict.

    `rms` and `peak` are amplitudes, `rms_db` and `peak_db` the same in dBFS, `dynamic_range_db` is the way
    from the one up to the other in dB (minus infinity for silence), `mean` the direct current,
    `duration_sec` in seconds, `loudness_lufs` by ITU-R BS.1770-4 in LUFS (minus infinity for silence, NaN for
    less than 0.4 seconds or rates below 4 kHz), `loudness_range_lu` by EBU Tech 3342 in LU.
    """
    names = ("rms", "peak", "rms_db", "peak_db", "dynamic_range_db", "mean", "duration_sec", "loudness_lufs",
             "loudness_range_lu")
    return dict(zip(names, native._metrics(samples_of(samples), rate_in_hz(sample_rate), axis)))


def loudness(samples, sample_rate, axis=-1):
    """The loudness by ITU-R BS.1770-4 in LUFS; minus infinity for silence, ValueError for less than 0.4 seconds."""
    return native._loudness(samples_of(samples), rate_in_hz(sample_rate), axis)


def _some(samples):
    samples = samples_of(samples)
    if samples.dtype.kind not in "biuf":
        raise TypeError(f"sound is an array of real numbers (float32, float64, int16), not of {samples.dtype}")
    if samples.size == 0:
        raise ValueError("there are no samples (the array is empty)")
    return samples


def compute_peak(samples):
    """The greatest magnitude, in the units of the array, as a float."""
    return native._peak(_some(samples))


def compute_rms(samples):
    """The root of the mean square, in the units of the array, as a float; added in double precision."""
    return native._rms(_some(samples))


def compute_mean(samples):
    """The mean, in the units of the array, as a float."""
    return float(np.mean(_some(samples), dtype="d"))


def compute_median(samples):
    """The median, in the units of the array, as a float."""
    return float(np.median(_some(samples)))


def compute_percentile(samples, q):
    """The value that `q` percent of the samples lie below, in the units of the array, as a float."""
    return float(np.percentile(_some(samples), q))


def compute_sum(samples):
    """The sum, in the units of the array, as a float; added in double precision."""
    return float(np.sum(_some(samples), dtype="d"))


def compute_std(samples):
    """The standard deviation (divided by n), in the units of the array, as a float."""
    return float(np.std(_some(samples), dtype="d"))


def compute_var(samples):
    """The variance (divided by n), in the squared units of the array, as a float."""
    return float(np.var(_some(samples), dtype="d"))


def compute_min(samples):
    """The least sample, in the units of the array, as a float."""
    return float(np.min(_some(samples)))
