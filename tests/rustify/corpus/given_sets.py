"""Sets that the caller gives, and that change."""


def added(items, x):
    items.add(x)
    return len(items), x in items


def order_after(items, x):
    items.add(x)
    items.discard(3)
    return list(items)


def visit(graph, node, seen):
    seen.add(node)
    for other in graph[node]:
        if other not in seen:
            visit(graph, other, seen)
    return len(seen)


def united(items, x):
    items |= {x, x + 1}
    return items


def many(items, n):
    for i in range(n):
        items.add(i * 7 % 64)
    return len(items)


def fails_late(items, n, words):
    """Changes the set, and then needs what only Python does."""
    for i in range(n):
        items.add(i * 5)
        items.discard(i)
    return len(words[n]), list(items)


def taken_out(items):
    total = 0
    while len(items) > 1:
        item = max(items)
        items.remove(item)
        total += item
    return total


CASES = [
    ("added", ({3, 1}, 2), {}),
    ("order_after", ({3, 1, 17}, 9), {}),
    ("visit", ({1: [2], 2: [1, 3], 3: []}, 1, set()), {}),
    ("visit", ({1: [2], 2: [1, 3], 3: []}, 1, {5}), {}),
    ("united", ({1, 2}, 2), {}),
    ("many", (set(), 40), {}),
    ("fails_late", ({1, 2, 40}, 3, ["a", "b", "c", "dd"]), {}),
    ("taken_out", ({4, 8, 1},), {}),
]
EDGE = [
    ("fails_late", ({1, 2, 40}, 3, ["a"]), {}),
    ("fails_late", ({1, 2, 40}, 30, ["a"]), {}),
    ("fails_late", (set(range(50)), 45, ["a"]), {}),
    ("fails_late", (set(), 100, []), {}),
    ("fails_late", ({"x", None, (1, 2), 2.5}, 20, []), {}),
    ("added", ({"a", 2}, 2), {}),
    ("added", ({1.5}, [1]), {}),
    ("many", (set(range(100)), 10), {}),
    ("visit", ({1: [2]}, 1, set()), {}),
    ("taken_out", (set(),), {}),
    ("taken_out", ({1, "a", 2},), {}),
]
