"""Dicts and their views backwards, and what `**rest` of a pattern gets."""

from collections import Counter, defaultdict


def keys_back(d):
    return list(reversed(d))


def items_back(d):
    return [(k, v) for k, v in reversed(d.items())]


def values_back(d):
    total = 0
    for v in reversed(d.values()):
        total = total * 10 + v
    return total


def last_key(d):
    return next(reversed(d))


def last_or(d, default):
    for key in reversed(d.keys()):
        return key
    return default


def made_here(n):
    d = {}
    for i in range(n):
        d[i * 7 % 11] = i
    for i in range(0, n, 3):
        d.pop(i * 7 % 11, None)
    return list(reversed(d)), list(reversed(d.items())), list(reversed(d.values()))


def changed(d, key):
    seen = []
    try:
        for k in reversed(d):
            seen.append(k)
            if k == key:
                d["new"] = 1
    except RuntimeError as e:
        return seen, str(e)
    return seen, None


def changed_here(n, at):
    d = {i: i for i in range(n)}
    seen = []
    try:
        for k in reversed(d):
            seen.append(k)
            if k == at:
                del d[k]
    except RuntimeError as e:
        return seen, str(e)
    return seen, None


def new_values(n):
    d = {i: i for i in range(n)}
    seen = []
    for k, v in reversed(d.items()):
        seen.append(v)
        d[0] = 100 + k
    return seen


def counts_back(text):
    counts = Counter(text)
    groups = defaultdict(list)
    for c in text:
        groups[ord(c) % 3].append(c)
    return list(reversed(counts)), [(k, "".join(v)) for k, v in reversed(groups.items())]


def rest_of(v):
    match v:
        case {"t": t, **rest}:
            return t, rest
        case {**rest}:
            return None, rest
    return None


def kinds(v):
    match v:
        case {"type": "pt", "x": int(x), **others} if others:
            others["x2"] = x * x
            return others
        case {"type": "pt", **others}:
            return len(others)
        case [{"a": a, **more}, *_]:
            return a, more
    return v


def of_default(word):
    d = defaultdict(int)
    for c in word:
        d[c] += 1
    match d:
        case {"a": n, **rest}:
            return n, type(rest).__name__, rest, dict(d)
        case {"z": n}:
            return n
    return 0


def emptied(d):
    match d:
        case {1: a, 2: b, **rest}:
            return a + b + sum(rest.values()), d
        case _:
            return 0, d


CASES = [
    ("keys_back", ({"a": 1, "b": 2},), {}),
    ("items_back", ({"a": 1, "b": 2},), {}),
    ("values_back", ({"a": 1, "b": 2},), {}),
    ("last_key", ({"a": 1, "b": 2},), {}),
    ("last_or", ({"a": 1, "b": 2}, "c"), {}),
    ("made_here", (9,), {}),
    ("made_here", (30,), {}),
    ("changed", ({"a": 1, "b": 2, "c": 3}, "b"), {}),
    ("changed_here", (6, 3), {}),
    ("new_values", (5,), {}),
    ("counts_back", ("banana",), {}),
    ("rest_of", ({"t": 1, "z": 2},), {}),
    ("kinds", ({"type": "pt", "x": 2, "c": 3},), {}),
    ("kinds", ({"type": "pt", "x": 2},), {}),
    ("of_default", ("banana",), {}),
    ("emptied", ({1: 2, 2: 3, 3: 4},), {}),
]

EDGE = [
    ("keys_back", ({},), {}),
    ("keys_back", ([1, 2],), {}),
    ("keys_back", ({1, 2},), {}),
    ("keys_back", ({1: 2, "a": None},), {}),
    ("items_back", ({},), {}),
    ("items_back", ([1],), {}),
    ("values_back", ({1: 1.5},), {}),
    ("values_back", ({1: "a"},), {}),
    ("last_key", ({},), {}),
    ("last_or", ({}, 5), {}),
    ("made_here", (0,), {}),
    ("changed", ({"a": 1, "new": 2, "c": 3}, "c"), {}),
    ("changed", ({"a": 1, "b": 2}, "a"), {}),
    ("changed_here", (6, 0), {}),
    ("changed_here", (0, 0), {}),
    ("new_values", (0,), {}),
    ("counts_back", ("",), {}),
    ("rest_of", ({"t": 1},), {}),
    ("rest_of", ({},), {}),
    ("rest_of", ([],), {}),
    ("rest_of", ({1: 2},), {}),
    ("kinds", ({"type": "pt", "x": 2.5, "c": 3},), {}),
    ("kinds", ({"type": "pt", "x": True, "c": 3},), {}),
    ("kinds", ([{"a": 1, "b": 2}, 3],), {}),
    ("kinds", ([{"b": 2}, 3],), {}),
    ("kinds", (5,), {}),
    ("of_default", ("zoo",), {}),
    ("of_default", ("q",), {}),
    ("emptied", ({1: 2, 2: 3},), {}),
    ("emptied", ({1.0: 2, 2: 3, True: 5},), {}),
    ("emptied", ({},), {}),
]
