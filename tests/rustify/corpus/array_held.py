"""Arrays in attributes, containers and names of the module that change in place, and parts that take sequences."""

import numpy as np

TOTAL = np.zeros(3)


class Particle:
    def __init__(self, position, velocity, mass=1.0):
        self.position = np.asarray(position, dtype=float)
        self.velocity = np.asarray(velocity, dtype=float)
        self.mass = mass
        self.gradient = None

    def kick(self, force, dt):
        self.velocity += force / self.mass * dt
        self.position += self.velocity * dt

    def double(self):
        self.position += self.position

    def turn(self, matrix):
        self.position @= matrix

    def learn(self, step):
        if self.gradient is None:
            self.gradient = np.zeros(len(step))
        self.gradient -= step


def kicked(position, velocity, force, dt):
    p = Particle(position, velocity, 2.0)
    before = p.position, p.velocity
    p.kick(force, dt)
    same = p.position is before[0], p.velocity is before[1]
    p.double()
    return same, p.position, p.velocity, position, velocity


def kick_given(p, force, dt):
    before = p.position
    p.kick(force, dt)
    return before is p.position


def shared(v, dt):
    p = Particle(v[:2], v[1:3])
    p.kick(v[2:], dt)
    return v, p.position, p.velocity


def turned(v, matrix):
    p = Particle(v, v)
    p.turn(matrix)
    return p.position, v


def learnt(steps):
    p = Particle([0.0], [0.0])
    for step in steps:
        p.learn(step)
    return p.gradient


def in_dict(d, key, x):
    before = d[key]
    d[key] += x
    return d, before is d[key]


def in_list(arrays, x):
    for i in range(len(arrays)):
        arrays[i] -= x
    return arrays


def optional(x, gradient=None):
    if len(x) > 2:
        gradient = np.zeros(len(x))
    gradient += x
    return gradient


def of_module(x):
    global TOTAL
    before = TOTAL
    TOTAL += x
    same = before is TOTAL, TOTAL.copy()
    TOTAL -= x
    return same


def product(a, b):
    a @= b
    return a


def product_of_part(a, b):
    a[:2] @= b
    return a


def lorenz(n, start):
    path = np.empty((n + 1, 3))
    path[0] = start
    for i in range(n):
        x, y, z = path[i]
        path[i + 1] = x + 10 * (y - x) * 0.01, y + (28 * x - y - x * z) * 0.01, z + 0.5
    return path


def rows(n):
    table = np.zeros((n, 3))
    for i in range(n):
        table[i] = [i * 0.5, i, True]
    return table


def whole_rows(table, row):
    table[1] = row
    return table


def columns(table, column):
    table[:, 0] = column
    table[:2, 1] = (7.75, -1)
    return table


def all_places(x):
    x[:] = (5,)
    return x


_V = np.array([1.0, 2.0, 3.0, 4.0])
_M = np.array([[0.0, 1.0], [-1.0, 0.0]])

CASES = [
    ("kicked", ([1.0, 2.0], [3.0, 4.0], np.array([0.5, 0.25]), 0.1), {}),
    ("kicked", lambda: (_V[:2].copy(), _V[2:].copy(), np.array([0.5, 0.25]), 0.1), {}),
    ("kick_given", lambda: (Particle([1.0], [2.0]), np.ones(1), 0.5), {}),
    ("shared", lambda: (_V.copy(), 0.1), {}),
    ("turned", lambda: (_V[:2].copy(), _M), {}),
    ("learnt", lambda: ([_V, _V],), {}),
    ("in_dict", lambda: ({"a": _V.copy()}, "a", _V), {}),
    ("in_list", lambda: ([_V.copy(), _V + 1.0], _V), {}),
    ("optional", (_V,), {}),
    ("of_module", (np.ones(3),), {}),
    ("product", lambda: (np.eye(2), _M), {}),
    ("product_of_part", lambda: (np.ones((3, 2)), _M), {}),
    ("lorenz", (20, (0.0, 1.0, 1.05)), {}),
    ("rows", (5,), {}),
    ("whole_rows", lambda: (np.zeros((3, 3)), [1.0, 2.0, 3.0]), {}),
    ("columns", lambda: (np.zeros((3, 3)), (1.0, 2.0, 3.0)), {}),
    ("all_places", lambda: (_V.copy(),), {}),
]

