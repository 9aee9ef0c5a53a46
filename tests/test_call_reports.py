"""What calls refuse and report: Python numbers under a casting rule, outputs under a mask, products, and `at`."""

import warnings

import numpy_rs as nr
import pytest


@pytest.mark.parametrize("call", [
    # A Python number alone is what it is.
    "np.exp2(256, casting='no')", "np.square(0, dtype='L')", "np.ceil(7, dtype='b', casting='safe')",
    # Beside others it takes their type, which 'equiv' refuses and 'no' does not.
    "np.subtract(np.nan, np.zeros(2, 'f'), casting='equiv')", "np.add(1.5, np.zeros(2), casting='equiv')",
    "np.maximum(np.zeros(2), 0, casting='equiv')", "np.less(1, np.nan, casting='equiv')",
    "np.less(256, np.zeros(2, 'I'), casting='equiv')", "np.logical_and(2, np.zeros(2), casting='equiv')",
    "np.multiply(1 + 2j, np.zeros(2, 'L'), dtype='b', casting='equiv')", "np.add(1, np.zeros(2, 'f'), casting='no')",
    # Ints out of range come before other refusals.
    "np.bitwise_xor(-1, np.zeros(3, '>u8'), casting='no')", "np.fmod(1e10, 70000, dtype='H')",
    "np.fmax(np.zeros(1, 'h'), 70000, out=np.zeros(1, 'L'))",
    # Outputs that a mask leaves alone are converted too.
    "np.floor(np.arange(3), out=np.full(3, np.nan, 'f'), where=[True, False, True])",
    "np.invert(np.arange(4, dtype='b'), out=np.full(4, np.inf), where=[True])",
    "np.logaddexp2(np.zeros(2, 'e'), 1.0, out=np.full(2, 1e30, 'f'), where=[False, True])",
    "np.invert(np.arange(12, dtype='b').reshape(4, 3)[:, ::2], out=np.full((4, 2), np.inf), where=[True, False])",
    "np.dot([1e300, 1e300], [1e300, 1e300])", "np.inner(np.full((2, 2), 1e300), np.full((2, 2), 1e300))",
    "np.dot(1e300, np.array([1e300]))", "np.matmul([1e300], [1e300])",
    "np.add.at(np.zeros((0, 3)), [0], 1.0)", "np.add.at(np.zeros((0, 0)), [], 1.0)",
])
def test_as_numpy(real, call):
    def said(np):
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            answer = None
            try:
                answer = str(eval(call, {"np": np}))
            except (TypeError, OverflowError, IndexError) as raised:
                answer = f"{type(raised).__name__}: {raised}"
        return answer, [(w.category, str(w.message)) for w in caught]

    assert said(nr) == said(real)
