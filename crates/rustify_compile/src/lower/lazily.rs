//! What stops a generator of the file before its end: `islice`, `takewhile`, `dropwhile`, and `zip` with a list beside
//! it. The generator runs in place, and no further than Python would run it.

use ruff_python_ast::visitor::{Visitor, walk_expr, walk_stmt};
use ruff_python_ast::{Expr as Ast, ExprCall, Stmt as AstStmt};
use ruff_text_size::Ranged;

use super::build::{boolean, give_up_if, infix, int, length, not};
use super::iterate::WithItem;
use super::redirect::redirected;
use super::scope::{Low, Lowerer};
use crate::ir::{Expr, Local, Stmt};
use crate::types::Ty;

/// The loops around what runs at each item.
struct Ways {
    /// The loop of one turn that a `break` of the body leaves.
    outer: usize,
    /// The one that is left where the items end.
    end: usize,
}

impl Lowerer<'_, '_> {
    /// The name of a function of `itertools` or of `zip` that such a call is of.
    fn stopping(&self, c: &ExprCall) -> Option<String> {
        if let Ast::Name(n) = &*c.func
            && n.id == "zip"
            && self.is_builtin("zip")
        {
            return Some("zip".to_owned());
        }
        let (_, module, name) = self.imported(&c.func)?;
        (module == "itertools").then_some(name)
    }

    /// Whether a call walks through part of what a generator makes.
    pub(super) fn stops_a_generator(&self, c: &ExprCall) -> bool {
        if !c.arguments.keywords.is_empty()
            || c.arguments
                .args
                .iter()
                .any(|a| matches!(a, Ast::Starred(_)))
        {
            return false;
        }
        match (self.stopping(c).as_deref(), &c.arguments.args[..]) {
            (Some("islice"), [items, _] | [items, _, _] | [items, _, _, _]) => self.is_lazy(items),
            (Some("takewhile" | "dropwhile"), [_, _]) => true,
            (Some("zip"), args) if args.len() > 1 => {
                args.iter().filter(|a| self.is_lazy(a)).count() == 1
                    && args
                        .iter()
                        .all(|a| self.is_lazy(a) || matches!(a, Ast::Name(_)))
            }
            _ => false,
        }
    }

