"""Counters, dicts with defaults, deques, heaps, sorted lists, iterators that combine."""

import bisect
import functools
import heapq
import itertools
import operator
from collections import Counter, defaultdict, deque
from functools import reduce
from itertools import accumulate, chain, combinations, permutations, product


def dd_int(text):
    d = defaultdict(int)
    for c in text:
        d[c] += 1
    return d


def dd_list(pairs):
    d = defaultdict(list)
    for k, v in pairs:
        d[k].append(v)
    return {k: sum(v) for k, v in d.items()}, len(d), sorted(d), "a" in d


def dd_set(edges):
    g = defaultdict(set)
    for a, b in edges:
        g[a].add(b)
        g[b].add(a)
    return {k: sorted(v) for k, v in g.items()}


def dd_dict(rows):
    d = defaultdict(dict)
    for a, b, c in rows:
        d[a][b] = c
    return dict(d)


def dd_miss(keys):
    d = defaultdict(float)
    s = 0.0
    for k in keys:
        s += d[k]
    return s, d, d.get("zz"), d.pop("a", None)


def counts(words):
    c = Counter(words)
    c["extra"] += 2
    return c["nope"], c.most_common(1), sum(c.values()), c.most_common(), max(c, key=c.get)


def counter_ret(s):
    return Counter(s)


def counter_cmp(a, b):
    return sorted(Counter(a).items()) == sorted(Counter(b).items())


def counter_upd(xs, ys):
    c = Counter()
    for x in xs:
        c[x] += 1
    c.update(ys)
    del c[xs[0]]
    return dict(c), len(c), c.total()


def bfs(graph, start):
    q = deque([start])
    seen = {start}
    order = []
    while q:
        n = q.popleft()
        order.append(n)
        for m in graph[n]:
            if m not in seen:
                seen.add(m)
                q.append(m)
    return order


def window(xs, k):
    win = deque(maxlen=k)
    out = []
    for x in xs:
        win.append(x)
        out.append(sum(win) / len(win))
    return out, win


def rot(xs, n):
    d = deque(xs)
    d.rotate(n)
    d.appendleft(xs[0])
    d.extend([1, 2])
    d.extendleft([3, 4])
    return list(d), d[0], d[-1], d.pop(), d.count(1), bool(d)


def mutate_dq(d, x):
    d.append(x)
    return 10 // x


def dijkstra(graph, start):
    dist = {start: 0}
    heap = [(0, start)]
    while heap:
        d, u = heapq.heappop(heap)
        if d > dist.get(u, float("inf")):
            continue
        for v, w in graph.get(u, []):
            nd = d + w
            if nd < dist.get(v, float("inf")):
                dist[v] = nd
                heapq.heappush(heap, (nd, v))
    return dist


def heapsort(xs):
    h = list(xs)
    heapq.heapify(h)
    snap = list(h)
    return [heapq.heappop(h) for _ in range(len(h))], snap


def top(xs, k):
    return heapq.nlargest(k, xs), heapq.nsmallest(k, xs)


def runmed(xs):
    lo, hi = [], []
    out = []
    for x in xs:
        heapq.heappush(hi, -heapq.heappushpop(lo, -x))
        if len(lo) < len(hi):
            heapq.heappush(lo, -heapq.heappop(hi))
        out.append(-lo[0])
    return out


def lis(xs):
    tails = []
    for x in xs:
        k = bisect.bisect_left(tails, x)
        if k == len(tails):
            tails.append(x)
        else:
            tails[k] = x
    return len(tails)


def grades(scores, cuts, letters):
    return [letters[bisect.bisect(cuts, s)] for s in scores]


def ins(xs, x):
    ys = sorted(xs)
    bisect.insort(ys, x)
    return ys, bisect.bisect_right(ys, x), bisect.bisect_left(ys, x, 1)


def prod_all(xs):
    return reduce(lambda a, b: a * b, xs, 1), functools.reduce(operator.add, xs)


def its(xs, ys):
    return (
        list(accumulate(xs)),
        [a + b for a, b in combinations(xs, 2)],
        list(chain(xs, ys)),
        sum(a * b for a, b in product(xs, ys)),
        [p for p in permutations(xs)],
        list(itertools.islice(itertools.count(3), 4)),
        list(chain.from_iterable([xs, ys])),
        list(itertools.pairwise(xs)),
        list(itertools.zip_longest(xs, ys)),
        list(product(xs, repeat=2)),
        list(itertools.repeat(xs[0], 2)),
    )


def pairs_sum(xs, target):
    return [(a, b) for a, b in combinations(xs, 2) if a + b == target]


