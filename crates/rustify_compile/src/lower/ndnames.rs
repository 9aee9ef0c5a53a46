//! What the names of NumPy's functions and of arrays' methods say about them.

/// Methods that change the array.
pub(super) const CHANGING: [&str; 4] = ["fill", "sort", "partition", "put"];

/// Functions whose parameter behind the array is the axis.
pub(super) fn has_second_axis(name: &str) -> bool {
    matches!(
        name,
        "sum" | "prod" | "min" | "max" | "amin" | "amax" | "any" | "all" | "mean" | "var" | "std"
    )
}

/// Functions whose answer for nothing is a warning.
pub(super) fn wants_items(name: &str) -> bool {
    matches!(
        name,
        "mean"
            | "var"
            | "std"
            | "median"
            | "average"
            | "percentile"
            | "quantile"
            | "cov"
            | "corrcoef"
    )
}

/// Functions and methods that compute with no floats, and so warn of none.
pub(super) fn is_quiet(name: &str) -> bool {
    matches!(
        name,
        "zeros"
            | "empty"
            | "ones"
            | "full"
            | "zeros_like"
            | "ones_like"
            | "empty_like"
            | "full_like"
            | "array"
            | "asarray"
            | "copy"
            | "reshape"
            | "ravel"
            | "flatten"
            | "transpose"
            | "sort"
            | "argsort"
            | "concatenate"
            | "stack"
            | "vstack"
            | "hstack"
            | "nonzero"
            | "flatnonzero"
            | "argwhere"
            | "take"
            | "repeat"
            | "tile"
            | "roll"
            | "flip"
            | "argmax"
            | "argmin"
            | "eye"
            | "identity"
            | "meshgrid"
            | "tolist"
            | "tobytes"
            | "view"
            | "byteswap"
            | "frombuffer"
            | "item"
            | "count_nonzero"
            | "unique"
            | "searchsorted"
            | "bincount"
            | "squeeze"
            | "swapaxes"
            | "expand_dims"
            | "atleast_1d"
            | "diag"
            | "tril"
            | "triu"
    )
}

/// Reductions that go straight to their ufunc.
pub(super) fn reduction(name: &str) -> Option<&'static str> {
    Some(match name {
        "sum" => "Sum",
        "prod" => "Prod",
        "min" | "amin" => "Min",
        "max" | "amax" => "Max",
        "any" => "Any",
        "all" => "All",
        _ => return None,
    })
}
