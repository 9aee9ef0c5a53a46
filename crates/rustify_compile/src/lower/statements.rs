//! Statements, and a whole pass over a function.

use std::collections::HashMap;

use ruff_python_ast::{
    ExceptHandler, Expr as Ast, Stmt as AstStmt, StmtFor, StmtIf, StmtTry, StmtWhile,
};
use rustify_types::Reason;

use super::build::{effects, not, sure};
use super::scope::{Low, Lowerer};
use super::unit::Unit;
use crate::ir::{self, Stmt};
use crate::names;
use crate::types::Ty;

/// One pass over a function: learns types, and keeps the tree.
pub(crate) fn lower(unit: &mut Unit<'_>, spec: usize) -> Result<(), Box<Reason>> {
    let function = unit.specs[spec].function;
    let def = &unit.program.functions[function];
    unit.specs[spec].captures.clear();
    unit.specs[spec].calls.clear();
    let mut l = Lowerer {
        unit,
        spec,
        locals: Vec::new(),
        scopes: vec![HashMap::new()],
        loops: Vec::new(),
        handling: Vec::new(),
        count: 0,
    };
    if def.node.is_async {
        return l.no(
            &def.node.name,
            "async",
            "coroutines stay Python",
            "Call an ordinary function from the coroutine.",
        );
    }
    let decorators = def.node.decorator_list.iter().find(|d| {
        !matches!(&d.expression, Ast::Name(n) if matches!(n.id.as_str(), "staticmethod" | "classmethod" | "property"))
    });
    if let Some(decorator) = decorators {
        return l.no(
            decorator,
            "decorator",
            "a decorated function is what its decorator makes of it",
            "Leave the decorator out, or decorate a function that calls this one.",
        );
    }
    if def.parent.is_some() && def.free.iter().any(|(n, _)| def.bound.contains(n)) {
        return l.no(
            &def.node.name,
            "nested-function",
            "a name of this function hides one that a function it calls needs",
            "Give the variables different names.",
        );
    }
    let params = &def.node.parameters;
    let all = params
        .posonlyargs
        .iter()
        .chain(&params.args)
        .map(|p| &p.parameter);
    let rest = params.vararg.iter().map(|p| &**p);
    let named = params.kwonlyargs.iter().map(|p| &p.parameter);
    let keywords = params.kwarg.iter().map(|p| &**p);
    let ordered: Vec<_> = all.chain(rest).chain(named).chain(keywords).collect();
    for (i, param) in ordered.iter().enumerate() {
        let local = l.local(&param.name, 0);
        l.scopes[0].insert(param.name.to_string(), local);
        let from = l.unit.specs[spec].params[i];
        let slot = l.locals[local].slot;
        l.unit.types.unify(slot, from);
    }
    l.around(def);
    let body = l.suite(&def.node.body)?;
    let result = l.unit.specs[spec].result;
    let ends = ends(&body);
    if !ends {
        l.unit.types.learn(result, &Ty::None);
    }
    let mut body = body;
    if !ends {
        let ty = l.unit.types.get(result);
        let nothing = l.nothing(&ty);
        body.push(Stmt::Return(nothing));
    }
    let locals = std::mem::take(&mut l.locals);
    let tree = ir::Function {
        name: format!("{}_{spec}", names::function(&def.qualname)),
        params: ordered.len() + def.free.len(),
        is_inner: def.parent.is_some(),
        locals,
        body,
        recursive: false,
    };
    unit.specs[spec].tree = tree;
    Ok(())
}

/// Whether nothing runs behind these statements.
fn ends(stmts: &[Stmt]) -> bool {
    match stmts.last() {
        Some(Stmt::Return(_) | Stmt::Raise(_) | Stmt::Reraise(_)) => true,
        Some(Stmt::If(_, yes, no)) => ends(yes) && ends(no),
        _ => false,
    }
}

impl Lowerer<'_, '_> {
    fn suite(&mut self, body: &[AstStmt]) -> Low<Vec<Stmt>> {
        let mut stmts = Vec::new();
        for statement in body {
            if ends(&stmts) || matches!(stmts.last(), Some(Stmt::Break(_) | Stmt::Continue(_))) {
                break;
            }
            stmts.extend(self.statement(statement)?);
        }
        Ok(stmts)
    }

