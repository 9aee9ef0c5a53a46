//! Items and rows of arrays that indices or masks choose, without NumPy.

use super::build::{array_of, by_ref, call, method, own};
use super::scope::Lowerer;
use super::sides::unreal;
use crate::ir::{Expr, Node, Stmt};
use crate::types::{Scalar, Ty};

/// What an object was made of, of which nobody needs the object.
fn behind(object: &Expr) -> Option<Expr> {
    match &object.node {
        Node::Method { receiver, name, .. } if matches!(name.as_str(), "to_obj" | "into_obj") => {
            Some(unreal((**receiver).clone()))
        }
        _ => None,
    }
}

/// The arrays and lists of a key.
fn keys_of(key: &Expr) -> Option<Vec<Expr>> {
    if let Node::Call { path, args, .. } = &key.node
        && path == "ndcall::key"
        && let [(_, all)] = args.as_slice()
        && let Node::Array(all) = &all.node
    {
        return all.iter().map(behind).collect();
    }
    Some(vec![behind(key)?])
}

/// The array or the list that a key is made of alone.
pub(super) fn only_key(key: &Expr) -> Option<Expr> {
    match key.node {
        Node::Call { .. } => None,
        _ => behind(key),
    }
}

/// How an array is indexed.
enum Way {
    /// By a mask of its own shape.
    Mask(Expr),
    /// Along its first axis.
    Rows(Expr),
    /// Along all axes, by as many indices for each.
    Items(Vec<Expr>),
}

impl Lowerer<'_, '_> {
    fn way(&self, key: &Expr, nd: usize) -> Option<Way> {
        let mut keys = keys_of(key)?;
        if let [one] = keys.as_slice() {
            let is_rows = match one.ty {
                Ty::Array(Scalar::Bool8, n) if n == nd => {
                    return Some(Way::Mask(keys.remove(0)));
                }
                Ty::Array(Scalar::Int64, 1) => true,
                Ty::List(slot) => self.unit.types.get(slot) == Ty::Int,
                _ => false,
            };
            return is_rows.then(|| Way::Rows(keys.remove(0)));
        }
        let all = keys.iter().all(|k| k.ty == Ty::Array(Scalar::Int64, 1));
        (all && keys.len() == nd).then_some(Way::Items(keys))
    }

    /// `array[key]` that is no window.
    pub(super) fn taken_copy(
        &mut self,
        array: Expr,
        key: &Expr,
        of: (Scalar, usize),
        ty: &Ty,
    ) -> Expr {
        if let Some(chosen) = self.chosen(&array, key, of) {
            return chosen;
        }
        let object = self.coerce(array, &Ty::Any);
        let given = vec![by_ref(object), by_ref(key.clone())];
        let item = call("ndcall::get_item", Ty::Any, given);
        self.coerce(item, ty)
    }

    /// `array[key] = value` where more than one item changes.
    pub(super) fn put_copy(
        &mut self,
        array: Expr,
        key: &Expr,
        of: (Scalar, usize),
        value: Expr,
    ) -> Stmt {
        if let Some(put) = self.put_chosen(&array, key, of, &value) {
            return Stmt::Do(put);
        }
        let value = self.coerce(value, &Ty::Any);
        let given = vec![by_ref(key.clone()), by_ref(value)];
        Stmt::Do(method(array, "assign", Ty::None, given))
    }

    /// `array[key]` without NumPy.
    fn chosen(&self, array: &Expr, key: &Expr, (scalar, nd): (Scalar, usize)) -> Option<Expr> {
        let array = by_ref(unreal(array.clone()));
        let row = Ty::Array(scalar, 1);
        Some(match self.way(key, nd)? {
            Way::Mask(mask) if nd == 1 => call("ndpick::compress", row, vec![array, by_ref(mask)]),
            Way::Mask(mask) => call("ndchosen::where_set", row, vec![array, by_ref(mask)]),
            Way::Rows(keys) if nd == 1 && matches!(keys.ty, Ty::Array(..)) => {
                call("ndpick::pick", row, vec![array, by_ref(keys)])
            }
            Way::Rows(keys) => {
                let ty = Ty::Array(scalar, nd);
                call("ndchosen::rows", ty, vec![array, by_ref(keys)])
            }
            Way::Items(keys) => call("ndchosen::items", row, vec![array, by_ref(array_of(keys))]),
        })
    }

    /// `array[key] = value` without NumPy.
    fn put_chosen(
        &mut self,
        array: &Expr,
        key: &Expr,
        (scalar, nd): (Scalar, usize),
        value: &Expr,
    ) -> Option<Expr> {
        let way = self.way(key, nd)?;
        let (name, keys, count) = match way {
            Way::Mask(mask) => ("where", mask, None),
            Way::Rows(keys) => ("rows", keys, Some(nd)),
            Way::Items(keys) => ("items", array_of(keys), Some(1)),
        };
        let (path, value) = if super::made_arrays::fits(&value.ty, scalar) {
            let item = self.stored_item(value.clone(), scalar)?;
            (format!("ndchosen::fill_{name}"), own(item))
        } else if matches!(value.ty, Ty::Array(d, n) if d == scalar && Some(n) == count) {
            (
                format!("ndchosen::put_{name}"),
                by_ref(unreal(value.clone())),
            )
        } else {
            return None;
        };
        let array = by_ref(unreal(array.clone()));
        Some(call(&path, Ty::None, vec![array, by_ref(keys), value]))
    }
}
