//! Loops over items of arrays whose indices can be told before the loop: if all of them lie inside the arrays, a
//! version of the loop runs that does not look at them one by one, else the loop as it is.
//!
//! The fast version does the same operations in the same order. It leaves out checks that cannot fail, nothing else.

use std::collections::{HashMap, HashSet};

use super::spans::{Known, Outside, relax};
use crate::ir::{Expr, Function, Local, Node, Pass, Source, Stmt, Variable};
use crate::types::Ty;
use crate::walk::{self, Part};

/// The most statements of a loop that is written twice.
const MOST_STATEMENTS: usize = 120;

/// The most conditions on indices of one loop.
const MOST_CLAIMS: usize = 40;

/// Writes loops twice where that pays.
pub(crate) fn prove_trips(function: &mut Function) {
    let mut lanes = HashSet::new();
    let mut body = std::mem::take(&mut function.body);
    body.iter_mut().for_each(|s| lanes_of(s, &mut lanes));
    if !lanes.is_empty() {
        let mut pass = Trips { function, lanes };
        body = pass.stmts(body);
    }
    function.body = body;
}

/// The views of arrays that loops use.
fn lanes_of(s: &mut Stmt, lanes: &mut HashSet<Local>) {
    if let Stmt::Assign(local, e) = s
        && let Node::Method { name, .. } = &e.node
        && matches!(name.as_str(), "lanes" | "lanes_to_write")
    {
        lanes.insert(*local);
    }
    walk::inner_mut(s, &mut |stmts| {
        stmts.iter_mut().for_each(|s| lanes_of(s, lanes))
    });
}

struct Trips<'f> {
    function: &'f mut Function,
    lanes: HashSet<Local>,
}

/// One loop and the loops in it, on their way to a fast version.
struct Nest<'f> {
    outside: Outside<'f>,
    lanes: &'f HashSet<Local>,
    /// The fast view of each view, by number from `first` on.
    dense: HashMap<Local, Local>,
    first: Local,
    claims: Vec<Expr>,
    /// Items that are taken without a check of all their indices.
    proven: usize,
    /// Whether a loop inside has bounds that are not known outside.
    is_open: bool,
    statements: usize,
}

fn literal(text: String) -> Expr {
    Expr {
        ty: Ty::Any,
        node: Node::Literal(text),
    }
}

fn local(at: Local) -> Expr {
    Expr {
        ty: Ty::Any,
        node: Node::Local(at),
    }
}

fn method(receiver: Expr, name: &str, ty: Ty, args: Vec<Expr>) -> Expr {
    Expr {
        ty,
        node: Node::Method {
            receiver: Box::new(receiver),
            name: name.to_owned(),
            args: args.into_iter().map(|a| (Pass::Own, a)).collect(),
            fails: false,
        },
    }
}

