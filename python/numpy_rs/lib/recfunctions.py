"""Functions on structured arrays: the names of this module are not available yet."""


def __getattr__(name):
    raise AttributeError(
        f"module {__name__!r} has no attribute {name!r}: functions on structured arrays are not available yet")
