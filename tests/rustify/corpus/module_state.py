"""Module constants, tables, `global`, helpers that call each other, names that change."""

LIMIT = 100
WEIGHTS = [0.5, 0.25, 0.125]
NAMES = ("zero", "one", "two", "three")
ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
PRIMES = {2, 3, 5, 7, 11}
EPSILON = 1e-9

counter = 0
history = []


def capped(values):
    return [v if v < LIMIT else LIMIT for v in values]


def weighted(values):
    total = 0.0
    for i in range(len(WEIGHTS)):
        total += WEIGHTS[i] * values[i]
    return total


def name_of(n):
    return NAMES[n] if 0 <= n < len(NAMES) else "many"


def from_roman(text):
    total = 0
    previous = 0
    for ch in reversed(text):
        value = ROMAN[ch]
        if value < previous:
            total -= value
        else:
            total += value
            previous = value
    return total


def to_roman(n):
    out = ""
    for value, letters in (
        (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
        (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    ):  # fmt: skip
        while n >= value:
            out += letters
            n -= value
    return out


def count_small_primes(values):
    return sum(1 for v in values if v in PRIMES)


def close(a, b):
    return abs(a - b) < EPSILON


def bump(amount):
    global counter
    counter += amount
    return counter


def remember(value):
    history.append(value)
    return len(history)


def set_limit(value):
    global LIMIT
    old = LIMIT
    LIMIT = value
    return old


def helper(x):
    return x * x + 1


def chain(n):
    total = 0
    for i in range(n):
        total += helper(i)
    return total


def bits_of_type(kind):
    if __name__ == "__main__":
        return -1
    return {"int": 64, "float": 64, "bool": 1}.get(kind, 0)


CASES = [
    ("capped", ([1, 200, 50, 100],), {}),
    ("capped", ([150],), {}),
    ("weighted", ([1.0, 2.0, 4.0],), {}),
    ("name_of", (2,), {}),
    ("name_of", (9,), {}),
    ("from_roman", ("MCMXCIV",), {}),
    ("from_roman", ("XIV",), {}),
    ("to_roman", (1994,), {}),
    ("to_roman", (9,), {}),
    ("count_small_primes", ([1, 2, 3, 4, 5],), {}),
    ("close", (1.0, 1.0 + 1e-12), {}),
    ("close", (1.0, 1.1), {}),
    ("bump", (3,), {}),
    ("bump", (4,), {}),
    ("remember", (5,), {}),
    ("chain", (10,), {}),
    ("chain", (0,), {}),
    ("bits_of_type", ("int",), {}),
    ("bits_of_type", ("str",), {}),
]

EDGE = [
    ("capped", ([1.5, 2**70, True],), {}),
    ("capped", (["a"],), {}),
    ("weighted", ([1.0],), {}),
    ("weighted", ([1, 2, 3],), {}),
    ("weighted", ([1.0, 2.0, "a"],), {}),
    ("name_of", (-1,), {}),
    ("name_of", (1.0,), {}),
    ("name_of", (True,), {}),
    ("name_of", (2**70,), {}),
    ("from_roman", ("",), {}),
    ("from_roman", ("ABC",), {}),
    ("from_roman", (["M", "I"],), {}),
    ("to_roman", (0,), {}),
    ("to_roman", (-5,), {}),
    ("to_roman", (3.5,), {}),
    ("count_small_primes", ([2.0, True, 3 + 0j],), {}),
    ("count_small_primes", ([[]],), {}),
    ("close", (1, 1), {}),
    ("close", (float("nan"), 1.0), {}),
    ("close", (2**70, 2**70 + 1), {}),
    ("bump", (2**63,), {}),
    ("bump", ("a",), {}),
    ("bump", (1,), {}),
    ("remember", ([],), {}),
    ("set_limit", (7,), {}),
    ("capped", ([1, 200, 50, 100],), {}),
    ("set_limit", (2.5,), {}),
    ("capped", ([1, 200],), {}),
    ("set_limit", ("x",), {}),
    ("capped", ([1, 200],), {}),
    ("set_limit", (100,), {}),
    ("chain", (-1,), {}),
    ("chain", ("a",), {}),
    ("bits_of_type", ([],), {}),
]
