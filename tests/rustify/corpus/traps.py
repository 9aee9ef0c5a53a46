"""Where translations go wrong: aliases, changes under way, equal keys, late bindings, signed zeros, texts of errors."""

import math
from dataclasses import dataclass


def alias_add(a, b):
    c = a
    c += b
    return a, c, a is c


def alias_tuple(t):
    u = t
    u += (1,)
    return t, u


def alias_rows(n):
    m = [[0] * n] * n
    m[0][0] = 5
    return m, m[0] is m[-1]


def changed_under_way(xs):
    out = []
    for x in xs:
        out.append(x)
        if x % 2 and len(xs) < 12:
            xs.append(x + 1)
    return out, xs


def removed_under_way(xs):
    for x in xs:
        if x % 2 == 0:
            xs.remove(x)
    return xs


def dict_under_way(d):
    for k in d:
        d[k + "x"] = 1
    return d


def dict_replace_under_way(d):
    for k in d:
        d[k] = d[k] * 2
    return d


def order_of_calls(xs):
    log = []

    def note(x):
        log.append(x)
        return x

    r = note(1) + note(2) * note(3)
    xs[note(0)] = note(9)
    d = {note("k"): note("v"), note("k2"): note("v2")}
    t = note(5) < note(4) < note(3)
    return log, r, d, t, xs


def equal_keys():
    d = {1: "a", 1.0: "b", True: "c", 2: "d"}
    d[False] = 0
    d[0] = "zero"
    d[0.0] = "float"
    return d, list(d), {1, 1.0, True}, [1, True, 1.0].index(1.0), {0: "z"}.get(False)


def zero_signs(x):
    return (
        -x,
        x * -1,
        0.0 * x,
        x + 0.0,
        -0.0 + x,
        abs(-x),
        max(0.0, -0.0),
        min(-0.0, 0.0),
        sum([-0.0]),
        sum([-0.0], -0.0),
        round(-0.4),
        round(-0.4, 1),
        -x // 1,
        math.copysign(1, x),
    )


def nan_things(x):
    xs = [x, 1.0]
    return (
        x == x,
        x in xs,
        xs.index(x) if x in xs else None,
        xs.count(x),
        [x] == [x],
        max(xs),
        min(xs),
        sorted([3.0, x, 1.0]),
        x != x,
        {x: 1}.get(x),
    )


def late(n):
    fs = [lambda: i for i in range(n)]
    return [f() for f in fs]


def shadowed(x):
    x = [x for x in range(x)]
    return x


def ints(a, b):
    return a * b, a**2 + b**2, (a * b) % 1000003, a << 5, a * a * a, (a + b) // 2, -a // b if b else None, a & b, ~a * b


def powers(a, b):
    return a**b, a**0, 0**b, (-a) ** b


def rounding(x):
    return (
        round(x),
        round(x, 1),
        round(x, -1),
        round(x, 20),
        int(x),
        math.floor(x),
        math.ceil(x),
        math.trunc(x),
        divmod(x, 1),
        x // 1,
        f"{x:.0f}",
        f"{x:.1f}",
        "%d" % x,
    )


def float_text(x):
    return (
        str(x),
        repr(x),
        f"{x}",
        f"{x:g}",
        f"{x:.3e}",
        "%s" % x,
        "%.2f" % x,
        f"{x:,.2f}",
        f"{x:010.3f}",
        f"{x:+}",
        f"{x!r:>12}",
    )


def str_compare(a, b):
    return (
        a < b,
        a <= b,
        a == b,
        a > b,
        max(a, b),
        sorted([a, b, ""]),
        a in b,
        b.find(a),
        a * 2 + b,
        a[:1] == b[:1],
        a.split() < b.split(),
    )


def slices(xs, i, j, k):
    ys = xs[:]
    ys[i:j] = [0]
    zs = xs[:]
    del zs[i:j:k]
    return xs[i:j:k], ys, zs, xs[j:i:-k], xs[:i] + xs[i:] == xs


def step_assign(xs, vs):
    xs[::2] = vs
    return xs


def neg_index(xs, i):
    xs[i] = xs[-i]
    return xs, xs[~i]


def swap(xs, i, j):
    xs[i], xs[j] = xs[j], xs[i]
    i, xs[i] = j, 7
    return xs, i


def chain_assign(n):
    a = b = []
    a.append(n)
    x = y = n
    x += 1
    return a, b, a is b, x, y


