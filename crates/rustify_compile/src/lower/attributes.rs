//! Attributes of instances and of classes.

use ruff_text_size::Ranged;

use super::build::{by_ref, call, literal, own};
use super::scope::{Low, Lowerer};
use super::unit::Constant;
use crate::classes::Kind;
use crate::ir::{Expr, Node, Pass, Stmt};
use crate::types::Ty;

impl Lowerer<'_, '_> {
    /// Whether a value can be an exception that is being handled.
    pub(super) fn may_be_exception(&self, e: &Expr) -> bool {
        match e.ty {
            Ty::Any => true,
            Ty::Instance(c) => self.unit.program.classes[c].is_exception,
            _ => false,
        }
    }

    /// The name of an attribute as an object.
    pub(super) fn name_constant(&mut self, name: &str) -> Expr {
        self.constant(Constant::Name(name.to_owned()))
    }

    /// `object.name = value` of an instance that has no property of that name.
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
        if self.unit.types.is_record(class) {
            let (path, mut args) = self.place_in_record(object, class, name, "set");
            args.push(own(value));
            return Stmt::Do(call(&path, Ty::None, args));
        }
        let name = self.name_constant(name);
        let checked = self.checked(object, class);
        Stmt::Do(call(
            "instance::set",
            Ty::None,
            vec![by_ref(checked), by_ref(name), own(value)],
        ))
    }

    /// The function of the support source for an attribute of an instance that may be in Rust, and what tells it the
    /// attribute.
    fn place_in_record(
        &mut self,
        object: Expr,
        class: usize,
        name: &str,
        verb: &str,
    ) -> (String, Vec<(Pass, Expr)>) {
        let class_object = self.class_object(class);
        let name_object = self.name_constant(name);
        let mut args = vec![by_ref(object), by_ref(class_object), by_ref(name_object)];
        let path = match self.unit.program.classes[class].field(name) {
            Some(at) => {
                args.push(own(literal(&at.to_string(), Ty::Any)));
                format!("record::{verb}")
            }
            None => format!("record::{verb}_other"),
        };
        (path, args)
    }

    /// `object.name` as a value of a type, of an instance that has no property of that name.
    pub(super) fn read_attribute(
        &mut self,
        object: Expr,
        class: usize,
        name: &str,
        ty: &Ty,
    ) -> Expr {
        let rust = self.unit.types.rust(ty);
        if self.unit.types.is_record(class) {
            let (path, args) = self.place_in_record(object, class, name, "get");
            return call(&format!("{path}::<{rust}>"), ty.clone(), args);
        }
        let name = self.name_constant(name);
        let checked = self.checked(object, class);
        call(
            &format!("instance::get::<{rust}>"),
            ty.clone(),
            vec![by_ref(checked), by_ref(name)],
        )
    }

    /// `object.name = value`.
    pub(super) fn write_attribute(
        &mut self,
        at: &impl Ranged,
        object: Expr,
        class: usize,
        name: &str,
        value: Expr,
    ) -> Low<Stmt> {
        self.plain_class(at, class)?;
        let def = &self.unit.program.classes[class];
        if def.frozen {
            return self.no(
                at,
                "frozen",
                format!("instances of `{}` are frozen", def.name),
                "Make a new instance.",
            );
        }
        if let Some(&(_, setter)) = def.properties.get(name) {
            let Some(setter) = setter else {
                return self.no(
                    at,
                    "attribute",
                    format!("the property `{name}` has no setter"),
                    "Give it one.",
                );
            };
            let object = self.checked(object, class);
            return self
                .call_spec(at, setter, vec![object, value])
                .map(Stmt::Do);
        }
        if def.methods.contains_key(name) {
            return self.no(
                at,
                "attribute",
                format!("`{name}` is also a method of the class"),
                "Use another name.",
            );
        }
        Ok(self.set_attribute(object, class, name, value))
    }

    /// `object.name`.
    pub(super) fn get_attribute(
        &mut self,
        at: &impl Ranged,
        object: Expr,
        class: usize,
        name: &str,
    ) -> Low<Expr> {
        self.plain_class(at, class)?;
        let def = &self.unit.program.classes[class];
        let mut name = name;
        if matches!(def.kind, Kind::Enum | Kind::IntEnum) && !def.properties.contains_key(name) {
            name = match name {
                "value" => "_value_",
                "name" => "_name_",
                // What its `__init__` gives to each member.
                _ if def.names.contains(name) && !def.attributes.contains_key(name) => {
                    return Ok(self.read_attribute(object, class, name, &Ty::Any));
                }
                _ => {
                    return self.no(
                        at,
                        "enum",
                        format!("the attribute `{name}` of a member of an enumeration"),
                        "Use its `value` or its `name`.",
                    );
                }
            };
            return self.enum_attribute(object, class, name);
        }
        if let Some(&(getter, _)) = def.properties.get(name) {
            let object = self.checked(object, class);
            return self.call_spec(at, getter, vec![object]);
        }
        if def.methods.contains_key(name) {
            return self.no(
                at,
                "bound-method",
                "a method is kept as a value",
                "Call it where it is named.",
            );
        }
        let slot = self.unit.attribute(class, name);
        if let Some(value) = def.attributes.get(name).copied() {
            let ty = self.global_type(value);
            self.unit.types.learn(slot, &ty);
        }
        self.guess_attribute(class, name);
        let ty = self.unit.types.get(slot);
        Ok(self.read_attribute(object, class, name, &ty))
    }

    /// Nothing has assigned an attribute so far: its annotation tells its type, or it is only known at run time.
    fn guess_attribute(&mut self, class: usize, name: &str) {
        let slot = self.unit.attribute(class, name);
        if self.unit.types.get(slot) != Ty::Never {
            return;
        }
        let def = &self.unit.program.classes[class];
        if let Some(field) = def
            .fields
            .iter()
            .flatten()
            .find(|f| f.name == name)
            .copied()
        {
            // A field without annotation takes the types of the values that it is given.
            match field.annotation {
                Some(annotation) => {
                    let ty = super::annotations::annotated(self.unit, annotation);
                    self.unit.types.learn(slot, &ty);
                }
                None if self.unit.pass == 0 => self.unit.types.changed = true,
                None => self.unit.types.learn(slot, &Ty::Any),
            }
            return;
        }
        let init = def.methods.get("__init__").copied();
        let is_made = init.is_some_and(|f| self.unit.specs.iter().any(|s| s.function == f));
        if !is_made {
            self.unit.types.learn(slot, &Ty::Any);
        }
    }

    /// The value or the name of a member of an enumeration.
    fn enum_attribute(&mut self, object: Expr, class: usize, name: &str) -> Low<Expr> {
        let slot = self.unit.attribute(class, name);
        if name == "_name_" {
            self.unit.types.learn(slot, &Ty::Str);
        } else {
            let values: Vec<_> = self.unit.program.classes[class]
                .attributes
                .values()
                .copied()
                .collect();
            for value in values {
                let ty = self.global_type(value);
                self.unit.types.learn(slot, &ty);
            }
        }
        let ty = self.unit.types.get(slot);
        Ok(self.read_attribute(object, class, name, &ty))
    }

    /// `Class.name`.
    pub(super) fn class_attribute(
        &mut self,
        at: &impl Ranged,
        object: Expr,
        class: usize,
        name: &str,
    ) -> Low<Expr> {
        let def = &self.unit.program.classes[class];
        if name == "__name__" {
            let text = def.own_name().to_owned();
            let kept = super::build::effects(object);
            let text = self.text_constant(&text);
            return Ok(super::build::block(kept, text));
        }
        let Some(value) = def.attributes.get(name).copied() else {
            return self.no(
                at,
                "class-attribute",
                format!("`{}.{name}` is not a value that its body gives", def.name),
                "Give it a value in the body of the class.",
            );
        };
        let ty = match def.kind {
            Kind::Enum | Kind::IntEnum => Ty::Instance(class),
            _ => {
                let slot = self.unit.attribute(class, name);
                let ty = self.global_type(value);
                self.unit.types.learn(slot, &ty);
                self.unit.types.get(slot)
            }
        };
        let name = self.name_constant(name);
        let path = format!("instance::of_class::<{}>", self.unit.types.rust(&ty));
        Ok(call(&path, ty, vec![by_ref(object), by_ref(name)]))
    }

    /// `Class.name = value`.
    pub(super) fn set_class_attribute(
        &mut self,
        at: &impl Ranged,
        object: Expr,
        class: usize,
        name: &str,
        value: Expr,
    ) -> Low<Stmt> {
        let def = &self.unit.program.classes[class];
        if def.kind != Kind::Plain || !def.attributes.contains_key(name) {
            return self.no(
                at,
                "class-attribute",
                format!("`{}.{name}` is assigned", def.name),
                "Give it a value in the body of the class.",
            );
        }
        let slot = self.unit.attribute(class, name);
        self.unit.types.learn(slot, &value.ty);
        let ty = self.unit.types.get(slot);
        let value = self.coerce(value, &ty);
        let name = self.name_constant(name);
        Ok(Stmt::Do(call(
            "instance::set_of_class",
            Ty::None,
            vec![by_ref(object), by_ref(name), own(value)],
        )))
    }

    /// The items of a named tuple, as a tuple of known length.
    pub(super) fn as_plain_tuple(&mut self, at: &impl Ranged, object: Expr) -> Low<Expr> {
        let Ty::Instance(class) = object.ty else {
            return Ok(object);
        };
        let fields: Vec<String> = match &self.unit.program.classes[class].fields {
            Some(fields) => fields.iter().map(|f| f.name.to_owned()).collect(),
            None => return Ok(object),
        };
        let kept = self.temporary("named", at, &object.ty.clone());
        let keep = self.assign(kept, object);
        let mut items = Vec::new();
        for field in fields {
            let read = self.read(kept);
            items.push(self.get_attribute(at, read, class, &field)?);
        }
        let ty = Ty::Tuple(items.iter().map(|i| i.ty.clone()).collect());
        let tuple = Expr {
            ty,
            node: Node::Tuple(items),
        };
        Ok(super::build::block(vec![keep], tuple))
    }

    /// A named tuple as a plain one, and anything else as it is.
    pub(super) fn as_plain(&mut self, at: &impl Ranged, e: Expr) -> Low<Expr> {
        if self.is_named(&e) {
            self.as_plain_tuple(at, e)
        } else {
            Ok(e)
        }
    }

    /// Whether a value is a named tuple.
    pub(super) fn is_named(&self, e: &Expr) -> bool {
        matches!(e.ty, Ty::Instance(c) if self.unit.program.classes[c].kind == Kind::Named)
    }
}
