"""What is computed first: the sides of chains, arguments as they are written, keys and values, targets."""

from dataclasses import dataclass


def chains(xs):
    log = []

    def note(x):
        log.append(x)
        return x

    a = note(5) < note(4) < note(3)
    b = note(1) < note(2) < note(3) < note(0) < note(9)
    c = xs.pop() < xs.pop() < xs.pop()
    x = 1
    e = x < (x := 5) < 9
    f = note(1) in [note(2)] == note(3)
    return a, b, c, e, f, log, xs


class Pair:
    def __init__(self, a, b=2, **more):
        self.a = a
        self.b = b
        self.more = more


@dataclass
class Field:
    a: int
    b: int = 0
    c: int = 0


def names_order(n):
    log = []

    def note(x):
        log.append(x)
        return x

    p = Pair(b=note(1), a=note(2))
    q = Pair(z=note(3), a=note(4), y=note(5), b=note(6))
    f = Field(c=note(7), a=note(8), b=note(n))
    g = Field(note(10), c=note(11), b=note(12))
    return p.a, p.b, q.a, q.b, q.more, f, g, log


def args_order(n):
    log = []

    def note(x):
        log.append(x)
        return x

    def three(a, b, c=0, *r, k=1):
        return a, b, c, r, k

    r = [
        three(note(1), note(2), k=note(3)),
        three(b=note(7), a=note(8)),
        three(note(9), *[note(10), note(11)]),
        three(k=note(12), c=note(13), a=note(14), b=note(15)),
    ]
    d = {}
    d[note("a")] = note("b")
    d[note("c")] = d.get(note("a"), note("z"))
    s = note("x") + note("y") if note(n) else note("w")
    t = [note(1), *[note(2)], note(3)]
    t[note(0)] += note(4)
    u = note(1) and note(0) or note(2)
    f = f"{note(1)}{note(2):{note(3)}}"
    v = max(note(3), note(4), note(1)), (note(1), note(2))[note(0)], {note(1), note(2)}, {note(1): note(2)}
    t[note(0)], t[note(1)] = note(8), note(9)
    del t[note(1)]
    return r, d, s, t, u, f, v, log


def methods_order(xs):
    log = []

    def note(x):
        log.append(x)
        return x

    xs.insert(note(0), note(9))
    y = "abc".replace(note("a"), note("b"), note(1))
    z = xs[note(0) : note(2)]
    xs[note(0) : note(1)] = [note(5)]
    w = note(2) ** note(3) - note(1)
    return y, z, w, xs, log


CASES = [
    ("chains", ([1, 2, 3],), {}),
    ("args_order", (2,), {}),
    ("names_order", (2,), {}),
    ("methods_order", ([1, 2],), {}),
]
EDGE = [("chains", ([3, 2, 1],), {}), ("chains", ([1],), {}), ("args_order", (0,), {}), ("methods_order", ([],), {})]
