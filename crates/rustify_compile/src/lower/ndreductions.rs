//! Reductions of arrays that go straight to their ufunc, and what they ask of the array.

use super::build::{array_of, block, by_ref, call, literal, own, sure_method};
use super::ndnames::reduction;
use super::scope::Lowerer;
use super::unit::Constant;
use crate::ir::{Expr, Node, Pass, Stmt};
use crate::types::{Scalar, Ty};

/// The keywords of a reduction.
#[derive(Default)]
struct Options {
    /// The axes, as numbers of the machine; none where all are meant.
    axes: Vec<Expr>,
    /// Whether axes stay with extent 1.
    keeps: bool,
    /// The degrees of freedom that are taken away.
    taken: Option<Expr>,
}

impl Options {
    /// The keywords, if all of them are known; the only axis of an array is none.
    fn of(keywords: &[(String, Expr)], nd: usize) -> Option<Self> {
        let index = |e: &Expr| sure_method(e.clone(), "index", Ty::Any, Vec::new());
        let mut options = Self::default();
        for (key, value) in keywords {
            match (key.as_str(), &value.node) {
                ("axis", Node::Literal(axis))
                    if nd == 1 && value.ty == Ty::Int && matches!(axis.as_str(), "0" | "-1") => {}
                ("axis", _) if value.ty == Ty::None => {}
                ("axis", _) if value.ty == Ty::Int => options.axes.push(index(value)),
                ("axis", Node::Tuple(axes))
                    if !axes.is_empty() && axes.iter().all(|a| a.ty == Ty::Int) =>
                {
                    options.axes.extend(axes.iter().map(index));
                }
                ("keepdims", Node::Literal(keeps)) => options.keeps = keeps == "true",
                ("ddof", _) if value.ty == Ty::Int => options.taken = Some(index(value)),
                _ => return None,
            }
        }
        Some(options)
    }

    /// The axes and whether they stay, as arguments.
    fn along(&self) -> [(Pass, Expr); 2] {
        let keeps = if self.keeps { "true" } else { "false" };
        [
            by_ref(array_of(self.axes.clone())),
            own(literal(keeps, Ty::Any)),
        ]
    }
}

