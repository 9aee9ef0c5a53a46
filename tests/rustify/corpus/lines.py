# ruff: noqa: E501, F503, F506, F507, F523, UP030
"""f-strings of numbers and texts in all forms that Rust writes itself, beside those that it leaves to Python."""


def ints(n):
    return (
        f"{n}|{n:d}|{n:5}|{n:<5}|{n:^6}|{n:05}|{n:+}|{n: }|{n:+06d}|{n:,}|{n:_d}|{n:*>12,}|"
        f"{n:x}|{n:X}|{n:#x}|{n:#06x}|{n:o}|{n:#o}|{n:b}|{n:#010b}|{n:=+8}|{n!r}|{n!s}|{n=}|{n=:03}"
    )


def ints_left(n):
    return f"{n:08,d}|{n:<08}|{n:_x}|{n:n}|{n!r:>9}|{n!s:<9}|{n:c}" if 0 <= n < 1000 else f"{n:08,d}|{n:n}"


def ints_as_floats(n):
    return f"{n:.2f}|{n:8.1f}|{n:e}|{n:g}|{n:.1%}|{n:+,.0f}"


def floats(x):
    return (
        f"{x}|{x:.3f}|{x:f}|{x:F}|{x:e}|{x:.2E}|{x:g}|{x:.3G}|{x:%}|{x:.1%}|{x:10.2f}|{x:<10.2f}|{x:^11.1f}|"
        f"{x:010.2f}|{x:+.1f}|{x: .1f}|{x:,.2f}|{x:_.1f}|{x:,}|{x:12}|{x:*^14}|{x:=+12.3f}|{x:.0f}|{x!r}|{x!s}|{x=}"
    )


def floats_left(x):
    return f"{x:.3}|{x:#.0f}|{x:012,.1f}|{x:n}|{x!r:>12}|{x:<012.1f}"


def texts(s):
    return f"{s}|{s:s}|{s:8}|{s:>8}|{s:^9}|{s:*<7s}|{s:.2}|{s!r}|{s!s:>6}|{s!a}|{s=}|{s!r:>8}"


def letters(s):
    out = []
    for c in s:
        out.append(f"<{c}:{c:>3}{c!r}>")
    return "".join(out)


def flags(b):
    return f"{b} {b!r} {b:d} {b:5} {b=}"


def widths(x, n, w, p):
    return f"{x:{w}.{p}f}|{n:{w}}|{n:>{w}}|{{}}{{{n}}}"


def padded(s, n, x, w):
    return f"[{s:>{w}}][{s:*^{w}}][{n:0{w}}][{n:<{w},}][{x:{w}.1f}][{x:+{w}}][{n:{w}.2f}][{s!s:{w}}][{s!r:{w}}][{n:{w}{w}}]"


def padded_simply(s, n, x, w):
    return f"[{s:>{w}}][{s:*^{w}}][{n:0{w}}][{n:<{w},}][{x:{w}.1f}][{x:+{w}}][{n:{w}.2f}][{s!s:{w}}]"


def percents(s, n, x):
    return (
        "%s|%5s|%-5s|%d|%5d|%-5d|%05d|%+d|% d|%x|%#X|%o|%%" % (s, s, s, n, n, n, n, n, n, n, n, n)
        + "%f|%.2f|%8.3f|%-8.1f|%08.2f|%e|%G|%r|%s|%.f|%.1f" % (x, x, x, x, x, x, x, x, x, x, n)
        + "%s of %s" % (n, x)
        + "%s!" % s
        + "%d" % n
    )


def percents_left(s, n, x):
    return "%.2s|%d|%5r|%(a)s" % {"a": s} if n < 0 else "%.2s|%d|%r|%5.3d|%c" % (s, x, s, n, 65)


def braces(s, n, x):
    return (
        "{} {} {}".format(s, n, x)
        + "{0:>5}|{1:03}|{2:.2f}{{}}".format(s, n, x)
        + "{!r}".format(n)
        + "é{:,}€".format(n)
        + "".format()
    )


def braces_left(s, n, x):
    return "{1} {0} {0!r:>5} {a} {2:{w}}".format(s, n, x, a=n, w=9) + "{} {}".format(s, n, x)


def too_few(n):
    return "%d %d" % (n,)


def objects(v):
    return f"{v}|{v!r}|{None}|{(1, 'a')}|{[v]!r:>12}"


def nothing():
    return "", f"{''}", f"a{''}b", f"x{'y'}z\n\t\"'\\"


def accents(s, n):
    return f"é{n}€{s}\U0001f600{n:>4}\x00\x7f"


