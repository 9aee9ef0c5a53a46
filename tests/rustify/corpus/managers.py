"""`with` over the file's own managers, imports inside functions, patterns of classes by position."""

from contextlib import contextmanager


class Account:
    def __init__(self, start):
        self.total = start
        self.log = []

    def __enter__(self):
        self.total += 1
        return self

    def __exit__(self, kind, value, trace):
        self.total -= 1
        self.log.append(kind is not None)
        return False


class Forgiving:
    def __init__(self):
        self.caught = 0

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        if kind is ValueError:
            self.caught += 1
            return True
        return False


class Depth:
    level = 0

    def __init__(self, names):
        self.names = names

    def __enter__(self):
        self.names.append("in")
        return len(self.names)

    def __exit__(self, *details):
        self.names.append("out")


@contextmanager
def noted(log, name="step"):
    log.append("begin " + name)
    try:
        yield len(log)
    finally:
        log.append("end " + name)


@contextmanager
def swallowing(log):
    try:
        yield
    except ZeroDivisionError:
        log.append("swallowed")


@contextmanager
def plain(values):
    values.append(1)
    yield values
    values.append(2)


def account(n):
    a = Account(n)
    with a as b:
        b.total += n
        c = b.total
    return a.total, a.log, c


def account_returns(xs):
    a = Account(0)
    for x in xs:
        with a:
            if x > 2:
                return x, a.log
            if x < 0:
                continue
            a.total += x
    return a.total, a.log


def forgiving(x):
    f = Forgiving()
    with f:
        if x < 0:
            raise ValueError("negative")
        x += 1
    return x, f.caught


def nested(n):
    names = []
    with Depth(names) as d, Depth(names) as e:
        n += d * e
    with Depth(names):
        with Depth(names) as f:
            n -= f
    return n, names


def note(n):
    log = []
    with noted(log) as k:
        log.append(str(n * k))
    with noted(log, "second"):
        for i in range(n):
            if i > 1:
                break
            log.append(str(i))
    return log


def divide(a, b):
    log = []
    result = None
    with swallowing(log):
        result = a // b
        log.append("divided")
    return result, log


def raise_through(values, x):
    log = []
    try:
        with noted(log, "risky"):
            log.append(str(10 // x))
    except ZeroDivisionError:
        log.append("caught")
    with plain(values) as v:
        v.append(x)
    return log, values


def import_here(x):
    import math

    return math.sqrt(x) + math.floor(x)


def import_from(xs):
    from collections import Counter
    from itertools import accumulate

    return list(accumulate(xs)), Counter(xs)[1]


def import_as(xs):
    import heapq as h
    import operator
    from functools import reduce

    heap = list(xs)
    h.heapify(heap)
    return h.heappop(heap), reduce(operator.add, xs, 0)


def import_arrays(xs):
    import numpy as np

    a = np.array(xs, dtype=np.float64)
    return float(np.sum(a * 2.0))


def no_import(x):
    return math.sqrt(x)  # noqa: F821


def import_late(x):
    y = math.pi  # noqa: F821
    import math

    return y + math.e + x


class Pair:
    __match_args__ = ("first", "second")

    def __init__(self, first, second):
        self.first = first
        self.second = second


def pair(a, b):
    match Pair(a, b):
        case Pair(1, c):
            return c
        case Pair(c, second=d) if c == d:
            return "same"
        case Pair(c, d):
            return c + d


CASES = [
    ("account", (3,), {}),
    ("account_returns", ([1, 2],), {}),
    ("account_returns", ([1, -2, 3, 4],), {}),
    ("forgiving", (3,), {}),
    ("nested", (3,), {}),
    ("note", (4,), {}),
    ("divide", (7, 2), {}),
    ("raise_through", ([], 2), {}),
    ("import_here", (2.5,), {}),
    ("import_from", ([1, 2, 1],), {}),
    ("import_as", ([3, 1, 2],), {}),
    ("import_arrays", ([1.0, 2.5],), {}),
    ("pair", (1, 5), {}),
    ("pair", (2, 5), {}),
    ("pair", (2, 2), {}),
]

EDGE = [
    ("account", ("a",), {}),
    ("account", (2**63 - 1,), {}),
    ("account_returns", (["a"],), {}),
    ("forgiving", (-3,), {}),
    ("forgiving", ("a",), {}),
    ("nested", (None,), {}),
    ("note", (0,), {}),
    ("note", ("a",), {}),
    ("divide", (7, 0), {}),
    ("divide", (7, "a"), {}),
    ("raise_through", ([5], 0), {}),
    ("raise_through", ([5], "a"), {}),
    ("import_here", (-1.0,), {}),
    ("import_here", ("a",), {}),
    ("import_from", ([],), {}),
    ("import_as", ([],), {}),
    ("import_arrays", ([],), {}),
    ("import_arrays", (["a"],), {}),
    ("no_import", (4.0,), {}),
    ("import_late", (4.0,), {}),
    ("pair", ("a", 1), {}),
    ("pair", (None, None), {}),
]
