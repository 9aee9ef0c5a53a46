//! `numpy.fromiter`, which gets what is iterated over as a list; items of what attributes of arrays give.

use ruff_python_ast::{Expr as Ast, ExprCall, ExprSubscript};

use super::build::{block, by_ref, call, method, own, sure_method};
use super::scope::{Low, Lowerer};
use super::unit::Place;
use crate::ir::{Expr, Stmt};
use crate::types::Ty;

impl Lowerer<'_, '_> {
    /// `numpy.fromiter(items, dtype, count)`; none if it is another call.
    pub(super) fn array_from_iterator(
        &mut self,
        e: &ExprCall,
        name: &str,
        place: &Place,
    ) -> Low<Option<Expr>> {
        let ([items, more @ ..], "fromiter") = (&*e.arguments.args, name) else {
            return Ok(None);
        };
        let (mut dtype, mut count) = (more.first(), more.get(1));
        for keyword in &e.arguments.keywords {
            match keyword.arg.as_deref() {
                Some("dtype") if dtype.is_none() => dtype = Some(&keyword.value),
                Some("count") if count.is_none() => count = Some(&keyword.value),
                _ => return Ok(None),
            }
        }
        let (Some(dtype), true) = (dtype, more.len() <= 2) else {
            return Ok(None);
        };
        let named = self.dtype_named(dtype);
        let is_made = self.iterated(items);
        let items = if is_made {
            self.collect_list(items, items)?
        } else {
            self.numpy_arg(items)?
        };
        let (mut stmts, kept) = self.kept("items_from", e, items);
        let function = self.capture(place.clone());
        let dtype = self.numpy_arg(dtype)?;
        let items = self.read(kept);
        let mut args = vec![self.coerce(items, &Ty::Any), dtype];
        if let Some(count) = count {
            let count = self.expr(count)?;
            let count = self.index_number(count);
            if count.ty != Ty::Int {
                return Ok(None);
            }
            let (keep, taken) = self.kept("items_taken", e, count);
            stmts.extend(keep);
            if is_made {
                // Those behind the last one that is taken would not have been made.
                let number = self.read(taken);
                let number = sure_method(number, "index", Ty::Any, Vec::new());
                let given = vec![by_ref(args[0].clone()), own(number)];
                stmts.push(Stmt::Do(call("ndabout::at_most", Ty::None, given)));
            }
            args.push(self.read(taken));
        }
        let made = self.asked(name, function, args, Vec::new());
        let made = match named {
            Some(d) => self.coerce(made, &Ty::Array(d, 1)),
            None => made,
        };
        Ok(Some(block(stmts, made)))
    }

    /// `array.flat[index]` of one item, and `array.flags[name]`; none if it is another subscript.
    pub(super) fn attribute_item(&mut self, e: &ExprSubscript) -> Low<Option<Expr>> {
        match (&*e.value, &*e.slice) {
            (Ast::Attribute(of), Ast::StringLiteral(_)) if of.attr.as_str() == "flags" => {}
            (Ast::Attribute(of), index)
                if of.attr.as_str() == "flat" && !matches!(index, Ast::Slice(_)) =>
            {
                let array = self.expr(&of.value)?;
                let Ty::Array(dtype, _) = array.ty else {
                    return Ok(None);
                };
                let index = self.expr(index)?;
                let index = self.index_number(index);
                if index.ty != Ty::Int {
                    return Ok(None);
                }
                let array = super::sides::unreal(array);
                let item = method(array, "at_flat", Ty::Np(dtype), vec![own(index)]);
                return Ok(Some(item));
            }
            _ => return Ok(None),
        }
        let flags = self.expr(&e.value)?;
        if flags.ty != Ty::Any || !self.has_numpy() {
            return Ok(None);
        }
        let name = self.expr(&e.slice)?;
        let name = self.coerce(name, &Ty::Any);
        let flag = call("ndabout::flag", Ty::Any, vec![by_ref(flags), by_ref(name)]);
        Ok(Some(self.coerce(flag, &Ty::Bool)))
    }
}
