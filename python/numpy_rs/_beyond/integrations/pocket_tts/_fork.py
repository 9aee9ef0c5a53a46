"""The fork 1.0.3: what stands for `pocket_tts.rust_audio` and `pocket_tts.numpy_rs`.

Answers are those of the fork where it has no library (its only working state), odd ones included: they
are listed in `docs/audio.md`.  `numpy_rs.audio` has the same functions with the oddities taken out.
"""

from ...audio._samples import native, np
from ._handing import handed, served, taken
from ._hooks import whole

KIND = "fork"
FILES = ("rust_audio.py", "numpy_rs.py")

#: What `pocket_tts/__init__.py` takes from `numpy_rs`: functions by NumPy's names, then types.
FUNCTIONS = ("arange", "array", "clip", "min", "max", "mean", "median", "sum", "sqrt", "log", "std", "var", "reshape",
             "transpose", "concatenate", "vstack", "hstack", "zeros", "ones", "eye", "linspace", "interp", "dot",
             "matmul", "abs", "power", "frombuffer", "size", "percentile")
TYPES = ("int16", "int32", "float32", "float64", "int8", "uint8")


def replacements():
    return {"rust_audio": rust_audio, "numpy_rs": numpy_rs}


def _is_plain(samples):
    """Whether the short way gives what the long one would: one axis of float32 or float64."""
    return isinstance(samples, np.ndarray) and samples.ndim == 1 and samples.dtype.char in "fd" and samples.size > 0


class RustAudioProcessor:
    """The fork's processor, with `numpy_rs.audio` in the place of its library.

    Sample rates are in Hz, fades in milliseconds, lengths in samples.
    """

    def __init__(self, lib_path=None):
        self._lib_path = lib_path

    def normalize(self, samples, gain=1.0):
        """Samples divided by the greatest magnitude, times 0.99, times `gain`; silence is given back as it is."""
        given = taken(samples)
        peak = np.max(np.abs(given))
        if not peak > 0:
            return samples
        if _is_plain(given) and type(gain) in (int, float):
            return handed(native._divide_and_scale(given, float(peak), 0.99, float(gain)))
        return handed(given / peak * 0.99 * gain)

    def apply_gain(self, samples, gain):
        """Samples times `gain`."""
        return handed(taken(samples) * gain)

    def resample_linear(self, samples, target_length):
        """The sound in `target_length` samples on straight lines, as float32; its ends are kept."""
        given = taken(samples)
        if _is_plain(given) and type(target_length) is int and target_length >= 0:
            return handed(native._stretch(given, target_length))
        n = len(given)
        places = np.linspace(0, n - 1, target_length)
        return handed(np.interp(places, np.arange(n), given).astype(np.float32))

    def resample_sinc(self, samples, target_length, quality=8):
        """The same as `resample_linear`, as in the fork without its library."""
        return self.resample_linear(samples, target_length)

    def apply_fade(self, samples, fade_in_ms, fade_out_ms, sample_rate=24000):
        """A copy faded in and out along its first axis, on straight lines; fades must fit the sound."""
        n_in, n_out = int(fade_in_ms * sample_rate / 1000), int(fade_out_ms * sample_rate / 1000)
        faded = taken(samples).copy()
        if n_in > 0:
            faded[:n_in] *= np.linspace(0, 1, n_in)
        if n_out > 0:
            faded[-n_out:] *= np.linspace(1, 0, n_out)
        return handed(faded)

    def compute_rms(self, samples):
        """The root of the mean square, calculated in the samples' own type (16-bit squares wrap)."""
        return handed(np.sqrt(np.mean(taken(samples) ** 2)))

    def compute_peak(self, samples):
        """The greatest magnitude."""
        return handed(np.max(np.abs(taken(samples))))

    def is_available(self):
        """Whether compiled functions serve: they do."""
        return True


_processor = None


