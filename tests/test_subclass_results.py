"""Results that are made anew keep the class and the dtype object of their operand, and are finalised once."""

import numpy
import numpy_rs


def test_repeat_keeps_class_dtype_and_finalises_once():
    for np in (numpy, numpy_rs):
        met = []

        class Noted(np.ndarray):
            def __array_finalize__(self, parent):
                met.append(parent)

        dtype = np.dtype("i4", metadata={"unit": "m"})
        array = np.arange(3).astype(dtype).view(Noted)
        met.clear()
        found = array.repeat([2, 0, 1])
        assert type(found) is Noted and found.tolist() == [0, 0, 2]
        assert found.dtype.metadata == {"unit": "m"}
        assert len(met) == 1 and met[0] is array
