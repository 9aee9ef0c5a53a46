"""Complex numbers: products, quotients, powers, absolute values, attributes."""

import math

NAN = float("nan")
INF = float("inf")


def escape_time(c, limit):
    z = 0j
    for i in range(limit):
        if abs(z) > 2.0:
            return i
        z = z * z + c
    return limit


def quadratic_roots(a, b, c):
    d = (b * b - 4 * a * c + 0j) ** 0.5
    return (-b + d) / (2 * a), (-b - d) / (2 * a)


def fourier(samples):
    n = len(samples)
    out = []
    for k in range(n):
        total = 0j
        for t in range(n):
            angle = -2.0 * math.pi * k * t / n
            total += samples[t] * complex(math.cos(angle), math.sin(angle))
        out.append(total)
    return out


def squared_norm(z):
    return (z * z.conjugate()).real


def split_parts(values):
    return [v.real for v in values], [v.imag for v in values]


def complex_ratio(a, b):
    return a / b, a * b, a - b, -a, a == b


def complex_power(z, n):
    return z**n


def polynomial(coefficients, z):
    result = complex(0, 0)
    for c in coefficients:
        result = result * z + c
    return result


CASES = [
    ("escape_time", (0.1 + 0.2j, 50), {}),
    ("escape_time", (1 + 1j, 50), {}),
    ("escape_time", (-0.75 + 0.1j, 200), {}),
    ("quadratic_roots", (1.0, -3.0, 2.0), {}),
    ("quadratic_roots", (1.0, 2.0, 5.0), {}),
    ("fourier", ([1.0, 0.0, -1.0, 0.0],), {}),
    ("fourier", ([0.1, 0.7, -0.3, 2.5, 1.0],), {}),
    ("squared_norm", (3 + 4j,), {}),
    ("squared_norm", (-0.1 + 0.7j,), {}),
    ("split_parts", ([1 + 2j, -3j, 4 + 0j],), {}),
    ("complex_ratio", (1 + 2j, 3 - 4j), {}),
    ("complex_ratio", (-0.5j, 0.25 + 0j), {}),
    ("complex_power", (1 + 2j, 3), {}),
    ("complex_power", (0.3 - 1.7j, 2), {}),
    ("polynomial", ([1 + 1j, 2 - 3j, 0.5 + 0j], 0.3 + 0.4j), {}),
]

EDGE = [
    ("escape_time", (2, 10), {}),
    ("escape_time", (complex(NAN, 0), 10), {}),
    ("escape_time", (1e200 + 1e200j, 10), {}),
    ("escape_time", (1j, -1), {}),
    ("quadratic_roots", (0.0, 1.0, 1.0), {}),
    ("quadratic_roots", (1, -3, 2), {}),
    ("fourier", ([],), {}),
    ("fourier", ([1, 2, 3],), {}),
    ("fourier", ([1j, 2.0, 3],), {}),
    ("squared_norm", (complex(INF, 1),), {}),
    ("squared_norm", (3,), {}),
    ("squared_norm", (2.5,), {}),
    ("split_parts", ([1, 2.5, 3j],), {}),
    ("split_parts", (["x"],), {}),
    ("complex_ratio", (1 + 1j, 0j), {}),
    ("complex_ratio", (complex(INF, NAN), 1j), {}),
    ("complex_ratio", (complex(-0.0, 0.0), 1 + 0j), {}),
    ("complex_ratio", (1e308 + 1e308j, 1e-308 + 1e-308j), {}),
    ("complex_power", (0j, -1), {}),
    ("complex_power", (1 + 2j, 0), {}),
    ("complex_power", (1 + 2j, -3), {}),
    ("complex_power", (1 + 2j, 120), {}),
    ("complex_power", (1 + 2j, 0.5), {}),
    ("complex_power", (1 + 2j, 1j), {}),
    ("complex_power", (1e200 + 0j, 5), {}),
    ("polynomial", ([], 1j), {}),
    ("polynomial", ([1, 2], 3), {}),
]
