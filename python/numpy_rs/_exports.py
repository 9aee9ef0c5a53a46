"""Where each public name of the root package comes from."""

# Functions and classes written in Python, by the submodule that defines them.
_DEFINED_IN = {
    "_globals": "_CopyMode _NoValue",
    "_core._ufunc_config": "errstate getbufsize geterr geterrcall setbufsize seterr seterrcall",
    "_core.getlimits": "finfo iinfo",
    "_core.numerictypes": "isdtype issubdtype ScalarType typecodes sctypeDict",
    "_core.arrayprint":
        "format_float_positional format_float_scientific "
        "get_printoptions printoptions set_printoptions",
    "_core._asarray": "require",
    "_core._from_storage": "fromfile fromstring",
    "_core.einsumfunc": "einsum einsum_path",
    "_core.memmap": "memmap",
    "_core.records": "recarray record",
    "_core.numeric":
        "allclose argwhere array_equal array_equiv astype base_repr binary_repr convolve correlate "
        "count_nonzero cross flatnonzero fromfunction indices isclose "
        "isfortran isscalar outer tensordot",
    "_core.function_base": "linspace logspace geomspace",
    "_core.shape_base": "block unstack",
    "lib._arraypad_impl": "pad",
    "lib._arraysetops_impl":
        "ediff1d intersect1d isin setdiff1d setxor1d union1d unique unique_all unique_counts "
        "unique_inverse unique_values",
    "lib._function_base_impl":
        "angle append asarray_chkfinite average bartlett blackman copy corrcoef cov delete diff "
        "digitize extract flip gradient hamming hanning i0 insert interp iterable kaiser median "
        "meshgrid percentile piecewise place quantile rot90 select sinc sort_complex trapezoid "
        "trim_zeros unwrap vectorize",
    "lib._histograms_impl": "histogram histogram_bin_edges histogramdd",
    "lib._index_tricks_impl":
        "c_ diag_indices diag_indices_from fill_diagonal index_exp ix_ mgrid ndenumerate ndindex "
        "ogrid r_ s_",
    "lib._nanfunctions_impl":
        "nanargmax nanargmin nancumprod nancumsum nanmax nanmean nanmedian nanmin nanpercentile "
        "nanprod nanquantile nanstd nansum nanvar",
    "lib._npyio_impl":
        "fromregex genfromtxt load loadtxt save savetxt savez savez_compressed",
    "lib._polynomial_impl":
        "poly poly1d polyadd polyder polydiv polyfit polyint polymul polysub polyval roots",
    "lib._shape_base_impl":
        "apply_along_axis apply_over_axes array_split column_stack dsplit dstack expand_dims "
        "hsplit kron put_along_axis split take_along_axis tile vsplit",
    "lib._stride_tricks_impl": "broadcast_arrays broadcast_shapes broadcast_to",
    "lib._twodim_base_impl":
        "diag diagflat eye fliplr flipud histogram2d mask_indices tri tril tril_indices "
        "tril_indices_from triu triu_indices triu_indices_from vander",
    "lib._type_check_impl":
        "common_type imag iscomplex iscomplexobj isreal isrealobj mintypecode nan_to_num real "
        "real_if_close typename",
    "lib._ufunclike_impl": "fix isneginf isposinf",
    "lib._utils_impl": "get_include info show_runtime",
    "matrixlib.defmatrix": "asmatrix bmat matrix",
    "__config__": "show_config",
    "_array_api_info": "__array_namespace_info__",
}

