"""How two arrays are compared element by element, and how a difference is told."""

import sys

from ... import _core
from ..._core.multiarray import ndarray


def _package():
    """The package itself, whose names are needed only while comparing."""
    return sys.modules[__name__.partition(".")[0]]


def _show(value, precision):
    try:
        if isinstance(value, ndarray):
            text = _core.arrayprint.array_repr(value, precision=precision)
        else:
            text = repr(value)
    except Exception as error:
        text = f"[repr failed for <{type(value).__name__}>: {error}]"
    lines = text.splitlines()
    return "\n".join(lines[:3]) + "..." if len(lines) > 4 else text


def build_err_msg(arrays, err_msg, header="Items are not equal:", verbose=True,
                  names=("ACTUAL", "DESIRED"), precision=8):
    """The text of a failed assertion: a headline, the user's words, and the values."""
    headline, words = "\n" + header, str(err_msg)
    parts = [headline]
    if words:
        if "\n" not in words and len(words) < 79 - len(header):
            parts = [f"{headline} {words}"]
        else:
            parts.append(words)
    if verbose:
        parts += [f" {name}: {_show(value, precision)}" for name, value in zip(names, arrays)]
    return "\n".join(parts)


def print_assert_equal(test_string, actual, desired):
    """Raises with a text that names the test when two objects differ."""
    __tracebackhide__ = True
    import pprint
    if not (actual == desired):
        raise AssertionError(
            f"{test_string} failed\nACTUAL: \n{pprint.pformat(actual)}"
            f"\nDESIRED: \n{pprint.pformat(desired)}")


def _as_array(value):
    np = _package()
    return np.asanyarray(value)


def _is_number(array):
    return array.dtype.char in "?bhilqpBHILQPefdgFDG"


def _is_time(array):
    return array.dtype.char in "Mm"


class _SpecialPositions:
    """Takes elements that are special (NaN, infinite) in both arrays out of the comparison."""

    def __init__(self, x, y, fail):
        self.x, self.y, self.fail = x, y, fail

    def drop(self, is_special, what):
        """The elements still to compare; fails where only one side is special."""
        np = _package()
        x_at, y_at = is_special(self.x), is_special(self.y)
        # A masked or unusual comparison counts as equal unless it is plainly false.
        same = (x_at == y_at).all() if hasattr(x_at == y_at, "all") else x_at == y_at
        if same is not True and not (isinstance(same, np.bool) and same):
            if getattr(same, "mask", False) is not True and not bool(same):
                self.fail(f"{what} location mismatch:")
        if isinstance(x_at, (bool, np.bool)) or getattr(x_at, "ndim", 0) == 0:
            return np.bool(x_at)
        if isinstance(y_at, (bool, np.bool)) or getattr(y_at, "ndim", 0) == 0:
            return np.bool(y_at)
        return y_at


def _percent(n_bad, n_all):
    percent = 100 * n_bad / n_all
    return f"Mismatched elements: {n_bad} / {n_all} ({percent:.3g}%)"


def _places(x, y, wrong, names):
    """Lines that tell where the first differences are."""
    np = _package()
    positions = np.argwhere(np.asarray(wrong))
    lines = []
    n = len(positions)
    if n == 1:
        lines.append("Mismatch at index:")
    elif n <= 5:
        lines.append("Mismatch at indices:")
    else:
        lines.append("First 5 mismatches are at indices:")
    for position in positions[:5]:
        at = tuple(position.tolist())
        left, right = (v[at] if v.ndim else v[()] for v in (x, y))
        lines.append(f" {list(at)}: {left} ({names[0]}), {right} ({names[1]})")
    return lines


def _distances(x, y, wrong):
    """Lines with the largest differences; none for values without a difference."""
    np = _package()
    lines = []
    try:
        with np.errstate(all="ignore"):
            bad_x = x[wrong] if x.ndim else x
            bad_y = y[wrong] if y.ndim else y
            error = abs(bad_x - bad_y)
            if np.issubdtype(x.dtype, np.unsignedinteger):
                error = np.minimum(error, abs(bad_y - bad_x))
            largest = np.max(error)
            lines.append("Max absolute difference among violations: " + _number_text(largest))
            nonzero = np.not_equal(bad_y, np.zeros_like(bad_y))
            if not np.any(nonzero):
                relative = np.array(np.inf)
            else:
                if getattr(nonzero, "ndim", 0) == 0 and getattr(error, "ndim", 0):
                    nonzero = np.broadcast_to(nonzero, error.shape)
                bottom = np.broadcast_to(bad_y, error.shape)[nonzero] if getattr(error, "ndim", 0) else bad_y
                top = error[nonzero] if getattr(error, "ndim", 0) else error
                relative = np.max(top / abs(bottom))
            lines.append("Max relative difference among violations: " + _number_text(relative))
    except (TypeError, ValueError):
        pass
    return lines