impl Trips<'_> {
    fn stmts(&mut self, stmts: Vec<Stmt>) -> Vec<Stmt> {
        let mut out = Vec::new();
        for mut s in stmts {
            if let Stmt::For { .. } = s
                && let Some(twice) = self.twice(&mut s)
            {
                out.push(twice);
                continue;
            }
            walk::inner_mut(&mut s, &mut |inner| {
                *inner = self.stmts(std::mem::take(inner))
            });
            out.push(s);
        }
        out
    }

    /// A loop in both versions.
    fn twice(&mut self, s: &mut Stmt) -> Option<Stmt> {
        let mut changed = HashSet::new();
        walk::changed(std::slice::from_ref(s), &mut changed);
        let mut fast = s.clone();
        let mut nest = Nest {
            outside: Outside {
                function: self.function,
                changed,
                roots: Vec::new(),
            },
            lanes: &self.lanes,
            dense: HashMap::new(),
            first: self.function.locals.len(),
            claims: Vec::new(),
            proven: 0,
            is_open: false,
            statements: 0,
        };
        nest.stmt(&mut fast, &mut Known::new());
        let is_worth = nest.proven > 0
            && !nest.is_open
            && nest.statements <= MOST_STATEMENTS
            && nest.claims.len() <= MOST_CLAIMS;
        if !is_worth {
            return None;
        }
        let Nest {
            outside,
            dense,
            claims,
            ..
        } = nest;
        let mut roots: Vec<Expr> = Vec::new();
        for root in outside.roots {
            if !roots.iter().any(|r| r.node.is(&root.node)) {
                roots.push(root);
            }
        }
        let near = Expr {
            ty: Ty::Bool,
            node: Node::Call {
                path: "dense::near::<Int, _>".to_owned(),
                args: vec![(
                    Pass::Own,
                    Expr {
                        ty: Ty::Any,
                        node: Node::Array(roots),
                    },
                )],
                fails: false,
            },
        };
        let mut views: Vec<(Local, Local)> = dense.into_iter().collect();
        views.sort_by_key(|&(_, fast)| fast);
        let tests = views
            .iter()
            .map(|&(view, _)| method(local(view), "is_dense", Ty::Bool, Vec::new()))
            .chain(claims);
        let test = tests.fold(near, |all, test| Expr {
            ty: Ty::Bool,
            node: Node::Infix("&&", Box::new(all), Box::new(test)),
        });
        let mut body = Vec::new();
        for (view, fast) in views {
            let slot = self.function.locals[view].slot;
            let mut name = self.function.locals[view].name.replace("_items", "_dense");
            while self.function.locals.iter().any(|v| v.name == name) {
                name.push('_');
            }
            debug_assert_eq!(fast, self.function.locals.len());
            self.function.locals.push(Variable {
                name,
                slot,
                maybe_unbound: false,
                in_place: true,
                by_ref: false,
            });
            let made = method(local(view), "dense", Ty::Any, Vec::new());
            body.push(Stmt::Assign(fast, made));
        }
        body.push(fast);
        Some(Stmt::If(test, body, vec![s.clone()]))
    }
}

impl Node {
    /// Whether two short expressions are the same.
    fn is(&self, other: &Self) -> bool {
        format!("{self:?}") == format!("{other:?}")
    }
}

