//! `numpy.ndindex` and `numpy.ndenumerate`: a loop over the indices of each axis, one inside the other.

use ruff_python_ast::name::Name;
use ruff_python_ast::{
    AtomicNodeIndex, Expr as Ast, ExprCall, ExprContext, ExprName, ExprSubscript, ExprTuple,
};
use ruff_text_size::Ranged;

use super::build::{boolean, give_up_if, infix, int, own, sure};
use super::iterate::WithItem;
use super::redirect::{breaks, redirected};
use super::scope::{Low, Lowerer};
use crate::ir::{Expr, Local, Node, Source, Stmt};
use crate::types::Ty;

/// The most axes that have loops of their own.
const MOST_AXES: usize = 4;

impl Lowerer<'_, '_> {
    /// The function that a call is of, if it is `numpy.ndindex` or `numpy.ndenumerate`.
    fn index_function(&self, c: &ExprCall) -> Option<&'static str> {
        if !c.arguments.keywords.is_empty() {
            return None;
        }
        let (_, module, name) = self.imported(&c.func)?;
        if module != "numpy" {
            return None;
        }
        match name.as_str() {
            "ndindex" => Some("ndindex"),
            "ndenumerate" if c.arguments.args.len() == 1 => Some("ndenumerate"),
            _ => None,
        }
    }

    /// Whether a call walks through the indices of an array.
    pub(super) fn walks_indices(&self, c: &ExprCall) -> bool {
        self.index_function(c).is_some()
    }

    /// A loop over such a call.
    pub(super) fn each_index(&mut self, c: &ExprCall, body: WithItem<'_, Self>) -> Low<Vec<Stmt>> {
        let name = self.index_function(c).unwrap_or_default();
        if let Some((place, ..)) = self.imported(&c.func) {
            self.capture(place);
        }
        let mut stmts = Vec::new();
        if name == "ndenumerate" {
            return self.each_numbered(c, stmts, body);
        }
        let mut extents = Vec::new();
        for (i, arg) in c.arguments.args.iter().enumerate() {
            let (arg, is_spread) = match arg {
                Ast::Starred(s) => (&*s.value, true),
                other => (other, c.arguments.args.len() == 1),
            };
            let value = self.expr(arg)?;
            let value = self.present(value);
            let kept = self.temporary(&format!("extents_{i}"), arg, &value.ty.clone());
            stmts.push(self.assign(kept, value.clone()));
            match &value.ty {
                Ty::Tuple(items) if is_spread => {
                    for (at, ty) in items.iter().enumerate() {
                        let tuple = self.read(kept);
                        extents.push(Expr {
                            ty: ty.clone(),
                            node: Node::Field(Box::new(tuple), at),
                        });
                    }
                }
                _ => extents.push(self.read(kept)),
            }
        }
        if extents.iter().any(|e| e.ty == Ty::Never) {
            return Ok(stmts);
        }
        if !(1..=MOST_AXES).contains(&extents.len()) || extents.iter().any(|e| e.ty != Ty::Int) {
            return self.no(
                c,
                "library-call",
                "`numpy.ndindex` of what is no shape of up to four axes here",
                "Write a loop for each axis.",
            );
        }
        for extent in &extents {
            stmts.push(give_up_if(infix("<", Ty::Bool, extent.clone(), int(0))));
        }
        stmts.extend(self.index_loops(c, extents, |l, indices| {
            let indices: Vec<Expr> = indices.iter().map(|&i| l.read(i)).collect();
            let item = Expr {
                ty: Ty::Tuple(vec![Ty::Int; indices.len()]),
                node: Node::Tuple(indices),
            };
            body(l, item)
        })?);
        Ok(stmts)
    }

    /// A loop over `ndenumerate(array)`.
    fn each_numbered(
        &mut self,
        c: &ExprCall,
        mut stmts: Vec<Stmt>,
        body: WithItem<'_, Self>,
    ) -> Low<Vec<Stmt>> {
        let arg = &c.arguments.args[0];
        let value = self.expr(arg)?;
        let value = self.present(value);
        let axes = match value.ty {
            Ty::Array(_, axes) => axes,
            Ty::Never => return Ok(stmts),
            _ => {
                return self.no(
                    arg,
                    "library-call",
                    "`numpy.ndenumerate` of what is no array here",
                    "Write a loop for each axis.",
                );
            }
        };
        let array = self.set_aside(arg, value, &mut stmts);
        let Ast::Name(name) = &array else {
            return Ok(stmts);
        };
        let Some(local) = self.find(&name.id) else {
            return Ok(stmts);
        };
        let mut extents = Vec::new();
        for axis in 0..axes {
            let axis = own(super::build::literal(&axis.to_string(), Ty::Any));
            let array = self.read(local);
            let extent = super::build::sure_method(array, "extent", Ty::Int, vec![axis]);
            extents.push(Expr {
                ty: Ty::Int,
                node: Node::As(Box::new(extent)),
            });
        }
        stmts.extend(self.index_loops(c, extents, |l, indices| {
            let mut names = Vec::new();
            for (axis, &index) in indices.iter().enumerate() {
                let name = format!("index {axis} {}", c.range().start().to_u32());
                l.scopes[0].insert(name.clone(), index);
                names.push(named(c, &name));
            }
            let key = match names.len() {
                1 => names.remove(0),
                _ => Ast::Tuple(ExprTuple {
                    node_index: AtomicNodeIndex::NONE,
                    range: c.range(),
                    elts: names,
                    ctx: ExprContext::Load,
                    parenthesized: true,
                }),
            };
            let item = l.expr(&Ast::Subscript(ExprSubscript {
                node_index: AtomicNodeIndex::NONE,
                range: c.range(),
                value: Box::new(array.clone()),
                slice: Box::new(key),
                ctx: ExprContext::Load,
            }))?;
            let kept = l.temporary("numbered", c, &item.ty.clone());
            let keep = l.assign(kept, item);
            let item = l.read(kept);
            let indices: Vec<Expr> = indices.iter().map(|&i| l.read(i)).collect();
            let indices = Expr {
                ty: Ty::Tuple(vec![Ty::Int; indices.len()]),
                node: Node::Tuple(indices),
            };
            let pair = Expr {
                ty: Ty::Tuple(vec![indices.ty.clone(), item.ty.clone()]),
                node: Node::Tuple(vec![indices, item]),
            };
            let mut stmts = vec![keep];
            stmts.extend(body(l, pair)?);
            Ok(stmts)
        })?);
        Ok(stmts)
    }

    /// Loops over the indices below some extents, the last of which turns fastest.
    fn index_loops(
        &mut self,
        at: &impl Ranged,
        extents: Vec<Expr>,
        body: impl FnOnce(&mut Self, &[Local]) -> Low<Vec<Stmt>>,
    ) -> Low<Vec<Stmt>> {
        let mut indices = Vec::new();
        let mut ids = Vec::new();
        let mut stmts = Vec::new();
        let mut bounds = Vec::new();
        for (axis, extent) in extents.into_iter().enumerate() {
            let bound = self.temporary(&format!("extent_{axis}"), at, &Ty::Int);
            stmts.push(self.assign(bound, extent));
            bounds.push(bound);
            indices.push(self.temporary(&format!("index_{axis}"), at, &Ty::Int));
            ids.push(self.next_id());
        }
        let Some(&last) = ids.last() else {
            return Ok(stmts);
        };
        self.loops.push(last);
        let made = body(self, &indices);
        self.loops.pop();
        let made = made?;
        let (outer, next) = (self.next_id(), self.next_id());
        let mut goes_on = false;
        let left = redirected(made.clone(), last, outer, next, &mut goes_on);
        // A `break` leaves all loops, a `continue` goes on with the innermost.
        let leaves = ids.len() > 1 && breaks(&left, outer);
        let mut inner = match (leaves, goes_on) {
            (false, _) => made,
            (true, false) => left,
            (true, true) => {
                let mut turn = left;
                turn.push(Stmt::Break(next));
                vec![Stmt::While {
                    id: next,
                    test: boolean(true),
                    body: turn,
                    orelse: Vec::new(),
                }]
            }
        };
        for ((&id, &index), &bound) in ids.iter().zip(&indices).zip(&bounds).rev() {
            let end = self.read(bound);
            let range = sure("upto::<Int>", Ty::Any, vec![own(int(0)), own(end)]);
            inner = vec![Stmt::For {
                id,
                sources: vec![(index, Source::Range(range))],
                body: inner,
                orelse: Vec::new(),
            }];
        }
        if leaves {
            inner.push(Stmt::Break(outer));
            inner = vec![Stmt::While {
                id: outer,
                test: boolean(true),
                body: inner,
                orelse: Vec::new(),
            }];
        }
        stmts.extend(inner);
        Ok(stmts)
    }
}

fn named(at: &impl Ranged, name: &str) -> Ast {
    Ast::Name(ExprName {
        node_index: AtomicNodeIndex::NONE,
        range: at.range(),
        id: Name::new(name),
        ctx: ExprContext::Load,
    })
}
