"""Loading libraries, classes for array arguments, and memory shared between arrays and ctypes."""

import ctypes
import importlib
import os
import sys
import sysconfig

#: The package itself, under the name that it was loaded by.
np = importlib.import_module("..", __package__)

__all__ = ["load_library", "ndpointer", "c_intp", "as_ctypes", "as_array", "as_ctypes_type"]

#: The signed integer that is as wide as a pointer.
c_intp = {2: ctypes.c_short, 4: ctypes.c_int, 8: ctypes.c_int64}[ctypes.sizeof(ctypes.c_void_p)]

_FLAGS = {"C_CONTIGUOUS": 1, "F_CONTIGUOUS": 2, "OWNDATA": 4, "ALIGNED": 0x100, "WRITEABLE": 0x400,
          "WRITEBACKIFCOPY": 0x2000}
_SHORT = {"C": "C_CONTIGUOUS", "CONTIGUOUS": "C_CONTIGUOUS", "F": "F_CONTIGUOUS", "FORTRAN": "F_CONTIGUOUS",
          "O": "OWNDATA", "A": "ALIGNED", "W": "WRITEABLE", "X": "WRITEBACKIFCOPY"}


def load_library(libname, loader_path):
    """The library of a name without its extension, in a folder or beside a file."""
    name, folder = os.fsdecode(libname), os.path.abspath(os.fsdecode(loader_path))
    if not os.path.isdir(folder):
        folder = os.path.dirname(folder)
    names = [name]
    if not os.path.splitext(name)[1]:
        ending = {"darwin": ".dylib", "win32": ".dll"}.get(sys.platform, ".so")
        endings = [ending, sysconfig.get_config_var("EXT_SUFFIX")]
        names = [name + ending for ending in dict.fromkeys(endings) if ending]
    for candidate in names:
        path = os.path.join(folder, candidate)
        if os.path.exists(path):
            return ctypes.cdll[path]
    raise OSError("no file with expected extension")


def _flag_number(names):
    return sum(_FLAGS[name] for name in names)


def _flag_names(number):
    return [name for name, bit in _FLAGS.items() if number & bit]


class _ndptr(ctypes.c_void_p):
    """An argument that is an array of a kind; `ndpointer` makes a class for each kind."""

    @classmethod
    def from_param(cls, obj):
        if not isinstance(obj, np.ndarray):
            raise TypeError("argument must be an ndarray")
        if cls._dtype_ is not None and obj.dtype != cls._dtype_:
            raise TypeError(f"array must have data type {cls._dtype_}")
        if cls._ndim_ is not None and obj.ndim != cls._ndim_:
            raise TypeError(f"array must have {cls._ndim_} dimension(s)")
        if cls._shape_ is not None and obj.shape != cls._shape_:
            raise TypeError(f"array must have shape {cls._shape_}")
        if cls._flags_ is not None and (obj.flags.num & cls._flags_) != cls._flags_:
            raise TypeError(f"array must have flags {_flag_names(cls._flags_)}")
        return obj.ctypes


class _concrete_ndptr(_ndptr):
    """As `_ndptr` with dtype and shape, so that what a function returns is an array."""

    def _check_retval_(self):
        return self.contents

    @property
    def contents(self):
        """The array that is pointed at."""
        whole = np.dtype((self._dtype_, self._shape_))
        memory = ctypes.cast(self, ctypes.POINTER(ctypes.c_char * whole.itemsize)).contents
        return np.frombuffer(memory, dtype=whole).squeeze(axis=0)


_pointer_type_cache = {}


