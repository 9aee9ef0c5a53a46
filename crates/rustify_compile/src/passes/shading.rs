//! Which functions bring the lists they get to Rust before they start: those that go over the items several times, and
//! reach lists by typed variables only, so that no list is seen in two ways.

use crate::ir::{Expr, Function, Node, Source, Stmt};
use crate::lower::unit::Unit;
use crate::types::{Scalar, Ty, Types};
use crate::walk::{self, Part};

/// So few steps are no loop that is worth it.
const FEW: i64 = 16;

/// How many calls deep is looked.
const DEEPEST: u32 = 6;

/// Marks those functions, and whether they may change a list.
pub(crate) fn mark_shading(unit: &mut Unit<'_>) {
    for at in 0..unit.specs.len() {
        let params: Vec<Ty> = unit.specs[at]
            .params
            .iter()
            .map(|&p| unit.types.get(p))
            .collect();
        let levels: Vec<(usize, Ty)> = params
            .iter()
            .filter_map(|t| level(&unit.types, t))
            .collect();
        if levels.is_empty() {
            continue;
        }
        let mut seen = vec![false; unit.specs.len()];
        let mut looked = Look {
            unit,
            levels: &levels,
            repeats: false,
            changes: false,
        };
        let tame = looked.is_tame(at, &mut seen);
        looked.function(at, 0, 0);
        let (repeats, changes) = (looked.repeats, looked.changes);
        let tree = &mut unit.specs[at].tree;
        tree.shaded = tame && repeats;
        tree.changes_lists = changes;
    }
}

/// A list of lists … of scalars: how many lists deep, and what the innermost holds.
fn level(types: &Types, ty: &Ty) -> Option<(usize, Ty)> {
    let Ty::List(slot) = ty else {
        return None;
    };
    let inner = types.get(*slot);
    if is_scalar(&inner) {
        return Some((1, inner));
    }
    level(types, &inner).map(|(n, scalar)| (n + 1, scalar))
}

fn is_scalar(ty: &Ty) -> bool {
    matches!(
        ty,
        Ty::Bool | Ty::Int | Ty::Float | Ty::Str | Ty::Char | Ty::None | Ty::Complex | Ty::Bytes
    )
}

struct Look<'u, 'a> {
    unit: &'u Unit<'a>,
    levels: &'u [(usize, Ty)],
    repeats: bool,
    changes: bool,
}

impl Look<'_, '_> {
    /// Whether no value of a type can hold a list in another way than as a list of scalars or lists.
    fn is_plain(&self, ty: &Ty) -> bool {
        match ty {
            Ty::List(_) => level(&self.unit.types, ty).is_some(),
            Ty::Np(Scalar::Float64 | Scalar::Int64 | Scalar::Bool8)
            | Ty::Num
            | Ty::Grown(_)
            | Ty::Array(..) => true,
            Ty::Tuple(items) => items.iter().all(|t| is_scalar(t) || *t == Ty::Num),
            Ty::Opt(inner) => is_scalar(inner) || **inner == Ty::Num,
            Ty::TupleOf(s) | Ty::Set(s) | Ty::FrozenSet(s) => is_scalar(&self.unit.types.get(*s)),
            Ty::Dict(k, v) => {
                is_scalar(&self.unit.types.get(*k)) && is_scalar(&self.unit.types.get(*v))
            }
            _ => is_scalar(ty),
        }
    }

    /// Whether a function and all it calls have such variables only, and take no object from outside.
    fn is_tame(&self, at: usize, seen: &mut [bool]) -> bool {
        if std::mem::replace(&mut seen[at], true) {
            return true;
        }
        let spec = &self.unit.specs[at];
        let plain = |slot: usize| {
            let ty = self.unit.types.get(slot);
            ty == Ty::Never || self.is_plain(&ty)
        };
        spec.tree
            .locals
            .iter()
            .all(|v| !v.by_ref && !v.in_place && plain(v.slot))
            && plain(spec.result)
            && !spec.tree.is_inner
            && !takes_objects(&spec.tree)
            && spec.calls.iter().all(|&c| self.is_tame(c, seen))
    }

    fn function(&mut self, at: usize, loops: usize, depth: u32) {
        if depth < DEEPEST {
            let tree = &self.unit.specs[at].tree;
            let loops = loops + usize::from(tree.recursive && depth == 0);
            self.stmts(&tree.body, loops, depth);
        }
    }