impl Lowerer<'_, '_> {
    /// A reduction of an array without NumPy's Python code around it: over all items, or along an axis.
    pub(super) fn reduced(
        &mut self,
        name: &str,
        array: &Expr,
        keywords: &[(String, Expr)],
        ty: &Ty,
        function: Option<&Expr>,
    ) -> Option<Expr> {
        let Ty::Array(dtype, nd) = array.ty else {
            return None;
        };
        if dtype.is_complex() {
            return None;
        }
        let options = Options::of(keywords, nd)?;
        let array = super::sides::unreal(array.clone());
        let element = dtype.element();
        if let Some(kind) = reduction(name) {
            if options.taken.is_some() {
                return None;
            }
            let path = match kind {
                "Sum" => "sum",
                "Prod" => "prod",
                "Min" | "Max" => "extreme",
                "Any" => "any",
                _ => "all",
            };
            let kind = literal(&format!("ndreduce::Kind::{kind}"), Ty::Any);
            let made = match (ty, &options.axes[..]) {
                (Ty::Np(_), []) if !options.keeps => {
                    let mut args = vec![by_ref(array)];
                    if path == "extreme" {
                        args.insert(0, own(kind));
                    }
                    call(&format!("ndtotal::{path}"), ty.clone(), args)
                }
                (Ty::Np(_), [_]) if !options.keeps => {
                    let axis = self.coerce(keywords[0].1.clone(), &Ty::Any);
                    let object = self.coerce(array, &Ty::Any);
                    let args = vec![own(kind), by_ref(object), by_ref(axis)];
                    let made = call("ndreduce::reduce", Ty::Any, args);
                    self.coerce(made, ty)
                }
                (Ty::Array(to, left), [_, ..]) => {
                    let mut args = vec![own(kind), by_ref(array)];
                    args.extend(options.along());
                    let path = match path {
                        "sum" => {
                            args.remove(0);
                            format!("ndtotal::sums::<{element}, {nd}, {left}>")
                        }
                        "extreme" => format!("ndtotal::extremes::<{element}, {nd}, {left}>"),
                        _ => format!("ndtotal::over::<{element}, {}, {nd}, {left}>", to.element()),
                    };
                    call(&path, ty.clone(), args)
                }
                _ => return None,
            };
            return Some(made);
        }
        let place = match name {
            "argmin" => Some("Min"),
            "argmax" => Some("Max"),
            _ => None,
        };
        if let (Some(kind), []) = (place, keywords) {
            let kind = literal(&format!("ndreduce::Kind::{kind}"), Ty::Any);
            let name = self.constant(Constant::Name(name.to_owned()));
            let args = vec![own(kind), by_ref(array), by_ref(name)];
            return Some(call("ndtotal::place", Ty::Np(Scalar::Int64), args));
        }
        if let ("mean" | "var" | "std", Ty::Array(to, left), [_, ..]) =
            (name, ty, &options.axes[..])
        {
            if !to.is_float() || name != "mean" && !dtype.is_float() {
                return None;
            }
            let mut args = vec![by_ref(array)];
            args.extend(options.along());
            let path = if name == "mean" {
                if options.taken.is_some() {
                    return None;
                }
                format!(
                    "ndmeans::mean_along::<{element}, {}, {nd}, {left}>",
                    to.element()
                )
            } else {
                args.push(own(options.taken.unwrap_or_else(|| literal("0", Ty::Any))));
                format!("ndmeans::{name}_along::<{element}, {nd}, {left}>")
            };
            return Some(call(&path, ty.clone(), args));
        }
        // What stays needs no axis; one that is the only one was dropped.
        if !options.axes.is_empty() || options.keeps {
            return None;
        }
        match (name, options.taken) {
            ("norm", None) if dtype.is_float() => {
                let function = function?.clone();
                let args = vec![by_ref(array), by_ref(function)];
                Some(call("ndpick::norm", Ty::Np(dtype), args))
            }
            ("median", None) if dtype.is_float() && nd == 1 => {
                let function = function?.clone();
                let args = vec![by_ref(array), by_ref(function)];
                Some(call("ndpick::median", Ty::Np(dtype), args))
            }
            ("mean", None) if dtype.is_float() => {
                Some(call("ndmeans::mean", Ty::Np(dtype), vec![by_ref(array)]))
            }
            ("mean", None) => Some(call(
                "ndmeans::mean_of_whole",
                Ty::Np(Scalar::Float64),
                vec![by_ref(array)],
            )),
            ("var" | "std", taken) if dtype.is_float() => Some(call(
                &format!("ndmeans::{name}"),
                Ty::Np(dtype),
                vec![
                    by_ref(array),
                    own(taken.unwrap_or_else(|| literal("0", Ty::Any))),
                ],
            )),
            _ => None,
        }
    }

    /// `numpy.percentile` or `numpy.quantile` of floats of one axis.
    pub(super) fn quantile(
        &mut self,
        name: &str,
        function: &Expr,
        (array, q): (&Expr, &Expr),
        ty: &Ty,
    ) -> Option<Expr> {
        let whole = match name {
            "percentile" => "100.0",
            "quantile" => "1.0",
            _ => return None,
        };
        let path = match (&array.ty, &q.ty, ty) {
            (Ty::Array(Scalar::Float64, 1), _, Ty::Np(Scalar::Float64)) if q.ty.is_number() => {
                "ndquantile::one"
            }
            (Ty::Array(Scalar::Float64, 1), Ty::List(_), Ty::Array(Scalar::Float64, 1)) => {
                "ndquantile::many"
            }
            _ => return None,
        };
        let array = super::sides::unreal(array.clone());
        let q = self.coerce(q.clone(), &Ty::Any);
        let args = vec![
            by_ref(array),
            by_ref(q),
            own(literal(whole, Ty::Float)),
            by_ref(function.clone()),
        ];
        let known = literal(&format!("c\"{name}\""), Ty::Any);
        let known = call(
            "ndcall::known",
            Ty::None,
            vec![by_ref(function.clone()), own(known)],
        );
        Some(block(vec![Stmt::Do(known)], call(path, ty.clone(), args)))
    }

    /// An array with items, so that NumPy does not warn of a mean of nothing.
    pub(super) fn checked_items(&mut self, array: Expr, keywords: &[(String, Expr)]) -> Expr {
        let ty = array.ty.clone();
        let object = self.coerce(array, &Ty::Any);
        let checked = match keywords.iter().find(|(n, _)| n == "ddof") {
            Some((_, taken)) => {
                let taken = self.coerce(taken.clone(), &Ty::Any);
                call("ndcall::degrees", Ty::Any, vec![own(object), by_ref(taken)])
            }
            None => call("ndcall::filled", Ty::Any, vec![own(object)]),
        };
        let _ = ty;
        checked
    }
}
