//! Assignment: to names, items, attributes, and to several of them at once.

use ruff_python_ast::{Expr as Ast, ExprAttribute, ExprSubscript, StmtAugAssign};
use ruff_text_size::Ranged;

use super::build::{by_ref, call, int, method, own, sure, sure_method};
use super::scope::{Low, Lowerer};
use crate::ir::{Expr, Node, Stmt};
use crate::types::{Scalar, Ty};

impl Lowerer<'_, '_> {
    /// A target takes a value.
    pub(super) fn bind(&mut self, target: &Ast, value: Expr) -> Low<Vec<Stmt>> {
        match target {
            Ast::Name(n) => {
                let local = self.target(&n.id);
                Ok(vec![self.assign(local, value)])
            }
            Ast::Tuple(t) => self.unpack(target, &t.elts, value),
            Ast::List(l) => self.unpack(target, &l.elts, value),
            Ast::Subscript(s) => self.set_item(s, value),
            Ast::Attribute(a) => self.set_attr(a, value),
            _ => self.no(
                target,
                "target",
                "this target of an assignment is not translated",
                "Assign to names, items or attributes.",
            ),
        }
    }

    fn unpack(&mut self, at: &Ast, targets: &[Ast], value: Expr) -> Low<Vec<Stmt>> {
        let starred = targets.iter().position(|t| matches!(t, Ast::Starred(_)));
        let value = self.present(value);
        if starred.is_none()
            && let Ty::Tuple(items) = &value.ty
            && items.len() == targets.len()
        {
            let mut stmts = Vec::new();
            // All values are computed before the first target changes.
            if let Node::Tuple(values) = value.node {
                let mut kept = Vec::new();
                for (i, (value, target)) in values.into_iter().zip(targets).enumerate() {
                    let local = self.temporary(&format!("value_{i}"), target, &value.ty.clone());
                    stmts.push(self.assign(local, value));
                    kept.push(local);
                }
                for (local, target) in kept.into_iter().zip(targets) {
                    let value = self.read(local);
                    stmts.extend(self.bind(target, value)?);
                }
                return Ok(stmts);
            }
            let items = items.clone();
            let local = self.temporary("values", at, &value.ty.clone());
            stmts.push(self.assign(local, value));
            for (i, target) in targets.iter().enumerate() {
                let whole = self.read(local);
                let stored = match &whole.ty {
                    Ty::Tuple(now) => now.get(i).cloned().unwrap_or_else(|| items[i].clone()),
                    _ => items[i].clone(),
                };
                let item = Expr {
                    ty: stored,
                    node: Node::Field(Box::new(whole), i),
                };
                stmts.extend(self.bind(target, item)?);
            }
            return Ok(stmts);
        }
        let list = match value.ty {
            Ty::List(_) => value,
            _ => self.list_of(at, value)?,
        };
        let local = self.temporary("values", at, &list.ty.clone());
        let mut stmts = vec![self.assign(local, list)];
        let length = {
            let list = self.read(local);
            sure_method(list, "length", Ty::Int, Vec::new())
        };
        let want = targets.len() as i64;
        if let Some(star) = starred {
            stmts.push(Stmt::Do(call(
                "at_least",
                Ty::None,
                vec![
                    own(length),
                    own(super::build::literal(&(want - 1).to_string(), Ty::Any)),
                ],
            )));
            for (i, target) in targets.iter().enumerate() {
                let list = self.read(local);
                if let Ast::Starred(s) = target {
                    let behind = targets.len() - 1 - star;
                    let start = self.coerce(int(star as i64), &Ty::Opt(Box::new(Ty::Int)));
                    let stop = if behind == 0 {
                        super::build::literal("None::<Int>", Ty::Opt(Box::new(Ty::Int)))
                    } else {
                        self.coerce(int(-(behind as i64)), &Ty::Opt(Box::new(Ty::Int)))
                    };
                    let ty = list.ty.clone();
                    let step = super::build::literal("None::<Int>", Ty::Opt(Box::new(Ty::Int)));
                    let part = call(
                        "text::sliced::<_, Int>",
                        ty,
                        vec![by_ref(list), own(start), own(stop), own(step)],
                    );
                    stmts.extend(self.bind(&s.value, part)?);
                } else {
                    let at = if i < star {
                        i as i64
                    } else {
                        i as i64 - targets.len() as i64
                    };
                    let item = self.item(list, int(at))?;
                    stmts.extend(self.bind(target, item)?);
                }
            }
            return Ok(stmts);
        }
        stmts.push(Stmt::Do(call(
            "tuple::check_count",
            Ty::None,
            vec![
                own(length),
                own(super::build::literal(&want.to_string(), Ty::Any)),
            ],
        )));
        for (i, target) in targets.iter().enumerate() {
            let list = self.read(local);
            let item = self.item(list, int(i as i64))?;
            stmts.extend(self.bind(target, item)?);
        }
        Ok(stmts)
    }

