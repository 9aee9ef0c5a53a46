"""Helpers that other code finds under this private name: ctypes access and buffer formats."""

import re
import sys

from .. import _native
from .._globals import _NoValue  # noqa: F401

_nbo = "<" if sys.byteorder == "little" else ">"


def _newnames(datatype, order):
    """All field names of a dtype, those named in `order` first."""
    given = (order,) if isinstance(order, str) else order
    if not isinstance(given, (list, tuple)):
        raise ValueError(f"unsupported order value: {order}")
    left = list(datatype.names)
    front = []
    for name in given:
        if name in front:
            raise ValueError(f"duplicate field name: {name}")
        if name not in left:
            raise ValueError(f"unknown field name: {name}")
        left.remove(name)
        front.append(name)
    return (*front, *left)


class dummy_ctype:
    """Stands for a pointer type where ctypes is missing."""

    def __init__(self, cls):
        self._cls = cls

    def __mul__(self, other):
        return self

    def __call__(self, *other):
        return self._cls(other)

    def __eq__(self, other):
        return self._cls == other._cls

    def __ne__(self, other):
        return self._cls != other._cls


def _getintp_ctype():
    import ctypes

    code = _native.dtype("p").char
    return {"i": ctypes.c_int, "l": ctypes.c_long, "q": ctypes.c_longlong}.get(code, ctypes.c_ssize_t)


class _ctypes:
    """What `ndarray.ctypes` gives: the array's memory for calls through ctypes."""

    def __init__(self, array, ptr=None):
        try:
            import ctypes

            self._ctypes = ctypes
        except ImportError:
            self._ctypes = None
        self._arr = array
        self._data = self._ctypes.c_void_p(ptr) if self._ctypes else None
        self._pointer = ptr
        self._zerod = array.ndim == 0

    def data_as(self, obj):
        """The data pointer cast to a ctypes pointer type; it keeps the array alive."""
        pointer = self._ctypes.cast(self._data, obj)
        pointer._arr = self._arr
        return pointer

    def shape_as(self, obj):
        return None if self._zerod else (obj * self._arr.ndim)(*self._arr.shape)

    def strides_as(self, obj):
        return None if self._zerod else (obj * self._arr.ndim)(*self._arr.strides)

    @property
    def data(self):
        return self._data.value

    @property
    def shape(self):
        return self.shape_as(_getintp_ctype())

    @property
    def strides(self):
        return self.strides_as(_getintp_ctype())

    @property
    def _as_parameter_(self):
        return self.data_as(self._ctypes.c_void_p)


_pep3118_native_map = {
    "?": "?", "c": "S1", "b": "b", "B": "B", "h": "h", "H": "H", "i": "i", "I": "I", "l": "l",
    "L": "L", "q": "q", "Q": "Q", "e": "e", "f": "f", "d": "d", "g": "g", "Zf": "F", "Zd": "D",
    "Zg": "G", "s": "S", "w": "U", "O": "O", "x": "V",
}
_pep3118_standard_map = {
    "?": "?", "c": "S1", "b": "b", "B": "B", "h": "i2", "H": "u2", "i": "i4", "I": "u4", "l": "i4",
    "L": "u4", "q": "i8", "Q": "u8", "e": "f2", "f": "f", "d": "d", "Zf": "F", "Zd": "D", "s": "S",
    "w": "U", "O": "O", "x": "V",
}
_pep3118_unsupported_map = {
    "u": "UCS-2 strings", "&": "pointers", "t": "bitfields", "X": "function pointers",
}


class _Reader:
    """A position in a buffer format string."""

    def __init__(self, text):
        self.text, self.at = text, 0

    def peek(self, n=1):
        return self.text[self.at:self.at + n]

    def take(self, n=1):
        found = self.peek(n)
        self.at += n
        return found

    def until(self, mark):
        end = self.text.index(mark, self.at)
        found = self.text[self.at:end]
        self.at = end + 1
        return found

    def digits(self):
        match = re.compile(r"\d*").match(self.text, self.at)
        self.at = match.end()
        return match.group()


def _dtype_from_pep3118(spec):
    """The dtype that a buffer format (PEP 3118) describes."""
    dtype, _ = _read_pep3118(_Reader(spec), is_subdtype=False, depth=0)
    return dtype