EDGE = [
    ("kicked", ([1, 2], [3, 4], 2, 0.1), {}),
    ("kicked", ([1.0, 2.0], [3.0, 4.0], np.ones(3), 0.1), {}),
    ("kicked", ([1.0, 2.0], [3.0, 4.0], np.ones((2, 2)), 0.1), {}),
    ("kicked", ([1.0, 2.0], [3.0, 4.0], np.array([1j, 0]), 0.1), {}),
    ("kicked", (np.ones((2, 2)), np.ones((2, 2)), np.ones(2), 0.1), {}),
    ("kicked", ([1.0], [1e308], np.array([1e308]), 10.0), {}),
    ("kicked", ([], [], np.array([]), 1.0), {}),
    ("kick_given", lambda: (Particle(np.ones((2, 2)), [2.0, 1.0]), np.ones(2), 0.5), {}),
    ("kick_given", lambda: (Particle([1.0], [2.0], 0), np.ones(1), 0.5), {}),
    ("shared", lambda: (np.arange(4), 1), {}),
    ("shared", lambda: (_V[::-1], 0.1), {}),
    ("turned", lambda: (np.arange(2), _M), {}),
    ("turned", lambda: (_V, _M), {}),
    ("learnt", ([],), {}),
    ("learnt", lambda: ([_V, _V[:2]],), {}),
    ("learnt", lambda: ([_V, [1.0, 2.0, 3.0, 4.0]],), {}),
    ("in_dict", lambda: ({"a": np.arange(4)}, "a", _V), {}),
    ("in_dict", lambda: ({"a": _V.copy()}, "b", _V), {}),
    ("in_dict", lambda: ({"a": 1.5}, "a", _V), {}),
    ("in_list", lambda: ([_V.copy()] * 2, _V), {}),
    ("in_list", lambda: ([_V.copy(), 3], _V), {}),
    ("optional", (_V[:2],), {}),
    ("optional", lambda: (_V[:2], np.ones(2)), {}),
    ("of_module", (np.ones((2, 3)),), {}),
    ("of_module", (np.array([1j, 0, 0]),), {}),
    ("product", lambda: (np.eye(2), 2.0), {}),
    ("product", lambda: (_V.copy(), _V), {}),
    ("product", lambda: (np.ones((2, 3)), _M), {}),
    ("product", lambda: (np.ones((3, 2), dtype=int), _M), {}),
    ("product_of_part", lambda: (np.ones((3, 2)), _V[:2]), {}),
    ("lorenz", (3, [0.0, 1.0, 1.05]), {}),
    ("lorenz", (3, np.array([0.0, 1.0, 1.05])), {}),
    ("lorenz", (3, (0, 1, 2)), {}),
    ("lorenz", (3, (0.5,)), {}),
    ("lorenz", (3, (0.0, 1.0)), {}),
    ("lorenz", (3, ((0.0, 1.0, 2.0),)), {}),
    ("lorenz", (3, ()), {}),
    ("lorenz", (3, "abc"), {}),
    ("lorenz", (3, (0.0, "1.5", 2.0)), {}),
    ("lorenz", (3, (0.0, None, 2.0)), {}),
    ("lorenz", (3, (np.float64(1.0), np.int32(2), True)), {}),
    ("lorenz", (3, range(3)), {}),
    ("whole_rows", lambda: (np.zeros((3, 3)), [1.0, 2.0]), {}),
    ("whole_rows", lambda: (np.zeros((3, 3)), [[1.0, 2.0, 3.0]]), {}),
    ("whole_rows", lambda: (np.zeros((3, 3), dtype=int), [1.5, 2, 3]), {}),
    ("whole_rows", lambda: (np.zeros((3, 3), dtype=np.uint8), [1, 2, 300]), {}),
    ("whole_rows", lambda: (np.zeros((3, 3), dtype=np.uint8), (1, 2, 300)), {}),
    ("whole_rows", lambda: (np.zeros((3, 3), dtype=int), (1.5, float("nan"), 3)), {}),
    ("whole_rows", lambda: (np.zeros((3, 3), dtype=bool), (1.5, 0, 3)), {}),
    ("whole_rows", lambda: (np.zeros((3, 3)), (1j, 0, 3)), {}),
    ("whole_rows", lambda: (np.zeros((3, 3), dtype=complex), (1j, 0, 3)), {}),
    ("whole_rows", lambda: (np.zeros(3), (1.0, 0.0)), {}),
    ("whole_rows", lambda: (np.zeros(3), 2.5), {}),
    ("columns", lambda: (np.zeros((2, 3), dtype=np.int32), (1.0, 2.0)), {}),
    ("columns", lambda: (np.zeros((1, 3)), (1.0,)), {}),
    ("columns", lambda: (np.arange(9.0).reshape(3, 3).T, [4, 5, 6]), {}),
    ("all_places", lambda: (np.zeros((2, 2)),), {}),
    ("all_places", lambda: (np.array([]),), {}),
    ("all_places", lambda: (np.broadcast_to(1.0, 3),), {}),
]
