"""Arrays, scalars and single floats as text, against the real NumPy over drawn values and options."""

import asyncio
import concurrent.futures
import random
import struct
import warnings

import numpy_rs as nr
import pytest

FLOATS = "efdg"
COMPLEX = "FDG"
INTEGERS = "bhilqBHILQ"
UNITS = ["Y", "M", "W", "D", "h", "m", "s", "ms", "us", "ns", "ps", "fs", "as", "7D", "25s"]
LEGACY = [False, "1.13", "1.21", "1.25", "2.1", "2.2"]


def outcome(call):
    """What a call gives, or the class and words of its error."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return call()
    except Exception as error:
        return type(error).__name__, str(error)


def mine(text):
    """Text of ours with the package's name as the real one has it."""
    return text.replace("numpy_rs.", "numpy.") if isinstance(text, str) else text


def draw_float(rng):
    """A double as people and programs meet them."""
    kind = rng.randrange(9)
    if kind == 0:
        return rng.choice([0.0, -0.0, 1.0, -1.0, 0.5, 1e-4, 9.9e-5, 1e3, 1e6, 1e8, 1e16, 1e22, 999.0, 65504.0])
    if kind == 1:
        return rng.choice([float("nan"), float("inf"), float("-inf")])
    if kind == 2:
        return float(rng.randint(-1000, 1000))
    if kind == 3:
        return round(rng.uniform(-100, 100), rng.randrange(5))
    if kind == 4:
        return rng.uniform(-1, 1) * 10.0 ** rng.randint(-12, 12)
    if kind == 5:
        return rng.uniform(-1, 1) * 10.0 ** rng.randint(-300, 300)
    if kind == 6:
        return struct.unpack("<d", rng.getrandbits(64).to_bytes(8, "little"))[0]
    if kind == 7:
        return 2.0 ** rng.randint(-30, 60)
    return rng.randint(-9999, 9999) / 2.0 ** rng.randint(0, 8)


def draw_values(rng, char, n):
    if char == "?":
        return [rng.random() < 0.5 for _ in range(n)]
    if char in INTEGERS:
        bits = rng.choice([3, 7])
        low = 0 if char.isupper() else -(2**bits)
        return [rng.randint(low, 2**bits - 1) for _ in range(n)]
    if char in FLOATS:
        span = rng.random()
        if span < 0.4:
            return [round(rng.uniform(-10, 10), 3) for _ in range(n)]
        return [draw_float(rng) for _ in range(n)]
    if char in COMPLEX:
        if rng.random() < 0.4:
            return [complex(round(rng.uniform(-10, 10), 2), round(rng.uniform(-10, 10), 2)) for _ in range(n)]
        return [complex(draw_float(rng), draw_float(rng)) for _ in range(n)]
    if char == "O":
        things = [1, None, "a", "b\nc", 1.5, [1, 2], (3,), {"k": 1}, b"x", "é", "line\rline"]
        return [rng.choice(things) for _ in range(n)]
    if char == "U":
        return ["".join(rng.choice("ab'\"\\\n é") for _ in range(rng.randrange(5))) for _ in range(n)]
    if char == "S":
        return ["".join(rng.choice("ab'\" \n") for _ in range(rng.randrange(5))).encode() for _ in range(n)]
    return [rng.choice([rng.randint(-5, 5), rng.randint(-(10**6), 10**6), -(2**63)]) for _ in range(n)]


def draw_shape(rng):
    return rng.choice([(), (1,), (2,), (3,), (7,), (0,), (2, 3), (3, 1), (1, 4), (0, 3), (2, 2, 2), (3, 1, 2), (30,),
                       (4, 12), (2, 3, 2, 2)])


def draw_field(rng, depth):
    kind = rng.randrange(7 if depth else 5)
    if kind < 3:
        return rng.choice(["?", "i4", "<i8", ">i2", "u1", "f8", "f4", ">f4", "f2", "c16", "S3", "U3", "g"])
    if kind == 3:
        return rng.choice(["M8[D]", "m8[s]", "M8[ms]", "V3"])
    if kind == 4:
        return (rng.choice(["i4", "f8", "?", "U2", "c8"]), rng.choice([(2,), (2, 2), (5,), (1,)]))
    return [(f"g{i}", draw_field(rng, depth - 1)) for i in range(rng.randint(1, 2))]


