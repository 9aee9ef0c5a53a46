//! `functools.partial`.

use ruff_python_ast::{Expr as Ast, ExprCall};
use ruff_text_size::Ranged;

use super::build::{block, by_ref, call, literal, own, sure};
use super::calling_values::Given;
use super::calls::is_constant;
use super::scope::{Low, Lowerer};
use super::unit::{Callable, Constant, Place};
use crate::ir::{Expr, Local};
use crate::types::Ty;

impl Lowerer<'_, '_> {
    /// Whether a call is one of `functools.partial`.
    pub(super) fn is_partial(&self, c: &ExprCall) -> bool {
        self.imported(&c.func)
            .is_some_and(|(_, m, n)| m == "functools" && n == "partial")
    }

    /// `functools.partial(function, …)`.
    pub(super) fn partial(&mut self, e: &ExprCall, place: &Place) -> Low<Expr> {
        let Some((of, args)) = e.arguments.args.split_first() else {
            return self.no(e, "arguments", "`partial` of nothing", "Pass a function.");
        };
        let whole = self.expr(of)?;
        let is_known = match &whole.ty {
            Ty::Func(numbers) => numbers.len() == 1,
            ty => *ty == Ty::Never,
        };
        let has_spread = args.iter().any(|a| matches!(a, Ast::Starred(_)))
            || e.arguments.keywords.iter().any(|k| k.arg.is_none());
        if !is_known || has_spread || args.len() + e.arguments.keywords.len() > 7 {
            return self.no(
                e,
                "function-value",
                "what `partial` makes here is only known when the program runs",
                "Use a lambda, or a function of this file with plain arguments.",
            );
        }
        self.capture(place.clone());
        let mut parts = vec![whole];
        for arg in args {
            parts.push(self.expr(arg)?);
        }
        let mut names = Vec::new();
        for keyword in &e.arguments.keywords {
            names.extend(keyword.arg.as_ref().map(ToString::to_string));
            parts.push(self.expr(&keyword.value)?);
        }
        let at = e.range().start().to_u32();
        let spec = self.spec;
        let mut slots = Vec::new();
        for (i, part) in parts.iter_mut().enumerate() {
            let slot = self
                .unit
                .variable(spec, &format!("partial {at}{} {i}", self.salt));
            self.unit.types.learn(slot, &part.ty);
            let ty = self.unit.types.get(slot);
            let value = std::mem::replace(part, super::build::none());
            *part = self.coerce(value, &ty);
            slots.push(slot);
        }
        let positions = args.len();
        let callable = Callable::Partial {
            spec,
            at,
            positions,
            names,
        };
        let number = self.number_of(callable, slots);
        let text = literal(&number.to_string(), Ty::Any);
        let bundle = self.bundle(parts);
        Ok(sure(
            "Callable::taking",
            Ty::Func(vec![number]),
            vec![own(text), bundle],
        ))
    }

    /// What `functools.partial` made at the module's level, taken apart: which function it is of, and its arguments.
    fn parts_of(&mut self, at: &Ast, name: &str, made: &ExprCall) -> Low<(usize, Local, Given)> {
        let args = &made.arguments.args;
        let constant = args.iter().skip(1).all(is_constant)
            && made
                .arguments
                .keywords
                .iter()
                .all(|k| k.arg.is_some() && is_constant(&k.value));
        let found = args.first().and_then(|of| self.candidate(of));
        let (Some((callable, place)), true) = (found, constant) else {
            return self.no(
                at,
                "unknown-callee",
                format!("what `{name}` calls was made by `partial` of something unknown"),
                "Make it of a function of this file and of constants.",
            );
        };
        let number = self.number_of(callable, Vec::new());
        let function = self.capture(place);
        let object = self.capture(Place::Global(name.to_owned()));
        let count = |n: usize| own(literal(&n.to_string(), Ty::Any));
        let (n, named_n) = (args.len() - 1, made.arguments.keywords.len());
        let parts = call(
            "partials::arguments",
            Ty::Any,
            vec![
                by_ref(object.clone()),
                by_ref(function),
                count(n),
                count(named_n),
            ],
        );
        let (stmts, kept) = self.kept("bound", at, parts);
        let (mut values, mut named) = (Vec::new(), Vec::new());
        for (i, arg) in args.iter().skip(1).enumerate() {
            let ty = self.expr(arg)?.ty;
            let path = format!("partials::item::<{}>", self.unit.types.rust(&ty));
            let parts = self.read(kept);
            values.push(call(&path, ty, vec![by_ref(parts), count(i)]));
        }
        for keyword in &made.arguments.keywords {
            let ty = self.expr(&keyword.value)?.ty;
            let path = format!("partials::named::<{}>", self.unit.types.rust(&ty));
            let text = keyword.arg.as_ref().map_or("", |a| a.as_str()).to_owned();
            let key = self.constant(Constant::Name(text.clone()));
            let value = call(&path, ty, vec![by_ref(object.clone()), by_ref(key)]);
            named.push((text, value));
        }
        Ok((number, kept, (stmts, values, named)))
    }

    /// A call of what `functools.partial` made at the module's level.
    pub(super) fn call_global_partial(
        &mut self,
        e: &ExprCall,
        name: &str,
        made: &ExprCall,
    ) -> Low<Expr> {
        let (number, kept, (mut stmts, mut values, bound)) = self.parts_of(&e.func, name, made)?;
        let (more, given, mut named) = self.given(e)?;
        stmts.extend(more);
        values.extend(given);
        let bound = bound
            .into_iter()
            .filter(|(n, _)| named.iter().all(|(m, _)| m != n));
        let bound: Vec<(String, Expr)> = bound.collect();
        named.extend(bound);
        let done = self.apply_known(&e.func, number, kept, values, named)?;
        Ok(block(stmts, done))
    }

    /// What `functools.partial` made at the module's level, on values.
    pub(super) fn apply_global_partial(
        &mut self,
        at: &Ast,
        name: &str,
        made: &ExprCall,
        given: Vec<Expr>,
    ) -> Low<Expr> {
        let (number, kept, (stmts, mut values, named)) = self.parts_of(at, name, made)?;
        values.extend(given);
        let done = self.apply_known(at, number, kept, values, named)?;
        Ok(block(stmts, done))
    }
}
