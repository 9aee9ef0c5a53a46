"""Arrays that meet requirements on their memory."""

from .. import _native as _n
from .._utils import rename_module as _rename
from .overrides import from_like

__all__ = ["require"]

_FLAGS = {
    "C": "C", "C_CONTIGUOUS": "C", "CONTIGUOUS": "C", "F": "F", "F_CONTIGUOUS": "F", "FORTRAN": "F",
    "A": "A", "ALIGNED": "A", "W": "W", "WRITEABLE": "W", "O": "O", "OWNDATA": "O", "E": "E",
    "ENSUREARRAY": "E",
}


def require(a, dtype=None, requirements=None, *, like=None):
    """Return an array of the dtype that has the required flags, copying only if it must."""
    if answer := from_like(require, like, (a,), {"dtype": dtype, "requirements": requirements}):
        return answer[0]
    if not requirements:
        return _n.asanyarray(a, dtype=dtype)
    wanted = {_FLAGS[word.upper()] for word in requirements}
    subok = "E" not in wanted
    wanted.discard("E")
    if {"C", "F"} <= wanted:
        raise ValueError('Cannot specify both "C" and "F" order')
    order = "C" if "C" in wanted else "F" if "F" in wanted else "A"
    wanted -= {"C", "F"}
    array = _n.array(a, dtype=dtype, order=order, copy=None, subok=subok)
    for flag in wanted:
        if not array.flags[flag]:
            return array.copy(order)
    return array


_rename(require)
