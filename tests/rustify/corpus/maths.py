"""The math module: bits of libm, domain errors, integers through floats."""

import math
from math import pi, sqrt

INF = float("inf")
NAN = float("nan")


def distance(p, q):
    return math.sqrt((p[0] - q[0]) ** 2 + (p[1] - q[1]) ** 2)


def euclidean(a, b):
    total = 0.0
    for i in range(len(a)):
        d = a[i] - b[i]
        total += d * d
    return sqrt(total)


def circle(radius):
    return pi * radius**2, 2 * math.pi * radius


def waves(n, frequency):
    out = []
    for i in range(n):
        t = i / n
        out.append(math.sin(2 * math.pi * frequency * t) + 0.5 * math.cos(t) - math.tan(t / 3))
    return out


def logs(x):
    return math.log(x), math.log2(x), math.log10(x), math.log(x, 3), math.log1p(x)


def exps(x):
    return math.exp(x), math.expm1(x), math.pow(x, 1.5), math.sinh(x), math.cosh(x), math.tanh(x)


def arcs(x):
    return math.asin(x), math.acos(x), math.atan(x), math.atan2(x, 2.0), math.asinh(x), math.erf(x)


def floors(x):
    return math.floor(x), math.ceil(x), math.trunc(x), math.fabs(x), math.copysign(3.0, x)


def whole_number_maths(a, b):
    return math.gcd(a, b), math.isqrt(abs(a)), math.comb(10, 3), math.factorial(6)


def logistic(x):
    if x >= 0:
        return 1.0 / (1.0 + math.exp(-x))
    e = math.exp(x)
    return e / (1.0 + e)


def softmax(values):
    top = max(values)
    exps = [math.exp(v - top) for v in values]
    total = sum(exps)
    return [e / total for e in exps]


def entropy(weights):
    total = sum(weights)
    result = 0.0
    for w in weights:
        if w > 0:
            p = w / total
            result -= p * math.log2(p)
    return result


def haversine(lat1, lon1, lat2, lon2):
    p1 = math.radians(lat1)
    p2 = math.radians(lat2)
    dp = p2 - p1
    dl = math.radians(lon2 - lon1)
    a = math.sin(dp / 2) ** 2 + math.cos(p1) * math.cos(p2) * math.sin(dl / 2) ** 2
    return 2 * 6371.0 * math.asin(math.sqrt(a))


def normal_cdf(x):
    return 0.5 * (1.0 + math.erf(x / math.sqrt(2.0)))


def finite_only(values):
    return [v for v in values if math.isfinite(v) and not math.isnan(v)]


def hypotenuse(values):
    return math.hypot(values[0], values[1]), math.fsum(values), math.dist(values, values[::-1]), math.prod(values)


CASES = [
    ("distance", ((0.0, 0.0), (3.0, 4.0)), {}),
    ("distance", ((1.5, -2.5), (0.1, 0.2)), {}),
    ("euclidean", ([1.0, 2.0, 3.0], [4.0, 6.0, 8.0]), {}),
    ("euclidean", ([0.1] * 20, [0.7] * 20), {}),
    ("circle", (2.0,), {}),
    ("waves", (16, 3.0), {}),
    ("logs", (2.5,), {}),
    ("logs", (1e-10,), {}),
    ("exps", (1.25,), {}),
    ("exps", (0.1,), {}),
    ("arcs", (0.3,), {}),
    ("arcs", (-0.99,), {}),
    ("floors", (2.5,), {}),
    ("floors", (-2.5,), {}),
    ("whole_number_maths", (48, 18), {}),
    ("logistic", (0.5,), {}),
    ("logistic", (-30.0,), {}),
    ("softmax", ([1.0, 2.0, 3.0],), {}),
    ("softmax", ([0.1, -0.7, 12.0, 3.3],), {}),
    ("entropy", ([1.0, 1.0, 2.0],), {}),
    ("haversine", (52.5, 13.4, 48.8, 2.35), {}),
    ("normal_cdf", (1.96,), {}),
    ("normal_cdf", (-0.3,), {}),
    ("finite_only", ([1.0, INF, NAN, -2.0],), {}),
    ("hypotenuse", ([3.0, 4.0],), {}),
]

EDGE = [
    ("distance", ((0, 0), (3, 4)), {}),
    ("distance", ((0.0,), (1.0, 2.0)), {}),
    ("distance", ((1e200, 0.0), (0.0, 0.0)), {}),
    ("distance", ((2**600, 0), (0, 0)), {}),
    ("euclidean", ([1.0], []), {}),
    ("euclidean", ([], []), {}),
    ("euclidean", ([1], [2]), {}),
    ("euclidean", ([INF], [INF]), {}),
    ("circle", (-1,), {}),
    ("circle", ("r",), {}),
    ("circle", (1e200,), {}),
    ("waves", (0, 1.0), {}),
    ("waves", (3, INF), {}),
    ("waves", (2, 1), {}),
    ("logs", (0.0,), {}),
    ("logs", (-1.0,), {}),
    ("logs", (10**400,), {}),
    ("logs", (INF,), {}),
    ("logs", (NAN,), {}),
    ("logs", (True,), {}),
    ("logs", ("1",), {}),
    ("exps", (1000.0,), {}),
    ("exps", (-1.0,), {}),
    ("exps", (-INF,), {}),
    ("exps", (3,), {}),
    ("arcs", (1.5,), {}),
    ("arcs", (-0.0,), {}),
    ("arcs", (NAN,), {}),
    ("arcs", (1,), {}),
    ("floors", (1e300,), {}),
    ("floors", (NAN,), {}),
    ("floors", (-INF,), {}),
    ("floors", (-0.0,), {}),
    ("floors", (5,), {}),
    ("floors", ("5",), {}),
    ("whole_number_maths", (0, 0), {}),
    ("whole_number_maths", (-(2**63), 2**63 - 1), {}),
    ("whole_number_maths", (2**90, 6), {}),
    ("whole_number_maths", (1.0, 2), {}),
    ("logistic", (INF,), {}),
    ("logistic", (-1000.0,), {}),
    ("logistic", (NAN,), {}),
    ("logistic", (0,), {}),
    ("softmax", ([],), {}),
    ("softmax", ([INF, 1.0],), {}),
    ("softmax", ([1, 2],), {}),
    ("softmax", ([NAN, 1.0],), {}),
    ("entropy", ([],), {}),
    ("entropy", ([0.0, 0.0],), {}),
    ("entropy", ([-1.0, 1.0],), {}),
    ("entropy", ([3, 5],), {}),
    ("haversine", (0, 0, 0, 0), {}),
    ("haversine", (90.0, 0.0, -90.0, 180.0), {}),
    ("normal_cdf", (NAN,), {}),
    ("finite_only", ([1, 2**2000],), {}),
    ("finite_only", (["a"],), {}),
    ("hypotenuse", ([1.0],), {}),
    ("hypotenuse", ([INF, NAN],), {}),
    ("hypotenuse", ([3, 4],), {}),
]
