//! Functions of other modules: `math`, and what computes from its arguments alone.

use ruff_python_ast::{Expr as Ast, ExprCall};
use ruff_text_size::Ranged;

use super::build::{call, own, sure};
use super::scope::{Low, Lowerer};
use super::unit::Place;
use crate::ir::Expr;
use crate::types::{Scalar, Ty};

/// Functions of `math` of one `float` that the C library has under the same name.
const MATH_ONE: [&str; 23] = [
    "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh",
    "exp", "expm1", "log", "log2", "log10", "log1p", "erf", "erfc", "exp2", "sqrt", "fabs",
];

/// Modules whose functions compute from their arguments alone, with what those functions give.
pub(super) fn pure_member(module: &str, name: &str) -> Option<Ty> {
    if module == "math" && MATH_ONE.contains(&name) {
        return Some(Ty::Float);
    }
    Some(match (module, name) {
        ("math", "floor" | "ceil" | "trunc") => Ty::Any,
        ("math", "pow" | "atan2" | "fmod" | "degrees" | "radians") => Ty::Float,
        ("math", "isnan" | "isinf" | "isfinite") => Ty::Bool,
        ("math", "gcd" | "lcm" | "factorial" | "comb" | "perm" | "isqrt") => Ty::Int,
        ("math", "isclose") => Ty::Bool,
        (
            "math",
            "cbrt" | "hypot" | "dist" | "fsum" | "gamma" | "lgamma" | "ldexp" | "nextafter" | "ulp"
            | "remainder",
        ) => Ty::Float,
        (
            "cmath",
            "sqrt" | "exp" | "log" | "log10" | "sin" | "cos" | "tan" | "asin" | "acos" | "atan"
            | "sinh" | "cosh" | "tanh" | "asinh" | "acosh" | "atanh" | "rect",
        ) => Ty::Complex,
        ("cmath", "phase") => Ty::Float,
        ("cmath", "polar") => Ty::Tuple(vec![Ty::Float; 2]),
        ("cmath", "isnan" | "isinf" | "isfinite" | "isclose") => Ty::Bool,
        ("math", "modf") => Ty::Tuple(vec![Ty::Float; 2]),
        ("math", "frexp") => Ty::Tuple(vec![Ty::Float, Ty::Int]),
        ("math", "prod" | "copysign" | "log") => Ty::Any,
        (
            "operator",
            "add" | "sub" | "mul" | "truediv" | "floordiv" | "mod" | "pow" | "neg" | "lt" | "le"
            | "eq" | "ne" | "gt" | "ge",
        ) => Ty::Any,
        _ => return None,
    })
}

impl Lowerer<'_, '_> {
    /// A call of a function of another module.
    pub(super) fn member(
        &mut self,
        e: &ExprCall,
        module: &str,
        name: &str,
        place: Place,
    ) -> Low<Expr> {
        if matches!(module, "numpy" | "numpy.linalg" | "numpy.fft") {
            return self.numpy_call(e, name, place);
        }
        if let Some(done) = self.library_call(e, module, name, &place)? {
            return Ok(done);
        }
        if !e.arguments.keywords.is_empty()
            || e.arguments
                .args
                .iter()
                .any(|a| matches!(a, Ast::Starred(_)))
        {
            return self.no(
                e,
                "library-call",
                format!("`{module}.{name}` is called with keywords or `*arguments`"),
                "Pass plain arguments.",
            );
        }
        let mut args = Vec::new();
        for arg in &e.arguments.args {
            args.push(self.expr(arg)?);
        }
        self.member_on(e, module, name, place, args)
    }

