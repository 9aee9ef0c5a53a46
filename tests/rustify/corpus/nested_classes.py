"""Classes inside classes: named by their outer class, by an instance, and as enumerations and dataclasses."""

from dataclasses import dataclass
from enum import Enum


class Tree:
    class Leaf:
        count = 0

        def __init__(self, key):
            self.key = key
            self.left = None
            self.right = None
            self.__hidden = key

        def hidden(self):
            return self.__hidden

    class Side(Enum):
        LEFT = 1
        RIGHT = 2

    @dataclass
    class Entry:
        name: str
        rank: int = 0

        def up(self):
            self.rank += 1
            return self

    def __init__(self):
        self.root = None
        self.entries = []

    def insert(self, key):
        if self.root is None:
            self.root = Tree.Leaf(key)
            return Tree.Side.LEFT
        node = self.root
        while True:
            if key < node.key:
                if node.left is None:
                    node.left = self.Leaf(key)
                    return Tree.Side.LEFT
                node = node.left
            else:
                if node.right is None:
                    node.right = self.Leaf(key)
                    return self.Side.RIGHT
                node = node.right

    def keys(self):
        out = []
        stack = []
        node = self.root
        while stack or node:
            while node:
                stack.append(node)
                node = node.left
            node = stack.pop()
            out.append(node.key)
            node = node.right
        return out

    def enter(self, name):
        self.entries.append(Tree.Entry(name).up())
        return [isinstance(e, Tree.Entry) for e in self.entries], str(self.entries[-1])


def build(keys):
    t = Tree()
    sides = [t.insert(k).name for k in keys]
    return sides, t.keys(), t.root.hidden()


def entries(names):
    t = Tree()
    return [t.enter(n) for n in names], t.entries


def sides_of(keys):
    t = Tree()
    sides = [t.insert(k) for k in keys]
    return sum(1 for s in sides if s is Tree.Side.LEFT), [s == Tree.Side.RIGHT for s in sides]


def height(t):
    def depth(node):
        if node is None:
            return 0
        return 1 + max(depth(node.left), depth(node.right))

    return depth(t.root)


def grown(keys):
    t = Tree()
    for k in keys:
        t.insert(k)
    return height(t)


CASES = [
    ("build", ([5, 2, 8, 1, 9],), {}),
    ("build", (["m", "c", "x"],), {}),
    ("entries", (["a", "b"],), {}),
    ("sides_of", ([3, 1, 2, 9],), {}),
    ("grown", ([5, 3, 8, 1],), {}),
]
EDGE = [
    ("build", ([],), {}),
    ("build", ([1, "a"],), {}),
    ("build", ([None],), {}),
    ("build", ([float("nan"), 1.0, 2.0],), {}),
    ("entries", ([3],), {}),
    ("sides_of", ([2**70, 1],), {}),
    ("grown", ([],), {}),
]
