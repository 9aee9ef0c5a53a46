"""Other values where instances of one class were shown: nothing may be decided by the class before it is looked at."""
from dataclasses import dataclass


@dataclass(frozen=True)
class Point:
    x: int
    y: int = 0


class Plain:
    def __init__(self, x):
        self.x = x


class Empty:
    def __init__(self, x):
        self.x = x

    def __len__(self):
        return 0

    def __eq__(self, other):
        return True

    def __hash__(self):
        return 7


class Heir(Plain):
    pass


class Table(dict):
    pass


def present(items):
    n = 0
    for p in items:
        if p is not None:
            n += 1
    return n


def true_ones(items):
    return sum(1 for p in items if p), [bool(p) for p in items], [p or 5 for p in items]


def first_none(items):
    for i, p in enumerate(items):
        if p is None:
            return i
    return -1


def any_none(items):
    return any(p is None for p in items), all(p is not None for p in items), all(items)


def kinds(items):
    dicts = [isinstance(p, dict) for p in items]
    return dicts, [isinstance(p, Plain) for p in items], [type(p) is Plain for p in items]


def equal_ones(items, q):
    return [p == q for p in items], [p != q for p in items], [p == None for p in items]  # noqa: E711


def among(items, q):
    return q in items, items.count(q), [p in (q, ) for p in items]


def matched(items):
    out = []
    for p in items:
        match p:
            case None:
                out.append(0)
            case {"x": x}:
                out.append(x)
            case [x, *_]:
                out.append(x)
            case Plain(x=1):
                out.append("one")
            case Plain():
                out.append("plain")
            case int() | str():
                out.append(1)
            case _:
                out.append(2)
    return out


def keyed(items):
    seen = {}
    for p in items:
        seen[p] = seen.get(p, 0) + 1
    return len(seen), sorted(seen.values())


def distinct(items):
    return len(set(items)), len({p: 1 for p in items})


def param(p):
    if isinstance(p, dict):
        return 1
    if p is None:
        return 2
    if isinstance(p, Plain):
        return 3
    return 4


def param_or(p, q):
    r = p or q
    return r is p, r is q, not p, p is q, p == q


def held(p):
    q = p
    items = [p, q]
    pair = (p, 1)
    return len(items), q is None, pair[0] is None, [i for i, x in enumerate(items) if x is not None]


class Node:
    def __init__(self, value, left=None):
        self.value = value
        self.left = left

    def depth(self):
        n = 0
        node = self
        while node is not None:
            n += 1
            node = node.left
        return n

    def has_left(self):
        return self.left is not None, bool(self.left), not self.left


class Money:
    def __init__(self, n):
        self.n = n

    def __eq__(self, other):
        if not isinstance(other, Money):
            return NotImplemented
        return self.n == other.n

    def __add__(self, other):
        return self.n + (other if isinstance(other, int) else other.n)

    def __lt__(self, other):
        return self.n < other.n


class Loud(Money):
    def __eq__(self, other):
        return "loud"

    def __radd__(self, other):
        return "radd"

    def __gt__(self, other):
        return "gt"


def money(a, b):
    return a == b, a != b, a + b, bool(a < b)


def all_money(items, a):
    return [a == b for b in items], [a + b for b in items]


def texts(items):
    return [type(p).__name__ for p in items], len(items)


def chosen(items, flag):
    p = items[0] if flag else items[-1]
    if p is None:
        return "none"
    return "some"


if __name__ == "__main__":
    a, b, c = Plain(1), Plain(2), Plain(3)
    p, q = Point(1, 2), Point(3)
    for _ in range(200):
        for items in ([a, b, c], [b]):
            present(items)
            true_ones(items)
            first_none(items)
            any_none(items)
            kinds(items)
            equal_ones(items, a)
            among(items, a)
            matched(items)
            keyed(items)
            distinct(items)
            texts(items)
            chosen(items, True)
        present([p, q])
        keyed([p, q, p])
        distinct([p, q])
        money(Money(1), Money(2))
        all_money([Money(1)], Money(3))
        param(a)
        param({"x": 1})
        param_or(a, b)
        held(a)
        Node(1, Node(2)).depth()
        Node(1, Node(2)).has_left()

P1, P2, Q = Plain(1), Plain(2), Point(1, 2)
CASES = [
    ("present", ([], ), {}), ("present", ([P1, P1, P2], ), {}), ("true_ones", ([P1], ), {}),
    ("first_none", ([P2, P1], ), {}),
    ("any_none", ([P1], ), {}), ("kinds", ([P1, P2], ), {}), ("equal_ones", ([P1, P2], P2), {}),
    ("among", ([P1, P2], P2), {}),
    ("matched", ([P1, P2], ), {}), ("keyed", ([P1, P2, P1], ), {}), ("distinct", ([P1, P1], ), {}),
    ("money", (Money(2), Money(2)), {}), ("all_money", ([Money(1), Money(2)], Money(1)), {}), ("param", (P2, ), {}),
    ("param", ({}, ), {}), ("param_or", (P1, P1), {}), ("held", (P2, ), {}),
    ("Node.depth", (Node(1, Node(2, Node(3))), ), {}),
    ("Node.has_left", (Node(1, Node(1)), ), {}), ("texts", ([P1], ), {}), ("chosen", ([P1, P2], False), {}),
]
MIXED = [
    [None, P1], [P1, None], [None], [Empty(1), P1], [P1, Empty(2)], [Table(x=3)], [P1, {"x": 4}],
    [[5, 6], P1], [7, "a", P1],
    [Heir(1), P1], [Q, P1], [0, P1, 0.0], [float("nan"), P1], [Plain, P1],
    [Heir(2), None, Empty(0)], [(), P1], ["", P1],
]
EDGE = [("money", (x, y), {}) for x in (Money(1), Loud(1)) for y in (Money(1), Loud(1), 3, Heir(1))]
EDGE += [("all_money", ([y, Money(1)], x), {}) for x in (Money(1), Loud(1)) for y in (Loud(1), 3, Money(2))]
ONE = ("present", "true_ones", "first_none", "any_none", "kinds", "matched", "texts")
EDGE += [(f, (m, ), {}) for f in ONE for m in MIXED]
EDGE += [(f, (m, x), {}) for f in ("equal_ones", "among") for m in MIXED for x in (P1, None, Empty(3), 7, Q)]
EDGE += [(f, (m, ), {}) for f in ("keyed", "distinct") for m in MIXED]
EDGE += [("chosen", (m, f), {}) for m in MIXED for f in (True, False)]
EDGE += [(f, (x, ), {}) for f in ("param", "held") for m in MIXED for x in m]
OTHERS = (P2, None, Empty(2), 0, Table(x=1))
EDGE += [("param_or", (x, y), {}) for x in (P1, None, Empty(1), 0, Q, Table()) for y in OTHERS]
LEFT = (None, Empty(1), 0, Q, Table(), P1, Node(2))
EDGE += [(f, (Node(1, x), ), {}) for f in ("Node.has_left", "Node.depth") for x in LEFT]
