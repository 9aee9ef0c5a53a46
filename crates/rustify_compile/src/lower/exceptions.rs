//! Exceptions that are raised, caught, and used as values.

use ruff_python_ast::{
    AtomicNodeIndex, ExceptHandler, ExceptHandlerExceptHandler, Expr as Ast, ExprCall, ExprContext,
    ExprTuple, Stmt as AstStmt, StmtRaise, StmtTry, StmtWith, Suite, WithItem,
};
use ruff_text_size::Ranged;

use super::build::{block, by_ref, call, literal, own, sure};
use super::builtin_names::is_builtin_exception;
use super::module_exceptions::module_exception;
use super::scope::{Low, Lowerer};
use super::unit::Place;
use crate::ir::{Expr, Node, Stmt};
use crate::program::Global;
use crate::types::Ty;

impl Lowerer<'_, '_> {
    /// An exception class that is named, as an object.
    fn exception_object(&mut self, e: &Ast) -> Low<Expr> {
        if let Ast::Name(n) = e
            && self.find(&n.id).is_none()
        {
            match self.unit.program.globals.get(n.id.as_str()).cloned() {
                Some(Global::Class(c)) if self.unit.program.classes[c].is_exception => {
                    return Ok(self.capture(Place::Global(n.id.to_string())));
                }
                None if is_builtin_exception(&n.id) => {
                    return Ok(self.capture(Place::Builtin(n.id.to_string())));
                }
                _ => {}
            }
        }
        self.no(
            e,
            "exception",
            "this exception class is not known here",
            "Use a builtin exception, or one of this file.",
        )
    }

    /// An exception class, to catch it.
    fn exception(&mut self, e: &Ast) -> Low<Expr> {
        if let Some((module, name, place)) = self.module_member(e)
            && module_exception(&module, &name)
        {
            let class = self.capture(place);
            return Ok(call("raised::caught_class", Ty::Any, vec![own(class)]));
        }
        let class = self.exception_object(e)?;
        Ok(sure("exception_class", Ty::Any, vec![own(class)]))
    }

    /// The class of the file that an expression names, if it is an exception with an `__init__` of its own.
    fn own_exception(&self, e: &Ast) -> Option<usize> {
        let Ast::Name(n) = e else {
            return None;
        };
        match self.unit.program.globals.get(n.id.as_str()) {
            Some(Global::Class(c)) if self.find(&n.id).is_none() => {
                let def = &self.unit.program.classes[*c];
                (def.is_exception && def.methods.contains_key("__init__")).then_some(*c)
            }
            _ => None,
        }
    }

    /// `raise …`.
    pub(super) fn raise_statement(&mut self, r: &StmtRaise) -> Low<Vec<Stmt>> {
        let Some(e) = &r.exc else {
            return match self.handling.last() {
                Some(&error) => Ok(vec![Stmt::Reraise(error)]),
                None => self.no(
                    r,
                    "raise",
                    "`raise` without an exception being handled here",
                    "Name the exception.",
                ),
            };
        };
        let error = self.raised(e)?;
        let mut stmts = Vec::new();
        if let Some(cause) = &r.cause
            && !matches!(&**cause, Ast::NoneLiteral(_) | Ast::Name(_))
        {
            return self.no(
                &**cause,
                "raise",
                "this cause of an exception",
                "Use the name of the exception that is being handled.",
            );
        }
        stmts.push(Stmt::Raise(error));
        Ok(stmts)
    }