def _read_pep3118(stream, is_subdtype, depth):
    if depth > 32:
        raise RuntimeError("buffer format is nested too deeply")
    fields = {"names": [], "formats": [], "offsets": [], "itemsize": 0}
    offset, alignment, order = 0, 1, "@"
    is_padding = False
    while stream.at < len(stream.text):
        if stream.peek() == "}":
            stream.take()
            break
        shape = None
        if stream.peek() == "(":
            stream.take()
            shape = tuple(map(int, stream.until(")").split(",")))
        if stream.peek() in tuple("@=<>^!"):
            order = {"!": ">"}.get(mark := stream.take(), mark)
        count = stream.digits()
        count = int(count) if count else 1
        has_count = True
        align = 1
        if stream.peek(2) == "T{":
            stream.take(2)
            value, align = _read_pep3118(stream, True, depth + 1)
        elif stream.peek() in _pep3118_native_map or stream.peek() == "Z":
            native = order in "@^"
            table = _pep3118_native_map if native else _pep3118_standard_map
            code = stream.take(2) if stream.peek() == "Z" else stream.take()
            is_padding = code == "x"
            if code not in table:
                raise ValueError(f"Unknown PEP 3118 data type specifier {code!r}")
            name = table[code]
            if name in "USV":
                name += str(count)
                has_count = False
            byteorder = {"@": "=", "^": "="}.get(order, order)
            value = _native.dtype(name).newbyteorder(byteorder)
            align = value.alignment if order == "@" else 1
        elif stream.peek() in _pep3118_unsupported_map:
            raise NotImplementedError(
                f"Unrepresentable PEP 3118 data type {stream.peek()!r} "
                f"({_pep3118_unsupported_map[stream.peek()]})")
        else:
            raise ValueError(f"Unknown PEP 3118 data type specifier {stream.text[stream.at:]!r}")
        extra = 0
        if order == "@":
            offset += -offset % align
            extra = -value.itemsize % align
            alignment = _lcm(align, alignment)
        if has_count and count != 1:
            value = _native.dtype((value, (count,)))
        if shape is not None:
            value = _native.dtype((value, shape))
        name = None
        if stream.peek() == ":":
            stream.take()
            name = stream.until(":")
        if not (is_padding and name is None):
            if name is not None and name in fields["names"]:
                raise RuntimeError(f"Duplicate field name {name!r} in PEP3118 format")
            fields["names"].append(name)
            fields["formats"].append(value)
            fields["offsets"].append(offset)
        is_padding = False
        offset += value.itemsize + (extra if count == 1 and shape is None else 0)
        fields["itemsize"] = offset
    if order == "@":
        fields["itemsize"] += -offset % alignment
    only = (fields["names"] == [None] and fields["offsets"][0] == 0
            and fields["itemsize"] == fields["formats"][0].itemsize and not is_subdtype)
    if only:
        return fields["formats"][0], alignment
    used = {name for name in fields["names"] if name is not None}
    number = 0
    for place, name in enumerate(fields["names"]):
        if name is None:
            while f"f{number}" in used:
                number += 1
            fields["names"][place] = f"f{number}"
            used.add(f"f{number}")
    return _native.dtype(fields), alignment


def _gcd(a, b):
    while b:
        a, b = b, a % b
    return a


def _lcm(a, b):
    return a // _gcd(a, b) * b


def array_ufunc_errmsg_formatter(dummy, ufunc, method, *inputs, **kwargs):
    """The message when all operands refuse a ufunc."""
    args = ", ".join([repr(arg) for arg in inputs] + [f"{k}={v!r}" for k, v in kwargs.items()])
    types = ", ".join(repr(type(arg).__name__) for arg in inputs + kwargs.get("out", ()))
    return ("operand type(s) all returned NotImplemented from "
            f"__array_ufunc__({ufunc!r}, {method!r}, {args}): {types}")


def array_function_errmsg_formatter(public_api, types):
    """The message when all types refuse a function."""
    name = f"{public_api.__module__}.{public_api.__name__}"
    return (f"no implementation found for '{name}' on types that implement __array_function__: "
            f"{list(types)}")


def _commastring(text):
    """The formats in a comma-separated dtype string."""
    from .. import _native as n

    return [n.dtype(part) for part in text.split(",")]


def _reconstruct(subtype, shape, dtype):
    return _native.ndarray.__new__(subtype, shape, dtype)

