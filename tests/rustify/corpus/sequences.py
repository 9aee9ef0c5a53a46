"""Lists and tuples: growing, shrinking, sorting, nesting, unpacking, methods."""


class Items(list):
    """A list that is not exactly a list."""


class Point(tuple):
    """A tuple that is not exactly a tuple."""


def squares(n):
    out = []
    for i in range(n):
        out.append(i * i)
    return out


def running_total(values):
    out = []
    total = 0
    for v in values:
        total += v
        out.append(total)
    return out


def swap_pairs(pairs):
    return [(b, a) for a, b in pairs]


def unpack_head(values):
    first, *rest = values
    return first, rest


def unpack_both_ends(values):
    first, *inner, last = values
    return first, inner, last


def add_points(p, q):
    x1, y1 = p
    x2, y2 = q
    return x1 + x2, y1 + y2


def stack_machine(program):
    stack = []
    for op, value in program:
        if op == "push":
            stack.append(value)
        elif op == "add":
            b = stack.pop()
            a = stack.pop()
            stack.append(a + b)
        elif op == "mul":
            b = stack.pop()
            stack[-1] *= b
        elif op == "dup":
            stack.append(stack[-1])
    return stack


def transpose(rows):
    return [[row[j] for row in rows] for j in range(len(rows[0]))]


def matmul(a, b):
    n, m, p = len(a), len(b), len(b[0])
    out = [[0.0] * p for _ in range(n)]
    for i in range(n):
        for j in range(p):
            total = 0.0
            for k in range(m):
                total += a[i][k] * b[k][j]
            out[i][j] = total
    return out


def list_methods(values, x):
    out = values.copy()
    out.append(x)
    out.insert(1, x)
    out.extend([x, x])
    where = out.index(x)
    many = out.count(x)
    out.remove(x)
    popped = out.pop(0)
    out.reverse()
    return out, where, many, popped


def sorted_copy(values):
    out = sorted(values)
    out.sort(reverse=True)
    return out


def sort_by_second(pairs):
    return sorted(pairs, key=lambda p: p[1])


def flatten(nested):
    out = []
    for inner in nested:
        for v in inner:
            out.append(v)
    return out


def pascal(n):
    rows = [[1]]
    for _ in range(n - 1):
        last = rows[-1]
        row = [1]
        for i in range(len(last) - 1):
            row.append(last[i] + last[i + 1])
        row.append(1)
        rows.append(row)
    return rows


def insertion_sort(values):
    out = values[:]
    for i in range(1, len(out)):
        current = out[i]
        j = i - 1
        while j >= 0 and out[j] > current:
            out[j + 1] = out[j]
            j -= 1
        out[j + 1] = current
    return out


def repeat_and_join(values, n):
    return values * n + values


def compare_lists(a, b):
    return a == b, a != b, a < b, a >= b


def contains(values, x):
    return x in values, x not in values


def min_max_tuple(points):
    lowest = points[0]
    highest = points[0]
    for p in points:
        if p < lowest:
            lowest = p
        if p > highest:
            highest = p
    return lowest, highest


def zero_grid(rows, columns):
    grid = [[0] * columns for _ in range(rows)]
    for r in range(rows):
        for c in range(columns):
            grid[r][c] = r * columns + c
    return grid


CASES = [
    ("squares", (10,), {}),
    ("squares", (0,), {}),
    ("running_total", ([1, 2, 3, 4],), {}),
    ("running_total", ([5, -5],), {}),
    ("swap_pairs", ([(1, 2), (3, 4)],), {}),
    ("unpack_head", ([1, 2, 3],), {}),
    ("unpack_head", ([1],), {}),
    ("unpack_both_ends", ([1, 2, 3, 4],), {}),
    ("unpack_both_ends", ([1, 2],), {}),
    ("add_points", ((1, 2), (3, 4)), {}),
    ("stack_machine", ([("push", 2), ("push", 3), ("add", 0), ("dup", 0), ("mul", 0)],), {}),
    ("transpose", ([[1, 2, 3], [4, 5, 6]],), {}),
    ("matmul", ([[1.0, 2.0], [3.0, 4.0]], [[0.5, -1.0], [2.0, 0.25]]), {}),
    ("matmul", ([[1.0, 2.0, 3.0]], [[1.0], [2.0], [3.0]]), {}),
    ("list_methods", ([1, 2, 3], 2), {}),
    ("list_methods", ([5, 6], 9), {}),
    ("sorted_copy", ([3, 1, 2],), {}),
    ("sorted_copy", ([2, 2, -5, 9, 0],), {}),
    ("sort_by_second", ([(1, 3), (2, 1), (3, 2), (4, 1)],), {}),
    ("flatten", ([[1, 2], [], [3]],), {}),
    ("pascal", (6,), {}),
    ("pascal", (1,), {}),
    ("insertion_sort", ([5, 2, 4, 6, 1, 3],), {}),
    ("insertion_sort", ([],), {}),
    ("repeat_and_join", ([1, 2], 3), {}),
    ("compare_lists", ([1, 2], [1, 3]), {}),
    ("compare_lists", ([1, 2], [1, 2]), {}),
    ("contains", ([1, 2, 3], 2), {}),
    ("contains", ([1, 2, 3], 5), {}),
    ("min_max_tuple", ([(2, 1), (1, 9), (2, 0)],), {}),
    ("zero_grid", (2, 3), {}),
]

