//! What makes the items of an expression that is iterated, and of values of each type.

use ruff_python_ast::Expr as Ast;
use ruff_text_size::Ranged;

use super::build::{by_ref, call, method, sure_method};
use super::scope::{Low, Lowerer};
use crate::ir::{Expr, Local, Node, Source, Stmt};
use crate::types::Ty;

/// What makes items: sources in step, statements that compute the item from their variables, and the item.
pub(super) struct Items {
    pub(super) sources: Vec<(Local, Source)>,
    pub(super) before: Vec<Stmt>,
    pub(super) item: Expr,
}

impl Items {
    /// Runs statements before the first item is asked for.
    pub(super) fn begin(&mut self, stmts: Vec<Stmt>) {
        if let Some((_, Source::Range(first) | Source::Each(first))) = self.sources.first_mut() {
            let source = std::mem::replace(first, super::build::none());
            *first = super::build::block(stmts, source);
        }
    }
}

/// What makes the body of a loop from its item.
pub(super) type WithItem<'f, L> = Box<dyn FnOnce(&mut L, Expr) -> Low<Vec<Stmt>> + 'f>;

/// Longer tuples that are written down are made as tuples.
const MOST_WRITTEN: usize = 64;

impl Lowerer<'_, '_> {
    /// The items of an expression that is iterated.
    pub(super) fn items(&mut self, e: &Ast) -> Low<Items> {
        self.only_items = Some(e.range());
        if let Ast::Attribute(a) = e
            && a.attr.as_str() == "flat"
            && let Ast::Name(n) = &*a.value
            && let Some(local) = self.find(&n.id)
            && (matches!(self.type_of(local), Ty::Array(..))
                || self.type_of(local) == Ty::Any && self.has_numpy())
        {
            let array = self.read(local);
            return match array.ty {
                Ty::Array(_, 1) => self.each(e, array),
                Ty::Array(dtype, _) => {
                    let item = self.temporary("item", e, &Ty::Np(dtype));
                    let iter = sure_method(array, "flat", Ty::Any, Vec::new());
                    Ok(self.single(item, Source::Each(iter)))
                }
                _ => {
                    let item = self.temporary("item", e, &Ty::Any);
                    let iter = call("any::flat", Ty::Any, vec![by_ref(array)]);
                    Ok(self.single(item, Source::Each(iter)))
                }
            };
        }
        if let Some(items) = self.builtin_items(e)? {
            return Ok(items);
        }
        if let Ast::Call(c) = e
            && let Some(items) = self.strict_zip(c)?
        {
            return Ok(items);
        }
        if let Ast::Call(c) = e
            && let Some(items) = self.stepwise(c)?
        {
            return Ok(items);
        }
        if let Ast::Call(c) = e
            && let Some(items) = self.elements(c)?
        {
            return Ok(items);
        }
        if let Ast::Call(c) = e
            && let Some(items) = self.grouped(c)?
        {
            return Ok(items);
        }
        if let Ast::Call(c) = e
            && let Some(items) = self.found_matches(c)?
        {
            return Ok(items);
        }
        if let Ast::Call(c) = e
            && let Some(items) = self.library_items(c)?
        {
            return Ok(items);
        }
        match e {
            Ast::Call(c) if c.arguments.args.is_empty() && c.arguments.keywords.is_empty() => {
                if let Ast::Attribute(a) = &*c.func
                    && matches!(a.attr.as_str(), "items" | "keys" | "values")
                {
                    let dict = self.expr(&a.value)?;
                    let dict = self.present(dict);
                    let dict = match dict.ty {
                        Ty::Map(_, k, v) => self.as_dict(dict, k, v),
                        Ty::Any if !self.has_method(&a.attr) => {
                            let (k, v) = (self.site(e.range(), 100), self.site(e.range(), 101));
                            self.unit.types.learn(k, &Ty::Any);
                            self.unit.types.learn(v, &Ty::Any);
                            self.coerce(dict, &Ty::Dict(k, v))
                        }
                        _ => dict,
                    };
                    if let Ty::Dict(k, v) = &dict.ty {
                        let (k, v) = (self.unit.types.get(*k), self.unit.types.get(*v));
                        let ty = match a.attr.as_str() {
                            "items" => Ty::Tuple(vec![k, v]),
                            "keys" => k,
                            _ => v,
                        };
                        let item = self.temporary("entry", e, &ty);
                        let iter = sure_method(dict, a.attr.as_str(), Ty::Any, Vec::new());
                        return Ok(self.single(item, Source::Each(iter)));
                    }
                }
                let value = self.expr(e)?;
                self.each(e, value)
            }
            _ => {
                let value = self.expr(e)?;
                self.each(e, value)
            }
        }
    }

