//! Which loops and functions touch no Python object: numbers, lists whose items are in Rust, memory of arrays and texts
//! that the function holds. While they run, other threads may have the interpreter.

use std::collections::{BTreeMap, HashSet};

use crate::ir::{Expr, Function, Local, Node, Source, Stmt};
use crate::lower::unit::Unit;
use crate::types::Ty;
use crate::walk::Part;

/// Marks loops and functions that touch no Python object.
pub(crate) fn mark_free(unit: &mut Unit<'_>) {
    // Until the opposite is found, a function may be free: those that call each other are free together.
    let mut free: Vec<bool> = vec![true; unit.specs.len()];
    loop {
        let now: Vec<bool> = (0..unit.specs.len())
            .map(|at| free[at] && is_free(unit, at, &free))
            .collect();
        if now == free {
            break;
        }
        free = now;
    }
    let mut long: Vec<bool> = unit
        .specs
        .iter()
        .map(|s| s.tree.recursive || has_loops(&s.tree.body))
        .collect();
    loop {
        let now: Vec<bool> = (0..unit.specs.len())
            .map(|at| long[at] || unit.specs[at].calls.iter().any(|&c| long[c]))
            .collect();
        if now == long {
            break;
        }
        long = now;
    }
    for at in 0..unit.specs.len() {
        unit.specs[at].tree.is_long = long[at];
        let tree = &unit.specs[at].tree;
        let mut found = Found::default();
        find(unit, tree, &free, &tree.body, &mut found);
        let tree = &mut unit.specs[at].tree;
        tree.is_free = free[at];
        tree.free_loops = found.loops;
        tree.free_loops.retain(|id, _| !found.bound.contains(id));
    }
}

/// The loops of a function; one that stands there twice, for two cases, has one number.
#[derive(Default)]
struct Found {
    /// Those that touch no Python object, with their lists.
    loops: BTreeMap<usize, BTreeMap<Local, bool>>,
    /// The others.
    bound: HashSet<usize>,
}

fn has_loops(stmts: &[Stmt]) -> bool {
    fn in_expr(e: &Expr) -> bool {
        let mut found = false;
        crate::walk::in_expr(e, &mut |part| {
            found |= match part {
                Part::Expr(e) => in_expr(e),
                Part::Stmts(stmts) => has_loops(stmts),
            };
        });
        found
    }
    stmts.iter().any(|s| {
        let mut found = matches!(s, Stmt::For { .. } | Stmt::While { .. });
        crate::walk::in_stmt(s, &mut |part| {
            found |= match part {
                Part::Expr(e) => in_expr(e),
                Part::Stmts(stmts) => has_loops(stmts),
            };
        });
        found
    })
}

/// Whether a whole function touches no Python object, nor a list.
fn is_free(unit: &Unit<'_>, at: usize, free: &[bool]) -> bool {
    let spec = &unit.specs[at];
    let mut look = Look::new(unit, &spec.tree, free);
    !unit.rejected.contains_key(&spec.function)
        && !spec.tree.is_inner
        && is_plain(&unit.types.get(spec.result))
        && spec
            .tree
            .locals
            .iter()
            .all(|v| !v.by_ref && !v.in_place && is_plain(&unit.types.get(v.slot)))
        && look.stmts(&spec.tree.body)
        && look.lists.is_empty()
}

/// The outermost loops that touch no Python object, with the lists that they read (false) or change (true).
fn find(unit: &Unit<'_>, tree: &Function, free: &[bool], stmts: &[Stmt], found: &mut Found) {
    for s in stmts {
        match s {
            Stmt::For {
                id, body, orelse, ..
            }
            | Stmt::While {
                id, body, orelse, ..
            } => {
                let mut look = Look::new(unit, tree, free);
                if orelse.is_empty()
                    && look.stmts(std::slice::from_ref(s))
                    && !look.lists.keys().any(|l| look.assigned.contains(l))
                {
                    let lists = found.loops.entry(*id).or_default();
                    for (list, changes) in look.lists {
                        *lists.entry(list).or_default() |= changes;
                    }
                } else {
                    found.bound.insert(*id);
                    find(unit, tree, free, body, found);
                    find(unit, tree, free, orelse, found);
                }
            }
            _ => crate::walk::in_stmt(s, &mut |part| match part {
                Part::Expr(e) => find_in(unit, tree, free, e, found),
                Part::Stmts(stmts) => find(unit, tree, free, stmts, found),
            }),
        }
    }
}

