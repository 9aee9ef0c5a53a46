"""Lists that functions make for themselves: kept, shared, nested, sliced, given away half way, and returned."""


def shared_rows(n, m):
    row = [0] * m
    table = [row for _ in range(n)]
    if table and row:
        table[0][0] = 7
    return table


def separate_rows(n, m):
    table = [[0.0] * m for _ in range(n)]
    for i in range(n):
        for j in range(m):
            table[i][j] = i * 1.5 - j
    return table


def same_row_twice(values):
    row = list(values)
    table = [row, row[:], row]
    row.append(1)
    table[2].append(2)
    return table, table[0] is table[2], table[0] is table[1]


def kept_in_dict(keys):
    groups = {}
    for i, key in enumerate(keys):
        if key not in groups:
            groups[key] = []
        inner = groups[key]
        inner.append(i)
        inner[0] += 1
    return groups


def given_away_early(values):
    out = []
    box = {"out": out}
    for v in values:
        out.append(v * 2)
    box["out"].append(0)
    out[-1] = len(box["out"])
    return box, out


def in_a_tuple(values):
    out = []
    pair = (out, 1)
    for v in values:
        out.append(v)
    pair[0].append(pair[1])
    return pair, out


def windows(values, k):
    return [values[i : i + k] for i in range(len(values) - k + 1)]


def flip_prefix(values, k):
    work = values[:]
    work[: k + 1] = work[k::-1]
    return work


def slices(values, a, b, c):
    work = list(values)
    part = work[a:b:c]
    return part, work[::-1], work[b:a], work[-3:]


def assign_slice(values, a, b, new):
    work = [v for v in values]
    work[a:b] = new
    return work


def assign_step(values, c, new):
    work = [v for v in values]
    work[::c] = new
    return work


def assign_itself(values):
    work = list(values)
    work[1:1] = work
    work += work
    work.extend(work)
    return work


def stack_and_queue(values):
    stack, queue, out = [], [], []
    for v in values:
        stack.append(v)
        queue.insert(0, v)
        queue.insert(-1, v)
        if len(stack) > 2:
            out.append(stack.pop())
            out.append(queue.pop(0))
            out.append(queue.pop(-2))
    del queue[0]
    return out, stack, queue


def sort_numbers(values):
    work = [v for v in values]
    work.sort()
    high = sorted(work, reverse=True)
    work.reverse()
    return work, high


def sort_halves(values):
    work = [v / 2 for v in values]
    work.sort()
    return work


def grows_while_read(n):
    work = [1]
    for v in work:
        if len(work) < n:
            work.append(v + 1)
            work.append(v * 2)
    return work


def caught(values, i):
    out = []
    try:
        for v in values:
            out.append(v)
        out[i] += 1
        out.pop(i + 1)
    except IndexError:
        out.append(-1)
    return out


def copied_argument(values):
    work = list(values)
    for i in range(len(work)):
        work[i] = work[i] * 2
    values.append(0)
    return work, values


def sieve(n):
    flags = [True] * (n + 1)
    flags[0] = flags[1] = False
    i = 2
    while i * i <= n:
        if flags[i]:
            for j in range(i * i, n + 1, i):
                flags[j] = False
        i += 1
    return [i for i, f in enumerate(flags) if f]


def triangle(n):
    rows = [[1]]
    while len(rows) < n:
        last = rows[-1]
        rows.append([1] + [last[i] + last[i + 1] for i in range(len(last) - 1)] + [1])
    return rows


_NAN = float("nan")
_LOOP = []
_LOOP.append(_LOOP)

CASES = [
    ("shared_rows", (3, 2), {}),
    ("separate_rows", (4, 3), {}),
    ("same_row_twice", ([4, 5],), {}),
    ("kept_in_dict", (["a", "b", "a", "c", "a"],), {}),
    ("given_away_early", ([1, 2, 3],), {}),
    ("in_a_tuple", ([1, 2, 3],), {}),
    ("windows", ([1.0, 2.0, 3.0, 4.0], 2), {}),
    ("flip_prefix", ([3, 1, 2, 0], 2), {}),
    ("slices", ([1, 2, 3, 4, 5, 6], 1, 5, 2), {}),
    ("assign_slice", ([1, 2, 3, 4], 1, 3, [9, 8, 7]), {}),
    ("assign_step", ([1, 2, 3, 4], 2, [9, 8]), {}),
    ("assign_itself", ([1, 2, 3],), {}),
    ("stack_and_queue", ([5, 6, 7, 8, 9],), {}),
    ("sort_numbers", ([3, -1, 2, 2, 0],), {}),
    ("sort_halves", ([3.0, -1.0, 2.0],), {}),
    ("grows_while_read", (9,), {}),
    ("caught", ([1, 2, 3], 1), {}),
    ("copied_argument", ([1, 2, 3],), {}),
    ("sieve", (50,), {}),
    ("triangle", (7,), {}),
]

