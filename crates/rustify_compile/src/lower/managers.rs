//! `with`: instances of the file's classes, and generators of the file behind `contextlib.contextmanager`.
//!
//! A generator runs in place, with the body at its `yield`: its own `try` sees what the body raises, as in Python. The
//! `__exit__` of a class runs in Rust where the body ends in good order; what is raised in the body is left to Python,
//! which has the traceback that `__exit__` gets.

use ruff_python_ast::visitor::{Visitor, walk_stmt};
use ruff_python_ast::{Expr as Ast, ExprCall, Stmt as AstStmt, StmtWith, WithItem};

use ruff_text_size::Ranged;

use super::build::{effects, literal, none, sure};
use super::scope::{Low, Lowerer};
use crate::ir::{Expr, Node, Stmt};
use crate::program::{FunctionDef, Global};
use crate::types::Ty;

impl Lowerer<'_, '_> {
    /// The items of a `with` from one on, then its body.
    pub(super) fn managed(&mut self, w: &StmtWith, items: &[WithItem]) -> Low<Vec<Stmt>> {
        let Some((item, more)) = items.split_first() else {
            return self.suite(&w.body);
        };
        if let Ast::Call(c) = &item.context_expr
            && let Some(function) = self.manager_function(c)
        {
            return self.generator_manager(w, item, c, function, more);
        }
        let manager = self.expr(&item.context_expr)?;
        let manager = self.present(manager);
        let class = match manager.ty {
            Ty::Instance(class) => class,
            Ty::Never => {
                // What has no type yet gets one in a later pass.
                let mut stmts = effects(manager);
                stmts.extend(self.managed(w, more)?);
                return Ok(stmts);
            }
            _ => return self.no_manager(w),
        };
        let (mut stmts, kept) = self.kept("manager", &item.context_expr, manager);
        let at = &item.context_expr;
        let read = self.read(kept);
        let Some(entered) = self.special(at, read, class, "__enter__", Vec::new())? else {
            return self.no_manager(w);
        };
        let (enter, entered) = self.kept("entered", at, entered);
        stmts.extend(enter);
        let id = self.next_id();
        let error = self.temporary("left_by", at, &Ty::Any);
        self.locals[error].in_place = true;
        let mut body = Vec::new();
        if let Some(target) = &item.optional_vars {
            let value = self.read(entered);
            body.extend(self.bind(target, value)?);
        }
        body.extend(self.managed(w, more)?);
        let read = self.read(kept);
        let Some(&exit) = self.unit.program.classes[class].methods.get("__exit__") else {
            return self.no_manager(w);
        };
        let params = &self.unit.program.functions[exit].node.parameters;
        let left = if params.vararg.is_some() && params.args.len() == 1 {
            let slot = self.site(at.range(), 95);
            self.unit.types.learn(slot, &Ty::None);
            let receiver = self.with_method(read, class, exit, "__exit__");
            let details = Expr {
                ty: Ty::Tuple(vec![Ty::None; 3]),
                node: Node::Tuple(vec![none(), none(), none()]),
            };
            let details = self.coerce(details, &Ty::Any);
            let details = self.coerce(details, &Ty::TupleOf(slot));
            self.call_spec(at, exit, vec![receiver, details])?
        } else {
            let nothing = vec![none(), none(), none()];
            match self.special(at, read, class, "__exit__", nothing)? {
                Some(left) => left,
                None => return self.no_manager(w),
            }
        };
        let any = sure("Exc::any", Ty::Any, Vec::new());
        let error_in_body = Stmt::Raise(literal("Exc::GIVE_UP", Ty::Any));
        stmts.push(Stmt::Try {
            id,
            body,
            handlers: vec![(vec![any], vec![error_in_body])],
            orelse: Vec::new(),
            finally: effects(left),
            error,
        });
        Ok(stmts)
    }

    fn no_manager<T>(&self, w: &StmtWith) -> Low<T> {
        self.no(
            w,
            "with",
            "context managers run code of their own",
            "Use it in the caller, or a class of this file with `__enter__` and `__exit__`.",
        )
    }

