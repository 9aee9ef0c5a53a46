//! Classes as values: by their names, in other classes, and what stands between a name and its class.

use ruff_python_ast::Expr as Ast;
use ruff_text_size::Ranged;

use super::build::{block, by_ref, call};
use super::scope::{Low, Lowerer};
use super::unit::Place;
use crate::classes::Kind;
use crate::ir::{Expr, Stmt};
use crate::program::Global;
use crate::types::Ty;

impl Lowerer<'_, '_> {
    /// The class of the file that an expression names: `C`, or `C.D` of a class inside another.
    pub(super) fn named_class(&self, e: &Ast) -> Option<usize> {
        match e {
            Ast::Name(n) if self.find(&n.id).is_none() => {
                match self.unit.program.globals.get(n.id.as_str()) {
                    Some(Global::Class(c)) => Some(*c),
                    _ => None,
                }
            }
            Ast::Attribute(a) => {
                let outer = self.named_class(&a.value)?;
                self.inner_class(outer, &self.attribute_name(&a.attr))
            }
            _ => None,
        }
    }

    /// The class that another one holds under a name.
    pub(super) fn inner_class(&self, outer: usize, name: &str) -> Option<usize> {
        self.unit.program.classes[outer].inner.get(name).copied()
    }

    /// The object of a class of the file.
    pub(super) fn class_object(&mut self, class: usize) -> Expr {
        let name = self.unit.program.classes[class].name.clone();
        if !name.contains('.') {
            return self.capture(Place::Global(name));
        }
        // The classes around it must mean what they meant, too.
        for (at, _) in name.match_indices('.').skip(1) {
            self.capture(Place::Class(name[..at].to_owned()));
        }
        self.capture(Place::Class(name))
    }

    /// A class of the file as a value.
    pub(super) fn class_value(&mut self, class: usize) -> Expr {
        Expr {
            ty: Ty::Class(class),
            ..self.class_object(class)
        }
    }

    /// `Class.Inner`, of a value that is a class.
    pub(super) fn class_of_class(&mut self, outer: Expr, inner: usize, name: &str) -> Expr {
        let name = self.name_constant(name);
        let found = call(
            "instance::of_class::<Obj>",
            Ty::Any,
            vec![by_ref(outer), by_ref(name)],
        );
        let object = self.class_object(inner);
        let same = call(
            "instance::same",
            Ty::None,
            vec![by_ref(found), by_ref(object)],
        );
        block(vec![Stmt::Do(same)], self.class_value(inner))
    }

    /// Whether a class is an enumeration.
    pub(super) fn is_enumeration(&self, class: usize) -> bool {
        matches!(
            self.unit.program.classes[class].kind,
            Kind::Enum | Kind::IntEnum
        )
    }

    /// The members of an enumeration, in the order of their definition.
    pub(super) fn members(&mut self, at: &impl Ranged, class: Expr, number: usize) -> Low<Expr> {
        self.plain_class(at, number)?;
        let slot = self.site(at.range(), 96);
        self.unit.types.learn(slot, &Ty::Instance(number));
        let all = call("instance::members", Ty::Any, vec![by_ref(class)]);
        Ok(self.coerce(all, &Ty::List(slot)))
    }

    /// `Class["NAME"]` of an enumeration.
    pub(super) fn member_named(
        &mut self,
        at: &impl Ranged,
        class: Expr,
        number: usize,
        name: Expr,
    ) -> Low<Expr> {
        self.plain_class(at, number)?;
        let name = self.coerce(name, &Ty::Any);
        Ok(call(
            "instance::member_named",
            Ty::Instance(number),
            vec![by_ref(class), by_ref(name)],
        ))
    }

    /// `object.Inner`, of an instance.
    pub(super) fn class_of_instance(
        &mut self,
        at: &impl Ranged,
        object: Expr,
        class: usize,
        inner: usize,
        name: &str,
    ) -> Low<Expr> {
        self.plain_class(at, class)?;
        let name = self.name_constant(name);
        let (outer, object_class) = (self.class_object(class), self.class_object(inner));
        let ty = object.ty.clone();
        let checked = call(
            &format!("{}::with_class", self.kept_in(class)),
            ty,
            vec![
                super::build::own(object),
                by_ref(outer),
                by_ref(name),
                by_ref(object_class),
            ],
        );
        Ok(block(vec![Stmt::Do(checked)], self.class_value(inner)))
    }
}
