"""`itertools` with functions, `cmath`, and `_replace` of named tuples."""

import cmath
import operator
from itertools import accumulate, chain, filterfalse, starmap, zip_longest
from typing import NamedTuple


class P(NamedTuple):
    x: int
    y: float = 0.5


def enum_filter(xs):
    return [(i, x) for i, x in enumerate(filter(None, xs))]


def enum_filter_loop(xs):
    out = []
    for i, x in enumerate(x for x in xs if x > 1):
        out.append((i, x))
    return out


def acc_max(xs):
    return list(accumulate(xs, max))


def acc_mul(xs):
    return list(accumulate(xs, operator.mul))


def acc_lambda(xs):
    return [v for v in accumulate(xs, lambda a, b: a * 10 + b)]


def acc_filtered(xs):
    return list(accumulate(filter(None, xs), lambda a, b: a - b))


def acc_enum(xs):
    return [(i, v) for i, v in enumerate(accumulate(xs, max), 1)]


def star(ps):
    return list(starmap(pow, ps)), [v for v in starmap(lambda a, b: a - b, ps)]


def refuse(xs):
    return list(filterfalse(lambda x: x % 2, xs)), list(filterfalse(None, xs))


def chained(*parts):
    return list(chain(*parts)), sum(chain(*parts))


def longest(a, b):
    return [x - y for x, y in zip_longest(a, b, fillvalue=0)]


def cm(z):
    return cmath.sqrt(z), cmath.phase(z), cmath.polar(z), cmath.exp(z / 10)


def rep(n):
    p = P(n, 2.5)
    q = p._replace(x=n + 1)
    return q, p._replace(y=1.5, x=3), p._replace(), q.x + p.x


CASES = [
    ("enum_filter", ([0, 1, 2, 0, 3],), {}),
    ("enum_filter_loop", ([0, 1, 2, 0, 3],), {}),
    ("acc_max", ([3, 1, 4, 1, 5],), {}),
    ("acc_mul", ([3, 1, 4, 1, 5],), {}),
    ("acc_lambda", ([3, 1, 4, 1, 5],), {}),
    ("acc_filtered", ([0, 3, 0, 4, 1, 5],), {}),
    ("acc_enum", ([3, 1, 4, 1, 5],), {}),
    ("star", ([(2, 3), (3, 2)],), {}),
    ("refuse", ([0, 3, 4, 1, 5],), {}),
    ("chained", ([1, 2], [3], []), {}),
    ("longest", ([1, 2, 3], [4]), {}),
    ("cm", (1 + 2j,), {}),
    ("rep", (4,), {}),
]
EDGE = [
    ("enum_filter", ([],), {}),
    ("acc_max", ([],), {}),
    ("acc_max", ([1.5, float("nan"), 2.0],), {}),
    ("acc_max", ([1, "a"],), {}),
    ("acc_mul", ([2**62, 4],), {}),
    ("acc_lambda", (["a", "b"],), {}),
    ("acc_filtered", ([0, 0],), {}),
    ("star", ([],), {}),
    ("star", ([(2, -1)],), {}),
    ("star", ([(0, -1)],), {}),
    ("chained", (), {}),
    ("chained", ("ab",), {}),
    ("longest", ([], []), {}),
    ("longest", ([1], "a"), {}),
    ("cm", (0j,), {}),
    ("cm", (complex("inf"),), {}),
    ("cm", ("a",), {}),
    ("rep", (1.5,), {}),
    ("rep", ("a",), {}),
]
