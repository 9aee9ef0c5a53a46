"""Sample formats, levels, fades and figures."""

import hashlib
import math
import threading

import audio_cases as cases
import golden
import numpy_rs as np
import pytest
from numpy_rs import audio

GOLDEN = golden.load()
EVERY = np.arange(-32768, 32768, dtype="i4").astype("i2")


def digest(a):
    return list(hashlib.sha256(np.ascontiguousarray(a).tobytes()).digest())


def test_every_16_bit_number_is_what_soundfile_reads_and_comes_back():
    floats = audio.int16_to_float32(EVERY)
    assert floats.dtype == np.float32
    assert digest(floats) == GOLDEN["int16/as_float32"].tolist()
    assert (floats.astype("f8") * 32768 == EVERY).all()
    assert (audio.frombuffer_int16_to_float32(EVERY.tobytes()) == floats).all()
    for rounding in ("truncate", "nearest", "floor"):
        assert (audio.float32_to_int16(floats, 32768, rounding) == EVERY).all()
        assert (audio.float32_to_int16(floats.astype("f8"), 32768, rounding) == EVERY).all()
    symmetric = audio.int16_to_float32(EVERY, 32767)
    assert (audio.float32_to_int16(symmetric, 32767, "nearest")[1:] == EVERY[1:]).all()


def test_every_16_bit_number_as_pocket_tts_has_it(real):
    every = real.asarray(EVERY)
    assert (real.asarray(audio.int16_to_float32(EVERY)) == every.astype("f4") / 32768.0).all()
    floats = (every.astype("f4") / 32768.0 * real.float32(1.01)).astype("f4")
    wanted = (real.clip(floats, -1.0, 1.0) * 32767).astype("i2")
    assert (real.asarray(audio.float32_to_int16(floats)) == wanted).all()


def test_between_the_numbers_the_floor_is_libsndfiles():
    assert (audio.float32_to_int16(cases.between(np), 32768, "floor") == GOLDEN["int16/floor"]).all()


def test_what_is_no_fraction_is_clipped():
    odd = np.array([np.nan, np.inf, -np.inf, 2, -2, 1, -1, 0.99999], dtype="f4")
    assert audio.float32_to_int16(odd).tolist() == [0, 32767, -32767, 32767, -32767, 32767, -32767, 32766]
    assert audio.float32_to_int16(odd, 32768).tolist() == [0, 32767, -32768, 32767, -32768, 32767, -32768, 32767]
    assert audio.float32_to_int16(odd.astype("f8")).tolist()[:4] == [0, 32767, -32767, 32767]


def test_shapes_and_layouts_stay():
    x = np.arange(24, dtype="i2").reshape(2, 3, 4)
    for given in (x, x[:, ::-1], x.T, np.asfortranarray(x), x.astype(">i2"), x[:0], np.array(5, dtype="i2")):
        got = audio.int16_to_float32(given)
        assert got.shape == given.shape and (got * 32768 == given).all()
        back = audio.float32_to_int16(got, 32768)
        assert back.shape == given.shape and (back == given).all()


def test_wrong_formats_are_refused():
    for call, error, text in [
        (lambda: audio.int16_to_float32(np.ones(3)), TypeError, "int16 is wanted, not of float64"),
        (lambda: audio.float32_to_int16(EVERY), TypeError, "floats is wanted, not of int16"),
        (lambda: audio.frombuffer_int16_to_float32(b"abc"), ValueError, "3 bytes are an odd number"),
        (lambda: audio.int16_to_float32(EVERY, 1000), ValueError, "scale must be one of"),
        (lambda: audio.float32_to_int16(np.ones(1), rounding="up"), ValueError, "rounding must be one of"),
        (lambda: audio.apply_gain(np.ones(2) * 1j, 2), TypeError, "real numbers"),
        (lambda: audio.apply_gain(np.array([None]), 2), TypeError, "real numbers"),
        (lambda: audio.apply_gain(np.ones(2)), TypeError, "either gain"),
        (lambda: audio.apply_gain(np.ones(2), 1, gain_db=2), TypeError, "either gain"),
    ]:
        with pytest.raises(error, match=text):
            call()
    assert audio.frombuffer_int16_to_float32(b"").shape == (0,)


