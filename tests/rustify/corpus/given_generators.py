"""Generator expressions that are handed to functions and classes of the file."""


def total(items):
    t = 0
    for item in items:
        t += item
    return t


def first_big(items, limit):
    for item in items:
        if item > limit:
            return item
    return None


def both(items):
    return [list(items), list(items)]


def squares(n):
    return total(i * i for i in range(n))


def scaled(n, factor):
    return total(i * factor for i in range(n) if i % 2)


def early(n, limit):
    return first_big((i * i for i in range(n)), limit)


def used_up(n):
    return both(i for i in range(n))


def later(n):
    k = 2
    items = (i * k for i in range(n))
    k = 3
    return total(items)


class Bag:
    def __init__(self, items=()):
        self.counts = {}
        for key, n in items:
            self.counts[key] = self.counts.get(key, 0) + n

    @classmethod
    def parse(cls, text):
        return cls((part.split("=")[0], int(part.split("=")[1])) for part in text.split(","))


def parsed(text):
    return Bag.parse(text).counts


def nested(text):
    return Bag((p[0], len(p)) for p in (line.split() for line in text.splitlines())).counts


CASES = [
    ("squares", (10,), {}),
    ("scaled", (10, 3), {}),
    ("early", (100, 50), {}),
    ("used_up", (3,), {}),
    ("later", (4,), {}),
    ("parsed", ("a=1,b=2,a=3",), {}),
    ("nested", ("a b\nc\na d e",), {}),
]
EDGE = [
    ("squares", (0,), {}),
    ("squares", ("a",), {}),
    ("scaled", (5, 2.5), {}),
    ("scaled", (3, "ab"), {}),
    ("scaled", (3, None), {}),
    ("early", (10**15, 50), {}),
    ("early", (10, 5000), {}),
    ("early", (10**6, 10**9), {}),
    ("used_up", (0,), {}),
    ("parsed", ("a=x",), {}),
    ("parsed", ("a",), {}),
    ("parsed", ("",), {}),
    ("nested", ("\n",), {}),
    ("nested", ("",), {}),
]
