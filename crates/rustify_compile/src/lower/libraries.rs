//! `heapq`, `bisect`, `itertools` and `functools`.

use ruff_python_ast::{Expr as Ast, ExprCall, Number};
use ruff_text_size::Ranged;

use super::build::{block, by_ref, call, literal, own};
use super::containers::copied;
use super::iterate::Items;
use super::scope::{Low, Lowerer};
use super::unit::Place;
use crate::ir::{Expr, Source, Stmt};
use crate::types::Ty;

impl Lowerer<'_, '_> {
    /// A call of a function of these modules that gives a value.
    pub(super) fn library_call(
        &mut self,
        e: &ExprCall,
        module: &str,
        name: &str,
        place: &Place,
    ) -> Low<Option<Expr>> {
        let args = &e.arguments.args;
        if args.iter().any(|a| matches!(a, Ast::Starred(_))) {
            return Ok(None);
        }
        match (module, name) {
            ("collections", "defaultdict") => self.new_default(e, place.clone()).map(Some),
            ("collections", "Counter") => self.new_counter(e, place.clone()).map(Some),
            ("collections", "deque") => self.new_deque(e, place.clone()).map(Some),
            ("heapq", _) if e.arguments.keywords.is_empty() => self.heap(e, name, place),
            ("bisect", _) if e.arguments.keywords.is_empty() => self.bisect(e, name, place),
            ("dataclasses", "replace") => self.replaced_fields(e, place),
            ("re", _) => self.pattern_function(e, name),
            ("copy", "copy" | "deepcopy") if e.arguments.keywords.is_empty() && args.len() == 1 => {
                let value = self.expr(&args[0])?;
                let copy = self.copy_of(value, name == "deepcopy");
                if copy.is_some() {
                    self.capture(place.clone());
                }
                Ok(copy)
            }
            ("math", "fsum" | "prod")
                if e.arguments.keywords.is_empty()
                    && matches!(&args[..], [arg] if self.iterated(arg)) =>
            {
                self.capture(place.clone());
                self.folded(e, name).map(Some)
            }
            ("functools", "partial") => self.partial(e, place).map(Some),
            ("functools", "reduce")
                if e.arguments.keywords.is_empty() && matches!(args.len(), 2 | 3) =>
            {
                self.capture(place.clone());
                self.reduce(e).map(Some)
            }
            _ => Ok(None),
        }
    }

    /// `copy.copy` or `copy.deepcopy` of a value whose class does not say how it is copied.
    fn copy_of(&mut self, value: Expr, is_deep: bool) -> Option<Expr> {
        let value = self.present(value);
        let ty = value.ty.clone();
        let types = &self.unit.types;
        Some(match &ty {
            ty if is_immutable(ty) => value,
            Ty::List(_) if !is_deep => copied(value),
            Ty::List(slot) if is_immutable(&types.get(*slot)) => {
                call("copying::row", ty, vec![by_ref(value)])
            }
            Ty::List(slot) if matches!(types.get(*slot), Ty::List(inner) if is_immutable(&types.get(inner))) => {
                call("copying::rows", ty, vec![by_ref(value)])
            }
            Ty::Any
            | Ty::List(_)
            | Ty::Tuple(_)
            | Ty::TupleOf(_)
            | Ty::Dict(..)
            | Ty::Set(_)
            | Ty::FrozenSet(_) => {
                let path = if is_deep {
                    "copying::deep"
                } else {
                    "copying::shallow"
                };
                let object = self.coerce(value, &Ty::Any);
                let copy = call(path, Ty::Any, vec![by_ref(object)]);
                self.coerce(copy, &ty)
            }
            _ => return None,
        })
    }

    /// A list argument of `heapq` or `bisect`.
    fn list_argument(&mut self, arg: &Ast) -> Low<Option<(Expr, usize)>> {
        let list = self.expr(arg)?;
        let list = self.present(list);
        Ok(match list.ty {
            Ty::List(slot) => Some((list, slot)),
            _ => None,
        })
    }

