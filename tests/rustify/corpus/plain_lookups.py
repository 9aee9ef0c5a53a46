"""Keys looked up as numbers, texts and tuples of them; attributes that hold lists and dicts; texts as numbers."""


def visited(graph, start, seen=None):
    if seen is None:
        seen = set()
    seen.add(start)
    order = [start]
    for node in graph.get(start, ()):
        if node not in seen:
            order.extend(visited(graph, node, seen))
    return order


def hits(keys, wanted):
    return [key in wanted for key in keys]


def pairs(grid, cells):
    total = 0
    for row, column in cells:
        if (row, column) in grid:
            total += grid[(row, column)]
    return total


def neighbours(cells, alive):
    found = []
    for x, y in cells:
        n = 0
        for dx in (-1, 0, 1):
            for dy in (-1, 0, 1):
                if (x + dx, y + dy) in alive:
                    n += 1
        found.append(n)
    return found


class Gate:
    TABLE = {("locked", "coin"): "open", ("open", "push"): "locked"}

    def __init__(self):
        self.state = "locked"
        self.seen = []
        self.counts = {}

    def feed(self, events):
        for event in events:
            after = self.TABLE.get((self.state, event))
            self.seen.append(event)
            self.counts[event] = self.counts.get(event, 0) + 1
            if after is not None:
                self.state = after
        return self.state


def through_gate(events):
    gate = Gate()
    gate.feed(events)
    return gate.state, gate.seen, gate.counts


def given_gate(gate, events):
    gate.feed(events)
    return gate


class Pile:
    def __init__(self):
        self.items = []
        self.best = None
        self.rows = []
        self.notes = {}

    def push(self, item):
        self.items.append(item)
        if self.best is None or item > self.best:
            self.best = item
        self.rows.append([item, item + 1])
        self.notes[item] = [item]
        return self

    def pop(self):
        if not self.items:
            raise IndexError("pop from empty pile")
        return self.items.pop()


def piled(values):
    pile = Pile()
    for value in values:
        pile.push(value)
    first = pile.items
    pile.pop()
    same = first is pile.items
    pile.rows[0][0] = -1
    pile.notes[values[0]].append(0)
    return first, pile.items, same, pile.best, pile.rows, pile.notes


def handed_out(values):
    pile = Pile()
    for value in values:
        pile.push(value)
    kept = [pile]
    pile.items.append(99)
    kept[0].items.append(100)
    return pile.items, kept[0].items is pile.items, len(pile.rows)


def calculate(text):
    pile = []
    for part in text.split():
        if part in {"+", "-", "*"}:
            b, a = pile.pop(), pile.pop()
            pile.append(a + b if part == "+" else a - b if part == "-" else a * b)
        else:
            pile.append(int(part))
    return pile


def numbers(texts):
    good, bad = [], {}
    for i, text in enumerate(texts):
        for convert in (int, float):
            try:
                good.append(convert(text))
                break
            except ValueError as error:
                bad.setdefault(i, []).append(str(error))
        else:
            good.append(None)
    return good, bad


def whole_or(text, default):
    try:
        return int(text)
    except ValueError:
        return default


def whole(text):
    return int(text)


def real(text):
    return float(text)


def chained(text):
    try:
        return int(text)
    except ValueError as error:
        try:
            return int(text[1:])
        except ValueError as second:
            return [str(error), str(second), second.args, second.__context__ is error]


class _Odd:
    def __init__(self, value):
        self.value = value

    def __eq__(self, other):
        return self.value == other

    def __hash__(self):
        return hash(self.value)


_BIG = 2**61 - 1

CASES = [
    ("visited", ({0: [1, 2], 1: [2, 3], 2: [0], 3: []}, 0), {}),
    ("hits", ([1, 5, -1, -2, _BIG, 2**62], {1, -1, 0, 7, 2**62}), {}),
    ("pairs", ({(0, 1): 2, (1, 1): 3}, [(0, 1), (1, 0), (1, 1)]), {}),
    ("neighbours", ([(0, 0), (5, 5)], {(0, 1), (1, 1), (-1, 0), (5, 5)}), {}),
    ("through_gate", (["coin", "push", "kick", "coin"],), {}),
    ("given_gate", lambda: (Gate(), ["coin", "coin"]), {}),
    ("piled", ([3, 1, 4, 1, 5],), {}),
    ("handed_out", ([3, 1],), {}),
    ("calculate", ("3 4 + -2 *",), {}),
    ("numbers", (["12", "3.5", "x", "-7"],), {}),
    ("whole_or", ("17", 0), {}),
    ("whole_or", ("seventeen", 0), {}),
    ("whole", ("-42",), {}),
    ("real", ("2.5e3",), {}),
    ("chained", ("x7",), {}),
    ("chained", ("xy",), {}),
]

