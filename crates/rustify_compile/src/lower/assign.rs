//! Assignment: to names, items, attributes, and to several of them at once.

use ruff_python_ast::Expr as Ast;

use super::build::{by_ref, call, int, own, sure_method};
use super::scope::{Low, Lowerer};
use crate::ir::{Expr, Node, Stmt};
use crate::types::Ty;

/// So many names a value of unknown type is unpacked into at once.
const MOST_NAMES: usize = 8;

impl Lowerer<'_, '_> {
    /// A target takes a value.
    pub(super) fn bind(&mut self, target: &Ast, value: Expr) -> Low<Vec<Stmt>> {
        match target {
            Ast::Name(n) if self.globals.contains(n.id.as_str()) => self.write_global(&n.id, value),
            Ast::Name(n) => {
                let local = self.target(&n.id);
                Ok(vec![self.assign(local, value)])
            }
            Ast::Tuple(t) => self.unpack(target, &t.elts, value),
            Ast::List(l) => self.unpack(target, &l.elts, value),
            Ast::Subscript(s) => self.set_item(s, value),
            Ast::Attribute(a) => self.set_attr(a, value),
            _ => self.no(
                target,
                "target",
                "this target of an assignment is not translated",
                "Assign to names, items or attributes.",
            ),
        }
    }

    pub(super) fn unpack(&mut self, at: &Ast, targets: &[Ast], value: Expr) -> Low<Vec<Stmt>> {
        let starred = targets.iter().position(|t| matches!(t, Ast::Starred(_)));
        let value = self.present(value);
        let value = self.as_plain(at, value)?;
        let value = match value.ty {
            Ty::Any if starred.is_none() && (1..=MOST_NAMES).contains(&targets.len()) => {
                let ty = Ty::Tuple(vec![Ty::Any; targets.len()]);
                let path = format!("any::unpacked::<{}>", self.unit.types.rust(&ty));
                let names = super::build::literal(&targets.len().to_string(), Ty::Any);
                call(&path, ty, vec![by_ref(value), own(names)])
            }
            _ => value,
        };
        if starred.is_none()
            && let Ty::Tuple(items) = &value.ty
            && items.len() == targets.len()
        {
            let mut stmts = Vec::new();
            // All values are computed before the first target changes.
            if let Node::Tuple(values) = value.node {
                let mut kept = Vec::new();
                for (i, (value, target)) in values.into_iter().zip(targets).enumerate() {
                    let local = self.temporary(&format!("value_{i}"), target, &value.ty.clone());
                    stmts.push(self.assign(local, value));
                    kept.push(local);
                }
                for (local, target) in kept.into_iter().zip(targets) {
                    let value = self.read(local);
                    stmts.extend(self.bind(target, value)?);
                }
                return Ok(stmts);
            }
            let items = items.clone();
            let local = self.temporary("values", at, &value.ty.clone());
            stmts.push(self.assign(local, value));
            for (i, target) in targets.iter().enumerate() {
                let whole = self.read(local);
                let stored = match &whole.ty {
                    Ty::Tuple(now) => now.get(i).cloned().unwrap_or_else(|| items[i].clone()),
                    _ => items[i].clone(),
                };
                let item = Expr {
                    ty: stored,
                    node: Node::Field(Box::new(whole), i),
                };
                stmts.extend(self.bind(target, item)?);
            }
            return Ok(stmts);
        }
        let list = match value.ty {
            Ty::List(_) => value,
            _ => self.list_of(at, value)?,
        };
        let local = self.temporary("unpacked", at, &list.ty.clone());
        let mut stmts = vec![self.assign(local, list)];
        let length = {
            let list = self.read(local);
            sure_method(list, "length", Ty::Int, Vec::new())
        };
        let want = targets.len() as i64;
        if let Some(star) = starred {
            stmts.push(Stmt::Do(call(
                "at_least",
                Ty::None,
                vec![
                    own(length),
                    own(super::build::literal(&(want - 1).to_string(), Ty::Any)),
                ],
            )));
            for (i, target) in targets.iter().enumerate() {
                let list = self.read(local);
                if let Ast::Starred(s) = target {
                    let behind = targets.len() - 1 - star;
                    let start = self.coerce(int(star as i64), &Ty::Opt(Box::new(Ty::Int)));
                    let stop = if behind == 0 {
                        super::build::literal("None::<Int>", Ty::Opt(Box::new(Ty::Int)))
                    } else {
                        self.coerce(int(-(behind as i64)), &Ty::Opt(Box::new(Ty::Int)))
                    };
                    let ty = list.ty.clone();
                    let step = super::build::literal("None::<Int>", Ty::Opt(Box::new(Ty::Int)));
                    let part = call(
                        "text::sliced::<_, Int>",
                        ty,
                        vec![by_ref(list), own(start), own(stop), own(step)],
                    );
                    stmts.extend(self.bind(&s.value, part)?);
                } else {
                    let at = if i < star {
                        i as i64
                    } else {
                        i as i64 - targets.len() as i64
                    };
                    let item = self.item(list, int(at))?;
                    stmts.extend(self.bind(target, item)?);
                }
            }
            return Ok(stmts);
        }
        stmts.push(Stmt::Do(call(
            "tuple::check_count",
            Ty::None,
            vec![
                own(length),
                own(super::build::literal(&want.to_string(), Ty::Any)),
            ],
        )));
        for (i, target) in targets.iter().enumerate() {
            let list = self.read(local);
            let item = self.item(list, int(i as i64))?;
            stmts.extend(self.bind(target, item)?);
        }
        Ok(stmts)
    }
}
