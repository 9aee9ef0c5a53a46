//! `sorted`, `min` and `max`.

use ruff_python_ast::{CmpOp, Expr as Ast, ExprCall};
use ruff_text_size::Ranged;

use super::build::{
    block, boolean, by_ref, call, infix, method, none, not, own, sure, sure_method,
};
use super::calls::is_constant;
use super::scope::{Low, Lowerer};
use crate::ir::{Expr, Node, Stmt};
use crate::types::Ty;

impl Lowerer<'_, '_> {
    pub(super) fn sorted(
        &mut self,
        e: &ExprCall,
        arg: &Ast,
        key: Option<&Ast>,
        reverse: Option<&Ast>,
    ) -> Low<Expr> {
        let reverse = match reverse {
            Some(r) => self.condition(r)?,
            None => boolean(false),
        };
        match key {
            key if self.is_no_key(key) => {
                let list = if self.iterated(arg) {
                    self.collect_list(e, arg)?
                } else {
                    let value = self.expr(arg)?;
                    self.list_of(e, value)?
                };
                let (list, reverse) = match self.sort_instances(e, list, reverse)? {
                    Ok(sorted) => return Ok(sorted),
                    Err(both) => both,
                };
                let ty = list.ty.clone();
                Ok(call(
                    "builtins::sort_new",
                    ty,
                    vec![own(list), own(reverse)],
                ))
            }
            Some(key) => self.sort_by(e, arg, key, reverse),
            None => self.no(e, "key", "a key without a value", "Leave it out."),
        }
    }

    /// The items of an iterable as a new list, in the order of a key.
    pub(super) fn sort_by(
        &mut self,
        e: &impl Ranged,
        arg: &Ast,
        key: &Ast,
        reverse: Expr,
    ) -> Low<Expr> {
        let slot = self.site(e.range(), 14);
        let keys = self.site(e.range(), 15);
        let keyed = self.temporary("keyed", e, &Ty::Any);
        self.locals[keyed].in_place = true;
        let item_local = self.temporary("item_of", e, &Ty::Never);
        let mut hold = Vec::new();
        let (arg, key) = self.held_after(arg, key, &mut hold)?;
        let stmts = self.for_each(&arg, |l, item| {
            l.unit.types.learn(slot, &item.ty);
            let mut stmts = vec![l.assign(item_local, item)];
            let item = l.read(item_local);
            let key = l.key_of(&key, item)?;
            l.unit.types.learn(keys, &key.ty);
            let (want_key, want) = (l.unit.types.get(keys), l.unit.types.get(slot));
            let key = l.coerce(key, &want_key);
            let item = l.read(item_local);
            let item = l.coerce(item, &want);
            let all = Expr {
                ty: Ty::Any,
                node: Node::Local(keyed),
            };
            stmts.push(Stmt::Do(method(
                all,
                "push",
                Ty::None,
                vec![own(key), own(item)],
            )));
            Ok(stmts)
        })?;
        let path = format!(
            "Keyed::<{}, {}>::new",
            self.unit.types.rust(&self.unit.types.get(keys)),
            self.unit.types.rust(&self.unit.types.get(slot))
        );
        let mut all = hold;
        all.push(Stmt::Assign(keyed, sure(&path, Ty::Any, Vec::new())));
        all.extend(stmts);
        let done = Expr {
            ty: Ty::Any,
            node: Node::Local(keyed),
        };
        Ok(block(
            all,
            method(done, "sorted", Ty::List(slot), vec![own(reverse)]),
        ))
    }

