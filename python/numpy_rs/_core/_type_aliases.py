"""Tables of scalar types by name."""

from .. import _native

_ALIASES = {
    "double": "float64", "cdouble": "complex128", "single": "float32", "csingle": "complex64",
    "half": "float16", "bool_": "bool", "int_": "intp", "uint": "uintp",
}
_EXTRA = {
    "float": "float64", "complex": "complex128", "object": "object_", "bytes": "bytes_",
    "a": "bytes_", "int": "int_", "str": "str_", "unicode": "str_",
}
_SIZED = (
    "int8 int16 int32 int64 uint8 uint16 uint32 uint64 float16 float32 float64 float96 float128 "
    "complex64 complex128 complex192 complex256").split()
_OTHERS = (
    "bool bool_ bytes_ str_ void object_ datetime64 timedelta64 byte ubyte short ushort intc uintc "
    "long ulong longlong ulonglong intp uintp int_ uint half single double longdouble csingle cdouble "
    "clongdouble generic number integer inexact signedinteger unsignedinteger floating "
    "complexfloating flexible character").split()

allTypes = {}
sctypeDict = {}


def _type(name):
    found = getattr(_native, name, None)
    if found is None and name in _ALIASES:
        found = getattr(_native, _ALIASES[name], None)
    return found


_ABSTRACT = {
    "generic", "number", "integer", "inexact", "signedinteger", "unsignedinteger", "floating",
    "complexfloating", "flexible", "character",
}
for _name in _SIZED + _OTHERS:
    _found = _type(_name)
    if _found is not None:
        allTypes[_name] = _found
        if _name not in _ABSTRACT:
            sctypeDict[_name] = _found
for _name, _same in _EXTRA.items():
    if _type(_same) is not None:
        sctypeDict[_name] = _type(_same)
for _code in "?bBhHiIlLqQpPefdgFDGSUVOMm":
    try:
        sctypeDict[_code] = _native.dtype(_code).type
    except (AttributeError, TypeError, NotImplementedError):
        pass
try:
    for _code in ("b1", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8", "f16", "c8",
                  "c16", "c32", "S1"):
        sctypeDict[_code] = _native.dtype(_code).type
    sctypeDict["M8"], sctypeDict["m8"] = _native.datetime64, _native.timedelta64
except (AttributeError, TypeError, NotImplementedError):
    pass


def _group(*names):
    return [t for t in (_type(name) for name in names) if t is not None]


sctypes = {
    "int": _group("int8", "int16", "int32", "int64"),
    "uint": _group("uint8", "uint16", "uint32", "uint64"),
    "float": _group("float16", "float32", "float64", "longdouble"),
    "complex": _group("complex64", "complex128", "clongdouble"),
    "others": _group("bool", "object_", "bytes_", "str_", "void"),
}

c_names_dict = {name: _type(name) for name in _OTHERS if _type(name) is not None}
