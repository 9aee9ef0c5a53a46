"""Functions and classes that somebody changes after the import: the translations rely on what they were."""

import abc
import enum
from collections import namedtuple
from dataclasses import dataclass, field


def helper(a, k=1.0, *, m=2.0):
    return a + k * m


def outer(a):
    return helper(a) * 10.0


def twice(n):
    return 1 if n <= 0 else n + twice(n - 1)


def steps(n):
    for i in range(n):
        yield i * i


def total(n):
    s = 0
    for v in steps(n):
        s += v
    return s


@dataclass
class Spot:
    x: float
    y: float = 2.0


@dataclass(order=True)
class Rank:
    level: int
    name: str = field(compare=False, default="n")


class Base:
    def __init__(self, x):
        self.x = x

    def worth(self):
        return self.x * 2


class Coin(Base):
    limit = 10

    def bump(self):
        self.x += 1
        return self.x

    @property
    def half(self):
        return self.x / 2

    @staticmethod
    def unit():
        return 7

    @classmethod
    def made(cls, x):
        return cls(x)


class Other(Base):
    def bump(self):
        return -1


class Shape(abc.ABC):
    @abc.abstractmethod
    def area(self): ...


class Square(Shape):
    def __init__(self, side):
        self.side = side

    def area(self):
        return self.side * self.side


class Hue(enum.Enum):
    RED = 1
    BLUE = 2


Pair = namedtuple("Pair", ["a", "b"])


def make(x):
    return Spot(x + 1.0)


def make_sum(n):
    s = 0.0
    for i in range(n):
        p = Spot(float(i))
        s += p.x + p.y
    return s


def read(p):
    return p.x * 2.0


def store(p, v):
    p.x = v
    return p.x


def same(a, b):
    return Spot(a) == Spot(b)


def lower(a, b):
    return Rank(a) < Rank(b)


def shown(x):
    return repr(Spot(x))


def coin(n):
    c = Coin(n)
    return c.bump() + c.worth() + c.half + Coin.unit() + c.limit


def bumped(c):
    return c.bump() + c.worth()


def is_there(c):
    return 1 if c else 0


def is_same(a, b):
    return a == b


def made(x):
    return Coin.made(x).x


def area(s):
    return s.area()


def hue(n):
    return Hue(n).value


def pair(a, b):
    p = Pair(a, b)
    return p.a + p.b


def sized(items):
    return len(items) + max(items)


def read_only(*_):
    raise AttributeError("no")


def doubled(self, name, value):
    object.__setattr__(self, name, value * 2)


class Lazy:
    def __get__(self, instance, owner=None):
        return 5.5


class Strict(Lazy):
    def __set__(self, instance, value):
        instance.__dict__["y"] = value


def seen(self, name):
    return 50.0 if name == "x" else object.__getattribute__(self, name)


