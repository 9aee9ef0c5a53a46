"""Lists that grow in a loop right after they were made, under one name or more, and loops left half way."""


def table(a, b):
    previous = list(range(len(b) + 1))
    for i in range(1, len(a) + 1):
        current = [i]
        for j in range(1, len(b) + 1):
            cost = 0 if a[i - 1] == b[j - 1] else 1
            current.append(min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + cost))
        previous = current
    return previous


def two_names(n):
    first = [1]
    second = first
    for i in range(n):
        first.append(second[i] + i)
    return first, second is first, len(second)


def old_and_new(n):
    kept = []
    new = [0.5]
    for i in range(n):
        old = new
        new = [float(i)]
        for j in range(i):
            new.append(old[j % len(old)] + 1.0)
            if len(new) > 6:
                break
        kept.append(new)
    return kept


def same_again(n):
    """The list from the turn before is the one that grows."""
    new = [1]
    out = [0]
    for i in range(n):
        old = new
        if i % 3 == 0:
            new = [i]
        for j in range(3):
            new.append(old[j % len(old)] + 1)
        out.append(len(new))
    return out


def leave_early(n, limit):
    out = []
    for i in range(n):
        row = []
        for j in range(n):
            row.append(i * j)
            if i * j > limit:
                return out, row
        out.append(len(row))
    return out, None


def next_outer(n):
    total = []
    for i in range(n):
        row = [0]
        for j in range(n):
            row.append(row[-1] + j)
            if row[-1] > 7:
                continue
            if i + j > 9:
                break
        else:
            total.append(sum(row))
            continue
        total.append(-len(row))
    return total


def to_outer(n):
    rows = 0
    while True:
        row = [1]
        for j in range(n):
            row.append(j)
            rows += row[-2]
            if rows > 40:
                return rows, row
        if n == 0:
            break
    return rows, row


def stack(text):
    depth = []
    out = []
    for i in range(len(text)):
        if text[i] == "(":
            depth.append(i)
        elif text[i] == ")":
            out.append(i - depth.pop())
    return out, depth


def caught(n, by):
    out = []
    try:
        for i in range(n):
            out.append(100 // (by - i))
    except ZeroDivisionError:
        out.append(-1)
    return out


def failing(n):
    out = []
    for i in range(n):
        out.append(out[i - 2] + 1.0 if i > 3 else float(i))
        out[0] = out[-1]
        out[i // 2] = 0.5
    return out


def outside(n):
    out = [1]
    for i in range(n):
        out.append(out[i + 1])
    return out


def while_growing(n):
    out = [1, 1]
    while len(out) < n:
        out.append(out[-1] + out[-2])
    return out


def own_length(n):
    out = [1, 2, 3]
    for i in range(len(out)):
        out.append(out[i] * n)
    for i in range(n - len(out)):
        out.append(i)
    return out


def walks_itself(n):
    out = [1]
    for x in out:
        if len(out) < n:
            out.append(x + 1)
    return out


def large(n):
    out = [1]
    for i in range(n):
        out.append(out[-1] * 7)
    return out


def flags(text):
    seen = []
    for c in text:
        seen.append(c in "aeiou")
    letters = []
    for i in range(len(text)):
        letters.append(text[-i - 1])
        text = text[:]
    return seen, letters


def added_text(text, n):
    out = []
    for i in range(n):
        text += "x"
        out.append(text[i])
    return out, text


def in_function(n):
    out = []

    def add(i):
        out.append(i)
        return len(out)

    total = 0
    for i in range(n):
        total += add(i)
        out.append(-1)
    return out, total


CASES = [
    ("table", ("kitten", "sitting"), {}),
    ("two_names", (5,), {}),
    ("old_and_new", (12,), {}),
    ("same_again", (9,), {}),
    ("leave_early", (6, 100), {}),
    ("leave_early", (6, 9), {}),
    ("next_outer", (9,), {}),
    ("to_outer", (5,), {}),
    ("stack", ("a(b(c)d)e",), {}),
    ("caught", (5, 9), {}),
    ("failing", (9,), {}),
    ("outside", (0,), {}),
    ("while_growing", (12,), {}),
    ("own_length", (9,), {}),
    ("walks_itself", (7,), {}),
    ("large", (9,), {}),
    ("flags", ("some words",), {}),
    ("added_text", ("ab", 4), {}),
    ("in_function", (4,), {}),
]
EDGE = [
    ("table", ("", ""), {}),
    ("table", ("a", ""), {}),
    ("table", ("äé€", "€é\U0001f600ä"), {}),
    ("table", ("\U0001f600" * 5, "a\U0001f600"), {}),
    ("table", ([1, 2], [2, 1]), {}),
    ("two_names", (0,), {}),
    ("old_and_new", (0,), {}),
    ("same_again", (1,), {}),
    ("leave_early", (0, 0), {}),
    ("leave_early", (3, -1), {}),
    ("next_outer", (20,), {}),
    ("to_outer", (0,), {}),
    ("stack", (")",), {}),
    ("stack", ("((",), {}),
    ("caught", (9, 4), {}),
    ("caught", (9, 2**70), {}),
    ("failing", (0,), {}),
    ("outside", (1,), {}),
    ("while_growing", (0,), {}),
    ("while_growing", (200,), {}),
    ("own_length", (2,), {}),
    ("walks_itself", (0,), {}),
    ("large", (60,), {}),
    ("flags", ("",), {}),
    ("flags", ("€é\U0001f600a",), {}),
    ("flags", (["a"],), {}),
    ("added_text", ("", 3), {}),
    ("added_text", ("€", 3), {}),
    ("in_function", (0,), {}),
]
