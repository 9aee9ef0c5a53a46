"""The six families of series beside NumPy: values to the last bit, dtypes, shapes, texts and errors.

Where NumPy calls LAPACK or BLAS (roots, fits, Gauss's rules, long convolutions) the last bits are
those of its library; there, only nearness is asked.
"""

import copy
import pickle
import random
from fractions import Fraction

import numpy_rs as nr
import pytest

FAMILIES = {
    "polynomial": ("poly", "Polynomial"),
    "chebyshev": ("cheb", "Chebyshev"),
    "legendre": ("leg", "Legendre"),
    "hermite": ("herm", "Hermite"),
    "hermite_e": ("herme", "HermiteE"),
    "laguerre": ("lag", "Laguerre"),
}
DTYPES = ["float64", "int64", "float32", "float16", "complex128", "uint8"]

# Series are written @1, @2, ...; points $1; `f` stands for the prefix of the family.
CALLS = """
fline(1.5, 2)
fline(3, 0)
fadd(@1, @2)
fsub(@1, @2)
fmulx(@1)
fmulx([0])
fmul(@s, @1)
fmul(@1, 2.5)
fdiv(@1, @s)
fdiv(@s, @1)
fdiv(@1, [2])
fdiv(@1, [0])
fpow(@s, 3)
fpow(@s, 0)
fpow(@s, 1)
fpow(@s, 2.5)
fpow(@s, 5, 4)
ffromroots(@s)
ffromroots([])
ftrim(@1, 0.5)
ftrim(@1, -1)
fval($1, @1)
fval($1, [2.5])
fval(0.3, @1)
fval(2, @1)
fval([1, 2, 3], @1)
fval((0.5,), @s)
fval($1, @2d)
fval($1, @2d, tensor=False)
fval2d($1, $1, @2d)
fval2d($1, 1, @2d)
fval3d($1, $1, $1, @3d)
fvalnd([$1, $1], @2d)
fvalnd([$1, $1, $1], @3d)
fgrid2d($1, [1, 2], @2d)
fgrid3d($1, [1, 2], 0.5, @3d)
fvander($1, 5)
fvander(2, 3)
fvander($1, 0)
fvander($1, -1)
fvander($1, 2.5)
fvander2d($1, $1, [2, 3])
fvander3d($1, $1, $1, [1, 2, 2])
fvander2d($1, $1, [2])
fder(@1)
fder(@1, 2, scl=3)
fder(@1, 9)
fder(@2d, axis=1)
fder(@2d, 5, axis=1)
fder(@3d, 2, axis=-1)
fder(@1, -1)
fder(@1, 1.5)
fder(@1, axis=1)
fint(@1)
fint(@1, 3, [1, 2], lbnd=-1, scl=0.5)
fint(@1, k=4)
fint([0], 2)
fint(@2d, axis=1)
fint(@3d, 2, axis=-1)
fint(@1, 1, [1, 2])
fint(@1, lbnd=[0])
fint(@1, scl=[0])
fint(@1, -1)
fcompanion(@1)
fcompanion(@s)
fcompanion([1])
froots([3])
froots([1, 2])
""".split("\n")[1:-1]
BEYOND_POWERS = "f2poly(@1) f2poly([1.5]) f2poly([1.5,2]) poly2f(@1) poly2f([2]) fweight($1)".split()


@pytest.fixture(scope="module")
def both(real):
    return nr, real


def functions(np, module):
    """The module's functions under names with `f` for the prefix, and what calls need besides."""
    prefix = FAMILIES[module][0]
    found = getattr(np.polynomial, module)
    names = {n.replace(prefix, "f", 1) if n != f"poly2{prefix}" else "poly2f": getattr(found, n)
             for n in found.__all__}  # fmt: skip
    return {"np": np, **names}


def numbers(draw, shape, dtype):
    """Nested lists of exact small numbers and of full doubles, as one dtype holds them."""
    if shape:
        return [numbers(draw, shape[1:], dtype) for _ in range(shape[0])]
    if dtype in ("int64", "uint8"):
        return draw.randint(0 if dtype == "uint8" else -9, 9)
    if dtype.startswith("complex"):
        return complex(draw.uniform(-2, 2), draw.uniform(-2, 2))
    return draw.uniform(-2, 2)


