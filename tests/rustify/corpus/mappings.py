"""Dicts: insertion order, missing keys, counting, grouping, updating, iterating."""


class Table(dict):
    """A dict that is not exactly a dict."""


class Rich(dict):
    """A dict that invents what is missing."""

    def __missing__(self, key):
        return 42


def count_items(items):
    counts = {}
    for item in items:
        if item in counts:
            counts[item] += 1
        else:
            counts[item] = 1
    return counts


def count_pairs(tokens):
    counts = {}
    for i in range(len(tokens) - 1):
        pair = (tokens[i], tokens[i + 1])
        counts[pair] = counts.get(pair, 0) + 1
    return counts


def group_by_parity(values):
    groups = {"even": [], "odd": []}
    for v in values:
        groups["even" if v % 2 == 0 else "odd"].append(v)
    return groups


def group_by_length(words):
    groups = {}
    for word in words:
        groups.setdefault(len(word), []).append(word)
    return groups


def invert(mapping):
    return {value: key for key, value in mapping.items()}


def merge(a, b):
    out = dict(a)
    out.update(b)
    return out


def most_common(counts):
    best, best_count = None, -1
    for key, count in counts.items():
        if count > best_count:
            best, best_count = key, count
    return best, best_count


def lookup_all(mapping, keys, default):
    return [mapping.get(k, default) for k in keys]


def total_values(mapping):
    total = 0
    for value in mapping.values():
        total += value
    return total


def apply_changes(state, changes):
    for key, delta in changes:
        state[key] = state[key] + delta
    return len(state)


def remove_small(counts, limit):
    for key in list(counts.keys()):
        if counts[key] < limit:
            del counts[key]
    return counts


def order_of_keys(n):
    d = {}
    for i in range(n):
        d[(i * 7) % n] = i
    d.pop(0, None)
    d[0] = -1
    return list(d), list(d.values())


def nested_counts(records):
    out = {}
    for group, item in records:
        inner = out.get(group)
        if inner is None:
            inner = {}
            out[group] = inner
        inner[item] = inner.get(item, 0) + 1
    return out


def memo_fibonacci(n, memo):
    if n < 2:
        return n
    if n in memo:
        return memo[n]
    memo[n] = memo_fibonacci(n - 1, memo) + memo_fibonacci(n - 2, memo)
    return memo[n]


def two_sum(values, target):
    seen = {}
    for i, v in enumerate(values):
        if target - v in seen:
            return seen[target - v], i
        seen[v] = i
    return None


def sparse_dot(a, b):
    total = 0.0
    for key in a:
        if key in b:
            total += a[key] * b[key]
    return total


def sorted_items(mapping):
    return sorted(mapping.items()), sorted(mapping), max(mapping.values()), len(mapping)


def drain(mapping):
    out = []
    while mapping:
        out.append(mapping.popitem())
    return out


CASES = [
    ("count_items", ([1, 2, 1, 3, 1],), {}),
    ("count_items", ([4, 4],), {}),
    ("count_pairs", ([1, 2, 1, 2, 3],), {}),
    ("count_pairs", ([1],), {}),
    ("group_by_parity", ([1, 2, 3, 4, -1],), {}),
    ("group_by_length", (["a", "bb", "cc", "d"],), {}),
    ("invert", ({"a": 1, "b": 2},), {}),
    ("merge", ({"a": 1, "b": 2}, {"b": 3, "c": 4}), {}),
    ("most_common", ({"x": 3, "y": 7, "z": 7},), {}),
    ("most_common", ({},), {}),
    ("lookup_all", ({"a": 1, "b": 2}, ["b", "q", "a"], 0), {}),
    ("total_values", ({"a": 1, "b": 2},), {}),
    ("apply_changes", ({"a": 1, "b": 2}, [("a", 5), ("b", -1)]), {}),
    ("remove_small", ({"a": 1, "b": 5, "c": 2}, 2), {}),
    ("order_of_keys", (10,), {}),
    ("order_of_keys", (3,), {}),
    ("nested_counts", ([("a", 1), ("b", 1), ("a", 1), ("a", 2)],), {}),
    ("memo_fibonacci", (30, {}), {}),
    ("memo_fibonacci", (5, {3: 2, 4: 3}), {}),
    ("two_sum", ([2, 7, 11, 15], 9), {}),
    ("two_sum", ([1, 2], 9), {}),
    ("sparse_dot", ({1: 0.5, 4: 2.0}, {4: 3.0, 7: 1.0}), {}),
    ("sorted_items", ({"b": 2, "a": 1},), {}),
    ("drain", ({1: 2, 3: 4},), {}),
]

