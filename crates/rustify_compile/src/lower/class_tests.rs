//! `isinstance`: builtin types and classes of the file.

use ruff_python_ast::{Expr as Ast, ExprCall};

use super::build::{block, boolean, by_ref, call, infix, sure};
use super::builtin_names::{is_builtin_exception, is_type_name};
use super::scope::{Low, Lowerer};
use super::unit::Place;
use crate::ir::Expr;
use crate::types::Ty;

impl Lowerer<'_, '_> {
    /// `isinstance(value, class)`.
    pub(super) fn is_instance(&mut self, e: &ExprCall, value: &Ast, class: &Ast) -> Low<Expr> {
        let object = self.expr(value)?;
        let mut names: Vec<&Ast> = Vec::new();
        fn spread<'e>(class: &'e Ast, names: &mut Vec<&'e Ast>) {
            match class {
                Ast::Tuple(t) => t.elts.iter().for_each(|e| spread(e, names)),
                Ast::BinOp(b) if b.op == ruff_python_ast::Operator::BitOr => {
                    spread(&b.left, names);
                    spread(&b.right, names);
                }
                other => names.push(other),
            }
        }
        spread(class, &mut names);
        let object = self.coerce(object, &Ty::Any);
        let kept = self.temporary("tested", e, &Ty::Any);
        let keep = self.assign(kept, object);
        let mut result = boolean(false);
        for name in names.into_iter().rev() {
            let object = self.read(kept);
            let test = match name {
                Ast::Name(n) if self.is_builtin(&n.id) => {
                    let known = is_type_name(&n.id) || is_builtin_exception(&n.id);
                    if !known {
                        return self.unknown_class(e);
                    }
                    let class = self.capture(Place::Builtin(n.id.to_string()));
                    call(
                        "any::is_instance",
                        Ty::Bool,
                        vec![by_ref(object), by_ref(class)],
                    )
                }
                Ast::Name(_) | Ast::Attribute(_) => match self.named_class(name) {
                    Some(c) => {
                        let class = self.class_object(c);
                        call("any::is_of", Ty::Bool, vec![by_ref(object), by_ref(class)])
                    }
                    _ => return self.unknown_class(e),
                },
                Ast::NoneLiteral(_) => sure("any::is_none", Ty::Bool, vec![by_ref(object)]),
                _ => return self.unknown_class(e),
            };
            result = infix("||", Ty::Bool, test, result);
        }
        Ok(block(vec![keep], result))
    }

    fn unknown_class(&self, e: &ExprCall) -> Low<Expr> {
        self.no(
            e,
            "isinstance",
            "`isinstance` with this class",
            "Test for builtin types or for classes of this file by their names.",
        )
    }
}
