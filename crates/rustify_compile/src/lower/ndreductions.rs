//! Reductions of arrays that go straight to their ufunc, and what they ask of the array.

use super::build::{by_ref, call, literal, own};
use super::ndnames::reduction;
use super::scope::Lowerer;
use crate::ir::Expr;
use crate::types::{Scalar, Ty};

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
        let array = array.clone();
        if let Some(kind) = reduction(name) {
            let axis = match keywords {
                [] => super::build::none(),
                [(key, axis)] if key == "axis" && matches!(axis.ty, Ty::Int | Ty::None) => {
                    axis.clone()
                }
                _ => return None,
            };
            if dtype.is_complex() {
                return None;
            }
            let (object, axis) = (self.coerce(array, &Ty::Any), self.coerce(axis, &Ty::Any));
            let kind = literal(&format!("ndreduce::Kind::{kind}"), Ty::Any);
            let made = call(
                "ndreduce::reduce",
                Ty::Any,
                vec![own(kind), by_ref(object), by_ref(axis)],
            );
            return Some(self.coerce(made, ty));
        }
        let array = super::sides::unreal(array);
        match (name, keywords) {
            ("mean", [(key, axis)])
                if key == "axis" && axis.ty == Ty::Int && nd > 1 && !dtype.is_complex() =>
            {
                let Ty::Array(to, left) = *ty else {
                    return None;
                };
                let axis = super::build::sure_method(axis.clone(), "index", Ty::Any, Vec::new());
                let path = format!(
                    "ndpick::mean_along::<{}, {}, {nd}, {left}>",
                    dtype.element(),
                    to.element()
                );
                (to.is_float() && left + 1 == nd)
                    .then(|| call(&path, ty.clone(), vec![by_ref(array), own(axis)]))
            }
            ("norm", []) if dtype.is_float() => {
                let function = function?.clone();
                let args = vec![by_ref(array), by_ref(function)];
                Some(call("ndpick::norm", Ty::Np(dtype), args))
            }
            ("median", []) if dtype.is_float() && nd == 1 => {
                let function = function?.clone();
                let args = vec![by_ref(array), by_ref(function)];
                Some(call("ndpick::median", Ty::Np(dtype), args))
            }
            ("mean", []) if dtype.is_float() => {
                Some(call("ndreduce::mean", Ty::Np(dtype), vec![by_ref(array)]))
            }
            ("mean", []) if !dtype.is_complex() => Some(call(
                "ndreduce::mean_of_whole",
                Ty::Np(Scalar::Float64),
                vec![by_ref(array)],
            )),
            ("var" | "std", []) if dtype.is_float() => Some(call(
                &format!("ndreduce::{name}"),
                Ty::Np(dtype),
                vec![by_ref(array), own(literal("0", Ty::Any))],
            )),
            ("var" | "std", [(key, taken)])
                if dtype.is_float() && key == "ddof" && taken.ty == Ty::Int =>
            {
                let taken = super::build::sure_method(taken.clone(), "index", Ty::Any, Vec::new());
                Some(call(
                    &format!("ndreduce::{name}"),
                    Ty::Np(dtype),
                    vec![by_ref(array), own(taken)],
                ))
            }
            _ => None,
        }
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