    pub(super) fn member_on(
        &mut self,
        e: &impl Ranged,
        module: &str,
        name: &str,
        place: Place,
        args: Vec<Expr>,
    ) -> Low<Expr> {
        if module == "math" {
            let args: Vec<Expr> = args.into_iter().map(|a| self.number(a)).collect();
            let args: Vec<Expr> = args
                .into_iter()
                .map(|a| {
                    if matches!(a.ty, Ty::Np(d) if !d.is_complex() && d != Scalar::Bool8) {
                        self.float(a)
                    } else {
                        a
                    }
                })
                .collect();
            let numbers = args.iter().all(|a| a.ty.is_number());
            if numbers {
                let mut args = args.into_iter();
                let (first, second, more) = (args.next(), args.next(), args.next());
                if let (Some(x), None) = (first.clone(), &second) {
                    let x_ty = x.ty.clone();
                    if MATH_ONE.contains(&name) {
                        self.capture(place);
                        let x = self.float(x);
                        if name == "fabs" {
                            return Ok(super::build::sure_method(x, "abs", Ty::Float, Vec::new()));
                        }
                        return Ok(call(&format!("math::{name}"), Ty::Float, vec![own(x)]));
                    }
                    match name {
                        "floor" | "ceil" | "trunc" => {
                            self.capture(place);
                            if x_ty == Ty::Int {
                                return Ok(x);
                            }
                            let x = self.float(x);
                            let whole = super::build::sure_method(x, name, Ty::Float, Vec::new());
                            return Ok(call("float::to_int::<Int>", Ty::Int, vec![own(whole)]));
                        }
                        "isnan" | "isfinite" => {
                            self.capture(place);
                            let x = self.float(x);
                            let name = if name == "isnan" {
                                "is_nan"
                            } else {
                                "is_finite"
                            };
                            return Ok(super::build::sure_method(x, name, Ty::Bool, Vec::new()));
                        }
                        "isinf" => {
                            self.capture(place);
                            let x = self.float(x);
                            return Ok(super::build::sure_method(
                                x,
                                "is_infinite",
                                Ty::Bool,
                                Vec::new(),
                            ));
                        }
                        "degrees" | "radians" => {
                            self.capture(place);
                            let x = self.float(x);
                            return Ok(sure(&format!("math::{name}"), Ty::Float, vec![own(x)]));
                        }
                        _ => {}
                    }
                }
                if let (Some(x), Some(y), None) = (first.clone(), second.clone(), &more)
                    && matches!(name, "pow" | "atan2" | "fmod" | "copysign")
                {
                    self.capture(place);
                    let (x, y) = (self.float(x), self.float(y));
                    return Ok(match name {
                        "atan2" => sure("math::atan2", Ty::Float, vec![own(x), own(y)]),
                        "copysign" => {
                            super::build::sure_method(x, "copysign", Ty::Float, vec![own(y)])
                        }
                        _ => call(&format!("math::{name}"), Ty::Float, vec![own(x), own(y)]),
                    });
                }
                let args: Vec<Expr> = first
                    .into_iter()
                    .chain(second)
                    .chain(more)
                    .chain(args)
                    .collect();
                return self.pure_call(e, module, name, place, args);
            }
            return self.pure_call(e, module, name, place, args);
        }
        self.pure_call(e, module, name, place, args)
    }

    pub(super) fn pure_call(
        &mut self,
        e: &impl Ranged,
        module: &str,
        name: &str,
        place: Place,
        args: Vec<Expr>,
    ) -> Low<Expr> {
        let Some(ty) = pure_member(module, name) else {
            let help = match module {
                "numpy" => "Loop over the elements, or leave the function to NumPy.",
                "itertools" => {
                    "Write a loop, or compute the position: `items[i % len(items)]` for `cycle`."
                }
                _ => "Call it outside the function and pass the result.",
            };
            return self.no(
                e,
                "library-call",
                format!("`{module}.{name}` is not translated"),
                help,
            );
        };
        let args = args.into_iter().map(|a| self.coerce(a, &Ty::Any)).collect();
        let result = self.call_object(place, args);
        if ty == Ty::Int && self.is_big() {
            return Ok(result);
        }
        Ok(self.coerce(result, &ty))
    }
}
