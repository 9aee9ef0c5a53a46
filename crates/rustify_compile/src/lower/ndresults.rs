//! What functions of NumPy give for arguments of known types. A wrong guess is caught when the program runs.

use crate::dtype::Kind;
use crate::types::{Scalar, Ty};

/// The axis that a function works along.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Axis {
    /// Not given.
    #[default]
    Absent,
    /// `None`.
    All,
    /// So many.
    Some(usize),
    /// Not known.
    Unknown,
}

/// What decides on the result of a call, besides the types of its arguments.
#[derive(Debug, Default)]
pub(super) struct Call {
    /// The keyword `axis`.
    pub axis: Axis,
    /// The argument behind the array, as an axis.
    pub second_axis: Axis,
    /// Whether axes stay with extent 1.
    pub keeps: bool,
    /// The keyword `dtype`.
    pub dtype: Option<Scalar>,
    /// The dtypes that arguments name.
    pub named: Vec<Option<Scalar>>,
    /// Whether something about it is not known.
    pub open: bool,
    /// How many arrays come back beside the first.
    pub returned: usize,
    /// The other keywords.
    pub keyword_types: Vec<(String, Ty)>,
}

/// An array, or a scalar where no axes are left.
fn made(dtype: Scalar, nd: usize) -> Ty {
    if nd == 0 {
        Ty::Np(dtype)
    } else {
        Ty::Array(dtype, nd)
    }
}

/// The dtype of sums.
pub(super) fn summed(d: Scalar) -> Scalar {
    match d.kind() {
        Kind::Bool | Kind::Signed => Scalar::Int64,
        Kind::Unsigned => Scalar::UInt64,
        _ => d,
    }
}

fn averaged(d: Scalar) -> Scalar {
    if d.is_float() || d.is_complex() {
        d
    } else {
        Scalar::Float64
    }
}

/// What a reduction of an array gives.
fn reduced(name: &str, (dtype, nd): (Scalar, usize), axis: Axis, call: &Call) -> Option<Ty> {
    let dtype = match name {
        "sum" | "prod" | "trace" => call.dtype.unwrap_or_else(|| summed(dtype)),
        "mean" => call.dtype.unwrap_or_else(|| averaged(dtype)),
        "std" | "var" => call.dtype.unwrap_or_else(|| averaged(dtype)).real(),
        "min" | "max" | "amin" | "amax" | "ptp" => dtype,
        "argmin" | "argmax" => Scalar::Int64,
        "any" | "all" => Scalar::Bool8,
        _ => return None,
    };
    let left = match axis {
        _ if call.open => return Some(Ty::Any),
        Axis::Unknown => return Some(Ty::Any),
        _ if call.keeps => nd,
        Axis::Absent | Axis::All => 0,
        Axis::Some(n) => nd.saturating_sub(n),
    };
    Some(made(dtype, left))
}

/// Array-like types as arrays.
fn array(ty: &Ty) -> Option<(Scalar, usize)> {
    match ty {
        Ty::Array(d, n) => Some((*d, *n)),
        _ => None,
    }
}

/// The number of axes of a shape.
fn axes(ty: &Ty) -> Option<usize> {
    match ty {
        // Lengths that are none are errors.
        Ty::Tuple(items) => Some(items.len()),
        // A parameter that was `None` until it got its length.
        Ty::Opt(inner) => (**inner == Ty::Int).then_some(1),
        Ty::Int | Ty::Np(Scalar::Int64) => Some(1),
        _ => None,
    }
}

fn shaped(dtype: Scalar, shape: Option<&Ty>) -> Ty {
    match shape.and_then(axes) {
        Some(nd) if (1..=6).contains(&nd) => Ty::Array(dtype, nd),
        _ => Ty::Any,
    }
}