def operands(draw, dtype):
    shapes = {  # the longer name first, since they are replaced in this order
        "@2d": (draw.randint(1, 4), 3),
        "@3d": (2, 3, 2),
        "@1": (draw.randint(2, 8),),
        "@2": (draw.randint(1, 8),),
        "@s": (draw.randint(2, 4),),
        "$1": (3,),
    }
    return {name: f"np.array({numbers(draw, shape, dtype)}, '{dtype}')" for name, shape in shapes.items()}


def written(call, values):
    for name, text in values.items():
        call = call.replace(name, text)
    return call


def exact(np, value):
    """A value as plain Python data in which every bit but a NaN's payload counts."""
    if isinstance(value, (tuple, list)):
        return [exact(np, item) for item in value]
    if isinstance(value, (np.ndarray, np.generic)):
        kind = type(value).__name__
        return kind, value.dtype.str, value.shape, [bits(x) for x in np.asarray(value).ravel().tolist()]
    if isinstance(value, np.polynomial._polybase.ABCPolyBase):
        pair = value.domain, value.window
        return type(value).__name__, exact(np, value.coef), exact(np, pair), value.symbol
    return type(value).__name__, bits(value)


def bits(x):
    if isinstance(x, complex):
        return float.hex(x.real), float.hex(x.imag)
    return float.hex(x) if isinstance(x, float) else x


def outcome(np, call, names):
    try:
        with np.errstate(all="ignore"):
            return eval(call, dict(names))
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def differs(both, call, names, digits=None):
    """What the two packages answer where it differs; with `digits`, in more than the last places."""
    answers = [outcome(np, call, one) for np, one in zip(both, names)]
    ours, theirs = (exact(np, answer) for np, answer in zip(both, answers))
    if ours == theirs or (digits is not None and near(both[1], *answers, digits)):
        return []
    return [(call, ours, theirs)]


def near(np, ours, theirs, digits):
    if type(ours).__name__ != type(theirs).__name__:
        return False
    if hasattr(theirs, "coef"):
        parts = [(p.coef, p.domain, p.window) for p in (ours, theirs)]
        return ours.symbol == theirs.symbol and near(np, *parts, digits)
    if isinstance(theirs, (tuple, list)):
        return len(ours) == len(theirs) and all(near(np, *pair, digits) for pair in zip(ours, theirs))
    if isinstance(theirs, str):
        return ours == theirs
    if hasattr(theirs, "dtype"):
        if (ours.dtype.str, ours.shape) != (theirs.dtype.str, theirs.shape):
            return False
        ours, theirs = ours.tolist(), theirs.tolist()
    ours, theirs = np.asarray(ours), np.asarray(theirs)
    if not (np.isfinite(ours).all() and np.isfinite(theirs).all()):
        return np.array_equal(ours, theirs, equal_nan=True)
    return not theirs.size or abs(ours - theirs).max() <= 10.0**-digits * max(abs(theirs).max(), 1)


def digits_asked(module, dtype, call):
    """None for all bits. NumPy's complex products depend on the processor, its `exp` and BLAS on their makers."""
    convolved = module in ("polynomial", "chebyshev") and call.startswith(("fmul(", "fpow", "ffromroots"))
    if dtype == "complex128" or call.startswith("fweight") or (convolved and dtype.startswith("float")):
        return {"float16": 2, "float32": 5}.get(dtype, 12)
    return None


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("module", FAMILIES)
def test_functions_to_the_last_bit(both, module, dtype):
    draw = random.Random(f"{module} {dtype} 20261121")
    names = [functions(np, module) for np in both]
    calls = CALLS + (BEYOND_POWERS if module != "polynomial" else ["fvalfromroots($1, @2d)"])
    wrong = []
    for _ in range(6):
        values = operands(draw, dtype)
        for call in calls:
            wrong += differs(both, written(call, values), names, digits_asked(module, dtype, call))
    assert wrong == []


