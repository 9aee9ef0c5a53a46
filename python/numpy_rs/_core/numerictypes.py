"""The hierarchy of scalar types, and questions about it."""

from .. import _native
from .._globals import ROOT
from .._lazy import provide as _provide, resolver as _resolver
from .._utils import rename_module as _rename
from ._type_aliases import allTypes, sctypeDict, sctypes

_provide(globals(), """busday_count busday_offset busdaycalendar datetime_as_string datetime_data
is_busday""".split())
globals().update(allTypes)

typecodes = {
    "Character": "c",
    "Integer": "bhilqnp",
    "UnsignedInteger": "BHILQNP",
    "Float": "efdg",
    "Complex": "FDG",
    "AllInteger": "bBhHiIlLqQnNpP",
    "AllFloat": "efdgFDG",
    "Datetime": "Mm",
    "All": "?bhilqnpBHILQNPefdgFDGSUVOMm",
}

ScalarType = [int, float, complex, bool, bytes, str, memoryview]
ScalarType += [t for t in dict.fromkeys(sctypeDict.values())]
ScalarType = tuple(ScalarType)

__all__ = [name for name in allTypes] + ["ScalarType", "typecodes", "issubdtype", "isdtype"]

def issctype(rep):
    """Whether an object stands for a scalar type."""
    if not isinstance(rep, (type, _native.dtype)):
        return False
    try:
        found = obj2sctype(rep)
    except Exception:
        return False
    return found is not None and found is not _native.object_


def obj2sctype(rep, default=None):
    """The scalar type of a Python type, dtype or array, or `default`."""
    if isinstance(rep, type) and issubclass(rep, _native.generic):
        return rep
    if isinstance(rep, _native.ndarray):
        return rep.dtype.type
    try:
        return _native.dtype(rep).type
    except Exception:
        return default


def issubclass_(arg1, arg2):
    try:
        return issubclass(arg1, arg2)
    except TypeError:
        return False


def issubsctype(arg1, arg2):
    return issubclass(obj2sctype(arg1), obj2sctype(arg2))


def issubdtype(arg1, arg2):
    """Whether the first type stands at or below the second in the hierarchy of scalar types."""
    if not (isinstance(arg1, type) and issubclass(arg1, _native.generic)):
        arg1 = _native.dtype(arg1).type
    if not (isinstance(arg2, type) and issubclass(arg2, _native.generic)):
        arg2 = _native.dtype(arg2).type
    return issubclass(arg1, arg2)


_KINDS = {
    "bool": ("bool",),
    "signed integer": ("signedinteger",),
    "unsigned integer": ("unsignedinteger",),
    "integral": ("signedinteger", "unsignedinteger"),
    "real floating": ("floating",),
    "complex floating": ("complexfloating",),
    "numeric": ("signedinteger", "unsignedinteger", "floating", "complexfloating"),
}


class _PreprocessDTypeError(Exception):
    pass


def _preprocess_dtype(dtype):
    """The scalar type that a dtype or scalar type stands for; instances of neither are refused."""
    if isinstance(dtype, _native.dtype):
        dtype = dtype.type
    if isinstance(dtype, _native.ndarray) or dtype not in allTypes.values():
        raise _PreprocessDTypeError
    return dtype


def isdtype(dtype, kind):
    """Whether a dtype is of a kind, named as the Python array API names kinds."""
    try:
        dtype = _preprocess_dtype(dtype)
    except _PreprocessDTypeError:
        raise TypeError(f"dtype argument must be a NumPy dtype, but it is a {type(dtype)}.") from None
    wanted = set()
    for item in kind if isinstance(kind, tuple) else (kind,):
        if isinstance(item, str):
            if item not in _KINDS:
                raise ValueError(
                    "kind argument is a string, but" f" {item!r} is not a known kind name.")
            types = tuple(getattr(_native, name) for name in _KINDS[item])
            wanted.update(t for t in allTypes.values() if issubclass(t, types))
        else:
            try:
                wanted.add(_preprocess_dtype(item))
            except _PreprocessDTypeError:
                raise TypeError(
                    "kind argument must be comprised of NumPy dtypes or strings only, "
                    f"but is a {type(item)}.") from None
    return dtype in wanted


def sctype2char(sctype):
    """The one-letter code of a scalar type."""
    found = obj2sctype(sctype)
    if found is None:
        raise ValueError("unrecognized type")
    if found not in sctypeDict.values():
        raise KeyError(found)
    return _native.dtype(found).char


def maximum_sctype(t):
    """The widest scalar type of the same kind."""
    found = obj2sctype(t)
    if found is None:
        return t
    for kind, group in sctypes.items():
        if kind != "others" and found in group:
            return group[-1]
    return found


def _scalar_type_key(typ):
    dt = _native.dtype(typ)
    return dt.kind.lower(), dt.itemsize


def english_lower(s):
    from ._string_helpers import english_lower
    return english_lower(s)


for _function in (issubdtype, isdtype):
    _rename(_function)

__getattr__, _ = _resolver(__name__, native=True)
