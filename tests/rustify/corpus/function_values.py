"""Functions as values: given to others, kept in variables and containers, made by others with what they take along."""

import functools
import math
import operator
from functools import partial, reduce
from operator import add as plus


def double(x):
    return x * 2


def increment(x, by=1):
    return x + by


def square(x):
    return x * x


def add(a, b):
    return a + b


def subtract(a, b):
    return a - b


def multiply(a, b):
    return a * b


def divide(a, b):
    return a / b


def apply(f, x):
    return f(x)


def apply_n(f, x, n):
    for _ in range(n):
        x = f(x)
    return x


def compose(f, g):
    def composed(x):
        return f(g(x))

    return composed


def pipeline(x, *steps):
    for step in steps:
        x = step(x)
    return x


def map_all(f, xs):
    return [f(x) for x in xs]


def fold(f, xs, start):
    total = start
    for x in xs:
        total = f(total, x)
    return total


OPS = {"+": add, "-": subtract, "*": multiply, "/": divide}
LAMBDAS = {"neg": lambda x: -x, "half": lambda x: x / 2, "square": lambda x: x * x}
MIXED = {"add": operator.add, "mul": operator.mul, "max": max, "pow": lambda a, b: a**b, "sub": subtract}
STEPS = [double, increment, square]
cube = lambda x: x**3


def use_apply(x):
    return apply(double, x) + apply(square, x) + apply(lambda v: v + 10, x)


def use_apply_n(x):
    return apply_n(double, x, 5) - apply_n(increment, x, 3)


def use_compose(x):
    f = compose(double, increment)
    g = compose(f, square)
    return f(x), g(x), compose(square, square)(x)


def use_pipeline(x):
    return pipeline(x, double, increment, square)


def calculate(a, op, b):
    return OPS[op](a, b)


def calculate_safely(a, op, b):
    f = OPS.get(op)
    if f is None:
        return None
    return f(a, b)


def evaluate(tokens):
    stack = []
    for t in tokens:
        if t in OPS:
            b = stack.pop()
            a = stack.pop()
            stack.append(OPS[t](a, b))
        else:
            stack.append(float(t))
    return stack[0]


def by_lambda(name, x):
    return LAMBDAS[name](x)


def by_mixed(name, a, b):
    return MIXED[name](a, b)


def all_steps(x):
    for step in STEPS:
        x = step(x)
    return x


def local_table(name, x):
    table = {"inc": lambda v: v + 1, "dec": lambda v: v - 1, "twice": double}
    return table[name](x)


def local_list(xs):
    fs = [double, increment, square]
    return [f(x) for x in xs for f in fs]


def pairs(xs):
    out = []
    for name, f in (("double", double), ("square", square)):
        out.append((name, [f(x) for x in xs]))
    return out


def make_counter(start=0):
    count = start

    def step(by=1):
        nonlocal count
        count += by
        return count

    return step


def use_counter(n):
    a = make_counter()
    b = make_counter(10)
    for _ in range(n):
        a()
        b(5)
    return a(), b()


def make_multiplier(k):
    return lambda x: x * k


def use_multipliers(x):
    double_it = make_multiplier(2)
    triple_it = make_multiplier(3)
    return double_it(x) + triple_it(x), map_all(make_multiplier(4), [1, x])


def make_pair(x):
    value = [x]

    def get():
        return value[0]

    def put(v):
        value[0] = v

    return get, put


def use_pair(x):
    get, put = make_pair(x)
    before = get()
    put(before + 5)
    return before, get()


def make_account(balance):
    def deposit(amount):
        nonlocal balance
        balance += amount
        return balance

    def withdraw(amount):
        nonlocal balance
        if amount > balance:
            raise ValueError("insufficient")
        balance -= amount
        return balance

    return {"deposit": deposit, "withdraw": withdraw}


def use_account(start, amounts):
    account = make_account(start)
    out = []
    for a in amounts:
        try:
            out.append(account["deposit"](a) if a > 0 else account["withdraw"](-a))
        except ValueError as e:
            out.append(str(e))
    return out