def changes():
    """What is changed, its name, its new value, and what is called then."""
    generated, init, code = Spot.__init__, Coin.__init__, "__code__"
    return [
        (helper, "__defaults__", (5.0,), lambda: (outer(2.0), helper(2.0))),
        (helper, "__defaults__", None, lambda: outer(2.0)),
        (helper, "__kwdefaults__", {"m": 7.0}, lambda: (outer(2.0), helper(2.0))),
        (helper, "__kwdefaults__", None, lambda: outer(2.0)),
        (helper, code, (lambda a, k=1.0, *, m=2.0: 99.0).__code__, lambda: (outer(2.0), helper(2.0))),
        (outer, code, (lambda a: -a).__code__, lambda: outer(2.0)),
        (twice, code, (lambda n: 5).__code__, lambda: twice(3)),
        (steps, code, (lambda n: iter([100])).__code__, lambda: total(4)),
        (Coin.bump, code, (lambda self: 1000).__code__, lambda: (coin(1), bumped(Coin(1)), Coin(1).bump())),
        (Base.worth, code, (lambda self: 1000).__code__, lambda: (coin(1), bumped(Coin(1)))),
        (init, code, (lambda self, x: setattr(self, "x", 77)).__code__, lambda: (coin(1), made(2))),
        (generated, code, (lambda self, x, y: setattr(self, "x", 3.5)).__code__, lambda: (make(1.0), make_sum(3))),
        (generated, "__defaults__", (9.0,), lambda: (make(1.0), make_sum(3))),
        (Coin.__dict__["half"].fget, code, (lambda self: 0.25).__code__, lambda: coin(1)),
        (Coin.__dict__["unit"].__func__, code, (lambda: 70).__code__, lambda: coin(1)),
        (Coin.__dict__["made"].__func__, code, (lambda cls, x: cls(x + 1)).__code__, lambda: made(1)),
        (Spot, "__init__", lambda self, x: setattr(self, "x", -1.0), lambda: (make(1.0), make_sum(2))),
        (Spot, "__setattr__", doubled, lambda: (make(1.0), make_sum(2), store(Spot(1.0), 4.0))),
        (Spot, "__getattribute__", seen, lambda: (read(Spot(1.0)), make_sum(2))),
        (Spot, "__getattr__", lambda self, name: 4.0, lambda: read(Spot(1.0))),
        (Spot, "__eq__", lambda a, b: a is b, lambda: same(1.0, 1.0)),
        (Spot, "__repr__", lambda self: "spot", lambda: shown(1.0)),
        (Spot, "__qualname__", "Stain", lambda: shown(1.0)),
        (Spot, "__new__", staticmethod(lambda cls, *a: object.__new__(Other)), lambda: type(make(1.0)).__name__),
        (Spot, "__post_init__", lambda self: setattr(self, "x", 8.0), lambda: make(1.0)),
        (Spot, "x", property(lambda self: 6.0, lambda self, v: None), lambda: (make_sum(2), read(Spot(1.0)))),
        (Spot, "y", Lazy(), lambda: (make_sum(2), make(1.0).y)),
        (Spot, "y", Strict(), lambda: (make_sum(2), make(1.0).y)),
        (Rank, "__lt__", lambda a, b: True, lambda: lower(2, 1)),
        (Base, "__setattr__", doubled, lambda: (coin(1), bumped(Coin(1)), made(2))),
        (Base, "__getattribute__", seen, lambda: (coin(1), bumped(Coin(1)))),
        (Base, "__init__", lambda self, x: setattr(self, "x", 11), lambda: (coin(1), made(2))),
        (Base, "worth", lambda self: 30, lambda: (coin(1), bumped(Coin(1)))),
        (Base, "__bool__", lambda self: False, lambda: is_there(Coin(1))),
        (Base, "__len__", lambda self: 0, lambda: is_there(Coin(1))),
        (Base, "__eq__", lambda a, b: True, lambda: is_same(Coin(1), Coin(2))),
        (Coin, "worth", lambda self: 31, lambda: (coin(1), bumped(Coin(1)))),
        (Coin, "bump", lambda self: 32, lambda: (coin(1), bumped(Coin(1)))),
        (Coin, "limit", 40, lambda: coin(1)),
        (Coin, "limit", property(lambda self: 41), lambda: coin(1)),
        (Coin, "unit", lambda: 42, lambda: coin(1)),
        (Coin, "half", 43.0, lambda: coin(1)),
        (Coin, "__bases__", (Square,), lambda: is_there(Coin.__new__(Coin))),
        (Coin, "__bases__", (Other,), lambda: (coin(1), bumped(Coin(1)))),
        (Square, "area", lambda self: 44, lambda: area(Square(2))),
        (Hue, "_value2member_map_", {1: Hue.BLUE}, lambda: hue(1)),
        (Pair, "a", property(lambda self: 45), lambda: pair(1, 2)),
        (Pair, "__new__", staticmethod(lambda cls, a, b: tuple.__new__(cls, (b, b))), lambda: pair(1, 2)),
    ]


def changed(at):
    """What calls give while one thing is changed, and when it is as it was."""
    target, name, value, probe = changes()[at]
    before = vars(target).get(name, changed) if isinstance(target, type) else getattr(target, name)
    if name in ("__qualname__", "__bases__"):
        before = getattr(target, name)
    setattr(target, name, value)
    try:
        during = probe()
    except Exception as error:
        during = f"{type(error).__name__}: {error}"
    finally:
        if before is changed:
            delattr(target, name)
        else:
            setattr(target, name, before)
    return during, probe()


def changed_in_place():
    """The same dict of defaults with another item."""
    defaults = helper.__kwdefaults__
    defaults["m"] = 3.0
    try:
        during = outer(2.0), helper(2.0)
    finally:
        defaults["m"] = 2.0
    return during, outer(2.0)


def changed_instance(n):
    """An instance that gets another class, an own method, or another dict."""
    a, b, c = Coin(n), Coin(n), Coin(n)
    a.__class__ = Other
    b.bump = lambda: 60
    c.__dict__ = {"x": n * 3}
    return bumped(a), bumped(b), bumped(c), read(c), store(a, 4)


def changed_often(n):
    """A class that changes so often that the interpreter stops counting."""
    out = []
    for i in range(n):
        Coin.limit = i
        if i % 400 == 0:
            out.append(coin(1))
    kept = Coin.bump
    Coin.bump = lambda self: 1
    try:
        out.append(coin(1))
    finally:
        Coin.bump = kept
        Coin.limit = 10
    return out, coin(1)


CASES = [
    ("helper", (2.0,), {}),
    ("outer", (2.0,), {}),
    ("twice", (4,), {}),
    ("total", (4,), {}),
    ("make", (1.0,), {}),
    ("make_sum", (5,), {}),
    ("read", (Spot(1.0),), {}),
    ("store", (Spot(1.0), 2.0), {}),
    ("same", (1.0, 2.0), {}),
    ("lower", (1, 2), {}),
    ("shown", (1.5,), {}),
    ("coin", (3,), {}),
    ("bumped", (Coin(3),), {}),
    ("is_there", (Coin(3),), {}),
    ("is_same", (Coin(3), Coin(3)), {}),
    ("made", (3,), {}),
    ("area", (Square(3),), {}),
    ("hue", (2,), {}),
    ("pair", (1, 2), {}),
    ("sized", ([1, 2],), {}),
]

EDGE = [
    *(("changed", (at,), {}) for at in range(len(changes()))),
    ("changed_in_place", (), {}),
    ("changed_instance", (3,), {}),
    ("changed_often", (1200,), {}),
    ("outer", (1,), {}),
    ("make", ("a",), {}),
    ("coin", (2**70,), {}),
]
