"""Generators that are not run to their end, arguments that are spread, orders of containers, views."""

import heapq
import itertools
from collections import Counter


def huffman(text):
    heap = [[n, i, ch] for i, (ch, n) in enumerate(sorted(Counter(text).items()))]
    heapq.heapify(heap)
    codes = {item[2]: "" for item in heap}
    k = len(heap)
    while len(heap) > 1:
        lo = heapq.heappop(heap)
        hi = heapq.heappop(heap)
        for ch in lo[2]:
            codes[ch] = "0" + codes[ch]
        for ch in hi[2]:
            codes[ch] = "1" + codes[ch]
        heapq.heappush(heap, [lo[0] + hi[0], k, lo[2] + hi[2]])
        k += 1
    return codes


def inv(a, m):
    return pow(a, -1, m)


def primes_gen():
    found = []
    n = 2
    while True:
        if all(n % p for p in found):
            found.append(n)
            yield n
        n += 1


def naturals(s):
    while True:
        yield s
        s += 1


def first_primes(k):
    return list(itertools.islice(primes_gen(), k))


def zipped(xs):
    return [(a, b) for a, b in zip(naturals(1), xs)]


def zipped2(xs):
    return [(a, b) for a, b in zip(xs, naturals(1))]


def taken(k):
    return sum(itertools.takewhile(lambda v: v < k, naturals(2)))


def first_over(k):
    return next(v for v in naturals(0) if v * v > k)


def nexts():
    g = naturals(5)
    return next(g) + next(g)


def anyover(k):
    return any(v > k for v in naturals(0))


def broke(k):
    for i, v in enumerate(naturals(3), 1):
        if i > k:
            break
    return v


def islice_for(k):
    t = 0
    for p in itertools.islice(naturals(3), 2, k):
        t += p
    return t


def maxof(xs):
    return max(0, *xs), min(*xs, 5), max(*xs)


def longest(a, b):
    return max(a, b, key=len), min(a, b, "zz", key=lambda s: s[-1])


def varsum(*xs):
    t = 0
    for x in xs:
        t += x
    return t, len(xs), xs[:1]


def callvar(xs):
    return varsum(*xs), varsum(1, 2), varsum()


def firstkey(d):
    return next(iter(d)), next(iter(d.values())), next(reversed(list(d)), None), next(enumerate(d))


def hasval(d, x):
    return x in d.values(), x not in d.values(), x in d.keys()


def sortlists(xs):
    return sorted(xs), max(xs), min(xs)


def dropped(n):
    return list(itertools.dropwhile(lambda v: v < 3, (i * i % 7 for i in range(n))))


def takelist(xs):
    out = []
    for i, v in enumerate(itertools.takewhile(lambda v: v != 3, xs)):
        if v == 1:
            continue
        out.append((i, v))
    else:
        out.append("end")
    return out


def isl(k):
    out = []
    for v in itertools.islice(naturals(1), 1, k, 2):
        if v % 3 == 0:
            continue
        if v > 40:
            break
        out.append(v)
    else:
        out.append(-1)
    return out


def isl2(k):
    return sum(v for v in itertools.islice((x * x for x in itertools.count(1)), k))


CASES = [
    ("huffman", ("abracadabra",), {}),
    ("inv", (3, 11), {}),
    ("first_primes", (5,), {}),
    ("zipped", ([4, 5],), {}),
    ("zipped2", ([4, 5],), {}),
    ("taken", (10,), {}),
    ("first_over", (30,), {}),
    ("nexts", (), {}),
    ("anyover", (5,), {}),
    ("broke", (4,), {}),
    ("islice_for", (6,), {}),
    ("maxof", ([3, 1, 4],), {}),
    ("longest", ("abc", "de"), {}),
    ("varsum", (1, 2, 3), {}),
    ("callvar", ([1, 2],), {}),
    ("firstkey", ({"a": 1, "b": 2},), {}),
    ("hasval", ({"a": "x", "b": "y"}, "x"), {}),
    ("sortlists", ([[3, 1], [1, 2], [1]],), {}),
    ("dropped", (10,), {}),
    ("takelist", ([1, 2, 1, 3, 5],), {}),
    ("isl", (9,), {}),
    ("isl2", (5,), {}),
]

EDGE = [
    ("inv", (2, 4), {}),
    ("inv", (3, 0), {}),
    ("inv", (0, 1), {}),
    ("inv", (-3, 11), {}),
    ("inv", (3, -11), {}),
    ("huffman", ("",), {}),
    ("maxof", ([],), {}),
    ("maxof", ([5],), {}),
    ("maxof", ([1.5, 2],), {}),
    ("varsum", (), {}),
    ("varsum", (1,), {}),
    ("varsum", (1.5,), {}),
    ("callvar", ([],), {}),
    ("firstkey", ({},), {}),
    ("hasval", ({}, "a"), {}),
    ("hasval", ({1: 2}, 2), {}),
    ("sortlists", ([],), {}),
    ("sortlists", ([[1], [1]],), {}),
    ("sortlists", ([[float("nan")], [1]],), {}),
    ("takelist", ([],), {}),
    ("takelist", ([1, 1],), {}),
    ("isl", (0,), {}),
    ("isl", (1,), {}),
    ("isl", (-1,), {}),
    ("isl", (100,), {}),
    ("isl2", (0,), {}),
    ("isl2", (-1,), {}),
    ("zipped", ([],), {}),
    ("first_primes", (0,), {}),
    ("first_primes", (-1,), {}),
    ("taken", (0,), {}),
    ("inv", (5, 1), {}),
    ("inv", (5, -1), {}),
    ("inv", (7, 4611686018427387904), {}),
    ("inv", (7, 9223372036854775807), {}),
]
