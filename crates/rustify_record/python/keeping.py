"""Keeps a few calls of each function: all arguments in one pickle, so that what is shared stays shared.

Pickling may run code of the program (`__reduce__`, `__getstate__`): such values are refused, not pickled.
"""

import copyreg
import io
import os
import pickle
import time

from . import array_layouts, type_text

# Classes of the standard library whose pickling runs no code of the program.
TRUSTED = {
    "array.array",
    "builtins.bytearray",
    "builtins.complex",
    "builtins.range",
    "builtins.slice",
    "collections.Counter",
    "collections.OrderedDict",
    "collections.defaultdict",
    "collections.deque",
    "datetime.date",
    "datetime.datetime",
    "datetime.time",
    "datetime.timedelta",
    "datetime.timezone",
    "decimal.Decimal",
    "fractions.Fraction",
    "pathlib.Path",
    "pathlib.PosixPath",
    "pathlib.PurePosixPath",
    "uuid.UUID",
}
HOOKS = (
    "__reduce__",
    "__reduce_ex__",
    "__getstate__",
    "__setstate__",
    "__getnewargs__",
    "__getnewargs_ex__",
    "__getattr__",
)
BY_NAME = (type, type_text.types.FunctionType, type_text.types.BuiltinFunctionType)
ATTEMPTS = 80
SECONDS = 3.0


class Refused(Exception):
    """The value is too large, or pickling it would run code of the program."""


class _Sink(io.RawIOBase):
    """Takes bytes up to a limit."""

    def __init__(self, limit):
        self.parts, self.left = [], limit

    def write(self, data):
        size = memoryview(data).nbytes
        self.left -= size
        if self.left < 0:
            raise Refused
        self.parts.append(bytes(data))
        return size


class _Pickler(pickle.Pickler):
    def __init__(self, sink):
        super().__init__(sink, 5)
        self.sink = sink

    def reducer_override(self, value):
        kind = type(value)
        if kind in BY_NAME:
            return NotImplemented
        name = f"{kind.__module__}.{kind.__qualname__}"
        if name in TRUSTED:
            return NotImplemented
        if kind.__module__.partition(".")[0] in ("numpy", "numpy_rs"):
            if kind.__name__ == "ndarray" and (made := array_layouts.reduced(value, self.sink.left)) is not None:
                return made
            if getattr(value, "nbytes", 0) > self.sink.left:
                raise Refused
            return NotImplemented
        if type_text.is_plain(kind):
            hooks = hooks_of(kind)
            if hooks and all([getattr(hook, "__module__", None) == "dataclasses" for hook in hooks]):
                return NotImplemented
            if hooks:
                raise Refused
            # What `object` itself would answer, without leaving `__slotnames__` on the class; instances without a dict
            # take no empty state.
            names = own_dict_names(value, kind)
            fields = type_text.fields_of(value, kind)
            state = {name: item for name, item in fields if name in names}
            slots = {name: item for name, item in fields if name not in names}
            return copyreg.__newobj__, (kind,), (state or None, slots) if slots else state or None
        if is_named_tuple(kind) or is_enumeration(kind):
            return NotImplemented
        if issubclass(kind, type) and not any(h in vars(kind) for h in HOOKS):
            return NotImplemented
        raise Refused


def own_dict_names(value, kind):
    """The names in the instance dict."""
    for base in type_text.get_mro(kind):
        getter = type_text.get_dict(base).get("__dict__")
        if type(getter) is type_text.types.GetSetDescriptorType:
            return set(getter.__get__(value, kind))
    return set()


def hooks_of(kind):
    """What the classes below `object` have to say about pickling."""
    found = []
    for base in type_text.get_mro(kind):
        if base is not object:
            entries = type_text.get_dict(base)
            found.extend([entries[hook] for hook in HOOKS if hook in entries])
    return found


def is_named_tuple(kind):
    """Made by `collections.namedtuple`, with no pickling of its own."""
    base = type_text.get_mro(kind)
    made = [b for b in base if "_fields" in type_text.get_dict(b)]
    if not made or tuple not in base or any([hook in type_text.get_dict(b) for b in base[:-2] for hook in HOOKS[:3]]):
        return False
    hook = type_text.get_dict(made[-1]).get("__getnewargs__")
    return hook is not None and getattr(hook, "__module__", "").startswith(("collections", "namedtuple"))


def is_enumeration(kind):
    return type(kind).__module__ == "enum" and not any([hook in type_text.get_dict(kind) for hook in ("__getstate__",)])


def pickled(values, limit):
    """The values in one pickle, or None."""
    sink = _Sink(limit)
    try:
        _Pickler(sink).dump(values)
    except Refused:
        return None
    except (pickle.PicklingError, TypeError, AttributeError, ValueError, RecursionError, RuntimeError, MemoryError):
        return None
    return b"".join(sink.parts)


class Kept:
    """The kept calls of one function: the first, then spread, and of different types and sizes."""

    def __init__(self, directory, most, limit):
        self.directory, self.most, self.limit = directory, most, limit
        self.keys = []  # one key for each kept call
        self.hashes = set()
        self.attempts, self.seconds, self.made = 0, 0.0, False

    def offer(self, values, signature, scheduled):
        """Keeps the call if it adds something. Answers whether the disk was touched."""
        key = (signature, size_class(values))
        same = self.keys.count(key)
        full = len(self.keys) >= self.most
        if full and same:
            return False
        if not full and same >= 4 and not scheduled:
            return False
        # A few places stay free for types and sizes that come late.
        if not full and same and len(self.keys) >= self.most * 4 // 5:
            return False
        if self.attempts >= ATTEMPTS or self.seconds > SECONDS:
            return False
        self.attempts += 1
        start = time.perf_counter()
        data = pickled(values, self.limit)
        self.seconds += time.perf_counter() - start
        if data is None or (mark := hash(data)) in self.hashes:
            return False
        place = len(self.keys)
        if full:
            most_common = max(self.keys, key=self.keys.count)
            if self.keys.count(most_common) == 1:
                return False
            place = len(self.keys) - 1 - self.keys[::-1].index(most_common)
            self.keys[place] = key
        else:
            self.keys.append(key)
        self.hashes.add(mark)
        if not self.made:
            os.makedirs(self.directory, mode=0o700, exist_ok=True)
            self.made = True
        path = os.path.join(self.directory, f"{place}.pickle")
        with open(path + ".new", "wb") as stream:
            stream.write(data)
        os.replace(path + ".new", path)
        return True


def size_class(values):
    """The rough size of the arguments: two sizes of one class differ by less than four times."""
    total = 0
    for value in values:
        kind = type(value)
        if kind in (list, tuple, dict, set, frozenset, str, bytes, bytearray):
            total += len(value)
            if kind in (list, tuple) and value and type(value[0]) in (list, tuple):
                total += len(value) * len(value[0])
        elif kind is int:
            total += min(abs(value), 1 << 20)
        elif kind.__name__ == "ndarray":
            total += getattr(value, "size", 0)
    return total.bit_length() // 2
