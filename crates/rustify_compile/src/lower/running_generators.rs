//! The body of a generator in place of the loop over it: what a `yield` runs, and what `return` leaves.

use std::collections::HashMap;

use ruff_python_ast::{Expr as Ast, ExprCall, ExprYield, ExprYieldFrom};
use ruff_text_size::Ranged;

use super::build::{boolean, effects};
use super::iterate::WithItem;
use super::redirect::{redirected, weight};
use super::scope::{Low, Lowerer, Yields};
use super::unit::Place;
use crate::ir::{Expr, Local, Stmt};
use crate::types::Ty;
use crate::unbound::unbound_in;

/// The most statements that the bodies at all `yield`s of a generator may come to.
const MOST_STATEMENTS: usize = 600;

/// What a function that runs in place of a call puts aside.
struct Aside {
    scopes: Vec<HashMap<String, Local>>,
    loops: Vec<usize>,
    handling: Vec<Local>,
    globals: std::collections::HashSet<String>,
    yields: Option<Yields>,
    salt: String,
}
/// A call of a generator of the file.
pub(super) struct Called<'e> {
    pub(super) call: &'e ExprCall,
    pub(super) function: usize,
    pub(super) receiver: Option<Expr>,
}

impl Lowerer<'_, '_> {
    pub(super) fn in_place(
        &mut self,
        called: &Called<'_>,
        body: WithItem<'_, Self>,
    ) -> Low<Vec<Stmt>> {
        let def = &self.unit.program.functions[called.function];
        if self.is_inside(called.function) {
            // One inside the other: each goes on where it stopped.
            let value =
                self.call_function(called.call, called.function, called.receiver.clone())?;
            let items = self.each(called.call, value)?;
            return self.each_item(items, body);
        }
        let (mut stmts, args) =
            self.arguments(called.call, called.function, called.receiver.clone())?;
        if called.receiver.is_none() && def.parent.is_none() {
            self.capture(Place::Function(def.qualname.clone()));
        }
        stmts.extend(self.run(called.call, called.function, args, body)?);
        Ok(stmts)
    }

