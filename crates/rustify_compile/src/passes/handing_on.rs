//! Which functions may make objects of numbers as they came in: a NaN among them would lose its identity, by which
//! containers find it. Functions that only make objects of numbers that they have computed need no such care.

use std::collections::HashSet;

use crate::dtype::Kind;
use crate::ir::{Expr, Function, Local, Node, Source, Stmt};
use crate::lower::unit::Unit;
use crate::types::Ty;
use crate::walk::{self, Part};

/// Containers in containers are looked at so deep.
const DEEPEST: usize = 5;

/// Marks functions that hand on numbers, themselves or in what they call.
pub(crate) fn mark_handing_on(unit: &mut Unit<'_>) {
    let mut known = vec![Known::default(); unit.specs.len()];
    loop {
        let now: Vec<Known> = (0..unit.specs.len())
            .map(|at| look_at(unit, &unit.specs[at].tree, &known, &known[at]))
            .collect();
        if now == known {
            break;
        }
        known = now;
    }
    let mut hands_on: Vec<bool> = known.iter().map(|k| k.stores).collect();
    loop {
        let now: Vec<bool> = (0..unit.specs.len())
            .map(|at| {
                let spec = &unit.specs[at];
                // Generators that run in place are part of the tree itself.
                let mut called = spec.calls.iter().chain(&known[at].calls);
                hands_on[at] || called.any(|&c| hands_on[c])
            })
            .collect();
        if now == hands_on {
            break;
        }
        hands_on = now;
    }
    for (at, known) in known.iter().enumerate() {
        unit.specs[at].tree.hands_on = hands_on[at] || known.answers_number;
    }
}

/// What is known of a function.
#[derive(Clone, Debug, Default, PartialEq)]
struct Known {
    /// Variables that may hold numbers as they came in, or containers of them.
    given: HashSet<Local>,
    /// Whether such a number is put where it becomes an object.
    stores: bool,
    /// Whether its result may be such a number, or lead to one.
    answers: bool,
    /// The same where the result is a number, or a tuple of them, which becomes an object.
    answers_number: bool,
    /// Functions that it calls.
    calls: HashSet<usize>,
}

fn look_at(unit: &Unit<'_>, tree: &Function, known: &[Known], before: &Known) -> Known {
    let mut given = before.given.clone();
    let outside = |(local, v): (Local, &crate::ir::Variable)| {
        (local < tree.params || v.by_ref).then_some(local)
    };
    given.extend(tree.locals.iter().enumerate().filter_map(outside));
    let mut look = Look {
        unit,
        known,
        found: Known {
            given,
            // What a generator gives goes to code that is not seen here.
            stores: before.stores || tree.gives.is_some(),
            ..before.clone()
        },
    };
    look.stmts(&tree.body);
    look.found
}

struct Look<'u, 'a> {
    unit: &'u Unit<'a>,
    known: &'u [Known],
    found: Known,
}

impl Look<'_, '_> {
    fn stmts(&mut self, stmts: &[Stmt]) {
        stmts.iter().for_each(|s| self.stmt(s));
    }

    fn stmt(&mut self, s: &Stmt) {
        match s {
            Stmt::Assign(local, e) if !self.is_new(e) => {
                self.found.given.insert(*local);
            }
            Stmt::For { sources, .. } => {
                for (local, source) in sources {
                    if matches!(source, Source::Each(e) if !self.is_new(e)) {
                        self.found.given.insert(*local);
                    }
                }
            }
            Stmt::Return(e) if !self.is_new(e) => {
                self.found.answers = true;
                self.found.answers_number |= becomes_object(&e.ty);
            }
            _ => {}
        }
        walk::in_stmt(s, &mut |part| self.part(part));
    }

    fn part(&mut self, part: Part<&Expr, &[Stmt]>) {
        match part {
            Part::Expr(e) => self.expr(e),
            Part::Stmts(stmts) => self.stmts(stmts),
        }
    }

    fn expr(&mut self, e: &Expr) {
        let operands: Vec<&Expr> = match &e.node {
            Node::Call { path, args, .. } if !is_arithmetic(path) => {
                args.iter().map(|(_, a)| a).collect()
            }
            Node::Method {
                receiver,
                name,
                args,
                ..
            } if !(receiver.ty == Ty::Any && TAKING.contains(&name.as_str())) => {
                let args = args.iter().map(|(_, a)| a);
                std::iter::once(&**receiver).chain(args).collect()
            }
            Node::Function(callee, _) => {
                self.found.calls.insert(*callee);
                Vec::new()
            }
            _ => Vec::new(),
        };
        let is_number = |e: &Expr| becomes_object(&e.ty);
        let (numbers, others): (Vec<&Expr>, Vec<&Expr>) =
            operands.into_iter().partition(|o| is_number(o));
        // Beside something that can hold it, or in a result that can.
        let is_held =
            others.iter().any(|o| self.bears(&o.ty, 0)) || (!is_number(e) && self.bears(&e.ty, 0));
        if is_held && numbers.iter().any(|n| !self.is_new(n)) {
            self.found.stores = true;
        }
        // A container made of others has new objects for their numbers.
        if !others.is_empty() && holds_numbers(&e.ty) && !self.is_new(e) && !finds(e) {
            self.found.stores = true;
        }
        if let Ty::Func(functions) = &e.ty {
            self.found.calls.extend(functions);
        }
        walk::in_expr(e, &mut |part| self.part(part));
    }

