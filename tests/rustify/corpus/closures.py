"""Nested functions, closures over constants, lambdas, recursion of bounded and unbounded depth."""


def make_adder(n):
    def add(x):
        return x + n

    return add


def make_power(exponent):
    return lambda base: base**exponent


add_five = make_adder(5)
cube = make_power(3)


def scale_all(values, factor):
    def scaled(v):
        return v * factor + 1

    return [scaled(v) for v in values]


def apply_constants(x):
    return add_five(x) + cube(x)


def compose(x, times):
    step = lambda v: 3 * v + 1
    for _ in range(times):
        x = step(x) % 1000003
    return x


def factorial(n):
    return 1 if n <= 1 else n * factorial(n - 1)


def ackermann(m, n):
    if m == 0:
        return n + 1
    if n == 0:
        return ackermann(m - 1, 1)
    return ackermann(m - 1, ackermann(m, n - 1))


def is_even(n):
    return True if n == 0 else is_odd(n - 1)


def is_odd(n):
    return False if n == 0 else is_even(n - 1)


def hanoi(n, source, target, spare):
    if n == 0:
        return []
    return hanoi(n - 1, source, spare, target) + [(source, target)] + hanoi(n - 1, spare, target, source)


def permutations(items):
    if len(items) <= 1:
        return [items]
    out = []
    for i in range(len(items)):
        rest = items[:i] + items[i + 1 :]
        for p in permutations(rest):
            out.append([items[i]] + p)
    return out


def count_paths(rows, columns):
    memo = {}

    def walk(r, c):
        if r == 0 or c == 0:
            return 1
        if (r, c) not in memo:
            memo[(r, c)] = walk(r - 1, c) + walk(r, c - 1)
        return memo[(r, c)]

    return walk(rows, columns)


def tally(values):
    count = 0

    def note(v):
        nonlocal count
        if v > 0:
            count += 1

    for v in values:
        note(v)
    return count


def integrate(a, b, n):
    def f(x):
        return x * x - 2.0 * x + 1.0

    h = (b - a) / n
    total = 0.0
    for i in range(n):
        total += f(a + (i + 0.5) * h)
    return total * h


def quick_sort(values):
    if len(values) <= 1:
        return values
    pivot = values[len(values) // 2]
    low = [v for v in values if v < pivot]
    same = [v for v in values if v == pivot]
    high = [v for v in values if v > pivot]
    return quick_sort(low) + same + quick_sort(high)


def depth(nested):
    if not isinstance(nested, list):
        return 0
    return 1 + max([depth(item) for item in nested], default=0)


CASES = [
    ("add_five", (3,), {}),
    ("add_five", (-9,), {}),
    ("cube", (4,), {}),
    ("cube", (-2,), {}),
    ("scale_all", ([1, 2, 3], 5), {}),
    ("apply_constants", (2,), {}),
    ("apply_constants", (-3,), {}),
    ("compose", (7, 20), {}),
    ("factorial", (10,), {}),
    ("factorial", (15,), {}),
    ("ackermann", (2, 3), {}),
    ("ackermann", (1, 10), {}),
    ("is_even", (10,), {}),
    ("is_odd", (7,), {}),
    ("hanoi", (3, "a", "c", "b"), {}),
    ("permutations", ([1, 2, 3],), {}),
    ("count_paths", (6, 7), {}),
    ("tally", ([1, -2, 3, 0],), {}),
    ("integrate", (0.0, 2.0, 50), {}),
    ("quick_sort", ([3, 6, 1, 8, 2, 9, 2],), {}),
    ("depth", ([1, [2, [3]], []],), {}),
]

EDGE = [
    ("add_five", (2**63 - 1,), {}),
    ("add_five", ("a",), {}),
    ("add_five", (1.5,), {}),
    ("cube", (2**30,), {}),
    ("cube", (0.1,), {}),
    ("cube", ("a",), {}),
    ("scale_all", (["a"], 2), {}),
    ("scale_all", ([1.5, True], 2**70), {}),
    ("scale_all", ([], None), {}),
    ("apply_constants", (2**21,), {}),
    ("apply_constants", (1.5,), {}),
    ("compose", (2**70, 3), {}),
    ("compose", (-5, 0), {}),
    ("compose", (1.5, 2), {}),
    ("factorial", (25,), {}),
    ("factorial", (-2,), {}),
    ("factorial", (2000,), {}),
    ("factorial", (5.0,), {}),
    ("ackermann", (0, 2**63 - 1), {}),
    ("ackermann", (3, -1), {}),
    ("is_even", (-1,), {}),
    ("is_even", (4.0,), {}),
    ("is_odd", (5000,), {}),
    ("hanoi", (0, 1, 2, 3), {}),
    ("hanoi", (2, None, 1.5, "x"), {}),
    ("permutations", ([],), {}),
    ("permutations", ("abc",), {}),
    ("permutations", ([[1], [2]],), {}),
    ("count_paths", (40, 40), {}),
    ("count_paths", (2.5, 1), {}),
    ("tally", (["a"],), {}),
    ("tally", ([True, 2.5, 2**80],), {}),
    ("integrate", (0.0, 1.0, 0), {}),
    ("integrate", (0, 1, 3), {}),
    ("quick_sort", ([1.5, float("nan"), 0.5],), {}),
    ("quick_sort", (["b", "a", 1],), {}),
    ("quick_sort", ((2, 1),), {}),
    ("depth", (3,), {}),
    ("depth", ([[[[[]]]]],), {}),
]
