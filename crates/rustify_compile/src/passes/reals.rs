//! Variables that are a `float` at first and a `numpy.float64` later, as sums over arrays are: a number and a flag,
//! instead of one of four kinds of number.

use std::collections::{HashMap, HashSet};

use crate::ir::{Expr, Function, Local, Node, Pass, Stmt};
use crate::types::{Slot, Ty, Types};
use crate::walk::{self, Part};

/// Gives such variables a type of their own.
pub(crate) fn find_reals(function: &mut Function, types: &mut Types) {
    let mut body = std::mem::take(&mut function.body);
    let mut found = Found::default();
    body.iter().for_each(|s| found.stmt(s));
    let mut reals: HashSet<Local> = function
        .locals
        .iter()
        .enumerate()
        .filter(|(local, v)| {
            *local >= function.params
                && !(v.maybe_unbound || v.by_ref || v.in_place)
                && !found.other.contains(local)
                && found.values.contains_key(local)
                && types.get(v.slot) == Ty::Num
        })
        .map(|(local, _)| local)
        .collect();
    loop {
        let before = reals.len();
        let kept = reals
            .iter()
            .copied()
            .filter(|local| found.values[local].iter().all(|e| is_real(e, &reals)))
            .collect();
        reals = kept;
        if reals.len() == before {
            break;
        }
    }
    if !reals.is_empty() {
        let slot: Slot = types.fresh(Ty::Real);
        for &local in &reals {
            function.locals[local].slot = slot;
        }
        body.iter_mut().for_each(|s| stmt(s, &reals));
    }
    function.body = body;
}

/// The values that variables take.
#[derive(Default)]
struct Found<'t> {
    values: HashMap<Local, Vec<&'t Expr>>,
    /// Variables that take values in other ways.
    other: HashSet<Local>,
}

impl<'t> Found<'t> {
    fn stmt(&mut self, s: &'t Stmt) {
        match s {
            Stmt::Assign(local, e) => self.values.entry(*local).or_default().push(e),
            Stmt::For { sources, .. } => {
                self.other.extend(sources.iter().map(|(local, _)| *local));
            }
            Stmt::Try { error, .. } => {
                self.other.insert(*error);
            }
            _ => {}
        }
        walk::in_stmt(s, &mut |part| self.part(part));
    }

    fn expr(&mut self, e: &'t Expr) {
        if let Node::Borrow(local) = e.node {
            self.other.insert(local);
        }
        walk::in_expr(e, &mut |part| self.part(part));
    }

    fn part(&mut self, part: Part<&'t Expr, &'t [Stmt]>) {
        match part {
            Part::Expr(e) => self.expr(e),
            Part::Stmts(stmts) => stmts.iter().for_each(|s| self.stmt(s)),
        }
    }
}

/// The operation on two numbers that a path names.
fn operation(path: &str) -> Option<&'static str> {
    Some(match path {
        "num::add::<Int>" => "real::add",
        "num::sub::<Int>" => "real::sub",
        "num::mul::<Int>" => "real::mul",
        "num::plus::<Int>" => "real::plus",
        "num::minus::<Int>" => "real::minus",
        "num::times::<Int>" => "real::times",
        "num::true_div::<Int>" => "real::true_div",
        _ => return None,
    })
}

fn comparison(path: &str) -> Option<&'static str> {
    Some(match path {
        "num::lt::<Int>" => "<",
        "num::le::<Int>" => "<=",
        "num::eq::<Int>" => "==",
        _ => return None,
    })
}

/// A number that `wrap` made an `int` or a `float` of unknown kind.
fn wrapped<'e>(e: &'e Expr, wrap: &str) -> Option<&'e Expr> {
    match &e.node {
        Node::Call { path, args, .. } if path == wrap => args.first().map(|(_, a)| a),
        _ => None,
    }
}

/// Whether a value is a `float` or a `numpy.float64` whatever happens.
fn is_real(e: &Expr, reals: &HashSet<Local>) -> bool {
    match &e.node {
        Node::Local(local) => reals.contains(local),
        Node::Call { path, args, .. } => match path.as_str() {
            "Num::<Int>::Float" | "Num::<Int>::Float64" => true,
            "num::abs" | "num::neg" => args.iter().all(|(_, a)| is_real(a, reals)),
            path if operation(path).is_some() => {
                let is_whole =
                    |e: &Expr| e.ty == Ty::Int || wrapped(e, "Num::<Int>::Int").is_some();
                let is_float = |e: &Expr| e.ty == Ty::Float || is_real(e, reals);
                args.iter().all(|(_, a)| is_float(a) || is_whole(a))
                    && args.iter().any(|(_, a)| is_float(a))
            }
            _ => false,
        },
        Node::Choice(_, a, b) => is_real(a, reals) && is_real(b, reals),
        Node::Block(_, value) => is_real(value, reals),
        _ => false,
    }
}

fn call(path: &str, args: Vec<Expr>, fails: bool) -> Expr {
    Expr {
        ty: Ty::Real,
        node: Node::Call {
            path: path.to_owned(),
            args: args.into_iter().map(|a| (Pass::Own, a)).collect(),
            fails,
        },
    }
}