    /// Whether a value neither is a number as it came in nor leads to one.
    fn is_new(&self, e: &Expr) -> bool {
        if !self.bears(&e.ty, 0) {
            return true;
        }
        match &e.node {
            Node::Local(local) => !self.found.given.contains(local),
            Node::Capture(_) | Node::Constant(_) | Node::Borrow(_) => false,
            Node::Literal(_) | Node::Infix(..) | Node::Prefix(..) | Node::As(_) => true,
            Node::Fused(..) => true,
            Node::Function(callee, _) => !self.known[*callee].answers,
            Node::Call { path, args, .. } => {
                computes(path) || args.iter().all(|(_, a)| self.is_new(a))
            }
            Node::Method {
                receiver,
                name,
                args,
                ..
            } => {
                computes(name)
                    || (self.is_new(receiver) && args.iter().all(|(_, a)| self.is_new(a)))
            }
            Node::Tuple(items) | Node::Array(items) => items.iter().all(|i| self.is_new(i)),
            Node::Field(tuple, _) => self.is_new(tuple),
            Node::Choice(_, one, other) => self.is_new(one) && self.is_new(other),
            Node::Block(_, value) => self.is_new(value),
        }
    }

    /// Whether a value of the type may be a float, or lead to one.
    fn bears(&self, ty: &Ty, depth: usize) -> bool {
        let slot = |slot: usize| self.bears(&self.unit.types.get(slot), depth + 1);
        if depth > DEEPEST {
            return true;
        }
        match ty {
            Ty::Never
            | Ty::None
            | Ty::Bool
            | Ty::Int
            | Ty::Char
            | Ty::Str
            | Ty::Bytes
            | Ty::ByteArray
            | Ty::Array(..) => false,
            Ty::Np(dtype) => matches!(dtype.kind(), Kind::Float | Kind::Complex),
            Ty::Tuple(items) => items.iter().any(|i| self.bears(i, depth + 1)),
            Ty::Opt(inner) => self.bears(inner, depth + 1),
            Ty::TupleOf(item)
            | Ty::List(item)
            | Ty::Deque(item)
            | Ty::Set(item)
            | Ty::FrozenSet(item)
            | Ty::Iter(item)
            | Ty::Cell(item) => slot(*item),
            Ty::Dict(key, value) | Ty::Map(_, key, value) => slot(*key) || slot(*value),
            _ => true,
        }
    }
}

/// Whether values are numbers, or tuples of them, that become new objects where objects are needed.
fn becomes_object(ty: &Ty) -> bool {
    match ty {
        Ty::Float | Ty::Num | Ty::Real | Ty::Grown(_) | Ty::Complex | Ty::Func(_) => true,
        Ty::Np(dtype) => matches!(dtype.kind(), Kind::Float | Kind::Complex),
        Ty::Tuple(items) => items.iter().any(becomes_object),
        Ty::Opt(inner) => becomes_object(inner),
        _ => false,
    }
}

/// Whether values are containers.
fn holds_numbers(ty: &Ty) -> bool {
    match ty {
        Ty::TupleOf(_)
        | Ty::List(_)
        | Ty::Deque(_)
        | Ty::Set(_)
        | Ty::FrozenSet(_)
        | Ty::Dict(..)
        | Ty::Map(..) => true,
        Ty::Tuple(items) => items.iter().any(holds_numbers),
        Ty::Opt(inner) => holds_numbers(inner),
        _ => false,
    }
}

/// Whether an operation finds a container that is there already.
fn finds(e: &Expr) -> bool {
    match &e.node {
        Node::Call { path, .. } => FINDING.contains(&names(path).1),
        Node::Method { name, .. } => FINDING.contains(&names(name).1),
        _ => false,
    }
}

/// What answers a container that is there already.
const FINDING: [&str; 5] = ["get", "get_in", "item", "iter", "reversed"];

/// Modules of the support source that know numbers only.
const NUMBERS: [&str; 13] = [
    "int", "float", "math", "num", "real", "grown", "bits", "float64", "int64", "complex",
    "scalar", "exc", "half",
];

/// Methods of sums and of texts in the making, which keep no number.
const TAKING: [&str; 3] = ["add", "float", "float_as"];

/// What always makes a new number.
const COMPUTING: [&str; 23] = [
    "add",
    "sub",
    "mul",
    "div",
    "true_div",
    "floor_div",
    "floor_mod",
    "div_mod",
    "rem",
    "pow",
    "power",
    "plus",
    "minus",
    "times",
    "over",
    "neg",
    "abs",
    "round",
    "round_to",
    "sqrt",
    "powi",
    "powf",
    "finish",
];

/// A path's module and its last name, without types.
fn names(path: &str) -> (&str, &str) {
    let plain = path.split("::<").next().unwrap_or(path);
    plain.rsplit_once("::").unwrap_or(("", plain))
}

/// Whether a function of the support source takes numbers and keeps none.
fn is_arithmetic(path: &str) -> bool {
    NUMBERS.contains(&names(path).0)
}

/// Whether what a function of the support source answers is a new number.
fn computes(path: &str) -> bool {
    let (module, name) = names(path);
    matches!(module, "math" | "float") || COMPUTING.contains(&name)
}
