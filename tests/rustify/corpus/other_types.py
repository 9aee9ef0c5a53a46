"""Calls with arguments of other types than those that were recorded: a second translation takes them."""

import math


def compound(amount, rate, years):
    for _ in range(min(years, 400)):
        amount = amount * (1 + rate)
    return round(amount, 2)


def polynomial(coefficients, x):
    result = 0
    for c in reversed(coefficients):
        result = result * x + c
    return result


def flattened(rows):
    out = []
    for row in rows:
        for value in row:
            out.append(value)
    return out


def unique(items):
    seen = set()
    out = []
    for item in items:
        if item not in seen:
            seen.add(item)
            out.append(item)
    return out


def top(counts, n):
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:n]


def hypotenuse(a, b):
    return math.sqrt(a * a + b * b)


def checksum(data):
    total = 0
    for i, byte in enumerate(data):
        total = (total * 31 + byte * (i + 1)) & 0xFFFFFFFF
    return total


def middle(values):
    ordered = sorted(values)
    n = len(ordered)
    if not n:
        return None
    half = n // 2
    return ordered[half] if n % 2 else (ordered[half - 1] + ordered[half]) / 2


def labelled(name, amount, unit=None):
    return f"{name}: {amount:.2f}" + (f" {unit}" if unit is not None else "")


def powers(base, count):
    return [base**i for i in range(min(count, 50))]


def choose(n, k):
    result = 1
    for i in range(1, min(k, 100) + 1):
        result = result * (n - k + i) // i
    return result


def clamp(values, low, high):
    return [low if v < low else high if v > high else v for v in values]


def push(out, item):
    out.append(item)
    return len(out)


def nested_call(values, factor):
    return [scaled(v, factor) for v in values]


def scaled(value, factor):
    return value * factor + 1


def centre(points):
    return sum(points) / len(points)


def defaults(keys):
    known = {}
    return [known.get(k, 1) for k in keys], known.get("x"), "y" in known, len(known)


CASES = [
    ("compound", (1000.0, 0.05, 10), {}),
    ("polynomial", ([1.0, 2.0, 3.0], 0.5), {}),
    ("flattened", ([[1, 2], [3]],), {}),
    ("unique", ([3, 1, 3, 2],), {}),
    ("top", ({"a": 3, "b": 5, "c": 3}, 2), {}),
    ("hypotenuse", (3.0, 4.0), {}),
    ("checksum", (b"some key",), {}),
    ("middle", ([3, 1, 2],), {}),
    ("labelled", ("x", 2.5), {}),
    ("powers", (2, 5), {}),
    ("choose", (10, 3), {}),
    ("clamp", ([0.5, 2.5, -1.0], 0.0, 1.0), {}),
    ("push", ([1, 2], 3), {}),
    ("nested_call", ([1, 2], 3), {}),
    ("scaled", (2, 3), {}),
    ("centre", ([1j, 2 + 1j, 3 + 0j],), {}),
    ("defaults", (["a"],), {}),
]

EDGE = [
    ("compound", (1000, 0.05, 10), {}),
    ("compound", (1000.0, 1, 3), {}),
    ("compound", (1000, 1, 300), {}),
    ("compound", (True, 0.5, 2), {}),
    ("compound", ("a", 1, 1), {}),
    ("compound", (1.0, 0.5, 2.0), {}),
    ("polynomial", ([1, 2, 3], 2), {}),
    ("polynomial", ((1.0, 2.0), 0.5), {}),
    ("polynomial", ([], 2), {}),
    ("polynomial", ([1j, 2], 2), {}),
    ("flattened", ([(1.5, 2), "ab"],), {}),
    ("flattened", (([1], {2: 3}),), {}),
    ("flattened", ([1],), {}),
    ("unique", ("mississippi",), {}),
    ("unique", ((1, True, 1.0, "1"),), {}),
    ("unique", ([[1]],), {}),
    ("unique", ([float("nan"), float("nan")],), {}),
    ("top", ({"a": 3.5, "b": 5}, 2), {}),
    ("top", ({1: 2, 3: 4}, 1), {}),
    ("top", ({"a": 1, 2: 1}, 1), {}),
    ("top", ({}, None), {}),
    ("hypotenuse", (3, 4), {}),
    ("hypotenuse", (10**200, 1), {}),
    ("hypotenuse", (float("nan"), 1), {}),
    ("hypotenuse", (1j, 1), {}),
    ("checksum", (bytearray(b"some key"),), {}),
    ("checksum", ([1, 2, 300],), {}),
    ("checksum", ("text",), {}),
    ("middle", ((3.5, 1, 2, 7),), {}),
    ("middle", ("cab",), {}),
    ("middle", ({1, 2},), {}),
    ("middle", ([],), {}),
    ("middle", ([1, "a"],), {}),
    ("labelled", ("x", 2, "kg"), {}),
    ("labelled", (5, True), {}),
    ("labelled", ("x", "y"), {}),
    ("powers", (2.0, 5), {}),
    ("powers", (10, 40), {}),
    ("powers", (1j, 3), {}),
    ("choose", (200, 90), {}),
    ("choose", (5.0, 2), {}),
    ("clamp", ((0, 5, 2.5), 0, 1), {}),
    ("clamp", (["a", "c"], "b", "d"), {}),
    ("clamp", ([None], 0, 1), {}),
    ("push", (["a"], "b"), {}),
    ("push", ([], None), {}),
    ("push", ((1,), 2), {}),
    ("nested_call", ((1.5, 2), 3), {}),
    ("nested_call", (["a"], 2), {}),
    ("scaled", (2.5, 3), {}),
    ("scaled", (2**70, 3), {}),
    ("centre", ((1j, 2),), {}),
    ("centre", ([1, 2.5],), {}),
    ("centre", ([],), {}),
    ("defaults", ((1, 2.0, None),), {}),
    ("defaults", ([[1]],), {}),
]
