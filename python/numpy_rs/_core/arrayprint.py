"""Print options, and the functions that turn arrays into text."""

import contextlib
import numbers
import operator
import sys
import warnings

from .. import _native
from .._lazy import provide as _provide, resolver as _resolver
from .._utils import rename_module as _rename
from .printoptions import default_format_options_dict, format_options

__all__ = [
    "array2string", "array_repr", "array_str", "format_float_positional", "format_float_scientific",
    "get_printoptions", "printoptions", "set_printoptions",
]

_provide(globals(), __all__)

_LEGACY = {"1.13": 113, "1.21": 121, "1.25": 125, "2.1": 201, "2.2": 202}


def _legacy_number(legacy):
    """The stored form of a `legacy` option; `None` if it is not one."""
    if legacy is False:
        return sys.maxsize
    if legacy == False:  # noqa: E712
        warnings.warn(f"Passing `legacy={legacy!r}` is deprecated.", FutureWarning, stacklevel=4)
        return sys.maxsize
    if isinstance(legacy, str) and legacy in _LEGACY:
        return _LEGACY[legacy]
    warnings.warn(
        "legacy printing option can currently only be '1.13', '1.21', '1.25', '2.1', '2.2' "
        "or `False`", stacklevel=4)
    return None


def _checked(**given):
    """The options that were given, verified and in stored form."""
    options = {name: value for name, value in given.items() if value is not None}
    if "suppress" in options:
        options["suppress"] = bool(options["suppress"])
    if options.get("floatmode") not in ("fixed", "unique", "maxprec", "maxprec_equal", None):
        raise ValueError(
            'floatmode option must be one of "fixed", "unique", "maxprec", "maxprec_equal"')
    if options.get("sign") not in (None, "-", "+", " "):
        raise ValueError("sign option must be one of ' ', '+', or '-'")
    if "legacy" in options:
        options["legacy"] = _legacy_number(options["legacy"])
        if options["legacy"] is None:
            # Unlike NumPy, which stores it and then fails to print anything.
            del options["legacy"]
    threshold = options.get("threshold")
    if threshold is not None:
        if not isinstance(threshold, (numbers.Number, _native.number)):
            raise TypeError("threshold must be numeric")
        if threshold != threshold:
            raise ValueError("threshold must be non-NAN, try sys.maxsize for untruncated representation")
    if "precision" in options:
        try:
            options["precision"] = operator.index(options["precision"])
        except TypeError:
            raise TypeError("precision must be an integer") from None
    return options


def _set_printoptions(precision=None, threshold=None, edgeitems=None, linewidth=None, suppress=None,
                      nanstr=None, infstr=None, formatter=None, sign=None, floatmode=None, *,
                      legacy=None, override_repr=None):
    """Change the options of the current context; the token takes the change back."""
    options = _checked(precision=precision, threshold=threshold, edgeitems=edgeitems,
                       linewidth=linewidth, suppress=suppress, nanstr=nanstr, infstr=infstr, sign=sign,
                       floatmode=floatmode, legacy=legacy)
    updated = {**format_options.get(), **options, "formatter": formatter, "override_repr": override_repr}
    # The oldest form has no sign option.
    if updated["legacy"] == 113:
        updated["sign"] = "-"
    return format_options.set(updated)


def set_printoptions(precision=None, threshold=None, edgeitems=None, linewidth=None, suppress=None,
                     nanstr=None, infstr=None, formatter=None, sign=None, floatmode=None, *,
                     legacy=None, override_repr=None):
    """Set how arrays and scalars are printed, in the current context.

    A `formatter` or `override_repr` set before is dropped unless given again.
    """
    _set_printoptions(precision, threshold, edgeitems, linewidth, suppress, nanstr, infstr, formatter,
                      sign, floatmode, legacy=legacy, override_repr=override_repr)


def get_printoptions():
    """Return the print options as a dictionary that `set_printoptions` takes."""
    options = dict(format_options.get())
    names = {number: text for text, number in _LEGACY.items()}
    options["legacy"] = names.get(options["legacy"], False)
    return options


def _get_legacy_print_mode():
    return format_options.get()["legacy"]


@contextlib.contextmanager
def printoptions(*args, **kwargs):
    """A context in which other print options hold; the target of `as` receives all of them."""
    token = _set_printoptions(*args, **kwargs)
    try:
        yield get_printoptions()
    finally:
        format_options.reset(token)


def _count(value, name):
    """A number that must not be negative; -1 if it is not given."""
    if value is None:
        return -1
    if value < 0:
        raise ValueError(f"{name} must be >= 0")
    return value


def format_float_positional(x, precision=None, unique=True, fractional=True, trim="k", sign=False,
                            pad_left=None, pad_right=None, min_digits=None):
    """Format a floating-point scalar without an exponent."""
    precision = _count(precision, "precision")
    pad_left = _count(pad_left, "pad_left")
    pad_right = _count(pad_right, "pad_right")
    min_digits = _count(min_digits, "min_digits")
    if not fractional and precision == 0:
        raise ValueError("precision must be greater than 0 if fractional=False")
    if min_digits > precision > 0:
        raise ValueError("min_digits must be less than or equal to precision")
    return _native.dragon4_positional(
        x, precision=precision, unique=unique, fractional=fractional, trim=trim, sign=sign,
        pad_left=pad_left, pad_right=pad_right, min_digits=min_digits)


def format_float_scientific(x, precision=None, unique=True, trim="k", sign=False, pad_left=None,
                            exp_digits=None, min_digits=None):
    """Format a floating-point scalar with an exponent."""
    precision = _count(precision, "precision")
    pad_left = _count(pad_left, "pad_left")
    exp_digits = _count(exp_digits, "exp_digits")
    min_digits = _count(min_digits, "min_digits")
    if min_digits > precision > 0:
        raise ValueError("min_digits must be less than or equal to precision")
    return _native.dragon4_scientific(
        x, precision=precision, unique=unique, trim=trim, sign=sign, pad_left=pad_left,
        exp_digits=exp_digits, min_digits=min_digits)


for _function in (set_printoptions, get_printoptions, printoptions, format_float_positional,
                  format_float_scientific):
    _rename(_function)

# In the package, the name belongs to the function and not to the module that holds the defaults.
sys.modules[__package__].printoptions = printoptions


def _typelessdata_now():
    return [_native.int_, _native.float64, _native.complex128, _native.bool]


def _default_array_repr(arr):
    return _native.array_repr(arr)


def _default_array_str(arr):
    return _native.array_str(arr)


__all__ = [name for name in __all__ if name in globals()]

_resolve, _ = _resolver(__name__, native=True)


def __getattr__(name):
    if name == "_typelessdata":
        return _typelessdata_now()
    return _resolve(name)


_default_options = default_format_options_dict
