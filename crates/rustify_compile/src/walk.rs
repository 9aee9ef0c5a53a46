//! Ways through the typed tree that whoever looks at all of it takes.

use std::collections::HashSet;

use crate::ir::{Expr, Local, Node, Source, Stmt};

/// What an expression or a statement is made of.
pub(crate) enum Part<E, S> {
    /// An expression.
    Expr(E),
    /// Statements that run one after the other.
    Stmts(S),
}

/// Both ways through the tree, for reading and for changing: parts come in the order in which they run.
macro_rules! ways {
    ($in_expr:ident, $in_stmt:ident, $iter:ident, $stmts:ty $(, $mutable:tt)?) => {
        /// Calls `visit` with what an expression is made of.
        pub(crate) fn $in_expr<'t>(
            e: &'t $($mutable)? Expr,
            visit: &mut dyn FnMut(Part<&'t $($mutable)? Expr, $stmts>),
        ) {
            match &$($mutable)? e.node {
                Node::Local(_)
                | Node::Borrow(_)
                | Node::Literal(_)
                | Node::Constant(_)
                | Node::Capture(_) => {}
                Node::Call { args, .. } => {
                    args.$iter().for_each(|(_, a)| visit(Part::Expr(a)));
                }
                Node::Method { receiver, args, .. } => {
                    visit(Part::Expr(receiver));
                    args.$iter().for_each(|(_, a)| visit(Part::Expr(a)));
                }
                Node::Function(_, items)
                | Node::Tuple(items)
                | Node::Array(items)
                | Node::Fused(items, _) => items.$iter().for_each(|a| visit(Part::Expr(a))),
                Node::Infix(_, a, b) => {
                    visit(Part::Expr(a));
                    visit(Part::Expr(b));
                }
                Node::Prefix(_, a) | Node::Field(a, _) | Node::As(a) => visit(Part::Expr(a)),
                Node::Choice(test, a, b) => {
                    [test, a, b].into_iter().for_each(|x| visit(Part::Expr(x)));
                }
                Node::Block(stmts, value) => {
                    visit(Part::Stmts(stmts));
                    visit(Part::Expr(value));
                }
            }
        }

        /// Calls `visit` with what a statement is made of.
        pub(crate) fn $in_stmt<'t>(
            s: &'t $($mutable)? Stmt,
            visit: &mut dyn FnMut(Part<&'t $($mutable)? Expr, $stmts>),
        ) {
            match s {
                Stmt::Assign(_, e) | Stmt::Do(e) | Stmt::Return(e) | Stmt::Raise(e) => {
                    visit(Part::Expr(e));
                }
                Stmt::If(test, a, b) => {
                    visit(Part::Expr(test));
                    visit(Part::Stmts(a));
                    visit(Part::Stmts(b));
                }
                Stmt::For {
                    sources,
                    body,
                    orelse,
                    ..
                } => {
                    for (_, source) in sources {
                        let (Source::Range(e) | Source::Each(e)) = source;
                        visit(Part::Expr(e));
                    }
                    visit(Part::Stmts(body));
                    visit(Part::Stmts(orelse));
                }
                Stmt::While {
                    test, body, orelse, ..
                } => {
                    visit(Part::Expr(test));
                    visit(Part::Stmts(body));
                    visit(Part::Stmts(orelse));
                }
                Stmt::Try {
                    body,
                    handlers,
                    orelse,
                    finally,
                    ..
                } => {
                    visit(Part::Stmts(body));
                    for (classes, handler) in handlers {
                        classes.$iter().for_each(|c| visit(Part::Expr(c)));
                        visit(Part::Stmts(handler));
                    }
                    visit(Part::Stmts(orelse));
                    visit(Part::Stmts(finally));
                }
                Stmt::Unbind(_) | Stmt::Break(_) | Stmt::Continue(_) | Stmt::Reraise(_) => {}
            }
        }
    };
}

ways!(in_expr, in_stmt, iter, &'t [Stmt]);
ways!(in_expr_mut, in_stmt_mut, iter_mut, &'t mut Vec<Stmt>, mut);

/// Calls `visit` with the statements inside of a statement, those inside its expressions left out.
pub(crate) fn inner_mut(s: &mut Stmt, visit: &mut dyn FnMut(&mut Vec<Stmt>)) {
    in_stmt_mut(s, &mut |part| {
        if let Part::Stmts(stmts) = part {
            visit(stmts);
        }
    });
}

/// The variables that may change while statements run.
pub(crate) fn changed(stmts: &[Stmt], out: &mut HashSet<Local>) {
    for s in stmts {
        match s {
            Stmt::Assign(local, _) | Stmt::Unbind(local) => {
                out.insert(*local);
            }
            Stmt::For { sources, .. } => out.extend(sources.iter().map(|(local, _)| *local)),
            Stmt::Try { error, .. } => {
                out.insert(*error);
            }
            _ => {}
        }
        in_stmt(s, &mut |part| match part {
            Part::Expr(e) => changed_in(e, out),
            Part::Stmts(stmts) => changed(stmts, out),
        });
    }
}

/// The variables that may change while an expression is computed.
pub(crate) fn changed_in(e: &Expr, out: &mut HashSet<Local>) {
    if let Node::Borrow(local) = e.node {
        out.insert(local);
    }
    in_expr(e, &mut |part| match part {
        Part::Expr(e) => changed_in(e, out),
        Part::Stmts(stmts) => changed(stmts, out),
    });
}

/// Whether nothing runs behind these statements.
pub(crate) fn ends(stmts: &[Stmt]) -> bool {
    match stmts.last() {
        Some(Stmt::Return(_) | Stmt::Raise(_) | Stmt::Reraise(_)) => true,
        Some(Stmt::If(_, yes, no)) => ends(yes) && ends(no),
        _ => false,
    }
}
