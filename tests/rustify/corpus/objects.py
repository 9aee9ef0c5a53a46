"""Classes as programs use them: dataclasses, inheritance, properties, class attributes, named tuples, enumerations."""

import math
from dataclasses import dataclass, field
from enum import Enum, IntEnum
from typing import NamedTuple


class Color(Enum):
    RED = 1
    GREEN = 2


class Level(IntEnum):
    LOW = 1
    HIGH = 10


class Pt(NamedTuple):
    x: float
    y: float = 0.0


@dataclass
class Vec:
    x: float
    y: float

    def __add__(self, o):
        return Vec(self.x + o.x, self.y + o.y)

    def scale(self, k):
        return Vec(self.x * k, self.y * k)

    def dot(self, o):
        return self.x * o.x + self.y * o.y

    @property
    def norm(self):
        return math.hypot(self.x, self.y)


@dataclass(frozen=True)
class Frozen:
    a: int
    b: int = 2

    def total(self):
        return self.a + self.b

    def bump(self):
        self.a = self.a + 1
        return self.a


@dataclass
class Inventory:
    name: str
    items: list[int] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def add(self, n, label="x"):
        self.items.append(n)
        self.counts[label] = self.counts.get(label, 0) + 1
        return len(self.items)

    def total(self):
        return sum(self.items)


@dataclass(order=True)
class Rect:
    w: float
    h: float
    area: float = field(init=False, default=0.0)

    def __post_init__(self):
        self.area = self.w * self.h


class Account:
    interest = 0.05
    count = 0

    def __init__(self, owner, balance=0.0):
        self.owner = owner
        self.balance = balance
        self.log = []

    def deposit(self, amount):
        if amount <= 0:
            raise ValueError("amount must be positive")
        self.balance += amount
        self.log.append(("deposit", amount))
        return self.balance

    def withdraw(self, amount):
        if amount > self.balance:
            raise RuntimeError(f"insufficient funds: {self.balance}")
        self.balance -= amount
        return self.balance

    def yearly(self, years):
        b = self.balance
        for _ in range(years):
            b *= 1 + self.interest
        return b

    def yearly2(self, years):
        return self.balance * (1 + Account.interest) ** years

    @staticmethod
    def valid(amount):
        return amount > 0

    @classmethod
    def create(cls, owner):
        return cls(owner, 10.0)

    @property
    def is_rich(self):
        return self.balance > 1000


class Shape:
    def __init__(self, name):
        self.name = name

    def area(self):
        return 0.0

    def describe(self):
        return f"{self.name}: {self.area():.2f}"


class Circle(Shape):
    def __init__(self, r):
        super().__init__("circle")
        self.r = r

    def area(self):
        return math.pi * self.r**2


class Square(Shape):
    def __init__(self, s):
        super().__init__("square")
        self.s = s

    def area(self):
        return self.s * self.s

    def grow(self, k):
        self.s *= k
        return self.area()


class Slotted:
    __slots__ = ("a", "b")

    def __init__(self, a, b):
        self.a = a
        self.b = b

    def swap(self):
        self.a, self.b = self.b, self.a
        return self.a


class Stack:
    def __init__(self):
        self._items = []

    def push(self, x):
        self._items.append(x)

    def pop(self):
        if not self._items:
            raise IndexError("pop from empty stack")
        return self._items.pop()

    def __len__(self):
        return len(self._items)

    def peek(self):
        return self._items[-1] if self._items else None


class Matrix:
    def __init__(self, rows):
        self.rows = rows
        self.n = len(rows)

    def __getitem__(self, ij):
        return self.rows[ij[0]][ij[1]]

    def mul(self, other):
        return Matrix([[sum(a * b for a, b in zip(r, c)) for c in zip(*other.rows)] for r in self.rows])

    def trace(self):
        return sum(self.rows[i][i] for i in range(self.n))


class Node:
    def __init__(self, val, next=None):
        self.val = val
        self.next = next


class LinkedList:
    def __init__(self):
        self.head = None
        self.size = 0

    def push(self, v):
        self.head = Node(v, self.head)
        self.size += 1

    def to_list(self):
        out = []
        n = self.head
        while n is not None:
            out.append(n.val)
            n = n.next
        return out

    def reverse(self):
        prev = None
        cur = self.head
        while cur:
            cur.next, prev, cur = prev, cur, cur.next
        self.head = prev


class Tree:
    def __init__(self, key, left=None, right=None):
        self.key = key
        self.left = left
        self.right = right

    def insert(self, key):
        if key < self.key:
            if self.left is None:
                self.left = Tree(key)
            else:
                self.left.insert(key)
        else:
            if self.right is None:
                self.right = Tree(key)
            else:
                self.right.insert(key)

    def inorder(self):
        out = []
        if self.left:
            out += self.left.inorder()
        out.append(self.key)
        if self.right:
            out += self.right.inorder()
        return out

    def depth(self):
        l = self.left.depth() if self.left else 0
        r = self.right.depth() if self.right else 0
        return 1 + max(l, r)


class Rng:
    def __init__(self, seed):
        self.state = seed

    def next(self):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) & 0xFFFFFFFFFFFFFFFF
        return self.state >> 33

    def uniform(self):
        return self.next() / (1 << 31)


class Particle:
    __slots__ = ("pos", "vel")

    def __init__(self, pos, vel):
        self.pos = pos
        self.vel = vel


def vec_sum(vs):
    t = Vec(0.0, 0.0)
    for v in vs:
        t = t + v
    return t.x, t.y


def vec_norms(vs):
    return [v.norm for v in vs]


def use_frozen(n):
    f = Frozen(n)
    return f.total()


def frozen_bump(f):
    try:
        return f.bump()
    except AttributeError as error:
        return f.a, str(error)


