//! Generators of the file, run in place of the loop that consumes them: each `yield` runs the body of that loop, so
//! that both take turns as they do in Python.

use std::collections::HashMap;

use ruff_python_ast::{Expr as Ast, ExprCall, ExprYield, ExprYieldFrom};
use ruff_text_size::Ranged;

use super::build::{block, boolean, effects, int, not};
use super::iterate::WithItem;
use super::scope::{Low, Lowerer, Yields};
use super::unit::Place;
use crate::ir::{Expr, Local, Node, Stmt};
use crate::program::{Global, What};
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
struct Called<'e> {
    call: &'e ExprCall,
    function: usize,
    receiver: Option<Expr>,
}

impl<'a> Lowerer<'_, 'a> {
    /// Whether an expression makes items by a generator of the file, or by a builtin over one.
    pub(super) fn is_generated(&self, e: &Ast) -> bool {
        let Ast::Call(c) = e else {
            return false;
        };
        if self.stops_a_generator(c) {
            return true;
        }
        match &*c.func {
            Ast::Name(n) if self.find(&n.id).is_none() => {
                if self.generator_named(n).is_some() {
                    return true;
                }
                self.is_builtin(&n.id)
                    && match (n.id.as_str(), &c.arguments.args[..]) {
                        ("enumerate" | "iter", [inner, ..]) => self.is_lazy(inner),
                        ("map" | "filter", [_, inner]) => self.is_lazy(inner),
                        _ => false,
                    }
            }
            Ast::Attribute(a) => self.unit.program.classes.iter().any(|c| {
                let method = c.methods.get(a.attr.as_str());
                method.is_some_and(|&f| self.unit.program.functions[f].makes_items())
            }),
            _ => false,
        }
    }

    pub(super) fn is_lazy(&self, e: &Ast) -> bool {
        matches!(e, Ast::Generator(_)) || self.is_generated(e)
    }

    pub(super) fn generator_named(&self, n: &ruff_python_ast::ExprName) -> Option<usize> {
        let function = match self.inner(&n.id, n) {
            Ok(Some(What::Function(f))) => f,
            Ok(None) => match self.unit.program.globals.get(n.id.as_str()) {
                Some(Global::Function(f)) => *f,
                _ => return None,
            },
            _ => return None,
        };
        self.unit.program.functions[function]
            .makes_items()
            .then_some(function)
    }

    /// A loop over what a generator of the file makes, or over an instance whose `__iter__` is one.
    pub(super) fn each_generated<'f>(
        &mut self,
        iterable: &'f Ast,
        body: WithItem<'f, Self>,
    ) -> Low<Vec<Stmt>> {
        let Ast::Call(c) = iterable else {
            return Ok(Vec::new());
        };
        if self.stops_a_generator(c) {
            return self.each_until(c, body);
        }
        match &*c.func {
            Ast::Name(n) if self.generator_named(n).is_none() => {
                self.uses_builtin(&n.id);
                self.over_generated(c, &n.id, body)
            }
            Ast::Name(n) => match self.generator_named(n) {
                Some(function) => {
                    let called = Called {
                        call: c,
                        function,
                        receiver: None,
                    };
                    self.in_place(&called, body)
                }
                None => Ok(Vec::new()),
            },
            Ast::Attribute(a) => {
                let receiver = self.expr(&a.value)?;
                let receiver = self.present(receiver);
                let name = self.attribute_name(&a.attr);
                let found = match receiver.ty {
                    Ty::Instance(class) => {
                        let methods = &self.unit.program.classes[class].methods;
                        methods.get(name.as_str()).map(|&f| (class, f))
                    }
                    Ty::Never => return Ok(effects(receiver)),
                    _ => None,
                };
                let Some((class, function)) =
                    found.filter(|f| self.unit.program.functions[f.1].makes_items())
                else {
                    let value = match receiver.ty {
                        Ty::Instance(_) => self.expr(iterable)?,
                        _ => self.method_call(c, receiver, &name)?,
                    };
                    return self.each_value(iterable, value, body);
                };
                self.plain_class(iterable, class)?;
                let receiver = self.with_method(receiver, class, function, &name);
                let called = Called {
                    call: c,
                    function,
                    receiver: Some(receiver),
                };
                self.in_place(&called, body)
            }
            _ => Ok(Vec::new()),
        }
    }

    /// `enumerate`, `map`, `filter` and `iter` of what a generator makes.
    fn over_generated<'f>(
        &mut self,
        c: &'f ExprCall,
        name: &str,
        body: WithItem<'f, Self>,
    ) -> Low<Vec<Stmt>> {
        let args = &c.arguments.args;
        match name {
            "enumerate" => {
                let keyword = c.arguments.keywords.first().map(|k| &k.value);
                let start = match keyword.or(args.get(1)) {
                    Some(s) => self.expr(s)?,
                    None => int(0),
                };
                let start = self.coerce(start, &Ty::Int);
                let counter = self.temporary("index", c, &Ty::Int);
                let mut stmts = vec![self.assign(counter, start)];
                let more = self.for_each(&args[0], |l, item| {
                    let kept = l.temporary("numbered", c, &Ty::Int);
                    let now = l.read(counter);
                    let mut stmts = vec![l.assign(kept, now)];
                    let next =
                        l.operate(c, ruff_python_ast::Operator::Add, l.read(counter), int(1))?;
                    stmts.push(l.assign(counter, next));
                    let pair = Expr {
                        ty: Ty::Tuple(vec![Ty::Int, item.ty.clone()]),
                        node: Node::Tuple(vec![l.read(kept), item]),
                    };
                    stmts.extend(body(l, pair)?);
                    Ok(stmts)
                })?;
                stmts.extend(more);
                Ok(stmts)
            }
            "map" => self.for_each(&args[1], |l, item| {
                let value = l.apply(&args[0], vec![item])?;
                body(l, value)
            }),
            "filter" => self.for_each(&args[1], |l, item| {
                let kept = l.temporary("item", c, &item.ty.clone());
                let keep = l.assign(kept, item);
                let value = l.read(kept);
                let test = if matches!(&args[0], Ast::NoneLiteral(_)) {
                    value
                } else {
                    l.apply(&args[0], vec![value])?
                };
                let test = l.truth(test);
                let value = l.read(kept);
                let inner = body(l, value)?;
                Ok(vec![keep, Stmt::If(test, inner, Vec::new())])
            }),
            _ => self.for_each(&args[0], body),
        }
    }

    /// A loop over an instance whose `__iter__` is a generator of the file.
    pub(super) fn each_of_instance(
        &mut self,
        at: &impl Ranged,
        value: Expr,
        class: usize,
        body: WithItem<'_, Self>,
    ) -> Low<Vec<Stmt>> {
        let Some(&function) = self.unit.program.classes[class].methods.get("__iter__") else {
            return self.no(
                at,
                "iterator-value",
                "an instance without `__iter__` is iterated",
                "Define it.",
            );
        };
        if !self.unit.program.functions[function].makes_items() {
            return self.no(
                at,
                "iterator-value",
                "`__iter__` of these instances is no generator",
                "Write `yield from` in it.",
            );
        }
        self.plain_class(at, class)?;
        let receiver = self.with_method(value, class, function, "__iter__");
        self.run(at, function, vec![receiver], body)
    }

    fn in_place(&mut self, called: &Called<'_>, body: WithItem<'_, Self>) -> Low<Vec<Stmt>> {
        let def = &self.unit.program.functions[called.function];
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
    fn run(
        &mut self,
        at: &impl Ranged,
        function: usize,
        args: Vec<Expr>,
        body: WithItem<'_, Self>,
    ) -> Low<Vec<Stmt>> {
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
        self.run_with(at, function, args, body)
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
        if self.within.contains(&function) || self.unit.specs[self.spec].function == function {
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
        let Some(end) = self.yields.as_ref().map(|y| y.end) else {
            return Ok(None);
        };
        let mut stmts = match value {
            Some(value) => effects(self.expr(value)?),
            None => Vec::new(),
        };
        stmts.push(Stmt::Break(end));
        Ok(Some(stmts))
    }

    /// What is walked through for the first item of an iterator that a builtin makes in place.
    fn iterator_made_here<'e>(&mut self, e: &'e Ast) -> Option<&'e Ast> {
        let Ast::Call(c) = e else {
            return None;
        };
        let Ast::Name(n) = &*c.func else {
            return None;
        };
        if !self.is_builtin(&n.id) {
            return None;
        }
        match (n.id.as_str(), &c.arguments.args[..]) {
            ("iter", [inner]) if c.arguments.keywords.is_empty() => {
                self.uses_builtin("iter");
                Some(inner)
            }
            ("reversed" | "enumerate" | "zip" | "map" | "filter", _) => Some(e),
            _ => None,
        }
    }

    /// `next(items, default)` of a generator that nobody else sees: its first item.
    pub(super) fn first_item(&mut self, e: &ExprCall) -> Low<Option<Expr>> {
        let (items, default) = match &e.arguments.args[..] {
            [items] => (items, None),
            [items, default] => (items, Some(default)),
            _ => return Ok(None),
        };
        if !e.arguments.keywords.is_empty() {
            return Ok(None);
        }
        let items = match self.iterator_made_here(items) {
            Some(inside) => inside,
            None if self.is_lazy(items) => items,
            None => return Ok(None),
        };
        self.uses_builtin("next");
        let default = match default {
            Some(d) if super::calls::is_constant(d) || matches!(d, Ast::Name(_)) => {
                Some(self.expr(d)?)
            }
            None => None,
            Some(_) => return Ok(None),
        };
        let slot = self.temporary("first", e, &Ty::Never);
        let mut stmts = Vec::new();
        let found = self.temporary("has_first", e, &Ty::Bool);
        stmts.push(self.assign(found, boolean(false)));
        let has_default = default.is_some();
        if let Some(default) = default {
            stmts.push(self.assign(slot, default));
        }
        let outer = self.next_id();
        let mut body = self.for_each(items, |l, item| {
            Ok(vec![
                l.assign(slot, item),
                l.assign(found, boolean(true)),
                Stmt::Break(outer),
            ])
        })?;
        body.push(Stmt::Break(outer));
        stmts.push(Stmt::While {
            id: outer,
            test: boolean(true),
            body,
            orelse: Vec::new(),
        });
        if !has_default {
            let test = not(self.read(found));
            let error = super::build::literal("Exc::GIVE_UP", Ty::Any);
            stmts.push(Stmt::If(test, vec![Stmt::Raise(error)], Vec::new()));
        }
        let value = self.read(slot);
        Ok(Some(block(stmts, value)))
    }
}

