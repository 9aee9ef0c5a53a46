"""A strict picture of a value: exact types at every depth, the bits of floats, which objects are the same.

Two values are alike when their pictures are equal. Objects that can change carry a number in
order of first sight, so that aliasing shows; what was seen before a call keeps its number after it.
"""

import struct
import types

ATOMS = (int, bool, str, bytes, type(None), type(Ellipsis), type(NotImplemented))


def type_name(cls):
    return f"{cls.__module__}.{cls.__qualname__}"


def float_bits(x):
    """The bits of a float; one text for all NaN."""
    return "nan" if x != x else struct.pack(">d", x).hex()


class Gallery:
    """Draws values, and remembers the objects that it has drawn."""

    def __init__(self):
        self.numbers = {}
        self.kept = []

    def number(self, value):
        """The object's number; a new one when it is seen for the first time."""
        if id(value) not in self.numbers:
            self.kept.append(value)
            self.numbers[id(value)] = len(self.kept)
        return self.numbers[id(value)]

    def draw(self, value, fresh=None):
        """The picture of `value`; `fresh` holds the numbers whose contents are already in this picture."""
        fresh = set() if fresh is None else fresh
        cls = type(value)
        name = type_name(cls)
        if cls is int:
            return [name, hex(value)]
        if cls in ATOMS:
            return [name, repr(value)]
        if cls is float:
            return [name, float_bits(value)]
        if cls is complex:
            return [name, float_bits(value.real), float_bits(value.imag)]
        if isinstance(value, type | types.FunctionType | types.BuiltinFunctionType | types.ModuleType):
            return [name, getattr(value, "__qualname__", getattr(value, "__name__", "?"))]
        if cls.__module__.startswith("numpy") and hasattr(cls, "dtype") and not hasattr(cls, "__setitem__"):
            return [name, str(value.dtype), self.bytes_of(value)]
        if cls in (tuple, frozenset, range, slice):
            return [name, *self.contents(value, fresh)]
        number = self.number(value)
        if number in fresh:
            return [name, f"#{number}"]
        fresh.add(number)
        return [name, f"#{number}", *self.contents(value, fresh)]

    def contents(self, value, fresh):
        parts = []
        if hasattr(type(value), "__array__"):
            parts.append([str(value.dtype), list(value.shape), list(value.strides), bool(value.flags.writeable)])
            parts.append(self.bytes_of(value))
            base = getattr(value, "base", None)
            if base is not None and id(base) in self.numbers:
                parts.append(f"view of #{self.numbers[id(base)]}")
        elif isinstance(value, dict):
            parts.append([[self.draw(k, fresh), self.draw(v, fresh)] for k, v in dict.items(value)])
        elif isinstance(value, set | frozenset):
            parts.append(sorted((self.draw(v, fresh) for v in value), key=repr))
        elif isinstance(value, list | tuple):
            kind = list if isinstance(value, list) else tuple
            parts.append([self.draw(v, fresh) for v in kind.__iter__(value)])
        elif isinstance(value, bool | int | str | bytes | bytearray | memoryview):
            base = next(c for c in (int, str, bytes, bytearray, memoryview) if isinstance(value, c))
            parts.append(
                value.tobytes().hex() if base is memoryview else hex(value) if base is int else base(value).__repr__()
            )
        elif isinstance(value, float):
            parts.append(float_bits(value))
        elif isinstance(value, complex):
            parts.append([float_bits(value.real), float_bits(value.imag)])
        elif isinstance(value, range | slice):
            parts.append(repr(value))
        elif isinstance(value, BaseException):
            parts.append(self.draw(value.args, fresh))
        attributes = vars(value) if hasattr(value, "__dict__") else None
        if isinstance(attributes, dict) and attributes:
            parts.append({str(k): self.draw(v, fresh) for k, v in attributes.items()})
        slots = [s for c in type(value).__mro__ for s in vars(c).get("__slots__", ()) if not s.startswith("__")]
        if slots:
            parts.append({s: self.draw(getattr(value, s), fresh) for s in slots if hasattr(value, s)})
        return parts

    def bytes_of(self, array):
        """The elements of an array; NaN all alike, objects drawn one by one."""
        kind = array.dtype.kind
        for base in type(array).__mro__:
            if base.__name__ == "ndarray" and base is not type(array):
                array = array.view(base)
        if kind == "O":
            return [self.draw(v) for v in array.ravel().tolist()]
        if kind in "fc":
            array = array.copy()
            if array.ndim:
                array[array != array] = float("nan")
            elif array != array:
                return "nan"
        return array.tobytes().hex()


def state_of(module):
    """The module's own plain data, by name: what functions may have changed."""
    out = {}
    gallery = Gallery()
    for name, value in sorted(vars(module).items()):
        if name.startswith("_") or name in ("CASES", "EDGE") or callable(value) or isinstance(value, types.ModuleType):
            continue
        out[name] = gallery.draw(value)
    return out
