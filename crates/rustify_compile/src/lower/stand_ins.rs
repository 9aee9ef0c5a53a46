//! `defaultdict(lambda: …)` and `OrderedDict()` that nobody outside the function sees: a plain dict stands in for
//! them, and what only they do is written out where it is done.

use ruff_python_ast::visitor::{Visitor, walk_expr, walk_stmt};
use ruff_python_ast::{
    AtomicNodeIndex, CmpOp, Comprehension, Expr as Ast, ExprAttribute, ExprCall, ExprCompare,
    ExprContext, ExprDict, ExprName, ExprSubscript, Stmt as AstStmt, StmtAugAssign, UnaryOp,
};
use ruff_text_size::Ranged;

use super::build::{block, give_up_if, infix, int, length};
use super::kept_iterators::Uses;
use super::scope::{Low, Lowerer};
use crate::ir::{Expr, Local, Node, Stmt};
use crate::types::Ty;

impl Lowerer<'_, '_> {
    /// `name = defaultdict(lambda: value)` and `name = OrderedDict(…)`.
    pub(super) fn stand_in(&mut self, s: &AstStmt) -> Low<Option<Vec<Stmt>>> {
        let (target, value) = match s {
            AstStmt::Assign(a) => match a.targets.as_slice() {
                [target] => (target, &*a.value),
                _ => return Ok(None),
            },
            AstStmt::AnnAssign(a) => match &a.value {
                Some(value) => (&*a.target, &**value),
                None => return Ok(None),
            },
            _ => return Ok(None),
        };
        let (Ast::Name(n), Ast::Call(c)) = (target, value) else {
            return Ok(None);
        };
        let Some((place, module, name)) = self.imported(&c.func) else {
            return Ok(None);
        };
        if module != "collections" || !c.arguments.keywords.is_empty() {
            return Ok(None);
        }
        let (first, default) = match (name.as_str(), &c.arguments.args[..]) {
            ("defaultdict", [factory]) => match self.made_by(factory) {
                Some(made) => (None, Some(made)),
                None => return Ok(None),
            },
            ("OrderedDict", []) => (None, None),
            ("OrderedDict", [items]) => (Some(items), None),
            _ => return Ok(None),
        };
        if !self.stays_inside(&n.id) {
            return Ok(None);
        }
        let dict = match first {
            None => self.expr(&Ast::Dict(ExprDict {
                node_index: AtomicNodeIndex::NONE,
                range: c.range(),
                items: Vec::new(),
            }))?,
            Some(items) => {
                self.uses_builtin("dict");
                self.dict_of(c, items)?
            }
        };
        if !matches!(dict.ty, Ty::Dict(..)) {
            return Ok(None);
        }
        self.capture(place);
        let stmts = self.bind(target, dict)?;
        let Some(local) = self.find(&n.id) else {
            return Ok(None);
        };
        match default {
            Some(made) => {
                self.stand_ins.defaults.insert(local, made);
            }
            None => self.stand_ins.ordered.push(local),
        }
        Ok(Some(stmts))
    }

    /// What a factory of default values computes: the body of a lambda, a call of a function or class of the file.
    fn made_by(&self, factory: &Ast) -> Option<Ast> {
        match factory {
            Ast::Lambda(l) if l.parameters.is_none() => Some((*l.body).clone()),
            Ast::Name(n) if self.find(&n.id).is_none() && !self.is_builtin(&n.id) => {
                Some(called(factory, factory.clone(), Vec::new()))
            }
            _ => None,
        }
    }

    /// Whether a dict is only looked into and changed where its name stands, and has one value.
    fn stays_inside(&self, name: &str) -> bool {
        let def = &self.unit.program.functions[self.function()];
        let mut uses = Uses::of(name);
        uses.visit_body(&def.node.body);
        let mut seen = Inside {
            name,
            found: 0,
            builtin: &|n| self.is_builtin(n),
        };
        seen.visit_body(&def.node.body);
        uses.stores == 1
            && !uses.hidden
            && uses.loads.len() == seen.found
            && def.free.iter().all(|(free, _)| free != name)
            && def.parameter_names().iter().all(|p| p != name)
            && !self.globals.contains(name)
    }

    fn stood_in(&self, e: &Ast) -> Option<Local> {
        match e {
            Ast::Name(n) => self.find(&n.id),
            _ => None,
        }
    }

