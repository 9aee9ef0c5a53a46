//! Builtin functions of numbers: `abs`, `int`, `float`, `divmod`, `pow` and `round`.

use ruff_python_ast::{Expr as Ast, ExprCall};

use super::build::{by_ref, call, literal, method, own, sure, sure_method};
use super::scope::{Low, Lowerer};
use super::unit::Place;
use crate::ir::Expr;
use crate::types::{Scalar, Ty};

impl Lowerer<'_, '_> {
    /// `abs(value)`.
    pub(super) fn absolute(&mut self, e: &ExprCall, arg: &Ast) -> Low<Expr> {
        let value = self.expr(arg)?;
        if let Ty::Instance(c) = value.ty
            && let Some(done) = self.special(e, value.clone(), c, "__abs__", Vec::new())?
        {
            return Ok(done);
        }
        let value = self.number(value);
        if let Ty::Array(..) = value.ty
            && let Some(made) = self.array_unary("absolute", value.clone())
        {
            return Ok(made);
        }
        Ok(match value.ty {
            Ty::Np(d) if d != Scalar::Float64 && (d.is_float() || d.is_int()) => {
                self.scalar_unary("abs", value, d)
            }
            Ty::Np(d) if d.is_complex() => {
                let to = d.real();
                let item = self.item_of(value, d);
                let size = call("scalar::size", Ty::Any, vec![own(item)]);
                sure(to.rust(), Ty::Np(to), vec![own(size)])
            }
            Ty::Int => call("int::abs", Ty::Int, vec![own(value)]),
            Ty::Float => sure_method(value, "abs", Ty::Float, Vec::new()),
            Ty::Num => call("num::abs", Ty::Num, vec![own(value)]),
            Ty::Np(Scalar::Float64) => {
                let value = self.float(value);
                sure("float64::abs", Ty::Np(Scalar::Float64), vec![own(value)])
            }
            Ty::Complex => call("complex::abs", Ty::Float, vec![own(value)]),
            _ => {
                let object = self.coerce(value, &Ty::Any);
                call("any::abs", Ty::Any, vec![by_ref(object)])
            }
        })
    }

    /// `float(value)`.
    pub(super) fn float_of(&mut self, arg: &Ast) -> Low<Expr> {
        if let Some(text) = endless(arg) {
            return Ok(literal(text, Ty::Float));
        }
        let value = self.expr(arg)?;
        let value = match value.ty {
            // `None` is an error that the function may handle.
            Ty::Opt(_) => self.coerce(value, &Ty::Any),
            _ => self.number(value),
        };
        if value.ty.is_number()
            || matches!(value.ty, Ty::Np(d) if !d.is_complex() && d != Scalar::Bool8)
        {
            return Ok(self.float(value));
        }
        if value.ty == Ty::Str {
            return Ok(call(
                "text_numbers::float_of",
                Ty::Float,
                vec![by_ref(value)],
            ));
        }
        let value = self.coerce(value, &Ty::Any);
        let result = self.call_object(Place::Builtin("float".into()), vec![value]);
        Ok(self.coerce(result, &Ty::Float))
    }

    /// `int(value)`.
    pub(super) fn whole(&mut self, arg: &Ast) -> Low<Expr> {
        let value = self.expr(arg)?;
        let value = match &value.ty {
            // `None` is an error that the function may handle.
            Ty::Opt(inner) if !inner.is_number() => self.coerce(value, &Ty::Any),
            _ => self.number(value),
        };
        Ok(match value.ty {
            Ty::Int => value,
            Ty::Float => call("float::to_int::<Int>", Ty::Int, vec![own(value)]),
            Ty::Num => call("num::to_int", Ty::Int, vec![own(value)]),
            Ty::Grown(d) if d.is_int() => method(value, "index_of", Ty::Int, Vec::new()),
            Ty::Grown(Scalar::Float32) => method(value, "cut", Ty::Int, Vec::new()),
            Ty::Np(d) if d.is_float() => {
                let value = self.float(value);
                call("float::to_int::<Int>", Ty::Int, vec![own(value)])
            }
            Ty::Np(d) if d.is_int() && d != Scalar::UInt64 => self.index_number(value),
            Ty::Str if !self.is_big() => {
                call("text_numbers::int_of::<Int>", Ty::Int, vec![by_ref(value)])
            }
            _ => {
                let object = self.coerce(value, &Ty::Any);
                let result = self.call_object(Place::Builtin("int".into()), vec![object]);
                if self.is_big() {
                    return Ok(result);
                }
                self.coerce(result, &Ty::Int)
            }
        })
    }

