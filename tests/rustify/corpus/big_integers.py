"""Whole numbers that outgrow machine words."""


def fib_big(n):
    a, b = 0, 1
    for _ in range(n):
        a, b = b, a + b
    return a


def factorial(n):
    r = 1
    for i in range(2, n + 1):
        r *= i
    return r


def fact_rec(n):
    return 1 if n <= 1 else n * fact_rec(n - 1)


def power(b, e):
    return b**e


def digit_sum_pow(n):
    return sum(int(d) for d in str(2**n))


def modpow(b, e, m):
    r = 1
    b %= m
    while e > 0:
        if e & 1:
            r = r * b % m
        b = b * b % m
        e >>= 1
    return r


def digits_of_fact(n):
    s = 0
    x = factorial(n)
    while x:
        s += x % 10
        x //= 10
    return s


def gcd(a, b):
    while b:
        a, b = b, a % b
    return a


def fermat(k):
    return [2 ** (2**i) + 1 for i in range(k)]


def big_const(x):
    return x + 123456789012345678901234567890123456789012345678901234567890


def isqrt(n):
    x = n
    y = (x + 1) // 2
    while y < x:
        x = y
        y = (x + n // x) // 2
    return x


def binom(n, k):
    num = den = 1
    for i in range(k):
        num *= n - i
        den *= i + 1
    return num // den


CASES = [
    ("fib_big", (300,), {}),
    ("fib_big", (10,), {}),
    ("factorial", (50,), {}),
    ("fact_rec", (60,), {}),
    ("power", (7, 200), {}),
    ("digit_sum_pow", (1000,), {}),
    ("modpow", (3**100, 5**80, 7**90), {}),
    ("digits_of_fact", (100,), {}),
    ("gcd", (2**200 * 3, 2**190 * 5), {}),
    ("fermat", (9,), {}),
    ("big_const", (5,), {}),
    ("isqrt", (10**60,), {}),
    ("binom", (200, 100), {}),
]

EDGE = [
    ("fib_big", (-1,), {}),
    ("fib_big", (2.5,), {}),
    ("factorial", (1000,), {}),
    ("factorial", (True,), {}),
    ("power", (2, -1), {}),
    ("power", (2.5, 3), {}),
    ("power", (0, -1), {}),
    ("modpow", (2, 3, 0), {}),
    ("gcd", (1.5, 0.5), {}),
    ("big_const", (1.5,), {}),
    ("isqrt", (0,), {}),
    ("isqrt", (-4,), {}),
    ("binom", (5, 0), {}),
    ("binom", (True, 2), {}),
    ("digit_sum_pow", (5000,), {}),
    ("digit_sum_pow", (20000,), {}),
]
