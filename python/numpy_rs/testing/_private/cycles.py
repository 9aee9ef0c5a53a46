"""Assertions about reference counts and reference cycles."""

import contextlib
import gc
import pprint
import sys

from .environment import HAS_REFCOUNT, IS_PYPY
from .equality import assert_


@contextlib.contextmanager
def _without_cycles(name):
    __tracebackhide__ = True
    if not HAS_REFCOUNT:
        yield
        return
    assert_(gc.isenabled())
    gc.disable()
    flags = gc.get_debug()
    try:
        for _ in range(100):
            if gc.collect() == 0:
                break
        else:
            raise RuntimeError("garbage keeps appearing: a __del__ method may make reference cycles")
        gc.set_debug(gc.DEBUG_SAVEALL)
        yield
        count = gc.collect()
        found = gc.garbage[:]
    finally:
        del gc.garbage[:]
        gc.set_debug(flags)
        gc.enable()
    if count:
        during = f" when calling {name}" if name else ""
        shown = "".join(
            f"\n  {type(o).__name__} object with id={id(o)}:\n    "
            + pprint.pformat(o).replace("\n", "\n    ") for o in found)
        raise AssertionError(
            f"Reference cycles were found{during}: {count} objects were collected, "
            f"of which {len(found)} are shown below:{shown}")


def assert_no_gc_cycles(*args, **kwargs):
    """Fails if the call (or the `with` block) leaves objects that only the collector frees."""
    if not args:
        return _without_cycles(None)
    function, *rest = args
    with _without_cycles(function.__name__):
        function(*rest, **kwargs)


def break_cycles():
    """Collects garbage, often enough for finalizers that make more of it."""
    for _ in range(5 if IS_PYPY else 1):
        gc.collect()


def _assert_valid_refcount(op):
    """Fails if a binary operation leaks or drops references to its operand."""
    if not HAS_REFCOUNT:
        return True
    from ..._core.multiarray import array
    operand = array([[1, 2], [3, 4]])
    index = 1
    gc.disable()
    try:
        before = sys.getrefcount(index)
        for _ in range(15):
            result = op(operand, index)
        assert_(sys.getrefcount(index) >= before)
    finally:
        gc.enable()
    del result