def rows(names, values):
    out = []
    total = 0.0
    for i, (name, value) in enumerate(zip(names, values)):
        out.append(f"{i:>3} {name:<10} {value:10.3f} {value / 3:8.2%}")
        total += value
    out.append(f"{'total':<14} {total:10.3f}")
    return "\n".join(out)


def in_order(items):
    return f"{items.pop()}{items.pop():>3}{len(items)}"


def caught(items):
    try:
        return f"{items[0]} {items[1] // items[0]} {items[5]}"
    except (ZeroDivisionError, IndexError) as error:
        return f"no: {error}"


def names(n):
    """`str` of numbers."""
    return [str(i) + str(i / 4) for i in range(n)], str(n), str(-n / 3.0)


CASES = [
    ("ints", (42,), {}),
    ("ints", (-1234567,), {}),
    ("ints_left", (65,), {}),
    ("ints_as_floats", (1234,), {}),
    ("floats", (3.14159,), {}),
    ("floats", (-1234567.891,), {}),
    ("floats_left", (2.5,), {}),
    ("texts", ("word",), {}),
    ("letters", ("abc",), {}),
    ("flags", (True,), {}),
    ("widths", (2.5, 7, 9, 3), {}),
    ("padded", ("ab", 7, 2.5, 6), {}),
    ("padded_simply", ("ab", 7, 2.5, 6), {}),
    ("percents", ("ab", 7, 2.5), {}),
    ("percents_left", ("ab", 7, 2.5), {}),
    ("braces", ("ab", 7, 2.5), {}),
    ("braces_left", ("ab", 7, 2.5), {}),
    ("objects", ("text",), {}),
    ("nothing", (), {}),
    ("accents", ("ß", 5), {}),
    ("rows", (["first", "second", "third"], [1.5, 22.75, -3.25]), {}),
    ("in_order", ([1, 2, 3],), {}),
    ("caught", ([2, 9, 1, 1, 1, 7],), {}),
    ("names", (6,), {}),
]
EDGE = [
    *(("ints", (n,), {}) for n in (0, -1, 999, 1000, -999999, 2**31, 2**63 - 1, -(2**63), 2**63, -(2**64), 2**100)),
    *(("ints", (n,), {}) for n in (True, 1.5, "a", None)),
    *(("ints_left", (n,), {}) for n in (0, -5, 10**6)),
    *(("ints_as_floats", (n,), {}) for n in (0, -1, 2**53 + 1, 2**63 - 1, -(2**63), 2**100, 10**400)),
    *(("floats", (x,), {}) for x in (0.0, -0.0, 1e16, 1e15, 123456789.0, 1e-5, 5e-324, 1.7e308, 0.5, 2.5, -999.995)),
    *(("floats", (x,), {}) for x in (float("inf"), float("-inf"), float("nan"), 1, True)),
    *(("floats_left", (x,), {}) for x in (0.0, -1e300, float("nan"))),
    *(("texts", (s,), {}) for s in ("", "é", "€uro", "\U0001f600", "a long text of many words", "q'\"", 5, b"x")),
    ("letters", ("é€\U0001f600'\"\\",), {}),
    ("flags", (False,), {}),
    ("flags", (1,), {}),
    ("widths", (2.5, 7, 0, 0), {}),
    ("widths", (2.5, 7, -1, 3), {}),
    ("widths", (2.5, 7, 3, -1), {}),
    *(("padded", ("é", -7, -2.5, w), {}) for w in (0, 1, -1, 40)),
    *(("padded_simply", ("é", -7, -2.5, w), {}) for w in (0, 1, -1, 40, 5000, True, 2**70)),
    ("padded_simply", ("", 2**70, float("inf"), 9), {}),
    ("percents", ("é€", -7, -0.0), {}),
    ("percents", ("", 2**70, float("nan")), {}),
    ("percents", (("a", "b"), 7, 2.5), {}),
    ("percents", ("a", 7.5, 2), {}),
    ("percents", (None, True, 1), {}),
    ("percents_left", ("ab", -7, 2.5), {}),
    ("braces", ("", -(2**70), float("inf")), {}),
    ("braces", ([1], 7, 2.5), {}),
    ("too_few", (1,), {}),
    ("objects", (None,), {}),
    ("objects", ([1, {2: "x"}],), {}),
    ("accents", ("", -5), {}),
    ("accents", ("plain", 10**20), {}),
    ("rows", ([], []), {}),
    ("rows", (["a"], [float("inf")]), {}),
    ("rows", (["a"], [1]), {}),
    ("in_order", ([1],), {}),
    ("in_order", (["é", 1.5],), {}),
    ("caught", ([0, 1],), {}),
    ("caught", ([1, 1],), {}),
    ("names", (0,), {}),
]
