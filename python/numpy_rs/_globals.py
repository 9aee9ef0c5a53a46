"""Objects that must be unique in a process: the "no value" marker and the copy mode.

`ROOT` is the name under which the package was loaded: `numpy_rs` side by side, `numpy` as a drop-in.
"""

import enum

from . import _native

__all__ = ["_CopyMode", "_NoValue"]

# A reload would make a second `_NoValue`, and identity tests against the first would then fail.
if "_is_loaded" in globals():
    raise RuntimeError("Reloading numpy._globals is not allowed")
_is_loaded = True

ROOT = __name__.partition(".")[0]


class _CopyMode(enum.Enum):
    """How an array is copied: `ALWAYS`, `IF_NEEDED` or `NEVER`."""

    ALWAYS = True
    NEVER = False
    IF_NEEDED = 2

    def __bool__(self):
        if self is _CopyMode.ALWAYS:
            return True
        if self is _CopyMode.NEVER:
            return False
        raise ValueError(f"{self} is neither True nor False.")


_CopyMode.__module__ = ROOT


class _NoValueType:
    """Marks an argument that was not given where None has a meaning of its own."""

    _instance = None

    def __new__(cls):
        if cls._instance is None:
            cls._instance = super().__new__(cls)
        return cls._instance

    def __repr__(self):
        return "<no value>"

    def __reduce__(self):
        return "_NoValue"


_NoValue = getattr(_native, "_NoValue", None) or _NoValueType()
