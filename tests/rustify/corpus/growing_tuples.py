"""Tuples that grow by one item in each turn or call, and `next` of a generator with something computed as default."""


def queens(n):
    count = 0

    def place(row, columns):
        nonlocal count
        if row == n:
            count += 1
            return
        for c in range(n):
            if all(c != pc and abs(c - pc) != row - pr for pr, pc in enumerate(columns)):
                place(row + 1, columns + (c,))

    place(0, ())
    return count


def paths(n, done=()):
    if len(done) == n:
        return [done]
    return [p for step in "ab" for p in paths(n, done + (step,))]


def grown(items):
    made = ()
    for item in items:
        made += (item,)
    return made


def before(items):
    made = ()
    for item in items:
        made = (item, 0) + made
    return made


def first_vowel(word):
    return next((i for i, c in enumerate(word) if c in "aeiou"), len(word))


def first_above(values, limit):
    return next((v for v in values if v > limit), limit + 1)


CASES = [
    ("queens", (5,), {}),
    ("paths", (3,), {}),
    ("grown", ([1, 2, 3],), {}),
    ("before", ([1, 2],), {}),
    ("first_vowel", ("strong",), {}),
    ("first_vowel", ("xyz",), {}),
    ("first_above", ([1, 5], 3), {}),
]
EDGE = [
    ("queens", (0,), {}),
    ("queens", (True,), {}),
    ("paths", (1, ("x", 2)), {}),
    ("paths", (0,), {}),
    ("grown", ([],), {}),
    ("grown", (["a", None, 2.5],), {}),
    ("grown", ("ab",), {}),
    ("before", ([(1,), [2]],), {}),
    ("first_vowel", ("",), {}),
    ("first_vowel", (["x", "e"],), {}),
    ("first_above", ([], 2.5), {}),
    ("first_above", (["a"], 2), {}),
    ("first_above", (5, 2), {}),
]
