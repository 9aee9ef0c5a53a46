//! Builtin functions of containers: `len`, `list`, `tuple` and `dict`.

use ruff_python_ast::{Expr as Ast, ExprCall};
use ruff_text_size::Ranged;

use super::build::{block, by_ref, call, int, length, literal, method, own, sure_method};
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

    /// `dict(items)`.
    pub(super) fn dict_of(&mut self, e: &ExprCall, arg: &Ast) -> Low<Expr> {
        let mut unknown = None;
        if !self.iterated(arg) {
            let value = self.expr(arg)?;
            if let Ty::Map(_, k, v) = value.ty {
                let view = self.as_dict(value, k, v);
                return Ok(method(view, "entries", Ty::Dict(k, v), Vec::new()));
            }
            if let Ty::Dict(..) = value.ty {
                let ty = value.ty.clone();
                return Ok(method(value, "copy", ty, Vec::new()));
            }
            if let Ty::Any | Ty::Opt(_) = value.ty {
                let any = self.coerce(value, &Ty::Any);
                unknown = Some(call("any::pairs", Ty::Any, vec![by_ref(any)]));
            }
        }
        let (k, v) = (self.site(e.range(), 11), self.site(e.range(), 12));
        self.filled(e, &Ty::Dict(k, v), |l, dict| {
            let each = |l: &mut Self, item: Expr| {
                let pair = l.temporary("pair", e, &item.ty.clone());
                let mut stmts = vec![l.assign(pair, item)];
                let whole = l.read(pair);
                if !matches!(&whole.ty, Ty::Tuple(items) if items.len() == 2) {
                    let object = l.coerce(whole, &Ty::Any);
                    let count = call("any::len", Ty::Int, vec![by_ref(object)]);
                    let two = literal("2", Ty::Any);
                    let args = vec![own(count), own(two)];
                    stmts.push(Stmt::Do(call("tuple::check_count", Ty::None, args)));
                }
                let (first, second) = (l.read(pair), l.read(pair));
                let (key, value) = (l.item(first, int(0))?, l.item(second, int(1))?);
                stmts.push(l.add_entry(dict, key, value));
                Ok(stmts)
            };
            let Some(pairs) = unknown else {
                return l.for_each(arg, each);
            };
            let items = l.each(e, pairs)?;
            let mut body = items.before;
            body.extend(each(l, items.item)?);
            Ok(vec![Stmt::For {
                id: l.next_id(),
                sources: items.sources,
                body,
                orelse: Vec::new(),
            }])
        })
    }
}
