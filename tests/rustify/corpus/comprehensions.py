"""Comprehensions and generator expressions: filters, nesting, scopes, dicts and sets."""


class Items(list):
    """A list that is not exactly a list."""


def squares_of_odds(values):
    return [v * v for v in values if v % 2 == 1]


def multiplication_table(n):
    return [[i * j for j in range(1, n + 1)] for i in range(1, n + 1)]


def pairs_with_sum(values, target):
    return [(a, b) for a in values for b in values if a < b and a + b == target]


def word_lengths(words):
    return {word: len(word) for word in words}


def letter_set(words):
    return sorted({ch for word in words for ch in word})


def sum_of_squares(n):
    return sum(i * i for i in range(n))


def any_negative(values):
    return any(v < 0 for v in values)


def all_sorted(values):
    return all(values[i] <= values[i + 1] for i in range(len(values) - 1))


def joined_digits(n):
    return "".join(str(i % 10) for i in range(n))


def largest_square(values):
    return max((v * v for v in values), default=0)


def shadowed(x, values):
    doubled = [x * 2 for x in values]
    return x, doubled


def pythagorean(n):
    return [(a, b, c) for a in range(1, n) for b in range(a, n) for c in range(b, n) if a * a + b * b == c * c]


def normalised(rows):
    return [[v / total for v in row] for row in rows if (total := sum(row)) != 0]


def tuple_of(values):
    return tuple(v + 1 for v in values)


def index_map(values):
    return {v: i for i, v in enumerate(values) if v is not None}


CASES = [
    ("squares_of_odds", ([1, 2, 3, 4, 5, -3],), {}),
    ("squares_of_odds", ([2, 4],), {}),
    ("multiplication_table", (4,), {}),
    ("pairs_with_sum", ([1, 2, 3, 4, 5], 6), {}),
    ("word_lengths", (["one", "three", "five"],), {}),
    ("letter_set", (["abc", "bcd"],), {}),
    ("sum_of_squares", (100,), {}),
    ("sum_of_squares", (0,), {}),
    ("any_negative", ([1, 2, -3],), {}),
    ("any_negative", ([1, 2],), {}),
    ("all_sorted", ([1, 2, 2, 9],), {}),
    ("all_sorted", ([3, 1],), {}),
    ("joined_digits", (15,), {}),
    ("largest_square", ([1, -7, 3],), {}),
    ("largest_square", ([],), {}),
    ("shadowed", (5, [1, 2]), {}),
    ("pythagorean", (20,), {}),
    ("normalised", ([[1, 3], [0, 0], [2, 2]],), {}),
    ("tuple_of", ([1, 2, 3],), {}),
    ("index_map", (["a", None, "b"],), {}),
]

EDGE = [
    ("squares_of_odds", ([1.0, 2.5, -1.0],), {}),
    ("squares_of_odds", (["a"],), {}),
    ("squares_of_odds", ([3037000501, 2**64 + 1],), {}),
    ("squares_of_odds", (Items([1]),), {}),
    ("squares_of_odds", ([True],), {}),
    ("multiplication_table", (0,), {}),
    ("multiplication_table", ("3",), {}),
    ("pairs_with_sum", ([2**63 - 1, 1], 2**63), {}),
    ("pairs_with_sum", ([0.1, 0.2], 0.1 + 0.2), {}),
    ("word_lengths", ([],), {}),
    ("word_lengths", ([(), "a"],), {}),
    ("word_lengths", ([[]],), {}),
    ("letter_set", (["é😀", ""],), {}),
    ("letter_set", ([[1, "a"]],), {}),
    ("sum_of_squares", (-5,), {}),
    ("sum_of_squares", (3.5,), {}),
    ("any_negative", ([],), {}),
    ("any_negative", ([-1, "a"],), {}),
    ("any_negative", (["a", -1],), {}),
    ("any_negative", ([float("nan"), -0.0],), {}),
    ("all_sorted", ([],), {}),
    ("all_sorted", ([1, float("nan"), 0],), {}),
    ("all_sorted", ([1, "a"],), {}),
    ("joined_digits", (-1,), {}),
    ("largest_square", ([2**40],), {}),
    ("largest_square", ([float("nan"), 2.0],), {}),
    ("largest_square", ([True],), {}),
    ("shadowed", ("x", "ab"), {}),
    ("pythagorean", (0,), {}),
    ("normalised", ([[]],), {}),
    ("normalised", ([[1e308, 1e308]],), {}),
    ("normalised", ([["a"]],), {}),
    ("tuple_of", ([2**63 - 1],), {}),
    ("tuple_of", ([1.5, True],), {}),
    ("tuple_of", ([None],), {}),
    ("index_map", ([1, True, 1.0],), {}),
    ("index_map", ([[]],), {}),
]
