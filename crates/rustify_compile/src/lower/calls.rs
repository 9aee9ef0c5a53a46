//! Calls: of functions of the file, and where each other kind of call goes.

use ruff_python_ast::{Expr as Ast, ExprCall, Parameters};
use ruff_text_size::Ranged;

use super::scope::{Low, Lowerer};
use super::unit::Place;
use crate::ir::{Expr, Node};
use crate::program::{Global, What};
use crate::types::Ty;

impl Lowerer<'_, '_> {
    pub(super) fn call(&mut self, e: &ExprCall) -> Low<Expr> {
        match &*e.func {
            Ast::Name(n) if self.find(&n.id).is_none() => {
                match self.inner(&n.id, n)? {
                    Some(What::Function(f)) => return self.call_function(e, f, None),
                    Some(What::Lambda(l)) => {
                        let values = self.lambda_arguments(&e.arguments.args)?;
                        return self.apply_named(l, values);
                    }
                    None => {}
                }
                match self.unit.program.globals.get(n.id.as_str()).cloned() {
                    Some(Global::Function(f)) => self.call_function(e, f, None),
                    Some(Global::Class(c)) => self.construct(e, c),
                    Some(Global::Member(module, name)) => {
                        self.member(e, &module, &name, Place::Global(n.id.to_string()))
                    }
                    Some(Global::Value(_)) if self.unit.program.closure(&n.id).is_some() => {
                        let Some((inner, _)) = self.unit.program.closure(&n.id) else {
                            return Ok(super::build::none());
                        };
                        self.closures.push(n.id.to_string());
                        let done = self.call_function(e, inner, None);
                        self.closures.pop();
                        done
                    }
                    Some(_) => self.no(
                        e,
                        "unknown-callee",
                        format!("what `{}` calls is only known when the program runs", n.id),
                        "Define it once, with `def`, in this file.",
                    ),
                    None => self.builtin(&n.id, e),
                }
            }
            Ast::Attribute(a) => {
                let attr = self.attribute_name(&a.attr);
                if let Ast::Name(n) = &*a.value
                    && self.find(&n.id).is_none()
                {
                    let global = self.unit.program.globals.get(n.id.as_str()).cloned();
                    if let Some(Global::Module(module)) = global {
                        let place = Place::Attribute(n.id.to_string(), a.attr.to_string());
                        return self.member(e, &module, &a.attr, place);
                    }
                }
                if let Ast::Attribute(inner) = &*a.value
                    && let Ast::Name(n) = &*inner.value
                    && self.find(&n.id).is_none()
                    && let Some(Global::Module(module)) =
                        self.unit.program.globals.get(n.id.as_str()).cloned()
                    && module == "numpy"
                    && inner.attr.as_str() == "linalg"
                {
                    let path = format!("{}.{}", n.id, inner.attr);
                    let place = Place::Attribute(path, a.attr.to_string());
                    return self.numpy_call(e, &a.attr, place);
                }
                if let Ast::Name(n) = &*a.value
                    && self.is_builtin(&n.id)
                    && let Some(done) = self.type_method(e, &n.id, &attr)?
                {
                    return Ok(done);
                }
                if let Ast::Call(c) = &*a.value
                    && matches!(&*c.func, Ast::Name(n) if n.id == "super" && self.is_builtin("super"))
                    && c.arguments.args.is_empty()
                {
                    return self.super_call(e, &attr);
                }
                let receiver = self.expr(&a.value)?;
                let receiver = self.present(receiver);
                if let Ty::Class(c) = receiver.ty {
                    return self.class_method_call(e, receiver, c, &attr);
                }
                if let Ty::Instance(c) = receiver.ty {
                    return match self.unit.program.classes[c]
                        .methods
                        .get(attr.as_str())
                        .copied()
                    {
                        Some(f) => {
                            let receiver = self.with_method(receiver, c, f, &attr);
                            if self.unit.program.functions[f].is_class_method {
                                let class = self.class_object(c);
                                let class = Expr {
                                    ty: Ty::Class(c),
                                    ..super::build::block(super::build::effects(receiver), class)
                                };
                                return self.call_function(e, f, Some(class));
                            }
                            self.call_function(e, f, Some(receiver))
                        }
                        None => self.no(
                            e,
                            "attribute-call",
                            "the value of an attribute is called",
                            "Call a method or a function.",
                        ),
                    };
                }
                self.method_call(e, receiver, &attr)
            }
            Ast::Name(n) => {
                let value = self.name(n)?;
                if let Ty::Class(c) = value.ty {
                    let class = self.class_object(c);
                    let same = super::build::call(
                        "instance::same",
                        Ty::None,
                        vec![super::build::by_ref(value), super::build::by_ref(class)],
                    );
                    let made = self.construct(e, c)?;
                    return Ok(super::build::block(vec![crate::ir::Stmt::Do(same)], made));
                }
                if let Ty::Instance(c) = value.ty
                    && e.arguments.keywords.is_empty()
                    && !e
                        .arguments
                        .args
                        .iter()
                        .any(|a| matches!(a, Ast::Starred(_)))
                {
                    let args = self.lambda_arguments(&e.arguments.args)?;
                    if let Some(done) = self.special(e, value, c, "__call__", args)? {
                        return Ok(done);
                    }
                }
                self.no(
                    e,
                    "unknown-callee",
                    format!("what `{}` calls is only known when the program runs", n.id),
                    "Call a function by its name.",
                )
            }
            Ast::Lambda(l) => {
                let mut args = Vec::new();
                for arg in &e.arguments.args {
                    args.push(self.expr(arg)?);
                }
                self.apply_lambda(l, args)
            }
            _ => self.no(
                e,
                "unknown-callee",
                "what is called here is only known when the program runs",
                "Call a function by its name.",
            ),
        }
    }

