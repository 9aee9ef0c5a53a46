"""Transforms against the sums they stand for, and the laws between them."""

import numpy
import numpy_rs as np
import pytest

LENGTHS = [1, 2, 3, 4, 5, 7, 8, 12, 16, 30, 31, 64, 97, 100, 128, 210, 1009]


def drawn(seed, shape, dtype="D"):
    source = np.random.default_rng(seed)
    a = source.standard_normal(shape)
    if np.dtype(dtype).kind == "c":
        a = a + 1j * source.standard_normal(shape)
    return a.astype(dtype)


def by_sums(a):
    n = len(a)
    turns = np.outer(np.arange(n), np.arange(n)) % n
    return np.exp(-2j * np.pi * turns / n) @ a


@pytest.mark.parametrize("n", LENGTHS)
def test_transforms_are_their_sums(n):
    a = drawn(n, n)
    expected = by_sums(a)
    scale = np.abs(a).sum()
    assert np.abs(np.fft.fft(a) - expected).max() <= 1e-15 * n**0.5 * scale + 1e-13
    assert np.allclose(np.fft.ifft(np.fft.fft(a)), a, rtol=0, atol=1e-14 * n**0.5)
    real = a.real
    assert np.allclose(np.fft.rfft(real), by_sums(real)[: n // 2 + 1], rtol=0, atol=1e-13 * scale)
    assert np.allclose(np.fft.fft(real), by_sums(real), rtol=0, atol=1e-13 * scale)
    assert np.allclose(np.fft.ifft(real) * n, np.conjugate(by_sums(real)), rtol=0, atol=1e-13 * scale)
    assert np.allclose(np.fft.irfft(np.fft.rfft(real), n), real, rtol=0, atol=1e-14 * n**0.5)
    assert np.allclose(np.fft.hfft(np.fft.ihfft(real), n), real, rtol=0, atol=1e-14 * n**0.5)


@pytest.mark.parametrize("axis", [0, 1, 2, -1])
def test_lanes_of_any_layout(axis):
    a = drawn(3, (6, 5, 8))
    for given in (a, a[::-1, :, ::2], a.transpose(2, 0, 1), np.asfortranarray(a), a.astype(">c16")):
        got = np.fft.fft(given, axis=axis)
        moved = np.moveaxis(np.ascontiguousarray(given.astype("D")), axis, -1)
        for place in np.ndindex(moved.shape[:-1]):
            assert (np.moveaxis(got, axis, -1)[place] == np.fft.fft(moved[place].copy())).all()


@pytest.mark.parametrize("norm, factor", [("backward", 1), ("ortho", 10**-0.5), ("forward", 0.1)])
def test_norms_scale_and_undo_each_other(norm, factor):
    a = drawn(5, 10)
    assert np.allclose(np.fft.fft(a, norm=norm), by_sums(a) * factor)
    for there, back in ((np.fft.fft, np.fft.ifft), (np.fft.fftn, np.fft.ifftn)):
        assert np.allclose(back(there(a, norm=norm), norm=norm), a)
    assert np.allclose(np.fft.irfftn(np.fft.rfftn(a.real, norm=norm), norm=norm), a.real)


@pytest.mark.parametrize("given, there, back", [("e", "F", "e"), ("f", "F", "f"), ("F", "F", "f"), ("d", "D", "d"),
                                                ("?", "D", "d"), ("i4", "D", "d")])
def test_precision_follows_the_operand(given, there, back):
    a = np.ones(4, dtype=given)
    assert np.fft.fft(a).dtype == there
    assert np.fft.irfft(a).dtype == back


def test_lengths_are_cut_and_filled():
    a = drawn(8, 6)
    assert np.allclose(np.fft.fft(a, 4), by_sums(a[:4]))
    assert np.allclose(np.fft.fft(a, 9), by_sums(np.concatenate([a, np.zeros(3)])))
    with pytest.raises(ValueError, match=r"Invalid number of FFT data points \(0\) specified."):
        np.fft.fft(a, 0)
    with pytest.raises(ValueError, match=r'Invalid norm value x; should be "backward", "ortho" or "forward".'):
        np.fft.fft(a, norm="x")


def test_outputs_are_filled_in_place():
    a = drawn(9, (4, 6))
    out = np.empty((4, 6), dtype="D")
    assert np.fft.fft2(a, out=out) is out
    assert (out == np.fft.fft2(a)).all()
    with pytest.raises(ValueError, match="output array has wrong shape."):
        np.fft.fft(a, out=np.empty((4, 5), dtype="D"))


def test_bits_do_not_depend_on_how_many_lanes_there_are():
    a = drawn(10, (3000, 96))
    whole = np.fft.fft(a)
    assert all((whole[i] == np.fft.fft(a[i])).all() for i in range(0, 3000, 131))


def long_pairs(n, seed):
    """The same long doubles in NumPy and here, real and complex."""
    source = numpy.random.default_rng(seed)
    real = source.standard_normal((3, n)).astype("g")
    for a in (real, real + 1j * source.standard_normal((3, n))):
        yield a, np.frombuffer(a.tobytes(), dtype=a.dtype.char).reshape(a.shape)


@pytest.mark.skipif(numpy.finfo("g").nmant != 63, reason="no long double of 80 bits")
@pytest.mark.parametrize("n", [*LENGTHS, 37, 243, 1024])
def test_long_doubles_keep_their_precision(n):
    for theirs, ours in long_pairs(n, n):
        for name in ("fft", "ifft", "hfft", "irfft") + (("rfft", "ihfft") if theirs.dtype == "g" else ()):
            length = {"n": n} if name in ("hfft", "irfft") else {}
            for norm in (None, "ortho", "forward"):
                want = getattr(numpy.fft, name)(theirs, norm=norm, **length)
                got = getattr(np.fft, name)(ours, norm=norm, **length)
                assert got.dtype.char == want.dtype.char and got.shape == want.shape
                got = numpy.frombuffer(got.tobytes(), dtype=want.dtype).reshape(want.shape)
                assert abs(got - want).max() <= 40 * numpy.finfo("g").eps * abs(want).max()


def test_long_doubles_along_other_axes():
    if numpy.finfo("g").nmant != 63:
        pytest.skip("no long double of 80 bits")
    theirs = numpy.random.default_rng(2).standard_normal((4, 5, 6)).astype("g")
    ours = np.frombuffer(theirs.tobytes(), dtype="g").reshape(theirs.shape)
    got = np.fft.rfftn(ours, axes=(2, 0))
    got = numpy.frombuffer(got.tobytes(), dtype="G").reshape(got.shape)
    assert abs(got - numpy.fft.rfftn(theirs, axes=(2, 0))).max() < 1e-17


@pytest.mark.parametrize("shape, axes", [((3, 40, 17), (0, 1, 2)), ((33, 9), (1, 0)), ((2, 3, 4, 5), (1, 3)),
                                         ((64, 65), (0,)), ((5, 1, 7), (1, 0))])
def test_axes_in_any_order_and_memory(shape, axes):
    a = drawn(4, shape)
    for given in (a, a[::-1], np.asfortranarray(a), a.real, a.astype("F")):
        expected = given.astype("D")
        for axis in axes[::-1]:
            expected = np.moveaxis(np.moveaxis(expected, axis, -1) @ by_sums(np.eye(shape[axis])), -1, axis)
        tolerance = 1e-3 if given.dtype == "F" else 1e-11
        kept = given.copy()
        assert np.abs(np.fft.fftn(given, axes=axes) - expected).max() < tolerance
        assert np.abs(np.fft.ifftn(np.fft.fftn(given, axes=axes), axes=axes) - given).max() < tolerance
        assert (given == kept).all()
        out = np.empty(shape, dtype=np.fft.fft(given, axis=0).dtype)
        assert np.fft.fftn(given, axes=axes, out=out) is out
        assert np.abs(out - expected).max() < tolerance
