"""Generators and iterators that are kept as values, handed on, and asked for items by `next`."""

import functools
import itertools
from collections import deque
from itertools import islice, takewhile


def countdown(n):
    n = min(n, 60)
    while n > 0:
        yield n
        n -= 1


def naturals(start=0):
    n = start
    while True:
        yield n
        n += 1


def first_two(n):
    g = countdown(n)
    a = next(g)
    b = next(g)
    return a, b


def rest_after_first(n):
    g = countdown(n)
    first = next(g, None)
    return first, list(g)


def total_of(items):
    t = 0
    for x in items:
        t += x
    return t


def pass_on(n):
    g = countdown(n)
    return total_of(g)


def take(it, n):
    out = []
    for x in it:
        if len(out) >= n:
            break
        out.append(x)
    return out


def take_from_gen(n, k):
    return take(countdown(n), k), take(naturals(3), min(k, 50))


def pairs_from_iter(xs):
    it = iter(xs)
    out = []
    for a in it:
        b = next(it, None)
        out.append((a, b))
    return out


def merge_sorted(a, b):
    ia, ib = iter(a), iter(b)
    out = []
    x = next(ia, None)
    y = next(ib, None)
    while x is not None and y is not None:
        if x <= y:
            out.append(x)
            x = next(ia, None)
        else:
            out.append(y)
            y = next(ib, None)
    while x is not None:
        out.append(x)
        x = next(ia, None)
    while y is not None:
        out.append(y)
        y = next(ib, None)
    return out


def walk(tree):
    for item in tree:
        if isinstance(item, list):
            yield from walk(item)
        else:
            yield item


def flatten(tree):
    return list(walk(tree))


def hanoi(n, a, b, c):
    if 0 < n < 8:
        yield from hanoi(n - 1, a, c, b)
        yield a, c
        yield from hanoi(n - 1, b, a, c)


def count_moves(n):
    return sum(1 for _ in hanoi(n, "a", "b", "c"))


def perms(xs):
    if len(xs) <= 1 or len(xs) > 6:
        yield list(xs)
        return
    for i in range(len(xs)):
        for rest in perms(xs[:i] + xs[i + 1 :]):
            yield [xs[i]] + rest


def all_perms(xs):
    return list(perms(xs))


def primes():
    found = []
    n = 2
    while True:
        if all(n % p for p in found):
            found.append(n)
            yield n
        n += 1


def nth_prime(k):
    g = primes()
    for _ in range(min(k, 40)):
        p = next(g)
    return p


def first_primes(k):
    return list(itertools.islice(primes(), min(k, 40)))


def read_tokens(text):
    it = iter(text)
    out = []
    word = ""
    while True:
        try:
            c = next(it)
        except StopIteration:
            break
        if c == " ":
            if word:
                out.append(word)
            word = ""
        elif c == "\\":
            word += next(it, "")
        else:
            word += c
    if word:
        out.append(word)
    return out


def stop_inside(n):
    g = countdown(n)
    seen = []
    try:
        while True:
            seen.append(next(g))
    except StopIteration:
        seen.append(-1)
    return seen


def two_at_once(n):
    a, b = countdown(n), naturals()
    out = []
    for x in a:
        out.append(x * next(b))
    return out


def pipeline(xs):
    def doubled(items):
        for i in items:
            yield i * 2

    def odd(items):
        for i in items:
            if i % 3:
                yield i

    stage = doubled(xs)
    stage = odd(stage)
    return list(stage)


def interleave(xs, ys):
    its = [iter(xs), iter(ys)]
    out = []
    while its:
        left = []
        for it in its:
            item = next(it, None)
            if item is not None:
                out.append(item)
                left.append(it)
        its = left
    return out


def appending(xs):
    out = []
    for x in grow(xs):
        out.append(x)
    return out, xs


def grow(xs):
    i = 0
    while i < len(xs):
        if 3 < xs[i] < 50:
            xs.append(xs[i] - 2)
        yield xs[i]
        i += 1


def shared_list(xs):
    g = grow(xs)
    a = next(g)
    xs.append(10)
    rest = list(g)
    return a, rest, xs


