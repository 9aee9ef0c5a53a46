//! Arithmetic of NumPy's scalars: that of their dtype, with Python's numbers taking it on (NEP 50).

use ruff_python_ast::Operator;
use ruff_text_size::Ranged;

use super::build::{call, infix, own, sure};
use super::operators::name;
use super::scope::{Low, Lowerer};
use crate::ir::{Expr, Node};
use crate::types::{Scalar, Ty};

/// The dtype of a number of Python beside one of NumPy, where it stays one of numbers that are translated.
fn beside(number: &Ty, dtype: Scalar) -> Option<Scalar> {
    match number {
        Ty::Int if dtype != Scalar::Bool8 => Some(dtype),
        Ty::Float if dtype.is_float() || dtype.is_complex() => Some(dtype),
        Ty::Float if dtype.is_int() => Some(Scalar::Float64),
        Ty::Complex if dtype.is_complex() => Some(dtype),
        _ => None,
    }
}

impl Lowerer<'_, '_> {
    /// An operator on scalars of NumPy, or on one and a number of Python.
    pub(super) fn scalar_operation(
        &mut self,
        at: &impl Ranged,
        op: Operator,
        left: Expr,
        right: Expr,
    ) -> Low<Expr> {
        if matches!(left.ty, Ty::Grown(_)) || matches!(right.ty, Ty::Grown(_)) {
            return self.grown_operation(at, op, left, right);
        }
        if left.ty == Ty::Np(Scalar::Bool8) && right.ty == left.ty {
            return self.truth_operation(at, op, left, right);
        }
        let (left, right) = self.without_truth(left, right);
        let (left, right) = self.beside_num(left, right);
        let simple = |ty: &Ty| {
            matches!(
                ty,
                Ty::Np(Scalar::Float64 | Scalar::Int64) | Ty::Int | Ty::Float | Ty::Num
            )
        };
        if simple(&left.ty) && simple(&right.ty) {
            return self.np_operation(at, op, left, right);
        }
        let dtype = match (&left.ty, &right.ty) {
            (Ty::Np(a), Ty::Np(b)) => Some(a.promote(*b)),
            (Ty::Np(a), other) | (other, Ty::Np(a)) => beside(other, *a),
            _ => None,
        };
        let inner = match op {
            Operator::Add | Operator::Sub | Operator::Mult => true,
            Operator::FloorDiv => dtype.is_some_and(Scalar::is_int),
            Operator::Mod => dtype.is_some_and(Scalar::is_int),
            Operator::Div => dtype.is_some_and(|d| !d.is_complex() && d != Scalar::Bool8),
            _ => false,
        };
        let usable = |e: &Expr| !matches!(e.ty, Ty::Np(Scalar::Bool8) | Ty::Num);
        let of_bits = matches!(
            op,
            Operator::BitAnd
                | Operator::BitOr
                | Operator::BitXor
                | Operator::LShift
                | Operator::RShift
                | Operator::Pow
        );
        if let Some(d) = dtype.filter(|d| d.is_int() && of_bits)
            && [&left, &right]
                .iter()
                .all(|e| matches!(e.ty, Ty::Np(_) | Ty::Int))
        {
            let (a, b) = (self.item_of(left, d), self.item_of(right, d));
            let path = format!("bits::{}::<{}>", name(op), d.element());
            let make = if op == Operator::Pow { call } else { sure };
            let bits = make(&path, Ty::Any, vec![own(a), own(b)]);
            return Ok(sure(d.rust(), Ty::Np(d), vec![own(bits)]));
        }
        match dtype {
            Some(d) if inner && d != Scalar::Bool8 && usable(&left) && usable(&right) => {
                if op == Operator::Div && d != Scalar::Float32 {
                    let (a, b) = (
                        self.item_of(left, Scalar::Float64),
                        self.item_of(right, Scalar::Float64),
                    );
                    return Ok(call(
                        "float64::true_div",
                        Ty::Np(Scalar::Float64),
                        vec![own(a), own(b)],
                    ));
                }
                let path = match op {
                    Operator::Div => "scalar::divide32".to_owned(),
                    _ => format!("<{} as Arithmetic>::{}", d.element(), name(op)),
                };
                let (a, b) = (self.item_of(left, d), self.item_of(right, d));
                let made = call(&path, Ty::Any, vec![own(a), own(b)]);
                Ok(super::build::sure(d.rust(), Ty::Np(d), vec![own(made)]))
            }
            _ => self.object_operation(at, op, left, right),
        }
    }

    /// An operator on two truth values, one of them NumPy's.
    pub(super) fn truth_operation(
        &mut self,
        at: &impl Ranged,
        op: Operator,
        left: Expr,
        right: Expr,
    ) -> Low<Expr> {
        let sign = match op {
            Operator::BitAnd | Operator::Mult => "&",
            Operator::BitOr | Operator::Add => "|",
            Operator::BitXor => "^",
            _ => return self.object_operation(at, op, left, right),
        };
        let (a, b) = (self.truth(left), self.truth(right));
        let both = infix(sign, Ty::Bool, a, b);
        Ok(sure("Bool8", Ty::Np(Scalar::Bool8), vec![own(both)]))
    }