    fn heap(&mut self, e: &ExprCall, name: &str, place: &Place) -> Low<Option<Expr>> {
        let args = &e.arguments.args;
        match (name, args.len()) {
            ("heappush" | "heappushpop" | "heapreplace", 2) => {
                let Some((list, slot)) = self.list_argument(&args[0])? else {
                    return Ok(None);
                };
                if name == "heappush" && self.unit.types.get(slot) == Ty::Never {
                    let item = self.expr(&args[1])?;
                    self.unit.types.learn(slot, &item.ty);
                }
                if let Some(done) = self.instance_heap(e, name, list.clone(), slot)? {
                    self.capture(place.clone());
                    return Ok(Some(done));
                }
                let item = self.expr(&args[1])?;
                self.unit.types.learn(slot, &item.ty);
                let want = self.unit.types.get(slot);
                let item = self.coerce(item, &want);
                self.capture(place.clone());
                let ty = if name == "heappush" { Ty::None } else { want };
                Ok(Some(call(
                    &format!("heap::{name}"),
                    ty,
                    vec![by_ref(list), own(item)],
                )))
            }
            ("heappop", 1) => {
                let Some((list, slot)) = self.list_argument(&args[0])? else {
                    return Ok(None);
                };
                let ty = self.unit.types.get(slot);
                self.capture(place.clone());
                if let Some(done) = self.instance_heap(e, name, list.clone(), slot)? {
                    return Ok(Some(done));
                }
                Ok(Some(call("heap::heappop", ty, vec![by_ref(list)])))
            }
            ("heapify", 1) => {
                let Some((list, slot)) = self.list_argument(&args[0])? else {
                    return Ok(None);
                };
                self.capture(place.clone());
                if let Some(done) = self.instance_heap(e, name, list.clone(), slot)? {
                    return Ok(Some(done));
                }
                Ok(Some(call("heap::heapify", Ty::None, vec![by_ref(list)])))
            }
            ("nlargest" | "nsmallest", 2) => {
                let n = self.expr(&args[0])?;
                let n = self.number(n);
                let n = self.coerce(n, &Ty::Int);
                let list = if self.iterated(&args[1]) {
                    self.collect_list(e, &args[1])?
                } else {
                    let value = self.expr(&args[1])?;
                    self.list_of(e, value)?
                };
                let ty = list.ty.clone();
                self.capture(place.clone());
                Ok(Some(call(
                    &format!("heap::{name}"),
                    ty,
                    vec![own(n), own(list)],
                )))
            }
            _ => Ok(None),
        }
    }

    fn bisect(&mut self, e: &ExprCall, name: &str, place: &Place) -> Low<Option<Expr>> {
        let args = &e.arguments.args;
        let (path, ty) = match name {
            "bisect" | "bisect_right" => ("heap::bisect_right", Ty::Int),
            "bisect_left" => ("heap::bisect_left", Ty::Int),
            "insort" | "insort_right" => ("heap::insort_right", Ty::None),
            "insort_left" => ("heap::insort_left", Ty::None),
            _ => return Ok(None),
        };
        if !(2..=4).contains(&args.len()) || ty == Ty::None && args.len() > 2 {
            return Ok(None);
        }
        let list = self.expr(&args[0])?;
        let list = self.present(list);
        let list = match list.ty {
            Ty::List(_) => list,
            // What is only looked into may be a copy.
            Ty::Tuple(_) | Ty::TupleOf(_) | Ty::Str if ty == Ty::Int => self.list_of(e, list)?,
            _ => return Ok(None),
        };
        let Ty::List(slot) = list.ty else {
            return Ok(None);
        };
        let item = self.expr(&args[1])?;
        self.unit.types.learn(slot, &item.ty);
        let want = self.unit.types.get(slot);
        let item = self.coerce(item, &want);
        self.capture(place.clone());
        if ty == Ty::None {
            return Ok(Some(call(path, ty, vec![by_ref(list), own(item)])));
        }
        let mut bounds = Vec::new();
        for at in [2, 3] {
            bounds.push(match args.get(at) {
                Some(Ast::NoneLiteral(_)) | None => {
                    literal("None::<Int>", Ty::Opt(Box::new(Ty::Int)))
                }
                Some(bound) => {
                    let bound = self.expr(bound)?;
                    let bound = self.number(bound);
                    self.coerce(bound, &Ty::Opt(Box::new(Ty::Int)))
                }
            });
        }
        let mut all = vec![by_ref(list), by_ref(item)];
        all.extend(bounds.into_iter().map(own));
        Ok(Some(call(&format!("{path}::<_, Int>"), ty, all)))
    }

