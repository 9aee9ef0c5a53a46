"""Drop-in mode: in this process, and in those that it starts, `numpy` is this package.

There is one copy of every module; `numpy.x` and `numpy_rs.x` are two names for it.  This file uses
nothing of the package, so that a child process can load it alone, before anything else.
"""

import importlib.machinery
import importlib.util
import os
import sys

NAME = "numpy"
OURS = "numpy_rs"
ENVIRONMENT = "NUMPY_RS_DROPIN"

_HERE = os.path.dirname(os.path.abspath(__file__))
_SITE = os.path.join(_HERE, "_site")
#: Where modules lie that NumPy does not have: they can be imported, but `numpy.__path__` does not lead there.
_BEYOND = _HERE + "/_beyond"


class _Alias:
    """A loader that gives an existing module under a second name."""

    def __init__(self, name):
        self._name = name

    def create_module(self, spec):
        self._module = importlib.import_module(self._name)
        # The import system writes the alias's name into what it gets; a throw-away takes that.
        return None

    def exec_module(self, module):
        sys.modules[module.__name__] = self._module


class _Finder:
    """Finds `numpy` in our folder, and sends `numpy_rs.x` to `numpy.x`."""

    def find_spec(self, fullname, path=None, target=None):
        head, _, rest = fullname.partition(".")
        if head == OURS:
            return importlib.machinery.ModuleSpec(fullname, _Alias(NAME + fullname[len(OURS):]))
        if fullname == NAME:
            return importlib.util.spec_from_file_location(
                NAME, os.path.join(_HERE, "__init__.py"), submodule_search_locations=[_HERE])
        if head == NAME:
            ours = OURS + fullname[len(NAME):]
            if ours in sys.modules:
                return importlib.machinery.ModuleSpec(fullname, _Alias(ours))
            if os.path.isdir(os.path.join(_BEYOND, rest)):
                return importlib.machinery.PathFinder.find_spec(fullname, [_BEYOND])
        return None

    def invalidate_caches(self):
        pass


def _installed():
    return next((finder for finder in sys.meta_path if type(finder).__name__ == "_Finder"
                 and getattr(finder, "_is_numpy_rs", False)), None)


_Finder._is_numpy_rs = True


def install():
    """Make `numpy` mean this package from now on; the real NumPy must not have been imported."""
    loaded = sys.modules.get(NAME)
    if loaded is not None and not _is_ours(loaded):
        raise RuntimeError(
            f"the real numpy is already imported (from {getattr(loaded, '__file__', '?')}); call "
            "numpy_rs.install() before anything imports numpy, or start the program with "
            "`python -m numpy_rs`")
    if _installed() is None:
        sys.meta_path.insert(0, _Finder())
    if OURS in sys.modules and loaded is None:
        _rename_loaded()
    _tell_children()


def uninstall():
    """Let later imports of `numpy` find the real one again; what was imported stays as it is."""
    finder = _installed()
    if finder is not None:
        sys.meta_path.remove(finder)
    for name in [n for n in sys.modules if n == NAME or n.startswith(NAME + ".")]:
        if _is_ours(sys.modules[NAME if NAME in sys.modules else name]):
            module = sys.modules.pop(name)
            if name == NAME:
                module.__path__ = [_HERE, _BEYOND]
            sys.modules.setdefault(OURS + name[len(NAME):], module)
    os.environ.pop(ENVIRONMENT, None)
    rest = [p for p in os.environ.get("PYTHONPATH", "").split(os.pathsep) if p and p != _SITE]
    if rest:
        os.environ["PYTHONPATH"] = os.pathsep.join(rest)
    else:
        os.environ.pop("PYTHONPATH", None)


def _is_ours(module):
    file = getattr(module, "__file__", None)
    return file is not None and os.path.dirname(os.path.abspath(file)).startswith(_HERE)


def _tell_children():
    """Child processes find the environment variable through the `sitecustomize` in our folder."""
    os.environ[ENVIRONMENT] = "1"
    paths = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    if _SITE not in paths:
        os.environ["PYTHONPATH"] = os.pathsep.join([_SITE, *(p for p in paths if p)])


def _rename_loaded():
    """Rename the modules that were loaded as `numpy_rs`, and what they define, to `numpy`."""
    ours = [name for name in sys.modules if name == OURS or name.startswith(OURS + ".")]
    for name in ours:
        module = sys.modules[name]
        new = NAME + name[len(OURS):]
        if module is None:
            continue
        if name == OURS:
            module.__path__ = [_HERE]
        sys.modules[new] = module
        for attribute in ("__name__", "__package__"):
            value = getattr(module, attribute, None)
            if isinstance(value, str) and value.partition(".")[0] == OURS:
                setattr(module, attribute, NAME + value[len(OURS):])
        spec = getattr(module, "__spec__", None)
        if spec is not None:
            spec.name = new
            loader = spec.loader
            if getattr(loader, "name", None) == name:
                loader.name = new
        _rename_contents(module)
    native = sys.modules.get(NAME + "._native")
    if hasattr(native, "_relabel"):
        native._relabel(NAME)


def _rename_contents(module):
    for value in list(vars(module).values()):
        _rename_object(value)
        if isinstance(value, type) and value.__module__.partition(".")[0] == NAME:
            for member in list(vars(value).values()):
                _rename_object(member)
    if isinstance(vars(module).get("ROOT"), str):
        module.ROOT = NAME
    if isinstance(vars(module).get("_ROOT"), str):
        module._ROOT = NAME


def _rename_object(value):
    try:
        home = value.__module__
        if isinstance(home, str) and home.partition(".")[0] == OURS:
            value.__module__ = NAME + home[len(OURS):]
    except (AttributeError, TypeError, ImportError):
        pass  # objects without a writable home keep the one that they have