    /// A call of a function of the file.
    pub(super) fn call_function(
        &mut self,
        e: &ExprCall,
        function: usize,
        receiver: Option<Expr>,
    ) -> Low<Expr> {
        if self.unit.program.functions[function].is_generator {
            return self.no(
                e,
                "generator-value",
                "a generator is kept as a value",
                "Loop over the call, or hand it to `list`, `sum` and the like.",
            );
        }
        let (before, args) = self.arguments(e, function, receiver)?;
        let done = self.call_spec(e, function, args)?;
        Ok(super::build::block(before, done))
    }

    /// What each parameter of a function gets in a call, and what is computed before.
    pub(super) fn arguments(
        &mut self,
        e: &ExprCall,
        function: usize,
        receiver: Option<Expr>,
    ) -> Low<(Vec<crate::ir::Stmt>, Vec<Expr>)> {
        let def = &self.unit.program.functions[function];
        let params: &Parameters = &def.node.parameters;
        let receiver = if def.is_static { None } else { receiver };
        let all: Vec<_> = params
            .posonlyargs
            .iter()
            .chain(&params.args)
            .chain(&params.kwonlyargs)
            .collect();
        let positions = params.posonlyargs.len() + params.args.len();
        let mut slots: Vec<Option<Expr>> = vec![None; all.len()];
        let mut next = 0;
        if let Some(receiver) = receiver {
            slots[0] = Some(receiver);
            next = 1;
        }
        let (mut before, mut more, mut named) = (Vec::new(), Vec::new(), Vec::new());
        // Arguments are computed in the order they are written.
        for (i, arg) in e.arguments.args.iter().enumerate() {
            if let Ast::Starred(s) = arg {
                let is_last = i + 1 == e.arguments.args.len();
                // What stands before is computed before.
                for (k, value) in slots.iter_mut().flatten().chain(&mut more).enumerate() {
                    let place = arg.range().start().to_u32() + 1;
                    let kept = self.local(&format!("earlier_{k}"), place);
                    let now = std::mem::replace(value, super::build::none());
                    before.push(self.assign(kept, now));
                    *value = self.read(kept);
                }
                let parts = self.spread(s, is_last, positions.saturating_sub(next), &mut before)?;
                for part in parts {
                    if next < positions {
                        slots[next] = Some(part);
                        next += 1;
                    } else {
                        more.push(part);
                    }
                }
                continue;
            }
            let value = self.expr(arg)?;
            if next < positions {
                slots[next] = Some(value);
                next += 1;
            } else {
                more.push(value);
            }
        }
        if !more.is_empty() && params.vararg.is_none() {
            return self.no(
                e,
                "arguments",
                "these arguments do not fit the parameters one by one",
                "Pass them one by one.",
            );
        }
        for keyword in &e.arguments.keywords {
            let at = keyword.arg.as_ref().and_then(|name| {
                all.iter()
                    .position(|p| p.parameter.name.as_str() == name.as_str())
            });
            match (at, &keyword.arg) {
                (Some(at), _) if slots[at].is_none() && at >= params.posonlyargs.len() => {
                    slots[at] = Some(self.expr(&keyword.value)?);
                }
                (None, Some(name)) if params.kwarg.is_some() => {
                    named.push((name.to_string(), self.expr(&keyword.value)?));
                }
                _ => {
                    return self.no(
                        keyword,
                        "arguments",
                        "this keyword does not fit the parameters",
                        "Pass the parameters by their names.",
                    );
                }
            }
        }
        let mut args = Vec::new();
        for (slot, param) in slots.into_iter().zip(&all) {
            let arg = match (slot, &param.default) {
                (Some(arg), _) => arg,
                (None, Some(default)) if is_constant(default) => self.expr(default)?,
                _ => {
                    return self.no(
                        e,
                        "default",
                        "a default that is not a constant is needed here",
                        "Pass the argument.",
                    );
                }
            };
            args.push(arg);
        }
        if params.vararg.is_some() {
            let tuple = Expr {
                ty: Ty::Tuple(more.iter().map(|m| m.ty.clone()).collect()),
                node: Node::Tuple(more),
            };
            let slot = self.site(e.range(), 95);
            if let Ty::Tuple(items) = tuple.ty.clone() {
                for ty in &items {
                    self.unit.types.learn(slot, ty);
                }
            }
            let tuple = self.coerce(tuple, &Ty::Any);
            let rest = self.coerce(tuple, &Ty::TupleOf(slot));
            args.insert(positions, rest);
        }
        if params.kwarg.is_some() {
            let (k, v) = (self.site(e.range(), 96), self.site(e.range(), 97));
            self.unit.types.learn(k, &Ty::Str);
            let dict = self.filled(e, &Ty::Dict(k, v), |l, dict| {
                let mut stmts = Vec::new();
                for (name, value) in named {
                    let name = l.constant(super::unit::Constant::Text(name.into_bytes()));
                    let name = l.coerce(name, &Ty::Str);
                    stmts.push(l.add_entry(dict, name, value));
                }
                Ok(stmts)
            })?;
            args.push(dict);
        }
        Ok((before, args))
    }

