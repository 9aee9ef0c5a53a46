//! Numbers that are Python's at first and NumPy's later: `total = 0`, then `total += items[i]` of a narrow dtype.

use ruff_python_ast::Operator;
use ruff_text_size::Ranged;

use super::build::{call, method, own, sure};
use super::operators::name;
use super::scope::{Low, Lowerer};
use crate::ir::Expr;
use crate::types::{Scalar, Ty};

/// The dtype of a number that has grown.
fn dtype_of(e: &Expr) -> Option<Scalar> {
    match e.ty {
        Ty::Grown(d) => Some(d),
        _ => None,
    }
}

/// Operators on bits.
fn is_of_bits(op: Operator) -> bool {
    matches!(
        op,
        Operator::BitAnd | Operator::BitOr | Operator::BitXor | Operator::LShift | Operator::RShift
    )
}

impl Lowerer<'_, '_> {
    /// An operator on such a number and another.
    pub(super) fn grown_operation(
        &mut self,
        at: &impl Ranged,
        op: Operator,
        left: Expr,
        right: Expr,
    ) -> Low<Expr> {
        let Some(d) = dtype_of(&left).or_else(|| dtype_of(&right)) else {
            return self.object_operation(at, op, left, right);
        };
        let plain = matches!(op, Operator::Add | Operator::Sub | Operator::Mult);
        let floored = matches!(op, Operator::FloorDiv | Operator::Mod);
        let single = d == Scalar::Float32;
        let fits = |ty: &Ty| *ty == Ty::Grown(d) || ty.becomes(d);
        if fits(&left.ty) && fits(&right.ty) {
            if op == Operator::Div && d.is_int() {
                let (a, b) = (self.as_num(left), self.as_num(right));
                return Ok(self.num_operation(op, a, b));
            }
            let native =
                plain || d.is_int() && (floored || is_of_bits(op)) || single && op == Operator::Div;
            if native {
                let ty = Ty::Grown(d);
                let (a, b) = (self.coerce(left, &ty), self.coerce(right, &ty));
                let path = format!("grown::{}", name(op));
                return Ok(call(&path, ty, vec![own(a), own(b)]));
            }
            return self.object_operation(at, op, left, right);
        }
        let other = if dtype_of(&left).is_some() {
            &right.ty
        } else {
            &left.ty
        };
        match other {
            Ty::Np(e) if *e == d && (op != Operator::Div || single) => {
                let path = match op {
                    Operator::Div => "scalar::divide32".to_owned(),
                    _ if plain || floored && d.is_int() => {
                        format!("<{} as Arithmetic>::{}", d.element(), name(op))
                    }
                    _ if is_of_bits(op) && d.is_int() => {
                        let (a, b) = (self.grown_item(left), self.grown_item(right));
                        let path = format!("bits::{}::<{}>", name(op), d.element());
                        let bits = sure(&path, Ty::Any, vec![own(a), own(b)]);
                        return Ok(sure(d.rust(), Ty::Np(d), vec![own(bits)]));
                    }
                    _ => return self.object_operation(at, op, left, right),
                };
                let (a, b) = (self.grown_item(left), self.grown_item(right));
                let made = call(&path, Ty::Any, vec![own(a), own(b)]);
                Ok(sure(d.rust(), Ty::Np(d), vec![own(made)]))
            }
            Ty::Np(Scalar::Float64) if !d.is_complex() => {
                let [a, b] = [left, right].map(|e| match e.ty {
                    Ty::Grown(_) => self.float(e),
                    _ => e,
                });
                self.scalar_operation(at, op, a, b)
            }
            Ty::Np(e) if *e == d && d.is_int() => {
                let [a, b] = [left, right].map(|e| self.float(e));
                let ty = Ty::Np(Scalar::Float64);
                Ok(call("float64::true_div", ty, vec![own(a), own(b)]))
            }
            Ty::Float if d.is_int() && (plain || op == Operator::Div) => {
                let (a, b) = (self.as_num(left), self.as_num(right));
                Ok(self.num_operation(op, a, b))
            }
            _ => self.object_operation(at, op, left, right),
        }
    }

    /// The item that a number is beside one of NumPy.
    fn grown_item(&mut self, e: Expr) -> Expr {
        match e.ty {
            Ty::Grown(_) => method(e, "item", Ty::Any, Vec::new()),
            Ty::Np(d) => self.item_of(e, d),
            _ => e,
        }
    }

    /// Such a number as one of any kind.
    fn as_num(&mut self, e: Expr) -> Expr {
        match e.ty {
            Ty::Grown(_) => method(e, "num", Ty::Num, Vec::new()),
            _ => e,
        }
    }

    /// Such a number and another as two that compare alike.
    pub(super) fn grown_pair(&mut self, left: Expr, right: Expr) -> (Expr, Expr) {
        let Some(d) = dtype_of(&left).or_else(|| dtype_of(&right)) else {
            return (left, right);
        };
        let beside = |ty: &Ty| match ty {
            Ty::Grown(e) => *e == d,
            Ty::Np(e) if d.is_int() => e.is_int() && *e != Scalar::UInt64 || *e == Scalar::Float64,
            Ty::Np(e) => *e == d,
            Ty::Float | Ty::Num if d.is_int() => true,
            other => other.becomes(d),
        };
        let common =
            if !beside(&left.ty) || !beside(&right.ty) || d.is_complex() || d == Scalar::UInt64 {
                Ty::Any
            } else if d.is_int() {
                Ty::Num
            } else {
                Ty::Grown(d)
            };
        let [a, b] = [left, right].map(|e| match (&e.ty, &common) {
            (Ty::Grown(_), Ty::Num) => self.as_num(e),
            (Ty::Np(n), Ty::Num) if n.is_int() => {
                let item = self.item_of(e, Scalar::Int64);
                sure("Num::<Int>::Int64", Ty::Num, vec![own(item)])
            }
            _ => self.coerce(e, &common),
        });
        (a, b)
    }
}
