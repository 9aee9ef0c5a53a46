//! Values of one type as values of another, and truth.

use super::build::{
    block, boolean, by_ref, call, infix, int, literal, method, none, own, sure, sure_method,
};
use super::scope::Lowerer;
use crate::ir::{Expr, Node};
use crate::types::{Scalar, Ty};

impl Lowerer<'_, '_> {
    /// A value as one of a type that its own joins into, or checked at run time.
    pub(super) fn coerce(&mut self, e: Expr, to: &Ty) -> Expr {
        if self.unit.types.same(&e.ty, to) {
            return e;
        }
        let ty = to.clone();
        if to.has_functions() && e.ty.has_functions() {
            // One function or another is one type in Rust.
            if self.unit.types.rust(&e.ty) == self.unit.types.rust(to) {
                return Expr { ty, ..e };
            }
        }
        match (&e.ty, to) {
            (_, Ty::Never) => e,
            (Ty::Never, _) => {
                let path = format!("python_only::<{}>", self.unit.types.rust(to));
                block(vec![crate::ir::Stmt::Do(e)], call(&path, ty, Vec::new()))
            }
            (Ty::Any, Ty::Instance(c)) if self.unit.types.is_record(*c) => {
                sure("Record::Object", ty, vec![own(e)])
            }
            (Ty::Instance(c), Ty::Any) if !self.unit.types.is_record(*c) => Expr { ty, ..e },
            (Ty::Class(_), Ty::Any) | (Ty::Any, Ty::Instance(_) | Ty::Class(_)) => Expr { ty, ..e },
            (_, Ty::Any) => match e.node {
                Node::Local(_) => method(e, "to_obj", ty, Vec::new()),
                _ => method(e, "into_obj", ty, Vec::new()),
            },
            (Ty::Any, _) => {
                let path = format!("<{} as Value>::from_obj", self.unit.types.rust(to));
                call(&path, ty, vec![by_ref(e)])
            }
            (Ty::Int | Ty::Float | Ty::Complex | Ty::Np(_), Ty::Grown(d)) => {
                let (kind, value) = match e.ty {
                    Ty::Int => ("Int", e),
                    Ty::Float => ("Float", e),
                    Ty::Complex => ("Complex", e),
                    Ty::Np(own) if own == *d => ("Np", self.item_of(e, *d)),
                    _ => return self.cast(e, to),
                };
                let path = format!("Grown::<Int, {}>::{kind}", d.element());
                sure(&path, ty, vec![own(value)])
            }
            (Ty::Int, Ty::Num) => sure("Num::<Int>::Int", ty, vec![own(e)]),
            (Ty::Float, Ty::Num) => sure("Num::<Int>::Float", ty, vec![own(e)]),
            (Ty::Np(Scalar::Int64), Ty::Num) => {
                let value = Expr {
                    ty: Ty::Any,
                    node: Node::Field(Box::new(e), 0),
                };
                sure("Num::<Int>::Int64", ty, vec![own(value)])
            }
            (Ty::Np(Scalar::Float64), Ty::Num) => {
                let value = self.float(e);
                sure("Num::<Int>::Float64", ty, vec![own(value)])
            }
            (Ty::Bool, Ty::Int) => self.bool_as_int(e),
            (Ty::Char, Ty::Str) => method(e, "text", ty, Vec::new()),
            (Ty::None, Ty::Opt(inner)) => {
                let absent = literal(&format!("None::<{}>", self.unit.types.rust(inner)), ty);
                match e.node {
                    Node::Literal(_) => absent,
                    _ => block(vec![crate::ir::Stmt::Do(e)], absent),
                }
            }
            (Ty::Opt(a), Ty::Opt(b)) if !self.unit.types.same(a, b) => self.cast(e, to),
            (Ty::Opt(_), Ty::Opt(_)) => e,
            (_, Ty::Opt(inner)) => {
                let inner = self.coerce(e, inner);
                sure("Some", ty, vec![own(inner)])
            }
            (Ty::Opt(inner), _) => {
                let value = call("some", (**inner).clone(), vec![own(e)]);
                self.coerce(value, to)
            }
            (Ty::Tuple(from), Ty::Tuple(into)) if from.len() == into.len() && !from.is_empty() => {
                if let Node::Tuple(items) = e.node {
                    let items = items
                        .into_iter()
                        .zip(into)
                        .map(|(item, t)| self.coerce(item, t))
                        .collect();
                    return Expr {
                        ty,
                        node: Node::Tuple(items),
                    };
                }
                self.cast(e, to)
            }
            _ => self.cast(e, to),
        }
    }