/// The loops of a comprehension or of a function that runs in place.
fn find_in(unit: &Unit<'_>, tree: &Function, free: &[bool], e: &Expr, found: &mut Found) {
    crate::walk::in_expr(e, &mut |part| match part {
        Part::Expr(e) => find_in(unit, tree, free, e, found),
        Part::Stmts(stmts) => find(unit, tree, free, stmts, found),
    });
}

/// A value without any object.
fn is_plain(ty: &Ty) -> bool {
    match ty {
        Ty::None
        | Ty::Bool
        | Ty::Int
        | Ty::Float
        | Ty::Num
        | Ty::Real
        | Ty::Grown(_)
        | Ty::Complex
        | Ty::Char
        | Ty::Np(_) => true,
        // Of other lengths they are objects.
        Ty::Tuple(items) => (1..=8).contains(&items.len()) && items.iter().all(is_plain),
        Ty::Opt(inner) => is_plain(inner),
        _ => false,
    }
}

/// Whether an expression is an exception that needs no object, with or without a text.
fn raises(e: &Expr) -> bool {
    match &e.node {
        Node::Call { path, args, .. } => path.starts_with("exc::") && args.is_empty(),
        Node::Method { receiver, name, .. } => name == "saying" && raises(receiver),
        _ => false,
    }
}

/// Modules of the support source that know numbers only.
const NUMBERS: &[&str] = &[
    "LowBits", "int", "float", "math", "num", "real", "grown", "bits", "float64", "int64",
    "scalar", "dense", "exc",
];

/// Functions of the support source by themselves.
const ALONE: &[&str] = &[
    "upto",
    "range",
    "wide",
    "narrow_mod",
    "narrow_and",
    "some",
    "exactly",
    "at_least",
    "code",
    "python_only",
];

struct Look<'u, 'a> {
    unit: &'u Unit<'a>,
    tree: &'u Function,
    free: &'u [bool],
    lists: BTreeMap<Local, bool>,
    assigned: HashSet<Local>,
}

impl<'u, 'a> Look<'u, 'a> {
    fn new(unit: &'u Unit<'a>, tree: &'u Function, free: &'u [bool]) -> Self {
        Self {
            unit,
            tree,
            free,
            lists: BTreeMap::new(),
            assigned: HashSet::new(),
        }
    }

    fn ty(&self, local: Local) -> Ty {
        self.unit.types.get(self.tree.locals[local].slot)
    }

    fn stmts(&mut self, stmts: &[Stmt]) -> bool {
        stmts.iter().all(|s| self.stmt(s))
    }

    fn stmt(&mut self, s: &Stmt) -> bool {
        match s {
            Stmt::Assign(local, e) => self.assigns(*local) && self.expr(e),
            Stmt::Do(e) | Stmt::Return(e) => self.expr(e),
            Stmt::Raise(e) => raises(e),
            Stmt::If(e, a, b) => self.expr(e) && self.stmts(a) && self.stmts(b),
            Stmt::For {
                sources,
                body,
                orelse,
                ..
            } => {
                sources.iter().all(|(local, source)| {
                    self.assigns(*local)
                        && match source {
                            Source::Range(e) => self.parts(e),
                            Source::Each(e) => self.items(e),
                        }
                }) && self.stmts(body)
                    && self.stmts(orelse)
            }
            Stmt::While {
                test, body, orelse, ..
            } => self.expr(test) && self.stmts(body) && self.stmts(orelse),
            Stmt::Unbind(local) => self.assigns(*local),
            Stmt::Break(_) | Stmt::Continue(_) => true,
            Stmt::Try { .. } | Stmt::Reraise(_) => false,
        }
    }

    /// A variable takes another value, or loses it.
    fn assigns(&mut self, local: Local) -> bool {
        let variable = &self.tree.locals[local];
        self.assigned.insert(local);
        !variable.by_ref && !variable.in_place && is_plain(&self.ty(local))
    }

