"""Functions inside functions: variables they share, recursion, functions as keys, parsers."""


def make_sum(xs):
    total = 0

    def add(n):
        nonlocal total
        total += n

    for x in xs:
        add(x)
    return total


def apply_twice(x):
    def f(v):
        return v * 2 + 1

    return f(f(x))


def captured(xs, k):
    scale = k * 2

    def g(v, off=1):
        return v * scale + off

    return [g(x) for x in xs] + [g(x, off=5) for x in xs]


def lam_local(xs):
    sq = lambda v: v * v
    return [sq(x) for x in xs]


def late(x):
    y = 1

    def f():
        return x + y

    a = f()
    y = 10
    x += 1
    return a, f()


def mutual(n):
    def even(k):
        return True if k == 0 else odd(k - 1)

    def odd(k):
        return False if k == 0 else even(k - 1)

    return even(n)


def deep(n):
    seen = []
    count = 0

    def outer(k):
        nonlocal count

        def inner(j):
            nonlocal count
            count += j
            seen.append(j)
            return j + k

        return inner(k) + sum(inner(i) for i in range(k))

    r = outer(n)
    return r, seen, count


def unbound(flag):
    def f():
        return z

    if flag:
        z = 5
    return f()


def early(n):
    def a():
        return b() + n

    def b():
        return 2

    return a()


def sort_with(ps, w):
    def key(p):
        return p[1] * w

    return sorted(ps, key=key), max(ps, key=key), list(map(key, ps))


def n_queens(n):
    count = 0

    def place(row, cols, d1, d2):
        nonlocal count
        if row == n:
            count += 1
            return
        for c in range(n):
            if c in cols or row + c in d1 or row - c in d2:
                continue
            place(row + 1, cols | {c}, d1 | {row + c}, d2 | {row - c})

    place(0, frozenset(), frozenset(), frozenset())
    return count


def shadow(n):
    i = 5

    def h():
        return i

    def g():
        i = 7
        return h() + i

    return g() + n


def lam_capture(xs, k):
    add = lambda v, w=2: v + k * w

    def use(v):
        return add(v, 3) + k

    return [add(x, 1) for x in xs], [use(x) for x in xs]


def fact_in(n):
    def go(k, acc=1):
        return acc if k <= 1 else go(k - 1, acc * k)

    return go(n)


def state_except(xs):
    pos = 0

    def step(x):
        nonlocal pos
        pos += 1
        if x < 0:
            raise ValueError("neg")
        return x

    tot = 0
    for x in xs:
        try:
            tot += step(x)
        except ValueError:
            tot -= 1
    return tot, pos


def tokenize(expr):
    tokens = []
    i = 0
    while i < len(expr):
        c = expr[i]
        if c.isspace():
            i += 1
            continue
        if c.isdigit() or c == ".":
            j = i
            while j < len(expr) and (expr[j].isdigit() or expr[j] == "."):
                j += 1
            tokens.append(("num", expr[i:j]))
            i = j
        elif c in "+-*/()":
            tokens.append(("op", c))
            i += 1
        else:
            raise ValueError(f"bad character {c!r} at {i}")
    return tokens


def evaluate(expr):
    tokens = tokenize(expr)
    pos = 0

    def peek():
        return tokens[pos][1] if pos < len(tokens) else None

    def advance():
        nonlocal pos
        tok = tokens[pos]
        pos += 1
        return tok

    def factor():
        kind, text = advance()
        if kind == "num":
            return float(text)
        if text == "-":
            return -factor()
        if text == "(":
            v = expression()
            advance()
            return v
        raise ValueError("unexpected " + text)

    def term():
        v = factor()
        while peek() in ("*", "/"):
            op = advance()[1]
            w = factor()
            v = v * w if op == "*" else v / w
        return v

    def expression():
        v = term()
        while peek() in ("+", "-"):
            op = advance()[1]
            w = term()
            v = v + w if op == "+" else v - w
        return v

    return expression()


def dfs_order(graph, start):
    seen = set()
    order = []

    def visit(n):
        if n in seen:
            return
        seen.add(n)
        order.append(n)
        for m in graph.get(n, ()):
            visit(m)

    visit(start)
    return order


def union_find(n, edges):
    parent = list(range(n))

    def find(x):
        while parent[x] != x:
            parent[x] = parent[parent[x]]
            x = parent[x]
        return x

    for a, b in edges:
        ra, rb = find(a), find(b)
        if ra != rb:
            parent[ra] = rb
    return len({find(i) for i in range(n)})


CASES = [
    ("make_sum", ([1, 2, 3],), {}),
    ("apply_twice", (3,), {}),
    ("captured", ([1, 2], 3), {}),
    ("lam_local", ([1, 2],), {}),
    ("late", (5,), {}),
    ("mutual", (7,), {}),
    ("deep", (3,), {}),
    ("unbound", (True,), {}),
    ("early", (3,), {}),
    ("sort_with", ([(1, 3), (2, 1)], 2), {}),
    ("n_queens", (5,), {}),
    ("shadow", (1,), {}),
    ("lam_capture", ([1, 2], 3), {}),
    ("fact_in", (5,), {}),
    ("state_except", ([1, -2, 3],), {}),
    ("evaluate", ("3 + 4.5*(2-1)",), {}),
    ("evaluate", ("-(2+3)*4/5",), {}),
    ("dfs_order", ({1: [2, 3], 2: [4], 3: [4], 4: []}, 1), {}),
    ("union_find", (6, [(0, 1), (2, 3), (1, 2)]), {}),
]

EDGE = [
    ("unbound", (False,), {}),
    ("make_sum", (["a"],), {}),
    ("fact_in", (50,), {}),
    ("captured", ([1.5], 2), {}),
    ("deep", (0,), {}),
    ("deep", (-1,), {}),
    ("apply_twice", ("ab",), {}),
    ("late", (1.5,), {}),
    ("evaluate", ("(1+2",), {}),
    ("evaluate", ("1/0",), {}),
    ("evaluate", ("",), {}),
    ("union_find", (2, [(0, 5)]), {}),
    ("dfs_order", ({}, None), {}),
    ("dfs_order", ({1: [1.5]}, 1), {}),
    ("n_queens", (0,), {}),
    ("n_queens", (2.5,), {}),
    ("state_except", ([1.5, "a"],), {}),
    ("sort_with", ([], None), {}),
    ("sort_with", ([(1,), (2,)], 1), {}),
    ("make_sum", (None,), {}),
    ("make_sum", ([4611686018427387904, 4611686018427387904, 1.5],), {}),
]
