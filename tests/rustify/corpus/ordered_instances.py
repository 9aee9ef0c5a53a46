"""Instances in order: dataclasses, named tuples and classes with `__lt__`, in lists and in heaps."""

import heapq
from dataclasses import dataclass, field
from functools import total_ordering
from typing import NamedTuple


@dataclass(order=True)
class Task:
    priority: float
    name: str = field(compare=False, default="")
    done: bool = field(default=False, compare=False)


class Pair(NamedTuple):
    key: int
    text: str


class Job:
    def __init__(self, weight, name):
        self.weight = weight
        self.name = name

    def __lt__(self, other):
        return self.weight < other.weight


@total_ordering
class Largest:
    def __init__(self, n):
        self.n = n

    def __eq__(self, other):
        return self.n == other.n

    def __lt__(self, other):
        if not isinstance(other, Largest):
            return NotImplemented
        return (self.n, 0) > (other.n, 0) if self.n < 0 else self.n > other.n


class Reversed:
    def __init__(self, n, tag):
        self.n = n
        self.tag = tag

    def __lt__(self, other):
        if not isinstance(other, Reversed):
            return NotImplemented
        return (self.n, -self.tag) > (other.n, -other.tag)


def run_tasks(rows):
    heap = []
    for priority, name in rows:
        heapq.heappush(heap, Task(priority, name))
    order = []
    while heap:
        task = heapq.heappop(heap)
        task.done = True
        order.append((task.name, task.priority))
    return order


def heapified(rows):
    heap = [Job(w, n) for w, n in rows]
    heapq.heapify(heap)
    first = [j.name for j in heap]
    heapq.heappush(heap, Job(0, "zero"))
    return first, [heapq.heappop(heap).name for _ in range(len(heap))]


def largest(numbers):
    heap = []
    for n in numbers:
        heapq.heappush(heap, Largest(n))
    return [heapq.heappop(heap).n for _ in range(len(heap))]


def sorted_tasks(rows):
    tasks = [Task(p, n) for p, n in rows]
    ordered = sorted(tasks)
    back = sorted(tasks, reverse=True)
    return [t.name for t in ordered], [t.name for t in back], min(tasks).name, max(tasks).name


def sorted_pairs(rows):
    pairs = [Pair(k, t) for k, t in rows]
    return sorted(pairs), max(pairs), min(pairs)


def sorted_jobs(rows):
    jobs = [Job(w, n) for w, n in rows]
    jobs.sort()
    first = [j.name for j in jobs]
    jobs.sort(reverse=True)
    return first, [j.name for j in jobs]


def reversed_ones(rows):
    return [(r.n, r.tag) for r in sorted(Reversed(n, t) for n, t in rows)]


def pushed(heap, task):
    heapq.heappush(heap, task)
    return len(heap)


ROWS = [(3, "c"), (1, "a"), (2, "b"), (1, "d"), (3, "e"), (0, "f"), (1, "g")]

CASES = [
    ("run_tasks", (ROWS,), {}),
    ("heapified", (ROWS,), {}),
    ("largest", ([3, 9, 2, 7, 7, 1],), {}),
    ("sorted_tasks", (ROWS,), {}),
    ("sorted_pairs", (ROWS,), {}),
    ("sorted_jobs", (ROWS,), {}),
    ("reversed_ones", ([(1, 2), (1, 1), (3, 0), (2, 2)],), {}),
]
EDGE = [
    ("run_tasks", ([],), {}),
    ("run_tasks", ([(float("nan"), "a"), (1.0, "b"), (2.0, "c")],), {}),
    ("run_tasks", ([(1, "a"), ("x", "b")],), {}),
    ("heapified", ([],), {}),
    ("heapified", ([(1, "a")],), {}),
    ("heapified", ([("b", 1), ("a", 2)],), {}),
    ("largest", ([],), {}),
    ("largest", ([-1, 2, -3],), {}),
    ("sorted_tasks", ([],), {}),
    ("sorted_tasks", ([(float("nan"), "a"), (1.0, "b")],), {}),
    ("sorted_pairs", ([(1, "a"), ("x", "b")],), {}),
    ("sorted_jobs", ([(2**70, "a"), (1, "b")],), {}),
    ("sorted_jobs", ([(None, "a"), (None, "b")],), {}),
    ("reversed_ones", ([],), {}),
]
