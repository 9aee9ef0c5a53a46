"""Corners of the everyday constructs: chained comparisons, unpacking, walrus, slices, formats, raising, scopes."""

import math

BASE = 16
MASK = (1 << 16) - 1
EPS = 1e-9


def floor_mod_table(a, b):
    return a // b, a % b, divmod(a, b), -a // b, -a % b, a // -b, a % -b


def chain(a, b, c):
    return a < b <= c, a == b == c, a < b > c, a != b != c, not a < b < c


def bool_math(flags):
    return sum(flags), True + True, True * 2.5, -True, ~True, True << 3, True & 1, True ^ True, flags.count(True)


def none_flow(x=None, *, default=0):
    y = x or default
    z = x if x is not None else default
    return y, z, x is None, x == None  # noqa: E711


def star_mid(values):
    first, *middle, last = values
    return first, middle, last


def nested_unpack(pairs):
    return [a + b * c for a, (b, c) in pairs]


def swap_many(a, b, c):
    a, b, c = c, a, b
    a, b = b, a
    return a, b, c


def walrus_sum(values):
    total = 0
    while (n := len(values)) > 2:
        total += values.pop() * n
    return total, [y for x in values if (y := x * 2) > 2]


def slice_zoo(s):
    return s[::-1], s[1:-1], s[-3:], s[::2], s[5:1:-2], s[100:], s[:-100], s[-1:-4:-1]


def slice_assign(xs):
    xs[1:3] = [9, 9, 9]
    xs[::2] = [0] * len(xs[::2])
    del xs[-1]
    del xs[:1]
    xs[len(xs) :] = [7]
    xs[0:0] = [5, 6]
    return xs


def formats(i, f, s):
    return (
        f"{i:5d}|{i:<5}|{i:^7}|{i:05}|{i:+}|{i:x}|{i:#b}|{i:,}|{i:_}",
        f"{f:.2f}|{f:10.3e}|{f:g}|{f:%}|{f:+.1f}|{f!r}|{f:>12.4}",
        f"{s:>8}|{s:*^9}|{s!r:>10}|{s:.2}|{s!s}|{s!a}",
    )


def nested_format(x, width, places):
    return f"{x:{width}.{places}f}" + f"{x:>{width}}"


def percent(i, f, s):
    return "%d %5d %-5d| %05d %x %o %c %s %r %.3f %e %g %%" % (i, i, i, i, i, i, 65, s, s, f, f, f)


def percent_dict(d):
    return "%(a)s and %(b)05.1f" % d


def dot_format(a, b):
    return (
        "{} {1} {0}".replace("{} ", "").format(a, b)
        + "{:>6}|{:<6}|{!r}".format(a, b, a)
        + "{x}{y:.1f}".format(x=a, y=1.25)
    )


def try_all(values):
    log = []
    for v in values:
        try:
            r = 10 // v
        except ZeroDivisionError:
            log.append("zero")
        except TypeError as e:
            log.append(str(e))
        else:
            log.append(r)
        finally:
            log.append("end")
    return log


def raise_from(x):
    try:
        return int(x)
    except ValueError as e:
        raise KeyError("bad " + x) from e


def finally_wins(x):
    try:
        if x > 0:
            return "try"
        raise ValueError("neg")
    except ValueError:
        return "except"
    finally:
        if x == 5:
            return "finally"


def nested_try(xs, i):
    try:
        try:
            return xs[i]
        except IndexError:
            return xs[-i - 1]
    except (IndexError, TypeError) as e:
        return type(e).__name__


def loop_else(values, x):
    for i, v in enumerate(values):
        if v == x:
            break
    else:
        return -1
    return i


def while_else(n):
    steps = 0
    while n > 1:
        if n % 7 == 0:
            break
        n = n // 2
        steps += 1
    else:
        return steps, "one"
    return steps, "seven"


def kwargs_sum(*args, scale=1, **kwargs):
    total = sum(args) * scale
    for k, v in kwargs.items():
        total += len(k) * v
    return total


def call_kwargs(values):
    opts = {"b": 3, "cc": 4}
    return kwargs_sum(*values, scale=2, **opts), kwargs_sum(1), kwargs_sum()