def draw_array(rng):
    """A function that makes the same array with either package."""
    shape = draw_shape(rng)
    n = 1
    for k in shape:
        n *= k
    char = rng.choice([*"?OUS", *INTEGERS, *FLOATS * 3, *COMPLEX * 2, "M", "m", "V", "struct", "struct"])
    if char == "struct":
        fields = [(f"f{i}", draw_field(rng, 2)) for i in range(rng.randint(1, 3))]
        seed = rng.getrandbits(32)

        def structured(np):
            dtype = np.dtype(fields)
            a = np.zeros(shape, dtype)
            fill(np, a, random.Random(seed))
            return a

        return structured
    if char == "V":
        data = bytes(rng.getrandbits(8) for _ in range(3 * n))
        return lambda np: np.frombuffer(data, np.uint8).reshape((*shape, 3)).view("V3").reshape(shape) if n else \
            np.zeros(shape, "V3")
    values = draw_values(rng, char, n)
    order = rng.choice("=<>")
    if char in "Mm":
        unit = rng.choice(UNITS)
        return lambda np: np.array(values, "i8").astype(f"{order}i8").view(f"{order}{char}8[{unit}]").reshape(shape)
    if char == "O":
        def objects(np):
            a = np.empty(n, "O")
            for i, v in enumerate(values):
                a[i] = v
            return a.reshape(shape)

        return objects
    wide = "5" if char in "US" else ""

    def plain(np):
        with np.errstate(all="ignore"):
            return np.array(values, dtype=np.dtype(char + wide).newbyteorder(order)).reshape(shape)

    return plain


def fill(np, a, rng):
    """Fills a structured array with drawn values, field by field."""
    for name in a.dtype.names:
        part = a[name]
        if part.dtype.names:
            fill(np, part, rng)
            continue
        char = part.dtype.char
        if char == "V":
            continue
        values = draw_values(rng, char, max(part.size, 1))
        with np.errstate(all="ignore"):
            made = np.array(values, "i8").view(part.dtype.newbyteorder("=")) if char in "Mm" else \
                np.array(values, dtype=part.dtype)
        part[...] = made[:part.size].reshape(part.shape)


def draw_options(rng):
    """Print options, most of them left alone."""
    choices = {
        "precision": [0, 1, 3, 5, 8, 12, 20],
        "threshold": [0, 3, 6, 10, 1000],
        "edgeitems": [0, 1, 2, 3],
        "linewidth": [1, 10, 20, 40, 75, 200, float("inf")],
        "suppress": [True, False],
        "nanstr": ["NA", "not a number"],
        "infstr": ["oo", "infinity"],
        "sign": ["-", "+", " "],
        "floatmode": ["fixed", "unique", "maxprec", "maxprec_equal"],
        "legacy": LEGACY,
    }
    return {name: rng.choice(values) for name, values in choices.items() if rng.random() < 0.3}


def same_text(real, write):
    wanted = outcome(lambda: write(real))
    if isinstance(wanted, tuple) and "object has no attribute 'dtype'" in wanted[1]:
        # The real one cannot summarise an array without dimensions that holds an object.
        return
    got = outcome(lambda: write(nr))
    assert mine(got) == wanted


@pytest.mark.parametrize("seed", range(40))
def test_arrays_with_options_of_the_context(real, seed):
    rng = random.Random(seed)
    for _ in range(40):
        make, options = draw_array(rng), draw_options(rng)

        def write(np, text, make=make, options=options):
            a = make(np)
            with np.printoptions(**options):
                return text(a)

        for text in (repr, str):
            same_text(real, lambda np, text=text: write(np, text))


@pytest.mark.parametrize("seed", range(20))
def test_array2string_with_keywords(real, seed):
    rng = random.Random(1000 + seed)
    names = ["precision", "threshold", "edgeitems", "sign", "floatmode", "legacy"]
    for _ in range(40):
        make, options = draw_array(rng), draw_options(rng)
        keywords = {name: options[name] for name in names if name in options}
        keywords |= {name: value for name, value in [
            ("max_line_width", rng.choice([None, 10, 30])), ("suppress_small", rng.choice([None, True, False])),
            ("separator", rng.choice([" ", ", ", ",", "  ", "", " | ", "\n"])),
            ("prefix", rng.choice(["", "array("])), ("suffix", rng.choice(["", ")"]))] if rng.random() < 0.5}
        same_text(real, lambda np, make=make, kw=keywords: np.array2string(make(np), **kw))


