"""Walks over sets that change, are made small, or are frozen; and what is one of what may be missing."""


def total(s):
    n = 0
    for x in s:
        n = n * 3 + x
    return n


def holes(n, step):
    s = set(range(n))
    for i in range(0, n, step):
        s.discard(i)
    return [x for x in s], sorted(s), sum(x for x in s)


def grown_meanwhile(s):
    out = []
    for x in s:
        out.append(x)
        s.add(x + 100)
    return out


def caught_meanwhile(s):
    out = []
    try:
        for x in s:
            out.append(x)
            s.discard(x)
    except RuntimeError as e:
        return out, str(e)
    return out, "whole"


def exchanged(s):
    """As many items as before, others."""
    out = []
    for x in s:
        out.append(x)
        if len(out) > 50:
            break
        s.discard(x)
        s.add(x + 8)
    return out, sorted(s)


def cleared(s):
    out = []
    for x in s:
        out.append(x)
        if len(out) == 1:
            s.clear()
            s.update([7])
    return out


def words(s):
    return sorted([w.upper() for w in s]), max([len(w) for w in s], default=0), [w for w in frozenset(s)] == list(s)


def one_of(d, keys):
    hits = 0
    for k in keys:
        found = d.get(k)
        if found == k:
            hits += 1
        if k != found and found is not None:
            hits += 10
    return hits


S = {5, 1, 9, 40}
CASES = [
    ("total", (S,), {}),
    ("holes", (40, 3), {}),
    ("caught_meanwhile", (S,), {}),
    ("exchanged", ({1, 2},), {}),
    ("words", ({"b", "a", "cc"},), {}),
    ("one_of", ({"a": "a", "b": "c"}, ["a", "b", "x"]), {}),
]
EDGE = [
    ("total", (set(),), {}),
    ("total", (frozenset({3, 1, 2}),), {}),
    ("total", ({1, 2.5},), {}),
    ("total", ({2**70, 1},), {}),
    ("total", ({True, 5},), {}),
    ("total", ({-1, -2, 0},), {}),
    ("total", ({"a"},), {}),
    ("holes", (0, 1), {}),
    ("holes", (1000, 1), {}),
    ("holes", (1000, 7), {}),
    ("grown_meanwhile", ({1, 2},), {}),
    ("grown_meanwhile", (set(),), {}),
    ("caught_meanwhile", ({1},), {}),
    ("caught_meanwhile", (set(),), {}),
    ("exchanged", (set(range(20)),), {}),
    ("exchanged", (set(),), {}),
    ("cleared", ({1},), {}),
    ("cleared", ({1, 2, 3},), {}),
    ("words", (set(),), {}),
    ("words", ({"é", "", "zz"},), {}),
    ("one_of", ({"a": None}, ["a"]), {}),
    ("one_of", ({1: 1, 2: 3}, [1, 2, 4]), {}),
    ("one_of", ({1: True, 0: False}, [1, 0]), {}),
    ("one_of", ({1: 1.0}, [1]), {}),
]
