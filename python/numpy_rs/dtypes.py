"""The classes of the builtin dtypes: `type(np.dtype("float64"))` and its siblings."""

from . import _native
from ._utils import rename_module as _rename

__all__ = []

_NUMBERS = {
    "Bool": "?", "Int8": "int8", "UInt8": "uint8", "Int16": "int16", "UInt16": "uint16",
    "Int32": "int32", "UInt32": "uint32", "Int64": "int64", "UInt64": "uint64", "LongLong": "q",
    "ULongLong": "Q", "Float16": "e", "Float32": "f", "Float64": "d", "LongDouble": "g",
    "Complex64": "F", "Complex128": "D", "CLongDouble": "G", "Object": "O", "Bytes": "S",
    "Str": "U", "Void": "V", "DateTime64": "M", "TimeDelta64": "m",
    # The C names; each is one of the sized classes on any given platform.
    "Byte": "b", "UByte": "B", "Short": "h", "UShort": "H", "Int": "i", "UInt": "I", "Long": "l",
    "ULong": "L",
}


def _collect(namespace):
    for stem, code in _NUMBERS.items():
        name = stem + "DType"
        found = getattr(_native, name, None)
        if found is None:
            try:
                found = type(_native.dtype(code))
            except (AttributeError, TypeError, NotImplementedError):
                continue
        namespace[name] = found
        __all__.append(name)
    for name in ("StringDType",):
        if hasattr(_native, name):
            namespace[name] = getattr(_native, name)
            __all__.append(name)
    if hasattr(_native, "_register_dlpack_dtype"):
        namespace["register_dlpack_dtype"] = _rename(_native._register_dlpack_dtype, "dtypes")
        __all__.append("register_dlpack_dtype")


_collect(globals())


def __dir__():
    return __all__
