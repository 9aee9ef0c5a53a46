"""`with np.errstate(...)`: what NumPy ignores, warns of, raises, in expressions, loops, scalars and its calls."""

import numpy as np
from numpy import errstate


def quotients(a, b):
    with np.errstate(divide="ignore", invalid="ignore"):
        c = a / b
    return c


def logs(a):
    with np.errstate(all="ignore"):
        return np.log(a), np.sqrt(a), np.exp(a * 1000)


def within(a):
    with np.errstate(divide="ignore"):
        with np.errstate(invalid="ignore"):
            c = a / a
        d = 1 / a
    return c, d


def both(a, b):
    with errstate(divide="ignore"), errstate(over="ignore", invalid="ignore") as nothing:
        return a / b, a * 1e308 * b, nothing


def back_again(a):
    with np.errstate(divide="ignore"):
        c = 1 / a
    return c, 2 / a


def warned_inside(a):
    with np.errstate(all="ignore"):
        with np.errstate(divide="warn"):
            return 1 / a


def raised(a):
    try:
        with np.errstate(divide="raise", over="raise", invalid="raise"):
            return 1 / a
    except FloatingPointError:
        return "raised"


def raised_at_first(a):
    found = []
    for x in a:
        try:
            with np.errstate(divide="raise", invalid="raise"):
                found.append(1.0 / x)
        except FloatingPointError:
            found.append(-1.0)
    return found


def of_items(a, b):
    with np.errstate(divide="ignore", invalid="ignore"):
        return a[0] / b[0], a[1] / b[1], a[0] - b[0]


def powers(a, n):
    with np.errstate(all="ignore"):
        return a[0] ** n, a[1] ** n, a**n


def caught_powers(a, n):
    try:
        return a[0] ** n
    except (OverflowError, ZeroDivisionError):
        return "python"


def in_loop(a, b):
    out = np.zeros(len(a))
    with np.errstate(divide="ignore", invalid="ignore"):
        for i in range(len(a)):
            out[i] = a[i] / b[i] + 1.0
    return out


def total(a, b):
    s = 0.0
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        for i in range(len(a)):
            s += a[i] * b[i] / a[i]
    return s


def chosen(a, b):
    with np.errstate(divide="ignore", invalid="ignore"):
        r = np.where(b != 0, a / b, 0.0)
        r[np.isnan(r)] = -1.0
    return r


def calls(a):
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.arcsin(a), np.mean(a / a), np.nanmax(a), np.divide(1.0, a), np.linalg.norm(a)


def left_early(rows):
    for row in rows:
        with np.errstate(divide="ignore"):
            if row[0] == 0:
                continue
            if row[1] < 0:
                break
            if row[2] > 100:
                return 1 / row
    return 1 / rows[0]


def whole(a, b):
    with np.errstate(divide="ignore"):
        return a // b, a % b


def after_error(a, i):
    try:
        with np.errstate(divide="ignore"):
            a[i] = 1 / a[0]
    except IndexError:
        return 1 / a
    return a


def helper(a):
    return 1 / a


def over_calls(a):
    with np.errstate(divide="ignore"):
        return helper(a) + 1


def complex_parts(z, w):
    with np.errstate(all="ignore"):
        return z / w, z * w, np.abs(z)


def single(a, b):
    with np.errstate(all="ignore"):
        return a * a * a, a / b, a[0] / b[0], a[0] * a[0]


def small(a):
    with np.errstate(under="ignore", over="ignore"):
        return a * 1e-300, a * 1e300


F = np.array([1.0, -2.0, 3.0])
G = np.array([4.0, 5.0, 0.5])
Z = np.array([0.0, 5.0, 0.0])
N = np.array([0.0, np.nan, np.inf])
I = np.arange(1, 5)