    /// Items of a list are read inside so many loops.
    fn reads(&mut self, list: &Ty, loops: usize) {
        let Ty::List(slot) = list else {
            return;
        };
        let item = self.unit.types.get(*slot);
        if self.levels.iter().any(|(n, t)| *t == item && loops > *n) {
            self.repeats = true;
        }
    }

    fn stmts(&mut self, stmts: &[Stmt], loops: usize, depth: u32) {
        for s in stmts {
            match s {
                Stmt::For {
                    sources,
                    body,
                    orelse,
                    ..
                } => {
                    for (_, source) in sources {
                        let (Source::Range(e) | Source::Each(e)) = source;
                        self.expr(e, loops, depth);
                        if let Node::Method { receiver, .. } = &e.node {
                            self.reads(&receiver.ty, loops + 1);
                        }
                    }
                    let is_short = sources.iter().any(|(_, s)| is_short(s));
                    self.stmts(body, loops + usize::from(!is_short), depth);
                    self.stmts(orelse, loops, depth);
                }
                Stmt::While {
                    test, body, orelse, ..
                } => {
                    self.expr(test, loops + 1, depth);
                    self.stmts(body, loops + 1, depth);
                    self.stmts(orelse, loops, depth);
                }
                _ => walk::in_stmt(s, &mut |part| match part {
                    Part::Expr(e) => self.expr(e, loops, depth),
                    Part::Stmts(stmts) => self.stmts(stmts, loops, depth),
                }),
            }
        }
    }

    fn expr(&mut self, e: &Expr, loops: usize, depth: u32) {
        if let Node::Method { receiver, name, .. } = &e.node
            && let Ty::List(slot) = &receiver.ty
        {
            match name.as_str() {
                "get" => self.reads(&receiver.ty, loops),
                "get_in" => {
                    let inner = self.unit.types.get(*slot);
                    self.reads(&inner, loops);
                }
                "length" | "iter" | "copy" | "reversed" | "is" | "contains" | "find" | "count" => {}
                _ => self.changes = true,
            }
        }
        if let Node::Call { args, .. } = &e.node {
            // A function of the support source may change a list that it gets.
            self.changes |= args.iter().any(|(_, a)| matches!(a.ty, Ty::List(_)));
        }
        if let Node::Function(callee, _) = &e.node {
            self.function(*callee, loops, depth + 1);
        }
        walk::in_expr(e, &mut |part| match part {
            Part::Expr(e) => self.expr(e, loops, depth),
            Part::Stmts(s) => self.stmts(s, loops, depth),
        });
    }
}

/// Whether a range goes over a few numbers only.
fn is_short(source: &Source) -> bool {
    let (Source::Range(e) | Source::Each(e)) = source;
    let Node::Call { path, args, .. } = &e.node else {
        return false;
    };
    path.starts_with("upto")
        && args.iter().all(|(_, a)| {
            matches!(&a.node, Node::Literal(text) if text.parse::<i64>().is_ok_and(|n| n <= FEW))
        })
}

/// Whether a function takes an object from outside other than a number, a text or an exception class.
fn takes_objects(tree: &Function) -> bool {
    fn in_expr(e: &Expr) -> bool {
        match &e.node {
            Node::Capture(_) => return true,
            Node::Call { path, args, .. }
                if matches!(args.as_slice(), [(_, a)] if matches!(a.node, Node::Capture(_)))
                    && (path == "exception_class"
                        || path.ends_with("from_obj") && is_scalar(&e.ty)) =>
            {
                return false;
            }
            _ => {}
        }
        let mut found = false;
        walk::in_expr(e, &mut |part| found = found || in_part(part));
        found
    }
    fn in_stmts(stmts: &[Stmt]) -> bool {
        stmts.iter().any(|s| {
            let mut found = false;
            walk::in_stmt(s, &mut |part| found = found || in_part(part));
            found
        })
    }
    fn in_part(part: Part<&Expr, &[Stmt]>) -> bool {
        match part {
            Part::Expr(e) => in_expr(e),
            Part::Stmts(stmts) => in_stmts(stmts),
        }
    }
    in_stmts(&tree.body)
}
