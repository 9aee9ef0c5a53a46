//! Iterators of the builtins: `range`, `enumerate`, `zip`, `reversed`, `map` and `filter`.

use ruff_python_ast::Expr as Ast;
use ruff_text_size::Ranged;

use super::build::{by_ref, call, int, method, not, own, sure_method};
use super::iterate::Items;
use super::scope::{Low, Lowerer};
use crate::ir::{Expr, Node, Source, Stmt};
use crate::types::Ty;

impl Lowerer<'_, '_> {
    /// The items of a builtin iterator with its arguments; the builtins' names are relied upon.
    pub(super) fn builtin_items(&mut self, e: &Ast) -> Low<Option<Items>> {
        let Ast::Call(c) = e else {
            return Ok(None);
        };
        let Ast::Name(n) = &*c.func else {
            return Ok(None);
        };
        let is_start = |k: &ruff_python_ast::Keyword| k.arg.as_ref().is_some_and(|a| a == "start");
        if !self.is_builtin(&n.id) || !c.arguments.keywords.iter().all(is_start) {
            return Ok(None);
        }
        let args = &c.arguments.args;
        let start = c.arguments.keywords.first().map(|k| &k.value);
        if let ("zip", [Ast::Starred(s)]) = (n.id.as_str(), &args[..])
            && start.is_none()
        {
            return self.zip_spread(e, &s.value).map(Some);
        }
        let items = match (n.id.as_str(), args.len()) {
            ("range", 1..=3) if start.is_none() => {
                self.uses_builtin("range");
                let range = self.range(args)?;
                let item = self.temporary("i", e, &Ty::Int);
                self.single(item, Source::Range(range))
            }
            ("enumerate", 1 | 2) => self.enumerated(e, &args[0], start.or(args.get(1)))?,
            ("zip", 1..) if start.is_none() => self.zipped(e, args)?,
            ("reversed", 1) => {
                self.uses_builtin("reversed");
                self.reversed(e, &args[0])?
            }
            ("map", 2..) => self.mapped(e, args)?,
            ("filter", 2) => self.filtered(args)?,
            _ => return Ok(None),
        };
        Ok(Some(items))
    }

    /// `enumerate(items, start)`.
    fn enumerated(&mut self, e: &Ast, arg: &Ast, start: Option<&Ast>) -> Low<Items> {
        self.uses_builtin("enumerate");
        let start = match start {
            Some(s) => self.expr(s)?,
            None => int(0),
        };
        let start = self.coerce(start, &Ty::Int);
        let mut items = self.items(arg)?;
        let counter = self.temporary("index", e, &Ty::Int);
        if !items.before.is_empty() {
            // Some of what the sources give may be no item, and does not count.
            let first = call("int::sub", Ty::Int, vec![own(start), own(int(1))]);
            let begin = self.assign(counter, first);
            items.begin(vec![begin]);
            let last = self.read(counter);
            let next = call("int::add", Ty::Int, vec![own(last), own(int(1))]);
            let count = self.assign(counter, next);
            items.before.push(count);
            items.item = Expr {
                ty: Ty::Tuple(vec![Ty::Int, items.item.ty.clone()]),
                node: Node::Tuple(vec![self.read(counter), items.item]),
            };
            return Ok(items);
        }
        let call = call("count_from", Ty::Any, vec![own(start)]);
        items.sources.push((counter, Source::Range(call)));
        items.item = Expr {
            ty: Ty::Tuple(vec![Ty::Int, items.item.ty.clone()]),
            node: Node::Tuple(vec![self.read(counter), items.item]),
        };
        Ok(items)
    }

    /// `zip(…)`: all sources in step.
    fn zipped(&mut self, e: &Ast, args: &[Ast]) -> Low<Items> {
        self.uses_builtin("zip");
        let mut all = Items {
            sources: Vec::new(),
            before: Vec::new(),
            item: super::build::none(),
        };
        let mut parts = Vec::new();
        for arg in args {
            let items = self.items(arg)?;
            if !items.before.is_empty() {
                return self.zip_of_lists(e, args);
            }
            all.sources.extend(items.sources);
            parts.push(items.item);
        }
        all.item = Expr {
            ty: Ty::Tuple(parts.iter().map(|p| p.ty.clone()).collect()),
            node: Node::Tuple(parts),
        };
        Ok(all)
    }

