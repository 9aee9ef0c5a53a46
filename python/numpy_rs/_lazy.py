"""Names that are looked up on first use, so that importing the package stays fast."""

import sys

from . import _native


def missing(module, name):
    """The error for a name that the module does not have."""
    return AttributeError(f"module {module!r} has no attribute {name!r}", name=name)


def resolver(module, table=None, native=(), submodules=()):
    """The `__getattr__` and `__dir__` of a module.

    A name is looked for in `native` (names of the compiled module; True allows any), in `table`
    (name -> submodule of the root package that defines it), and in `submodules`.  What is found is
    stored in the module, so that each name is looked up once.
    """
    table = table or {}
    namespace = sys.modules[module].__dict__

    def __getattr__(name):
        root = namespace["__name__"].partition(".")[0]
        if native is True or name in native:
            try:
                value = getattr(_native, name)
            except AttributeError:
                pass
            else:
                namespace[name] = value
                return value
        if name in table:
            value = getattr(_load(f"{root}.{table[name]}"), name)
            namespace[name] = value
            return value
        if name in submodules:
            return _load(f"{namespace['__name__']}.{name}")
        raise missing(namespace["__name__"], name)

    def __dir__():
        known = {name for name in namespace if not name.startswith("_lazy")}
        natives = dir(_native) if native is True else [n for n in native if hasattr(_native, n)]
        return sorted(known.union(table, submodules, natives))

    return __getattr__, __dir__


def _load(name):
    __import__(name)
    return sys.modules[name]


def provide(namespace, names):
    """Put the compiled objects `names` into a module's namespace, as far as they exist."""
    have = _native.__dict__
    for name in names:
        if name in have:
            namespace[name] = have[name]
