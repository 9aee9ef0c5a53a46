"""Whole numbers beyond machine words, instances with other attributes than the recorded ones, and 64-bit states."""

import math
from collections import Counter

MASK = (1 << 64) - 1
LIMIT = 2**70
WITNESSES = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37)


class Generator:
    def __init__(self, seed):
        self.state = seed

    def step(self):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) & 0xFFFFFFFFFFFFFFFF
        return self.state >> 33


class Slotted:
    __slots__ = ("__hidden", "x", "y")

    def __init__(self, x, y):
        self.x, self.y = x, y
        self.__hidden = x

    def __add__(self, other):
        return Slotted(self.x + other.x, self.y + other.y)

    def __eq__(self, other):
        return isinstance(other, Slotted) and self.x == other.x and self.y == other.y

    def __hash__(self):
        return hash((self.x, self.y))

    def hidden(self):
        return self.__hidden


class Poly:
    def __init__(self, *factors):
        self.factors = list(factors)
        while self.factors and self.factors[-1] == 0:
            self.factors.pop()

    def __call__(self, x):
        result = 0
        for factor in reversed(self.factors):
            result = result * x + factor
        return result

    def derived(self):
        return Poly(*[i * c for i, c in enumerate(self.factors)][1:])


def is_prime(n):
    if n < 2:
        return False
    for p in WITNESSES:
        if n % p == 0:
            return n == p
    d, s = n - 1, 0
    while not d & 1:
        d >>= 1
        s += 1
    for a in WITNESSES:
        x = pow(a, d, n)
        if x in (1, n - 1):
            continue
        for _ in range(s - 1):
            x = x * x % n
            if x == n - 1:
                break
        else:
            return False
    return True


def hashed(data):
    h = 0xCBF29CE484222325
    for b in data:
        h ^= b
        h = (h * 0x100000001B3) & MASK
    return h


def masked(values):
    total = 0
    for v in values:
        v = (v << 1) ^ (v >> 63) if v < 0 else v << 1
        v &= (1 << 64) - 1
        total ^= v
    return total


def draws(seed, n):
    generator, total = Generator(seed), 0
    for _ in range(n):
        total ^= generator.step()
    return total, generator.state


def go_on(generator, n):
    for _ in range(n):
        generator.step()
    return generator.state


def state_of(generator, more):
    before = generator.state
    generator.state = (before + more) & MASK
    return before


def is_below(n):
    return n < LIMIT


def added(a, b):
    total = a + b
    return total.x, total.y, total.hidden()


def is_equal(a, b):
    return a == b


def key_of(a):
    return hash(a) == hash(a), hash((a.x, 1))


def path(points):
    total = 0.0
    for a, b in zip(points, points[1:]):
        total += math.hypot((a + b).x, (a + b).y)
    return total


def slope(poly, x):
    return poly.derived()(x), poly.derived().factors


def most(text, n=2):
    return Counter(text.split()).most_common(n)


def depth_first(graph, start, seen):
    seen.add(start)
    order = [start]
    for other in graph[start]:
        if other not in seen:
            order.extend(depth_first(graph, other, seen))
    return order


def doubled(items):
    items.extend(items)
    more = [0.5]
    more.extend(items)
    return more, items


def letters(words):
    return ["".join(sorted(word.lower())) for word in words]