def unpack_order(xs):
    i = 0
    i, xs[i] = 1, 5
    (a, b), *c = [(1, 2), 3, 4]
    return xs, i, a, b, c


def partial_effect(xs, d):
    xs.append(1)
    d["n"] = len(xs)
    return xs[d["k"]]


def handled_effect(xs):
    try:
        xs.append(1)
        xs[0] = 10 // xs[1]
        xs.append(2)
    except ZeroDivisionError:
        xs.append(3)
    finally:
        xs.append(4)
    return xs


def finally_value(xs):
    try:
        return xs
    finally:
        xs = xs + [1]


def finally_change(xs):
    try:
        return xs
    finally:
        xs.append(1)


def nested_finally(n):
    log = []
    for i in range(n):
        try:
            try:
                if i == 1:
                    continue
                if i == 3:
                    break
                log.append(i)
            finally:
                log.append("f")
        finally:
            log.append("g")
    return log


def exc_text(x, y):
    try:
        return x + y
    except TypeError as e:
        return str(e)


def exc_key(d, k):
    try:
        return d[k]
    except KeyError as e:
        return repr(e), e.args


def exc_index(xs, i):
    try:
        return xs[i]
    except IndexError as e:
        return str(e)


def exc_value(s):
    try:
        return int(s)
    except ValueError as e:
        return str(e)


def exc_unpack(t):
    try:
        a, b = t
        return a, b
    except ValueError as e:
        return str(e)


def first_of(xs):
    for i, x in enumerate(xs):
        if x:
            return i
    return i


def loop_var(n):
    for i in range(n):
        pass
    return i


def while_walrus(xs):
    out = []
    it = 0
    while it < len(xs) and (v := xs[it]) > 0:
        out.append(v)
        it += 1
    return out, v


def cond_types(x):
    y = 1 if x else 2.5
    z = x and "a"
    w = x or [1]
    return y, z, w, not x, bool(x), x is True


def gen_effects(n, log):
    def numbers():
        for i in range(n):
            log.append(i)
            yield i

    for v in numbers():
        log.append(-v)
        if v == 2:
            break
    return any(v > 0 for v in numbers()), log


@dataclass
class Box:
    v: int
    w: float = 0.0


def boxes(n):
    a = Box(n)
    b = a
    b.v += 1
    c = Box(n + 1)
    d = [a, b, c]
    d[0].w = 2
    return a == c, a is b, a == b, d[1].w, d, a != c


def box_alias(bs):
    bs[0].v = bs[1].v + 1
    bs[1].w += 0.5
    return [b.v for b in bs]


def int_of(x):
    return int(x), float(x), bool(x), str(x), abs(x), x == int(x), hash(x), x.__class__ is int


def big_mod(a, n):
    h = 0
    for i in range(n):
        h = (h * 31 + a) % (2**61 - 1)
        h ^= h >> 7
    return h


def shifts(a, n):
    return a << n, a >> n, (a << n) >> n, -a >> n, a >> 100, -a >> 100


def str_index(s, i):
    return s[i], s[i:], s[:i], s[-1], s[::-1], len(s), ord(s[i]), s[i] * 3, s.index(s[i])


def join_mixed(xs):
    return ",".join(xs), "".join(sorted(xs)), " ".join(x.strip() for x in xs)


def sort_stable(rows):
    a = sorted(rows, key=lambda r: r[0])
    b = sorted(rows, key=lambda r: r[0], reverse=True)
    rows.sort(key=lambda r: -r[1])
    return a, b, rows


def comp_scope(n):
    y = 10
    z = [y + i for i in range(n) if (y2 := i * y) > 5]
    return z, y, y2


def sum_kinds(xs):
    return sum(xs), sum(xs, 10), sum([[1], [2]], []), sum(x > 1 for x in xs), sum(xs) / max(len(xs), 1)


def minmax_ties(xs):
    return max(xs, key=lambda t: t[0]), min(xs, key=lambda t: t[0]), max(xs), min(xs)


def deep_equal(a, b):
    return a == b, a != b, a is b, a < b if type(a) is type(b) else None, [a] == [b], (a, 1) == (b, 1.0)


