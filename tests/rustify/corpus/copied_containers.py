"""`copy.copy` and `copy.deepcopy` of containers."""
import copy
from copy import copy as shallow
from copy import deepcopy


def lu(matrix):
    u = deepcopy(matrix)
    for i in range(len(u)):
        for j in range(i + 1, len(u)):
            if u[i][i]:
                f = u[j][i] / u[i][i]
                u[j] = [p - f * q for p, q in zip(u[j], u[i])]
    return u


def life(board):
    new = copy.deepcopy(board)
    new[0][0] = 1 - new[0][0]
    flat = shallow(board[0])
    flat.append(7)
    return new, flat, board, new[0] is board[0]


def shared(row, n):
    grid = [row] * n
    new = copy.deepcopy(grid)
    new[0][0] = -1
    return new, grid, new[0] is new[1] if n > 1 else None


def nested(config):
    new = copy.deepcopy(config)
    new["x"] = 1
    if isinstance(new.get("inner"), dict):
        new["inner"]["y"] = 2
    return new, config


def anything(value):
    new = copy.deepcopy(value)
    other = copy.copy(value)
    return new, other, new is value, other is value


def typed(d, s, t, f):
    a, b, c, e = copy.deepcopy(d), copy.deepcopy(s), copy.deepcopy(t), copy.copy(f)
    a["new"] = [1]
    b.add(99)
    return a, b, c, e, copy.copy(d), copy.copy(s), copy.copy(t)


def numbers(i, x, text):
    return copy.copy(i), copy.deepcopy(x), copy.deepcopy(text), copy.copy(None)


class Thing:
    def __init__(self, n):
        self.n = n


if __name__ == "__main__":
    for _ in range(200):
        lu([[4.0, 3.0], [6.0, 3.0]])
        life([[0, 1], [1, 0]])
        shared([1, 2], 3)
        nested({"a": [1, 2], "inner": {"z": (1, [2])}})
        anything([1, [2, (3, 4)], {"a": {5}}])
        anything("text")
        typed({"a": [1]}, {1, 2}, (1, [2], "a"), frozenset([1]))
        numbers(1, 2.5, "a")

NAN = float("nan")
ROW = [1.0]
LOOP = [1]
LOOP.append(LOOP)
PAIR = ([], 1)
CASES = [
    ("lu", ([], ), {}), ("lu", ([[1.0]], ), {}), ("lu", ([[2.0, 1.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 10.0]], ), {}),
    ("life", ([[1]], ), {}), ("shared", ([5], 1), {}), ("shared", ([5, 6], 4), {}), ("nested", ({}, ), {}),
    ("nested", ({"inner": {}, "b": None}, ), {}), ("anything", ([], ), {}), ("anything", ((1, 2), ), {}),
    ("anything", ((1, [2]), ), {}), ("anything", ([PAIR, PAIR], ), {}), ("anything", ({3, 1, 2}, ), {}),
    ("anything", (frozenset([1, 2]), ), {}), ("anything", (range(3), ), {}), ("anything", (b"ab", ), {}),
    ("anything", (bytearray(b"ab"), ), {}), ("anything", ({"k": (1, (2, [3]))}, ), {}),
    ("anything", ([NAN, ROW, ROW], ), {}),
    ("typed", ({}, {5}, (2, [], ""), frozenset()), {}), ("numbers", (2**70, NAN, ""), {}),
]
EDGE = [
    ("lu", ([ROW, ROW], ), {}), ("lu", (((1.0, 2.0), (3.0, 4.0)), ), {}), ("lu", ([[NAN]], ), {}),
    ("lu", ([[1, 2], [3, 4]], ), {}),
    ("life", ([[True]], ), {}), ("life", ([], ), {}), ("nested", ([], ), {}), ("nested", ({1: Thing(2)}, ), {}),
    ("anything", (LOOP, ), {}), ("anything", (len, ), {}), ("anything", (Thing, ), {}),
    ("anything", (Thing(1).n, ), {}),
    ("anything", ([1, 2.5, None, "a", 1j], ), {}), ("anything", ({(1, 2): [3]}, ), {}),
    ("anything", (slice(1), ), {}),
    ("anything", ([[[[[[[1]]]]]]], ), {}), ("shared", ([1], 0), {}), ("typed", ({"a": 1}, [1], (1, ), {1}), {}),
    ("numbers", (True, 1, None), {}),
]