    /// The exception that an expression makes, to raise it.
    fn raised(&mut self, e: &Ast) -> Low<Expr> {
        if let Ast::Name(n) = e
            && self.find(&n.id).is_some()
        {
            let value = self.expr(e)?;
            let object = self.coerce(value, &Ty::Any);
            return Ok(call("raised::raise", Ty::Any, vec![by_ref(object)]));
        }
        let (class, arguments, keywords) = match e {
            Ast::Call(c) => (
                &*c.func,
                &c.arguments.args[..],
                !c.arguments.keywords.is_empty(),
            ),
            other => (other, &[][..], false),
        };
        if let Some(c) = self.own_exception(class) {
            let Ast::Call(made) = e else {
                return self.no(
                    e,
                    "exception",
                    "an exception with an `__init__` of its own is raised by its class",
                    "Call the class.",
                );
            };
            let instance = self.new_exception(made, c)?;
            return Ok(call("raised::raise", Ty::Any, vec![by_ref(instance)]));
        }
        if keywords || arguments.iter().any(|a| matches!(a, Ast::Starred(_))) {
            return self.no(
                e,
                "exception",
                "an exception is made with keywords or `*arguments`",
                "Pass the arguments one by one.",
            );
        }
        let class = self.exception_object(class)?;
        let mut values = Vec::new();
        for argument in arguments {
            let value = self.expr(argument)?;
            values.push(self.coerce(value, &Ty::Any));
        }
        let array = Expr {
            ty: Ty::Any,
            node: Node::Array(values),
        };
        Ok(call(
            "raised::made",
            Ty::Any,
            vec![by_ref(class), by_ref(array)],
        ))
    }

    /// A new exception of a class with an `__init__` of its own.
    pub(super) fn new_exception(&mut self, e: &ExprCall, class: usize) -> Low<Expr> {
        let def = &self.unit.program.classes[class];
        let Some(&init) = def.methods.get("__init__") else {
            return self.no(
                e,
                "exception",
                "an exception is made",
                "Raise it where it is made.",
            );
        };
        self.plain_class(e, class)?;
        if e.arguments
            .args
            .iter()
            .any(|a| matches!(a, Ast::Starred(_)))
        {
            return self.no(
                e,
                "arguments",
                "an exception is made with `*arguments`",
                "Pass the arguments one by one.",
            );
        }
        // The arguments are computed once: `__new__` keeps those by position, `__init__` takes all.
        let mut stmts = Vec::new();
        let mut by_position = Vec::new();
        let mut copy = e.clone();
        for (i, argument) in e.arguments.args.iter().enumerate() {
            let value = self.expr(argument)?;
            let kept = self.temporary(&format!("argument_{i}"), argument, &value.ty.clone());
            stmts.push(self.assign(kept, value));
            let name = format!(" argument {i} {}", argument.range().start().to_u32());
            self.scopes[0].insert(name.clone(), kept);
            if let Ast::Name(n) = &mut copy.arguments.args[i] {
                n.id = name.into();
            } else {
                copy.arguments.args[i] = Ast::Name(ruff_python_ast::ExprName {
                    node_index: ruff_python_ast::AtomicNodeIndex::default(),
                    range: argument.range(),
                    id: name.into(),
                    ctx: ruff_python_ast::ExprContext::Load,
                });
            }
            let read = self.read(kept);
            by_position.push(self.coerce(read, &Ty::Any));
        }
        let class_object = self.class_object(class);
        let array = Expr {
            ty: Ty::Any,
            node: Node::Array(by_position),
        };
        let instance = self.temporary("instance", e, &Ty::Instance(class));
        let new = call(
            "raised::new",
            Ty::Instance(class),
            vec![by_ref(class_object), by_ref(array)],
        );
        stmts.push(self.assign(instance, new));
        let this = self.read(instance);
        let done = self.call_function(&copy, init, Some(this))?;
        stmts.push(Stmt::Do(done));
        let value = self.read(instance);
        Ok(block(stmts, value))
    }

    /// `super().__init__(…)` of an exception class whose base is builtin.
    pub(super) fn init_exception(&mut self, e: &ExprCall, object: Expr) -> Low<Expr> {
        if !e.arguments.keywords.is_empty()
            || e.arguments
                .args
                .iter()
                .any(|a| matches!(a, Ast::Starred(_)))
        {
            return self.no(
                e,
                "arguments",
                "`super().__init__` is called with keywords or `*arguments`",
                "Pass plain arguments.",
            );
        }
        let mut values = Vec::new();
        for argument in &e.arguments.args {
            let value = self.expr(argument)?;
            values.push(self.coerce(value, &Ty::Any));
        }
        let array = Expr {
            ty: Ty::Any,
            node: Node::Array(values),
        };
        let object = self.coerce(object, &Ty::Any);
        Ok(call(
            "raised::init",
            Ty::None,
            vec![by_ref(object), by_ref(array)],
        ))
    }

