//! Loop bodies that stand elsewhere: where their ways out lead, and how long they are.

use crate::ir::Stmt;
use crate::walk::{Part, in_stmt};

/// The body of a loop whose ways out lead elsewhere: to the end of a loop of one turn.
pub(super) fn redirected(
    stmts: Vec<Stmt>,
    from: usize,
    left: usize,
    next: usize,
    goes_on: &mut bool,
) -> Vec<Stmt> {
    let mut go = |stmts: Vec<Stmt>| redirected(stmts, from, left, next, goes_on);
    let mut out = Vec::with_capacity(stmts.len());
    for statement in stmts {
        out.push(match statement {
            Stmt::Break(id) if id == from => Stmt::Break(left),
            Stmt::Continue(id) if id == from => {
                out.push(Stmt::Break(next));
                *goes_on = true;
                return out;
            }
            Stmt::If(test, yes, no) => Stmt::If(test, go(yes), go(no)),
            Stmt::For {
                id,
                sources,
                body,
                orelse,
            } => Stmt::For {
                id,
                sources,
                body: go(body),
                orelse: go(orelse),
            },
            Stmt::While {
                id,
                test,
                body,
                orelse,
            } => Stmt::While {
                id,
                test,
                body: go(body),
                orelse: go(orelse),
            },
            Stmt::Try {
                id,
                body,
                handlers,
                orelse,
                finally,
                error,
            } => Stmt::Try {
                id,
                body: go(body),
                handlers: handlers.into_iter().map(|(c, h)| (c, go(h))).collect(),
                orelse: go(orelse),
                finally: go(finally),
                error,
            },
            other => other,
        });
    }
    out
}

/// How many statements these are.
pub(super) fn weight(stmts: &[Stmt]) -> usize {
    let mut total = stmts.len();
    for s in stmts {
        in_stmt(s, &mut |part| {
            if let Part::Stmts(body) = part {
                total += weight(body);
            }
        });
    }
    total
}

/// Whether statements leave a loop by `break`.
pub(super) fn breaks(stmts: &[Stmt], id: usize) -> bool {
    stmts.iter().any(|s| {
        let mut found = matches!(s, Stmt::Break(loop_id) if *loop_id == id);
        in_stmt(s, &mut |part| {
            if let Part::Stmts(body) = part {
                found = found || breaks(body, id);
            }
        });
        found
    })
}
