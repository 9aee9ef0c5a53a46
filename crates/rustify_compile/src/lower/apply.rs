//! Functions that are given as arguments, on values: lambdas in place, functions of the file, builtins.

use std::collections::HashMap;

use ruff_python_ast::{Expr as Ast, ExprLambda};

use super::build::{block, by_ref, call, own, sure};
use super::calls::is_constant;
use super::scope::{Low, Lowerer};
use super::unit::{Constant, Place};
use crate::ir::{Expr, Node};
use crate::program::{Global, What};
use crate::types::Ty;

impl Lowerer<'_, '_> {
    /// A function given as an argument, on values.
    pub(super) fn apply(&mut self, function: &Ast, values: Vec<Expr>) -> Low<Expr> {
        if let Ast::Name(n) = function
            && let Some(method) = self.methods.get(n.id.as_str()).cloned()
        {
            return self.apply_method(function, &method, values);
        }
        match function {
            Ast::Lambda(l) => self.apply_lambda(l, values),
            Ast::Name(n) if self.find(&n.id).is_none() => {
                match self.inner(&n.id, n)? {
                    Some(What::Function(f)) => return self.call_values(function, f, values),
                    Some(What::Lambda(l)) => return self.apply_named(l, values),
                    None => {}
                }
                match self.unit.program.globals.get(n.id.as_str()).cloned() {
                    Some(Global::Function(f)) => self.call_values(function, f, values),
                    Some(Global::Member(module, name)) => self.member_on(
                        function,
                        &module,
                        &name,
                        Place::Global(n.id.to_string()),
                        values,
                    ),
                    None => self.apply_builtin(function, &n.id, values),
                    Some(Global::Value(Ast::Call(made))) if self.is_partial(made) => {
                        self.apply_global_partial(function, &n.id, made, values)
                    }
                    Some(_) => {
                        let value = self.expr(function)?;
                        self.apply_to(function, value, values)
                    }
                }
            }
            Ast::Name(_) | Ast::Subscript(_) => {
                let value = self.expr(function)?;
                self.apply_to(function, value, values)
            }
            Ast::Call(c) if self.is_partial(c) => {
                let value = self.expr(function)?;
                self.apply_to(function, value, values)
            }
            Ast::Call(c) => self.apply_getter(function, c, values),
            Ast::Attribute(_) if self.imported(function).is_some() => {
                let Some((place, module, name)) = self.imported(function) else {
                    return Ok(super::build::none());
                };
                self.member_on(function, &module, &name, place, values)
            }
            Ast::Attribute(a) => {
                if let (Ast::Name(n), [_]) = (&*a.value, values.as_slice())
                    && self.is_builtin(&n.id)
                    && matches!(n.id.as_str(), "str" | "bytes")
                    && let Some(value) = values.first().cloned()
                {
                    self.uses_builtin(&n.id);
                    return self.unary_method(function, value, &a.attr);
                }
                if let (Ast::Name(n), "get", [_]) = (&*a.value, a.attr.as_str(), values.as_slice())
                    && let Some(local) = self.find(&n.id)
                    && let Ty::Dict(k, v) | Ty::Map(_, k, v) = self.type_of(local)
                    && let Some(key) = values.first().cloned()
                {
                    let (key_ty, ty) = (self.unit.types.get(k), self.unit.types.get(v));
                    let key = self.coerce(key, &key_ty);
                    let dict = self.read(local);
                    let dict = match dict.ty {
                        Ty::Map(..) => self.as_dict(dict, k, v),
                        _ => dict,
                    };
                    if !matches!(ty, Ty::Opt(_) | Ty::None | Ty::Any | Ty::Never) {
                        return Ok(super::build::method(
                            dict,
                            "find_or_none",
                            crate::types::optional(ty),
                            vec![by_ref(key)],
                        ));
                    }
                }
                if !matches!(&*a.value, Ast::Name(_) | Ast::StringLiteral(_)) {
                    return self.no(
                        function,
                        "unknown-callee",
                        "a method is passed as a function",
                        "Use a lambda.",
                    );
                }
                self.apply_method(function, a, values)
            }
            _ => self.no(
                function,
                "unknown-callee",
                "what is called here is only known when the program runs",
                "Use a lambda or a function of this file.",
            ),
        }
    }