    /// The generator behind a context manager, with a body at its `yield`.
    pub(super) fn run_manager<'f>(
        &mut self,
        call: &ExprCall,
        function: usize,
        body: impl FnOnce(&mut Self, Expr) -> Low<Vec<Stmt>> + 'f,
    ) -> Low<Vec<Stmt>> {
        let def = &self.unit.program.functions[function];
        let (mut stmts, args) = self.arguments(call, function, None)?;
        self.capture(Place::Function(def.qualname.clone()));
        stmts.extend(self.run_with(call, function, args, Box::new(body))?);
        Ok(stmts)
    }

    /// The body of a generator with that of a loop at its `yield`s.
    pub(super) fn run(
        &mut self,
        at: &impl Ranged,
        function: usize,
        args: Vec<Expr>,
        body: WithItem<'_, Self>,
    ) -> Low<Vec<Stmt>> {
        self.is_plain_generator(function)?;
        self.run_with(at, function, args, body)
    }

    /// Whether a generator has the form that loops and values can use.
    pub(super) fn is_plain_generator(&self, function: usize) -> Low<()> {
        let def = &self.unit.program.functions[function];
        if let Some(place) = def.guarded_yield {
            return self.no(
                &place,
                "generator",
                "a `yield` inside `try` or `with`",
                "Yield outside of it.",
            );
        }
        if def.node.is_async || !def.node.decorator_list.iter().all(is_kept) {
            return self.no(
                &def.node.name,
                "decorator",
                "a decorated generator is what its decorator makes of it",
                "Leave the decorator out.",
            );
        }
        Ok(())
    }

    fn run_with(
        &mut self,
        at: &impl Ranged,
        function: usize,
        args: Vec<Expr>,
        body: WithItem<'_, Self>,
    ) -> Low<Vec<Stmt>> {
        let program = self.unit.program;
        let def = &program.functions[function];
        if self.is_inside(function) {
            return self.no(
                at,
                "generator",
                format!("the generator `{}` runs inside itself", def.qualname),
                "Collect the items in a list that is handed down.",
            );
        }
        if def.parent.is_some() && def.parent != Some(self.function()) {
            return self.no(
                at,
                "nested-function",
                "this inner generator is used outside of the function around it",
                "Define it at the top level.",
            );
        }
        let (outer, end, from, next) = (
            self.next_id(),
            self.next_id(),
            self.next_id(),
            self.next_id(),
        );
        let item = self.temporary("yielded", at, &Ty::Never);
        let read = self.read(item);
        self.loops.push(from);
        let made = body(self, read);
        self.loops.pop();
        let mut goes_on = false;
        let mut made = redirected(made?, from, outer, next, &mut goes_on);
        if goes_on {
            made.push(Stmt::Break(next));
            made = vec![Stmt::While {
                id: next,
                test: boolean(true),
                body: made,
                orelse: Vec::new(),
            }];
        }
        // Names of functions around an inner generator are the same variables.
        let mut scope = HashMap::new();
        for (name, _) in &def.free {
            let local = self.target(name);
            scope.insert(name.clone(), local);
        }
        let aside = self.put_aside(function, at.range().start().to_u32());
        self.yields = Some(Yields {
            item,
            body: made,
            end,
            weight: 0,
        });
        let first = self.locals.len();
        let mut stmts = Vec::new();
        for (name, arg) in def.parameter_names().into_iter().zip(args) {
            let local = self.local(&name, 0);
            stmts.push(self.assign(local, arg));
            scope.insert(name, local);
        }
        let given = self.locals.len();
        self.scopes = vec![scope];
        self.own_names(&def.assigned);
        let lowered = match def.handed_on() {
            Some(Ast::Call(c)) if self.is_builtin("iter") => {
                self.uses_builtin("iter");
                let items = &c.arguments.args[0];
                self.for_each(items, |l, item| l.yielded(c, item))
            }
            Some(items) => self.for_each(items, |l, item| l.yielded(items, item)),
            None => self.suite(&def.node.body),
        };
        self.take_back(aside);
        let mut lowered = lowered?;
        let this = self.spec;
        self.unit.specs[this].inlines.insert(function);
        // What an earlier run of the generator has left in its variables is not seen by the next.
        for local in unbound_in(&lowered, given) {
            if local >= first {
                lowered.insert(0, Stmt::Unbind(local));
            }
        }
        lowered.push(Stmt::Break(end));
        let run = Stmt::While {
            id: end,
            test: boolean(true),
            body: lowered,
            orelse: Vec::new(),
        };
        stmts.push(Stmt::While {
            id: outer,
            test: boolean(true),
            body: vec![run, Stmt::Break(outer)],
            orelse: Vec::new(),
        });
        Ok(stmts)
    }

    fn put_aside(&mut self, function: usize, place: u32) -> Aside {
        let salt = format!("{}@{place}", self.salt);
        self.within.push(function);
        Aside {
            scopes: std::mem::take(&mut self.scopes),
            loops: std::mem::take(&mut self.loops),
            handling: std::mem::take(&mut self.handling),
            globals: std::mem::take(&mut self.globals),
            yields: self.yields.take(),
            salt: std::mem::replace(&mut self.salt, salt),
        }
    }

    fn take_back(&mut self, aside: Aside) {
        self.within.pop();
        self.scopes = aside.scopes;
        self.loops = aside.loops;
        self.handling = aside.handling;
        self.globals = aside.globals;
        self.yields = aside.yields;
        self.salt = aside.salt;
    }

    /// `yield value` as a statement.
    pub(super) fn yield_statement(&mut self, y: &ExprYield) -> Low<Vec<Stmt>> {
        let value = match &y.value {
            Some(value) => self.expr(value)?,
            None => super::build::none(),
        };
        self.yielded(y, value)
    }

    /// `yield from items` as a statement.
    pub(super) fn yield_from(&mut self, y: &ExprYieldFrom) -> Low<Vec<Stmt>> {
        self.for_each(&y.value, |l, item| l.yielded(y, item))
    }

    fn yielded(&mut self, at: &impl Ranged, value: Expr) -> Low<Vec<Stmt>> {
        if let (Some(slot), true) = (self.gives, self.yields.is_none()) {
            return Ok(self.give(slot, value));
        }
        let Some(yields) = &mut self.yields else {
            return self.no(
                at,
                "generator",
                "generator functions stay Python where they are called from Python",
                "Consume it in a function of this file, or return a list.",
            );
        };
        yields.weight += weight(&yields.body);
        let (item, body, all) = (yields.item, yields.body.clone(), yields.weight);
        if all > MOST_STATEMENTS {
            return self.no(
                at,
                "generator",
                "the loop over this generator is too long to stand at each `yield`",
                "Move the loop's body to a function.",
            );
        }
        let mut stmts = vec![self.assign(item, value)];
        stmts.extend(body);
        Ok(stmts)
    }

    /// `return` in a generator that runs in place.
    pub(super) fn generator_return(&mut self, value: Option<&Ast>) -> Low<Option<Vec<Stmt>>> {
        let end = self.yields.as_ref().map(|y| y.end);
        if end.is_none() && self.gives.is_none() {
            return Ok(None);
        }
        let mut stmts = match value {
            Some(value) => effects(self.expr(value)?),
            None => Vec::new(),
        };
        stmts.push(match end {
            Some(end) => Stmt::Break(end),
            None => Stmt::Return(super::build::none()),
        });
        Ok(Some(stmts))
    }
}

/// Whether a decorator leaves a method what it is.
pub(super) fn is_kept(decorator: &ruff_python_ast::Decorator) -> bool {
    matches!(&decorator.expression, Ast::Name(n) if matches!(n.id.as_str(), "staticmethod"))
}
