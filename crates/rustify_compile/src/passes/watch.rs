//! Arithmetic of NumPy's floats in loops that call nothing: the processor's flags are looked at once behind the loop,
//! instead of each result.
//!
//! Only results that the loop needs whatever happens are left to the flags: those it stores, adds up or compares. Any
//! other might be computed later than Python computes it, or never.

use std::collections::HashSet;

use crate::ir::{Expr, Function, Local, Node, Source, Stmt};
use crate::types::Ty;

/// Whether a function catches exceptions: then a loop may be left without its flags being looked at.
pub(crate) fn catches(function: &Function) -> bool {
    fn any(stmts: &[Stmt]) -> bool {
        stmts.iter().any(|s| match s {
            Stmt::Try { .. } => true,
            Stmt::If(_, a, b) => any(a) || any(b),
            Stmt::For { body, orelse, .. } | Stmt::While { body, orelse, .. } => {
                any(body) || any(orelse)
            }
            _ => false,
        })
    }
    any(&function.body)
}

/// Leaves the checks of results in such loops to the flags.
pub(crate) fn watch_loops(function: &mut Function) {
    let body = std::mem::take(&mut function.body);
    function.body = outer(body);
}

fn flags(name: &str, fails: bool) -> Stmt {
    Stmt::Do(Expr {
        ty: Ty::None,
        node: Node::Call {
            path: format!("fused::{name}"),
            args: Vec::new(),
            fails,
        },
    })
}

fn outer(stmts: Vec<Stmt>) -> Vec<Stmt> {
    let mut out = Vec::new();
    for mut s in stmts {
        if matches!(s, Stmt::For { .. } | Stmt::While { .. }) && is_leaf(&s) {
            let mut changed = false;
            within(&mut s, &mut changed);
            if changed {
                before_returns(&mut s);
                out.push(flags("calm", false));
                out.push(s);
                out.push(flags("check", true));
            } else {
                out.push(s);
            }
            continue;
        }
        match &mut s {
            Stmt::For { body, orelse, .. } | Stmt::While { body, orelse, .. } => {
                *body = outer(std::mem::take(body));
                *orelse = outer(std::mem::take(orelse));
            }
            Stmt::If(_, a, b) => {
                *a = outer(std::mem::take(a));
                *b = outer(std::mem::take(b));
            }
            _ => {}
        }
        out.push(s);
    }
    out
}

/// Whether a statement runs nothing but arithmetic, comparisons and accesses of items.
fn is_leaf(s: &Stmt) -> bool {
    let all = |stmts: &[Stmt]| stmts.iter().all(is_leaf);
    match s {
        Stmt::Assign(_, e) | Stmt::Do(e) | Stmt::Return(e) => is_simple(e),
        Stmt::If(e, a, b) => is_simple(e) && all(a) && all(b),
        Stmt::For {
            sources,
            body,
            orelse,
            ..
        } => {
            sources.iter().all(|(_, source)| match source {
                Source::Range(e) => is_simple(e),
                Source::Each(_) => false,
            }) && all(body)
                && all(orelse)
        }
        Stmt::While {
            test, body, orelse, ..
        } => is_simple(test) && all(body) && all(orelse),
        Stmt::Break(_) | Stmt::Continue(_) => true,
        Stmt::Raise(_) | Stmt::Reraise(_) | Stmt::Try { .. } | Stmt::Unbind(_) => false,
    }
}

fn is_simple(e: &Expr) -> bool {
    const FAMILIES: [&str; 10] = [
        "float64::",
        "int64::",
        "int::",
        "float::",
        "num::",
        "scalar::",
        "Num::",
        "upto",
        "range",
        "math::",
    ];
    const METHODS: [&str; 17] = [
        "get",
        "set",
        "extent",
        "first_extent",
        "abs",
        "sqrt",
        "floor",
        "ceil",
        "trunc",
        "min",
        "max",
        "is_nan",
        "is_finite",
        "is_infinite",
        "rem_euclid",
        "div_euclid",
        "float",
    ];
    match &e.node {
        Node::Local(_) | Node::Literal(_) => true,
        Node::Call { path, args, .. } => {
            let known = FAMILIES.iter().any(|f| path.starts_with(f))
                || path.contains(" as Arithmetic>")
                || matches!(
                    path.as_str(),
                    "Bool8" | "Float64" | "Float32" | "Int64" | "f64::from" | "Flag::from"
                );
            known && args.iter().all(|(_, a)| is_simple(a))
        }
        Node::Method {
            receiver,
            name,
            args,
            ..
        } => {
            METHODS.contains(&name.as_str())
                && is_simple(receiver)
                && args.iter().all(|(_, a)| is_simple(a))
        }
        Node::Tuple(items) | Node::Array(items) => items.iter().all(is_simple),
        Node::Infix(_, a, b) => is_simple(a) && is_simple(b),
        Node::Prefix(_, a) | Node::Field(a, _) | Node::As(a) => is_simple(a),
        Node::Choice(t, a, b) => [t, a, b].into_iter().all(|x| is_simple(x)),
        Node::Block(stmts, value) => stmts.iter().all(is_leaf) && is_simple(value),
        _ => false,
    }
}

