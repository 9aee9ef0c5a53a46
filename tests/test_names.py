"""The names that NumPy has: ufuncs with their facts, and a list of what is still missing that may only shrink."""

import pathlib

import numpy_rs as nr
import pytest
from numpy_rs._core import _unavailable

MISSING = pathlib.Path(__file__).with_name("missing_names.txt")
COMPUTED = set("?bBhHiIlLqQefdgFDGO")


def is_there(name):
    if name in _unavailable.NAMES:  # a function that only says that it is to come
        return False
    try:
        getattr(nr, name)
    except (AttributeError, ImportError):
        return False
    return True


def ufuncs(real):
    return sorted(name for name in dir(real) if isinstance(getattr(real, name), real.ufunc))


def test_every_ufunc_is_there_with_its_facts(real):
    wrong = []
    for name in ufuncs(real):
        theirs, ours = getattr(real, name), getattr(nr, name, None)
        if ours is None:
            wrong.append((name, "missing"))
            continue
        for fact in ("__name__", "nin", "nout", "nargs", "identity", "signature"):
            if getattr(ours, fact) != getattr(theirs, fact):
                wrong.append((name, fact, getattr(ours, fact), getattr(theirs, fact)))
    assert wrong == []


def test_every_ufunc_has_numpys_loops(real):
    wrong = []
    for name in ufuncs(real):
        theirs = {row for row in getattr(real, name).types if set(row) - set("->") <= COMPUTED}
        ours = {row for row in getattr(nr, name).types if set(row) - set("->") <= COMPUTED}
        if theirs != ours:
            wrong.append((name, sorted(theirs - ours), sorted(ours - theirs)))
    assert wrong == []


def test_no_name_is_lost(real):
    missing = {name for name in real.__all__ if not is_there(name)}
    listed = {line.split("#")[0].strip() for line in MISSING.read_text().splitlines()} - {""}
    assert missing - listed == set()


@pytest.mark.parametrize("name", ["ndarray", "dtype", "flatiter", "broadcast", "float64"])
def test_classes_have_numpys_attributes(real, name):
    theirs, ours = getattr(real, name), getattr(nr, name)
    assert sorted(set(dir(theirs)) - set(dir(ours))) == []
