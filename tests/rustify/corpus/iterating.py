"""Built-in functions over iterables: range, enumerate, zip, reversed, sorted, map, filter, sum, min, max."""


class Num(int):
    """An int that is not exactly an int."""


def weighted_sum(values):
    total = 0
    for i, v in enumerate(values):
        total += i * v
    return total


def enumerate_from(words, start):
    return [(i, w) for i, w in enumerate(words, start)]


def dot(a, b):
    return sum(x * y for x, y in zip(a, b))


def zip_three(a, b, c):
    out = []
    for x, y, z in zip(a, b, c):
        out.append(x + y * z)
    return out


def count_down(start, stop, step):
    return list(range(start, stop, step))


def reversed_list(values):
    out = []
    for v in reversed(values):
        out.append(v)
    return out


def backwards_indices(values):
    total = 0
    for i in range(len(values) - 1, -1, -1):
        total = total * 3 + values[i]
    return total


def sorted_by_length(words):
    return sorted(words, key=len), sorted(words, reverse=True), sorted(words, key=lambda w: (len(w), w))


def mapped(values):
    return list(map(lambda v: v * 3 - 1, values))


def filtered(values, limit):
    return list(filter(lambda v: v > limit, values))


def extremes(values):
    return min(values), max(values), sum(values), len(values)


def extremes_of_arguments(a, b, c):
    return min(a, b, c), max(a, b, c)


def closest(values, target):
    return min(values, key=lambda v: abs(v - target))


def any_all(values):
    return any(values), all(values)


def sum_with_start(values, start):
    return sum(values, start)


def absolute_and_parts(a, b):
    return abs(a), divmod(a, b), pow(a, 2), round(a), int(a), float(a), bool(a)


def conversions(text):
    return int(text), float(text), str(int(text)), list(text), tuple(text), bool(text), len(text)


def range_facts(n):
    r = range(2, n, 3)
    return len(r), 5 in r, r[0] if len(r) else None, list(r[1:]), sum(r)


def cumulative_max(values):
    out = []
    best = None
    for v in values:
        best = v if best is None else max(best, v)
        out.append(best)
    return out


def chars_and_codes(text):
    return [ord(ch) for ch in text], "".join(chr(ord(ch) + 1) for ch in text)


def in_bases(n):
    return bin(n), oct(n), hex(n), str(n), repr(n)


CASES = [
    ("weighted_sum", ([5, 6, 7],), {}),
    ("weighted_sum", ([],), {}),
    ("enumerate_from", (["a", "b"], 5), {}),
    ("dot", ([1, 2, 3], [4, 5, 6]), {}),
    ("dot", ([7], [8]), {}),
    ("zip_three", ([1, 2], [3, 4], [5, 6]), {}),
    ("zip_three", ([1, 2, 3], [3, 4], [5, 6]), {}),
    ("count_down", (10, 0, -3), {}),
    ("count_down", (0, 10, 4), {}),
    ("reversed_list", ([1, 2, 3],), {}),
    ("backwards_indices", ([1, 2, 3],), {}),
    ("sorted_by_length", (["pear", "fig", "apple", "kiwi"],), {}),
    ("mapped", ([1, 2, 3],), {}),
    ("filtered", ([1, 5, 3, 8], 3), {}),
    ("extremes", ([3, 1, 2],), {}),
    ("extremes_of_arguments", (3, 1, 2), {}),
    ("closest", ([1, 5, 9], 6), {}),
    ("any_all", ([0, 1, 2],), {}),
    ("any_all", ([1, 2],), {}),
    ("sum_with_start", ([1, 2], 10), {}),
    ("absolute_and_parts", (-7, 2), {}),
    ("absolute_and_parts", (9, -4), {}),
    ("conversions", ("1234",), {}),
    ("range_facts", (20,), {}),
    ("cumulative_max", ([1, 3, 2, 5],), {}),
    ("chars_and_codes", ("HAL",), {}),
    ("in_bases", (255,), {}),
    ("in_bases", (-10,), {}),
]

