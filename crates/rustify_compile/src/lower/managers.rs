//! `with`: instances of the file's classes, and generators of the file behind `contextlib.contextmanager`.
//!
//! A generator runs in place, with the body at its `yield`: its own `try` sees what the body raises, as in Python. The
//! `__exit__` of a class runs in Rust where the body ends in good order; what is raised in the body is left to Python,
//! which has the traceback that `__exit__` gets.

use ruff_python_ast::visitor::{Visitor, walk_stmt};
use ruff_python_ast::{Expr as Ast, ExprCall, Stmt as AstStmt, StmtWith, WithItem};

use ruff_text_size::Ranged;

use super::build::{effects, infix, int, literal, none, sure};
use super::scope::{Low, Lowerer};
use crate::ir::{Expr, Local, Node, Stmt};
use crate::program::{FunctionDef, Global};
use crate::types::Ty;
use crate::walk::ends;

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
        if let Some(stmts) = self.errstate(w, item, more)? {
            return Ok(stmts);
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
        if !yields_once(def) {
            return self.no(
                w,
                "with",
                "the body of this `with`, or its manager, is left in another way than by its end",
                "Yield once, and return behind the `with`.",
            );
        }
        let catches = def
            .node
            .body
            .iter()
            .any(|s| matches!(s, AstStmt::Try(t) if !t.handlers.is_empty()));
        let how = self.temporary("left_with", w, &Ty::Int);
        let mut left = Left::default();
        let stayed = self.assign(how, int(0));
        let ways = &mut left;
        let run = self.run_manager(c, function, move |l, value| {
            let mut stmts = match &item.optional_vars {
                Some(target) => l.bind(target, value)?,
                None => effects(value),
            };
            // What leaves the body leaves the loop around the `with`, once the manager has done the rest.
            let pseudo = l.loops.pop().unwrap_or_default();
            let body = l.managed(w, more);
            l.loops.push(pseudo);
            let body = body?;
            ways.always = ends(&body);
            stmts.extend(l.led_to_the_end(w, body, pseudo, how, ways, &mut Vec::new()));
            Ok(stmts)
        })?;
        let mut stmts = Vec::new();
        if left.ways.is_empty() {
            return Ok(run);
        }
        stmts.push(stayed);
        stmts.extend(run);
        let certain = left.always && left.ways.len() == 1 && !catches;
        for (i, way) in left.ways.into_iter().enumerate() {
            if certain {
                stmts.push(way);
                break;
            }
            let number = int(i as i64 + 1);
            let test = infix("==", Ty::Bool, self.read(how), number);
            stmts.push(Stmt::If(test, vec![way], Vec::new()));
        }
        Ok(stmts)
    }

    /// A body whose ways out lead to its end, where it is noted which one was taken.
    fn led_to_the_end(
        &mut self,
        w: &StmtWith,
        stmts: Vec<Stmt>,
        end: usize,
        how: Local,
        left: &mut Left,
        inside: &mut Vec<usize>,
    ) -> Vec<Stmt> {
        let mut out = Vec::new();
        for s in stmts {
            if let Stmt::Break(id) | Stmt::Continue(id) = s {
                if inside.contains(&id) {
                    out.push(s);
                } else {
                    let number = left.number(s);
                    out.push(self.assign(how, int(number)));
                    out.push(Stmt::Continue(end));
                }
                continue;
            }
            if let Stmt::Return(e) = s {
                let kept = match left.answer {
                    Some(kept) => kept,
                    None => self.temporary("answer_with", w, &e.ty.clone()),
                };
                left.answer = Some(kept);
                out.push(self.assign(kept, e));
                let value = self.read(kept);
                let number = left.number(Stmt::Return(value));
                out.push(self.assign(how, int(number)));
                out.push(Stmt::Continue(end));
                continue;
            }
            let mut go = |l: &mut Self, stmts: Vec<Stmt>, id: Option<usize>| {
                inside.extend(id);
                let led = l.led_to_the_end(w, stmts, end, how, left, inside);
                if id.is_some() {
                    inside.pop();
                }
                led
            };
            out.push(match s {
                Stmt::If(test, yes, no) => {
                    let yes = go(self, yes, None);
                    Stmt::If(test, yes, go(self, no, None))
                }
                Stmt::For {
                    id,
                    sources,
                    body,
                    orelse,
                } => Stmt::For {
                    id,
                    sources,
                    body: go(self, body, Some(id)),
                    orelse: go(self, orelse, Some(id)),
                },
                Stmt::While {
                    id,
                    test,
                    body,
                    orelse,
                } => Stmt::While {
                    id,
                    test,
                    body: go(self, body, Some(id)),
                    orelse: go(self, orelse, Some(id)),
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
                    body: go(self, body, None),
                    handlers: handlers
                        .into_iter()
                        .map(|(c, h)| (c, go(self, h, None)))
                        .collect(),
                    orelse: go(self, orelse, None),
                    finally: go(self, finally, None),
                    error,
                },
                other => other,
            });
        }
        out
    }
}

/// The ways in which the body of a `with` is left otherwise than at its end.
#[derive(Default)]
struct Left {
    ways: Vec<Stmt>,
    /// What is returned.
    answer: Option<Local>,
    always: bool,
}

impl Left {
    fn number(&mut self, way: Stmt) -> i64 {
        let same = |known: &Stmt| match (known, &way) {
            (Stmt::Return(_), Stmt::Return(_)) => true,
            (Stmt::Break(a), Stmt::Break(b)) | (Stmt::Continue(a), Stmt::Continue(b)) => a == b,
            _ => false,
        };
        let at = self.ways.iter().position(same).unwrap_or_else(|| {
            self.ways.push(way.clone());
            self.ways.len() - 1
        });
        at as i64 + 1
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
