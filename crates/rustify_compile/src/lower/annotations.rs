//! Annotations as types.

use ruff_python_ast::Expr as Ast;

use super::unit::Unit;
use crate::program::Global;
use crate::types::{self, Ty};

/// The type that an annotation names.
pub(crate) fn annotated(unit: &mut Unit<'_>, annotation: &Ast) -> Ty {
    match annotation {
        Ast::Name(n) => match n.id.as_str() {
            "int" => Ty::Int,
            "float" => Ty::Float,
            "bool" => Ty::Bool,
            "str" => Ty::Str,
            "bytes" => Ty::Bytes,
            "bytearray" => Ty::ByteArray,
            "complex" => Ty::Complex,
            "list" => Ty::List(unit.types.fresh(Ty::Any)),
            "set" => Ty::Set(unit.types.fresh(Ty::Any)),
            "dict" => Ty::Dict(unit.types.fresh(Ty::Any), unit.types.fresh(Ty::Any)),
            name => match unit.program.globals.get(name) {
                Some(Global::Class(c)) => Ty::Instance(*c),
                _ => Ty::Any,
            },
        },
        Ast::Attribute(_) => match unit.program.class_path(annotation) {
            Some(c) => Ty::Instance(c),
            None => Ty::Any,
        },
        Ast::NoneLiteral(_) => Ty::None,
        Ast::BinOp(b) if b.op == ruff_python_ast::Operator::BitOr => {
            let (left, right) = (annotated(unit, &b.left), annotated(unit, &b.right));
            unit.types.join(&left, &right)
        }
        Ast::Subscript(s) => {
            let Ast::Name(n) = &*s.value else {
                return Ty::Any;
            };
            let args: Vec<&Ast> = match &*s.slice {
                Ast::Tuple(t) => t.elts.iter().collect(),
                one => vec![one],
            };
            match (n.id.to_ascii_lowercase().as_str(), args.as_slice()) {
                ("list" | "sequence", [t]) => {
                    let t = annotated(unit, t);
                    Ty::List(unit.types.fresh(t))
                }
                ("set", [t]) => {
                    let t = annotated(unit, t);
                    Ty::Set(unit.types.fresh(t))
                }
                ("dict", [k, v]) => {
                    let (k, v) = (annotated(unit, k), annotated(unit, v));
                    Ty::Dict(unit.types.fresh(k), unit.types.fresh(v))
                }
                ("tuple", [t, Ast::EllipsisLiteral(_)]) => {
                    let t = annotated(unit, t);
                    Ty::TupleOf(unit.types.fresh(t))
                }
                ("tuple", items) => Ty::Tuple(items.iter().map(|t| annotated(unit, t)).collect()),
                ("optional", [t]) => {
                    let t = annotated(unit, t);
                    types::optional(t)
                }
                _ => Ty::Any,
            }
        }
        _ => Ty::Any,
    }
}
