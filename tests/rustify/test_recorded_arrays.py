"""What the recorder keeps of arrays: strides, memory that arguments share, and whether they may be written."""

import importlib
import pathlib
import sys
import types

import numpy as np
import pytest

PACKAGE = pathlib.Path(__file__).resolve().parents[2] / "crates" / "rustify_record" / "python"


@pytest.fixture(scope="module")
def recorder():
    """The recorder's Python side under the name that it has where it runs."""
    name = "_rustify_record"
    package = types.ModuleType(name)
    package.__path__ = [str(PACKAGE)]
    sys.modules[name] = package
    yield lambda part: importlib.import_module(f"{name}.{part}")
    for found in [module for module in sys.modules if module.split(".")[0] == name]:
        del sys.modules[found]


@pytest.fixture
def again(recorder):
    """The values as the replay sees them."""
    return lambda *values: recorder("loading").Loader(recorder("keeping").pickled(values, 1 << 16), None, False).load()


WHOLE = np.arange(24, dtype=">i4").reshape(4, 6)


@pytest.mark.parametrize(
    "array",
    [
        WHOLE,
        WHOLE[::2, ::-1],
        WHOLE.T,
        WHOLE[1:, 2:3],
        WHOLE.reshape(-1).view("u1")[3:80:5],
        np.asfortranarray(WHOLE),
        np.broadcast_to(np.float32(2.5), (3, 4)),
        WHOLE[:0, ::-2],
        np.arange(9.0)[::-1][2:5],
        np.array(7),
    ],
    ids=str,
)
def test_a_part_of_an_array_keeps_its_layout(again, array):
    (found,) = again(array)
    assert found.tobytes() == array.tobytes() and found.dtype == array.dtype and found.shape == array.shape
    assert found.strides == array.strides
    assert found.flags.writeable == array.flags.writeable


def test_arguments_share_what_they_shared(again):
    row = np.arange(10.0)
    first, second, third = again(row[2:], row[::-1], row)
    first[0] = -1.0
    assert second[7] == -1.0 and third[2] == -1.0


def test_an_array_that_may_not_be_written_stays_so(again):
    locked = np.arange(5)
    locked.setflags(write=False)
    shut = np.arange(5)[1:]
    shut.setflags(write=False)
    whole, part, other = again(locked, locked[::2], shut)
    for found in (whole, part, other):
        with pytest.raises(ValueError, match="read-only"):
            found[0] = 1
    assert part.base is whole


def test_what_is_part_of_too_much_is_kept_as_a_copy(again):
    (found,) = again(np.zeros(1 << 16)[:: 1 << 10])
    assert found.shape == (64,) and found.flags.c_contiguous


def test_other_kinds_are_kept_by_their_own_pickle(again):
    values = [np.array(["ab", "c"])[::-1], np.array(["2026-11-22"], "M8[D]")[:1], np.ma.arange(3)[::2]]
    for value, found in zip(values, again(*values), strict=True):
        assert type(found) is type(value) and found.tolist() == value.tolist()