    fn statement(&mut self, s: &AstStmt) -> Low<Vec<Stmt>> {
        match s {
            AstStmt::Return(r) => {
                let value = match &r.value {
                    Some(e) => self.expr(e)?,
                    None => super::build::none(),
                };
                let slot = self.unit.specs[self.spec].result;
                self.unit.types.learn(slot, &value.ty);
                let ty = self.unit.types.get(slot);
                let value = self.coerce(value, &ty);
                Ok(vec![Stmt::Return(value)])
            }
            AstStmt::Expr(e) => {
                if matches!(&*e.value, Ast::StringLiteral(_) | Ast::EllipsisLiteral(_)) {
                    return Ok(Vec::new());
                }
                let value = self.expr(&e.value)?;
                Ok(effects(value))
            }
            AstStmt::Assign(a) => {
                if let ([Ast::Name(n)], Ast::Lambda(_)) = (a.targets.as_slice(), &*a.value) {
                    return self.inner_function(&n.id, n);
                }
                let value = self.expr(&a.value)?;
                if let [target] = a.targets.as_slice() {
                    return self.bind(target, value);
                }
                let kept = self.temporary("shared", s, &value.ty.clone());
                let mut stmts = vec![self.assign(kept, value)];
                for target in &a.targets {
                    let value = self.read(kept);
                    stmts.extend(self.bind(target, value)?);
                }
                Ok(stmts)
            }
            AstStmt::AnnAssign(a) => match &a.value {
                Some(value) => {
                    let value = self.expr(value)?;
                    self.bind(&a.target, value)
                }
                None => Ok(Vec::new()),
            },
            AstStmt::AugAssign(a) => self.augmented(a),
            AstStmt::If(i) => self.if_statement(i),
            AstStmt::For(f) => self.for_statement(f),
            AstStmt::While(w) => self.while_statement(w),
            AstStmt::Break(_) => match self.loops.last() {
                Some(&id) => Ok(vec![Stmt::Break(id)]),
                None => Ok(Vec::new()),
            },
            AstStmt::Continue(_) => match self.loops.last() {
                Some(&id) => Ok(vec![Stmt::Continue(id)]),
                None => Ok(Vec::new()),
            },
            AstStmt::Pass(_) => Ok(Vec::new()),
            AstStmt::Raise(r) => match &r.exc {
                Some(e) => {
                    let error = self.exception(e)?;
                    Ok(vec![Stmt::Raise(error)])
                }
                None => match self.handling.last() {
                    Some(&error) => Ok(vec![Stmt::Reraise(error)]),
                    None => self.no(
                        s,
                        "raise",
                        "`raise` without an exception being handled here",
                        "Name the exception.",
                    ),
                },
            },
            AstStmt::Try(t) => self.try_statement(t),
            AstStmt::Assert(a) => {
                let test = self.condition(&a.test)?;
                self.uses_builtin("AssertionError");
                let raise = Stmt::Raise(sure("exc::assertion_error", Ty::Any, Vec::new()));
                Ok(vec![Stmt::If(not(test), vec![raise], Vec::new())])
            }
            AstStmt::Delete(d) => {
                let mut stmts = Vec::new();
                for target in &d.targets {
                    stmts.extend(self.delete(target)?);
                }
                Ok(stmts)
            }
            AstStmt::Global(g) => self.no(
                g,
                "global-write",
                "the function changes names of the module",
                "Return the new value instead.",
            ),
            AstStmt::Nonlocal(_) => Ok(Vec::new()),
            AstStmt::FunctionDef(f) => self.inner_function(&f.name, &f.name),
            AstStmt::ClassDef(c) => self.no(
                &c.name,
                "nested-class",
                "a class is defined inside the function",
                "Define it at the top level.",
            ),
            AstStmt::With(w) => self.no(
                w,
                "with",
                "context managers run code of their own",
                "Use it in the caller.",
            ),
            AstStmt::Match(m) => self.no(
                m,
                "match",
                "`match` is not translated",
                "Use `if` and `elif`.",
            ),
            AstStmt::Import(_) | AstStmt::ImportFrom(_) => self.no(
                s,
                "import",
                "an import runs inside the function",
                "Import at the top of the file.",
            ),
            _ => self.no(
                s,
                "unsupported-syntax",
                "this statement is not translated",
                "Write it another way.",
            ),
        }
    }

    fn if_statement(&mut self, s: &StmtIf) -> Low<Vec<Stmt>> {
        let test = self.condition(&s.test)?;
        let yes = self.suite(&s.body)?;
        let mut clauses = Vec::new();
        for clause in &s.elif_else_clauses {
            let test = match &clause.test {
                Some(test) => Some(self.condition(test)?),
                None => None,
            };
            clauses.push((test, self.suite(&clause.body)?));
        }
        let mut otherwise = Vec::new();
        for (test, body) in clauses.into_iter().rev() {
            otherwise = match test {
                Some(test) => vec![Stmt::If(test, body, otherwise)],
                None => body,
            };
        }
        Ok(vec![Stmt::If(test, yes, otherwise)])
    }