    /// The values of `*items` in a call: so many as there are parameters left, if their number is only known at run
    /// time.
    fn spread(
        &mut self,
        s: &ruff_python_ast::ExprStarred,
        is_last: bool,
        left: usize,
        before: &mut Vec<crate::ir::Stmt>,
    ) -> Low<Vec<Expr>> {
        let value = self.expr(&s.value)?;
        let value = self.present(value);
        let value = self.as_plain(s, value)?;
        let kept = self.temporary("spread", s, &value.ty.clone());
        before.push(self.assign(kept, value));
        let n = match self.type_of(kept) {
            Ty::Tuple(items) => items.len(),
            Ty::List(_) | Ty::TupleOf(_) if is_last => {
                let read = self.read(kept);
                let n = super::build::sure_method(read, "length", Ty::Int, Vec::new());
                let want = super::build::literal(&left.to_string(), Ty::Any);
                before.push(crate::ir::Stmt::Do(super::build::call(
                    "exactly",
                    Ty::None,
                    vec![super::build::own(n), super::build::own(want)],
                )));
                left
            }
            _ => {
                return self.no(
                    s,
                    "star-argument",
                    "how many arguments these are is only known when the program runs",
                    "Pass the arguments one by one.",
                );
            }
        };
        let mut parts = Vec::new();
        for i in 0..n {
            let read = self.read(kept);
            parts.push(self.item(read, super::build::int(i as i64))?);
        }
        Ok(parts)
    }

