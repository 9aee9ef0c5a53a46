//! New lists, sets, dicts and tuples: literals, comprehensions, and the items of anything that can be iterated.

use ruff_python_ast::{Comprehension, DictItem, Expr as Ast};
use ruff_text_size::Ranged;

use super::build::{block, by_ref, call, method, own};
use super::scope::{Low, Lowerer};
use crate::ir::{Expr, Local, Node, Stmt};
use crate::types::{Slot, Ty};

/// A copy of a list; one that nobody else knows is its own.
pub(super) fn copied(list: Expr) -> Expr {
    if let Node::Call { path, .. } = &list.node
        && path.starts_with("ndpick::listed")
    {
        return list;
    }
    let ty = list.ty.clone();
    method(list, "copy", ty, Vec::new())
}

impl Lowerer<'_, '_> {
    /// An empty container of a type.
    pub(super) fn new_container(&mut self, ty: &Ty) -> Expr {
        let path = format!("<{}>::new", self.unit.types.rust(ty));
        call(&path, ty.clone(), Vec::new())
    }

    /// A new container that `fill` puts items into.
    pub(super) fn filled(
        &mut self,
        at: &impl Ranged,
        ty: &Ty,
        fill: impl FnOnce(&mut Self, Local) -> Low<Vec<Stmt>>,
    ) -> Low<Expr> {
        let name = match ty {
            Ty::Set(_) | Ty::FrozenSet(_) => "set_",
            Ty::Dict(..) => "dict_",
            _ => "list_",
        };
        let container = self.temporary(name, at, ty);
        let items = fill(self, container)?;
        // The container is named last, when the types of its items are known.
        let new = self.new_container(ty);
        let mut stmts = vec![self.assign(container, new)];
        stmts.extend(items);
        let value = self.read(container);
        Ok(block(stmts, value))
    }

    /// A list or a set gets one more item.
    pub(super) fn add_item(&mut self, container: Local, item: Expr) -> Stmt {
        let container = self.read(container);
        let (Ty::List(slot) | Ty::Set(slot) | Ty::FrozenSet(slot)) = container.ty else {
            return Stmt::Do(item);
        };
        self.unit.types.learn(slot, &item.ty);
        let want = self.unit.types.get(slot);
        let item = self.coerce(item, &want);
        Stmt::Do(match container.ty {
            Ty::List(_) => method(container, "append", Ty::None, vec![own(item)]),
            _ => method(container, "add", Ty::None, vec![by_ref(item)]),
        })
    }

    /// `dict[key] = value` of a dict that was just made.
    pub(super) fn add_entry(&mut self, dict: Local, key: Expr, value: Expr) -> Stmt {
        let dict = self.read(dict);
        let Ty::Dict(k, v) = dict.ty else {
            return Stmt::Do(super::build::none());
        };
        self.unit.types.learn(k, &key.ty);
        self.unit.types.learn(v, &value.ty);
        let (want_key, want) = (self.unit.types.get(k), self.unit.types.get(v));
        let (key, value) = (self.coerce(key, &want_key), self.coerce(value, &want));
        Stmt::Do(method(dict, "set", Ty::None, vec![by_ref(key), own(value)]))
    }

    /// A new list of the items of an expression.
    pub(super) fn collect_list(&mut self, at: &impl Ranged, iterable: &Ast) -> Low<Expr> {
        let slot = self.site(at.range(), 8);
        self.filled(at, &Ty::List(slot), |l, list| {
            let mut stmts = Vec::new();
            if let Some(range) = l.plain_range(iterable)? {
                let keep = method(range, "to_be_kept", Ty::None, Vec::new());
                stmts.push(Stmt::Do(keep));
            }
            stmts.extend(l.for_each(iterable, |l, item| Ok(vec![l.add_item(list, item)]))?);
            Ok(stmts)
        })
    }

    /// An expression that is a list, for what only reads its items.
    pub(super) fn list_as_it_is(&mut self, e: &Ast) -> Low<Option<Expr>> {
        if self.iterated(e) {
            return Ok(None);
        }
        let list = self.expr(e)?;
        Ok(matches!(list.ty, Ty::List(_)).then_some(list))
    }

    /// A value's items as a new list.
    pub(super) fn list_of(&mut self, at: &impl Ranged, value: Expr) -> Low<Expr> {
        if let Ty::Instance(class) = value.ty
            && !self.is_named(&value)
        {
            let slot = self.site(at.range(), 9);
            return self.filled(at, &Ty::List(slot), |l, list| {
                let add = Box::new(|l: &mut Self, item| Ok(vec![l.add_item(list, item)]));
                l.each_of_instance(at, value, class, add)
            });
        }
        if let Ty::List(_) = value.ty {
            return Ok(copied(value));
        }
        let items = self.each(at, value)?;
        let slot = self.site(at.range(), 9);
        self.filled(at, &Ty::List(slot), |l, list| {
            let mut body = items.before;
            body.push(l.add_item(list, items.item));
            Ok(vec![Stmt::For {
                id: l.next_id(),
                sources: items.sources,
                body,
                orelse: Vec::new(),
            }])
        })
    }

    /// The items of a list as a tuple.
    pub(super) fn tuple_of(&mut self, list: Expr) -> Expr {
        let Ty::List(slot) = list.ty else {
            return list;
        };
        call("as_tuple", Ty::TupleOf(slot), vec![by_ref(list)])
    }

