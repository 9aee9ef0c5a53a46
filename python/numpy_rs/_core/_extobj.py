"""The state behind `errstate` where the compiled module keeps none: a context variable.

The stored objects are capsules to NumPy; here they are tuples of the six settings.
"""

from contextvars import ContextVar

_NAMES = ("divide", "over", "under", "invalid", "call", "bufsize")
_MODES = ("ignore", "warn", "raise", "call", "print", "log")
_DEFAULT = ("warn", "warn", "ignore", "warn", None, 8192)

_extobj_contextvar = ContextVar("numpy.ufunc.extobj", default=_DEFAULT)


def _get_extobj_dict():
    return dict(zip(_NAMES, _extobj_contextvar.get()))


def _make_extobj(*, all=None, divide=None, over=None, under=None, invalid=None, **rest):
    new = dict(zip(_NAMES, _extobj_contextvar.get()))
    for name, mode in (("divide", divide), ("over", over), ("under", under), ("invalid", invalid)):
        mode = all if mode is None else mode
        if mode is None:
            continue
        if not isinstance(mode, str) or mode not in _MODES:
            raise ValueError(
                f"invalid error mode '{mode}'. Must be one of " + ", ".join(f"'{m}'" for m in _MODES))
        new[name] = mode
    if "call" in rest:
        call = rest.pop("call")
        if call is not None and not callable(call) and not callable(getattr(call, "write", None)):
            raise TypeError("python object must be callable or have a callable write method")
        new["call"] = call
    if rest.get("bufsize") is not None:
        size = rest["bufsize"]
        if size > 10_000_000:
            raise ValueError(f"Buffer size, {size}, is too big")
        if size < 5:
            raise ValueError(f"Buffer size, {size}, is too small")
        if size % 16:
            raise ValueError(f"Buffer size, {size}, is not a multiple of 16")
        new["bufsize"] = size
    return tuple(new[name] for name in _NAMES)
