"""Iterators and views that a name is given to, and types that a loop walks through."""

import itertools
from itertools import combinations, product


def prod_star(xs):
    out = []
    for t in product(*xs):
        out.append(sum(t))
    return out


def prod_star2(xs):
    return [list(t) for t in itertools.product(*xs)]


def prod_repeat(s, n):
    return ["".join(p) for p in product(s, repeat=n)]


def chain_star(xs):
    return list(itertools.chain(*xs))


def map_var(xs):
    m = map(abs, xs)
    return sum(m)


def map_var2(xs):
    m = map(lambda x: x * 2, xs)
    f = filter(lambda x: x > 3, m)
    return list(f)


def filt_none(xs):
    f = filter(None, xs)
    return list(f)


def convert(value):
    for kind in (int, float):
        try:
            return kind(value)
        except ValueError:
            pass
    return value


def convert_all(values):
    return [convert(v) for v in values]


def views(d):
    ks = d.keys()
    vs = d.values()
    n = 0
    for k in ks:
        n += k
    return n, len(ks), sum(vs)


def views2(a, b):
    common = a.keys() & b.keys()
    return len(common)


def eargs(s):
    try:
        return int(s)
    except ValueError as e:
        return e.args[0]


def eargs2(n):
    try:
        raise ValueError("bad", n)
    except ValueError as e:
        a, b = e.args
        return b


def late_names(xs):
    k = 1
    scaled = (x * k for x in xs)
    k = 10
    return sum(scaled)


def late_items(xs):
    doubled = map(lambda x: x * 2, xs)
    xs.append(100)
    return list(doubled)


def other_items(xs):
    doubled = map(lambda x: x * 2, xs)
    xs = [7]
    return list(doubled), xs


def same_name(xs):
    xs = map(int, xs)
    xs = filter(lambda x: x > 1, xs)
    return sorted(xs)


def used_twice(xs):
    m = map(abs, xs)
    return sum(m), list(m)


def in_loop(rows):
    out = []
    for row in rows:
        cells = (c.strip() for c in row.split(","))
        out.append([c for c in cells if c])
    return out


def outside_loop(rows):
    m = map(abs, rows)
    out = []
    for r in rows:
        out.append(sum(m) + r)
    return out


def zipped(a, b):
    pairs = zip(a, b)
    numbered = enumerate(pairs, 1)
    return [i * x + y for i, (x, y) in numbered]


def caught(xs):
    try:
        m = map(int, xs)
        return sum(m)
    except (TypeError, ValueError):
        return -1


def caught_late(xs):
    m = map(int, xs)
    try:
        return sum(m)
    except (TypeError, ValueError):
        return -1


def chosen(xs, flag):
    m = reversed(xs)
    if flag:
        return list(m)
    return []


def pairs_over(xs, limit):
    pairs = combinations(xs, 2)
    return [p for p in pairs if sum(p) > limit]


def first_of(xs):
    big = (x for x in xs if x > 2)
    return next(big, None)


def view_changes(d):
    keys = d.keys()
    d[99] = 1.5
    return list(keys), len(keys), 99 in keys


def view_loop(d):
    items = d.items()
    total = 0
    for k, v in items:
        total += k * v
    for k, v in items:
        total -= k
    return total


def kinds(values):
    out = []
    for v in values:
        for kind in (int, float, str):
            try:
                out.append(kind(v))
                break
            except ValueError:
                continue
        else:
            out.append(None)
    return out


def named_kinds(text):
    out = {}
    for name, kind in (("i", int), ("f", float), ("s", str)):
        try:
            out[name] = repr(kind(text))
        except ValueError:
            out[name] = "-"
    return out


def kind_after(text):
    for kind in (int, float):
        try:
            kind(text)
            break
        except ValueError:
            pass
    return kind.__name__


def which_kinds(values):
    return [[isinstance(v, k) for k in (int, float, str)] for v in values]


def all_view_operators(a, b):
    return (
        len(a.keys() & b.keys()),
        len(a.keys() | b.keys()),
        len(a.keys() - b.keys()),
        len(a.keys() ^ b.keys()),
        len(a.items() & b.items()),
    )


def views_and_sets(a, names):
    # The order of a set with NaN is that of addresses.
    wanted = set(names)
    return len(a.keys() & wanted), len(wanted - a.keys()), a.keys() <= wanted, a.keys() == wanted


def view_order(n):
    a = {i: i for i in range(n)}
    b = {i * 3: i for i in range(n)}
    return list(a.keys() & b.keys()), list(a.keys() - b.keys())


def counts(text):
    numbers = map(int, text.split())
    n = next(numbers)
    return n, [next(numbers) for _ in range(n)], sum(numbers)


def counts_of_iter(text):
    it = iter(map(float, text.split(",")))
    first = next(it, None)
    return first, list(it)


def lazy_error(text):
    numbers = map(int, text.split())
    return next(numbers)


