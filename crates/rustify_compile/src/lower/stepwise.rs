//! Iterators of `itertools` that call a function for each item: `accumulate`, `starmap` and `filterfalse`, in place.

use ruff_python_ast::{Expr as Ast, ExprCall};

use super::build::{boolean, call, own, sure};
use super::iterate::Items;
use super::scope::{Low, Lowerer};
use crate::ir::{Expr, Node, Source, Stmt};
use crate::types::Ty;

/// The parts of a call of `accumulate` with a function.
struct Accumulated<'c> {
    items: &'c Ast,
    function: &'c Ast,
    initial: Option<&'c Ast>,
}

impl<'c> Accumulated<'c> {
    fn of(c: &'c ExprCall) -> Option<Self> {
        let keyword = |name: &str| {
            let mut all = c.arguments.keywords.iter();
            let found = all.find(|k| k.arg.as_ref().is_some_and(|a| a.as_str() == name));
            found.map(|k| &k.value)
        };
        let (items, given) = match &c.arguments.args[..] {
            [items] => (items, None),
            [items, function] => (items, Some(function)),
            _ => return None,
        };
        let function = given.or(keyword("func"))?;
        let initial = keyword("initial").filter(|i| !matches!(i, Ast::NoneLiteral(_)));
        let known = usize::from(given.is_none()) + usize::from(keyword("initial").is_some());
        let is_plain = !matches!(function, Ast::NoneLiteral(_))
            && !matches!(items, Ast::Starred(_))
            && c.arguments.keywords.len() == known;
        is_plain.then_some(Self {
            items,
            function,
            initial,
        })
    }
}

impl Lowerer<'_, '_> {
    /// The items of such a call.
    pub(super) fn stepwise(&mut self, c: &ExprCall) -> Low<Option<Items>> {
        let Some((place, module, name)) = self.imported(&c.func) else {
            return Ok(None);
        };
        if module != "itertools" {
            return Ok(None);
        }
        let is_plain = c.arguments.keywords.is_empty();
        let made = match (name.as_str(), &*c.arguments.args) {
            ("accumulate", _) => match Accumulated::of(c) {
                Some(parts) => self.accumulated(c, parts)?,
                None => return Ok(None),
            },
            ("starmap", [function, items]) if is_plain => return self.starred(c, function, items),
            ("filterfalse", [function, items]) if is_plain => self.refused(c, function, items)?,
            _ => return Ok(None),
        };
        self.capture(place);
        Ok(Some(made))
    }

    /// `accumulate(items, function, initial=…)`: the first item as it is, or what stands before the items, then what the
    /// function makes of the last one and the next.
    fn accumulated(&mut self, c: &ExprCall, parts: Accumulated<'_>) -> Low<Items> {
        let mut begin = Vec::new();
        let (items, function) = self.held_after(parts.items, parts.function, &mut begin)?;
        let so_far = self.temporary("so_far", &function, &Ty::Never);
        let started = self.temporary("started", c, &Ty::Bool);
        let next = self.temporary("next_item", c, &Ty::Never);
        let mut made = match parts.initial {
            Some(initial) if self.may_come_first(initial, &items) => {
                let first = self.expr(initial)?;
                begin.push(self.assign(so_far, first));
                self.after_nothing(&items)?
            }
            Some(initial) => {
                return self.no(
                    initial,
                    "library-call",
                    "what `accumulate` begins with is computed beside the items",
                    "Give the items a name first.",
                );
            }
            None => self.items(&items)?,
        };
        begin.push(self.assign(started, boolean(false)));
        made.begin(begin);
        let (mut go_on, mut start) = (Vec::new(), Vec::new());
        let keep = self.assign(next, made.item);
        if parts.initial.is_some() {
            go_on.push(keep);
        } else {
            made.before.push(keep);
            let first = self.read(next);
            start.push(self.assign(so_far, first));
        }
        let (value, item) = (self.read(so_far), self.read(next));
        let value = self.apply(&function, vec![value, item])?;
        go_on.push(self.assign(so_far, value));
        start.push(self.assign(started, boolean(true)));
        let is_started = self.read(started);
        made.before.push(Stmt::If(is_started, go_on, start));
        made.item = self.read(so_far);
        Ok(made)
    }

    /// The items of an expression behind a first turn that has none.
    fn after_nothing(&mut self, items: &Ast) -> Low<Items> {
        if self.may_be_endless(items) {
            return self.no(
                items,
                "generator-value",
                "`accumulate` of items that may have no end",
                "Walk through them in a loop.",
            );
        }
        let list = if self.iterated(items) {
            self.collect_list(items, items)?
        } else {
            let value = self.expr(items)?;
            let value = self.present(value);
            match value.ty {
                Ty::List(_) => value,
                _ => self.list_of(items, value)?,
            }
        };
        let ty = self.item_type(&list.ty);
        let walk = sure("iterators::AfterNothing::over", Ty::Any, vec![own(list)]);
        let turn = self.temporary("turn", items, &Ty::Any);
        self.locals[turn].in_place = true;
        let mut made = self.single(turn, Source::Each(walk));
        let turn = Expr {
            ty: Ty::Any,
            node: Node::Local(turn),
        };
        made.item = call("some", ty, vec![own(turn)]);
        Ok(made)
    }

    /// `starmap(function, items)`, of items that are tuples of known length.
    fn starred(&mut self, c: &ExprCall, function: &Ast, items: &Ast) -> Low<Option<Items>> {
        let mut made = self.items(items)?;
        let Ty::Tuple(parts) = made.item.ty.clone() else {
            return Ok(None);
        };
        if let Some((place, ..)) = self.imported(&c.func) {
            self.capture(place);
        }
        let kept = self.temporary("arguments", items, &made.item.ty.clone());
        let keep = self.assign(kept, made.item);
        made.before.push(keep);
        let mut values = Vec::new();
        for (i, ty) in parts.into_iter().enumerate() {
            let read = self.read(kept);
            values.push(Expr {
                ty,
                node: Node::Field(Box::new(read), i),
            });
        }
        made.item = self.apply(function, values)?;
        Ok(Some(made))
    }

    /// `filterfalse(function, items)`.
    fn refused(&mut self, c: &ExprCall, function: &Ast, items: &Ast) -> Low<Items> {
        let mut made = self.items(items)?;
        let kept = self.temporary("item", c, &made.item.ty.clone());
        let keep = self.assign(kept, made.item);
        made.before.push(keep);
        let value = self.read(kept);
        let test = if matches!(function, Ast::NoneLiteral(_)) {
            value
        } else {
            self.apply(function, vec![value])?
        };
        let test = self.truth(test);
        made.before
            .push(Stmt::If(test, vec![Stmt::Continue(0)], Vec::new()));
        made.item = self.read(kept);
        Ok(made)
    }
}