/// Whether a decorator leaves a method what it is.
fn is_kept(decorator: &ruff_python_ast::Decorator) -> bool {
    matches!(&decorator.expression, Ast::Name(n) if matches!(n.id.as_str(), "staticmethod"))
}

/// The body of a loop whose ways out lead elsewhere: to the end of a loop of one turn.
pub(super) fn redirected(
    stmts: Vec<Stmt>,
    from: usize,
    left: usize,
    next: usize,
    goes_on: &mut bool,
) -> Vec<Stmt> {
    let mut go = |stmts: Vec<Stmt>| redirected(stmts, from, left, next, goes_on);
    let mut out = Vec::with_capacity(stmts.len());
    for statement in stmts {
        out.push(match statement {
            Stmt::Break(id) if id == from => Stmt::Break(left),
            Stmt::Continue(id) if id == from => {
                out.push(Stmt::Break(next));
                *goes_on = true;
                return out;
            }
            Stmt::If(test, yes, no) => Stmt::If(test, go(yes), go(no)),
            Stmt::For {
                id,
                sources,
                body,
                orelse,
            } => Stmt::For {
                id,
                sources,
                body: go(body),
                orelse: go(orelse),
            },
            Stmt::While {
                id,
                test,
                body,
                orelse,
            } => Stmt::While {
                id,
                test,
                body: go(body),
                orelse: go(orelse),
            },
            Stmt::Try {
                id,
                body,
                handlers,
                orelse,
                finally,
                error,
            } => Stmt::Try {
                id,
                body: go(body),
                handlers: handlers.into_iter().map(|(c, h)| (c, go(h))).collect(),
                orelse: go(orelse),
                finally: go(finally),
                error,
            },
            other => other,
        });
    }
    out
}

/// How many statements these are.
fn weight(stmts: &[Stmt]) -> usize {
    stmts
        .iter()
        .map(|s| match s {
            Stmt::If(_, a, b) => 1 + weight(a) + weight(b),
            Stmt::For { body, orelse, .. } | Stmt::While { body, orelse, .. } => {
                1 + weight(body) + weight(orelse)
            }
            Stmt::Try {
                body,
                handlers,
                orelse,
                finally,
                ..
            } => {
                let handled: usize = handlers.iter().map(|(_, h)| weight(h)).sum();
                1 + weight(body) + handled + weight(orelse) + weight(finally)
            }
            _ => 1,
        })
        .sum()
}
