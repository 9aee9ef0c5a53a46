//! Loops over the items of arrays of one axis count places instead, so that what holds for loops over ranges holds for
//! them too.

use std::collections::HashSet;

use crate::ir::{Expr, Function, Local, Node, Pass, Source, Stmt, Variable};
use crate::types::{Scalar, Slot, Ty, Types};
use crate::walk;

/// Makes such loops loops over ranges.
pub(crate) fn count_places(function: &mut Function, types: &mut Types) {
    let mut body = std::mem::take(&mut function.body);
    let mut pass = Places {
        function,
        types,
        slot: None,
    };
    body.iter_mut().for_each(|s| pass.stmt(s));
    function.body = body;
}

struct Places<'f> {
    function: &'f mut Function,
    types: &'f mut Types,
    slot: Option<Slot>,
}

/// What one source of a loop gives.
enum Gives {
    /// The items of an array.
    Items(Local, Scalar, Expr),
    /// Numbers from here on.
    Numbers(Expr),
}

fn whole(node: Node) -> Expr {
    Expr { ty: Ty::Int, node }
}

fn method(receiver: Expr, name: &str, ty: Ty, args: Vec<(Pass, Expr)>, fails: bool) -> Expr {
    Expr {
        ty,
        node: Node::Method {
            receiver: Box::new(receiver),
            name: name.to_owned(),
            args,
            fails,
        },
    }
}

impl Places<'_> {
    fn stmt(&mut self, s: &mut Stmt) {
        self.convert(s);
        walk::inner_mut(s, &mut |stmts| stmts.iter_mut().for_each(|s| self.stmt(s)));
    }

    fn gives(&self, source: &Source) -> Option<Gives> {
        match source {
            Source::Each(e) => {
                let Node::Method { receiver, name, .. } = &e.node else {
                    return None;
                };
                let (Ty::Array(scalar, 1), Node::Local(array)) = (&receiver.ty, &receiver.node)
                else {
                    return None;
                };
                let variable = &self.function.locals[*array];
                if name != "iter" || variable.maybe_unbound || variable.by_ref {
                    return None;
                }
                Some(Gives::Items(*array, *scalar, (**receiver).clone()))
            }
            Source::Range(e) => match &e.node {
                Node::Call { path, args, .. } if path.starts_with("count_from") => {
                    let (_, start) = args.first()?;
                    matches!(start.node, Node::Literal(_)).then(|| Gives::Numbers(start.clone()))
                }
                _ => None,
            },
        }
    }

    fn convert(&mut self, s: &mut Stmt) {
        let mut changed = HashSet::new();
        walk::changed(std::slice::from_ref(s), &mut changed);
        let Stmt::For { sources, body, .. } = s else {
            return;
        };
        let all: Option<Vec<(Local, Gives)>> = sources
            .iter()
            .map(|(local, source)| Some((*local, self.gives(source)?)))
            .collect();
        let Some(all) = all else {
            return;
        };
        let mut stop: Option<Expr> = None;
        for (_, gives) in &all {
            let Gives::Items(array, _, receiver) = gives else {
                continue;
            };
            if changed.contains(array) {
                return;
            }
            let n = method(receiver.clone(), "first_extent", Ty::Int, Vec::new(), false);
            let n = whole(Node::As(Box::new(n)));
            stop = Some(match stop {
                None => n,
                Some(other) => method(n, "min", Ty::Int, vec![(Pass::Own, other)], false),
            });
        }
        let Some(stop) = stop else {
            return;
        };
        let slot = *self.slot.get_or_insert_with(|| self.types.fresh(Ty::Int));
        let place = self.function.locals.len();
        let mut name = "place".to_owned();
        while self.function.locals.iter().any(|v| v.name == name) {
            name.push('_');
        }
        self.function.locals.push(Variable {
            name,
            slot,
            maybe_unbound: false,
            in_place: false,
            by_ref: false,
        });
        let mut firsts = Vec::new();
        for (local, gives) in all {
            self.function.locals[local].in_place = true;
            let at = whole(Node::Local(place));
            let value = match gives {
                Gives::Items(_, scalar, receiver) => {
                    let indices = Expr {
                        ty: Ty::Any,
                        node: Node::Array(vec![at]),
                    };
                    method(
                        receiver,
                        "get",
                        Ty::Np(scalar),
                        vec![(Pass::Own, indices)],
                        true,
                    )
                }
                Gives::Numbers(start) => match &start.node {
                    Node::Literal(text) if text == "0" => at,
                    _ => whole(Node::Call {
                        path: "int::add".to_owned(),
                        args: vec![(Pass::Own, at), (Pass::Own, start)],
                        fails: true,
                    }),
                },
            };
            firsts.push(Stmt::Assign(local, value));
        }
        firsts.append(body);
        *body = firsts;
        let zero = whole(Node::Literal("0".to_owned()));
        let range = Expr {
            ty: Ty::Any,
            node: Node::Call {
                path: "upto::<Int>".to_owned(),
                args: vec![(Pass::Own, zero), (Pass::Own, stop)],
                fails: false,
            },
        };
        *sources = vec![(place, Source::Range(range))];
    }
}