    /// A value as another kind, over its object.
    fn cast(&mut self, e: Expr, to: &Ty) -> Expr {
        let object = self.coerce(e, &Ty::Any);
        self.coerce(object, to)
    }

    /// `True` as 1.
    pub(super) fn bool_as_int(&mut self, e: Expr) -> Expr {
        Expr {
            ty: Ty::Int,
            node: Node::As(Box::new(e)),
        }
    }

    /// A value without its `None`, which Python would fail on.
    pub(super) fn present(&mut self, e: Expr) -> Expr {
        match &e.ty {
            Ty::Opt(inner) => {
                let ty = (**inner).clone();
                call("some", ty, vec![own(e)])
            }
            _ => e,
        }
    }

    /// A number as arithmetic takes it: `bool` counts as `int`.
    pub(super) fn number(&mut self, e: Expr) -> Expr {
        let e = self.present(e);
        if e.ty == Ty::Bool {
            self.bool_as_int(e)
        } else {
            e
        }
    }

    /// A NumPy integer as an `int`, where an index is wanted.
    pub(super) fn index_number(&mut self, e: Expr) -> Expr {
        let e = self.number(e);
        if matches!(e.ty, Ty::Grown(d) if d.is_int()) {
            return method(e, "index_of", Ty::Int, Vec::new());
        }
        if matches!(e.ty, Ty::Np(d) if d.is_int() && d != Scalar::UInt64) {
            let value = Expr {
                ty: Ty::Int,
                node: Node::Field(Box::new(e), 0),
            };
            return Expr {
                ty: Ty::Int,
                node: Node::As(Box::new(value)),
            };
        }
        e
    }

    /// What is an index or the end of a range, where nothing but a whole number will do.
    pub(super) fn whole_index(&mut self, e: Expr) -> Expr {
        let e = self.index_number(e);
        if e.ty == Ty::Any {
            return call("any::index::<Int>", Ty::Int, vec![by_ref(e)]);
        }
        e
    }

    /// A number as a `float`.
    pub(super) fn float(&mut self, e: Expr) -> Expr {
        match e.ty {
            Ty::Float => e,
            Ty::Int => match &e.node {
                Node::Literal(text) if text.len() < 15 => {
                    let text = format!("{text}.0");
                    literal(&text, Ty::Float)
                }
                _ => sure("int::to_float", Ty::Float, vec![own(e)]),
            },
            Ty::Num => sure_method(e, "float", Ty::Float, Vec::new()),
            Ty::Grown(d) if !d.is_complex() => method(e, "float", Ty::Float, Vec::new()),
            Ty::Np(Scalar::Float64) => Expr {
                ty: Ty::Float,
                node: Node::Field(Box::new(e), 0),
            },
            Ty::Np(Scalar::Int64) => {
                let value = Expr {
                    ty: Ty::Int,
                    node: Node::Field(Box::new(e), 0),
                };
                sure("int::to_float", Ty::Float, vec![own(value)])
            }
            Ty::Np(d) if !d.is_complex() && d != Scalar::Bool8 => {
                let item = self.item_of(e, Scalar::Float64);
                Expr {
                    ty: Ty::Float,
                    ..item
                }
            }
            Ty::Bool => {
                let e = self.bool_as_int(e);
                self.float(e)
            }
            _ => self.coerce(e, &Ty::Float),
        }
    }

