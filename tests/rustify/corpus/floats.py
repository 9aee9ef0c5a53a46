"""Floating-point numbers: the same bits, signed zeros, NaN, and division by zero."""

import math

INF = float("inf")
NAN = float("nan")


class Metres(float):
    """A float that is not exactly a float."""


def mean(values):
    total = 0.0
    for v in values:
        total += v
    return total / len(values)


def variance(values):
    m = sum(values) / len(values)
    return sum((v - m) ** 2 for v in values) / (len(values) - 1)


def many_powers(values):
    total = 0.0
    for v in values:
        total += v**2
    return total, [v**2 for v in values], [v**-1 for v in values], [2.0**v for v in values], [10**v for v in values]


def powers_by_name(values):
    return [math.pow(v, 2) for v in values], [math.pow(2, v) for v in values], [pow(v, 3.0) for v in values]


def horner(coefficients, x):
    result = 0.0
    for c in coefficients:
        result = result * x + c
    return result


def newton_sqrt(x: float, tolerance: float = 1e-12) -> float:
    if x < 0.0:
        raise ValueError(f"no real root of {x}")
    if x == 0.0:
        return x
    guess = x if x > 1.0 else 1.0
    while True:
        better = 0.5 * (guess + x / guess)
        if abs(better - guess) <= tolerance * better:
            return better
        guess = better


def kahan_sum(values):
    total = 0.0
    lost = 0.0
    for v in values:
        y = v - lost
        t = total + y
        lost = (t - total) - y
        total = t
    return total


def trapezoid(a, b, n):
    h = (b - a) / n
    total = 0.5 * (a * a * a + b * b * b)
    for i in range(1, n):
        x = a + i * h
        total += x**3
    return total * h


