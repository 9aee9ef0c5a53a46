# ruff: noqa: F821, F823, F841
"""Variables that have a name of the module, and that are read before the line that gives them a value."""

g = 5
total = 100


def last_but_one(n):
    t = 0
    for i in range(n):
        if i > 0:
            t += y
        y = i
    return t


def hides_global(n):
    t = 0
    for i in range(n):
        if i > 1:
            t = g
        g = i
    return t


def changes(text):
    out = []
    for c in text:
        if out and c == before:
            out[-1] += 1
        else:
            out.append(1)
        before = c
    return out


def maybe_hidden(flag):
    if flag:
        total = 1
    return total


def deleted(n):
    if n > 3:
        del n
    return n


def walrus(xs):
    hits = 0
    for x in xs:
        if hits:
            hits += half
        elif (half := x // 2) > 2:
            hits = half
    return hits


def defaults(x, y=None):
    if y is None:
        z = x
    else:
        z = y.upper()
    return z


CASES = [
    ("last_but_one", (5,), {}),
    ("hides_global", (5,), {}),
    ("changes", ("aabccc",), {}),
    ("maybe_hidden", (True,), {}),
    ("deleted", (2,), {}),
    ("walrus", ([1, 9, 3],), {}),
    ("defaults", (3,), {}),
]
EDGE = [
    ("last_but_one", (0,), {}),
    ("hides_global", (1,), {}),
    ("maybe_hidden", (False,), {}),
    ("deleted", (7,), {}),
    ("changes", ("",), {}),
    ("defaults", (3, "a"), {}),
    ("defaults", (3, 4), {}),
]


if __name__ == "__main__":
    for name, args, kwargs in CASES:
        print(globals()[name](*args, **kwargs))
