//! Functions of NumPy that are called as they are, whatever their arguments are.

use crate::dtype::Kind;
use crate::types::{Scalar, Ty};

/// Functions that change nothing, call nothing of the program and answer arrays, numbers or tuples of them.
const PLAIN: &[&str] = &[
    "array_equiv",
    "asfortranarray",
    "astype",
    "atleast_3d",
    "bartlett",
    "bitwise_count",
    "blackman",
    "block",
    "broadcast_arrays",
    "can_cast",
    "common_type",
    "choose",
    "compress",
    "concat",
    "cumulative_prod",
    "diag_indices",
    "diag_indices_from",
    "diagflat",
    "divmod",
    "dsplit",
    "dstack",
    "extract",
    "float_power",
    "frexp",
    "gcd",
    "hamming",
    "hanning",
    "histogram2d",
    "histogram_bin_edges",
    "hsplit",
    "i0",
    "indices",
    "iscomplex",
    "iscomplexobj",
    "isreal",
    "isrealobj",
    "isscalar",
    "issubdtype",
    "ix_",
    "kaiser",
    "lcm",
    "ldexp",
    "matrix_transpose",
    "min_scalar_type",
    "matvec",
    "modf",
    "nanargmax",
    "nanargmin",
    "nancumprod",
    "nancumsum",
    "nanmax",
    "nanmean",
    "nanmedian",
    "nanmin",
    "nanpercentile",
    "nanprod",
    "nanquantile",
    "nanstd",
    "nanvar",
    "ndim",
    "packbits",
    "permute_dims",
    "poly",
    "polyadd",
    "polyder",
    "polyfit",
    "polyint",
    "polymul",
    "polysub",
    "promote_types",
    "ravel_multi_index",
    "require",
    "resize",
    "result_type",
    "rollaxis",
    "roots",
    "setxor1d",
    "shape",
    "sinc",
    "size",
    "sort_complex",
    "take_along_axis",
    "trapezoid",
    "tri",
    "tril_indices",
    "tril_indices_from",
    "trim_zeros",
    "triu_indices",
    "triu_indices_from",
    "unpackbits",
    "unravel_index",
    "unstack",
    "unwrap",
    "vander",
    "vecdot",
    "vecmat",
    "vsplit",
    // numpy.linalg
    "cholesky",
    "cond",
    "eig",
    "eigh",
    "eigvals",
    "eigvalsh",
    "lstsq",
    "matrix_norm",
    "matrix_power",
    "matrix_rank",
    "multi_dot",
    "pinv",
    "qr",
    "slogdet",
    "svd",
    "svdvals",
    "tensorinv",
    "tensorsolve",
    "vector_norm",
    // numpy.fft
    "fft",
    "fft2",
    "fftfreq",
    "fftn",
    "fftshift",
    "hfft",
    "ifft",
    "ifft2",
    "ifftn",
    "ifftshift",
    "ihfft",
    "irfft",
    "irfft2",
    "irfftn",
    "rfft",
    "rfft2",
    "rfftfreq",
    "rfftn",
];

/// What such a function gives for an array of a dtype and so many axes as its first argument, which may be its only one;
/// nothing if the name is none of theirs.
pub(super) fn called(name: &str, first: Option<(Scalar, usize)>, alone: bool) -> Option<Ty> {
    let doubles = |d: Scalar| {
        matches!(d, Scalar::Float64 | Scalar::Complex128)
            || matches!(d.kind(), Kind::Signed | Kind::Unsigned | Kind::Bool)
    };
    Some(match (name, first) {
        ("fft" | "ifft" | "fftn" | "ifftn", Some((d, n))) if doubles(d) => {
            Ty::Array(Scalar::Complex128, n)
        }
        ("rfft" | "rfftn", Some((d, n))) if doubles(d) && d != Scalar::Complex128 => {
            Ty::Array(Scalar::Complex128, n)
        }
        ("irfft" | "irfftn", Some((d, n))) if doubles(d) => Ty::Array(Scalar::Float64, n),
        ("fftshift" | "ifftshift", Some((d, n))) => Ty::Array(d, n),
        (
            "fftfreq" | "rfftfreq" | "bartlett" | "blackman" | "hamming" | "hanning" | "kaiser",
            None,
        ) => Ty::Array(Scalar::Float64, 1),
        ("sinc" | "unwrap", Some((Scalar::Float64, n))) if alone => Ty::Array(Scalar::Float64, n),
        ("cholesky" | "pinv", Some((Scalar::Float64, 2))) if alone => Ty::Array(Scalar::Float64, 2),
        ("eigvalsh", Some((Scalar::Float64, 2))) if alone => Ty::Array(Scalar::Float64, 1),
        (
            "nanmean" | "nanstd" | "nanvar" | "nanmin" | "nanmax" | "nanmedian" | "nanprod",
            Some((Scalar::Float64, _)),
        ) if alone => Ty::Np(Scalar::Float64),
        ("nanargmin" | "nanargmax", Some(_)) if alone => Ty::Np(Scalar::Int64),
        _ if PLAIN.contains(&name) => Ty::Any,
        _ => return None,
    })
}

/// Ufuncs whose methods are called as they are.
pub(super) fn is_ufunc_with_methods(name: &str) -> bool {
    matches!(
        name,
        "add"
            | "subtract"
            | "multiply"
            | "divide"
            | "true_divide"
            | "floor_divide"
            | "power"
            | "maximum"
            | "minimum"
            | "fmax"
            | "fmin"
            | "bitwise_and"
            | "bitwise_or"
            | "bitwise_xor"
            | "logical_and"
            | "logical_or"
            | "logical_xor"
            | "equal"
            | "not_equal"
            | "less"
            | "less_equal"
            | "greater"
            | "greater_equal"
            | "hypot"
            | "gcd"
            | "lcm"
    )
}
