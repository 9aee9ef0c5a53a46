//! The keywords that functions of NumPy and methods of arrays are called with.

use ruff_python_ast::{Expr as Ast, Keyword};

use super::given_out::{before_out, is_ufunc};
use super::ndresults::{Axis, Call};
use super::scope::{Low, Lowerer};
use crate::ir::Expr;
use crate::types::Ty;

impl Lowerer<'_, '_> {
    pub(super) fn axis(&self, e: &Ast, ty: &Ty) -> Axis {
        match (e, ty) {
            (Ast::NoneLiteral(_), _) => Axis::All,
            (Ast::Tuple(t), _) => Axis::Some(t.elts.len()),
            (_, Ty::Int) => Axis::Some(1),
            _ => Axis::Unknown,
        }
    }

    /// The keywords of a call, as far as they decide on the result.
    pub(super) fn keywords(
        &mut self,
        function: &str,
        keywords: &[Keyword],
        described: &mut Call,
    ) -> Low<Option<Vec<(String, Expr)>>> {
        let mut made = Vec::new();
        for keyword in keywords {
            let Some(name) = &keyword.arg else {
                return Ok(None);
            };
            let value = self.numpy_arg(&keyword.value)?;
            match name.as_str() {
                "axis" => described.axis = self.axis(&keyword.value, &value.ty),
                "keepdims" => {
                    described.keeps = matches!(&keyword.value, Ast::BooleanLiteral(b) if b.value);
                    if !matches!(keyword.value, Ast::BooleanLiteral(_)) {
                        described.open = true;
                    }
                }
                "dtype" => match self.dtype_named(&keyword.value) {
                    Some(d) => described.dtype = Some(d),
                    None if matches!(keyword.value, Ast::NoneLiteral(_)) => {}
                    None => described.open = true,
                },
                // Else the array itself would change.
                "copy"
                    if function == "nan_to_num"
                        && !matches!(&keyword.value, Ast::BooleanLiteral(b) if b.value) =>
                {
                    return Ok(None);
                }
                "ddof" | "decimals" | "endpoint" | "initial" | "side" | "mode" | "copy"
                | "axes" | "num" | "shape" | "order" | "indexing" | "kind" | "stable" | "k"
                | "n" | "minlength" | "bins" | "density" | "ord" | "rtol" | "atol"
                | "equal_nan" | "fill_value" | "method" | "q" => {}
                "count" if function == "frombuffer" => {}
                "default" if function == "select" => described.open = true,
                "return_counts" | "return_index" | "return_inverse"
                    if matches!(keyword.value, Ast::BooleanLiteral(_)) =>
                {
                    let is_true = matches!(&keyword.value, Ast::BooleanLiteral(b) if b.value);
                    described.returned += usize::from(is_true);
                }
                "assume_unique" | "weights" | "rowvar" | "sorter" | "right" | "left" | "period"
                | "subok" | "casting" | "retstep" | "prepend" | "append" | "repeats" | "offset"
                | "norm" | "d" | "s" | "full_matrices" | "compute_uv" | "hermitian" | "rcond"
                | "tol" | "UPLO" | "deg" | "full" | "w" | "cov" | "dx" | "x"
                | "constant_values" | "end_values" | "discont" | "edge_order" | "range"
                | "ndmin" | "invert" | "axis1" | "axis2" | "bitorder" | "trim" | "dims" | "M"
                | "N" | "increasing" | "sparse" => described.open = true,
                "where"
                    if is_ufunc(function)
                        || matches!(
                            function,
                            "sum" | "prod" | "min" | "max" | "mean" | "std" | "var" | "any" | "all"
                        ) =>
                {
                    described.open = true
                }
                "out" if before_out(function).is_some() => {}
                _ => return Ok(None),
            }
            made.push((name.to_string(), value));
        }
        Ok(Some(made))
    }
}
