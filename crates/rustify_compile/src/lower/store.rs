//! Items and attributes that take values.

use ruff_python_ast::{Expr as Ast, ExprAttribute, ExprSubscript};
use ruff_text_size::Ranged;

use super::build::{by_ref, call, method, own};
use super::scope::{Low, Lowerer};
use crate::ir::{Expr, Node, Stmt};
use crate::types::{Scalar, Ty};

impl Lowerer<'_, '_> {
    pub(super) fn set_item(&mut self, s: &ExprSubscript, value: Expr) -> Low<Vec<Stmt>> {
        if let Ast::Name(n) = &*s.value
            && let Some(local) = self.find(&n.id)
            && let Ty::Array(scalar, nd) = self.type_of(local)
            && matches!(
                value.node,
                Node::Fused(..) | Node::Local(_) | Node::Literal(_)
            )
        {
            // An expression goes straight to its place.
            let array = self.read(local);
            return Ok(vec![self.array_store(
                s,
                array,
                &s.slice,
                (scalar, nd),
                value,
            )?]);
        }
        // Python computes the value before the container and the index.
        let kept = self.temporary("stored", s, &value.ty.clone());
        let mut stmts = vec![self.assign(kept, value)];
        let container = self.expr(&s.value)?;
        let value = self.read(kept);
        stmts.extend(self.store(s, container, &s.slice, value)?);
        Ok(stmts)
    }

    /// `container[index] = value`.
    pub(super) fn store(
        &mut self,
        at: &impl Ranged,
        container: Expr,
        index: &Ast,
        value: Expr,
    ) -> Low<Vec<Stmt>> {
        let container = self.present(container);
        if let Ty::Array(scalar, nd) = container.ty {
            return Ok(vec![self.array_store(
                at,
                container,
                index,
                (scalar, nd),
                value,
            )?]);
        }
        if let Ast::Slice(slice) = index {
            if let (Ty::List(a), Ty::List(b)) = (&container.ty, &value.ty) {
                self.unit.types.unify(*a, *b);
                if let Some(parts) = self.parts(slice)? {
                    let mut args: Vec<_> = parts.into_iter().map(own).collect();
                    args.push(by_ref(value));
                    let stored = method(container, "set_slice::<Int>", Ty::None, args);
                    return Ok(vec![Stmt::Do(stored)]);
                }
            }
            let key = self.slice_object(slice)?;
            if container.ty == Ty::ByteArray {
                let value = self.coerce(value, &Ty::Any);
                let args = vec![by_ref(key), by_ref(value)];
                return Ok(vec![Stmt::Do(method(
                    container,
                    "set_part",
                    Ty::None,
                    args,
                ))]);
            }
            let (container, value) = (
                self.coerce(container, &Ty::Any),
                self.coerce(value, &Ty::Any),
            );
            return Ok(vec![Stmt::Do(call(
                "any::set_item",
                Ty::None,
                vec![by_ref(container), by_ref(key), by_ref(value)],
            ))]);
        }
        let index = if container.ty == Ty::Any && Self::is_array_key(index) {
            self.array_key(index)?
        } else {
            self.expr(index)?
        };
        Ok(vec![Stmt::Do(self.put(at, container, index, value)?)])
    }

    /// `array[indices] = value`.
    pub(super) fn array_put(
        &mut self,
        at: &impl Ranged,
        array: Expr,
        (scalar, nd): (Scalar, usize),
        indices: Vec<Expr>,
        value: Expr,
    ) -> Low<Expr> {
        if indices.len() != nd {
            return self.no(
                at,
                "array-view",
                "a part of an array is assigned",
                "Index every axis.",
            );
        }
        let value = self.present(value);
        let is_any = value.ty == Ty::Any;
        let again = value.clone();
        let Some(item) = self.stored_item(value, scalar) else {
            if is_any {
                let key = match <[Expr; 1]>::try_from(indices) {
                    Ok([one]) => one,
                    Err(indices) => Expr {
                        ty: Ty::Tuple(indices.iter().map(|i| i.ty.clone()).collect()),
                        node: Node::Tuple(indices),
                    },
                };
                return Ok(self.assigned_by_numpy(array, key, again));
            }
            return self.no(
                at,
                "array-item",
                "an item of this type is assigned to the array",
                "Convert it to the array's type.",
            );
        };
        let indices = Expr {
            ty: Ty::Any,
            node: Node::Array(indices),
        };
        Ok(method(
            array,
            "set",
            Ty::None,
            vec![own(indices), own(item)],
        ))
    }

