"""Arguments that change: in place, nested, aliased, half way through an error."""


class Items(list):
    """A list that is not exactly a list."""


def double_in_place(values):
    for i in range(len(values)):
        values[i] = values[i] * 2


def reverse_in_place(values):
    i, j = 0, len(values) - 1
    while i < j:
        values[i], values[j] = values[j], values[i]
        i += 1
        j -= 1


def prefix_sums(values):
    for i in range(1, len(values)):
        values[i] += values[i - 1]
    return values


def move_all(source, target):
    while source:
        target.append(source.pop())
    return len(target)


def add_into(target, other):
    for i in range(len(other)):
        target[i] += other[i]
    return target


def scale_rows(table, factors):
    for row, factor in zip(table, factors):
        for j in range(len(row)):
            row[j] *= factor


def add_row(table, row):
    table.append(row)
    row.append(0)
    return table


def clear_zeros(table):
    count = 0
    for row in table:
        k = 0
        while k < len(row):
            if row[k] == 0:
                del row[k]
                count += 1
            else:
                k += 1
    return count


def update_nested(groups, name, value):
    groups[name].append(value)
    groups["last"] = groups[name]
    return groups


def record(log, totals, name, amount):
    log.append((name, amount))
    totals[name] = totals.get(name, 0) + amount
    return totals[name]


def shuffle(values, seed):
    state = seed
    for i in range(len(values) - 1, 0, -1):
        state = (state * 1103515245 + 12345) & 0x7FFFFFFF
        j = state % (i + 1)
        values[i], values[j] = values[j], values[i]


def remove_duplicates(values):
    write = 0
    for read in range(len(values)):
        if read == 0 or values[read] != values[read - 1]:
            values[write] = values[read]
            write += 1
    del values[write:]
    return write


def life_step(grid):
    rows, columns = len(grid), len(grid[0])
    counts = [[0] * columns for _ in range(rows)]
    for r in range(rows):
        for c in range(columns):
            for dr in (-1, 0, 1):
                for dc in (-1, 0, 1):
                    if (dr or dc) and 0 <= r + dr < rows and 0 <= c + dc < columns:
                        counts[r][c] += grid[r + dr][c + dc]
    for r in range(rows):
        for c in range(columns):
            grid[r][c] = 1 if counts[r][c] == 3 or (grid[r][c] and counts[r][c] == 2) else 0


def rotate_in_place(matrix):
    n = len(matrix)
    for i in range(n):
        for j in range(i + 1, n):
            matrix[i][j], matrix[j][i] = matrix[j][i], matrix[i][j]
    for row in matrix:
        row.reverse()
    return matrix


CASES = [
    ("double_in_place", ([1, 2, 3],), {}),
    ("reverse_in_place", ([1, 2, 3, 4],), {}),
    ("prefix_sums", ([1, 2, 3],), {}),
    ("move_all", ([1, 2, 3], [9]), {}),
    ("add_into", ([1.0, 2.0], [0.5, 0.25]), {}),
    ("scale_rows", ([[1, 2], [3, 4]], [10, -1]), {}),
    ("add_row", ([[1], [2]], [3]), {}),
    ("clear_zeros", ([[1, 0, 2], [0, 0]],), {}),
    ("update_nested", ({"a": [1], "b": []}, "b", 5), {}),
    ("record", ([("x", 1)], {"x": 1}, "x", 4), {}),
    ("record", ([], {}, "y", 2), {}),
    ("shuffle", ([1, 2, 3, 4, 5, 6], 7), {}),
    ("remove_duplicates", ([1, 1, 2, 3, 3, 3],), {}),
    ("life_step", ([[0, 1, 0], [0, 1, 0], [0, 1, 0]],), {}),
    ("rotate_in_place", ([[1, 2], [3, 4]],), {}),
]

_ONE = [1, 2, 3]
_ROW = [1, 0, 2]
_LOOP = [1]
_LOOP.append(_LOOP)

EDGE = [
    ("double_in_place", ([1, "a", None],), {}),
    ("double_in_place", ([2**62, 1.5, True],), {}),
    ("double_in_place", ((1, 2),), {}),
    ("double_in_place", (Items([1, 2]),), {}),
    ("double_in_place", ({0: 1, 1: 2},), {}),
    ("double_in_place", ([_ONE, _ONE],), {}),
    ("reverse_in_place", ([],), {}),
    ("reverse_in_place", ("ab",), {}),
    ("reverse_in_place", ([1, "a", None],), {}),
    ("prefix_sums", ([2**62, 2**62, 2**62, "a"],), {}),
    ("prefix_sums", (["a", "b"],), {}),
    ("prefix_sums", ([[1], [2]],), {}),
    ("prefix_sums", (_LOOP,), {}),
    ("move_all", (_ONE, [1]), {}),
    ("move_all", ([1, 2], None), {}),
    ("move_all", ([], ()), {}),
    ("add_into", (_ONE, _ONE), {}),
    ("add_into", ([1, 2], [1, 2, 3]), {}),
    ("add_into", ([1.0, 2.0], [1.0, "a"]), {}),
    ("add_into", ([[1]], [[2]]), {}),
    ("add_into", ([2**63 - 1], [1]), {}),
    ("scale_rows", ([_ROW, _ROW], [2, 3]), {}),
    ("scale_rows", ([[1, 2], [3, "a"]], [2, 1.5]), {}),
    ("scale_rows", ([[1], (2,)], [2, 2]), {}),
    ("scale_rows", ([[2**62]], [2]), {}),
    ("add_row", ([_ROW], _ROW), {}),
    ("add_row", (_ROW, _ROW), {}),
    ("add_row", ([], ()), {}),
    ("clear_zeros", ([_ROW, _ROW],), {}),
    ("clear_zeros", ([[0.0, False, None, ""]],), {}),
    ("clear_zeros", ([[1, 0], (0,)],), {}),
    ("update_nested", ({"a": _ROW, "b": _ROW}, "b", 5), {}),
    ("update_nested", ({}, "a", 1), {}),
    ("update_nested", ({"a": 1}, "a", 1), {}),
    ("record", ([], {"y": "a"}, "y", 2), {}),
    ("record", ([], {}, [], 2), {}),
    ("record", ([], {"y": 2**63 - 1}, "y", 1), {}),
    ("shuffle", (["a", 1, None, 2.5], 3), {}),
    ("shuffle", ([1, 2, 3], 2**80), {}),
    ("shuffle", ([1, 2, 3], 1.5), {}),
    ("remove_duplicates", ([1, 1.0, True, 2],), {}),
    ("remove_duplicates", ([float("nan"), float("nan")],), {}),
    ("remove_duplicates", ("aab",), {}),
    ("remove_duplicates", ([],), {}),
    ("life_step", ([_ROW, _ROW, _ROW],), {}),
    ("life_step", ([],), {}),
    ("life_step", ([[1, 1], [1]],), {}),
    ("life_step", ([[True, 1.0], [1, 1]],), {}),
    ("rotate_in_place", ([_ONE, _ONE, _ONE],), {}),
    ("rotate_in_place", ([[1, 2], [3]],), {}),
    ("rotate_in_place", ([],), {}),
]
