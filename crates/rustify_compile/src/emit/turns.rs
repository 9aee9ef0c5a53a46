//! Loops whose turns each add up floats of their own before they do anything that others could see: what the first part
//! of such a turn computes does not depend on the turns before it, so several turns can go through it at once.

use std::collections::{HashMap, HashSet};

use super::moves::{self, Reads};
use super::tight::is_tight;
use super::writer::Writer;
use crate::ir::{Expr, Local, Node, Source, Stmt};
use crate::types::Ty;

/// How an `int` of the first part differs from one turn to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Across {
    /// Not at all.
    Same,
    /// It is one more.
    Next,
}

/// The first part of the turns of a loop.
#[derive(Debug)]
pub(super) struct Head {
    /// So many statements belong to it.
    pub statements: usize,
    /// Floats that it computes.
    pub floats: Vec<Local>,
    /// Of these the ones that are read later.
    pub results: Vec<Local>,
    /// Its own whole numbers.
    pub ints: HashMap<Local, Across>,
    /// The number of the loop, which names a look at its lists.
    pub lists: Vec<Local>,
}

/// What is known on the way through the first part.
struct Look<'w, 'x, 'a> {
    writer: &'x Writer<'w, 'a>,
    floats: Vec<Local>,
    ints: HashMap<Local, Across>,
    /// What the first part assigns at all.
    assigned: HashSet<Local>,
    /// What has a value of this turn.
    defined: HashSet<Local>,
    lists: Vec<Local>,
    /// Whether a float is added to in a loop.
    sums: bool,
    depth: u32,
}

impl Writer<'_, '_> {
    /// The first part of a loop over a range, if there is one worth it.
    pub(super) fn head(&self, turn: Local, body: &[Stmt]) -> Option<Head> {
        let last = body.iter().rposition(|s| matches!(s, Stmt::For { .. }))?;
        let (head, tail) = body.split_at(last + 1);
        if tail.is_empty() || !is_tight(tail) {
            return None;
        }
        let mut look = Look {
            writer: self,
            floats: Vec::new(),
            ints: HashMap::from([(turn, Across::Next)]),
            assigned: HashSet::new(),
            defined: HashSet::from([turn]),
            lists: Vec::new(),
            sums: false,
            depth: 0,
        };
        assigned(head, &mut look.assigned);
        if !look.stmts(head) || !look.sums {
            return None;
        }
        let Look {
            floats,
            ints,
            assigned: of_head,
            defined,
            lists,
            ..
        } = look;
        let mut inside = Reads::new();
        moves::count(head, &mut inside);
        let outside = |local: &Local| self.reads.get(local) > inside.get(local);
        if of_head.iter().any(|l| outside(l) && !defined.contains(l)) {
            return None;
        }
        // What the rest of a turn changes, the first part of the next ones must not read.
        let mut of_tail = HashSet::new();
        assigned(tail, &mut of_tail);
        if of_tail
            .iter()
            .any(|l| inside.contains_key(l) && !defined.contains(l))
            || of_tail.iter().any(|l| lists.contains(l))
            || !self.writes_elsewhere(tail, &lists)
        {
            return None;
        }
        let results = floats.iter().copied().filter(outside).collect();
        Some(Head {
            statements: last + 1,
            floats,
            results,
            ints,
            lists,
        })
    }

    /// Whether statements write to no list but those that are none of the ones given.
    fn writes_elsewhere(&self, stmts: &[Stmt], read: &[Local]) -> bool {
        stmts.iter().all(|s| match s {
            Stmt::Assign(_, e) | Stmt::Do(e) | Stmt::Return(e) | Stmt::Raise(e) => {
                self.writes_elsewhere_in(e, read)
            }
            Stmt::If(e, a, b) => {
                self.writes_elsewhere_in(e, read)
                    && self.writes_elsewhere(a, read)
                    && self.writes_elsewhere(b, read)
            }
            _ => false,
        })
    }