    /// Where a name or an attribute of a module is imported from.
    pub(super) fn imported(&self, e: &Ast) -> Option<(Place, String, String)> {
        match e {
            Ast::Name(n) if self.find(&n.id).is_none() => {
                match self.unit.program.globals.get(n.id.as_str()) {
                    Some(Global::Member(m, name)) => {
                        Some((Place::Global(n.id.to_string()), m.clone(), name.clone()))
                    }
                    _ => None,
                }
            }
            Ast::Attribute(a) => match &*a.value {
                Ast::Name(n) if self.find(&n.id).is_none() => {
                    match self.unit.program.globals.get(n.id.as_str()) {
                        Some(Global::Module(m)) => Some((
                            Place::Attribute(n.id.to_string(), a.attr.to_string()),
                            m.clone(),
                            a.attr.to_string(),
                        )),
                        _ => None,
                    }
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// Whether an expression is a name that stands for a value that nothing changes.
    fn is_set_aside(&self, e: &Ast) -> bool {
        matches!(e, Ast::Name(n) if n.id.contains(' ') && self.find(&n.id).is_some())
    }

    /// `operator.itemgetter(…)` and `operator.attrgetter(…)` on a value.
    fn apply_getter(
        &mut self,
        function: &Ast,
        c: &ruff_python_ast::ExprCall,
        values: Vec<Expr>,
    ) -> Low<Expr> {
        let plain = c.arguments.keywords.is_empty() && !c.arguments.args.is_empty();
        let mut values = values.into_iter();
        if let (true, Some((place, module, name)), Some(value), None) =
            (plain, self.imported(&c.func), values.next(), values.next())
            && module == "operator"
        {
            let kept = self.temporary("of_item", c, &value.ty.clone());
            let keep = self.assign(kept, value);
            let mut parts = Vec::new();
            for argument in &c.arguments.args {
                let read = self.read(kept);
                match (name.as_str(), argument) {
                    ("itemgetter", index) if is_constant(index) || self.is_set_aside(index) => {
                        let read = self.as_plain(c, read)?;
                        let index = self.expr(index)?;
                        parts.push(self.item(read, index)?);
                    }
                    ("attrgetter", Ast::StringLiteral(s)) if !s.value.to_str().contains('.') => {
                        let name = s.value.to_str().to_owned();
                        let part = match read.ty {
                            Ty::Instance(class) => self.get_attribute(c, read, class, &name)?,
                            _ => match self.any_attribute(argument, read, &name)? {
                                Some(part) => part,
                                None => break,
                            },
                        };
                        parts.push(part);
                    }
                    _ => break,
                }
            }
            if parts.len() == c.arguments.args.len() {
                self.capture(place);
                let value = if parts.len() == 1 {
                    parts.remove(0)
                } else {
                    Expr {
                        ty: Ty::Tuple(parts.iter().map(|p| p.ty.clone()).collect()),
                        node: Node::Tuple(parts),
                    }
                };
                return Ok(block(vec![keep], value));
            }
        }
        self.no(
            function,
            "unknown-callee",
            "what is called here is only known when the program runs",
            "Use a lambda or a function of this file.",
        )
    }

    /// A function of the file on values: the first parameters take them, the others their defaults.
    pub(super) fn call_values(
        &mut self,
        at: &Ast,
        function: usize,
        values: Vec<Expr>,
    ) -> Low<Expr> {
        let args = self.fitted(at, function, values, Vec::new())?;
        self.call_spec(at, function, args)
    }

    pub(super) fn unary_method(&mut self, at: &Ast, value: Expr, name: &str) -> Low<Expr> {
        let ty = match name {
            "upper" | "lower" | "strip" | "lstrip" | "rstrip" | "title" | "capitalize" => Ty::Str,
            "isdigit" | "isalpha" | "isalnum" | "isspace" | "isupper" | "islower" => Ty::Bool,
            _ => {
                return self.no(
                    at,
                    "method",
                    format!("`{name}` as a function"),
                    "Use a lambda.",
                );
            }
        };
        let value = self.coerce(value, &Ty::Str);
        let object = self.coerce(value, &Ty::Any);
        let name = self.constant(Constant::Name(name.to_owned()));
        let array = Expr {
            ty: Ty::Any,
            node: Node::Array(Vec::new()),
        };
        let result = call(
            "any::call_builtin_method",
            Ty::Any,
            vec![by_ref(object), by_ref(name), by_ref(array)],
        );
        Ok(self.coerce(result, &ty))
    }

    pub(super) fn apply_builtin(
        &mut self,
        at: &Ast,
        name: &str,
        mut values: Vec<Expr>,
    ) -> Low<Expr> {
        self.uses_builtin(name);
        let one = values.len() == 1;
        match name {
            "len" if one => {
                let object = self.coerce(values.remove(0), &Ty::Any);
                let n = call("any::len", Ty::Int, vec![by_ref(object)]);
                Ok(Expr {
                    ty: Ty::Int,
                    node: Node::As(Box::new(n)),
                })
            }
            "str" if one => self.text_of(values.remove(0)),
            "float" if one && values[0].ty.is_number() => Ok(self.float(values.remove(0))),
            "int" if one && values[0].ty == Ty::Int => Ok(values.remove(0)),
            "int" if one && values[0].ty == Ty::Float => Ok(call(
                "float::to_int::<Int>",
                Ty::Int,
                vec![own(values.remove(0))],
            )),
            "bool" if one => Ok(self.truth(values.remove(0))),
            "abs" if one && values[0].ty == Ty::Int => {
                Ok(call("int::abs", Ty::Int, vec![own(values.remove(0))]))
            }
            "abs" if one && values[0].ty == Ty::Float => Ok(super::build::sure_method(
                values.remove(0),
                "abs",
                Ty::Float,
                Vec::new(),
            )),
            "ord" if one && values[0].ty == Ty::Char => {
                Ok(sure("code::<Int>", Ty::Int, vec![own(values.remove(0))]))
            }
            "chr" if one && values[0].ty == Ty::Int => {
                Ok(call("text::chr", Ty::Char, vec![own(values.remove(0))]))
            }
            "int" | "float" | "abs" | "ord" | "chr" | "repr" | "round" | "sum" | "min" | "max"
            | "sorted" | "hash" | "divmod" | "pow" | "hex" | "bin" | "oct" => {
                let ty = match name {
                    "int" | "ord" | "hash" => Ty::Int,
                    "float" => Ty::Float,
                    "repr" | "hex" | "bin" | "oct" | "chr" => Ty::Str,
                    _ => Ty::Any,
                };
                let args = values
                    .into_iter()
                    .map(|v| self.coerce(v, &Ty::Any))
                    .collect();
                let result = self.call_object(Place::Builtin(name.to_owned()), args);
                Ok(self.coerce(result, &ty))
            }
            "list" if one => self.list_of(at, values.remove(0)),
            "tuple" if one => {
                let value = values.remove(0);
                if matches!(value.ty, Ty::Tuple(_) | Ty::TupleOf(_)) {
                    return Ok(value);
                }
                let list = self.list_of(at, value)?;
                Ok(self.tuple_of(list))
            }
            "set" | "frozenset" if one => self.set_of_value(at, name, values.remove(0)),
            _ => self.no(
                at,
                "builtin",
                format!("`{name}` as a function"),
                "Use a lambda.",
            ),
        }
    }

    /// A lambda on values: its body in place.
    pub(super) fn apply_lambda(&mut self, lambda: &ExprLambda, values: Vec<Expr>) -> Low<Expr> {
        let mut scope = HashMap::new();
        let mut stmts = Vec::new();
        if let Some(params) = &lambda.parameters {
            let plain =
                params.vararg.is_none() && params.kwarg.is_none() && params.kwonlyargs.is_empty();
            let all: Vec<_> = params.posonlyargs.iter().chain(&params.args).collect();
            if !plain || all.len() != values.len() {
                return self.no(
                    lambda,
                    "lambda",
                    "this lambda does not take its arguments one by one",
                    "Write it with plain parameters.",
                );
            }
            for (param, value) in all.into_iter().zip(values) {
                let name = &param.parameter.name;
                let local = self.local(name, u64::from(name.range.start().to_u32()) + 3);
                stmts.push(self.assign(local, value));
                scope.insert(name.to_string(), local);
            }
        } else if !values.is_empty() {
            return self.no(
                lambda,
                "lambda",
                "this lambda takes no arguments",
                "Give it parameters.",
            );
        }
        self.scopes.push(scope);
        let result = self.expr(&lambda.body);
        self.scopes.pop();
        Ok(block(stmts, result?))
    }
}
