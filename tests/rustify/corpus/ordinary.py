"""Code as ordinary programs have it: small classes, tables, searches, formats."""

import math
import re
from abc import ABC, abstractmethod
from collections import OrderedDict, namedtuple
from dataclasses import dataclass, field
from functools import cache

Point = namedtuple("Point", ["x", "y"])
PRIMES = [2, 3, 5, 7, 11]
MORSE = {"a": ".-", "b": "-..."}


class Animal(ABC):
    def __init__(self, name: str, legs: int = 4):
        self.name = name
        self.legs = legs

    @abstractmethod
    def sound(self) -> str: ...
    def speak(self):
        return f"{self.name} says {self.sound()}"


class Dog(Animal):
    def sound(self):
        return "woof"


class Bird(Animal):
    def __init__(self, name):
        super().__init__(name, legs=2)

    def sound(self):
        return "tweet"


class Counter2:
    total = 0

    def __init__(self):
        self._n = 0

    @property
    def n(self):
        return self._n

    @n.setter
    def n(self, v):
        if v < 0:
            raise ValueError("negative")
        self._n = v

    def inc(self, by=1):
        self._n += by
        Counter2.total += by
        return self

    def __enter__(self):
        return self

    def __exit__(self, *a):
        return False


class Bank:
    def __init__(self):
        self.__accounts = {}

    def open(self, who, amount=0):
        if who in self.__accounts:
            raise KeyError(who)
        self.__accounts[who] = amount

    def transfer(self, a, b, amount):
        if self.__accounts[a] < amount:
            return False
        self.__accounts[a] -= amount
        self.__accounts[b] = self.__accounts.get(b, 0) + amount
        return True

    def balances(self):
        return dict(sorted(self.__accounts.items()))


class Vec2:
    def __init__(self, x, y):
        self.x, self.y = x, y

    def __add__(self, o):
        return Vec2(self.x + o.x, self.y + o.y)

    def __sub__(self, o):
        return Vec2(self.x - o.x, self.y - o.y)

    def __mul__(self, k):
        return Vec2(self.x * k, self.y * k)

    __rmul__ = __mul__

    def __neg__(self):
        return Vec2(-self.x, -self.y)

    def __eq__(self, o):
        return isinstance(o, Vec2) and self.x == o.x and self.y == o.y

    def __abs__(self):
        return math.hypot(self.x, self.y)

    def __repr__(self):
        return f"Vec2({self.x!r}, {self.y!r})"

    def __bool__(self):
        return self.x != 0 or self.y != 0

    def __lt__(self, o):
        return abs(self) < abs(o)

    def __getitem__(self, i):
        return (self.x, self.y)[i]

    def __len__(self):
        return 2

    def __iter__(self):
        return iter((self.x, self.y))


@dataclass
class Task:
    name: str
    priority: int = 0
    tags: list[str] = field(default_factory=list)
    done: bool = False

    def finish(self):
        self.done = True
        return self


def use_animals(n):
    zoo = [Dog("rex"), Bird("tweety")] * n
    return [a.speak() for a in zoo], sum(a.legs for a in zoo)


def use_counter(k):
    c = Counter2()
    c.inc().inc(k)
    c.n = c.n * 2
    return c.n


def set_negative(k):
    c = Counter2()
    try:
        c.n = -k
    except ValueError as e:
        return f"error: {e}"
    return c.n


def bank(ops):
    b = Bank()
    b.open("a", 100)
    b.open("b")
    done = [b.transfer("a", "b", x) for x in ops]
    return done, b.balances()


def bank_dup(x):
    b = Bank()
    b.open(x)
    try:
        b.open(x)
    except KeyError as exc:
        return "dup %s" % exc


def vec_ops(a, b):
    v, w = Vec2(a, b), Vec2(b, a)
    u = v + w * 2 - (-v)
    return u.x, u.y, v == w, v != w, str(u), bool(v), v < w, u[0], len(u), 3 * v == v * 3


def vec_abs(a, b):
    return abs(Vec2(a, b))


def tasks(names):
    ts = [Task(n, len(n)) for n in names]
    ts.sort(key=lambda t: (-t.priority, t.name))
    ts[0].finish().tags.append("x")
    return [t.name for t in ts if not t.done], ts[0].tags, [str(t) for t in ts][:1]