/// What a function of NumPy gives; nothing if it is not translated.
pub(super) fn result(name: &str, args: &[Ty], call: &Call) -> Option<Ty> {
    let first = args.first().and_then(array);
    let second = args.get(1).and_then(array);
    let axis = if call.axis == Axis::Absent && args.len() > 1 {
        call.second_axis
    } else {
        call.axis
    };
    let named = |at: usize| call.named.get(at).copied().flatten();
    let dtype_of = |at: usize| call.dtype.or_else(|| named(at));
    if call.open
        && !matches!(
            name,
            "zeros_like" | "ones_like" | "empty_like" | "full_like" | "frombuffer"
        )
    {
        return Some(Ty::Any);
    }
    Some(match name {
        "zeros" | "empty" | "ones" => shaped(dtype_of(1).unwrap_or(Scalar::Float64), args.first()),
        "full" => {
            let value = match args.get(1) {
                Some(Ty::Float) => Some(Scalar::Float64),
                Some(Ty::Int) => Some(Scalar::Int64),
                Some(Ty::Bool) => Some(Scalar::Bool8),
                Some(Ty::Complex) => Some(Scalar::Complex128),
                Some(Ty::Np(d)) => Some(*d),
                _ => None,
            };
            match dtype_of(2).or(value) {
                Some(d) => shaped(d, args.first()),
                None => Ty::Any,
            }
        }
        "frombuffer" => match args.first() {
            Some(Ty::Bytes | Ty::ByteArray | Ty::Any) => {
                Ty::Array(dtype_of(1).unwrap_or(Scalar::Float64), 1)
            }
            _ => return None,
        },
        "eye" | "identity" => match args.first() {
            Some(Ty::Int) => Ty::Array(call.dtype.unwrap_or(Scalar::Float64), 2),
            _ => Ty::Any,
        },
        "zeros_like" | "ones_like" | "empty_like" | "full_like" => match first {
            Some((d, n)) if !call.open => {
                let place = if name == "full_like" { 2 } else { 1 };
                Ty::Array(dtype_of(place).unwrap_or(d), n)
            }
            _ => Ty::Any,
        },
        "arange" => match call.dtype {
            Some(d) => Ty::Array(d, 1),
            None if args.iter().all(|t| *t == Ty::Int) => Ty::Array(Scalar::Int64, 1),
            None if args
                .iter()
                .all(|t| matches!(t, Ty::Int | Ty::Float | Ty::Np(Scalar::Float64))) =>
            {
                Ty::Array(Scalar::Float64, 1)
            }
            None => Ty::Any,
        },
        "linspace" | "logspace" | "geomspace" => {
            let plain = args.iter().take(2).all(Ty::is_number);
            if plain && call.axis == Axis::Absent {
                Ty::Array(call.dtype.unwrap_or(Scalar::Float64), 1)
            } else {
                Ty::Any
            }
        }
        "array" | "asarray" | "ascontiguousarray" | "copy" => match first {
            Some((d, n)) => Ty::Array(dtype_of(1).unwrap_or(d), n),
            None => Ty::Any,
        },
        "sum" | "prod" | "mean" | "std" | "var" | "min" | "max" | "amin" | "amax" | "ptp"
        | "argmin" | "argmax" | "any" | "all" => match first {
            Some(a) => reduced(name, a, axis, call)?,
            None => Ty::Any,
        },
        "cumsum" | "cumprod" => match first {
            Some((d, n)) => {
                let d = call.dtype.unwrap_or_else(|| summed(d));
                match axis {
                    Axis::Absent | Axis::All => Ty::Array(d, 1),
                    Axis::Some(_) => Ty::Array(d, n),
                    Axis::Unknown => Ty::Any,
                }
            }
            None => Ty::Any,
        },
        "dot" | "matmul" | "inner" => match (first, second) {
            (Some((a, 1)), Some((b, 1))) => Ty::Np(a.promote(b)),
            (Some((a, 2)), Some((b, 2))) => Ty::Array(a.promote(b), 2),
            (Some((a, 2)), Some((b, 1))) => Ty::Array(a.promote(b), 1),
            (Some((a, 1)), Some((b, 2))) if name != "inner" => Ty::Array(a.promote(b), 1),
            (Some(_), Some(_)) => Ty::Any,
            _ if name == "matmul" => return None,
            _ => Ty::Any,
        },
        "outer" => match (first, second) {
            (Some((a, _)), Some((b, _))) => Ty::Array(a.promote(b), 2),
            _ => Ty::Any,
        },
        "sort" | "flip" | "tril" | "triu" | "negative" | "positive" => match first {
            Some((d, n)) if axis != Axis::All => Ty::Array(d, n),
            _ => Ty::Any,
        },
        "nan_to_num" if args.len() == 1 => match first {
            Some((d, n)) => Ty::Array(d, n),
            _ => Ty::Any,
        },
        "roll" => match first {
            Some((d, n)) => Ty::Array(d, n),
            _ => Ty::Any,
        },
        "round" | "around" | "fix" => match first {
            Some((d, n)) if d != Scalar::Bool8 => Ty::Array(d, n),
            _ => Ty::Any,
        },
        "diff" => match first {
            Some((d, n)) if d != Scalar::Bool8 && args.len() == 1 => Ty::Array(d, n),
            _ => Ty::Any,
        },
        "append" if args.len() == 2 && call.axis == Axis::Absent => {
            let added = match args.get(1) {
                Some(Ty::Int) => Some(Scalar::Int64),
                Some(Ty::Float) => Some(Scalar::Float64),
                Some(Ty::Np(d) | Ty::Array(d, _)) => Some(*d),
                _ => None,
            };
            match (first, added) {
                (Some((d, _)), Some(added)) => Ty::Array(d.promote(added), 1),
                _ => Ty::Any,
            }
        }
        "argsort" => match first {
            Some((_, n)) if axis != Axis::All => Ty::Array(Scalar::Int64, n),
            _ => Ty::Any,
        },
        "isclose" => match (first, second) {
            (Some((_, n)), Some((_, m))) => Ty::Array(Scalar::Bool8, n.max(m)),
            _ => Ty::Any,
        },
        "allclose" | "array_equal" => Ty::Bool,
        "transpose" => match first {
            Some((d, n)) => Ty::Array(d, n),
            None => Ty::Any,
        },
        "ravel" => match first {
            Some((d, _)) => Ty::Array(d, 1),
            None => Ty::Any,
        },
        "reshape" => match first {
            Some((d, _)) => shaped(d, args.get(1)),
            None => Ty::Any,
        },
        "expand_dims" => match first {
            Some((d, n)) => Ty::Array(d, n + 1),
            None => Ty::Any,
        },
        "swapaxes" => match first {
            Some((d, n)) => Ty::Array(d, n),
            None => Ty::Any,
        },
        "convolve" | "correlate" => match (first, second) {
            (Some((a, 1)), Some((b, 1))) => Ty::Array(a.promote(b), 1),
            _ => Ty::Any,
        },
        "searchsorted" => match (second, args.get(1)) {
            (Some((_, n)), _) => Ty::Array(Scalar::Int64, n),
            (None, Some(Ty::Int | Ty::Float | Ty::Np(_))) => Ty::Np(Scalar::Int64),
            _ => Ty::Any,
        },
        "bincount" if args.len() == 1 => Ty::Array(Scalar::Int64, 1),
        "unique" if args.len() == 1 && !call.open => match first {
            Some((d, nd)) if call.axis == Axis::Absent && call.returned > 0 && nd == 1 => {
                let mut all = vec![Ty::Array(d, 1)];
                all.resize(call.returned + 1, Ty::Array(Scalar::Int64, 1));
                Ty::Tuple(all)
            }
            Some((d, _)) if call.axis == Axis::Absent && call.returned == 0 => Ty::Array(d, 1),
            _ => Ty::Any,
        },
        "interp" if args.len() == 3 => match first {
            Some((_, n)) => Ty::Array(Scalar::Float64, n),
            None => Ty::Any,
        },
        "norm" => match first {
            Some((d, n)) if args.len() == 1 => {
                let d = averaged(d).real();
                match call.axis {
                    Axis::Absent | Axis::All => Ty::Np(d),
                    Axis::Some(k) if !call.keeps => made(d, n.saturating_sub(k)),
                    Axis::Some(_) => Ty::Array(d, n),
                    Axis::Unknown => Ty::Any,
                }
            }
            _ => Ty::Any,
        },
        "median" => match first {
            Some((d, n)) if !d.is_complex() => match axis {
                Axis::Absent | Axis::All => Ty::Np(averaged(d)),
                Axis::Some(k) if !call.keeps => made(averaged(d), n.saturating_sub(k)),
                _ => Ty::Any,
            },
            _ => Ty::Any,
        },
        "where" | "nonzero" if args.len() == 1 && !call.open => match first {
            Some((_, n)) if n <= 4 => Ty::Tuple(vec![Ty::Array(Scalar::Int64, 1); n]),
            _ => Ty::Any,
        },
        "flatnonzero" => Ty::Array(Scalar::Int64, 1),
        "argwhere" => Ty::Array(Scalar::Int64, 2),
        "count_nonzero" if args.len() == 1 && call.axis == Axis::Absent && !call.keeps => {
            match first {
                Some(_) => Ty::Num,
                None => Ty::Any,
            }
        }
        "concatenate" | "stack" | "vstack" | "hstack" | "column_stack" => {
            let parts = match args.first() {
                Some(Ty::Tuple(parts)) => parts.iter().map(array).collect::<Option<Vec<_>>>(),
                Some(Ty::Array(d, n)) => n.checked_sub(1).map(|n| vec![(*d, n)]),
                _ => None,
            };
            let Some(parts) = parts.filter(|p| !p.is_empty()) else {
                return Some(Ty::Any);
            };
            let (mut dtype, nd) = parts[0];
            for (d, n) in &parts[1..] {
                dtype = dtype.promote(*d);
                if *n != nd {
                    return Some(Ty::Any);
                }
            }
            let nd = match name {
                "concatenate" | "hstack" => nd,
                "stack" => nd + 1,
                _ => nd.max(2),
            };
            match axis {
                Axis::All => Ty::Array(dtype, 1),
                _ if (1..=4).contains(&nd) => Ty::Array(call.dtype.unwrap_or(dtype), nd),
                _ => Ty::Any,
            }
        }
        "isin" => match first {
            Some((_, n)) => Ty::Array(Scalar::Bool8, n),
            None => Ty::Any,
        },
        "digitize" => match first {
            Some((_, n)) => Ty::Array(Scalar::Int64, n),
            None => Ty::Any,
        },
        "percentile" | "quantile" => match (first, args.get(1)) {
            (Some((d, _)), Some(q))
                if (d == Scalar::Float64 || d.is_int())
                    && q.is_number()
                    && call.axis == Axis::Absent
                    && args.len() == 2 =>
            {
                Ty::Np(averaged(d))
            }
            (Some((d, _)), Some(Ty::Array(q, 1)))
                if (d == Scalar::Float64 || d.is_int())
                    && (*q == Scalar::Float64 || q.is_int())
                    && call.axis == Axis::Absent
                    && args.len() == 2 =>
            {
                Ty::Array(Scalar::Float64, 1)
            }
            _ => Ty::Any,
        },
        "trace" => match first {
            Some((d, 2)) if args.len() == 1 => Ty::Np(summed(d)),
            _ => Ty::Any,
        },
        "angle" if args.len() == 1 => match first {
            Some((d, n)) if d.is_complex() || d.is_float() || d == Scalar::Int64 => {
                Ty::Array(averaged(d).real(), n)
            }
            _ => Ty::Any,
        },
        "real" | "imag" => match first {
            Some((d, n)) => Ty::Array(d.real(), n),
            None => Ty::Any,
        },
        "fliplr" | "flipud" | "rot90" | "partition" | "pad" | "moveaxis" => match first {
            Some((d, n)) if axis != Axis::All => Ty::Array(d, n),
            _ => Ty::Any,
        },
        "argpartition" => match first {
            Some((_, n)) if axis != Axis::All => Ty::Array(Scalar::Int64, n),
            _ => Ty::Any,
        },
        "repeat" => match first {
            Some((d, n)) if args.len() == 2 => match call.axis {
                Axis::Absent | Axis::All => Ty::Array(d, 1),
                _ => Ty::Array(d, n),
            },
            _ => Ty::Any,
        },
        "tile" => match (first, args.get(1)) {
            (Some((d, n)), Some(Ty::Int)) => Ty::Array(d, n),
            (Some((d, n)), Some(Ty::Tuple(times))) => Ty::Array(d, n.max(times.len())),
            _ => Ty::Any,
        },
        "append" if args.len() == 2 && call.axis == Axis::Absent => {
            let more = match &args[1] {
                Ty::Array(d, _) | Ty::Np(d) => Some(*d),
                Ty::Int => Some(Scalar::Int64),
                Ty::Float => Some(Scalar::Float64),
                _ => None,
            };
            match (first, more) {
                (Some((d, _)), Some(more)) => Ty::Array(d.promote(more), 1),
                _ => Ty::Any,
            }
        }
        "delete" if args.len() == 2 => match (first, args.get(1)) {
            (Some((d, 1)), Some(Ty::Int)) => Ty::Array(d, 1),
            _ => Ty::Any,
        },
        "take" if args.len() == 2 => match (first, second) {
            (Some((d, n)), Some((i, m))) if i.is_int() => match call.axis {
                Axis::Absent => Ty::Array(d, m),
                Axis::Some(_) => Ty::Array(d, n - 1 + m),
                _ => Ty::Any,
            },
            _ => Ty::Any,
        },
        "diag" if args.len() == 1 => match first {
            Some((d, 1)) => Ty::Array(d, 2),
            Some((d, 2)) => Ty::Array(d, 1),
            _ => Ty::Any,
        },
        "diagonal" if args.len() == 1 => match first {
            Some((d, 2)) => Ty::Array(d, 1),
            _ => Ty::Any,
        },
        "intersect1d" | "union1d" | "setdiff1d" if args.len() == 2 && call.returned == 0 => {
            match (name, first, second) {
                ("setdiff1d", Some((d, _)), Some(_)) => Ty::Array(d, 1),
                (_, Some((a, _)), Some((b, _))) => Ty::Array(a.promote(b), 1),
                _ => Ty::Any,
            }
        }
        "gradient" if args.len() <= 2 => match first {
            Some((d, 1)) if d != Scalar::Bool8 => Ty::Array(averaged(d), 1),
            _ => Ty::Any,
        },
        "cross" if args.len() == 2 => match (first, second) {
            (Some((a, n)), Some((b, m))) => Ty::Array(a.promote(b), n.max(m)),
            _ => Ty::Any,
        },
        "vdot" => match (first, second) {
            (Some((a, _)), Some((b, _))) => Ty::Np(a.promote(b)),
            _ => Ty::Any,
        },
        "kron" => match (first, second) {
            (Some((a, n)), Some((b, m))) => Ty::Array(a.promote(b), n.max(m)),
            _ => Ty::Any,
        },
        "average" if args.len() == 1 => match first {
            Some(a) => reduced("mean", a, axis, call)?,
            None => Ty::Any,
        },
        "nansum" => match first {
            Some(a) => reduced("sum", a, axis, call)?,
            None => Ty::Any,
        },
        "det" => match first {
            Some((d, 2)) => Ty::Np(averaged(d)),
            _ => Ty::Any,
        },
        "inv" => match first {
            Some((d, n)) => Ty::Array(averaged(d), n),
            _ => Ty::Any,
        },
        "solve" => match (first, second) {
            (Some((a, 2)), Some((b, n @ (1 | 2)))) => {
                Ty::Array(averaged(a).promote(averaged(b)), n)
            }
            _ => Ty::Any,
        },
        "ediff1d" if args.len() == 1 => match first {
            Some((d, _)) if d != Scalar::Bool8 => Ty::Array(d, 1),
            _ => Ty::Any,
        },
        "meshgrid" if call.keyword_types.iter().all(|(key, _)| key == "indexing") => {
            let rows = args.iter().map(array).collect::<Option<Vec<_>>>();
            match rows {
                Some(rows) if (1..=4).contains(&rows.len()) && rows.iter().all(|r| r.1 == 1) => {
                    let n = rows.len();
                    Ty::Tuple(rows.into_iter().map(|(d, _)| Ty::Array(d, n)).collect())
                }
                _ => Ty::Any,
            }
        }
        "average" | "nonzero" | "count_nonzero" | "histogram" | "bincount" | "unique"
        | "interp" | "take" | "meshgrid" | "squeeze" | "atleast_1d" | "atleast_2d" | "diag"
        | "diagonal" | "cross" | "tensordot" | "broadcast_to" | "gradient" | "split"
        | "array_split" | "append" | "delete" | "insert" | "intersect1d" | "union1d"
        | "setdiff1d" | "lexsort" | "where" | "clip" | "maximum" | "minimum" | "power" | "sqrt"
        | "exp" | "log" | "abs" | "absolute" | "sign" | "square" | "floor" | "ceil" | "isnan"
        | "isfinite" | "isinf" | "add" | "subtract" | "multiply" | "divide" | "true_divide"
        | "floor_divide" | "remainder" | "mod" | "greater" | "less" | "greater_equal"
        | "less_equal" | "equal" | "not_equal" | "logical_and" | "logical_or" | "logical_not"
        | "logical_xor" | "bitwise_and" | "bitwise_or" | "bitwise_xor" | "invert" | "sin"
        | "cos" | "tan" | "arctan2" | "hypot" | "tanh" | "log1p" | "expm1" | "log2" | "log10"
        | "rint" | "trunc" | "fmod" | "angle" | "conj" | "select" | "einsum" | "ediff1d"
        | "cumulative_sum" | "cov" | "corrcoef" | "polyval" => Ty::Any,
        _ => {
            let alone = args.len() == 1 && call.keyword_types.is_empty();
            return super::ndcalled::called(name, first, alone);
        }
    })
}