def chunks(it, n):
    it = iter(it)
    while True:
        part = list(itertools.islice(it, n))
        if not part:
            return
        yield part


def chunked(xs, n):
    return [sum(c) for c in chunks(xs, n)]


class Tree:
    def __init__(self, value, left=None, right=None):
        self.value = value
        self.left = left
        self.right = right

    def insert(self, value):
        if value < self.value:
            if self.left is None:
                self.left = Tree(value)
            else:
                self.left.insert(value)
        elif self.right is None:
            self.right = Tree(value)
        else:
            self.right.insert(value)

    def items(self):
        if self.left is not None:
            yield from self.left.items()
        yield self.value
        if self.right is not None:
            yield from self.right.items()


def tree_sort(xs):
    root = Tree(xs[0])
    for x in xs[1:]:
        root.insert(x)
    return list(root.items())


def dict_pairs(xs):
    it = iter(xs)
    return dict(zip(it, it))


def truthy(n):
    g = countdown(n)
    return bool(g), g is None, any(x > 2 for x in g), sum(g)


def fails_inside(xs):
    g = inverses(xs)
    out = []
    try:
        for x in g:
            out.append(x)
    except ZeroDivisionError:
        out.append(None)
    return out, list(g)


def inverses(xs):
    for x in xs:
        yield 1 / x


def count_up(n):
    i = 0
    while i < n and i < 60:
        yield i
        i += 1


def member(n):
    g = count_up(n)
    return 3 in g, list(g)


def unpacked(n):
    g = count_up(3)
    a, b, c = g
    h = count_up(n)
    first, *rest = h
    return a, b, c, first, rest


def spread(n):
    g = count_up(n)
    return [*g, 7], (*count_up(2),), {*count_up(3)}


def joined(n):
    g = words(n)
    return ",".join(g)


def words(n):
    for i in range(min(n, 60)):
        yield "w" + str(i)


def made(n):
    g = count_up(n)
    h = count_up(n)
    k = count_up(n)
    return sorted(g, reverse=True), tuple(h), set(k), max(count_up(n)), min(count_up(n), default=None)


def zipped(xs, n):
    g = count_up(n)
    out = list(zip(xs, g))
    return out, list(g)


def zipped_other(xs, n):
    g = count_up(n)
    out = list(zip(g, xs))
    return out, list(g)


def numbered(n):
    g = words(n)
    return [(i, w) for i, w in enumerate(g, 1)]


def mapped(n):
    g = count_up(n)
    return list(map(lambda v: v * v, g)), list(filter(None, count_up(n)))


def taken(n):
    g = count_up(n)
    a = list(takewhile(lambda v: v < 3, g))
    return a, list(g)


def sliced(n):
    g = count_up(n)
    return list(islice(g, 2)), list(islice(g, 1, 5, 2)), next(g, -1)


def chained(n):
    g = count_up(n)
    return list(itertools.chain(g, [1, 2], count_up(2)))


def kept_in_dict(n):
    gens = {"a": count_up(n), "b": count_up(2 * n)}
    return next(gens["a"]), list(gens["b"]), list(gens["a"])


def for_else(n):
    g = count_up(n)
    for x in g:
        if x == 2:
            break
    else:
        return "none", list(g)
    return "found", list(g)


def maybe(n, flag):
    g = None
    if flag:
        g = count_up(n)
    if g is None:
        return []
    return list(g)


def either(xs, flag):
    it = iter(xs) if flag else count_up(3)
    return list(it)


def reduced(n):
    g = count_up(n)
    return functools.reduce(lambda a, b: a + b, g, 10)


def loops_twice(n):
    g = count_up(n)
    return sum(g), sum(g), len(list(g))


def round_robin(n):
    queue = deque([count_up(n), count_up(n + 2)])
    out = []
    while queue:
        g = queue.popleft()
        try:
            out.append(next(g))
            queue.append(g)
        except StopIteration:
            pass
    return out


def accumulate_lines(lines):
    it = iter(lines)
    header = next(it)
    total = 0
    for line in it:
        if line.startswith("#"):
            skipped = next(it, None)
            if skipped is None:
                break
            continue
        total += int(line)
    return header, total


