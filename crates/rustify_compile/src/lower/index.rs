//! Subscripts: items and slices.

use ruff_python_ast::{Expr as Ast, ExprSlice, ExprSubscript};

use super::build::{by_ref, call, method, own};
use super::scope::{Low, Lowerer};
use crate::ir::{Expr, Node};
use crate::types::Ty;

/// The value of an index literal.
fn constant_index(e: &Expr) -> Option<isize> {
    match &e.node {
        Node::Literal(text) if e.ty == Ty::Int => text.parse().ok(),
        _ => None,
    }
}

/// The items that a slice with constant ends takes of so many, at least one.
fn constant_part(n: usize, slice: &ExprSlice) -> Option<std::ops::Range<usize>> {
    let end = |e: &Option<Box<Ast>>, absent: usize| match e.as_deref() {
        None => Some(absent),
        Some(Ast::NumberLiteral(i)) => match &i.value {
            ruff_python_ast::Number::Int(i) => i.as_usize().map(|i| i.min(n)),
            _ => None,
        },
        Some(Ast::UnaryOp(u)) if u.op == ruff_python_ast::UnaryOp::USub => match &*u.operand {
            Ast::NumberLiteral(i) => match &i.value {
                ruff_python_ast::Number::Int(i) => i.as_usize().map(|i| n.saturating_sub(i)),
                _ => None,
            },
            _ => None,
        },
        Some(_) => None,
    };
    let part = end(&slice.lower, 0)?..end(&slice.upper, n)?;
    (slice.step.is_none() && !part.is_empty()).then_some(part)
}

impl Lowerer<'_, '_> {
    pub(super) fn subscript(&mut self, e: &ExprSubscript) -> Low<Expr> {
        if let Some(item) = self.in_steps(e)? {
            return Ok(item);
        }
        if let Some(item) = self.default_item(e)? {
            return Ok(item);
        }
        if let Some(made) = self.index_trick(e)? {
            return Ok(made);
        }
        if let Some(item) = self.attribute_item(e)? {
            return Ok(item);
        }
        let container = self.expr(&e.value)?;
        let container = self.present(container);
        let container = self.as_plain(e, container)?;
        if container.ty == Ty::Never {
            // What has no type yet gets one in a later pass.
            let mut before = super::build::effects(container);
            if !matches!(&*e.slice, Ast::Slice(_)) {
                let index = self.expr(&e.slice)?;
                before.extend(super::build::effects(index));
            }
            let never = call("python_only::<Obj>", Ty::Never, Vec::new());
            return Ok(super::build::block(before, never));
        }
        if let Ty::Class(c) = container.ty
            && self.is_enumeration(c)
        {
            let name = self.expr(&e.slice)?;
            return self.member_named(e, container, c, name);
        }
        if let Ty::Instance(c) = container.ty {
            let index = self.expr(&e.slice)?;
            return match self.special(e, container, c, "__getitem__", vec![index])? {
                Some(item) => Ok(item),
                None => self.no(
                    e,
                    "operator",
                    "`__getitem__` is not a method of the file",
                    "Define it.",
                ),
            };
        }
        if let Ty::Array(scalar, nd) = container.ty {
            return self.array_subscript(container, &e.slice, (scalar, nd));
        }
        if let Ast::Slice(slice) = &*e.slice {
            return self.slice(container, slice);
        }
        if container.ty == Ty::Any && Self::is_array_key(&e.slice) {
            let key = self.array_key(&e.slice)?;
            return Ok(call(
                "any::get_item",
                Ty::Any,
                vec![by_ref(container), by_ref(key)],
            ));
        }
        let index = self.expr(&e.slice)?;
        self.item(container, index)
    }

