"""What warns: each warning is seen once, at the line that Python gives it, also where the function fails later."""

import math
import re
import warnings

import numpy as np


def quotient(a, b):
    return a / b


def mean_of_part(a, n):
    return float(np.mean(a[:n])) + 1.0


def spread(a, n):
    return np.std(a[:n], ddof=1)


def roots(a):
    return np.sqrt(a) + 1


def filled(n, value):
    return np.full(min(n, 50), value, dtype=np.float32)


def real_part(a):
    out = np.zeros(len(a))
    out[:] = a
    return out


def narrowed(a):
    return a.astype(np.float32).sum()


def whole(a):
    return a.astype(np.int64) + 1


def as_array(xs, kind):
    return np.array(xs, dtype=kind)


def then_fails(a, d):
    total = np.log(a).sum()
    d["total"] = total
    return d["total"] / d["missing"]


def caught(a):
    try:
        return np.log(a) / 2
    except Exception as e:
        return str(e)


def many(rows):
    out = []
    for row in rows:
        out.append(np.log(row).max())
    return out


def grown(x, n):
    for _ in range(min(n, 6)):
        x = x * x
    return x


def added(a, b):
    return a + b


def inverted(flag):
    return ~flag


def factorials(n):
    return [math.factorial(k) for k in range(min(n, 20))]


def as_float(a):
    return float(a)


def first_words(text):
    return re.split(r"\s+", text)[:2]


def quiet_mean(a):
    with np.errstate(all="ignore"):
        return np.log(a).sum()


def silenced(a):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return np.log(a).sum()


def strict(a):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            return roots(a)
        except RuntimeWarning as e:
            return str(e)


def once(a):
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("once")
        for _ in range(3):
            roots(a)
    return [str(w.message) for w in seen], [w.lineno for w in seen]


def by_default(a):
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("default")
        for _ in range(3):
            roots(a)
            mean_of_part(a, 0)
    return [str(w.message) for w in seen], [w.lineno for w in seen]


def filters_after(a):
    before = list(warnings.filters)
    roots(a)
    filled(3, 1.5)
    return warnings.filters == before, len(warnings.filters) == len(before)


def errors_of_numpy(a):
    with np.errstate(all="raise"):
        try:
            return filled(2, 1e39)
        except FloatingPointError as e:
            return str(e)


def called_back(a):
    log = []
    old = np.seterrcall(lambda kind, flag: log.append((kind, flag)))
    try:
        with np.errstate(all="call"):
            roots(a)
            filled(2, 1e39)
            mean_of_part(a, 0)
    finally:
        np.seterrcall(old)
    return log


A = np.array([0.5, 2.0, 3.0])
CASES = [
    ("quotient", (A, 2.0), {}),
    ("mean_of_part", (A, 2), {}),
    ("spread", (A, 3), {}),
    ("roots", (A,), {}),
    ("filled", (3, 1.5), {}),
    ("real_part", ([0.5, 1.5],), {}),
    ("narrowed", (A,), {}),
    ("whole", (A,), {}),
    ("as_array", ([1.5, 2.5], "f4"), {}),
    ("then_fails", (A, {"missing": 2.0}), {}),
    ("caught", (A,), {}),
    ("many", ([A, A + 1],), {}),
    ("grown", lambda: (np.float64(1.5), 3), {}),
    ("added", lambda: (np.int64(3), np.int64(4)), {}),
    ("inverted", (5,), {}),
    ("factorials", (5,), {}),
    ("as_float", lambda: (np.float64(1.5),), {}),
    ("first_words", ("a b c",), {}),
    ("quiet_mean", (A,), {}),
    ("silenced", (A,), {}),
    ("strict", (A,), {}),
    ("once", (A,), {}),
    ("by_default", (A,), {}),
    ("filters_after", (A,), {}),
    ("errors_of_numpy", (A,), {}),
    ("called_back", (A,), {}),
]
ZERO = np.array([0.0, 1.0, -1.0])
EDGE = [
    ("quotient", (ZERO, 0.0), {}),
    ("quotient", (np.float64(1.0), np.float64(0.0)), {}),
    ("quotient", (np.int64(1), np.int64(0)), {}),
    ("quotient", (A, np.array([0.0, 1.0, 2.0])), {}),
    ("mean_of_part", (A, 0), {}),
    ("spread", (A, 1), {}),
    ("spread", (A, 0), {}),
    ("roots", (ZERO,), {}),
    ("roots", (np.float32(-1),), {}),
    ("roots", (-1.0,), {}),
    ("filled", (3, 1e39), {}),
    ("filled", (3, np.float64(1e300)), {}),
    ("filled", (2, 1j), {}),
    ("filled", (2, np.complex128(1j)), {}),
    ("real_part", (np.array([1j, 2]),), {}),
    ("real_part", ([np.complex128(1j)],), {}),
    ("narrowed", (A * 1e300,), {}),
    ("narrowed", (np.array([1j]),), {}),
    ("whole", (A * float("nan"),), {}),
    ("whole", (A * 1e300,), {}),
    ("whole", (np.array([1.5 + 2j]),), {}),
    ("as_array", ([1e39, 1.0], np.float32), {}),
    ("as_array", ([np.float64(1e39)], np.float32), {}),
    ("as_array", (np.array([1e39]), np.float32), {}),
    ("as_array", (np.array([1j]), np.float64), {}),
    ("as_array", ([300], np.uint8), {}),
    ("as_array", (np.array([float("nan")]), np.int8), {}),
    ("then_fails", (ZERO, {"missing": 0.0}), {}),
    ("then_fails", (ZERO, {}), {}),
    ("caught", (ZERO,), {}),
    ("many", ([A, ZERO, A],), {}),
    ("many", ([ZERO, ZERO],), {}),
    ("grown", (np.float64(1e200), 3), {}),
    ("grown", (np.float32(1e30), 3), {}),
    ("grown", (np.int32(100000), 3), {}),
    ("added", (np.int64(2**63 - 1), np.int64(1)), {}),
    ("added", (np.uint8(200), np.uint8(100)), {}),
    ("inverted", (True,), {}),
    ("inverted", (np.bool_(True),), {}),
    ("factorials", (2.0,), {}),
    ("as_float", (np.array([1.5]),), {}),
    ("as_float", (np.array(1.5),), {}),
    ("as_float", (np.complex128(1 + 1j),), {}),
    ("quiet_mean", (ZERO,), {}),
    ("silenced", (ZERO,), {}),
    ("strict", (ZERO,), {}),
    ("once", (ZERO,), {}),
    ("by_default", (ZERO,), {}),
    ("filters_after", (ZERO,), {}),
    ("called_back", (ZERO,), {}),
]


if __name__ == "__main__":
    for name, args, kwargs in CASES:
        print(globals()[name](*(args() if callable(args) else args), **kwargs))
