"""`functools.total_ordering`, and methods and properties of enumerations."""

from enum import Enum
from functools import total_ordering


@total_ordering
class Version:
    def __init__(self, text):
        self.parts = tuple(int(p) for p in text.split("."))

    def __eq__(self, other):
        if not isinstance(other, Version):
            return NotImplemented
        return self.parts == other.parts

    def __lt__(self, other):
        return self.parts < other.parts

    def __hash__(self):
        return hash(self.parts)

    def __str__(self):
        return ".".join(map(str, self.parts))


@total_ordering
class Size:
    def __init__(self, n):
        self.n = n

    def __ge__(self, other):
        return self.n >= other.n

    def __eq__(self, other):
        return self.n == other.n


class Light(Enum):
    RED = 1
    GREEN = 2

    @property
    def go(self):
        return self is Light.GREEN

    def __init__(self, number):
        self.weight = number * 1.5

    def flip(self):
        return Light.RED if self is Light.GREEN else Light.GREEN


def newest(texts):
    return str(max(Version(t) for t in texts)), str(min([Version(t) for t in texts]))


def compared(a, b):
    x, y = Version(a), Version(b)
    return x < y, x <= y, x > y, x >= y, x == y, x != y


def sizes(a, b):
    x, y = Size(a), Size(b)
    return x < y, x <= y, x > y, x >= y


def lights(n):
    out = []
    light = Light.RED
    for _ in range(n):
        light = light.flip()
        out.append((light.go, light.name, light.weight))
    return out


CASES = [
    ("newest", (["1.2.3", "1.10", "0.9"],), {}),
    ("compared", ("1.2", "1.3"), {}),
    ("compared", ("1.3", "1.3"), {}),
    ("sizes", (1, 2), {}),
    ("sizes", (2, 2), {}),
    ("sizes", (2.5, 1.5), {}),
    ("lights", (4,), {}),
]
EDGE = [
    ("newest", ([],), {}),
    ("newest", (["x"],), {}),
    ("compared", ("1.2", "1"), {}),
    ("sizes", (float("nan"), 1.0), {}),
    ("sizes", ("a", 1), {}),
    ("lights", (0,), {}),
]
