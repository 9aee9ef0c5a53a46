"""Patterns of match, names of the module that change, arguments that are spread."""

from dataclasses import dataclass

COUNT = 0
TOTAL = 1.5
NAMES = []
LAST = None


@dataclass
class P:
    x: int
    y: int = 0


class Q:
    def __init__(self, a):
        self.a = a


def bump(k):
    global COUNT
    COUNT += k
    return COUNT


def setall(v):
    global TOTAL, LAST
    TOTAL = TOTAL * v
    LAST = v
    return TOTAL, LAST


def bump_fail(k):
    global COUNT
    COUNT += 1
    return 10 // k


def read_count():
    return COUNT + 1


def match_cmd(cmd):
    match cmd.split():
        case ["go", direction]:
            return f"going {direction}"
        case ["pick", item, *rest]:
            return item + "+" + str(len(rest))
        case ["quit" | "exit"]:
            return "bye"
        case []:
            return "empty"
        case _:
            return "?"


def match_value(x):
    match x:
        case 0:
            return "zero"
        case 1 | 2 | 3:
            return "small"
        case int() if x < 0:
            return "negative"
        case int(n):
            return f"int {n}"
        case str(s):
            return "str " + s
        case (a, b):
            return f"pair {a} {b}"
        case {"k": v}:
            return f"map {v}"
        case None:
            return "none"
        case True:
            return "true"
        case _:
            return "other"


def match_loop(xs):
    out = []
    for x in xs:
        match x:
            case 0:
                continue
            case n if n > 5:
                break
            case 1 | 2:
                out.append("low")
            case _:
                out.append(x)
        out.append("-")
    return out


def match_class(p):
    match p:
        case P(x=0, y=0):
            return "origin"
        case P(0, y):
            return f"y {y}"
        case P(x, y) if x == y:
            return "diag"
        case P(x=x):
            return f"x {x}"
        case Q(a=[first, *_]):
            return first
    return None


def match_nested(d):
    match d:
        case {"type": "circle", "r": r}:
            return 3 * r * r
        case {"type": "rect", "size": [w, h]}:
            return w * h
        case {"type": t}:
            return t
    return -1


def match_tuple(t):
    match t:
        case (0, _):
            return 0
        case (a, (b, c)) as whole:
            return a + b + c, whole


def varargs(*args, **kwargs):
    return len(args) + sum(kwargs.values())


def call_var(a, b):
    return varargs(a, b, x=1, y=2) + varargs() + varargs(*[a, b]) if False else varargs(a, b, x=1, y=2) + varargs()


def mean3(a, b, c=0.0):
    return (a + b + c) / 3


def spread(xs):
    return mean3(*xs)


def spread2(t):
    return mean3(*t), mean3(1.0, *t)


def first(head, *rest, sep="-"):
    return str(head) + sep + sep.join(str(r) for r in rest)


def use_first(x):
    return first(x, 1, 2, sep="+"), first(x)


def total(*nums, scale=1):
    return sum(nums) * scale


def use_total(a, b):
    return total(a, b, 3), total(a, scale=2), total(*(a, b))


CASES = [
    ("bump", (3,), {}),
    ("bump", (4,), {}),
    ("setall", (2.0,), {}),
    ("read_count", (), {}),
    ("bump_fail", (2,), {}),
    ("match_cmd", ("go north",), {}),
    ("match_cmd", ("pick a b c",), {}),
    ("match_cmd", ("quit",), {}),
    ("match_cmd", ("zzz",), {}),
    ("match_cmd", ("",), {}),
    ("match_value", (0,), {}),
    ("match_value", (2,), {}),
    ("match_value", (-5,), {}),
    ("match_value", ("a",), {}),
    ("match_value", ((1, 2),), {}),
    ("match_value", ({"k": 5},), {}),
    ("match_value", (None,), {}),
    ("match_value", (100,), {}),
    ("match_loop", ([0, 1, 3, 9, 4],), {}),
    ("match_class", (P(0, 0),), {}),
    ("match_class", (P(0, 1),), {}),
    ("match_class", (P(2, 2),), {}),
    ("match_class", (P(2, 3),), {}),
    ("match_class", (Q([5, 6]),), {}),
    ("match_nested", ({"type": "circle", "r": 2},), {}),
    ("match_nested", ({"type": "rect", "size": [2, 3]},), {}),
    ("match_tuple", ((1, (2, 3)),), {}),
    ("varargs", (1, 2), {}),
    ("call_var", (1, 2), {}),
    ("spread", ([1.0, 2.0, 3.0],), {}),
    ("spread2", ((1.0, 2.0),), {}),
    ("use_first", (5,), {}),
    ("use_total", (1, 2), {}),
    ("first", (1, 2, 3), {}),
]

EDGE = [
    ("bump_fail", (0,), {}),
    ("read_count", (), {}),
    ("bump", ("a",), {}),
    ("read_count", (), {}),
    ("setall", (None,), {}),
    ("match_value", (True,), {}),
    ("match_value", (False,), {}),
    ("match_value", (5.0,), {}),
    ("match_value", (1.0,), {}),
    ("match_value", ([1, 2],), {}),
    ("match_value", ({},), {}),
    ("match_value", ({"k": None},), {}),
    ("match_value", (b"ab",), {}),
    ("match_value", ("ab",), {}),
    ("match_value", (range(2),), {}),
    ("match_loop", (["a"],), {}),
    ("match_class", (5,), {}),
    ("match_class", (Q([]),), {}),
    ("match_class", (Q("ab"),), {}),
    ("match_nested", ({},), {}),
    ("match_nested", ({"type": "rect", "size": (2, 3)},), {}),
    ("match_nested", ({"type": "rect", "size": "ab"},), {}),
    ("match_nested", ([],), {}),
    ("match_tuple", ((0, 5),), {}),
    ("match_tuple", ([1, [2, 3]],), {}),
    ("match_tuple", (None,), {}),
    ("spread", ([1.0],), {}),
    ("spread", ([1.0, 2.0],), {}),
    ("spread", ([1, 2, 3, 4],), {}),
    ("spread2", ((1,),), {}),
    ("varargs", (), {}),
    ("varargs", ("a",), {}),
    ("first", (), {}),
    ("use_first", (None,), {}),
    ("match_cmd", (None,), {}),
]