def pos_only(a, b=2, /, c=3, *, d=4):
    return a * 1000 + b * 100 + c * 10 + d


def call_pos(x):
    return pos_only(x), pos_only(x, 1), pos_only(x, 1, d=9), pos_only(x, 1, c=0)


def sort_keys(rows):
    a = sorted(rows, key=lambda r: r[1], reverse=True)
    rows.sort(key=lambda r: (r[0] % 2, -r[1]))
    return a, rows


def minmax(values):
    return min(values), max(values), min(values, key=abs), max(values, key=lambda v: -v), max(values, default=None)


def any_all(values):
    return any(v > 3 for v in values), all(v > 0 for v in values), any([]), all([])


def map_filter(values):
    return (
        list(map(str, filter(None, values))),
        list(map(lambda a, b: a * b, values, values[1:])),
        sum(map(int, "12345")),
    )


def zip_enum(a, b):
    return [(i, x, y) for i, (x, y) in enumerate(zip(a, b), start=1)], dict(zip(a, b)), list(reversed(a))


def set_ops(a, b):
    x, y = set(a), set(b)
    return sorted(x | y), sorted(x & y), sorted(x - y), sorted(x ^ y), x <= y, x.isdisjoint(y), len({v % 3 for v in a})


def frozen(a):
    groups = {frozenset(w) for w in a}
    return len(groups), frozenset("ab") in groups, sorted(map(sorted, groups))


def set_updates(a, b):
    s = set(a)
    s |= set(b)
    s.discard(1)
    s -= {2}
    s.update([10, 11])
    s.add(12)
    s &= set(range(3, 12))
    return sorted(s)


def dict_dance(d, extra):
    d = dict(d)
    d.update(extra)
    d["z"] = d.pop("a", 0)
    d |= {"k": 1}
    for k in list(d):
        if d[k] == 0:
            del d[k]
    return d, list(d), list(d.values()), "q" in d, d.get("q"), {**d, "q": 1}


def dict_comp(words):
    return {w: {c: w.count(c) for c in sorted(set(w))} for w in words if w}


def bits(n):
    return bin(n), hex(n), oct(n), n.bit_length(), n & MASK, n | 1, n ^ 0xFF, ~n, n << 3, n >> 2, bin(n).count("1")


def popcount(n):
    c = 0
    while n:
        n &= n - 1
        c += 1
    return c


def gray(n):
    return [i ^ (i >> 1) for i in range(1 << n)]


def xorshift(seed, n):
    x = seed
    for _ in range(n):
        x ^= (x << 13) & 0xFFFFFFFFFFFFFFFF
        x ^= x >> 7
        x ^= (x << 17) & 0xFFFFFFFFFFFFFFFF
    return x


def fnv(data):
    h = 0xCBF29CE484222325
    for b in data:
        h = (h ^ b) * 0x100000001B3 % (1 << 64)
    return h


def crc(data):
    c = 0xFFFFFFFF
    for b in data:
        c ^= b
        for _ in range(8):
            c = (c >> 1) ^ (0xEDB88320 if c & 1 else 0)
    return c ^ 0xFFFFFFFF


def to_base(n, base=BASE):
    digits = "0123456789abcdef"
    if n == 0:
        return "0"
    neg, n = n < 0, abs(n)
    out = []
    while n:
        n, r = divmod(n, base)
        out.append(digits[r])
    return "-" * neg + "".join(reversed(out))


def floats(x, y):
    return (
        x / y,
        x // y,
        x % y,
        x**2,
        round(x, 1),
        round(x),
        int(x),
        float(y),
        abs(-x),
        x.is_integer(),
        math.floor(x),
        math.ceil(y),
        math.trunc(x),
    )


def complexes(z, w):
    return z * w, z / w, z.conjugate(), abs(z), z.real + w.imag, z == w, z**2, -z, complex(1, 2) + 1


def maths(x):
    return (
        math.sin(x),
        math.exp(-x),
        math.log(x + 1),
        math.log(x + 1, 2),
        math.sqrt(x),
        math.pi * x,
        math.gcd(12, 18),
        math.isqrt(10),
        math.factorial(5),
        math.comb(5, 2),
        math.isclose(x, x + EPS),
        math.copysign(1, -x),
        math.fsum([x] * 3),
        math.prod([1, 2, 3]),
        math.dist((0, 0), (3, 4)),
        math.degrees(x),
        math.atan2(x, 1),
        math.inf > x,
    )