def late_binding(n):
    fs = []
    for i in range(n):
        fs.append(lambda: i)
    return [f() for f in fs]


def rebound(x):
    y = 1
    f = lambda: x + y
    fs = [f]
    before = fs[0]()
    y = 100
    x += 1
    return before, fs[0]()


def changed_by_both(n):
    total = 0

    def inc(by):
        nonlocal total
        total += by

    for i in range(n):
        apply(inc, i)
        inc(1)
    return total


def sort_by(xs, key):
    return sorted(xs, key=key)


def use_sort(xs):
    return sort_by(xs, abs), sort_by(xs, lambda v: -v), sort_by(xs, None), max(xs, key=square)


def optional_key(xs, key=None):
    if key is None:
        return sum(xs)
    return sum(key(x) for x in xs)


def use_optional(xs):
    return optional_key(xs), optional_key(xs, double), optional_key(xs, key=lambda v: v + 1)


def reduced(xs):
    return (
        reduce(plus, xs, 0),
        functools.reduce(operator.mul, xs, 1),
        reduce(add, xs, 0),
        reduce(lambda a, b: a - b, xs, 0),
    )


def partials(x):
    add5 = partial(add, 5)
    from10 = functools.partial(subtract, 10)
    by_name = partial(increment, by=7)
    return add5(x), from10(x), by_name(x), by_name(x, by=1), map_all(partial(multiply, 3), [1, 2, x])


def fold_all(xs):
    return fold(add, xs, 0), fold(multiply, xs, 1), fold(max, xs, 0), fold(lambda a, b: a * 2 + b, xs, 0)


def integrate(f, a, b, n):
    h = (b - a) / n
    return sum(f(a + (i + 0.5) * h) for i in range(n)) * h


def use_integrate(n):
    return integrate(square, 0.0, 1.0, n), integrate(math.sin, 0.0, 3.0, n), integrate(lambda t: t * t * t, 0.0, 2.0, n)


def newton(f, df, x, steps=20):
    for _ in range(steps):
        d = df(x)
        if d == 0:
            break
        x = x - f(x) / d
    return x


def root(a):
    return newton(lambda x: x * x - a, lambda x: 2 * x, a if a > 1 else 1.0)


def named_cube(x):
    return cube(x) + apply(cube, 2)


def memo_fib(n):
    memo = {}

    def fib(k):
        if k < 2:
            return k
        if k not in memo:
            memo[k] = fib(k - 1) + fib(k - 2)
        return memo[k]

    return apply(fib, n)


def predicate_count(xs, limit):
    def over(v):
        return v > limit

    return count_if(xs, over), count_if(xs, lambda v: v % 2 == 0)


def count_if(xs, predicate):
    n = 0
    for x in xs:
        if predicate(x):
            n += 1
    return n


def curry(a):
    def second(b):
        def third(c):
            return a * 100 + b * 10 + c

        return third

    return second


def use_curry(a, b, c):
    return curry(a)(b)(c)


def chosen(flag):
    f = double if flag else square
    return f(7)


def composed_in_loop(x, n):
    f = increment
    for _ in range(n):
        f = compose(f, double)
    return f(x)


def outside(f, x):
    return f(x) + 1


def comprehension_late(n):
    return [f() for f in [lambda: i for i in range(n)]]


