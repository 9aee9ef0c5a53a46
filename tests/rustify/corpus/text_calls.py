"""Methods of texts with texts and numbers as arguments, lists of texts in a row, and floats rounded to digits."""


def shapes(text):
    return (text.strip(), text.lstrip(), text.rstrip(), text.lower(), text.upper(), text.split(), text.splitlines())


def tests(text):
    return (text.isalnum(), text.isalpha(), text.isdigit(), text.isspace(), text.islower(), text.isupper())


def without(text, which):
    return text.strip(which), text.lstrip(which), text.rstrip(which)


def without_dashes(text):
    return text.strip("-"), text.lstrip("-"), text.rstrip("-")


def ends(text, part):
    return text.startswith(part), text.endswith(part)


def comment(line):
    return line.startswith("#") or line.endswith(";")


def parts(text, mark):
    head, mid, tail = text.partition(mark)
    return head, mid, tail


def fields(text, mark):
    return text.split(mark)


def pairs(text):
    out = {}
    for part in text.split("&"):
        key, _, value = part.partition("=")
        out[key] = value
    return out


def swapped(text, old, new):
    return text.replace(old, new)


def quoted(text):
    return '"' + text.replace('"', '""') + '"'


def columns(cells, width):
    out = []
    for cell in cells:
        out.append(str(cell).ljust(width) + "|" + str(cell).rjust(width))
    return out


def row(words, mark):
    return mark.join(words)


def shouted(words):
    out = []
    for word in words:
        out.append(word.upper())
    return ", ".join(out)


def letters(text):
    return "".join([c for c in text if c != "x"])


def spaced(text):
    return " ".join(c for c in text)


def joined_twice(words):
    out = []
    for w in words:
        out.append(w)
    first = "-".join(out)
    out.append("end")
    return first, "+".join(out), out


def lines_of(texts):
    total = 0
    for text in texts:
        if "\n" in text or "é" in text or "," in text:
            total += 1
    return total


def rounded(value, digits):
    return round(value, digits)


def prices(values):
    out = []
    for v in values:
        out.append(round(v, 2))
    return out


def filled(n):
    out = []
    for i in range(n):
        out.append(i / 2)
    return out


def halves(values):
    out = []
    for v in values:
        out.append(v / 2)
    return out


def long_sum(n):
    total = 0
    for i in range(n):
        if i % 3 == 0:
            continue
        if total > 10**10:
            break
        total += i
    return total, i


def last_of(start, stop):
    found = -1
    for i in range(start, stop):
        if i % 70001 == 0:
            found = i
            continue
        if i == 200_000:
            break
    else:
        return "all", found
    return "some", found


def stops_at(n, limit):
    for i in range(n):
        if i * i > limit:
            return i
    return None


