//! `in`: containers that know their items, and literals that are written down.

use ruff_python_ast::Expr as Ast;
use ruff_text_size::Ranged;

use super::build::{block, boolean, by_ref, call, infix, method, own, sure};
use super::scope::{Low, Lowerer};
use crate::ir::{Expr, Node, Stmt};
use crate::types::{Scalar, Slot, Ty};

/// More literals than this are looked up in their container.
const MOST_COMPARED: usize = 16;

impl Lowerer<'_, '_> {
    /// Whether a number or a text is one of some literals: compared with each of them, as Python would with a tuple.
    pub(super) fn among(&mut self, container: &Ast, item: &Expr) -> Low<Option<Expr>> {
        let literals = match container {
            Ast::Tuple(t) => &t.elts,
            Ast::List(l) => &l.elts,
            Ast::Set(s) => &s.elts,
            _ => return Ok(None),
        };
        let is_text = |ty: &Ty| matches!(ty, Ty::Str | Ty::Char);
        let is_number = |ty: &Ty| matches!(ty, Ty::Int | Ty::Float | Ty::Bool | Ty::Num);
        // A set looks for numbers of equal hash, which of narrower floats there may be none for an equal literal.
        let is_np = match item.ty {
            Ty::Np(d) => {
                d.is_int()
                    || d == Scalar::Float64
                    || d == Scalar::Float32 && !matches!(container, Ast::Set(_))
            }
            _ => false,
        };
        if literals.len() > MOST_COMPARED
            || !is_text(&item.ty) && !is_number(&item.ty) && !is_np
            || !literals.iter().all(is_literal)
        {
            return Ok(None);
        }
        let mut before = Vec::new();
        let kept = match item.node {
            Node::Local(local) => local,
            _ => {
                let kept = self.temporary("sought", container, &item.ty.clone());
                before.push(self.assign(kept, item.clone()));
                kept
            }
        };
        let mut found: Option<Expr> = None;
        for literal in literals {
            let literal = self.expr(literal)?;
            // A number equals no text, and neither equals `None`.
            if literal.ty == Ty::None
                || is_text(&item.ty) && is_number(&literal.ty)
                || (is_number(&item.ty) || is_np) && is_text(&literal.ty)
            {
                continue;
            }
            if !is_text(&literal.ty) && !is_number(&literal.ty) {
                return Ok(None);
            }
            let item = self.read(kept);
            let same = if is_np {
                let same = self.compare(container, ruff_python_ast::CmpOp::Eq, item, literal)?;
                self.truth(same)
            } else {
                self.equal(item, literal)
            };
            found = Some(match found {
                Some(so_far) => infix("||", Ty::Bool, so_far, same),
                None => same,
            });
        }
        Ok(Some(block(before, found.unwrap_or_else(|| boolean(false)))))
    }

    /// What an item of `dict.keys()` or `dict.values()` is sought in: the dict, or a list of the values.
    pub(super) fn viewed(&mut self, container: &Ast) -> Low<Option<Expr>> {
        let Ast::Call(c) = container else {
            return Ok(None);
        };
        let Ast::Attribute(a) = &*c.func else {
            return Ok(None);
        };
        let is_plain = matches!(&*a.value, Ast::Name(_))
            || matches!(&*a.value, Ast::Attribute(a) if matches!(&*a.value, Ast::Name(_)));
        if !is_plain || !c.arguments.is_empty() || !matches!(a.attr.as_str(), "keys" | "values") {
            return Ok(None);
        }
        let dict = self.expr(&a.value)?;
        let dict = self.present(dict);
        if !matches!(dict.ty, Ty::Dict(..) | Ty::Map(..)) {
            return Ok(None);
        }
        if a.attr.as_str() == "keys" {
            return Ok(Some(dict));
        }
        self.collect_list(container, container).map(Some)
    }