def test_gain_is_a_product():
    x = np.random.default_rng(0).standard_normal((3, 5))
    for dtype in ("f4", "f8"):
        given = x.astype(dtype)
        assert (audio.apply_gain(given, 0.5) == given * 0.5).all()
        assert audio.apply_gain(given[:, ::-1].T, 0.5).dtype == given.dtype
        assert (audio.apply_gain(given[:, ::-1].T, 0.5) == given[:, ::-1].T * 0.5).all()
    assert np.allclose(audio.apply_gain(x, gain_db=-6.0206), x / 2)
    assert audio.apply_gain(EVERY, 1.0).dtype == np.float32
    assert audio.apply_gain([1.0, 2.0], 2).tolist() == [2.0, 4.0]
    assert audio.apply_gain(np.empty(0), 2).shape == (0,)


@pytest.mark.parametrize("dtype", ["f4", "f8", "i2"])
def test_normalize_reaches_its_target(dtype):
    x = np.random.default_rng(1).standard_normal((2, 48000)) * 0.05
    x = (x * 32768).astype("i2") if dtype == "i2" else x.astype(dtype)
    assert math.isclose(audio.compute_peak(audio.normalize(x)), 10 ** (-1 / 20), rel_tol=1e-6)
    assert math.isclose(audio.compute_rms(audio.normalize(x, "rms", -12)), 10 ** (-12 / 20), rel_tol=1e-6)
    loud = audio.normalize(x, "lufs", -16, sample_rate=48000)
    assert abs(audio.loudness(loud, 48000) + 16) < 1e-4
    assert loud.dtype == (np.float32 if dtype == "i2" else x.dtype) and loud.shape == x.shape


def test_normalize_leaves_silence_and_refuses_what_has_no_level():
    silence = np.zeros(48000, dtype="f4")
    for more in (("peak",), ("rms",), ("lufs", -23, 48000)):
        assert (audio.normalize(silence, *more) == 0).all()
    for x, more, text in [(np.empty(0), (), "no samples"), (np.full(9, np.nan), (), "NaN"),
                          (np.full(9, np.inf), ("rms",), "NaN or infinity"),
                          (silence[:99], ("lufs", -23, 48000), "0.4"), (silence, ("loud",), "method must be one of")]:
        with pytest.raises(ValueError, match=text):
            audio.normalize(x, *more)
    with pytest.raises(TypeError, match="sample_rate"):
        audio.normalize(silence, "lufs")


def test_fades_take_milliseconds_and_seconds():
    x = np.ones((2, 1000), dtype="f4")
    got = audio.apply_fade(x, 1000, 10, fade_out_s=0.02)
    assert got.shape == x.shape and got.dtype == x.dtype and (x == 1).all()
    assert np.allclose(got[0, :10], np.linspace(0, 1, 10)) and np.allclose(got[1, -20:], np.linspace(1, 0, 20))
    assert (got[:, 10:-20] == 1).all()
    assert (audio.apply_fade(x.T, 1000, 10, 20, axis=0) == got.T).all()
    assert (audio.apply_fade(x, 1000) == x).all()
    assert audio.apply_fade(np.ones(4), 24000, 10, 10).tolist()[0] == 0.0
    assert audio.apply_fade(np.full(4, 16384, dtype="i2"), 1000, 2).tolist() == [0.0, 0.5, 0.5, 0.5]
    for curve in ("sine", "cosine", "exponential", "logarithmic"):
        ramp = audio.apply_fade(np.ones(50), 1000, 50, curve=curve)
        assert ramp[0] == 0 and ramp[-1] == 1 and (np.diff(ramp) > 0).all()
    for more, text in [((-1,), "not negative"), ((float("nan"),), "not negative")]:
        with pytest.raises(ValueError, match=text):
            audio.apply_fade(x, 1000, *more)
    with pytest.raises(ValueError, match="positive number of Hz"):
        audio.apply_fade(x, 0, 10)
    with pytest.raises(ValueError, match="curve must be one of"):
        audio.apply_fade(x, 1000, 10, curve="steep")
    with pytest.raises(TypeError, match="either in milliseconds or in seconds"):
        audio.apply_fade(x, 1000, 10, fade_in_s=1)


