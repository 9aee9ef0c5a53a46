"""Transforms against the sums they stand for, and the laws between them."""

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