    /// `a[i][j]…` of an array with so many axes, which is `a[i, j…]`.
    fn in_steps(&mut self, e: &ExprSubscript) -> Low<Option<Expr>> {
        let mut steps = vec![&*e.slice];
        let mut at = &*e.value;
        while let Ast::Subscript(inner) = at {
            steps.push(&inner.slice);
            at = &inner.value;
        }
        let (Ast::Name(n), true) = (at, steps.len() > 1) else {
            return Ok(None);
        };
        let Some(local) = self.find(&n.id) else {
            return Ok(None);
        };
        let array = self.read(local);
        let Ty::Array(scalar, nd) = array.ty else {
            return Ok(None);
        };
        if steps.len() != nd
            || steps
                .iter()
                .any(|s| matches!(s, Ast::Tuple(_) | Ast::Slice(_)))
        {
            return Ok(None);
        }
        let mut indices = Vec::new();
        for step in steps.into_iter().rev() {
            let index = self.expr(step)?;
            let index = self.index_number(index);
            if index.ty != Ty::Int {
                return Ok(None);
            }
            indices.push(index);
        }
        let indices = Expr {
            ty: Ty::Any,
            node: Node::Array(indices),
        };
        Ok(Some(method(
            array,
            "get",
            Ty::Np(scalar),
            vec![own(indices)],
        )))
    }

    /// `container[index]`.
    pub(super) fn item(&mut self, container: Expr, index: Expr) -> Low<Expr> {
        let by_int = matches!(
            container.ty,
            Ty::List(_)
                | Ty::Deque(_)
                | Ty::Str
                | Ty::Char
                | Ty::Bytes
                | Ty::ByteArray
                | Ty::Tuple(_)
                | Ty::TupleOf(_)
        );
        let index = if by_int {
            self.index_number(index)
        } else {
            index
        };
        if let (
            Ty::List(slot),
            Ty::Int,
            Node::Method {
                receiver,
                name,
                args,
                ..
            },
        ) = (&container.ty, &index.ty, &container.node)
            && name == "get"
            && matches!(receiver.ty, Ty::List(_))
            && args.first().is_some_and(|(_, i)| i.ty == Ty::Int)
        {
            let ty = self.unit.types.get(*slot);
            let mut args = args.clone();
            args.push(own(index));
            return Ok(method((**receiver).clone(), "get_in", ty, args));
        }
        Ok(match (&container.ty, &index.ty) {
            (Ty::List(slot) | Ty::TupleOf(slot), Ty::Int) => {
                let ty = self.unit.types.get(*slot);
                method(container, "get", ty, vec![own(index)])
            }
            (Ty::Str, Ty::Int) => method(container, "get", Ty::Char, vec![own(index)]),
            (Ty::Bytes | Ty::ByteArray, Ty::Int) => {
                method(container, "get", Ty::Int, vec![own(index)])
            }
            (Ty::Map(_, key, value), _) => {
                let (key, value) = (*key, *value);
                self.unit.types.learn(key, &index.ty);
                let (key, value) = (self.unit.types.get(key), self.unit.types.get(value));
                let index = self.coerce(index, &key);
                method(container, "at", value, vec![by_ref(index)])
            }
            (Ty::Deque(slot), Ty::Int) => {
                let ty = self.unit.types.get(*slot);
                method(container, "get", ty, vec![own(index)])
            }
            (Ty::Dict(key, value), _) => {
                let (key, value) = (self.unit.types.get(*key), self.unit.types.get(*value));
                let index = self.coerce(index, &key);
                method(container, "get", value, vec![by_ref(index)])
            }
            (Ty::Tuple(items), Ty::Int) => {
                let n = items.len() as isize;
                if let Some(i) = constant_index(&index).map(|i| if i < 0 { i + n } else { i })
                    && (0..n).contains(&i)
                    && n <= 8
                {
                    let ty = items[i as usize].clone();
                    if let Node::Tuple(parts) = &container.node
                        && parts.iter().all(|p| matches!(p.node, Node::As(_)))
                    {
                        // The extents of an array are read one by one.
                        return Ok(parts[i as usize].clone());
                    }
                    return Ok(Expr {
                        ty,
                        node: Node::Field(Box::new(container), i as usize),
                    });
                }
                let mut ty = Ty::Never;
                for t in items.clone() {
                    ty = self.unit.types.join(&ty, &t);
                }
                let slot = self.unit.types.fresh(ty.clone());
                let any = self.coerce(container, &Ty::Any);
                let tuple = self.coerce(any, &Ty::TupleOf(slot));
                method(tuple, "get", ty, vec![own(index)])
            }
            _ => {
                let (a, b) = (
                    self.coerce(container, &Ty::Any),
                    self.coerce(index, &Ty::Any),
                );
                call("any::get_item", Ty::Any, vec![by_ref(a), by_ref(b)])
            }
        })
    }