# What the compiled module defines; a name that it lacks stays missing.
_COMPILED = """
array2string array_repr array_str atleast_1d atleast_2d atleast_3d full full_like hstack identity
moveaxis ones ones_like roll rollaxis stack vstack zeros_like
False_ True_ abs absolute acos acosh add all amax amin any arange arccos arccosh arcsin arcsinh
arctan arctan2 arctanh argmax argmin argpartition argsort around array asanyarray asarray
ascontiguousarray asfortranarray asin asinh atan atan2 atanh bincount bitwise_and bitwise_count
bitwise_invert bitwise_left_shift bitwise_not bitwise_or bitwise_right_shift bitwise_xor bool bool_
broadcast busday_count busday_offset busdaycalendar byte bytes_ can_cast cbrt cdouble ceil character
choose clip clongdouble complex128 complex256 complex64 complexfloating compress concat concatenate
conj conjugate copysign copyto cos cosh csingle cumprod cumsum cumulative_prod cumulative_sum
datetime64 datetime_as_string datetime_data deg2rad degrees diagonal divide divmod dot double dtype
empty empty_like equal exp exp2 expm1 fabs flatiter flexible float128 float16 float32 float64
float_power floating floor floor_divide fmax fmin fmod frexp from_dlpack frombuffer fromiter
frompyfunc gcd generic greater greater_equal half heaviside hypot inexact inner int16 int32
int64 int8 int_ intc integer intp invert is_busday isfinite isinf isnan isnat lcm ldexp left_shift
less less_equal lexsort log log10 log1p log2 logaddexp logaddexp2 logical_and logical_not logical_or
logical_xor long longdouble longlong matmul matrix_transpose matvec max maximum may_share_memory mean
min min_scalar_type minimum mod modf multiply ndarray ndim nditer negative nested_iters nextafter
nonzero not_equal number object_ packbits partition permute_dims positive pow power prod promote_types
ptp put putmask rad2deg radians ravel ravel_multi_index reciprocal remainder repeat reshape resize
result_type right_shift rint round searchsorted shape shares_memory short sign signbit signedinteger
sin single sinh size sort spacing sqrt square squeeze std str_ subtract sum swapaxes take tan tanh
timedelta64 trace transpose true_divide trunc ubyte ufunc uint uint16 uint32 uint64 uint8 uintc uintp
ulong ulonglong unpackbits unravel_index unsignedinteger ushort var vdot vecdot vecmat void where
zeros
""".split()

CONSTANTS = ("e", "euler_gamma", "inf", "little_endian", "nan", "newaxis", "pi")

SUBMODULES = (
    "char", "core", "ctypeslib", "dtypes", "exceptions", "fft", "lib", "linalg", "ma",
    "polynomial", "random", "rec", "strings", "testing", "typing", "f2py",
)

# Other names for one object.
ALIASES = {
    "abs": "absolute", "acos": "arccos", "acosh": "arccosh", "asin": "arcsin", "asinh": "arcsinh",
    "atan": "arctan", "atan2": "arctan2", "atanh": "arctanh", "bitwise_invert": "invert",
    "bitwise_left_shift": "left_shift", "bitwise_not": "invert", "bitwise_right_shift": "right_shift",
    "concat": "concatenate", "conj": "conjugate", "mod": "remainder", "permute_dims": "transpose",
    "pow": "power", "true_divide": "divide", "bool_": "bool", "amax": "amax", "amin": "amin",
    "around": "around", "half": "float16", "single": "float32", "double": "float64",
    "csingle": "complex64", "cdouble": "complex128", "byte": "int8", "ubyte": "uint8",
    "short": "int16", "ushort": "uint16",
}

LAZY = {name: module for module, names in _DEFINED_IN.items() for name in names.split()}

CORE = frozenset(_COMPILED).union(
    *(names.split() for module, names in _DEFINED_IN.items() if module.startswith("_core")),
    CONSTANTS,
)


def compiled(native):
    """The public names that the compiled module has, with their aliases."""
    have = native.__dict__
    found = {}
    for name in _COMPILED:
        if name in have:
            found[name] = have[name]
        elif ALIASES.get(name) in have:
            found[name] = have[ALIASES[name]]
    for name in LAZY:  # compiled versions replace those in Python
        if name in have and not name.startswith("_"):
            found[name] = have[name]
    return found
