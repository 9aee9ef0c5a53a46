//! The sides of operators on arrays: what each is, the dtype they have together, and the expression that is put
//! together of them.

use super::build::{call, own, sure};
use super::scope::Lowerer;
use crate::ir::{Expr, Kernel, Leaf, Node, Op, Term};
use crate::types::{Scalar, Ty};

/// One side of an operator on arrays.
pub(super) enum Side {
    /// An expression on arrays.
    Tensor(Vec<Expr>, Kernel),
    /// A number of Python, which takes its dtype from the other side.
    Weak(Scalar, Expr),
    /// A scalar of NumPy.
    Strong(Scalar, Expr),
}

/// An expression that is being put together.
pub(super) struct Parts {
    pub(super) operands: Vec<Expr>,
    pub(super) leaves: Vec<Leaf>,
    pub(super) nd: usize,
}

pub(super) fn term(dtype: Scalar, op: Op) -> Term {
    Term { dtype, op }
}

/// A term in another dtype, if NumPy casts to it without a warning.
pub(super) fn cast(t: Term, to: Scalar) -> Term {
    if t.dtype == to {
        t
    } else {
        term(to, Op::Cast(Box::new(t)))
    }
}

impl Parts {
    pub(super) fn new() -> Self {
        Self {
            operands: Vec::new(),
            leaves: Vec::new(),
            nd: 0,
        }
    }

    pub(super) fn operand(&mut self, e: Expr, leaf: Leaf) -> usize {
        if let Node::Local(local) = e.node
            && let Some(at) = self.operands.iter().zip(&self.leaves).position(|(o, l)| {
                matches!(o.node, Node::Local(other) if other == local) && *l == leaf
            })
        {
            return at;
        }
        self.operands.push(e);
        self.leaves.push(leaf);
        self.operands.len() - 1
    }

    /// Takes over another expression's operands.
    pub(super) fn merge(&mut self, operands: Vec<Expr>, kernel: Kernel) -> Term {
        let places: Vec<usize> = operands
            .into_iter()
            .zip(kernel.leaves)
            .map(|(e, leaf)| self.operand(e, leaf))
            .collect();
        self.nd = self.nd.max(kernel.nd);
        moved(kernel.root, &places)
    }

    pub(super) fn done(self, root: Term) -> Expr {
        let (dtype, nd) = (root.dtype, self.nd);
        Expr {
            ty: Ty::Array(dtype, nd),
            node: Node::Fused(
                self.operands,
                Box::new(Kernel {
                    leaves: self.leaves,
                    root,
                    nd,
                }),
            ),
        }
    }
}

/// A term with its operands at other places.
fn moved(t: Term, places: &[usize]) -> Term {
    let go = |t: Box<Term>| Box::new(moved(*t, places));
    let op = match t.op {
        Op::Leaf(at) => Op::Leaf(places[at]),
        Op::Infix(op, a, b) => Op::Infix(op, go(a), go(b)),
        Op::Prefix(op, a) => Op::Prefix(op, go(a)),
        Op::Compare(op, a, b) => Op::Compare(op, go(a), go(b)),
        Op::Cast(a) => Op::Cast(go(a)),
        Op::Where(c, a, b) => Op::Where(go(c), go(a), go(b)),
        Op::Ufunc(name, given, args) => Op::Ufunc(
            name,
            given.map(|g| places[g]),
            args.into_iter().map(|a| moved(a, places)).collect(),
        ),
    };
    term(t.dtype, op)
}

/// An array that a window's object is not needed of.
pub(super) fn unreal(e: Expr) -> Expr {
    match e.node {
        Node::Method {
            receiver, ref name, ..
        } if name == "real" => *receiver,
        node => Expr { ty: e.ty, node },
    }
}

/// The side of an operator that a value is, if its type is known.
pub(super) fn side(e: Expr) -> Result<Side, Expr> {
    Ok(match e.ty {
        Ty::Array(dtype, nd) => match e.node {
            Node::Fused(operands, kernel) => Side::Tensor(operands, *kernel),
            node => {
                let array = unreal(Expr { ty: e.ty, node });
                let kernel = Kernel {
                    leaves: vec![Leaf::Array(dtype, nd)],
                    root: term(dtype, Op::Leaf(0)),
                    nd,
                };
                Side::Tensor(vec![array], kernel)
            }
        },
        Ty::Bool => Side::Weak(Scalar::Bool8, e),
        Ty::Int => Side::Weak(Scalar::Int64, e),
        Ty::Float => Side::Weak(Scalar::Float64, e),
        Ty::Complex => Side::Weak(Scalar::Complex128, e),
        Ty::Np(dtype) => Side::Strong(dtype, e),
        _ => return Err(e),
    })
}

