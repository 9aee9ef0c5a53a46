"""Resampling against SciPy's answers, and against what the methods are defined to be."""

import audio_cases as cases
import golden
import numpy_rs as np
import pytest
from numpy_rs import audio

GOLDEN = golden.load()


def named(case):
    return f"{case['seed']}-{case['up']}/{case['down']}-{case['shape']}"


@pytest.mark.parametrize("case", list(cases.resampling()), ids=named)
def test_resample_poly_is_scipys(case):
    x = cases.drawn(np, case)
    got = audio.resample_poly(x, case["up"], case["down"], axis=case["axis"], **case["more"])
    *shape, char = GOLDEN[f"poly{case['seed']}/shape"].tolist()
    assert got.shape == tuple(shape)
    assert got.dtype == np.dtype(chr(char))
    flat = got.astype("d").ravel()
    wanted = GOLDEN[f"poly{case['seed']}/values"]
    full_scale = 32768.0 if case["dtype"] == "h" else 4.0
    tolerance = full_scale * (4e-7 if case["dtype"] == "f" else 1e-12)
    assert np.abs(flat[cases.places(len(flat))] - wanted).max() <= tolerance
    total = GOLDEN[f"poly{case['seed']}/sum"].item()
    assert abs(float(np.abs(flat).sum()) - total) <= 1e-6 * max(total, 1.0)


@pytest.mark.parametrize("seed, n, m", cases.FOURIER)
def test_fft_resampling_is_scipys(seed, n, m):
    x = np.random.default_rng(seed).standard_normal(n)
    got = audio.resample_length(x, m, "fft")
    assert got.shape == (m,)
    assert np.abs(got[cases.places(m)] - GOLDEN[f"fft{seed}/values"]).max() < 1e-12


def test_resample_poly_against_an_installed_scipy(real):
    signal = pytest.importorskip("scipy.signal")
    for seed in range(40):
        n, up, down = 1 + seed * 53, 1 + seed * 7 % 23, 1 + seed * 11 % 19
        x = real.random.default_rng(seed).standard_normal(n)
        wanted = signal.resample_poly(x, up, down)
        got = audio.resample_poly(x, up, down)
        assert got.shape == wanted.shape
        assert real.abs(real.asarray(got) - wanted).max() < 1e-12