def use_inventory(n):
    inv = Inventory("x")
    for i in range(n):
        inv.add(i, "a" if i % 2 else "b")
    return inv.total(), inv.counts


def use_rect(w, h):
    return Rect(w, h).area


def simulate_bank(deposits):
    acc = Account("bob")
    errors = 0
    for d in deposits:
        try:
            acc.deposit(d)
        except ValueError:
            errors += 1
    return acc.balance, errors, acc.log


def bank_error(amounts):
    acc = Account("x", 5.0)
    try:
        for a in amounts:
            acc.withdraw(a)
    except RuntimeError as e:
        return str(e)
    return "ok"


def acc_create(name):
    return Account.create(name).balance


def areas(n):
    shapes = [Circle(float(i)) if i % 2 else Square(float(i)) for i in range(n)]
    return sum(s.area() for s in shapes)


def describe_all(shapes):
    return [s.describe() for s in shapes]


def square_grow(s, k):
    return s.grow(k)


def slotted(a, b):
    s = Slotted(a, b)
    s.swap()
    return s.a, s.b


def stack_ops(xs):
    s = Stack()
    for x in xs:
        if x < 0:
            s.pop()
        else:
            s.push(x)
    return len(s), s.peek()


def matrix_trace(a, b):
    return Matrix(a).mul(Matrix(b)).trace()


def matrix_get(a):
    m = Matrix(a)
    return m[0, 1]


def list_reverse(xs):
    l = LinkedList()
    for x in xs:
        l.push(x)
    l.reverse()
    return l.to_list(), l.size


def tree_sort(xs):
    t = Tree(xs[0])
    for x in xs[1:]:
        t.insert(x)
    return t.inorder(), t.depth()


def random_walk(seed, n):
    r = Rng(seed)
    x = 0
    for _ in range(n):
        x += 1 if r.uniform() < 0.5 else -1
    return x


def color_name(c):
    if c is Color.RED:
        return "red"
    return c.name


def color_value(c):
    return c.value + 1


def level_cmp(n):
    return n >= Level.HIGH


def pt_dist(p, q):
    return math.sqrt((p.x - q.x) ** 2 + (p.y - q.y) ** 2)


def pt_make(x):
    p = Pt(x)
    a, b = p
    return a + b + p[0]


def step_particles(ps, dt):
    for p in ps:
        p.pos = p.pos + p.vel * dt
    return [p.pos for p in ps]


def shape_kinds(shapes):
    return [isinstance(s, Circle) for s in shapes]


def vec_eq(a, b):
    return a == b


def rect_sort(rs):
    return sorted(rs)[0].area


def make_vec(x):
    return Vec(x, y=-x)


def vec_repr(v):
    return repr(v)


def attr_default(a):
    return a.interest * 2


CASES = [
    ("vec_sum", ([Vec(1.0, 2.0), Vec(3.0, 4.0)],), {}),
    ("vec_norms", ([Vec(3.0, 4.0)],), {}),
    ("use_frozen", (3,), {}),
    ("use_inventory", (5,), {}),
    ("use_rect", (2.0, 3.0), {}),
    ("simulate_bank", ([1.0, 5.0, -1.0],), {}),
    ("bank_error", ([1.0, 10.0],), {}),
    ("bank_error", ([1.0],), {}),
    ("acc_create", ("z",), {}),
    ("areas", (5,), {}),
    ("describe_all", ([Circle(1.0), Square(2.0)],), {}),
    ("square_grow", (Square(2.0), 3.0), {}),
    ("slotted", (1, 2), {}),
    ("stack_ops", ([1, 2, -1, 3],), {}),
    ("matrix_trace", ([[1, 2], [3, 4]], [[1, 0], [0, 1]]), {}),
    ("matrix_get", ([[1, 2], [3, 4]],), {}),
    ("list_reverse", ([1, 2, 3],), {}),
    ("tree_sort", ([5, 2, 8, 1],), {}),
    ("random_walk", (42, 100), {}),
    ("color_name", (Color.RED,), {}),
    ("color_name", (Color.GREEN,), {}),
    ("color_value", (Color.GREEN,), {}),
    ("level_cmp", (5,), {}),
    ("pt_dist", (Pt(0.0, 0.0), Pt(3.0, 4.0)), {}),
    ("pt_make", (2.0,), {}),
    ("step_particles", ([Particle(0.0, 1.0), Particle(1.0, 2.0)], 0.5), {}),
    ("shape_kinds", ([Circle(1.0), Square(2.0)],), {}),
    ("vec_eq", (Vec(1.0, 2.0), Vec(1.0, 2.0)), {}),
    ("rect_sort", ([Rect(2.0, 3.0), Rect(1.0, 5.0)],), {}),
    ("make_vec", (1.5,), {}),
    ("vec_repr", (Vec(1.0, 2.0),), {}),
    ("attr_default", (Account("x"),), {}),
    ("frozen_bump", (Frozen(1),), {}),
]

EDGE = [
    ("stack_ops", ([-1],), {}),
    ("tree_sort", ([],), {}),
    ("frozen_bump", (Frozen(5),), {}),
    ("slotted", ("a", None), {}),
    ("vec_sum", ([Vec(1, 2)],), {}),
    ("vec_sum", ([5],), {}),
    ("use_rect", ("a", 2), {}),
    ("bank_error", (["x"],), {}),
    ("pt_make", (3,), {}),
    ("areas", (0,), {}),
    ("matrix_get", ([[1]],), {}),
    ("vec_eq", (Vec(1.0, 2.0), 5), {}),
    ("list_reverse", ([],), {}),
    ("step_particles", ([Particle(1, 2)], 1), {}),
]
