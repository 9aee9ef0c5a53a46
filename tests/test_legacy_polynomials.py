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
