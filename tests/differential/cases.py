"""Random cases: each is a call on a module, drawn from a seeded generator alone.

The kinds are elementwise calls of all ufuncs, ufunc methods, indexing, assignment,
casting and promotion, functions and methods, and printing.
"""

import recipes
from outcome import ULPS
from recipes import COMPLEX, FLOATS, INTS, NUMERIC, ORDINARY, Recipe, Scalar

UNARY = """absolute arccos arccosh arcsin arcsinh arctan arctanh cbrt ceil conjugate cos cosh deg2rad degrees exp
exp2 expm1 fabs floor invert isfinite isinf isnan log log10 log1p log2 logical_not negative positive rad2deg radians
reciprocal rint sign signbit sin sinh spacing sqrt square tan tanh trunc bitwise_count modf frexp""".split()
BINARY = """add subtract multiply divide floor_divide remainder fmod divmod power float_power bitwise_and bitwise_or
bitwise_xor left_shift right_shift logical_and logical_or logical_xor equal not_equal less less_equal greater
greater_equal maximum minimum fmax fmin arctan2 hypot copysign nextafter logaddexp logaddexp2 heaviside gcd lcm
ldexp""".split()
EXACT_BINARY = """add subtract multiply maximum minimum fmax fmin logical_and logical_or logical_xor bitwise_and
bitwise_or bitwise_xor""".split()
COMPARISONS = ("equal", "not_equal", "less", "less_equal", "greater", "greater_equal")
#: Where 0.0 and -0.0 are equal, either may be chosen or come first: NumPy's choice depends on the place in a vector.
ANY_ZERO = {"maximum", "minimum", "fmax", "fmin", "max", "min", "sort", "partition", "unique"}
CASTINGS = ("no", "equiv", "safe", "same_kind", "unsafe")


class Case:
    """A call, how it reads, and how closely results must agree.

    `undefined` gives one byte for each element of the result, which is not 0 where C leaves the value open; where there
    is any, the warnings are not compared either. `any_zero` takes 0.0 and -0.0 for the same.
    """

    def __init__(self, kind, text, call, ulps=0, ignore_warnings=False, undefined=None, any_zero=False):
        self.kind, self.text, self.call = kind, text, call
        self.ulps, self.ignore_warnings = ulps, ignore_warnings
        self.undefined, self.any_zero = undefined, any_zero


def operand(rng, shape, codes=ORDINARY):
    if rng.random() < 0.12:
        return Scalar(rng)
    return Recipe(rng, rng.choice(codes), shape)


def elementwise(rng):
    """A ufunc call with random keywords."""
    name = rng.choice(UNARY if rng.random() < 0.4 else BINARY)
    shape = recipes.long_shape(rng) if rng.random() < 0.3 else recipes.shape(rng)
    codes = FLOATS + "di" if name in ULPS and rng.random() < 0.6 else NUMERIC
    inputs = [operand(rng, shape, codes)]
    if name in BINARY:
        inputs.append(operand(rng, recipes.broadcastable(rng, shape), codes))
        if rng.random() < 0.5:
            inputs.reverse()
    keywords, recipes_in = {}, {}
    draw = rng.random()
    two_outputs = name in ("divmod", "modf", "frexp")
    # NumPy 2.5.5 itself crashes where an integer out of range is compared into out= with where=.
    risky = name in COMPARISONS and any(isinstance(one, Scalar) for one in inputs)
    if draw < 0.12 and not two_outputs and not risky:
        recipes_in["out"] = Recipe(rng, rng.choice(ORDINARY), shape, rng.choice(("C", "F", "reversed", "swapped")))
        if rng.random() < 0.4:
            recipes_in["where"] = Recipe(rng, "?", recipes.broadcastable(rng, shape))
    elif draw < 0.2:
        keywords["dtype"] = rng.choice(ORDINARY)
    if rng.random() < 0.08:
        keywords["casting"] = rng.choice(CASTINGS)
    if rng.random() < 0.04:
        keywords["order"] = rng.choice("KACF")

    def call(module):
        arguments = [one.build(module) for one in inputs]
        more = {key: recipe.build(module) for key, recipe in recipes_in.items()}
        result = getattr(module, name)(*arguments, **keywords, **more)
        return (result, more["out"]) if "out" in more else result

    text = f"{name}({', '.join(map(repr, inputs))}, {keywords | recipes_in})"
    return Case("elementwise", text, call, ULPS.get(name, 0), any_zero=name in ANY_ZERO)


