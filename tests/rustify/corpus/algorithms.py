"""Textbook algorithms that mix constructs, the way small programs do."""


def sieve(limit):
    flags = [True] * (limit + 1)
    flags[0] = flags[1] = False
    i = 2
    while i * i <= limit:
        if flags[i]:
            for j in range(i * i, limit + 1, i):
                flags[j] = False
        i += 1
    return [n for n, flag in enumerate(flags) if flag]


def levenshtein(a, b):
    previous = list(range(len(b) + 1))
    for i, ca in enumerate(a, 1):
        current = [i]
        for j, cb in enumerate(b, 1):
            cost = 0 if ca == cb else 1
            current.append(min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + cost))
        previous = current
    return previous[-1]


def knapsack(weights, values, capacity):
    best = [0] * (capacity + 1)
    for w, v in zip(weights, values):
        for c in range(capacity, w - 1, -1):
            best[c] = max(best[c], best[c - w] + v)
    return best[capacity]


def longest_common_subsequence(a, b):
    table = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in range(len(a)):
        for j in range(len(b)):
            if a[i] == b[j]:
                table[i + 1][j + 1] = table[i][j] + 1
            else:
                table[i + 1][j + 1] = max(table[i][j + 1], table[i + 1][j])
    out = []
    i, j = len(a), len(b)
    while i > 0 and j > 0:
        if a[i - 1] == b[j - 1]:
            out.append(a[i - 1])
            i -= 1
            j -= 1
        elif table[i - 1][j] >= table[i][j - 1]:
            i -= 1
        else:
            j -= 1
    return out[::-1]


def binary_search(values, wanted):
    low, high = 0, len(values) - 1
    while low <= high:
        middle = (low + high) // 2
        if values[middle] == wanted:
            return middle
        if values[middle] < wanted:
            low = middle + 1
        else:
            high = middle - 1
    return -1


def shortest_paths(graph, start):
    distance = {start: 0}
    todo = [start]
    while todo:
        node = todo.pop(0)
        for other, weight in graph.get(node, []):
            d = distance[node] + weight
            if other not in distance or d < distance[other]:
                distance[other] = d
                todo.append(other)
    return distance


def queens(n):
    def place(row, columns, diagonals, antidiagonals):
        if row == n:
            return 1
        count = 0
        for c in range(n):
            if c in columns or row - c in diagonals or row + c in antidiagonals:
                continue
            count += place(row + 1, columns | {c}, diagonals | {row - c}, antidiagonals | {row + c})
        return count

    return place(0, set(), set(), set())


def determinant(matrix):
    a = [row[:] for row in matrix]
    n = len(a)
    result = 1.0
    for i in range(n):
        pivot = i
        for r in range(i + 1, n):
            if abs(a[r][i]) > abs(a[pivot][i]):
                pivot = r
        if a[pivot][i] == 0:
            return 0.0
        if pivot != i:
            a[i], a[pivot] = a[pivot], a[i]
            result = -result
        result *= a[i][i]
        for r in range(i + 1, n):
            factor = a[r][i] / a[i][i]
            for c in range(i, n):
                a[r][c] -= factor * a[i][c]
    return result


def evaluate_rpn(expression):
    stack = []
    for token in expression.split():
        if token in ("+", "-", "*", "/"):
            b = stack.pop()
            a = stack.pop()
            if token == "+":
                stack.append(a + b)
            elif token == "-":
                stack.append(a - b)
            elif token == "*":
                stack.append(a * b)
            else:
                stack.append(a / b)
        else:
            stack.append(float(token))
    return stack[0]


def balanced(text):
    pairs = {")": "(", "]": "[", "}": "{"}
    stack = []
    for ch in text:
        if ch in "([{":
            stack.append(ch)
        elif ch in pairs:
            if not stack or stack.pop() != pairs[ch]:
                return False
    return not stack


def flood_fill(grid, row, column, colour):
    old = grid[row][column]
    if old == colour:
        return 0
    todo = [(row, column)]
    filled = 0
    while todo:
        r, c = todo.pop()
        if r < 0 or c < 0 or r >= len(grid) or c >= len(grid[0]) or grid[r][c] != old:
            continue
        grid[r][c] = colour
        filled += 1
        todo.extend([(r + 1, c), (r - 1, c), (r, c + 1), (r, c - 1)])
    return filled


def merge_intervals(intervals):
    out = []
    for start, stop in sorted(intervals):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], stop))
        else:
            out.append((start, stop))
    return out


def bpe_merge(tokens, pair, new_token):
    out = []
    i = 0
    while i < len(tokens):
        if i < len(tokens) - 1 and (tokens[i], tokens[i + 1]) == pair:
            out.append(new_token)
            i += 2
        else:
            out.append(tokens[i])
            i += 1
    return out


