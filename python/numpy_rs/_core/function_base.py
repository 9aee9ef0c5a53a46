"""Evenly spaced samples, and attaching documentation."""

from .. import _native  # noqa: F401
from .._lazy import provide as _provide, resolver as _resolver

__all__ = ["geomspace", "linspace", "logspace"]

_provide(globals(), __all__)


def add_newdoc(place, obj, doc, warn_on_python=True):
    """Attach a docstring to `place.obj`, or to attributes of it with `(name, text)` pairs."""
    import importlib
    import textwrap

    target = getattr(importlib.import_module(place), obj)
    if isinstance(doc, str):
        _attach(target, textwrap.dedent(doc).strip(), warn_on_python)
    elif isinstance(doc, tuple):
        name, text = doc
        _attach(getattr(target, name), textwrap.dedent(text).strip(), warn_on_python)
    elif isinstance(doc, list):
        for name, text in doc:
            _attach(getattr(target, name), textwrap.dedent(text).strip(), warn_on_python)


def _attach(target, text, warn_on_python):
    import types
    import warnings

    if warn_on_python and isinstance(target, (types.FunctionType, types.MethodType, property)):
        warnings.warn(
            f"add_newdoc was used on a pure-python object {target}. Prefer to attach it directly to the "
            "source.", UserWarning, stacklevel=3)
    try:
        if not target.__doc__:
            target.__doc__ = text
    except (AttributeError, TypeError):
        pass  # types made in C keep the documentation that they were made with


from . import _spacing as _written  # noqa: E402

for _name in __all__:
    globals().setdefault(_name, getattr(_written, _name))

__getattr__, _ = _resolver(__name__, native=True)
