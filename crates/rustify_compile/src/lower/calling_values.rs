//! Calls of functions that are values.

use ruff_python_ast::{Expr as Ast, ExprCall};
use ruff_text_size::Ranged;

use super::build::{block, call};
use super::calls::is_constant;
use super::scope::{Low, Lowerer};
use super::unit::Callable;
use crate::ir::{Expr, Local, Node, Stmt};
use crate::types::Ty;

/// What is computed before a call, arguments by position, and arguments by name.
pub(super) type Given = (Vec<Stmt>, Vec<Expr>, Vec<(String, Expr)>);

impl Lowerer<'_, '_> {
    /// A call of a function inside another by its value.
    fn call_inner(
        &mut self,
        at: &impl Ranged,
        number: usize,
        (function, parent): (usize, usize),
        kept: Local,
        args: Vec<Expr>,
    ) -> Low<Expr> {
        if let Some(reason) = self.unit.rejected.get(&function) {
            let message = format!("it calls a function that stays Python: {}", reason.message);
            return self.no(
                at,
                "calls-python",
                message,
                "See the reason for that function.",
            );
        }
        let types: Vec<Ty> = args.iter().map(|a| a.ty.clone()).collect();
        let is_big = self.is_big();
        let spec = self.unit.callee(function, Some(parent), is_big, &types);
        self.alive(at, spec)?;
        let this = self.spec;
        self.unit.specs[this].calls.insert(spec);
        let params = self.unit.specs[spec].params.clone();
        let mut args: Vec<Expr> = args
            .into_iter()
            .zip(params)
            .map(|(a, s)| {
                let want = self.unit.types.get(s);
                self.coerce(a, &want)
            })
            .collect();
        let (stmts, taken) = self.taken_along(at, number, kept);
        args.extend(taken);
        let ty = self.unit.types.get(self.unit.specs[spec].result);
        let done = Expr {
            ty,
            node: Node::Function(spec, args),
        };
        Ok(block(stmts, done))
    }

    /// A call of a value.
    pub(super) fn call_value(&mut self, e: &ExprCall, value: Expr) -> Low<Expr> {
        let value = self.present(value);
        if let Ty::Func(numbers) = &value.ty
            && let [number] = numbers[..]
        {
            return self.call_known(e, number, value);
        }
        let spread = e
            .arguments
            .args
            .iter()
            .any(|a| matches!(a, Ast::Starred(_)));
        if spread || !e.arguments.keywords.is_empty() {
            return self.no(
                e,
                "unknown-callee",
                "a value is called with keywords or `*arguments`",
                "Pass the arguments one by one.",
            );
        }
        let (mut stmts, callee) = self.kept("callee", &*e.func, value);
        let mut values = Vec::new();
        for arg in &e.arguments.args {
            let value = self.expr(arg)?;
            let (stmt, kept) = self.kept("argument", arg, value);
            stmts.extend(stmt);
            values.push(self.read(kept));
        }
        let callee = self.read(callee);
        let done = self.choose(&e.func, callee, values)?;
        Ok(block(stmts, done))
    }

    /// A call of the one function that a value can be.
    fn call_known(&mut self, e: &ExprCall, number: usize, value: Expr) -> Low<Expr> {
        match self.unit.callables[number].0.clone() {
            Callable::File(f) => {
                let before = self.checked_callee(e, number, value);
                let done = self.call_function(e, f, None)?;
                Ok(block(before, done))
            }
            Callable::Inner { function, parent } => {
                let (mut stmts, kept) = self.kept("callee", &*e.func, value);
                stmts.push(self.expect(number, kept));
                let (before, args) = self.arguments(e, function, None)?;
                stmts.extend(before);
                let done = self.call_inner(e, number, (function, parent), kept, args)?;
                Ok(block(stmts, done))
            }
            Callable::Made(name) => {
                let before = self.checked_callee(e, number, value);
                let Some((inner, _)) = self.unit.program.closure(&name) else {
                    return Ok(super::build::none());
                };
                self.closures.push(name);
                let done = self.call_function(e, inner, None);
                self.closures.pop();
                Ok(block(before, done?))
            }
            Callable::Member(place, module, name) => {
                let before = self.checked_callee(e, number, value);
                let done = self.member(e, &module, &name, place)?;
                Ok(block(before, done))
            }
            Callable::Builtin(name) => {
                let before = self.checked_callee(e, number, value);
                let done = self.builtin(&name, e)?;
                Ok(block(before, done))
            }
            Callable::Partial { .. } => {
                let (mut stmts, kept) = self.kept("callee", &*e.func, value);
                let (more, values, named) = self.given(e)?;
                stmts.extend(more);
                let done = self.apply_known(&e.func, number, kept, values, named)?;
                Ok(block(stmts, done))
            }
        }
    }

    /// The arguments of a call of what `partial` made, by position and by name.
    pub(super) fn given(&mut self, e: &ExprCall) -> Low<Given> {
        let (mut stmts, mut values, mut named) = (Vec::new(), Vec::new(), Vec::new());
        let spread = e
            .arguments
            .args
            .iter()
            .any(|a| matches!(a, Ast::Starred(_)));
        if spread || e.arguments.keywords.iter().any(|k| k.arg.is_none()) {
            return self.no(
                e,
                "starred",
                "`*` or `**` in a call of what `partial` made",
                "Pass the arguments one by one.",
            );
        }
        for arg in &e.arguments.args {
            let value = self.expr(arg)?;
            let (stmt, kept) = self.kept("argument", arg, value);
            stmts.extend(stmt);
            values.push(self.read(kept));
        }
        for keyword in &e.arguments.keywords {
            let value = self.expr(&keyword.value)?;
            let (stmt, kept) = self.kept("argument", keyword, value);
            stmts.extend(stmt);
            if let Some(name) = &keyword.arg {
                named.push((name.to_string(), self.read(kept)));
            }
        }
        Ok((stmts, values, named))
    }