    /// `Class.method(…)`: what the class holds must still be what it held.
    fn class_method_call(
        &mut self,
        e: &ExprCall,
        class_value: Expr,
        class: usize,
        name: &str,
    ) -> Low<Expr> {
        let Some(&f) = self.unit.program.classes[class].methods.get(name) else {
            return self.no(
                e,
                "class-attribute",
                format!("`{name}` is not a method of the class"),
                "Call a method that the class defines.",
            );
        };
        let def = &self.unit.program.functions[f];
        if def.is_class_method {
            return self.call_function(e, f, Some(class_value));
        }
        let before = super::build::effects(class_value);
        let done = self.call_function(e, f, None)?;
        Ok(super::build::block(before, done))
    }

    /// A call of a function of the file with all its arguments.
    pub(super) fn call_spec(
        &mut self,
        at: &impl Ranged,
        function: usize,
        args: Vec<Expr>,
    ) -> Low<Expr> {
        let qualname = self.unit.program.functions[function].qualname.clone();
        if let Some(reason) = self.unit.rejected.get(&function) {
            let message = format!(
                "it calls `{qualname}`, which stays Python: {}",
                reason.message
            );
            return self.no(
                at,
                "calls-python",
                message,
                "See the reason for that function.",
            );
        }
        let types: Vec<Ty> = args.iter().map(|a| a.ty.clone()).collect();
        let parent = self.surrounding_spec(function);
        let is_big = self.unit.specs[self.spec].is_big;
        let spec = self.unit.callee(function, parent, is_big, &types);
        if parent.is_none() && self.unit.program.functions[function].parent.is_none() {
            let is_setter = self.unit.program.functions[function]
                .node
                .decorator_list
                .iter()
                .any(|d| matches!(&d.expression, Ast::Attribute(a) if a.attr.as_str() == "setter"));
            let path = if is_setter {
                format!("{qualname}=")
            } else {
                qualname
            };
            self.capture(Place::Function(path));
        }
        let this = self.spec;
        self.unit.specs[this].calls.insert(spec);
        let params: Vec<Ty> = self.unit.specs[spec]
            .params
            .iter()
            .map(|&s| self.unit.types.get(s))
            .collect();
        let mut args: Vec<Expr> = args
            .into_iter()
            .zip(&params)
            .map(|(a, t)| self.coerce(a, t))
            .collect();
        if parent.is_none() && self.unit.program.functions[function].parent.is_some() {
            let taken = self.cells_of(at, spec, function)?;
            args.extend(taken);
        } else {
            args.extend(self.surroundings(function));
        }
        let ty = self.unit.types.get(self.unit.specs[spec].result);
        Ok(Expr {
            ty,
            node: Node::Function(spec, args),
        })
    }
}

/// Whether an expression is a constant that nobody can change.
pub(super) fn is_constant(e: &Ast) -> bool {
    match e {
        Ast::NumberLiteral(_)
        | Ast::StringLiteral(_)
        | Ast::BooleanLiteral(_)
        | Ast::NoneLiteral(_)
        | Ast::BytesLiteral(_) => true,
        Ast::UnaryOp(u) => is_constant(&u.operand),
        Ast::Tuple(t) => t.elts.iter().all(is_constant),
        _ => false,
    }
}
