"""Small programs over numbers, texts, records and containers, as somebody new to the tool would write them."""

import math
from collections import Counter, defaultdict, namedtuple
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

TAX = 0.2
NAMES = ["zero", "one", "two", "three"]
RATES = {"eur": 1.0, "usd": 1.1, "gbp": 0.85}


@dataclass
class Account:
    owner: str
    balance: float = 0.0
    history: list = field(default_factory=list)

    def deposit(self, amount):
        if amount <= 0:
            raise ValueError(f"bad amount: {amount!r}")
        self.balance += amount
        self.history.append(("deposit", amount))
        return self.balance

    def withdraw(self, amount):
        if amount > self.balance:
            raise ValueError("insufficient")
        self.balance -= amount
        self.history.append(("withdraw", amount))
        return self.balance


@dataclass(frozen=True)
class Money:
    amount: int
    currency: str = "eur"

    def __add__(self, other):
        if self.currency != other.currency:
            raise TypeError("currencies differ")
        return Money(self.amount + other.amount, self.currency)

    def __lt__(self, other):
        return self.amount < other.amount

    def __str__(self):
        return f"{self.amount / 100:.2f} {self.currency.upper()}"


@dataclass(order=True)
class Version:
    major: int
    minor: int = 0
    patch: int = 0


class Point(NamedTuple):
    x: float
    y: float

    def norm(self):
        return math.hypot(self.x, self.y)


Row = namedtuple("Row", "name qty price")


class Color(Enum):
    RED = 1
    GREEN = 2
    BLUE = 3


class Vec:
    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __add__(self, o):
        return Vec(self.x + o.x, self.y + o.y)

    def __sub__(self, o):
        return Vec(self.x - o.x, self.y - o.y)

    def __mul__(self, k):
        return Vec(self.x * k, self.y * k)

    __rmul__ = __mul__

    def __neg__(self):
        return Vec(-self.x, -self.y)

    def __abs__(self):
        return math.sqrt(self.x * self.x + self.y * self.y)

    def __eq__(self, o):
        return isinstance(o, Vec) and self.x == o.x and self.y == o.y

    def __bool__(self):
        return self.x != 0 or self.y != 0

    def __repr__(self):
        return f"Vec({self.x!r}, {self.y!r})"

    def __getitem__(self, i):
        return (self.x, self.y)[i]

    def __len__(self):
        return 2

    def __iter__(self):
        return iter((self.x, self.y))

    def __contains__(self, v):
        return v == self.x or v == self.y

    def __call__(self, k):
        return Vec(self.x + k, self.y + k)


class Stack:
    def __init__(self, items=()):
        self._items = list(items)

    def push(self, x):
        self._items.append(x)
        return self

    def pop(self):
        if not self._items:
            raise IndexError("empty stack")
        return self._items.pop()

    @property
    def top(self):
        return self._items[-1] if self._items else None

    def __len__(self):
        return len(self._items)

    @classmethod
    def of(cls, *items):
        return cls(items)

    @staticmethod
    def describe(n):
        return "empty" if n == 0 else f"{n} item{'s' if n != 1 else ''}"


class Shape:
    def area(self):
        raise NotImplementedError

    def describe(self):
        return f"{type(self).__name__}: {self.area():.3f}"


class Circle(Shape):
    def __init__(self, r):
        self.r = r

    def area(self):
        return math.pi * self.r**2


class Square(Shape):
    def __init__(self, a):
        super().__init__()
        self.a = a

    def area(self):
        return self.a * self.a


def account_run(amounts):
    acc = Account("ann")
    errors = 0
    for a in amounts:
        try:
            if a >= 0:
                acc.deposit(a)
            else:
                acc.withdraw(-a)
        except ValueError:
            errors += 1
    return acc.balance, errors, len(acc.history)


def money_total(cents):
    total = Money(0)
    for c in cents:
        total = total + Money(c)
    return str(total)


def cheapest(cents):
    return min(Money(c) for c in cents).amount


