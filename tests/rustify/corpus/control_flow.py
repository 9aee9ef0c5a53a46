"""Branches and loops: else after loops, break and continue, chained comparisons, None, match."""


class Truth(int):
    """An int whose truth is its opposite."""

    def __bool__(self):
        return self == 0


def find_divisor(n):
    for d in range(2, n):
        if n % d == 0:
            break
    else:
        return None
    return d


def first_gap(values):
    expected = 0
    while expected in values:
        expected += 1
        if expected > 1000:
            break
    else:
        return expected
    return -1


def skip_and_stop(values, skip, stop):
    out = []
    for v in values:
        if v == skip:
            continue
        if v == stop:
            break
        out.append(v * 2)
    return out


def search_grid(grid, wanted):
    for r in range(len(grid)):
        for c in range(len(grid[r])):
            if grid[r][c] == wanted:
                return r, c
    return None


def grade(score):
    if score >= 90:
        return "A"
    elif score >= 80:
        return "B"
    elif score >= 70:
        return "C"
    return "F"


def ordered(a, b, c):
    return a < b < c, a <= b <= c, a < b > c, a == b == c, a != b != c


def default_if_none(value, default):
    return default if value is None else value


def first_true(a, b, c):
    return a or b or c


def last_true(a, b, c):
    return a and b and c


def truth_table(a: bool, b: bool):
    return [a and b, a or b, not a, a != b, a == b, a ^ b, a & b, a | b]


def count_booleans(flags):
    total = 0
    for flag in flags:
        total += flag
    return total


def collatz_longest(limit):
    best, best_start = 0, 0
    for start in range(1, limit):
        n, steps = start, 0
        while n != 1:
            n = n // 2 if n % 2 == 0 else 3 * n + 1
            steps += 1
        if steps > best:
            best, best_start = steps, start
    return best_start, best


def read_while(values, limit):
    i = 0
    total = 0
    while i < len(values) and (step := values[i]) <= limit:
        total += step
        i += 1
    return total, i


def classify(command):
    match command:
        case 0:
            return "zero"
        case 1 | 2 | 3:
            return "few"
        case n if n < 0:
            return "negative"
        case _:
            return "many"


def loop_leftover(n):
    i = -1
    for i in range(n):
        pass
    return i


def optional_sum(values):
    total = None
    for v in values:
        if v is not None:
            total = v if total is None else total + v
    return total


def bubble_sort(values):
    items = list(values)
    n = len(items)
    for i in range(n):
        swapped = False
        for j in range(n - 1 - i):
            if items[j] > items[j + 1]:
                items[j], items[j + 1] = items[j + 1], items[j]
                swapped = True
        if not swapped:
            break
    return items


CASES = [
    ("find_divisor", (91,), {}),
    ("find_divisor", (97,), {}),
    ("find_divisor", (2,), {}),
    ("first_gap", ([0, 1, 3],), {}),
    ("first_gap", ([],), {}),
    ("first_gap", ([5, 0, 1, 2],), {}),
    ("skip_and_stop", ([1, 2, 3, 4, 5], 2, 5), {}),
    ("skip_and_stop", ([1, 1, 1], 1, 9), {}),
    ("search_grid", ([[1, 2], [3, 4]], 3), {}),
    ("search_grid", ([[1, 2], [3, 4]], 9), {}),
    ("grade", (95,), {}),
    ("grade", (85,), {}),
    ("grade", (71,), {}),
    ("grade", (10,), {}),
    ("ordered", (1, 2, 3), {}),
    ("ordered", (3, 2, 1), {}),
    ("ordered", (2, 2, 2), {}),
    ("default_if_none", (None, 3), {}),
    ("default_if_none", (4, 3), {}),
    ("first_true", (0, 5, 7), {}),
    ("first_true", (0, 0, 0), {}),
    ("last_true", (1, 2, 3), {}),
    ("last_true", (1, 0, 3), {}),
    ("truth_table", (True, False), {}),
    ("truth_table", (True, True), {}),
    ("truth_table", (False, False), {}),
    ("count_booleans", ([True, False, True],), {}),
    ("collatz_longest", (100,), {}),
    ("collatz_longest", (30,), {}),
    ("read_while", ([1, 2, 3, 10, 1], 5), {}),
    ("read_while", ([1, 2], 5), {}),
    ("classify", (0,), {}),
    ("classify", (2,), {}),
    ("classify", (-4,), {}),
    ("classify", (40,), {}),
    ("loop_leftover", (5,), {}),
    ("loop_leftover", (0,), {}),
    ("optional_sum", ([1, None, 2],), {}),
    ("optional_sum", ([None, None],), {}),
    ("bubble_sort", ([5, 2, 9, 1],), {}),
    ("bubble_sort", ([1, 2, 3],), {}),
]

EDGE = [
    ("find_divisor", (-3,), {}),
    ("find_divisor", (4.0,), {}),
    ("find_divisor", (True,), {}),
    ("first_gap", ({0, 1},), {}),
    ("first_gap", ((0.0, 1.0),), {}),
    ("first_gap", ([float("nan"), False],), {}),
    ("first_gap", (3,), {}),
    ("first_gap", (range(2000),), {}),
    ("skip_and_stop", ([1.0, 2.0, True], 1, 2), {}),
    ("skip_and_stop", ("abc", "b", "z"), {}),
    ("skip_and_stop", ([[1], [2]], [1], None), {}),
    ("skip_and_stop", ([2**62, 2**63], 0, 1), {}),
    ("search_grid", ([], 1), {}),
    ("search_grid", ([[], [1]], 1), {}),
    ("search_grid", ([[1.0]], 1), {}),
    ("search_grid", ([1], 1), {}),
    ("grade", (89.99,), {}),
    ("grade", (float("nan"),), {}),
    ("grade", ("90",), {}),
    ("grade", (2**100,), {}),
    ("ordered", (1, 2.0, True), {}),
    ("ordered", (float("nan"), 1.0, 2.0), {}),
    ("ordered", ("a", "b", 3), {}),
    ("ordered", (2**70, 2**70 + 1, 1e30), {}),
    ("default_if_none", (0, 3), {}),
    ("default_if_none", ([], {}), {}),
    ("first_true", ("", [], None), {}),
    ("first_true", (0.0, -0.0, float("nan")), {}),
    ("first_true", (Truth(0), 1, 2), {}),
    ("last_true", (1.5, "", 3), {}),
    ("truth_table", (1, 0), {}),
    ("truth_table", (2, 3), {}),
    ("truth_table", (1.0, 2.0), {}),
    ("count_booleans", ([],), {}),
    ("count_booleans", ([1, 2.5],), {}),
    ("collatz_longest", (0,), {}),
    ("read_while", ([2**62, 2**62, 2**62], 2**63), {}),
    ("read_while", ([1.5, 2], 5), {}),
    ("read_while", (None, 5), {}),
    ("classify", (1.0,), {}),
    ("classify", (True,), {}),
    ("classify", ("x",), {}),
    ("classify", (False,), {}),
    ("loop_leftover", (-3,), {}),
    ("loop_leftover", (2.0,), {}),
    ("optional_sum", ([],), {}),
    ("optional_sum", (["a", None, "b"],), {}),
    ("optional_sum", ([1, "a"],), {}),
    ("bubble_sort", ([2.0, float("nan"), 1.0],), {}),
    ("bubble_sort", ("hello",), {}),
    ("bubble_sort", ([1, "a"],), {}),
    ("bubble_sort", ([True, 0, 1, False],), {}),
    ("bubble_sort", ([],), {}),
]
