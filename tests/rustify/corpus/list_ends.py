"""Lists of the caller that become longer and shorter at their ends, and are put back where a function is left."""


class Stack:
    def __init__(self, items):
        self.items = items
        self.most = 0

    def push(self, item):
        self.items.append(item)
        if len(self.items) > self.most:
            self.most = len(self.items)

    def pop(self):
        return self.items.pop()


def push_then_divide(values, item, by):
    values.append(item)
    return item // by


def see_saw(values, steps, by):
    for i in range(steps):
        values.append(i)
        values.pop()
        values.pop()
        values.append(i // by)
    return len(values)


def drain(values, by):
    total = 0
    while values:
        total += values.pop() // by
    return total


def write_between(values, by):
    values.append(1)
    values[0] = 9
    values.pop()
    values.pop()
    values.append(7)
    values.insert(0, 3)
    return values[0] // by


def two_names(a, b, by):
    a.append(1)
    b.pop()
    b.append(2)
    a.append(3)
    return len(b) // by


def use_stack(stack, n):
    for i in range(n):
        stack.push(i)
    total = 0
    for _ in range(n):
        total += stack.pop()
    return total, stack.most


_SHARED = [4, 5, 6]
_LONG = list(range(300))

CASES = [
    ("push_then_divide", ([1, 2], 6, 2), {}),
    ("see_saw", ([1, 2, 3], 4, 1), {}),
    ("drain", ([8, 6, 4], 2), {}),
    ("write_between", ([1, 2, 3], 1), {}),
    ("two_names", ([1, 2], [3, 4], 1), {}),
    ("use_stack", (Stack([1]), 5), {}),
    ("Stack.push", (Stack([1, 2]), 3), {}),
    ("Stack.pop", (Stack([1, 2]),), {}),
]

EDGE = [
    ("push_then_divide", ([1, 2], 6, 0), {}),
    ("push_then_divide", ([], 2**63 - 1, -1), {}),
    ("push_then_divide", ([1], -(2**63), -1), {}),
    ("push_then_divide", ([1], 6, "a"), {}),
    ("see_saw", ([1, 2, 3], 4, 0), {}),
    ("see_saw", ([1], 4, 1), {}),
    ("see_saw", ([], 4, 1), {}),
    ("see_saw", (_LONG, 250, 1), {}),
    ("see_saw", (_LONG, 400, 1), {}),
    ("see_saw", (["a", "b", "c"], 1, 1), {}),
    ("drain", ([8, 6, 4], 0), {}),
    ("drain", ([8, "6", 4], 2), {}),
    ("drain", (["8", 6, 4], 2), {}),
    ("drain", (_LONG, 1), {}),
    ("drain", (["a", *_LONG], 1), {}),
    ("drain", ([2**70, 4], 2), {}),
    ("write_between", ([1, 2, 3], 0), {}),
    ("write_between", ([], 1), {}),
    ("write_between", ([], 0), {}),
    ("write_between", (["a"], 1), {}),
    ("two_names", (_SHARED, _SHARED, 1), {}),
    ("two_names", (_SHARED, _SHARED, 0), {}),
    ("two_names", ([1], [], 1), {}),
    ("use_stack", (Stack([]), 0), {}),
    ("use_stack", (Stack(["a"]), 2), {}),
    ("use_stack", (Stack(None), 2), {}),
    ("Stack.pop", (Stack([]),), {}),
    ("Stack.push", (Stack(_SHARED), None), {}),
]