EDGE = [
    ("visited", ({0: [True, 1.0], 1: []}, 0), {}),
    ("visited", ({0: [1], 1: [0]}, 0, {1}), {}),
    ("visited", ({}, 0, {_Odd(0)}), {}),
    ("hits", ([1, 2], {True, 2.0}), {}),
    ("hits", ([1, 2], {_Odd(1), _Odd(3)}), {}),
    ("hits", ([-1, -2], {-2}), {}),
    ("hits", ([-1, -2], {-1}), {}),
    ("hits", ([0, _BIG, -_BIG, 2 * _BIG], {0}), {}),
    ("hits", ([0], {_BIG, 2 * _BIG, 3 * _BIG}), {}),
    ("hits", ([2**63 - 1, -(2**63)], {2**63, 2**63 - 1, -(2**63)}), {}),
    ("hits", (list(range(40)), set(range(0, 400, 8))), {}),
    ("hits", (list(range(40)), frozenset(range(20))), {}),
    ("hits", ([1, 2], {"1", "2"}), {}),
    ("hits", ([1, 2], {1: 2}), {}),
    ("hits", (["a", "b", ""], {"a", ""}), {}),
    ("hits", ([(1, 2), (2, 1)], {(1, 2), (1, 2, 3)}), {}),
    ("pairs", ({(0, True): 1, (1.0, 1): 2}, [(0, 1), (1, 1)]), {}),
    ("pairs", ({(_Odd(0), 1): 5}, [(0, 1)]), {}),
    ("pairs", ({_Odd((0, 1)): 5}, [(0, 1)]), {}),
    ("pairs", ({"a": 5, 7: 1}, [(0, 1)]), {}),
    ("pairs", ({}, [(0, 1)]), {}),
    ("pairs", ({(0, 1): 0.5}, [(0, 1)]), {}),
    ("neighbours", ([(-1, -1), (2**62, -2)], {(-2, -2), (-1, -2), (2**62 + 1, -1)}), {}),
    ("neighbours", ([(0, 0)], [(0, 1)]), {}),
    ("neighbours", ([(0.0, 0)], {(0, 1)}), {}),
    ("through_gate", ([],), {}),
    ("through_gate", (["coin", 3],), {}),
    ("given_gate", lambda: (Gate(), ["coin", 4, "push"]), {}),
    ("piled", ([1],), {}),
    ("piled", ([],), {}),
    ("piled", ([2.5, 1.5],), {}),
    ("piled", ([2**70, 1],), {}),
    ("piled", (["a", "b"],), {}),
    ("handed_out", ([],), {}),
    ("handed_out", ([0.5],), {}),
    ("calculate", ("1 +",), {}),
    ("calculate", ("1 2 x",), {}),
    ("calculate", (" 1_000 +5 -0 999999999999999999 9999999999999999999 99999999999999999999999",), {}),
    ("calculate", ("٣ 4 +",), {}),
    (
        "numbers",
        (["", " ", "1_0", "_1", "1__0", "+-1", "0x10", "inf", "-Infinity", "nan", "1e400", "1e", ".5", "5."],),
        {},
    ),
    ("numbers", (["'", "\\", '"', "é", "a\n", "\x7f", "\0", "1\0", "x" * 149, "y" * 300, "٣", " 12\t", "1 2"],), {}),
    ("numbers", (["9" * 5000, "9" * 5000 + "x", "9" * 400 + ".5"],), {}),
    ("numbers", ([b"12", b"x"],), {}),
    ("numbers", ([12, 3.5],), {}),
    ("numbers", ([None],), {}),
    ("whole_or", ("9223372036854775808", 0), {}),
    ("whole_or", ("-9223372036854775808", 0), {}),
    ("whole_or", (None, 0), {}),
    ("whole_or", (3.7, 0), {}),
    ("whole", ("x" * 180,), {}),
    ("whole", ("it's",), {}),
    ("whole", ("0" * 30,), {}),
    ("real", ("",), {}),
    ("real", ("one",), {}),
    ("real", ("1_0.5",), {}),
    ("real", ("٣.٤",), {}),
    ("chained", ("é",), {}),
    ("chained", ("",), {}),
]
