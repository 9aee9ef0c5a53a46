"""`with` over generators behind `contextmanager`, left by `return`, `break` and `continue`; methods as values."""

import contextlib
from contextlib import contextmanager


@contextlib.contextmanager
def logged(log, name):
    log.append("enter " + name)
    try:
        yield name.upper()
    finally:
        log.append("exit " + name)


@contextmanager
def plainly(log):
    log.append("in")
    yield len(log)
    log.append("out")


@contextmanager
def forgiving(log):
    try:
        yield
    except ValueError:
        log.append("forgiven")


def returns(log, x):
    with logged(log, "w") as w:
        if x > 3:
            return w + str(x)
        log.append("mid")
    return "end"


def always_returns(log, x):
    with plainly(log) as n:
        return n + x


def in_a_loop(log, xs):
    t = 0
    for x in xs:
        with logged(log, str(x)):
            if x < 0:
                continue
            if x > 100:
                break
            t += x
        t += 1
    else:
        t += 1000
    return t


def inner_loop(log, xs):
    with plainly(log) as n:
        for x in xs:
            if x == n:
                break
            if x == 7:
                return x
        else:
            return -1
    return n


def nested(log, x):
    with logged(log, "a") as a, plainly(log) as b:
        with logged(log, "c"):
            if x:
                return a, b
        log.append("between")
    return "", 0


def forgiven(log, text):
    with forgiving(log):
        return int(text)
    return None


def in_while(log, n):
    while len(log) < 60:
        n -= 1
        with plainly(log):
            if n % 2:
                continue
            if n <= 0:
                break
            log.append(str(n))
    return n


class Counter:
    def __init__(self, step):
        self.step = step
        self.total = 0

    def add(self, x):
        self.total += x * self.step
        return self.total


def named_method(xs, k):
    counter = Counter(k)
    add = counter.add
    for x in xs:
        add(x)
    return counter.total


def mapped_method(xs, k):
    counter = Counter(k)
    return list(map(counter.add, xs))


def named_append(xs):
    out = []
    push = out.append
    for x in xs:
        if x:
            push(x * 2)
    return out


def extremes(values):
    low = min(range(len(values)), key=values.__getitem__)
    high = max(range(len(values)), key=values.__getitem__)
    return low, high


def by_count(words, counts):
    return sorted(words, key=counts.get), max(words, key=counts.get)


def looked_up(words, table):
    get = table.get
    return [get(w, 0) for w in words]


def kept_members(words, known):
    return list(filter(known.__contains__, words))


def split_all(lines, sep):
    out = []
    extend = out.extend
    for line in lines:
        extend(line.split(sep))
    return out


def joined_all(rows):
    return list(map(",".join, rows))


CASES = [
    ("returns", ([], 5), {}),
    ("returns", ([], 1), {}),
    ("always_returns", ([], 4), {}),
    ("in_a_loop", ([], [1, -2, 5, 101, 7]), {}),
    ("inner_loop", ([], [3, 7]), {}),
    ("nested", ([], True), {}),
    ("nested", ([], False), {}),
    ("forgiven", ([], "12"), {}),
    ("in_while", ([], 5), {}),
    ("named_method", ([1, 2, 3], 2), {}),
    ("mapped_method", ([1, 2, 3], 2), {}),
    ("named_append", ([1, 0, 3],), {}),
    ("extremes", ([3, 1, 4, 1],), {}),
    ("by_count", (["a", "b"], {"a": 2, "b": 1}), {}),
    ("looked_up", (["a", "z"], {"a": 2}), {}),
    ("split_all", (["a,b", "c"], ","), {}),
    ("kept_members", (["a", "b"], {"a", "c"}), {}),
    ("joined_all", ([["a", "b"], ["c"]],), {}),
]

EDGE = [
    ("in_a_loop", ([], [1, 2]), {}),
    ("in_a_loop", ([], []), {}),
    ("in_a_loop", ([], [1, "a"]), {}),
    ("inner_loop", ([], []), {}),
    ("inner_loop", ([], [2, 1]), {}),
    ("inner_loop", (["x"], [2, 1]), {}),
    ("forgiven", ([], "x"), {}),
    ("forgiven", ([], None), {}),
    ("in_while", ([], 0), {}),
    ("named_method", ([], 2), {}),
    ("named_method", (["a"], 2), {}),
    ("named_append", ([],), {}),
    ("named_append", (None,), {}),
    ("extremes", ([],), {}),
    ("extremes", ("text",), {}),
    ("by_count", (["a", "c"], {"a": 2}), {}),
    ("looked_up", ([], {}), {}),
    ("looked_up", ([], None), {}),
    ("looked_up", ([[]], {1: 2}), {}),
    ("split_all", ([], ","), {}),
    ("split_all", (["a"], ""), {}),
]
