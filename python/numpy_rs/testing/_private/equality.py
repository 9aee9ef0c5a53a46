"""Assertions of exact equality and order."""

import difflib
import operator
import sys

from .comparison import assert_array_compare, build_err_msg


def _package():
    return sys.modules[__name__.partition(".")[0]]


def assert_(val, msg=""):
    """Fails unless `val` is true, under `python -O` too; `msg` may be a function."""
    __tracebackhide__ = True
    if not val:
        raise AssertionError(msg() if callable(msg) else msg)


def assert_equal(actual, desired, err_msg="", verbose=True, *, strict=False):
    """Fails unless two objects are equal: containers item by item, NaN equal to NaN."""
    __tracebackhide__ = True
    np = _package()
    if isinstance(desired, dict):
        if not isinstance(actual, dict):
            raise AssertionError(repr(type(actual)))
        assert_equal(len(actual), len(desired), err_msg, verbose)
        for key in desired:
            if key not in actual:
                raise AssertionError(repr(key))
            assert_equal(actual[key], desired[key], f"key={key!r}\n{err_msg}", verbose)
        return
    if isinstance(desired, (list, tuple)) and isinstance(actual, (list, tuple)):
        assert_equal(len(actual), len(desired), err_msg, verbose)
        for i, (mine, other) in enumerate(zip(actual, desired)):
            assert_equal(mine, other, f"item={i!r}\n{err_msg}", verbose)
        return
    if isinstance(actual, np.ndarray) or isinstance(desired, np.ndarray):
        assert_array_equal(actual, desired, err_msg, verbose, strict=strict)
        return
    message = build_err_msg([actual, desired], err_msg, verbose=verbose)
    if _is_complex(actual) or _is_complex(desired):
        try:
            for part in (np.real, np.imag):
                assert_equal(part(actual), part(desired))
        except AssertionError:
            raise AssertionError(message) from None
    if np.isscalar(desired) != np.isscalar(actual):
        raise AssertionError(message)
    if _both_not_a_time(actual, desired, message) or _both_nan_or_signed_zero(actual, desired, message):
        return
    try:
        if not (desired == actual):
            raise AssertionError(message)
    except (DeprecationWarning, FutureWarning) as warning:
        if "elementwise == comparison" in warning.args[0]:
            raise AssertionError(message) from None
        raise


def _is_complex(value):
    try:
        return _package().iscomplexobj(value)
    except (TypeError, ValueError):
        return False


def _both_not_a_time(actual, desired, message):
    np = _package()
    try:
        mine, other = np.isnat(actual), np.isnat(desired)
        both = bool(mine and other)
    except (TypeError, ValueError, NotImplementedError):
        return False
    if both:
        if np.asarray(desired).dtype.type != np.asarray(actual).dtype.type:
            raise AssertionError(message)
        return True
    return False


def _both_nan_or_signed_zero(actual, desired, message):
    np = _package()
    try:
        mine, other = np.isnan(actual), np.isnan(desired)
        if mine and other:
            return True
        if np.asarray(actual).dtype.char in "Mm" or np.asarray(desired).dtype.char in "Mm":
            if mine or other:
                raise AssertionError(message)
        elif desired == 0 and actual == 0 and np.signbit(desired) != np.signbit(actual):
            raise AssertionError(message)
    except (TypeError, ValueError, NotImplementedError):
        pass
    return False


def assert_array_equal(actual, desired, err_msg="", verbose=True, *, strict=False):
    """Fails unless shapes and all elements are equal; a scalar is compared with each element."""
    __tracebackhide__ = True
    assert_array_compare(operator.__eq__, actual, desired, err_msg=err_msg, verbose=verbose,
                         header="Arrays are not equal", strict=strict)


def assert_array_less(x, y, err_msg="", verbose=True, *, strict=False):
    """Fails unless every element of `x` is less than that of `y`."""
    __tracebackhide__ = True
    assert_array_compare(operator.__lt__, x, y, err_msg=err_msg, verbose=verbose,
                         header="Arrays are not strictly ordered `x < y`", equal_inf=False,
                         strict=strict, names=("x", "y"))


def assert_string_equal(actual, desired):
    """Fails unless two strings are equal, and shows the lines that differ."""
    __tracebackhide__ = True
    for text in (actual, desired):
        if not isinstance(text, str):
            raise AssertionError(repr(type(text)))
    if actual == desired:
        return
    lines = list(difflib.Differ().compare(actual.splitlines(True), desired.splitlines(True)))
    shown = [line.rstrip("\n") for line in lines if not line.startswith("  ")]
    if not any(line[2:] for line in shown):
        return
    raise AssertionError("Differences in strings:\n" + "\n".join(shown))