def operator(rng):
    """Python operators, in place too."""
    sign = rng.choice(["+", "-", "*", "/", "//", "%", "**", "&", "|", "^", "<<", ">>", "<", "<=", "==", "!=", ">", ">=",
                       "+=", "-=", "*=", "//=", "&=", "|="])
    shape = recipes.shape(rng)
    left = Recipe(rng, rng.choice(ORDINARY), shape)
    right = operand(rng, recipes.broadcastable(rng, shape))
    statement = compile(f"a {sign} b" if not sign.endswith("=") or sign in ("<=", ">=", "==", "!=") else
                        f"a {sign} b\nresult = a", "<case>", "exec")
    source = f"result = a {sign} b" if not sign.endswith("=") or sign in ("<=", ">=", "==", "!=") else None
    code = compile(source, "<case>", "exec") if source else statement

    def call(module):
        names = {"a": left.build(module), "b": right.build(module)}
        exec(code, names)
        return names["result"]

    return Case("operator", f"{left} {sign} {right}", call, 4 if sign == "**" else 0)


def method(rng):
    """reduce, accumulate, reduceat, at and outer."""
    name = rng.choice(EXACT_BINARY + ["divide", "power", "less", "gcd", "hypot"])
    which = rng.choice(["reduce", "reduce", "reduce", "accumulate", "reduceat", "at", "outer"])
    shape = recipes.long_shape(rng) if rng.random() < 0.2 else recipes.shape(rng)
    array = Recipe(rng, rng.choice(NUMERIC if rng.random() < 0.5 else ORDINARY), shape)
    keywords, extra = {}, []
    if which in ("reduce", "accumulate", "reduceat") and rng.random() < 0.7:
        keywords["axis"] = rng.randint(-max(1, len(shape)), max(0, len(shape) - 1))
    if which == "reduce":
        if rng.random() < 0.2:
            keywords["axis"] = None
        elif rng.random() < 0.1 and len(shape) >= 2:
            keywords["axis"] = tuple(rng.sample(range(len(shape)), 2))
        if rng.random() < 0.2:
            keywords["keepdims"] = True
        if rng.random() < 0.15:
            keywords["initial"] = rng.choice([0, 1, 5, -2])
    if which in ("reduce", "accumulate", "reduceat") and rng.random() < 0.1:
        keywords["dtype"] = rng.choice(ORDINARY)
    length = shape[keywords.get("axis") or 0] if shape and isinstance(keywords.get("axis", 0), int) and \
        -len(shape) <= keywords.get("axis", 0) < len(shape) else 1
    if which == "reduceat":
        extra = [[rng.randint(0, max(0, length - (rng.random() > 0.05))) for _ in range(rng.randint(1, 4))]]
    elif which == "at":
        extra = [[rng.randint(-length, length - 1) if length else 0 for _ in range(rng.randint(0, 5))]]
    other = Recipe(rng, array.code if rng.random() < 0.8 else rng.choice(ORDINARY),
                   () if which == "at" else recipes.shape(rng, 2))

    def call(module):
        target = array.build(module)
        function = getattr(getattr(module, name), which)
        if which == "outer":
            return function(target, other.build(module))
        if which == "at":
            function(target, extra[0], other.build(module))
            return target
        return function(target, *extra, **keywords)

    text = f"{name}.{which}({array}, {extra}, {keywords}, {other if which in ('at', 'outer') else ''})"
    return Case("ufunc method", text, call, ULPS.get(name, 0), any_zero=name in ANY_ZERO)