/// Frees the results of one loop.
fn within(s: &mut Stmt, changed: &mut bool) {
    match s {
        Stmt::For { body, .. } => list(body, changed),
        Stmt::While { test, body, .. } => {
            free(test, &mut HashSet::new(), changed);
            list(body, changed);
        }
        _ => {}
    }
}

/// Frees results in statements that run one after the other.
fn list(stmts: &mut [Stmt], changed: &mut bool) {
    // Variables that a result further down needs.
    let mut needed: HashSet<Local> = HashSet::new();
    for s in stmts.iter_mut().rev() {
        match s {
            Stmt::Assign(local, e) if needed.remove(local) || reads(e, *local) => {
                free(e, &mut needed, changed);
            }
            Stmt::Do(Expr {
                node: Node::Method { name, args, .. },
                ..
            }) if name == "set" => {
                if let Some((_, value)) = args.last_mut() {
                    free(value, &mut needed, changed);
                }
            }
            Stmt::If(test, a, b) => {
                list(a, changed);
                list(b, changed);
                // What runs in a branch only, or not at all after one, may be put off until then.
                needed.clear();
                free(test, &mut needed, changed);
            }
            Stmt::For { .. } | Stmt::While { .. } => {
                needed.clear();
                within(s, changed);
            }
            Stmt::Return(_) | Stmt::Break(_) | Stmt::Continue(_) => needed.clear(),
            Stmt::Assign(_, e) => cut(e, &mut needed, changed),
            _ => {}
        }
    }
}

/// Frees what is made a whole number, which is looked at right then.
fn cut(e: &mut Expr, needed: &mut HashSet<Local>, changed: &mut bool) {
    match &mut e.node {
        Node::Call { path, args, .. } if path.starts_with("float::to_int") => {
            args.iter_mut().for_each(|(_, a)| free(a, needed, changed));
        }
        Node::Call { args, .. } => args.iter_mut().for_each(|(_, a)| cut(a, needed, changed)),
        Node::As(a) | Node::Field(a, _) => cut(a, needed, changed),
        _ => {}
    }
}

fn reads(e: &Expr, local: Local) -> bool {
    match &e.node {
        Node::Local(l) => *l == local,
        Node::Call { args, .. } => args.iter().any(|(_, a)| reads(a, local)),
        Node::Method { receiver, args, .. } => {
            reads(receiver, local) || args.iter().any(|(_, a)| reads(a, local))
        }
        Node::Infix(_, a, b) => reads(a, local) || reads(b, local),
        Node::Prefix(_, a) | Node::Field(a, _) | Node::As(a) => reads(a, local),
        _ => false,
    }
}

/// Leaves the check of a result that is needed, and of those that it is made of, to the flags.
fn free(e: &mut Expr, needed: &mut HashSet<Local>, changed: &mut bool) {
    match &mut e.node {
        Node::Local(local) => {
            needed.insert(*local);
        }
        Node::Call { path, args, fails } => {
            let unchecked = match path.as_str() {
                "float64::add" => Some("float64::plus"),
                "float64::sub" => Some("float64::minus"),
                "float64::mul" => Some("float64::times"),
                "float64::true_div" => Some("float64::over"),
                "num::add::<Int>" => Some("num::plus::<Int>"),
                "num::sub::<Int>" => Some("num::minus::<Int>"),
                "num::mul::<Int>" => Some("num::times::<Int>"),
                _ => None,
            };
            if let Some(new) = unchecked {
                if new.starts_with("float64") {
                    *fails = false;
                }
                new.clone_into(path);
                *changed = true;
            }
            for (_, a) in args {
                free(a, needed, changed);
            }
        }
        Node::Infix(op, a, b) => {
            free(a, needed, changed);
            // What stands behind `and` and `or` may never be computed.
            if !matches!(*op, "&&" | "||") {
                free(b, needed, changed);
            }
        }
        Node::Prefix(_, a) | Node::Field(a, _) | Node::As(a) => free(a, needed, changed),
        _ => {}
    }
}

/// Looks at the flags where a loop leaves the function.
fn before_returns(s: &mut Stmt) {
    let all = |stmts: &mut Vec<Stmt>| {
        let mut out = Vec::new();
        for mut s in std::mem::take(stmts) {
            before_returns(&mut s);
            if let Stmt::Return(_) = s {
                out.push(flags("check", true));
            }
            out.push(s);
        }
        *stmts = out;
    };
    match s {
        Stmt::If(_, a, b) => {
            all(a);
            all(b);
        }
        Stmt::For { body, orelse, .. } | Stmt::While { body, orelse, .. } => {
            all(body);
            all(orelse);
        }
        _ => {}
    }
}
