//! `numpy.r_[…]` and other objects whose subscripts make arrays.

use ruff_python_ast::{Expr as Ast, ExprSubscript, Number};

use super::build::{array_of, block, by_ref, call, literal, own, sure};
use super::scope::{Low, Lowerer};
use crate::ir::{Expr, Stmt};
use crate::types::{Scalar, Ty};

/// What stands in such a subscript.
enum Part {
    /// A slice, and the dtype of the numbers that it stands for.
    Slice(Option<Scalar>),
    /// Another value, by its type.
    Value(Ty),
}

/// The dtype of numbers of a type, and whether it gives way to that of arrays.
fn number(ty: &Ty) -> Option<(Scalar, bool)> {
    Some(match ty {
        Ty::Int => (Scalar::Int64, true),
        Ty::Float => (Scalar::Float64, true),
        Ty::Bool => (Scalar::Bool8, false),
        Ty::Np(d) | Ty::Array(d, _) => (*d, false),
        _ => return None,
    })
}

/// The dtype of all parts together, of which arrays have at most so many axes.
fn common(parts: &[Part], most_axes: usize) -> Option<Scalar> {
    let (mut firm, mut weak) = (None::<Scalar>, None::<Scalar>);
    for part in parts {
        let (dtype, gives_way) = match part {
            Part::Slice(d) => ((*d)?, false),
            Part::Value(Ty::Array(_, n)) if *n > most_axes => return None,
            Part::Value(ty) => number(ty)?,
        };
        let to = if gives_way { &mut weak } else { &mut firm };
        *to = Some(to.map_or(dtype, |d| d.promote(dtype)));
    }
    match (firm, weak) {
        (Some(f), Some(Scalar::Float64)) if f.is_int() || f == Scalar::Bool8 => {
            Some(Scalar::Float64)
        }
        (Some(Scalar::Bool8), Some(_)) => Some(Scalar::Int64),
        (Some(f), _) => Some(f),
        (None, weak) => weak,
    }
}

/// What a subscript gives; a wrong guess is caught when the program runs.
fn given(name: &str, parts: &[Part], is_tuple: bool) -> Ty {
    let n = parts.len();
    let grid = || {
        parts
            .iter()
            .try_fold(Scalar::Int64, |all, part| match part {
                Part::Slice(d) => Some(all.promote((*d)?)),
                Part::Value(_) => None,
            })
    };
    match name {
        "r_" => common(parts, 1).map_or(Ty::Any, |d| Ty::Array(d, 1)),
        "c_" => common(parts, 2).map_or(Ty::Any, |d| Ty::Array(d, 2)),
        "mgrid" | "ogrid" if n == 0 || n > 4 => Ty::Any,
        "mgrid" => grid().map_or(Ty::Any, |d| Ty::Array(d, n + usize::from(is_tuple))),
        "ogrid" if is_tuple => grid().map_or(Ty::Any, |d| Ty::Tuple(vec![Ty::Array(d, n); n])),
        "ogrid" => grid().map_or(Ty::Any, |d| Ty::Array(d, 1)),
        _ => Ty::Any,
    }
}

impl Lowerer<'_, '_> {
    /// A subscript of such an object.
    pub(super) fn index_trick(&mut self, e: &ExprSubscript) -> Low<Option<Expr>> {
        let Some((place, module, name)) = self.imported(&e.value) else {
            return Ok(None);
        };
        let names = ["r_", "c_", "s_", "index_exp", "mgrid", "ogrid"];
        let Some(name) = names.into_iter().find(|n| module == "numpy" && *n == name) else {
            return Ok(None);
        };
        let is_tuple = matches!(&*e.slice, Ast::Tuple(_));
        let given_parts = match &*e.slice {
            Ast::Tuple(t) => &t.elts[..],
            one => std::slice::from_ref(one),
        };
        let maker = self.capture(place);
        let (mut parts, mut keys) = (Vec::new(), Vec::new());
        for part in given_parts {
            let (part, key) = self.trick_part(part)?;
            parts.push(part);
            keys.push(key);
        }
        let ty = given(name, &parts, is_tuple);
        let in_tuple = is_tuple || name == "index_exp";
        let key = if in_tuple {
            call("ndcall::key", Ty::Any, vec![by_ref(array_of(keys))])
        } else {
            keys.remove(0)
        };
        let name_of = own(literal(&format!("c\"{name}\""), Ty::Any));
        if matches!(name, "s_" | "index_exp") {
            let known = call("ndcall::known", Ty::None, vec![by_ref(maker), name_of]);
            return Ok(Some(block(vec![Stmt::Do(known)], key)));
        }
        let made = call(
            "ndabout::item",
            Ty::Any,
            vec![by_ref(maker), name_of, by_ref(key)],
        );
        Ok(Some(self.coerce(made, &ty)))
    }

    fn trick_part(&mut self, part: &Ast) -> Low<(Part, Expr)> {
        let Ast::Slice(s) = part else {
            if matches!(part, Ast::EllipsisLiteral(_)) {
                let rest = sure("ndcall::ellipsis", Ty::Any, Vec::new());
                return Ok((Part::Value(Ty::Any), rest));
            }
            let value = self.numpy_arg(part)?;
            let ty = self.deep(&value.ty);
            return Ok((Part::Value(ty), self.coerce(value, &Ty::Any)));
        };
        let mut dtype = Some(Scalar::Int64);
        let mut ends = Vec::new();
        for end in [&s.lower, &s.upper, &s.step] {
            let value = match end {
                None => super::build::none(),
                Some(e) => self.expr(e)?,
            };
            let is_count = matches!(end.as_deref(), Some(Ast::NumberLiteral(n)) if matches!(n.value, Number::Complex { .. }));
            dtype = match &value.ty {
                Ty::None => dtype,
                _ if is_count => dtype.map(|d| d.promote(Scalar::Float64)),
                ty => number(ty)
                    .filter(|(d, _)| *d != Scalar::Bool8)
                    .and_then(|(d, _)| dtype.map(|all| all.promote(d))),
            };
            ends.push(by_ref(self.coerce(value, &Ty::Any)));
        }
        Ok((Part::Slice(dtype), call("ndabout::slice", Ty::Any, ends)))
    }
}
