"""float16, exhaustively: all 65,536 values through casts and every unary ufunc."""

import warnings

import numpy_rs as nr
import pytest

#: Ufuncs whose result is correctly rounded or exact; the rest may be one unit of the last place away.
EXACT = """absolute ceil conjugate fabs floor isfinite isinf isnan logical_not negative positive reciprocal rint sign
signbit spacing sqrt square trunc""".split()
ROUNDED = """arccos arccosh arcsin arcsinh arctan arctanh cbrt cos cosh deg2rad exp exp2 expm1 log log10 log1p log2
rad2deg sin sinh tan tanh""".split()


@pytest.fixture(scope="module")
def everything(real):
    bits = real.arange(65536, dtype=real.uint16)
    return nr.frombuffer(bits.tobytes(), dtype=nr.float16), bits.view(real.float16)


def quiet(call, *arguments):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return call(*arguments)


def distance(real, ours, theirs):
    """Units of the last place between two arrays of float16, NaN equal to NaN."""
    left = real.frombuffer(ours.tobytes(), dtype=real.int16).astype(int)
    right = theirs.view(real.int16).astype(int)
    left = real.where(left < 0, -32768 - left, left)
    right = real.where(right < 0, -32768 - right, right)
    nan = real.isnan(theirs)
    assert (real.isnan(real.frombuffer(ours.tobytes(), dtype=real.float16)) == nan).all()
    return int(abs(left - right)[~nan].max(initial=0))


@pytest.mark.parametrize("name", EXACT + ROUNDED)
def test_every_value_through_a_ufunc(real, everything, name):
    ours, theirs = (quiet(getattr(module, name), array) for module, array in zip((nr, real), everything))
    assert ours.dtype.str == theirs.dtype.str
    if theirs.dtype == real.float16:
        assert distance(real, ours, theirs) <= (0 if name in EXACT else 1)
    else:
        assert ours.tobytes() == theirs.tobytes()


@pytest.mark.parametrize("code", "?bBhHiIlLqQfdgFDG")
def test_every_value_cast_to(real, everything, code):
    ours, theirs = everything
    finite = real.isfinite(theirs)
    if code in "bBhHiIlLqQ":  # out of range is the processor's own answer
        info = real.iinfo(code)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            finite &= (theirs.astype("d") >= info.min) & (theirs.astype("d") <= info.max)
    mask = nr.frombuffer(finite.tobytes(), dtype=bool)
    cast = quiet(ours[mask].astype, code).astype("D")
    assert cast.tobytes() == quiet(theirs[finite].astype, code).astype("D").tobytes()


@pytest.mark.parametrize("code", "fd")
def test_casting_to_float16_rounds_to_nearest_even(real, everything, code):
    theirs = everything[1][real.isfinite(everything[1])].astype(code)
    ordered = real.sort(theirs)
    middle = (ordered[1:] + ordered[:-1]) / 2
    values = real.concatenate([theirs, middle, real.nextafter(middle, real.inf), real.nextafter(middle, -real.inf),
                               [65519.9, 65520.0, 1e30, -1e30, 1e-8, 2.98e-8]]).astype(code)
    ours = quiet(nr.frombuffer(values.tobytes(), dtype=code).astype, "e")
    assert ours.tobytes() == quiet(values.astype, "e").tobytes()


@pytest.mark.parametrize("name", ["add", "multiply", "divide", "fmod", "maximum", "less", "copysign", "nextafter"])
def test_pairs(real, everything, name):
    ours, theirs = everything
    for other in (1.5, -0.0, 65504.0, 5.96e-08, float("inf"), float("nan"), 3.0):
        a = quiet(getattr(nr, name), ours, nr.float16(other))
        b = quiet(getattr(real, name), theirs, real.float16(other))
        assert a.dtype.str == b.dtype.str
        if b.dtype == real.float16:
            assert distance(real, a, b) == 0
        else:
            assert a.tobytes() == b.tobytes()
