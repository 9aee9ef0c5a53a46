//! Which lists a function has made itself, so that no other name can mean them or their rows.

use super::writer::Writer;
use crate::ir::{Expr, Local, Node, Source, Stmt};
use crate::types::Ty;

impl Writer<'_, '_> {
    /// Whether a list is one of the caller's for the whole function.
    pub(super) fn is_given(&self, list: Local) -> bool {
        list < self.function.params
            && !self.assigned.contains_key(&list)
            && !self.function.locals[list].by_ref
    }

    /// Whether all values of a variable are lists made by this function, in Rust or as new objects.
    pub(super) fn is_made_here(&self, list: Local, depth: u32) -> bool {
        let Some(values) = self.assigned.get(&list) else {
            return false;
        };
        depth < 8
            && list >= self.function.params
            && !self.function.locals[list].by_ref
            && values.iter().all(|e| self.is_new(e, depth))
    }

    pub(super) fn is_new(&self, e: &Expr, depth: u32) -> bool {
        match &e.node {
            Node::Call { path, .. } => {
                path.starts_with("<List<")
                    && (path.ends_with(">>::new") || path.ends_with(">>::of"))
            }
            Node::Method { receiver, name, .. } => {
                matches!(receiver.ty, Ty::List(_))
                    && matches!(name.as_str(), "concat" | "repeat" | "copy")
            }
            Node::Block(_, value) => match value.node {
                Node::Local(local) => self.is_made_here(local, depth + 1),
                _ => self.is_new(value, depth),
            },
            _ => false,
        }
    }

    /// Whether a list is made by this function and so are all lists that any list of it may hold.
    pub(super) fn is_made_with_rows(&self, list: Local) -> bool {
        self.is_made_here(list, 0) && self.rows_are_new(&self.function.body)
    }

    /// Whether statements put only new lists into lists, and give none with rows away.
    fn rows_are_new(&self, stmts: &[Stmt]) -> bool {
        stmts.iter().all(|s| match s {
            Stmt::Assign(_, e) | Stmt::Do(e) | Stmt::Return(e) | Stmt::Raise(e) => {
                self.row_is_new(e)
            }
            Stmt::If(e, a, b) => self.row_is_new(e) && self.rows_are_new(a) && self.rows_are_new(b),
            Stmt::For {
                sources,
                body,
                orelse,
                ..
            } => {
                sources.iter().all(|(_, source)| {
                    let (Source::Range(e) | Source::Each(e)) = source;
                    self.row_is_new(e)
                }) && self.rows_are_new(body)
                    && self.rows_are_new(orelse)
            }
            Stmt::While {
                test, body, orelse, ..
            } => self.row_is_new(test) && self.rows_are_new(body) && self.rows_are_new(orelse),
            Stmt::Break(_) | Stmt::Continue(_) | Stmt::Unbind(_) => true,
            Stmt::Try { .. } | Stmt::Reraise(_) => false,
        })
    }

    /// Whether a type is that of lists that hold lists.
    fn has_rows(&self, ty: &Ty) -> bool {
        matches!(ty, Ty::List(slot) if self.holds_list(&self.unit.types.get(*slot)))
    }

    /// Whether a value may be or hold such a list.
    fn reaches_rows(&self, ty: &Ty) -> bool {
        self.has_rows(ty) || !matches!(ty, Ty::List(_)) && self.holds_list(ty)
    }

    fn row_is_new(&self, e: &Expr) -> bool {
        match &e.node {
            Node::Local(_) | Node::Literal(_) | Node::Constant(_) | Node::Capture(_) => true,
            Node::Method {
                receiver,
                name,
                args,
                ..
            } => {
                let stays = match name.as_str() {
                    "get" | "get_in" | "length" | "iter" => true,
                    "set" | "append" if self.has_rows(&receiver.ty) => {
                        args.last().is_some_and(|(_, item)| self.is_new(item, 0))
                    }
                    _ => !self.has_rows(&receiver.ty),
                };
                stays && self.row_is_new(receiver) && args.iter().all(|(_, a)| self.row_is_new(a))
            }
            Node::Call { path, args, .. } if path.starts_with("<List<") => args
                .iter()
                .all(|(_, a)| self.row_is_new(a) && self.items_are_new(a)),
            Node::Call { args, .. } => args.iter().all(|(_, a)| {
                self.row_is_new(a)
                    && (!self.reaches_rows(&a.ty) || matches!(a.node, Node::Capture(_)))
            }),
            Node::Function(_, args) => args
                .iter()
                .all(|a| self.row_is_new(a) && !self.reaches_rows(&a.ty)),
            Node::Infix(_, a, b) => self.row_is_new(a) && self.row_is_new(b),
            Node::Prefix(_, a) | Node::Field(a, _) | Node::As(a) => self.row_is_new(a),
            Node::Choice(t, a, b) => [t, a, b].into_iter().all(|x| self.row_is_new(x)),
            Node::Tuple(items) | Node::Array(items) => items.iter().all(|i| self.row_is_new(i)),
            Node::Block(stmts, value) => self.rows_are_new(stmts) && self.row_is_new(value),
            Node::Borrow(_) | Node::Fused(..) => false,
        }
    }

    /// Whether the items that a list is made of are no lists but new ones.
    fn items_are_new(&self, items: &Expr) -> bool {
        match &items.node {
            Node::Array(items) => items
                .iter()
                .all(|i| !self.holds_list(&i.ty) || self.is_new(i, 0)),
            _ => !self.reaches_rows(&items.ty),
        }
    }
}
