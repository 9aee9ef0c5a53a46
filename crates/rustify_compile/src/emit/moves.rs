//! Which variables are read where, so that one that is read for the last time gives its value away.

use std::collections::HashMap;

use crate::ir::{Expr, Local, Node, Source, Stmt};
use crate::types::Ty;
use crate::walk::{self, Part};

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
        if let Stmt::Reraise(local) = s {
            *reads.entry(*local).or_default() += 1;
        }
        walk::in_stmt(s, &mut |part| count_part(part, reads, how));
    }
}

fn count_in_how(e: &Expr, reads: &mut Reads, how: How) {
    match &e.node {
        Node::Local(local) | Node::Borrow(local) => *reads.entry(*local).or_default() += 1,
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
        _ => walk::in_expr(e, &mut |part| count_part(part, reads, how)),
    }
}

fn count_part(part: Part<&Expr, &[Stmt]>, reads: &mut Reads, how: How) {
    match part {
        Part::Expr(e) => count_in_how(e, reads, how),
        Part::Stmts(stmts) => count_how(stmts, reads, how),
    }
}

/// The values that variables take in statements.
pub(super) fn values<'e>(stmts: &'e [Stmt], out: &mut HashMap<Local, Vec<&'e Expr>>) {
    for s in stmts {
        match s {
            Stmt::Assign(local, e) => out.entry(*local).or_default().push(e),
            Stmt::For { sources, .. } => {
                for (local, Source::Range(e) | Source::Each(e)) in sources {
                    out.entry(*local).or_default().push(e);
                }
            }
            _ => {}
        }
        walk::in_stmt(s, &mut |part| values_part(part, out));
    }
}

fn values_part<'e>(part: Part<&'e Expr, &'e [Stmt]>, out: &mut HashMap<Local, Vec<&'e Expr>>) {
    match part {
        Part::Expr(e) => walk::in_expr(e, &mut |part| values_part(part, out)),
        Part::Stmts(stmts) => values(stmts, out),
    }
}

/// Whether a block makes the value of a variable that nothing outside of the block reads.
pub(super) fn is_private(local: Local, stmts: &[Stmt], all: &Reads) -> bool {
    let mut inside = Reads::new();
    count(stmts, &mut inside);
    matches!(stmts.first(), Some(Stmt::Assign(first, _)) if *first == local)
        && all.get(&local).copied().unwrap_or(0) == inside.get(&local).copied().unwrap_or(0) + 1
}