def newest(triples):
    versions = [Version(*t) for t in triples]
    best = max(versions)
    return best.major, best.minor, best.patch


def centroid(points):
    ps = [Point(x, y) for x, y in points]
    n = len(ps)
    return Point(sum(p.x for p in ps) / n, sum(p.y for p in ps) / n)


def farthest(points):
    return max((Point(*p) for p in points), key=lambda p: p.norm())


def invoice(rows):
    total = 0.0
    for r in [Row(*x) for x in rows]:
        total += r.qty * r.price
    return round(total * (1 + TAX), 2)


def parse_rows(text):
    out = []
    for line in text.strip().splitlines():
        if not line or line.startswith("#"):
            continue
        name, qty, price = line.split(",")
        out.append(Row(name.strip(), int(qty), float(price)))
    return out


def color_names(ns):
    return [Color(n).name for n in ns]


def count_colors(ns):
    c = Counter(Color(n) for n in ns)
    return c[Color.RED], c[Color.BLUE]


def walk(steps):
    pos = Vec(0, 0)
    for dx, dy in steps:
        pos = pos + Vec(dx, dy)
    return abs(pos), pos.x, pos.y


def vec_ops(a, b, c, d):
    u, v = Vec(a, b), Vec(c, d)
    w = 2 * u - v * 3
    return (w == Vec(1, 1), bool(-w), repr(w), w[0], w[-1], len(w), a in u, list(v), w(1))


def stack_eval(tokens):
    s = Stack()
    for t in tokens:
        if t.isdigit():
            s.push(int(t))
        else:
            b, a = s.pop(), s.pop()
            if t == "+":
                s.push(a + b)
            elif t == "-":
                s.push(a - b)
            elif t == "*":
                s.push(a * b)
            else:
                raise ValueError("unknown " + t)
    return s.top, len(s), Stack.describe(len(s))


def stack_of(n):
    s = Stack.of(*range(n))
    return s.push(n).push(n + 1).pop() + len(s)


def areas(kinds):
    shapes = [Circle(k) if k % 2 else Square(k) for k in kinds]
    return [s.describe() for s in shapes], sum(s.area() for s in shapes)


def group_by_len(words):
    groups = defaultdict(list)
    for w in words:
        groups[len(w)].append(w)
    return {k: sorted(v) for k, v in sorted(groups.items())}


def top_words(text, n):
    return Counter(text.lower().split()).most_common(n)


def convert(amount, src, dst):
    try:
        return round(amount / RATES[src] * RATES[dst], 2)
    except KeyError as e:
        return f"unknown {e}"


def spell(n):
    if n < 0:
        return "minus " + spell(-n)
    if n < len(NAMES):
        return NAMES[n]
    return " ".join(spell(int(d)) if int(d) < 4 else d for d in str(n))


def anagrams(words):
    seen = {}
    for w in words:
        seen.setdefault("".join(sorted(w)), []).append(w)
    return [g for g in seen.values() if len(g) > 1]


def interest(principal, rate, years):
    rows = []
    for y in range(1, years + 1):
        principal *= 1 + rate / 100
        rows.append((y, round(principal, 2)))
    return rows


def transpose(m):
    return [list(r) for r in zip(*m)]


def invert(d):
    return {v: k for k, v in d.items()}


def histogram(values, width):
    counts = {}
    for v in values:
        b = v // width * width
        counts[b] = counts.get(b, 0) + 1
    lines = []
    for b in sorted(counts):
        lines.append(f"{b:>5}: {'#' * counts[b]}")
    return "\n".join(lines)


def dedupe(items):
    seen = set()
    return [x for x in items if not (x in seen or seen.add(x))]


def is_palindrome(s):
    t = [c.lower() for c in s if c.isalnum()]
    return t == t[::-1]


def roman(n):
    table = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ]
    out = ""
    for v, s in table:
        q, n = divmod(n, v)
        out += s * q
    return out


def run_length(s):
    out = []
    i = 0
    while i < len(s):
        j = i
        while j < len(s) and s[j] == s[i]:
            j += 1
        out.append((s[i], j - i))
        i = j
    return out


