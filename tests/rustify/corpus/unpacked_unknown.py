"""Values of unknown kind unpacked into names."""


def pairs(items):
    out = []
    for x in items:
        a, b = x
        out.append((b, a))
    return out


def three(x):
    a, (b, c), d = x
    return d, c, b, a


def caught(x):
    try:
        a, b = x
    except (ValueError, TypeError) as e:
        return type(e).__name__, str(e)
    return a, b


def stepped(code, env):
    pc = 0
    stack = []
    while pc < len(code):
        op, arg = code[pc]
        pc += 1
        if op == 0:
            stack.append(arg)
        elif op == 1:
            stack.append(env[arg])
        else:
            b = stack.pop()
            a = stack.pop()
            stack.append(a + b if arg == "+" else a * b)
    return stack


def one(x):
    (a,) = x
    [b] = x
    return a, b


def swapped(rows):
    for r in rows:
        r[0], r[1] = r
    return rows


if __name__ == "__main__":
    for _ in range(300):
        pairs([(1, "a"), [2.5, None], "xy"])
        three((1, ("a", 2.5), None))
        three(("z", [1, 2], 3))
        caught((1, 2))
        caught("ab")
        caught(3)
        stepped([(0, 3), (1, "x"), (2, "+")], {"x": 4})
        one([1])
        one("a")
        swapped([[1, 2], ["a", 3]])

NAN = float("nan")
CASES = [
    ("pairs", ([], ), {}), ("pairs", ([{1: 2, 3: 4}], ), {}), ("pairs", ([range(2), b"ab", (NAN, NAN)], ), {}),
    ("three", (["q", "rs", 1], ), {}), ("caught", ((1, 2, 3), ), {}), ("caught", ([1], ), {}), ("caught", ("", ), {}),
    ("caught", (None, ), {}), ("caught", ({1, 2}, ), {}), ("caught", (range(5), ), {}), ("caught", (2.5, ), {}),
    ("stepped", ([(0, "a"), (0, "b"), (2, "+")], {}), {}), ("stepped", ([[0, 1], (0, 2), (2, "*")], {}), {}),
    ("one", ((NAN, ), ), {}), ("one", ({"k": 1}, ), {}), ("swapped", ([], ), {}), ("swapped", ([[NAN, 1]], ), {}),
]
EDGE = [
    ("pairs", ([(1, 2, 3)], ), {}), ("pairs", ([5], ), {}), ("pairs", ("ab", ), {}),
    ("pairs", ([iter([1, 2])], ), {}),
    ("pairs", ([(i for i in range(2)) and [1, 2]], ), {}), ("three", ((1, 2, 3), ), {}),
    ("three", ((1, (2, 3)), ), {}),
    ("caught", ([1, 2, 3], ), {}), ("caught", ({1: 2}, ), {}), ("caught", (frozenset(), ), {}), ("one", ([], ), {}),
    ("one", ([1, 2], ), {}), ("swapped", ([(1, 2)], ), {}), ("swapped", ([[1, 2, 3]], ), {}),
    ("stepped", ([(0, )], {}), {}),
    ("stepped", ([(1, "q")], {}), {}), ("stepped", ([(2, "+")], {}), {}), ("stepped", ([(0, 1, 2)], {}), {}),
]