CASES = [
    ("use_apply", (3,), {}),
    ("use_apply_n", (3,), {}),
    ("use_compose", (3,), {}),
    ("use_pipeline", (3,), {}),
    ("calculate", (3, "+", 4), {}),
    ("calculate", (3, "/", 4), {}),
    ("calculate_safely", (3, "*", 4), {}),
    ("calculate_safely", (3, "?", 4), {}),
    ("evaluate", (["3", "4", "+", "2", "*"],), {}),
    ("by_lambda", ("half", 3), {}),
    ("by_lambda", ("square", 3), {}),
    ("by_mixed", ("add", 3, 4), {}),
    ("by_mixed", ("pow", 3, 4), {}),
    ("by_mixed", ("max", 3, 4), {}),
    ("all_steps", (3,), {}),
    ("local_table", ("inc", 3), {}),
    ("local_table", ("twice", 3), {}),
    ("local_list", ([1, 2, 3],), {}),
    ("pairs", ([1, 2],), {}),
    ("use_counter", (4,), {}),
    ("use_multipliers", (3,), {}),
    ("use_pair", (3,), {}),
    ("use_account", (10, [5, -3, -100]), {}),
    ("late_binding", (3,), {}),
    ("rebound", (3,), {}),
    ("changed_by_both", (4,), {}),
    ("use_sort", ([3, -1, 2],), {}),
    ("use_optional", ([3, -1, 2],), {}),
    ("reduced", ([3, -1, 2],), {}),
    ("partials", (3,), {}),
    ("fold_all", ([3, -1, 2],), {}),
    ("use_integrate", (50,), {}),
    ("root", (2.0,), {}),
    ("named_cube", (3,), {}),
    ("memo_fib", (20,), {}),
    ("predicate_count", ([1, 5, 8], 4), {}),
    ("use_curry", (1, 2, 3), {}),
    ("chosen", (True,), {}),
    ("chosen", (False,), {}),
    ("composed_in_loop", (1, 3), {}),
    ("apply", (double, 4), {}),
    ("apply", (square, 4), {}),
    ("apply_n", (increment, 4, 3), {}),
    ("map_all", (cube, [1, 2]), {}),
]

EDGE = [
    ("use_apply", ("ab",), {}),
    ("use_apply", (2**70,), {}),
    ("use_compose", (1.5,), {}),
    ("use_compose", (None,), {}),
    ("calculate", (3, "?", 4), {}),
    ("calculate", (3, "/", 0), {}),
    ("calculate", (3, [], 4), {}),
    ("calculate", ("a", "+", "b"), {}),
    ("calculate_safely", (1.5, "-", 2), {}),
    ("evaluate", (["+"],), {}),
    ("evaluate", (["1", "0", "/"],), {}),
    ("by_lambda", ("none", 3), {}),
    ("by_lambda", ("neg", "a"), {}),
    ("by_mixed", ("pow", 2, -1), {}),
    ("by_mixed", ("pow", 10, 30), {}),
    ("all_steps", ([1],), {}),
    ("local_table", ("none", 3), {}),
    ("local_list", (["a"],), {}),
    ("use_counter", (0,), {}),
    ("use_counter", (2.5,), {}),
    ("use_multipliers", ("a",), {}),
    ("use_multipliers", (2**62,), {}),
    ("use_pair", ("a",), {}),
    ("use_account", (10, ["a"]), {}),
    ("late_binding", (0,), {}),
    ("rebound", ("a",), {}),
    ("changed_by_both", (-1,), {}),
    ("use_sort", ([],), {}),
    ("use_sort", ([1.5, float("nan")],), {}),
    ("use_optional", ([],), {}),
    ("reduced", ([],), {}),
    ("reduced", (["a"],), {}),
    ("partials", ("a",), {}),
    ("partials", (2**63,), {}),
    ("fold_all", ([],), {}),
    ("use_integrate", (0,), {}),
    ("root", (-2.0,), {}),
    ("root", (0,), {}),
    ("memo_fib", (120,), {}),
    ("memo_fib", (-3,), {}),
    ("predicate_count", ([], None), {}),
    ("use_curry", ("a", 2, 3), {}),
    ("composed_in_loop", (1, 0), {}),
    ("composed_in_loop", (1, 12), {}),
    ("apply", (len, [1, 2]), {}),
    ("apply", (None, 3), {}),
    ("apply", (add, 3), {}),
    ("apply", (str, 3), {}),
    ("apply_n", (3, 4, 0), {}),
    ("apply_n", (3, 4, 1), {}),
    ("map_all", (math.sqrt, [4.0, -1.0]), {}),
    ("outside", (double, 3), {}),
    ("outside", (repr, 3), {}),
    ("make_counter", (3,), {}),
    ("comprehension_late", (3,), {}),
]
