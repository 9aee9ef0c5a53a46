"""Ufuncs, constants of floating point and the text kernels."""

from .. import _native
from .._exports import ALIASES as _ALIASES
from .._lazy import provide as _provide, resolver as _resolver

_NAMES = """
absolute add arccos arccosh arcsin arcsinh arctan arctan2 arctanh bitwise_and bitwise_count bitwise_or
bitwise_xor cbrt ceil conj conjugate copysign cos cosh deg2rad degrees divide divmod e equal
euler_gamma exp exp2 expm1 fabs float_power floor floor_divide fmax fmin fmod frexp frompyfunc gcd
greater greater_equal heaviside hypot invert isfinite isinf isnan isnat lcm ldexp left_shift less
less_equal log log10 log1p log2 logaddexp logaddexp2 logical_and logical_not logical_or logical_xor
matmul matvec maximum minimum mod modf multiply negative nextafter not_equal pi positive power rad2deg
radians reciprocal remainder right_shift rint sign signbit sin sinh spacing sqrt square subtract tan
tanh true_divide trunc vecdot vecmat"""
_provide(globals(), _NAMES.split())
for _name, _same in _ALIASES.items():
    if _name in _NAMES.split() and _name not in globals() and _same in globals():
        globals()[_name] = globals()[_same]

_ALSO = """
_UFUNC_API _add_newdoc_ufunc _ones_like _extobj_contextvar _get_extobj_dict _make_extobj _center
_expandtabs _expandtabs_length _ljust _lstrip_chars _lstrip_whitespace _partition _partition_index
_replace _rjust _rpartition _rpartition_index _rstrip_chars _rstrip_whitespace _slice _strip_chars
_strip_whitespace _zfill NAN NINF NZERO PINF PZERO FPE_DIVIDEBYZERO FPE_INVALID FPE_OVERFLOW
FPE_UNDERFLOW FLOATING_POINT_SUPPORT UFUNC_BUFSIZE_DEFAULT UFUNC_PYVALS_NAME clip count endswith find
imag index isalnum isalpha isdecimal isdigit islower isnumeric isspace istitle isupper real rfind rindex
startswith str_len"""
_provide(globals(), _ALSO.split())

e = 2.718281828459045
euler_gamma = 0.5772156649015329
pi = 3.141592653589793
NAN = float("nan")
PINF = float("inf")
NINF = -PINF
PZERO = 0.0
NZERO = -0.0
BUFSIZE = UFUNC_BUFSIZE_DEFAULT = 8192
FPE_DIVIDEBYZERO, FPE_OVERFLOW, FPE_UNDERFLOW, FPE_INVALID = 1, 2, 4, 8
FLOATING_POINT_SUPPORT = 1
UFUNC_PYVALS_NAME = "UFUNC_PYVALS"

__all__ = [name for name in _NAMES.split() if name in globals()]

__getattr__, _ = _resolver(__name__, native=True)