CASES = [
    ("is_prime", (97,), {}),
    ("is_prime", (2**61 - 1,), {}),
    ("hashed", (b"hello",), {}),
    ("masked", ([1, -5, 300],), {}),
    ("draws", (5, 10), {}),
    ("draws", (2**63 + 7, 10), {}),
    ("go_on", (Generator(12), 20), {}),
    ("state_of", (Generator(2**64 - 1), 5), {}),
    ("is_below", (5,), {}),
    ("added", (Slotted(1.5, 2.0), Slotted(0.5, 1.0)), {}),
    ("is_equal", (Slotted(1.5, 2.0), Slotted(1.5, 2.0)), {}),
    ("key_of", (Slotted(1.5, 2.0),), {}),
    ("path", ([Slotted(0.0, 1.0), Slotted(3.0, 4.0), Slotted(1.0, 1.0)],), {}),
    ("slope", (Poly(1, 2, 3), 2), {}),
    ("most", ("a b a c b a",), {}),
    ("most", ("a b a c b a", 1), {}),
    ("depth_first", ({0: [1, 2], 1: [3], 2: [3], 3: [0]}, 0, set()), {}),
    ("doubled", ([1.5, 2.5],), {}),
    ("letters", (["Listen", "silent"],), {}),
    ("Slotted.__add__", (Slotted(1.5, 2.0), Slotted(0.5, 1.0)), {}),
    ("Slotted.__eq__", (Slotted(1.5, 2.0), Slotted(0.5, 1.0)), {}),
    ("Slotted.__hash__", (Slotted(1.5, 2.0),), {}),
    ("Slotted.hidden", (Slotted(1.5, 2.0),), {}),
    ("Poly.derived", (Poly(1, 2, 3),), {}),
    ("Generator.step", (Generator(1),), {}),
]
SIBLINGS = [
    ("is_prime", (2**63 + 29,), {}),
    ("is_prime", (2**89 - 1,), {}),
    ("is_prime", (10**24 + 7,), {}),
    ("hashed", ([1, 2, 255],), {}),
    ("hashed", ((1, 2),), {}),
    ("hashed", (bytearray(b"abc"),), {}),
    ("hashed", (range(5),), {}),
    ("hashed", ([-1, 300, 2**70],), {}),
    ("masked", ((1, -2),), {}),
    ("masked", ([2**200, -(2**200)],), {}),
    ("masked", ([True],), {}),
    ("draws", (2**70, 4), {}),
    ("go_on", (Generator(2**63), 9), {}),
    ("is_below", (2**71,), {}),
    ("is_below", (1.5,), {}),
    ("Slotted.__add__", (Slotted(True, 1), Slotted(1, 2)), {}),
    ("Slotted.__add__", (Slotted(1j, 2), Slotted(1, 2)), {}),
    ("Slotted.__eq__", (Slotted(1.5, 2.0), None), {}),
    ("Slotted.__eq__", (Slotted(1.5, 2.0), (1.5, 2.0)), {}),
    ("Slotted.hidden", (Slotted("a", 2.0),), {}),
    ("path", ((Slotted(0.0, 1.0), Slotted(3.0, 4.0)),), {}),
    ("path", ([Slotted(True, False), Slotted(3, 4)],), {}),
    ("Poly.derived", (Poly(1.5, 2.5),), {}),
    ("Poly.derived", (Poly(1j, 2j),), {}),
    ("most", ("a b a c b a", None), {}),
    ("most", ("a b a c b a", True), {}),
    ("most", ("a b a c b a", False), {}),
    ("depth_first", ({"a": ["b"], "b": []}, "a", set()), {}),
    ("doubled", ([1, 2],), {}),
]
EDGE = [
    ("is_prime", (2.5,), {}),
    ("is_prime", ("x",), {}),
    ("hashed", ("abc",), {}),
    ("masked", ([1.5],), {}),
    ("draws", ("a", 1), {}),
    ("draws", (-(2**63) - 1, 3), {}),
    ("state_of", (Generator(2**63 - 1), 1), {}),
    ("state_of", (Generator(2**64 + 1), 1), {}),
    ("state_of", (Generator(-(2**63) - 1), 1), {}),
    ("state_of", (Generator(10**400), 1), {}),
    ("state_of", (Generator(2**64 - 1), 2**63), {}),
    ("state_of", (Generator(2**64), 0), {}),
    ("added", (Slotted(1.5, 2.0), 5), {}),
    ("Slotted.__add__", (Slotted(1.5, 2.0), 5), {}),
    ("key_of", (Slotted([1], 2),), {}),
    ("slope", (Poly(), 2), {}),
    ("slope", (Poly("a", "b"), 2), {}),
    ("most", ("a b a c b a", 1.0), {}),
    ("most", ("a b a c b a", 2.0), {}),
    ("most", ("a b a c b a", -1), {}),
    ("doubled", ([],), {}),
    ("doubled", ((1,),), {}),
    ("letters", ([1],), {}),
]
