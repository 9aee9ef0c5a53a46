"""Lists of the caller that loops go over many times: aliased, nested, resized, of mixed types, and left by an error."""


class Real(float):
    """A float that is not exactly a float."""


def relax(rows, steps):
    for _ in range(steps):
        for i in range(1, len(rows) - 1):
            for j in range(1, len(rows[i]) - 1):
                rows[i][j] = (rows[i - 1][j] + rows[i + 1][j] + rows[i][j - 1]) / 4
    return rows


def bubble_sort(values):
    for i in range(len(values)):
        for j in range(len(values) - 1 - i):
            if values[j] > values[j + 1]:
                values[j], values[j + 1] = values[j + 1], values[j]
    return values


def mix(a, b, rounds):
    for _ in range(rounds):
        for i in range(len(a)):
            a[i] = a[i] + b[-1 - i]
    return a is b


def collapse(values, rounds):
    for _ in range(rounds):
        i = 0
        while i + 1 < len(values):
            if values[i] == values[i + 1]:
                values.pop(i)
            else:
                i += 1
        values.append(values[0])
    return len(values)


def swap_rows(rows, i, j, rounds):
    total = 0
    for _ in range(rounds):
        rows[i], rows[j] = rows[j], rows[i]
        rows[i][0] += 1
        for row in rows:
            for v in row:
                total += v
    return total


def replace_row(rows, new, rounds):
    for k in range(rounds):
        rows[0] = new
        for row in rows:
            for i in range(len(row)):
                row[i] = row[i] + k
    return rows, new


def until_error(values, limit):
    for i in range(limit):
        for j in range(limit):
            values[i] += values[j]
    return values


def caught_inside(values, limit):
    count = 0
    for i in range(limit):
        for j in range(i):
            try:
                values[i] += values[j]
            except IndexError:
                count += 1
    return count


def matmul(a, b):
    n, m, k = len(a), len(b[0]), len(b)
    out = []
    for i in range(n):
        row = []
        for j in range(m):
            s = 0
            for t in range(k):
                s += a[i][t] * b[t][j]
            row.append(s)
        out.append(row)
    return out


def convolve(xs, ks):
    out = [0.0] * (len(xs) + len(ks) - 1)
    for i in range(len(xs)):
        for j in range(len(ks)):
            out[i + j] += xs[i] * ks[j]
    return out


def contains_all(words, letters):
    found = 0
    for word in words:
        for letter in letters:
            if letter in words:
                found += 1
            if letter == word:
                found += 10
    return found, words[:1]


def text_of(values, rounds):
    out = ""
    for k in range(rounds):
        for i in range(len(values)):
            values[i] = values[i] + k
        out += str(values)
    return out


def helped(values, rounds):
    for _ in range(rounds):
        bubble_sort(values)
        values[0], values[-1] = values[-1], values[0]
    return values


_NAN = float("nan")
_ROW = [1.5, 2.5, 3.5]
_INTS = [3, 1, 2]
_BIG = [1, 2**63, 3]
_LOOP = [[1.0]]
_LOOP.append(_LOOP)
_WIDE = [[float(i * j % 7) for j in range(6)] for i in range(5)]

CASES = [
    ("relax", (_WIDE, 3), {}),
    ("bubble_sort", ([5, 3, 9, 1, 1],), {}),
    ("mix", ([1, 2, 3], [4, 5, 6], 3), {}),
    ("collapse", ([1, 1, 2, 2, 2, 3], 2), {}),
    ("swap_rows", ([[1, 2], [3, 4], [5, 6]], 0, 2, 3), {}),
    ("replace_row", ([[1, 2], [3, 4]], [7, 8], 2), {}),
    ("until_error", ([1, 2, 3], 3), {}),
    ("caught_inside", ([1, 2, 3], 5), {}),
    ("matmul", ([[1, 2], [3, 4]], [[5, 6], [7, 8]]), {}),
    ("convolve", ([1.0, 2.0, 3.0], [0.5, 0.25]), {}),
    ("contains_all", (["a", "b"], ["b", "c"]), {}),
    ("text_of", ([1, 2], 3), {}),
    ("helped", ([4, 2, 7, 1], 2), {}),
]