    fn set_item(&mut self, s: &ExprSubscript, value: Expr) -> Low<Vec<Stmt>> {
        // Python computes the value before the container and the index.
        let kept = self.temporary("stored", s, &value.ty.clone());
        let mut stmts = vec![self.assign(kept, value)];
        let container = self.expr(&s.value)?;
        let value = self.read(kept);
        stmts.extend(self.store(s, container, &s.slice, value)?);
        Ok(stmts)
    }

    /// `container[index] = value`.
    fn store(
        &mut self,
        at: &impl Ranged,
        container: Expr,
        index: &Ast,
        value: Expr,
    ) -> Low<Vec<Stmt>> {
        let container = self.present(container);
        if let Ast::Slice(slice) = index {
            let key = self.slice_object(slice)?;
            if let (Ty::List(a), Ty::List(b)) = (&container.ty, &value.ty) {
                self.unit.types.unify(*a, *b);
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
        if let Ty::Array(scalar, nd) = container.ty {
            let indices = self.array_indices(index)?;
            return Ok(vec![Stmt::Do(self.array_put(
                at,
                container,
                (scalar, nd),
                indices,
                value,
            )?)]);
        }
        let index = self.expr(index)?;
        Ok(vec![Stmt::Do(self.put(at, container, index, value)?)])
    }

    /// `array[indices] = value`.
    fn array_put(
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
        let item = match (scalar, &value.ty) {
            (_, Ty::Never) => self.coerce(value, &Ty::Float),
            (
                Scalar::Float64,
                Ty::Int | Ty::Float | Ty::Num | Ty::Bool | Ty::Np(Scalar::Float64 | Scalar::Int64),
            ) => self.float(value),
            (Scalar::Int64, Ty::Int) => call("array::fit", Ty::Any, vec![own(value)]),
            (Scalar::Int64, Ty::Np(Scalar::Int64)) => Expr {
                ty: Ty::Any,
                node: Node::Field(Box::new(value), 0),
            },
            (Scalar::Bool8, Ty::Bool) => sure("u8::from", Ty::Any, vec![own(value)]),
            (Scalar::Bool8, Ty::Np(Scalar::Bool8)) => {
                let value = self.truth(value);
                sure("u8::from", Ty::Any, vec![own(value)])
            }
            _ => {
                return self.no(
                    at,
                    "array-item",
                    "an item of this type is assigned to the array",
                    "Convert it to the array's type.",
                );
            }
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

    fn put(&mut self, at: &impl Ranged, container: Expr, index: Expr, value: Expr) -> Low<Expr> {
        match container.ty.clone() {
            Ty::List(slot) => {
                self.unit.types.learn(slot, &value.ty);
                let want = self.unit.types.get(slot);
                let value = self.coerce(value, &want);
                let index = self.number(index);
                let index = self.coerce(index, &Ty::Int);
                Ok(method(
                    container,
                    "set",
                    Ty::None,
                    vec![own(index), own(value)],
                ))
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

    fn set_attr(&mut self, a: &ExprAttribute, value: Expr) -> Low<Vec<Stmt>> {
        let kept = self.temporary("stored", a, &value.ty.clone());
        let mut stmts = vec![self.assign(kept, value)];
        let object = self.expr(&a.value)?;
        let object = self.present(object);
        let Ty::Instance(class) = object.ty else {
            if object.ty == Ty::Never {
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
        let def = &self.unit.program.classes[class];
        if let Some(obstacle) = def.obstacle {
            return self.no(
                a,
                "class",
                format!("instances of `{}` cannot be changed: {obstacle}", def.name),
                "Use a plain class.",
            );
        }
        if def.methods.contains_key(a.attr.as_str()) || def.attributes.contains_key(a.attr.as_str())
        {
            return self.no(
                a,
                "attribute",
                format!("`{}` is also a name of the class itself", a.attr),
                "Use another name.",
            );
        }
        let value = self.read(kept);
        let set = self.set_attribute(object, class, &a.attr, value);
        stmts.push(set);
        Ok(stmts)
    }

    /// `target op= value`.
    pub(super) fn augmented(&mut self, s: &StmtAugAssign) -> Low<Vec<Stmt>> {
        match &*s.target {
            Ast::Name(n) => {
                let local = self.target(&n.id);
                let old = self.read(local);
                if let (Ty::List(slot), ruff_python_ast::Operator::Add) = (&old.ty, s.op) {
                    // Changes the list itself.
                    let slot = *slot;
                    let items = self.collect_list(&*s.value, &s.value)?;
                    if let Ty::List(other) = items.ty {
                        self.unit.types.unify(slot, other);
                    }
                    return Ok(vec![Stmt::Do(method(
                        old,
                        "extend",
                        Ty::None,
                        vec![by_ref(items)],
                    ))]);
                }
                if matches!(old.ty, Ty::Set(_) | Ty::Dict(..) | Ty::Instance(_)) {
                    return self.no(
                        s,
                        "in-place",
                        "an operator in place on a value that may change itself",
                        "Write `a = a + b`, or call a method.",
                    );
                }
                let value = self.expr(&s.value)?;
                if let (Ty::Str, ruff_python_ast::Operator::Add, Ty::Str | Ty::Char) =
                    (&old.ty, s.op, &value.ty)
                {
                    return Ok(vec![Stmt::Do(method(
                        old,
                        "push",
                        Ty::None,
                        vec![by_ref(value)],
                    ))]);
                }
                let new = self.operate_in_place(s, old, value)?;
                Ok(vec![self.assign(local, new)])
            }
            Ast::Subscript(sub) => {
                if matches!(&*sub.slice, Ast::Slice(_)) {
                    return self.no(
                        s,
                        "in-place",
                        "an operator in place on a slice",
                        "Write the assignment out.",
                    );
                }
                let container = self.expr(&sub.value)?;
                let container = self.present(container);
                let holder = self.temporary("container", &*sub.value, &container.ty.clone());
                let mut stmts = vec![self.assign(holder, container)];
                if let Ty::Array(scalar, nd) = self.type_of(holder) {
                    return self.augmented_array(s, sub, holder, (scalar, nd), stmts);
                }
                let index = self.expr(&sub.slice)?;
                let place = self.temporary("place", &*sub.slice, &index.ty.clone());
                stmts.push(self.assign(place, index));
                let (c, i) = (self.read(holder), self.read(place));
                let old = self.item(c, i)?;
                let new = self.updated(
                    s,
                    old,
                    "Write `a[i] = a[i] + b`, or call a method.",
                    &mut stmts,
                )?;
                let (c, i) = (self.read(holder), self.read(place));
                stmts.push(Stmt::Do(self.put(s, c, i, new)?));
                Ok(stmts)
            }
            Ast::Attribute(a) => {
                let object = self.expr(&a.value)?;
                let object = self.present(object);
                let Ty::Instance(class) = object.ty else {
                    return self.no(
                        s,
                        "attribute",
                        format!(
                            "the attribute `{}` of a value whose class is not known here",
                            a.attr
                        ),
                        "Annotate the value with a class of this file.",
                    );
                };
                let holder = self.temporary("holder", s, &object.ty.clone());
                let mut stmts = vec![self.assign(holder, object)];
                let read = self.read(holder);
                let old = self.get_attribute(a, read, class, &a.attr)?;
                let new = self.updated(
                    s,
                    old,
                    "Write `self.a = self.a + b`, or call a method.",
                    &mut stmts,
                )?;
                let read = self.read(holder);
                stmts.push(self.set_attribute(read, class, &a.attr, new));
                Ok(stmts)
            }
            other => self.no(
                other,
                "target",
                "this target of an assignment is not translated",
                "Assign to names, items or attributes.",
            ),
        }
    }

    /// `array[indices] op= value`.
    fn augmented_array(
        &mut self,
        s: &StmtAugAssign,
        sub: &ExprSubscript,
        holder: usize,
        (scalar, nd): (Scalar, usize),
        mut stmts: Vec<Stmt>,
    ) -> Low<Vec<Stmt>> {
        let indices = self.array_indices(&sub.slice)?;
        if indices.len() != nd {
            return self.no(
                s,
                "array-view",
                "a part of an array is changed in place",
                "Index every axis.",
            );
        }
        let mut places = Vec::new();
        for (i, index) in indices.into_iter().enumerate() {
            let place = self.temporary(&format!("place_{i}"), &*sub.slice, &Ty::Int);
            stmts.push(self.assign(place, index));
            places.push(self.read(place));
        }
        let array = self.read(holder);
        let at = Expr {
            ty: Ty::Any,
            node: Node::Array(places.clone()),
        };
        let old = method(array, "get", Ty::Np(scalar), vec![own(at)]);
        let new = self.updated(s, old, "Write the assignment out.", &mut stmts)?;
        let array = self.read(holder);
        stmts.push(Stmt::Do(self.array_put(
            s,
            array,
            (scalar, nd),
            places,
            new,
        )?));
        Ok(stmts)
    }

    /// What `old op= value` stores, for a target that is read before the value is computed.
    fn updated(
        &mut self,
        s: &StmtAugAssign,
        old: Expr,
        help: &str,
        stmts: &mut Vec<Stmt>,
    ) -> Low<Expr> {
        if matches!(
            old.ty,
            Ty::List(_) | Ty::Set(_) | Ty::Dict(..) | Ty::Instance(_)
        ) {
            return self.no(
                s,
                "in-place",
                "an operator in place on a value that may change itself",
                help,
            );
        }
        let before = self.temporary("before", s, &old.ty.clone());
        stmts.push(self.assign(before, old));
        let value = self.expr(&s.value)?;
        let old = self.read(before);
        self.operate_in_place(s, old, value)
    }

    /// `old op= value` of a value that cannot change itself; one whose type is not known is looked at.
    fn operate_in_place(&mut self, s: &StmtAugAssign, old: Expr, value: Expr) -> Low<Expr> {
        let old = if old.ty == Ty::Any {
            call("any::immutable", Ty::Any, vec![own(old)])
        } else {
            old
        };
        self.operate(s, s.op, old, value)
    }

    /// `del target`.
    pub(super) fn delete(&mut self, target: &Ast) -> Low<Vec<Stmt>> {
        let Ast::Subscript(s) = target else {
            return self.no(
                target,
                "del",
                "`del` of a name or an attribute",
                "Let it go out of scope.",
            );
        };
        let container = self.expr(&s.value)?;
        let container = self.present(container);
        let done = match (&container.ty, &*s.slice) {
            (_, Ast::Slice(slice)) => {
                let key = self.slice_object(slice)?;
                let container = self.coerce(container, &Ty::Any);
                call(
                    "any::del_item",
                    Ty::None,
                    vec![by_ref(container), by_ref(key)],
                )
            }
            (Ty::List(_), index) => {
                let index = self.expr(index)?;
                let index = self.number(index);
                let index = self.coerce(index, &Ty::Int);
                method(container, "delete", Ty::None, vec![own(index)])
            }
            (Ty::Dict(k, _), index) => {
                let key_ty = self.unit.types.get(*k);
                let index = self.expr(index)?;
                let index = self.coerce(index, &key_ty);
                method(container, "delete", Ty::None, vec![by_ref(index)])
            }
            (_, index) => {
                let index = self.expr(index)?;
                let args = [container, index].map(|e| by_ref(self.coerce(e, &Ty::Any)));
                call("any::del_item", Ty::None, args.into())
            }
        };
        Ok(vec![Stmt::Do(done)])
    }
}
