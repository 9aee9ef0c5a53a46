"""Dataclasses and named tuples with typed fields: reading, changing, making, comparing."""

from dataclasses import dataclass, field
from typing import NamedTuple


@dataclass
class Particle:
    x: float
    v: float
    mass: float = 1.0

    def energy(self) -> float:
        return 0.5 * self.mass * self.v * self.v

    def advance(self, dt: float) -> None:
        self.x += self.v * dt
        if self.x < 0.0 or self.x > 10.0:
            self.v = -self.v


@dataclass
class Item:
    name: str
    price: float
    quantity: int = 0
    tags: list = field(default_factory=list)

    def total(self):
        return self.price * self.quantity


@dataclass(frozen=True)
class Pixel:
    r: int
    g: int
    b: int

    def grey(self):
        return (self.r * 299 + self.g * 587 + self.b * 114) // 1000


@dataclass(slots=True)
class Node:
    value: int
    left: "Node | None" = None
    right: "Node | None" = None


class Edge(NamedTuple):
    start: int
    stop: int
    weight: float


def total_energy(particles):
    return sum(p.energy() for p in particles)


def run(particles, steps, dt):
    for _ in range(steps):
        for p in particles:
            p.advance(dt)
    return [p.x for p in particles]


def inventory_value(items):
    total = 0.0
    for item in items:
        total += item.total()
    return total


def cheapest(items):
    best = items[0]
    for item in items[1:]:
        if item.price < best.price:
            best = item
    return best


def grey_image(pixels):
    return [[p.grey() for p in row] for row in pixels]


def brighten(pixel, amount):
    return Pixel(min(255, pixel.r + amount), min(255, pixel.g + amount), min(255, pixel.b + amount))


def insert(root, value):
    if root is None:
        return Node(value)
    if value < root.value:
        root.left = insert(root.left, value)
    else:
        root.right = insert(root.right, value)
    return root


def in_order(root):
    if root is None:
        return []
    return in_order(root.left) + [root.value] + in_order(root.right)


def tree_sort(values):
    root = None
    for v in values:
        root = insert(root, v)
    return in_order(root)


def heaviest(edges):
    best = edges[0]
    for edge in edges:
        if edge.weight > best.weight:
            best = edge
    return best.start, best.stop, best[2]


def same_items(a, b):
    return a == b, a != b


_P = Particle(1.0, 2.0)

CASES = [
    ("Particle.energy", (Particle(0.0, 3.0, 2.0),), {}),
    ("Particle.advance", (Particle(0.0, 3.0, 2.0), 0.1), {}),
    ("Particle.advance", (Particle(9.9, 3.0, 2.0), 0.1), {}),
    ("Item.total", (Item("nut", 0.25, 12),), {}),
    ("Pixel.grey", (Pixel(10, 20, 30),), {}),
    ("total_energy", ([Particle(0.0, 3.0, 2.0), Particle(1.0, -1.0)],), {}),
    ("run", ([Particle(0.0, 3.0, 2.0), Particle(1.0, -1.0)], 10, 0.5), {}),
    ("inventory_value", ([Item("nut", 0.25, 12), Item("bolt", 1.5, 3)],), {}),
    ("cheapest", ([Item("nut", 0.25, 12), Item("bolt", 0.15, 3)],), {}),
    ("grey_image", ([[Pixel(10, 20, 30), Pixel(0, 0, 255)], [Pixel(1, 2, 3)]],), {}),
    ("brighten", (Pixel(10, 20, 250), 20), {}),
    ("tree_sort", ([5, 2, 8, 1, 9, 3],), {}),
    ("in_order", (Node(2, Node(1), Node(3)),), {}),
    ("insert", (Node(2, Node(1), Node(3)), 5), {}),
    ("heaviest", ([Edge(1, 2, 0.5), Edge(2, 3, 1.5)],), {}),
]

EDGE = [
    ("Particle.energy", (Particle(0, 3, 2),), {}),
    ("Particle.energy", (Particle("a", "b"),), {}),
    ("Particle.advance", (Particle(0, 3), 1), {}),
    ("Particle.advance", (Particle(0.0, "v"), 0.1), {}),
    ("Item.total", (Item("a", 1.5),), {}),
    ("Item.total", (Item("a", "b", 3),), {}),
    ("Item.total", (Item("a", 2, 2**70),), {}),
    ("Pixel.grey", (Pixel(-1, -2, -3),), {}),
    ("Pixel.grey", (Pixel(2**60, 0, 0),), {}),
    ("Pixel.grey", (Pixel(1.5, 2, 3),), {}),
    ("total_energy", ([],), {}),
    ("total_energy", ([_P, _P, None],), {}),
    ("run", ([_P, _P], 3, 0.5), {}),
    ("run", ([_P, Particle(None, 1.0)], 1, 0.5), {}),
    ("run", ([], 2, 0.1), {}),
    ("run", ([_P], 0, None), {}),
    ("inventory_value", ([],), {}),
    ("inventory_value", ([Item("a", 1, 2)],), {}),
    ("cheapest", ([],), {}),
    ("cheapest", ([Item("a", float("nan")), Item("b", 1.0)],), {}),
    ("cheapest", ([Item("a", 1.0), Item("b", "x")],), {}),
    ("grey_image", ([],), {}),
    ("grey_image", ([[None]],), {}),
    ("brighten", (Pixel(2**63 - 1, 0, 0), 1), {}),
    ("brighten", (Pixel(1, 2, 3), 1.5), {}),
    ("tree_sort", ([],), {}),
    ("tree_sort", ([1, 1.0, True],), {}),
    ("tree_sort", ([1, "a"],), {}),
    ("in_order", (None,), {}),
    ("insert", (None, 5), {}),
    ("insert", (Node(2), "a"), {}),
    ("heaviest", ([],), {}),
    ("heaviest", ([(1, 2, 3.0)],), {}),
    ("heaviest", ([Edge(1, 2, 0)],), {}),
    ("same_items", (Item("a", 1.0), Item("a", 1.0)), {}),
    ("same_items", (_P, _P), {}),
    ("same_items", (Pixel(1, 2, 3), Pixel(1, 2, 3.0)), {}),
]
