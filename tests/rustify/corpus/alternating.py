"""Functions whose calls take turns between types."""


def describe(x):
    if isinstance(x, str):
        return "text " + x
    if isinstance(x, list):
        return f"list of {len(x)}"
    return f"number {x}"


def twice(x):
    return x + x


def depth(tree):
    return 0 if tree is None else 1 + max(depth(tree[0]), depth(tree[1]))


def in_turns(n):
    return [twice(i) for i in range(n)], [twice(str(i)) for i in range(n)]


CASES = [
    call
    for _ in range(4)
    for call in (
        ("describe", (3,), {}),
        ("describe", ("a",), {}),
        ("describe", ([1, 2],), {}),
        ("twice", (2**40,), {}),
        ("twice", ("ab",), {}),
        ("twice", (1.5,), {}),
        ("depth", (None,), {}),
        ("depth", ((None, None),), {}),
        ("in_turns", (3,), {}),
    )
]
EDGE = [
    ("describe", (None,), {}),
    ("twice", (2**62,), {}),
    ("twice", (2**100,), {}),
    ("twice", (None,), {}),
    ("twice", ([1],), {}),
    ("depth", (((None, None), None),), {}),
]
