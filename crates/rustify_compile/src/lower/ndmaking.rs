//! Functions that make arrays, without NumPy's Python code: filled ones, places of what is set, running sums, counts.

use ruff_text_size::Ranged;

use super::build::{array_of, by_ref, call, int, literal, own, sure, sure_method};
use super::ndresults::{Call, summed};
use super::scope::Lowerer;
use crate::ir::{Expr, Node, Stmt};
use crate::types::{Scalar, Ty};

/// An array that is made in Rust.
pub(super) struct Making {
    /// What comes before.
    pub before: Vec<Stmt>,
    /// Whether Rust makes it; else NumPy does.
    pub test: Option<Expr>,
    /// The array.
    pub made: Expr,
}

/// An array that is always made in Rust.
fn always(made: Expr) -> Making {
    Making {
        before: Vec::new(),
        test: None,
        made,
    }
}

fn index(e: &Expr) -> Expr {
    sure_method(e.clone(), "index", Ty::Any, Vec::new())
}

/// A choice between what Rust makes and what NumPy makes.
pub(super) fn chosen(making: Making, ask: impl FnOnce() -> Expr) -> Expr {
    let made = match making.test {
        None => making.made,
        Some(test) => Expr {
            ty: making.made.ty.clone(),
            node: Node::Choice(Box::new(test), Box::new(making.made), Box::new(ask())),
        },
    };
    super::build::block(making.before, made)
}

impl Lowerer<'_, '_> {
    /// The extents of a shape.
    pub(super) fn extents(&mut self, shape: &Expr, nd: usize) -> Option<Vec<Expr>> {
        let parts: Vec<Expr> = match (&shape.ty, &shape.node) {
            (Ty::Int | Ty::Np(Scalar::Int64), _) => vec![shape.clone()],
            (Ty::Tuple(_), Node::Tuple(items)) => items.clone(),
            (Ty::Tuple(types), Node::Local(_)) => (0..types.len())
                .map(|at| Expr {
                    ty: types[at].clone(),
                    node: Node::Field(Box::new(shape.clone()), at),
                })
                .collect(),
            _ => return None,
        };
        let mut made = Vec::new();
        for part in parts {
            let part = self.index_number(part);
            if part.ty != Ty::Int {
                return None;
            }
            made.push(sure_method(part, "index", Ty::Any, Vec::new()));
        }
        (made.len() == nd).then_some(made)
    }

