"""Functions on arrays of text: the names of this module are not available yet."""

from ._unavailable import compare_chararrays

__all__ = ["compare_chararrays"]


def __getattr__(name):
    raise AttributeError(
        f"module {__name__!r} has no attribute {name!r}: functions on arrays of text are not available yet")