    /// `assert test, message`.
    pub(super) fn assertion(&mut self, a: &ruff_python_ast::StmtAssert) -> Low<Vec<Stmt>> {
        let test = self.condition(&a.test)?;
        let mut values = Vec::new();
        if let Some(message) = &a.msg {
            let value = self.expr(message)?;
            values.push(self.coerce(value, &Ty::Any));
        }
        let class = sure("exc::assertion_error", Ty::Any, Vec::new());
        let array = Expr {
            ty: Ty::Any,
            node: Node::Array(values),
        };
        let error = call("raised::with", Ty::Any, vec![own(class), by_ref(array)]);
        Ok(vec![Stmt::If(
            super::build::not(test),
            vec![Stmt::Raise(error)],
            Vec::new(),
        )])
    }

    /// `with suppress(A, B): …`, which is `try: … except (A, B): pass`; other context managers stay Python.
    pub(super) fn with_statement(&mut self, w: &StmtWith) -> Low<Vec<Stmt>> {
        if let [
            WithItem {
                context_expr: Ast::Call(c),
                optional_vars: None,
                ..
            },
        ] = &w.items[..]
            && let Some((place, module, name)) = self.imported(&c.func)
            && (module.as_str(), name.as_str()) == ("contextlib", "suppress")
            && c.arguments.keywords.is_empty()
            && let [first, more @ ..] = &c.arguments.args[..]
        {
            self.capture(place);
            let classes = if more.is_empty() {
                first.clone()
            } else {
                Ast::Tuple(ExprTuple {
                    node_index: AtomicNodeIndex::default(),
                    range: c.range(),
                    elts: c.arguments.args.to_vec(),
                    ctx: ExprContext::Load,
                    parenthesized: true,
                })
            };
            let handler = ExceptHandlerExceptHandler {
                range: w.range,
                node_index: AtomicNodeIndex::default(),
                type_: Some(Box::new(classes)),
                name: None,
                body: Suite::default(),
            };
            return self.try_statement(&StmtTry {
                node_index: AtomicNodeIndex::default(),
                range: w.range,
                body: w.body.clone(),
                handlers: vec![ExceptHandler::ExceptHandler(handler)],
                orelse: Suite::default(),
                finalbody: Suite::default(),
                is_star: false,
            });
        }
        if w.is_async {
            return self.no(
                w,
                "async",
                "coroutines stay Python",
                "Call an ordinary function from the coroutine.",
            );
        }
        self.managed(w, &w.items)
    }

    pub(super) fn try_statement(&mut self, s: &StmtTry) -> Low<Vec<Stmt>> {
        if s.is_star {
            return self.no(s, "except-star", "`except*` stays Python", "Use `except`.");
        }
        let id = self.next_id();
        let error = self.temporary("error", s, &Ty::Any);
        self.locals[error].in_place = true;
        let body = self.suite(&s.body)?;
        let mut handlers = Vec::new();
        for handler in &s.handlers {
            let ExceptHandler::ExceptHandler(h) = handler;
            let mut classes = Vec::new();
            match h.type_.as_deref() {
                None => {}
                Some(Ast::Tuple(t)) => {
                    for e in &t.elts {
                        classes.push(self.exception(e)?);
                    }
                }
                Some(e) => classes.push(self.exception(e)?),
            }
            if h.type_.is_none() {
                classes.push(sure("Exc::any", Ty::Any, Vec::new()));
            }
            let mut before = Vec::new();
            let mut scope = std::collections::HashMap::new();
            if let Some(name) = &h.name {
                if let Some(&other) = self.scopes[0].get(name.as_str()) {
                    if self.cells.contains_key(&other) {
                        before.push(self.clear_cell(other));
                    } else {
                        before.push(Stmt::Unbind(other));
                    }
                }
                if mentions(&h.body, name) {
                    if let Some(place) = escapes(&h.body, name) {
                        return self.no(
                            &place,
                            "exception-value",
                            format!(
                                "the exception `{name}` is kept, with the frames it went through"
                            ),
                            "Keep its text or its arguments.",
                        );
                    }
                    let class = match h.type_.as_deref() {
                        Some(Ast::Name(n)) => match self.unit.program.globals.get(n.id.as_str()) {
                            Some(Global::Class(c)) if self.has_no_heirs(*c) => Ty::Instance(*c),
                            _ => Ty::Any,
                        },
                        _ => Ty::Any,
                    };
                    let local = self.temporary(name, h, &class);
                    let aside = literal(&format!("&mut caught_{id}"), Ty::Any);
                    let error = self.read(error);
                    let object = Expr {
                        ty: class,
                        ..call("raised::caught", Ty::Any, vec![own(aside), own(error)])
                    };
                    before.push(self.assign(local, object));
                    scope.insert(name.to_string(), local);
                }
            }
            self.handling.push(error);
            self.scopes.push(scope);
            let made = self.suite(&h.body);
            self.scopes.pop();
            self.handling.pop();
            before.extend(made?);
            handlers.push((classes, before));
        }
        let orelse = self.suite(&s.orelse)?;
        let finally = self.suite(&s.finalbody)?;
        Ok(vec![Stmt::Try {
            id,
            body,
            handlers,
            orelse,
            finally,
            error,
        }])
    }