    pub(super) fn extreme(
        &mut self,
        name: &str,
        e: &ExprCall,
        key: Option<&Ast>,
        default: Option<&Ast>,
    ) -> Low<Expr> {
        let args = &e.arguments.args;
        let is_spread = args.iter().any(|a| matches!(a, Ast::Starred(_)));
        if (args.len() > 1 || is_spread) && default.is_some() {
            return self.no(
                e,
                "arguments",
                format!("`{name}` of several values with a default"),
                "Leave the default out.",
            );
        }
        if args.len() > 1 && key.is_none() && !is_spread {
            let mut values = Vec::new();
            let mut ty = Ty::Never;
            for arg in args {
                let value = self.expr(arg)?;
                let value = self.present(value);
                ty = self.unit.types.join(&ty, &value.ty);
                values.push(value);
            }
            let mut values = values
                .into_iter()
                .map(|v| self.coerce(v, &ty))
                .collect::<Vec<_>>()
                .into_iter();
            let mut result = values.next().unwrap_or_else(none);
            for value in values {
                result = if ty == Ty::Int {
                    sure_method(result, name, ty.clone(), vec![own(value)])
                } else {
                    call(
                        &format!("builtins::{name}"),
                        ty.clone(),
                        vec![own(result), own(value)],
                    )
                };
            }
            return Ok(result);
        }
        let best = self.temporary("best", e, &Ty::Never);
        let best_key = self.temporary("best_key", e, &Ty::Never);
        let started = self.temporary("started", e, &Ty::Bool);
        let mut stmts = vec![self.assign(started, boolean(false))];
        // The default is computed in any case.
        let default = match default {
            Some(d) if is_constant(d) => Some(self.expr(d)?),
            Some(d) => {
                let value = self.expr(d)?;
                let kept = self.temporary("otherwise", d, &value.ty.clone());
                stmts.push(self.assign(kept, value));
                Some(self.read(kept))
            }
            None => None,
        };
        let (mut walked, mut held) = (args.first().cloned(), key.cloned());
        if let (Some(key), Some(first)) = (key, args.first())
            && !self.is_no_key(Some(key))
        {
            if args.len() == 1 && !is_spread {
                let (items, key) = self.held_after(first, key, &mut stmts)?;
                (walked, held) = (Some(items), Some(key));
            } else {
                held = Some(self.held(key, &mut stmts)?);
            }
        }
        let key = held.as_ref();
        let walk = |l: &mut Self, item: Expr| -> Low<Vec<Stmt>> {
            let candidate = l.temporary("candidate", e, &item.ty.clone());
            let mut body = vec![l.assign(candidate, item)];
            let value = l.read(candidate);
            let this_key = match key {
                key if l.is_no_key(key) => value,
                None => value,
                Some(key) => l.key_of(key, value)?,
            };
            let this = l.temporary("its_key", e, &this_key.ty.clone());
            body.push(l.assign(this, this_key));
            let this_read = l.read(this);
            l.unit.types.learn(l.locals[best_key].slot, &this_read.ty);
            let want = l.unit.types.get(l.locals[best_key].slot);
            let (a, b) = (l.coerce(this_read, &want), l.read(best_key));
            let better = if matches!(want, Ty::Instance(_)) {
                let op = if name == "min" { CmpOp::Lt } else { CmpOp::Gt };
                l.compare(e, op, a, b)?
            } else {
                let op = if name == "min" {
                    "is_less"
                } else {
                    "is_greater"
                };
                call(
                    &format!("builtins::{op}"),
                    Ty::Bool,
                    vec![by_ref(a), by_ref(b)],
                )
            };
            let is_started = l.read(started);
            let test = infix("||", Ty::Bool, not(is_started), better);
            let (this, candidate) = (l.read(this), l.read(candidate));
            let take = vec![
                l.assign(best_key, this),
                l.assign(best, candidate),
                l.assign(started, boolean(true)),
            ];
            body.push(Stmt::If(test, take, Vec::new()));
            Ok(body)
        };
        if let (Some(items), 1, false) = (walked, args.len(), is_spread) {
            stmts.extend(self.for_each(&items, walk)?);
        } else {
            let values = self.list(e, args)?;
            let kept = self.temporary("values", e, &values.ty.clone());
            stmts.push(self.assign(kept, values));
            if is_spread {
                // A single value would be walked through.
                let read = self.read(kept);
                let few = infix(
                    "<",
                    Ty::Bool,
                    super::build::length(read),
                    super::build::int(2),
                );
                stmts.push(super::build::give_up_if(few));
            }
            let read = self.read(kept);
            stmts.extend(self.each_value(&args[0], read, Box::new(walk))?);
        }
        let is_started = self.read(started);
        let value = self.read(best);
        let result = match default {
            Some(default) => {
                let slot = self.site(e.range(), 16);
                self.unit.types.learn(slot, &value.ty);
                self.unit.types.learn(slot, &default.ty);
                let ty = self.unit.types.get(slot);
                let (value, default) = (self.coerce(value, &ty), self.coerce(default, &ty));
                Expr {
                    ty,
                    node: Node::Choice(Box::new(is_started), Box::new(value), Box::new(default)),
                }
            }
            None => {
                let empty = vec![Stmt::Raise(sure("exc::value_error", Ty::Any, Vec::new()))];
                stmts.push(Stmt::If(not(is_started), empty, Vec::new()));
                value
            }
        };
        Ok(block(stmts, result))
    }
}