    /// `divmod(a, b)`.
    pub(super) fn division_of(&mut self, args: &[Ast]) -> Low<Expr> {
        let (a, b) = (self.expr(&args[0])?, self.expr(&args[1])?);
        let (a, b) = (self.number(a), self.number(b));
        match (&a.ty, &b.ty) {
            (Ty::Int, Ty::Int) => Ok(call(
                "int::div_mod",
                Ty::Tuple(vec![Ty::Int; 2]),
                vec![own(a), own(b)],
            )),
            (Ty::Float, Ty::Int | Ty::Float) | (Ty::Int, Ty::Float) => {
                let (a, b) = (self.float(a), self.float(b));
                Ok(call(
                    "float::div_mod",
                    Ty::Tuple(vec![Ty::Float; 2]),
                    vec![own(a), own(b)],
                ))
            }
            _ => {
                let (a, b) = (self.coerce(a, &Ty::Any), self.coerce(b, &Ty::Any));
                Ok(call("any::div_mod", Ty::Any, vec![by_ref(a), by_ref(b)]))
            }
        }
    }

    /// `pow(a, b, m)`.
    pub(super) fn power_of(&mut self, args: &[Ast]) -> Low<Expr> {
        let mut parts = Vec::new();
        for arg in args {
            let part = self.expr(arg)?;
            parts.push(self.number(part));
        }
        if parts.iter().any(|p| p.ty == Ty::Any) {
            let parts = parts.into_iter().map(|p| self.coerce(p, &Ty::Any));
            let parts = parts.collect();
            return Ok(self.call_object(Place::Builtin("pow".into()), parts));
        }
        let parts = parts.into_iter().map(|p| own(self.coerce(p, &Ty::Int)));
        let parts = parts.collect();
        Ok(call("int::pow_mod", Ty::Int, parts))
    }

    /// `round(value)`.
    pub(super) fn rounded(&mut self, e: &ExprCall) -> Low<Expr> {
        let args = &e.arguments.args;
        let value = self.expr(&args[0])?;
        let value = self.number(value);
        match value.ty {
            Ty::Int => Ok(value),
            Ty::Float => Ok(call("float::round::<Int>", Ty::Int, vec![own(value)])),
            _ => self.plain_call("round", e),
        }
    }

    /// `round(value, digits)`.
    pub(super) fn rounded_to(&mut self, e: &ExprCall) -> Low<Expr> {
        let args = &e.arguments.args;
        let value = self.expr(&args[0])?;
        if value.ty == Ty::Float {
            let digits = self.expr(&args[1])?;
            let digits = self.number(digits);
            if digits.ty == Ty::Int {
                return Ok(call(
                    "float::round_to",
                    Ty::Float,
                    vec![own(value), own(digits)],
                ));
            }
        }
        self.plain_call("round", e)
    }
}

/// What `float` makes of a literal that is no finite number.
fn endless(e: &Ast) -> Option<&'static str> {
    let Ast::StringLiteral(text) = e else {
        return None;
    };
    match text.value.to_str().trim().to_ascii_lowercase().as_str() {
        "inf" | "+inf" | "infinity" | "+infinity" => Some("f64::INFINITY"),
        "-inf" | "-infinity" => Some("f64::NEG_INFINITY"),
        "nan" | "+nan" => Some("f64::NAN"),
        _ => None,
    }
}