@pytest.mark.parametrize("module", FAMILIES)
def test_coefficients_may_be_any_objects(both, module):
    draw = random.Random(f"{module} objects")
    names = [{**functions(np, module), "Fraction": Fraction} for np in both]
    wrong = []
    for _ in range(4):
        series = [[Fraction(draw.randint(-9, 9), draw.randint(1, 9)) for _ in range(n)] for n in (5, 2, 3)]
        values = {"@1": f"np.array({series[0]})", "@2": f"np.array({series[1]})", "@s": f"np.array({series[2]})"}
        for call in CALLS:
            if not any(name in call for name in ("$", "@2d", "@3d", "companion(@")):
                wrong += differs(both, written(call, values), names)
        wrong += differs(both, written("fval(Fraction(1, 3), @1)", values), names)
    assert wrong == []


# #x, #y, #w and #y2 are points, values, weights and two columns of values; P is the class.
SOLVED = """
froots(@1)
froots([0, 0, 1.0])
froots([1])
fgauss(1)
fgauss(5)
fgauss(100)
fgauss(0)
fgauss(2.5)
ffit(#x, #y, 3)
ffit(#x, #y, [0, 3, 2])
ffit(#x, #y, 3, full=True)
ffit(#x, #y, 3, w=#w)
ffit(#x, #y2, 3)
ffit(#x, #y2, [3, 1], w=#w)
ffit(#x, #y2, 2, full=True)
ffit(#x, #y, 3, rcond=0.5, full=True)
ffit([1], #y, 2)
ffit(#x, #y, -1)
ffit(#x, #y, 1.5)
ffit(#x, #y, [])
ffit([], [], 1)
ffit([[1]], [1], 1)
ffit(#x, [[[1]]], 1)
ffit(#x, #y, 3, w=[[1]])
ffit(#x, #y, 3, w=[1])
P.fit(#x, #y, 3)
P.fit(#x, #y, [1, 3], domain=[])
P.fit(#x, #y, 2, domain=[0, 5], window=[0, 1], symbol='t', full=True)
P.fit([1, 1], [2, 3], 0)
P([1, 2, 3.5]).roots()
P(@1, [0, 2]).roots()
P.fromroots([1, 2, 3]).roots()
""".split("\n")[1:-1]


@pytest.mark.parametrize("dtype", ["float64", "int64", "float32", "complex128"])
@pytest.mark.parametrize("module", FAMILIES)
def test_fits_roots_and_rules(both, module, dtype):
    draw = random.Random(f"{module} {dtype} solved")
    names = [{**functions(np, module), "P": getattr(np.polynomial, FAMILIES[module][1])} for np in both]
    wrong = []
    for _ in range(4):
        shapes = {"#y2": (9, 2), "#y": (9,), "@1": (draw.randint(2, 7),)}
        values = {name: f"np.array({numbers(draw, shape, dtype)}, '{dtype}')" for name, shape in shapes.items()}
        values["#x"] = f"np.array({[i + draw.uniform(0, 0.5) for i in range(9)]}, '{dtype}') / 9"
        values["#w"] = f"np.array({[draw.uniform(0.5, 2) for _ in range(9)]})"
        for call in SOLVED if module != "polynomial" else [c for c in SOLVED if "gauss" not in c]:
            wrong += differs(both, written(call, values), names, 3 if dtype == "float32" else 9)
    assert wrong == []


CHEBYSHEV = """
fpts1(5)
fpts1(0)
fpts1(2.5)
fpts2(6)
fpts2(1)
fpts2(2.5)
fgauss(4)
fgauss(0)
fgauss(1.5)
finterpolate(lambda x: x**3 - x, 4)
finterpolate(lambda x, a: a * x, 2, (3,))
finterpolate(lambda x: x, -1)
finterpolate(lambda x: x, 1.0)
finterpolate(lambda x: x, [1])
""".split("\n")[1:-1]


def test_chebyshev_points(both):
    names = [functions(np, "chebyshev") for np in both]
    assert sum((differs(both, call, names, 14) for call in CHEBYSHEV), []) == []