EDGE = [
    ("weighted_sum", ([2**62, 2**62, 2**62],), {}),
    ("weighted_sum", ("ab",), {}),
    ("weighted_sum", ([1.5],), {}),
    ("weighted_sum", ({1: 2, 3: 4},), {}),
    ("enumerate_from", ("ab", 2**63 - 1), {}),
    ("enumerate_from", ("ab", 1.0), {}),
    ("enumerate_from", ([], -5), {}),
    ("enumerate_from", (["a", "b"], 2**63 - 1), {}),
    ("dot", ([1, 2], [3]), {}),
    ("dot", ([], [1]), {}),
    ("dot", ([1e16, 1.0, -1e16], [1.0, 1.0, 1.0]), {}),
    ("dot", ([0.1] * 10, [1] * 10), {}),
    ("dot", (["a"], [2]), {}),
    ("dot", ([1], 2), {}),
    ("zip_three", ("ab", "cd", [1, 2]), {}),
    ("zip_three", ([], None, []), {}),
    ("count_down", (0, 5, 0), {}),
    ("count_down", (2**63, 2**63 + 3, 1), {}),
    ("count_down", (-(2**63), -(2**63) + 2, 1), {}),
    ("count_down", (0, 1.5, 1), {}),
    ("count_down", (True, 3, True), {}),
    ("reversed_list", ("abc",), {}),
    ("reversed_list", ({1: 2, 3: 4},), {}),
    ("reversed_list", ({1, 2},), {}),
    ("backwards_indices", ([2**61, 2**62],), {}),
    ("backwards_indices", ([],), {}),
    ("backwards_indices", ("ab",), {}),
    ("sorted_by_length", ([],), {}),
    ("sorted_by_length", (["é", "e", "z"],), {}),
    ("sorted_by_length", ([1],), {}),
    ("mapped", (["ab"],), {}),
    ("mapped", ([Num(4), 2**62],), {}),
    ("filtered", ([float("nan"), 5.0], 3), {}),
    ("filtered", (["a"], 3), {}),
    ("extremes", ([],), {}),
    ("extremes", ([float("nan"), 1.0],), {}),
    ("extremes", ([1.0, float("nan")],), {}),
    ("extremes", ([True, 1, 1.0],), {}),
    ("extremes", ("ab",), {}),
    ("extremes", ([-0.0, 0.0],), {}),
    ("extremes_of_arguments", (1, 1.0, True), {}),
    ("extremes_of_arguments", (True, 1.0, 1), {}),
    ("extremes_of_arguments", ("a", 1, 2), {}),
    ("extremes_of_arguments", (float("nan"), 1, 2), {}),
    ("closest", ([], 1), {}),
    ("closest", ([1, 3], 2), {}),
    ("closest", ([2**63, -(2**63)], 0), {}),
    ("any_all", ([],), {}),
    ("any_all", ([[], "", None, 0.0],), {}),
    ("sum_with_start", ([[1], [2]], []), {}),
    ("sum_with_start", (["a"], ""), {}),
    ("sum_with_start", ([0.1] * 10, 0.0), {}),
    ("sum_with_start", ([0.1] * 10, 1), {}),
    ("sum_with_start", ([2**63 - 1, 1], 0), {}),
    ("sum_with_start", ([1, 2.5, True], False), {}),
    ("absolute_and_parts", (7.5, -2), {}),
    ("absolute_and_parts", (1, 0), {}),
    ("absolute_and_parts", (-(2**63), -1), {}),
    ("absolute_and_parts", (2**70, 3), {}),
    ("absolute_and_parts", (True, 1), {}),
    ("absolute_and_parts", (1j, 1), {}),
    ("conversions", ("",), {}),
    ("conversions", (" -5\n",), {}),
    ("conversions", ("1_0",), {}),
    ("conversions", ("99999999999999999999",), {}),
    ("range_facts", (0,), {}),
    ("range_facts", (-5,), {}),
    ("range_facts", (3.0,), {}),
    ("cumulative_max", ([1.0, float("nan"), 2.0],), {}),
    ("cumulative_max", ([1, 1.0, True],), {}),
    ("cumulative_max", ([],), {}),
    ("chars_and_codes", ("\U0010ffff",), {}),
    ("chars_and_codes", ("\ud7ff",), {}),
    ("chars_and_codes", ([""],), {}),
    ("in_bases", (2**70,), {}),
    ("in_bases", (True,), {}),
    ("in_bases", (1.0,), {}),
]
