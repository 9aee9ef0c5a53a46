//! Methods of lists.

use ruff_python_ast::{Expr as Ast, ExprCall};

use super::build::{block, by_ref, call, method, none, own};
use super::scope::{Low, Lowerer};
use crate::ir::{Expr, Stmt};
use crate::types::Ty;

impl Lowerer<'_, '_> {
    pub(super) fn list_method(
        &mut self,
        e: &ExprCall,
        list: Expr,
        slot: usize,
        name: &str,
    ) -> Low<Expr> {
        if name == "sort" {
            return self.sort_in_place(e, list, slot);
        }
        if !e.arguments.keywords.is_empty() {
            return self.no(
                e,
                "keyword",
                format!("`list.{name}` is called with keywords"),
                "Pass the arguments by position.",
            );
        }
        if name == "extend" && e.arguments.args.len() == 1 {
            return self.extend(e, list, slot);
        }
        let mut args = self.args(e)?;
        let n = args.len();
        let item_at = match name {
            "append" | "remove" | "index" | "count" if n == 1 => Some(0),
            "insert" if n == 2 => Some(1),
            _ => None,
        };
        if let Some(at) = item_at {
            let ty = args[at].ty.clone();
            if matches!(name, "append" | "insert") {
                self.unit.types.learn(slot, &ty);
            }
        }
        let item = self.unit.types.get(slot);
        Ok(match (name, n) {
            ("append", 1) => {
                let value = self.coerce(args.remove(0), &item);
                method(list, "append", Ty::None, vec![own(value)])
            }
            ("insert", 2) => {
                let value = self.coerce(args.remove(1), &item);
                let at = self.number(args.remove(0));
                let at = self.coerce(at, &Ty::Int);
                method(list, "insert", Ty::None, vec![own(at), own(value)])
            }
            ("pop", 0) => method(list, "pop", item, vec![own(super::build::int(-1))]),
            ("pop", 1) => {
                let at = self.number(args.remove(0));
                let at = self.coerce(at, &Ty::Int);
                method(list, "pop", item, vec![own(at)])
            }
            ("clear" | "reverse", 0) => method(list, name, Ty::None, Vec::new()),
            ("copy", 0) => {
                let ty = list.ty.clone();
                method(list, "copy", ty, Vec::new())
            }
            ("index" | "count", 1)
                if item == args[0].ty
                    && matches!(item, Ty::Int | Ty::Float | Ty::Char | Ty::Bool) =>
            {
                let rust = if name == "index" {
                    "find::<Int>"
                } else {
                    "count::<Int>"
                };
                method(list, rust, Ty::Int, vec![by_ref(args.remove(0))])
            }
            _ => {
                let ty = match name {
                    "index" | "count" => Ty::Int,
                    "remove" => Ty::None,
                    _ => Ty::Any,
                };
                let result = self.object_method(e, list, name)?;
                self.coerce(result, &ty)
            }
        })
    }

    /// The list whose items another one takes over.
    pub(super) fn items_to_append(&mut self, arg: &Ast, slot: usize) -> Low<Expr> {
        match self.list_as_it_is(arg)? {
            Some(items) if self.has_items_for(&items, slot) => Ok(items),
            // The items are collected before any is appended, as the argument may change with the list.
            _ => {
                let items = self.collect_list(arg, arg)?;
                if let Ty::List(other) = items.ty {
                    self.unit.types.unify(slot, other);
                }
                Ok(items)
            }
        }
    }

    /// The list whose items `+=` takes over from a value that does not add itself to lists, as arrays do.
    pub(super) fn items_to_add(&mut self, arg: &Ast, slot: usize) -> Low<Expr> {
        if self.iterated(arg) {
            return self.items_to_append(arg, slot);
        }
        let value = self.expr(arg)?;
        let items = match value.ty {
            Ty::List(_) if self.has_items_for(&value, slot) => return Ok(value),
            Ty::Array(..) | Ty::Np(_) => {
                return self.no(
                    arg,
                    "in-place",
                    "a list that an array is added to becomes an array",
                    "Call `extend` to append the items.",
                );
            }
            Ty::Instance(_) if self.has_method("__radd__") => {
                return self.no(
                    arg,
                    "in-place",
                    "a list `+=` an instance whose class may have its own addition",
                    "Call `extend` to append the items.",
                );
            }
            Ty::Any => call("any::no_summand", Ty::Any, vec![by_ref(value)]),
            _ => value,
        };
        let items = self.list_of(arg, items)?;
        if let Ty::List(other) = items.ty {
            self.unit.types.unify(slot, other);
        }
        Ok(items)
    }

    fn extend(&mut self, e: &ExprCall, list: Expr, slot: usize) -> Low<Expr> {
        let target = self.temporary("extended", e, &list.ty.clone());
        let mut stmts = vec![self.assign(target, list)];
        let items = self.items_to_append(&e.arguments.args[0], slot)?;
        let read = self.read(target);
        stmts.push(Stmt::Do(method(
            read,
            "extend",
            Ty::None,
            vec![by_ref(items)],
        )));
        Ok(block(stmts, none()))
    }

    /// Whether the items of a list are of the type that those of another one have when they are there, too.
    fn has_items_for(&mut self, list: &Expr, slot: usize) -> bool {
        let Ty::List(from) = list.ty else {
            return false;
        };
        let item = self.unit.types.get(from);
        self.unit.types.learn(slot, &item);
        let all = self.unit.types.get(slot);
        self.unit.types.same(&item, &all)
    }

    fn sort_in_place(&mut self, e: &ExprCall, list: Expr, slot: usize) -> Low<Expr> {
        let keyword = |name: &str| {
            e.arguments
                .keywords
                .iter()
                .find(|k| k.arg.as_ref().is_some_and(|a| a == name))
                .map(|k| &k.value)
        };
        let reverse = match keyword("reverse") {
            Some(r) => self.condition(r)?,
            None => super::build::boolean(false),
        };
        let target = self.temporary("sorted_", e, &Ty::List(slot));
        let mut stmts = vec![self.assign(target, list)];
        let read = self.read(target);
        let new = match keyword("key") {
            None | Some(Ast::NoneLiteral(_)) => {
                let ty = Ty::List(slot);
                let copy = method(read, "copy", ty.clone(), Vec::new());
                match self.sort_instances(e, copy, reverse)? {
                    Ok(sorted) => sorted,
                    Err((copy, reverse)) => {
                        call("builtins::sort_new", ty, vec![own(copy), own(reverse)])
                    }
                }
            }
            Some(key) => {
                let Ast::Attribute(a) = &*e.func else {
                    return self.no(e, "method", "this call of `sort`", "Call it on a variable.");
                };
                self.sort_by(e, &a.value, key, reverse)?
            }
        };
        let new_local = self.temporary("ordered", e, &Ty::List(slot));
        stmts.push(self.assign(new_local, new));
        let (a, b) = (self.read(target), self.read(new_local));
        stmts.push(Stmt::Do(method(a, "assign", Ty::None, vec![by_ref(b)])));
        Ok(block(stmts, none()))
    }
}
