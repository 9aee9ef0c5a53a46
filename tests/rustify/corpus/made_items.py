"""Generators that are used up where they are made, and members and named tuples that are sought or keys."""

import math
from enum import Enum, IntEnum
from typing import NamedTuple


class Risk(IntEnum):
    LOW = 1
    HIGH = 3


class Color(Enum):
    RED = 1
    BLUE = 2


class Kind(Enum):
    D = "D"
    C = "C"


class Lenient(Enum):
    A = "a"
    B = "b"

    @classmethod
    def _missing_(cls, value):
        return cls.A if value == "?" else None


class P(NamedTuple):
    x: int
    y: float


def parts(text):
    a, b, c = (int(p) for p in text.split("-"))
    return a * b + c


def first_of_parts(text):
    [a, *rest] = (int(p) for p in text.split("-"))
    return a, rest


def made_so_far(items, seen):
    try:
        a, b = (seen.append(i) or 10 // i for i in items if i != 7)
    except ValueError as e:
        return str(e), seen
    except ZeroDivisionError:
        return "zero", seen
    return a, b, seen


def exact_sum(xs):
    return math.fsum(x * 2 for x in xs)


def exact_sum_of_points(table):
    return math.fsum(p.y for p in table)


def product(xs):
    return math.prod(x + 1 for x in xs)


def three(a, b, c):
    return a * 100 + b * 10 + c


def spread(xs):
    return three(*(x * 2 for x in xs)), [0, *(x + 1 for x in xs)]


def one_side(xs, big):
    g = (x * 2 for x in xs)
    return max(g) if big else min(g)


def one_branch(xs, how):
    g = (x * x for x in xs if x)
    if how == 0:
        return sum(g)
    elif how == 1:
        return sorted(g)
    if how == 2:
        return max(g)
    return list(g)


def both(xs):
    g = (x * x for x in xs)
    a = max(g)
    return a, list(g)


def risks(xs):
    out = {r: 0 for r in Risk}
    for x in xs:
        out[Risk.LOW if x < 0.5 else Risk.HIGH] += 1
    return out


def risks_found(xs):
    out = {}
    for x in xs:
        k = Risk.LOW if x < 0.5 else Risk.HIGH
        out[k] = out.get(k, 0) + 1
    return out


def colors(xs):
    out = {r: 0 for r in Color}
    seen = set()
    for x in xs:
        c = Color.RED if x < 0.5 else Color.BLUE
        out[c] += 1
        seen.add(c)
    return out, len(seen), Color.RED in seen, Color.BLUE in [Color.RED]


def sum_of_risks(xs):
    return sum(Risk.LOW if x < 0.5 else Risk.HIGH for x in xs)


def points_in(n, s):
    return sum(P(i, i) in s for i in range(n))


def kinds(s):
    n = 0
    for c in s:
        try:
            Kind(c)
        except ValueError:
            n += 1
    return n


def kind_error(c):
    try:
        return Kind(c)
    except ValueError as e:
        return str(e)


def lenient(c):
    try:
        return Lenient(c)
    except ValueError as e:
        return str(e)


XS = [0.25, 0.75, 0.5, 0.1]
NAN = float("nan")
CASES = [
    ("parts", ("1-2-3",), {}),
    ("first_of_parts", ("1-2-3",), {}),
    ("made_so_far", ([1, 2], []), {}),
    ("made_so_far", ([1, 2, 3, 0], []), {}),
    ("made_so_far", ([7, 1], []), {}),
    ("exact_sum", ([0.1] * 10,), {}),
    ("exact_sum_of_points", ([P(1, 0.1), P(2, 0.2)],), {}),
    ("product", ([1, 2, 3],), {}),
    ("spread", ([1, 2, 3],), {}),
    ("one_side", ([3, 1, 2], True), {}),
    ("one_side", ([3, 1, 2], False), {}),
    ("one_branch", ([3, 1, 0], 0), {}),
    ("one_branch", ([3, 1, 0], 1), {}),
    ("one_branch", ([3, 1, 0], 2), {}),
    ("one_branch", ([3, 1, 0], 3), {}),
    ("risks", (XS,), {}),
    ("risks_found", (XS,), {}),
    ("colors", (XS,), {}),
    ("sum_of_risks", (XS,), {}),
    ("points_in", (5, {P(1, 1), P(2, 3)}), {}),
    ("kinds", ("DCXDC?",), {}),
    ("kind_error", ("D",), {}),
    ("kind_error", ("X'\n",), {}),
]
EDGE = [
    ("parts", ("1-2",), {}),
    ("parts", ("1-2-3-x",), {}),
    ("parts", ("1-2-3-4-x",), {}),
    ("parts", ("x",), {}),
    ("first_of_parts", ("",), {}),
    ("made_so_far", ([7, 7], []), {}),
    ("made_so_far", ([1, 0], []), {}),
    ("made_so_far", ([1, 2, 7, 7], []), {}),
    ("exact_sum", ([],), {}),
    ("exact_sum", ([-0.0],), {}),
    ("exact_sum", ([1e16, 1.0, 1e-16, -1e16] * 9,), {}),
    ("exact_sum", ([0.5, 2**-54, 2**-54, 2**-108],), {}),
    ("exact_sum", ([1e308, 1e308, -1e308],), {}),
    ("exact_sum", ([math.inf, 1.0],), {}),
    ("exact_sum", ([math.inf, -math.inf],), {}),
    ("exact_sum", ([NAN],), {}),
    ("exact_sum", ([1, 2, True],), {}),
    ("exact_sum", ([2**1100],), {}),
    ("exact_sum", (["a"],), {}),
    ("product", ([],), {}),
    ("product", ([2**62, 2**62],), {}),
    ("product", ([1.5, 2],), {}),
    ("product", ([1, 2.5, -1.0],), {}),
    ("spread", ([1, 2],), {}),
    ("one_side", ([], True), {}),
    ("one_side", ([1.5, NAN], False), {}),
    ("one_branch", ([], 2), {}),
    ("one_branch", (None, 5), {}),
    ("both", ([1, 2],), {}),
    ("risks", ([],), {}),
    ("risks", ([None],), {}),
    ("points_in", (3, [P(1, 1)]), {}),
    ("points_in", (3, [P(1, 1), Color.RED, Risk.LOW, (0, 0)]), {}),
    ("points_in", (3, {P(1, 1): 2}), {}),
    ("points_in", (3, {(1, 1): 2}), {}),
    ("points_in", (3, frozenset([(1, 1)])), {}),
    ("points_in", (3, [[NAN], P(0, NAN)]), {}),
    ("points_in", (3, "text"), {}),
    ("points_in", (3, 5), {}),
    ("kind_error", (NAN,), {}),
    ("kind_error", (None,), {}),
    ("kind_error", ([],), {}),
    ("kind_error", (b"D",), {}),
    ("kind_error", (2**70,), {}),
    ("lenient", ("?",), {}),
    ("lenient", ("x",), {}),
]


if __name__ == "__main__":
    for name, args, kwargs in CASES:
        print(globals()[name](*args, **kwargs))