UTILITIES = """
as_series([1, [1, 2], [3, 0, 0]])
as_series([1, [0, 0], [3, 0, 0]], trim=False)
as_series([[]])
as_series([[[1]]])
as_series([['a']])
as_series([[True, False]])
as_series([np.float32([1, 2]), np.complex64([1j])])
as_series([np.float16([1, 2]), [1]])
trimseq([0, 0, 0])
trimseq([])
trimseq((1, 2, 0))
trimcoef([0, 0, 1e-3, 0, 1e-5, 0, 0], 1e-3)
trimcoef([1j, 1e-9j], 1e-3)
getdomain([1, 10, 3, -1])
getdomain([1j, 2, 3 - 1j])
getdomain(np.float32([1, 2]))
mapparms([1, 4], [-1, 1])
mapparms((1j, -1), (1, 1j))
mapdomain(3, (0, 4), (0, 1))
mapdomain(np.float32(3), np.array([0, 4]), np.array([0.5, 1]))
mapdomain([1, 2], [0, 4], [0, 1])
mapdomain(2, [1, 1.0], [0, 1])
format_float(1.5)
format_float(np.float32(0.1))
format_float(1e9, parens=True)
format_float(1e-9)
format_float(np.inf)
format_float(np.nan)
format_float(3)
""".split("\n")[1:-1]


def test_utilities(both):
    names = [{"np": np, **{n: getattr(np.polynomial.polyutils, n) for n in np.polynomial.polyutils.__all__}}
             for np in both]  # fmt: skip
    assert sum((differs(both, call, names) for call in UTILITIES), []) == []


# P is a class, Q another one; p, q and r are series of P, r over another domain.
OBJECTS = """
p + q
p - q
p * q
p // q
p % q
divmod(p, q)
p ** 3
p ** 101
p ** -1
p / 2
p / True
p / q
2 / p
2 // p
[1, 2] % p
[1, 2, 3] + p
p - (1, 2)
1 - p
2 * p
-p
+p
p + r
p + P([1], symbol='z')
p + Q([1])
p + 'a'
p // 0
np.arange(3) + p
np.float64(2) * p
p == q
p == p.copy()
p != r
p == 1
p(0.5)
p(np.linspace(0, 1, 3))
p([1, 2])
p(q)
r(2)
p.convert(kind=Q)
r.convert()
r.convert(domain=[0, 1], kind=Q, window=[-2, 2])
Q.cast(r)
P.cast(Q([1, 2, 3]), domain=[0, 2])
p.integ()
r.integ(2, [1, 2], lbnd=0.5)
r.deriv()
p.deriv(2)
p.deriv(-1)
p.truncate(2)
p.truncate(9)
p.truncate(0)
p.truncate(1.5)
p.cutdeg(1)
p.trim(1)
p.degree()
len(p)
list(p)
r.mapparms()
r.linspace(4)
p.linspace(3, [0, 1])
P.identity()
P.identity([0, 2], window=[1, 5])
P.basis(3)
P.basis(2, domain=[0, 1], symbol='t')
P.basis(-1)
P.basis(1.5)
P.fromroots([1, 2])
P.fromroots([1, 3, 2], domain=None)
P.fromroots([1, 2], domain=[0, 4], window=[-1, 0])
P.identity([])
P([])
P([[1]])
P([1], domain=[1, 2, 3])
P([1], window=[1])
P([1], symbol='1x')
P([1], symbol=1)
p.has_samecoef(q)
p.has_samedomain(r)
p.has_samewindow(r)
p.has_sametype(Q([1]))
hash(p)
p.symbol
repr(r)
str(p)
str(r)
f'{r:ascii}'
f'{r:unicode}'
f'{p:x}'
r._repr_latex_()
P([1, 0, -2.5, 1e-9, 1e12])._repr_latex_()
P([1 + 2j, 1j, -1])._repr_latex_()
str(P([1 + 2j, 1j, -1]))
str(P([np.nan, np.inf, -np.inf, np.nan]))
str(P(range(40)))
str(P([Fraction(1, 3), Fraction(-2, 5)]))
str(P(['a', 'b'][:0] + [1]))
str(P(np.arange(4), domain=[0, 2], symbol='y'))
P(np.arange(4), domain=[0, 2], symbol='y')._repr_latex_()
P(np.float32([0.1, 0.2]))
P([Fraction(1, 3), 2])
P._add([1], [2])
P.domain, P.window, P.basis_name, P.maxpower, P.__array_ufunc__, P.__hash__
""".split("\n")[1:-1]


