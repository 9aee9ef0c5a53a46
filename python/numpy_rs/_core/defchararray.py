"""Functions on arrays of text: the names of this module are not available yet."""

__all__ = []


def __getattr__(name):
    raise AttributeError(
        f"module {__name__!r} has no attribute {name!r}: functions on arrays of text are not available yet")