def heap_sort(values):
    heap = list(values)
    n = len(heap)

    def sift(root, end):
        while 2 * root + 1 < end:
            child = 2 * root + 1
            if child + 1 < end and heap[child] < heap[child + 1]:
                child += 1
            if heap[root] >= heap[child]:
                return
            heap[root], heap[child] = heap[child], heap[root]
            root = child

    for start in range(n // 2 - 1, -1, -1):
        sift(start, n)
    for end in range(n - 1, 0, -1):
        heap[0], heap[end] = heap[end], heap[0]
        sift(0, end)
    return heap


CASES = [
    ("sieve", (50,), {}),
    ("sieve", (10,), {}),
    ("levenshtein", ("kitten", "sitting"), {}),
    ("levenshtein", ("", "abc"), {}),
    ("knapsack", ([1, 3, 4, 5], [1, 4, 5, 7], 7), {}),
    ("longest_common_subsequence", ("ABCBDAB", "BDCABA"), {}),
    ("binary_search", ([1, 3, 5, 7, 9], 7), {}),
    ("binary_search", ([1, 3, 5, 7, 9], 4), {}),
    ("shortest_paths", ({"a": [("b", 4), ("c", 1)], "c": [("b", 2)]}, "a"), {}),
    ("queens", (5,), {}),
    ("queens", (6,), {}),
    ("determinant", ([[2.0, 1.0], [5.0, 3.0]],), {}),
    ("determinant", ([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 10.0]],), {}),
    ("evaluate_rpn", ("3 4 + 2 * 7 /",), {}),
    ("balanced", ("{[()]}()",), {}),
    ("balanced", ("(]",), {}),
    ("flood_fill", ([[1, 1, 0], [1, 0, 0], [1, 1, 1]], 0, 0, 7), {}),
    ("merge_intervals", ([(5, 8), (1, 3), (2, 4)],), {}),
    ("bpe_merge", ([1, 2, 3, 1, 2], (1, 2), 99), {}),
    ("heap_sort", ([5, 3, 8, 1, 9, 2],), {}),
]

_ROW = [1, 1, 1]

EDGE = [
    ("sieve", (0,), {}),
    ("sieve", (-1,), {}),
    ("sieve", (5.0,), {}),
    ("sieve", (True,), {}),
    ("levenshtein", ("", ""), {}),
    ("levenshtein", ([1, 2, 3], [1, 3]), {}),
    ("levenshtein", ("é😀", "e😀"), {}),
    ("levenshtein", ("a", None), {}),
    ("knapsack", ([1], [2], -1), {}),
    ("knapsack", ([0, -1], [1, 1], 2), {}),
    ("knapsack", ([1, 1], [2**62, 2**62], 2), {}),
    ("knapsack", ([1], [1.5], 2), {}),
    ("longest_common_subsequence", ([1, 2.0], [True, 2]), {}),
    ("longest_common_subsequence", ("", "a"), {}),
    ("binary_search", ([], 1), {}),
    ("binary_search", ([1.0, 2.0], 2), {}),
    ("binary_search", (["a"], 1), {}),
    ("binary_search", ([1, 2], float("nan")), {}),
    ("shortest_paths", ({}, 1), {}),
    ("shortest_paths", ({1: [(2, "x")]}, 1), {}),
    ("shortest_paths", ({1: [(2, 2**63 - 1)], 2: [(3, 1)]}, 1), {}),
    ("shortest_paths", ({1: [(1.0, 0.5), (True, -0.0)]}, 1), {}),
    ("queens", (0,), {}),
    ("queens", (-1,), {}),
    ("queens", (1.0,), {}),
    ("determinant", ([],), {}),
    ("determinant", ([[0.0]],), {}),
    ("determinant", ([[1, 2], [3, 4]],), {}),
    ("determinant", ([[1.0, 2.0], [3.0]],), {}),
    ("determinant", ([[float("nan")]],), {}),
    ("evaluate_rpn", ("",), {}),
    ("evaluate_rpn", ("+",), {}),
    ("evaluate_rpn", ("1 0 /",), {}),
    ("evaluate_rpn", ("nan 1e400 *",), {}),
    ("evaluate_rpn", ("x",), {}),
    ("balanced", ("",), {}),
    ("balanced", (["(", ")", ""],), {}),
    ("balanced", (b"()",), {}),
    ("flood_fill", ([_ROW, _ROW], 0, 0, 2), {}),
    ("flood_fill", ([[1, 1], [1]], 0, 0, 2), {}),
    ("flood_fill", ([[1]], 5, 0, 2), {}),
    ("flood_fill", ([[1, 1.0, True]], 0, 0, 2.5), {}),
    ("flood_fill", ([[1, 0]], 0, -1, 2), {}),
    ("merge_intervals", ([],), {}),
    ("merge_intervals", ([(1, 2.0), (2, 2)],), {}),
    ("merge_intervals", ([[1, 2]],), {}),
    ("merge_intervals", ([(1,)],), {}),
    ("bpe_merge", ([1.0, 2.0, True, 2], (1, 2), 9), {}),
    ("bpe_merge", (["a", "b"], ("a", "b"), "ab"), {}),
    ("bpe_merge", ([1, 2], [1, 2], 9), {}),
    ("heap_sort", ([],), {}),
    ("heap_sort", ([1.0, float("nan"), 0.5],), {}),
    ("heap_sort", (["a", 1],), {}),
    ("heap_sort", ("hello",), {}),
]
