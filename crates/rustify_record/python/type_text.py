"""The exact type of a value as a text, without running any code of the program.

Only objects of exact built-in types are looked into, and instances of plain classes through their own dict.
"""

import types

DEPTH = 6
ALL = 1000  # containers up to this size are looked at as a whole
NODES = 50_000  # values looked at in one call
UNION = 8
SCALARS = {int, float, bool, str, bytes, bytearray, complex, range, type(None)}
FUNCTIONS = (types.FunctionType, types.BuiltinFunctionType, types.MethodType)
HEAP, IMMUTABLE = 1 << 9, 1 << 8
get_dict = type.__dict__["__dict__"].__get__
get_mro = type.__dict__["__mro__"].__get__


class Texts:
    """Writes type texts; `main` is the module that stands for `__main__`."""

    def __init__(self, main=None):
        self.main = main
        self.left = NODES

    def of(self, value):
        """The text of an argument's type."""
        self.left = NODES
        return self._text(value, 0)

    def _text(self, value, depth):
        kind = type(value)
        self.left -= 1
        if kind is int:
            return "int" if -(1 << 63) <= value < 1 << 63 else "bigint"
        if kind in SCALARS:
            return kind.__name__
        if kind in (list, set, frozenset):
            return f"{kind.__name__}[{self._union(value, depth)}]"
        if kind is tuple:
            if depth >= DEPTH:
                return "other[...]"
            if len(value) > 64:
                return f"tuple[{self._union(value, depth)},...]"
            return f"tuple[{','.join([self._text(item, depth + 1) for item in value])}]"
        if kind is dict:
            if not value:
                return "dict[]"
            return f"dict[{self._union(value.keys(), depth)},{self._union(value.values(), depth)}]"
        if kind in FUNCTIONS:
            return "function"
        if type(kind) is not type and issubclass(kind, type):
            return f"type[{self.name(value)}]"
        if kind is type:
            return f"type[{self.name(value)}]"
        if kind.__name__ == "ndarray" and kind.__module__ in ("numpy", "numpy_rs"):
            return self._array(value)
        if is_plain(kind):
            return self._instance(value, kind, depth)
        return f"other[{self.name(kind)}]"

    def name(self, kind):
        """`mod.Qual` of a class."""
        entries = get_dict(kind)
        module = entries.get("__module__", "builtins") if kind.__flags__ & HEAP else kind.__module__
        if type(module) is not str:
            module = "?"
        if module == "__main__" and self.main:
            module = self.main
        return f"{module}.{kind.__qualname__}"

    def _array(self, value):
        dtype = value.dtype
        if dtype.names is None and dtype.kind not in "SUVmM":
            text = dtype.name if dtype.isnative else dtype.str
        else:
            text = dtype.str if dtype.names is None else "void"
        return f"ndarray[{text},{value.ndim}]"

    def _instance(self, value, kind, depth):
        if depth >= DEPTH:
            return "other[...]"
        fields = {name: self._text(item, depth + 1) for name, item in fields_of(value, kind)}
        inside = ",".join([f"{name}:{fields[name]}" for name in sorted(fields)])
        return f"instance[{self.name(kind)}]{{{inside}}}"

    def _union(self, items, depth):
        """The types of a container's elements."""
        if depth >= DEPTH and len(items):
            return "other[...]"
        items = self._sample(items)
        kinds = set(map(type, items))
        if kinds <= SCALARS:
            texts = {kind.__name__ for kind in kinds if kind is not int}
            if int in kinds:
                whole = items if len(kinds) == 1 else [item for item in items if type(item) is int]
                low, high = min(whole), max(whole)
                if low < -(1 << 63) or high >= 1 << 63:
                    texts.add("bigint")
                if any([-(1 << 63) <= item < 1 << 63 for item in ((low, high) if low == high else whole)]):
                    texts.add("int")
            self.left -= len(items) // 16
        else:
            texts = {self._text(item, depth + 1) for item in items}
        return union(texts)

    def _sample(self, items):
        """All elements, or some from the beginning, the end, and anywhere between by fixed chance."""
        limit = ALL if self.left > ALL else 40
        count = len(items)
        if count <= limit:
            return list(items)
        if type(items) is not list and type(items) is not tuple:
            items = list(items)
        edge = limit // 5
        middle, state = [], 0x2545F4914F6CDD1D
        for _ in range(limit - 2 * edge):
            state = (state * 6364136223846793005 + 1442695040888963407) & 0xFFFFFFFFFFFFFFFF
            middle.append(items[edge + (state >> 33) % (count - 2 * edge)])
        return [*items[:edge], *middle, *items[count - edge :]]


def union(texts):
    """Type texts joined. An empty container fits any container of its kind."""
    for empty in ("list[]", "dict[]", "set[]", "frozenset[]"):
        if empty in texts and any([text != empty and text.startswith(empty[:-1]) for text in texts]):
            texts.discard(empty)
    if len(texts) > UNION:
        return "other[...]"
    return "|".join(sorted(texts))


def is_plain(kind):
    """Whether instances are nothing but their attributes: written in Python, no built-in base, no hooks."""
    if type(kind) is not type and type(kind).__module__ != "abc":
        return False
    for base in get_mro(kind):
        if base is object:
            continue
        if not base.__flags__ & HEAP or base.__flags__ & IMMUTABLE:
            return False
        if "__getattribute__" in get_dict(base):
            return False
    return True


def fields_of(value, kind):
    """The instance attributes, from the instance dict and from slots."""
    fields = []
    for base in get_mro(kind):
        entries = get_dict(base)
        slots = entries.get("__slots__", ())
        for name in (slots,) if type(slots) is str else tuple(slots):
            if type(name) is not str or name in ("__dict__", "__weakref__"):
                continue
            if name.startswith("__") and not name.endswith("__"):
                name = f"_{base.__name__.lstrip('_')}{name}"
            member = entries.get(name)
            if type(member) is types.MemberDescriptorType:
                try:
                    fields.append((name, member.__get__(value, kind)))
                except AttributeError:
                    pass
    for base in get_mro(kind):
        getter = get_dict(base).get("__dict__")
        if type(getter) is types.GetSetDescriptorType and base is not type:
            own = getter.__get__(value, kind)
            fields.extend([(name, item) for name, item in list(own.items()) if type(name) is str])
            break
    return fields
