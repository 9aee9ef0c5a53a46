"""Methods of operators that ask for the class of the other side, and answer `NotImplemented` for some."""

import math


class Vector:
    def __init__(self, x, y, z=0.0):
        self.x = x
        self.y = y
        self.z = z

    def __add__(self, o):
        if not isinstance(o, Vector):
            return NotImplemented
        return Vector(self.x + o.x, self.y + o.y, self.z + o.z)

    def __mul__(self, k):
        if isinstance(k, Vector):
            return self.x * k.x + self.y * k.y + self.z * k.z
        if isinstance(k, (int, float)):
            return Vector(self.x * k, self.y * k, self.z * k)
        return NotImplemented

    __rmul__ = __mul__

    def __eq__(self, o):
        return isinstance(o, Vector) and (self.x, self.y, self.z) == (o.x, o.y, o.z)

    def __lt__(self, o):
        if isinstance(o, Vector):
            return abs(self) < abs(o)
        return NotImplemented

    def __abs__(self):
        return math.sqrt(self * self)

    def __repr__(self):
        return f"{self.__class__.__name__}({self.x}, {self.y}, {self.z})"


class Metre:
    def __init__(self, n):
        self.n = n

    def __eq__(self, other):
        if not isinstance(other, Metre):
            return NotImplemented
        return self.n == other.n

    def __add__(self, other):
        if isinstance(other, Metre):
            return Metre(self.n + other.n)
        if isinstance(other, int):
            return Metre(self.n + other)
        return NotImplemented


def both(a, b):
    return repr(a * b), repr(a * 2.0), a == b, repr(a + b), a < b


def longest(vectors):
    best = vectors[0]
    for v in vectors:
        if best < v:
            best = v
    return repr(best)


def metres(items):
    total = Metre(0)
    for item in items:
        total = total + item
    return total.n


def metre_twice(a, b):
    return (Metre(a) + Metre(b)).n, (Metre(a) + 3).n, Metre(a) == Metre(b)


def foreign(a, b):
    return Metre(a) == b


class Shelf:
    def __init__(self, size):
        self.size = size
        self.data = {}

    def put(self, k, v):
        if k in self.data:
            del self.data[k]
        elif len(self.data) >= self.size:
            oldest = next(iter(self.data))
            del self.data[oldest]
        self.data[k] = v


def shelf(n):
    s = Shelf(3)
    for i in range(n):
        s.put(i % 5, i)
    return list(s.data.items())


def first(xs):
    return next(iter(xs))


def keep(x, log=[]):
    log.append(x)
    return sum(log)


def keeps(x):
    keep(x)
    return keep(x + 1)


def fib(n, seen={}):
    if n in seen:
        return seen[n]
    r = n if n < 2 else fib(n - 1) + fib(n - 2)
    seen[n] = r
    return r


def class_name(x):
    try:
        return 1 / x
    except Exception as e:
        return e.__class__.__name__


V, W = Vector(1.0, 2.0, 3.0), Vector(4.0, 5.0)
CASES = [
    ("both", (V, W), {}),
    ("longest", ([V, W, V],), {}),
    ("Vector.__mul__", (V, W), {}),
    ("Vector.__mul__", (V, 2.0), {}),
    ("Vector.__eq__", (V, W), {}),
    ("Vector.__abs__", (V,), {}),
    ("Vector.__repr__", (V,), {}),
    ("metres", ([Metre(1), Metre(2)],), {}),
    ("metre_twice", (1, 2), {}),
    ("shelf", (12,), {}),
    ("first", ([1, 2],), {}),
    ("first", ({3: 4},), {}),
    ("keeps", (2,), {}),
    ("fib", (12,), {}),
    ("class_name", (0,), {}),
]
EDGE = [
    ("Vector.__eq__", (V, 3), {}),
    ("Vector.__mul__", (V, "x"), {}),
    ("Vector.__mul__", (V, True), {}),
    ("Vector.__lt__", (V, 3), {}),
    ("Vector.__add__", (V, None), {}),
    ("metres", ([1, 2, Metre(3)],), {}),
    ("metres", ([1, 2.5],), {}),
    ("foreign", (1, 1), {}),
    ("first", ([],), {}),
    ("first", ("",), {}),
    ("class_name", ("s",), {}),
]


if __name__ == "__main__":
    for name, args, kwargs in CASES:
        owner, _, method = name.partition(".")
        function = globals()[owner]
        print((getattr(function, method) if method else function)(*args, **kwargs))
