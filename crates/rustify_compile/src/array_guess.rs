//! Which parameters a function uses as arrays, and with how many axes: for `--ml-mode`, where nothing was recorded.

use std::collections::HashMap;

use ruff_python_ast::visitor::{Visitor, walk_expr, walk_stmt};
use ruff_python_ast::{Expr, Stmt, StmtFunctionDef};

/// Attributes that arrays have and other sequences have not.
const OF_ARRAYS: [&str; 22] = [
    "shape",
    "ndim",
    "dtype",
    "size",
    "T",
    "sum",
    "mean",
    "std",
    "var",
    "min",
    "max",
    "argmin",
    "argmax",
    "astype",
    "reshape",
    "ravel",
    "flatten",
    "dot",
    "cumsum",
    "transpose",
    "clip",
    "any",
];

/// Attributes that arrays have not.
const OF_OTHERS: [&str; 20] = [
    "append",
    "extend",
    "insert",
    "pop",
    "remove",
    "get",
    "items",
    "keys",
    "values",
    "update",
    "add",
    "discard",
    "split",
    "join",
    "strip",
    "lower",
    "upper",
    "startswith",
    "encode",
    "decode",
];

/// The parameters of a function that are used as arrays, with their numbers of axes.
pub(crate) fn array_parameters(node: &StmtFunctionDef) -> HashMap<String, usize> {
    let mut uses = Uses::default();
    for parameter in node.parameters.iter_non_variadic_params() {
        if parameter.parameter.annotation.is_none() && parameter.default().is_none() {
            uses.axes.insert(parameter.name().to_string(), 0);
        }
    }
    uses.visit_body(&node.body);
    uses.axes
        .into_iter()
        .filter(|(name, axes)| (1..=4).contains(axes) && !uses.others.contains(name))
        .collect()
}

#[derive(Default)]
struct Uses {
    /// The axes that each parameter has at least; none without a sign of an array.
    axes: HashMap<String, usize>,
    /// What cannot be an array.
    others: Vec<String>,
}

impl Uses {
    fn at_least(&mut self, e: &Expr, axes: usize) {
        if let Expr::Name(n) = e
            && let Some(known) = self.axes.get_mut(n.id.as_str())
        {
            *known = axes.max(*known);
        }
    }

    fn other(&mut self, e: &Expr) {
        if let Expr::Name(n) = e {
            self.others.push(n.id.to_string());
        }
    }
}

/// The value that is indexed, and the axes that its indices take: 2 for `a[i, j]` and for `a[i][j]`.
fn indexed(e: &Expr) -> (&Expr, usize) {
    match e {
        Expr::Subscript(s) => {
            let (inner, before) = indexed(&s.value);
            let here = match &*s.slice {
                Expr::Tuple(t) => t
                    .elts
                    .iter()
                    .filter(|i| !matches!(i, Expr::NoneLiteral(_) | Expr::EllipsisLiteral(_)))
                    .count(),
                _ => 1,
            };
            (inner, before + here)
        }
        other => (other, 0),
    }
}

/// Whose shape an expression is.
fn shape_of(e: &Expr) -> Option<&Expr> {
    match e {
        Expr::Attribute(a) if a.attr.as_str() == "shape" => Some(&a.value),
        _ => None,
    }
}

impl<'a> Visitor<'a> for Uses {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::Assign(a) => {
                if let ([Expr::Tuple(t)], Some(of)) = (a.targets.as_slice(), shape_of(&a.value)) {
                    self.at_least(of, t.elts.len());
                }
            }
            Stmt::For(f) => self.at_least(&f.iter, 1),
            _ => {}
        }
        walk_stmt(self, statement);
    }

    fn visit_expr(&mut self, e: &'a Expr) {
        match e {
            Expr::Subscript(s) => {
                if let (Some(of), Expr::NumberLiteral(n)) = (shape_of(&s.value), &*s.slice)
                    && let Some(axis) = n.value.as_int().and_then(ruff_python_ast::Int::as_usize)
                {
                    self.at_least(of, axis + 1);
                }
                let (inner, axes) = indexed(e);
                if matches!(&*s.slice, Expr::StringLiteral(_)) {
                    self.other(inner);
                }
                self.at_least(inner, axes);
            }
            Expr::Attribute(a) => {
                if OF_ARRAYS.contains(&a.attr.as_str()) {
                    self.at_least(&a.value, 1);
                }
                if OF_OTHERS.contains(&a.attr.as_str()) {
                    self.other(&a.value);
                }
            }
            Expr::Call(c) => {
                let of_numpy = matches!(&*c.func, Expr::Attribute(a)
                    if matches!(&*a.value, Expr::Name(n) if n.id == "np" || n.id == "numpy"));
                let is_len = matches!(&*c.func, Expr::Name(n) if n.id == "len");
                if of_numpy || is_len {
                    for arg in &c.arguments.args {
                        self.at_least(arg, 1);
                    }
                }
            }
            _ => {}
        }
        walk_expr(self, e);
    }
}

#[cfg(test)]
mod tests {
    use rustify_types::{Compiled, FunctionProfile, Outcome, Request};

    const SOURCE: &str = "import numpy as np


def scaled(a, k):
    rows, columns = a.shape
    total = 0.0
    for i in range(rows):
        for j in range(columns):
            total += a[i, j] * k
    return total


def named(d):
    return len(d) + len(d.keys())
";

    fn compiled(ml_mode: bool) -> Compiled {
        let function = |name: &str, line| FunctionProfile {
            qualname: name.into(),
            line,
            ..FunctionProfile::default()
        };
        let request = Request {
            source: SOURCE.into(),
            path: "m.py".into(),
            module: "m".into(),
            functions: vec![function("scaled", 4), function("named", 13)],
            ml_mode,
            extension: "_m_rs_0".into(),
            ..Request::default()
        };
        crate::compile(&request).unwrap_or_default()
    }

    #[test]
    fn parameters_used_as_arrays_are_taken_for_arrays_when_asked() {
        let text = |ml_mode| {
            let all = compiled(ml_mode).files;
            let file = all.into_iter().find(|(path, _)| path == "src/functions.rs");
            file.map(|(_, text)| text).unwrap_or_default()
        };
        assert!(text(true).contains("a: Array<f64, 2>"));
        assert!(!text(true).contains("d: Array"));
        assert!(!text(false).contains("a: Array"));
        let all_translated = |c: Compiled| {
            let mut outcomes = c.functions.into_iter().map(|(_, _, o)| o);
            outcomes.all(|o| matches!(o, Outcome::Translated { .. }))
        };
        assert!(all_translated(compiled(true)));
    }
}
