"""Functions that are called for each item: named by bound methods, by calls, by names that change meanwhile."""

import functools
import itertools
import operator
from itertools import accumulate
from operator import attrgetter, itemgetter


def one_more(x):
    return x + 1


def hundredfold(x):
    return x * 100


def get_rebound(keys):
    table = {1: 10, 2: 20, 3: 30}
    out = []
    for value in map(table.get, keys):
        out.append(value)
        table = {1: -1, 2: -2, 3: -3}
    return out


def index_rebound(keys):
    items = [1, 2, 3, 4]
    out = []
    for at in map(items.index, keys):
        out.append(at)
        items = [4, 3, 2, 1]
    return out


def function_rebound(items):
    step = one_more
    out = []
    for value in map(step, items):
        out.append(value)
        step = hundredfold
    return out


def test_rebound(items):
    keep = one_more
    out = []
    for value in filter(keep, items):
        out.append(value)
        keep = lambda x: 0
    return out


def partial_rebound(items):
    k = 1
    out = []
    for value in map(functools.partial(operator.add, k), items):
        out.append(value)
        k += 10
    return out


def taken_from_table(items):
    table = {"step": one_more}
    out = []
    for value in map(table["step"], items):
        out.append(value)
        table["step"] = hundredfold
    return out


def by_getitem(xs):
    return sorted(range(len(xs)), key=xs.__getitem__)


def by_getitem_in_place(xs):
    order = list(range(len(xs)))
    order.sort(key=xs.__getitem__, reverse=True)
    return order


def extremes(d):
    return max(d, key=d.get), min(d, key=d.__getitem__), sorted(d, key=d.get, reverse=True)


def extremes_or_none(d):
    return max(d, key=d.get, default=None), min(d, key=d.__getitem__, default=None)


def by_position(order, items):
    return sorted(items, key=order.index)


def looked_up(xs, keys, d):
    return list(map(xs.__getitem__, keys)), list(map(d.get, keys)), [*map(xs.index, xs)]


def found_only(d, keys):
    return [v for v in map(d.get, keys) if v is not None], sum(map(d.__contains__, keys))


def kept_methods(xs, keys):
    at = xs.__getitem__
    where = xs.index
    return [at(k) for k in keys], [where(x) for x in xs]


def letters(text, at):
    return list(map(text.__getitem__, at)), list(filter("aeiou".__contains__, text))


class Scores:
    def __init__(self, weights):
        self.weights = weights
        self.calls = 0

    def words(self):
        self.calls += 1
        self.weights = {k: -v for k, v in self.weights.items()}
        return list(self.weights)

    def ranked(self):
        return sorted(self.weights, key=self.weights.get)

    def ranked_after(self):
        return sorted(self.words(), key=self.weights.get), self.calls

    def best(self):
        return max(self.weights, key=self.weights.__getitem__)


def ranked(weights):
    scores = Scores(weights)
    return scores.ranked(), scores.ranked_after(), scores.best()


def by_field(records, field):
    return sorted(records, key=itemgetter(field))


def by_field_in_place(records, field):
    found = records[:]
    found.sort(key=operator.itemgetter(field.lstrip("-")), reverse=field.startswith("-"))
    return found


def by_column(rows, i, j):
    return sorted(rows, key=itemgetter(i, j)), max(rows, key=itemgetter(j)), list(map(itemgetter(i), rows))


def grouped(rows, i):
    return [(k, len(list(g))) for k, g in itertools.groupby(sorted(rows, key=itemgetter(i)), key=itemgetter(i))]


class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y


def by_attribute(pairs):
    points = [Point(x, y) for x, y in pairs]
    return [p.x for p in sorted(points, key=attrgetter("y"))], [p.y for p in sorted(points, key=attrgetter("y", "x"))]


def running(xs):
    return list(accumulate(xs, initial=0)), list(accumulate(xs)), list(accumulate(xs, initial=None))


def running_products(xs):
    return list(accumulate(xs, operator.mul, initial=1)), [*accumulate(xs, func=operator.mul)]


def running_largest(xs):
    return list(accumulate(xs, max)), list(accumulate(xs, func=lambda a, b: a if a > b else b, initial=0))


def running_pairs(xs):
    out = []
    for a, b in zip(accumulate(xs, initial=0), xs):
        out.append((a, b))
    for total in accumulate(xs, lambda a, b: a * 2 + b, initial=len(xs)):
        if total > 50:
            break
        out.append((total, 0))
    return out


def running_texts(words):
    return list(accumulate(words, initial="")), list(accumulate(words, lambda a, b: a + "-" + b, initial=">"))


def growing(xs):
    out = []
    for total in accumulate(xs, lambda a, b: a + b, initial=1):
        out.append(total)
        if len(xs) < 6:
            xs.append(total)
    return out, xs


