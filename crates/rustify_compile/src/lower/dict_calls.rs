//! `dict(…)`: of another dict, of pairs, of names, and of both.

use ruff_python_ast::{Expr as Ast, ExprCall, Keyword};
use ruff_text_size::Ranged;

use super::build::{block, by_ref, call, give_up_if, int, literal, method, none, own, sure_method};
use super::calls::is_constant;
use super::iterate::{Items, WithItem};
use super::scope::{Low, Lowerer};
use super::unit::Constant;
use crate::ir::{Expr, Local, Node, Source, Stmt};
use crate::types::Ty;

impl Lowerer<'_, '_> {
    /// `dict(items)`.
    pub(super) fn dict_of(&mut self, e: &ExprCall, arg: &Ast) -> Low<Expr> {
        if self.iterated(arg) {
            return self.dict_of_pairs(e, |l, each| l.for_each(arg, each));
        }
        let value = self.expr(arg)?;
        if let Ty::Instance(_) = value.ty {
            return self.dict_of_pairs(e, |l, each| l.for_each(arg, each));
        }
        self.dict_of_value(e, value)
    }

    /// A new dict of another one, or of pairs.
    fn dict_of_value(&mut self, e: &ExprCall, value: Expr) -> Low<Expr> {
        if let Ty::Map(_, k, v) = value.ty {
            let view = self.as_dict(value, k, v);
            return Ok(method(view, "entries", Ty::Dict(k, v), Vec::new()));
        }
        if let Ty::Dict(..) = value.ty {
            let ty = value.ty.clone();
            return Ok(method(value, "copy", ty, Vec::new()));
        }
        let pairs = match value.ty {
            Ty::Any | Ty::Opt(_) => {
                let any = self.coerce(value, &Ty::Any);
                call("any::pairs", Ty::Any, vec![by_ref(any)])
            }
            _ => value,
        };
        self.dict_of_pairs(e, |l, each| {
            let items: Items = l.each(e, pairs)?;
            l.each_item(items, each)
        })
    }