def test_metrics_tell_what_they_say():
    rate = 48000
    tone = (0.5 * np.sin(2 * np.pi * 1000 * np.arange(rate) / rate)).astype("f4")
    found = audio.metrics(tone, rate)
    assert math.isclose(found["peak"], 0.5, rel_tol=1e-6) and math.isclose(found["rms"], 0.5 / 2**0.5, rel_tol=1e-6)
    assert math.isclose(found["rms_db"], 20 * math.log10(found["rms"])) and found["duration_sec"] == 1.0
    assert math.isclose(found["dynamic_range_db"], 20 * math.log10(2**0.5), rel_tol=1e-6)
    # A tone of 1 kHz in one channel reads 3 dB less than its level in both.
    assert abs(found["loudness_lufs"] - (20 * math.log10(0.5) - 3.01)) < 0.1
    assert abs(audio.loudness(np.stack([tone, tone]), rate) - 20 * math.log10(0.5)) < 0.1
    assert audio.metrics((tone * 32768).astype("i2"), rate)["peak"] == pytest.approx(0.5, rel=1e-3)
    silence = audio.metrics(np.zeros(rate), rate)
    assert silence["dynamic_range_db"] == silence["rms_db"] == silence["loudness_lufs"] == -math.inf
    assert math.isnan(audio.metrics(tone[:100], rate)["loudness_lufs"])
    for x, hz, text in [(np.empty(0), rate, "no samples"), (tone, 0, "positive number of Hz"),
                        (np.float64(1), rate, "single number")]:
        with pytest.raises(ValueError, match=text):
            audio.metrics(x, hz)


def test_statistics_are_numpys(real):
    x = real.random.default_rng(3).standard_normal((7, 300)).astype("f4")
    wide = x.astype("f8")
    for name, wanted in {"peak": abs(wide).max(), "rms": (wide**2).mean() ** 0.5, "mean": wide.mean(),
                         "median": real.median(wide), "sum": wide.sum(), "std": wide.std(), "var": wide.var(),
                         "min": wide.min()}.items():
        got = getattr(audio, f"compute_{name}")(x[:, ::-1])
        assert type(got) is float and math.isclose(got, wanted, rel_tol=1e-9, abs_tol=1e-9), name
    assert math.isclose(audio.compute_percentile(x, 40), real.percentile(wide, 40), rel_tol=1e-6)
    # Squares of 16-bit numbers do not wrap.
    assert audio.compute_rms(np.full(10, -32768, dtype="i2")) == 32768.0
    assert audio.compute_peak(np.full(10, -32768, dtype="i2")) == 32768.0
    for name in ("peak", "rms", "mean", "median", "sum", "std", "var", "min"):
        with pytest.raises(ValueError, match="no samples"):
            getattr(audio, f"compute_{name}")([])
        with pytest.raises(TypeError, match="real numbers"):
            getattr(audio, f"compute_{name}")(np.ones(3) * 1j)


def test_many_threads_may_calculate_at_once():
    x = np.random.default_rng(4).standard_normal(300_000).astype("f4")
    wanted, got = audio.resample_poly(x, 2, 3), []
    threads = [threading.Thread(target=lambda: got.append(audio.resample_poly(x, 2, 3))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == 4 and all((g == wanted).all() for g in got)


def test_every_public_function_says_what_it_does():
    assert len(audio.__all__) == len(set(audio.__all__)) >= 25
    for name in audio.__all__:
        assert len(getattr(audio, name).__doc__.split()) >= 5, name


def test_whatever_has_dlpack_is_taken():
    class Tensor:
        def __init__(self, held):
            self.held = held

        def __dlpack__(self, **options):
            return self.held.__dlpack__(**options)

        def __dlpack_device__(self):
            return self.held.__dlpack_device__()

    held = np.array([0.5, -0.5], dtype="f4")
    assert audio.apply_gain(Tensor(held), 2.0).tolist() == [1.0, -1.0]
