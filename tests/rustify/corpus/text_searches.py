"""Where texts are inside of others, how often, and whole numbers as texts in other bases."""


def finds(s, sub, i):
    a = s.find(sub)
    b = s.find(sub, i)
    c = s.rfind(sub)
    if s.find("x") != -1:
        c += 1000
    return a, b, c, s.count(sub), s.count("a"), s.find("a", i), s.rfind("a"), s.find("")


def indexes(s, sub, i):
    return s.index(sub), s.index(sub, i), s.rindex(sub), s.index("a")


def bases(n):
    return bin(n), oct(n), hex(n), bin(n & 255)[2:].zfill(8), hex(n)[2:].zfill(4), bin(True)


def zeros(s, n):
    return s.zfill(n), "-7".zfill(n), "".zfill(n)


def filled(s, n):
    return s.ljust(n), s.rjust(n)


def every(text, sub):
    res, i = [], text.find(sub)
    while i != -1:
        res.append(i)
        i = text.find(sub, i + 1)
    return res


def counted(words):
    return sum(w.count("e") for w in words), [w.index("e") for w in words if "e" in w]


def swapped(s, i):
    try:
        return s.find(i)
    except TypeError:
        return "no"


CASES = [
    ("finds", ("abcabca" * 3, "bc", 2), {}),
    ("indexes", ("abcabca" * 3, "bc", 2), {}),
    ("bases", (1234567,), {}),
    ("zeros", ("+12", 5), {}),
    ("filled", ("+12", 5), {}),
    ("every", ("abracadabra" * 2, "abra"), {}),
    ("counted", (["tree", "hello", "abc"],), {}),
    ("swapped", ("abc", 5), {}),
]

EDGE = [
    ("finds", ("", "", 0), {}),
    ("finds", ("éééééa", "é", 2), {}),
    ("finds", ("aé", "a", -1), {}),
    ("finds", ("aaa", "aa", -2), {}),
    ("finds", ("abc", "c", 99), {}),
    ("finds", ("abc", "c", -99), {}),
    ("finds", ("", "a", 0), {}),
    ("finds", ("日本a日", "日", 1), {}),
    ("finds", ("xax", "x", 3), {}),
    ("finds", ("xax", "", 3), {}),
    ("finds", ("xax", "", 4), {}),
    ("finds", ("abab", "ab", 1180591620717411303424), {}),
    ("finds", ("abab", "ab", -1180591620717411303424), {}),
    ("finds", ("abab", 5, 0), {}),
    ("finds", ("ab", "b", None), {}),
    ("finds", ("ab", "b", True), {}),
    ("indexes", ("abab", "b", 1), {}),
    ("indexes", ("abab", "b", 5), {}),
    ("indexes", ("é", "b", 0), {}),
    ("indexes", ("ba", "b", -1), {}),
    ("indexes", ("", "", 0), {}),
    ("bases", (0,), {}),
    ("bases", (-1,), {}),
    ("bases", (1,), {}),
    ("bases", (9223372036854775808,), {}),
    ("bases", (-9223372036854775808,), {}),
    ("bases", (1267650600228229401496703205376,), {}),
    ("bases", (-170141183460469231731687303715884105728,), {}),
    ("bases", (170141183460469231731687303715884105727,), {}),
    ("bases", (170141183460469231731687303715884105728,), {}),
    ("bases", (1606938044258990275541962092341162602522202993782792835301376,), {}),
    ("bases", (True,), {}),
    ("bases", (1.5,), {}),
    ("bases", ("a",), {}),
    ("zeros", ("", 0), {}),
    ("zeros", ("-", 3), {}),
    ("zeros", ("+é", 5), {}),
    ("zeros", ("12", -4), {}),
    ("zeros", ("--1", 6), {}),
    ("every", ("aaaa", "aa"), {}),
    ("counted", (["é", "e"],), {}),
    ("swapped", ("a", "a"), {}),
    ("swapped", ("a", None), {}),
    ("finds", ("a" * 300, "a", -3), {}),
    ("zeros", ("7", 70_000), {}),
    ("zeros", ("7", -(2**63) - 1), {}),
    ("filled", ("7", -(2**63) - 1), {}),
    ("filled", ("7", 2**63), {}),
    ("filled", ("é", 4), {}),
    ("every", ("ab", ""), {}),
]