@pytest.mark.parametrize("seed", range(10))
def test_formatters(real, seed):
    rng = random.Random(2000 + seed)
    keys = ["bool", "int", "timedelta", "datetime", "float", "longfloat", "complexfloat", "longcomplexfloat",
            "numpystr", "object", "void", "all", "int_kind", "float_kind", "complex_kind", "str_kind"]
    for _ in range(40):
        make = draw_array(rng)
        chosen = rng.sample(keys, rng.randint(1, 4))
        formatter = {key: (lambda x, key=key: f"{key}:{x!s:.6}") for key in chosen}
        formatter[rng.choice(keys)] = None
        options = draw_options(rng)
        options.pop("legacy", None)

        def write(np, make=make, formatter=formatter, options=options):
            a = make(np)
            with np.printoptions(formatter=formatter, **options):
                return repr(a)

        same_text(real, write)


@pytest.mark.parametrize("legacy", LEGACY)
@pytest.mark.parametrize("char", [*"?", *INTEGERS, *FLOATS, *COMPLEX])
def test_scalars(real, char, legacy):
    rng = random.Random(ord(char))
    for value in draw_values(rng, char, 300):

        def write(np, value=value):
            with np.errstate(all="ignore"), np.printoptions(legacy=legacy):
                x = np.array(value).astype(char)[()]
                return str(x), repr(x), f"{x}"

        same_text(real, write)


@pytest.mark.parametrize("legacy", LEGACY)
def test_other_scalars(real, legacy):
    rng = random.Random(7)
    for _ in range(200):
        make = draw_array(rng)

        def write(np, make=make):
            with np.printoptions(legacy=legacy):
                return [(str(x), repr(x)) for x in make(np).reshape(-1)[:3]]

        wanted, got = outcome(lambda: write(real)), outcome(lambda: write(nr))
        assert [tuple(mine(t) for t in pair) for pair in got] == wanted


@pytest.mark.parametrize("char", FLOATS)
@pytest.mark.parametrize("form", ["positional", "scientific"])
def test_single_floats(real, form, char):
    rng = random.Random(f"{form}{char}")
    for _ in range(1500):
        value = draw_float(rng)
        options = {"unique": rng.random() < 0.6, "trim": rng.choice("k.0-"), "sign": rng.random() < 0.3}
        for name, most in [("precision", 20), ("pad_left", 10), ("min_digits", 20)]:
            if rng.random() < 0.5:
                options[name] = rng.randint(0, most)
        if form == "positional":
            options["fractional"] = rng.random() < 0.7
            if rng.random() < 0.3:
                options["pad_right"] = rng.randint(0, 10)
        elif rng.random() < 0.3:
            options["exp_digits"] = rng.randint(0, 5)

        def write(np, value=value, options=options):
            with np.errstate(all="ignore"):
                x = np.array(value).astype(char)[()]
            return getattr(np, f"format_float_{form}")(x, **options)

        wanted, got = outcome(lambda: write(real)), outcome(lambda: write(nr))
        assert got == wanted, (value, options)


def test_longest_texts(real):
    for n in (16000, 16381, 16382, 16383, 16384, 10**6):
        for keywords in ({"precision": n, "unique": False}, {"pad_left": n}, {"pad_right": n}, {"min_digits": n}):
            same_text(real, lambda np, kw=keywords: np.format_float_positional(1.5, **kw))
        same_text(real, lambda np, n=n: np.format_float_scientific(1.5, precision=n, unique=False))


