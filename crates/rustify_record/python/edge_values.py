"""Values of a type that a translation is likely to get wrong."""

import math
import sys

INTS = [0, 1, -1, 2, -7, 255, 2**31, 2**53 + 1, 2**63 - 1, -(2**63), 2**63, -(2**63) - 1, 2**64, 10**30]
FLOATS = [0.0, -0.0, 1.0, -1.5, 0.1, math.nan, math.inf, -math.inf, 5e-324, 1.7976931348623157e308, 1e16, -3.0]
TEXTS = ["", "a", "é", "日本語", "😀x", "a\nb", " \t", "ß", "İ", "0", "-12", "\x00", "١٢", "aa bb aa", "\ud800"]
BYTES = [b"", b"a", b"\x00\xff", b"ab\nab"]
HUGE = 2**31


class Unmakeable(Exception):
    """No value of this type can be made."""


class Node:
    """A parsed type text."""

    def __init__(self, name, parts=(), fields=None):
        self.name, self.parts, self.fields = name, parts, fields


def parse(text):
    """The tree of a type text. Unions are nodes named `|`."""
    node, rest = _union(text, 0)
    if rest != len(text):
        raise Unmakeable(text)
    return node


def _union(text, at):
    parts = []
    while True:
        node, at = _one(text, at)
        parts.append(node)
        if at < len(text) and text[at] == "|":
            at += 1
            continue
        return (parts[0] if len(parts) == 1 else Node("|", parts)), at


def _one(text, at):
    start = at
    while at < len(text) and text[at] not in "[]{}|,:":
        at += 1
    name = text[start:at]
    if at >= len(text) or text[at] != "[":
        return Node(name), at
    if name in ("instance", "type", "other"):
        end = text.index("]", at)
        qualname, at = text[at + 1 : end], end + 1
        fields = {}
        if at < len(text) and text[at] == "{":
            at += 1
            while text[at] != "}":
                colon = text.index(":", at)
                field = text[at:colon]
                fields[field], at = _union(text, colon + 1)
                at += text[at] == ","
            at += 1
        return Node(name, (qualname,), fields), at
    if name == "ndarray":
        end = text.index("]", at)
        return Node(name, tuple(text[at + 1 : end].rsplit(",", 1))), end + 1
    parts = []
    at += 1
    while text[at] != "]":
        if text.startswith("...", at):
            at += 3
        else:
            part, at = _union(text, at)
            parts.append(part)
        at += text[at] == ","
    return Node(name, tuple(parts)), at + 1


