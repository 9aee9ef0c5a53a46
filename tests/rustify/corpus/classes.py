"""Simple classes: attributes, methods, properties, class constants, operators, inheritance."""

import math


class Vector:
    """A vector of the plane."""

    def __init__(self, x, y):
        self.x = x
        self.y = y

    def length(self):
        return math.sqrt(self.x * self.x + self.y * self.y)

    def dot(self, other):
        return self.x * other.x + self.y * other.y

    def scaled(self, factor):
        return Vector(self.x * factor, self.y * factor)

    def move(self, dx, dy):
        self.x += dx
        self.y += dy
        return self

    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y)

    def __eq__(self, other):
        return isinstance(other, Vector) and self.x == other.x and self.y == other.y

    __hash__ = None

    def __repr__(self):
        return f"Vector({self.x}, {self.y})"


class Slotted:
    __slots__ = ("count", "total")

    def __init__(self):
        self.count = 0
        self.total = 0.0

    def add(self, value):
        self.count += 1
        self.total += value

    def add_all(self, values):
        for v in values:
            self.add(v)
        return self.mean()

    def mean(self):
        if self.count == 0:
            return 0.0
        return self.total / self.count


class Account:
    fee = 1

    def __init__(self, owner, balance=0):
        self.owner = owner
        self.balance = balance
        self.history = []

    def deposit(self, amount):
        if amount <= 0:
            raise ValueError("amount must be positive")
        self.balance += amount
        self.history.append(amount)
        return self.balance

    def withdraw(self, amount):
        total = amount + self.fee
        if total > self.balance:
            return False
        self.balance -= total
        self.history.append(-total)
        return True

    @property
    def transactions(self):
        return len(self.history)

    @staticmethod
    def interest(balance, rate):
        return balance * rate / 100

    @classmethod
    def doubled_fee(cls):
        return cls.fee * 2


class Special(Account):
    """An account without fees."""

    fee = 0


class Lcg:
    """A random generator of the simplest kind."""

    def __init__(self, seed):
        self.state = seed

    def step(self):
        self.state = (self.state * 1103515245 + 12345) % 2147483648
        return self.state

    def sample(self, n, limit):
        return [self.step() % limit for _ in range(n)]


class Odd(Vector):
    """A vector that answers for attributes that it does not have."""

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return 7


def total_length(vectors):
    total = 0.0
    for v in vectors:
        total += v.length()
    return total


def centre(vectors):
    x = sum(v.x for v in vectors) / len(vectors)
    y = sum(v.y for v in vectors) / len(vectors)
    return Vector(x, y)


def push_all(vectors, dx, dy):
    for v in vectors:
        v.x += dx
        v.y += dy


def simulate(steps):
    position = Vector(0.0, 1.0)
    velocity = Vector(1.0, 0.0)
    for _ in range(steps):
        position.x += velocity.x * 0.01
        position.y += velocity.y * 0.01
        velocity.y -= 0.0981
    return position.x, position.y


def monte_carlo(seed, n):
    source = Lcg(seed)
    inside = 0
    for _ in range(n):
        x = source.step() / 2147483648
        y = source.step() / 2147483648
        if x * x + y * y < 1.0:
            inside += 1
    return 4 * inside / n


def _odd():
    v = Odd.__new__(Odd)
    v.x = 3.0
    return v


def _partial():
    v = Vector(1.0, 2.0)
    del v.y
    return v


def _extra():
    v = Vector(1.0, 2.0)
    v.length = lambda: -1.0
    return v


_V = Vector(1.0, 2.0)

