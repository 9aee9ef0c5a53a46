"""Callbacks, dispatch, factories and decorators as programs write them; late values, patched tables."""

import functools
import operator
from functools import partial

TABLE = {"a": lambda x: x + 1, "b": lambda x: x * 2}


def dbl(x):
    return x * 2


def inc(x):
    return x + 1


FUNCS = [dbl, inc]


def mutate_then(name, x):
    r = TABLE[name](x)
    return r


def patch(x):
    old = TABLE["a"]
    TABLE["a"] = dbl
    try:
        return TABLE["a"](x)
    finally:
        TABLE["a"] = old


def cap_loop(n):
    fs = []
    for i in range(n):

        def f(k, j=i):
            return k + j

        fs.append(f)
    return [f(10) for f in fs]


def mixed_ref(n):
    count = 0

    def bump():
        nonlocal count
        count += 1
        return count

    def twice():
        bump()
        return bump()

    g = twice
    out = [g() for _ in range(n)]
    count += 100
    return out, bump(), count


def recursive_value(n):
    def fact(k):
        return 1 if k < 2 else k * fact(k - 1)

    f = fact
    return f(n)


def self_apply(n):
    def go(me, k):
        return 0 if k == 0 else k + me(me, k - 1)

    return go(go, n)


def ret_tuple(x):
    def a():
        return x

    def b():
        return x + 1

    return a, b


def use_ret(x):
    a, b = ret_tuple(x)
    return a() + b()


def cond_def(flag, x):
    if flag:
        f = lambda v: v + 1
    else:
        f = lambda v: v - 1
    return f(x)


def opt_func(f, x):
    return f(x) if f else x


def use_opt(x):
    return opt_func(None, x), opt_func(dbl, x)


class Box:
    def __init__(self, f, v):
        self.f = f
        self.v = v

    def run(self):
        return self.f(self.v)

    def map(self, g):
        return Box(self.f, g(self.v))


def use_box(x):
    b = Box(dbl, x)
    return b.run(), b.map(inc).v, b.map(lambda v: v * 10).run()


def kw_call(x):
    f = lambda a, b=2: a * b
    return f(x), f(a=x, b=5), f(x, b=7)


def star_call(xs):
    f = lambda *a: len(a)
    return f(*xs)


def method_value(xs):
    out = []
    add = out.append
    for x in xs:
        add(x)
    return out


def compare_funcs(x):
    f = dbl
    return f is dbl, f is inc, f == dbl, f != inc


def type_dispatch(x):
    conv = {"i": int, "f": float, "s": str}
    return conv["i"]("3"), conv["f"](x), conv["s"](x)


def group_by(xs, key):
    d = {}
    for x in xs:
        d.setdefault(key(x), []).append(x)
    return d


def use_group(xs):
    return group_by(xs, lambda v: v % 3), group_by(xs, str)


def memoize(f):
    cache = {}

    def inner(x):
        if x not in cache:
            cache[x] = f(x)
        return cache[x]

    return inner


def use_memo(x):
    m = memoize(dbl)
    return m(x) + m(x)


msq = memoize(dbl)


def use_msq(x):
    return msq(x)


def deco(f):
    def w(*a, **k):
        return f(*a, **k) + 1

    return w


@deco
def decorated(x):
    return x * 3


def use_deco(x):
    return decorated(x)


def flow(x, fs=(dbl, inc)):
    for f in fs:
        x = f(x)
    return x


def use_flow(x):
    return flow(x), flow(x, (inc,)), flow(x, [inc, inc, dbl])


def filt(xs):
    big = lambda v: v > 2
    return list(filter(big, xs)), list(map(dbl, filter(big, xs))), any(map(big, xs)), sum(map(lambda v: v * v, xs))


def sort_op(ps):
    return sorted(ps, key=operator.itemgetter(1)), max(ps, key=lambda p: p[0])


def flow_step(x, offset=1, scale=2):
    return x * scale + offset


add3 = partial(operator.add, 3)


scaled = partial(flow_step, scale=10)


def use_gpartial(x):
    return add3(x), scaled(x), scaled(x, scale=2), [y for y in map(add3, [x, x])]


def reduce_str(xs):
    return functools.reduce(lambda a, b: a + "," + b, map(str, xs))


def gen_closure(n):
    def squares():
        for i in range(n):
            yield i * i

    return sum(squares()), [v for v in squares()]


def nested_counter(n):
    total = 0

    def outer():
        k = 0

        def inner():
            nonlocal total, k
            total += 1
            k += 1
            return k

        return inner

    a = outer()
    b = outer()
    for _ in range(n):
        a()
    b()
    return total, a(), b()


def exc_in_cb(xs):
    def cb(x):
        if x < 0:
            raise ValueError(x)
        return x

    out = []
    for x in xs:
        try:
            out.append(apply1(cb, x))
        except ValueError as e:
            out.append(str(e))
    return out


def apply1(f, x):
    return f(x)


def state_machine(s):
    def start(c):
        return (word if c.isalpha() else start), 0

    def word(c):
        return (word if c.isalpha() else start), 1

    st = start
    n = 0
    for c in s:
        st, k = st(c)
        n += k
    return n


def build_pred(lo, hi):
    def pred(x):
        return lo <= x < hi

    return pred


def use_pred(xs):
    p = build_pred(1, 5)
    q = build_pred(0.5, 2.5)
    return [x for x in xs if p(x)], [x for x in xs if q(x)], sum(1 for x in xs if p(x) and not q(x))


def func_in_dict_loop(xs):
    stats = {"min": min, "max": max, "sum": sum, "len": len}
    return {k: f(xs) for k, f in stats.items()}


CASES = [
    ("mutate_then", ("a", 3), {}),
    ("mutate_then", ("b", 3), {}),
    ("patch", (3,), {}),
    ("cap_loop", (3,), {}),
    ("mixed_ref", (3,), {}),
    ("recursive_value", (6,), {}),
    ("self_apply", (5,), {}),
    ("use_ret", (3,), {}),
    ("cond_def", (True, 3), {}),
    ("cond_def", (False, 3), {}),
    ("use_opt", (3,), {}),
    ("use_box", (3,), {}),
    ("kw_call", (3,), {}),
    ("star_call", ([1, 2],), {}),
    ("method_value", ([1, 2],), {}),
    ("compare_funcs", (1,), {}),
    ("type_dispatch", (2.5,), {}),
    ("use_group", ([1, 2, 3, 4],), {}),
    ("use_memo", (4,), {}),
    ("use_msq", (4,), {}),
    ("use_deco", (4,), {}),
    ("use_flow", (4,), {}),
    ("filt", ([1, 2, 3, 4],), {}),
    ("sort_op", ([(1, 3), (2, 1)],), {}),
    ("use_gpartial", (4,), {}),
    ("reduce_str", ([1, 2],), {}),
    ("gen_closure", (4,), {}),
    ("nested_counter", (3,), {}),
    ("exc_in_cb", ([1, -1],), {}),
    ("state_machine", ("ab cd",), {}),
    ("use_pred", ([1, 2, 7],), {}),
    ("func_in_dict_loop", ([3, 1, 2],), {}),
]
EDGE = (
    [(n, ("a",), {}) for n, a, _ in CASES if len(a) == 1 and n != "patch"]
    + [(n, ([],), {}) for n, a, _ in CASES if len(a) == 1]
    + [
        ("self_apply", (400,), {}),
        ("recursive_value", (30,), {}),
        ("recursive_value", (2000,), {}),
        ("use_box", (2**63 - 1,), {}),
    ]
)
