"""Results whose last bit hangs on the very function of the C library that Python calls."""

import math


def squared(x):
    return x**2


def squares(values):
    return [v**2.0 for v in values]


def spread(values):
    mean = sum(values) / len(values)
    return sum((v - mean) ** 2 for v in values)


def distance(x, y):
    return ((x - 0.3) ** 2 + (y - 0.7) ** 2) ** 0.5


def inverse(x):
    return x**-1, x**-2, x**0.5, 10.0**x, 2.0**x


def powers(x):
    return math.pow(x, 2), math.pow(x, 3), math.pow(10, x)


def roots(x):
    return math.cbrt(x), math.sqrt(x), math.exp2(x)


# Values whose square by the C library is not the product rounded once.
ODD = [float.fromhex(t) for t in ("0x1.731dc1c47773dp-2", "0x1.0a5b0e2c7d5c1p+0", "0x1.6a09e667f3bcdp-1")]
WORST = [-0.10804976438794556, *ODD]
MANY = [((k * 2654435761) % 4294967296) / 2.0**31 + 0.001 for k in range(1500)]

CASES = [
    ("squared", (WORST[0],), {}),
    ("squares", (WORST + MANY,), {}),
    ("spread", (WORST + MANY,), {}),
    ("distance", (0.1, 0.2), {}),
    ("inverse", (1.7,), {}),
    ("powers", (1.3,), {}),
    ("roots", (1.5,), {}),
]
EDGE = [("squared", (x,), {}) for x in MANY[:300]]
EDGE += [("distance", (x, 1 / x), {}) for x in MANY[:300]]
EDGE += [("inverse", (x,), {}) for x in MANY[:100]]
EDGE += [("powers", (x,), {}) for x in MANY[:300]]
EDGE += [("roots", (x,), {}) for x in MANY[:100]]