CASES = [
    ("Vector.length", (Vector(3.0, 4.0),), {}),
    ("Vector.length", (Vector(0.1, -0.2),), {}),
    ("Vector.dot", (Vector(3.0, 4.0), Vector(0.5, 2.0)), {}),
    ("Vector.scaled", (Vector(3.0, 4.0), 2.0), {}),
    ("Vector.move", (Vector(3.0, 4.0), 1.0, -1.0), {}),
    ("Vector.__add__", (Vector(3.0, 4.0), Vector(1.0, 1.0)), {}),
    ("Slotted.add_all", (Slotted(), [1.0, 2.5, 4.0]), {}),
    ("Slotted.add", (Slotted(), 1.5), {}),
    ("Slotted.mean", (Slotted(),), {}),
    ("Account.deposit", (Account("ann", 10), 5), {}),
    ("Account.withdraw", (Account("ann", 10), 5), {}),
    ("Account.withdraw", (Account("ann", 10), 10), {}),
    ("Account.interest", (200, 5), {}),
    ("Lcg.step", (Lcg(42),), {}),
    ("Lcg.sample", (Lcg(42), 5, 100), {}),
    ("total_length", ([Vector(3.0, 4.0), Vector(5.0, 12.0)],), {}),
    ("centre", ([Vector(3.0, 4.0), Vector(5.0, 12.0)],), {}),
    ("push_all", ([Vector(3.0, 4.0), Vector(5.0, 12.0)], 1.0, 2.0), {}),
    ("simulate", (20,), {}),
    ("simulate", (0,), {}),
    ("monte_carlo", (1, 100), {}),
    ("monte_carlo", (99, 50), {}),
]

EDGE = [
    ("Vector.length", (Vector(3, 4),), {}),
    ("Vector.length", (Vector("a", 4),), {}),
    ("Vector.length", lambda: (_odd(),), {}),
    ("Vector.length", lambda: (_partial(),), {}),
    ("Vector.length", (3,), {}),
    ("Vector.length", (Vector(2**600, 0),), {}),
    ("Vector.dot", (_V, _V), {}),
    ("Vector.dot", (_V, None), {}),
    ("Vector.dot", lambda: (_V, _odd()), {}),
    ("Vector.scaled", (Odd(1.0, 2.0), 3), {}),
    ("Vector.move", (Vector(1, 2), 0.5, 2**70), {}),
    ("Vector.move", (Vector(1.0, 2.0), 1.0, "a"), {}),
    ("Vector.__add__", (_V, _V), {}),
    ("Vector.__add__", (_V, 3), {}),
    ("Slotted.add_all", (Slotted(), []), {}),
    ("Slotted.add_all", (Slotted(), [1.0, 2, "a"]), {}),
    ("Slotted.mean", lambda: (Slotted.__new__(Slotted),), {}),
    ("Slotted.add", (Slotted(), 2**70), {}),
    ("Account.deposit", (Account("ann", 10), -5), {}),
    ("Account.deposit", (Account("ann", 2**63 - 1), 1), {}),
    ("Account.deposit", (Special("ann", 1.5), 1), {}),
    ("Account.withdraw", (Special("ann", 10), 10), {}),
    ("Account.withdraw", (Account("ann"), "a"), {}),
    ("Account.doubled_fee", (), {}),
    ("Account.interest", (1, "a"), {}),
    ("Account", ("bob",), {}),
    ("Lcg.step", (Lcg(-1),), {}),
    ("Lcg.step", (Lcg(2**70),), {}),
    ("Lcg.step", (Lcg(1.5),), {}),
    ("Lcg.sample", (Lcg(1), 2, 0), {}),
    ("Lcg.sample", (Lcg(1), -2, 10), {}),
    ("total_length", ([],), {}),
    ("total_length", lambda: ([_V, _V, _extra()],), {}),
    ("total_length", ([_V, None],), {}),
    ("centre", ([],), {}),
    ("centre", ([_V, _V],), {}),
    ("push_all", ([_V, _V], 1.0, 2.0), {}),
    ("push_all", ([Vector(1.0, 2.0), None], 1.0, 2.0), {}),
    ("push_all", lambda: ([Vector(1.0, 1.0), _partial()], 1, 2), {}),
    ("simulate", (-1,), {}),
    ("simulate", (2.5,), {}),
    ("monte_carlo", (1, 0), {}),
    ("monte_carlo", (2**80, 10), {}),
]