EDGE = [
    ("relax", ([_ROW, _ROW, _ROW], 2), {}),
    ("relax", ([[1.0, 2.0, 3.0], _ROW, _ROW], 2), {}),
    ("relax", ([[1.0, 2.0, 3.0], [1.0, 2, 3.0], [1.0, 2.0, 3.0]], 1), {}),
    ("relax", ([[1.0] * 3, [1.0, Real(2), 3.0], [1.0] * 3], 1), {}),
    ("relax", ([[1.0] * 3, [1.0, _NAN, 3.0], [-0.0] * 3], 2), {}),
    ("relax", ([[1.0] * 3, [1.0] * 5, [1.0] * 3], 1), {}),
    ("relax", ([[1.0] * 3, (1.0, 2.0, 3.0), [1.0] * 3], 1), {}),
    ("relax", (_LOOP, 1), {}),
    ("relax", ([], 1), {}),
    ("relax", ([[], [], []], 1), {}),
    ("bubble_sort", ([2.5, 1, True, 0.5],), {}),
    ("bubble_sort", ([3, 1, "a"],), {}),
    ("bubble_sort", ([True, False, 1, 0],), {}),
    ("bubble_sort", (_BIG,), {}),
    ("bubble_sort", ([_NAN, 1.0, _NAN],), {}),
    ("bubble_sort", (["b", "a"],), {}),
    ("bubble_sort", ((3, 2),), {}),
    ("bubble_sort", ([Real(2), Real(1)],), {}),
    ("mix", (_INTS, _INTS, 4), {}),
    ("mix", (_INTS, [1, 2], 1), {}),
    ("mix", ([], [], 2), {}),
    ("mix", ([1, 2], [2**62, 2**62], 3), {}),
    ("mix", ([1, 2], [0.5, 1.5], 2), {}),
    ("mix", ([1, 2], ["a", "b"], 1), {}),
    ("mix", ([True], [True], 1), {}),
    ("collapse", ([], 1), {}),
    ("collapse", ([1, True, 1.0], 2), {}),
    ("collapse", (["a", "a"], 2), {}),
    ("collapse", ([_NAN, _NAN], 2), {}),
    ("swap_rows", ([_INTS, _INTS], 0, 1, 2), {}),
    ("swap_rows", ([[1], [2]], 0, 5, 1), {}),
    ("swap_rows", ([[1], []], 0, 1, 2), {}),
    ("swap_rows", ([[1], [2.5]], -1, 0, 3), {}),
    ("swap_rows", ([[2**63 - 1], [0]], 0, 0, 2), {}),
    ("replace_row", ([_INTS, _INTS], _INTS, 3), {}),
    ("replace_row", ([_INTS], [4], 2), {}),
    ("replace_row", ([], [1], 1), {}),
    ("replace_row", ([[1]], [], 1), {}),
    ("replace_row", ([[1]], [0.5], 2), {}),
    ("replace_row", ([[1]], (1, 2), 2), {}),
    ("until_error", ([1, 2, 3], 4), {}),
    ("until_error", ([], 1), {}),
    ("until_error", ([1, 2, None], 3), {}),
    ("until_error", ([2**62, 1], 2), {}),
    ("until_error", ([0.1, 2], 2), {}),
    ("caught_inside", ([], 3), {}),
    ("caught_inside", ([1, "a", 2], 4), {}),
    ("matmul", ([[1, 2], [3]], [[5, 6], [7, 8]]), {}),
    ("matmul", ([[1, 2]], [[5], [7, 8]]), {}),
    ("matmul", ([], [[1]]), {}),
    ("matmul", ([[1]], []), {}),
    ("matmul", ([[1.5, 2]], [[True], [2**65]]), {}),
    ("matmul", ([_INTS, _INTS, _INTS], [_INTS, _INTS, _INTS]), {}),
    ("matmul", ([[2**40]], [[2**40]]), {}),
    ("convolve", ([], []), {}),
    ("convolve", ([], [1.0]), {}),
    ("convolve", (_ROW, _ROW), {}),
    ("convolve", ([1.0, 2], [1.0]), {}),
    ("convolve", ([_NAN, -0.0], [float("inf"), 0.0]), {}),
    ("contains_all", (["a"], []), {}),
    ("contains_all", (["a", 1], ["a"]), {}),
    ("contains_all", ([], ["a"]), {}),
    ("contains_all", ("ab", "bc"), {}),
    ("text_of", ([], 2), {}),
    ("text_of", ([1, True, 2.5], 2), {}),
    ("text_of", ([2**63 - 1], 3), {}),
    ("helped", ([], 1), {}),
    ("helped", ([1.5, True, 2], 2), {}),
]