fn float_of(e: Expr) -> Expr {
    Expr {
        ty: Ty::Float,
        node: Node::Call {
            path: "int::to_float".to_owned(),
            args: vec![(Pass::Own, e)],
            fails: false,
        },
    }
}

/// A real value by its new type.
fn made(mut e: Expr, reals: &HashSet<Local>) -> Expr {
    if e.ty == Ty::Float {
        expr(&mut e, reals);
        return call("real::plain", vec![e], false);
    }
    if e.ty == Ty::Int {
        expr(&mut e, reals);
        return call("real::plain", vec![float_of(e)], false);
    }
    match e.node {
        Node::Call { path, args, .. } => {
            let mut args: Vec<Expr> = args.into_iter().map(|(_, a)| a).collect();
            match path.as_str() {
                "Num::<Int>::Float" | "Num::<Int>::Float64" => {
                    args.iter_mut().for_each(|a| expr(a, reals));
                    let name = if path.ends_with("64") {
                        "real::numpys"
                    } else {
                        "real::plain"
                    };
                    call(name, args, false)
                }
                "Num::<Int>::Int" => {
                    args.iter_mut().for_each(|a| expr(a, reals));
                    let whole = args.remove(0);
                    call("real::plain", vec![float_of(whole)], false)
                }
                "num::abs" | "num::neg" => {
                    let args = args.into_iter().map(|a| made(a, reals)).collect();
                    let name = path.replace("num::", "real::");
                    call(&name, args, false)
                }
                _ => {
                    let args = args.into_iter().map(|a| made(a, reals)).collect();
                    let name = operation(&path).unwrap_or("real::add");
                    let fails = matches!(
                        name,
                        "real::add" | "real::sub" | "real::mul" | "real::true_div"
                    );
                    call(name, args, fails)
                }
            }
        }
        Node::Choice(mut test, a, b) => {
            expr(&mut test, reals);
            let (a, b) = (made(*a, reals), made(*b, reals));
            Expr {
                ty: Ty::Real,
                node: Node::Choice(test, Box::new(a), Box::new(b)),
            }
        }
        Node::Block(mut stmts, value) => {
            stmts.iter_mut().for_each(|s| stmt(s, reals));
            Expr {
                ty: Ty::Real,
                node: Node::Block(stmts, Box::new(made(*value, reals))),
            }
        }
        node => Expr { ty: Ty::Real, node },
    }
}

fn stmt(s: &mut Stmt, reals: &HashSet<Local>) {
    if let Stmt::Assign(local, e) = s
        && reals.contains(local)
    {
        let value = std::mem::replace(
            e,
            Expr {
                ty: Ty::None,
                node: Node::Literal(String::new()),
            },
        );
        *e = made(value, reals);
        return;
    }
    walk::in_stmt_mut(s, &mut |part| within(part, reals));
}

/// The bare number of an operand of a comparison.
fn bare(mut e: Expr, reals: &HashSet<Local>) -> Expr {
    if e.ty == Ty::Float {
        expr(&mut e, reals);
        return e;
    }
    let e = made(e, reals);
    match e.node {
        Node::Call {
            ref path, ref args, ..
        } if matches!(path.as_str(), "real::plain" | "real::numpys") => args[0].1.clone(),
        _ => Expr {
            ty: Ty::Float,
            node: Node::Field(Box::new(e), 0),
        },
    }
}

/// Uses of the variables in other expressions.
fn expr(e: &mut Expr, reals: &HashSet<Local>) {
    if let Node::Call { path, args, .. } = &e.node {
        let is_float = |e: &Expr| e.ty == Ty::Float || is_real(e, reals);
        if let Some(op) = comparison(path)
            && args.iter().all(|(_, a)| is_float(a))
            && args.iter().any(|(_, a)| is_real(a, reals))
        {
            let sides: Vec<Expr> = args.iter().map(|(_, a)| bare(a.clone(), reals)).collect();
            if let [a, b] = sides.as_slice() {
                e.node = Node::Infix(op, Box::new(a.clone()), Box::new(b.clone()));
            }
            return;
        }
    }
    if let Node::Method { receiver, name, .. } = &mut e.node
        && name == "float"
        && receiver.ty == Ty::Num
        && is_real(receiver, reals)
    {
        *e = bare((**receiver).clone(), reals);
        return;
    }
    let is_new = |e: &Expr| match &e.node {
        Node::Local(local) => reals.contains(local),
        Node::Call { path, .. } => {
            is_real(e, reals) && (operation(path).is_some() || path.starts_with("num::"))
        }
        _ => false,
    };
    if is_new(e) {
        let value = made(e.clone(), reals);
        *e = Expr {
            ty: Ty::Num,
            node: Node::Method {
                receiver: Box::new(value),
                name: "num::<Int>".to_owned(),
                args: Vec::new(),
                fails: false,
            },
        };
        return;
    }
    walk::in_expr_mut(e, &mut |part| within(part, reals));
}

fn within(part: Part<&mut Expr, &mut Vec<Stmt>>, reals: &HashSet<Local>) {
    match part {
        Part::Expr(e) => expr(e, reals),
        Part::Stmts(stmts) => stmts.iter_mut().for_each(|s| stmt(s, reals)),
    }
}