class Maker:
    """Makes values. The same seed makes the same values in every process."""

    def __init__(self, module, constants, seed):
        self.module, self.state = module, seed
        self.ints = INTS + [c for c in constants if type(c) is int]
        self.floats = FLOATS + [c for c in constants if type(c) is float]
        self.texts = TEXTS + [c for c in constants if type(c) is str]

    def chance(self, below):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) & 0xFFFFFFFFFFFFFFFF
        return (self.state >> 33) % below

    def ordinary(self, node, size=None):
        """A value with nothing special about it."""
        name, parts = node.name, node.parts
        size = self.chance(6) + 1 if size is None else size
        if name == "|":
            return self.ordinary(parts[self.chance(len(parts))], size)
        if name == "int":
            return self.chance(25) - 4
        if name == "bigint":
            return 2**64 + self.chance(1000)
        if name == "float":
            return (self.chance(4001) - 2000) / 64
        if name == "bool":
            return self.chance(2) == 1
        if name == "NoneType":
            return None
        if name == "str":
            return "".join(["abc de,1é"[self.chance(9)] for _ in range(size)])
        if name in ("bytes", "bytearray"):
            data = bytes([self.chance(256) for _ in range(size)])
            return data if name == "bytes" else bytearray(data)
        if name == "complex":
            return complex(self.chance(9) - 4, self.chance(9) / 2)
        if name == "range":
            return range(self.chance(3), size + 3)
        if name in ("list", "set", "frozenset"):
            kind = {"list": list, "set": set, "frozenset": frozenset}[name]
            return kind([self.ordinary(parts[0], None) for _ in range(size)] if parts else ())
        if name == "tuple":
            return tuple([self.ordinary(part) for part in parts])
        if name == "dict":
            return {self.ordinary(parts[0]): self.ordinary(parts[1]) for _ in range(size)} if parts else {}
        if name == "ndarray":
            return self.array(parts, (size,) * int(parts[1]))
        if name == "instance":
            return self.instance(node, {})
        raise Unmakeable(name)

    def array(self, parts, shape):
        numpy = sys.modules.get("numpy")
        if numpy is None:
            raise Unmakeable("ndarray")
        dtype = numpy.dtype(parts[0])
        if dtype.kind not in "biufc":
            raise Unmakeable(parts[0])
        count = math.prod(shape)
        below, by = (2, 1) if dtype.kind == "b" else (40, 2 if dtype.kind in "fc" else 1)
        flat = [self.chance(below) / by for _ in range(count)]
        return numpy.array(flat).astype(dtype).reshape(shape)

    def instance(self, node, special):
        kind = self.module
        for part in node.parts[0].removeprefix(self.module.__name__ + ".").split("."):
            kind = getattr(kind, part, None)
        if not isinstance(kind, type):
            raise Unmakeable(node.parts[0])
        value = object.__new__(kind)
        for field, inner in node.fields.items():
            object.__setattr__(value, field, special[field] if field in special else self.ordinary(inner))
        return value

    def edges(self, node):
        """Pairs of a description and a function that makes the value, most telling first."""
        name, parts = node.name, node.parts
        if name == "|":
            return [edge for part in parts for edge in self.edges(part)]
        if name in ("int", "bigint"):
            return [(named(value), same(value)) for value in self.ints]
        if name == "float":
            return [(repr(value), same(value)) for value in self.floats]
        if name == "bool":
            return [(repr(value), same(value)) for value in (True, False)]
        if name == "str":
            return [(ascii(value), same(value)) for value in self.texts]
        if name == "bytes":
            return [(repr(value), same(value)) for value in BYTES]
        if name == "bytearray":
            return [(f"bytearray {value!r}", lambda v=value: bytearray(v)) for value in BYTES]
        if name == "complex":
            values = (0j, complex(-0.0, -0.0), complex(math.nan, 1), complex(math.inf, -1), 1j)
            return [(repr(value), same(value)) for value in values]
        if name == "range":
            values = (range(0), range(5, 0, -2), range(-3, 3), range(1))
            return [(repr(value), same(value)) for value in values]
        if name == "tuple":
            found = []
            for place, part in enumerate(parts):
                for text, make in self.edges(part)[:6]:
                    found.append((f"item {place} is {text}", lambda p=place, m=make: self._tuple(node, p, m)))
            return found
        if name in ("list", "set", "frozenset", "dict"):
            return self._containers(node)
        if name == "ndarray":
            return self._arrays(parts)
        if name == "instance":
            found = []
            for field, inner in node.fields.items():
                for text, make in self.edges(inner)[:8]:
                    found.append((f"{field} is {text}", lambda f=field, m=make: self.instance(node, {f: m()})))
            return found
        return []

    def _tuple(self, node, place, make):
        items = [self.ordinary(part) for part in node.parts]
        items[place] = make()
        return tuple(items)

    def _containers(self, node):
        kind = {"list": list, "set": set, "frozenset": frozenset, "dict": dict}[node.name]
        found = [("empty", kind)]
        if not node.parts:
            return found
        found += [("one element", lambda: self.ordinary(node, 1)), ("40 elements", lambda: self.ordinary(node, 40))]
        inner = self.edges(node.parts[-1])
        if kind is dict:
            keys = self.edges(node.parts[0])
            key, value = (lambda: self.ordinary(node.parts[0])), (lambda: self.ordinary(node.parts[1]))
            few = lambda: self.ordinary(node, 3)
            found += [(f"a value {t}", lambda m=m: {**few(), key(): m()}) for t, m in inner[:10]]
            found += [(f"a key {t}", lambda m=m: {**few(), m(): value()}) for t, m in keys[:10]]
            return found
        two = lambda: self.ordinary(node, 2)
        found += [(f"only {t}", lambda m=m: kind([m()])) for t, m in inner[:14]]
        found += [(f"among others {t}", lambda m=m: kind([*two(), m(), *two()])) for t, m in inner[:14]]
        if kind is list:
            found.append(("one element three times", lambda: [self.ordinary(node.parts[0])] * 3))
            found.append(("all edge values", lambda: [m() for _, m in inner[:14]]))
            found.append(("None among others", lambda: [*self.ordinary(node, 2), None]))
            found.append(("text among others", lambda: [*self.ordinary(node, 2), "x"]))
            found.append(("True among others", lambda: [*self.ordinary(node, 2), True]))
            found.append(("float among others", lambda: [*self.ordinary(node, 2), 2.5]))
            found.append(("int among others", lambda: [*self.ordinary(node, 2), 3]))
        return found

    def _arrays(self, parts):
        rank = int(parts[1])

        def plain(extra=0, last=4):
            return self.array(parts, tuple([3 + extra] * (rank - 1) + [last]) if rank else ())

        found = [("0 elements", lambda: plain(0, 0)), ("1 element", lambda: self.array(parts, (1,) * rank))]
        if rank:
            found += [
                ("every second element", lambda: plain(0, 8)[..., ::2]),
                ("reversed", lambda: plain()[..., ::-1]),
                ("Fortran order", lambda: plain().copy("F")),
                ("transposed", lambda: plain(1).T),
                ("a view of a larger one", lambda: plain(0, 9)[..., 2:6]),
            ]
        found.append(("read-only", lambda: frozen(plain())))
        for text, value in (("NaN", math.nan), ("infinity", -math.inf), ("-0.0", -0.0), ("0", 0)):
            found.append((f"with {text}", lambda v=value: filled(plain(), v)))
        for dtype in ("float32", "int64", "bool", ">f8", "complex128", "object"):
            found.append((f"dtype {dtype}", lambda d=dtype: plain().astype(d)))
        return found


def named(value):
    return f"huge int {value}" if abs(value) >= HUGE else repr(value)


def same(value):
    return lambda: value


def frozen(array):
    array.flags.writeable = False
    return array


def filled(array, value):
    if array.dtype.kind not in "fc" and value != 0 or array.size == 0:
        raise Unmakeable("no such element")
    array.reshape(-1)[array.size // 2] = value
    return array
