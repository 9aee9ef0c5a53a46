"""The frozen rows of the sound bench: what is timed on ours, and what does the same with NumPy and SciPy.

As in `bench/rows.py` a row is only ever added. Sound comes from integer arithmetic, so that both sides have
the same; all rows but the first two work on one minute at 24 kHz.
"""

from dataclasses import dataclass

#: What a row must reach, by the purpose it serves.
#: (`TOLD` rows only tell.)
POLYPHASE, LINEAR, NOT_SLOWER, TOLD = 3.0, 8.0, 1.0, 0.0


def sound(rate, dtype="float32"):
    """A minute at a rate, between -0.8 and 0.8."""
    return (f"n = 60 * {rate}; x = ((np.arange(n, dtype=np.int64) * 7919 % 1999 - 999) / 1250.0).astype(np.{dtype})")


@dataclass(frozen=True)
class Row:
    """A name, a bar (how many times as fast ours has to be), and texts for ours and for NumPy."""

    name: str
    bar: float
    setup: tuple
    statement: tuple
    moved: int = 0


def row(name, setup, ours, numpy, bar=NOT_SLOWER):
    return Row(name, bar, (setup + "; import numpy_rs.audio as audio", setup + "; import scipy.signal as signal"),
               (ours, numpy))


ROWS = [
    row("resample_poly 44.1->24 kHz float32", sound(44100), "audio.resample_poly(x, 80, 147)",
        "signal.resample_poly(x, 80, 147)", POLYPHASE),
    row("resample_poly 44.1->24 kHz float64", sound(44100, "float64"), "audio.resample_poly(x, 80, 147)",
        "signal.resample_poly(x, 80, 147)", POLYPHASE),
    row("resample linear 44.1->24 kHz", sound(44100), "audio.resample_length(x, 1440000, 'linear')",
        "np.interp(np.linspace(0, n - 1, 1440000), np.arange(n), x).astype(np.float32)", LINEAR),
    row("int16 to float32", sound(24000) + "; i = (x * 32767).astype(np.int16)", "audio.int16_to_float32(i)",
        "i.astype(np.float32) / 32768.0"),
    row("int16 from bytes", sound(24000) + "; b = (x * 32767).astype(np.int16).tobytes()",
        "audio.frombuffer_int16_to_float32(b)", "np.frombuffer(b, dtype=np.int16).astype(np.float32) / 32768.0"),
    row("float32 to int16", sound(24000), "audio.float32_to_int16(x)",
        "(np.clip(x, -1.0, 1.0) * 32767).astype(np.int16)"),
    row("normalize peak", sound(24000), "audio.normalize(x, target_db=-0.0873)", "x / np.max(np.abs(x)) * 0.99"),
    row("normalize rms", sound(24000), "audio.normalize(x, 'rms')", "x / np.sqrt(np.mean(x ** 2)) * 0.1"),
    row("gain", sound(24000), "audio.apply_gain(x, 0.5)", "x * 0.5"),
    row("fade", sound(24000), "audio.apply_fade(x, 24000, 10, 10)",
        "y = x.copy(); y[:240] *= np.linspace(0, 1, 240); y[-240:] *= np.linspace(1, 0, 240)"),
    row("rms", sound(24000), "audio.compute_rms(x)", "np.sqrt(np.mean(x ** 2))"),
    row("peak", sound(24000), "audio.compute_peak(x)", "np.max(np.abs(x))"),
    row("gain of 20 ms", "x = (np.arange(480) * 7919 % 1999 - 999).astype(np.float32)", "audio.apply_gain(x, 0.5)",
        "x * 0.5", TOLD),
]