    /// A truth value of NumPy beside a number as the number that it counts as.
    fn without_truth(&mut self, left: Expr, right: Expr) -> (Expr, Expr) {
        let truth = |e: &Expr| e.ty == Ty::Np(Scalar::Bool8);
        let beside = match (truth(&left), truth(&right)) {
            (true, false) => right.ty.clone(),
            (false, true) => left.ty.clone(),
            _ => return (left, right),
        };
        let to = match beside {
            Ty::Np(d) => d,
            Ty::Int | Ty::Num => Scalar::Int64,
            Ty::Float => Scalar::Float64,
            _ => return (left, right),
        };
        if to.is_complex() {
            return (left, right);
        }
        let [a, b] = [left, right].map(|e| {
            if e.ty != Ty::Np(Scalar::Bool8) {
                return e;
            }
            let item = self.item_of(e, to);
            sure(to.rust(), Ty::Np(to), vec![own(item)])
        });
        (a, b)
    }

    /// A narrow whole number of NumPy beside one that is a `float` or an `int` as it turns out: only beside an `int`
    /// does it matter how narrow it is.
    fn beside_num(&mut self, left: Expr, right: Expr) -> (Expr, Expr) {
        let narrow = |e: &Expr| matches!(e.ty, Ty::Np(d) if d.is_int() && d != Scalar::Int64 && d != Scalar::UInt64);
        if !(left.ty == Ty::Num && narrow(&right) || right.ty == Ty::Num && narrow(&left)) {
            return (left, right);
        }
        let [a, b] = [left, right].map(|e| {
            if e.ty == Ty::Num {
                return call("num::unless_int::<Int>", Ty::Num, vec![own(e)]);
            }
            let item = self.item_of(e, Scalar::Int64);
            sure("Int64", Ty::Np(Scalar::Int64), vec![own(item)])
        });
        (a, b)
    }

    /// `~a` of a whole number or a truth value of NumPy.
    pub(super) fn scalar_inverted(&mut self, value: Expr, dtype: Scalar) -> Expr {
        if dtype == Scalar::Bool8 {
            let truth = self.truth(value);
            let not = super::build::not(truth);
            return sure("Bool8", Ty::Np(dtype), vec![own(not)]);
        }
        let item = self.item_of(value, dtype);
        let path = format!("bits::invert::<{}>", dtype.element());
        let bits = sure(&path, Ty::Any, vec![own(item)]);
        sure(dtype.rust(), Ty::Np(dtype), vec![own(bits)])
    }

    /// A number as an item of a dtype that holds it.
    pub(super) fn item_of(&mut self, e: Expr, to: Scalar) -> Expr {
        let element = to.element();
        match e.ty {
            Ty::Np(from) => {
                let raw = Expr {
                    ty: Ty::Any,
                    node: Node::Field(Box::new(e), 0),
                };
                if from == to {
                    return raw;
                }
                let kept = if from == Scalar::Bool8 {
                    "bool"
                } else {
                    from.element()
                };
                let path = format!("scalar::convert::<{kept}, {element}>");
                super::build::sure(&path, Ty::Any, vec![own(raw)])
            }
            Ty::Int => {
                let path = format!("scalar::of_int::<{element}, Int>");
                call(&path, Ty::Any, vec![own(e)])
            }
            Ty::Complex if to.is_complex() => {
                let path = format!("<{element} as Arithmetic>::of_complex");
                call(&path, Ty::Any, vec![own(e)])
            }
            _ => {
                let e = self.float(e);
                if to == Scalar::Float64 {
                    return e;
                }
                let path = format!("scalar::of_float::<{element}>");
                call(&path, Ty::Any, vec![own(e)])
            }
        }
    }

    /// `-a` and `abs(a)` of a scalar of NumPy.
    pub(super) fn scalar_unary(&mut self, name: &str, value: Expr, dtype: Scalar) -> Expr {
        let raw = Expr {
            ty: Ty::Any,
            node: Node::Field(Box::new(value), 0),
        };
        let path = format!("<{} as Arithmetic>::{name}", dtype.element());
        let made = call(&path, Ty::Any, vec![own(raw)]);
        super::build::sure(dtype.rust(), Ty::Np(dtype), vec![own(made)])
    }

