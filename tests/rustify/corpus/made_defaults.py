"""Dicts with a default that a function makes itself, in Rust until an object of them is needed."""

import cmath
from collections import defaultdict, deque


def neighbours(cells):
    counts = defaultdict(int)
    for x, y in cells:
        for dx in (-1, 0, 1):
            for dy in (-1, 0, 1):
                if dx or dy:
                    counts[x + dx, y + dy] += 1
    return sorted((p, n) for p, n in counts.items() if n > 1)


def returned(words):
    groups = defaultdict(list)
    for w in words:
        groups[len(w)].append(w)
    return groups


def as_plain(words):
    groups = defaultdict(list)
    for w in words:
        groups["".join(sorted(w))].append(w)
    return dict(groups), [g for g in groups.values() if len(g) > 1], len(groups)


def sums(pairs):
    total = defaultdict(float)
    for k, v in pairs:
        total[k] += v
    total["rest"]
    return total, "rest" in total, total.get("none"), "none" in total


def sets_of(pairs):
    seen = defaultdict(set)
    for a, b in pairs:
        seen[a].add(b)
        seen[b].add(a)
    return {k: sorted(v) for k, v in seen.items()}


def half_way(keys):
    d = defaultdict(int)
    out = []
    for i, k in enumerate(keys):
        d[k] += i
        if i == 2:
            out.append(str(d))
    out.append(d)
    d["last"] += 1
    return out


def two_names(keys):
    a = defaultdict(list)
    b = a
    for k in keys:
        a[k].append(1)
        b[k].append(2)
    mine = a[0]
    mine.append(3)
    return a == b, a is b, a[0], dict(b)


def grows_while_read(keys):
    d = defaultdict(int)
    for k in keys:
        d[k]
    try:
        for k in d:
            d[k + 100] += 1
    except RuntimeError as error:
        return str(error), len(d)
    return "no", len(d)


def removed(keys, which):
    d = defaultdict(int)
    for k in keys:
        d[k] += 1
    got = d.pop(which, None)
    if which + 1 in d:
        del d[which + 1]
    return got, list(d), d[which], d.setdefault(7, 5), len(d)


def missing(keys, which):
    d = defaultdict(str)
    for k in keys:
        d[k] += "x"
    del d[which]
    return d


def tally(d, k):
    d[k] += 1
    return d[k]


def handed_on(keys):
    d = defaultdict(int)
    return [tally(d, k) for k in keys], d


def changed_here(d, keys):
    for k in keys:
        d[k] += 1
    return len(d)


def walk(start):
    todo = deque([(start, 0)])
    seen = {start}
    while todo:
        (r, c), d = todo.popleft()
        if d > 3:
            return (r, c), d, len(seen)
        for p in ((r + 1, c), (r, c + 1)):
            if p not in seen:
                seen.add(p)
                todo.append((p, d + 1))
    return None


def nested_targets(rows):
    out = []
    for (a, b), c in rows:
        out.append(a * c + b)
    ((x, y), z), w = (rows[0], len(rows))
    return out, x, y, z, w


def turned(n):
    return [cmath.exp(2j * cmath.pi * k / n) for k in range(n)], cmath.tau, cmath.inf


CASES = [
    ("neighbours", ([(0, 0), (1, 0), (2, 0), (2, 1)],), {}),
    ("returned", (["a", "bb", "cc", "ddd"],), {}),
    ("as_plain", (["listen", "silent", "abc"],), {}),
    ("sums", ([("a", 1.5), ("b", 2.0), ("a", 0.25)],), {}),
    ("sets_of", ([(1, 2), (2, 3), (1, 3)],), {}),
    ("half_way", (["a", "b", "a", "c"],), {}),
    ("two_names", ([0, 1, 0],), {}),
    ("grows_while_read", ([1, 2, 3],), {}),
    ("removed", ([1, 2, 3, 1], 1), {}),
    ("missing", (["a", "b"], "a"), {}),
    ("handed_on", ([3, 4, 3],), {}),
    ("changed_here", (defaultdict(int, {1: 2}), [1, 5, 1]), {}),
    ("walk", ((1, 2),), {}),
    ("nested_targets", ([((1, 2), 3), ((4, 5), 6)],), {}),
    ("turned", (4,), {}),
]

NAN = float("nan")
EDGE = [
    ("neighbours", ([],), {}),
    ("neighbours", ([(0, 2**63 - 1)],), {}),
    ("neighbours", ([(0.5, 1)],), {}),
    ("neighbours", ([(0, 1, 2)],), {}),
    ("neighbours", ([(True, False)],), {}),
    ("returned", ([],), {}),
    ("returned", (["é", b"x"],), {}),
    ("as_plain", ([],), {}),
    ("as_plain", (["a", 1],), {}),
    ("sums", ([],), {}),
    ("sums", ([("a", NAN), ("a", 1.0)],), {}),
    ("sums", ([("a", 1), ("rest", 2)],), {}),
    ("sums", ([(NAN, 1.0), (NAN, 1.0)],), {}),
    ("sums", ([([], 1.0)],), {}),
    ("sets_of", ([(1, 1)],), {}),
    ("sets_of", ([(1, "a")],), {}),
    ("half_way", ([],), {}),
    ("half_way", (["a"],), {}),
    ("half_way", ([1, 1.0, True, 2],), {}),
    ("two_names", ([],), {}),
    ("grows_while_read", ([],), {}),
    ("grows_while_read", ([1, 101],), {}),
    ("removed", ([], 1), {}),
    ("removed", ([7, 8], 7), {}),
    ("missing", ([], "a"), {}),
    ("missing", ([1], 1), {}),
    ("handed_on", ([],), {}),
    ("changed_here", (defaultdict(int), []), {}),
    ("changed_here", (defaultdict(lambda: 5), [1, 1]), {}),
    ("changed_here", (defaultdict(None, {1: 1}), [1, 2]), {}),
    ("changed_here", ({1: 1}, [1, 2]), {}),
    ("walk", ((-5, 2**63 - 2),), {}),
    ("walk", ((0.5, 1),), {}),
    ("nested_targets", ([],), {}),
    ("nested_targets", ([((1, 2.5), "a")],), {}),
    ("nested_targets", ([((1, 2, 3), 4)],), {}),
    ("turned", (0,), {}),
    ("turned", (-1,), {}),
]
