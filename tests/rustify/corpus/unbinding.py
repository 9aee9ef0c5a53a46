"""Variables that lose their value in one turn of a loop and are read in the next."""


def deleted_in_loop(n):
    x = 1
    out = []
    for i in range(n):
        out.append(x)
        if i == 1:
            del x
    return out


def handled_name(n):
    e = 7
    k = 0
    for i in range(n):
        k = e + i
        try:
            k //= i - 1
        except ZeroDivisionError as e:
            k = 0
    return k


def lost_after_loop(values):
    last = None
    for v in values:
        if v < 0:
            del last
        else:
            last = v
    return last


def lost_in_while(n):
    total = 0
    step = 2
    while n > 0:
        total += step
        n -= 1
        if n == 3:
            del step
    return total


def set_again(values):
    out = []
    text = ""
    for v in values:
        text += str(v)
        if len(text) > 3:
            out.append(text)
            del text
            text = "-"
    return out, text


CASES = [
    ("deleted_in_loop", (2,), {}),
    ("handled_name", (1,), {}),
    ("lost_after_loop", ([1, 2, 3],), {}),
    ("lost_in_while", (3,), {}),
    ("set_again", ([1, 22, 333, 4444],), {}),
]
EDGE = [
    ("deleted_in_loop", (5,), {}),
    ("deleted_in_loop", (0,), {}),
    ("handled_name", (4,), {}),
    ("handled_name", (2,), {}),
    ("lost_after_loop", ([1, -2],), {}),
    ("lost_after_loop", ([1, -2, 3],), {}),
    ("lost_after_loop", ([-1, -2],), {}),
    ("lost_in_while", (5,), {}),
    ("lost_in_while", (4,), {}),
    ("set_again", ([],), {}),
]