    /// `item in container`.
    pub(super) fn contains(&mut self, at: &impl Ranged, container: Expr, item: Expr) -> Low<Expr> {
        let container = self.present(container);
        let container = match container.ty {
            Ty::Map(_, k, v) => self.as_dict(container, k, v),
            _ => container,
        };
        Ok(match &container.ty {
            Ty::Str if item.ty == Ty::Char => sure(
                "text::contains_char",
                Ty::Bool,
                vec![by_ref(container), own(item)],
            ),
            Ty::Str if item.ty == Ty::Str => call(
                "text::contains",
                Ty::Bool,
                vec![by_ref(container), by_ref(item)],
            ),
            Ty::Dict(key, _) | Ty::Set(key) | Ty::FrozenSet(key) => {
                let ty = self.unit.types.get(*key);
                let is_item = self.unit.types.same(&ty, &item.ty);
                if is_item || ty == Ty::Str && item.ty == Ty::Char || ty == Ty::Any {
                    let item = self.coerce(item, &ty);
                    return Ok(method(container, "contains", Ty::Bool, vec![by_ref(item)]));
                }
                self.any_contains(container, item)
            }
            Ty::List(slot) => {
                let ty = self.unit.types.get(*slot);
                if ty == item.ty && matches!(ty, Ty::Int | Ty::Float | Ty::Char | Ty::Bool) {
                    return Ok(method(container, "contains", Ty::Bool, vec![by_ref(item)]));
                }
                if ty == Ty::Any {
                    let item = self.coerce(item, &ty);
                    let args = vec![by_ref(item)];
                    return Ok(method(container, "holds_object", Ty::Bool, args));
                }
                if is_found_by_value(&ty)
                    && (ty == item.ty || (&ty, &item.ty) == (&Ty::Str, &Ty::Char))
                {
                    let item = self.coerce(item, &ty);
                    return Ok(method(container, "holds", Ty::Bool, vec![by_ref(item)]));
                }
                self.any_contains(container, item)
            }
            Ty::Deque(slot) => {
                let (slot, ty) = (*slot, self.unit.types.get(*slot));
                if ty == item.ty && matches!(ty, Ty::Int | Ty::Float | Ty::Char | Ty::Bool) {
                    return Ok(method(container, "contains", Ty::Bool, vec![by_ref(item)]));
                }
                let list = method(container, "listed", Ty::List(slot), Vec::new());
                self.any_contains(list, item)
            }
            Ty::Iter(slot) => return self.comes(at, container.clone(), *slot, item),
            Ty::ByteArray => {
                let item = self.coerce(item, &Ty::Any);
                method(container, "contains", Ty::Bool, vec![by_ref(item)])
            }
            _ => self.any_contains(container, item),
        })
    }

    /// `item in iterator`: items are taken up to the one that is sought.
    fn comes(&mut self, at: &impl Ranged, iterator: Expr, slot: Slot, item: Expr) -> Low<Expr> {
        let ty = self.unit.types.get(slot);
        let is_plain = |ty: &Ty| matches!(ty, Ty::Int | Ty::Bool | Ty::Char | Ty::Str | Ty::Never);
        if !is_plain(&ty) || !is_plain(&item.ty) {
            return self.no(
                at,
                "iterator-value",
                "`in` an iterator of what may equal itself or not",
                "Write a loop.",
            );
        }
        let sought = self.temporary("sought_item", at, &item.ty.clone());
        let found = self.temporary("comes", at, &Ty::Bool);
        let mut stmts = vec![
            self.assign(sought, item),
            self.assign(found, boolean(false)),
        ];
        let items = self.each(at, iterator)?;
        stmts.extend(self.each_item(
            items,
            Box::new(|l: &mut Self, item| {
                let sought = l.read(sought);
                let same = l.equal(item, sought);
                let leave = l.loops.last().copied().map(Stmt::Break);
                let mut stmts = vec![l.assign(found, boolean(true))];
                stmts.extend(leave);
                Ok(vec![Stmt::If(same, stmts, Vec::new())])
            }),
        )?);
        let value = self.read(found);
        Ok(block(stmts, value))
    }

    fn any_contains(&mut self, container: Expr, item: Expr) -> Expr {
        let (container, item) = (
            self.coerce(container, &Ty::Any),
            self.coerce(item, &Ty::Any),
        );
        call(
            "any::contains",
            Ty::Bool,
            vec![by_ref(container), by_ref(item)],
        )
    }
}

/// Whether an expression is a number or a text written down.
fn is_literal(e: &Ast) -> bool {
    match e {
        Ast::NumberLiteral(_)
        | Ast::StringLiteral(_)
        | Ast::BooleanLiteral(_)
        | Ast::NoneLiteral(_) => true,
        Ast::UnaryOp(u) => matches!(&*u.operand, Ast::NumberLiteral(_)),
        _ => false,
    }
}

/// Whether equal values of a type are the same in all but identity, and each equals itself.
fn is_found_by_value(ty: &Ty) -> bool {
    match ty {
        Ty::Int | Ty::Bool | Ty::Char | Ty::Str => true,
        Ty::Tuple(items) => !items.is_empty() && items.iter().all(is_found_by_value),
        _ => false,
    }
}