    /// `()`.
    pub(super) fn empty_tuple(&mut self, at: &impl Ranged) -> Expr {
        let slot = self.site(at.range(), 98);
        let tuple = Expr {
            ty: Ty::Tuple(Vec::new()),
            node: Node::Tuple(Vec::new()),
        };
        let object = self.coerce(tuple, &Ty::Any);
        self.coerce(object, &Ty::TupleOf(slot))
    }

    /// A tuple of expressions.
    pub(super) fn tuple(&mut self, at: &Ast, elts: &[Ast]) -> Low<Expr> {
        if elts.is_empty() {
            return Ok(self.empty_tuple(at));
        }
        if elts.iter().any(|e| matches!(e, Ast::Starred(_))) || elts.len() > 8 {
            let list = self.list(at, elts)?;
            return Ok(self.tuple_of(list));
        }
        let mut items = Vec::new();
        for e in elts {
            items.push(self.expr(e)?);
        }
        Ok(Expr {
            ty: Ty::Tuple(items.iter().map(|i| i.ty.clone()).collect()),
            node: Node::Tuple(items),
        })
    }

    /// A list of expressions.
    pub(super) fn list(&mut self, at: &impl Ranged, elts: &[Ast]) -> Low<Expr> {
        let slot = self.site(at.range(), 38);
        let ty = Ty::List(slot);
        if elts.is_empty() {
            return Ok(self.new_container(&ty));
        }
        if elts.iter().any(|e| matches!(e, Ast::Starred(_))) {
            return self.filled(at, &ty, |l, list| l.unpacked_items(list, slot, elts));
        }
        let mut items = Vec::new();
        for e in elts {
            let item = self.expr(e)?;
            self.unit.types.learn(slot, &item.ty);
            items.push(item);
        }
        let want = self.unit.types.get(slot);
        let items = items.into_iter().map(|i| self.coerce(i, &want)).collect();
        let path = format!("<{}>::of", self.unit.types.rust(&ty));
        Ok(call(
            &path,
            ty,
            vec![own(Expr {
                ty: Ty::Any,
                node: Node::Array(items),
            })],
        ))
    }

    /// The items of a list literal, some of which are unpacked by `*`.
    fn unpacked_items(&mut self, list: Local, slot: Slot, elts: &[Ast]) -> Low<Vec<Stmt>> {
        let mut stmts = Vec::new();
        for e in elts {
            stmts.push(if let Ast::Starred(s) = e {
                let part = self.collect_list(&*s.value, &s.value)?;
                if let Ty::List(other) = part.ty {
                    self.unit.types.unify(slot, other);
                }
                let read = self.read(list);
                Stmt::Do(method(read, "extend", Ty::None, vec![by_ref(part)]))
            } else {
                let item = self.expr(e)?;
                self.add_item(list, item)
            });
        }
        Ok(stmts)
    }

    /// A set of expressions.
    pub(super) fn set(&mut self, at: &Ast, elts: &[Ast]) -> Low<Expr> {
        let slot = self.site(at.range(), 31);
        self.filled(at, &Ty::Set(slot), |l, set| {
            let mut stmts = Vec::new();
            for item in elts {
                if let Ast::Starred(s) = item {
                    stmts.extend(l.update_set(set, slot, &s.value)?);
                    continue;
                }
                let item = l.expr(item)?;
                stmts.push(l.add_item(set, item));
            }
            Ok(stmts)
        })
    }

    /// A dict of expressions, and of other dicts by `**`.
    pub(super) fn dict(&mut self, at: &Ast, items: &[DictItem]) -> Low<Expr> {
        let (k, v) = (self.site(at.range(), 32), self.site(at.range(), 33));
        self.filled(at, &Ty::Dict(k, v), |l, dict| {
            let mut stmts = Vec::new();
            for item in items {
                if let Some(key) = &item.key {
                    let key = l.expr(key)?;
                    let value = l.expr(&item.value)?;
                    stmts.push(l.add_entry(dict, key, value));
                    continue;
                }
                let value = l.expr(&item.value)?;
                let Ty::Dict(c, d) = value.ty else {
                    return l.no(
                        &item.value,
                        "dict-unpack",
                        "`**` of something else than a dict",
                        "Copy the items in a loop.",
                    );
                };
                l.unit.types.unify(k, c);
                l.unit.types.unify(v, d);
                let read = l.read(dict);
                stmts.push(Stmt::Do(method(
                    read,
                    "update",
                    Ty::None,
                    vec![by_ref(value)],
                )));
            }
            Ok(stmts)
        })
    }

    /// A list or set comprehension.
    pub(super) fn item_comprehension(
        &mut self,
        at: &Ast,
        ty: &Ty,
        item: &Ast,
        generators: &[Comprehension],
    ) -> Low<Expr> {
        self.filled(at, ty, |l, container| {
            l.note_columns(item, generators);
            l.comprehension(generators, |l| {
                let item = l.expr(item)?;
                Ok(vec![l.add_item(container, item)])
            })
        })
    }

    /// A dict comprehension.
    pub(super) fn dict_comprehension(
        &mut self,
        at: &Ast,
        (key, value): (&Ast, &Ast),
        generators: &[Comprehension],
    ) -> Low<Expr> {
        let (k, v) = (self.site(at.range(), 36), self.site(at.range(), 37));
        self.filled(at, &Ty::Dict(k, v), |l, dict| {
            l.comprehension(generators, |l| {
                let key = l.expr(key)?;
                let value = l.expr(value)?;
                Ok(vec![l.add_entry(dict, key, value)])
            })
        })
    }
}