    fn writes_elsewhere_in(&self, e: &Expr, read: &[Local]) -> bool {
        match &e.node {
            Node::Local(_) | Node::Literal(_) | Node::Constant(_) | Node::Capture(_) => true,
            Node::Method {
                receiver,
                name,
                args,
                ..
            } => {
                let stays = match (&receiver.ty, name.as_str(), &receiver.node) {
                    (Ty::List(_), "get" | "get_in" | "length", _) => true,
                    (Ty::List(slot), "set" | "append", Node::Local(list)) => {
                        !self.holds_list(&self.unit.types.get(*slot))
                            && self.is_made_here(*list, 0)
                            && read.iter().all(|r| {
                                r != list && (self.is_given(*r) || self.is_made_here(*r, 0))
                            })
                    }
                    (Ty::List(_), "set" | "append", Node::Method { receiver, name, .. }) => {
                        name == "get"
                            && matches!(receiver.ty, Ty::List(_))
                            && matches!(receiver.node, Node::Local(list) if self.is_made_with_rows(list))
                            && read.iter().all(|r| self.is_given(*r))
                    }
                    _ => !self.holds_list(&receiver.ty),
                };
                stays
                    && self.writes_elsewhere_in(receiver, read)
                    && args.iter().all(|(_, a)| self.writes_elsewhere_in(a, read))
            }
            Node::Call { args, .. } => args.iter().all(|(_, a)| {
                (!self.holds_list(&a.ty) || matches!(a.node, Node::Literal(_) | Node::Capture(_)))
                    && self.writes_elsewhere_in(a, read)
            }),
            Node::Infix(_, a, b) => {
                self.writes_elsewhere_in(a, read) && self.writes_elsewhere_in(b, read)
            }
            Node::Prefix(_, a) | Node::Field(a, _) | Node::As(a) => {
                self.writes_elsewhere_in(a, read)
            }
            Node::Choice(t, a, b) => [t, a, b]
                .into_iter()
                .all(|x| self.writes_elsewhere_in(x, read)),
            Node::Tuple(items) => items.iter().all(|i| self.writes_elsewhere_in(i, read)),
            _ => false,
        }
    }
}

/// What statements assign.
fn assigned(stmts: &[Stmt], out: &mut HashSet<Local>) {
    for s in stmts {
        match s {
            Stmt::Assign(local, _) => {
                out.insert(*local);
            }
            Stmt::If(_, a, b) => {
                assigned(a, out);
                assigned(b, out);
            }
            Stmt::For { sources, body, .. } => {
                out.extend(sources.iter().map(|(local, _)| *local));
                assigned(body, out);
            }
            _ => {}
        }
    }
}