    /// The key of an entry that a `defaultdict` is asked for, as a name, once the entry is there.
    fn with_entry(&mut self, e: &ExprSubscript) -> Low<Option<(Vec<Stmt>, Ast)>> {
        let made = self
            .stood_in(&e.value)
            .and_then(|l| self.stand_ins.defaults.get(&l));
        let Some(made) = made.cloned() else {
            return Ok(None);
        };
        let mut stmts = Vec::new();
        let key = self.expr(&e.slice)?;
        let key = self.set_aside(&e.slice, key, &mut stmts);
        let test = Ast::Compare(ExprCompare {
            node_index: AtomicNodeIndex::NONE,
            range: e.range,
            left: Box::new(key.clone()),
            ops: Box::new([CmpOp::NotIn]),
            comparators: Box::new([(*e.value).clone()]),
        });
        let test = self.condition(&test)?;
        let store = self.bind_made(e, &key, made)?;
        stmts.push(Stmt::If(test, store, Vec::new()));
        Ok(Some((stmts, key)))
    }

    /// `dict[key] = made`.
    fn bind_made(&mut self, e: &ExprSubscript, key: &Ast, made: Ast) -> Low<Vec<Stmt>> {
        let value = self.expr(&made)?;
        self.bind(
            &Ast::Subscript(ExprSubscript {
                slice: Box::new(key.clone()),
                ctx: ExprContext::Store,
                ..e.clone()
            }),
            value,
        )
    }

    /// `dict[key]` of a `defaultdict`.
    pub(super) fn default_item(&mut self, e: &ExprSubscript) -> Low<Option<Expr>> {
        let Some((stmts, key)) = self.with_entry(e)? else {
            return Ok(None);
        };
        let dict = self.expr(&e.value)?;
        let index = self.expr(&key)?;
        let item = self.item(dict, index)?;
        Ok(Some(block(stmts, item)))
    }

    /// `dict[key] op= value` of a `defaultdict`.
    pub(super) fn default_augmented(&mut self, s: &StmtAugAssign) -> Low<Option<Vec<Stmt>>> {
        let Ast::Subscript(e) = &*s.target else {
            return Ok(None);
        };
        let Some((mut stmts, key)) = self.with_entry(e)? else {
            return Ok(None);
        };
        // The entry is there now, and the dict is a plain one for the rest.
        let Some(local) = self.stood_in(&e.value) else {
            return Ok(None);
        };
        let made = self.stand_ins.defaults.remove(&local);
        let done = self.augmented(&StmtAugAssign {
            target: Box::new(Ast::Subscript(ExprSubscript {
                slice: Box::new(key),
                ..e.clone()
            })),
            ..s.clone()
        });
        if let Some(made) = made {
            self.stand_ins.defaults.insert(local, made);
        }
        stmts.extend(done?);
        Ok(Some(stmts))
    }

    /// `move_to_end` and `popitem` of an `OrderedDict`.
    pub(super) fn ordered_method(&mut self, e: &ExprCall) -> Low<Option<Expr>> {
        let Ast::Attribute(a) = &*e.func else {
            return Ok(None);
        };
        if !matches!(a.attr.as_str(), "move_to_end" | "popitem") {
            return Ok(None);
        }
        let Some(local) = self.stood_in(&a.value) else {
            return Ok(None);
        };
        if !self.stand_ins.ordered.contains(&local) {
            return Ok(None);
        }
        let last = match &e.arguments.keywords[..] {
            [] => None,
            [k] if k.arg.as_ref().is_some_and(|n| n.as_str() == "last") => Some(&k.value),
            _ => return Ok(None),
        };
        let is_last = match last {
            None => true,
            Some(Ast::BooleanLiteral(b)) => b.value,
            Some(_) => {
                return self.no(
                    e,
                    "method",
                    "`last` of an `OrderedDict`'s method is no constant",
                    "Write `True` or `False`.",
                );
            }
        };
        let mut stmts = Vec::new();
        match (a.attr.as_str(), &e.arguments.args[..], is_last) {
            ("move_to_end", [key], true) => {
                let value = self.expr(key)?;
                let key = self.set_aside(key, value, &mut stmts);
                let taken = called(e, with_name(a, "pop"), vec![key.clone()]);
                let value = self.expr(&taken)?;
                let target = Ast::Subscript(ExprSubscript {
                    node_index: AtomicNodeIndex::NONE,
                    range: e.range(),
                    value: a.value.clone(),
                    slice: Box::new(key),
                    ctx: ExprContext::Store,
                });
                let moved = self.temporary("moved", e, &value.ty.clone());
                stmts.push(self.assign(moved, value));
                let value = self.read(moved);
                stmts.extend(self.bind(&target, value)?);
                Ok(Some(block(stmts, super::build::none())))
            }
            ("popitem", [], true) => {
                let plain = called(e, with_name(a, "popitem"), Vec::new());
                let Ast::Call(plain) = plain else {
                    return Ok(None);
                };
                let dict = self.expr(&a.value)?;
                self.method_call(&plain, dict, "popitem").map(Some)
            }
            ("popitem", [], false) => {
                let dict = self.expr(&a.value)?;
                stmts.push(give_up_if(infix("==", Ty::Bool, length(dict), int(0))));
                let walk = called(e, builtin(e, "iter"), vec![(*a.value).clone()]);
                let first = self.expr(&called(e, builtin(e, "next"), vec![walk]))?;
                let key = self.set_aside(&a.value, first, &mut stmts);
                let taken = called(e, with_name(a, "pop"), vec![key.clone()]);
                let value = self.expr(&taken)?;
                let kept = self.temporary("popped", e, &value.ty.clone());
                stmts.push(self.assign(kept, value));
                let pair = vec![self.expr(&key)?, self.read(kept)];
                let pair = Expr {
                    ty: Ty::Tuple(pair.iter().map(|p| p.ty.clone()).collect()),
                    node: Node::Tuple(pair),
                };
                Ok(Some(block(stmts, pair)))
            }
            _ => self.no(
                e,
                "method",
                format!("`OrderedDict.{}` like this", a.attr),
                "Use it with `last` as it is by default.",
            ),
        }
    }
}

