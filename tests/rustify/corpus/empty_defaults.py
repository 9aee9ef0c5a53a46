"""An empty tuple as what a dict does not hold, where only its items or their number are asked for."""

import heapq


def nearest(graph, source):
    found = {source: 0}
    queue = [(0, source)]
    while queue:
        d, u = heapq.heappop(queue)
        for v, w in graph.get(u, ()):
            if d + w < found.get(v, 1e9):
                found[v] = d + w
                heapq.heappush(queue, (d + w, v))
    return found


def degrees(graph, names):
    return [len(graph.get(name, ())) for name in names]


def reached(edges, source):
    following = {}
    for a, b in edges:
        following.setdefault(a, []).append(b)
    seen = [source]
    for u in seen:
        seen.extend(v for v in following.get(u, ()) if v not in seen)
    return seen


def pairs(graph):
    return [(u, v) for u in graph for v in graph.get(u + 1, ())]


def kept(graph, u):
    found = graph.get(u, ())
    total = 0
    for v in found:
        total += v
    return found, total


def grown(graph, u):
    total = 0
    for v in graph.get(u, ()):
        total += v
        if total < 10:
            graph[u].append(v)
    return total


def counted(graph, u):
    return [i * v for i, v in enumerate(graph.get(u, ()))], sum(graph.get(u, ()))


GRAPH = {i: [((i * 7 + 1) % 40, i % 5 + 1), ((i * 3 + 2) % 40, i % 7 + 2)] for i in range(37)}
PLAIN = {i: [(i * 7 + 1) % 40, (i * 3 + 2) % 40] for i in range(37)}
CASES = [
    ("nearest", (GRAPH, 0), {}),
    ("nearest", (GRAPH, 100), {}),
    ("degrees", (PLAIN, list(range(45))), {}),
    ("reached", ([(1, 2), (2, 3), (3, 1), (5, 6)], 1), {}),
    ("reached", ([], 1), {}),
    ("pairs", (PLAIN,), {}),
    ("kept", (PLAIN, 3), {}),
    ("kept", (PLAIN, 99), {}),
    ("grown", (PLAIN, 0), {}),
    ("grown", (PLAIN, 99), {}),
    ("counted", (PLAIN, 3), {}),
    ("counted", (PLAIN, 99), {}),
]
EDGE = [
    ("nearest", ({}, 0), {}),
    ("nearest", ({0: ((1, 2), (3, 4))}, 0), {}),
    ("nearest", ({0: [(1, 2.5)], 1: None}, 0), {}),
    ("nearest", (GRAPH, []), {}),
    ("degrees", ({"a": "xyz"}, ["a", "b"]), {}),
    ("degrees", ({1: 2}, [0, 1]), {}),
    ("pairs", ({0: [1], 1: {2: 3}},), {}),
    ("kept", ({1: (2, 3)}, 1), {}),
    ("kept", ({1: (2, 3)}, 2), {}),
    ("grown", ({1: (2, 3)}, 1), {}),
    ("grown", ({1: [2, 2**70]}, 1), {}),
    ("counted", ({1: "ab"}, 1), {}),
]