N = float("nan")
CASES = [
    ("alias_add", ([1], [2]), {}),
    ("alias_tuple", ((0,),), {}),
    ("alias_rows", (2,), {}),
    ("changed_under_way", ([1, 2, 3],), {}),
    ("removed_under_way", ([1, 2, 4, 5],), {}),
    ("dict_replace_under_way", ({"a": 1},), {}),
    ("order_of_calls", ([1, 2],), {}),
    ("equal_keys", (), {}),
    ("zero_signs", (0.0,), {}),
    ("nan_things", (1.0,), {}),
    ("late", (3,), {}),
    ("shadowed", (3,), {}),
    ("ints", (12345, -678), {}),
    ("powers", (3, 4), {}),
    ("rounding", (2.5,), {}),
    ("float_text", (1234.5678,), {}),
    ("str_compare", ("ab", "abc"), {}),
    ("slices", ([1, 2, 3, 4, 5], 1, 4, 2), {}),
    ("step_assign", ([1, 2, 3], [8, 9]), {}),
    ("neg_index", ([1, 2, 3], 1), {}),
    ("swap", ([1, 2, 3], 0, 2), {}),
    ("chain_assign", (3,), {}),
    ("unpack_order", ([1, 2],), {}),
    ("partial_effect", ([1], {"k": 0}), {}),
    ("handled_effect", ([1, 2],), {}),
    ("finally_value", ([0],), {}),
    ("finally_change", ([0],), {}),
    ("nested_finally", (5,), {}),
    ("exc_text", (1, 2), {}),
    ("exc_key", ({"a": 1}, "a"), {}),
    ("exc_index", ([1], 0), {}),
    ("exc_value", ("1",), {}),
    ("exc_unpack", ((1, 2),), {}),
    ("first_of", ([0, 0, 3],), {}),
    ("loop_var", (3,), {}),
    ("while_walrus", ([1, 2, 0],), {}),
    ("cond_types", (True,), {}),
    ("gen_effects", (5, []), {}),
    ("boxes", (1,), {}),
    ("box_alias", ([Box(1), Box(2)],), {}),
    ("int_of", (5,), {}),
    ("big_mod", (123, 20), {}),
    ("shifts", (5, 3), {}),
    ("str_index", ("hello", 1), {}),
    ("join_mixed", (["b ", "a"],), {}),
    ("sort_stable", ([(1, 2), (0, 3), (1, 1)],), {}),
    ("comp_scope", (4,), {}),
    ("sum_kinds", ([1, 2, 3],), {}),
    ("minmax_ties", ([(1, "a"), (1, "b"), (0, "c"), (0, "d")],), {}),
    ("deep_equal", ([1, [2]], [1, [2]]), {}),
    ("dict_under_way", ({},), {}),
]
S = [1, 2]
EDGE = [
    ("alias_add", ([1], (2, 3)), {}),
    ("alias_add", ([], "ab"), {}),
    ("alias_add", ("a", "b"), {}),
    ("alias_add", (S, S), {}),
    ("removed_under_way", ([2, 2, 2],), {}),
    ("dict_under_way", ({"a": 1},), {}),
    ("order_of_calls", ([],), {}),
    ("zero_signs", (-0.0,), {}),
    ("zero_signs", (N,), {}),
    ("zero_signs", (0,), {}),
    ("nan_things", (N,), {}),
    ("nan_things", (-0.0,), {}),
    ("late", (0,), {}),
    ("ints", (2**40, 2**40), {}),
    ("ints", (-(2**63), -1), {}),
    ("ints", (2**63 - 1, 2**63 - 1), {}),
    ("ints", (0, 0), {}),
    ("ints", (True, False), {}),
    ("ints", (2.5, 2), {}),
    ("powers", (0, 0), {}),
    ("powers", (2, -2), {}),
    ("powers", (0, -1), {}),
    ("powers", (-8, 1 / 3), {}),
    ("powers", (10, 400), {}),
    ("powers", (2.0, 1024), {}),
    ("rounding", (0.5,), {}),
    ("rounding", (-1.5,), {}),
    ("rounding", (2.675,), {}),
    ("rounding", (1e300,), {}),
    ("rounding", (N,), {}),
    ("rounding", (float("inf"),), {}),
    ("rounding", (7,), {}),
    ("rounding", (-0.0,), {}),
    ("float_text", (1e16,), {}),
    ("float_text", (1e-5,), {}),
    ("float_text", (-0.0,), {}),
    ("float_text", (float("-inf"),), {}),
    ("float_text", (0.1 + 0.2,), {}),
    ("float_text", (5e-324,), {}),
    ("float_text", (3,), {}),
    ("str_compare", ("", ""), {}),
    ("str_compare", ("é", "e\u0301"), {}),
    ("str_compare", ("😀", "\uffff"), {}),
    ("str_compare", ("\ud800", "a"), {}),
    ("slices", ([1, 2, 3, 4, 5], -2, 100, 1), {}),
    ("slices", ([1, 2, 3], 2, 0, -1), {}),
    ("slices", ([1], 0, 1, 0), {}),
    ("slices", ((1, 2), 0, 1, 1), {}),
    ("step_assign", ([1, 2, 3], [1]), {}),
    ("step_assign", (S, S), {}),
    ("neg_index", ([1], 0), {}),
    ("neg_index", ([1, 2], 5), {}),
    ("swap", ([1], 0, 0), {}),
    ("swap", ([1], 0, 3), {}),
    ("unpack_order", ([],), {}),
    ("partial_effect", ([1], {"k": 9}), {}),
    ("partial_effect", ([1], {}), {}),
    ("handled_effect", ([1, 0],), {}),
    ("handled_effect", ([],), {}),
    ("handled_effect", (["a", "b"],), {}),
    ("exc_text", (1, "a"), {}),
    ("exc_text", ("a", 1), {}),
    ("exc_text", ([], ()), {}),
    ("exc_text", (None, 1), {}),
    ("exc_key", ({}, "x"), {}),
    ("exc_key", ({}, (1, "a")), {}),
    ("exc_key", ({}, []), {}),
    ("exc_index", ([], 0), {}),
    ("exc_index", ((), -1), {}),
    ("exc_index", ("", 0), {}),
    ("exc_index", ([1], "a"), {}),
    ("exc_value", ("x'y",), {}),
    ("exc_value", ("1_0 ",), {}),
    ("exc_value", ("",), {}),
    ("exc_value", (None,), {}),
    ("exc_value", ("٣",), {}),
    ("exc_unpack", ((1,),), {}),
    ("exc_unpack", ((1, 2, 3),), {}),
    ("exc_unpack", ("ab",), {}),
    ("exc_unpack", (5,), {}),
    ("exc_unpack", ([],), {}),
    ("first_of", ([],), {}),
    ("first_of", ("\0",), {}),
    ("loop_var", (0,), {}),
    ("loop_var", (-3,), {}),
    ("while_walrus", ([],), {}),
    ("while_walrus", ([-1],), {}),
    ("cond_types", (0,), {}),
    ("cond_types", ("",), {}),
    ("cond_types", (None,), {}),
    ("cond_types", (N,), {}),
    ("gen_effects", (0, []), {}),
    ("gen_effects", (3, None), {}),
    ("box_alias", ([Box(1)],), {}),
    ("box_alias", ([Box("a"), Box(2)],), {}),
    ("int_of", (2**70,), {}),
    ("int_of", (-1,), {}),
    ("int_of", (2.5,), {}),
    ("int_of", (True,), {}),
    ("int_of", (N,), {}),
    ("big_mod", (2**80, 5), {}),
    ("big_mod", (-5, 3), {}),
    ("big_mod", (1.5, 2), {}),
    ("shifts", (1, 64), {}),
    ("shifts", (-1, 63), {}),
    ("shifts", (5, -1), {}),
    ("shifts", (2**62, 1), {}),
    ("shifts", (0, 10**9), {}),
    ("str_index", ("é😀", 1), {}),
    ("str_index", ("a", -1), {}),
    ("str_index", ("", 0), {}),
    ("join_mixed", ([],), {}),
    ("join_mixed", (["a", 1],), {}),
    ("join_mixed", ("abc",), {}),
    ("sort_stable", ([(N, 1), (1.0, 2), (0.0, 0)],), {}),
    ("sort_stable", ([(1, "a")],), {}),
    ("comp_scope", (0,), {}),
    ("sum_kinds", ([0.1] * 10,), {}),
    ("sum_kinds", ([],), {}),
    ("sum_kinds", ([1, 2.5, True],), {}),
    ("sum_kinds", ([1e308, 1e308, -1e308],), {}),
    ("sum_kinds", ([2**63 - 1, 1],), {}),
    ("minmax_ties", ([(1, 2), (1, "a")],), {}),
    ("deep_equal", ([N], [N]), {}),
    ("deep_equal", ({"a": 1.0}, {"a": 1}), {}),
    ("deep_equal", ((1, 2), [1, 2]), {}),
    ("deep_equal", (1, True), {}),
    ("deep_equal", ({1}, frozenset({1})), {}),
]
