"""Counters of whatever comes, their elements; deques that are searched and compared."""

from collections import Counter, deque


def common_counts(labels):
    return [n for _, n in Counter(labels).most_common()]


def most_common(labels, n):
    return Counter(labels).most_common(n)


def word_stats(text):
    c = Counter(text.split())
    return dict(Counter(map(len, c.elements()))), c.total(), c.most_common(2)


def elements(xs):
    c = Counter(xs)
    items = [x for x in c.elements()], set(c.elements()), len(list(c.elements()))
    return list(c.elements()), tuple(c.elements()), items


def elements_below_one(xs):
    c = Counter(xs)
    for i, x in enumerate(xs):
        c[x] -= i
    out = []
    for i, x in enumerate(c.elements()):
        out.append((i, x))
    return out, sum(1 for _ in c.elements()), ["".join(map(str, Counter(xs).elements()))]


def elements_while_changed(xs):
    c = Counter(xs)
    out = []
    for x in c.elements():
        out.append(x)
        c[x] = 0
    return out, c


def elements_while_growing(xs):
    c = Counter(xs)
    out = []
    try:
        for x in c.elements():
            out.append(x)
            c[len(out) + 100] = 1
    except RuntimeError as e:
        return out, str(e)
    return out, None


def searched(xs, v):
    q = deque(xs, maxlen=5)
    q.append(v)
    return v in q, q.count(v), v not in deque(xs), q


def compared(xs, ys):
    q = deque(xs)
    return q == deque(ys), q != deque(ys, 2), q == q, deque(ys) == deque(reversed(xs))


def unseen(n, starts):
    seen = deque(maxlen=3)
    out = []
    for i in starts:
        for k in range(n):
            v = (i * 7 + k * k) % n
            if v not in seen:
                seen.append(v)
                out.append(v)
    return out


NAN = float("nan")
CASES = [
    ("common_counts", (["a", "b", "a"],), {}),
    ("most_common", (["a", "b", "a"], 1), {}),
    ("word_stats", ("a bb a ccc",), {}),
    ("elements", ([1, 2, 1],), {}),
    ("elements_below_one", ([1, 2, 1, 3, 1],), {}),
    ("elements_while_changed", ([1, 2, 1],), {}),
    ("elements_while_growing", ([1, 2, 1],), {}),
    ("searched", ([1, 2, 3], 2), {}),
    ("compared", ([1, 2, 3], [1, 2]), {}),
    ("unseen", (10, [1, 2, 3]), {}),
]
LABELS = [
    [1, 2, 1],
    [(1, 2), (1, 2), (2, 1)],
    "abca",
    ("a", "b", "a"),
    [1, "a", 1.5, None, True],
    [1.5, 2.5, 1.5],
    [b"a", b"b"],
    [NAN, NAN],
    [],
    {"a": 3, "b": 5},
    Counter("abca"),
    {1, 2},
    frozenset([1]),
    [[1]],
    [1, 1.0, True],
]
PAIRS = [
    ([1.0, 2], 1),
    (["a"], "a"),
    (["a"], 1),
    ([(1, 2)], (1, 2)),
    ([], 0),
    ([NAN], NAN),
    ([None], None),
    ([1, 2, 3, 4, 5, 6], 1),
    ([[1]], [1]),
]
EDGE = (
    [(n, (x,), {}) for x in LABELS for n in ("common_counts", "elements", "elements_while_changed")]
    + [("most_common", (x, n), {}) for x in LABELS for n in (None, 0, 2)]
    + [("most_common", (["a"], -1), {}), ("word_stats", ("",), {}), ("elements_below_one", ("aba",), {})]
    + [("searched", p, {}) for p in PAIRS]
    + [("compared", (x, list(x)), {}) for x, _ in PAIRS]
    + [("compared", (x, x[::-1] + [v]), {}) for x, v in PAIRS]
    + [("elements_while_growing", ([],), {}), ("unseen", (0, [1]), {})]
)
