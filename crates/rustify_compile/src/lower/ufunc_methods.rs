//! Methods of ufuncs: `numpy.maximum.accumulate`, `numpy.multiply.outer`, `numpy.add.at`.

use ruff_python_ast::{Expr as Ast, ExprAttribute, ExprCall};

use super::build::{array_of, block, by_ref, call, method};
use super::ndresults::summed;
use super::scope::{Low, Lowerer};
use super::unit::{Constant, Place};
use crate::ir::{Expr, Stmt};
use crate::program::Global;
use crate::types::{Scalar, Ty};

/// What a ufunc of two numbers makes of numbers of some dtypes.
fn made(name: &str, a: Scalar, b: Scalar) -> Option<Scalar> {
    let both = a.promote(b);
    match name {
        "maximum" | "minimum" => Some(both),
        "add" | "multiply" => Some(both),
        "subtract" if both != Scalar::Bool8 => Some(both),
        _ => None,
    }
}

impl Lowerer<'_, '_> {
    /// A call of a method of a ufunc that an attribute of the module `numpy` names.
    pub(super) fn ufunc_method(&mut self, e: &ExprCall, a: &ExprAttribute) -> Low<Option<Expr>> {
        let Ast::Attribute(of) = &*a.value else {
            return Ok(None);
        };
        let Ast::Name(n) = &*of.value else {
            return Ok(None);
        };
        let is_numpy = self.find(&n.id).is_none()
            && matches!(self.unit.program.globals.get(n.id.as_str()), Some(Global::Module(m)) if m == "numpy");
        let (ufunc, name) = (of.attr.as_str(), a.attr.as_str());
        let is_plain = e.arguments.keywords.is_empty()
            && !e
                .arguments
                .args
                .iter()
                .any(|a| matches!(a, Ast::Starred(_)));
        if !is_numpy || !is_plain || made(ufunc, Scalar::Int64, Scalar::Int64).is_none() {
            return Ok(None);
        }
        let mut args = Vec::new();
        for arg in &e.arguments.args {
            args.push(self.expr(arg)?);
        }
        let types: Vec<Ty> = args.iter().map(|a| a.ty.clone()).collect();
        let sums = matches!(ufunc, "add" | "multiply");
        let ty = match (name, &types[..]) {
            ("accumulate", [Ty::Array(d, n)] | [Ty::Array(d, n), Ty::Int])
                if ufunc != "subtract" =>
            {
                Ty::Array(if sums { summed(*d) } else { *d }, *n)
            }
            ("reduce", [Ty::Array(d, 1)]) if ufunc != "subtract" => {
                Ty::Np(if sums { summed(*d) } else { *d })
            }
            ("outer", [Ty::Array(a, n), Ty::Array(b, m)]) if n + m <= 4 => {
                match made(ufunc, *a, *b) {
                    Some(d) => Ty::Array(d, n + m),
                    None => return Ok(None),
                }
            }
            ("at", [Ty::Array(..), _, _]) => Ty::None,
            (_, all) if all.contains(&Ty::Never) => Ty::Never,
            _ => return Ok(None),
        };
        let place = Place::Attribute(n.id.to_string(), of.attr.to_string());
        let function = self.capture(place);
        let mut before = Vec::new();
        if name == "at"
            && let Some(first) = args.first_mut()
        {
            let kept = self.temporary("written", e, &first.ty.clone());
            before.push(self.assign(kept, first.clone()));
            let array = self.read(kept);
            before.push(Stmt::Do(method(
                array.clone(),
                "written",
                Ty::None,
                Vec::new(),
            )));
            *first = array;
        }
        let all = args.into_iter().map(|a| self.coerce(a, &Ty::Any)).collect();
        let name = self.constant(Constant::Name(name.to_owned()));
        let answer = call(
            "ndcall::of_ufunc",
            Ty::Any,
            vec![by_ref(function), by_ref(name), by_ref(array_of(all))],
        );
        if ty == Ty::None {
            before.push(Stmt::Do(answer));
            return Ok(Some(block(before, super::build::none())));
        }
        let answer = self.coerce(answer, &ty);
        Ok(Some(block(before, answer)))
    }
}
