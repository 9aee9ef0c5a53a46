"""Compiled patterns and their matches, and functions of `re` with patterns that are written down."""

import re

WORD = re.compile(r"[a-z]+")
PAIR = re.compile(r"([a-z]+)=([0-9]+)")
TOKEN = re.compile(r"\s*(?:(\d+\.?\d*)|(.))")


def tokens(text):
    out = []
    for number, op in TOKEN.findall(text):
        if number or op.strip():
            out.append(number or op)
    return out


def words(s):
    return WORD.findall(s), len(WORD.findall(s))


def pairs(s):
    return {k: int(v) for k, v in PAIR.findall(s)}


def first_pair(s):
    m = PAIR.match(s)
    if m is None:
        return None
    return m.group(1), int(m.group(2)), m.groups(), m.start(), m.span(), m[0], m[1]


def found(s):
    m = PAIR.search(s)
    if not m:
        return "none"
    return m.group()


def replaced(s):
    return WORD.sub("-", s), PAIR.sub("x", s, 1), WORD.subn("", s)


def positions(s):
    return [m.start() for m in WORD.finditer(s)], [(m.group(1), m.end()) for m in re.finditer(r"(\d+)", s)]


def module_functions(s):
    a = re.findall(r"[a-z]+", s)
    b = re.split(r"[,;]\s*", s)
    c = re.sub(r"\s+", " ", s)
    d = re.match(r"(\w+)", s)
    return a, b, c, d.group(1) if d else None, bool(re.search(r"\d", s)), re.fullmatch(r"\w+", s) is not None


def escaped(s):
    return WORD.sub(r"<\g<0>>", s)


def upper(s):
    return WORD.sub(lambda m: m.group().upper(), s)


CASES = [
    ("tokens", ("3 + 4.5*x",), {}),
    ("words", ("ab 12 cd",), {}),
    ("pairs", ("a=1,bc=23",), {}),
    ("first_pair", ("ab=12",), {}),
    ("first_pair", ("12",), {}),
    ("found", ("x ab=12",), {}),
    ("found", ("",), {}),
    ("replaced", ("ab=12 cd=3",), {}),
    ("positions", ("ab 12 cd 3",), {}),
    ("module_functions", ("ab, 12;cd  x",), {}),
]
EDGE = [
    ("tokens", ("",), {}),
    ("tokens", ("\u00e9 \u0663",), {}),
    ("tokens", (3,), {}),
    ("pairs", (b"a=1",), {}),
    ("pairs", ("a=99999999999999999999999",), {}),
    ("first_pair", (None,), {}),
    ("module_functions", ("",), {}),
    ("module_functions", (["a"],), {}),
    ("replaced", ("",), {}),
    ("positions", ("\ud800 12",), {}),
    ("escaped", ("ab 1",), {}),
    ("upper", ("ab 1",), {}),
]