def ndpointer(dtype=None, ndim=None, shape=None, flags=None):
    """A class for `argtypes` and `restype` that takes arrays of this dtype, shape and flags only."""
    if dtype is not None:
        dtype = np.dtype(dtype)
    number = None
    if flags is not None:
        if isinstance(flags, str):
            flags = flags.split(",")
        if isinstance(flags, (int, np.integer)):
            number = int(flags)
        elif hasattr(flags, "num"):
            number = flags.num
        else:
            try:
                words = [word.strip().upper() for word in flags]
                number = _flag_number(_SHORT.get(word, word) for word in words)
            except Exception as error:
                raise TypeError("invalid flags specification") from error
    if shape is not None:
        try:
            shape = tuple(shape)
        except TypeError:
            shape = (shape,)
    key = dtype, ndim, shape, number
    if key in _pointer_type_cache:
        return _pointer_type_cache[key]
    parts = ["any" if dtype is None else dtype.str if dtype.names is None else str(id(dtype))]
    if ndim is not None:
        parts.append(f"{ndim}d")
    if shape is not None:
        parts.append("x".join(map(str, shape)))
    if number is not None:
        parts.append("_".join(_flag_names(number)))
    base = _ndptr if dtype is None or shape is None else _concrete_ndptr
    made = type("ndpointer_" + "_".join(parts), (base,),
                {"_dtype_": dtype, "_shape_": shape, "_ndim_": ndim, "_flags_": number})
    _pointer_type_cache[key] = made
    return made


def _array_type(element, shape):
    """The ctypes array of a shape."""
    for n in reversed(shape):
        element = element * n
        # The name that ctypes makes would be that of the element.
        element.__module__ = None
    return element


_SCALARS = {np.dtype(kind): kind for kind in (
    ctypes.c_byte, ctypes.c_short, ctypes.c_int, ctypes.c_long, ctypes.c_longlong, ctypes.c_ubyte, ctypes.c_ushort,
    ctypes.c_uint, ctypes.c_ulong, ctypes.c_ulonglong, ctypes.c_float, ctypes.c_double, ctypes.c_bool)}


def _of_fields(dtype):
    """A structure, or a union where all fields begin at the same place."""
    fields = sorted(((dtype.fields[name][1], name, as_ctypes_type(dtype.fields[name][0])) for name in dtype.names),
                    key=lambda field: field[0])
    if len(fields) > 1 and all(offset == 0 for offset, _, _ in fields):
        members = [(name, kind) for _, name, kind in fields]
        if dtype.itemsize != max(ctypes.sizeof(kind) for _, kind in members):
            members.append(("", ctypes.c_char * dtype.itemsize))
        return type("union", (ctypes.Union,), {"_fields_": members, "_pack_": 1, "__module__": None})
    members, end = [], 0
    for offset, name, kind in fields:
        if offset < end:
            raise NotImplementedError("Overlapping fields")
        if offset > end:
            members.append(("", ctypes.c_char * (offset - end)))
        members.append((name, kind))
        end = offset + ctypes.sizeof(kind)
    if dtype.itemsize > end:
        members.append(("", ctypes.c_char * (dtype.itemsize - end)))
    return type("struct", (ctypes.Structure,), {"_fields_": members, "_pack_": 1, "__module__": None})


def as_ctypes_type(dtype):
    """The ctypes type with the layout of a dtype; NotImplementedError where there is none."""
    dtype = np.dtype(dtype)
    if dtype.subdtype is not None:
        element, shape = dtype.subdtype
        return _array_type(as_ctypes_type(element), shape)
    if dtype.fields is not None:
        return _of_fields(dtype)
    kind = _SCALARS.get(dtype.newbyteorder("="))
    if kind is None:
        raise NotImplementedError(f"Converting {dtype!r} to a ctypes type")
    order = dtype.newbyteorder("S").newbyteorder("S").byteorder
    return kind.__ctype_be__ if order == ">" else kind.__ctype_le__ if order == "<" else kind


def as_array(obj, shape=None):
    """An array over the memory of a ctypes array, or of a pointer and a shape."""
    if isinstance(obj, ctypes._Pointer):
        if shape is None:
            raise TypeError("as_array() requires a shape argument when called on a pointer")
        obj = ctypes.cast(obj, ctypes.POINTER(_array_type(obj._type_, shape))).contents
    return np.asarray(obj)


def as_ctypes(obj):
    """A ctypes array over the memory of a contiguous, writeable array."""
    told = obj.__array_interface__
    if told["strides"]:
        raise TypeError("strided arrays not supported")
    if told["version"] != 3:
        raise TypeError("only __array_interface__ version 3 supported")
    address, readonly = told["data"]
    if readonly or isinstance(obj, np.generic):
        raise TypeError("readonly arrays unsupported")
    # A structured dtype is told in full by the array itself; its type string has the width alone.
    made = _array_type(as_ctypes_type(told["typestr"]), told["shape"]).from_address(address)
    made.__keep = obj
    return made
