"""Polynomials as coefficient arrays, operators by mixin, blocks of arrays and versions, beside NumPy."""

import numpy_rs as nr
import pytest

CALLS = [
    "np.poly1d([1., -2, 3])", "np.poly1d([1j, 0, 2.5, -1e-3], variable='z')", "np.poly1d([0])",
    "np.poly1d([1.5] * 30)", "np.poly1d([1, 2, 3], True)", "np.poly1d([1., -2, 3]) ** 3",
    "np.poly1d([1, 2]) / np.poly1d([1, 1])", "np.poly1d([1, 2])(np.poly1d([1, 1]))", "np.poly1d([1, 2])[9]",
    "np.poly1d([1, 2]).integ(2, [1, 2])", "np.poly1d([1, 2]) == 3", "np.poly([1, 2, 3])", "np.poly([1j, -1j])",
    "np.poly(3)",
    "np.polydiv([1, 2, 3], [1, 1])", "np.polymul([1, 2], [3, 4])", "np.polyadd([1, 2], [3, 4, 5])",
    "np.polyint([1, 2, 3], 3, [1, 2])", "np.polyder([1, 2, 3], 5)", "np.polyval([1, 2], [[1, 2], [3, 4]])",
    "np.polyder([1], -1)", "np.polyfit([], [], 1)", "np.poly1d([[1]])", "np.roots([[1]])",
    "[b.tolist() for b in np.lib.Arrayterator(np.arange(60).reshape(3, 4, 5), 7)[::2, 1:, 3]]",
    "np.lib.NumpyVersion('1.9.0.dev0+f1') < '1.9.0a1'", "np.lib.NumpyVersion('1.9')",
]


def answer(np, call):
    try:
        value = eval(call, {"np": np})
    except (ValueError, TypeError) as error:
        return type(error).__name__, str(error)
    return repr(value), str(value)


@pytest.mark.parametrize("call", CALLS)
def test_answers_are_numpys(real, call):
    assert answer(nr, call) == answer(real, call)


SOLVED = [
    "np.sort(np.roots([1, -6.5, 11, 2]))", "np.sort(np.roots([0, 0, 1, 2, 0]))", "np.roots(np.array([1, -3, 2], 'f4'))",
    "np.sort(np.roots([1, 0, 1]))", "np.roots([])", "np.roots([0, 5])", "np.poly([[1, 2], [3, 4.5]])",
    "np.polyfit(x, y, 3)", "np.polyfit(x, y, 2, full=True)", "np.polyfit(x, y, 2, cov=True)",
    "np.polyfit(x, y, 2, cov='unscaled')",
    "np.polyfit(x, np.stack([y, x], 1), 2, cov=True)", "np.polyfit(x, y, 1, w=y)",
    "np.poly1d([1., -3, 2]).roots", "np.polyfit(x, y, 7, cov=True)", "np.polyfit(x, y, -1)", "np.polyfit(x, y[:2], 1)",
]


@pytest.mark.parametrize("call", SOLVED)
def test_roots_and_fits_are_near_numpys(real, call):
    def answer(np):
        x = np.linspace(-1, 2, 9)
        try:
            found = eval(call, {"np": np, "x": x, "y": np.exp(x) + x * x})
        except (ValueError, TypeError) as error:
            return type(error).__name__, str(error)
        parts = found if isinstance(found, tuple) else (found,)
        return [(np.asarray(p).dtype.str, real.asarray(np.asarray(p).tolist())) for p in parts]

    ours, theirs = answer(nr), answer(real)
    assert len(ours) == len(theirs)
    for one, other in zip(ours, theirs):
        if isinstance(other, str):
            assert one == other
        else:
            assert one[0] == other[0]
            real.testing.assert_allclose(one[1], other[1], rtol=1e-9, atol=1e-12)


def test_zeros_set_afterwards_are_not_shown(real):
    for np in (nr, real):
        p, q = np.poly1d([4, 3, 2, 1]), np.poly1d([1, 2])
        p[3] = q[0] = q[1] = 0
        assert (str(p), str(q)) == ("   2\n3 x + 2 x + 1", " \n0")


def test_mixin_operators_call_ufuncs():
    class Box(nr.lib.mixins.NDArrayOperatorsMixin):
        def __array_ufunc__(self, ufunc, method, *inputs, **kwargs):
            return ufunc.__name__, [x is self for x in inputs], sorted(kwargs)

    class Shy:
        __array_ufunc__ = None

        def __radd__(self, other):
            return "asked"

    box = Box()
    assert box - 1 == ("subtract", [True, False], [])
    assert 1 - box == ("subtract", [False, True], [])
    assert -box == ("negative", [True], [])
    assert box + Shy() == "asked"
    box //= 2
    assert box == ("floor_divide", [True, False], ["out"])
