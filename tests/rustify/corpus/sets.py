"""Sets: membership, algebra, growing and shrinking, sorted results."""


class Bag(set):
    """A set that is not exactly a set."""


def unique_in_order(values):
    seen = set()
    out = []
    for v in values:
        if v not in seen:
            seen.add(v)
            out.append(v)
    return out


def has_duplicates(values):
    return len(set(values)) != len(values)


def common(a, b):
    return sorted(set(a) & set(b))


def set_algebra(a, b):
    return sorted(a | b), sorted(a - b), sorted(a ^ b), a <= b, a == b, a.isdisjoint(b)


def primes_below(n):
    composite = set()
    primes = []
    for i in range(2, n):
        if i in composite:
            continue
        primes.append(i)
        for j in range(i * i, n, i):
            composite.add(j)
    return primes


def reachable(edges, start):
    seen = {start}
    todo = [start]
    while todo:
        node = todo.pop()
        for a, b in edges:
            if a == node and b not in seen:
                seen.add(b)
                todo.append(b)
    return sorted(seen)


def vowels_used(text):
    return sorted({ch for ch in text.lower() if ch in {"a", "e", "i", "o", "u"}})


def discard_all(bag, values):
    removed = 0
    for v in values:
        if v in bag:
            bag.remove(v)
            removed += 1
        bag.discard(v)
    return removed


def jaccard(a, b):
    union = len(a | b)
    return len(a & b) / union if union else 1.0


def happy(n):
    seen = set()
    while n != 1 and n not in seen:
        seen.add(n)
        total = 0
        while n:
            n, d = divmod(n, 10)
            total += d * d
        n = total
    return n == 1


CASES = [
    ("unique_in_order", ([3, 1, 3, 2, 1],), {}),
    ("unique_in_order", ([],), {}),
    ("has_duplicates", ([1, 2, 3],), {}),
    ("has_duplicates", ([1, 2, 1],), {}),
    ("common", ([1, 2, 3], [2, 3, 4]), {}),
    ("set_algebra", ({1, 2, 3}, {2, 3, 4}), {}),
    ("set_algebra", ({1, 2}, {1, 2, 3}), {}),
    ("primes_below", (60,), {}),
    ("reachable", ([(1, 2), (2, 3), (4, 5)], 1), {}),
    ("vowels_used", ("Programming in Rust",), {}),
    ("discard_all", ({1, 2, 3}, [2, 5, 3]), {}),
    ("jaccard", ({1, 2, 3}, {2, 3, 4}), {}),
    ("happy", (19,), {}),
    ("happy", (4,), {}),
]

EDGE = [
    ("unique_in_order", ([1, True, 1.0, 2**61 - 1, 0],), {}),
    ("unique_in_order", ([float("nan"), float("nan")],), {}),
    ("unique_in_order", ([[1]],), {}),
    ("unique_in_order", ("banana",), {}),
    ("unique_in_order", ([-1, -2, -1],), {}),
    ("has_duplicates", ([0.0, -0.0],), {}),
    ("has_duplicates", ([(1, 2), (1, 2)],), {}),
    ("has_duplicates", (3,), {}),
    ("common", ([1.0, 2], [True, 2]), {}),
    ("common", (["a", 1], ["a", 1]), {}),
    ("set_algebra", (set(), set()), {}),
    ("set_algebra", (frozenset({1}), {1}), {}),
    ("set_algebra", ({1}, [1]), {}),
    ("set_algebra", (Bag({1}), {2}), {}),
    ("set_algebra", ({"a", 1}, {2}), {}),
    ("primes_below", (0,), {}),
    ("primes_below", (10.0,), {}),
    ("reachable", ([], "x"), {}),
    ("reachable", ([(1, [])], 1), {}),
    ("vowels_used", ("ÀÉİ",), {}),
    ("vowels_used", (["a"],), {}),
    ("discard_all", (Bag({1, 2}), [1]), {}),
    ("discard_all", ({1, 2}, [2, []]), {}),
    ("discard_all", (frozenset({1}), [1]), {}),
    ("jaccard", (set(), set()), {}),
    ("jaccard", ({1}, {True}), {}),
    ("happy", (0,), {}),
    ("happy", (1.0,), {}),
    ("happy", (10**30,), {}),
]
