//! Short ways to make parts of the tree.

use crate::ir::{Expr, Node, Pass, Stmt};
use crate::types::Ty;

/// A function of the support source that can fail.
pub(super) fn call(path: &str, ty: Ty, args: Vec<(Pass, Expr)>) -> Expr {
    Expr {
        ty,
        node: Node::Call {
            path: path.to_owned(),
            args,
            fails: true,
        },
    }
}

/// A function of the support source that cannot fail.
pub(super) fn sure(path: &str, ty: Ty, args: Vec<(Pass, Expr)>) -> Expr {
    Expr {
        ty,
        node: Node::Call {
            path: path.to_owned(),
            args,
            fails: false,
        },
    }
}

/// A method that can fail.
pub(super) fn method(receiver: Expr, name: &str, ty: Ty, args: Vec<(Pass, Expr)>) -> Expr {
    Expr {
        ty,
        node: Node::Method {
            receiver: Box::new(receiver),
            name: name.to_owned(),
            args,
            fails: true,
        },
    }
}

/// A method that cannot fail.
pub(super) fn sure_method(receiver: Expr, name: &str, ty: Ty, args: Vec<(Pass, Expr)>) -> Expr {
    Expr {
        ty,
        node: Node::Method {
            receiver: Box::new(receiver),
            name: name.to_owned(),
            args,
            fails: false,
        },
    }
}

/// An operation of Rust.
pub(super) fn infix(op: &'static str, ty: Ty, a: Expr, b: Expr) -> Expr {
    Expr {
        ty,
        node: Node::Infix(op, Box::new(a), Box::new(b)),
    }
}

/// `!a` of a `bool`.
pub(super) fn not(a: Expr) -> Expr {
    match a.node {
        Node::Literal(ref text) if text == "true" => literal("false", Ty::Bool),
        Node::Literal(ref text) if text == "false" => literal("true", Ty::Bool),
        Node::Infix("==", x, y) => Expr {
            ty: Ty::Bool,
            node: Node::Infix("!=", x, y),
        },
        _ => Expr {
            ty: Ty::Bool,
            node: Node::Prefix("!", Box::new(a)),
        },
    }
}

/// Text that Rust reads as it stands.
pub(super) fn literal(text: &str, ty: Ty) -> Expr {
    Expr {
        ty,
        node: Node::Literal(text.to_owned()),
    }
}

/// An `int` literal.
pub(super) fn int(value: i64) -> Expr {
    literal(&value.to_string(), Ty::Int)
}

/// A `bool` literal.
pub(super) fn boolean(value: bool) -> Expr {
    literal(if value { "true" } else { "false" }, Ty::Bool)
}

/// `None`.
pub(super) fn none() -> Expr {
    literal("()", Ty::None)
}

/// Leaves the rest to Python where a test holds.
pub(super) fn give_up_if(test: Expr) -> Stmt {
    let error = literal("Exc::GIVE_UP", Ty::Any);
    Stmt::If(test, vec![Stmt::Raise(error)], Vec::new())
}

/// A length as an `int`.
pub(super) fn length(of: Expr) -> Expr {
    let n = sure_method(of, "length", Ty::Int, Vec::new());
    Expr {
        ty: Ty::Int,
        node: Node::As(Box::new(n)),
    }
}

/// Statements, then a value.
pub(super) fn block(stmts: Vec<Stmt>, value: Expr) -> Expr {
    if stmts.is_empty() {
        return value;
    }
    Expr {
        ty: value.ty.clone(),
        node: Node::Block(stmts, Box::new(value)),
    }
}

/// An argument by value.
pub(super) fn own(e: Expr) -> (Pass, Expr) {
    (Pass::Own, e)
}

/// An argument by reference.
pub(super) fn by_ref(e: Expr) -> (Pass, Expr) {
    (Pass::Ref, e)
}

/// What remains of a value that nobody needs: its effects.
pub(super) fn effects(e: Expr) -> Vec<Stmt> {
    match e.node {
        Node::Block(mut stmts, last) => {
            stmts.extend(effects(*last));
            stmts
        }
        Node::Literal(_) | Node::Local(_) => Vec::new(),
        node => vec![Stmt::Do(Expr { ty: e.ty, node })],
    }
}

/// Values side by side.
pub(super) fn array_of(items: Vec<Expr>) -> Expr {
    Expr {
        ty: Ty::Any,
        node: Node::Array(items),
    }
}