impl Nest<'_> {
    /// Statements one after the other.
    fn stmts(&mut self, stmts: &mut [Stmt], known: &mut Known) {
        for s in stmts {
            self.stmt(s, known);
        }
    }

    fn stmt(&mut self, s: &mut Stmt, known: &mut Known) {
        self.statements += 1;
        match s {
            Stmt::Assign(local, e) => {
                let span = (e.ty == Ty::Int)
                    .then(|| self.outside.span(e, known))
                    .flatten();
                self.expr(e, known);
                known.remove(local);
                if let Some(span) = span {
                    relax(e);
                    known.insert(*local, span);
                }
            }
            Stmt::Do(e) | Stmt::Return(e) | Stmt::Raise(e) => self.expr(e, known),
            Stmt::If(test, a, b) => {
                let (mut yes, mut no) = (known.clone(), known.clone());
                self.outside.refine(test, true, &mut yes);
                self.outside.refine(test, false, &mut no);
                self.expr(test, known);
                self.stmts(a, &mut yes);
                self.stmts(b, &mut no);
                forget(a, known);
                forget(b, known);
            }
            Stmt::For {
                sources,
                body,
                orelse,
                ..
            } => {
                let span = match sources.as_slice() {
                    [(_, Source::Range(range))] => self.outside.range(range, known),
                    _ => None,
                };
                for (_, source) in sources.iter_mut() {
                    let (Source::Range(e) | Source::Each(e)) = source;
                    self.expr(e, known);
                    if span.is_some()
                        && let Node::Call { args, .. } = &mut e.node
                    {
                        args.iter_mut().for_each(|(_, a)| relax(a));
                    }
                }
                for (local, _) in sources.iter() {
                    known.remove(local);
                }
                forget(body, known);
                let mut inside = known.clone();
                let is_known = span.is_some();
                if let Some(span) = span {
                    inside.insert(sources[0].0, span);
                }
                let before = self.taken(body);
                self.stmts(body, &mut inside);
                self.is_open |= !is_known && before > 0;
                forget(orelse, known);
                self.stmts(orelse, &mut known.clone());
            }
            Stmt::While {
                test, body, orelse, ..
            } => {
                forget(body, known);
                self.expr(test, known);
                self.stmts(body, &mut known.clone());
                forget(orelse, known);
                self.stmts(orelse, &mut known.clone());
            }
            Stmt::Try { .. } => self.is_open = true,
            Stmt::Unbind(local) => {
                known.remove(local);
            }
            Stmt::Break(_) | Stmt::Continue(_) | Stmt::Reraise(_) => {}
        }
    }

    /// How many items statements take from arrays.
    fn taken(&self, stmts: &[Stmt]) -> usize {
        fn within(e: &Expr, lanes: &HashSet<Local>, count: &mut usize) {
            *count += usize::from(view_of(e, lanes).is_some());
            walk::in_expr(e, &mut |part| match part {
                Part::Expr(e) => within(e, lanes, count),
                Part::Stmts(stmts) => all(stmts, lanes, count),
            });
        }
        fn all(stmts: &[Stmt], lanes: &HashSet<Local>, count: &mut usize) {
            for s in stmts {
                walk::in_stmt(s, &mut |part| match part {
                    Part::Expr(e) => within(e, lanes, count),
                    Part::Stmts(stmts) => all(stmts, lanes, count),
                });
            }
        }
        let mut count = 0;
        all(stmts, self.lanes, &mut count);
        count
    }

    /// Takes items the fast way in an expression.
    fn expr(&mut self, e: &mut Expr, known: &mut Known) {
        if let Some(view) = view_of(e, self.lanes)
            && !self.outside.changed.contains(&view)
        {
            self.item(e, view, known);
        }
        if let Node::Block(stmts, value) = &mut e.node {
            let mut inside = known.clone();
            self.stmts(stmts, &mut inside);
            self.expr(value, &mut inside);
            forget(stmts, known);
            return;
        }
        // A block inside may change variables that others beside it read.
        let mut changed = HashSet::new();
        walk::changed_in(e, &mut changed);
        known.retain(|local, _| !changed.contains(local));
        walk::in_expr_mut(e, &mut |part| {
            if let Part::Expr(e) = part {
                self.expr(e, known);
            }
        });
    }

    /// An item that is read or written.
    fn item(&mut self, e: &mut Expr, view: Local, known: &Known) {
        let Node::Method {
            receiver,
            name,
            args,
            fails,
        } = &mut e.node
        else {
            return;
        };
        let Some((
            _,
            Expr {
                node: Node::Array(indices),
                ..
            },
        )) = args.first_mut()
        else {
            return;
        };
        let mut sure = 0u32;
        for (axis, index) in indices.iter_mut().enumerate() {
            let Some(span) = self.outside.span(index, known) else {
                continue;
            };
            let at = literal(axis.to_string());
            let claim = method(
                local(view),
                "holds::<Int>",
                Ty::Bool,
                vec![at, span.low, span.high],
            );
            if !self.claims.iter().any(|c| c.node.is(&claim.node)) {
                self.claims.push(claim);
            }
            relax(index);
            sure |= 1 << axis;
        }
        let next = self.first + self.dense.len();
        let fast = *self.dense.entry(view).or_insert(next);
        **receiver = local(fast);
        let is_read = name == "get";
        if sure.count_ones() as usize == indices.len() {
            self.proven += 1;
            *fails = false;
            if is_read { "item" } else { "put" }.clone_into(name);
        } else {
            if sure != 0 {
                self.proven += 1;
            }
            *name = format!(
                "{}::<{sure}, Int>",
                if is_read { "item_of" } else { "put_at" }
            );
        }
    }
}

/// The view whose item an expression reads or writes.
fn view_of(e: &Expr, lanes: &HashSet<Local>) -> Option<Local> {
    match &e.node {
        Node::Method { receiver, name, .. } if matches!(name.as_str(), "get" | "set") => {
            match receiver.node {
                Node::Local(local) if lanes.contains(&local) => Some(local),
                _ => None,
            }
        }
        _ => None,
    }
}

/// Forgets what statements may change.
fn forget(stmts: &[Stmt], known: &mut Known) {
    let mut changed = HashSet::new();
    walk::changed(stmts, &mut changed);
    known.retain(|local, _| !changed.contains(local));
}
