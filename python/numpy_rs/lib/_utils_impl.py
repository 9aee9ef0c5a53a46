"""Facts about the installation: the names of this module are not available yet."""


def __getattr__(name):
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}: it is not available yet")
