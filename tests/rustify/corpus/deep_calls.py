"""Deep recursion whose Rust gives up: Python then goes as deep as it does on its own."""


def down(n, x):
    return x * 2 if n == 0 else down(n - 1, x)


def is_even(n, x):
    return x - 1 if n == 0 else is_odd(n - 1, x)


def is_odd(n, x):
    return x - 1 if n == 0 else is_even(n - 1, x)


CASES = [("down", (5, 3), {}), ("is_even", (5, 3), {}), ("is_odd", (5, 3), {})]
EDGE = [
    ("down", (600, [1]), {}),
    ("down", (900, [1]), {}),
    ("down", (950, [2]), {}),
    ("down", (2000, [3]), {}),
    ("is_even", (901, 2**70), {}),
    ("is_even", (900, 2.5), {}),
]
