"""Results that are made anew keep the class and the dtype object of their operand, and are finalised once."""

import numpy
import numpy_rs
import pytest


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


def _calls(np, flat, table):
    """Ways to make a result from an array of a subclass, by name."""
    return {
        "indices": lambda: flat[[0, 1]],
        "no indices": lambda: flat[[]],
        "mask": lambda: flat[flat.view(np.ndarray) > 2],
        "indices and slices": lambda: table[[0], 1:],
        "slice": lambda: flat[1:3],
        "row": lambda: table[0],
        "new axis": lambda: flat[None],
        "ellipsis": lambda: flat[...],
        "take": lambda: flat.take([0, 1]),
        "compress": lambda: flat.compress([1, 0, 1]),
        "flat indices": lambda: table.flat[[0, 1]],
        "reshape": lambda: flat.reshape(3, 2),
        "reshape of its own shape": lambda: flat.reshape(6),
        "reshape by a copy": lambda: table.reshape(3, 2, order="F"),
        "reshape of the transpose": lambda: table.T.reshape(6),
        "ravel": lambda: flat.ravel(),
        "ravel by a copy": lambda: table.T.ravel(),
        "flatten": lambda: table.flatten(),
        "transpose": lambda: table.transpose(1, 0),
        "swapaxes": lambda: table.swapaxes(0, 1),
        "squeeze": lambda: flat[None].squeeze(),
        "diagonal": lambda: table.diagonal(),
        "copy": lambda: flat.copy(),
        "astype": lambda: flat.astype(int),
        "view": lambda: flat.view(),
        "view of a dtype": lambda: flat.view("i8"),
        "argsort": lambda: flat.argsort(),
        "sort": lambda: np.sort(flat),
        "sum": lambda: table.sum(0),
        "add": lambda: flat + 1,
        "clip": lambda: flat.clip(0, 1),
        "empty_like": lambda: np.empty_like(flat),
    }


@pytest.mark.parametrize("name", list(_calls(numpy, None, None)))
def test_results_are_finalised_as_often_as_in_numpy(name):
    met = {}
    for np in (numpy, numpy_rs):
        calls = met.setdefault(np, [])

        class Noted(np.ndarray):
            def __array_finalize__(self, parent, calls=calls):
                calls.append((type(parent).__name__, getattr(parent, "shape", None)))

        flat = np.arange(6.0).view(Noted)
        table = flat.reshape(2, 3)
        calls.clear()
        assert type(_calls(np, flat, table)[name]()) is Noted
    assert met[numpy_rs] == met[numpy]


def test_a_class_without_set_dtype_is_finalised_with_the_new_dtype():
    for np in (numpy, numpy_rs):

        class Noted(np.ndarray):
            _set_dtype = None

            def __array_finalize__(self, parent):
                self.met = (self.dtype, self.shape)

        array = np.arange(3.0).view(Noted)
        seen = array.view("i4")
        assert type(seen) is Noted and seen.met == (np.dtype("i4"), (6,)) and seen.base is not None
        table = np.rec.array([(1, 2.0)], dtype=[("a", int), ("b", float)])
        assert table.view([("x", int), ("y", float)]).x.tolist() == [1]


def test_arrays_of_one_item_among_objects_stay_what_they_are():
    for np in (numpy, numpy_rs):
        items = [None, np.array([3]), np.float64(3), np.array(10)]
        assert all(a is b for a, b in zip(np.array(items, dtype=object), items, strict=True))

        class Silent(np.ndarray):
            def __float__(self):
                raise TypeError("no number")

        with pytest.raises(TypeError, match="no number"):
            np.array([np.array(0.0).view(Silent)])