    /// `functools.reduce(function, items, start)`.
    fn reduce(&mut self, e: &ExprCall) -> Low<Expr> {
        let args = &e.arguments.args;
        let so_far = self.temporary("so_far", e, &Ty::Never);
        let started = self.temporary("started", e, &Ty::Bool);
        let mut stmts = Vec::new();
        // The items are made before the start is looked at, as Python does.
        let has_start = args.len() == 3;
        if has_start {
            let start = self.expr(&args[2])?;
            stmts.push(self.assign(so_far, start));
        }
        stmts.push(self.assign(started, super::build::boolean(has_start)));
        let function = self.held(&args[0], &mut stmts)?;
        let body = self.for_each(&args[1], |l, item| {
            let kept = l.temporary("next_item", e, &item.ty.clone());
            let mut body = vec![l.assign(kept, item)];
            let (first, item) = (l.read(kept), l.read(kept));
            let value = l.read(so_far);
            let next = l.apply(&function, vec![value, item])?;
            if has_start {
                body.push(l.assign(so_far, next));
                return Ok(body);
            }
            let is_started = l.read(started);
            let go_on = vec![l.assign(so_far, next)];
            let start = vec![
                l.assign(so_far, first),
                l.assign(started, super::build::boolean(true)),
            ];
            body.push(Stmt::If(is_started, go_on, start));
            Ok(body)
        })?;
        stmts.extend(body);
        let is_started = self.read(started);
        let class = super::build::sure("exc::type_error", Ty::Any, Vec::new());
        stmts.push(Stmt::If(
            super::build::not(is_started),
            vec![Stmt::Raise(class)],
            Vec::new(),
        ));
        let value = self.read(so_far);
        Ok(block(stmts, value))
    }

    /// `zip(…, strict=…)`.
    pub(super) fn strict_zip(&mut self, c: &ExprCall) -> Low<Option<Items>> {
        let is_strict = matches!(&*c.func, Ast::Name(n) if n.id == "zip" && self.is_builtin("zip"))
            && matches!(&c.arguments.keywords[..], [k] if k.arg.as_ref().is_some_and(|a| a.as_str() == "strict"))
            && !c
                .arguments
                .args
                .iter()
                .any(|a| matches!(a, Ast::Starred(_)));
        if !is_strict {
            return Ok(None);
        }
        let mut types = Vec::new();
        let mut values = Vec::new();
        for arg in &c.arguments.args {
            let value = if self.iterated(arg) {
                self.collect_list(arg, arg)?
            } else {
                self.expr(arg)?
            };
            types.push(self.item_type(&value.ty));
            values.push(self.coerce(value, &Ty::Any));
        }
        let class = self.capture(Place::Builtin("zip".to_owned()));
        let (all, names) = self.named_arguments(c, values)?;
        let iterator = call(
            "heap::iterator",
            Ty::Any,
            vec![by_ref(class), by_ref(all), by_ref(names)],
        );
        let walk = super::build::sure("any::Iter::over", Ty::Any, vec![own(iterator)]);
        let item = self.temporary("item", c, &Ty::Any);
        let mut items = self.single(item, Source::Each(walk));
        let types = types
            .into_iter()
            .map(|t| if t == Ty::Never { Ty::Any } else { t })
            .collect();
        items.item = self.coerce(items.item, &Ty::Tuple(types));
        Ok(Some(items))
    }

    /// The items of a call of `itertools`.
    pub(super) fn library_items(&mut self, c: &ExprCall) -> Low<Option<Items>> {
        if !self.is_iterator(c) {
            return Ok(None);
        }
        let Some((iterator, ty)) = self.iterator(c)? else {
            return Ok(None);
        };
        let walk = super::build::sure("any::Iter::over", Ty::Any, vec![own(iterator)]);
        let item = self.temporary("item", c, &Ty::Any);
        let mut items = self.single(item, Source::Each(walk));
        items.item = self.coerce(items.item, &ty);
        Ok(Some(items))
    }

    /// Whether a call makes an iterator of `itertools`.
    pub(super) fn is_iterator(&self, c: &ExprCall) -> bool {
        if let Ast::Attribute(a) = &*c.func
            && a.attr.as_str() == "from_iterable"
        {
            return self
                .imported(&a.value)
                .is_some_and(|(_, m, n)| m == "itertools" && n == "chain");
        }
        self.imported(&c.func)
            .is_some_and(|(_, m, _)| m == "itertools")
    }