    /// A list of numbers, or of lists of them, that a variable holds; whether it changes.
    fn list(&mut self, e: &Expr, changes: bool) -> bool {
        match &e.node {
            Node::Local(list) => {
                let variable = &self.tree.locals[*list];
                let known = self.lists.entry(*list).or_default();
                *known |= changes;
                !variable.maybe_unbound
                    && !variable.by_ref
                    && !variable.in_place
                    && self.holds_numbers(&e.ty)
            }
            Node::Method {
                receiver,
                name,
                args,
                ..
            } => {
                name == "get"
                    && self.list(receiver, changes)
                    && args.iter().all(|(_, a)| self.expr(a))
            }
            _ => false,
        }
    }

    fn holds_numbers(&self, ty: &Ty) -> bool {
        let Ty::List(slot) = ty else {
            return false;
        };
        let inner = self.unit.types.get(*slot);
        matches!(
            inner,
            Ty::Bool | Ty::Int | Ty::Float | Ty::Char | Ty::Complex
        ) || self.holds_numbers(&inner)
    }

    /// The items of a list in a loop.
    fn items(&mut self, e: &Expr) -> bool {
        let Node::Method { receiver, name, .. } = &e.node else {
            return false;
        };
        let numbers = match &receiver.ty {
            Ty::List(slot) => is_plain(&self.unit.types.get(*slot)),
            _ => false,
        };
        numbers && matches!(name.as_str(), "iter" | "reversed") && self.list(receiver, false)
    }

    fn expr(&mut self, e: &Expr) -> bool {
        (is_plain(&e.ty) || matches!(e.node, Node::Array(_))) && self.parts(e)
    }

    /// Whether an operation and what it works on touch no Python object.
    fn parts(&mut self, e: &Expr) -> bool {
        match &e.node {
            Node::Local(local) => !self.tree.locals[*local].by_ref && is_plain(&self.ty(*local)),
            Node::Literal(_) => true,
            Node::Constant(_) | Node::Capture(_) | Node::Borrow(_) | Node::Fused(..) => false,
            Node::Call { path, args, .. } => {
                let path = path.split("::<").next().unwrap_or(path);
                let known = match path.split_once("::") {
                    Some((module, name)) => {
                        NUMBERS.contains(&module) && (module, name) != ("float", "round_to")
                    }
                    None => ALONE.contains(&path),
                };
                known && args.iter().all(|(_, a)| self.expr(a))
            }
            Node::Method {
                receiver,
                name,
                args,
                ..
            } => self.method(receiver, name, args.iter().map(|(_, a)| a)),
            Node::Function(callee, args) => self.free[*callee] && args.iter().all(|a| self.expr(a)),
            Node::Tuple(items) => !items.is_empty() && items.iter().all(|a| self.expr(a)),
            Node::Array(items) => items.iter().all(|a| self.expr(a)),
            Node::Infix(_, a, b) => self.expr(a) && self.expr(b),
            Node::Prefix(_, a) | Node::Field(a, _) | Node::As(a) => self.expr(a),
            Node::Choice(t, a, b) => self.expr(t) && self.expr(a) && self.expr(b),
            Node::Block(stmts, value) => self.stmts(stmts) && self.expr(value),
        }
    }

    fn method<'e>(
        &mut self,
        receiver: &Expr,
        name: &str,
        mut args: impl Iterator<Item = &'e Expr>,
    ) -> bool {
        let name = name.split("::").next().unwrap_or(name);
        let held = match receiver.node {
            Node::Local(local) => self.tree.locals[local].in_place,
            _ => false,
        };
        let known = match &receiver.ty {
            // What was looked up before the loop: items of arrays and letters of texts.
            _ if held => matches!(
                name,
                "get"
                    | "set"
                    | "length"
                    | "extent"
                    | "item"
                    | "put"
                    | "item_of"
                    | "put_at"
                    | "is_dense"
                    | "holds"
            ),
            Ty::List(_) => match name {
                "get" | "get_in" | "length" => self.list(receiver, false),
                "set" | "append" | "pop" => self.list(receiver, true),
                _ => false,
            },
            Ty::Array(..) => {
                matches!(name, "get" | "extent" | "first_extent" | "size")
                    && matches!(receiver.node, Node::Local(_))
            }
            Ty::Str => name == "length" && matches!(receiver.node, Node::Local(_)),
            Ty::Char => false,
            _ => self.expr(receiver),
        };
        known && args.all(|a| self.expr(a))
    }
}
