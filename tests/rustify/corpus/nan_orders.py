"""The smallest and the largest of numbers, NaN among them: what `<` and `>` say, one after another."""

NAN = float("nan")


def largest(values):
    return max(values)


def smallest(values):
    return min(values, default=0.0)


def two(a, b):
    return min(a, b), max(a, b)


def clamp(x):
    return max(0.0, min(1.0, x))


def place(values):
    return max(range(len(values)), key=lambda i: values[i])


def shifted(values):
    top = max(values)
    return [x - top for x in values]


def by_size(values):
    return max(values, key=abs)


CASES = [
    ("largest", ([1.0, 3.0, 2.0],), {}),
    ("largest", ([1.0, NAN, 2.0],), {}),
    ("smallest", ([1.0, NAN, 0.5],), {}),
    ("two", (1.0, 2.0), {}),
    ("two", (1.0, NAN), {}),
    ("clamp", (0.5,), {}),
    ("clamp", (NAN,), {}),
    ("place", ([1.0, NAN, 2.0],), {}),
    ("shifted", ([1.0, 2.0],), {}),
    ("shifted", ([1.0, NAN],), {}),
    ("by_size", ([1.0, -2.0],), {}),
]
EDGE = [
    ("largest", ([NAN, 1.0],), {}),
    ("largest", ([NAN],), {}),
    ("largest", ([1, NAN, 2],), {}),
    ("largest", ((NAN, 3),), {}),
    ("smallest", ([],), {}),
    ("smallest", ([NAN, NAN],), {}),
    ("two", (NAN, 1.0), {}),
    ("two", (NAN, 1), {}),
    ("place", ([NAN, NAN, 1.0],), {}),
    ("place", ([],), {}),
    ("shifted", ([NAN, 2.0],), {}),
    ("by_size", ([1.0, NAN],), {}),
    ("by_size", ([NAN, 1, -3],), {}),
]
