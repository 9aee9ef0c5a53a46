//! Arrays that functions of NumPy and methods of arrays are given to take the result: `out`, by name or by position.

use ruff_python_ast::helpers::any_over_expr;
use ruff_python_ast::{Expr as Ast, ExprCall};

use super::build::{array_of, block, by_ref, call, literal, method, own};
use super::scope::{Low, Lowerer};
use crate::ir::{Expr, Node, Stmt};
use crate::types::Ty;

/// Ufuncs of one argument.
const UNARY: [&str; 53] = [
    "abs",
    "absolute",
    "acos",
    "acosh",
    "arccos",
    "arccosh",
    "arcsin",
    "arcsinh",
    "arctan",
    "arctanh",
    "asin",
    "asinh",
    "atan",
    "atanh",
    "bitwise_invert",
    "bitwise_not",
    "cbrt",
    "ceil",
    "conj",
    "conjugate",
    "cos",
    "cosh",
    "deg2rad",
    "degrees",
    "exp",
    "exp2",
    "expm1",
    "fabs",
    "floor",
    "invert",
    "isfinite",
    "isinf",
    "isnan",
    "log",
    "log10",
    "log1p",
    "log2",
    "logical_not",
    "negative",
    "positive",
    "rad2deg",
    "radians",
    "reciprocal",
    "rint",
    "sign",
    "signbit",
    "sin",
    "sinh",
    "sqrt",
    "square",
    "tan",
    "tanh",
    "trunc",
];

/// Ufuncs of two arguments.
const BINARY: [&str; 45] = [
    "add",
    "arctan2",
    "atan2",
    "bitwise_and",
    "bitwise_left_shift",
    "bitwise_or",
    "bitwise_right_shift",
    "bitwise_xor",
    "copysign",
    "divide",
    "equal",
    "float_power",
    "floor_divide",
    "fmax",
    "fmin",
    "fmod",
    "gcd",
    "greater",
    "greater_equal",
    "heaviside",
    "hypot",
    "lcm",
    "ldexp",
    "left_shift",
    "less",
    "less_equal",
    "logaddexp",
    "logaddexp2",
    "logical_and",
    "logical_or",
    "logical_xor",
    "matmul",
    "maximum",
    "minimum",
    "mod",
    "multiply",
    "nextafter",
    "not_equal",
    "pow",
    "power",
    "remainder",
    "right_shift",
    "subtract",
    "true_divide",
    "vecdot",
];

/// Whether a function of NumPy is a ufunc, which takes `where`.
pub(super) fn is_ufunc(name: &str) -> bool {
    UNARY.contains(&name) || BINARY.contains(&name)
}

/// How many arguments a function of NumPy takes before `out`.
pub(super) fn before_out(name: &str) -> Option<usize> {
    Some(match name {
        _ if UNARY.contains(&name) => 1,
        _ if BINARY.contains(&name) => 2,
        "fix" => 1,
        "amax" | "amin" | "max" | "min" | "ptp" | "any" | "all" | "argmax" | "argmin" | "dot"
        | "round" | "around" | "outer" | "choose" | "median" | "concatenate" | "stack" => 2,
        "sum" | "prod" | "mean" | "std" | "var" | "nansum" | "cumsum" | "cumprod" | "clip"
        | "take" | "compress" | "percentile" | "quantile" => 3,
        "trace" => 5,
        _ => return None,
    })
}