_ONE = [1, 2]

EDGE = [
    ("squares", (-1,), {}),
    ("squares", (2.0,), {}),
    ("squares", (True,), {}),
    ("running_total", ([2**62, 2**62, 2**62],), {}),
    ("running_total", ([0.1, 0.2, 0.3],), {}),
    ("running_total", (["a"],), {}),
    ("running_total", ([],), {}),
    ("running_total", (Items([1, 2]),), {}),
    ("swap_pairs", ([(1, 2, 3)],), {}),
    ("swap_pairs", (["ab"],), {}),
    ("swap_pairs", ([1],), {}),
    ("unpack_head", ([],), {}),
    ("unpack_head", ("abc",), {}),
    ("unpack_head", (3,), {}),
    ("unpack_both_ends", ([1],), {}),
    ("unpack_both_ends", ((1, "b", None),), {}),
    ("add_points", ((1, 2, 3), (1, 2)), {}),
    ("add_points", ((1.5, "a"), (1, "b")), {}),
    ("add_points", (Point((1, 2)), (2**63, 1)), {}),
    ("add_points", ([1, 2], [3, 4]), {}),
    ("stack_machine", ([("add", 0)],), {}),
    ("stack_machine", ([("dup", 0)],), {}),
    ("stack_machine", ([("push", 2**40), ("push", 2**40), ("mul", 0)],), {}),
    ("stack_machine", ([("push", "a"), ("push", 3), ("mul", 0)],), {}),
    ("transpose", ([],), {}),
    ("transpose", ([[1, 2], [3]],), {}),
    ("transpose", ([[], []],), {}),
    ("matmul", ([[1.0, 2.0]], [[1.0]]), {}),
    ("matmul", ([[1, 2]], [[3], [4]]), {}),
    ("matmul", ([], [[1.0]]), {}),
    ("matmul", ([[float("inf")]], [[0.0]]), {}),
    ("matmul", (((1.0,),), ((2.0,),)), {}),
    ("list_methods", ([], 1), {}),
    ("list_methods", ([1, True, 1.0], 1), {}),
    ("list_methods", ([1.5], float("nan")), {}),
    ("list_methods", ((1, 2), 1), {}),
    ("sorted_copy", ([1.0, float("nan"), 0.5],), {}),
    ("sorted_copy", ([0.0, -0.0, 0, False],), {}),
    ("sorted_copy", (["b", "a", "B"],), {}),
    ("sorted_copy", ([1, "a"],), {}),
    ("sort_by_second", ([(1,), (2, 3)],), {}),
    ("sort_by_second", ([],), {}),
    ("flatten", (["ab", (1, 2)],), {}),
    ("flatten", ([1],), {}),
    ("flatten", ([_ONE, _ONE],), {}),
    ("pascal", (0,), {}),
    ("pascal", (70,), {}),
    ("insertion_sort", ([1, "a"],), {}),
    ("insertion_sort", ([True, 2, 0.5],), {}),
    ("insertion_sort", ((3, 1),), {}),
    ("repeat_and_join", ([1], -2), {}),
    ("repeat_and_join", ("ab", 2), {}),
    ("repeat_and_join", ([1], 1.0), {}),
    ("repeat_and_join", ([_ONE], 2), {}),
    ("compare_lists", ([1], [1.0]), {}),
    ("compare_lists", ([float("nan")], [float("nan")]), {}),
    ("compare_lists", (_ONE, _ONE), {}),
    ("compare_lists", ([1], (1,)), {}),
    ("compare_lists", ([1, "a"], [1, 2]), {}),
    ("contains", ([1, 2], 1.0), {}),
    ("contains", ([float("nan")], float("nan")), {}),
    ("contains", ([True], 1), {}),
    ("contains", (3, 3), {}),
    ("min_max_tuple", ([],), {}),
    ("min_max_tuple", ([(1, "a"), (1, 2)],), {}),
    ("min_max_tuple", ([Point((1, 2)), (0, 3)],), {}),
    ("zero_grid", (-1, 2), {}),
    ("zero_grid", (2, -1), {}),
    ("zero_grid", (2, "a"), {}),
]
