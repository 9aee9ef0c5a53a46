"""`in` a tuple, a list or a set of literals."""


def operator(token):
    return token in ("+", "-", "**", "//")


def not_operator(token):
    return token not in ["+", "-", "**", "//", 3, None]


def kind(x):
    if x in (1, 2, 3):
        return "small"
    if x in {-1, 2.5, True, "1"}:
        return "odd"
    if x in ():
        return "never"
    if x not in [0, 0.0]:
        return "other"
    return "zero"


def count(text, n):
    found = 0
    for c in text:
        if c in ("a", "e", "i", "o", "u", "ab"):
            found += 1
        if (found + n) in (3, 5, 7):
            found += n
    return found


def next_of(items):
    """What is sought is computed once."""
    return items.pop() in (1, 2, 3), items


def missing(flag):
    if flag:
        value = 2
    return value in (1, 2)


CASES = [
    ("operator", ("+",), {}),
    ("operator", ("**",), {}),
    ("operator", ("*",), {}),
    ("not_operator", ("+",), {}),
    ("kind", (1,), {}),
    ("kind", (7,), {}),
    ("count", ("abracadabra of vowels", 1), {}),
    ("next_of", ([5, 4, 3],), {}),
    ("missing", (True,), {}),
]
EDGE = [
    ("operator", (3,), {}),
    ("operator", (None,), {}),
    ("operator", ("",), {}),
    ("operator", ([],), {}),
    ("not_operator", (None,), {}),
    ("not_operator", (3.0,), {}),
    ("kind", (-1,), {}),
    ("kind", (0,), {}),
    ("kind", (-0.0,), {}),
    ("kind", (2.5,), {}),
    ("kind", (float("nan"),), {}),
    ("kind", (True,), {}),
    ("kind", (False,), {}),
    ("kind", ("1",), {}),
    ("kind", (2**70,), {}),
    ("kind", ([],), {}),
    ("kind", (1 + 0j,), {}),
    ("next_of", ([],), {}),
    ("next_of", ([None],), {}),
    ("missing", (False,), {}),
]
