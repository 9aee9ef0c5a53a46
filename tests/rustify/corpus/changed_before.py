"""Functions whose defaults the module itself has changed, or put back, before anything is attached."""


def scaled(x, k=2, *, shift=1):
    return x * k + shift


def plain(x, k=2, *, shift=1):
    return x * k + shift


def put_back(x, k=2.5, name="a"):
    return x * k, name


def computed(x, limit=3 * 7, names=(1, -2)):
    return min(x, limit) + names[0] + names[1]


def longer(x, y=1, z=2):
    return x + y * z


def alike(x, k=1):
    return x * k


def keyword(x, *, k=1):
    return x * k


class Box:
    def __init__(self, x, k=3):
        self.x = x * k

    def grown(self, by=2):
        return self.x * by


scaled.__defaults__ = (5,)
scaled.__kwdefaults__ = {"shift": 100}
put_back.__defaults__ = (2.5, "a")
longer.__defaults__ = (10,)
alike.__defaults__ = (True,)
keyword.__kwdefaults__["k"] = 7
setattr(Box.grown, "__defaults__", (50,))


def changed(xs):
    return [scaled(x) for x in xs]


def unchanged(xs):
    return [plain(x) for x in xs]


def same_again(xs):
    return [put_back(x) for x in xs]


def with_computed(xs):
    return [computed(x) for x in xs]


def fewer(xs):
    try:
        return [longer(x) for x in xs]
    except TypeError as e:
        return str(e)


def of_another_type(x):
    return alike(x), [alike(x)]


def by_name(xs):
    return [keyword(x) for x in xs]


def boxed(xs):
    return [Box(x).grown() for x in xs]


CASES = [
    ("changed", ([1, 2, 3],), {}),
    ("unchanged", ([1, 2, 3],), {}),
    ("same_again", ([1.0, 2.0],), {}),
    ("with_computed", ([1, 50],), {}),
    ("fewer", ([1, 2],), {}),
    ("of_another_type", (3,), {}),
    ("by_name", ([3, 4],), {}),
    ("boxed", ([3, 4],), {}),
    ("scaled", (3,), {}),
    ("scaled", (3, 4), {"shift": 1}),
    ("longer", (3, 4, 5), {}),
]
EDGE = [
    ("longer", (3,), {}),
    ("longer", (3, 1), {}),
    ("changed", ([1.5, 2],), {}),
    ("keyword", (3,), {}),
    ("alike", (True,), {}),
]


if __name__ == "__main__":
    for name, args, kwargs in CASES:
        print(globals()[name](*args, **kwargs))
