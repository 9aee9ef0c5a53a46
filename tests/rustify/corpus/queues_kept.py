from collections import deque


def queue_walk(n, step):
    q = deque(range(n))
    out = []
    while len(q) > 1:
        q.rotate(-step)
        out.append(q.popleft())
    return out, list(q)


def window_max(xs, k):
    q = deque()
    out = []
    for i, x in enumerate(xs):
        while q and xs[q[-1]] <= x:
            q.pop()
        q.append(i)
        if q[0] <= i - k:
            q.popleft()
        if i >= k - 1:
            out.append(xs[q[0]])
    return out


def moving(xs, k):
    q = deque(maxlen=k)
    out = []
    for x in xs:
        q.append(x)
        out.append(sum(q) / len(q))
    return out, q


def left(xs, k):
    q = deque(xs, k)
    for x in xs:
        q.appendleft(x)
    q.extend(xs[:2])
    q.extendleft(xs[:3])
    return q, len(q)


def while_changed(xs):
    q = deque(xs)
    total = 0
    try:
        for x in q:
            total += x
            if x == 3:
                q.append(1)
    except RuntimeError as e:
        return total, str(e), list(q)
    return total, None, list(q)


def empty(xs):
    q = deque(xs)
    try:
        while True:
            q.pop()
    except IndexError as e:
        return str(e), len(q)


def places(xs, i):
    q = deque(xs)
    q[0] = 7
    try:
        q[i] = 5
        return q[i], list(q)
    except IndexError as e:
        return str(e), list(q)


def turned(xs, n):
    q = deque(xs)
    q.reverse()
    q.rotate(n)
    q.rotate()
    a = len(q), q[0] if q else None
    q.append(9)
    q.popleft()
    if len(q) > 5:
        q.clear()
        q.append(2)
    return a, q


def counted(xs):
    q = deque(xs)
    a = q.count(3), 3 in q
    q.append(4)
    return a, q


def words(texts):
    q = deque(texts)
    seen = set()
    while q:
        w = q.popleft()
        if w in seen or len(w) < 2:
            continue
        seen.add(w)
        q.append(w[1:])
        q.append(w[:-1])
    return sorted(seen)


def nested(rows):
    q = deque()
    for r in rows:
        q.append(r)
    q[0].append(1)
    return q, rows, q[0] is rows[0]


def identical(xs):
    q = deque(xs)
    a = q
    a.append(1.5)
    return list(q), a is q, [x for x in q]


def handed(q, x):
    q.append(x)
    r = deque(q)
    r.appendleft(x)
    return r, len(q)


def adjacent(adj, start):
    seen = {start: 0}
    q = deque([start])
    while q:
        u = q.popleft()
        for v in adj.get(u, []):
            if v not in seen:
                seen[v] = seen[u] + 1
                q.append(v)
    return seen


class Buffer:
    def __init__(self, size):
        self.size = size
        self.items = deque(maxlen=size)
        self.count = 0

    def push(self, x):
        self.items.append(x)
        self.count += 1

    def mean(self):
        return sum(self.items) / len(self.items) if self.items else 0.0


def buffered(xs, size):
    b = Buffer(size)
    out = []
    for x in xs:
        b.push(x)
        out.append(b.mean())
    return out, b.count, list(b.items)


if __name__ == "__main__":
    xs = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5]
    fs = [float(x) for x in xs]
    for _ in range(300):
        queue_walk(10, 3)
        window_max(xs, 3)
        moving(fs, 4)
        left(xs, 5)
        while_changed(xs)
        empty(xs)
        places(xs, 2)
        turned(xs, 2)
        counted(xs)
        words(["abcd", "bcd"])
        nested([[1], [2, 3]])
        identical(fs)
        handed(deque([1, 2]), 3)
        adjacent({0: [1, 2], 1: [2, 3], 3: [0]}, 0)
        buffered(fs, 3)

NAN = float("nan")
CASES = [
    ("queue_walk", (20, 7), {}), ("queue_walk", (1, 3), {}), ("queue_walk", (0, 3), {}), ("queue_walk", (9, -2), {}),
    ("queue_walk", (5, 0), {}), ("window_max", ([1, 2, 3, 4, 3, 2, 1], 2), {}), ("window_max", ([], 2), {}),
    ("moving", ([1.0, 2.5, -3.0], 2), {}), ("moving", ([], 2), {}), ("left", ([1, 2, 3, 4], 3), {}),
    ("left", ([], 3), {}), ("while_changed", ([1, 2, 4], ), {}), ("while_changed", ([3, 2, 4], ), {}),
    ("while_changed", ([1, 3], ), {}), ("empty", ([], ), {}), ("empty", ([1], ), {}), ("places", ([1, 2, 3], -1), {}),
    ("places", ([1, 2, 3], 3), {}), ("places", ([1, 2, 3], -4), {}), ("turned", ([1, 2, 3], -1), {}),
    ("turned", ([3, 3, 3, 1, 2, 3, 4], 5), {}), ("turned", ([], 5), {}), ("words", (["hello", "world"], ), {}),
    ("words", ([], ), {}), ("counted", ([3, 1, 3], ), {}), ("counted", ([], ), {}),
    ("nested", ([[5], []], ), {}), ("identical", ([1.0, -0.0], ), {}),
    ("handed", (deque([4], 2), 3), {}), ("handed", (deque([4], 1), 3), {}), ("handed", (deque(), 3), {}),
    ("adjacent", ({0: [5], 5: [0, 7, 7]}, 0), {}), ("adjacent", ({}, 1), {}),
    ("buffered", ([1.0, 2.0, 3.0, 4.0], 2), {}), ("buffered", ([], 2), {}),
]
EDGE = [
    ("moving", ([1.0, NAN, 3.0], 1), {}), ("identical", ([NAN, 1.0], ), {}), ("moving", ([1.0], 0), {}),
    ("moving", ([1.0], -1), {}), ("left", ([1, 2], 0), {}), ("left", ([1, 2], None), {}),
    ("left", ([1.5, "a"], 2), {}),
    ("places", ([1, 2, 3], 2**70), {}), ("turned", ([1, 2, 3], 2**70), {}), ("turned", ([1, 2.5, "x"], 1), {}),
    ("turned", ([1, NAN], True), {}), ("turned", ([1, 2], 1.5), {}), ("handed", ([4], 3), {}),
    ("queue_walk", (3, 2**63), {}),
    ("adjacent", ({0: (1, 2), 1: [0]}, 0), {}), ("adjacent", ({"a": "bc", "b": "a"}, "a"), {}),
    ("words", (["", "x", None], ), {}),
    ("nested", ([], ), {}), ("nested", ([[1], [1]] , ), {}), ("window_max", ([NAN, 1.0, 2.0], 2), {}),
    ("empty", (5, ), {}),
    ("while_changed", ([1, "3"], ), {}), ("buffered", ([1, 2**80], 3), {}), ("buffered", ([1.0], None), {}),
    ("buffered", ([1.0], -1), {}),
]