def pt(n):
    p = Point(n, n + 1)
    return p.x + p.y, p._replace(x=5)


def ordered(xs):
    d = OrderedDict()
    for x in xs:
        d[x] = d.get(x, 0) + 1
    d.move_to_end(xs[0])
    return list(d.items())


def morse(s):
    return " ".join(MORSE.get(c, "?") for c in s.lower())


def regex(s):
    return re.findall(r"\d+", s)


@cache
def fibc(n):
    return n if n < 2 else fibc(n - 1) + fibc(n - 2)


def use_fibc(n):
    return fibc(n)


def with_ctx(k):
    with Counter2() as c:
        c.inc(k)
    return c.n


def opt(x: int | None = None, *, y: tuple[int, int] = (1, 2)) -> int:
    if x is None:
        x = 10
    return x + y[0] * y[1]


def prime_sum(n):
    return sum(p for p in PRIMES if p <= n)


def stats(xs):
    n = len(xs)
    if n == 0:
        return {}
    mean = sum(xs) / n
    var = sum((x - mean) ** 2 for x in xs) / n
    return {"mean": round(mean, 3), "sd": round(var**0.5, 3), "range": (min(xs), max(xs))}


def running(xs):
    best = cur = xs[0]
    for x in xs[1:]:
        cur = max(x, cur + x)
        best = max(best, cur)
    return best


def two_sum(xs, t):
    seen = {}
    for i, x in enumerate(xs):
        if t - x in seen:
            return [seen[t - x], i]
        seen[x] = i
    return []


def pal_perm(s):
    odd = set()
    for c in s:
        odd ^= {c}
    return len(odd) <= 1


def islands(grid):
    rows, cols = len(grid), len(grid[0])
    seen = set()

    def walk(r, c):
        if not (0 <= r < rows and 0 <= c < cols) or (r, c) in seen or grid[r][c] == "0":
            return 0
        seen.add((r, c))
        return 1 + sum(walk(r + dr, c + dc) for dr, dc in ((0, 1), (1, 0), (0, -1), (-1, 0)))

    return [n for r in range(rows) for c in range(cols) if (n := walk(r, c))]


def floyd(w):
    n = len(w)
    d = [row[:] for row in w]
    for k in range(n):
        for i in range(n):
            for j in range(n):
                if d[i][k] + d[k][j] < d[i][j]:
                    d[i][j] = d[i][k] + d[k][j]
    return d


def permute(xs):
    out = []

    def back(path, used):
        if len(path) == len(xs):
            out.append(path[:])
            return
        for i, x in enumerate(xs):
            if i in used:
                continue
            path.append(x)
            used.add(i)
            back(path, used)
            path.pop()
            used.remove(i)

    back([], set())
    return out


def roman_ok(s):
    try:
        return sum({"I": 1, "V": 5, "X": 10}[c] for c in s)
    except KeyError:
        return -1


