//! Loops over anything that can be iterated: ranges, containers, and builtins that combine them.

use ruff_python_ast::{Comprehension, Expr as Ast};
use ruff_text_size::Ranged;

use super::build::{by_ref, call, int, method, not, own, sure_method};
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

/// What makes the body of the innermost loop of a comprehension.
type Innermost<'f, L> = Box<dyn FnOnce(&mut L) -> Low<Vec<Stmt>> + 'f>;

/// Longer tuples that are written down are made as tuples.
const MOST_WRITTEN: usize = 64;

impl Lowerer<'_, '_> {
    /// The items of an expression that is iterated.
    pub(super) fn items(&mut self, e: &Ast) -> Low<Items> {
        if let Ast::Attribute(a) = e
            && a.attr.as_str() == "flat"
            && let Ast::Name(n) = &*a.value
            && let Some(local) = self.find(&n.id)
            && let Ty::Array(dtype, nd) = self.type_of(local)
        {
            let array = self.read(local);
            let row = Ty::Array(dtype, 1);
            if nd == 1 {
                return self.each(e, array);
            }
            let row = method(array, "in_a_row", row, Vec::new());
            return self.each(e, row);
        }
        if let Ast::Call(c) = e
            && let Ast::Name(n) = &*c.func
            && self.is_builtin(&n.id)
            && c.arguments
                .keywords
                .iter()
                .all(|k| k.arg.as_ref().is_some_and(|a| a.as_str() == "start"))
        {
            let args = &c.arguments.args;
            let start = c.arguments.keywords.first().map(|k| &k.value);
            if let ("zip", [Ast::Starred(s)]) = (n.id.as_str(), &args[..])
                && start.is_none()
            {
                return self.zip_spread(e, &s.value);
            }
            match (n.id.as_str(), args.len()) {
                ("range", 1..=3) if start.is_none() => {
                    self.uses_builtin("range");
                    let range = self.range(args)?;
                    let item = self.temporary("i", e, &Ty::Int);
                    return Ok(self.single(item, Source::Range(range)));
                }
                ("enumerate", 1 | 2) => {
                    self.uses_builtin("enumerate");
                    let start = match start.or(args.get(1)) {
                        Some(s) => self.expr(s)?,
                        None => int(0),
                    };
                    let start = self.coerce(start, &Ty::Int);
                    let mut items = self.items(&args[0])?;
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
                    return Ok(items);
                }
                ("zip", 1..) if start.is_none() => {
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
                    return Ok(all);
                }
                ("reversed", 1) => {
                    self.uses_builtin("reversed");
                    return self.reversed(e, &args[0]);
                }
                ("map", 2..) => {
                    self.uses_builtin("map");
                    let mut all = Items {
                        sources: Vec::new(),
                        before: Vec::new(),
                        item: super::build::none(),
                    };
                    let mut values = Vec::new();
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
                    all.item = self.apply(&args[0], values)?;
                    return Ok(all);
                }
                ("filter", 2) => {
                    self.uses_builtin("filter");
                    let mut items = self.items(&args[1])?;
                    let kept = self.temporary("item", &args[1], &items.item.ty.clone());
                    let keep = self.assign(kept, items.item);
                    items.before.push(keep);
                    let value = self.read(kept);
                    let test = if matches!(&args[0], Ast::NoneLiteral(_)) {
                        value
                    } else {
                        self.apply(&args[0], vec![value])?
                    };
                    let test = self.truth(test);
                    items
                        .before
                        .push(Stmt::If(not(test), vec![Stmt::Continue(0)], Vec::new()));
                    items.item = self.read(kept);
                    return Ok(items);
                }
                _ => {}
            }
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
            let part = self.index_number(part);
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
        let value = self.expr(arg)?;
        let value = self.present(value);
        match &value.ty {
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

    /// `zip(*parts)`: tuples of the parts' items.
    fn zip_spread(&mut self, e: &Ast, parts: &Ast) -> Low<Items> {
        self.uses_builtin("zip");
        let parts = self.expr(parts)?;
        let parts = self.present(parts);
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

    /// The items of a value.
    pub(super) fn each(&mut self, at: &impl Ranged, value: Expr) -> Low<Items> {
        let value = self.present(value);
        let value = self.as_plain(at, value)?;
        let value = match value.ty {
            Ty::Map(_, k, v) => self.as_dict(value, k, v),
            _ => value,
        };
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
                // What has no type yet gets one in a later pass.
                let ty = match value.ty {
                    Ty::Never => Ty::Never,
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

    /// A loop over the items of an expression, whose body is made from the item.
    pub(super) fn for_each<'f>(
        &mut self,
        iterable: &Ast,
        body: impl FnOnce(&mut Self, Expr) -> Low<Vec<Stmt>> + 'f,
    ) -> Low<Vec<Stmt>> {
        self.each_of(iterable, Box::new(body))
    }

    fn each_of(&mut self, iterable: &Ast, body: WithItem<'_, Self>) -> Low<Vec<Stmt>> {
        if let Ast::Generator(g) = iterable {
            return self.comprehension(&g.generators, |l| {
                let item = l.expr(&g.elt)?;
                body(l, item)
            });
        }
        if self.is_generated(iterable) {
            return self.each_generated(iterable, body);
        }
        if let Ast::Name(_) | Ast::Attribute(_) | Ast::Subscript(_) = iterable
            && self.has_iter()
        {
            let value = self.expr(iterable)?;
            return self.each_value(iterable, value, body);
        }
        let items = self.items(iterable)?;
        self.each_item(items, body)
    }

    /// Whether a class of the file has a method of that name.
    fn has_method(&self, name: &str) -> bool {
        let classes = &self.unit.program.classes;
        classes.iter().any(|c| c.methods.contains_key(name))
    }

    /// Whether a class of the file has an `__iter__` of its own.
    fn has_iter(&self) -> bool {
        let classes = &self.unit.program.classes;
        classes.iter().any(|c| c.methods.contains_key("__iter__"))
    }

    /// A loop over the items of a value.
    pub(super) fn each_value(
        &mut self,
        at: &Ast,
        value: Expr,
        body: WithItem<'_, Self>,
    ) -> Low<Vec<Stmt>> {
        let value = self.present(value);
        if let Ty::Instance(class) = value.ty
            && !self.is_named(&value)
        {
            return self.each_of_instance(at, value, class, body);
        }
        let items = self.each(at, value)?;
        self.each_item(items, body)
    }

    pub(super) fn each_item(&mut self, items: Items, body: WithItem<'_, Self>) -> Low<Vec<Stmt>> {
        let id = self.next_id();
        self.loops.push(id);
        let made = body(self, items.item);
        self.loops.pop();
        let mut inner = relabel(items.before, id);
        inner.extend(made?);
        Ok(vec![Stmt::For {
            id,
            sources: items.sources,
            body: inner,
            orelse: Vec::new(),
        }])
    }

    /// The loops of a comprehension around what `body` makes.
    pub(super) fn comprehension(
        &mut self,
        generators: &[Comprehension],
        body: impl FnOnce(&mut Self) -> Low<Vec<Stmt>>,
    ) -> Low<Vec<Stmt>> {
        self.scopes.push(std::collections::HashMap::new());
        let made = self.comprehension_from(generators, Box::new(body));
        self.scopes.pop();
        made
    }

    fn comprehension_from(
        &mut self,
        generators: &[Comprehension],
        body: Innermost<'_, Self>,
    ) -> Low<Vec<Stmt>> {
        let Some((first, rest)) = generators.split_first() else {
            return body(self);
        };
        if first.is_async {
            return self.no(
                &first.iter,
                "async",
                "asynchronous comprehensions stay Python",
                "Use an ordinary one.",
            );
        }
        self.for_each(&first.iter, |l, item| {
            let mut stmts = l.bind_scoped(&first.target, item)?;
            let mut tests = Vec::new();
            for test in &first.ifs {
                tests.push(l.condition(test)?);
            }
            let inner = l.comprehension_from(rest, body)?;
            match tests
                .into_iter()
                .reduce(|a, b| super::build::infix("&&", Ty::Bool, a, b))
            {
                Some(test) => stmts.push(Stmt::If(test, inner, Vec::new())),
                None => stmts.extend(inner),
            }
            Ok(stmts)
        })
    }

    /// Binds the target of a comprehension in the scope of its own.
    fn bind_scoped(&mut self, target: &Ast, item: Expr) -> Low<Vec<Stmt>> {
        self.declare(target);
        self.bind(target, item)
    }

    fn declare(&mut self, target: &Ast) {
        match target {
            Ast::Name(n) => {
                let local = self.local(&n.id, n.range.start().to_u32() + 2);
                if let Some(scope) = self.scopes.last_mut() {
                    scope.insert(n.id.to_string(), local);
                }
            }
            Ast::Tuple(t) => t.elts.iter().for_each(|e| self.declare(e)),
            Ast::List(t) => t.elts.iter().for_each(|e| self.declare(e)),
            Ast::Starred(s) => self.declare(&s.value),
            _ => {}
        }
    }
}

/// Gives the loop that a `continue` of a filter belongs to.
fn relabel(stmts: Vec<Stmt>, id: usize) -> Vec<Stmt> {
    stmts
        .into_iter()
        .map(|s| match s {
            Stmt::If(test, yes, no) => Stmt::If(test, relabel(yes, id), relabel(no, id)),
            Stmt::Continue(0) => Stmt::Continue(id),
            other => other,
        })
        .collect()
}
