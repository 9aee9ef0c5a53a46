"""Dicts that functions make for themselves: order, gaps, shared values, sizes that change, keys that are equal."""


def count_pairs(values):
    counts = {}
    for pair in zip(values, values[1:]):
        counts[pair] = counts.get(pair, 0) + 1
    return counts


def count_words(words):
    counts = {}
    for word in words:
        if word in counts:
            counts[word] += 1
        else:
            counts[word] = 1
    return counts


def group(words):
    groups = {}
    for word in words:
        groups.setdefault(len(word), []).append(word)
    return groups, list(groups), len(groups)


def invert(pairs):
    table = {}
    for a, b in pairs:
        table[b] = a
    return {v: k for k, v in table.items()}


def churn(n):
    table = {}
    for i in range(n):
        table[i * 7 % 13] = i
        if i % 3 == 0 and i in table:
            del table[i]
        if len(table) > 5:
            table.pop(next_key(table))
    return table, table.pop(99, -1)


def next_key(table):
    for key in table:
        return key
    return -1


def grow_while_read(keys):
    table = {}
    for key in keys:
        table[key] = 1
    seen = []
    for key in table:
        seen.append(key)
        if len(table) < 6:
            table[key + 10] = 1
    return seen


def swap_while_read(keys):
    table = {}
    for key in keys:
        table[key] = key
    out = []
    for key, value in table.items():
        out.append(value)
        if value == 2:
            table.pop(key)
            table[key + 100] = 7
    return out


def set_while_read(keys):
    table = {}
    for key in keys:
        table[key] = key
    for key in table:
        table[key] = table[key] * 2
    return table


def kept_twice(keys):
    inner = {}
    outer = {"a": inner, "b": inner}
    for key in keys:
        outer["a"][key] = len(inner)
    inner["last"] = -1
    return outer, outer["a"] is outer["b"]


def read_then_given(keys):
    table = {}
    for key in keys:
        table[key] = key
    out = []
    for key in table:
        out.append(key)
        if len(out) == 2:
            box = [table]
            out.append(len(box[0]))
    return out


def merge(keys, more):
    table = {}
    for key in keys:
        table[key] = 0
    table.update(more)
    other = table.copy()
    other.clear()
    other[1] = 2
    table.update(table)
    return table, other, sorted(table.values())


def missing(keys, key):
    table = {}
    for k in keys:
        table[k] = 1
    try:
        return table[key]
    except KeyError as error:
        return str(error)


def memo_fib(n):
    known = {0: 0, 1: 1}
    for i in range(2, n + 1):
        known[i] = known[i - 1] + known[i - 2]
    return known[n], max(known), sum(known.values())


def by_float(values):
    table = {}
    for v in values:
        table[v] = table.get(v, 0) + 1
    return table


_NAN = float("nan")


def least_recent(cap, keys):
    data, hits = {}, 0
    for k in keys:
        if k in data:
            hits += 1
            data[k] = data.pop(k)
        else:
            data[k] = k * k
            if len(data) > cap:
                del data[next(iter(data))]
    return hits, list(data)


CASES = [
    ("least_recent", (3, [1, 2, 3, 4, 1, 5, 2, 2] * 20), {}),
    ("count_pairs", ([1, 2, 1, 2, 3],), {}),
    ("count_words", (["a", "b", "a", "longer", "b", "a"],), {}),
    ("group", (["one", "two", "three", "four"],), {}),
    ("invert", ([(1, "a"), (2, "b"), (3, "a")],), {}),
    ("churn", (40,), {}),
    ("grow_while_read", ([1, 2, 3, 4, 5, 6],), {}),
    ("swap_while_read", ([1, 3, 5],), {}),
    ("set_while_read", ([1, 2, 3],), {}),
    ("kept_twice", (["x", "y"],), {}),
    ("read_then_given", ([5, 6, 7],), {}),
    ("merge", ([1, 2, 3], {3: 4, 5: 6}), {}),
    ("missing", ([1, 2], 2), {}),
    ("memo_fib", (30,), {}),
    ("by_float", ([1.0, 2.5, 1.0],), {}),
]

EDGE = [
    ("least_recent", (0, list(range(40)) * 2), {}),
    ("least_recent", (1, list(range(40)) * 2), {}),
    ("least_recent", (2, list(range(40)) * 2), {}),
    ("least_recent", (7, list(range(40)) * 2), {}),
    ("least_recent", (8, list(range(40)) * 2), {}),
    ("least_recent", (9, list(range(40)) * 2), {}),
    ("least_recent", (39, list(range(40)) * 2), {}),
    ("least_recent", (40, list(range(40)) * 2), {}),
    ("count_pairs", ([],), {}),
    ("count_pairs", ([1, True, 1.0, 1],), {}),
    ("count_pairs", ([2**64, 2**64, 0, -1, -(2**63)],), {}),
    ("count_pairs", ("aabab",), {}),
    ("count_pairs", ([_NAN, _NAN, _NAN],), {}),
    ("count_pairs", ([[], []],), {}),
    ("count_words", ([],), {}),
    ("count_words", (["", "\u00e9", "e\u0301", "\U0001f600", "\ud800", ""],), {}),
    ("count_words", ("hello",), {}),
    ("count_words", ([1, "1", 1.0, True, None],), {}),
    ("count_words", ([(), (1,), (1.0,)],), {}),
    ("group", ([],), {}),
    ("group", (["a", "b", "a"],), {}),
    ("group", ([[1], [2], []],), {}),
    ("group", ([1],), {}),
    ("invert", ([],), {}),
    ("invert", ([(1, 2.0), (2, 2)],), {}),
    ("invert", ([(1,)],), {}),
    ("invert", ([([], 1)],), {}),
    ("churn", (0,), {}),
    ("churn", (200,), {}),
    ("churn", (7.5,), {}),
    ("grow_while_read", ([1, 2],), {}),
    ("grow_while_read", ([],), {}),
    ("grow_while_read", ([1.5],), {}),
    ("swap_while_read", ([1, 2, 3],), {}),
    ("swap_while_read", ([2],), {}),
    ("swap_while_read", ([3, 2],), {}),
    ("set_while_read", ([2**62],), {}),
    ("set_while_read", ("ab",), {}),
    ("kept_twice", ([],), {}),
    ("kept_twice", (["last", "last"],), {}),
    ("kept_twice", ([1],), {}),
    ("read_then_given", ([],), {}),
    ("read_then_given", ([1, 1, 2, 3, 4],), {}),
    ("merge", ([], {}), {}),
    ("merge", ([1], {"a": 1}), {}),
    ("merge", ([1], {1: 0.5}), {}),
    ("merge", ([1], [(2, 3)]), {}),
    ("missing", ([1, 2], 3), {}),
    ("missing", ([1], True), {}),
    ("missing", ([1], "a"), {}),
    ("missing", ([1], []), {}),
    ("missing", ([], None), {}),
    ("memo_fib", (0,), {}),
    ("memo_fib", (-1,), {}),
    ("memo_fib", (95,), {}),
    ("memo_fib", (300,), {}),
    ("by_float", ([0.0, -0.0, 0.0],), {}),
    ("by_float", ([-0.0, 0.0],), {}),
    ("by_float", ([_NAN, _NAN],), {}),
    ("by_float", ([1, 1.0, True],), {}),
    ("by_float", ([float("inf"), 2.0**60, 2**60],), {}),
]