    /// A loop over such a call.
    pub(super) fn each_until<'f>(
        &mut self,
        c: &'f ExprCall,
        body: WithItem<'f, Self>,
    ) -> Low<Vec<Stmt>> {
        let ways = Ways {
            outer: self.next_id(),
            end: self.next_id(),
        };
        let args = &c.arguments.args;
        let name = self.stopping(c).unwrap_or_default();
        if let Some((place, ..)) = self.imported(&c.func) {
            self.capture(place);
        }
        let (before, inner) = match name.as_str() {
            "islice" => self.sliced_items(c, &ways, body)?,
            "zip" => self.zipped_items(c, &ways, body)?,
            _ => self.items_while(&args[0], &args[1], name == "takewhile", &ways, body)?,
        };
        let mut run = inner;
        run.push(Stmt::Break(ways.end));
        let inside = Stmt::While {
            id: ways.end,
            test: boolean(true),
            body: run,
            orelse: Vec::new(),
        };
        let mut stmts = before;
        stmts.push(Stmt::While {
            id: ways.outer,
            test: boolean(true),
            body: vec![inside, Stmt::Break(ways.outer)],
            orelse: Vec::new(),
        });
        Ok(stmts)
    }

    /// What the loop does with an item; statements after it run whether it says `continue` or not.
    fn turn(&mut self, ways: &Ways, item: Expr, body: WithItem<'_, Self>) -> Low<Vec<Stmt>> {
        let (from, next) = (self.next_id(), self.next_id());
        self.loops.push(from);
        let made = body(self, item);
        self.loops.pop();
        let mut goes_on = false;
        let mut made = redirected(made?, from, ways.outer, next, &mut goes_on);
        if goes_on {
            made.push(Stmt::Break(next));
            made = vec![Stmt::While {
                id: next,
                test: boolean(true),
                body: made,
                orelse: Vec::new(),
            }];
        }
        Ok(made)
    }

    fn ends_if(test: Expr, ways: &Ways) -> Stmt {
        Stmt::If(test, vec![Stmt::Break(ways.end)], Vec::new())
    }

    fn count_up(&mut self, at: &impl Ranged, counter: Local, by: Expr) -> Low<Stmt> {
        let read = self.read(counter);
        let next = self.operate(at, ruff_python_ast::Operator::Add, read, by)?;
        Ok(self.assign(counter, next))
    }

    /// `islice(items, stop)` and `islice(items, start, stop, step)`.
    fn sliced_items(
        &mut self,
        c: &ExprCall,
        ways: &Ways,
        body: WithItem<'_, Self>,
    ) -> Low<(Vec<Stmt>, Vec<Stmt>)> {
        let args = &c.arguments.args;
        let mut before = Vec::new();
        let mut bounds = Vec::new();
        for (at, arg) in args.iter().enumerate().skip(1) {
            let is_stop = at == if args.len() == 2 { 1 } else { 2 };
            if matches!(arg, Ast::NoneLiteral(_)) && is_stop {
                bounds.push(None);
                continue;
            }
            let bound = self.expr(arg)?;
            let bound = self.number(bound);
            if !matches!(bound.ty, Ty::Int | Ty::Never) {
                return self.no(
                    arg,
                    "iterator-value",
                    "`islice` with a bound that is no `int` here",
                    "Pass an `int`.",
                );
            }
            let bound = self.coerce(bound, &Ty::Int);
            let kept = self.temporary("bound", arg, &Ty::Int);
            before.push(self.assign(kept, bound));
            let least = i64::from(at == 3);
            let read = self.read(kept);
            before.push(give_up_if(infix("<", Ty::Bool, read, int(least))));
            // Python says no to what is no size.
            let read = self.read(kept);
            before.push(give_up_if(infix(">=", Ty::Bool, read, int(i64::MAX))));
            bounds.push(Some(kept));
        }
        let (start, stop, step) = match bounds[..] {
            [stop] => (None, stop, None),
            [start, stop] => (start, stop, None),
            [start, stop, step, ..] => (start, stop, step),
            [] => (None, None, None),
        };
        if let (Some(start), Some(stop)) = (start, stop) {
            let (start, stop) = (self.read(start), self.read(stop));
            before.push(give_up_if(infix(">", Ty::Bool, start, stop)));
        }
        let counter = self.temporary("taken", c, &Ty::Int);
        let wanted = self.temporary("wanted", c, &Ty::Int);
        let first = start.map_or_else(|| int(0), |s| self.read(s));
        let mut inner = vec![self.assign(counter, int(0)), self.assign(wanted, first)];
        let is_done = |l: &mut Self| {
            stop.map(|stop| {
                let (counter, stop) = (l.read(counter), l.read(stop));
                Self::ends_if(infix(">=", Ty::Bool, counter, stop), ways)
            })
        };
        inner.extend(is_done(self));
        inner.extend(self.for_each(&args[0], |l, item| {
            let kept = l.temporary("sliced", c, &item.ty.clone());
            let mut stmts = vec![l.assign(kept, item)];
            stmts.push(l.count_up(c, counter, int(1))?);
            let by = step.map_or_else(|| int(1), |s| l.read(s));
            let mut taken = vec![l.count_up(c, wanted, by)?];
            let value = l.read(kept);
            taken.extend(l.turn(ways, value, body)?);
            if start.is_none() && step.is_none() {
                stmts.extend(taken);
            } else {
                // The count is one further by now.
                let last = infix("-", Ty::Int, l.read(counter), int(1));
                let is_wanted = infix("==", Ty::Bool, last, l.read(wanted));
                stmts.push(Stmt::If(is_wanted, taken, Vec::new()));
            }
            stmts.extend(is_done(l));
            Ok(stmts)
        })?);
        Ok((before, inner))
    }

    /// `takewhile(test, items)` and `dropwhile(test, items)`.
    fn items_while<'f>(
        &mut self,
        function: &'f Ast,
        items: &'f Ast,
        takes: bool,
        ways: &'f Ways,
        body: WithItem<'f, Self>,
    ) -> Low<(Vec<Stmt>, Vec<Stmt>)> {
        let dropping = self.temporary("dropping", function, &Ty::Bool);
        let mut before = vec![self.assign(dropping, boolean(true))];
        let function = &self.held(function, &mut before)?;
        let inner = self.for_each(items, |l, item| {
            let kept = l.temporary("sliced", items, &item.ty.clone());
            let mut stmts = vec![l.assign(kept, item)];
            let value = l.read(kept);
            let test = l.apply(function, vec![value])?;
            let test = l.truth(test);
            let value = l.read(kept);
            if takes {
                stmts.push(Self::ends_if(not(test), ways));
                stmts.extend(l.turn(ways, value, body)?);
                return Ok(stmts);
            }
            let still = l.assign(dropping, test);
            stmts.push(Stmt::If(l.read(dropping), vec![still], Vec::new()));
            let made = l.turn(ways, value, body)?;
            stmts.push(Stmt::If(not(l.read(dropping)), made, Vec::new()));
            Ok(stmts)
        })?;
        Ok((before, inner))
    }

    /// `zip` of one generator and of lists, of which each is asked for its next item when its turn comes.
    fn zipped_items<'f>(
        &mut self,
        c: &'f ExprCall,
        ways: &'f Ways,
        body: WithItem<'f, Self>,
    ) -> Low<(Vec<Stmt>, Vec<Stmt>)> {
        let args = &c.arguments.args;
        let mut before = Vec::new();
        let mut lists = Vec::new();
        let counter = self.temporary("turns", c, &Ty::Int);
        for arg in args {
            if self.is_lazy(arg) {
                lists.push(None);
                continue;
            }
            let value = self.expr(arg)?;
            let value = self.present(value);
            let value = match value.ty {
                Ty::List(_) | Ty::Never => value,
                Ty::Str | Ty::Tuple(_) | Ty::TupleOf(_) | Ty::Bytes => self.list_of(arg, value)?,
                _ => {
                    return self.no(
                        arg,
                        "generator-value",
                        "`zip` of a generator and of what is no list here",
                        "Make a list of it first.",
                    );
                }
            };
            let kept = self.temporary("beside", arg, &value.ty.clone());
            before.push(self.assign(kept, value));
            lists.push(Some(kept));
        }
        let place = lists.iter().position(Option::is_none).unwrap_or(0);
        let slots: Vec<Local> = args
            .iter()
            .map(|a| self.temporary("part", a, &Ty::Never))
            .collect();
        let fetch = |l: &mut Self, at: usize| -> Low<Vec<Stmt>> {
            let Some(list) = lists[at] else {
                return Ok(Vec::new());
            };
            let list = l.read(list);
            if list.ty == Ty::Never {
                return Ok(Vec::new());
            }
            let over = infix(">=", Ty::Bool, l.read(counter), length(list.clone()));
            let item = l.item(list, l.read(counter))?;
            Ok(vec![Self::ends_if(over, ways), l.assign(slots[at], item)])
        };
        let earlier = |l: &mut Self| -> Low<Vec<Stmt>> {
            let mut stmts = Vec::new();
            for at in 0..place {
                stmts.extend(fetch(l, at)?);
            }
            Ok(stmts)
        };
        let mut inner = vec![self.assign(counter, int(0))];
        inner.extend(earlier(self)?);
        inner.extend(self.for_each(&args[place], |l, item| {
            let mut stmts = vec![l.assign(slots[place], item)];
            for at in place + 1..args.len() {
                stmts.extend(fetch(l, at)?);
            }
            stmts.push(l.count_up(c, counter, int(1))?);
            let parts: Vec<Expr> = slots.iter().map(|&s| l.read(s)).collect();
            let pair = Expr {
                ty: Ty::Tuple(parts.iter().map(|p| p.ty.clone()).collect()),
                node: crate::ir::Node::Tuple(parts),
            };
            stmts.extend(l.turn(ways, pair, body)?);
            stmts.extend(earlier(l)?);
            Ok(stmts)
        })?);
        self.uses_builtin("zip");
        Ok((before, inner))
    }

    /// Whether making all items of an expression may never end, although Python asks for some of them only.
    pub(super) fn may_be_endless(&self, e: &Ast) -> bool {
        let mut seen = Endless {
            lowerer: self,
            found: false,
        };
        seen.visit_expr(e);
        seen.found
    }
}

/// Looks for what makes items for ever.
struct Endless<'l, 'u, 'a> {
    lowerer: &'l Lowerer<'u, 'a>,
    found: bool,
}

impl<'a> Visitor<'a> for Endless<'_, '_, '_> {
    fn visit_expr(&mut self, e: &'a Ast) {
        if let Ast::Call(c) = e {
            if let Some((_, module, name)) = self.lowerer.imported(&c.func) {
                let is_endless = matches!(name.as_str(), "count" | "cycle")
                    || name == "repeat" && c.arguments.args.len() == 1;
                self.found |= module == "itertools" && is_endless;
            }
            if let Ast::Name(n) = &*c.func
                && let Some(function) = self.lowerer.generator_named(n)
            {
                let mut loops = HasWhile(false);
                loops.visit_body(&self.lowerer.unit.program.functions[function].node.body);
                self.found |= loops.0;
            }
        }
        walk_expr(self, e);
    }
}

/// Whether there is a `while`.
struct HasWhile(bool);

impl<'a> Visitor<'a> for HasWhile {
    fn visit_stmt(&mut self, s: &'a AstStmt) {
        self.0 |= matches!(s, AstStmt::While(_));
        walk_stmt(self, s);
    }
}
