"""Changes of one entry of a dict or of one end of a deque, which are taken back one by one."""

from collections import deque

CACHE = {}


def paths(r, c):
    key = (r, c)
    if key in CACHE:
        return CACHE[key]
    v = 1 if r == 0 or c == 0 else paths(r - 1, c) + paths(r, c - 1)
    CACHE[key] = v
    return v


def rotate(d, n):
    for _ in range(n):
        d.append(d.popleft())
    d.appendleft(d.pop())
    d.append(1)
    return d.popleft()


def fill(d, k, n):
    for i in range(n):
        d[k + i] = i
    if n > 3:
        raise ValueError("late")
    return len(d)


def fill_deque(d, n):
    d.popleft()
    d.append(n)
    d.appendleft(n)
    d.pop()
    if n > 3:
        raise ValueError("late")
    return list(d)


def has(d, k):
    return k in d, d.get(k)


def grow(d, n):
    for i in range(n):
        d[i] = str(i)
        d[-i] = i
    del d[0]
    d["end"] = n
    return d[n]


BIG = {i: i * i for i in range(100)}
LONG = deque(range(60))

CASES = [
    ("paths", (6, 6), {}),
    ("rotate", (deque([1, 2, 3]), 4), {}),
    ("rotate", (LONG, 7), {}),
    ("fill", (BIG, 90, 3), {}),
    ("fill", ({1: 2}, 1, 3), {}),
    ("fill_deque", (LONG, 2), {}),
    ("fill_deque", (deque([1, 2, 3]), 2), {}),
    ("has", ({"a": {"b": 1}, "b": 1}, "a"), {}),
    ("has", ({"a": 1, "b": 1}, "z"), {}),
]
EDGE = [
    ("fill", (BIG, 90, 5), {}),
    ("fill", (BIG, 90, 500), {}),
    ("fill", (BIG, "x", 5), {}),
    ("fill_deque", (LONG, 5), {}),
    ("fill_deque", (deque(range(60), maxlen=60), 5), {}),
    ("fill_deque", (deque(range(60), maxlen=60), 2), {}),
    ("fill_deque", (deque(), 2), {}),
    ("rotate", (deque(range(30), 30), 100), {}),
    ("rotate", (deque(), 1), {}),
    ("grow", (BIG, 30), {}),
    ("grow", (BIG, 3), {}),
    ("has", ({1: 2}, [1]), {}),
    ("has", (deque(["a"]), "a"), {}),
]