    /// An iterator of `itertools`, with the type of its items.
    fn iterator(&mut self, c: &ExprCall) -> Low<Option<(Expr, Ty)>> {
        let mut args: Vec<&Ast> = c.arguments.args.iter().collect();
        // `chain(*parts)` walks through the parts of a list or a tuple.
        let spread = match &args[..] {
            [Ast::Starred(s)] => Some(&*s.value),
            _ if args.iter().any(|a| matches!(a, Ast::Starred(_))) => return Ok(None),
            _ => None,
        };
        let (place, name) = match &*c.func {
            Ast::Attribute(a) if a.attr.as_str() == "from_iterable" => {
                let Some((place, ..)) = self.imported(&a.value) else {
                    return Ok(None);
                };
                (place, "from_iterable".to_owned())
            }
            other => match self.imported(other) {
                Some((place, _, name)) => (place, name),
                None => return Ok(None),
            },
        };
        let name = match (name.as_str(), spread) {
            ("chain", Some(parts)) => {
                args = vec![parts];
                "from_iterable".to_owned()
            }
            ("product" | "zip_longest", Some(parts)) => {
                return self.spread_iterator(c, parts, &name, place);
            }
            (_, Some(_)) => return Ok(None),
            _ => name,
        };
        let number = |i: usize| match args.get(i) {
            Some(Ast::NumberLiteral(n)) => match &n.value {
                Number::Int(i) => i.as_i64().filter(|n| (0..=8).contains(n)),
                _ => None,
            },
            _ => None,
        };
        let names: Vec<&str> = c
            .arguments
            .keywords
            .iter()
            .filter_map(|k| k.arg.as_ref().map(ruff_python_ast::Identifier::as_str))
            .collect();
        let no_names = names.is_empty();
        let parts = match (name.as_str(), args.len()) {
            ("chain" | "zip_longest", _) if no_names => args.len(),
            ("zip_longest", _) if names == ["fillvalue"] => args.len(),
            ("product", _) if no_names || names == ["repeat"] => args.len(),
            ("from_iterable" | "pairwise" | "cycle" | "accumulate" | "permutations", 1)
            | ("combinations" | "combinations_with_replacement" | "permutations", 2)
            | ("islice", 2..=4)
                if no_names =>
            {
                1
            }
            ("accumulate", 1) if names == ["initial"] => 1,
            ("count", 0..=2) | ("repeat", 1 | 2) if no_names => 0,
            _ => return Ok(None),
        };
        let mut values = Vec::new();
        let mut types = Vec::new();
        for (i, &arg) in args.iter().enumerate() {
            if i < parts
                && let Ast::Call(inner) = arg
                && self.is_iterator(inner)
                && let Some((value, ty)) = self.iterator(inner)?
            {
                values.push(value);
                types.push(ty);
                continue;
            }
            let is_lazy = i < parts && self.iterated(arg);
            if is_lazy && self.may_be_endless(arg) {
                return self.no(
                    arg,
                    "generator-value",
                    format!("`{name}` of items that may have no end"),
                    "Walk through them in a loop.",
                );
            }
            let value = if is_lazy {
                self.collect_list(arg, arg)?
            } else {
                self.expr(arg)?
            };
            types.push(if i < parts {
                self.item_type(&value.ty)
            } else {
                value.ty.clone()
            });
            values.push(self.coerce(value, &Ty::Any));
        }
        let tuple_of = |l: &mut Self, ty: &Ty| {
            let slot = l.site(c.range(), 80);
            l.unit.types.learn(slot, ty);
            Ty::TupleOf(slot)
        };
        let first = types.first().cloned().unwrap_or(Ty::Any);
        let ty = match name.as_str() {
            "chain" => {
                let slot = self.site(c.range(), 81);
                for ty in &types {
                    self.unit.types.learn(slot, ty);
                }
                self.unit.types.get(slot)
            }
            "product" if names.is_empty() && (1..=8).contains(&types.len()) => Ty::Tuple(types),
            "product" if types.len() == 1 => tuple_of(self, &first),
            "combinations" | "combinations_with_replacement" | "permutations" => match number(1) {
                Some(n) if n > 0 => Ty::Tuple(vec![first; n as usize]),
                _ => tuple_of(self, &first),
            },
            "pairwise" => Ty::Tuple(vec![first; 2]),
            "accumulate" => self.sum_type(c, first)?,
            "from_iterable" => self.item_type(&first),
            "islice" | "cycle" | "repeat" => first,
            "count" if args.iter().all(|a| matches!(a, Ast::NumberLiteral(_))) => {
                if types.iter().all(|t| *t == Ty::Int) {
                    Ty::Int
                } else {
                    Ty::Any
                }
            }
            _ => Ty::Any,
        };
        let ty = if ty == Ty::Char { Ty::Str } else { ty };
        let ty = if ty == Ty::Never { Ty::Any } else { ty };
        let function = self.capture(place);
        let (all, names) = self.named_arguments(c, values)?;
        let made = if name == "from_iterable" {
            let method = self.name_constant("from_iterable");
            call(
                "heap::iterator_method",
                Ty::Any,
                vec![by_ref(function), by_ref(method), by_ref(all)],
            )
        } else {
            call(
                "heap::iterator",
                Ty::Any,
                vec![by_ref(function), by_ref(all), by_ref(names)],
            )
        };
        Ok(Some((made, ty)))
    }

