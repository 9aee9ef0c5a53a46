"""Attributes that a class holds and its instances read: until one of them, or the class, says otherwise."""


class Door:
    TABLE = {("locked", "coin"): "open", ("open", "push"): "locked"}
    COST = 3
    NAMES = ("a", "b")

    def __init__(self):
        self.state = "locked"
        self.passed = 0

    def feed(self, events):
        for event in events:
            to = self.TABLE.get((self.state, event))
            if to is None:
                continue
            if self.state == "open" and to == "locked":
                self.passed += 1
            self.state = to
        return self.state, self.passed

    def cost(self):
        return self.COST * self.passed + len(self.NAMES)


class Wide(Door):
    COST = 5


def total(doors):
    out = 0
    for door in doors:
        out = out * 10 + door.COST
    return out


def fed(n):
    d = Door()
    d.feed(["coin", "push", "other"] * n)
    return d.cost(), d.COST


def shadowed():
    a, b = Door(), Door()
    a.COST = 7
    return a, b


def with_dict():
    a, b = Door(), Door()
    a.__dict__["COST"] = 8
    vars(b)
    return a, b


def undone():
    a = Door()
    a.COST = 7
    del a.COST
    return a, Wide()


def other_class_value():
    class Local(Door):
        COST = 1

    first = [Local(), Local()]
    Local.COST = 2
    return first


def many_names():
    a, b = Door(), Door()
    for i in range(40):
        setattr(a, f"n{i}", i)
    a.COST = 9
    return a, b


def gone():
    class Brief(Door):
        COST = 1

    del Brief.COST
    return [Brief()]


CASES = [
    ("total", lambda: ([Door(), Wide()],), {}),
    ("fed", (3,), {}),
    ("Door.feed", lambda: (Door(), ["coin", "push"]), {}),
    ("Door.cost", lambda: (Wide(),), {}),
]
EDGE = [
    ("total", lambda maker=maker: (list(maker()),), {})
    for maker in (shadowed, with_dict, undone, other_class_value, many_names, gone)
    for _ in range(2)
]
EDGE += [
    ("total", lambda: ([Door(), *shadowed(), Door(), *undone(), Wide(), *many_names()],), {}),
    ("Door.cost", lambda: (shadowed()[0],), {}),
    ("Door.feed", lambda: (shadowed()[0], ["coin", "coin", "push", 1]), {}),
    ("Door.feed", lambda: (Door(), []), {}),
    ("Door.feed", lambda: (Door(), "cp"), {}),
]