    /// `map(function, …)`.
    fn mapped(&mut self, e: &Ast, args: &[Ast]) -> Low<Items> {
        self.uses_builtin("map");
        let mut all = Items {
            sources: Vec::new(),
            before: Vec::new(),
            item: super::build::none(),
        };
        let mut values = Vec::new();
        let mut hold = Vec::new();
        let function = self.held(&args[0], &mut hold)?;
        if let [_, items] = args {
            self.note_mapped(&function, items);
        }
        for arg in &args[1..] {
            let items = self.items(arg)?;
            if !items.before.is_empty() && args.len() > 2 {
                return self.no(
                    e,
                    "map",
                    "`map` over several computed iterables",
                    "Write a loop.",
                );
            }
            all.sources.extend(items.sources);
            all.before.extend(items.before);
            values.push(items.item);
        }
        all.begin(hold);
        all.item = self.apply(&function, values)?;
        Ok(all)
    }

    /// `filter(function, items)`.
    fn filtered(&mut self, args: &[Ast]) -> Low<Items> {
        self.uses_builtin("filter");
        let mut hold = Vec::new();
        let function = self.held(&args[0], &mut hold)?;
        let mut items = self.items(&args[1])?;
        items.begin(hold);
        let kept = self.temporary("item", &args[1], &items.item.ty.clone());
        let keep = self.assign(kept, items.item);
        items.before.push(keep);
        let value = self.read(kept);
        let test = if matches!(&args[0], Ast::NoneLiteral(_)) {
            value
        } else {
            self.apply(&function, vec![value])?
        };
        let test = self.truth(test);
        items
            .before
            .push(Stmt::If(not(test), vec![Stmt::Continue(0)], Vec::new()));
        items.item = self.read(kept);
        Ok(items)
    }

    /// The range of a call of `range` with names and numbers alone, which may be computed twice.
    pub(super) fn plain_range(&mut self, e: &Ast) -> Low<Option<Expr>> {
        let Ast::Call(c) = e else {
            return Ok(None);
        };
        let is_range =
            matches!(&*c.func, Ast::Name(n) if n.id == "range" && self.is_builtin("range"));
        let is_plain = |a: &Ast| matches!(a, Ast::Name(_) | Ast::NumberLiteral(_));
        let args = &c.arguments.args;
        if !is_range || !c.arguments.keywords.is_empty() || !(1..=3).contains(&args.len()) {
            return Ok(None);
        }
        if !args.iter().all(is_plain) {
            return Ok(None);
        }
        self.range(args).map(Some)
    }

    /// The range of `range(…)`.
    fn range(&mut self, args: &[Ast]) -> Low<Expr> {
        let mut parts = Vec::new();
        for arg in args {
            let part = self.expr(arg)?;
            let part = self.whole_index(part);
            parts.push(self.coerce(part, &Ty::Int));
        }
        let mut parts = parts.into_iter();
        Ok(match (parts.next(), parts.next(), parts.next()) {
            (Some(stop), None, _) => {
                super::build::sure("upto::<Int>", Ty::Any, vec![own(int(0)), own(stop)])
            }
            (Some(start), Some(stop), None) => {
                super::build::sure("upto::<Int>", Ty::Any, vec![own(start), own(stop)])
            }
            (Some(start), Some(stop), Some(step)) => call(
                "range::<Int>",
                Ty::Any,
                vec![own(start), own(stop), own(step)],
            ),
            _ => super::build::none(),
        })
    }

    fn reversed(&mut self, e: &Ast, arg: &Ast) -> Low<Items> {
        if let Ast::Call(c) = arg
            && matches!(&*c.func, Ast::Name(n) if n.id == "range" && self.is_builtin("range"))
        {
            self.uses_builtin("range");
            let range = self.range(&c.arguments.args)?;
            let range = method(range, "reversed", Ty::Any, Vec::new());
            let item = self.temporary("i", e, &Ty::Int);
            return Ok(self.single(item, Source::Range(range)));
        }
        if let Some(items) = self.view_backwards(e, arg)? {
            return Ok(items);
        }
        let value = self.expr(arg)?;
        let value = self.present(value);
        match &value.ty {
            Ty::Dict(..) | Ty::Map(..) => Ok(self.backwards(e, value, "keys")),
            Ty::List(slot) => {
                let ty = self.unit.types.get(*slot);
                let item = self.temporary("item", e, &ty);
                let iter = sure_method(value, "reversed", Ty::Any, Vec::new());
                Ok(self.single(item, Source::Each(iter)))
            }
            Ty::Str | Ty::Tuple(_) | Ty::TupleOf(_) | Ty::Bytes => {
                let list = self.list_of(arg, value)?;
                let Ty::List(slot) = list.ty else {
                    return self.no(arg, "reversed", "this cannot be reversed", "Write a loop.");
                };
                let ty = self.unit.types.get(slot);
                let item = self.temporary("item", e, &ty);
                let iter = sure_method(list, "reversed", Ty::Any, Vec::new());
                Ok(self.single(item, Source::Each(iter)))
            }
            Ty::Any | Ty::Never => {
                // Lists, tuples, texts and ranges look at their length first; others are left to Python.
                let any = self.coerce(value, &Ty::Any);
                let iter = call("any::reversed", Ty::Any, vec![by_ref(any)]);
                let item = self.temporary("item", e, &Ty::Any);
                Ok(self.single(item, Source::Each(iter)))
            }
            _ => self.no(
                arg,
                "reversed",
                "`reversed` of a value whose type is not known here",
                "Reverse a list or a range.",
            ),
        }
    }

