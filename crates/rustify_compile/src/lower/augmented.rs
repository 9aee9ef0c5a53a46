//! Operators in place, and `del`.

use ruff_python_ast::helpers::any_over_expr;
use ruff_python_ast::{Expr as Ast, ExprSubscript, StmtAugAssign};

use super::build::{by_ref, call, effects, method, own};
use super::scope::{Low, Lowerer};
use crate::ir::{Expr, Node, Stmt};
use crate::types::{Scalar, Ty};

impl Lowerer<'_, '_> {
    /// Whether an expression gives no name a value and calls nothing that could.
    pub(super) fn is_still(&self, e: &Ast) -> bool {
        !any_over_expr(e, |e| match e {
            Ast::Named(_) | Ast::Await(_) | Ast::Yield(_) | Ast::YieldFrom(_) => true,
            Ast::Call(c) => !matches!(&*c.func, Ast::Name(n)
                if matches!(n.id.as_str(), "int" | "float" | "abs" | "len")
                    && self.is_builtin(&n.id)),
            _ => false,
        })
    }

    /// `target op= value`.
    pub(super) fn augmented(&mut self, s: &StmtAugAssign) -> Low<Vec<Stmt>> {
        if let Some(stmts) = self.default_augmented(s)? {
            return Ok(stmts);
        }
        match &*s.target {
            Ast::Name(n) if self.globals.contains(n.id.as_str()) => {
                let old = self.read_global(&n.id);
                let mut stmts = Vec::new();
                let new = self.updated(s, old, "Write the assignment out.", &mut stmts)?;
                stmts.extend(self.write_global(&n.id, new)?);
                Ok(stmts)
            }
            Ast::Name(n) => {
                let local = self.target(&n.id);
                let old = self.read(local);
                if let Some(stmts) = self.change_in_place(s, &old)? {
                    return Ok(stmts);
                }
                if matches!(old.ty, Ty::Instance(_)) {
                    let value = self.expr(&s.value)?;
                    let new = self.instance_operator(s, s.op, old, value, true)?;
                    return Ok(vec![self.assign(local, new)]);
                }
                let value = self.expr(&s.value)?;
                if let Ty::Array(..) = old.ty {
                    return Ok(vec![self.array_in_place(s, old, value)?]);
                }
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
                let container = self.expr(&sub.value)?;
                let container = self.present(container);
                let is_any = container.ty == Ty::Any && self.has_numpy();
                if matches!(&*sub.slice, Ast::Slice(_))
                    && !matches!(container.ty, Ty::Array(..))
                    && !is_any
                {
                    return self.no(
                        s,
                        "in-place",
                        "an operator in place on a slice",
                        "Write the assignment out.",
                    );
                }
                let (holder, mut stmts) = match container.node {
                    // Nothing in between can give the variable another value.
                    Node::Local(local)
                        if matches!(container.ty, Ty::List(_) | Ty::Dict(..) | Ty::Array(..))
                            && !self.locals[local].by_ref
                            && self.is_still(&s.value)
                            && self.is_still(&sub.slice) =>
                    {
                        (local, Vec::new())
                    }
                    _ => {
                        let ty = container.ty.clone();
                        let holder = self.temporary("container", &*sub.value, &ty);
                        let kept = self.assign(holder, container);
                        (holder, vec![kept])
                    }
                };
                if let Ty::Array(scalar, nd) = self.type_of(holder) {
                    return self.augmented_array(s, sub, holder, (scalar, nd), stmts);
                }
                let index = match &*sub.slice {
                    Ast::Slice(slice) => self.slice_object(slice)?,
                    key if is_any && Self::is_array_key(key) => self.array_key(key)?,
                    index => self.expr(index)?,
                };
                let place = self.temporary("place", &*sub.slice, &index.ty.clone());
                stmts.push(self.assign(place, index));
                let (c, i) = (self.read(holder), self.read(place));
                let old = match c.ty {
                    Ty::Instance(class) if !self.is_named(&c) => {
                        let Some(item) = self.special(s, c, class, "__getitem__", vec![i])? else {
                            return self.no(
                                s,
                                "item",
                                "`__getitem__` is not a method of the file",
                                "Define it in the class.",
                            );
                        };
                        item
                    }
                    _ => self.item(c, i)?,
                };
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
                let attr = self.attribute_name(&a.attr);
                let object = self.expr(&a.value)?;
                let object = self.present(object);
                if let Ty::Class(class) = object.ty {
                    let holder = self.temporary("holder", s, &object.ty.clone());
                    let mut stmts = vec![self.assign(holder, object)];
                    let read = self.read(holder);
                    let old = self.class_attribute(a, read, class, &attr)?;
                    let new = self.updated(s, old, "Write the assignment out.", &mut stmts)?;
                    let read = self.read(holder);
                    stmts.push(self.set_class_attribute(a, read, class, &attr, new)?);
                    return Ok(stmts);
                }
                if object.ty == Ty::Any {
                    let holder = self.temporary("holder", s, &Ty::Any);
                    let mut stmts = vec![self.assign(holder, object)];
                    let read = self.read(holder);
                    if let Some(old) = self.any_attribute(a, read, &attr)? {
                        let new = self.updated(s, old, "Write it out.", &mut stmts)?;
                        let kept = self.temporary("stored", s, &new.ty.clone());
                        stmts.push(self.assign(kept, new));
                        let (read, value) = (self.read(holder), self.read(kept));
                        if let Some(more) = self.any_store(a, read, &attr, &value)? {
                            stmts.extend(more);
                            return Ok(stmts);
                        }
                    }
                    return self.no(
                        s,
                        "attribute",
                        format!(
                            "the attribute `{}` of a value whose class is not known",
                            a.attr
                        ),
                        "Annotate the value with a class of this file.",
                    );
                }
                if object.ty == Ty::Never {
                    // What has no type yet gets one in a later pass.
                    let mut stmts = effects(object);
                    let value = self.expr(&s.value)?;
                    stmts.extend(effects(value));
                    stmts.push(Stmt::Do(call("python_only::<()>", Ty::None, Vec::new())));
                    return Ok(stmts);
                }
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
                let old = self.get_attribute(a, read, class, &attr)?;
                let new = self.updated(
                    s,
                    old,
                    "Write `self.a = self.a + b`, or call a method.",
                    &mut stmts,
                )?;
                let read = self.read(holder);
                stmts.push(self.write_attribute(a, read, class, &attr, new)?);
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

    /// `old op= value` of a list, a set or a dict, which changes itself.
    fn change_in_place(&mut self, s: &StmtAugAssign, old: &Expr) -> Low<Option<Vec<Stmt>>> {
        use ruff_python_ast::Operator;
        match (&old.ty, s.op) {
            (Ty::List(slot), Operator::Add) => {
                let items = self.items_to_add(&s.value, *slot)?;
                Ok(Some(vec![Stmt::Do(method(
                    old.clone(),
                    "extend",
                    Ty::None,
                    vec![by_ref(items)],
                ))]))
            }
            (Ty::ByteArray, _) => self.bytearray_in_place(s, old).map(Some),
            (Ty::Map(true, ..), _) => self.counter_in_place(s, old),
            (
                Ty::Set(slot),
                Operator::BitOr | Operator::BitAnd | Operator::BitXor | Operator::Sub,
            ) => {
                let slot = *slot;
                let value = self.expr(&s.value)?;
                if let Ty::Set(other) | Ty::FrozenSet(other) = value.ty
                    && matches!(s.op, Operator::BitOr | Operator::BitXor)
                {
                    let ty = self.unit.types.get(other);
                    self.unit.types.learn(slot, &ty);
                }
                let value = self.coerce(value, &Ty::Any);
                let name = match s.op {
                    Operator::BitOr => "update_or",
                    Operator::BitAnd => "update_and",
                    Operator::BitXor => "update_xor",
                    _ => "update_sub",
                };
                Ok(Some(vec![Stmt::Do(method(
                    old.clone(),
                    name,
                    Ty::None,
                    vec![by_ref(value)],
                ))]))
            }
            (Ty::Dict(k, v), Operator::BitOr) => {
                let (k, v) = (*k, *v);
                let value = self.expr(&s.value)?;
                let Ty::Dict(c, d) = value.ty else {
                    return self.no(
                        s,
                        "in-place",
                        "`|=` of a dict with something else",
                        "Call `update`.",
                    );
                };
                self.unit.types.unify(k, c);
                self.unit.types.unify(v, d);
                Ok(Some(vec![Stmt::Do(method(
                    old.clone(),
                    "update",
                    Ty::None,
                    vec![by_ref(value)],
                ))]))
            }
            (Ty::List(_), Operator::Mult) => {
                let value = self.expr(&s.value)?;
                let value = self.number(value);
                if value.ty != Ty::Int {
                    return self.no(s, "in-place", "a list times something else", "Use an int.");
                }
                let kept = self.temporary("times", s, &old.ty.clone());
                let many = self.operate(s, Operator::Mult, old.clone(), value)?;
                let keep = self.assign(kept, many);
                let read = self.read(kept);
                let done = method(old.clone(), "assign", Ty::None, vec![by_ref(read)]);
                Ok(Some(vec![keep, Stmt::Do(done)]))
            }
            (Ty::List(_) | Ty::Set(_) | Ty::Dict(..), _) => self.no(
                s,
                "in-place",
                "this operator in place on a value that may change itself",
                "Write `a = a + b`, or call a method.",
            ),
            _ => Ok(None),
        }
    }

    /// `array[indices] op= value`.
    pub(super) fn augmented_array(
        &mut self,
        s: &StmtAugAssign,
        sub: &ExprSubscript,
        holder: usize,
        (scalar, nd): (Scalar, usize),
        mut stmts: Vec<Stmt>,
    ) -> Low<Vec<Stmt>> {
        let indices = match self.taken(&sub.slice, scalar, nd)? {
            super::windows::Taken::Item(indices) => indices,
            taken => {
                let array = self.read(holder);
                stmts.extend(self.array_part_in_place(s, sub, array, (scalar, nd), taken)?);
                return Ok(stmts);
            }
        };
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
    pub(super) fn updated(
        &mut self,
        s: &StmtAugAssign,
        old: Expr,
        help: &str,
        stmts: &mut Vec<Stmt>,
    ) -> Low<Expr> {
        if let Ty::Instance(_) = old.ty {
            return self.no(
                s,
                "in-place",
                "an operator in place on a value that may change itself",
                help,
            );
        }
        if let Ty::List(_) | Ty::Set(_) | Ty::Dict(..) | Ty::ByteArray | Ty::Map(true, ..) = old.ty
        {
            let before = self.temporary("before", s, &old.ty.clone());
            stmts.push(self.assign(before, old));
            let read = self.read(before);
            return match self.change_in_place(s, &read)? {
                Some(more) => {
                    stmts.extend(more);
                    Ok(self.read(before))
                }
                None => self.no(
                    s,
                    "in-place",
                    "this operator in place on a value that may change itself",
                    help,
                ),
            };
        }
        let before = self.temporary("before", s, &old.ty.clone());
        stmts.push(self.assign(before, old));
        let value = self.expr(&s.value)?;
        let old = self.read(before);
        if let Ty::Array(..) = old.ty {
            stmts.push(self.array_in_place(s, old, value)?);
            return Ok(self.read(before));
        }
        self.operate_in_place(s, old, value)
    }

    /// `old op= value` of a value that cannot change itself; one whose type is not known is looked at.
    pub(super) fn operate_in_place(
        &mut self,
        s: &StmtAugAssign,
        old: Expr,
        value: Expr,
    ) -> Low<Expr> {
        let old = if old.ty == Ty::Any {
            if let Some(new) = self.any_in_place(s, old.clone(), value.clone()) {
                return Ok(new);
            }
            call("any::immutable", Ty::Any, vec![own(old)])
        } else {
            old
        };
        self.operate(s, s.op, old, value)
    }

    /// `del target`.
    pub(super) fn delete(&mut self, target: &Ast) -> Low<Vec<Stmt>> {
        match target {
            Ast::Name(n) if self.find(&n.id).is_some() => {
                let local = self.target(&n.id);
                // A name without a value cannot be deleted.
                let read = self.read(local);
                let seen = super::build::sure("drop", Ty::Never, vec![own(read)]);
                if self.cells.contains_key(&local) {
                    return Ok(vec![self.clear_cell(local)]);
                }
                return Ok(vec![Stmt::Do(seen), Stmt::Unbind(local)]);
            }
            Ast::Tuple(t) => {
                let mut stmts = Vec::new();
                for target in &t.elts {
                    stmts.extend(self.delete(target)?);
                }
                return Ok(stmts);
            }
            _ => {}
        }
        let Ast::Subscript(s) = target else {
            return self.no(
                target,
                "del",
                "`del` of an attribute",
                "Let it go out of scope.",
            );
        };
        let container = self.expr(&s.value)?;
        let container = self.present(container);
        let done = match (&container.ty, &*s.slice) {
            (Ty::ByteArray, index) => {
                let key = match index {
                    Ast::Slice(slice) => self.slice_object(slice)?,
                    _ => self.expr(index)?,
                };
                let key = self.coerce(key, &Ty::Any);
                method(container, "delete", Ty::None, vec![by_ref(key)])
            }
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
            (Ty::Map(is_counter, k, v), index) => {
                let (is_counter, k, v) = (*is_counter, *k, *v);
                let key_ty = self.unit.types.get(k);
                let index = self.expr(index)?;
                let index = self.coerce(index, &key_ty);
                let view = if is_counter {
                    container
                } else {
                    self.as_dict(container, k, v)
                };
                method(view, "delete", Ty::None, vec![by_ref(index)])
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
