//! Instances of classes of the file: making them, their attributes, their methods.

use ruff_python_ast::{Expr as Ast, ExprCall};
use ruff_text_size::Ranged;

use super::build::{block, by_ref, call, own};
use super::calls::is_constant;
use super::scope::{Low, Lowerer};
use super::unit::{Constant, Place};
use crate::ir::{Expr, Stmt};
use crate::types::Ty;

impl Lowerer<'_, '_> {
    /// A new instance of a class of the file.
    pub(super) fn construct(&mut self, e: &ExprCall, class: usize) -> Low<Expr> {
        let def = &self.unit.program.classes[class];
        if let Some(obstacle) = def.obstacle {
            return self.no(
                e,
                "class",
                format!(
                    "instances of `{}` cannot be made here: {obstacle}",
                    def.name
                ),
                "Use a plain class.",
            );
        }
        let name = def.name.clone();
        let class_object = self.capture(Place::Global(name));
        let instance = self.temporary("instance", e, &Ty::Instance(class));
        let new = call(
            "instance::new",
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
            let mut values: Vec<Option<Expr>> = vec![None; fields.len()];
            for (i, arg) in e.arguments.args.iter().enumerate() {
                if i >= fields.len() || matches!(arg, Ast::Starred(_)) {
                    return self.no(
                        arg,
                        "arguments",
                        "these arguments do not fit the fields",
                        "Pass one for each field.",
                    );
                }
                values[i] = Some(self.expr(arg)?);
            }
            for keyword in &e.arguments.keywords {
                match keyword
                    .arg
                    .as_ref()
                    .and_then(|n| fields.iter().position(|f| f.0 == n.as_str()))
                {
                    Some(at) if values[at].is_none() => {
                        values[at] = Some(self.expr(&keyword.value)?)
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
            let post = self.unit.program.classes[class]
                .methods
                .contains_key("__post_init__");
            for ((field, _, default), value) in fields.iter().zip(values) {
                let value = match (value, default) {
                    (Some(value), _) => value,
                    (None, Some(default)) if is_constant(default) => self.expr(default)?,
                    _ => {
                        return self.no(
                            e,
                            "default",
                            "a field without a constant default is needed here",
                            "Pass the field.",
                        );
                    }
                };
                let this = self.read(instance);
                stmts.push(self.set_attribute(this, class, field, value));
            }
            if post {
                return self.no(
                    e,
                    "class",
                    "`__post_init__` of a dataclass",
                    "Set the fields in `__init__`.",
                );
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

    /// `object.name = value`.
    pub(super) fn set_attribute(
        &mut self,
        object: Expr,
        class: usize,
        name: &str,
        value: Expr,
    ) -> Stmt {
        let slot = self.unit.attribute(class, name);
        self.unit.types.learn(slot, &value.ty);
        let ty = self.unit.types.get(slot);
        let value = self.coerce(value, &ty);
        let name = self.constant(Constant::Name(name.to_owned()));
        let checked = self.checked(object, class);
        Stmt::Do(call(
            "instance::set",
            Ty::None,
            vec![by_ref(checked), by_ref(name), own(value)],
        ))
    }

    /// An object of whose class and method Rust is sure.
    pub(super) fn with_method(
        &mut self,
        object: Expr,
        class: usize,
        function: usize,
        name: &str,
    ) -> Expr {
        let class_object =
            self.capture(Place::Global(self.unit.program.classes[class].name.clone()));
        let method = self.capture(Place::Function(
            self.unit.program.functions[function].qualname.clone(),
        ));
        let name = self.constant(Constant::Name(name.to_owned()));
        let ty = object.ty.clone();
        call(
            "instance::with_method",
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
        let name = self.unit.program.classes[class].name.clone();
        let class_object = self.capture(Place::Global(name));
        let ty = object.ty.clone();
        call(
            "instance::checked",
            ty,
            vec![own(object), by_ref(class_object)],
        )
    }

    /// `object.name`.
    pub(super) fn get_attribute(
        &mut self,
        at: &impl Ranged,
        object: Expr,
        class: usize,
        name: &str,
    ) -> Low<Expr> {
        let def = &self.unit.program.classes[class];
        if let Some(obstacle) = def.obstacle {
            return self.no(
                at,
                "class",
                format!(
                    "instances of `{}` cannot be looked into: {obstacle}",
                    def.name
                ),
                "Use a plain class.",
            );
        }
        if let Some(&f) = def.methods.get(name) {
            let is_property = self.unit.program.functions[f]
                .node
                .decorator_list
                .iter()
                .any(|d| matches!(&d.expression, Ast::Name(n) if n.id == "property"));
            if is_property {
                let object = self.checked(object, class);
                return self.call_spec(at, f, vec![object]);
            }
            return self.no(
                at,
                "bound-method",
                "a method is kept as a value",
                "Call it where it is named.",
            );
        }
        if let Some(value) = def.attributes.get(name).copied() {
            let ty = self.expr(value)?.ty;
            let slot = self.unit.attribute(class, name);
            self.unit.types.learn(slot, &ty);
        }
        let slot = self.unit.attribute(class, name);
        let ty = self.unit.types.get(slot);
        let name = self.constant(Constant::Name(name.to_owned()));
        let checked = self.checked(object, class);
        let path = format!("instance::get::<{}>", self.unit.types.rust(&ty));
        Ok(call(&path, ty, vec![by_ref(checked), by_ref(name)]))
    }
}
