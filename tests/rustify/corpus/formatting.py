"""f-strings, format specifications, conversions to text, percent formatting."""


class Name(str):
    """A string that is not exactly a str."""


class Money(float):
    """A float with its own text."""

    def __str__(self):
        return "money"


def greet(name, age):
    return f"{name} is {age} years old"


def price_line(item, price, quantity):
    return f"{item:<10}|{price:>8.2f}|{quantity:^5d}|{price * quantity:,.2f}"


def hex_dump(values):
    return " ".join(f"{v:02x}" for v in values)


def float_forms(x):
    return f"{x} {x:.3f} {x:e} {x:g} {x:+.1f} {x:10.2f}|{x:<10.2f}|{x:%}"


def int_forms(n):
    return f"{n} {n:5d} {n:05d} {n:+d} {n:,} {n:x} {n:X} {n:o} {n:b} {n:#x} {n:_}"


def quoted(value):
    return f"{value!r} {value!s} {value=}"


def table(rows):
    lines = []
    for name, value in rows:
        lines.append(f"{name:>8}: {value:6.2f}")
    return "\n".join(lines)


def padded(text, width):
    return f"[{text:>{width}}][{text:*^{width}}]"


def percent_style(name, n, x):
    return "%s has %d items worth %.2f (%5.1f%%)" % (name, n, x, x)


def format_method(a, b):
    return "{0} and {1:.2f}, {1}".format(a, b) if a == "bad" else "{} and {:>6}".format(a, b)


def to_text(values):
    return [str(v) for v in values] + [repr(v) for v in values]


def clock(seconds):
    minutes, s = divmod(seconds, 60)
    hours, m = divmod(minutes, 60)
    return f"{hours:d}:{m:02d}:{s:02d}"


def csv_line(values):
    return ",".join(str(v) for v in values)


CASES = [
    ("greet", ("Ada", 36), {}),
    ("greet", ("Złoty", -1), {}),
    ("price_line", ("apple", 1.25, 3), {}),
    ("price_line", ("machine", 12345.678, 12), {}),
    ("hex_dump", ([0, 15, 255],), {}),
    ("float_forms", (3.14159,), {}),
    ("float_forms", (-1234567.891,), {}),
    ("int_forms", (42,), {}),
    ("int_forms", (-1234567,), {}),
    ("quoted", ("it's",), {}),
    ("quoted", ("plain",), {}),
    ("table", ([("alpha", 1.5), ("beta", 22.25)],), {}),
    ("padded", ("abc", 8), {}),
    ("percent_style", ("box", 3, 9.5), {}),
    ("format_method", ("x", "y"), {}),
    ("to_text", ([1.0, 0.1, 1e22, 1e-7],), {}),
    ("clock", (3725,), {}),
    ("csv_line", ([1, 2, 3],), {}),
]

EDGE = [
    ("greet", (None, [1]), {}),
    ("greet", (Name("n"), Money(1.0)), {}),
    ("greet", ("a", 2**200), {}),
    ("price_line", ("a", 1, 2), {}),
    ("price_line", ("a", "1", 2), {}),
    ("price_line", ("a", 1.5, 2.0), {}),
    ("price_line", ("a", float("nan"), 2), {}),
    ("price_line", ("a", 1e300, -2), {}),
    ("hex_dump", ([-1, 2**70],), {}),
    ("hex_dump", ([1.5],), {}),
    ("hex_dump", (b"\x00a",), {}),
    ("float_forms", (float("inf"),), {}),
    ("float_forms", (-0.0,), {}),
    ("float_forms", (5e-324,), {}),
    ("float_forms", (7,), {}),
    ("float_forms", (True,), {}),
    ("float_forms", ("a",), {}),
    ("float_forms", (1 + 2j,), {}),
    ("float_forms", (Money(2.0),), {}),
    ("int_forms", (2**70,), {}),
    ("int_forms", (True,), {}),
    ("int_forms", (1.5,), {}),
    ("int_forms", (-(2**63),), {}),
    ("quoted", (1.5,), {}),
    ("quoted", ("\n\u200b\x7f\"'",), {}),
    ("quoted", ([1, "a"],), {}),
    ("quoted", (None,), {}),
    ("table", ([],), {}),
    ("table", ([(1, 2)],), {}),
    ("table", ([("a", "b")],), {}),
    ("padded", ("abc", -1), {}),
    ("padded", ("é😀", 5), {}),
    ("padded", ("a", 2.0), {}),
    ("padded", (5, 6), {}),
    ("percent_style", ("a", 2.7, 1), {}),
    ("percent_style", ("a", "b", 1), {}),
    ("percent_style", ((1, 2), True, float("inf")), {}),
    ("format_method", ("bad", 1.5), {}),
    ("format_method", (1, 2.5), {}),
    ("to_text", ([float("nan"), float("-inf"), -0.0, 1e16, 123456789012345680.0],), {}),
    ("to_text", (["a'", b"b", None, True, 1j, (1,), {1: [2]}],), {}),
    ("clock", (-1,), {}),
    ("clock", (59.5,), {}),
    ("clock", (2**80,), {}),
    ("csv_line", ([],), {}),
    ("csv_line", ([1.5, "a", None],), {}),
]