    /// `array[key] = value` by NumPy, which converts the value.
    fn assigned_by_numpy(&mut self, array: Expr, key: Expr, value: Expr) -> Expr {
        let (key, value) = (self.coerce(key, &Ty::Any), self.coerce(value, &Ty::Any));
        method(array, "assign", Ty::None, vec![by_ref(key), by_ref(value)])
    }

    pub(super) fn put(
        &mut self,
        at: &impl Ranged,
        container: Expr,
        index: Expr,
        value: Expr,
    ) -> Low<Expr> {
        match container.ty.clone() {
            Ty::List(slot) => {
                self.unit.types.learn(slot, &value.ty);
                let want = self.unit.types.get(slot);
                let value = self.coerce(value, &want);
                let index = self.whole_index(index);
                let index = self.coerce(index, &Ty::Int);
                Ok(method(
                    container,
                    "set",
                    Ty::None,
                    vec![own(index), own(value)],
                ))
            }
            Ty::Deque(slot) => {
                self.unit.types.learn(slot, &value.ty);
                let want = self.unit.types.get(slot);
                let value = self.coerce(value, &want);
                let index = self.whole_index(index);
                let index = self.coerce(index, &Ty::Int);
                Ok(method(
                    container,
                    "set",
                    Ty::None,
                    vec![own(index), own(value)],
                ))
            }
            Ty::ByteArray => self.put_byte(at, container, index, value),
            Ty::Map(_, k, v) => {
                let view = self.as_dict(container, k, v);
                self.put(at, view, index, value)
            }
            Ty::Dict(k, v) => {
                self.unit.types.learn(k, &index.ty);
                self.unit.types.learn(v, &value.ty);
                let (want_key, want) = (self.unit.types.get(k), self.unit.types.get(v));
                let (index, value) = (self.coerce(index, &want_key), self.coerce(value, &want));
                Ok(method(
                    container,
                    "set",
                    Ty::None,
                    vec![by_ref(index), own(value)],
                ))
            }
            Ty::Instance(c)
                if self.unit.program.classes[c]
                    .methods
                    .contains_key("__setitem__") =>
            {
                let args = vec![index, value];
                let done = self.special(at, container, c, "__setitem__", args)?;
                Ok(done.unwrap_or_else(super::build::none))
            }
            Ty::Any | Ty::Never => {
                let args = [container, index, value].map(|e| by_ref(self.coerce(e, &Ty::Any)));
                Ok(call("any::set_item", Ty::None, args.into()))
            }
            _ => self.no(
                at,
                "target",
                "items of this value cannot be assigned",
                "Use a list or a dict.",
            ),
        }
    }

    pub(super) fn set_attr(&mut self, a: &ExprAttribute, value: Expr) -> Low<Vec<Stmt>> {
        let attr = self.attribute_name(&a.attr);
        let kept = self.temporary("stored", a, &value.ty.clone());
        let mut stmts = vec![self.assign(kept, value)];
        let object = self.expr(&a.value)?;
        let object = self.present(object);
        if let Ty::Class(class) = object.ty {
            let value = self.read(kept);
            let set = self.set_class_attribute(a, object, class, &attr, value)?;
            stmts.push(set);
            return Ok(stmts);
        }
        let Ty::Instance(class) = object.ty else {
            if matches!(object.ty, Ty::Never | Ty::None) {
                stmts.push(Stmt::Do(call("python_only::<()>", Ty::None, Vec::new())));
                return Ok(stmts);
            }
            let value = self.read(kept);
            if object.ty == Ty::Any
                && let Some(more) = self.any_store(a, object, &attr, &value)?
            {
                stmts.extend(more);
                return Ok(stmts);
            }
            return self.no(
                a,
                "attribute",
                format!(
                    "the attribute `{}` of a value whose class is not known here",
                    a.attr
                ),
                "Annotate the value with a class of this file.",
            );
        };
        let value = self.read(kept);
        let set = self.write_attribute(a, object, class, &attr, value)?;
        stmts.push(set);
        Ok(stmts)
    }
}