    /// Whether a value counts as true.
    pub(super) fn truth(&mut self, e: Expr) -> Expr {
        let longer = |e: Expr| {
            let n = super::build::length(e);
            infix("!=", Ty::Bool, n, int(0))
        };
        match &e.ty {
            Ty::Bool => e,
            Ty::Never => self.coerce(e, &Ty::Bool),
            Ty::None => block(vec![crate::ir::Stmt::Do(e)], boolean(false)),
            Ty::Int => infix("!=", Ty::Bool, e, int(0)),
            Ty::Float => infix("!=", Ty::Bool, e, literal("0.0", Ty::Float)),
            Ty::Num | Ty::Real => sure("num::truth", Ty::Bool, vec![own(e)]),
            Ty::Np(Scalar::Bool8) => Expr {
                ty: Ty::Bool,
                node: Node::Field(Box::new(e), 0),
            },
            Ty::Np(Scalar::Float64) => {
                let value = self.float(e);
                self.truth(value)
            }
            Ty::Np(d) if d.is_int() => {
                let value = Expr {
                    ty: Ty::Int,
                    node: Node::Field(Box::new(e), 0),
                };
                infix("!=", Ty::Bool, value, literal("0", Ty::Any))
            }
            Ty::Np(_) => {
                let object = self.coerce(e, &Ty::Any);
                call("any::truth", Ty::Bool, vec![by_ref(object)])
            }
            Ty::Char => block(vec![crate::ir::Stmt::Do(e)], boolean(true)),
            Ty::Str
            | Ty::Bytes
            | Ty::ByteArray
            | Ty::List(_)
            | Ty::Dict(..)
            | Ty::Set(_)
            | Ty::FrozenSet(_)
            | Ty::Map(..)
            | Ty::Deque(_)
            | Ty::TupleOf(_) => longer(e),
            Ty::Tuple(items) => {
                let full = !items.is_empty();
                block(vec![crate::ir::Stmt::Do(e)], boolean(full))
            }
            Ty::Class(_) | Ty::Func(_) | Ty::Cell(_) | Ty::Iter(_) => {
                block(vec![crate::ir::Stmt::Do(e)], boolean(true))
            }
            Ty::Instance(c) => {
                let c = *c;
                self.instance_truth(e, c)
            }
            Ty::Opt(inner) if matches!(**inner, Ty::Instance(_)) => {
                let present = match &e.node {
                    Node::Local(_) => Some(e.clone()),
                    _ => None,
                };
                match present {
                    Some(again) => {
                        let absent = self.is_none(e);
                        let value = self.present(again);
                        let truth = self.truth(value);
                        infix("&&", Ty::Bool, super::build::not(absent), truth)
                    }
                    None => {
                        let object = self.coerce(e, &Ty::Any);
                        call("any::truth", Ty::Bool, vec![by_ref(object)])
                    }
                }
            }
            Ty::Grown(d) if d.is_int() => {
                let value = method(e, "num", Ty::Num, Vec::new());
                self.truth(value)
            }
            Ty::Grown(Scalar::Float32) => {
                let value = self.float(e);
                self.truth(value)
            }
            Ty::Complex | Ty::Grown(_) | Ty::Opt(_) | Ty::Any | Ty::Array(..) => {
                let object = self.coerce(e, &Ty::Any);
                call("any::truth", Ty::Bool, vec![by_ref(object)])
            }
        }
    }

    /// Whether a value is `None`.
    pub(super) fn is_none(&mut self, e: Expr) -> Expr {
        match &e.ty {
            Ty::None => block(vec![crate::ir::Stmt::Do(e)], boolean(true)),
            Ty::Opt(_) => sure_method(e, "is_none", Ty::Bool, Vec::new()),
            Ty::Any => sure("any::is_none", Ty::Bool, vec![by_ref(e)]),
            Ty::Never => self.coerce(e, &Ty::Bool),
            Ty::Instance(class) => {
                let checked = self.checked(e.clone(), *class);
                block(vec![crate::ir::Stmt::Do(checked)], boolean(false))
            }
            _ => block(vec![crate::ir::Stmt::Do(e)], boolean(false)),
        }
    }

    /// The value that a function without `return` gives.
    pub(super) fn nothing(&mut self, to: &Ty) -> Expr {
        self.coerce(none(), to)
    }
}
