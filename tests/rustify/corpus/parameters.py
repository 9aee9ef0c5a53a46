"""Defaults, keyword arguments, positional-only and keyword-only parameters, *args, **kwargs."""

RATE = 0.25


def scale(values, factor=2.0):
    return [v * factor for v in values]


def line(x, slope=1, intercept=0):
    return slope * x + intercept


def with_rate(amount, rate=RATE, *, rounded=False):
    total = amount * (1 + rate)
    return round(total, 2) if rounded else total


def keyword_only(a, *, b, c=3):
    return a * 100 + b * 10 + c


def positional_only(a, b, /, c=1):
    return (a - b) * c


def add_all(*numbers):
    total = 0
    for n in numbers:
        total += n
    return total


def first_and_rest(first, *rest):
    return first, rest, len(rest)


def options(base, **settings):
    total = base
    for name in settings:
        total += settings[name]
    return total


def everything(a, b=2, *args, c=4, **kwargs):
    return a, b, args, c, kwargs


def caller(n):
    return line(n) + line(n, 2) + line(n, intercept=5) + line(x=n, slope=-1) + keyword_only(n, b=2)


def spread(values):
    return add_all(*values)


def optional_list(value, into=None):
    if into is None:
        into = []
    into.append(value)
    return into


def kept_default(value, seen=[]):
    seen.append(value)
    return len(seen)


def chained_default(x, y=None, z=None):
    y = x if y is None else y
    z = y if z is None else z
    return x + y + z


CASES = [
    ("scale", ([1.0, 2.0],), {}),
    ("scale", ([1.0, 2.0], 0.5), {}),
    ("scale", ([1.0],), {"factor": 3.0}),
    ("line", (5,), {}),
    ("line", (5, 2, 1), {}),
    ("line", (), {"x": 3, "intercept": 7}),
    ("with_rate", (100.0,), {}),
    ("with_rate", (19.99, 0.1), {"rounded": True}),
    ("keyword_only", (1,), {"b": 2}),
    ("keyword_only", (1,), {"c": 5, "b": 2}),
    ("positional_only", (5, 3), {}),
    ("positional_only", (5, 3, 4), {}),
    ("positional_only", (5, 3), {"c": 2}),
    ("add_all", (1, 2, 3), {}),
    ("add_all", (), {}),
    ("first_and_rest", (1, 2, 3), {}),
    ("first_and_rest", (1,), {}),
    ("options", (1,), {"x": 2, "y": 3}),
    ("options", (1,), {}),
    ("everything", (1,), {}),
    ("everything", (1, 5, 6, 7), {"c": 9, "d": 10}),
    ("caller", (4,), {}),
    ("caller", (-1,), {}),
    ("spread", ([1, 2, 3],), {}),
    ("optional_list", (3,), {}),
    ("optional_list", (3, [1]), {}),
    ("kept_default", (1,), {}),
    ("kept_default", (2,), {}),
    ("chained_default", (1,), {}),
    ("chained_default", (1, 2), {}),
    ("chained_default", (1,), {"z": 5}),
]

EDGE = [
    ("scale", (), {}),
    ("scale", ([1.0], 2.0, 3.0), {}),
    ("scale", ([1.0],), {"values": [2.0]}),
    ("scale", ([1, "a"], 2), {}),
    ("scale", ([1.0], None), {}),
    ("line", (1,), {"gradient": 2}),
    ("line", (1, 2), {"slope": 3}),
    ("line", (2**62, 4), {}),
    ("line", (1.5,), {}),
    ("line", ("ab", 2, "c"), {}),
    ("with_rate", (100, 1, True), {}),
    ("with_rate", (100,), {"rounded": 1}),
    ("with_rate", (float("nan"),), {"rounded": True}),
    ("keyword_only", (1, 2), {}),
    ("keyword_only", (1,), {}),
    ("positional_only", (), {"a": 1, "b": 2}),
    ("positional_only", (1,), {}),
    ("add_all", (1.5, 2), {}),
    ("add_all", ("a",), {}),
    ("add_all", (2**63 - 1, 1), {}),
    ("add_all", (), {"x": 1}),
    ("first_and_rest", (), {}),
    ("first_and_rest", ([1], [2]), {}),
    ("options", (1,), {"x": "a"}),
    ("options", (1,), {"base": 2}),
    ("everything", (), {}),
    ("everything", (1, 2), {"b": 3}),
    ("everything", (1,), {"a": 2}),
    ("caller", (2**62,), {}),
    ("caller", ("a",), {}),
    ("spread", ((1, 2.5),), {}),
    ("spread", (5,), {}),
    ("spread", ({1: "a", 2: "b"},), {}),
    ("optional_list", (3, ()), {}),
    ("optional_list", (None, []), {}),
    ("kept_default", ("x",), {}),
    ("kept_default", (3, (1,)), {}),
    ("chained_default", ("a", "b"), {}),
    ("chained_default", (1, 2.5, True), {}),
    ("chained_default", (2**63 - 1,), {}),
]
