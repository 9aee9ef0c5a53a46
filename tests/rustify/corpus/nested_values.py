"""Defaults that are kept, nested values of many types, branches for values of other types."""


def memo_fib(n, memo={0: 0, 1: 1}):
    if n not in memo:
        memo[n] = memo_fib(n - 1) + memo_fib(n - 2)
    return memo[n]


def memo_empty(n, memo={}):
    if n in memo:
        return memo[n]
    if n < 2:
        return n
    memo[n] = memo_empty(n - 1, memo) + memo_empty(n - 2, memo)
    return memo[n]


def visited(graph, node, seen=None):
    if seen is None:
        seen = set()
    seen.add(node)
    for nb in graph[node]:
        if nb not in seen:
            visited(graph, nb, seen)
    return sorted(seen)


def flatten_dict(d, prefix=""):
    out = {}
    for k, v in d.items():
        key = f"{prefix}.{k}" if prefix else k
        if isinstance(v, dict):
            out.update(flatten_dict(v, key))
        else:
            out[key] = v
    return out


def evaluate(tokens):
    if not isinstance(tokens, list):
        return tokens
    op, *args = tokens
    vals = [evaluate(a) for a in args]
    if op == "+":
        return sum(vals)
    if op == "-":
        return vals[0] - vals[1]
    raise ValueError(f"unknown operator {op}")


def tree_sum(tree):
    if tree is None:
        return 0
    left, value, right = tree
    return tree_sum(left) + value + tree_sum(right)


def tree_depth(t):
    return 0 if t is None else 1 + max(tree_depth(t[0]), tree_depth(t[2]))


def deep_total(x):
    if isinstance(x, (list, tuple)):
        return sum(deep_total(y) for y in x)
    elif isinstance(x, dict):
        return sum(deep_total(v) for v in x.values())
    elif isinstance(x, (int, float)) and not isinstance(x, bool):
        return x
    return 0


def to_json(obj):
    if obj is None:
        return "null"
    if isinstance(obj, bool):
        return "true" if obj else "false"
    if isinstance(obj, (int, float)):
        return repr(obj)
    if isinstance(obj, str):
        return '"' + obj.replace('"', '\\"') + '"'
    if isinstance(obj, (list, tuple)):
        return "[" + ", ".join(to_json(x) for x in obj) + "]"
    if isinstance(obj, dict):
        return "{" + ", ".join(f"{to_json(str(k))}: {to_json(v)}" for k, v in obj.items()) + "}"
    raise TypeError(f"cannot serialise {type(obj).__name__}")


def calc_tree(e):
    if isinstance(e, tuple):
        op, a, b = e
        x, y = calc_tree(a), calc_tree(b)
        if op == "+":
            return x + y
        if op == "*":
            return x * y
        return x - y
    return e


def deep_equal(a, b):
    if type(a) is not type(b):
        return False
    if isinstance(a, dict):
        return a.keys() == b.keys() and all(deep_equal(a[k], b[k]) for k in a)
    if isinstance(a, list):
        return len(a) == len(b) and all(deep_equal(x, y) for x, y in zip(a, b))
    return a == b


def lookup(d, path, default=None):
    cur = d
    for part in path.split("."):
        if not isinstance(cur, dict) or part not in cur:
            return default
        cur = cur[part]
    return cur


CASES = [
    ("memo_fib", (30,), {}),
    ("memo_empty", (20,), {}),
    ("visited", ({1: [2, 3], 2: [1], 3: []}, 1), {}),
    ("flatten_dict", ({"a": {"b": 1, "c": {"d": 2}}, "e": 3},), {}),
    ("evaluate", (["+", 1, ["-", 5, 3]],), {}),
    ("tree_sum", (((None, 1, None), 2, (None, 3, None)),), {}),
    ("tree_depth", (((None, 1, None), 2, None),), {}),
    ("deep_total", ([1, [2.5, (3, {"a": 4})], "x", None, True],), {}),
    ("to_json", ({"a": [1, 2.5, None, True], "b": {"c": 'q"'}},), {}),
    ("calc_tree", (("+", 1, ("*", 2, 3)),), {}),
    ("deep_equal", ({"a": [1, {"b": 2}]}, {"a": [1, {"b": 2}]}), {}),
    ("lookup", ({"a": {"b": 3}}, "a.b"), {}),
]

EDGE = [
    ("memo_fib", (90,), {}),
    ("memo_fib", (5, {0: 1, 1: 1}), {}),
    ("memo_empty", (5, {}), {}),
    ("flatten_dict", ({},), {}),
    ("flatten_dict", ({"x": 1},), {}),
    ("evaluate", (7,), {}),
    ("evaluate", (["^", 1],), {}),
    ("tree_sum", (None,), {}),
    ("tree_sum", ((1, 2),), {}),
    ("deep_total", ({"a": []},), {}),
    ("to_json", ({1, 2},), {}),
    ("to_json", ([[], {}],), {}),
    ("calc_tree", (5,), {}),
    ("lookup", ({}, "x"), {}),
    ("lookup", ({"a": 1}, "a.b", 5), {}),
]