def index_part(rng, length):
    """One entry of an index along an axis; a callable that builds it on a module."""
    draw = rng.random()
    if draw < 0.28:
        value = rng.randint(-length, length - 1) if length and rng.random() < 0.96 else rng.randint(-9, 9)
        return repr(value), lambda module: value
    if draw < 0.62:
        ends = [rng.choice([None, rng.randint(-length - 1, length + 1)]) for _ in range(2)]
        part = slice(*ends, rng.choice([None, None, 1, 2, -1, -2, 3]))
        return repr(part), lambda module: part
    if draw < 0.70:
        return "None", lambda module: None
    if draw < 0.76:
        return "...", lambda module: Ellipsis
    if draw < 0.90:
        n = rng.choice([0, 1, 2, 3, 3])
        values = [rng.randint(-length, length - 1) if length and rng.random() < 0.98 else rng.randint(-9, 9)
                  for _ in range(n)]
        if rng.random() < 0.3:
            return repr(values), lambda module: list(values)
        code = rng.choice("lihb")
        folded = rng.random() < 0.2 and n == 2
        return f"array({values}, {code}{', 2-d' if folded else ''})", lambda module: (
            module.array(values, dtype=code).reshape(2, 1) if folded else module.array(values, dtype=code))
    flags = [rng.random() < 0.5 for _ in range(length if rng.random() < 0.95 else length + 1)]
    return f"mask({flags})", lambda module: module.array(flags, dtype=bool)


def index(rng, shape):
    """A whole index: text and builder."""
    parts = [index_part(rng, length) for length in shape[: rng.randint(0, len(shape))]]
    if not parts or rng.random() < 0.05:
        parts.append(index_part(rng, shape[0] if shape else 1))
    if rng.random() < 0.08 and shape:
        mask = Recipe(rng, "?", shape)
        return repr(mask), mask.build
    single = len(parts) == 1 and rng.random() < 0.7
    text = ", ".join(text for text, _ in parts)
    if single:
        return text, parts[0][1]
    return f"({text})", lambda module: tuple(build(module) for _, build in parts)


def take_item(rng):
    shape = recipes.shape(rng)
    array = Recipe(rng, rng.choice(ORDINARY), shape)
    text, build = index(rng, shape)

    def call(module):
        source = array.build(module)
        result = source[build(module)]
        shared = isinstance(result, module.ndarray) and result.size > 0 and module.shares_memory(source, result)
        layout = result.strides if isinstance(result, module.ndarray) and shared else None
        return [result, shared, str(layout)]

    return Case("indexing", f"{array}[{text}]", call)


def set_item(rng):
    shape = recipes.shape(rng)
    array = Recipe(rng, rng.choice(ORDINARY), shape, rng.choice(("C", "C", "F", "reversed", "swapped", "read-only")))
    text, build = index(rng, shape)
    value = operand(rng, recipes.shape(rng, 1) if rng.random() < 0.5 else ())

    def call(module):
        target = array.build(module)
        target[build(module)] = value.build(module)
        return target

    return Case("assignment", f"{array}[{text}] = {value}", call)


def cast(rng):
    array = Recipe(rng, rng.choice(NUMERIC), recipes.long_shape(rng) if rng.random() < 0.3 else recipes.shape(rng))
    target = rng.choice(NUMERIC + "g") if rng.random() < 0.9 else rng.choice(["S5", "U7", "O", ">i4", ">f8", "V8"])
    if target == "g":
        target = "d"
    casting = rng.choice(CASTINGS) if rng.random() < 0.3 else "unsafe"
    order = rng.choice("KKKACF")
    draw = rng.random()
    if draw < 0.6:
        # Casting a float out of range to an integer is the processor's own answer, and NumPy's vectors answer otherwise
        # than its single steps where the processor has no such instruction: for unsigned integers of 32 bits.
        undefined = None
        if target == "I" and array.code in FLOATS + COMPLEX:
            def undefined(module):
                values = module.real(array.build(module)).astype("d")
                return ~((values > -(2.0**31) - 1) & (values < 2.0**32))
        return Case("casting", f"{array}.astype({target!r}, {order}, {casting})",
                    lambda module: array.build(module).astype(target, order=order, casting=casting),
                    undefined=undefined)
    if draw < 0.75:
        return Case("casting", f"can_cast({array.code}, {target}, {casting})",
                    lambda module: module.can_cast(module.dtype(array.code), target, casting=casting))
    if draw < 0.9:
        return Case("promotion", f"promote_types({array.code}, {target})",
                    lambda module: module.promote_types(array.code, target))
    others = [operand(rng, (2,)) for _ in range(rng.randint(1, 3))]
    return Case("promotion", f"result_type({array}, {others})",
                lambda module: module.result_type(array.build(module), *(one.build(module) for one in others)))


def axis_of(rng, shape):
    if rng.random() < 0.3:
        return None
    return rng.randint(-max(1, len(shape)), max(0, len(shape) - 1))


