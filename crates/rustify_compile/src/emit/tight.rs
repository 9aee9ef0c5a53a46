//! Loops so short that nothing but their own work shall be in them.

use crate::ir::{Expr, Node, Stmt};

/// Whether a body is so short that looking for signals would be felt: no loop, no call of a function.
pub(super) fn is_tight(body: &[Stmt]) -> bool {
    body.iter().all(|s| match s {
        Stmt::For { .. } | Stmt::While { .. } | Stmt::Try { .. } => false,
        Stmt::If(test, a, b) => !calls(test) && is_tight(a) && is_tight(b),
        Stmt::Assign(_, e) | Stmt::Do(e) | Stmt::Return(e) | Stmt::Raise(e) => !calls(e),
        Stmt::Break(_) | Stmt::Continue(_) | Stmt::Reraise(_) | Stmt::Unbind(_) => true,
    })
}

/// How much a turn with such a body counts before signals are looked for.
pub(super) fn weight(test: Option<&Expr>, body: &[Stmt]) -> u32 {
    if is_tight(body) && !test.is_some_and(calls) {
        1
    } else {
        64
    }
}

fn calls(e: &Expr) -> bool {
    match &e.node {
        Node::Function(..) | Node::Fused(..) => true,
        Node::Block(stmts, value) => !is_tight(stmts) || calls(value),
        Node::Call { args, .. } => args.iter().any(|(_, a)| calls(a)),
        Node::Method { receiver, args, .. } => {
            calls(receiver) || args.iter().any(|(_, a)| calls(a))
        }
        Node::Tuple(items) | Node::Array(items) => items.iter().any(calls),
        Node::Infix(_, a, b) => calls(a) || calls(b),
        Node::Prefix(_, a) | Node::Field(a, _) | Node::As(a) => calls(a),
        Node::Choice(t, a, b) => calls(t) || calls(a) || calls(b),
        Node::Local(_)
        | Node::Borrow(_)
        | Node::Literal(_)
        | Node::Constant(_)
        | Node::Capture(_) => false,
    }
}
