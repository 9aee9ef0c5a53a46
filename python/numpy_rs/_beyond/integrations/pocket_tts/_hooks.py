"""Replacing modules, or names in modules, before and after they are imported, and undoing it."""

import importlib
import importlib.machinery
import sys
import types
import warnings


class _Loader:
    """Makes a module that stands for another, or changes one after its own loader has filled it."""

    def __init__(self, hook, name, original):
        self.hook, self.name, self.original = hook, name, original

    def create_module(self, spec):
        if self.hook.is_whole(self.name):
            return self.hook.make(self.name)
        return self.original.loader.create_module(spec)

    def exec_module(self, module):
        if not self.hook.is_whole(self.name):
            # Relative imports and resources look at the loader that the module had by itself.
            module.__spec__.loader = module.__loader__ = self.original.loader
            self.original.loader.exec_module(module)
            self.hook.change(self.name, module)


class Hook:
    """What is done to the modules of a package: `{submodule: contents}`, with contents a function.

    `contents(None)` gives the dict of a module that is replaced whole; `contents(module)` changes a
    module and gives a function that undoes it.  Which of both is said by `contents.whole`.
    """

    def __init__(self, package, replacements):
        self.package = package
        self.replacements = {f"{package}.{name}": contents for name, contents in replacements.items()}
        self.fallbacks = set()
        self._before = {}
        self._undo = {}
        self._originals = {}

    def is_whole(self, name):
        return self.replacements[name].whole

    # What the import system asks.
    def find_spec(self, fullname, path=None, target=None):
        if fullname not in self.replacements or path is None:
            return None
        original = importlib.machinery.PathFinder.find_spec(fullname, path)
        if original is None and not self.is_whole(fullname):
            return None
        origin = original.origin if original else None
        spec = importlib.machinery.ModuleSpec(fullname, _Loader(self, fullname, original), origin=origin)
        spec.has_location = origin is not None
        return spec

    def invalidate_caches(self):
        pass

    def install(self):
        sys.meta_path.insert(0, self)
        for name in self.replacements:
            module = sys.modules.get(name)
            if module is None:
                continue
            if self.is_whole(name):
                self._before[name] = module
                self._originals[name] = module
                self._put(name, self.make(name))
            else:
                self.change(name, module)

    def uninstall(self):
        sys.meta_path.remove(self)
        for undo in self._undo.values():
            undo()
        self._undo.clear()
        for name in self.replacements:
            if not self.is_whole(name) or name not in sys.modules:
                continue
            ours = sys.modules[name]
            if name in self._before:
                self._put(name, self._before[name])
            else:
                del sys.modules[name]
                parent = sys.modules.get(self.package)
                if getattr(parent, name.rpartition(".")[2], None) is ours:
                    delattr(parent, name.rpartition(".")[2])

    def _put(self, name, module):
        """Make a module the one of that name, and the names that the package took from it those of the new one."""
        old = sys.modules[name]
        sys.modules[name] = module
        parent = sys.modules.get(self.package)
        if parent is None:
            return
        setattr(parent, name.rpartition(".")[2], module)
        for public, value in list(vars(old).items()):
            if not public.startswith("__") and vars(parent).get(public) is value and hasattr(module, public):
                setattr(parent, public, getattr(module, public))

    def make(self, name):
        """The module that stands for another."""
        module = types.ModuleType(name, f"Served by {__name__.partition('.')[0]}.")
        module.__dict__.update(self.replacements[name](None))

        def fallback(attribute):
            if attribute.startswith("__"):
                raise AttributeError(f"module {name!r} has no attribute {attribute!r}", name=attribute)
            value = getattr(self._original(name), attribute)
            if not self.fallbacks:
                warnings.warn(f"{name}.{attribute} is not served by numpy_rs; the package's own is used", stacklevel=2)
            self.fallbacks.add(f"{name}.{attribute}")
            return value

        module.__getattr__ = fallback
        return module

    def _original(self, name):
        """The package's own module, loaded under another name when first needed."""
        if name not in self._originals:
            parent = sys.modules.get(self.package) or importlib.import_module(self.package)
            spec = importlib.machinery.PathFinder.find_spec(name, parent.__path__)
            if spec is None:
                raise AttributeError(f"there is no {name} to fall back on")
            module = importlib.util.module_from_spec(spec)
            with warnings.catch_warnings():
                # It tells that its library is missing, which is why it was replaced.
                warnings.simplefilter("ignore")
                spec.loader.exec_module(module)
            self._originals[name] = module
        return self._originals[name]

    def change(self, name, module):
        """Change a module that was imported."""
        if name not in self._undo:
            self._undo[name] = self.replacements[name](module)

    def replaced(self):
        done = []
        for name, contents in self.replacements.items():
            if name in self._undo:
                done.extend(f"{name}.{changed}" for changed in contents.names)
            elif contents.whole and name in sys.modules:
                done.append(name)
        return sorted(done)

    def waiting(self):
        return sorted(name for name in self.replacements if name not in sys.modules)


def whole(contents):
    """Marks contents that stand for a module."""
    contents.whole, contents.names = True, ()
    return contents


def names(*changed):
    """Marks contents that change these names of a module."""

    def mark(contents):
        contents.whole, contents.names = False, changed
        return contents

    return mark
