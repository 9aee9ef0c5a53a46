"""A NaN that a function hands on is the object that came in: containers find it by its identity."""

import math

NAN = float("nan")


def clamp(x, low, high):
    return low if x < low else high if x > high else x


def smoothed(values, share):
    out = []
    for i, x in enumerate(values):
        out.append(x if i == 0 else share * x + (1 - share) * out[-1])
    return out


def swapped(values, i, j):
    values[i], values[j] = values[j], values[i]
    return values


def doubled(values):
    return [2.0 * x for x in values]


def reverse_order(values):
    out = []
    for x in values:
        out.insert(0, x)
    return out


def parts(values):
    return values[1:], values[::-1], values + values, list(values), tuple(values)


def named(names, values):
    found = {}
    for name, value in zip(names, values):
        found[name] = value
    return found


def pair(a, b):
    return b, a


def mean(values):
    total = 0.0
    for x in values:
        total += x
    return total / len(values)


def largest(values):
    best = values[0]
    for x in values:
        if not x <= best:
            best = x
    return best


def without(values):
    return [x for x in values if x == x]


def product(z, factor):
    return z * factor


def kept(z):
    return [z, z.real]


class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def flipped(self):
        return Point(self.y, self.x)

    def size(self):
        return math.hypot(self.x, self.y)


def corner(values):
    return Point(values[0], values[-1]).flipped().x


CASES = [
    ("clamp", (0.5, 0.0, 1.0), {}),
    ("clamp", (NAN, 0.0, 1.0), {}),
    ("clamp", (2.0, 0.0, NAN), {}),
    ("clamp", (NAN, NAN, NAN), {}),
    ("smoothed", ([1.0, 2.0, 3.0], 0.5), {}),
    ("smoothed", ([NAN, 1.0], 0.5), {}),
    ("smoothed", ([1.0, NAN, 2.0], 0.25), {}),
    ("swapped", ([1.0, 2.0, 3.0], 0, 2), {}),
    ("swapped", ([NAN, 2.0, 3.0], 0, 2), {}),
    ("swapped", ([NAN, NAN], 0, 1), {}),
    ("doubled", ([1.0, NAN, 3.0],), {}),
    ("doubled", ([],), {}),
    ("reverse_order", ([1.0, 2.0],), {}),
    ("reverse_order", ([NAN, 2.0, NAN],), {}),
    ("parts", ([1.0, 2.0],), {}),
    ("parts", ([NAN, 2.0],), {}),
    ("named", (["a", "b"], [1.0, 2.0]), {}),
    ("named", (["a", "b"], [NAN, 2.0]), {}),
    ("pair", (1.0, 2.0), {}),
    ("pair", (NAN, 1.0), {}),
    ("mean", ([1.0, 2.0],), {}),
    ("mean", ([1.0, NAN],), {}),
    ("largest", ([1.0, 3.0, 2.0],), {}),
    ("largest", ([1.0, NAN],), {}),
    ("without", ([1.0, NAN, 2.0],), {}),
    ("product", (1 + 2j, 2.0), {}),
    ("product", (complex(NAN, 1.0), 2.0), {}),
    ("kept", (1 + 2j,), {}),
    ("kept", (complex(NAN, 1.0),), {}),
    ("corner", ([1.0, 2.0],), {}),
    ("corner", ([NAN, 2.0],), {}),
    ("corner", ([2.0, NAN],), {}),
]
EDGE = [
    ("clamp", (1, 0.0, 1.0), {}),
    ("clamp", (math.nan, 0, 1), {}),
    ("smoothed", ((NAN, 1.0), 1), {}),
    ("smoothed", ([NAN], 1), {}),
    ("smoothed", ([], 0.5), {}),
    ("swapped", ([NAN, 1, 2.0], 0, 1), {}),
    ("doubled", ((NAN,),), {}),
    ("named", ((NAN, "b"), (NAN, NAN)), {}),
    ("pair", (NAN, "a"), {}),
    ("pair", ([NAN], NAN), {}),
    ("mean", ([NAN, 1],), {}),
    ("mean", ([],), {}),
    ("largest", ([NAN],), {}),
    ("corner", ((NAN, 1),), {}),
]