_SAME = {"a": 1, "b": 2}

EDGE = [
    ("count_items", ([1, True, 1.0, 0, False],), {}),
    ("count_items", ("mississippi",), {}),
    ("count_items", ([[1]],), {}),
    ("count_items", ([float("nan"), float("nan")],), {}),
    ("count_items", ([2**70, 2**70],), {}),
    ("count_items", ([],), {}),
    ("count_items", ([-1, -2, -1],), {}),
    ("count_items", (None,), {}),
    ("count_pairs", (["a", "b", "a", "b"],), {}),
    ("count_pairs", ([1, 1.0, True, 1],), {}),
    ("count_pairs", ([],), {}),
    ("group_by_parity", ([1.5, "a"],), {}),
    ("group_by_parity", ([2**64 + 1, -3],), {}),
    ("group_by_length", (["", [], ()],), {}),
    ("group_by_length", ([1],), {}),
    ("invert", ({"a": 1, "b": 1, "c": True},), {}),
    ("invert", ({"a": []},), {}),
    ("invert", (Table(a=1),), {}),
    ("merge", (_SAME, _SAME), {}),
    ("merge", ({}, [("a", 1)]), {}),
    ("merge", ({}, [1]), {}),
    ("merge", ({1: "a"}, {True: "b", 1.0: "c"}), {}),
    ("merge", (Table(a=1), {}), {}),
    ("most_common", ({"x": float("nan"), "y": 1},), {}),
    ("most_common", ({"x": "a"},), {}),
    ("most_common", ({None: 2**70},), {}),
    ("lookup_all", (Rich(), ["a"], 7), {}),
    ("lookup_all", ({}, [[]], 7), {}),
    ("total_values", ({"a": 2**63 - 1, "b": 1},), {}),
    ("total_values", ({"a": "x"},), {}),
    ("total_values", ({"a": 1.5, "b": 2},), {}),
    ("apply_changes", ({"a": 1}, [("a", 1), ("q", 1)]), {}),
    ("apply_changes", (Rich(), [("a", 1)]), {}),
    ("apply_changes", (Rich(a=1), [("a", 1), ("b", 2)]), {}),
    ("apply_changes", ({"a": 2**63 - 1}, [("a", 1)]), {}),
    ("apply_changes", ({"a": 1, "b": "x"}, [("a", 1), ("b", 1)]), {}),
    ("remove_small", ({}, 1), {}),
    ("remove_small", ({"a": 1, "b": None}, 2), {}),
    ("remove_small", (Table(a=1, b=3), 2), {}),
    ("order_of_keys", (0,), {}),
    ("order_of_keys", (2.5,), {}),
    ("nested_counts", ([("a", [])],), {}),
    ("nested_counts", ([("a",)],), {}),
    ("memo_fibonacci", (100, {}), {}),
    ("memo_fibonacci", (5, {3: "x", 4: "y"}), {}),
    ("memo_fibonacci", (2.5, {}), {}),
    ("memo_fibonacci", (5, Table()), {}),
    ("two_sum", ([0.1, 0.2], 0.1 + 0.2), {}),
    ("two_sum", ([2**63, -(2**63)], 0), {}),
    ("two_sum", (["a"], 1), {}),
    ("sparse_dot", ({}, {}), {}),
    ("sparse_dot", ({1: 2}, {1.0: 3}), {}),
    ("sparse_dot", ({1: "a"}, {1: 2.0}), {}),
    ("sorted_items", ({},), {}),
    ("sorted_items", ({1: "a", "b": 2},), {}),
    ("drain", (Table(a=1),), {}),
    ("drain", ([],), {}),
]
