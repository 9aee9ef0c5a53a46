//! Methods of dicts.

use ruff_python_ast::{Expr as Ast, ExprCall};
use ruff_text_size::Ranged;

use super::build::{block, by_ref, method, none, own};
use super::scope::{Low, Lowerer};
use super::unit::Constant;
use crate::ir::{Expr, Node};
use crate::types::Ty;

impl Lowerer<'_, '_> {
    pub(super) fn dict_method(
        &mut self,
        e: &ExprCall,
        dict: Expr,
        k: usize,
        v: usize,
        name: &str,
    ) -> Low<Expr> {
        if name == "update"
            && e.arguments.args.is_empty()
            && e.arguments.keywords.iter().all(|k| k.arg.is_some())
        {
            return self.update_named(e, dict);
        }
        if !e.arguments.keywords.is_empty() {
            return self.no(
                e,
                "keyword",
                format!("`dict.{name}` is called with keywords"),
                "Pass the arguments by position.",
            );
        }
        let is_walked = self.only_items == Some(e.range());
        let mut args = self.args(e)?;
        let n = args.len();
        if let ("setdefault", Some(key)) = (name, args.first()) {
            let ty = key.ty.clone();
            self.unit.types.learn(k, &ty);
            let value = args.get(1).map_or(Ty::None, |a| a.ty.clone());
            self.unit.types.learn(v, &value);
        }
        let (key_ty, ty) = (self.unit.types.get(k), self.unit.types.get(v));
        let key = |l: &mut Self, args: &mut Vec<Expr>| {
            let key = args.remove(0);
            // Keys of which nothing is known are objects in Rust.
            let ty = if key_ty == Ty::Never {
                &Ty::Any
            } else {
                &key_ty
            };
            by_ref(l.coerce(key, ty))
        };
        if ty == Ty::Never && matches!((name, n), ("get", 1 | 2)) {
            // Nothing is known to be in it.
            return Ok(self.get_of_unknown(dict, args));
        }
        Ok(match (name, n) {
            ("get", 1) => {
                let key = key(self, &mut args);
                match &ty {
                    Ty::Opt(_) | Ty::None => {
                        let default = self.nothing(&ty);
                        method(dict, "get_or", ty, vec![key, own(default)])
                    }
                    Ty::Any => method(
                        dict,
                        "get_or",
                        ty,
                        vec![
                            key,
                            own(super::build::sure("Obj::none", Ty::Any, Vec::new())),
                        ],
                    ),
                    _ => method(dict, "find_or_none", crate::types::optional(ty), vec![key]),
                }
            }
            ("get", 2) => {
                if is_walked
                    && matches!(ty, Ty::List(_))
                    && e.arguments.args.get(1).is_some_and(is_empty_tuple)
                {
                    args[1] = self.new_container(&ty);
                }
                let default_ty = args[1].ty.clone();
                // A default of the values' own kind makes the result of that kind.
                if matches!(&default_ty, Ty::List(_) | Ty::Dict(..) | Ty::Set(_)) {
                    self.unit.types.learn(v, &default_ty);
                }
                let joined = self.unit.types.join(&ty, &default_ty);
                let default = args.remove(1);
                let key = key(self, &mut args);
                // A new container is made only where it is needed.
                let is_made = matches!(ty, Ty::List(_) | Ty::Dict(..) | Ty::Set(_))
                    && e.arguments.args.get(1).is_some_and(is_empty_display);
                if self.unit.types.same(&joined, &ty) && !is_made {
                    let default = self.coerce(default, &ty);
                    return Ok(method(dict, "get_or", ty, vec![key, own(default)]));
                }
                let found = crate::types::optional(ty);
                let found = method(dict, "find_or_none", found, vec![key]);
                self.found_or(e, found, joined, default)
            }
            ("setdefault", 1 | 2) => {
                let default = if n == 2 { args.remove(1) } else { none() };
                let default = self.coerce(default, &ty);
                let key = key(self, &mut args);
                method(dict, "set_default", ty, vec![key, own(default)])
            }
            ("pop", 1) => {
                let key = key(self, &mut args);
                method(dict, "pop", ty, vec![key])
            }
            ("pop", 2) => {
                let default = args.remove(1);
                let joined = self.unit.types.join(&ty, &default.ty);
                if !self.unit.types.same(&joined, &ty) {
                    let key = key(self, &mut args);
                    let found = crate::types::optional(ty);
                    let found = method(dict, "pop_or_none", found, vec![key]);
                    return Ok(self.found_or(e, found, joined, default));
                }
                let default = self.coerce(default, &ty);
                let key = key(self, &mut args);
                method(dict, "pop_or", ty, vec![key, own(default)])
            }
            ("clear", 0) => method(dict, name, Ty::None, Vec::new()),
            ("copy", 0) => {
                let ty = dict.ty.clone();
                method(dict, name, ty, Vec::new())
            }
            ("update", 1) if matches!(args[0].ty, Ty::Dict(..)) => {
                if let Ty::Dict(c, d) = args[0].ty {
                    self.unit.types.unify(k, c);
                    self.unit.types.unify(v, d);
                }
                method(dict, name, Ty::None, vec![by_ref(args.remove(0))])
            }
            ("items" | "keys" | "values", 0) => {
                return self.no(
                    e,
                    "dict-view",
                    format!("the view of `dict.{name}` is kept as a value"),
                    "Iterate over it where it is made, or make a list of it.",
                );
            }
            _ => self.object_method(e, dict, name)?,
        })
    }

