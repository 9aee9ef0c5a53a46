"""What calls say about the conversions inside them: whose events they are, and which imaginary parts are dropped."""

import warnings

import numpy_rs as np
import pytest


def warned(call):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            call()
        except (IndexError, TypeError, ValueError):
            pass
    return {str(w.message) for w in caught}


IMAGINARY = "Casting complex values to real discards the imaginary part"


def test_small_whole_inputs_are_cast_before_the_call():
    big = np.full(3, 1e300)
    assert warned(lambda: np.add(big, 1.0, dtype="f")) == {"overflow encountered in cast"}
    assert warned(lambda: np.add(big, 1.0, out=np.zeros(3, "f"))) == {"overflow encountered in add"}
    assert warned(lambda: np.maximum.reduce(big, dtype="f")) == {"overflow encountered in cast"}


@pytest.mark.parametrize("code", "bBhH")
def test_narrow_integers_report_what_their_processor_width_cannot_hold(code):
    assert warned(lambda: np.array([300.0, 70000.0]).astype(code)) == set()
    assert warned(lambda: np.array([3e9]).astype(code)) == {"invalid value encountered in cast"}


def test_imaginary_parts_dropped_inside_a_call_are_told():
    z = np.ones((2, 2), "D")
    assert warned(lambda: np.prod(z, dtype="f", axis=0)) == {IMAGINARY}
    assert warned(lambda: np.add(1, 2, out=np.zeros(3, "D"), where=np.zeros(3, bool))) == {IMAGINARY}
    assert warned(lambda: np.add(1, 2, out=np.zeros(3, "D"))) == set()


def test_assignments_look_at_shapes_before_they_convert():
    a, z = np.zeros(7, "f"), np.ones(3, "D")
    for index in (slice(0, 2), [0, 1], np.ones(7, bool)):
        assert warned(lambda index=index: a.__setitem__(index, z)) == set()
    assert warned(lambda: a.__setitem__(np.zeros(7, bool), np.ones((), "D"))) == set()
    with pytest.raises(ValueError, match="shape mismatch"):
        a[[0, 9]] = z


def test_order_of_complex_numbers_with_nan_is_invalid():
    a = np.array([complex(np.nan, 1)])
    assert warned(lambda: np.less(a, a)) == {"invalid value encountered in less"}
    assert warned(lambda: np.equal(a, a)) == set()


def test_events_before_a_nan_are_found():
    a = np.array([1.0, np.inf, 0.0, np.nan])
    assert warned(lambda: np.prod(a)) == {"invalid value encountered in reduce"}
    assert warned(lambda: np.prod(a[::-1])) == set()


def test_dtypes_meet_in_no_order():
    assert np.result_type("b", "B", "e") == np.result_type("e", "B", "b") == np.float16
    assert np.clip(np.arange(3, dtype="B"), -1, 300).dtype == np.uint8