def with_fib(n):
    g = fib()
    return [next(g) for _ in range(min(n, 200))]


def fib():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b


def lookahead(xs):
    it = iter(xs)
    prev = next(it, None)
    if prev is None:
        return []
    out = []
    for cur in it:
        out.append((prev, cur))
        prev = cur
    return out


CASES = [
    ("first_two", (5,), {}),
    ("rest_after_first", (4,), {}),
    ("rest_after_first", (0,), {}),
    ("pass_on", (6,), {}),
    ("total_of", ([1, 2],), {}),
    ("take", ([1, 2, 3], 2), {}),
    ("take_from_gen", (10, 3), {}),
    ("pairs_from_iter", ([1, 2, 3],), {}),
    ("pairs_from_iter", ("abcd",), {}),
    ("merge_sorted", ([1, 4, 6], [2, 3, 9]), {}),
    ("flatten", ([1, [2, [3, 4]], 5],), {}),
    ("count_moves", (5,), {}),
    ("all_perms", ([1, 2, 3],), {}),
    ("nth_prime", (20,), {}),
    ("first_primes", (10,), {}),
    ("read_tokens", ("ab c\\ d  e",), {}),
    ("stop_inside", (3,), {}),
    ("two_at_once", (4,), {}),
    ("pipeline", ([1, 2, 3, 4],), {}),
    ("interleave", ([1, 2, 3], [4, 5]), {}),
    ("appending", ([1, 5, 2],), {}),
    ("shared_list", ([4, 1],), {}),
    ("chunked", ([1, 2, 3, 4, 5], 2), {}),
    ("tree_sort", ([5, 2, 8, 1, 9, 3],), {}),
    ("dict_pairs", (["a", 1, "b", 2],), {}),
    ("truthy", (4,), {}),
    ("fails_inside", ([1, 2, 0, 4],), {}),
    ("member", (6,), {}),
    ("unpacked", (5,), {}),
    ("spread", (3,), {}),
    ("joined", (3,), {}),
    ("made", (4,), {}),
    ("zipped", ([1, 2], 5), {}),
    ("zipped_other", ([1, 2], 5), {}),
    ("numbered", (3,), {}),
    ("mapped", (4,), {}),
    ("taken", (7,), {}),
    ("sliced", (9,), {}),
    ("chained", (2,), {}),
    ("kept_in_dict", (2,), {}),
    ("for_else", (5,), {}),
    ("maybe", (3, True), {}),
    ("maybe", (3, False), {}),
    ("either", ([7, 8], True), {}),
    ("either", ([7, 8], False), {}),
    ("reduced", (4,), {}),
    ("loops_twice", (4,), {}),
    ("round_robin", (3,), {}),
    ("accumulate_lines", (["h", "1", "#", "x", "4"],), {}),
    ("with_fib", (30,), {}),
    ("lookahead", ([1, 2, 3],), {}),
    ("lookahead", ("abc",), {}),
]

EDGE = [
    ("first_two", (1,), {}),
    ("first_two", (0,), {}),
    ("nth_prime", (0,), {}),
    ("flatten", ([],), {}),
    ("shared_list", ([],), {}),
    ("chunked", ([1, 2], 0), {}),
    ("chunked", ([1], -1), {}),
    ("tree_sort", ([],), {}),
    ("pairs_from_iter", ([],), {}),
    ("merge_sorted", ([1, None], [2]), {}),
    ("count_moves", (0,), {}),
    ("fails_inside", ([],), {}),
    ("interleave", ([], []), {}),
    ("pairs_from_iter", ({1: 2, 3: 4},), {}),
    ("dict_pairs", ([1, 2, 3],), {}),
    ("take_from_gen", (2**63, 2), {}),
    ("member", (0,), {}),
    ("unpacked", (0,), {}),
    ("with_fib", (120,), {}),
    ("sliced", (1,), {}),
    ("made", (0,), {}),
    ("accumulate_lines", ([],), {}),
    ("accumulate_lines", (["h", "#"],), {}),
    ("lookahead", ([],), {}),
    ("zipped", ([], 3), {}),
    ("zipped_other", ([], 3), {}),
]