def twice(n):
    squares = map(lambda x: x * x, range(n))
    return list(squares), list(squares)


def pairs_twice(a, b):
    pairs = zip(a, b)
    for x, y in pairs:
        if x == y:
            break
    return list(pairs)


CASES = [
    ("prod_star", ([[1, 2], [3, 4], [5, 6]],), {}),
    ("prod_star2", ([[1, 2], [3, 4], [5, 6]],), {}),
    ("prod_repeat", ("abc", 3), {}),
    ("chain_star", ([[1, 2], [3, 4], [5, 6]],), {}),
    ("map_var", ([1, -2, 3],), {}),
    ("map_var2", ([1, -2, 3],), {}),
    ("filt_none", ([1, 0, 3],), {}),
    ("convert", ("5",), {}),
    ("convert", ("5.5",), {}),
    ("convert", ("abc",), {}),
    ("convert_all", (["5", "5.5", "a"],), {}),
    ("views", ({1: 2.5, 3: 4.5},), {}),
    ("views2", ({1: 2.5, 3: 4.5}, {3: 1}), {}),
    ("eargs", ("5",), {}),
    ("eargs", ("x",), {}),
    ("eargs2", (5,), {}),
    ("late_names", ([1, 2, 3],), {}),
    ("late_items", ([1, 2, 3],), {}),
    ("other_items", ([1, 2, 3],), {}),
    ("same_name", (["1", "5", "2"],), {}),
    ("used_twice", ([1, -2, 3],), {}),
    ("in_loop", (["a, b", "c,,d"],), {}),
    ("outside_loop", ([1, 2, 3],), {}),
    ("zipped", ([1, 2, 3], [4, 5, 6]), {}),
    ("caught", (["1", "2"],), {}),
    ("caught_late", (["1", "2"],), {}),
    ("chosen", ([1, 2, 3], True), {}),
    ("chosen", ([1, 2, 3], False), {}),
    ("pairs_over", ([1, 2, 3, 4], 4), {}),
    ("first_of", ([1, 2, 3, 4],), {}),
    ("view_changes", ({1: 2.5, 3: 4.5},), {}),
    ("view_loop", ({1: 2.5, 3: 4.5},), {}),
    ("kinds", (["1", "1.5", "abc"],), {}),
    ("named_kinds", ("12",), {}),
    ("named_kinds", ("1e3",), {}),
    ("kind_after", ("12",), {}),
    ("kind_after", ("x",), {}),
    ("which_kinds", ([1, 2],), {}),
    ("all_view_operators", ({1: 2, 3: 4, 5: 6}, {1: 2, 3: 5, 9: 9}), {}),
    ("views_and_sets", ({1: 2.5, 3: 4.5}, [3, 4]), {}),
    ("view_order", (20,), {}),
    ("counts", ("3 1 2 3 4 5",), {}),
    ("counts_of_iter", ("1.5,2",), {}),
    ("lazy_error", ("1 2",), {}),
    ("twice", (5,), {}),
    ("pairs_twice", ("abcd", "xbyd"), {}),
]
EDGE = [
    ("all_view_operators", ({}, {}), {}),
    ("all_view_operators", ({1: [1]}, {1: [1]}), {}),
    ("all_view_operators", ({1: "a", "b": 2}, {1: "a"}), {}),
    ("views_and_sets", ({}, []), {}),
    ("views_and_sets", ({1: 2.5}, None), {}),
    ("view_order", (0,), {}),
    ("counts", ("",), {}),
    ("counts", ("5 1",), {}),
    ("counts", ("2 1 x",), {}),
    ("counts_of_iter", ("",), {}),
    ("lazy_error", ("1 x",), {}),
    ("twice", (0,), {}),
    ("twice", (2.5,), {}),
    ("pairs_twice", ("", ""), {}),
    ("prod_star", ([],), {}),
    ("prod_star", ([[], [1]],), {}),
    ("prod_star", ([[1], 5],), {}),
    ("prod_star2", ([[1, "a"], [None]],), {}),
    ("map_var", (None,), {}),
    ("map_var", (["a"],), {}),
    ("map_var", ([2**70],), {}),
    ("late_items", ([],), {}),
    ("same_name", (["x"],), {}),
    ("same_name", (["1", None],), {}),
    ("used_twice", ([],), {}),
    ("zipped", ([1, 2], []), {}),
    ("zipped", (None, []), {}),
    ("caught", (None,), {}),
    ("caught", (["a"],), {}),
    ("caught_late", (None,), {}),
    ("caught_late", (["a"],), {}),
    ("chosen", (5, True), {}),
    ("first_of", ([],), {}),
    ("view_changes", ({},), {}),
    ("view_loop", ({"a": 1},), {}),
    ("kinds", ([None],), {}),
    ("kinds", ([True, 2.5, "nan", " 7 "],), {}),
    ("named_kinds", (None,), {}),
    ("convert", (" 1_000 ",), {}),
    ("convert", (None,), {}),
]
