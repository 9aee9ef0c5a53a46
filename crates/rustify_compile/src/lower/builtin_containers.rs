//! Builtin functions of containers: `len`, `list` and `tuple`, and empty ones.

use ruff_python_ast::{Expr as Ast, ExprCall};
use ruff_text_size::Ranged;

use super::build::{block, by_ref, call, int, length, sure_method};
use super::making_sets::set_type;
use super::scope::{Low, Lowerer};
use crate::ir::{Expr, Node, Stmt};
use crate::types::Ty;

impl Lowerer<'_, '_> {
    /// `len(value)`.
    pub(super) fn length_of(&mut self, e: &ExprCall, arg: &Ast) -> Low<Expr> {
        let value = match self.dict_of_view(arg)? {
            Some(dict) => dict,
            None => self.expr(arg)?,
        };
        let value = self.present(value);
        let value = self.as_plain(e, value)?;
        if let Ty::Instance(c) = value.ty
            && let Some(n) = self.special(e, value.clone(), c, "__len__", Vec::new())?
            && n.ty == Ty::Int
        {
            return Ok(n);
        }
        Ok(match &value.ty {
            Ty::Str
            | Ty::Bytes
            | Ty::ByteArray
            | Ty::List(_)
            | Ty::Dict(..)
            | Ty::Set(_)
            | Ty::FrozenSet(_)
            | Ty::Map(..)
            | Ty::Deque(_)
            | Ty::TupleOf(_) => length(value),
            Ty::Array(..) => {
                let n = sure_method(value, "first_extent", Ty::Int, Vec::new());
                Expr {
                    ty: Ty::Int,
                    node: Node::As(Box::new(n)),
                }
            }
            Ty::Tuple(items) => {
                let n = items.len() as i64;
                block(vec![Stmt::Do(value)], int(n))
            }
            Ty::Char => block(vec![Stmt::Do(value)], int(1)),
            _ => {
                let object = self.coerce(value, &Ty::Any);
                let n = call("any::len", Ty::Int, vec![by_ref(object)]);
                Expr {
                    ty: Ty::Int,
                    node: Node::As(Box::new(n)),
                }
            }
        })
    }

    /// `list(items)`.
    pub(super) fn list_made(&mut self, e: &ExprCall, arg: &Ast) -> Low<Expr> {
        if self.iterated(arg) {
            return self.collect_list(e, arg);
        }
        let value = self.expr(arg)?;
        self.list_of(e, value)
    }

    /// `tuple(items)`.
    pub(super) fn tuple_made(&mut self, e: &ExprCall, arg: &Ast) -> Low<Expr> {
        let list = if self.iterated(arg) {
            self.collect_list(e, arg)?
        } else {
            let value = self.expr(arg)?;
            if matches!(value.ty, Ty::Tuple(_) | Ty::TupleOf(_)) {
                return Ok(value);
            }
            self.list_of(e, value)?
        };
        Ok(self.tuple_of(list))
    }

    /// `list()`, `tuple()`, `set()` and their like without arguments.
    pub(super) fn empty_container(&mut self, name: &str, e: &ExprCall) -> Low<Expr> {
        let empty = match name {
            "tuple" => return Ok(self.empty_tuple(e)),
            "list" => Ty::List(self.site(e.range(), 8)),
            "dict" => Ty::Dict(self.site(e.range(), 11), self.site(e.range(), 12)),
            _ => set_type(name, self.site(e.range(), 10)),
        };
        Ok(self.new_container(&empty))
    }
}
