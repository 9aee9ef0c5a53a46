"""Many methods of numbers, texts, bytes and containers in one function each, beside classes with truth and length."""

import math


class Acc:
    def __init__(self):
        self.items = []
        self.n = 0

    def add(self, x):
        self.items.append(x)
        self.n += 1
        return self

    def __len__(self):
        return self.n

    def __bool__(self):
        return self.n > 1

    def __getitem__(self, i):
        return self.items[i]


def truthy(n):
    a = Acc()
    for i in range(n):
        a.add(i)
    return bool(a), not a, 1 if a else 0, len(a), a and 5, [x for x in a.items if a]


def iterate_getitem(n):
    a = Acc()
    for i in range(n):
        a.add(i * i)
    return a[0], a[-1], a.items[1:]


def tabs(s):
    return (
        s.splitlines(),
        s.splitlines(True),
        s.split(None, 1),
        s.rsplit(),
        s.split("a"),
        s.strip("\n"),
        s.title(),
        s.capitalize(),
        s.isdigit(),
        s.isspace(),
        s.translate({97: "x"}),
        s.ljust(5, "."),
        s.count(""),
        s.find(""),
        s.replace("", "-"),
    )


def fmt(n, f):
    return (
        f"{n:>+8,d}",
        f"{n:b}",
        f"{n:o}",
        f"{n:X}",
        f"{n:08b}",
        f"{f:.0%}",
        f"{f:e}",
        f"{f:G}",
        f"{n:c}" if 0 < n < 1000 else "",
        f"{n!s:^7}",
        f"{{{n}}}",
        f"{n=}",
        f"{f=:.2f}",
        f"{'ab'!r}",
        f"{n:{'>'}{6}}",
    )


def int_methods(n):
    return (
        n.bit_length(),
        n.to_bytes(8, "little", signed=True),
        (n).conjugate(),
        n.real,
        n.numerator,
        int.from_bytes(b"\x01\x02", "big"),
        int("ff", 16),
        int("-0b11", 0),
        int(" 12 "),
        bin(n),
        hex(-n),
        oct(n),
        divmod(n, 7),
        pow(n, 2, 5),
        n.__index__() if n else 0,
    )


def float_methods(x):
    return (
        x.is_integer(),
        x.hex(),
        float.fromhex("0x1.8p1"),
        float("1e3"),
        float("  -inf"),
        math.frexp(x),
        math.ldexp(x, 2),
        math.modf(x),
        math.fmod(x, 3),
        math.remainder(x, 3),
        math.hypot(x, 1),
        2,
        math.nextafter(x, 1),
        math.ulp(x),
        x.as_integer_ratio(),
    )


def math_errors(x):
    out = []
    for f in (1, 2, 3, 4, 5, 6):
        try:
            if f == 1:
                out.append(math.sqrt(x))
            elif f == 2:
                out.append(math.log(x))
            elif f == 3:
                out.append(math.exp(x))
            elif f == 4:
                out.append(math.acos(x))
            elif f == 5:
                out.append(math.factorial(int(x)))
            else:
                out.append(math.pow(x, 0.5))
        except (ValueError, OverflowError) as e:
            out.append(str(e))
    return out


def comb(n, k):
    return (
        math.comb(n, k),
        math.perm(n, k),
        math.gcd(n, k),
        math.lcm(n, k),
        math.isqrt(n),
        math.prod(range(1, k + 1)),
        math.fsum([0.1] * k),
    )


def bytes_things(b):
    return (
        b[::-1],
        b.hex(" ") if b else "",
        b.count(b"a"),
        b.strip(),
        b.partition(b"b"),
        b.isalpha(),
        b.title(),
        [x for x in b if x > 97],
        bytes(3),
        bytes(b),
        b == bytearray(b),
        b < b"b",
        b"%d" % len(b),
        b.zfill(6),
        b.rjust(5, b"*"),
        b.join([b"x", b"y"]),
        b.translate(None, b"a"),
        b.endswith((b"c", b"b")),
        max(b, default=0),
    )