def floor_parts(values, divisor):
    return [(v // divisor, v % divisor) for v in values]


def clamp(x, low, high):
    return low if x < low else high if x > high else x


def in_band(values, low, high):
    count = 0
    for v in values:
        if low <= v < high:
            count += 1
    return count


def rounded(values, digits):
    return [round(v, digits) for v in values]


def to_nearest(values):
    return [round(v) for v in values]


def truncated(values):
    return [int(v) for v in values]


def smallest_and_largest(values):
    low = high = values[0]
    for v in values[1:]:
        if v < low:
            low = v
        if v > high:
            high = v
    return low, high


def powers(x):
    return [x**2, x**3, x**0.5, x**-1, x**-0.5, x**1.5]


def mixed_sum(values):
    total = 0
    for v in values:
        total = total + v
    return total


def relative_difference(a, b):
    scale = max(abs(a), abs(b))
    if scale == 0:
        return 0.0
    return abs(a - b) / scale


_MANY = [0.001 + (i * 0.6180339887498949) % 50 for i in range(6000)]

CASES = [
    ("many_powers", (_MANY[:5],), {}),
    ("powers_by_name", (_MANY[:5],), {}),
    ("mean", ([1.0, 2.5, 4.0],), {}),
    ("mean", ([0.1] * 30,), {}),
    ("mean", ([1e16, 1.0, -1e16],), {}),
    ("variance", ([1.0, 2.0, 4.0, 8.0],), {}),
    ("variance", ([0.1 * i for i in range(40)],), {}),
    ("horner", ([1.0, -2.0, 0.5], 3.0), {}),
    ("horner", ([0.1, 0.2, 0.3, 0.4], -1.7), {}),
    ("newton_sqrt", (2.0,), {}),
    ("newton_sqrt", (1e10,), {}),
    ("newton_sqrt", (0.25,), {"tolerance": 1e-6}),
    ("kahan_sum", ([0.1] * 100,), {}),
    ("kahan_sum", ([1e16, 1.0, 1.0, -1e16],), {}),
    ("trapezoid", (0.0, 1.0, 50), {}),
    ("trapezoid", (-1.0, 2.5, 33), {}),
    ("floor_parts", ([7.5, -7.5, 0.3, -0.3, 6.0], 2.0), {}),
    ("floor_parts", ([7.5, -7.5, 0.3, -0.3, 6.0], -2.5), {}),
    ("clamp", (5.0, 0.0, 1.0), {}),
    ("clamp", (-5.0, 0.0, 1.0), {}),
    ("clamp", (0.5, 0.0, 1.0), {}),
    ("in_band", ([0.0, 0.5, 1.0, 1.5], 0.5, 1.5), {}),
    ("in_band", ([i * 0.1 for i in range(100)], 2.0, 7.0), {}),
    ("rounded", ([2.675, 1.005, -0.5, 123.456], 2), {}),
    ("rounded", ([1234.5678, -1.0], 1), {}),
    ("to_nearest", ([0.5, 1.5, 2.5, -0.5, -1.5, 3.7],), {}),
    ("truncated", ([0.5, 1.9, -1.9, 1e15],), {}),
    ("smallest_and_largest", ([3.0, -1.0, 2.0, 9.5],), {}),
    ("smallest_and_largest", ([1.0],), {}),
    ("powers", (2.0,), {}),
    ("powers", (0.1,), {}),
    ("powers", (123.456,), {}),
    ("mixed_sum", ([1.5, 2.5],), {}),
    ("mixed_sum", ([0.1] * 9,), {}),
    ("relative_difference", (1.0, 1.1), {}),
    ("relative_difference", (0.0, 0.0), {}),
]

EDGE = [
    ("many_powers", (_MANY,), {}),
    ("many_powers", ([3, 2.5],), {}),
    ("powers_by_name", (_MANY,), {}),
    ("powers_by_name", ([0.0, -1.5, INF],), {}),
    ("mean", ([],), {}),
    ("mean", ([NAN, 1.0],), {}),
    ("mean", ([1, 2],), {}),
    ("mean", ([INF, -INF],), {}),
    ("mean", ([Metres(1.0), Metres(2.0)],), {}),
    ("mean", ((1.0, 2.0),), {}),
    ("mean", (["a"],), {}),
    ("mean", ([10**400],), {}),
    ("mean", ([1.0, True, 2**70],), {}),
    ("variance", ([1.0],), {}),
    ("variance", ([],), {}),
    ("variance", ([1, 2, 4],), {}),
    ("variance", ([1e200, -1e200],), {}),
    ("horner", ([], 1.0), {}),
    ("horner", ([1, 2, 3], 2), {}),
    ("horner", ([1.0, INF], 0.0), {}),
    ("newton_sqrt", (-1.0,), {}),
    ("newton_sqrt", (-0.0,), {}),
    ("newton_sqrt", (4,), {}),
    ("kahan_sum", ([INF, 1.0],), {}),
    ("kahan_sum", ([-0.0],), {}),
    ("trapezoid", (0.0, 1.0, 0), {}),
    ("trapezoid", (0, 10, 5), {}),
    ("trapezoid", (0.0, 1e120, 3), {}),
    ("floor_parts", ([1.0], 0.0), {}),
    ("floor_parts", ([INF, -INF, NAN, -0.0, 0.0], 3.0), {}),
    ("floor_parts", ([5.0, -5.0, -0.0], INF), {}),
    ("floor_parts", ([5.0, -5.0], -INF), {}),
    ("floor_parts", ([1e308, 1.0], 1e-308), {}),
    ("floor_parts", ([7, -7], 2.0), {}),
    ("clamp", (NAN, 0.0, 1.0), {}),
    ("clamp", (3, 0.0, 1.0), {}),
    ("clamp", ("b", "a", "c"), {}),
    ("in_band", ([NAN, 1.0], 0.0, 2.0), {}),
    ("in_band", ([1, 2**80, 1.5], 0, 2), {}),
    ("rounded", ([NAN, INF, -0.0, 5e-324, 1e300], 3), {}),
    ("rounded", ([15.0, 25.0, 1234.5], -1), {}),
    ("rounded", ([1.5], None), {}),
    ("rounded", ([1.5], 400), {}),
    ("rounded", ([15, 25, -35], -1), {}),
    ("to_nearest", ([NAN],), {}),
    ("to_nearest", ([INF],), {}),
    ("to_nearest", ([1e300, -1e20, 0.49999999999999994],), {}),
    ("truncated", ([1e19, -1e25],), {}),
    ("truncated", ([NAN],), {}),
    ("truncated", (["12", "-3"],), {}),
    ("smallest_and_largest", ([],), {}),
    ("smallest_and_largest", ([NAN, 1.0, -1.0],), {}),
    ("smallest_and_largest", ([0.0, -0.0],), {}),
    ("powers", (-2.0,), {}),
    ("powers", (0.0,), {}),
    ("powers", (-0.0,), {}),
    ("powers", (INF,), {}),
    ("powers", (1e200,), {}),
    ("powers", (4,), {}),
    ("mixed_sum", ([],), {}),
    ("mixed_sum", ([1, 2],), {}),
    ("mixed_sum", ([1, 2.5, True],), {}),
    ("relative_difference", (NAN, 1.0), {}),
    ("relative_difference", (5e-324, -5e-324), {}),
]
