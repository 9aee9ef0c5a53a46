"""Every ufunc row on special values, one call each: the value and the floating-point errors are NumPy's."""

import itertools
import warnings

import numpy_rs as nr
import pytest

INF, NAN = float("inf"), float("nan")
UNARY = """absolute arccos arccosh arcsin arcsinh arctan arctanh cbrt ceil conjugate cos cosh deg2rad exp exp2 expm1
fabs floor isfinite isinf isnan log log10 log1p log2 logical_not negative positive rad2deg reciprocal rint sign
signbit sin sinh spacing sqrt square tan tanh trunc modf frexp""".split()
BINARY = """add subtract multiply divide floor_divide remainder fmod divmod power float_power arctan2 hypot copysign
nextafter logaddexp logaddexp2 heaviside maximum minimum fmax fmin equal less""".split()
VALUES = {
    "e": [0.0, -0.0, 1.0, -1.0, 0.5, 2.0, -3.0, INF, -INF, NAN, 65504.0, 6.1e-05, 6e-08],
    "f": [0.0, -0.0, 1.0, -1.0, 0.5, 2.0, -3.0, INF, -INF, NAN, 3.4e38, 1.2e-38, 1e-45],
    "d": [0.0, -0.0, 1.0, -1.0, 0.5, 2.0, -3.0, INF, -INF, NAN, 1.7e308, 2.3e-308, 5e-324],
}
SETTINGS = {"divide": "warn", "over": "warn", "under": "ignore", "invalid": "warn"}
#: Functions whose last bit no standard fixes.
TOLERANT = {"exp", "exp2", "expm1", "sin", "cos", "tan", "tanh", "power", "float_power", "arctan2", "sinh", "log1p",
            "arcsin", "arctan",
            "maximum", "minimum", "fmax", "fmin", "arcsinh", "arctanh", "hypot", "cbrt", "deg2rad",
            "logaddexp", "logaddexp2"}


def outcome(module, name, code, values):
    """(values rounded enough to compare, errors told)."""
    arguments = [module.array([value], dtype=code) for value in values]
    with module.errstate(**SETTINGS), warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        results = getattr(module, name)(*arguments)
    results = results if isinstance(results, tuple) else (results,)
    told = {str(w.message).split(" encountered")[0] for w in caught}
    return [repr(r.tolist()[0]) for r in results], told, [r.tolist()[0] for r in results]


def close(left, right, code):
    if left == right or (left != left and right != right):
        return True
    eps = {"e": 2.0**-10, "f": 2.0**-23, "d": 2.0**-52}[code]
    tiny = {"e": 6e-08, "f": 1.5e-45, "d": 5e-324}[code]
    return abs(left - right) <= 4 * eps * abs(right) + 2 * tiny


CASES = [(name, code) for name in UNARY + BINARY for code in "efd"
         if (name, code) not in {("floor_divide", "e"), ("divmod", "e"), ("power", "f"), ("power", "d")}]


@pytest.mark.parametrize("name, code", CASES)
def test_values_and_errors(real, name, code):
    wrong = []
    for values in itertools.product(VALUES[code], repeat=1 if name in UNARY else 2):
        ours, our_errors, our_numbers = outcome(nr, name, code, values)
        theirs, their_errors, their_numbers = outcome(real, name, code, values)
        same = ours == theirs or (name in TOLERANT | {"log", "log2", "log10", "arccos", "arccosh", "cosh", "rad2deg"}
                                  and all(close(a, b, code) for a, b in zip(our_numbers, their_numbers)))
        if not same or our_errors != their_errors:
            wrong.append((values, ours, our_errors, theirs, their_errors))
    assert wrong == []


@pytest.mark.parametrize("setting", ["ignore", "warn", "raise", "call", "print"])
def test_each_setting_does_what_it_says(real, setting, capfd):
    for module in (nr, real):
        seen = []
        with module.errstate(divide=setting, call=lambda kind, flag, seen=seen: seen.append((kind, flag))):
            with warnings.catch_warnings(record=True) as caught:
                warnings.simplefilter("always")
                if setting == "raise":
                    with pytest.raises(FloatingPointError, match="divide by zero encountered in divide"):
                        module.divide(module.ones(3), 0.0)
                else:
                    assert module.divide(module.ones(3), 0.0).tolist() == [INF] * 3
        assert len(caught) == (setting == "warn")
        assert seen == ([("divide by zero", 1)] if setting == "call" else [])
        assert bool(capfd.readouterr().err) == (setting == "print")