    /// The type of what `accumulate` gives for items of a type.
    fn sum_type(&mut self, c: &ExprCall, items: Ty) -> Low<Ty> {
        let mut ty = items;
        if let Some(initial) = c.arguments.keywords.first() {
            let initial = self.expr(&initial.value)?.ty;
            ty = match (&ty, &initial) {
                (_, Ty::None) => ty,
                (Ty::Int | Ty::Float | Ty::Num, Ty::Int | Ty::Float | Ty::Num) => {
                    self.unit.types.join(&ty, &initial)
                }
                (Ty::Str | Ty::Char, Ty::Str | Ty::Char) => Ty::Str,
                _ => Ty::Any,
            };
        }
        Ok(match ty {
            Ty::Int | Ty::Float | Ty::Str | Ty::Num => ty,
            _ => Ty::Any,
        })
    }

    /// `product(*parts)` and `zip_longest(*parts)`.
    fn spread_iterator(
        &mut self,
        c: &ExprCall,
        parts: &Ast,
        name: &str,
        place: Place,
    ) -> Low<Option<(Expr, Ty)>> {
        let parts = if self.iterated(parts) {
            self.collect_list(parts, parts)?
        } else {
            self.expr(parts)?
        };
        let parts = self.present(parts);
        let whole = |ty: Ty| match ty {
            Ty::Char => Ty::Str,
            Ty::Never => Ty::Any,
            other => other,
        };
        let is_product = name == "product";
        let slot = self.site(c.range(), 82);
        let ty = match &parts.ty {
            Ty::Tuple(items)
                if is_product
                    && c.arguments.keywords.is_empty()
                    && (1..=8).contains(&items.len()) =>
            {
                Ty::Tuple(items.iter().map(|t| whole(self.item_type(t))).collect())
            }
            Ty::List(s) | Ty::TupleOf(s) if is_product => {
                let part = self.unit.types.get(*s);
                let item = whole(self.item_type(&part));
                self.unit.types.learn(slot, &item);
                Ty::TupleOf(slot)
            }
            _ => Ty::Any,
        };
        let parts = self.coerce(parts, &Ty::Any);
        let class = self.capture(place);
        let (all, names) = self.named_arguments(c, Vec::new())?;
        let made = call(
            "heap::iterator_of_parts",
            Ty::Any,
            vec![by_ref(class), by_ref(parts), by_ref(all), by_ref(names)],
        );
        Ok(Some((made, ty)))
    }

    /// The type of the items of a value that is walked through.
    pub(super) fn item_type(&self, ty: &Ty) -> Ty {
        match ty {
            Ty::List(s) | Ty::TupleOf(s) | Ty::Set(s) | Ty::FrozenSet(s) | Ty::Deque(s) => {
                self.unit.types.get(*s)
            }
            Ty::Dict(k, _) | Ty::Map(_, k, _) => self.unit.types.get(*k),
            Ty::Str | Ty::Char => Ty::Char,
            Ty::Bytes | Ty::ByteArray => Ty::Int,
            _ => Ty::Any,
        }
    }
}

/// Whether a copy of a value of a type is the value.
fn is_immutable(ty: &Ty) -> bool {
    match ty {
        Ty::None | Ty::Complex | Ty::Char | Ty::Str | Ty::Bytes => true,
        Ty::Tuple(items) => items.iter().all(is_immutable),
        ty => ty.is_number(),
    }
}
