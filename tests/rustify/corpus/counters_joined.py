"""Operators of counters, which keep what is above 0, in place and not; the most common of any number."""

from collections import Counter


def common(a, b):
    return sum((Counter(a) & Counter(b)).values())


def joined(a, b):
    x, y = Counter(a), Counter(b)
    return x + y, x - y, x | y, x & y


def with_negatives(a, b):
    x, y = Counter(a), Counter(b)
    for key in list(x):
        x[key] -= 2
    y["none"] = 0
    return x + y, x - y, y - x, x | y, x & y, list((x + y).items()), x, y


def in_place(a, b):
    x, y = Counter(a), Counter(b)
    same = x
    x += y
    first = dict(x)
    x -= Counter(b[:1])
    second = list(x.items())
    x |= y
    third = list(x.items())
    x &= y
    return first, second, third, x, same is x, y


def given(x, y):
    x += y
    return x


def less(x, y):
    x -= y
    return x


def larger(x, y):
    x |= y
    return x


def smaller(x, y):
    x &= y
    return x


def total(texts):
    every = Counter()
    for t in texts:
        every += Counter(t.split())
    return every.most_common(2), every


def attribute_like(d, words):
    d["count"] += Counter(words)
    return d


def top(xs, n):
    return Counter(xs).most_common(n)


CASES = [
    ("common", ("abca", "aab"), {}),
    ("joined", ("abca", "aabd"), {}),
    ("with_negatives", ("abcaaa", "aabd"), {}),
    ("in_place", ("abca", "aabd"), {}),
    ("given", (Counter("ab"), Counter("bc")), {}),
    ("less", (Counter("aab"), Counter("bc")), {}),
    ("larger", (Counter("aab"), Counter("bbc")), {}),
    ("smaller", (Counter("aab"), Counter("bbc")), {}),
    ("total", (["a b a", "b c"],), {}),
    ("attribute_like", ({"count": Counter("ab")}, ["a", "c"]), {}),
    ("top", ("abca", 2), {}),
]
SAME = Counter("aab")
EDGE = [
    ("common", ("", ""), {}),
    ("common", ([1, 2], [2, 3]), {}),
    ("common", ([1, 2], "ab"), {}),
    ("common", ([1, 1.0, True], [1]), {}),
    ("joined", ("", "ab"), {}),
    ("joined", ([(1, 2)], [(1, 2), (3,)]), {}),
    ("with_negatives", ("", ""), {}),
    ("in_place", ("", "a"), {}),
    ("top", ("abca", None), {}),
    ("top", ("abca", True), {}),
    ("top", ("abca", 1.5), {}),
    ("top", ([1, 2, 2], 1), {}),
    ("top", ("abca", -1), {}),
]
EDGE += [
    (name, (x, y), {})
    for name in ("given", "less", "larger", "smaller")
    for x, y in (
        (Counter(), Counter()),
        (Counter({"a": -1, "b": 0, "c": 2}), Counter({"a": 3, "c": -5, "d": -1})),
        (Counter("ab"), {"a": 2}),
        (Counter("ab"), None),
        (Counter({"a": 2**62}), Counter({"a": 2**62})),
        (Counter({"a": 1.5}), Counter({"a": 1})),
        (Counter([1, 2]), Counter("ab")),
        (SAME, SAME),
        ({"a": 1}, {"a": 2}),
        ({1, 2}, {2, 3}),
        (1, 2),
    )
]
