"""Parameters that the program leaves out, given all kinds of values later."""


def copied(d=None):
    return dict(d) if d else {}


class Store:
    def __init__(self, stock=None):
        self.stock = dict(stock) if stock else {}


def stock_of(stock=None):
    return Store(stock).stock


def listed(x=None):
    return list(x) if x else []


def ordered(x=None):
    return sorted(x) if x else []


def swapped(x=None):
    return [(b, a) for a, b in x] if x else []


CASES = [
    ("copied", (), {}),
    ("stock_of", (), {}),
    ("listed", (), {}),
    ("ordered", (), {}),
    ("swapped", (), {}),
]
EDGE = [
    ("copied", ({"gum": 1},), {}),
    ("copied", ({"ab": 1},), {}),
    ("copied", ({(1, 2): 3},), {}),
    ("copied", ([("a", 1)],), {}),
    ("copied", (["ab"],), {}),
    ("copied", (["abc"],), {}),
    ("copied", (("ab", [1, 2]),), {}),
    ("copied", (5,), {}),
    ("copied", ("ab",), {}),
    ("stock_of", ({"ab": 1},), {}),
    ("stock_of", ([("ab", 1)],), {}),
    ("listed", ({"ab": 1},), {}),
    ("listed", ("ab",), {}),
    ("ordered", ({"b": 1, "a": 2},), {}),
    ("ordered", ([2, "a"],), {}),
    ("swapped", ({"ab": 1},), {}),
    ("swapped", ([(1, 2)],), {}),
    ("swapped", ([(1, 2, 3)],), {}),
]