def str_methods(s):
    return (
        s.upper(),
        s.title(),
        s.strip("x "),
        s.split(),
        s.replace("a", "b", 1),
        s.find("o"),
        s.count("l"),
        s.partition(" "),
        s.rsplit(" ", 1),
        s.center(20, "*"),
        s.zfill(15),
        s.startswith(("He", "x")),
        s.swapcase(),
        s.isalpha(),
        s.encode(),
        s.casefold(),
        s.expandtabs(),
        s.rjust(15),
        s.rfind("o"),
        s.removeprefix("He"),
        s.isidentifier(),
    )


def caesar(s, k):
    out = []
    for c in s:
        if "a" <= c <= "z":
            out.append(chr((ord(c) - 97 + k) % 26 + 97))
        elif c.isupper():
            out.append(chr((ord(c) - ord("A") + k) % 26 + ord("A")))
        else:
            out.append(c)
    return "".join(out)


def byte_methods(b):
    return (
        b.hex(),
        b[0],
        b[1:3],
        b + b"x",
        b * 2,
        b.find(b"l"),
        b.decode(),
        list(b),
        bytes([1, 2, 255]),
        b.upper(),
        b.split(b"l"),
        b.replace(b"l", b"L"),
        b.startswith(b"he"),
        b"-".join([b, b]),
        104 in b,
    )


def byte_array(n):
    a = bytearray(n)
    for i in range(n):
        a[i] = i * i % 256
    a.append(1)
    a += b"zz"
    return bytes(a), len(a), a[2], a[-1]


def deep(n):
    return {"n": n, "l": [(i, {"k": [i] * 2}) for i in range(n)], "s": {"t": (n, None, True)}}


def matrix(n):
    m = [[0] * n for _ in range(n)]
    for i in range(n):
        for j in range(n):
            m[i][j] = i * n + j
    return m, [r[i] for i, r in enumerate(m)], sum(sum(r) for r in m), [*map(list, zip(*m))]


def identity_and_alias(n):
    a = [0] * n
    b = a
    b.append(1)
    c = a[:]
    c.append(2)
    return a is b, a == c, a, c


def assert_it(x):
    assert x > 0, f"x was {x}"
    return x


def scope_shadow(x):
    xs = [x for x in range(x)]
    return x, xs, [[x for x in range(x)] for x in range(3)]


def closures(n):
    fs = []
    total = 0

    def add(k):
        nonlocal total
        total += k
        return total

    for i in range(n):
        fs.append(add(i))
    return fs, total


def global_use(x):
    return x % BASE, x & MASK


def ternaries(x):
    return "neg" if x < 0 else "zero" if x == 0 else "small" if x < 10 else "big"


def match_it(p):
    match p:
        case (0, 0):
            return "origin"
        case (x, 0) | (0, x):
            return f"axis {x}"
        case [x, y] if x == y:
            return "diag"
        case {"k": v}:
            return v
        case str() as s:
            return s.upper()
        case _:
            return None


