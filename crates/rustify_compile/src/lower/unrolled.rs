//! Loops over types that are written down: `for kind in (int, float)`. The body stands there once for each of them,
//! with the type in place of the name.

use ruff_python_ast::visitor::Visitor;
use ruff_python_ast::{Expr as Ast, ExprName, StmtFor};
use ruff_text_size::Ranged;

use super::build::boolean;
use super::kept_iterators::{Uses, replaced_in};
use super::redirect::{redirected, weight};
use super::scope::{Low, Lowerer};
use crate::ir::Stmt;
use crate::walk::ends;

/// The most turns that are written down one after the other.
const MOST_TURNS: usize = 8;

/// The most statements that they may come to.
const MOST_STATEMENTS: usize = 400;

/// Builtin types that stand for themselves.
const TYPES: [&str; 12] = [
    "int",
    "float",
    "str",
    "bool",
    "complex",
    "bytes",
    "bytearray",
    "list",
    "tuple",
    "set",
    "frozenset",
    "dict",
];

impl Lowerer<'_, '_> {
    fn is_type(&self, e: &Ast) -> bool {
        matches!(e, Ast::Name(n) if TYPES.contains(&n.id.as_str()) && self.is_builtin(&n.id))
    }

    /// A loop over types, or over tuples with types in one place.
    pub(super) fn unrolled(&mut self, s: &StmtFor) -> Low<Option<Vec<Stmt>>> {
        let (Ast::Tuple(_) | Ast::List(_)) = &*s.iter else {
            return Ok(None);
        };
        let items = parts(&s.iter);
        let names: Option<Vec<&ExprName>> = parts(&s.target)
            .into_iter()
            .map(|e| match e {
                Ast::Name(n) => Some(n),
                _ => None,
            })
            .collect();
        let is_one = matches!(&*s.target, Ast::Name(_));
        let rows: Vec<Vec<&Ast>> = items
            .iter()
            .map(|e| if is_one { vec![*e] } else { parts(e) })
            .collect();
        let Some(names) = names else {
            return Ok(None);
        };
        if rows.is_empty()
            || rows.len() > MOST_TURNS
            || rows.iter().any(|r| r.len() != names.len())
            || rows.iter().flatten().any(|e| matches!(e, Ast::Starred(_)))
        {
            return Ok(None);
        }
        let types: Vec<bool> = (0..names.len())
            .map(|i| rows.iter().all(|r| self.is_type(r[i])))
            .collect();
        let is_inside = |n: &ExprName| {
            let def = &self.unit.program.functions[self.function()];
            let mut uses = Uses::of(&n.id);
            uses.visit_body(&def.node.body);
            let mut inside = Uses::of(&n.id);
            inside.visit_body(&s.body);
            uses.stores == 1 && !uses.hidden && uses.loads.len() == inside.loads.len()
        };
        let mut named = names.iter().zip(&types).filter(|(_, t)| **t).peekable();
        if named.peek().is_none() || !named.all(|(n, _)| is_inside(n)) {
            return Ok(None);
        }
        // The whole literal is computed before the first turn.
        let mut stmts = Vec::new();
        let mut turns = Vec::new();
        for row in &rows {
            let mut values = Vec::new();
            for (part, is_type) in row.iter().zip(&types) {
                if *is_type {
                    if let Ast::Name(n) = part {
                        self.uses_builtin(&n.id);
                    }
                    values.push((*part).clone());
                } else {
                    let value = self.expr(part)?;
                    values.push(self.set_aside(part, value, &mut stmts));
                }
            }
            turns.push(values);
        }
        let outer = self.next_id();
        let mut all = Vec::new();
        for values in turns {
            let mut body = s.body.to_vec();
            let mut turn = Vec::new();
            for ((name, value), is_type) in names.iter().zip(&values).zip(&types) {
                if *is_type {
                    body = replaced_in(&body, &name.id, value);
                } else {
                    let value = self.expr(value)?;
                    turn.extend(self.bind(&Ast::Name((*name).clone()), value)?);
                }
            }
            let (from, next) = (self.next_id(), self.next_id());
            let place = values.first().map_or(0, |v| v.range().start().to_u32());
            let salt = format!("{}@{place}", self.salt);
            let salt = std::mem::replace(&mut self.salt, salt);
            self.loops.push(from);
            let made = self.suite(&body);
            self.loops.pop();
            self.salt = salt;
            let mut goes_on = false;
            turn.extend(redirected(made?, from, outer, next, &mut goes_on));
            let is_over = ends(&turn);
            if goes_on {
                turn.push(Stmt::Break(next));
                turn = vec![Stmt::While {
                    id: next,
                    test: boolean(true),
                    body: turn,
                    orelse: Vec::new(),
                }];
            }
            all.extend(turn);
            if is_over {
                break;
            }
        }
        if weight(&all) > MOST_STATEMENTS {
            return self.no(
                s,
                "types-as-values",
                "the body of this loop over types is too long to be written down for each",
                "Move the body to a function.",
            );
        }
        if !ends(&all) {
            all.extend(self.suite(&s.orelse)?);
        }
        all.push(Stmt::Break(outer));
        stmts.push(Stmt::While {
            id: outer,
            test: boolean(true),
            body: all,
            orelse: Vec::new(),
        });
        Ok(Some(stmts))
    }
}

/// The items of a tuple or a list that is written down; anything else alone.
fn parts(e: &Ast) -> Vec<&Ast> {
    match e {
        Ast::Tuple(t) => t.elts.iter().collect(),
        Ast::List(l) => l.elts.iter().collect(),
        other => vec![other],
    }
}
