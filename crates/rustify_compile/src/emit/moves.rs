//! Which variables are read where, so that one that is read for the last time gives its value away.

use std::collections::HashMap;

use crate::ir::{Expr, Local, Node, Source, Stmt};

/// How often each variable is read.
pub(super) type Reads = HashMap<Local, usize>;

/// Counts the reads in statements.
pub(super) fn count(stmts: &[Stmt], reads: &mut Reads) {
    for s in stmts {
        match s {
            Stmt::Assign(_, e) | Stmt::Do(e) | Stmt::Return(e) | Stmt::Raise(e) => {
                count_in(e, reads);
            }
            Stmt::If(e, a, b) => {
                count_in(e, reads);
                count(a, reads);
                count(b, reads);
            }
            Stmt::For {
                sources,
                body,
                orelse,
                ..
            } => {
                for (_, source) in sources {
                    let (Source::Range(e) | Source::Each(e)) = source;
                    count_in(e, reads);
                }
                count(body, reads);
                count(orelse, reads);
            }
            Stmt::While {
                test, body, orelse, ..
            } => {
                count_in(test, reads);
                count(body, reads);
                count(orelse, reads);
            }
            Stmt::Try {
                body,
                handlers,
                orelse,
                finally,
                ..
            } => {
                count(body, reads);
                for (classes, handler) in handlers {
                    classes.iter().for_each(|c| count_in(c, reads));
                    count(handler, reads);
                }
                count(orelse, reads);
                count(finally, reads);
            }
            Stmt::Reraise(local) => *reads.entry(*local).or_default() += 1,
            Stmt::Break(_) | Stmt::Continue(_) | Stmt::Unbind(_) => {}
        }
    }
}

fn count_in(e: &Expr, reads: &mut Reads) {
    match &e.node {
        Node::Local(local) | Node::Borrow(local) => *reads.entry(*local).or_default() += 1,
        Node::Literal(_) | Node::Constant(_) | Node::Capture(_) => {}
        Node::Call { args, .. } => args.iter().for_each(|(_, a)| count_in(a, reads)),
        Node::Method { receiver, args, .. } => {
            count_in(receiver, reads);
            args.iter().for_each(|(_, a)| count_in(a, reads));
        }
        Node::Function(_, args) | Node::Tuple(args) | Node::Array(args) | Node::Fused(args, _) => {
            args.iter().for_each(|a| count_in(a, reads));
        }
        Node::Infix(_, a, b) => {
            count_in(a, reads);
            count_in(b, reads);
        }
        Node::Prefix(_, a) | Node::Field(a, _) | Node::As(a) => count_in(a, reads),
        Node::Choice(t, a, b) => [t, a, b].into_iter().for_each(|x| count_in(x, reads)),
        Node::Block(stmts, value) => {
            count(stmts, reads);
            count_in(value, reads);
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