TEXTS = [
    "",
    " ",
    "a",
    "  two words \t",
    "\x1c\x1f x\x85",
    "Ab1",
    "ABC",
    "abc",
    "123",
    "----",
    "--a--b-",
    "a=b=c",
    "=",
    "==",
    "line\nnext\r\nlast\x0b",
    "é",
    " é ",
    "Straße İı",
    "٣½",
    "日本 語",
    "a\u2003",
    "😀-x-",
    "\ud800",
    "x" * 40,
]
CASES = [
    *[("shapes", (t,), {}) for t in TEXTS[:12]],
    *[("tests", (t,), {}) for t in TEXTS[:12]],
    ("without", ("abcxcba", "ab"), {}),
    ("without", ("aaa", "a"), {}),
    ("without_dashes", ("--x-y--",), {}),
    ("without_dashes", ("--",), {}),
    ("ends", ("abcab", "ab"), {}),
    ("ends", ("abc", "c"), {}),
    ("comment", ("# note",), {}),
    ("comment", ("x;",), {}),
    ("parts", ("key=value", "="), {}),
    ("parts", ("a::b::c", "::"), {}),
    ("fields", ("a,b,,c", ","), {}),
    ("fields", ("a--b", "--"), {}),
    ("pairs", ("a=1&b=two&c&=&d==",), {}),
    ("swapped", ("banana", "an", "-"), {}),
    ("quoted", ('say "hi"',), {}),
    ("columns", (["a", 12, None, 2.5], 6), {}),
    ("row", (["a", "bc", "def"], ", "), {}),
    ("row", ([], ", "), {}),
    ("shouted", (["a", "bc"],), {}),
    ("letters", ("axbxc",), {}),
    ("spaced", ("abc",), {}),
    ("joined_twice", (["a", "b"],), {}),
    ("lines_of", (["a,b", "a\nb", "é", ""],), {}),
    *[("rounded", (v, d), {}) for v in (2.675, 0.5, 1.005, 1234.5678, -0.125) for d in (0, 1, 2, 3)],
    ("prices", ([0.005, 1.015, 2.5, -3.14159, 1e5 / 3],), {}),
    ("filled", (100,), {}),
    ("filled", (7,), {}),
    ("halves", ([0.5 * i for i in range(60)],), {}),
    ("long_sum", (200_000,), {}),
    ("last_of", (0, 150_000), {}),
    ("last_of", (5, 250_000), {}),
    ("stops_at", (200_000, 10**10), {}),
]
OF_ONE = ("shapes", "tests", "without_dashes", "comment", "quoted", "letters", "spaced")
EDGE = [
    *[(f, (t,), {}) for f in OF_ONE for t in TEXTS],
    *[("without", (t, w), {}) for t in TEXTS for w in ("", "-a", "é", None, "日x")],
    *[("ends", (t, w), {}) for t in TEXTS for w in ("", "a", "é", ("a", ""), "x" * 41)],
    *[("parts", (t, m), {}) for t in TEXTS for m in ("=", "==", "é", "x" * 5, "\n")],
    ("parts", ("abc", ""), {}),
    ("fields", ("abc", ""), {}),
    ("fields", ("abc", None), {}),
    ("fields", ("日-本", "-"), {}),
    ("pairs", ("é=日&b",), {}),
    ("pairs", (5,), {}),
    *[("swapped", (t, o, n), {}) for t in TEXTS for o, n in (("", "-"), ("a", "é"), ("é", "e"), ("-", ""))],
    ("swapped", ("a", "a", 3), {}),
    ("columns", (["é", "日本", ""], 4), {}),
    ("columns", (["a"], -3), {}),
    ("columns", (["a"], 70_000), {}),
    ("columns", (["a"], 2**63), {}),
    ("columns", (["a"], 2**70), {}),
    ("columns", (["a"], 1.5), {}),
    ("row", (["é", "a"], "-"), {}),
    ("row", (["a", "b"], "é"), {}),
    ("row", (["a", 3], "-"), {}),
    ("row", (["a", None], "-"), {}),
    ("row", (("a", "b"), "-"), {}),
    ("row", ("abc", "-"), {}),
    ("row", ({"a": 1}, "-"), {}),
    ("row", (["a"], 3), {}),
    ("row", (["\ud800", "b"], "-"), {}),
    ("row", (["日", "b"], "-"), {}),
    ("shouted", (["ß", "a"],), {}),
    ("shouted", ([],), {}),
    ("joined_twice", ([],), {}),
    ("joined_twice", (["é"],), {}),
    *[
        ("rounded", (v, d), {})
        for v in (
            0.0,
            -0.0,
            -0.001,
            0.045,
            0.145,
            1e-320,
            4503599627370495.5,
            4503599627370496.0,
            45035996273704.955,
            1e22,
            1e300,
            5e-324,
            0.49999999999999994,
            2.5,
            3.5,
            -2.5,
            1e15 + 0.5,
            0.15,
            0.25,
            0.35,
            1.15,
            2.5000000000000004,
            float("inf"),
            float("-inf"),
            float("nan"),
            3,
            True,
            10**20,
        )
        for d in (0, 1, 2, 7, 15, 16, 22, 23, 308, 400, -1, -2, -400)
    ],
    ("rounded", (1.25, None), {}),
    ("rounded", (1.25, 1.0), {}),
    ("rounded", (1.25, True), {}),
    ("rounded", (1.25, 2**70), {}),
    ("prices", ([float("nan"), 1.0],), {}),
    ("prices", ([1, 2.345],), {}),
    ("filled", (0,), {}),
    ("filled", (-5,), {}),
    ("filled", (70_000,), {}),
    ("filled", (8,), {}),
    ("filled", (9,), {}),
    ("filled", (2.5,), {}),
    ("halves", ([],), {}),
    ("halves", ([1.0, None],), {}),
    ("long_sum", (0,), {}),
    ("long_sum", (1,), {}),
    ("long_sum", (65_536,), {}),
    ("long_sum", (65_537,), {}),
    ("long_sum", (131_072,), {}),
    ("last_of", (0, 65_536), {}),
    ("last_of", (-(2**63), -(2**63) + 3), {}),
    ("last_of", (2**63 - 3, 2**63 - 1), {}),
    ("last_of", (2**63 - 3, 2**63 + 1), {}),
    ("last_of", (10, 0), {}),
    ("stops_at", (0, 5), {}),
    ("stops_at", (65_540, 65_536**2 - 1), {}),
    ("stops_at", (65_540, 65_535**2 - 1), {}),
]