    /// `dict.get(…)` where no entry is known: what it answers must be the default.
    fn get_of_unknown(&mut self, dict: Expr, args: Vec<Expr>) -> Expr {
        let mut args = args.into_iter();
        let key = args.next().unwrap_or_else(none);
        let default = args.next().unwrap_or_else(none);
        let ty = default.ty.clone();
        let (key, default) = (self.coerce(key, &Ty::Any), self.coerce(default, &Ty::Any));
        let found = method(dict, "get_or", Ty::Any, vec![by_ref(key), own(default)]);
        if ty == Ty::Never {
            return Expr { ty, ..found };
        }
        self.coerce(found, &ty)
    }

    /// `dict.update(name=value)`: all values are computed before the first is stored.
    fn update_named(&mut self, e: &ExprCall, dict: Expr) -> Low<Expr> {
        let updated = self.temporary("updated", e, &dict.ty.clone());
        let mut stmts = vec![self.assign(updated, dict)];
        let mut kept = Vec::new();
        for keyword in &e.arguments.keywords {
            let value = self.expr(&keyword.value)?;
            let local = self.temporary("new_value", keyword, &value.ty.clone());
            stmts.push(self.assign(local, value));
            kept.push(local);
        }
        for (keyword, local) in e.arguments.keywords.iter().zip(kept) {
            let name = keyword.arg.as_ref().map_or("", |a| a.as_str());
            let name = self.constant(Constant::Text(name.as_bytes().to_vec()));
            let name = self.coerce(name, &Ty::Str);
            let value = self.read(local);
            stmts.push(self.add_entry(updated, name, value));
        }
        Ok(block(stmts, none()))
    }

    /// What was found, or a default where that is nothing.
    fn found_or(&mut self, e: &ExprCall, found: Expr, joined: Ty, default: Expr) -> Expr {
        let kept = self.temporary("found", e, &found.ty.clone());
        let keep = self.assign(kept, found);
        let (a, b) = (self.read(kept), self.read(kept));
        let test = self.is_none(a);
        let value = self.present(b);
        let (value, default) = (self.coerce(value, &joined), self.coerce(default, &joined));
        let choice = Expr {
            ty: joined,
            node: Node::Choice(Box::new(test), Box::new(default), Box::new(value)),
        };
        block(vec![keep], choice)
    }
}

/// Whether an empty container is written there.
fn is_empty_display(e: &Ast) -> bool {
    match e {
        Ast::List(list) => list.elts.is_empty(),
        Ast::Dict(dict) => dict.items.is_empty(),
        _ => is_empty_tuple(e),
    }
}

/// Whether `()` is written there.
fn is_empty_tuple(e: &Ast) -> bool {
    matches!(e, Ast::Tuple(t) if t.elts.is_empty())
}