ERRORS = [
    lambda np: np.array2string([1, 2]), lambda np: np.array_repr([1, 2]), lambda np: np.array_str([1, 2]),
    lambda np: np.array2string(np.float64(1)), lambda np: np.array_repr(np.float64(1)),
    lambda np: np.array2string(np.array(["a", "b"]), formatter={"all": lambda x: ""}),
    lambda np: np.array2string(np.array(["a", "b"]), formatter={"all": lambda x: 5}),
    lambda np: np.array2string(np.array(1.0), formatter={"all": lambda x: 5}),
    lambda np: np.array2string(np.array([1.0]), precision=-1),
    lambda np: np.array2string(np.array([1]), precision=-1),
    lambda np: np.array2string(np.array([1.0]), precision="a"),
    lambda np: np.array2string(np.array([1.0]), precision=10**30),
    lambda np: np.array2string(np.array([1.0]), floatmode="best"),
    lambda np: np.array2string(np.array([1.0]), sign="x"),
    lambda np: np.array2string(np.array([1.0]), threshold="x"),
    lambda np: np.array2string(np.array([1.0]), threshold=float("nan")),
    lambda np: np.set_printoptions(threshold=b"0"), lambda np: np.set_printoptions(floatmode="x"),
    lambda np: np.set_printoptions(precision=1.5), lambda np: np.set_printoptions(sign=True),
    lambda np: np.format_float_positional("a"), lambda np: np.format_float_positional(1j),
    lambda np: np.format_float_positional(None), lambda np: np.format_float_positional(np.array([1.5, 2.5])),
    lambda np: np.format_float_positional(np.array(0.1, "f4")), lambda np: np.format_float_positional(True),
    lambda np: np.format_float_positional(1.0, trim="x"), lambda np: np.format_float_positional(1.0, trim=1),
    lambda np: np.format_float_positional(1.0, unique=False), lambda np: np.format_float_positional(1.0, precision=-1),
    lambda np: np.format_float_positional(1.0, precision=0, fractional=False),
    lambda np: np.format_float_positional(1.0, precision=1, min_digits=2),
    lambda np: np.format_float_scientific(1.0, exp_digits=-1),
]


@pytest.mark.parametrize("number", range(len(ERRORS)))
def test_unusual_calls(real, number):
    same_text(real, ERRORS[number])


def test_arrays_that_hold_themselves(real):
    def write(np):
        a = np.array(None)
        a[()] = a
        b = np.array([None, 1])
        b[0] = b
        texts = [repr(a), str(a), repr(b), str(b)]
        a[()] = b[0] = None
        return texts

    same_text(real, write)


def test_subclasses_give_their_own_elements(real):
    def write(np):
        class Doubled(np.ndarray):
            def __getitem__(self, key):
                value = super().__getitem__(key)
                return value if isinstance(value, np.ndarray) else value * 2

        class Named(np.ndarray):
            pass

        texts = []
        for char in "ifDM":
            a = np.arange(6, dtype="i8").astype("M8[D]" if char == "M" else char).reshape(2, 3)
            texts.append(repr(a.view(Named)))
            if char != "M":
                texts.append(repr(a.view(Doubled)))
                texts.append(np.array2string(a.view(Doubled), threshold=2, edgeitems=1))
        r = np.rec.array([(1, 2.5), (3, 4.25)], dtype=[("a", "i4"), ("b", "f8")])
        texts += [repr(r), str(r), repr(r[0]), str(r[0])]
        return texts

    same_text(real, write)


def test_options_belong_to_their_context(real):
    def write(np):
        texts = []

        async def one(precision):
            np.set_printoptions(precision=precision)
            await asyncio.sleep(0)
            return str(np.array([1 / 3]))

        async def both():
            return await asyncio.gather(one(2), one(5))

        texts += asyncio.run(both())
        with np.printoptions(precision=3):
            with concurrent.futures.ThreadPoolExecutor(1) as pool:
                texts.append(pool.submit(lambda: str(np.array([1 / 3]))).result())
            texts.append(str(np.array([1 / 3])))
        texts.append(sorted(np.get_printoptions().items(), key=lambda item: item[0]))
        with np.printoptions(legacy="1.13", sign="+") as options:
            texts.append(sorted(options.items(), key=lambda item: item[0]))
            np.set_printoptions(sign=" ")
            texts.append(np.get_printoptions()["sign"])

        @np.printoptions(precision=1)
        def decorated():
            return str(np.array([1 / 3]))

        texts += [decorated(), decorated()]
        with np.printoptions(override_repr=lambda a: f"<{a.size}>"):
            texts += [repr(np.arange(3)), str(np.arange(3)), np.array_repr(np.arange(4))]
        return texts

    same_text(real, write)


def test_dates_and_spans_cast_into_each_other(real):
    def write(np):
        texts = []
        for dtype, value in (("m8[s]", np.datetime64("NaT", "D")), ("m8[s]", np.datetime64("2000-01-01")),
                             ("M8[s]", np.timedelta64(5, "D")), ([("a", "m8[s]")], np.datetime64("1970-01-02"))):
            a = np.zeros(2, dtype)
            a.fill(value)
            texts += [repr(a), repr(np.array([value], dtype)), repr(np.array(value).astype(dtype))]
            texts.append(outcome(lambda dtype=dtype, value=value: repr(np.array([(value,)], [("a", dtype)]))))
        return texts

    same_text(real, write)
