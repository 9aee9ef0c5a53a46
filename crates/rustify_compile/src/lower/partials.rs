//! `functools.partial`.

use ruff_python_ast::{Expr as Ast, ExprCall};
use ruff_text_size::Ranged;

use super::build::{literal, own, sure};
use super::scope::{Low, Lowerer};
use super::unit::{Callable, Place};
use crate::ir::Expr;
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

    /// A call of what `functools.partial` made at the module's level.
    pub(super) fn call_global_partial(
        &mut self,
        e: &ExprCall,
        name: &str,
        _made: &ExprCall,
    ) -> Low<Expr> {
        self.no(
            e,
            "unknown-callee",
            format!("what `{name}` calls was made by `partial` outside the function"),
            "Make it in the function that calls it.",
        )
    }
}
