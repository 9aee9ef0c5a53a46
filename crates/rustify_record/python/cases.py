"""The calls on which both versions are compared: recorded ones, and ones made from types and constants.

Every process makes the same list from the same settings, and makes the arguments anew for each call.
"""

import ast

from . import edge_values, functions, siblings

MOST = 260
EACH = 24  # edge values for one parameter
BASE_BYTES = 200_000  # recorded calls up to this size are varied


class Case:
    """One call: a label, how to make its positional and named arguments, and the recorded call it has its size from."""

    def __init__(self, label, make, recorded=None):
        self.label, self.make, self.recorded = label, make, recorded


class Cases:
    """The cases of one function."""

    def __init__(self, function, signatures, recorded, module, constants):
        code = function.__code__
        self.names = functions.parameters(code)
        self.code, self.recorded = code, recorded
        self.maker_of = lambda seed: edge_values.Maker(module, constants, seed)
        self.list = []
        for number in range(len(recorded.data)):
            self._add(f"recorded call {number + 1}", lambda n=number: recorded.values(n), number)
        small = [n for n, data in enumerate(recorded.data) if len(data) <= BASE_BYTES]
        small.sort(key=lambda n: len(recorded.data[n]))
        spread = small[:: max(1, len(small) // 2)][-2:]
        for number in spread:
            self._siblings(number)
        fitting = [texts for texts in signatures[:3] if len(texts) == len(self.names)]
        trees = [[edge_values.parse(text) for text in texts] for texts in fitting]
        for place, tree in enumerate(trees):
            self._edges(tree, small if place == 0 else [], place)
        for number in small[:4]:
            self._varied(number)
        for number in small[:1]:
            self._calls(number)
        del self.list[len(recorded.data) + MOST :]

    def _add(self, label, values, recorded=None):
        self.list.append(Case(label, lambda: self.bound(values()), recorded))

    def bound(self, values):
        """Values in the order of the parameters as positional and named arguments."""
        code = self.code
        ordinary, by_name = code.co_argcount, code.co_kwonlyargcount
        values = list(values)
        positional = values[:ordinary]
        rest = values[ordinary:]
        if code.co_flags & 4:
            positional += rest.pop(0)
        named = dict(zip(self.names[len(values) - len(rest) :], rest[:by_name]))
        if code.co_flags & 8:
            named.update(rest[by_name])
        return positional, named

    def _edges(self, tree, small, seed):
        """One parameter at a time gets a special value, then several; the others stay ordinary."""

        def base(salt=0):
            if small:
                return self.recorded.values(small[len(small) // 2])
            maker = self.maker_of(seed * 1000 + salt)
            return [maker.ordinary(node) for node in tree]

        def changed(changes, salt=0):
            values = base(salt)
            for place, make in changes.items():
                values[place] = make()
            return values

        all_edges = []
        for place, node in enumerate(tree):
            maker = self.maker_of(place + 1)
            edges = maker.edges(node)
            all_edges.append(edges)
            for text, _ in edges[:EACH]:
                self._edge(place, node, text, changed)
        for salt in range(12):
            self._add(f"generated: ordinary values {salt + 1}", lambda s=salt: self._ordinary(tree, seed * 1000 + s))
        self._together(tree, all_edges, changed)
        for place in range(len(tree)):
            self._wrong(place, tree[place], changed)

    def _ordinary(self, tree, salt):
        maker = self.maker_of(salt + 77)
        return [maker.ordinary(node) for node in tree]

    def _edge(self, place, node, text, changed):
        def values():
            # A maker of its own: the value may not depend on which cases ran before.
            make = dict(self.maker_of(place + 1).edges(node))[text]
            return changed({place: make})

        self._add(f"generated: {self.names[place]} is {text}", values)

    def _together(self, tree, all_edges, changed):
        """Shared and unequal arguments, and special values everywhere."""
        kinds = {}
        for place, node in enumerate(tree):
            if node.name in ("list", "dict", "set", "bytearray", "ndarray", "instance"):
                kinds.setdefault(node.name, []).append(place)
        for places in kinds.values():
            for first, second in zip(places, places[1:]):

                def shared(first=first, second=second):
                    values = changed({})
                    values[second] = values[first]
                    return values

                self._add(f"generated: {self.names[first]} and {self.names[second]} are one object", shared)

                def unequal(first=first, second=second):
                    values = changed({})
                    if len(values[second]) == 0:
                        raise edge_values.Unmakeable("empty")
                    values[second] = values[second][:-1]
                    return values

                def overlapping(first=first, second=second):
                    values = changed({})
                    if values[first].ndim == 0 or len(values[first]) < 2:
                        raise edge_values.Unmakeable("too small")
                    values[first], values[second] = values[first][1:], values[first][:-1]
                    return values

                if tree[first].name == "ndarray":
                    self._add(f"generated: {self.names[first]} and {self.names[second]} overlap", overlapping)
                if tree[first].name in ("list", "ndarray"):
                    self._add(f"generated: {self.names[second]} is shorter than {self.names[first]}", unequal)
        if len(tree) > 1:
            for at in range(8):

                def everywhere(at=at):
                    changes = {}
                    for place, node in enumerate(tree):
                        edges = self.maker_of(place + 1).edges(node)
                        if edges:
                            changes[place] = edges[at % len(edges)][1]
                    return changed(changes)

                texts = [edges[at % len(edges)][0] for edges in all_edges if edges]
                if texts:
                    prefix = "huge " if any(["huge" in text for text in texts]) else ""
                    self._add(f"generated: {prefix}special values everywhere {at + 1}", everywhere)

    def _wrong(self, place, node, changed):
        """Values of other types."""
        name = self.names[place]
        if place == 0 and name == "self":
            return
        wrong = [("None", lambda: None), ("text", lambda: "x"), ("an empty list", list), ("a class", lambda: object)]
        if node.name in ("int", "bigint", "float", "|"):
            wrong += [
                ("an int instead", lambda: 3),
                ("a float instead", lambda: 2.0),
                ("True instead", lambda: True),
                ("an int of a subclass", lambda: Whole(3)),
                ("a float of a subclass", lambda: Real(1.5)),
                ("a NumPy float", numpy_float),
                ("a complex", lambda: 1 + 2j),
            ]
        elif node.name == "list":
            wrong += [
                ("a tuple instead", lambda: tuple(self.maker_of(place).ordinary(node))),
                ("a list of a subclass", lambda: Row(self.maker_of(place).ordinary(node))),
                ("an iterator", lambda: iter(self.maker_of(place).ordinary(node))),
            ]
        elif node.name == "str":
            wrong += [("bytes instead", lambda: b"abc"), ("a str of a subclass", lambda: Text("abc"))]
        elif node.name == "dict":
            wrong.append(("a dict of a subclass", lambda: Table(self.maker_of(place).ordinary(node))))
        for text, make in wrong:
            self._add(f"generated: {name} is {text}", lambda m=make: changed({place: m}))

    def _varied(self, number):
        """A recorded call with one thing changed."""
        values = self.recorded.values(number)
        for place, value in enumerate(values):
            name = self.names[place]
            for text, change in variations(value):

                def varied(place=place, change=change):
                    values = self.recorded.values(number)
                    values[place] = change(values[place])
                    return values

                self._add(f"generated: recorded call {number + 1}, {name} {text}", varied, number)

    def _siblings(self, number):
        """A recorded call with values of other types that a program could use as well."""
        values = self.recorded.values(number)

        def add(text, change, places, only=""):
            def sibling():
                values = self.recorded.values(number)
                for place in places:
                    values[place] = siblings.changed(values[place], change)
                return values

            self._add(f"sibling of recorded call {number + 1}, {only}{text}", sibling, number)

        for text, change in siblings.CHANGES:
            places = [p for p in range(len(values)) if siblings.concerns(values[p], change)]
            if places:
                add(text, change, places)
            if 1 < len(places) <= 3:
                for place in places:
                    add(text, change, [place], f"only {self.names[place]}, ")

    def _calls(self, number):
        """Other ways to call."""

        def by_name():
            positional, named = self.bound(self.recorded.values(number))
            first = self.code.co_posonlyargcount
            if self.code.co_flags & 4 or len(positional) <= first:
                raise edge_values.Unmakeable("by position only")
            names = self.code.co_varnames[first : len(positional)]
            return positional[:first], {**dict(zip(names, positional[first:])), **named}

        def one_more():
            positional, named = self.bound(self.recorded.values(number))
            return [*positional, None], named

        def unknown():
            positional, named = self.bound(self.recorded.values(number))
            return positional, {**named, "no_such_parameter": 1}

        self.list.append(Case("generated: all arguments by name", by_name, number))
        self.list.append(Case("generated: no arguments", lambda: ([], {})))
        self.list.append(Case("generated: an argument too many", one_more))
        self.list.append(Case("generated: an unknown name", unknown))


def variations(value):
    """Descriptions and functions that change a value of a recorded call."""
    kind = type(value)
    if kind is int:
        return [("negative", lambda v: -v - 1), ("one more", lambda v: v + 1), ("as a float", float)]
    if kind is float:
        return [("negative", lambda v: -v), ("a little more", lambda v: v * (1 + 2**-52)), ("as an int", int)]
    if kind is str:
        return [
            ("doubled", lambda v: v + v),
            ("reversed", lambda v: v[::-1]),
            ("with é", lambda v: v[:2] + "é" + v[2:]),
        ]
    if kind is list and value:
        found = [
            ("without its last", lambda v: v[:-1]),
            ("without its first", lambda v: v[1:]),
            ("reversed", lambda v: v[::-1]),
            ("with its first twice", lambda v: [v[0], *v]),
        ]
        inner = type(value[0])
        if inner in (int, float):
            for item in (float("nan"), float("inf"), -0.0, 0, -1, 2**63, 2**64 + 1, True, None, "x", 0.5):
                found.append((f"with {item!r} in the middle", lambda v, i=item: replaced(v, i)))
        if inner is list and value[0]:
            found.append(("with a short row", lambda v: [*v[:-1], v[-1][:-1]]))
            found.append(("with one row twice", lambda v: [v[0], v[0], *v[2:]]))
            found.append(("with an empty row", lambda v: [*v[:-1], []]))
        return found
    if kind is dict and value:
        return [
            ("in reverse order", lambda v: dict(reversed(v.items()))),
            ("without its last", lambda v: dict(list(v.items())[:-1])),
        ]
    if kind.__name__ == "ndarray" and value.ndim:
        return [
            ("without its last", lambda v: v[:-1]),
            ("reversed", lambda v: v[::-1]),
            ("in Fortran order", lambda v: v.copy("F")),
            ("read-only", lambda v: edge_values.frozen(v.copy())),
        ]
    return []


def replaced(values, item):
    """A list with another item in its middle."""
    middle = len(values) // 2
    return [*values[:middle], item, *values[middle + 1 :]]


def numpy_float():
    numpy = edge_values.sys.modules.get("numpy")
    if numpy is None:
        raise edge_values.Unmakeable("NumPy is not used")
    return numpy.float64(1.5)


class Whole(int):
    """An int that is not exactly an int."""


class Real(float):
    """A float that is not exactly a float."""


class Row(list):
    """A list that is not exactly a list."""


class Text(str):
    """A str that is not exactly a str."""


class Table(dict):
    """A dict that is not exactly a dict."""


def constants(source, line):
    """Constants in the function whose def is on the line, and their neighbours; they decide branches."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, functions.Definition) and node.lineno == line:
            for inner in ast.walk(node):
                if isinstance(inner, ast.Constant) and type(inner.value) in (int, float, str):
                    value = inner.value
                    if type(value) is str and len(value) > 20:
                        continue
                    found += [value, value - 1, value + 1] if type(value) is int and abs(value) < 2**31 else [value]
            break
    unique = {(type(value), repr(value)): value for value in found}
    return list(unique.values())[:16]