def function(rng):
    """Functions and methods on one array, by name."""
    name, draw_call, codes = rng.choice(FUNCTIONS)
    long = rng.random() < 0.2
    shape = recipes.long_shape(rng) if long else recipes.shape(rng)
    array = Recipe(rng, rng.choice(codes), shape)
    text, call = draw_call(rng, shape)
    return Case("function", f"{name} of {array}: {text}", lambda module: call(module, array.build(module)),
                ULPS.get(name, 0), any_zero=name in ANY_ZERO)


def _axis_call(name, *, keepdims=False, dtype=False):
    def draw(rng, shape):
        keywords = {"axis": axis_of(rng, shape)}
        if keepdims and rng.random() < 0.2:
            keywords["keepdims"] = True
        if dtype and rng.random() < 0.15:
            keywords["dtype"] = rng.choice("dDfl")
        return f"{keywords}", lambda module, a: getattr(module, name)(a, **keywords)
    return draw


def _plain(source, *choices):
    """A call written as an expression of np, a and drawn values x, y, k."""
    def draw(rng, shape):
        n = 1
        for length in shape:
            n *= length
        names = {"x": rng.choice(choices or (None,)), "k": rng.randint(-3, 3), "n": n, "ndim": len(shape),
                 "i": [rng.randint(-n, n - 1) if n else 0 for _ in range(3)], "axis": axis_of(rng, shape)}
        code = compile(source, "<case>", "eval")
        return f"{source} with {names}", lambda module, a: eval(code, {"np": module, "a": a, **names})
    return draw