impl Look<'_, '_, '_> {
    fn stmts(&mut self, stmts: &[Stmt]) -> bool {
        stmts.iter().all(|s| self.stmt(s))
    }

    fn stmt(&mut self, s: &Stmt) -> bool {
        match s {
            Stmt::Assign(local, e) => {
                let variable = &self.writer.function.locals[*local];
                if variable.maybe_unbound
                    || variable.by_ref
                    || variable.in_place
                    || *local < self.writer.function.params
                    || !self.is_quiet(e)
                {
                    return false;
                }
                if e.ty == Ty::Float {
                    if self.depth > 0 && reads(e, *local) {
                        self.sums = true;
                    }
                    if !self.floats.contains(local) {
                        self.floats.push(*local);
                    }
                } else if e.ty == Ty::Int {
                    let Some(across) = self.across(e) else {
                        return false;
                    };
                    if *self.ints.entry(*local).or_insert(across) != across {
                        return false;
                    }
                } else {
                    return false;
                }
                self.defined.insert(*local);
                true
            }
            Stmt::For {
                sources,
                body,
                orelse,
                ..
            } => {
                let [(local, Source::Range(range))] = sources.as_slice() else {
                    return false;
                };
                let bounds: Vec<&Expr> = match &range.node {
                    Node::Call { path, args, .. } if path == "upto::<Int>" => {
                        args.iter().map(|(_, a)| a).collect()
                    }
                    Node::Method { receiver, name, .. } if name == "into_iter" => {
                        match &receiver.node {
                            Node::Array(items) => items.iter().collect(),
                            _ => return false,
                        }
                    }
                    _ => return false,
                };
                if !orelse.is_empty()
                    || bounds.iter().any(|e| {
                        e.ty != Ty::Int || !self.is_quiet(e) || self.across(e) != Some(Across::Same)
                    })
                    || self.ints.insert(*local, Across::Same).is_some()
                {
                    return false;
                }
                let before = self.defined.clone();
                self.defined.insert(*local);
                self.depth += 1;
                let fits = self.stmts(body);
                self.depth -= 1;
                self.defined = before;
                fits
            }
            _ => false,
        }
    }

    /// How an `int` differs from one turn to the next, if that is known.
    fn across(&self, e: &Expr) -> Option<Across> {
        across(&self.ints, &self.floats, e)
    }

    /// Whether an expression is a row of a list, and no other effect comes of looking at it.
    fn is_row(&mut self, e: &Expr) -> bool {
        let Node::Method { receiver, args, .. } = &e.node else {
            return false;
        };
        let Node::Local(list) = receiver.node else {
            return false;
        };
        let variable = &self.writer.function.locals[list];
        self.lists.push(list);
        matches!(receiver.ty, Ty::List(_))
            && !variable.maybe_unbound
            && !variable.by_ref
            && !self.assigned.contains(&list)
            && args.iter().all(|(_, a)| self.is_quiet(a))
    }

    /// Whether an expression has no effects, and reads only what has its value of this turn.
    fn is_quiet(&mut self, e: &Expr) -> bool {
        match &e.node {
            Node::Local(local) => {
                let variable = &self.writer.function.locals[*local];
                !variable.maybe_unbound
                    && matches!(e.ty, Ty::Int | Ty::Float)
                    && (!self.assigned.contains(local) || self.defined.contains(local))
            }
            Node::Literal(_) => true,
            Node::Method {
                receiver,
                name,
                args,
                ..
            } => {
                let list = match (&receiver.ty, &receiver.node) {
                    (Ty::List(_), Node::Local(list)) => {
                        let variable = &self.writer.function.locals[*list];
                        if variable.maybe_unbound
                            || variable.by_ref
                            || self.assigned.contains(list)
                            || !matches!(name.as_str(), "get" | "get_in" | "length")
                        {
                            return false;
                        }
                        Some(*list)
                    }
                    (Ty::List(_), Node::Method { name: pick, .. })
                        if name == "length" && pick == "get" =>
                    {
                        return self.is_row(receiver);
                    }
                    (Ty::Int | Ty::Float, _) => None,
                    _ => return false,
                };
                self.lists.extend(list);
                matches!(e.ty, Ty::Int | Ty::Float)
                    && (list.is_some() || self.is_quiet(receiver))
                    && args.iter().all(|(_, a)| self.is_quiet(a))
            }
            Node::Call { path, args, .. } => {
                matches!(path.split("::").next(), Some("int" | "float" | "math"))
                    && args.iter().all(|(_, a)| self.is_quiet(a))
            }
            Node::Infix(_, a, b) => self.is_quiet(a) && self.is_quiet(b),
            Node::Prefix(_, a) | Node::As(a) => self.is_quiet(a),
            _ => false,
        }
    }
}

/// How an `int` differs from one turn to the next, if that is known.
pub(super) fn across(ints: &HashMap<Local, Across>, floats: &[Local], e: &Expr) -> Option<Across> {
    use Across::{Next, Same};
    match &e.node {
        Node::Local(local) if floats.contains(local) => None,
        Node::Local(local) => Some(ints.get(local).copied().unwrap_or(Same)),
        Node::Call { path, args, .. } => {
            let sides: Option<Vec<Across>> =
                args.iter().map(|(_, a)| across(ints, floats, a)).collect();
            match (path.as_str(), sides?.as_slice()) {
                (_, all) if all.iter().all(|a| *a == Same) => Some(Same),
                ("int::add", [Next, Same] | [Same, Next]) | ("int::sub", [Next, Same]) => {
                    Some(Next)
                }
                _ => None,
            }
        }
        Node::Method { receiver, args, .. } => {
            let is_list = matches!(
                (&receiver.ty, &receiver.node),
                (Ty::List(_), Node::Local(_))
            );
            let same = |e: &Expr| across(ints, floats, e) == Some(Same);
            ((is_list || same(receiver)) && args.iter().all(|(_, a)| same(a))).then_some(Same)
        }
        Node::Literal(_) => Some(Same),
        Node::Infix(_, a, b) => {
            let same = |e: &Expr| across(ints, floats, e) == Some(Same);
            (same(a) && same(b)).then_some(Same)
        }
        Node::Prefix(_, a) | Node::As(a) => (across(ints, floats, a) == Some(Same)).then_some(Same),
        _ => None,
    }
}

/// Whether an expression reads a variable.
fn reads(e: &Expr, local: Local) -> bool {
    let mut all = Reads::new();
    moves::count_in(e, &mut all);
    all.contains_key(&local)
}
