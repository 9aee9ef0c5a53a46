"""Indices and slices of lists, tuples and strings: negative, open, stepped, assigned, deleted."""


class Items(list):
    """A list that is not exactly a list."""


def ends(values):
    return values[0], values[-1]


def middle(values):
    n = len(values)
    return values[n // 4 : -(n // 4)] if n >= 4 else values[:]


def every(values, step):
    return values[::step]


def windows(values, size):
    return [values[i : i + size] for i in range(len(values) - size + 1)]


def rotate(values, k):
    k %= len(values)
    return values[k:] + values[:k]


def chunks(values, size):
    out = []
    for start in range(0, len(values), size):
        out.append(values[start : start + size])
    return out


def from_the_end(values):
    out = []
    for i in range(1, len(values) + 1):
        out.append(values[-i])
    return out


def take(values, indices):
    return [values[i] for i in indices]


def cut(text, start, stop, step):
    return text[start:stop:step]


def replace_middle(values, replacement):
    out = values[:]
    out[1:-1] = replacement
    return out


def drop_every_other(values):
    out = list(values)
    del out[1::2]
    return out


def swap_halves(values):
    half = len(values) // 2
    copy = values.copy()
    copy[:half], copy[-half:] = copy[-half:], copy[:half]
    return copy


def column(table, j):
    return [row[j] for row in table]


def upper_triangle(table):
    out = []
    for i in range(len(table)):
        out.append(table[i][i:])
    return out


def merge_sorted(a, b):
    out = []
    i = j = 0
    while i < len(a) and j < len(b):
        if a[i] <= b[j]:
            out.append(a[i])
            i += 1
        else:
            out.append(b[j])
            j += 1
    out.extend(a[i:])
    out.extend(b[j:])
    return out


CASES = [
    ("ends", ([1, 2, 3],), {}),
    ("ends", ([7],), {}),
    ("middle", (list(range(12)),), {}),
    ("middle", ([1, 2, 3],), {}),
    ("every", (list(range(10)), 3), {}),
    ("every", (list(range(10)), -2), {}),
    ("windows", ([1, 2, 3, 4, 5], 3), {}),
    ("windows", ([1, 2], 3), {}),
    ("rotate", ([1, 2, 3, 4, 5], 2), {}),
    ("rotate", ([1, 2, 3, 4, 5], -1), {}),
    ("chunks", (list(range(10)), 4), {}),
    ("chunks", ([1.5, 2.5, 3.5], 1), {}),
    ("from_the_end", ([1, 2, 3],), {}),
    ("take", ([10, 20, 30, 40], [0, -1, 2, -4]), {}),
    ("cut", ("hello world", 1, 9, 2), {}),
    ("cut", ("hello world", -3, None, None), {}),
    ("cut", ("hello world", None, None, -1), {}),
    ("replace_middle", ([1, 2, 3, 4], [9, 9, 9]), {}),
    ("replace_middle", ([1, 2], []), {}),
    ("drop_every_other", ([1, 2, 3, 4, 5],), {}),
    ("swap_halves", ([1, 2, 3, 4],), {}),
    ("swap_halves", ([1, 2, 3, 4, 5],), {}),
    ("column", ([[1, 2], [3, 4], [5, 6]], 1), {}),
    ("column", ([[1, 2], [3, 4]], -2), {}),
    ("upper_triangle", ([[1, 2, 3], [4, 5, 6], [7, 8, 9]],), {}),
    ("merge_sorted", ([1, 4, 9], [2, 3, 10, 11]), {}),
    ("merge_sorted", ([], [1]), {}),
]

EDGE = [
    ("ends", ([],), {}),
    ("ends", ("",), {}),
    ("ends", ((1, "a"),), {}),
    ("ends", ({0: 1, -1: 2},), {}),
    ("ends", (Items([1, 2]),), {}),
    ("middle", ("abcdefgh",), {}),
    ("middle", ((1, 2, 3, 4, 5),), {}),
    ("middle", (Items(range(8)),), {}),
    ("every", ([1, 2], 0), {}),
    ("every", ([1, 2, 3], 2**70), {}),
    ("every", ([1, 2, 3], -(2**70)), {}),
    ("every", ([1, 2, 3], 1.0), {}),
    ("every", ([1, 2, 3], True), {}),
    ("every", ([1, 2, 3], None), {}),
    ("windows", ([1, 2, 3], 0), {}),
    ("windows", ([1, 2, 3], -1), {}),
    ("windows", ("abc", 2), {}),
    ("rotate", ([], 1), {}),
    ("rotate", ([1, 2, 3], 2**80), {}),
    ("rotate", ((1, 2, 3), 1), {}),
    ("chunks", ([1], 0), {}),
    ("chunks", ([1, 2], -1), {}),
    ("chunks", (range(5), 2), {}),
    ("from_the_end", ("abc",), {}),
    ("take", ([1], [1]), {}),
    ("take", ([1], [-2]), {}),
    ("take", ([1, 2], [True, False]), {}),
    ("take", ([1, 2], [2**64]), {}),
    ("take", ([1, 2], [0.0]), {}),
    ("cut", ("abc", 5, 1, 1), {}),
    ("cut", ("abc", -100, 100, 1), {}),
    ("cut", ("a😀é", 2, -(2**70), -1), {}),
    ("cut", ("abc", 0, 2, 0), {}),
    ("cut", (b"abc", 0, 2, 1), {}),
    ("replace_middle", ([1, 2, 3], "ab"), {}),
    ("replace_middle", ([1, 2, 3], 5), {}),
    ("replace_middle", ([], [1]), {}),
    ("replace_middle", ((1, 2, 3), [1]), {}),
    ("drop_every_other", ([],), {}),
    ("drop_every_other", ("abc",), {}),
    ("swap_halves", ([1],), {}),
    ("swap_halves", ([],), {}),
    ("column", ([[1], []], 0), {}),
    ("column", ([], 0), {}),
    ("column", ([(1, 2), "ab"], 1), {}),
    ("upper_triangle", ([[1], [2]],), {}),
    ("merge_sorted", ([1, float("nan")], [0.5, 2]), {}),
    ("merge_sorted", (["a"], [1]), {}),
    ("merge_sorted", ((1, 2), (3,)), {}),
]
