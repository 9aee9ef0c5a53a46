//! Which variables are read where, so that one that is read for the last time gives its value away.

use std::collections::HashMap;

use crate::ir::{Expr, Local, Node, Source, Stmt};
use crate::types::Ty;

/// How often each variable is read.
pub(super) type Reads = HashMap<Local, usize>;

/// Which reads are counted.
#[derive(Clone, Copy, PartialEq, Eq)]
enum How {
    /// All of them.
    All,
    /// All but those of lists whose items or length alone are looked at or changed.
    Escapes,
}

/// Counts the reads in statements.
pub(super) fn count(stmts: &[Stmt], reads: &mut Reads) {
    count_how(stmts, reads, How::All);
}

/// Counts the reads in an expression.
pub(super) fn count_in(e: &Expr, reads: &mut Reads) {
    count_in_how(e, reads, How::All);
}

/// Counts the reads that may give a list another name.
pub(super) fn count_escapes(stmts: &[Stmt], reads: &mut Reads) {
    count_how(stmts, reads, How::Escapes);
}

fn count_how(stmts: &[Stmt], reads: &mut Reads, how: How) {
    for s in stmts {
        match s {
            Stmt::Assign(_, e) | Stmt::Do(e) | Stmt::Return(e) | Stmt::Raise(e) => {
                count_in_how(e, reads, how);
            }
            Stmt::If(e, a, b) => {
                count_in_how(e, reads, how);
                count_how(a, reads, how);
                count_how(b, reads, how);
            }
            Stmt::For {
                sources,
                body,
                orelse,
                ..
            } => {
                for (_, source) in sources {
                    let (Source::Range(e) | Source::Each(e)) = source;
                    count_in_how(e, reads, how);
                }
                count_how(body, reads, how);
                count_how(orelse, reads, how);
            }
            Stmt::While {
                test, body, orelse, ..
            } => {
                count_in_how(test, reads, how);
                count_how(body, reads, how);
                count_how(orelse, reads, how);
            }
            Stmt::Try {
                body,
                handlers,
                orelse,
                finally,
                ..
            } => {
                count_how(body, reads, how);
                for (classes, handler) in handlers {
                    classes.iter().for_each(|c| count_in_how(c, reads, how));
                    count_how(handler, reads, how);
                }
                count_how(orelse, reads, how);
                count_how(finally, reads, how);
            }
            Stmt::Reraise(local) => *reads.entry(*local).or_default() += 1,
            Stmt::Break(_) | Stmt::Continue(_) | Stmt::Unbind(_) => {}
        }
    }
}

fn count_in_how(e: &Expr, reads: &mut Reads, how: How) {
    match &e.node {
        Node::Local(local) | Node::Borrow(local) => *reads.entry(*local).or_default() += 1,
        Node::Literal(_) | Node::Constant(_) | Node::Capture(_) => {}
        Node::Call { args, .. } => args.iter().for_each(|(_, a)| count_in_how(a, reads, how)),
        Node::Method {
            receiver,
            name,
            args,
            ..
        } if how == How::Escapes
            && matches!(receiver.ty, Ty::List(_))
            && matches!(receiver.node, Node::Local(_))
            && matches!(name.as_str(), "get" | "set" | "append" | "pop" | "length") =>
        {
            args.iter().for_each(|(_, a)| count_in_how(a, reads, how));
        }
        Node::Method { receiver, args, .. } => {
            count_in_how(receiver, reads, how);
            args.iter().for_each(|(_, a)| count_in_how(a, reads, how));
        }
        Node::Function(_, args) | Node::Tuple(args) | Node::Array(args) | Node::Fused(args, _) => {
            args.iter().for_each(|a| count_in_how(a, reads, how));
        }
        Node::Infix(_, a, b) => {
            count_in_how(a, reads, how);
            count_in_how(b, reads, how);
        }
        Node::Prefix(_, a) | Node::Field(a, _) | Node::As(a) => count_in_how(a, reads, how),
        Node::Choice(t, a, b) => [t, a, b]
            .into_iter()
            .for_each(|x| count_in_how(x, reads, how)),
        Node::Block(stmts, value) => {
            count_how(stmts, reads, how);
            count_in_how(value, reads, how);
        }
    }
}

/// The values that variables take in statements.
pub(super) fn values<'e>(stmts: &'e [Stmt], out: &mut HashMap<Local, Vec<&'e Expr>>) {
    for s in stmts {
        match s {
            Stmt::Assign(local, e) => {
                out.entry(*local).or_default().push(e);
                values_in(e, out);
            }
            Stmt::Do(e) | Stmt::Return(e) | Stmt::Raise(e) => values_in(e, out),
            Stmt::If(e, a, b) => {
                values_in(e, out);
                values(a, out);
                values(b, out);
            }
            Stmt::For {
                sources,
                body,
                orelse,
                ..
            } => {
                for (local, source) in sources {
                    let (Source::Range(e) | Source::Each(e)) = source;
                    out.entry(*local).or_default().push(e);
                    values_in(e, out);
                }
                values(body, out);
                values(orelse, out);
            }
            Stmt::While {
                test, body, orelse, ..
            } => {
                values_in(test, out);
                values(body, out);
                values(orelse, out);
            }
            Stmt::Try {
                body,
                handlers,
                orelse,
                finally,
                ..
            } => {
                values(body, out);
                for (_, handler) in handlers {
                    values(handler, out);
                }
                values(orelse, out);
                values(finally, out);
            }
            Stmt::Break(_) | Stmt::Continue(_) | Stmt::Reraise(_) | Stmt::Unbind(_) => {}
        }
    }
}

fn values_in<'e>(e: &'e Expr, out: &mut HashMap<Local, Vec<&'e Expr>>) {
    match &e.node {
        Node::Local(_)
        | Node::Borrow(_)
        | Node::Literal(_)
        | Node::Constant(_)
        | Node::Capture(_) => {}
        Node::Call { args, .. } => args.iter().for_each(|(_, a)| values_in(a, out)),
        Node::Method { receiver, args, .. } => {
            values_in(receiver, out);
            args.iter().for_each(|(_, a)| values_in(a, out));
        }
        Node::Function(_, args) | Node::Tuple(args) | Node::Array(args) | Node::Fused(args, _) => {
            args.iter().for_each(|a| values_in(a, out));
        }
        Node::Infix(_, a, b) => {
            values_in(a, out);
            values_in(b, out);
        }
        Node::Prefix(_, a) | Node::Field(a, _) | Node::As(a) => values_in(a, out),
        Node::Choice(t, a, b) => [t, a, b].into_iter().for_each(|x| values_in(x, out)),
        Node::Block(stmts, value) => {
            values(stmts, out);
            values_in(value, out);
        }
    }
}

/// Whether a block makes the value of a variable that nothing outside of the block reads.
pub(super) fn is_private(local: Local, stmts: &[Stmt], all: &Reads) -> bool {
    let mut inside = Reads::new();
    count(stmts, &mut inside);
    matches!(stmts.first(), Some(Stmt::Assign(first, _)) if *first == local)
        && all.get(&local).copied().unwrap_or(0) == inside.get(&local).copied().unwrap_or(0) + 1
}