/// The dtype of a number of Python beside one of NumPy.
pub(super) fn weak(number: Scalar, beside: Scalar) -> Scalar {
    match number {
        Scalar::Bool8 => beside,
        Scalar::Int64 if beside == Scalar::Bool8 => Scalar::Int64,
        Scalar::Int64 => beside,
        Scalar::Float64 if beside.is_float() || beside.is_complex() => beside,
        Scalar::Float64 => Scalar::Float64,
        _ => match beside {
            Scalar::Float32 | Scalar::Complex64 => Scalar::Complex64,
            _ => Scalar::Complex128,
        },
    }
}

/// The dtype that sides have together; none where no side has one of its own.
pub(super) fn common(sides: &[Side]) -> Option<Scalar> {
    let mut dtype: Option<Scalar> = None;
    for s in sides {
        let own = match s {
            Side::Tensor(_, k) => k.root.dtype,
            Side::Strong(d, _) => *d,
            Side::Weak(..) => continue,
        };
        dtype = Some(dtype.map_or(own, |d| d.promote(own)));
    }
    for s in sides {
        if let Side::Weak(number, _) = s {
            dtype = dtype.map(|d| weak(*number, d));
        }
    }
    dtype
}

impl Lowerer<'_, '_> {
    /// A side as a term of a dtype.
    pub(super) fn term_of(&mut self, parts: &mut Parts, side: Side, dtype: Scalar) -> Option<Term> {
        Some(match side {
            Side::Tensor(operands, kernel) => {
                let t = parts.merge(operands, kernel);
                if t.dtype.is_complex() && !dtype.is_complex() {
                    return None;
                }
                cast(t, dtype)
            }
            Side::Strong(own_dtype, e) => {
                if own_dtype.is_complex() && !dtype.is_complex() {
                    return None;
                }
                let raw = raw(e, own_dtype);
                let at = parts.operand(raw, Leaf::Number(own_dtype));
                cast(term(own_dtype, Op::Leaf(at)), dtype)
            }
            Side::Weak(number, e) => {
                let value = self.weak_number(number, e, dtype)?;
                let at = parts.operand(value, Leaf::Number(dtype));
                term(dtype, Op::Leaf(at))
            }
        })
    }

    /// A number of Python as an item of a dtype.
    pub(super) fn weak_number(&mut self, number: Scalar, e: Expr, dtype: Scalar) -> Option<Expr> {
        let element = dtype.element();
        Some(match (number, dtype) {
            (Scalar::Bool8, Scalar::Bool8) => sure("Flag::from", Ty::Any, vec![own(e)]),
            (Scalar::Bool8 | Scalar::Int64, Scalar::Float64) => {
                let e = self.float(e);
                Expr { ty: Ty::Float, ..e }
            }
            (Scalar::Bool8, _) => {
                let e = self.bool_as_int(e);
                let path = format!("scalar::of_int::<{element}, Int>");
                call(&path, Ty::Any, vec![own(e)])
            }
            (Scalar::Int64, Scalar::Bool8) => return None,
            (Scalar::Int64, _) => {
                let path = format!("scalar::of_int::<{element}, Int>");
                call(&path, Ty::Any, vec![own(e)])
            }
            (Scalar::Float64, Scalar::Float64) => e,
            (Scalar::Float64, d) if d.is_float() || d.is_complex() => {
                let path = format!("scalar::of_float::<{element}>");
                call(&path, Ty::Any, vec![own(e)])
            }
            (Scalar::Complex128, Scalar::Complex128) => Expr { ty: Ty::Any, ..e },
            _ => return None,
        })
    }
}

/// The item of a scalar of NumPy.
pub(super) fn raw(e: Expr, dtype: Scalar) -> Expr {
    let field = Expr {
        ty: if dtype == Scalar::Float64 {
            Ty::Float
        } else {
            Ty::Any
        },
        node: Node::Field(Box::new(e), 0),
    };
    if dtype == Scalar::Bool8 {
        return sure(
            "Flag::from",
            Ty::Any,
            vec![own(Expr {
                ty: Ty::Bool,
                ..field
            })],
        );
    }
    field
}