    /// The three parts of a slice as `Option<Int>`, if they are numbers or absent.
    pub(super) fn parts(&mut self, slice: &ExprSlice) -> Low<Option<Vec<Expr>>> {
        let mut parts = Vec::new();
        for part in [&slice.lower, &slice.upper, &slice.step] {
            let part = match part {
                Some(e) => {
                    let part = self.expr(e)?;
                    match part.ty {
                        Ty::Bool | Ty::Np(_) => self.index_number(part),
                        _ => part,
                    }
                }
                None => super::build::none(),
            };
            let ty = Ty::Opt(Box::new(Ty::Int));
            match part.ty {
                // What is only known at run time is checked then.
                Ty::Int | Ty::None | Ty::Never | Ty::Any => parts.push(self.coerce(part, &ty)),
                Ty::Opt(ref inner) if **inner == Ty::Int => parts.push(part),
                _ => return Ok(None),
            }
        }
        Ok(Some(parts))
    }

    fn slice(&mut self, container: Expr, slice: &ExprSlice) -> Low<Expr> {
        if let Node::Tuple(items) = &container.node
            && items.iter().all(|p| matches!(p.node, Node::As(_)))
            && let Some(part) = constant_part(items.len(), slice)
        {
            // Extents of an array, some of which are taken.
            let items = items[part].to_vec();
            return Ok(Expr {
                ty: Ty::Tuple(vec![Ty::Int; items.len()]),
                node: Node::Tuple(items),
            });
        }
        let ty = match &container.ty {
            Ty::List(slot) => {
                let (inner, range) = (*slot, slice.range);
                let made = self.site(range, 6);
                // The items are the same objects, so that containers among them are shared.
                self.unit.types.unify(made, inner);
                Ty::List(made)
            }
            Ty::Char => Ty::Str,
            Ty::Tuple(items) => {
                let made = self.site(slice.range, 6);
                for t in items.clone() {
                    self.unit.types.learn(made, &t);
                }
                Ty::TupleOf(made)
            }
            ty @ (Ty::Str | Ty::Bytes | Ty::TupleOf(_)) => ty.clone(),
            _ => Ty::Any,
        };
        if container.ty == Ty::ByteArray {
            let part = self.slice_object(slice)?;
            return Ok(method(container, "part", Ty::ByteArray, vec![by_ref(part)]));
        }
        match self.parts(slice)? {
            Some(parts) if ty != Ty::Any => {
                let container = self.coerce(container, &ty);
                let mut args = vec![by_ref(container)];
                args.extend(parts.into_iter().map(own));
                Ok(call("text::sliced::<_, Int>", ty, args))
            }
            Some(parts) => {
                let parts: Vec<Expr> = parts
                    .into_iter()
                    .map(|p| self.coerce(p, &Ty::Any))
                    .collect();
                let key = call(
                    "any::slice",
                    Ty::Any,
                    parts.into_iter().map(by_ref).collect(),
                );
                let any = self.coerce(container, &Ty::Any);
                Ok(call(
                    "any::get_item",
                    Ty::Any,
                    vec![by_ref(any), by_ref(key)],
                ))
            }
            None => self.no(
                slice,
                "slice",
                "the ends of this slice are not integers",
                "Use integers or None.",
            ),
        }
    }

    /// The key object of a slice, for assignment and deletion.
    pub(super) fn slice_object(&mut self, slice: &ExprSlice) -> Low<Expr> {
        match self.parts(slice)? {
            Some(parts) => {
                let parts: Vec<Expr> = parts
                    .into_iter()
                    .map(|p| self.coerce(p, &Ty::Any))
                    .collect();
                Ok(call(
                    "any::slice",
                    Ty::Any,
                    parts.into_iter().map(by_ref).collect(),
                ))
            }
            None => self.no(
                slice,
                "slice",
                "the ends of this slice are not integers",
                "Use integers or None.",
            ),
        }
    }
}
