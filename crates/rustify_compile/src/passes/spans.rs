//! Between which bounds the whole numbers of a loop lie, as expressions of what does not change in it.

use std::collections::{HashMap, HashSet};

use crate::ir::{Expr, Function, Local, Node, Pass};
use crate::types::Ty;

/// Literals and numbers from outside are at most so many, and sums of so few of them are taken, that bounds cannot
/// overflow: [`NEAR`] of the support source is 2^40.
const MOST: i64 = 1 << 20;

/// The least and the greatest value of an expression.
#[derive(Clone, Debug)]
pub(super) struct Span {
    pub low: Expr,
    pub high: Expr,
    /// How many numbers from outside are added up in it.
    weight: i64,
}

/// What is known of variables at some place.
pub(super) type Known = HashMap<Local, Span>;

/// What bounds are made of.
pub(super) struct Outside<'f> {
    pub function: &'f Function,
    /// Variables that the loop changes.
    pub changed: HashSet<Local>,
    /// The numbers from outside that bounds are made of.
    pub roots: Vec<Expr>,
}

fn whole(value: i64) -> Expr {
    Expr {
        ty: Ty::Int,
        node: Node::Literal(value.to_string()),
    }
}

fn value_of(e: &Expr) -> Option<i64> {
    match &e.node {
        Node::Literal(text) => text.parse().ok(),
        _ => None,
    }
}

fn infix(op: &'static str, a: Expr, b: Expr) -> Expr {
    let made = |a: i64, b: i64| match op {
        "+" => a + b,
        "-" => a - b,
        _ => a * b,
    };
    match (value_of(&a), value_of(&b)) {
        (Some(x), Some(y)) => return whole(made(x, y)),
        (_, Some(0)) if op != "*" => return a,
        (Some(0), _) if op == "+" => return b,
        // Constants are put together at the end.
        (None, Some(y)) => {
            if let Node::Infix(inner @ ("+" | "-"), x, c) = &a.node
                && let Some(c) = value_of(c)
                && op != "*"
            {
                let c = if *inner == "+" { c } else { -c };
                let all = if op == "+" { c + y } else { c - y };
                return infix("+", (**x).clone(), whole(all));
            }
        }
        _ => {}
    }
    Expr {
        ty: Ty::Int,
        node: Node::Infix(op, Box::new(a), Box::new(b)),
    }
}

fn extreme(name: &str, a: Expr, b: Expr) -> Expr {
    match (value_of(&a), value_of(&b)) {
        (Some(x), Some(y)) => return whole(if name == "min" { x.min(y) } else { x.max(y) }),
        _ if format!("{a:?}") == format!("{b:?}") => return a,
        _ => {}
    }
    Expr {
        ty: Ty::Int,
        node: Node::Method {
            receiver: Box::new(a),
            name: name.to_owned(),
            args: vec![(Pass::Own, b)],
            fails: false,
        },
    }
}

fn one(value: Expr) -> Span {
    Span {
        low: value.clone(),
        high: value,
        weight: 1,
    }
}