def tuples(t):
    a, *b = t
    return (
        t[::-1],
        t + (1, 2),
        t * 0,
        hash(t),
        sorted(t),
        t.count(1),
        (*t, 0),
        {t: 1}[t],
        t < t + (0,),
        tuple(x for x in t),
        b,
        min(t),
        sum(t),
        dict(enumerate(t)),
        list(zip(t, t[1:])),
        1 in t,
        any(t),
    )


def dicts(d):
    e = d.copy()
    e.update(x=1, y=len(e))
    e.update([("z", 3)])
    f = {k: v for k, v in sorted(e.items(), key=lambda kv: kv[1], reverse=True)}
    g = dict(zip(e, range(9)))
    h = set(e) & {"x", "q"}
    i = e.pop("x")
    j = e.popitem()
    k = next(iter(e), None)
    return (
        e,
        f,
        g,
        sorted(h),
        i,
        j,
        k,
        d == e,
        list(reversed(e)),
        e.setdefault("w", []),
        "w" in e,
        len(e),
        dict.fromkeys("ab", 0),
        d | {"n": 0},
        {**d},
        d.get("zz") is None,
    )


def lists(xs):
    ys = list(xs)
    ys.insert(-1, 10)
    ys.insert(100, 11)
    ys.extend(range(2))
    ys += (5,)
    ys[1:1] = [7, 8]
    p = ys.pop(0)
    q = ys.pop(-2)
    ys.sort(key=lambda v: (v % 3, -v))
    z = ys.copy()
    z.clear()
    return (
        ys,
        p,
        q,
        z,
        ys.index(8),
        ys.count(5),
        [1, 2] < [1, 3],
        [] < [0],
        ys > xs,
        [*xs, *ys][:3],
        [xs] * 2,
        ys[-3:-1],
        [0] * -1,
        xs == [*xs],
        max(ys),
        ys[len(ys) // 2],
    )


CASES = [
    ("truthy", (3,), {}),
    ("iterate_getitem", (4,), {}),
    ("tabs", ("a b\tca\nd  e\r\nf",), {}),
    ("fmt", (1234, 0.256), {}),
    ("int_methods", (1000,), {}),
    ("float_methods", (2.5,), {}),
    ("math_errors", (0.5,), {}),
    ("comb", (10, 3), {}),
    ("bytes_things", (b"abcab",), {}),
    ("tuples", ((3, 1, 2),), {}),
    ("dicts", ({"a": 5, "b": 4},), {}),
    ("lists", ([3, 1, 2],), {}),
]
EDGE = [
    ("truthy", (0,), {}),
    ("truthy", (1,), {}),
    ("iterate_getitem", (0,), {}),
    ("tabs", ("",), {}),
    ("tabs", ("\x0b\x1c\u2028x\x85",), {}),
    ("tabs", ("ŉǆß",), {}),
    ("fmt", (-5, -0.0), {}),
    ("fmt", (0, float("nan")), {}),
    ("fmt", (2**70, 1e22), {}),
    ("fmt", (True, 3), {}),
    ("int_methods", (-1,), {}),
    ("int_methods", (2**63,), {}),
    ("int_methods", (0,), {}),
    ("int_methods", (True,), {}),
    ("float_methods", (float("inf"),), {}),
    ("float_methods", (-0.0,), {}),
    ("float_methods", (float("nan"),), {}),
    ("float_methods", (1e308,), {}),
    ("math_errors", (-1.0,), {}),
    ("math_errors", (1000.0,), {}),
    ("math_errors", (float("nan"),), {}),
    ("math_errors", (0.0,), {}),
    ("math_errors", (float("inf"),), {}),
    ("math_errors", (5,), {}),
    ("comb", (3, 10), {}),
    ("comb", (-1, 2), {}),
    ("comb", (100, 50), {}),
    ("comb", (0, 0), {}),
    ("bytes_things", (b"",), {}),
    ("bytes_things", (b"\xff",), {}),
    ("tuples", ((1,),), {}),
    ("tuples", ((),), {}),
    ("tuples", ((0.5, True),), {}),
    ("dicts", ({},), {}),
    ("dicts", ({1: 2},), {}),
    ("dicts", ({"x": 0},), {}),
    ("lists", ([],), {}),
    ("lists", ([2.5, 1],), {}),
]
