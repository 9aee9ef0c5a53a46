//! Methods of ufuncs: `numpy.maximum.accumulate`, `numpy.multiply.outer`, `numpy.add.at`.

use ruff_python_ast::{Expr as Ast, ExprAttribute, ExprCall};

use super::build::{array_of, block, by_ref, call, literal, method, own};
use super::ndcalled::is_ufunc_with_methods;
use super::ndresults::{Call, summed};
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
        let is_known = matches!(name, "reduce" | "accumulate" | "outer" | "reduceat" | "at")
            && is_ufunc_with_methods(ufunc);
        if !is_numpy || !is_known {
            return Ok(None);
        }
        if !is_plain {
            return self.ufunc_method_with_keywords(e, of, name);
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
                    None => Ty::Any,
                }
            }
            ("at", [Ty::Array(..) | Ty::Any, _, _]) => Ty::None,
            ("at", _) => return Ok(None),
            (_, all) if all.contains(&Ty::Never) => Ty::Never,
            _ => Ty::Any,
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
            before.push(Stmt::Do(if array.ty == Ty::Any {
                call("ndcall::keep", Ty::None, vec![by_ref(array.clone())])
            } else {
                method(array.clone(), "written", Ty::None, Vec::new())
            }));
            *first = array;
        }
        if ufunc == "add"
            && name == "at"
            && let Some(added) = self.added_at(&args)
        {
            let known = vec![by_ref(function), own(literal("c\"add\"", Ty::Any))];
            before.push(Stmt::Do(call("ndcall::known", Ty::None, known)));
            before.push(Stmt::Do(added));
            return Ok(Some(block(before, super::build::none())));
        }
        let answer = self.called_method(function, name, args, Vec::new());
        if ty == Ty::None {
            before.push(Stmt::Do(answer));
            return Ok(Some(block(before, super::build::none())));
        }
        let answer = self.coerce(answer, &ty);
        Ok(Some(block(before, answer)))
    }

    /// The same with keywords, whose answer is not known before.
    fn ufunc_method_with_keywords(
        &mut self,
        e: &ExprCall,
        of: &ExprAttribute,
        name: &str,
    ) -> Low<Option<Expr>> {
        let is_starred = |a: &Ast| matches!(a, Ast::Starred(_));
        if name == "at" || e.arguments.args.iter().any(is_starred) {
            return Ok(None);
        }
        let mut all = Vec::new();
        for arg in &e.arguments.args {
            all.push(self.expr(arg)?);
        }
        let mut described = Call::default();
        let Some(keywords) = self.keywords(name, &e.arguments.keywords, &mut described)? else {
            return Ok(None);
        };
        let Ast::Name(module) = &*of.value else {
            return Ok(None);
        };
        let (names, values): (Vec<String>, Vec<Expr>) = keywords.into_iter().unzip();
        all.extend(values);
        let place = Place::Attribute(module.id.to_string(), of.attr.to_string());
        let function = self.capture(place);
        Ok(Some(self.called_method(function, name, all, names)))
    }

    /// The call of a ufunc's method; the last arguments have the names.
    fn called_method(
        &mut self,
        function: Expr,
        name: &str,
        args: Vec<Expr>,
        names: Vec<String>,
    ) -> Expr {
        let all = args.into_iter().map(|a| self.coerce(a, &Ty::Any)).collect();
        let name = self.constant(Constant::Name(name.to_owned()));
        let names = self.named(names);
        call(
            "ndcall::of_ufunc",
            Ty::Any,
            vec![
                by_ref(function),
                by_ref(name),
                by_ref(array_of(all)),
                own(names),
            ],
        )
    }

    /// `numpy.add.at` of an array of one axis, with as many values as places, or with one.
    fn added_at(&mut self, args: &[Expr]) -> Option<Expr> {
        let [array, places, values] = args else {
            return None;
        };
        let Ty::Array(d, 1) = array.ty else {
            return None;
        };
        if places.ty != Ty::Array(Scalar::Int64, 1) || d.is_complex() {
            return None;
        }
        let own_value = match (&values.ty, d) {
            (Ty::Array(of, 1), d) if *of == d => {
                let all = [array, places, values].map(|a| by_ref(super::sides::unreal(a.clone())));
                return Some(call("ndmake::add_at", Ty::None, all.to_vec()));
            }
            (Ty::Int, Scalar::Int64 | Scalar::Float64) | (Ty::Float, Scalar::Float64) => true,
            (Ty::Np(of), d) => *of == d,
            _ => false,
        };
        let value = own_value.then(|| self.stored_item(values.clone(), d))??;
        let places = super::sides::unreal(places.clone());
        let all = vec![by_ref(array.clone()), by_ref(places), own(value)];
        Some(call("ndmake::add_one_at", Ty::None, all))
    }
}