REAL = "?" + INTS + FLOATS
FUNCTIONS = [
    *[(name, _axis_call(name, keepdims=True, dtype=True), NUMERIC) for name in ("sum", "prod", "mean")],
    *[(name, _axis_call(name, keepdims=True), NUMERIC) for name in ("min", "max", "any", "all", "argmin", "argmax")],
    *[(name, _axis_call(name, keepdims=True), "bilfd") for name in ("std", "var", "ptp")],
    *[(name, _axis_call(name), NUMERIC) for name in ("cumsum", "cumprod", "sort", "count_nonzero")],
    ("argsort", _plain("np.argsort(a, axis=axis, kind='stable')"), NUMERIC),
    ("nonzero", _plain("np.nonzero(a)"), NUMERIC),
    ("clip", _plain("np.clip(a, *x)", (0, 3), (-1, 1), (None, 2), (2, None)), REAL),
    ("where", _plain("np.where(a, x, a)", 0, 1.5, -1), NUMERIC),
    ("take", _plain("np.take(a, i)"), NUMERIC),
    ("take mode", _plain("np.take(a, [k, 5], mode=x)", "wrap", "clip"), NUMERIC),
    ("repeat", _plain("np.repeat(a, x, axis=axis)", 0, 1, 2), NUMERIC),
    ("tile", _plain("np.tile(a, x)", 2, (2, 1), (1, 2, 1)), NUMERIC),
    ("roll", _plain("np.roll(a, k, axis=axis)"), NUMERIC),
    ("flip", _plain("np.flip(a, axis=axis)"), NUMERIC),
    ("reshape", _plain("a.reshape(x)", -1, (-1, 1), (1, -1), (2, -1)), NUMERIC),
    ("ravel", _plain("a.ravel(order=x)", "C", "F", "A", "K"), NUMERIC),
    ("squeeze", _plain("np.squeeze(a)"), NUMERIC),
    ("swapaxes", _plain("np.swapaxes(a, 0, k)"), NUMERIC),
    ("moveaxis", _plain("np.moveaxis(a, 0, k)"), NUMERIC),
    ("concatenate", _plain("np.concatenate((a, a), axis=axis)"), NUMERIC),
    ("concatenate mixed", _plain("np.concatenate((a, a.astype(x)), axis=axis)", "f", "l", "?", "D"), NUMERIC),
    ("stack", _plain("np.stack((a, a), axis=x)", 0, -1, 1), NUMERIC),
    ("diff", _plain("np.diff(a, axis=-1)"), NUMERIC),
    ("diagonal", _plain("np.diagonal(a, offset=k)"), NUMERIC),
    ("trace", _plain("np.trace(a, offset=k)"), NUMERIC),
    ("tril", _plain("np.tril(a, k)"), NUMERIC),
    ("round", _plain("np.round(a, k)"), "bilfdFD"),
    ("searchsorted", _plain("np.searchsorted(np.sort(a.ravel()), a.ravel()[:3], side=x)", "left", "right"), REAL),
    ("unique", _plain("np.unique(a)"), REAL),
    ("unique all", _plain("np.unique(a, return_index=True, return_inverse=True, return_counts=True)"), "?bil"),
    ("bincount", _plain("np.bincount(np.abs(a.ravel()) % 7)"), "Bil"),
    ("compress", _plain("np.compress([True, False, True], a)"), NUMERIC),
    ("dot", _plain("np.dot(a, a)"), "?bilfdFD"),
    ("matmul", _plain("np.matmul(a, np.swapaxes(a, -1, -2))"), "?bilfdFD"),
    ("inner", _plain("np.inner(a, a)"), "bilfd"),
    ("outer", _plain("np.outer(a, a)"), "bilfd"),
    ("einsum", _plain("np.einsum(x, a)", "i->", "ij->j", "ij->ji", "ii->i", "...i->...", "ij->"), "bilfd"),
    ("tolist", _plain("a.tolist()"), NUMERIC),
    ("tobytes", _plain("a.tobytes(order=x)", "C", "F"), NUMERIC),
    ("item", _plain("a.item(k)"), NUMERIC),
    ("view", _plain("a.view(x)", "B", "h", "i", "d", "f"), NUMERIC),
    ("real", _plain("(a.real, a.imag)"), NUMERIC),
    ("isclose", _plain("np.isclose(a, a + x)", 0, 1e-9, 1), "bilfd"),
    ("partition", _plain("np.sort(np.partition(a, 0, axis=-1), axis=-1)"), REAL),
    ("put", _plain("(np.put(a, i, x), a)[1]", 0, 1, 5), NUMERIC),
    ("putmask", _plain("(np.putmask(a, a == a, x), a)[1]", 0, 1), NUMERIC),
    ("copyto", _plain("(np.copyto(a, x, casting='unsafe'), a)[1]", 0, 2, 1.5), NUMERIC),
    ("fill", _plain("(a.fill(x), a)[1]", 0, 1, 2), NUMERIC),
    ("choose", _plain("np.choose(np.abs(a) % 2 if a.dtype.kind in 'iu' else a, [10, 20], mode='wrap')"), "?bil"),
    ("nan_to_num", _plain("np.nan_to_num(a)"), "fdFDl"),
    ("ediff1d", _plain("np.ediff1d(a)"), "bilfd"),
    ("atleast_3d", _plain("np.atleast_3d(a)"), NUMERIC),
    ("expand_dims", _plain("np.expand_dims(a, x)", 0, -1), NUMERIC),
    ("pad", _plain("np.pad(a, 1)"), "bilfd"),
    ("delete", _plain("np.delete(a, k)"), "bilfd"),
    ("insert", _plain("np.insert(a, 0, x)", 1, 9), "bilfd"),
    ("average", _plain("np.average(a)"), "ilfd"),
    ("strides", _plain("(a.strides, a.flags.c_contiguous, a.flags.f_contiguous, a.flags.writeable)"), NUMERIC),
]


def text(rng):
    array = Recipe(rng, rng.choice(NUMERIC), recipes.shape(rng))
    options = {}
    if rng.random() < 0.4:
        options["precision"] = rng.randint(0, 10)
    if rng.random() < 0.3:
        options["suppress"] = True
    if rng.random() < 0.2:
        options["threshold"] = rng.randint(2, 20)
    if rng.random() < 0.1:
        options["floatmode"] = rng.choice(["fixed", "unique", "maxprec", "maxprec_equal"])
    if rng.random() < 0.1:
        options["sign"] = rng.choice(["-", "+", " "])
    show = rng.choice([repr, str])

    def call(module):
        with module.printoptions(**options):
            return show(array.build(module))

    return Case("printing", f"{show.__name__}({array}) {options}", call)


KINDS = ((elementwise, 34), (operator, 10), (method, 10), (take_item, 14), (set_item, 9), (cast, 10), (function, 18),
         (text, 5))


def draw(rng):
    """The next case."""
    maker = rng.choices([maker for maker, _ in KINDS], weights=[weight for _, weight in KINDS])[0]
    return maker(rng)


assert COMPLEX
