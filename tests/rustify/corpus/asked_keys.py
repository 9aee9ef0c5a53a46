"""Tables whose keys are the program's, with the hash of what is looked up: each is asked as often as in Python."""

import enum

asked = []


class Nosy:
    """A key that has the hash of another, and notes each time somebody asks."""

    def __init__(self, like, answer=False):
        self.like = like
        self.answer = answer

    def __hash__(self):
        asked.append(("hash", self.like))
        return hash(self.like)

    def __eq__(self, other):
        asked.append(("eq", self.like, other))
        if self.answer == "raise":
            raise ValueError("asked")
        return self.answer


class Other:
    """A key that is equal to itself alone."""

    def __init__(self, like):
        self.like = like

    def __hash__(self):
        return hash(self.like)


class Kind(enum.Enum):
    ONE = 1


def table(kind, likes, answer=False):
    d = {}
    for like in likes:
        d[Nosy(like, answer) if kind == "nosy" else Other(like)] = 1
    d[7] = 2
    d["a"] = 3
    del asked[:]
    return d


def find(d, key):
    return d[key] if key in d else d.get(key, -1)


def count(d, keys):
    for key in keys:
        d[key] = d.get(key, 0) + 1
    return len(d)


def take(d, key):
    return d.pop(key, None), len(d)


def forget(d, key):
    try:
        del d[key]
    except KeyError as e:
        return str(e)
    return len(d)


def merge(d, e):
    d.update(e)
    return len(d)


def fallback(d, key):
    return d.setdefault(key, 5)


def member(s, key):
    return key in s


def counted_twice(d, keys):
    total = 0
    for key in keys:
        total += d[key]
        d[key] = total
    return total // d["zero"]


def run(name, kind, likes, args, answer=False):
    """The function on a table of nosy keys, and what they were asked."""
    d = table(kind, likes, answer)
    try:
        got = globals()[name](d, *args)
    except Exception as e:
        got = type(e).__name__, str(e)
    seen = asked[:]
    del asked[:]
    return got, seen, len(d), [v for v in d.values()]


def run_set(likes, key, frozen):
    s = {Nosy(like) for like in likes} | {1, 2}
    del asked[:]
    got = member(frozenset(s) if frozen else s, key)
    seen = asked[:]
    del asked[:]
    return got, seen


CASES = [
    ("find", ({1: 2, 3: 4}, 3), {}),
    ("find", ({"a": 2, "b": 4}, "b"), {}),
    ("find", ({(1, 2): 2, (2, 3): 4}, (1, 2)), {}),
    ("count", ({1: 2, 3: 4}, [3, 4, 4]), {}),
    ("count", ({"a": 2}, ["b", "a"]), {}),
    ("take", ({1: 2, 3: 4}, 3), {}),
    ("forget", ({1: 2, 3: 4}, 3), {}),
    ("merge", ({1: 2, 3: 4}, {3: 5}), {}),
    ("fallback", ({1: 2, 3: 4}, 5), {}),
    ("member", ({1, 2, 3}, 3), {}),
    ("member", (frozenset([1, 2, 3]), 3), {}),
    ("counted_twice", ({"a": 2, "b": 4, "zero": 2}, ["a", "b"]), {}),
    ("run", ("find", "nosy", [1], (2,)), {}),
    ("run_set", ([5], 3, False), {}),
]
EDGE = [
    *(
        ("run", (name, kind, likes, args, answer), {})
        for kind in ("nosy", "other")
        for answer in (False, True, "raise")
        for likes in ([5], [5, 5, 7], [5, 37, 69, 101], ["b"], ["b", 5], [(1, 2)])
        for name, args in (
            ("find", (5,)),
            ("find", (7,)),
            ("find", ("b",)),
            ("find", ((1, 2),)),
            ("find", (5.0,)),
            ("find", (True,)),
            ("count", ([5, 6, 5],)),
            ("count", (["b", "c", "a"],)),
            ("take", (5,)),
            ("forget", (5,)),
            ("forget", (7,)),
            ("merge", ({5: 1, 8: 2},)),
            ("merge", ({"b": 1},)),
            ("fallback", (5,)),
            ("counted_twice", (["a", "b", "c"],)),
            ("counted_twice", ([7, 5, 9],)),
        )
    ),
    *(
        ("run_set", (likes, key, frozen), {})
        for likes in ([5], [5, 5], ["b"])
        for key in (5, "b", 5.0, 6)
        for frozen in (False, True)
    ),
    ("find", ({Kind.ONE: 1, 2: 3}, 2), {}),
    ("find", ({int: 1, str: 3}, int), {}),
    ("count", ({i: i for i in range(300)}, [299, 300, 301]), {}),
    ("count", ({str(i): i for i in range(70000)}, ["7", "b"]), {}),
    ("count", ({i * 3: i for i in range(70000)}, [3, 4, 5]), {}),
]  # fmt: skip


if __name__ == "__main__":
    for name, args, kwargs in CASES:
        print(globals()[name](*args, **kwargs))
