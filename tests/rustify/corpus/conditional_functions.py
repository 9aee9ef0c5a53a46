"""Functions that a module defines under `if` and `try`."""

import math

if math.pi > 3:

    def circle(r):
        return math.pi * r * r
else:

    def circle(r):
        return 3 * r * r


try:
    from math import no_such_function as cube
except ImportError:

    def cube(x):
        return x * x * x


if not hasattr(math, "cbrt_of_nothing"):

    def half(xs):
        return [x / 2 for x in xs]


def area(r):
    return circle(r) + 1


CASES = [
    ("circle", (2.0,), {}),
    ("cube", (3,), {}),
    ("half", ([1, 2],), {}),
    ("area", (1.5,), {}),
]

EDGE = [
    ("circle", (2,), {}),
    ("circle", ("a",), {}),
    ("cube", (2.5,), {}),
    ("half", ([],), {}),
    ("area", (2,), {}),
]
