"""Functions of one and more arrays; each group has a module of its own."""

from .._core import numeric as _np
from ._differences import (  # noqa: F401
    angle, diff, gradient, interp, trapezoid, unwrap)
from ._editing import append, delete, insert, trim_zeros  # noqa: F401
from ._quantiles import (  # noqa: F401
    _median, _quantile, _quantile_is_valid, _ureduce, median, percentile, quantile)
from ._rearranging import (  # noqa: F401
    asarray_chkfinite, copy, extract, flip, iterable, meshgrid, piecewise, place, rot90, select,
    sort_complex)
from ._statistics import average, corrcoef, cov, digitize  # noqa: F401
from ._vectorize import (  # noqa: F401
    _parse_gufunc_signature, _parse_input_dimensions, vectorize)
from ._windows import bartlett, blackman, hamming, hanning, i0, kaiser, sinc  # noqa: F401

__all__ = [
    "select", "piecewise", "trim_zeros", "copy", "iterable", "percentile", "diff", "gradient", "angle",
    "unwrap", "sort_complex", "flip", "rot90", "extract", "place", "vectorize", "asarray_chkfinite",
    "average", "bincount", "digitize", "cov", "corrcoef", "median", "sinc", "hamming", "hanning",
    "bartlett", "blackman", "kaiser", "trapezoid", "i0", "meshgrid", "delete", "insert", "append",
    "interp", "quantile",
]

if hasattr(_np, "bincount"):
    bincount = _np.bincount
else:
    __all__.remove("bincount")


def __getattr__(name):
    return getattr(_np, name)
