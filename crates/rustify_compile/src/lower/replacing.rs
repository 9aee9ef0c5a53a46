//! `dataclasses.replace`: a new instance with the fields of another, but for some.

use ruff_python_ast::{Expr as Ast, ExprCall, Identifier};

use super::build::{block, by_ref, call};
use super::scope::{Low, Lowerer};
use super::unit::Place;
use crate::classes::Kind;
use crate::ir::{Expr, Stmt};
use crate::types::Ty;

impl Lowerer<'_, '_> {
    /// `replace(instance, name=value, …)`.
    pub(super) fn replaced_fields(&mut self, e: &ExprCall, place: &Place) -> Low<Option<Expr>> {
        let [object] = &e.arguments.args[..] else {
            return Ok(None);
        };
        if matches!(object, Ast::Starred(_)) {
            return Ok(None);
        }
        let object = self.expr(object)?;
        let object = self.present(object);
        if object.ty == Ty::Never {
            return Ok(Some(call("python_only::<Obj>", Ty::Never, Vec::new())));
        }
        let Ty::Instance(class) = object.ty else {
            return Ok(None);
        };
        self.plain_class(e, class)?;
        let def = &self.unit.program.classes[class];
        let Some(fields) = def.fields.clone() else {
            return Ok(None);
        };
        let is_plain = def.kind == Kind::Plain
            && !def.methods.contains_key("__init__")
            && !def.methods.contains_key("__replace__")
            && fields.iter().all(|f| f.init);
        if !is_plain {
            return Ok(None);
        }
        self.capture(place.clone());
        let post = def.methods.get("__post_init__").copied();
        let old = self.temporary("replaced", e, &object.ty.clone());
        let object = self.checked(object, class);
        let mut stmts = vec![self.assign(old, object)];
        let mut given: Vec<Option<Expr>> = vec![None; fields.len()];
        for (i, keyword) in e.arguments.keywords.iter().enumerate() {
            let name = keyword.arg.as_ref().map(Identifier::as_str);
            let at = fields.iter().position(|f| Some(f.name) == name);
            let Some(at) = at.filter(|&at| given[at].is_none()) else {
                return self.no(
                    keyword,
                    "arguments",
                    "this keyword does not fit the fields",
                    "Pass the fields by their names.",
                );
            };
            let value = self.expr(&keyword.value)?;
            let kept = self.temporary(&format!("new_{i}"), keyword, &value.ty.clone());
            stmts.push(self.assign(kept, value));
            given[at] = Some(self.read(kept));
        }
        let mut values = Vec::new();
        for (i, (field, value)) in fields.iter().zip(given).enumerate() {
            let value = match value {
                Some(value) => value,
                None => {
                    let read = self.read(old);
                    let value = self.get_attribute(e, read, class, field.name)?;
                    let kept = self.temporary(&format!("old_{i}"), e, &value.ty.clone());
                    stmts.push(self.assign(kept, value));
                    self.read(kept)
                }
            };
            values.push(value);
        }
        let class_object = self.class_object(class);
        let instance = self.temporary("instance", e, &Ty::Instance(class));
        let new = call(
            &format!("{}::new", self.kept_in(class)),
            Ty::Instance(class),
            vec![by_ref(class_object)],
        );
        stmts.push(self.assign(instance, new));
        for (field, value) in fields.iter().zip(values) {
            let this = self.read(instance);
            stmts.push(self.set_attribute(this, class, field.name, value));
        }
        if let Some(post) = post {
            let this = self.read(instance);
            let done = self.call_spec(e, post, vec![this])?;
            stmts.push(Stmt::Do(done));
        }
        let value = self.read(instance);
        Ok(Some(block(stmts, value)))
    }
}