CASES = [
    ("floor_mod_table", (17, 5), {}),
    ("floor_mod_table", (-17.5, 5.0), {}),
    ("chain", (1, 2, 3), {}),
    ("bool_math", ([True, False, True],), {}),
    ("none_flow", (3,), {}),
    ("none_flow", (), {}),
    ("none_flow", (None,), {"default": 2}),
    ("star_mid", ([1, 2, 3, 4],), {}),
    ("nested_unpack", ([(1, (2, 3)), (4, (5, 6))],), {}),
    ("swap_many", (1, "b", 2.5), {}),
    ("walrus_sum", ([1, 2, 3, 4, 5],), {}),
    ("slice_zoo", ([1, 2, 3, 4, 5, 6, 7],), {}),
    ("slice_zoo", ("abcdefgh",), {}),
    ("slice_zoo", (b"abcdefgh",), {}),
    ("slice_zoo", ((1, 2, 3, 4, 5),), {}),
    ("slice_assign", ([1, 2, 3, 4, 5],), {}),
    ("formats", (1234, 3.14159, "héy"), {}),
    ("nested_format", (3.14159, 10, 3), {}),
    ("percent", (42, 3.14159, "hi"), {}),
    ("percent_dict", ({"a": 1, "b": 2.55},), {}),
    ("dot_format", (1, "z"), {}),
    ("try_all", ([1, 0, 3],), {}),
    ("raise_from", ("12",), {}),
    ("finally_wins", (1,), {}),
    ("finally_wins", (5,), {}),
    ("finally_wins", (-5,), {}),
    ("nested_try", ([1, 2, 3], 1), {}),
    ("nested_try", ([1, 2, 3], 3), {}),
    ("loop_else", ([1, 2, 3], 3), {}),
    ("while_else", (100,), {}),
    ("kwargs_sum", (1, 2, 3), {"scale": 2, "ab": 5}),
    ("call_kwargs", ([1, 2, 3],), {}),
    ("pos_only", (1, 2), {"d": 7}),
    ("call_pos", (3,), {}),
    ("sort_keys", ([(1, 5), (2, 3), (3, 4)],), {}),
    ("minmax", ([3, -1, 2],), {}),
    ("any_all", ([1, 2, 3, 4],), {}),
    ("map_filter", ([0, 1, 2, 0, 3],), {}),
    ("zip_enum", ([1, 2, 3], "abc"), {}),
    ("set_ops", ([1, 2, 3, 4], [3, 4, 5]), {}),
    ("frozen", (["ab", "ba", "cd"],), {}),
    ("set_updates", ([1, 2, 3, 4], [5, 6]), {}),
    ("dict_dance", ({"a": 1, "b": 0}, {"c": 3}), {}),
    ("dict_comp", (["hello", "", "abc"],), {}),
    ("bits", (1234567,), {}),
    ("popcount", (123456789,), {}),
    ("gray", (4,), {}),
    ("xorshift", (88172645463325252, 20), {}),
    ("fnv", (b"hello world",), {}),
    ("crc", (b"123456789",), {}),
    ("to_base", (-255,), {}),
    ("to_base", (10, 2), {}),
    ("floats", (7.5, 2.0), {}),
    ("complexes", (1 + 2j, 3 - 1j), {}),
    ("maths", (0.5,), {}),
    ("str_methods", ("Hello World",), {}),
    ("caesar", ("Hello, World", 3), {}),
    ("byte_methods", (b"hello",), {}),
    ("byte_array", (20,), {}),
    ("deep", (3,), {}),
    ("matrix", (4,), {}),
    ("identity_and_alias", (3,), {}),
    ("assert_it", (3,), {}),
    ("scope_shadow", (4,), {}),
    ("closures", (5,), {}),
    ("global_use", (12345678,), {}),
    ("ternaries", (5,), {}),
    ("match_it", ((3, 0),), {}),
    ("match_it", ([2, 2],), {}),
    ("match_it", ("x",), {}),
]
EDGE = [
    ("floor_mod_table", (17, 0), {}),
    ("floor_mod_table", (-(2**63), -1), {}),
    ("floor_mod_table", (float("inf"), 3), {}),
    ("floor_mod_table", (-0.0, 3.0), {}),
    ("floor_mod_table", (True, 2), {}),
    ("floor_mod_table", (5e-324, 1e308), {}),
    ("chain", (float("nan"), 1, 2), {}),
    ("chain", ("a", "b", "c"), {}),
    ("chain", (1, "b", 2), {}),
    ("bool_math", ([1, 2.5],), {}),
    ("bool_math", ([],), {}),
    ("star_mid", ([1],), {}),
    ("star_mid", ("ab",), {}),
    ("nested_unpack", ([(1, 2)],), {}),
    ("walrus_sum", ([],), {}),
    ("walrus_sum", (["a", 2.5, None],), {}),
    ("slice_zoo", ("",), {}),
    ("slice_zoo", ("é😀x",), {}),
    ("slice_assign", ([],), {}),
    ("slice_assign", ([1.5, 2, "a", 4],), {}),
    ("formats", (-7, -0.0, ""), {}),
    ("formats", (2**70, float("nan"), "😀" * 3), {}),
    ("formats", (True, 1e300, "a'b"), {}),
    ("formats", (1.5, 2, "a"), {}),
    ("formats", (1, 2, 3), {}),
    ("nested_format", (3, -1, 2), {}),
    ("nested_format", ("a", 5, 2), {}),
    ("percent", (4.7, "x", 3), {}),
    ("percent", (4.7, 2, None), {}),
    ("percent", (2**70, 2**70, ()), {}),
    ("percent_dict", ({"a": 1},), {}),
    ("try_all", (["a", None, 0.0, 2**70],), {}),
    ("raise_from", ("x",), {}),
    ("raise_from", (None,), {}),
    ("finally_wins", (float("nan"),), {}),
    ("finally_wins", ("a",), {}),
    ("nested_try", ([], 0), {}),
    ("nested_try", ([1], "a"), {}),
    ("loop_else", ([float("nan")], float("nan")), {}),
    ("while_else", (0,), {}),
    ("while_else", (49.5,), {}),
    ("kwargs_sum", (1, 2.5, True), {"scale": -1}),
    ("kwargs_sum", ("a",), {}),
    ("pos_only", (1,), {"b": 5}),
    ("pos_only", (), {}),
    ("pos_only", (1, 2, 3, 4), {}),
    ("sort_keys", ([(1, "a"), (2, 3)],), {}),
    ("minmax", ([float("nan"), 1.0],), {}),
    ("minmax", ([],), {}),
    ("minmax", ([0.0, -0.0, 0],), {}),
    ("minmax", ([True, 1, 1.0],), {}),
    ("set_ops", ([1, 1.0, True], ["a", None]), {}),
    ("set_ops", ([[1]], []), {}),
    ("set_updates", ([float("nan")], []), {}),
    ("dict_dance", ({}, {}), {}),
    ("bits", (-5,), {}),
    ("bits", (2**80,), {}),
    ("bits", (True,), {}),
    ("bits", (1.5,), {}),
    ("popcount", (2**100 - 1,), {}),
    ("popcount", (0,), {}),
    ("gray", (-1,), {}),
    ("gray", (0,), {}),
    ("xorshift", (2**64 + 5, 3), {}),
    ("xorshift", (-1, 3), {}),
    ("fnv", ("abc",), {}),
    ("fnv", ([1, 2, 300],), {}),
    ("to_base", (2**100, 7), {}),
    ("to_base", (10, 17), {}),
    ("to_base", (10, 0), {}),
    ("to_base", (2.5, 2), {}),
    ("floats", (float("nan"), 1.0), {}),
    ("floats", (1e308, 1e-308), {}),
    ("floats", (2.5, -2.0), {}),
    ("floats", (0.5, 0.0), {}),
    ("floats", (3, 2), {}),
    ("complexes", (0j, 0j), {}),
    ("complexes", (1, 2), {}),
    ("complexes", (complex("inf"), 1j), {}),
    ("maths", (-1.0,), {}),
    ("maths", (float("nan"),), {}),
    ("maths", (0,), {}),
    ("maths", (1e6,), {}),
    ("maths", ("a",), {}),
    ("str_methods", ("ǆÀßﬁ\t\n",), {}),
    ("str_methods", ("",), {}),
    ("caesar", ("ß😀É", -30), {}),
    ("caesar", (5, 1), {}),
    ("byte_methods", (b"",), {}),
    ("byte_methods", (b"\xff\xfe",), {}),
    ("byte_methods", (bytearray(b"abc"),), {}),
    ("byte_array", (0,), {}),
    ("byte_array", (-1,), {}),
    ("deep", (0,), {}),
    ("matrix", (0,), {}),
    ("assert_it", (0,), {}),
    ("assert_it", (-1.5,), {}),
    ("scope_shadow", (0,), {}),
    ("ternaries", (float("nan"),), {}),
    ("match_it", ((0, 0),), {}),
    ("match_it", ({"k": 5, "z": 1},), {}),
    ("match_it", ((1.0, 0.0),), {}),
    ("match_it", (range(2),), {}),
    ("match_it", (None,), {}),
]