/// What a method of an array gives; nothing if it is not translated.
pub(super) fn method_result(
    name: &str,
    (dtype, nd): (Scalar, usize),
    args: &[Ty],
    call: &Call,
) -> Option<Ty> {
    let axis = if call.axis == Axis::Absent && !args.is_empty() {
        call.second_axis
    } else {
        call.axis
    };
    let named = call.named.first().copied().flatten();
    if nd == 0 {
        return Some(match name {
            "item" | "tolist" if args.is_empty() => match dtype {
                Scalar::Bool8 => Ty::Bool,
                d if d.is_float() => Ty::Float,
                d if d.is_complex() => Ty::Complex,
                _ => Ty::Int,
            },
            "astype" => Ty::Np(named?),
            "tobytes" if args.is_empty() => Ty::Bytes,
            "view" if args.len() == 1 => match named {
                Some(d) if d.width() == dtype.width() => Ty::Np(d),
                _ => Ty::Any,
            },
            "sum" | "mean" | "min" | "max" | "round" | "conjugate" | "conj" => Ty::Any,
            _ => return None,
        });
    }
    Some(match name {
        "sum" | "prod" | "mean" | "std" | "var" | "min" | "max" | "ptp" | "argmin" | "argmax"
        | "any" | "all" | "trace" => {
            if name == "trace" && nd != 2 {
                Ty::Any
            } else {
                reduced(name, (dtype, nd), axis, call)?
            }
        }
        "cumsum" | "cumprod" => {
            let d = call.dtype.unwrap_or_else(|| summed(dtype));
            match axis {
                Axis::Absent | Axis::All => Ty::Array(d, 1),
                Axis::Some(_) => Ty::Array(d, nd),
                Axis::Unknown => Ty::Any,
            }
        }
        "copy" => Ty::Array(dtype, nd),
        "byteswap" if args.is_empty() => Ty::Array(dtype, nd),
        "tobytes" if args.len() < 2 => Ty::Bytes,
        "view" if args.is_empty() && call.dtype.is_none() && !call.open => Ty::Array(dtype, nd),
        "view" if args.len() < 2 => match call.dtype.or(named) {
            Some(d) => Ty::Array(d, nd),
            None => Ty::Any,
        },
        "astype" => match call.dtype.or(named) {
            Some(d) => Ty::Array(d, nd),
            None => Ty::Any,
        },
        "ravel" | "flatten" => Ty::Array(dtype, 1),
        "transpose" | "swapaxes" => Ty::Array(dtype, nd),
        "reshape" => match args {
            [one] => shaped(dtype, Some(one)),
            many if many.iter().all(|t| *t == Ty::Int) && !many.is_empty() => {
                Ty::Array(dtype, many.len())
            }
            _ => Ty::Any,
        },
        "round" if dtype != Scalar::Bool8 => Ty::Array(dtype, nd),
        "argsort" if axis != Axis::All => Ty::Array(Scalar::Int64, nd),
        "conj" | "conjugate" => Ty::Array(dtype, nd),
        "dot" => {
            let mut all = vec![Ty::Array(dtype, nd)];
            all.extend(args.iter().cloned());
            result("dot", &all, call)?
        }
        "nonzero" if args.is_empty() => Ty::Tuple(vec![Ty::Array(Scalar::Int64, 1); nd]),
        "searchsorted" | "repeat" | "take" | "diagonal" => {
            let mut all = vec![Ty::Array(dtype, nd)];
            all.extend(args.iter().cloned());
            result(name, &all, call)?
        }
        "clip" | "squeeze" | "nonzero" | "item" | "tolist" | "argsort" | "compress" | "choose"
        | "round" => Ty::Any,
        _ => return None,
    })
}
