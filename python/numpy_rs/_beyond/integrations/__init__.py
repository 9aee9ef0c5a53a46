"""Adaptors for packages that speak NumPy; each is a module of its own, imported by name."""

__all__ = ["pocket_tts"]


def __getattr__(name):
    if name in __all__:
        import importlib

        return importlib.import_module("." + name, __name__)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}", name=name)