CASES = [
    ("get_rebound", ([1, 2, 3],), {}),
    ("index_rebound", ([1, 2, 3],), {}),
    ("function_rebound", ([1, 2, 3],), {}),
    ("test_rebound", ([1, 2, 3],), {}),
    ("partial_rebound", ([1, 2, 3],), {}),
    ("taken_from_table", ([1, 2, 3],), {}),
    ("by_getitem", ([3.5, 1.5, 2.5],), {}),
    ("by_getitem_in_place", ([3.5, 1.5, 2.5],), {}),
    ("extremes", ({"a": 3, "b": 5, "c": 1},), {}),
    ("extremes_or_none", ({"a": 3, "b": 5, "c": 1},), {}),
    ("by_position", ([3, 4, 1], [1, 4, 3, 3]), {}),
    ("looked_up", ([3.5, 4.5, 5.5, 6.5], [1, 2, 3], {1: 3, 2: 4}), {}),
    ("found_only", ({1: 3, 2: 4}, [1, 5, 2]), {}),
    ("kept_methods", ([1, 2, 5], [1, 2, 0]), {}),
    ("letters", ("education", [0, 3, -1]), {}),
    ("ranked", ({"a": 3, "b": 5, "c": 1},), {}),
    ("by_field", ([{"n": "b", "a": 2}, {"n": "a", "a": 3}], "n"), {}),
    ("by_field_in_place", ([{"n": "b", "a": 2}, {"n": "a", "a": 3}], "-a"), {}),
    ("by_column", ([(1, 5, 2), (0, 7, 3), (1, 2, 2)], 0, 1), {}),
    ("grouped", ([(1, 5), (0, 7), (1, 2)], 0), {}),
    ("by_attribute", ([(1, 5), (0, 7), (1, 2)],), {}),
    ("running", ([1, 2, 3],), {}),
    ("running_products", ([1, 2, 3],), {}),
    ("running_largest", ([1, 3, 2],), {}),
    ("running_pairs", ([1, 2, 3],), {}),
    ("running_texts", (["ab", "c"],), {}),
    ("growing", ([1, 2, 3],), {}),
]
EDGE = [
    ("by_getitem", ([float("nan"), 1.0, 2.0],), {}),
    ("by_getitem", ([[2], [1]],), {}),
    ("by_getitem", ("banana",), {}),
    ("by_getitem", ((3, 1, 2),), {}),
    ("by_getitem", ([1, "a"],), {}),
    ("by_getitem_in_place", ([],), {}),
    ("extremes", ({},), {}),
    ("extremes_or_none", ({},), {}),
    ("extremes", ({"a": None},), {}),
    ("extremes", ({"a": None, "b": 3},), {}),
    ("extremes", ({1: 2.5, 2: 1},), {}),
    ("by_position", ([3, 4], [1]), {}),
    ("looked_up", ([3.5], [1], {}), {}),
    ("looked_up", ([3.5], [0, -1], {0: None}), {}),
    ("looked_up", ([3.5], [True], {1: 2}), {}),
    ("looked_up", ((3, 4), [0], {0: 2}), {}),
    ("found_only", ({}, [1, 5]), {}),
    ("found_only", ({"a": [1]}, ["a", "b"]), {}),
    ("kept_methods", ("abc", [1]), {}),
    ("letters", ("", [0]), {}),
    ("ranked", ({},), {}),
    ("ranked", ({"a": 2.5, "b": 1},), {}),
    ("by_field", ([], "n"), {}),
    ("by_field", ([{"n": 1}, {}], "n"), {}),
    ("by_field", ([(2, 1), (1, 2)], 1), {}),
    ("by_field", ([[2, 1], [1, 2]], -1), {}),
    ("by_field", ([{"n": 1}, {"n": "a"}], "n"), {}),
    ("by_field_in_place", ([{"a": 1.5}, {"a": 0.5}], "a"), {}),
    ("by_column", ([(1, 5, 2), (0, 7, 3)], 2, 7), {}),
    ("by_column", (["abc", "bcd"], 1, 0), {}),
    ("grouped", ([("a", 5), ("b", 7), ("a", 2)], 0), {}),
    ("running", ([],), {}),
    ("running", ([0.5, 2],), {}),
    ("running", ([True, True],), {}),
    ("running", (["a"],), {}),
    ("running", ((1, 2),), {}),
    ("running", ([2**62, 2**62],), {}),
    ("running_products", ([],), {}),
    ("running_products", ([0.5, float("nan")],), {}),
    ("running_products", ([2**40, 2**40],), {}),
    ("running_largest", ([],), {}),
    ("running_largest", ([1.5, 0.5],), {}),
    ("running_pairs", ([],), {}),
    ("running_pairs", ([30, 30],), {}),
    ("running_texts", ([],), {}),
    ("running_texts", ("ab",), {}),
    ("growing", ([],), {}),
    ("growing", ([0.5],), {}),
    ("growing", ((1, 2, 3, 4, 5, 6),), {}),
]
