"""The `__array_function__` protocol for functions written in Python."""

from .. import _native
from .._globals import ROOT

ARRAY_FUNCTIONS = set()

_ArrayFunctionDispatcher = getattr(_native, "_ArrayFunctionDispatcher", None)


def __getattr__(name):
    if name == "array_function_from_dispatcher_c":
        return getattr(_native, name)
    if name == "ArgSpec":
        import collections

        return collections.namedtuple("ArgSpec", "args varargs keywords defaults")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}", name=name)


def _get_implementing_args(relevant_args):
    """One argument of each type with `__array_function__`, subclasses before their bases."""
    found = []
    for arg in relevant_args:
        kind = type(arg)
        if not hasattr(kind, "__array_function__") or any(kind is type(other) for other in found):
            continue
        if len(found) == 64:
            raise RuntimeError(
                "maximum number (64) of distinct argument types implementing __array_function__ exceeded")
        at = next((i for i, other in enumerate(found) if issubclass(kind, type(other))), len(found))
        found.insert(at, arg)
    return found


def _shape_of_signature(function):
    """Parameter names by kind and the defaults, read without `inspect`."""
    code = function.__code__
    n, k = code.co_argcount, code.co_kwonlyargcount
    star = n + k
    varargs = code.co_varnames[star] if code.co_flags & 0x04 else None
    keywords = code.co_varnames[star + bool(code.co_flags & 0x04)] if code.co_flags & 0x08 else None
    positional, keyword_only = code.co_varnames[:n], code.co_varnames[n:n + k]
    only = function.__kwdefaults__ or {}
    defaults = [*(function.__defaults__ or ()), *(only[name] for name in keyword_only if name in only)]
    return positional, keyword_only, varargs, keywords, defaults


def verify_matching_signatures(implementation, dispatcher):
    """Refuse a dispatcher whose parameters differ from those of the implementation."""
    one, other = _shape_of_signature(implementation), _shape_of_signature(dispatcher)
    if one[:4] != other[:4] or len(one[4]) != len(other[4]):
        raise RuntimeError(
            f"implementation and dispatcher for {implementation} have different function signatures")
    if implementation.__defaults__ is not None and (
            dispatcher.__defaults__ != (None,) * len(implementation.__defaults__)):
        raise RuntimeError("dispatcher functions can only use None for default argument values")


def array_function_dispatch(dispatcher=None, module=None, verify=True, docs_from_dispatcher=False):
    """A decorator that lets arguments override a function through `__array_function__`.

    `dispatcher` takes the function's arguments and gives those whose types may override it; None
    means that the first argument is `like`, which the implementation does not receive.
    """

    def decorate(implementation):
        if verify and dispatcher is not None:
            verify_matching_signatures(implementation, dispatcher)
        if docs_from_dispatcher:
            implementation.__doc__ = dispatcher.__doc__
        return _public(dispatcher, implementation, module)

    return decorate


def _public(dispatcher, implementation, module):
    if module is not None:
        implementation.__module__ = ROOT + module[5:] if module.startswith("numpy") else module
    if _ArrayFunctionDispatcher is None:
        return implementation
    function = _ArrayFunctionDispatcher(dispatcher, implementation)
    function.__name__ = implementation.__name__
    function.__qualname__ = implementation.__qualname__
    function.__module__ = implementation.__module__
    function.__doc__ = implementation.__doc__
    function.__wrapped__ = implementation
    ARRAY_FUNCTIONS.add(function)
    return function


def array_function_from_dispatcher(implementation, module=None, verify=True, docs_from_dispatcher=True):
    """Like `array_function_dispatch`, decorating the dispatcher instead of the implementation."""

    def decorate(dispatcher):
        return array_function_dispatch(
            dispatcher, module, verify=verify, docs_from_dispatcher=docs_from_dispatcher)(implementation)

    return decorate


def from_like(function, like, args, kwargs):
    """What the type of `like` answers for a function that makes arrays (NEP 35), in a tuple; empty for nothing."""
    if like is None or type(like) is _native.ndarray:
        return ()
    method = getattr(type(like), "__array_function__", None)
    if method is None:
        raise TypeError(
            "The `like` argument must be an array-like that implements the `__array_function__` protocol.")
    return (method(like, function, (type(like),), args, kwargs),)


def overridable(*relevant, module="numpy"):
    """`array_function_dispatch` for a function whose overriding parameters are named in `relevant`.

    A name with a star in front is a sequence, and its items override.
    """

    def decorate(implementation):
        names = implementation.__code__.co_varnames
        places = [(names.index(name.lstrip("*")), name.lstrip("*"), name[0] == "*") for name in relevant]
        if len(places) == 1 and places[0][0] == 0 and not places[0][2]:
            only = places[0][1]

            def dispatcher(*args, **kwargs):
                return (args[0] if args else kwargs.get(only),)
        else:
            def dispatcher(*args, **kwargs):
                found = []
                for place, name, expand in places:
                    value = args[place] if place < len(args) else kwargs.get(name)
                    if not expand:
                        found.append(value)
                    elif hasattr(value, "__array_function__"):
                        found.append(value)
                    elif isinstance(value, (list, tuple)):
                        found.extend(value)
                return found
        dispatcher.__name__ = implementation.__name__
        return _public(dispatcher, implementation, module)

    return decorate
