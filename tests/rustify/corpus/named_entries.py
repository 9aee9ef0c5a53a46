"""`dict` of names, of another dict or pairs and names, and of dicts given by `**`."""

from collections import Counter, OrderedDict


def summary(values):
    n = len(values)
    mean = sum(values) / n
    return dict(n=n, mean=mean, low=min(values), high=max(values))


def sums(values):
    total = dict(even=0, odd=0)
    for v in values:
        total["odd" if v % 2 else "even"] += v
    return total


def with_more(d, v):
    return dict(d, extra=v)


def replaced(d, a):
    out = dict(d, a=a, b=a * 2)
    return list(out), out, d


def of_pairs(pairs, v):
    return dict(pairs, last=v)


def of_split(text):
    return dict([part.split("=") for part in text.split(";")], end="1")


def of_made(n):
    return dict(((str(i), i * i) for i in range(n)), total=-1)


def of_zip(names, values):
    return dict(zip(names, values), total=0.5)


def joined(a, b):
    return dict(a, **b)


def spread(a, b):
    return dict(**a, x=1, **b)


def over_numbers(d, more):
    return dict(d, **more, z=0)


def later_change(d):
    return dict(d, gone=d.pop("k", None), left=len(d))


def nested(n):
    return [dict(at=i, inner=dict(double=i * 2)) for i in range(n)]


def counted(text):
    return dict(Counter(text), letters=len(text))


def texts(a):
    return sorted(dict(x=a, y="b").items())


CASES = [
    ("summary", ([1, 2, 6],), {}),
    ("summary", ([0.5, 2.5],), {}),
    ("sums", ([1, 2, 3, 4],), {}),
    ("with_more", ({"a": 1}, 2), {}),
    ("replaced", ({"z": 1, "a": 2}, 7), {}),
    ("of_pairs", ([("a", 1), ("b", 2)], 3), {}),
    ("of_split", ("a=b;c=d",), {}),
    ("of_made", (4,), {}),
    ("of_zip", (["a", "b"], [1.5, 2.5]), {}),
    ("joined", ({"a": 1, "b": 2}, {"b": 3, "c": 4}), {}),
    ("spread", ({"a": 1}, {"b": 2}), {}),
    ("over_numbers", ({1: 2}, {"a": 3}), {}),
    ("later_change", ({"k": 1, "l": 2},), {}),
    ("nested", (3,), {}),
    ("counted", ("hello",), {}),
    ("texts", ("q",), {}),
]

EDGE = [
    ("summary", ([],), {}),
    ("summary", (["a"],), {}),
    ("summary", (5,), {}),
    ("sums", ([1.5],), {}),
    ("with_more", ({}, None), {}),
    ("with_more", ({1: 2}, "x"), {}),
    ("with_more", ({"extra": 2}, "x"), {}),
    ("with_more", ([("a", 1)], 2), {}),
    ("with_more", (["ab", "cd"], 2), {}),
    ("with_more", (["abc"], 2), {}),
    ("with_more", (OrderedDict(a=1), 2), {}),
    ("with_more", (None, 2), {}),
    ("with_more", (5, 2), {}),
    ("replaced", ({}, "s"), {}),
    ("replaced", ({1: 2}, 1.5), {}),
    ("of_pairs", ([("a", 1, 2)], 3), {}),
    ("of_pairs", ([("last", 1)], 3), {}),
    ("of_pairs", ({"last": 1}, 3), {}),
    ("of_pairs", ([[["x"], 1]], 3), {}),
    ("of_split", ("a=b=c",), {}),
    ("of_split", ("",), {}),
    ("of_made", (0,), {}),
    ("of_zip", (["total"], [1.5]), {}),
    ("of_zip", ([[]], [1.5]), {}),
    ("joined", ({}, {}), {}),
    ("joined", ({1: 2}, {"a": 1}), {}),
    ("joined", ({"a": 1}, {1: 2}), {}),
    ("joined", ({"a": 1}, [("b", 2)]), {}),
    ("spread", ({"x": 1}, {"b": 2}), {}),
    ("spread", ({"a": 1}, {"x": 2}), {}),
    ("spread", ({"a": 1}, {"a": 2}), {}),
    ("spread", ({}, {}), {}),
    ("spread", ({1: 1}, {}), {}),
    ("over_numbers", ({1: 2}, {"z": 3}), {}),
    ("over_numbers", ({"z": 2}, {"a": 3}), {}),
    ("later_change", ({},), {}),
    ("later_change", ({"gone": 5, "k": 2.5},), {}),
    ("nested", (0,), {}),
    ("counted", ("",), {}),
    ("texts", (1,), {}),
]
