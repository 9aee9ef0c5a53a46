"""Assertions about warnings, and context managers that hold them back."""

import contextlib
import functools
import re
import sys
import warnings


@contextlib.contextmanager
def _expect(warning_class, name):
    __tracebackhide__ = True
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        yield caught
    if not any(issubclass(w.category, warning_class) for w in caught):
        during = f" when calling {name}" if name else ""
        raise AssertionError("No warning raised" + during)


def assert_warns(warning_class, *args, **kwargs):
    """Fails unless the call (or the `with` block) gives the warning."""
    if not args and not kwargs:
        return _expect(warning_class, None)
    if not args:
        if "match" in kwargs:
            raise RuntimeError(
                "assert_warns does not use 'match' kwarg, use pytest.warns instead")
        raise RuntimeError("assert_warns(...) needs at least one arg")
    function, *rest = args
    with _expect(warning_class, function.__name__):
        return function(*rest, **kwargs)


@contextlib.contextmanager
def _expect_none(name):
    __tracebackhide__ = True
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        yield
    if caught:
        during = f" when calling {name}" if name else ""
        raise AssertionError(f"Got warnings{during}: {caught}")


def assert_no_warnings(*args, **kwargs):
    """Fails if the call (or the `with` block) gives any warning."""
    if not args:
        return _expect_none(None)
    function, *rest = args
    with _expect_none(function.__name__):
        return function(*rest, **kwargs)


def _forget_seen(modules):
    """Empties the registries of warnings that modules gave already; gives what they held."""
    held = {}
    for module in modules:
        registry = getattr(module, "__warningregistry__", None)
        if registry is not None:
            held[module] = registry.copy()
            registry.clear()
    return held


class clear_and_catch_warnings(warnings.catch_warnings):
    """`catch_warnings` for modules whose warnings count as not yet given."""

    class_modules = ()

    def __init__(self, record=False, modules=()):
        self.modules = set(modules).union(self.class_modules)
        self._held = {}
        super().__init__(record=record)

    def __enter__(self):
        self._held = _forget_seen(self.modules)
        return super().__enter__()

    def __exit__(self, *exc_info):
        super().__exit__(*exc_info)
        _forget_seen(self.modules)
        for module, registry in self._held.items():
            module.__warningregistry__.update(registry)


class suppress_warnings:
    """Holds back some warnings, records others, and lets the rest through by a rule."""

    def __init__(self, forwarding_rule="always", _warn=True):
        if _warn:
            warnings.warn(
                "NumPy warning suppression and assertion utilities are deprecated. "
                "Use warnings.catch_warnings, warnings.filterwarnings, pytest.warns, or "
                "pytest.filterwarnings instead.", DeprecationWarning, stacklevel=2)
        if forwarding_rule not in ("always", "module", "once", "location"):
            raise ValueError("unsupported forwarding rule.")
        self._rule = forwarding_rule
        self._outer = []
        self._inner = None

    def _add(self, category, message, module, record):
        log = [] if record else None
        rule = (category, re.compile(message, re.IGNORECASE), module, log)
        if self._inner is not None:
            self._arm(category, message, module)
            self._inner.append(rule)
        else:
            self._outer.append(rule)
        return log

    def _arm(self, category, message, module):
        where = "" if module is None else re.escape(module.__name__) + "$"
        warnings.filterwarnings("always", category=category, message=message, module=where)
        if module is not None:
            self._modules.add(module)
            _forget_seen([module])

    def filter(self, category=Warning, message="", module=None):
        """Holds back warnings that match."""
        self._add(category, message, module, record=False)

    def record(self, category=Warning, message="", module=None):
        """Keeps warnings that match, in the list that is given back."""
        return self._add(category, message, module, record=True)

    def __enter__(self):
        if self._inner is not None:
            raise RuntimeError("cannot enter suppress_warnings twice.")
        self._show = warnings.showwarning
        self._filters = warnings.filters
        warnings.filters = self._filters[:]
        self._inner, self._modules, self._forwarded, self.log = [], set(), set(), []
        for category, pattern, module, log in self._outer:
            if log is not None:
                del log[:]
            self._arm(category, pattern.pattern, module)
        warnings.showwarning = self._receive
        return self

    def __exit__(self, *exc_info):
        warnings.showwarning = self._show
        warnings.filters = self._filters
        _forget_seen(self._modules)
        if hasattr(warnings, "_filters_mutated"):
            warnings._filters_mutated()
        self._inner = None

    def _receive(self, message, category, filename, lineno, *args, **kwargs):
        for rule_category, pattern, module, log in (self._inner + self._outer)[::-1]:
            here = module is None or _is_file_of(module, filename)
            if issubclass(category, rule_category) and pattern.match(message.args[0]) and here:
                if log is not None:
                    kept = warnings.WarningMessage(message, category, filename, lineno, **kwargs)
                    self.log.append(kept)
                    log.append(kept)
                return
        key = {"always": None, "once": (message.args, category),
               "module": (message.args, category, filename),
               "location": (message.args, category, filename, lineno)}[self._rule]
        if key is not None:
            if key in self._forwarded:
                return
            self._forwarded.add(key)
        self._show(message, category, filename, lineno, *args, **kwargs)

    def __call__(self, function):
        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            with self:
                return function(*args, **kwargs)
        return wrapper


def _is_file_of(module, filename):
    path = getattr(module, "__file__", None) or ""
    return path.startswith(filename) or sys.modules.get(module.__name__) is None
