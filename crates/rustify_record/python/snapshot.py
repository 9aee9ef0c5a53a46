"""A value as a text: two texts are equal exactly if nothing that counts differs.

Exact types at every depth, floats bit for bit (all NaN equal), the order of dicts, arrays by dtype, shape and
elements whatever their strides, and which mutable objects are the same ones. `@3` names such an object; those
that were there before the call keep the number they had, among them each NaN, which containers find by its identity.
"""

import array
import hashlib
import itertools
import math
import re
import reprlib
import types

from . import type_text

ITERABLES = ([], (), "", b"", {}, {}.values(), {}.items(), set(), range(0), range(1 << 70))
ITERATORS = {type(iter(value)) for value in ITERABLES}
ITERATORS |= {type(reversed([])), type(reversed({}))}
ADDRESS = re.compile(r" at 0x[0-9A-Fa-f]+")
NAME = re.compile(r"@\d+")
CONTAINERS = (list, tuple, dict, set, frozenset)
SHORT = 1500
FEW = 8  # values from which on a run of numbers is written at once
SHOWN = reprlib.Repr()
SHOWN.maxlist = SHOWN.maxtuple = SHOWN.maxdict = SHOWN.maxset = SHOWN.maxfrozenset = 10
SHOWN.maxstring = SHOWN.maxother = 200
SHOWN.maxlong = 60


class Token(str):
    """A finished piece of text among values still to be written."""


class Snapshot:
    """Writes values; object names stay the same from one text to the next."""

    def __init__(self, module, as_main_name="__main__"):
        self.module, self.main = module, as_main_name
        self.names = {}  # id -> number
        self.alive = []  # no number may be used twice
        self.called = False

    def text(self, *values):
        return self.text_after(set(), *values)

    def text_after(self, seen, *values):
        """The text of values that stand behind others, whose objects are in `seen`."""
        out = []
        stack = [*reversed(values)]
        while stack:
            value = stack.pop()
            if type(value) is Token:
                out.append(value)
            else:
                self._step(value, out, stack, seen)
        return "".join(out)

    def _step(self, value, out, stack, seen):
        kind = type(value)
        simple = self._scalar(value, kind)
        if simple is not None:
            out.append(simple)
            return
        if kind is tuple or kind is frozenset:
            self._container(value, kind, "", out, stack)
            return
        number = self.names.get(id(value))
        if number is None:
            number = self.names[id(value)] = len(self.names)
            self.alive.append(value)
        out.append(f"@{number}")
        if number in seen:
            out.append(";")
            return
        seen.add(number)
        if kind.__name__ == "ndarray" and hasattr(value, "__array_interface__"):
            self._array(value, out, stack)
        elif issubclass(kind, CONTAINERS):
            self._container(value, kind, "" if kind in CONTAINERS else self.kind(kind), out, stack)
        elif kind is bytearray:
            out.append(f"bytearray{quoted(bytes(value))};")
        elif isinstance(value, BaseException):
            out.append(f"{self.kind(kind)}(")
            stack.extend((Token(");"), vars(value), value.args))
        elif type_text.is_plain(kind):
            out.append(f"{self.kind(kind)}{{")
            stack.append(Token("};"))
            for name, item in reversed(type_text.fields_of(value, kind)):
                stack.extend((item, Token(f"{name}=")))
        elif kind in ITERATORS:
            out.append(f"{kind.__name__}<")
            stack.extend((Token(">;"), list(itertools.islice(value, 10_000))))
        else:
            out.append(f"{self.kind(kind)}<{quoted(ADDRESS.sub('', repr(value)))}>;")

    def _scalar(self, value, kind):
        """The text of what has no identity that counts."""
        if value is None or kind is bool:
            return f"{value};"
        if kind is int:
            return f"{value:#x};"
        if kind is float:
            return f"f{value.hex()};" if value == value else f"fnan{self._nan(value)};"
        if kind is complex:
            return f"c{bits(value.real)},{bits(value.imag)};"
        if kind is str or kind is bytes:
            return quoted(value) + ";"
        if kind is range:
            return f"{value!r};"
        if value is NotImplemented or value is Ellipsis:
            return f"{value!r};"
        if isinstance(value, type):
            return f"type {self.kind(value)};"
        if kind is types.FunctionType or kind is types.BuiltinFunctionType:
            return f"function {self.module_name(value.__module__)}.{value.__qualname__};"
        if isinstance(value, types.ModuleType):
            return f"module {value.__name__};"
        if kind.__module__ == "numpy" and hasattr(value, "dtype") and not hasattr(value, "__setitem__"):
            return f"numpy.{kind.__name__} {value.dtype.str} {array_bytes(value).hex()};"
        if type(kind).__name__ in ("EnumType", "EnumMeta"):
            return f"{self.kind(kind)}.{quoted(str(value._name_))};"
        return None

    def _nan(self, value):
        """The name of a NaN that was there before the call."""
        number = self.names.get(id(value))
        if number is None and not self.called:
            number = self.names[id(value)] = len(self.names)
            self.alive.append(value)
        return "" if number is None else f"@{number}"

    def _container(self, value, kind, name, out, stack):
        out.append(name)
        if issubclass(kind, list):
            out.append(f"[{list.__len__(value)}:")
            stack.append(Token("]"))
            inside = list(list.__iter__(value))
        elif issubclass(kind, tuple):
            out.append(f"({tuple.__len__(value)}:")
            stack.append(Token(")"))
            inside = list(tuple.__iter__(value))
        elif issubclass(kind, dict):
            out.append(f"{{{dict.__len__(value)}:")
            stack.append(Token("}"))
            inside = list(itertools.chain.from_iterable(dict.items(value)))
            factory = getattr(value, "default_factory", None)
            if factory is not None:
                inside.append(factory)
        else:
            base = set if issubclass(kind, set) else frozenset
            out.append(f"{base.__name__}<{base.__len__(value)}:")
            stack.append(Token(">"))
            # Equal sets are equal in any order.
            inside = [Token(text) for text in sorted([self._apart(item) for item in base.__iter__(value)])]
        if name and hasattr(value, "__dict__"):
            inside.append(vars(value))
        alike = run_of_scalars(inside)
        if alike is None:
            stack.extend(reversed(inside))
        else:
            out.append(alike)

    def _apart(self, item):
        """The text of an element of a set, without names of objects."""
        return NAME.sub("@", Snapshot(self.module, self.main).text(item))

    def _array(self, value, out, stack):
        kind = type(value)
        root = value
        while type(getattr(root, "base", None)) is kind:
            root = root.base
        owner = ""
        if root is not value:
            number = self.names.get(id(root))
            if number is None:
                number = self.names[id(root)] = len(self.names)
                self.alive.append(root)
            owner = f" of @{number}"
        dtype = value.dtype
        write = "w" if value.flags.writeable else "r"
        out.append(f"{self.kind(kind)}[{dtype.str}{dtype.names or ''} {value.shape} {write}{owner} ")
        stack.append(Token("]"))
        if dtype.hasobject:
            stack.append(value.ravel().tolist())
        else:
            out.append(hashlib.sha256(array_bytes(value)).hexdigest())

    def kind(self, kind):
        """The name of a class."""
        return f"{self.module_name(kind.__module__)}.{kind.__qualname__}"

    def module_name(self, name):
        return self.module if name == self.main else name