fn builtin(at: &impl Ranged, name: &str) -> Ast {
    Ast::Name(ExprName {
        node_index: AtomicNodeIndex::NONE,
        range: at.range(),
        id: name.into(),
        ctx: ExprContext::Load,
    })
}

fn with_name(a: &ExprAttribute, name: &str) -> Ast {
    Ast::Attribute(ExprAttribute {
        attr: ruff_python_ast::Identifier::new(name, a.attr.range),
        ..a.clone()
    })
}

/// A call with plain arguments.
fn called(at: &impl Ranged, function: Ast, args: Vec<Ast>) -> Ast {
    let range = at.range();
    Ast::Call(ExprCall {
        node_index: AtomicNodeIndex::NONE,
        range_start: range.start(),
        func: Box::new(function),
        arguments: ruff_python_ast::Arguments {
            range,
            node_index: AtomicNodeIndex::NONE,
            args: args.into(),
            keywords: std::iter::empty().collect(),
        },
    })
}

/// Counts the places that read a name and neither keep nor show the dict that it has.
struct Inside<'n> {
    name: &'n str,
    found: usize,
    builtin: &'n dyn Fn(&str) -> bool,
}

impl Inside<'_> {
    fn count(&mut self, e: &Ast) {
        self.found += usize::from(matches!(e, Ast::Name(n) if n.id == self.name));
    }
}

impl<'a> Visitor<'a> for Inside<'_> {
    fn visit_stmt(&mut self, s: &'a AstStmt) {
        match s {
            AstStmt::For(f) => self.count(&f.iter),
            AstStmt::If(i) => {
                self.count(&i.test);
                let clauses = i.elif_else_clauses.iter().filter_map(|c| c.test.as_ref());
                clauses.for_each(|test| self.count(test));
            }
            AstStmt::While(w) => self.count(&w.test),
            _ => {}
        }
        walk_stmt(self, s);
    }

    fn visit_comprehension(&mut self, c: &'a Comprehension) {
        self.count(&c.iter);
        ruff_python_ast::visitor::walk_comprehension(self, c);
    }

    fn visit_expr(&mut self, e: &'a Ast) {
        match e {
            Ast::Subscript(s) => self.count(&s.value),
            Ast::UnaryOp(u) if u.op == UnaryOp::Not => self.count(&u.operand),
            Ast::Compare(c) => {
                for (op, right) in c.ops.iter().zip(&c.comparators) {
                    if matches!(op, CmpOp::In | CmpOp::NotIn) && c.ops.len() == 1 {
                        self.count(right);
                    }
                }
            }
            Ast::Attribute(a)
                if matches!(
                    a.attr.as_str(),
                    "items"
                        | "keys"
                        | "values"
                        | "get"
                        | "pop"
                        | "setdefault"
                        | "clear"
                        | "update"
                        | "popitem"
                        | "move_to_end"
                ) =>
            {
                self.count(&a.value);
            }
            Ast::Call(c)
                if matches!(&*c.func, Ast::Name(n) if (self.builtin)(&n.id) && matches!(
                    n.id.as_str(),
                    "len" | "sorted" | "list" | "tuple" | "set" | "frozenset" | "dict" | "sum" | "min" | "max"
                        | "any" | "all" | "enumerate"
                )) =>
            {
                if let Some(first) = c.arguments.args.first() {
                    self.count(first);
                }
            }
            _ => {}
        }
        walk_expr(self, e);
    }
}