def test_linear_resampling_is_interp(real):
    for n, m in [(1, 1), (1, 5), (2, 7), (100, 37), (37, 100), (44100, 24000), (1000, 1), (5, 0)]:
        x = real.random.default_rng(n).standard_normal(n)
        wanted = real.interp(real.linspace(0, n - 1, m), real.arange(n), x)
        got = audio.resample_length(x, m)
        assert (real.asarray(got) == wanted).all() and got.shape == wanted.shape
        single = audio.resample_length(x.astype("f4"), m)
        assert single.dtype == np.float32
        by_rate = audio.resample(x, 441, 240, "linear")
        places = real.arange(-(-n * 240 // 441)) * (441 / 240)
        assert real.abs(real.asarray(by_rate) - real.interp(places, real.arange(n), x)).max() < 1e-11


@pytest.mark.parametrize("method", ["polyphase", "fft", "sinc", "linear"])
@pytest.mark.parametrize("rates", [(44100, 24000), (24000, 44100), (8000, 48000), (22050.5, 16000)])
@pytest.mark.parametrize("dtype", ["f4", "f8"])
def test_a_tone_stays_the_tone_that_it_is(method, rates, dtype):
    if method == "polyphase" and rates[0] % 1:
        with pytest.raises(ValueError, match="whole numbers of Hz"):
            audio.resample(np.zeros(10, dtype=dtype), *rates, method)
        return
    n = int(rates[0] * 0.5)
    tone = np.sin(2 * np.pi * 440 * np.arange(n) / rates[0]).astype(dtype)
    got = audio.resample(tone, *rates, method)
    assert got.dtype == tone.dtype
    assert got.shape == (-(-n * rates[1] // rates[0]),)
    # A period has another number of samples, which changes the rate a little where that was no whole number.
    rate = rates[0] * len(got) / n if method == "fft" else rates[1]
    wanted = np.sin(2 * np.pi * 440 * np.arange(len(got)) / rate)
    # The ends hang on what a method takes to be beyond them; straight lines cut the crests.
    middle = slice(len(got) // 5, -len(got) // 5)
    bound = {"linear": 0.02, "polyphase": 2e-3, "fft": 5e-3, "sinc": 1e-3}[method]
    assert np.abs(got - wanted)[middle].max() < bound


@pytest.mark.parametrize("method", ["polyphase", "fft", "sinc", "linear"])
def test_channels_and_layouts_are_resampled_one_by_one(method):
    x = np.random.default_rng(1).standard_normal((3, 400, 2))
    for axis, given in ((1, x), (-1, x.transpose(0, 2, 1)), (0, x.transpose(1, 0, 2)), (1, x[::-1, ::-1])):
        got = np.moveaxis(audio.resample(given, 300, 200, method, axis), axis, 0)
        lanes = np.moveaxis(given, axis, 0)
        assert got.shape == (267, *lanes.shape[1:])
        for place in np.ndindex(lanes.shape[1:]):
            one = audio.resample(np.ascontiguousarray(lanes[(slice(None), *place)]), 300, 200, method)
            assert (got[(slice(None), *place)] == one).all()


def test_whole_numbers_are_scaled_by_resample_and_not_by_resample_poly():
    x = np.array([0, 16384, -32768, 16384] * 50, dtype="i2")
    assert audio.resample(x, 2, 1, "linear").dtype == np.float32
    assert np.abs(audio.resample(x, 3, 4, "linear")).max() <= 1.0
    assert audio.resample_poly(x, 2, 1).dtype == np.float64
    assert np.abs(audio.resample_poly(x, 2, 1)).max() > 16384
    assert audio.resample_poly(x, 3, 3).dtype == np.int16


def test_equal_rates_give_a_copy():
    x = np.arange(5.0)
    for got in (audio.resample(x, 8000, 8000), audio.resample_poly(x, 7, 7), audio.resample(x, 1, 1, "sinc")):
        assert (got == x).all() and got is not x and not np.shares_memory(got, x)


def test_what_has_no_meaning_is_refused():
    x = np.ones(10)
    for call, error, text in [
        (lambda: audio.resample_poly(x, 0, 1), ValueError, "up and down must be >= 1"),
        (lambda: audio.resample_poly(x, 1.5, 1), ValueError, "up must be an integer"),
        (lambda: audio.resample_poly(x, 2, 1, cval=1.0, padtype="edge"), ValueError, "cval has no effect"),
        (lambda: audio.resample_poly(x, 2, 1, padtype="odd"), ValueError, "padtype must be one of"),
        (lambda: audio.resample_poly(x, 2, 1, window="hann"), NotImplementedError, "window"),
        (lambda: audio.resample_poly(x, 2, 1, axis=1), ValueError, "axis 1 is out of bounds"),
        (lambda: audio.resample_poly(x * 1j, 2, 1), TypeError, "real numbers"),
        (lambda: audio.resample_poly(np.float64(1), 2, 1), ValueError, "single number"),
        (lambda: audio.resample_poly(x, 10**15, 1), MemoryError, "^$"),
        (lambda: audio.resample(x, 0, 24000), ValueError, "positive numbers of Hz"),
        (lambda: audio.resample(x, 24000, float("nan")), ValueError, "positive numbers of Hz"),
        (lambda: audio.resample(x, 1, 2, "cubic"), ValueError, "method must be one of"),
        (lambda: audio.resample(np.empty(0), 1, 2), ValueError, "no samples"),
        (lambda: audio.resample(x, 1, 10**6, "sinc"), ValueError, "1/1000"),
        (lambda: audio.resample_length(x, -1), ValueError, "not negative"),
        (lambda: audio.resample_length(np.empty(0), 3), ValueError, "no samples"),
        (lambda: audio.resample(np.ones(4, dtype="i8"), 1, 2), TypeError, "no full scale"),
        (lambda: audio.resample(np.array(["a"]), 1, 2), TypeError, "real numbers"),
    ]:
        with pytest.raises(error, match=text):
            call()


def test_bits_do_not_depend_on_the_number_of_channels():
    x = np.random.default_rng(2).standard_normal((4, 300_000)).astype("f4")
    whole = audio.resample_poly(x, 2, 3)
    for row in range(4):
        assert (audio.resample_poly(x[row], 2, 3) == whole[row]).all()


def test_end_on_pause_cuts_fades_and_pauses():
    rate = 1000
    voice = np.concatenate([np.full(100, 0.5), np.full(60, 0.001)]).astype("f4")
    got = audio.end_on_pause(voice, rate)
    assert got.dtype == np.float32 and got.shape == (180,)
    assert (got[:80] == 0.5).all() and (got[100:] == 0).all() and got[99] == 0
    assert np.allclose(got[80:100], 0.5 * np.linspace(1, 0, 20))
    both = audio.end_on_pause(np.stack([voice, voice * 0]), rate)
    assert both.shape == (2, 180) and (both[0] == got).all() and (both[1] == 0).all()
    assert (audio.end_on_pause(voice[:19], rate) == voice[:19]).all()
    assert audio.end_on_pause(np.zeros(100), rate).shape == (180,)
    assert audio.end_on_pause(voice, rate, pause_sec=0, fade_sec=0).shape == (100,)
    for bad in ({"pause_sec": -1}, {"fade_sec": float("nan")}):
        with pytest.raises(ValueError, match="not negative"):
            audio.end_on_pause(voice, rate, **bad)
    with pytest.raises(ValueError, match="NaN"):
        audio.end_on_pause(np.full(100, np.nan), rate)