impl Lowerer<'_, '_> {
    /// Takes the array for the result from the arguments of a call, where so many may stand before it.
    pub(super) fn given_out(
        &mut self,
        e: &ExprCall,
        before: Option<usize>,
        args: &mut Vec<Expr>,
        keywords: &mut Vec<(String, Expr)>,
    ) -> Low<Option<Expr>> {
        let mut out = None;
        if let Some(at) = keywords.iter().position(|(name, _)| name == "out") {
            out = Some(keywords.remove(at).1);
        }
        if let Some(before) = before
            && args.len() == before + 1
            && out.is_none()
        {
            out = args.pop();
        }
        let Some(out) = out else {
            return match before {
                Some(before) if args.len() > before => self.no(
                    e,
                    "library-call",
                    "arguments behind `out`",
                    "Pass them by their names.",
                ),
                _ => Ok(None),
            };
        };
        let is_name = matches!(out.node, Node::Local(_));
        if out.ty == Ty::None && (is_name || matches!(out.node, Node::Literal(_))) {
            return Ok(None);
        }
        let renames = |a: &Ast| any_over_expr(a, |e| matches!(e, Ast::Named(_)));
        let values = e.arguments.keywords.iter().map(|k| &k.value);
        if !matches!(out.ty, Ty::Array(..) | Ty::Any | Ty::Never)
            || e.arguments.args.iter().chain(values).any(renames)
        {
            return self.no(
                e,
                "library-call",
                "`out` of this kind",
                "Pass an array that has a name.",
            );
        }
        Ok(Some(out))
    }

    /// The array for the result under a name, and the arguments that Python computes before it.
    fn held_out(
        &mut self,
        e: &ExprCall,
        out: Expr,
        args: &mut [Expr],
        stmts: &mut Vec<Stmt>,
    ) -> Expr {
        if matches!(out.node, Node::Local(_)) {
            return out;
        }
        for (i, arg) in args.iter_mut().enumerate() {
            if matches!(arg.node, Node::Local(_) | Node::Literal(_)) {
                continue;
            }
            let kept = self.temporary(&format!("argument_{i}"), e, &arg.ty.clone());
            let now = std::mem::replace(arg, super::build::none());
            stmts.push(self.assign(kept, now));
            *arg = self.read(kept);
        }
        let kept = self.temporary("out", e, &out.ty.clone());
        stmts.push(self.assign(kept, out));
        self.read(kept)
    }

    /// A call of an elementwise function whose results go to an array that is there, if it is one that is known.
    pub(super) fn elementwise_out(
        &mut self,
        e: &ExprCall,
        (name, function): (&str, &Expr),
        args: &[Expr],
        out: &Expr,
    ) -> Low<Option<Expr>> {
        let Ty::Array(dtype, nd) = out.ty else {
            return Ok(None);
        };
        let (mut args, mut stmts) = (args.to_vec(), Vec::new());
        let out = self.held_out(e, out.clone(), &mut args, &mut stmts);
        let Some(made) = self.array_function(name, function, &args) else {
            return Ok(None);
        };
        let Ty::Array(d, n) = made.ty else {
            return Ok(None);
        };
        if d.kind() <= dtype.kind() && n <= nd {
            stmts.push(self.fill(e, out.clone(), (dtype, nd), made)?);
        } else {
            // NumPy refuses this cast, or broadcasting into the array.
            stmts.push(Stmt::Do(call("python_only::<()>", Ty::None, Vec::new())));
        }
        Ok(Some(block(stmts, out)))
    }

    /// A call of NumPy that puts its result into an array that is there.
    pub(super) fn called_into(
        &mut self,
        e: &ExprCall,
        path: &str,
        callee: Expr,
        (mut args, keywords): (Vec<Expr>, Vec<(String, Expr)>),
        out: Expr,
    ) -> Expr {
        if out.ty == Ty::Never {
            return call("python_only::<Obj>", Ty::Never, Vec::new());
        }
        let mut names = Vec::new();
        for (name, value) in keywords {
            names.push(name);
            args.push(value);
        }
        names.push("out".to_owned());
        let mut stmts = Vec::new();
        let out = self.held_out(e, out, &mut args, &mut stmts);
        args.push(out.clone());
        stmts.push(Stmt::Do(match out.ty {
            Ty::Any => call("ndcall::keep", Ty::None, vec![by_ref(out.clone())]),
            _ => method(out.clone(), "written", Ty::None, Vec::new()),
        }));
        let args = args.into_iter().map(|a| self.coerce(a, &Ty::Any)).collect();
        let names = self.named(names);
        stmts.push(Stmt::Do(call(
            "ndcall::into",
            Ty::None,
            vec![
                own(literal(path, Ty::Any)),
                by_ref(callee),
                by_ref(array_of(args)),
                own(names),
            ],
        )));
        block(stmts, out)
    }
}
