"""Functions on arrays that NumPy has in C."""

from .. import _native
from .._exports import ALIASES as _ALIASES
from .._lazy import provide as _provide, resolver as _resolver

_NAMES = """
ALLOW_THREADS BUFSIZE CLIP DATETIMEUNITS ITEM_HASOBJECT ITEM_IS_POINTER LIST_PICKLE MAXDIMS
MAY_SHARE_BOUNDS MAY_SHARE_EXACT NEEDS_INIT NEEDS_PYAPI RAISE USE_GETITEM USE_SETITEM WRAP _ARRAY_API
_flagdict _monotonicity _place _reconstruct _vec_string add_docstring arange array asanyarray asarray
ascontiguousarray asfortranarray bincount broadcast busday_count busday_offset busdaycalendar c_einsum
can_cast compare_chararrays concatenate copyto correlate correlate2 count_nonzero datetime_as_string
datetime_data dot dragon4_positional dragon4_scientific dtype empty empty_like error flagsobj flatiter
format_longfloat from_dlpack frombuffer fromfile fromiter fromstring get_handler_name
get_handler_version inner interp interp_complex is_busday lexsort matmul may_share_memory
min_scalar_type ndarray nditer nested_iters normalize_axis_index packbits promote_types putmask
ravel_multi_index result_type scalar set_datetimeparse_function set_typeDict shares_memory typeinfo
unpackbits unravel_index vdot vecdot where zeros _get_ndarray_c_version _get_madvise_hugepage
_set_madvise_hugepage"""
_provide(globals(), _NAMES.split())
for _name, _same in _ALIASES.items():
    if _name in _NAMES.split() and _name not in globals() and _same in globals():
        globals()[_name] = globals()[_same]

from .._globals import _NoValue  # noqa: E402, F401
from ._axes import normalize_axis_index  # noqa: E402
from ._from_storage import fromfile, fromstring  # noqa: E402

CLIP, WRAP, RAISE = 0, 1, 2
MAXDIMS = 64
BUFSIZE = 8192
MAY_SHARE_BOUNDS, MAY_SHARE_EXACT = 0, -1
ALLOW_THREADS = 1

__all__ = [name for name in _NAMES.split() if name in globals()]


def _get_ndarray_c_version():
    """The version of NumPy's C ABI that the compiled module provides."""
    return 0x02000000


__getattr__, _ = _resolver(__name__, native=True)