def getters(rows):
    return sorted(rows, key=operator.itemgetter(1)), max(rows, key=operator.itemgetter(0, 1))


def anagrams(words):
    groups = defaultdict(list)
    for w in words:
        groups["".join(sorted(w))].append(w)
    return list(groups.values())


def topk(words, k):
    return [w for w, _ in sorted(Counter(words).items(), key=lambda kv: (-kv[1], kv[0]))[:k]]


def nested_dd(rows):
    d = defaultdict(lambda: 0)
    for r in rows:
        d[r] += 1
    return dict(d)


G = {1: [2, 3], 2: [4], 3: [4], 4: []}
W = {"a": [("b", 1), ("c", 4)], "b": [("c", 2)], "c": []}


CASES = [
    ("dd_int", ("hello",), {}),
    ("dd_list", ([("a", 1), ("b", 2), ("a", 3)],), {}),
    ("dd_set", ([(1, 2), (2, 3)],), {}),
    ("dd_dict", ([("a", "b", 1), ("a", "c", 2)],), {}),
    ("dd_miss", (["a", "b", "a"],), {}),
    ("counts", (["a", "b", "a"],), {}),
    ("counter_ret", ("hello",), {}),
    ("counter_cmp", ("abc", "cab"), {}),
    ("counter_upd", ([1, 2, 2], [2, 3]), {}),
    ("bfs", (G, 1), {}),
    ("window", ([1.0, 2.0, 3.0], 2), {}),
    ("rot", ([1, 2, 3], 1), {}),
    ("mutate_dq", (deque([1]), 2), {}),
    ("dijkstra", (W, "a"), {}),
    ("heapsort", ([5, 3, 8, 1, 9, 2],), {}),
    ("top", ([3, 1, 2], 2), {}),
    ("runmed", ([5, 1, 3, 2, 4],), {}),
    ("lis", ([3, 1, 4, 1, 5, 9, 2, 6],), {}),
    ("grades", ([33, 99, 77], [60, 70, 80, 90], "FDCBA"), {}),
    ("ins", ([3, 1, 2], 2), {}),
    ("prod_all", ([1, 2, 3],), {}),
    ("its", ([1, 2, 3], [4, 5]), {}),
    ("pairs_sum", ([1, 2, 3, 4], 5), {}),
    ("getters", ([(1, 3), (2, 1)],), {}),
    ("anagrams", (["eat", "tea", "tan"],), {}),
    ("topk", (["a", "b", "a"], 1), {}),
    ("nested_dd", ([1, 1],), {}),
]

EDGE = [
    ("dd_int", ([1, True, 1.0, "a", None],), {}),
    ("dd_int", ([[1]],), {}),
    ("dd_list", ([],), {}),
    ("dd_set", ([(1, [2])],), {}),
    ("counts", ([],), {}),
    ("counts", ([[]],), {}),
    ("counter_ret", ([1, 1.5, None],), {}),
    ("counter_upd", ([], [1]), {}),
    ("bfs", (G, 9), {}),
    ("bfs", ({1: [1]}, 1), {}),
    ("window", ([], 0), {}),
    ("window", ([1, 2], 2), {}),
    ("window", ([1.0], -1), {}),
    ("rot", ([], 1), {}),
    ("rot", ([1], 100), {}),
    ("mutate_dq", (deque([1]), 0), {}),
    ("mutate_dq", (deque([1], maxlen=1), 0), {}),
    ("dijkstra", ({"a": [("b", float("nan"))]}, "a"), {}),
    ("heapsort", ([],), {}),
    ("heapsort", (["b", "a"],), {}),
    ("heapsort", ([1, "a"],), {}),
    ("heapsort", ([1.5, float("nan"), 0.5, 2],), {}),
    ("top", ([], 2), {}),
    ("top", ([1, 2], -1), {}),
    ("top", ([1.0, float("nan")], 1), {}),
    ("runmed", ([1.5, 2],), {}),
    ("lis", (["b", "a"],), {}),
    ("lis", ([1, "a"],), {}),
    ("grades", ([100.5], [1, 2], "abc"), {}),
    ("grades", ([5], [1, 2], "ab"), {}),
    ("ins", ([], 1), {}),
    ("prod_all", ([],), {}),
    ("its", ([], []), {}),
    ("its", (["a"], [1]), {}),
    ("pairs_sum", ("abc", "ab"), {}),
    ("getters", ([(1,)],), {}),
    ("topk", ([], 2), {}),
    ("topk", (["a"], None), {}),
    ("top", ([(1, "a"), (1, "b"), (0, "z")], 2), {}),
    ("heapsort", ([(2, "b"), (2, "a"), (1, "z"), (2, "a")],), {}),
]
