"""Warnings where a timedelta gets no unit, and the types that `isnat` takes."""

import warnings

import numpy_rs as nr
import pytest


@pytest.mark.parametrize("call", [
    "np.timedelta64(1)", "np.timedelta64()", "np.ones(3, 'm8')", "np.array([True], 'm8')", "np.array(['1'], 'm8')",
    "np.array([None], 'm8')", "np.timedelta64(1, 's')", "np.arange(2).astype('m8')", "np.timedelta64(np.int64(4))",
    "np.timedelta64(5, 'D') != 0", "np.ones(2, 'm8[s]') + 1", "np.datetime64('2020-01-01') + 1",
    "np.ones(2, 'm8[s]') < 2",
    "np.timedelta64(5, 'D') * 2", "np.timedelta64(5, 'D') // 2", "np.ones(2, 'm8[s]') + np.int64(1)",
    "np.isnat(1)", "np.isnat(None)", "np.isnat([1.5])", "np.isnat(np.timedelta64('NaT', 's'))",
])
def test_as_numpy(real, call):
    def said(np):
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            error = None
            try:
                eval(call, {"np": np})
            except TypeError as raised:
                error = str(raised)
        return error, [(w.category, str(w.message)) for w in caught]

    assert said(nr) == said(real)
