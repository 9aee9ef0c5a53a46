//! Calls: of functions of the file, and where each other kind of call goes.

use ruff_python_ast::{Expr as Ast, ExprCall};
use ruff_text_size::Ranged;

use super::scope::{Low, Lowerer};
use super::unit::Place;
use crate::ir::{Expr, Node};
use crate::program::{Global, What};
use crate::types::Ty;

impl Lowerer<'_, '_> {
    pub(super) fn call(&mut self, e: &ExprCall) -> Low<Expr> {
        if let Some(done) = self.call_of_method(e)? {
            return Ok(done);
        }
        if let Some(done) = self.ordered_method(e)? {
            return Ok(done);
        }
        match &*e.func {
            Ast::Name(n) if self.find(&n.id).is_none() => {
                match self.inner(&n.id, n)? {
                    Some(What::Function(f)) => return self.call_function(e, f, None),
                    Some(What::Lambda(l)) if !is_plain_call(e, l) => {
                        let value = self.lambda_value(l)?;
                        return self.call_value(e, value);
                    }
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
                    Some(Global::Value(Ast::Call(made))) if self.is_partial(made) => {
                        self.call_global_partial(e, &n.id, made)
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
                if let Some(text) = self.format_call(e)? {
                    return Ok(text);
                }
                if let Some(done) = self.ufunc_method(e, a)? {
                    return Ok(done);
                }
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
                    && matches!(inner.attr.as_str(), "linalg" | "fft")
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
                    if let Some(inner) = self.inner_class(c, &attr) {
                        let class = self.class_of_class(receiver, inner, &attr);
                        let before = super::build::effects(class);
                        let made = self.construct(e, inner)?;
                        return Ok(super::build::block(before, made));
                    }
                    return self.class_method_call(e, receiver, c, &attr);
                }
                if let Ty::Instance(c) = receiver.ty
                    && let Some(inner) = self.inner_class(c, &attr)
                {
                    let class = self.class_of_instance(e, receiver, c, inner, &attr)?;
                    let before = super::build::effects(class);
                    let made = self.construct(e, inner)?;
                    return Ok(super::build::block(before, made));
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
                        None if attr == "_replace" && self.is_named(&receiver) => {
                            self.replaced(e, receiver, c)
                        }
                        None => {
                            let value = self.get_attribute(e, receiver, c, &attr)?;
                            self.call_value(e, value)
                        }
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
                    if let Some(done) = self.special(e, value.clone(), c, "__call__", args)? {
                        return Ok(done);
                    }
                }
                self.call_value(e, value)
            }
            Ast::Lambda(l) => {
                let mut args = Vec::new();
                for arg in &e.arguments.args {
                    args.push(self.expr(arg)?);
                }
                self.apply_lambda(l, args)
            }
            func => {
                let value = self.expr(func)?;
                self.call_value(e, value)
            }
        }
    }

    /// A call of a function of the file.
    pub(super) fn call_function(
        &mut self,
        e: &ExprCall,
        function: usize,
        receiver: Option<Expr>,
    ) -> Low<Expr> {
        if self.unit.program.functions[function].makes_items() {
            self.may_be_value(e, function)?;
        }
        let (before, args) = self.arguments(e, function, receiver)?;
        let done = self.call_spec(e, function, args)?;
        Ok(super::build::block(before, done))
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
        if self.is_cached(function) {
            return self.no(
                at,
                "decorator",
                format!("`{qualname}` is answered by its cache, which stays Python"),
                "Keep the results in a dict of your own, which the function gets as an argument.",
            );
        }
        if self.is_wrapped(function) {
            return self.no(
                at,
                "decorator",
                format!("`{qualname}` is what its decorator made of it, which stays Python"),
                "Call a function without a decorator here.",
            );
        }
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
        let mut spec = self.unit.callee(function, parent, is_big, &types);
        if is_big && self.unit.specs[spec].dead.is_some() {
            // Without a translation for large numbers, those that come are Python's.
            spec = self.unit.callee(function, parent, false, &types);
        }
        if parent.is_none() && self.unit.program.functions[function].parent.is_none() {
            let is_setter = self.unit.program.functions[function]
                .node
                .decorator_list
                .iter()
                .any(|d| matches!(&d.expression, Ast::Attribute(a) if a.attr.as_str() == "setter"));
            let place = if is_setter {
                Place::Function(format!("{qualname}="))
            } else {
                self.place_of(function)
            };
            self.capture(place);
        }
        self.alive(at, spec)?;
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

/// Whether a call gives a lambda its arguments one by one.
fn is_plain_call(e: &ExprCall, lambda: &ruff_python_ast::ExprLambda) -> bool {
    let params = lambda.parameters.as_deref();
    let is_plain =
        params.is_none_or(|p| p.vararg.is_none() && p.kwarg.is_none() && p.kwonlyargs.is_empty());
    let wanted = params.map_or(0, |p| p.posonlyargs.len() + p.args.len());
    let args = &e.arguments.args;
    is_plain
        && wanted == args.len()
        && e.arguments.keywords.is_empty()
        && !args.iter().any(|a| matches!(a, Ast::Starred(_)))
}

/// Whether an expression is a constant that nobody can change.
pub(crate) fn is_constant(e: &Ast) -> bool {
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