    pub(super) fn single(&mut self, item: Local, source: Source) -> Items {
        let read = self.read(item);
        Items {
            sources: vec![(item, source)],
            before: Vec::new(),
            item: read,
        }
    }

    /// The items of a value.
    pub(super) fn each(&mut self, at: &impl Ranged, value: Expr) -> Low<Items> {
        let value = self.present(value);
        if let Ty::Class(class) = value.ty
            && self.is_enumeration(class)
        {
            let members = self.members(at, value, class)?;
            return self.each(at, members);
        }
        let value = self.as_plain(at, value)?;
        let value = match value.ty {
            Ty::Map(_, k, v) => self.as_dict(value, k, v),
            _ => value,
        };
        if let Ty::Iter(slot) = value.ty {
            let ty = self.unit.types.get(slot);
            let item = self.temporary("item", at, &ty);
            let steps = sure_method(value, "steps", Ty::Any, Vec::new());
            return Ok(self.single(item, Source::Each(steps)));
        }
        if let Ty::Deque(slot) = value.ty {
            let ty = self.unit.types.get(slot);
            let item = self.temporary("item", at, &ty);
            let iter = method(value, "iter", Ty::Any, Vec::new());
            return Ok(self.single(item, Source::Each(iter)));
        }
        let (ty, name) = match &value.ty {
            Ty::List(slot) | Ty::TupleOf(slot) => (self.unit.types.get(*slot), "iter"),
            Ty::Str => (Ty::Char, "iter"),
            Ty::Bytes | Ty::ByteArray => (Ty::Int, "iter::<Int>"),
            Ty::Array(scalar, 1) => (Ty::Np(*scalar), "iter"),
            Ty::Array(scalar, nd) => {
                let (ty, inner) = (Ty::Array(*scalar, nd - 1), nd - 1);
                let item = self.temporary("row", at, &ty);
                let rows = sure_method(value, &format!("rows::<{inner}>"), Ty::Any, Vec::new());
                return Ok(self.single(item, Source::Each(rows)));
            }
            Ty::Dict(key, _) => (self.unit.types.get(*key), "keys"),
            Ty::Set(slot) | Ty::FrozenSet(slot) => {
                let ty = self.unit.types.get(*slot);
                let item = self.temporary("item", at, &ty);
                let iter = method(value, "iter", Ty::Any, Vec::new());
                return Ok(self.single(item, Source::Each(iter)));
            }
            Ty::Char => {
                let text = self.coerce(value, &Ty::Str);
                return self.each(at, text);
            }
            Ty::Tuple(items) => {
                let slot = self.site(at.range(), 7);
                for t in items.clone() {
                    self.unit.types.learn(slot, &t);
                }
                let value = match self.few(at, value, slot) {
                    Ok(items) => return Ok(items),
                    Err(value) => value,
                };
                let any = self.coerce(value, &Ty::Any);
                let tuple = self.coerce(any, &Ty::TupleOf(slot));
                return self.each(at, tuple);
            }
            _ => {
                // What has no type yet gets one in a later pass, and `None` has no items.
                let ty = match value.ty {
                    Ty::Never | Ty::None => Ty::Never,
                    _ => Ty::Any,
                };
                let any = self.coerce(value, &Ty::Any);
                let iter = call("any::iter", Ty::Any, vec![by_ref(any)]);
                let item = self.temporary("item", at, &ty);
                return Ok(self.single(item, Source::Each(iter)));
            }
        };
        let item = self.temporary("item", at, &ty);
        let iter = sure_method(value, name, Ty::Any, Vec::new());
        Ok(self.single(item, Source::Each(iter)))
    }

    /// The items of a tuple that is written down, of one type of numbers or texts: no tuple is made.
    fn few(&mut self, at: &impl Ranged, value: Expr, slot: usize) -> Result<Items, Expr> {
        let ty = self.unit.types.get(slot);
        match value.node {
            Node::Tuple(parts)
                if (1..=MOST_WRITTEN).contains(&parts.len())
                    && (ty.is_copy() && ty != Ty::Never || ty == Ty::Str) =>
            {
                let parts = parts.into_iter().map(|p| self.coerce(p, &ty)).collect();
                let array = Expr {
                    ty: Ty::Any,
                    node: Node::Array(parts),
                };
                let item = self.temporary("item", at, &ty);
                let iter = sure_method(array, "into_iter", Ty::Any, Vec::new());
                Ok(self.single(item, Source::Range(iter)))
            }
            node => Err(Expr { ty: value.ty, node }),
        }
    }

    /// Whether a class of the file has a method of that name.
    pub(super) fn has_method(&self, name: &str) -> bool {
        let classes = &self.unit.program.classes;
        classes.iter().any(|c| c.methods.contains_key(name))
    }
}
