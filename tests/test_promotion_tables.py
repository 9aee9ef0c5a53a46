"""Casting and promotion, exhaustively over all builtin dtypes and Python scalars."""

import itertools

import numpy_rs as nr
import pytest

CODES = [*"?bBhHiIlLqQefdgFDGO", "S", "S3", "U", "U4", "V5", ">i4", ">f8", "<U2"]
CASTINGS = ["no", "equiv", "safe", "same_kind", "unsafe"]
SCALARS = [True, 0, 1, -1, 127, 128, 255, 256, 70000, 2**31, 2**40, 2**63, -(2**40), 0.0, 1.5, 1e300, float("nan"), 1j]


def answer(call):
    try:
        result = call()
    except Exception as error:
        return type(error).__name__
    return (result.str, result.char) if hasattr(result, "str") else result


@pytest.mark.parametrize("casting", CASTINGS)
def test_can_cast(real, casting):
    wrong = [(a, b) for a, b in itertools.product(CODES, CODES)
             if answer(lambda: nr.can_cast(a, b, casting)) != answer(lambda: real.can_cast(a, b, casting))]
    assert wrong == []


def test_promote_types(real):
    wrong = [(a, b) for a, b in itertools.product(CODES, CODES)
             if answer(lambda: nr.promote_types(a, b)) != answer(lambda: real.promote_types(a, b))]
    assert wrong == []


@pytest.mark.parametrize("scalar", SCALARS, ids=repr)
def test_python_scalars_are_weak(real, scalar):
    for code in "?bBhHiIlLqQefdgFDG":
        ours, theirs = nr.ones(2, dtype=code), real.ones(2, dtype=code)
        assert answer(lambda: nr.result_type(ours, scalar)) == answer(lambda: real.result_type(theirs, scalar)), code
        for name in ("add", "multiply", "maximum", "divide", "less"):
            with nr.errstate(all="ignore"), real.errstate(all="ignore"):
                a = answer(lambda: getattr(nr, name)(ours, scalar).dtype)
                b = answer(lambda: getattr(real, name)(theirs, scalar).dtype)
            assert a == b, (code, name)


def test_three_at_once(real):
    codes = "?hlLfdFD"
    wrong = [three for three in itertools.product(codes, repeat=3)
             if answer(lambda: nr.result_type(*three)) != answer(lambda: real.result_type(*three))]
    assert wrong == []


def test_every_spelling_of_a_dtype(real):
    names = [n for n in real.sctypeDict if isinstance(n, str)]
    names += [*"?bBhHiIlLqQefdgFDGOSUVmMpP", "i1", "u8", "f2", "c16", "=i4", "|u1", ">c8", "<f8", "f4,i2", "3i4"]
    names += ["(2,3)f8", "S10", "a5", "intc", "void", "str", "bool", "object"]
    for name in names:
        assert answer(lambda: nr.dtype(name)) == answer(lambda: real.dtype(name)), name