    fn for_statement(&mut self, s: &StmtFor) -> Low<Vec<Stmt>> {
        if s.is_async {
            return self.no(
                s,
                "async",
                "asynchronous loops stay Python",
                "Use an ordinary loop.",
            );
        }
        let stmts = self.for_each(&s.iter, |l, item| {
            let mut stmts = l.bind(&s.target, item)?;
            stmts.extend(l.suite(&s.body)?);
            Ok(stmts)
        })?;
        let orelse = self.suite(&s.orelse)?;
        let mut stmts = stmts;
        if let Some(Stmt::For { orelse: place, .. }) = stmts.last_mut() {
            *place = orelse;
        }
        Ok(stmts)
    }

    fn while_statement(&mut self, s: &StmtWhile) -> Low<Vec<Stmt>> {
        let id = self.next_id();
        let test = self.condition(&s.test)?;
        self.loops.push(id);
        let body = self.suite(&s.body);
        self.loops.pop();
        let body = body?;
        let orelse = self.suite(&s.orelse)?;
        Ok(vec![Stmt::While {
            id,
            test,
            body,
            orelse,
        }])
    }

    fn try_statement(&mut self, s: &StmtTry) -> Low<Vec<Stmt>> {
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
                classes.push(sure("exc::base_exception", Ty::Any, Vec::new()));
            }
            if let Some(name) = &h.name
                && mentions(&h.body, name)
            {
                return self.no(
                    name,
                    "exception-value",
                    format!("the exception `{name}` is used as a value"),
                    "Tell exceptions apart by their classes.",
                );
            }
            self.handling.push(error);
            let made = self.suite(&h.body);
            self.handling.pop();
            handlers.push((classes, made?));
        }
        let orelse = self.suite(&s.orelse)?;
        let finally = self.suite(&s.finalbody)?;
        if !finally.is_empty()
            && (leaves(&body) || handlers.iter().any(|(_, b)| leaves(b)) || leaves(&orelse))
        {
            return self.no(
                s,
                "finally",
                "`finally` around a `return`, `break` or `continue`",
                "Leave after the `try` statement.",
            );
        }
        Ok(vec![Stmt::Try {
            id,
            body,
            handlers,
            orelse,
            finally,
            error,
        }])
    }
}

/// Whether statements leave by `return`, `break` or `continue`.
fn leaves(stmts: &[Stmt]) -> bool {
    stmts.iter().any(|s| match s {
        Stmt::Return(_) | Stmt::Break(_) | Stmt::Continue(_) => true,
        Stmt::If(_, a, b) => leaves(a) || leaves(b),
        Stmt::For { body, orelse, .. } => returns(body) || leaves(orelse),
        Stmt::While { body, orelse, .. } => returns(body) || leaves(orelse),
        Stmt::Try {
            body,
            handlers,
            orelse,
            ..
        } => leaves(body) || handlers.iter().any(|(_, b)| leaves(b)) || leaves(orelse),
        _ => false,
    })
}

fn returns(stmts: &[Stmt]) -> bool {
    stmts.iter().any(|s| match s {
        Stmt::Return(_) => true,
        Stmt::If(_, a, b) => returns(a) || returns(b),
        Stmt::For { body, orelse, .. } | Stmt::While { body, orelse, .. } => {
            returns(body) || returns(orelse)
        }
        Stmt::Try {
            body,
            handlers,
            orelse,
            ..
        } => returns(body) || handlers.iter().any(|(_, b)| returns(b)) || returns(orelse),
        _ => false,
    })
}

/// Whether a suite reads a name.
fn mentions(body: &[AstStmt], name: &str) -> bool {
    struct Finder<'n>(&'n str, bool);
    impl<'a> ruff_python_ast::visitor::Visitor<'a> for Finder<'_> {
        fn visit_expr(&mut self, e: &'a Ast) {
            if matches!(e, Ast::Name(n) if n.id == self.0) {
                self.1 = true;
            }
            ruff_python_ast::visitor::walk_expr(self, e);
        }
    }
    let mut finder = Finder(name, false);
    for s in body {
        ruff_python_ast::visitor::Visitor::visit_stmt(&mut finder, s);
    }
    finder.1
}