    /// `reversed` of a view of a dict.
    fn view_backwards(&mut self, e: &Ast, arg: &Ast) -> Low<Option<Items>> {
        let Ast::Call(c) = arg else {
            return Ok(None);
        };
        let Ast::Attribute(a) = &*c.func else {
            return Ok(None);
        };
        let view = a.attr.as_str();
        if !matches!(view, "items" | "keys" | "values")
            || !c.arguments.args.is_empty()
            || !c.arguments.keywords.is_empty()
        {
            return Ok(None);
        }
        let dict = self.expr(&a.value)?;
        let dict = self.present(dict);
        let dict = match dict.ty {
            Ty::Dict(..) | Ty::Map(..) => dict,
            Ty::Any if !self.has_method(view) => {
                let (k, v) = (self.site(e.range(), 100), self.site(e.range(), 101));
                self.unit.types.learn(k, &Ty::Any);
                self.unit.types.learn(v, &Ty::Any);
                self.coerce(dict, &Ty::Dict(k, v))
            }
            _ => return Ok(None),
        };
        Ok(Some(self.backwards(e, dict, view)))
    }

    /// The keys, values or items of a dict, the last first.
    fn backwards(&mut self, e: &Ast, dict: Expr, view: &str) -> Items {
        let dict = match dict.ty {
            Ty::Map(_, k, v) => self.as_dict(dict, k, v),
            _ => dict,
        };
        let ty = match dict.ty {
            Ty::Dict(k, v) => match (view, self.unit.types.get(k), self.unit.types.get(v)) {
                ("items", k, v) => Ty::Tuple(vec![k, v]),
                ("keys", k, _) => k,
                (_, _, v) => v,
            },
            _ => Ty::Any,
        };
        let item = self.temporary("entry", e, &ty);
        let iter = method(dict, &format!("{view}_backwards"), Ty::Any, Vec::new());
        self.single(item, Source::Each(iter))
    }

    /// `zip(*parts)`: tuples of the parts' items.
    fn zip_spread(&mut self, e: &Ast, parts: &Ast) -> Low<Items> {
        self.uses_builtin("zip");
        let parts = self.expr(parts)?;
        let parts = self.present(parts);
        if let Some(columns) = self.listed_columns(e, &parts) {
            return Ok(columns);
        }
        let slot = self.site(e.range(), 63);
        let inner = match &parts.ty {
            Ty::List(s) | Ty::TupleOf(s) => vec![self.unit.types.get(*s)],
            Ty::Tuple(items) => items.clone(),
            _ => vec![Ty::Any],
        };
        for ty in inner {
            match ty {
                Ty::List(s) | Ty::TupleOf(s) | Ty::Set(s) | Ty::Dict(s, _) | Ty::FrozenSet(s) => {
                    let ty = self.unit.types.get(s);
                    self.unit.types.learn(slot, &ty);
                }
                Ty::Tuple(items) => {
                    for ty in items {
                        self.unit.types.learn(slot, &ty);
                    }
                }
                Ty::Str => self.unit.types.learn(slot, &Ty::Char),
                Ty::Never => {}
                _ => self.unit.types.learn(slot, &Ty::Any),
            }
        }
        let parts = self.coerce(parts, &Ty::Any);
        let iter = call("builtins::zip_spread", Ty::Any, vec![by_ref(parts)]);
        let item = self.temporary("column", e, &Ty::Any);
        let mut items = self.single(item, Source::Each(iter));
        items.item = self.coerce(items.item, &Ty::TupleOf(slot));
        Ok(items)
    }

    fn zip_of_lists(&mut self, e: &Ast, args: &[Ast]) -> Low<Items> {
        let mut all = Items {
            sources: Vec::new(),
            before: Vec::new(),
            item: super::build::none(),
        };
        let mut parts = Vec::new();
        for arg in args {
            if self.may_be_endless(arg) {
                return self.no(
                    arg,
                    "generator-value",
                    "several iterables are walked through in step, and this one may have no end",
                    "Walk through it in a loop, and ask the others by index.",
                );
            }
            let list = self.collect_list(arg, arg)?;
            let items = self.each(e, list)?;
            all.sources.extend(items.sources);
            parts.push(items.item);
        }
        all.item = Expr {
            ty: Ty::Tuple(parts.iter().map(|p| p.ty.clone()).collect()),
            node: Node::Tuple(parts),
        };
        Ok(all)
    }
}