impl Outside<'_> {
    /// The bounds of an expression.
    pub(super) fn span(&mut self, e: &Expr, known: &Known) -> Option<Span> {
        let span = match &e.node {
            Node::Literal(_) if e.ty == Ty::Int => {
                let value = value_of(e).filter(|v| v.abs() < MOST)?;
                one(whole(value))
            }
            Node::Local(local) if e.ty == Ty::Int => match known.get(local) {
                Some(span) => span.clone(),
                None => self.root(e, *local)?,
            },
            Node::As(inner) => match &inner.node {
                Node::Method { receiver, name, .. }
                    if matches!(name.as_str(), "extent" | "first_extent") =>
                {
                    match receiver.node {
                        Node::Local(local) => self.root(e, local)?,
                        _ => return None,
                    }
                }
                _ => return None,
            },
            Node::Call { path, args, .. } => {
                let [(_, a), (_, b)] = args.as_slice() else {
                    return None;
                };
                match path.as_str() {
                    "int::add" => self.sum("+", a, b, known)?,
                    "int::sub" => self.sum("-", a, b, known)?,
                    "int::mul" => self.product(a, b, known)?,
                    _ => return None,
                }
            }
            Node::Infix(op @ ("+" | "-"), a, b) if e.ty == Ty::Int => self.sum(op, a, b, known)?,
            Node::Method {
                receiver,
                name,
                args,
                ..
            } if e.ty == Ty::Int && matches!(name.as_str(), "min" | "max") => {
                let [(_, other)] = args.as_slice() else {
                    return None;
                };
                let (a, b) = (self.span(receiver, known)?, self.span(other, known)?);
                Span {
                    low: extreme(name, a.low, b.low),
                    high: extreme(name, a.high, b.high),
                    weight: a.weight.max(b.weight),
                }
            }
            _ => return None,
        };
        (span.weight < MOST).then_some(span)
    }

    /// A number that does not change in the loop.
    fn root(&mut self, e: &Expr, local: Local) -> Option<Span> {
        let variable = &self.function.locals[local];
        if self.changed.contains(&local) || variable.maybe_unbound || variable.by_ref {
            return None;
        }
        self.roots.push(e.clone());
        Some(one(e.clone()))
    }

    fn sum(&mut self, op: &str, a: &Expr, b: &Expr, known: &Known) -> Option<Span> {
        let (a, b) = (self.span(a, known)?, self.span(b, known)?);
        let weight = a.weight + b.weight;
        Some(if op == "+" {
            Span {
                low: infix("+", a.low, b.low),
                high: infix("+", a.high, b.high),
                weight,
            }
        } else {
            Span {
                low: infix("-", a.low, b.high),
                high: infix("-", a.high, b.low),
                weight,
            }
        })
    }

    /// A product with a literal that is not negative.
    fn product(&mut self, a: &Expr, b: &Expr, known: &Known) -> Option<Span> {
        let (factor, other) = match (value_of(a), value_of(b)) {
            (Some(f), _) => (f, b),
            (_, Some(f)) => (f, a),
            _ => return None,
        };
        if !(0..1024).contains(&factor) {
            return None;
        }
        let span = self.span(other, known)?;
        Some(Span {
            low: infix("*", span.low, whole(factor)),
            high: infix("*", span.high, whole(factor)),
            weight: span.weight * factor.max(1),
        })
    }

    /// The bounds of what a range gives.
    pub(super) fn range(&mut self, range: &Expr, known: &Known) -> Option<Span> {
        let Node::Call { path, args, .. } = &range.node else {
            return None;
        };
        match (path.as_str(), args.as_slice()) {
            ("upto::<Int>", [(_, start), (_, stop)]) => {
                let (start, stop) = (self.span(start, known)?, self.span(stop, known)?);
                Some(Span {
                    low: start.low,
                    high: infix("-", stop.high, whole(1)),
                    weight: start.weight.max(stop.weight),
                })
            }
            ("range::<Int>", [(_, start), (_, stop), (_, step)]) => {
                let step = value_of(step).filter(|&s| s != 0)?;
                let (start, stop) = (self.span(start, known)?, self.span(stop, known)?);
                let weight = start.weight.max(stop.weight);
                Some(if step > 0 {
                    Span {
                        low: start.low,
                        high: infix("-", stop.high, whole(1)),
                        weight,
                    }
                } else {
                    Span {
                        low: infix("+", stop.low, whole(1)),
                        high: start.high,
                        weight,
                    }
                })
            }
            _ => None,
        }
    }

    /// What a condition tells of variables where it holds (or does not).
    pub(super) fn refine(&mut self, test: &Expr, holds: bool, known: &mut Known) {
        match &test.node {
            Node::Infix("&&", a, b) if holds => {
                self.refine(a, true, known);
                self.refine(b, true, known);
            }
            Node::Infix("||", a, b) if !holds => {
                self.refine(a, false, known);
                self.refine(b, false, known);
            }
            Node::Prefix("!", a) => self.refine(a, !holds, known),
            Node::Infix(op, a, b) if a.ty == Ty::Int && b.ty == Ty::Int => {
                self.compare(op, a, b, holds, known);
                let mirrored = match *op {
                    "<" => ">",
                    "<=" => ">=",
                    ">" => "<",
                    ">=" => "<=",
                    other => other,
                };
                self.compare(mirrored, b, a, holds, known);
            }
            _ => {}
        }
    }

    /// What `a op b` tells of the variable `a`.
    fn compare(&mut self, op: &str, a: &Expr, b: &Expr, holds: bool, known: &mut Known) {
        let Node::Local(local) = a.node else {
            return;
        };
        let (Some(old), Some(b)) = (known.get(&local).cloned(), self.span(b, known)) else {
            return;
        };
        let weight = old.weight.max(b.weight) + 1;
        let (mut low, mut high) = (old.low, old.high);
        match (op, holds) {
            ("<", true) | (">=", false) => {
                high = extreme("min", high, infix("-", b.high, whole(1)));
            }
            ("<=", true) | (">", false) => high = extreme("min", high, b.high),
            (">", true) | ("<=", false) => {
                low = extreme("max", low, infix("+", b.low, whole(1)));
            }
            (">=", true) | ("<", false) => low = extreme("max", low, b.low),
            ("==", true) | ("!=", false) => {
                (low, high) = (extreme("max", low, b.low), extreme("min", high, b.high));
            }
            _ => return,
        }
        known.insert(local, Span { low, high, weight });
    }
}

/// An expression with known bounds, without looking for overflow.
pub(super) fn relax(e: &mut Expr) {
    match &mut e.node {
        Node::Call { path, args, .. } => {
            let op = match path.as_str() {
                "int::add" => "+",
                "int::sub" => "-",
                "int::mul" => "*",
                _ => return,
            };
            let mut args = std::mem::take(args).into_iter().map(|(_, a)| a);
            if let (Some(mut a), Some(mut b)) = (args.next(), args.next()) {
                relax(&mut a);
                relax(&mut b);
                e.node = Node::Infix(op, Box::new(a), Box::new(b));
            }
        }
        Node::Infix(_, a, b) => {
            relax(a);
            relax(b);
        }
        Node::Method { receiver, args, .. } => {
            relax(receiver);
            args.iter_mut().for_each(|(_, a)| relax(a));
        }
        _ => {}
    }
}