@pytest.mark.parametrize("module", FAMILIES)
def test_classes(both, module):
    name = FAMILIES[module][1]
    other = "Legendre" if name != "Legendre" else "Polynomial"
    names = []
    for np in both:
        P = getattr(np.polynomial, name)
        series = {"p": P([1.5, -2, 0.25]), "q": P([1, 0.5]), "r": P([1, 2, 3], [0, 3], symbol="y")}
        names.append({"np": np, "P": P, "Q": getattr(np.polynomial, other), "Fraction": Fraction, **series})
    # Names in messages are those of the package.
    wrong = []
    for call in OBJECTS:
        for problem in differs(both, call, names, None if "fromroots" not in call else 14):
            if str(problem[1]).replace("numpy_rs", "numpy") != str(problem[2]):
                wrong.append(problem)
    assert wrong == []


@pytest.mark.parametrize("style", ["ascii", "unicode"])
def test_printing_after_the_options(both, style):
    texts = []
    for np in both:
        default = np.polynomial._polybase.ABCPolyBase._use_unicode
        p = np.polynomial.Polynomial([-1.25, 1 / 3, 0, 1e-7, 123456789.0], [0, 3])
        c = np.polynomial.Chebyshev(np.arange(12) / 7)
        try:
            np.polynomial.set_default_printstyle(style)
            seen = []
            for options in ({}, {"precision": 3}, {"floatmode": "fixed"}, {"linewidth": 20}, {"linewidth": 0},
                            {"sign": "+"}, {"nanstr": "NAN"}, {"suppress": True}):  # fmt: skip
                with np.printoptions(**options):
                    seen += [str(p), str(c), repr(p), p._repr_latex_(), f"{c:unicode}"]
        finally:
            np.polynomial._polybase.ABCPolyBase._use_unicode = default
        texts.append(seen)
        with pytest.raises(ValueError, match="Unsupported format string 'latex'. Valid options are 'ascii'"):
            np.polynomial.set_default_printstyle("latex")
    assert texts[0] == texts[1]


@pytest.mark.parametrize("name", [name for _, name in FAMILIES.values()])
def test_copies_and_pickles_are_equal_and_apart(name):
    p = getattr(nr.polynomial, name)([1, 2, 3], domain=[0, 2], window=[-2, 2], symbol="t")
    for q in (pickle.loads(pickle.dumps(p)), copy.copy(p), copy.deepcopy(p), p.copy()):
        assert q == p and type(q) is type(p) and q.symbol == "t"
        assert not nr.shares_memory(q.coef, p.coef)
    with pytest.raises(AttributeError):
        p.symbol = "z"


@pytest.mark.parametrize("module", FAMILIES)
def test_functions_are_functions_of_their_module(both, module):
    import inspect

    ours, theirs = (getattr(np.polynomial, module) for np in both)
    assert ours.__all__ == theirs.__all__
    for name in theirs.__all__:
        one, other = getattr(ours, name), getattr(theirs, name)
        if inspect.isfunction(other) or type(other).__name__ == "_ArrayFunctionDispatcher":
            assert type(one).__name__ == type(other).__name__, name
            assert str(inspect.signature(one)) == str(inspect.signature(other)), name
            assert one.__module__ == other.__module__.replace("numpy.", "numpy_rs."), name
            assert one.__name__ == other.__name__ and "{name}" not in one.__doc__
            assert pickle.loads(pickle.dumps(one)) is one


def test_scalars_are_numbers_once_the_package_is_imported():
    import subprocess
    import sys

    code = "import numbers, numpy_rs as np; assert isinstance(np.int8(1), numbers.Integral)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_class_of_ones_own(both):
    printed = []
    for np in both:
        base = np.polynomial._polybase.ABCPolyBase
        with pytest.raises(TypeError, match="abstract"):
            base([1])

        class Mine(np.polynomial.Polynomial):
            basis_name = "M"
            domain = np.array([0.0, 1.0])
            _str_term_ascii = classmethod(lambda cls, i, arg_str: f" <{i} {arg_str}>")

        p = Mine([1, 2, 3])
        printed.append(
            (repr(p), f"{p:ascii}", str(p * 2), p.integ().coef.tolist(), (p == np.polynomial.Polynomial([1])))
        )
    assert printed[0] == printed[1]
