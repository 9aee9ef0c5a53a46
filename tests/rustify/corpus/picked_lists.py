"""Loops that pick lists out of lists and index them several times: rows that are shared, replaced, grown, too short."""


def attract(places, speeds, masses, dt, steps):
    n = len(masses)
    for _ in range(steps):
        for i in range(n):
            pi, vi, mi = places[i], speeds[i], masses[i]
            for j in range(i + 1, n):
                pj, vj, mj = places[j], speeds[j], masses[j]
                dx = pi[0] - pj[0]
                dy = pi[1] - pj[1]
                size = dt / (dx * dx + dy * dy)
                vi[0] -= dx * mj * size
                vi[1] -= dy * mj * size
                vj[0] += dx * mi * size
                vj[1] += dy * mi * size
        for i in range(n):
            p, v = places[i], speeds[i]
            p[0] += dt * v[0]
            p[1] += dt * v[1]
    return places


def swap_ends(rows, order):
    total = 0
    for i in range(len(order)):
        row = rows[order[i]]
        first, last = row[0], row[-1]
        row[0] = last
        row[-1] = first
        total += row[0] - row[len(row) - 1]
    return total


def replace_row(rows, new):
    """The row that was picked is no longer in the list."""
    total = 0
    for i in range(len(rows)):
        row = rows[i]
        total += row[0] + row[1]
        rows[i] = new
        row[0] = total
        row[1] = -total
    return total, rows


def grow_row(rows):
    total = 0
    for i in range(len(rows)):
        row = rows[i]
        total += row[0]
        row.append(total)
        total += row[-1] + row[0]
    return total, rows


def pick_again(rows):
    total = 0
    for i in range(len(rows) - 1):
        row = rows[i]
        total += row[0] * row[1]
        row = rows[i + 1]
        total += row[0] - row[1]
    return total, row


def pick_if(rows, limit):
    kept = rows[0]
    for i in range(len(rows)):
        if rows[i][0] > limit:
            kept = rows[i]
            kept[0] = limit
            kept[1] += 1
        limit = kept[0] + kept[1]
    return kept, limit


def hand_over(rows):
    """A row by two names, and given away."""
    seen = []
    for i in range(len(rows)):
        a, b = rows[i], rows[-1 - i]
        a[0], b[0] = b[0], a[0]
        a[1] += b[1]
        seen.append(a)
    return seen


def words(table):
    longest = ""
    for i in range(len(table)):
        row = table[i]
        if len(row[0]) + len(row[1]) > len(longest):
            longest = row[0] + row[1]
            row[1] = row[0]
    return longest, table


def _one(length):
    row = [float(i) for i in range(length)]
    return [row] * 3, [row] * 3, [1.0, 2.0, 3.0], 0.1, 2


_P = [[0.0, 1.0], [2.0, 3.5], [-1.0, 0.25]]
_S = [[0.0, 0.1], [0.2, 0.3], [0.4, 0.5]]
_R = [[1, 2, 3], [4, 5], [6, 7, 8, 9]]

CASES = [
    ("attract", (_P, _S, [1.0, 0.5, 2.0], 0.01, 30), {}),
    ("swap_ends", (_R, [0, 1, 2, 1, 0]), {}),
    ("replace_row", (_R, [7, 8]), {}),
    ("grow_row", (_R,), {}),
    ("pick_again", (_R,), {}),
    ("pick_if", (_R, 3), {}),
    ("hand_over", (_R,), {}),
    ("words", ([["a", "bc"], ["def", ""], ["xy", "z"]],), {}),
]

EDGE = [
    ("attract", (_P, _S, [], 0.1, 3), {}),
    ("attract", (_P, _P, [1.0, 2.0, 3.0], 0.1, 3), {}),
    ("attract", (_P, _S[:2], [1.0, 2.0, 3.0], 0.1, 3), {}),
    ("attract", (_P, [[1, 2], [0.5], [True, 2.0]], [1.0, 2.0, 3.0], 0.1, 3), {}),
    ("attract", (_P[:2] + [()], _S, [1.0, 2.0, 3.0], 0.1, 3), {}),
    ("attract", lambda: _one(2), {}),
    ("attract", lambda: _one(1), {}),
    ("attract", (_P, _S, [1, 2, 3], 1, 2), {}),
    ("swap_ends", (_R, [0, -1, 3]), {}),
    ("swap_ends", ([[]], [0]), {}),
    ("swap_ends", ([[1], [2**70, 5]], [1, 0, 1]), {}),
    ("swap_ends", lambda: ([_R[0], _R[0]], [0, 1, 0]), {}),
    ("replace_row", ([[1, 2], [3]], [7, 8]), {}),
    ("replace_row", lambda: ([[5, 6]] * 3, [5, 6]), {}),
    ("replace_row", ([], []), {}),
    ("grow_row", lambda: ([[1]] * 3,), {}),
    ("grow_row", ([[1], []],), {}),
    ("pick_again", ([[1, 2]],), {}),
    ("pick_again", ([[1, 2], [3]],), {}),
    ("pick_if", ([[1.5, 2], [9, 0.5]], 1), {}),
    ("pick_if", ([], 1), {}),
    ("hand_over", lambda: ([[1, 2]] * 2,), {}),
    ("hand_over", ([[1, 2], [3, "x"]],), {}),
    ("words", ([["a", "b"], ["ab"]],), {}),
    ("words", ([["a", None]],), {}),
]
