"""What somebody would try first: one function for each construct, in different words."""

import math
from dataclasses import dataclass, field

GRAVITY = 9.81
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
VOWELS = frozenset("aeiou")
MATRIX = [[2, 0], [1, 3]]
LOOKUP = {"one": 1, "two": 2, "three": 3}
ORIGIN = (0, 0)


def int_arith(a: int, b: int) -> tuple[int, ...]:
    return a + b, a - b, a * b, a**3, -a, +b, abs(a - b), a & b, a | b, a ^ b, ~a


def pow_mod(a, b, m):
    return pow(a, b, m), pow(a, b) % m, (a**b) % m


def neg_power(a, b):
    return a**-b, 2.0**b, (-a) ** b


def mixed(a: float, b: int) -> float:
    return a * b + b / 3 - a // b + a % b + int(a) * True


def trig_table(n: int) -> list[float]:
    return [round(math.sin(math.radians(d)), 6) for d in range(0, 360, max(1, 360 // n))]


def quadratic(a: float, b: float, c: float):
    d = b * b - 4 * a * c
    if d < 0:
        r = complex(-b / (2 * a), math.sqrt(-d) / (2 * a))
        return r, r.conjugate()
    if d == 0:
        return (-b / (2 * a),)
    s = math.sqrt(d)
    return (-b - s) / (2 * a), (-b + s) / (2 * a)


def mandel(c: complex, limit: int) -> int:
    z = 0j
    for i in range(limit):
        if abs(z) > 2:
            return i
        z = z * z + c
    return limit


def is_leap(y: int) -> bool:
    return y % 4 == 0 and (y % 100 != 0 or y % 400 == 0)


def between(lo, x, hi):
    return lo <= x <= hi, lo < x < hi, not lo <= x <= hi


def xor_all(flags: list[bool]) -> bool:
    out = False
    for f in flags:
        out ^= f
    return out


def maybe(x: int | None) -> int:
    if x is None:
        return -1
    return x if x else 0


def reverse_words(s: str) -> str:
    return " ".join(w[::-1] for w in s.split(" "))


def vowel_count(s: str) -> dict[str, int]:
    return {v: s.lower().count(v) for v in sorted(VOWELS) if v in s.lower()}


def title_case(s: str) -> str:
    return " ".join(w[:1].upper() + w[1:].lower() for w in s.split())


def acronym(s):
    return "".join(w[0] for w in s.replace("-", " ").split() if w[0].isalpha()).upper()


def to_base(n, b):
    if n < 0:
        return "-" + to_base(-n, b)
    s = ""
    while True:
        n, d = divmod(n, b)
        s = DIGITS[d] + s
        if not n:
            return s


def parse_kv(text: str, sep="=", strip=True):
    out = {}
    for part in text.split(";"):
        if sep not in part:
            continue
        k, _, v = part.partition(sep)
        out[k.strip() if strip else k] = v.strip() if strip else v
    return out


def hexdump(data: bytes, width: int = 4):
    lines = []
    for i in range(0, len(data), width):
        row = data[i : i + width]
        text = "".join(chr(b) if 32 <= b < 127 else "." for b in row)
        lines.append(f"{i:04x}  {' '.join(f'{b:02x}' for b in row):<{width * 3 - 1}}  {text}")
    return lines


def xor_bytes(a: bytes, b: bytes) -> bytes:
    return bytes(x ^ y for x, y in zip(a, b))


def tuple_ops(t):
    return t + (1,), t * 2, t[0], t[-1], t[1:], len(t), t.count(t[0]), t.index(t[-1]), t == tuple(list(t)), t < (9,)


def list_ops(xs: list[int]) -> list[int]:
    ys = xs[:]
    ys.append(1)
    ys.extend([2, 3])
    ys.insert(1, 9)
    ys.remove(9)
    ys.reverse()
    ys.sort()
    p = ys.pop()
    ys += [p, p]
    ys *= 2
    return ys


def list_queries(xs):
    return (
        xs.index(max(xs)),
        xs.count(1),
        3 in xs,
        sum(xs) / len(xs),
        sorted(xs)[len(xs) // 2],
        xs[::-1] == list(reversed(xs)),
    )


def del_things(xs, d):
    del xs[1], xs[-1:]
    if "a" in d:
        del d["a"]
    return xs, d


def rotate(m):
    return [list(r) for r in zip(*m[::-1])]


def matmul(a, b):
    return [[sum(x * y for x, y in zip(row, col)) for col in zip(*b)] for row in a]


def det(m):
    if len(m) == 1:
        return m[0][0]
    total = 0
    for j in range(len(m)):
        minor = [r[:j] + r[j + 1 :] for r in m[1:]]
        total += (-1) ** j * m[0][j] * det(minor)
    return total


def use_globals(x):
    return x * GRAVITY, LOOKUP.get("two"), MATRIX[1][0] + x, ORIGIN[0]


def merge_dicts(a: dict[str, int], b: dict[str, int]):
    out = dict(a)
    for k, v in b.items():
        out[k] = out.get(k, 0) + v
    return out, a | b, {k: out[k] for k in sorted(out, key=lambda k: (-out[k], k))}


def dict_views(d):
    return (
        list(d.keys()),
        list(d.values()),
        list(d.items()),
        max(d, key=d.get),
        sum(d.values()),
        len(d),
        min(d.items(), key=lambda kv: kv[1]),
    )


def nested_dict(rows):
    out = {}
    for a, b, v in rows:
        out.setdefault(a, {}).setdefault(b, []).append(v)
    return out


def invert_multi(d):
    inv = {}
    for k, vs in d.items():
        for v in vs:
            inv.setdefault(v, set()).add(k)
    return {k: sorted(v) for k, v in inv.items()}


def sets(a, b):
    x = set(a)
    y = {*b, 100}
    return (
        len(x | y),
        sorted(x & y, key=str),
        sorted(x.difference(y), key=str),
        sorted(x.symmetric_difference(y), key=str),
        x.issubset(y),
        x.union(b) >= y,
        100 in y,
    )


def sieve(n):
    comp = set()
    out = []
    for i in range(2, n):
        if i not in comp:
            out.append(i)
            comp.update(range(i * i, n, i))
    return out


def comp_nest(n):
    return (
        [(i, j) for i in range(n) for j in range(i) if (i + j) % 2],
        {i: [j for j in range(i)] for i in range(n)},
        {i % 3 for i in range(n)},
        [[0] * i for i in range(n)],
    )


def gen_expr(xs):
    return (
        sum(x * x for x in xs),
        max((x for x in xs if x % 2), default=None),
        ",".join(str(x) for x in xs),
        any(x > 3 for x in xs),
        dict((x, -x) for x in xs),
        tuple(x + 1 for x in xs),
        sorted(x % 4 for x in xs),
    )


def loop_zoo(n):
    out = []
    for i in reversed(range(n)):
        if i == 3:
            continue
        if i == 1:
            break
        out.append(i)
    else:
        out.append("else")
    k = 0
    while k < n:
        k += 2
    else:
        out.append(k)
    return out


def pairs_sum(xs, target):
    seen = {}
    for i, x in enumerate(xs):
        if target - x in seen:
            return seen[target - x], i
        seen[x] = i
    return None


def zip_longest(a, b, fill=0):
    n = max(len(a), len(b))
    return [(a[i] if i < len(a) else fill, b[i] if i < len(b) else fill) for i in range(n)]


def top_k(words: list[str], k: int):
    counts = {}
    for w in words:
        counts[w] = counts.get(w, 0) + 1
    return sorted(counts.items(), key=lambda kv: (-kv[1], kv[0]))[:k]


def map_filter(xs):
    evens = list(filter(lambda x: x % 2 == 0, xs))
    return (
        evens,
        list(map(lambda x: x**2, evens)),
        list(map(len, ["a", "bb"])),
        sum(map(abs, xs)),
        list(map(max, xs, reversed(xs))),
    )


def safe_div(a, b):
    try:
        return a / b
    except ZeroDivisionError:
        return math.inf if a > 0 else -math.inf if a < 0 else math.nan


def retry_parse(items):
    ok, errs = [], []
    for it in items:
        try:
            v = float(it)
            if v < 0:
                raise ValueError("negative")
        except (ValueError, TypeError) as e:
            errs.append(f"{type(e).__name__}: {e}")
        else:
            ok.append(v)
        finally:
            ok.append(None)
    return ok, errs


class TooBig(ValueError):
    pass


def check(x, limit=10):
    if x > limit:
        raise TooBig(f"{x} > {limit}")
    return x


def guarded(xs):
    total = 0
    for x in xs:
        try:
            total += check(x)
        except TooBig:
            total -= 1
    return total


def chained(d, k):
    try:
        return d[k]
    except KeyError as e:
        raise LookupError(f"no {k}") from e


def greet(name, greeting="Hello", *, punct="!", times=1):
    return " ".join([f"{greeting}, {name}{punct}"] * times)


def call_greet(n):
    return greet("Bob"), greet("Al", "Hi"), greet(name="X", punct="?"), greet("Y", times=n)


def variadic(first, *rest, **opts):
    return first + sum(rest), sorted(opts), len(rest)


def poly(x, *coef):
    r = 0
    for c in coef:
        r = r * x + c
    return r


def make_line(m, b):
    def line(x):
        return m * x + b

    return [line(x) for x in range(4)]


def fact(n):
    return 1 if n < 2 else n * fact(n - 1)


def ack(m, n):
    return n + 1 if m == 0 else ack(m - 1, 1) if n == 0 else ack(m - 1, ack(m, n - 1))


def flatten(x):
    if isinstance(x, list):
        out = []
        for y in x:
            out.extend(flatten(y))
        return out
    return [x]


def perms(s):
    if len(s) <= 1:
        return [s]
    return [c + p for i, c in enumerate(s) for p in perms(s[:i] + s[i + 1 :])]


def gcd_lcm(a, b):
    x, y = a, b
    while y:
        x, y = y, x % y
    return x, a * b // x, math.gcd(a, b), math.lcm(a, b)


@dataclass
class Item:
    name: str
    price: float
    qty: int = 1
    tags: list[str] = field(default_factory=list)

    def total(self) -> float:
        return self.price * self.qty

    def __lt__(self, other):
        return self.total() < other.total()


@dataclass
class Cart:
    items: list[Item] = field(default_factory=list)
    discount: float = 0.0

    def add(self, item):
        self.items.append(item)
        return self

    @property
    def total(self):
        return sum(i.total() for i in self.items) * (1 - self.discount)


def shop(rows, discount):
    cart = Cart(discount=discount)
    for n, p, q in rows:
        cart.add(Item(n, p, q))
    cart.items[0].tags.append("first")
    best = max(cart.items, key=lambda i: i.total())
    return cart.total, best.name, len(cart.items), cart.items[0].tags


class Matrix2:
    def __init__(self, a, b, c, d):
        self.a, self.b, self.c, self.d = a, b, c, d

    def __matmul__(self, o):
        return Matrix2(
            self.a * o.a + self.b * o.c,
            self.a * o.b + self.b * o.d,
            self.c * o.a + self.d * o.c,
            self.c * o.b + self.d * o.d,
        )

    def __eq__(self, o):
        return (self.a, self.b, self.c, self.d) == (o.a, o.b, o.c, o.d)

    def __hash__(self):
        return hash((self.a, self.b))

    def power(self, n):
        r = Matrix2(1, 0, 0, 1)
        m = self
        while n:
            if n & 1:
                r = r @ m
            m = m @ m
            n >>= 1
        return r


def fib_matrix(n):
    return Matrix2(1, 1, 1, 0).power(n).b


class Node:
    def __init__(self, key, left=None, right=None):
        self.key = key
        self.left = left
        self.right = right


def insert(node, key):
    if node is None:
        return Node(key)
    if key < node.key:
        node.left = insert(node.left, key)
    elif key > node.key:
        node.right = insert(node.right, key)
    return node


def in_order(node):
    if node is None:
        return []
    return in_order(node.left) + [node.key] + in_order(node.right)


def tree_sort(xs):
    root = None
    for x in xs:
        root = insert(root, x)
    return in_order(root)


class LinkedList:
    def __init__(self):
        self.head = None
        self.size = 0

    def push(self, v):
        self.head = (v, self.head)
        self.size += 1

    def __len__(self):
        return self.size

    def to_list(self):
        out, n = [], self.head
        while n is not None:
            v, n = n
            out.append(v)
        return out


def linked(xs):
    ll = LinkedList()
    for x in xs:
        ll.push(x)
    return ll.to_list(), len(ll)


class Counter2:
    total = 0

    def __init__(self):
        self.counts = {}

    def __getitem__(self, k):
        return self.counts.get(k, 0)

    def __setitem__(self, k, v):
        self.counts[k] = v

    def __contains__(self, k):
        return k in self.counts

    def __iadd__(self, k):
        self.counts[k] = self[k] + 1
        return self


def tally(s):
    c = Counter2()
    for ch in s:
        c += ch
    c["z"] = 26
    return c["a"], c["q"], "z" in c, c.counts


def life(grid):
    h, w = len(grid), len(grid[0])
    return [
        [
            1
            if (n := sum(grid[(i + a) % h][(j + b) % w] for a in (-1, 0, 1) for b in (-1, 0, 1) if a or b)) == 3
            or (n == 2 and grid[i][j])
            else 0
            for j in range(w)
        ]
        for i in range(h)
    ]


def word_wrap(text, width):
    lines, line = [], ""
    for w in text.split():
        if line and len(line) + 1 + len(w) > width:
            lines.append(line)
            line = w
        else:
            line = f"{line} {w}" if line else w
    return lines + [line] if line else lines


def brackets(s):
    stack = []
    match = {")": "(", "]": "[", "}": "{"}
    for c in s:
        if c in "([{":
            stack.append(c)
        elif c in match:
            if not stack or stack.pop() != match[c]:
                return False
    return not stack


def knap(w, v, cap):
    dp = [0] * (cap + 1)
    for wi, vi in zip(w, v):
        for c in range(cap, wi - 1, -1):
            dp[c] = max(dp[c], dp[c - wi] + vi)
    return dp[cap]


def bfs(graph, start):
    seen, queue, order = {start}, [start], []
    while queue:
        n = queue.pop(0)
        order.append(n)
        for m in sorted(graph.get(n, ())):
            if m not in seen:
                seen.add(m)
                queue.append(m)
    return order


def topo(deps):
    out, done = [], set()

    def visit(n):
        if n in done:
            return
        done.add(n)
        for d in deps.get(n, []):
            visit(d)
        out.append(n)

    for n in deps:
        visit(n)
    return out


CASES = [
    ("int_arith", (7, -3), {}),
    ("pow_mod", (7, 128, 13), {}),
    ("neg_power", (2, 3), {}),
    ("mixed", (7.5, -2), {}),
    ("trig_table", (12,), {}),
    ("quadratic", (1.0, -3.0, 2.0), {}),
    ("mandel", (-0.5 + 0.5j, 50), {}),
    ("is_leap", (2000,), {}),
    ("between", (1, 2, 3), {}),
    ("xor_all", ([True, False, True],), {}),
    ("maybe", (3,), {}),
    ("maybe", (None,), {}),
    ("reverse_words", ("hello big world",), {}),
    ("vowel_count", ("Hello World",), {}),
    ("title_case", ("hello wORLD",), {}),
    ("acronym", ("portable network-graphics",), {}),
    ("to_base", (-255, 16), {}),
    ("parse_kv", ("a=1; b = 2;c",), {}),
    ("hexdump", (b"hello world\x00",), {}),
    ("xor_bytes", (b"abc", b"xyz"), {}),
    ("tuple_ops", ((3, 1, 2),), {}),
    ("list_ops", ([3, 1, 2],), {}),
    ("list_queries", ([3, 1, 2],), {}),
    ("del_things", ([1, 2, 3, 4], {"a": 1, "b": 2}), {}),
    ("rotate", ([[1, 2], [3, 4]],), {}),
    ("matmul", ([[1, 2], [3, 4]], [[5, 6], [7, 8]]), {}),
    ("det", ([[2, 0, 1], [1, 3, 2], [1, 1, 1]],), {}),
    ("use_globals", (2,), {}),
    ("merge_dicts", ({"a": 1}, {"a": 2, "b": 3}), {}),
    ("dict_views", ({"a": 1, "b": 3},), {}),
    ("nested_dict", ([("x", "y", 1), ("x", "y", 2), ("x", "z", 3)],), {}),
    ("invert_multi", ({"a": [1, 2], "b": [2]},), {}),
    ("sets", ([1, 2, 3], [2, 3, 4]), {}),
    ("sieve", (50,), {}),
    ("comp_nest", (5,), {}),
    ("gen_expr", ([1, 2, 3, 4],), {}),
    ("loop_zoo", (6,), {}),
    ("pairs_sum", ([2, 7, 11, 15], 18), {}),
    ("zip_longest", ([1, 2, 3], [4]), {}),
    ("top_k", (["a", "b", "a", "c", "b", "a"], 2), {}),
    ("map_filter", ([1, -2, 3, 4],), {}),
    ("safe_div", (1.0, 0.0), {}),
    ("retry_parse", (["1", "x", "-2", None],), {}),
    ("check", (5,), {}),
    ("guarded", ([1, 20, 3],), {}),
    ("chained", ({"a": 1}, "a"), {}),
    ("greet", ("Ann",), {"punct": "."}),
    ("call_greet", (2,), {}),
    ("variadic", (1, 2, 3), {"x": 1}),
    ("poly", (2, 1, 2, 3), {}),
    ("make_line", (2, 1), {}),
    ("fact", (20,), {}),
    ("ack", (2, 3), {}),
    ("flatten", ([1, [2, [3, []]]],), {}),
    ("perms", ("abc",), {}),
    ("gcd_lcm", (12, 18), {}),
    ("shop", ([("a", 1.5, 2), ("b", 2.0, 5)], 0.1), {}),
    ("fib_matrix", (50,), {}),
    ("tree_sort", ([5, 2, 8, 1, 9, 2],), {}),
    ("linked", ([1, 2, 3],), {}),
    ("tally", ("banana",), {}),
    ("life", ([[0, 1, 0], [0, 1, 0], [0, 1, 0]],), {}),
    ("word_wrap", ("the quick brown fox jumps over", 10), {}),
    ("brackets", ("([]{})",), {}),
    ("knap", ([1, 3, 4], [15, 20, 30], 4), {}),
    ("bfs", ({1: [2, 3], 2: [4], 3: [4]}, 1), {}),
    ("topo", ({"a": ["b", "c"], "b": ["c"]},), {}),
]
EDGE = [
    ("neg_power", (0, 1), {}),
    ("neg_power", (2, 2000), {}),
    ("pow_mod", (2, -1, 7), {}),
    ("pow_mod", (2, 3, 0), {}),
    ("quadratic", (1.0, 2.0, 5.0), {}),
    ("quadratic", (0.0, 1.0, 1.0), {}),
    ("quadratic", (1.0, 2.0, 1.0), {}),
    ("mandel", (float("nan") + 0j, 5), {}),
    ("fact", (25,), {}),
    ("fact", (-1,), {}),
    ("chained", ({"a": 1}, "b"), {}),
    ("check", (11,), {}),
    ("flatten", (5,), {}),
    ("tree_sort", ([],), {}),
    ("tree_sort", ([1, "a"],), {}),
    ("tree_sort", ([float("nan"), 1.0, 0.5],), {}),
    ("fib_matrix", (200,), {}),
    ("hexdump", (b"",), {}),
    ("hexdump", (b"abc", 0), {}),
    ("life", ([[]],), {}),
    ("det", ([],), {}),
    ("bfs", ({}, "x"), {}),
    ("brackets", ("(]",), {}),
    ("dict_views", ({},), {}),
    ("tuple_ops", ((),), {}),
    ("tuple_ops", ((float("nan"),),), {}),
    ("list_queries", ([],), {}),
    ("knap", ([5], [1], -1), {}),
    ("linked", ([],), {}),
    ("perms", ("",), {}),
    ("shop", ([], 0.0), {}),
]
