//! `zip(*rows)` whose columns only give their items: they are lists in Rust, and no tuples are made.

use ruff_python_ast::helpers::any_over_expr;
use ruff_python_ast::{Comprehension, Expr as Ast};
use ruff_text_size::Ranged;

use super::build::{by_ref, call};
use super::iterate::Items;
use super::scope::Lowerer;
use crate::ir::{Expr, Source};
use crate::types::Ty;

/// Functions that give the same for a list as for a tuple.
const TAKING: [&str; 5] = ["list", "len", "sum", "any", "all"];

impl Lowerer<'_, '_> {
    /// Whether a function is a builtin that only takes items.
    fn is_taking(&self, function: &Ast) -> bool {
        matches!(function, Ast::Name(n) if TAKING.contains(&n.id.as_str()) && self.is_builtin(&n.id))
    }

    /// Notes what a comprehension goes over, if its variable is only given to functions that take items.
    pub(super) fn note_columns(&mut self, element: &Ast, generators: &[Comprehension]) {
        let [only] = generators else {
            return;
        };
        let Ast::Name(column) = &only.target else {
            return;
        };
        let is_column = |e: &Ast| matches!(e, Ast::Name(n) if n.id == column.id);
        let (mut uses, mut taken) = (0, 0);
        for part in std::iter::once(element).chain(&only.ifs) {
            any_over_expr(part, |e| {
                uses += usize::from(is_column(e));
                if let Ast::Call(c) = e
                    && self.is_taking(&c.func)
                    && c.arguments.keywords.is_empty()
                    && let [one] = &c.arguments.args[..]
                {
                    taken += usize::from(is_column(one));
                }
                false
            });
        }
        if uses == taken {
            self.listed = Some(only.iter.range());
        }
    }

    /// Notes what `map` goes over, if its function takes items.
    pub(super) fn note_mapped(&mut self, function: &Ast, items: &Ast) {
        if self.is_taking(function) {
            self.listed = Some(items.range());
        }
    }

    /// The columns of a list of lists as lists, where that is noted.
    pub(super) fn listed_columns(&mut self, e: &Ast, rows: &Expr) -> Option<Items> {
        let Ty::List(row) = rows.ty else {
            return None;
        };
        let row = self.unit.types.get(row);
        let Ty::List(item) = row else {
            return None;
        };
        if self.listed != Some(e.range()) || self.unit.types.get(item) == Ty::Never {
            return None;
        }
        let columns = call("builtins::columns", Ty::Any, vec![by_ref(rows.clone())]);
        let column = self.temporary("column_list", e, &row);
        Some(self.single(column, Source::Each(columns)))
    }
}
