"""Names of classes: of ordinary ones, of abstract ones, of enumerations and of those with a metaclass of their own."""

import enum
from abc import ABC, abstractmethod


class Shape(ABC):
    @abstractmethod
    def area(self): ...

    def name_only(self):
        return f"{type(self).__name__} x"

    def both(self):
        return f"{type(self).__name__} with {self.area():.2f}"


class Circle(Shape):
    def __init__(self, r):
        self.r = r

    def area(self):
        return 3.0 * self.r**2


class Box(Shape):
    def __init__(self, w, h):
        self.w = w
        self.h = h

    def area(self):
        return self.w * self.h


class Color(enum.Enum):
    RED = 1


class Shouting(type):
    @property
    def __name__(cls):
        return "LOUD"


class Loud(metaclass=Shouting):
    def __init__(self, n):
        self.n = n


def name_of(x):
    return type(x).__name__ + "!"


def names(xs):
    return [type(x).__name__ for x in xs], [x.__class__.__name__ for x in xs]


CASES = [
    ("Shape.name_only", lambda: (Circle(2),), {}),
    ("Shape.both", lambda: (Circle(2),), {}),
    ("Shape.both", lambda: (Box(2, 3.5),), {}),
    ("name_of", lambda: (Circle(1),), {}),
    ("names", lambda: ([Circle(1), Box(1, 2)],), {}),
]
EDGE = [
    ("name_of", lambda maker=maker: (maker(),), {})
    for maker in (lambda: Box(1, 2), lambda: Color.RED, lambda: Loud(1), int, lambda: Circle, lambda: Loud, dict)
]
EDGE += [
    ("names", lambda: ([Loud(1), Box(1, 2), Color.RED, 3, None],), {}),
    ("names", ([],), {}),
    ("Shape.both", lambda: (Box(2, 3),), {}),
    ("Shape.both", lambda: (Loud(2),), {}),
    ("Shape.name_only", lambda: (Loud(2),), {}),
]