    /// A new dict of pairs, which `walk` goes through.
    fn dict_of_pairs(
        &mut self,
        e: &ExprCall,
        walk: impl FnOnce(&mut Self, WithItem<'_, Self>) -> Low<Vec<Stmt>>,
    ) -> Low<Expr> {
        let (k, v) = (self.site(e.range(), 11), self.site(e.range(), 12));
        self.filled(e, &Ty::Dict(k, v), |l, dict| {
            walk(l, Box::new(|l, item| l.paired_entry(e, dict, item)))
        })
    }

    /// A pair becomes an entry.
    fn paired_entry(&mut self, e: &ExprCall, dict: Local, item: Expr) -> Low<Vec<Stmt>> {
        let pair = self.temporary("pair", e, &item.ty.clone());
        let mut stmts = vec![self.assign(pair, item)];
        let whole = self.read(pair);
        if !matches!(&whole.ty, Ty::Tuple(items) if items.len() == 2) {
            let object = self.coerce(whole, &Ty::Any);
            let count = call("any::len", Ty::Int, vec![by_ref(object)]);
            let two = literal("2", Ty::Any);
            let args = vec![own(count), own(two)];
            stmts.push(Stmt::Do(call("tuple::check_count", Ty::None, args)));
        }
        let (first, second) = (self.read(pair), self.read(pair));
        let (key, value) = (self.item(first, int(0))?, self.item(second, int(1))?);
        stmts.push(self.add_entry(dict, key, value));
        Ok(stmts)
    }

    /// `dict(items, name=value, **more)`: all values are computed before the first item is taken.
    pub(super) fn dict_of_names(&mut self, e: &ExprCall, items: Option<&Ast>) -> Low<Expr> {
        let (k, v) = (self.site(e.range(), 102), self.site(e.range(), 103));
        self.unit.types.learn(k, &Ty::Str);
        let mut stmts = Vec::new();
        let first = match items {
            Some(items) if self.iterated(items) => {
                // Its items are made after the values of the names, which must not mind.
                let is_still = |k: &Keyword| k.arg.is_some() && is_constant(&k.value);
                if !e.arguments.keywords.iter().all(is_still) {
                    return self.no(
                        items,
                        "builtin",
                        "`dict` of an iterator and of names",
                        "Make the dict of the iterator first, then add the names.",
                    );
                }
                let made = self.dict_of(e, items)?;
                let kept = self.temporary("first_items", items, &made.ty.clone());
                stmts.push(self.assign(kept, made));
                Some(self.read(kept))
            }
            Some(items) => {
                let value = self.expr(items)?;
                if let Ty::Instance(_) = value.ty {
                    return self.no(
                        items,
                        "builtin",
                        "`dict` of an instance and of names",
                        "Make the dict of the instance first, then add the names.",
                    );
                }
                let kept = self.temporary("first_items", items, &value.ty.clone());
                stmts.push(self.assign(kept, value));
                Some(self.read(kept))
            }
            None => None,
        };
        let mut named = Vec::new();
        for keyword in &e.arguments.keywords {
            let value = self.expr(&keyword.value)?;
            let name = keyword.arg.as_ref().map(ToString::to_string);
            let value = match name {
                Some(_) => value,
                None => self.options(keyword, value)?,
            };
            let kept = self.temporary("named_value", keyword, &value.ty.clone());
            stmts.push(self.assign(kept, value));
            named.push((name, kept));
        }
        let made = match first {
            Some(value) => {
                let made = self.dict_of_value(e, value)?;
                if let Ty::Dict(c, d) = made.ty {
                    self.unit.types.unify(k, c);
                    self.unit.types.unify(v, d);
                }
                made
            }
            None => self.new_container(&Ty::Dict(k, v)),
        };
        let dict = self.temporary("named_entries", e, &Ty::Dict(k, v));
        stmts.push(self.assign(dict, made));
        if named.iter().all(|(name, _)| name.is_some()) {
            stmts.extend(self.named_entries(dict, &named));
        } else {
            // A name that comes twice is an error, even if the value before has it too.
            let names = self.temporary("names_given", e, &Ty::Dict(k, v));
            let new = self.new_container(&Ty::Dict(k, v));
            stmts.push(self.assign(names, new));
            for one in &named {
                let Some(name) = &one.0 else {
                    stmts.push(self.more_entries(names, one.1));
                    continue;
                };
                let key = self.name_of_entry(name);
                stmts.push(self.must_be_new(names, key));
                stmts.extend(self.named_entries(names, std::slice::from_ref(one)));
            }
            let (dict, names) = (self.read(dict), self.read(names));
            stmts.push(Stmt::Do(method(
                dict,
                "update",
                Ty::None,
                vec![by_ref(names)],
            )));
        }
        let dict = self.read(dict);
        Ok(block(stmts, dict))
    }

    /// A dict given by `**`.
    fn options(&mut self, keyword: &Keyword, value: Expr) -> Low<Expr> {
        let value = self.present(value);
        let value = match value.ty {
            Ty::Map(_, k, v) => self.as_dict(value, k, v),
            _ => value,
        };
        let fits = match value.ty {
            Ty::Dict(k, _) => matches!(self.unit.types.get(k), Ty::Str | Ty::Char | Ty::Never),
            _ => false,
        };
        if fits {
            return Ok(value);
        }
        self.no(
            keyword,
            "dict-unpack",
            "`**` of something else than a dict with texts as keys",
            "Copy the items in a loop.",
        )
    }

    fn name_of_entry(&mut self, name: &str) -> Expr {
        let key = self.constant(Constant::Text(name.as_bytes().to_vec()));
        self.coerce(key, &Ty::Str)
    }

    /// An entry that is there already is left to Python, which finds that the name comes twice.
    fn must_be_new(&mut self, names: Local, key: Expr) -> Stmt {
        let names = self.read(names);
        let key = match names.ty {
            Ty::Dict(k, _) => {
                let want = self.unit.types.get(k);
                self.coerce(key, &want)
            }
            _ => key,
        };
        let has = method(names, "contains", Ty::Bool, vec![by_ref(key)]);
        give_up_if(has)
    }

    fn named_entries(&mut self, dict: Local, named: &[(Option<String>, Local)]) -> Vec<Stmt> {
        let mut stmts = Vec::new();
        for (name, value) in named {
            if let Some(name) = name {
                let key = self.name_of_entry(name);
                let value = self.read(*value);
                stmts.push(self.add_entry(dict, key, value));
            }
        }
        stmts
    }

    /// The entries of a dict given by `**`, none of which is there yet.
    fn more_entries(&mut self, names: Local, given: Local) -> Stmt {
        let read = self.read(given);
        let Ty::Dict(c, d) = read.ty else {
            return Stmt::Do(none());
        };
        let (key, value) = (self.unit.types.get(c), self.unit.types.get(d));
        let place = u64::try_from(given).unwrap_or_default();
        let entry = self.local("more_entry", (1 << 62) + place);
        let pair = Ty::Tuple(vec![key.clone(), value.clone()]);
        self.unit.types.learn(self.locals[entry].slot, &pair);
        let part = |l: &Self, at: usize, ty: &Ty| Expr {
            ty: ty.clone(),
            node: Node::Field(Box::new(l.read(entry)), at),
        };
        let iter = sure_method(read, "items", Ty::Any, Vec::new());
        let name = self.local("more_name", (1 << 62) + place);
        let key = part(self, 0, &key);
        let key = self.coerce(key, &Ty::Str);
        let keep = self.assign(name, key);
        let known = self.read(name);
        let is_new = self.must_be_new(names, known);
        let (known, value) = (self.read(name), part(self, 1, &value));
        let add = self.add_entry(names, known, value);
        Stmt::For {
            id: self.next_id(),
            sources: vec![(entry, Source::Each(iter))],
            body: vec![keep, is_new, add],
            orelse: Vec::new(),
        }
    }
}
