//! Comparisons that `functools.total_ordering` makes of another one and of `==`.

use ruff_python_ast::CmpOp;
use ruff_text_size::Ranged;

use super::build::{block, by_ref, call, infix, not, own};
use super::scope::{Low, Lowerer};
use super::unit::Place;
use crate::ir::{Expr, Stmt};
use crate::types::Ty;

/// The operator that a method answers.
fn operator(name: &str) -> CmpOp {
    match name {
        "__lt__" => CmpOp::Lt,
        "__le__" => CmpOp::LtE,
        "__gt__" => CmpOp::Gt,
        _ => CmpOp::GtE,
    }
}

impl Lowerer<'_, '_> {
    /// `left <name> right` of a class whose decorator has made that method; none if it has not.
    pub(super) fn total_order(
        &mut self,
        at: &impl Ranged,
        name: &str,
        left: Expr,
        right: Expr,
    ) -> Low<Option<Expr>> {
        let Ty::Instance(class) = left.ty else {
            return Ok(None);
        };
        let def = &self.unit.program.classes[class];
        let Some(root) = def.ordered_by else {
            return Ok(None);
        };
        if def.methods.contains_key(name) || right.ty != left.ty {
            return Ok(None);
        }
        // The class must still hold what the decorator gave it.
        let word = |name: &str| name.trim_matches('_').to_owned();
        let made = format!("_{}_from_{}", word(name), word(root));
        let made = self.capture(Place::Member("functools".to_owned(), made));
        let (class_object, name_object) = (self.class_object(class), self.name_constant(name));
        let path = format!("{}::with_class", self.kept_in(class));
        let ty = left.ty.clone();
        let checked = call(
            &path,
            ty.clone(),
            vec![
                own(left),
                by_ref(class_object),
                by_ref(name_object),
                by_ref(made),
            ],
        );
        let (a, b) = (
            self.temporary("left_side", at, &ty),
            self.temporary("right_side", at, &ty),
        );
        let stmts: Vec<Stmt> = vec![self.assign(a, checked), self.assign(b, right)];
        let (left, right) = (self.read(a), self.read(b));
        let first = self.compare(at, operator(root), left, right)?;
        if first.ty != Ty::Bool {
            return Ok(None);
        }
        let (left, right) = (self.read(a), self.read(b));
        let has_equal = name.ends_with("e__");
        let test = match (root, name) {
            // `a < b` gives `a >= b`, and so on.
            ("__lt__", "__ge__")
            | ("__gt__", "__le__")
            | ("__le__", "__gt__")
            | ("__ge__", "__lt__") => not(first),
            ("__lt__" | "__gt__", _) if has_equal => {
                let equal = self.compare(at, CmpOp::Eq, left, right)?;
                let equal = self.truth(equal);
                infix("||", Ty::Bool, first, equal)
            }
            ("__lt__" | "__gt__", _) => {
                let unequal = self.compare(at, CmpOp::NotEq, left, right)?;
                let unequal = self.truth(unequal);
                infix("&&", Ty::Bool, not(first), unequal)
            }
            _ if has_equal => {
                let equal = self.compare(at, CmpOp::Eq, left, right)?;
                let equal = self.truth(equal);
                infix("||", Ty::Bool, not(first), equal)
            }
            _ => {
                let unequal = self.compare(at, CmpOp::NotEq, left, right)?;
                let unequal = self.truth(unequal);
                infix("&&", Ty::Bool, first, unequal)
            }
        };
        Ok(Some(block(stmts, test)))
    }
}
