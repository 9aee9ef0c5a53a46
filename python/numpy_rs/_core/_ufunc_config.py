"""What happens on floating-point errors, and the size of ufunc buffers."""

import functools

from .. import _native
from .._globals import ROOT

if hasattr(_native, "_make_extobj"):
    _extobj_contextvar = _native._extobj_contextvar
    _get_extobj_dict = _native._get_extobj_dict
    _make_extobj = _native._make_extobj
else:
    from ._extobj import _extobj_contextvar, _get_extobj_dict, _make_extobj

__all__ = ["errstate", "getbufsize", "geterr", "geterrcall", "setbufsize", "seterr", "seterrcall"]


def seterr(all=None, divide=None, over=None, under=None, invalid=None):
    """Set how floating-point errors are answered, and return the former modes."""
    old = geterr()
    _extobj_contextvar.set(_make_extobj(all=all, divide=divide, over=over, under=under, invalid=invalid))
    return old


def geterr():
    """Return how floating-point errors are answered now."""
    modes = _get_extobj_dict()
    modes.pop("call", None)
    modes.pop("bufsize", None)
    return modes


def setbufsize(size):
    """Set the number of elements in a ufunc's buffers, and return the former one."""
    old = _get_extobj_dict()["bufsize"]
    if size < 0:
        raise ValueError("buffer size must be non-negative")
    _extobj_contextvar.set(_make_extobj(bufsize=size))
    return old


def getbufsize():
    """Return the number of elements in a ufunc's buffers."""
    return _get_extobj_dict()["bufsize"]


def seterrcall(func):
    """Set the function (or the object to write to) for the modes "call" and "log"."""
    old = _get_extobj_dict()["call"]
    _extobj_contextvar.set(_make_extobj(call=func))
    return old


def geterrcall():
    """Return the function or object that `seterrcall` set."""
    return _get_extobj_dict()["call"]


class _Unspecified:
    pass


_unspecified = _Unspecified()


class errstate:
    """A context, or a decorator, in which floating-point errors are answered in a given way."""

    __slots__ = ("_all", "_call", "_divide", "_invalid", "_over", "_token", "_under")

    def __init__(self, *, call=_unspecified, all=None, divide=None, over=None, under=None, invalid=None):
        self._token = None
        self._call, self._all = call, all
        self._divide, self._over, self._under, self._invalid = divide, over, under, invalid

    def _enter(self):
        settings = {"all": self._all, "divide": self._divide, "over": self._over,
                    "under": self._under, "invalid": self._invalid}
        if self._call is not _unspecified:
            settings["call"] = self._call
        return _extobj_contextvar.set(_make_extobj(**settings))

    def __enter__(self):
        # One object serves one `with`: the token of a second entry would overwrite the first.
        if self._token is not None:
            raise TypeError("Cannot enter `np.errstate` twice.")
        self._token = self._enter()

    def __exit__(self, *exc_info):
        _extobj_contextvar.reset(self._token)

    def __call__(self, func):
        @functools.wraps(func)
        def inner(*args, **kwargs):
            token = self._enter()
            try:
                return func(*args, **kwargs)
            finally:
                _extobj_contextvar.reset(token)

        return inner


for _name in __all__:
    globals()[_name].__module__ = ROOT