def _number_text(value):
    np = _package()
    if getattr(value, "dtype", None) is not None and value.dtype == object:
        return str(value)
    return np.array2string(np.asarray(value))


def assert_array_compare(comparison, x, y, err_msg="", verbose=True, header="", precision=6,
                         equal_nan=True, equal_inf=True, *, strict=False,
                         names=("ACTUAL", "DESIRED")):
    """Raises unless `comparison` holds for all elements; NaN and infinities match each other."""
    __tracebackhide__ = True
    np = _package()
    x, y = _as_array(x), _as_array(y)
    original = x, y

    def fail(*reasons):
        text = "\n".join([str(err_msg), *reasons])
        raise AssertionError(build_err_msg(
            original, text, verbose=verbose, header=header, names=names, precision=precision))

    def is_finite_comparable(array):
        return _is_number(array) or _is_time(array)

    try:
        if strict:
            fits = x.shape == y.shape and x.dtype == y.dtype
        else:
            fits = x.shape == () or y.shape == () or x.shape == y.shape
        if not fits:
            if x.shape != y.shape:
                fail(f"(shapes {x.shape}, {y.shape} mismatch)")
            fail(f"(dtypes {x.dtype}, {y.dtype} mismatch)")
        skip = np.bool(False)
        special = _SpecialPositions(x, y, fail)
        if equal_nan:
            skip = _skip_nan(special, x, y, skip, is_finite_comparable)
        if equal_inf and _is_number(x) and _is_number(y):
            skip = skip | special.drop(lambda v: v == +np.inf, "inf")
            skip = skip | special.drop(lambda v: v == -np.inf, "inf")
        x, y, empty = _without(x, y, skip)
        if empty:
            return
        holds = comparison(x, y)
        wrong = np.logical_not(np.asarray(holds)) if not isinstance(holds, bool) else np.array(not holds)
        if isinstance(holds, bool) or getattr(holds, "ndim", 0) == 0:
            everything = bool(holds)
            n_bad, n_all = int(not everything), 1
        else:
            reduced = holds.ravel()
            everything = reduced.all()
            n_bad, n_all = int(np.asarray(~np.asarray(reduced, dtype=bool)).sum()), reduced.size
        if everything is not True and not bool(everything):
            fail(*_difference(x, y, original, skip, wrong, n_bad, n_all, names))
    except ValueError:
        import traceback
        words = f"error during assertion:\n\n{traceback.format_exc()}\n\n{header}"
        raise ValueError(build_err_msg(
            original, err_msg, verbose=verbose, header=words, names=names, precision=precision))


def _skip_nan(special, x, y, skip, comparable):
    np = _package()
    if comparable(x) and comparable(y):
        if _is_time(x) and _is_time(y) and x.dtype.type == y.dtype.type:
            return special.drop(np.isnat, "NaT")
        if _is_number(x) and _is_number(y):
            return special.drop(np.isnan, "nan")
        return skip
    if x.dtype.char == "O" and y.dtype.char == "O":
        return skip
    return skip


def _without(x, y, skip):
    """The arrays without the elements to skip, and whether nothing is left."""
    if skip.ndim > 0:
        keep = ~skip
        x = x[keep] if x.ndim else x
        y = y[keep] if y.ndim else y
        return x, y, not keep.any()
    return x, y, bool(skip)


def _difference(x, y, original, skip, wrong, n_bad, n_all, names):
    """The lines that describe how two arrays differ."""
    np = _package()
    n_all = int(np.broadcast(*original).size) if hasattr(np, "broadcast") else n_all
    lines = [_percent(n_bad, n_all)]
    if wrong.ndim:
        whole = wrong
        if skip.ndim:
            whole = np.zeros(skip.shape, dtype=bool)
            whole[~skip] = wrong
        if whole.ndim:
            lines += _places(*original, whole, names)
    lines += _distances(x, y, wrong)
    return lines