CASES = [
    ("quotients", (F, G), {}),
    ("logs", (G,), {}),
    ("within", (F,), {}),
    ("both", (F, G), {}),
    ("back_again", (F,), {}),
    ("warned_inside", (F,), {}),
    ("raised", (F,), {}),
    ("raised_at_first", (F,), {}),
    ("of_items", (F, G), {}),
    ("powers", (G, 2.5), {}),
    ("caught_powers", (G, 2.5), {}),
    ("in_loop", (F, G), {}),
    ("total", (F, G), {}),
    ("chosen", (F, G), {}),
    ("calls", (np.array([0.5, -0.5]),), {}),
    ("left_early", (np.array([[0.0, 1.0, 2.0], [1.0, 1.0, 200.0]]),), {}),
    ("whole", (I, I), {}),
    ("after_error", (lambda: (F.copy(), 1)), {}),
    ("over_calls", (F,), {}),
    ("complex_parts", (F + 1j, G - 2j), {}),
    ("single", (F.astype(np.float32), G.astype(np.float32)), {}),
    ("small", (F,), {}),
]
EDGE = [
    ("quotients", (F, Z), {}),
    ("quotients", (Z, Z), {}),
    ("quotients", (N, Z), {}),
    ("quotients", (I, I - 2), {}),
    ("quotients", (1.0, 0.0), {}),
    ("quotients", (F, G[:2]), {}),
    ("quotients", (F.astype(np.float32), Z.astype(np.float32)), {}),
    ("quotients", (F[:0], G[:0]), {}),
    ("quotients", (np.float64(1), np.float64(0)), {}),
    ("logs", (F,), {}),
    ("logs", (Z,), {}),
    ("logs", (N,), {}),
    ("within", (Z,), {}),
    ("both", (F, Z), {}),
    ("both", (F * 1e10, G), {}),
    ("back_again", (Z,), {}),
    ("warned_inside", (Z,), {}),
    ("raised", (Z,), {}),
    ("raised", (I - 2,), {}),
    ("raised_at_first", (Z,), {}),
    ("raised_at_first", ([1.0, 0.0],), {}),
    ("of_items", (F, Z), {}),
    ("of_items", (Z, Z), {}),
    ("of_items", (N, Z), {}),
    ("of_items", (np.array([np.inf, 1.0]), np.array([np.inf, 1.0])), {}),
    ("of_items", (I, I - 1), {}),
    ("of_items", ([1.0, 2.0], [0.0, 1.0]), {}),
    ("powers", (Z, -1.0), {}),
    ("powers", (F * -1, 0.5), {}),
    ("powers", (G, 1e6), {}),
    ("powers", (N, -2.0), {}),
    ("powers", (I, 3), {}),
    ("caught_powers", (Z, -1.0), {}),
    ("caught_powers", (G, 1e6), {}),
    ("caught_powers", (-G, 0.5), {}),
    ("caught_powers", ([0.0], -1.0), {}),
    ("in_loop", (F, Z), {}),
    ("in_loop", (Z, Z), {}),
    ("in_loop", ([1.0, 2.0], [1.0, 0.0]), {}),
    ("in_loop", (I, I - 1), {}),
    ("total", (Z, F), {}),
    ("total", (N, F), {}),
    ("total", (F * 1e200, G * 1e200), {}),
    ("chosen", (F, Z), {}),
    ("chosen", (Z, Z), {}),
    ("calls", (F,), {}),
    ("calls", (Z,), {}),
    ("calls", (N,), {}),
    ("left_early", (np.array([[0.0, 1.0, 2.0], [1.0, -1.0, 0.0]]),), {}),
    ("left_early", (np.array([[1.0, 1.0, 2.0], [1.0, 0.0, 200.0]]),), {}),
    ("left_early", (np.array([[1.0, 0.0, 2.0], [1.0, -1.0, 200.0]]),), {}),
    ("whole", (I, I - 2), {}),
    ("whole", (F, Z), {}),
    ("after_error", (lambda: (Z.copy(), 7)), {}),
    ("after_error", (lambda: (Z.copy(), 1)), {}),
    ("over_calls", (Z,), {}),
    ("complex_parts", (F + 1j, Z + 0j), {}),
    ("complex_parts", (N + 1j, G * 1e300 + 1e300j), {}),
    ("single", (F.astype(np.float32) * np.float32(1e20), Z.astype(np.float32)), {}),
    ("small", (F * 1e-20,), {}),
    ("small", (F * 1e20,), {}),
]
