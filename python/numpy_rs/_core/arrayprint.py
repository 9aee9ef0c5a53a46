"""Print options, and the functions that turn arrays into text."""

import operator
import sys

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


def _checked(**given):
    """The options that were given, verified and in stored form."""
    options = {name: value for name, value in given.items() if value is not None}
    if "suppress" in options:
        options["suppress"] = bool(options["suppress"])
    mode = options.get("floatmode")
    if mode not in ("fixed", "unique", "maxprec", "maxprec_equal", None):
        raise ValueError(
            'floatmode option must be one of "fixed", "unique", "maxprec", "maxprec_equal"')
    if options.get("sign") not in (None, "-", "+", " "):
        raise ValueError("sign option must be one of ' ', '+', or '-'")
    legacy = options.get("legacy")
    if legacy is not None:
        if legacy is False:
            options["legacy"] = sys.maxsize
        elif legacy in _LEGACY:
            options["legacy"] = _LEGACY[legacy]
        else:
            import warnings

            warnings.warn(
                "legacy printing option can currently only be '1.13', '1.21', '1.25', '2.1', '2.2' "
                "or `False`", stacklevel=3)
            del options["legacy"]
    threshold = options.get("threshold")
    if threshold is not None:
        if not isinstance(threshold, (int, float, _native.number)):
            raise TypeError("threshold must be numeric")
        if threshold != threshold:
            raise ValueError("threshold must be non-NAN, try sys.maxsize for untruncated representation")
    if "precision" in options:
        try:
            options["precision"] = operator.index(options["precision"])
        except TypeError:
            raise TypeError("precision must be an integer") from None
    return options


def _stored(options):
    """The full dictionary after a change; legacy 1.13 also changes the sign's default."""
    new = {**format_options.get(), **options}
    if new["legacy"] == 113 and "legacy" in options:
        new["sign"] = "-"
    return new


def _set(options, formatter, override_repr):
    updated = _stored(options)
    updated["formatter"] = formatter
    updated["override_repr"] = override_repr
    return format_options.set(updated)


def set_printoptions(precision=None, threshold=None, edgeitems=None, linewidth=None, suppress=None,
                     nanstr=None, infstr=None, formatter=None, sign=None, floatmode=None, *,
                     legacy=None, override_repr=None):
    """Set how arrays and scalars are printed, in the current context.

    A `formatter` or `override_repr` set before is dropped unless given again.
    """
    _set(_checked(precision=precision, threshold=threshold, edgeitems=edgeitems, linewidth=linewidth,
                  suppress=suppress, nanstr=nanstr, infstr=infstr, sign=sign, floatmode=floatmode,
                  legacy=legacy), formatter, override_repr)


def get_printoptions():
    """Return the print options as a dictionary that `set_printoptions` takes."""
    options = dict(format_options.get())
    names = {number: text for text, number in _LEGACY.items()}
    options["legacy"] = names.get(options["legacy"], False)
    return options


def _get_legacy_print_mode():
    return format_options.get()["legacy"]


class printoptions:
    """A context in which other print options hold; the target of `as` receives all of them."""

    def __init__(self, *args, **kwargs):
        self._call = args, kwargs
        self._token = None

    def __enter__(self):
        args, kwargs = self._call
        order = ("precision", "threshold", "edgeitems", "linewidth", "suppress", "nanstr", "infstr",
                 "formatter", "sign", "floatmode")
        if len(args) > len(order):
            raise TypeError(f"printoptions() takes at most {len(order)} positional arguments")
        given = dict(zip(order, args))
        for name, value in kwargs.items():
            if name in given:
                raise TypeError(f"printoptions() got multiple values for argument '{name}'")
            if name not in order and name not in ("legacy", "override_repr"):
                raise TypeError(f"printoptions() got an unexpected keyword argument '{name}'")
            given[name] = value
        formatter = given.pop("formatter", None)
        override = given.pop("override_repr", None)
        self._token = _set(_checked(**given), formatter, override)
        return get_printoptions()

    def __exit__(self, *exc):
        format_options.reset(self._token)

    def __call__(self, function):
        import functools

        args, kwargs = self._call

        @functools.wraps(function)
        def wrapper(*a, **k):
            with printoptions(*args, **kwargs):
                return function(*a, **k)

        return wrapper


def _positive(value):
    return -1 if value is None else value


def _check_non_negative(value, name):
    if value is not None and value < 0:
        raise ValueError(f"{name} must be >= 0")


def format_float_positional(x, precision=None, unique=True, fractional=True, trim="k", sign=False,
                            pad_left=None, pad_right=None, min_digits=None):
    """Format a floating-point scalar without an exponent."""
    for value, name in ((precision, "precision"), (pad_left, "pad_left"), (pad_right, "pad_right"),
                        (min_digits, "min_digits")):
        _check_non_negative(value, name)
    if not fractional and precision == 0:
        raise ValueError("precision must be greater than 0 if fractional=False")
    if min_digits is not None and min_digits > 0 and precision is not None and min_digits > precision:
        raise ValueError("min_digits must be less than or equal to precision")
    return _native.dragon4_positional(
        x, precision=_positive(precision), unique=unique, fractional=fractional, trim=trim, sign=sign,
        pad_left=_positive(pad_left), pad_right=_positive(pad_right), min_digits=_positive(min_digits))


def format_float_scientific(x, precision=None, unique=True, trim="k", sign=False, pad_left=None,
                            exp_digits=None, min_digits=None):
    """Format a floating-point scalar with an exponent."""
    for value, name in ((precision, "precision"), (pad_left, "pad_left"), (exp_digits, "exp_digits"),
                        (min_digits, "min_digits")):
        _check_non_negative(value, name)
    if min_digits is not None and min_digits > 0 and precision is not None and min_digits > precision:
        raise ValueError("min_digits must be less than or equal to precision")
    return _native.dragon4_scientific(
        x, precision=_positive(precision), unique=unique, trim=trim, sign=sign,
        pad_left=_positive(pad_left), exp_digits=_positive(exp_digits), min_digits=_positive(min_digits))


for _function in (set_printoptions, get_printoptions, printoptions, format_float_positional,
                  format_float_scientific):
    _rename(_function)


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