    /// Operators on NumPy's scalars and Python's numbers: the result is NumPy's.
    fn np_operation(
        &mut self,
        at: &impl Ranged,
        op: Operator,
        left: Expr,
        right: Expr,
    ) -> Low<Expr> {
        let whole = |e: &Expr| matches!(e.ty, Ty::Int | Ty::Np(Scalar::Int64));
        if whole(&left) && whole(&right) {
            if matches!(op, Operator::Pow | Operator::LShift | Operator::RShift) {
                let ty = Ty::Np(Scalar::Int64);
                let [a, b] = [left, right].map(|e| self.item_of(e, Scalar::Int64));
                let path = format!("bits::{}::<i64>", name(op));
                let make = if op == Operator::Pow { call } else { sure };
                let bits = make(&path, Ty::Any, vec![own(a), own(b)]);
                return Ok(sure("Int64", ty, vec![own(bits)]));
            }
            let args = [left, right].map(|e| match e.ty {
                Ty::Int => call("scalar::fit", Ty::Int, vec![own(e)]),
                _ => Expr {
                    ty: Ty::Int,
                    node: Node::Field(Box::new(e), 0),
                },
            });
            let ty = if op == Operator::Div {
                Scalar::Float64
            } else {
                Scalar::Int64
            };
            let sign = match op {
                Operator::BitAnd => Some("&"),
                Operator::BitOr => Some("|"),
                Operator::BitXor => Some("^"),
                _ => None,
            };
            if let Some(sign) = sign {
                let [a, b] = args;
                let bits = super::build::infix(sign, Ty::Any, a, b);
                return Ok(super::build::sure(
                    "Int64",
                    Ty::Np(Scalar::Int64),
                    vec![own(bits)],
                ));
            }
            return Ok(match op {
                Operator::Add
                | Operator::Sub
                | Operator::Mult
                | Operator::Div
                | Operator::FloorDiv
                | Operator::Mod => call(
                    &format!("int64::{}", name(op)),
                    Ty::Np(ty),
                    args.map(own).into(),
                ),
                _ => call("python_only::<Int64>", Ty::Np(Scalar::Int64), Vec::new()),
            });
        }
        if left.ty == Ty::Num || right.ty == Ty::Num {
            let (left, right) = (self.coerce(left, &Ty::Num), self.coerce(right, &Ty::Num));
            return Ok(self.num_operation(op, left, right));
        }
        let name = match op {
            Operator::Add | Operator::Sub | Operator::Mult | Operator::Div | Operator::Pow => {
                name(op)
            }
            _ => {
                let made = self.object_operation(at, op, left, right)?;
                return Ok(self.coerce(made, &Ty::Np(Scalar::Float64)));
            }
        };
        let (a, b) = (self.float(left), self.float(right));
        Ok(call(
            &format!("float64::{name}"),
            Ty::Np(Scalar::Float64),
            vec![own(a), own(b)],
        ))
    }

    /// A value as an item of an array.
    pub(super) fn stored_item(&mut self, value: Expr, to: Scalar) -> Option<Expr> {
        let element = to.element();
        Some(match (&value.ty, to) {
            (Ty::Never, _) => {
                let path = format!("python_only::<{element}>");
                super::build::block(
                    vec![crate::ir::Stmt::Do(value)],
                    call(&path, Ty::Any, Vec::new()),
                )
            }
            (Ty::Bool | Ty::Np(Scalar::Bool8), Scalar::Bool8) => {
                let value = self.truth(value);
                super::build::sure("Flag::from", Ty::Any, vec![own(value)])
            }
            (Ty::Int | Ty::Float | Ty::Num, Scalar::Bool8) => {
                let value = self.truth(value);
                super::build::sure("Flag::from", Ty::Any, vec![own(value)])
            }
            (Ty::Bool, _) => {
                let value = self.bool_as_int(value);
                self.item_of(value, to)
            }
            (Ty::Int, _) => self.item_of(value, to),
            (Ty::Grown(from), d) if *from == d => {
                super::build::method(value, "item", Ty::Any, Vec::new())
            }
            (Ty::Grown(from), d) if from.is_int() && d.is_int() => {
                let value = super::build::method(value, "index_of", Ty::Int, Vec::new());
                self.item_of(value, to)
            }
            (Ty::Grown(from), d) if !from.is_complex() && d.is_float() => {
                let value = self.float(value);
                self.item_of(value, to)
            }
            (Ty::Num, d) if d.is_float() => self.item_of(value, to),
            (Ty::Float, d) if d.is_float() || d.is_complex() => self.item_of(value, to),
            (Ty::Float | Ty::Num, d) if d.is_int() => {
                let value = self.float(value);
                let path = format!("scalar::whole_number::<{element}>");
                call(&path, Ty::Any, vec![own(value)])
            }
            (Ty::Complex, Scalar::Complex128) => Expr {
                ty: Ty::Any,
                ..value
            },
            (Ty::Np(from), d) if *from == d => self.item_of(value, to),
            (Ty::Np(Scalar::Float64), Scalar::Float32) => {
                let value = self.item_of(value, Scalar::Float64);
                call("scalar::of_float::<f32>", Ty::Any, vec![own(value)])
            }
            (Ty::Np(from), d) if from.is_float() && d.is_int() => {
                let value = self.float(value);
                let path = format!("scalar::whole_number::<{element}>");
                call(&path, Ty::Any, vec![own(value)])
            }
            (Ty::Np(from), d)
                if (from.is_int() || *from == Scalar::Bool8) && d != Scalar::Bool8
                    || from.is_float() && (d.is_float() || d.is_complex())
                    || from.is_complex() && d.is_complex() =>
            {
                self.item_of(value, to)
            }
            _ => return None,
        })
    }
}