    /// The generator behind `contextlib.contextmanager` that a call is of.
    fn manager_function(&self, c: &ExprCall) -> Option<usize> {
        let Ast::Name(n) = &*c.func else { return None };
        if self.find(&n.id).is_some() {
            return None;
        }
        let Some(Global::Function(f)) = self.unit.program.globals.get(n.id.as_str()) else {
            return None;
        };
        let def = &self.unit.program.functions[*f];
        let [decorator] = &def.node.decorator_list[..] else {
            return None;
        };
        let (_, module, name) = self.imported(&decorator.expression)?;
        let is_manager = module == "contextlib" && name == "contextmanager";
        (is_manager && def.class.is_none()).then_some(*f)
    }

    fn generator_manager(
        &mut self,
        w: &StmtWith,
        item: &WithItem,
        c: &ExprCall,
        function: usize,
        more: &[WithItem],
    ) -> Low<Vec<Stmt>> {
        let def = &self.unit.program.functions[function];
        if !yields_once(def) || leaves(&w.body) {
            return self.no(
                w,
                "with",
                "the body of this `with`, or its manager, is left in another way than by its end",
                "Yield once, and return behind the `with`.",
            );
        }
        self.run_manager(c, function, |l, value| {
            let mut stmts = match &item.optional_vars {
                Some(target) => l.bind(target, value)?,
                None => effects(value),
            };
            stmts.extend(l.managed(w, more)?);
            Ok(stmts)
        })
    }
}

/// Whether a generator gives one item away in any case: at its top, or in a `try` there.
fn yields_once(def: &FunctionDef<'_>) -> bool {
    let is_yield =
        |s: &AstStmt| matches!(s, AstStmt::Expr(e) if matches!(&*e.value, Ast::Yield(_)));
    let mut count = Count(0);
    count.visit_body(&def.node.body);
    let at_top = def.node.body.iter().any(|s| match s {
        AstStmt::Try(t) => t.body.iter().any(is_yield),
        other => is_yield(other),
    });
    count.0 == 1 && at_top
}

/// How many items a generator gives away, and how often it returns.
struct Count(usize);

impl<'a> Visitor<'a> for Count {
    fn visit_stmt(&mut self, statement: &'a AstStmt) {
        match statement {
            AstStmt::FunctionDef(_) | AstStmt::ClassDef(_) => {}
            AstStmt::Return(_) | AstStmt::With(_) => self.0 += 2,
            _ => walk_stmt(self, statement),
        }
    }

    fn visit_expr(&mut self, e: &'a Ast) {
        if matches!(e, Ast::Yield(_) | Ast::YieldFrom(_)) {
            self.0 += 1;
        }
        ruff_python_ast::visitor::walk_expr(self, e);
    }
}

/// Whether a body may be left by `return`, `break` or `continue`.
fn leaves(body: &[AstStmt]) -> bool {
    body.iter().any(|s| match s {
        AstStmt::Return(_) | AstStmt::Break(_) | AstStmt::Continue(_) => true,
        AstStmt::If(i) => leaves(&i.body) || i.elif_else_clauses.iter().any(|c| leaves(&c.body)),
        AstStmt::For(f) => returns(&f.body) || leaves(&f.orelse),
        AstStmt::While(l) => returns(&l.body) || leaves(&l.orelse),
        AstStmt::With(i) => leaves(&i.body),
        AstStmt::Match(m) => m.cases.iter().any(|c| leaves(&c.body)),
        AstStmt::Try(t) => {
            let handlers = t.handlers.iter().any(|h| {
                let ruff_python_ast::ExceptHandler::ExceptHandler(h) = h;
                leaves(&h.body)
            });
            handlers || leaves(&t.body) || leaves(&t.orelse) || leaves(&t.finalbody)
        }
        _ => false,
    })
}

/// Whether a body of a loop may return.
fn returns(body: &[AstStmt]) -> bool {
    struct Returns(bool);
    impl<'a> Visitor<'a> for Returns {
        fn visit_stmt(&mut self, statement: &'a AstStmt) {
            match statement {
                AstStmt::FunctionDef(_) | AstStmt::ClassDef(_) => {}
                AstStmt::Return(_) => self.0 = true,
                _ => walk_stmt(self, statement),
            }
        }
    }
    let mut found = Returns(false);
    found.visit_body(body);
    found.0
}