def unrun(pairs):
    return "".join(c * n for c, n in pairs)


def binary_search(values, x):
    lo, hi = 0, len(values)
    while lo < hi:
        mid = (lo + hi) >> 1
        if values[mid] < x:
            lo = mid + 1
        else:
            hi = mid
    return lo if lo < len(values) and values[lo] == x else ~lo


CASES = [
    ("account_run", ([10.0, -3.0, -50.0, 0.0, 2.5],), {}),
    ("money_total", ([100, 250, 1],), {}),
    ("cheapest", ([300, 100, 200],), {}),
    ("newest", ([(1, 2, 3), (1, 10), (0, 99, 1)],), {}),
    ("centroid", ([(0.0, 0.0), (2.0, 4.0)],), {}),
    ("farthest", ([(0.0, 1.0), (3.0, 4.0), (1.0, 1.0)],), {}),
    ("invoice", ([("a", 2, 3.5), ("b", 1, 10.0)],), {}),
    ("parse_rows", ("# head\na, 2, 3.5\n\nb,1,10",), {}),
    ("color_names", ([1, 2, 3, 1],), {}),
    ("count_colors", ([1, 2, 3, 1],), {}),
    ("walk", ([(1, 2), (3, 4), (-1, 0)],), {}),
    ("vec_ops", (1, 2, 3, 4), {}),
    ("stack_eval", (["3", "4", "+", "2", "*"],), {}),
    ("stack_of", (5,), {}),
    ("areas", ([1, 2, 3],), {}),
    ("group_by_len", (["aa", "b", "cc", "ddd"],), {}),
    ("top_words", ("a b a c b a", 2), {}),
    ("convert", (100.0, "eur", "usd"), {}),
    ("convert", (100.0, "eur", "xxx"), {}),
    ("spell", (-123,), {}),
    ("anagrams", (["tea", "eat", "tan", "nat", "bat"],), {}),
    ("interest", (1000.0, 5, 4), {}),
    ("transpose", ([[1, 2, 3], [4, 5, 6]],), {}),
    ("invert", ({"a": 1, "b": 2},), {}),
    ("histogram", ([1, 5, 12, 17, 23, 3], 10), {}),
    ("dedupe", ([3, 1, 3, 2, 1],), {}),
    ("is_palindrome", ("A man, a plan, a canal: Panama",), {}),
    ("roman", (1994,), {}),
    ("run_length", ("aaabccdd",), {}),
    ("unrun", ([("a", 3), ("b", 1)],), {}),
    ("binary_search", ([1, 3, 5, 7, 9], 7), {}),
    ("binary_search", ([1, 3, 5, 7, 9], 4), {}),
]
EDGE = [
    ("account_run", ([float("nan"), 1, True],), {}),
    ("account_run", (["a"],), {}),
    ("money_total", ([2**70],), {}),
    ("cheapest", ([],), {}),
    ("newest", ([],), {}),
    ("newest", ([(1, "a"), (1, 2)],), {}),
    ("centroid", ([],), {}),
    ("centroid", ([(1, 2, 3)],), {}),
    ("parse_rows", ("a,b",), {}),
    ("parse_rows", ("a,1_0,nan\r\nb, -2 ,1e3",), {}),
    ("color_names", ([9],), {}),
    ("walk", ([("a", "b")],), {}),
    ("stack_eval", (["+"],), {}),
    ("stack_eval", (["²"],), {}),
    ("areas", ([0, -1.5],), {}),
    ("spell", (2.0,), {}),
    ("histogram", ([1.5, -0.0, float("inf")], 10), {}),
    ("histogram", ([1], 0), {}),
    ("dedupe", ([1, 1.0, True, float("nan"), [1]],), {}),
    ("roman", (-5,), {}),
    ("roman", (0,), {}),
    ("unrun", ([("a", -1), ("b", True)],), {}),
    ("binary_search", (["a", "b"], 1), {}),
    ("transpose", ([[1, 2], [3]],), {}),
]