def get_rust_processor():
    """The processor that the functions share."""
    global _processor
    if _processor is None:
        _processor = RustAudioProcessor()
    return _processor


def normalize_audio(samples, gain=1.0):
    """Samples divided by the greatest magnitude, times 0.99, times `gain`; silence is given back as it is."""
    return get_rust_processor().normalize(samples, gain)


def apply_gain(samples, gain):
    """Samples times `gain`."""
    return get_rust_processor().apply_gain(samples, gain)


def resample_audio(samples, target_length, method="linear"):
    """The sound in `target_length` samples on straight lines, as float32, whatever the method."""
    return get_rust_processor().resample_linear(samples, target_length)


def apply_fade(samples, fade_in_ms=10, fade_out_ms=10, sample_rate=24000):
    """A copy faded in and out over milliseconds at a rate in Hz."""
    return get_rust_processor().apply_fade(samples, fade_in_ms, fade_out_ms, sample_rate)


def compute_audio_metrics(samples):
    """A dict of `rms`, `peak` and `dynamic_range_db`, from the one up to the other."""
    processor = get_rust_processor()
    rms, peak = processor.compute_rms(samples), processor.compute_peak(samples)
    ratio = taken(peak) / max(taken(rms), 1e-10)
    return {"rms": rms, "peak": peak, "dynamic_range_db": handed(20 * np.log10(ratio))}


@whole
def rust_audio(_):
    """The contents of `pocket_tts.rust_audio`."""
    found = (RustAudioProcessor, get_rust_processor, normalize_audio, apply_gain, resample_audio, apply_fade,
             compute_audio_metrics)
    return {thing.__name__: thing for thing in found} | {"__all__": [thing.__name__ for thing in found]}


def _arange(start, stop=None, step=1.0):
    """Numbers from `start` up to `stop`, `step` apart, as floats; from 0 where one number is given."""
    return np.arange(0, start, step) if stop is None else np.arange(start, stop, step)


def _concatenate(arrays, axis=None):
    """Arrays one after another; flat unless an axis is given."""
    return np.concatenate(arrays, axis=axis)


def _clip(a, a_min, a_max):
    """Numbers between two bounds."""
    return np.clip(a, a_min, a_max)


def _vector_functions():
    """The functions of the fork's library, by its names."""
    return {
        "log_vec": lambda samples: np.log(samples),
        "clip_vec": lambda samples, a_min, a_max: np.clip(samples, a_min, a_max),
        "power_vec": lambda samples, exponent: np.power(samples, exponent),
        "compute_min": lambda samples: np.min(samples),
        "compute_std": lambda samples: np.std(samples),
        "compute_var": lambda samples: np.var(samples),
        "zeros_vec": lambda size: np.zeros(size),
        "ones_vec": lambda size: np.ones(size),
        "dot_vec": lambda a, b: np.dot(a, b),
        "matmul_2d": lambda a, b: np.matmul(a, b),
        "reshape_vec": lambda data, new_shape: np.reshape(data, new_shape),
        "transpose_2d": lambda data: np.transpose(data),
    }


def _named(name, function):
    function.__name__ = function.__qualname__ = name
    return function


@whole
def numpy_rs(_):
    """The contents of `pocket_tts.numpy_rs`."""
    import importlib

    package = importlib.import_module(__name__.partition(".")[0])
    found = {name: served(getattr(package, name)) for name in (*FUNCTIONS, "prod")}
    for name, function in {"arange": _arange, "concatenate": _concatenate, "clip": _clip}.items():
        found[name] = _named(name, served(function))
    for name, function in _vector_functions().items():
        found[name] = _named(name, served(function))
    from ._handing import foreign

    types = foreign() or package
    found.update({name: getattr(types, name) for name in TYPES})
    found.update(_AVAILABLE=True, _RUST_NUMPY_AVAILABLE=True, _LIB=None)
    found["__all__"] = [name for name in found if not name.startswith("_")]
    return found
