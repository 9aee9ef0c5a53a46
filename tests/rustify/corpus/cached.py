"""Functions behind decorators and `lru_cache`: those stay Python's, what stands behind them runs in Rust."""

import functools
from functools import cache, lru_cache


@cache
def collatz(n):
    steps = 0
    while n != 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        steps += 1
    return steps


@functools.lru_cache(maxsize=2)
def divisors(n):
    return [d for d in range(1, n + 1) if n % d == 0]


@cache
def total(n, start=0):
    s = start
    for i in range(n):
        s += i * i
    return s


@lru_cache
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def noted(function):
    @functools.wraps(function)
    def inner(*args, **kwargs):
        inner.calls += 1
        return function(*args, **kwargs)

    inner.calls = 0
    return inner


def repeated(times):
    def decorate(function):
        def inner(x):
            for _ in range(times):
                x = function(x)
            return x

        return inner

    return decorate


@noted
def weighted(values, weight=2):
    total = 0
    for v in values:
        total += v * weight
    return total


@repeated(3)
def halved(x):
    steps = 0
    while x > 10:
        x -= 1
        steps += 1
    return x + steps // 2


@noted
@lru_cache(maxsize=8)
def both(n):
    return sum(i * i for i in range(n))


def identity_of_results(n):
    a = divisors(n)
    a.append(0)
    return divisors(n) is a, divisors.cache_info()[2]


CASES = [
    ("collatz", (27,), {}),
    ("collatz", (97,), {}),
    ("divisors", (12,), {}),
    ("divisors", (60,), {}),
    ("total", (10,), {}),
    ("total", (10,), {"start": 3}),
    ("fib", (15,), {}),
    ("weighted", ([1, 2, 3],), {}),
    ("weighted", ([1, 2, 3],), {"weight": 5}),
    ("halved", (40,), {}),
    ("both", (10,), {}),
    ("identity_of_results", (6,), {}),
]

EDGE = [
    ("collatz", ([1],), {}),
    ("collatz", (1,), {}),
    ("collatz", (2**70,), {}),
    ("divisors", (0,), {}),
    ("divisors", ("a",), {}),
    ("divisors", (3.0,), {}),
    ("total", (0,), {"start": "a"}),
    ("total", (3,), {"start": 2**63}),
    ("weighted", (["a"],), {}),
    ("weighted", ([2**62, 2**62],), {}),
    ("halved", (1.5,), {}),
    ("halved", ("a",), {}),
    ("both", (0,), {}),
    ("both", ([],), {}),
    ("fib", (1.5,), {}),
    ("fib", ({},), {}),
]