def run_of_scalars(values):
    """The text of many numbers of one type, without a step for each; none for other values.

    Numbers of a type never have a text that is one of another type, or one of values told one by one.
    """
    if len(values) < FEW:
        return None
    kinds = set(map(type, values))
    if kinds == {int}:
        try:
            return f"ints {array.array('q', values).tobytes().hex()};"
        except OverflowError:
            return None
    if kinds == {float} and not any(map(math.isnan, values)):
        return f"floats {array.array('d', values).tobytes().hex()};"
    if kinds == {bool}:
        return f"bools {bytes(values).hex()};"
    return None


def array_bytes(value):
    """The elements in order of their indices, every NaN the same."""
    if value.dtype.kind in "fc":
        value = value.copy()
        different = value != value
        if value.ndim == 0:
            if different:
                parts = (value.real, value.imag) if value.dtype.kind == "c" else (value,)
                return repr([float(part).hex() for part in parts]).encode()
        elif different.any():
            if value.dtype.kind == "c":
                value.real[value.real != value.real] = math.nan
                value.imag[value.imag != value.imag] = math.nan
            else:
                value[different] = math.nan
    return value.tobytes()


def bits(value):
    return "nan" if value != value else value.hex()


def quoted(value):
    """The text in quotes; `@` stands only before numbers of objects."""
    return repr(value).replace("@", "\\x40")


def without_names(text):
    return NAME.sub("@", text)


def short(text):
    """A text that fits into a message, still different from all others."""
    if len(text) <= SHORT:
        return text
    return text[:SHORT] + "...#" + hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()


def shown(value, most=300):
    """A value for a reader."""
    try:
        text = ADDRESS.sub("", SHOWN.repr(value))
    except BaseException as error:
        text = f"<{type(value).__name__}; its repr raises {type(error).__name__}>"
    return text if len(text) <= most else f"{text[: most - 40]} ... {text[-30:]}"