    /// Whether no class of the file derives from one.
    fn has_no_heirs(&self, class: usize) -> bool {
        let all = &self.unit.program.classes;
        all[class].obstacle.is_none() && all.iter().all(|c| c.base != Some(class))
    }
}

/// Whether a suite reads a name.
fn mentions(body: &[AstStmt], name: &str) -> bool {
    let mut finder = Finder {
        name,
        found: None,
        any: true,
    };
    for s in body {
        ruff_python_ast::visitor::Visitor::visit_stmt(&mut finder, s);
    }
    finder.found.is_some()
}

/// Where a suite keeps the exception of a name, or hands it to something that may.
fn escapes(body: &[AstStmt], name: &str) -> Option<ruff_text_size::TextRange> {
    let mut finder = Finder {
        name,
        found: None,
        any: false,
    };
    for s in body {
        ruff_python_ast::visitor::Visitor::visit_stmt(&mut finder, s);
    }
    finder.found
}

struct Finder<'n> {
    name: &'n str,
    found: Option<ruff_text_size::TextRange>,
    /// Whether every use counts.
    any: bool,
}

impl Finder<'_> {
    fn is_it(&self, e: &Ast) -> bool {
        !self.any && matches!(e, Ast::Name(n) if n.id == self.name)
    }
}

impl<'a> ruff_python_ast::visitor::Visitor<'a> for Finder<'_> {
    fn visit_stmt(&mut self, s: &'a AstStmt) {
        if let AstStmt::Raise(r) = s {
            for e in r.exc.iter().chain(&r.cause) {
                if !self.is_it(e) {
                    self.visit_expr(e);
                }
            }
            return;
        }
        ruff_python_ast::visitor::walk_stmt(self, s);
    }

    fn visit_expr(&mut self, e: &'a Ast) {
        match e {
            Ast::Name(n) if n.id == self.name => self.found = Some(n.range),
            // `error.__class__.__name__`
            Ast::Attribute(a)
                if a.attr.as_str() == "__name__"
                    && matches!(&*a.value, Ast::Attribute(of) if of.attr.as_str() == "__class__" && self.is_it(&of.value)) =>
                {}
            Ast::Attribute(a)
                if self.is_it(&a.value)
                    && !a.attr.starts_with("__")
                    && a.attr.as_str() != "with_traceback"
                    && a.attr.as_str() != "add_note" => {}
            Ast::Call(c) if matches!(&*c.func, Ast::Name(n) if matches!(n.id.as_str(), "str" | "repr" | "type" | "isinstance")) => {
                for argument in &c.arguments.args {
                    if !self.is_it(argument) {
                        self.visit_expr(argument);
                    }
                }
            }
            _ => ruff_python_ast::visitor::walk_expr(self, e),
        }
    }

    fn visit_interpolated_string_element(
        &mut self,
        element: &'a ruff_python_ast::InterpolatedStringElement,
    ) {
        if let ruff_python_ast::InterpolatedStringElement::Interpolation(i) = element
            && self.is_it(&i.expression)
        {
            return;
        }
        ruff_python_ast::visitor::walk_interpolated_string_element(self, element);
    }
}
