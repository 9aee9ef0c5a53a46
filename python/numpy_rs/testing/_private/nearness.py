"""Assertions that numbers are equal up to rounding."""

import sys

from .comparison import assert_array_compare, build_err_msg


def _package():
    return sys.modules[__name__.partition(".")[0]]


def assert_almost_equal(actual, desired, decimal=7, err_msg="", verbose=True):
    """Fails unless `abs(desired - actual) < 1.5 * 10**-decimal`."""
    __tracebackhide__ = True
    np = _package()

    def fail():
        headline = f"Arrays are not almost equal to {decimal} decimals"
        raise AssertionError(build_err_msg([actual, desired], err_msg, verbose=verbose, header=headline))

    try:
        complex_ = np.iscomplexobj(actual) or np.iscomplexobj(desired)
    except ValueError:
        complex_ = False
    arrays = (np.ndarray, tuple, list)
    if isinstance(actual, arrays) or isinstance(desired, arrays):
        assert_array_almost_equal(actual, desired, decimal, err_msg)
        return
    if complex_:
        try:
            for part in (np.real, np.imag):
                assert_almost_equal(part(actual), part(desired), decimal=decimal)
        except AssertionError:
            fail()
        return
    try:
        if not (np.isfinite(desired) and np.isfinite(actual)):
            if np.isnan(desired) or np.isnan(actual):
                if not (np.isnan(desired) and np.isnan(actual)):
                    fail()
            elif not desired == actual:
                fail()
            return
    except (NotImplementedError, TypeError):
        pass
    if abs(desired - actual) >= np.float64(1.5 * 10.0**(-decimal)):
        fail()


def assert_approx_equal(actual, desired, significant=7, err_msg="", verbose=True):
    """Fails unless two numbers agree in so many significant digits."""
    __tracebackhide__ = True
    np = _package()
    actual, desired = float(actual), float(desired)
    if desired == actual:
        return
    with np.errstate(invalid="ignore"):
        scale = np.power(10, np.floor(np.log10(0.5 * (abs(desired) + abs(actual)))))
    ratios = [value / scale if scale else 0.0 for value in (desired, actual)]
    message = build_err_msg([actual, desired], err_msg, verbose=verbose,
                            header=f"Items are not equal to {significant} significant digits:")
    if not (np.isfinite(desired) and np.isfinite(actual)):
        if np.isnan(desired) or np.isnan(actual):
            if not (np.isnan(desired) and np.isnan(actual)):
                raise AssertionError(message)
        elif not desired == actual:
            raise AssertionError(message)
        return
    if abs(ratios[0] - ratios[1]) >= 10.0**(-(significant - 1)):
        raise AssertionError(message)


def assert_array_almost_equal(actual, desired, decimal=6, err_msg="", verbose=True):
    """Fails unless `abs(desired - actual) < 1.5 * 10**-decimal` for all elements."""
    __tracebackhide__ = True
    np = _package()

    def near(x, y):
        try:
            x_inf, y_inf = np.isinf(x), np.isinf(y)
            if np.any(x_inf) or np.any(y_inf):
                if not (x_inf == y_inf).all():
                    return False
                if getattr(x, "size", 1) == 1 and getattr(y, "size", 1) == 1:
                    return x == y
                x, y = x[~x_inf], y[~y_inf]
        except (TypeError, NotImplementedError):
            pass
        # An inexact type, so that no subtraction of integers wraps around.
        dtype = np.result_type(y, 1.0)
        y = np.asanyarray(y, dtype)
        difference = abs(x - y)
        if not np.issubdtype(difference.dtype, np.number):
            difference = difference.astype(np.float64)
        return difference < np.float64(1.5 * 10.0**(-decimal))

    assert_array_compare(near, actual, desired, err_msg=err_msg, verbose=verbose,
                         header=f"Arrays are not almost equal to {decimal} decimals",
                         precision=decimal)


def assert_allclose(actual, desired, rtol=1e-07, atol=0, equal_nan=True, err_msg="", verbose=True,
                    *, strict=False):
    """Fails unless `abs(actual - desired) <= atol + rtol * abs(desired)` for all elements."""
    __tracebackhide__ = True
    np = _package()

    def near(x, y):
        return np.isclose(x, y, rtol=rtol, atol=atol, equal_nan=equal_nan)

    actual, desired = np.asanyarray(actual), np.asanyarray(desired)
    if isinstance(rtol, np.timedelta64):
        words = f"rtol={rtol}, atol={atol}"
    else:
        words = f"rtol={rtol:g}, atol={atol if isinstance(atol, np.timedelta64) else format(atol, 'g')}"
    assert_array_compare(near, actual, desired, err_msg=str(err_msg), verbose=verbose,
                         header=f"Not equal to tolerance {words}", equal_nan=equal_nan, strict=strict)


def assert_array_almost_equal_nulp(x, y, nulp=1):
    """Fails unless elements differ by at most `nulp` spacings of the larger one."""
    __tracebackhide__ = True
    np = _package()
    largest = np.maximum(np.abs(x), np.abs(y))
    if np.any(np.abs(x - y) > nulp * np.spacing(largest)):
        if np.iscomplexobj(x) or np.iscomplexobj(y):
            raise AssertionError(f"Arrays are not equal to {nulp} ULP")
        raise AssertionError(
            f"Arrays are not equal to {nulp} ULP (max is {np.max(nulp_diff(x, y)):g})")


def assert_array_max_ulp(a, b, maxulp=1, dtype=None):
    """Fails if any element differs by more than `maxulp` representable numbers; gives the distances."""
    __tracebackhide__ = True
    np = _package()
    distance = nulp_diff(a, b, dtype)
    if not np.all(distance <= maxulp):
        raise AssertionError(
            f"Arrays are not almost equal up to {maxulp:g} ULP (max difference is {np.max(distance):g} ULP)")
    return distance


def nulp_diff(x, y, dtype=None):
    """How many representable numbers lie between elements."""
    np = _package()
    x, y = (np.asarray(v, dtype=dtype) if dtype else np.asarray(v) for v in (x, y))
    common = np.common_type(x, y)
    if np.iscomplexobj(x) or np.iscomplexobj(y):
        raise NotImplementedError("_nulp not implemented for complex array")
    x, y = (np.array([v], dtype=common) for v in (x, y))
    x[np.isnan(x)] = np.nan
    y[np.isnan(y)] = np.nan
    if x.shape != y.shape:
        raise ValueError(f"Arrays do not have the same shape: {x.shape} - {y.shape}")
    mine, other = integer_repr(x), integer_repr(y)
    return np.abs(np.asarray(mine - other, dtype=common))


def integer_repr(x):
    """The bits of floats as integers that count up with the numbers."""
    np = _package()
    kinds = {np.float16: np.int16, np.float32: np.int32, np.float64: np.int64}
    kind = kinds.get(x.dtype.type)
    if kind is None:
        raise ValueError(f"Unsupported dtype {x.dtype}")
    bits = x.view(kind)
    lowest = kind(np.iinfo(kind).min)
    if bits.ndim:
        negative = bits < 0
        bits[negative] = lowest - bits[negative]
    elif bits < 0:
        bits = lowest - bits
    return bits