    /// A value as a function, on values.
    pub(super) fn apply_to(&mut self, at: &Ast, value: Expr, values: Vec<Expr>) -> Low<Expr> {
        let value = self.present(value);
        let (mut stmts, kept) = self.kept("callee", at, value);
        if let Ty::Func(numbers) = self.type_of(kept)
            && let [number] = numbers[..]
        {
            stmts.push(self.expect(number, kept));
            let done = self.apply_known(at, number, kept, values, Vec::new())?;
            return Ok(block(stmts, done));
        }
        let mut again = Vec::new();
        for (i, value) in values.into_iter().enumerate() {
            let local =
                self.plain_local(&format!("given_{i}"), u64::from(at.range().end().to_u32()));
            stmts.push(self.assign(local, value));
            again.push(self.read(local));
        }
        let callee = self.read(kept);
        let done = self.choose(at, callee, again)?;
        Ok(block(stmts, done))
    }

    /// A function as a value, on values and values by name.
    pub(super) fn apply_known(
        &mut self,
        at: &Ast,
        number: usize,
        kept: Local,
        mut values: Vec<Expr>,
        mut named: Vec<(String, Expr)>,
    ) -> Low<Expr> {
        let callable = self.unit.callables[number].0.clone();
        if !named.is_empty() && matches!(callable, Callable::Member(..) | Callable::Builtin(_)) {
            return self.no(
                at,
                "arguments",
                "`partial` of a builtin function with keywords",
                "Use a lambda.",
            );
        }
        match callable {
            Callable::File(f) => {
                let args = self.fitted(at, f, values, named)?;
                self.call_spec(at, f, args)
            }
            Callable::Inner { function, parent } => {
                let args = self.fitted(at, function, values, named)?;
                self.call_inner(at, number, (function, parent), kept, args)
            }
            Callable::Made(name) => {
                let Some((inner, _)) = self.unit.program.closure(&name) else {
                    return Ok(super::build::none());
                };
                let args = self.fitted(at, inner, values, named)?;
                self.closures.push(name);
                let done = self.call_spec(at, inner, args);
                self.closures.pop();
                done
            }
            Callable::Member(place, module, name) => {
                self.member_on(at, &module, &name, place, values)
            }
            Callable::Builtin(name) => self.apply_builtin(at, &name, values),
            Callable::Partial {
                positions, names, ..
            } => {
                let (mut stmts, mut parts) = self.taken_along(at, number, kept);
                let inner = parts.remove(0);
                let Ty::Func(numbers) = &inner.ty else {
                    return Ok(call("python_only::<Obj>", Ty::Never, Vec::new()));
                };
                let [inner_number] = numbers[..] else {
                    return self.no(
                        at,
                        "function-value",
                        "`partial` of one function or another",
                        "Use a lambda.",
                    );
                };
                let (before, inner) = self.kept("whole", at, inner);
                stmts.extend(before);
                stmts.push(self.expect(inner_number, inner));
                let bound = parts.split_off(positions);
                parts.append(&mut values);
                for (name, value) in names.into_iter().zip(bound) {
                    if !named.iter().any(|(n, _)| *n == name) {
                        named.push((name, value));
                    }
                }
                let done = self.apply_known(at, inner_number, inner, parts, named)?;
                Ok(block(stmts, done))
            }
        }
    }

    /// What each parameter of a function gets, of values by position and by name; the others get their defaults.
    pub(super) fn fitted(
        &mut self,
        at: &Ast,
        function: usize,
        values: Vec<Expr>,
        named: Vec<(String, Expr)>,
    ) -> Low<Vec<Expr>> {
        let params = &self.unit.program.functions[function].node.parameters;
        let is_plain = params.vararg.is_none() && params.kwarg.is_none();
        let positions = params.posonlyargs.len() + params.args.len();
        let all: Vec<_> = params
            .posonlyargs
            .iter()
            .chain(&params.args)
            .chain(&params.kwonlyargs)
            .collect();
        let mut slots: Vec<Option<Expr>> = vec![None; all.len()];
        let mut fits = is_plain && values.len() <= positions;
        if fits {
            for (slot, value) in slots.iter_mut().zip(values) {
                *slot = Some(value);
            }
        }
        for (name, value) in named {
            let place = all.iter().position(|p| p.parameter.name.as_str() == name);
            match place {
                Some(p) if p >= params.posonlyargs.len() && slots[p].is_none() => {
                    slots[p] = Some(value);
                }
                _ => fits = false,
            }
        }
        let mut args = Vec::new();
        for (param, slot) in all.iter().zip(slots) {
            match (slot, &param.default) {
                (Some(value), _) => args.push(value),
                (None, Some(default)) if is_constant(default) => args.push(self.expr(default)?),
                _ => fits = false,
            }
        }
        if fits {
            return Ok(args);
        }
        self.no(
            at,
            "arguments",
            "the function does not take these arguments one by one",
            "Give it plain parameters.",
        )
    }
}