def pascal_row(n):
    row = [1]
    for k in range(n):
        row.append(row[k] * (n - k) // (k + 1))
    return row


def base_conv(n, b):
    if n == 0:
        return "0"
    s, neg = "", n < 0
    n = abs(n)
    while n:
        n, r = divmod(n, b)
        s = "0123456789abcdefghijklmnopqrstuvwxyz"[r] + s
    return "-" * neg + s


def luhn(num):
    ds = [int(c) for c in str(num)][::-1]
    return sum(d if i % 2 == 0 else sum(divmod(d * 2, 10)) for i, d in enumerate(ds)) % 10 == 0


def table(rows):
    return "\n".join("{:>6}|{:<8}|{:^7.2f}".format(a, b, c) for a, b, c in rows)


def fmt(n, x):
    return f"{n:05d} {n:,} {x:.3e} {x:+.1f} {n:#x} {n:b} {x:10.2f}| {'ab':*^6} {n!r:>4} {x:g} {n % 7:>{3}}"


def kv(**kw):
    return sorted(kw.items())


def bytes_sum(b):
    return sum(b) & 0xFF, bytes(reversed(b)), b.count(b"a"), int.from_bytes(b[:4], "little")


def lists(xs):
    ys = xs[:]
    ys[1:3] = [9, 9, 9]
    del ys[0]
    ys.insert(1, 7)
    ys.remove(9)
    ys.reverse()
    ys *= 2
    return ys, ys.index(7), xs[-2:], xs[::2], [0] * 3 + xs


def deep(n):
    return {i: {j: [k for k in range(j)] for j in range(i)} for i in range(n)}


def cmp_chain(xs):
    return [a <= b < c for a, b, c in zip(xs, xs[1:], xs[2:])], any(not x for x in xs), xs and xs[0] or None


def swap_case(d):
    return {k.upper(): [v, -v] for k, v in d.items() if v is not None}


CASES = [
    ("use_animals", (2,), {}),
    ("use_counter", (3,), {}),
    ("set_negative", (3,), {}),
    ("bank", ([30, 80],), {}),
    ("bank_dup", ("z",), {}),
    ("vec_ops", (1, 2), {}),
    ("vec_abs", (3, 4), {}),
    ("tasks", (["a", "ccc", "bb"],), {}),
    ("pt", (3,), {}),
    ("ordered", (["a", "b", "a"],), {}),
    ("morse", ("abz",), {}),
    ("regex", ("a1b22",), {}),
    ("use_fibc", (20,), {}),
    ("with_ctx", (2,), {}),
    ("opt", (), {}),
    ("opt", (3,), {}),
    ("prime_sum", (6,), {}),
    ("stats", ([1, 2, 4],), {}),
    ("running", ([-2, 1, -3, 4, -1, 2, 1],), {}),
    ("two_sum", ([2, 7, 11], 9), {}),
    ("pal_perm", ("abcba",), {}),
    ("islands", (["110", "010", "001"],), {}),
    ("floyd", ([[0, 3, 9], [3, 0, 2], [9, 2, 0]],), {}),
    ("permute", ([1, 2, 3],), {}),
    ("roman_ok", ("XIV",), {}),
    ("roman_ok", ("ABC",), {}),
    ("pascal_row", (5,), {}),
    ("base_conv", (255, 16), {}),
    ("base_conv", (-10, 2), {}),
    ("luhn", (79927398713,), {}),
    ("table", ([(1, "a", 2.5)],), {}),
    ("fmt", (1234, 3.14159), {}),
    ("kv", (), {}),
    ("bytes_sum", (b"abca",), {}),
    ("lists", ([1, 2, 3, 4, 5],), {}),
    ("deep", (3,), {}),
    ("cmp_chain", ([1, 2, 3, 0],), {}),
    ("swap_case", ({"a": 1, "b": None},), {}),
]

EDGE = [
    ("bank", ([],), {}),
    ("bank", ([1000000000.0],), {}),
    ("vec_ops", (1.5, -2), {}),
    ("vec_ops", ("a", 1), {}),
    ("tasks", ([],), {}),
    ("ordered", ([],), {}),
    ("stats", ([],), {}),
    ("stats", ([1.5, 2],), {}),
    ("running", ([],), {}),
    ("two_sum", ([3, 3], 6), {}),
    ("islands", ([[]],), {}),
    ("islands", ([],), {}),
    ("floyd", ([],), {}),
    ("permute", ([],), {}),
    ("base_conv", (0, 2), {}),
    ("base_conv", (5, 1), {}),
    ("base_conv", (10**30, 36), {}),
    ("luhn", (-5,), {}),
    ("table", ([(1, 2)],), {}),
    ("fmt", (-5, 2.0), {}),
    ("fmt", (1.5, 2), {}),
    ("fmt", (True, 1), {}),
    ("bytes_sum", (b"",), {}),
    ("lists", ([],), {}),
    ("lists", ([7],), {}),
    ("cmp_chain", ([],), {}),
    ("swap_case", ({1: 2},), {}),
    ("opt", ("a",), {}),
    ("opt", (1,), {}),
    ("pascal_row", (100,), {}),
    ("pascal_row", (-1,), {}),
    ("set_negative", (-3,), {}),
    ("use_counter", (-5,), {}),
    ("pal_perm", ([1, [2]],), {}),
    ("roman_ok", (5,), {}),
]
