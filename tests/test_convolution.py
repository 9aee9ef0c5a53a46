"""Sliding inner products beside NumPy: every extent, layout and dtype, and items that are not finite."""

import random

import numpy_rs as nr
import pytest

DTYPES = ["bool", "int8", "uint64", "int64", "float16", "float32", "float64", "longdouble", "complex64", "complex128"]


def items(draw, n, dtype):
    if dtype == "bool":
        return [bool(draw.randint(0, 1)) for _ in range(n)]
    if dtype.startswith("complex"):
        return [complex(draw.randint(-9, 9), draw.randint(-9, 9)) for _ in range(n)]
    return [draw.randint(0, 9) for _ in range(n)]


@pytest.mark.parametrize("dtype", DTYPES)
def test_small_integers_are_exact_in_every_extent(real, dtype):
    draw = random.Random(f"{dtype} slid")
    for _ in range(150):
        a = items(draw, draw.choice([1, 2, 5, 31, 32, 33, 64, 200, 300]), dtype)
        v = items(draw, draw.choice([1, 2, 3, 8, 33, 80]), dtype)
        name, mode = draw.choice(["convolve", "correlate"]), draw.choice(["full", "same", "valid"])
        step = draw.choice([1, 1, -1, 2])
        ours, theirs = (getattr(np, name)(np.array(a, dtype)[::step], np.array(v, dtype), mode) for np in (nr, real))
        assert (ours.dtype.str, ours.tolist()) == (theirs.dtype.str, theirs.tolist()), (a, v, name, mode, step)


def test_what_does_not_overlap_counts_for_nothing():
    inf = float("inf")
    assert nr.convolve([inf, 1.0], [1.0, 2.0]).tolist() == [inf, inf, 2.0]
    assert nr.convolve([1.0, 1.0, 1.0], [inf, 1.0]).tolist() == [inf, inf, inf, 1.0]
    assert nr.correlate([1.0, 1.0, 1.0], [inf, 1.0], "full").tolist() == [1.0, inf, inf, inf]
    assert nr.polymul([inf, 1.0], [1.0, 2.0]).tolist() == [inf, inf, 2.0]


def test_long_ones_are_cut_into_pieces(monkeypatch):
    from numpy_rs._core import _numeric_written

    a, v = nr.arange(500.0), nr.arange(37.0)
    whole = nr.convolve(a, v)
    monkeypatch.setattr(_numeric_written, "_PRODUCTS_AT_ONCE", 1000)
    assert nr.convolve(a, v).tolist() == whole.tolist()


def test_objects_are_multiplied_where_they_overlap(real):
    from fractions import Fraction

    a = [Fraction(1, n) for n in range(1, 6)]
    for mode in ("full", "same", "valid"):
        ours, theirs = (np.convolve(np.array(a), np.array(a[:2]), mode).tolist() for np in (nr, real))
        assert ours == theirs
    assert nr.convolve(nr.array(["ab", "c"], dtype=object), nr.array([2, 1], dtype=object)).tolist() == [
        "abab", "abcc", "c"]  # fmt: skip


MODES = ["f", "VALID", "x", "", b"full", -1, 3, 10**30, 2, 0, True, 2.0, None, [1], "same"]


@pytest.mark.parametrize("mode", MODES, ids=repr)
def test_modes_are_numpys(real, mode):
    def answer(np):
        try:
            return np.convolve([1.0, 2.0, 3.0], [1.0, 4.0], mode=mode).tolist()
        except (TypeError, ValueError) as error:
            return type(error).__name__, str(error)

    assert answer(nr) == answer(real)


@pytest.mark.parametrize("call", [
    "np.convolve([], [1])", "np.convolve([1], [])", "np.correlate([], [1])", "np.correlate([1], [])",
    "np.convolve([1], [1], 'x')", "np.convolve([[1]], [1])", "np.correlate([1], [[1]])", "np.convolve(3, 4)",
    "np.correlate([1, 2, 3], [0, 1, 0.5], 'same')", "np.convolve([1, 2], [1, 2, 3], mode='valid')",
])  # fmt: skip
def test_errors_and_scalars_are_numpys(real, call):
    def answer(np):
        try:
            return eval(call, {"np": np}).tolist()
        except ValueError as error:
            return str(error)

    assert answer(nr) == answer(real)
