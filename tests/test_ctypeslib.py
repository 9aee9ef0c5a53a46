"""Memory shared between arrays and ctypes, and classes for array arguments."""

import ctypes

import numpy_rs as np
import pytest
from numpy_rs import ctypeslib


def test_arrays_over_ctypes_share_memory():
    held = (ctypes.c_float * 4)(1, 2, 3, 4)
    for a in (ctypeslib.as_array(held), ctypeslib.as_array(ctypes.cast(held, ctypes.POINTER(ctypes.c_float)), (2, 2))):
        assert a.dtype == np.float32 and a.sum() == sum(held)
        a[...] += 1
        assert a.ravel().tolist() == list(held)
    with pytest.raises(TypeError, match="requires a shape argument"):
        ctypeslib.as_array(ctypes.pointer(ctypes.c_int(3)))


def test_ctypes_over_arrays_share_memory():
    a = np.arange(6, dtype="i4").reshape(2, 3)
    made = ctypeslib.as_ctypes(a)
    made[1][2] = 50
    assert a[1, 2] == 50 and len(made) == 2
    for bad, text in [(a[:, ::2], "strided"), (np.float64(1), "readonly"),
                      (np.broadcast_to(a, (2, 2, 3)), "strided|readonly")]:
        with pytest.raises(TypeError, match=text):
            ctypeslib.as_ctypes(bad)


@pytest.mark.parametrize("dtype", ["?", "i1", "u2", "i4", "u8", "f4", "f8", ">i4", "<f8", ("i2", (2, 3)), "i1,f8",
                                   [("a", "u1"), ("b", ">u2", 3)]])
def test_types_have_the_layout_of_the_dtype(dtype):
    dtype = np.dtype(dtype)
    assert ctypes.sizeof(ctypeslib.as_ctypes_type(dtype)) == dtype.itemsize


def test_types_that_ctypes_lacks_are_refused():
    for dtype in ("c8", "U3", "f2", "O", {"names": ["a", "b"], "offsets": [0, 2], "formats": ["u4", "u4"]}):
        with pytest.raises(NotImplementedError):
            ctypeslib.as_ctypes_type(np.dtype(dtype))


def test_array_arguments_are_checked():
    kind = ctypeslib.ndpointer("f8", ndim=2, shape=(2, 2), flags="C_CONTIGUOUS,W")
    assert kind is ctypeslib.ndpointer("f8", 2, (2, 2), ["c_contiguous", "writeable"])
    assert kind.__name__ == "ndpointer_<f8_2d_2x2_C_CONTIGUOUS_WRITEABLE"
    good = np.zeros((2, 2))
    kind.from_param(good)
    for bad, text in [([1.0], "must be an ndarray"), (good.astype("f4"), "data type float64"),
                      (np.zeros(4), "2 dimension"), (np.zeros((2, 3)), "shape"), (good.T[::-1], "flags")]:
        with pytest.raises(TypeError, match=text):
            kind.from_param(bad)
    with pytest.raises(TypeError, match="invalid flags specification"):
        ctypeslib.ndpointer(flags="ODD")
    pointed = ctypes.cast(good.ctypes.data, kind).contents
    pointed[1, 1] = 7.0
    assert pointed.shape == (2, 2) and good[1, 1] == 7.0


def test_libraries_that_are_not_there_are_an_error(tmp_path):
    with pytest.raises(OSError, match="no file with expected extension"):
        ctypeslib.load_library("nothing", tmp_path)
