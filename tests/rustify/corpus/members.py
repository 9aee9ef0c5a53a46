"""Members of enumerations walked through and by their names, `dataclasses.replace`, and `reduce` of instances."""

from dataclasses import dataclass, field, replace
from enum import Enum, IntEnum
from functools import reduce


class Color(Enum):
    RED = 1
    GREEN = 2
    BLUE = 3
    CRIMSON = 1


class Level(IntEnum):
    LOW = 1
    MID = 5
    HIGH = 10


@dataclass(frozen=True)
class Point:
    x: float
    y: float = 0.0

    def __add__(self, other):
        return Point(self.x + other.x, self.y + other.y)


@dataclass
class Order:
    name: str
    amount: int = 1
    tags: list = field(default_factory=list)

    def __post_init__(self):
        self.amount = abs(self.amount)


def names(n):
    return [c.name for c in Color] * n, [c.value for c in Color], sum(v.value for v in Level)


def named(name):
    return Color[name].value, Level[name.upper()] if name == "low" else None


def level_of(x):
    for level in sorted(Level, reverse=True):
        if x >= level:
            return level.name
    return None


def moved(points, dx):
    return [replace(p, x=p.x + dx) for p in points]


def shifted(xs):
    return [(p.x, p.y) for p in moved([Point(x, x * 2) for x in xs], 1.5)]


def doubled(name, amount):
    order = Order(name, amount, ["a"])
    other = replace(order, amount=-2 * order.amount)
    other.tags.append("b")
    return order, other, other.tags is order.tags


def centre(xs):
    points = [Point(x, 1.0) for x in xs]
    total = reduce(lambda a, b: a + b, points)
    return total.x / len(points), total.y


CASES = [
    ("names", (2,), {}),
    ("named", ("RED",), {}),
    ("named", ("CRIMSON",), {}),
    ("level_of", (7,), {}),
    ("level_of", (0,), {}),
    ("shifted", ([1.0, 2.0],), {}),
    ("doubled", ("x", 4), {}),
    ("centre", ([1.0, 2.0, 4.5],), {}),
]
EDGE = [
    ("named", ("PINK",), {}),
    ("named", ("low",), {}),
    ("named", (3,), {}),
    ("level_of", (float("nan"),), {}),
    ("level_of", ("x",), {}),
    ("shifted", ([],), {}),
    ("shifted", (["a"],), {}),
    ("doubled", ("x", -(2**70)), {}),
    ("doubled", ("x", None), {}),
    ("centre", ([],), {}),
    ("centre", ([1.0],), {}),
]
