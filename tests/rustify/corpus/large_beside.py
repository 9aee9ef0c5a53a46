"""Functions that have no translation for large numbers, beside those that need one and call them."""


def power(x, k):
    return x**k


def sieve(n):
    flags = bytearray([1]) * (n + 1)
    out = []
    for i in range(2, n + 1):
        if flags[i]:
            out.append(i)
            for j in range(i * i, n + 1, i):
                flags[j] = 0
    return out


def both(n, k):
    return power(len(sieve(n)), k)


def factorial(n):
    product = 1
    for i in range(2, n + 1):
        product *= i
    return product


def ratio(n, k):
    return factorial(n) // (factorial(k) * factorial(n - k)) + sum(sieve(k))


CASES = [
    ("power", (2, 3), {}),
    ("power", (2.0, 3), {}),
    ("sieve", (50,), {}),
    ("both", (20, 3), {}),
    ("factorial", (10,), {}),
    ("factorial", (30,), {}),
    ("ratio", (40, 20), {}),
]
EDGE = [
    ("power", (10, 100), {}),
    ("power", (2, -1), {}),
    ("sieve", (True,), {}),
    ("sieve", (2**70,), {}),
    ("sieve", (-5,), {}),
    ("both", (20, 300), {}),
    ("both", (20, -1), {}),
    ("both", (0, -1), {}),
    ("factorial", (True,), {}),
    ("factorial", (5.0,), {}),
    ("ratio", (5, 2), {}),
    ("ratio", (2, 5), {}),
]
