//! Making instances of classes of the file, and finding what a class has.

use ruff_python_ast::{Expr as Ast, ExprCall};
use ruff_text_size::Ranged;

use super::build::{block, by_ref, call, own};
use super::calls::is_constant;
use super::scope::{Low, Lowerer};
use super::unit::Place;
use crate::classes::{Field, Kind};
use crate::ir::{Expr, Node, Stmt};
use crate::types::Ty;

impl Lowerer<'_, '_> {
    /// Rejects a class whose instances cannot be looked into.
    pub(super) fn plain_class(&self, at: &impl Ranged, class: usize) -> Low<()> {
        let def = &self.unit.program.classes[class];
        match def.obstacle {
            Some(obstacle) => self.no(
                at,
                "class",
                format!(
                    "instances of `{}` cannot be looked into: {obstacle}",
                    def.name
                ),
                "Use a plain class.",
            ),
            None => Ok(()),
        }
    }

    /// The module of the support source for instances of a class.
    pub(super) fn kept_in(&self, class: usize) -> &'static str {
        if self.unit.types.is_record(class) {
            "record"
        } else {
            "instance"
        }
    }

    /// A new instance of a class of the file.
    pub(super) fn construct(&mut self, e: &ExprCall, class: usize) -> Low<Expr> {
        self.plain_class(e, class)?;
        let def = &self.unit.program.classes[class];
        if def.is_exception {
            return self.no(
                e,
                "exception-value",
                "an exception is made and kept",
                "Raise it where it is made.",
            );
        }
        if matches!(def.kind, Kind::Enum | Kind::IntEnum) {
            let [value] = &e.arguments.args[..] else {
                return self.no(
                    e,
                    "enum",
                    "an enumeration is called with something else than one value",
                    "Name the member.",
                );
            };
            let value = self.expr(value)?;
            let value = self.coerce(value, &Ty::Any);
            let class_object = self.class_object(class);
            return Ok(call(
                "instance::member",
                Ty::Instance(class),
                vec![by_ref(class_object), by_ref(value)],
            ));
        }
        if let (Kind::Named, Some(fields)) = (def.kind, def.fields.clone()) {
            return self.named_tuple(e, class, &fields);
        }
        let class_object = self.class_object(class);
        let instance = self.temporary("instance", e, &Ty::Instance(class));
        let new = call(
            &format!("{}::new", self.kept_in(class)),
            Ty::Instance(class),
            vec![by_ref(class_object)],
        );
        let mut stmts = vec![self.assign(instance, new)];
        let fields = def.fields.clone();
        if let Some(&init) = def.methods.get("__init__") {
            let this = self.read(instance);
            let done = self.call_function(e, init, Some(this))?;
            stmts.push(Stmt::Do(done));
        } else if let Some(fields) = fields {
            let values = self.field_values(e, &fields, &mut stmts)?;
            for (name, value) in values {
                let this = self.read(instance);
                stmts.push(self.set_attribute(this, class, name, value));
            }
            if let Some(&post) = def.methods.get("__post_init__") {
                let this = self.read(instance);
                let done = self.call_spec(e, post, vec![this])?;
                stmts.push(Stmt::Do(done));
            }
        } else if !e.arguments.args.is_empty() || !e.arguments.keywords.is_empty() {
            return self.no(
                e,
                "arguments",
                "this class takes no arguments",
                "Define `__init__`.",
            );
        }
        let value = self.read(instance);
        Ok(block(stmts, value))
    }

    /// What each field gets in a call of its class, in the order in which Python computes it.
    fn field_values<'f>(
        &mut self,
        e: &ExprCall,
        fields: &[Field<'f>],
        before: &mut Vec<Stmt>,
    ) -> Low<Vec<(&'f str, Expr)>> {
        let mut given: Vec<Option<Expr>> = vec![None; fields.len()];
        let by_position: Vec<usize> = (0..fields.len())
            .filter(|&i| fields[i].init && !fields[i].by_name)
            .collect();
        let mut next = 0;
        for (i, arg) in e.arguments.args.iter().enumerate() {
            if let Ast::Starred(s) = arg
                && i + 1 == e.arguments.args.len()
            {
                for (k, value) in given.iter_mut().flatten().enumerate() {
                    let place = u64::from(arg.range().start().to_u32()) + 1;
                    let kept = self.local(&format!("earlier_{k}"), place);
                    let now = std::mem::replace(value, super::build::none());
                    before.push(self.assign(kept, now));
                    *value = self.read(kept);
                }
                let named = |f: &Field<'_>| {
                    let mut all = e.arguments.keywords.iter();
                    all.any(|k| k.arg.as_ref().is_some_and(|n| n.as_str() == f.name))
                };
                let left = by_position[next.min(by_position.len())..]
                    .iter()
                    .filter(|&&at| !named(&fields[at]))
                    .count();
                for part in self.spread(s, true, &vec![None; left], before)? {
                    let Some(&at) = by_position.get(next) else {
                        return self.no(
                            arg,
                            "arguments",
                            "these arguments do not fit the fields",
                            "Pass one for each field.",
                        );
                    };
                    given[at] = Some(part);
                    next += 1;
                }
                continue;
            }
            next += 1;
            match by_position.get(i) {
                Some(&at) if !matches!(arg, Ast::Starred(_)) => given[at] = Some(self.expr(arg)?),
                _ => {
                    return self.no(
                        arg,
                        "arguments",
                        "these arguments do not fit the fields",
                        "Pass one for each field.",
                    );
                }
            }
        }
        for keyword in &e.arguments.keywords {
            let named = keyword.arg.as_ref().and_then(|n| {
                let mut all = fields.iter();
                all.position(|f| f.name == n.as_str() && f.init)
            });
            match named {
                Some(at) if given[at].is_none() => {
                    // Arguments are computed as they are written, not as the fields stand.
                    if given[at + 1..].iter().any(Option::is_some) {
                        for (k, value) in given.iter_mut().flatten().enumerate() {
                            let place = u64::from(keyword.range.start().to_u32()) + 1;
                            let kept = self.local(&format!("earlier_{k}"), place);
                            let now = std::mem::replace(value, super::build::none());
                            before.push(self.assign(kept, now));
                            *value = self.read(kept);
                        }
                    }
                    given[at] = Some(self.expr(&keyword.value)?);
                }
                _ => {
                    return self.no(
                        keyword,
                        "arguments",
                        "this keyword does not fit the fields",
                        "Pass the fields by their names.",
                    );
                }
            }
        }
        let mut values = Vec::new();
        for (field, value) in fields.iter().zip(given) {
            let value = match (value, field.default, field.factory) {
                (Some(value), ..) => value,
                (None, Some(default), _) if is_constant(default) => self.expr(default)?,
                (None, None, Some(factory)) => self.fresh_field(factory)?,
                (None, None, None) if !field.init => continue,
                _ => {
                    return self.no(
                        e,
                        "default",
                        format!("the field `{}` needs a value here", field.name),
                        "Pass the field, or give it a constant default.",
                    );
                }
            };
            values.push((field.name, value));
        }
        Ok(values)
    }

    /// What a `default_factory` makes.
    fn fresh_field(&mut self, factory: &Ast) -> Low<Expr> {
        if let Ast::Name(n) = factory
            && self.is_builtin(&n.id)
        {
            let ty = match n.id.as_str() {
                "list" => Some(Ty::List(self.site(factory.range(), 50))),
                "set" => Some(Ty::Set(self.site(factory.range(), 50))),
                "dict" => {
                    let key = self.site(factory.range(), 50);
                    Some(Ty::Dict(key, self.site(factory.range(), 51)))
                }
                _ => None,
            };
            if let Some(ty) = ty {
                return Ok(self.new_container(&ty));
            }
        }
        self.apply(factory, Vec::new())
    }

    /// A new named tuple.
    fn named_tuple(&mut self, e: &ExprCall, class: usize, fields: &[Field<'_>]) -> Low<Expr> {
        let mut before = Vec::new();
        let values = self.field_values(e, fields, &mut before)?;
        let mut items = Vec::new();
        for (name, value) in values {
            let slot = self.unit.attribute(class, name);
            self.unit.types.learn(slot, &value.ty);
            let ty = self.unit.types.get(slot);
            let value = self.coerce(value, &ty);
            items.push(self.coerce(value, &Ty::Any));
        }
        let made = self.named_tuple_of(class, items);
        Ok(block(before, made))
    }

    /// A named tuple of these objects.
    fn named_tuple_of(&mut self, class: usize, items: Vec<Expr>) -> Expr {
        let class_object = self.class_object(class);
        let array = Expr {
            ty: Ty::Any,
            node: Node::Array(items),
        };
        call(
            "instance::new_tuple",
            Ty::Instance(class),
            vec![by_ref(class_object), by_ref(array)],
        )
    }

    /// `named._replace(field=value, …)`.
    pub(super) fn replaced(&mut self, e: &ExprCall, named: Expr, class: usize) -> Low<Expr> {
        let fields = self.unit.program.classes[class].fields.clone();
        let fields = fields.unwrap_or_default();
        let kept = self.temporary("named", e, &named.ty.clone());
        let mut before = vec![self.assign(kept, named)];
        let mut given: Vec<Option<Expr>> = vec![None; fields.len()];
        for (i, keyword) in e.arguments.keywords.iter().enumerate() {
            let name = keyword
                .arg
                .as_ref()
                .map(ruff_python_ast::Identifier::as_str);
            let at = fields.iter().position(|f| Some(f.name) == name);
            let (Some(at), true) = (at, e.arguments.args.is_empty()) else {
                return self.no(
                    keyword,
                    "arguments",
                    "this keyword does not fit the fields",
                    "Pass the fields by their names.",
                );
            };
            let value = self.expr(&keyword.value)?;
            let new = self.temporary(&format!("new_{i}"), keyword, &value.ty.clone());
            before.push(self.assign(new, value));
            given[at] = Some(self.read(new));
        }
        let mut items = Vec::new();
        for (field, value) in fields.iter().zip(given) {
            let value = match value {
                Some(value) => {
                    let slot = self.unit.attribute(class, field.name);
                    self.unit.types.learn(slot, &value.ty);
                    value
                }
                None => {
                    let read = self.read(kept);
                    self.get_attribute(e, read, class, field.name)?
                }
            };
            let ty = {
                let slot = self.unit.attribute(class, field.name);
                self.unit.types.get(slot)
            };
            let value = self.coerce(value, &ty);
            items.push(self.coerce(value, &Ty::Any));
        }
        let made = self.named_tuple_of(class, items);
        Ok(block(before, made))
    }

    /// A call of `super().name(…)` in a method.
    pub(super) fn super_call(&mut self, e: &ExprCall, name: &str) -> Low<Expr> {
        let function = self.function();
        let def = &self.unit.program.functions[function];
        let this = def
            .node
            .parameters
            .posonlyargs
            .iter()
            .chain(&def.node.parameters.args)
            .next()
            .map(|p| p.parameter.name.to_string());
        let (Some(class), Some(this)) = (def.class, this) else {
            return self.no(
                e,
                "super",
                "`super` outside a method",
                "Name the class and the instance.",
            );
        };
        self.uses_builtin("super");
        let base = self.unit.program.classes[class].base;
        let object = self.find(&this).map(|l| self.read(l));
        let Some(object) = object.filter(|o| matches!(o.ty, Ty::Instance(_))) else {
            return self.no(
                e,
                "super",
                "`super` of something else than an instance",
                "Name the class and the method.",
            );
        };
        match base.and_then(|b| self.unit.program.classes[b].methods.get(name).copied()) {
            Some(method) => self.call_function(e, method, Some(object)),
            None if name == "__init__" && self.unit.program.classes[class].is_exception => {
                self.init_exception(e, object)
            }
            None if name == "__init__"
                && base.is_none_or(|b| self.unit.program.classes[b].fields.is_none())
                && !self.unit.program.classes[class].is_exception
                && e.arguments.args.is_empty()
                && e.arguments.keywords.is_empty() =>
            {
                Ok(super::build::none())
            }
            None => self.no(
                e,
                "super",
                format!("`super().{name}` is not a method of this file"),
                "Define it in the base class.",
            ),
        }
    }

    /// An object of whose class and method Rust is sure.
    pub(super) fn with_method(
        &mut self,
        object: Expr,
        class: usize,
        function: usize,
        name: &str,
    ) -> Expr {
        let class_object = self.class_object(class);
        let method = self.capture(Place::Function(
            self.unit.program.functions[function].qualname.clone(),
        ));
        let name = self.name_constant(name);
        let ty = object.ty.clone();
        call(
            &format!("{}::with_method", self.kept_in(class)),
            ty,
            vec![
                own(object),
                by_ref(class_object),
                by_ref(name),
                by_ref(method),
            ],
        )
    }

    /// An object of whose class Rust is sure.
    pub(super) fn checked(&mut self, object: Expr, class: usize) -> Expr {
        let class_object = self.class_object(class);
        let ty = object.ty.clone();
        call(
            &format!("{}::checked", self.kept_in(class)),
            ty,
            vec![own(object), by_ref(class_object)],
        )
    }

    /// A value, which is exactly of its class if it is an instance.
    pub(super) fn of_its_class(&mut self, value: Expr) -> Expr {
        match value.ty {
            Ty::Instance(class) => self.checked(value, class),
            _ => value,
        }
    }

    /// The right side of an operator whose left side is of this class: what derives from it may have to answer first.
    pub(super) fn beside(&mut self, class: usize, right: Expr) -> Expr {
        if right.ty != Ty::Any {
            return self.of_its_class(right);
        }
        let class = self.class_object(class);
        let right = own(right);
        call("instance::no_heir", Ty::Any, vec![right, by_ref(class)])
    }

    /// A call of a method of an instance, with values; the method's name is looked up on the class alone.
    pub(super) fn special(
        &mut self,
        at: &impl Ranged,
        object: Expr,
        class: usize,
        name: &str,
        values: Vec<Expr>,
    ) -> Low<Option<Expr>> {
        let Some(&function) = self.unit.program.classes[class].methods.get(name) else {
            return Ok(None);
        };
        self.plain_class(at, class)?;
        let mut args = vec![self.with_method(object, class, function, name)];
        args.extend(values);
        let params = &self.unit.program.functions[function].node.parameters;
        if params.posonlyargs.len() + params.args.len() != args.len()
            || params.vararg.is_some()
            || params.kwarg.is_some()
            || !params.kwonlyargs.is_empty()
        {
            return self.no(
                at,
                "arguments",
                format!("`{name}` has other parameters than usual"),
                "Give it the usual ones.",
            );
        }
        let done = self.call_spec(at, function, args)?;
        Ok(Some(self.answered(done)))
    }

    /// The answer of a method of an operator, where Python does not ask another method instead.
    fn answered(&self, done: Expr) -> Expr {
        match done.ty {
            Ty::Any => call("any::answered", Ty::Any, vec![own(done)]),
            _ => done,
        }
    }
}
