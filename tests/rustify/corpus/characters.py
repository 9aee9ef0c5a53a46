"""Texts one character at a time: what kind they are, and their cases."""


def kinds(text):
    out = []
    for c in text:
        out.append((c.isalnum(), c.isalpha(), c.isdigit(), c.isspace(), c.isupper(), c.islower()))
    return out


def numbers(text):
    return [(c.isdecimal(), c.isnumeric()) for c in text]


def cases(text):
    out = ""
    for c in text:
        out += c.upper() if c.islower() else c.lower()
    return out


def words(text):
    found = []
    current = ""
    for c in text:
        if c.isalnum():
            current += c.lower()
        elif current:
            found.append(current)
            current = ""
    if current:
        found.append(current)
    return found


def methods(text, part):
    return (
        text.strip(),
        text.split(part),
        text.replace(part, "_"),
        text.find(part),
        text.startswith(part),
        text.count(part),
        text.upper(),
        text.zfill(9),
        part.join([text, text]),
    )


_ASCII = "".join(chr(i) for i in range(128))

CASES = [
    ("kinds", (_ASCII,), {}),
    ("numbers", (_ASCII,), {}),
    ("cases", (_ASCII,), {}),
    ("words", ("Hello there, World 42!",), {}),
    ("methods", (" a,b,,c ", ","), {}),
]

EDGE = [
    ("kinds", ("",), {}),
    ("kinds", ("".join(chr(i) for i in range(128, 700)),), {}),
    ("kinds", ("\u0660\u00b2\u216b\u4e00\U0001f600\ud800\u2028\u3000",), {}),
    ("kinds", (["a", "1", ""],), {}),
    ("kinds", (["ab", "1"],), {}),
    ("kinds", ([1],), {}),
    ("numbers", ("\u0660\u00b2\u00bd\u4e00\u216b",), {}),
    ("numbers", (b"12",), {}),
    ("cases", ("stra\u00dfe \u0130\u0131 \ufb01 \u01c5 \u03a3",), {}),
    ("cases", (None,), {}),
    ("words", ("\u00c9t\u00e9 2\u00b2 \u4e00",), {}),
    ("words", ("",), {}),
    ("methods", ("", ""), {}),
    ("methods", ("abc", ""), {}),
    ("methods", ("abc", None), {}),
    ("methods", ("a\u00e9\U0001f600", "\u00e9"), {}),
    ("methods", (b"a,b", b","), {}),
]