    /// What a function or a method of NumPy makes; where NumPy may have to make it, arguments are held.
    pub(super) fn making(
        &mut self,
        at: &impl Ranged,
        name: &str,
        args: &mut [Expr],
        keywords: &mut [(String, Expr)],
        (described, ty): (&Call, &Ty),
    ) -> Option<Making> {
        let names: Vec<&str> = keywords.iter().map(|(name, _)| name.as_str()).collect();
        let dtype_only = names.is_empty() || names == ["dtype"] && described.dtype.is_some();
        let plain = names.is_empty();
        match (name, ty, args.len()) {
            ("zeros" | "empty" | "ones", Ty::Array(d, nd), 1 | 2) if dtype_only => {
                if args.len() == 2 && described.named.get(1).copied().flatten().is_none() {
                    return None;
                }
                let shape = self.extents(&args[0], *nd)?;
                self.new_array(name, int(1), (*d, *nd), shape).map(always)
            }
            ("full", Ty::Array(d, nd), 2) if dtype_only => {
                let shape = self.extents(&args[0], *nd)?;
                let value = args[1].clone();
                self.new_array(name, value, (*d, *nd), shape).map(always)
            }
            ("zeros_like" | "ones_like" | "full_like", Ty::Array(d, nd), n)
                if plain && n == 1 + usize::from(name == "full_like") =>
            {
                let value = match name {
                    "zeros_like" => int(0),
                    "ones_like" => int(1),
                    _ => args[1].clone(),
                };
                if name == "full_like" && !matches!(value.node, Node::Local(_) | Node::Literal(_)) {
                    return None;
                }
                let (before, test) = self.tested(at, "is_ordered", args)?;
                let shape = (0..*nd)
                    .map(|axis| {
                        let axis = own(literal(&axis.to_string(), Ty::Any));
                        sure_method(args[0].clone(), "extent", Ty::Any, vec![axis])
                    })
                    .collect();
                let made = self.new_array("full", value, (*d, *nd), shape)?;
                let test = Some(test);
                Some(Making { before, test, made })
            }
            ("arange", Ty::Array(Scalar::Int64, 1), 1..=3)
                if plain && args.iter().all(|a| a.ty == Ty::Int) =>
            {
                let mut ends: Vec<Expr> = args.iter().map(index).collect();
                if ends.len() == 1 {
                    ends.insert(0, literal("0", Ty::Any));
                }
                if ends.len() == 2 {
                    ends.push(literal("1", Ty::Any));
                }
                let ends = ends.into_iter().map(own).collect();
                Some(always(call("ndmake::arange", ty.clone(), ends)))
            }
            ("append", Ty::Array(d, 1), 2) if plain && args[0].ty == *ty => {
                let fits = matches!(
                    (&args[1].ty, d),
                    (Ty::Int, Scalar::Int64) | (Ty::Float, Scalar::Float64)
                ) || args[1].ty == Ty::Np(*d);
                let item = fits.then(|| self.stored_item(args[1].clone(), *d))??;
                let array = super::sides::unreal(args[0].clone());
                let all = vec![by_ref(array), own(item)];
                Some(always(call("ndmake::append", ty.clone(), all)))
            }
            ("flatnonzero" | "nonzero" | "where", _, 1)
                if plain && matches!(args[0].ty, Ty::Array(d, 1) if !d.is_complex()) =>
            {
                let array = super::sides::unreal(args[0].clone());
                let places = Ty::Array(Scalar::Int64, 1);
                let made = call("ndmake::places", places.clone(), vec![by_ref(array)]);
                if name == "flatnonzero" {
                    return Some(always(made));
                }
                Some(always(Expr {
                    ty: Ty::Tuple(vec![places]),
                    node: Node::Tuple(vec![made]),
                }))
            }
            ("cumsum" | "cumprod", Ty::Array(to, nd), 1 | 2) => {
                let Ty::Array(from, axes) = args[0].ty else {
                    return None;
                };
                if from.is_complex() || *to != summed(from) || *nd != axes {
                    return None;
                }
                let axis = match (&args[1..], &*keywords) {
                    ([], []) if axes == 1 => literal("0", Ty::Any),
                    ([axis], []) if axis.ty == Ty::Int => index(axis),
                    ([], [(key, axis)]) if key == "axis" && axis.ty == Ty::Int => index(axis),
                    _ => return None,
                };
                let (before, test) = self.tested(at, "is_ordered", args)?;
                let kind = if name == "cumsum" { "Sum" } else { "Product" };
                let kind = literal(&format!("ndmake::Running::{kind}"), Ty::Any);
                let all = vec![own(kind), by_ref(args[0].clone()), own(axis)];
                let made = call("ndmake::running", ty.clone(), all);
                let test = Some(test);
                Some(Making { before, test, made })
            }
            ("unique", _, 1) if matches!(args[0].ty, Ty::Array(d, 1) if d.is_int()) => {
                let array = args[0].ty.clone();
                let both = Ty::Tuple(vec![array.clone(), Ty::Array(Scalar::Int64, 1)]);
                let counts = names == ["return_counts"] && described.returned == 1;
                if !(counts && *ty == both || plain && *ty == array) {
                    return None;
                }
                let (before, test) = self.tested(at, "is_short", args)?;
                let all = vec![by_ref(args[0].clone())];
                let made = call("ndmake::unique", both, all);
                let made = if counts {
                    made
                } else {
                    Expr {
                        ty: array,
                        node: Node::Field(Box::new(made), 0),
                    }
                };
                let test = Some(test);
                Some(Making { before, test, made })
            }
            ("bincount", _, 1) if args[0].ty == Ty::Array(Scalar::Int64, 1) => {
                let mut least = literal("0", Ty::Any);
                let mut weighed = None;
                let mut before = Vec::new();
                for (key, value) in keywords.iter_mut() {
                    match (key.as_str(), &value.ty) {
                        ("minlength", Ty::Int) => least = index(value),
                        ("weights", Ty::Array(Scalar::Float64, 1)) => {
                            before.extend(self.held_argument(at, "weights_of", value));
                            weighed = Some(value.clone());
                        }
                        _ => return None,
                    }
                }
                let (tested, test) = self.tested(at, "is_ordered", args)?;
                before.extend(tested);
                let keys = by_ref(args[0].clone());
                let made = match weighed {
                    Some(weights) => call(
                        "ndmake::weights",
                        Ty::Array(Scalar::Float64, 1),
                        vec![keys, by_ref(weights), own(least)],
                    ),
                    None => call(
                        "ndmake::counts",
                        Ty::Array(Scalar::Int64, 1),
                        vec![keys, own(least)],
                    ),
                };
                let test = Some(test);
                Some(Making { before, test, made })
            }
            _ => None,
        }
    }

    /// A new array in the order of C.
    fn new_array(
        &mut self,
        name: &str,
        value: Expr,
        (dtype, nd): (Scalar, usize),
        shape: Vec<Expr>,
    ) -> Option<Expr> {
        let path = match name {
            "ones" | "full" => "full",
            other => other,
        };
        let path = format!("ndmake::{path}::<{}, {nd}>", dtype.element());
        let mut all = vec![own(array_of(shape))];
        if matches!(name, "ones" | "full") {
            all.push(own(self.stored_item(value, dtype)?));
        }
        Some(call(&path, Ty::Array(dtype, nd), all))
    }

    /// An argument that is used twice: in a variable.
    fn held_argument(&mut self, at: &impl Ranged, name: &str, arg: &mut Expr) -> Option<Stmt> {
        if matches!(arg.node, Node::Local(_)) {
            return None;
        }
        let held = self.temporary(name, at, &arg.ty.clone());
        let stmt = self.assign(held, super::sides::unreal(arg.clone()));
        *arg = self.read(held);
        Some(stmt)
    }

    /// The array that is asked, in a variable, and the question.
    fn tested(
        &mut self,
        at: &impl Ranged,
        question: &str,
        args: &mut [Expr],
    ) -> Option<(Vec<Stmt>, Expr)> {
        if !matches!(args[0].ty, Ty::Array(..)) {
            return None;
        }
        let before = self.held_argument(at, "array_of", &mut args[0]);
        let asked = vec![by_ref(args[0].clone())];
        let test = sure(&format!("ndmake::{question}"), Ty::Bool, asked);
        Some((before.into_iter().collect(), test))
    }
}
