"""Sets made of sets, dicts and lists: the table's size, and with it the order, depends on what it is made of."""


def copied(s):
    return list(set(s))


def merged(a, b):
    s = set(a)
    s.update(b)
    return list(s), list(s | b), list(s.union(b)), list(frozenset(b)), list({*a, *b})


def grown(n):
    comp = set()
    for i in range(n):
        comp.update(range(i * i, i * i + 40, 7))
        comp.update([i, -i])
    return list(comp)


def dictset(d):
    return list(set(d)), list(set(d.keys())), list(frozenset(d))


A = set(range(0, 1000, 37))
A -= set(range(0, 900, 37))
B = set(range(5000, 5600, 7))
CASES = [
    ("copied", ({3, 1, 2},), {}),
    ("merged", ({1, 2}, {2, 3}), {}),
    ("grown", (5,), {}),
    ("dictset", ({1: 2, 3: 4},), {}),
]
EDGE = [
    ("copied", (A,), {}),
    ("copied", (B,), {}),
    ("copied", ({x * x for x in range(40)},), {}),
    ("merged", (A, B), {}),
    ("merged", (B, A), {}),
    ("merged", ({x * x for x in range(40)}, B), {}),
    ("merged", (set(), {x * x for x in range(40)}), {}),
    ("grown", (30,), {}),
    ("dictset", ({x * x: 1 for x in range(40)},), {}),
    ("dictset", ({str(x): 1 for x in range(40)},), {}),
]