EDGE = [
    ("shared_rows", (0, 0), {}),
    ("shared_rows", (-1, 5), {}),
    ("shared_rows", (2, True), {}),
    ("shared_rows", (2, 1.0), {}),
    ("shared_rows", (1, 2**70), {}),
    ("separate_rows", (1, 2**40), {}),
    ("separate_rows", (0, 2**70), {}),
    ("same_row_twice", ([],), {}),
    ("same_row_twice", ([2**70, True],), {}),
    ("same_row_twice", ("ab",), {}),
    ("same_row_twice", ([1.5],), {}),
    ("kept_in_dict", ([1, True, 1.0, "a"],), {}),
    ("kept_in_dict", ([_NAN, _NAN],), {}),
    ("kept_in_dict", ([[]],), {}),
    ("given_away_early", ([],), {}),
    ("given_away_early", (["x", 2, True],), {}),
    ("given_away_early", ([2**63 - 1],), {}),
    ("in_a_tuple", ([_LOOP],), {}),
    ("in_a_tuple", (_LOOP,), {}),
    ("windows", ([1.0, 2, True, None], 2), {}),
    ("windows", ([1.0], 5), {}),
    ("windows", ((1.0, 2.0), 1), {}),
    ("windows", ([1.0, 2.0], -1), {}),
    ("flip_prefix", ([1, 2], 9), {}),
    ("flip_prefix", ([1, 2], -1), {}),
    ("flip_prefix", ([], 0), {}),
    ("flip_prefix", ([1, 2.5, True], 1), {}),
    ("flip_prefix", ("ab", 1), {}),
    ("slices", ([1, 2, 3], 0, 3, 0), {}),
    ("slices", ([1, 2, 3], None, None, -1), {}),
    ("slices", ([1, 2, 3], 2**70, -(2**70), -(2**65)), {}),
    ("slices", ([1, 2, 3], 2**63 - 1, -(2**63), -(2**63)), {}),
    ("slices", ([1, 2, 3], -(2**63), 2**63 - 1, 2**63 - 1), {}),
    ("slices", ([], 0, 1, 1), {}),
    ("slices", ([1, 2, 3], 0, 1.0, 1), {}),
    ("assign_slice", ([1, 2, 3], 2, 1, [5]), {}),
    ("assign_slice", ([1, 2, 3], -99, 99, []), {}),
    ("assign_slice", ([1, 2, 3], None, 1, [2.5]), {}),
    ("assign_slice", ([1, 2, 3], 0, 1, "ab"), {}),
    ("assign_slice", ([1, 2, 3], 0, 1, (1,)), {}),
    ("assign_slice", ([1, 2, 3], 0, 1, 5), {}),
    ("assign_step", ([1, 2, 3], 2, [1]), {}),
    ("assign_step", ([1, 2, 3], -1, [7, 8, 9]), {}),
    ("assign_step", ([1, 2, 3], 1, [7]), {}),
    ("assign_step", ([1, 2, 3], 0, [7]), {}),
    ("assign_step", ([], 2, []), {}),
    ("assign_itself", ([],), {}),
    ("assign_itself", ([1, 2.0, None],), {}),
    ("stack_and_queue", ([],), {}),
    ("stack_and_queue", ([1],), {}),
    ("stack_and_queue", ([1, True, 2.5, "a"],), {}),
    ("sort_numbers", ([],), {}),
    ("sort_numbers", ([1, True, 0, False],), {}),
    ("sort_numbers", ([1, 2.5, _NAN],), {}),
    ("sort_numbers", ([2**80, -(2**80), 1],), {}),
    ("sort_numbers", (["b", "a"],), {}),
    ("sort_numbers", ([1, "a"],), {}),
    ("sort_halves", ([_NAN, 1.0, -0.0, 0.0, _NAN, -1.0],), {}),
    ("sort_halves", ([0.0, -0.0, 0.0],), {}),
    ("sort_halves", ([1, 2],), {}),
    ("grows_while_read", (0,), {}),
    ("grows_while_read", (4.5,), {}),
    ("caught", ([], 0), {}),
    ("caught", ([1], 0), {}),
    ("caught", ([1, 2], -5), {}),
    ("caught", ([2**63 - 1], 0), {}),
    ("caught", (["a"], 0), {}),
    ("copied_argument", ([],), {}),
    ("copied_argument", ([1, "a", 2.5, None],), {}),
    ("copied_argument", ([2**62, 2**62],), {}),
    ("copied_argument", ((1,),), {}),
    ("sieve", (0,), {}),
    ("sieve", (1,), {}),
    ("sieve", (-5,), {}),
    ("sieve", (True,), {}),
    ("sieve", (10.0,), {}),
    ("triangle", (0,), {}),
    ("triangle", (70,), {}),
]
