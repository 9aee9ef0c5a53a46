//! `bytearray`: what makes one, its methods and operators.

use ruff_python_ast::{ExprCall, Operator, StmtAugAssign};
use ruff_text_size::Ranged;

use super::build::{by_ref, call, literal, method, own};
use super::scope::{Low, Lowerer};
use crate::ir::{Expr, Node, Stmt};
use crate::types::Ty;

/// What a method gives, and whether it changes the bytes.
fn result(name: &str) -> Option<(Ty, bool)> {
    Some(match name {
        "append" | "extend" | "insert" | "remove" | "reverse" | "clear" => (Ty::None, true),
        "pop" => (Ty::Int, true),
        "count" | "find" | "rfind" | "index" | "rindex" => (Ty::Int, false),
        "startswith" | "endswith" | "isalnum" | "isalpha" | "isdigit" | "isspace" | "isupper"
        | "islower" | "isascii" => (Ty::Bool, false),
        "decode" | "hex" => (Ty::Str, false),
        "copy" | "upper" | "lower" | "strip" | "lstrip" | "rstrip" | "replace" | "ljust"
        | "rjust" | "center" | "zfill" | "title" | "capitalize" | "swapcase" => {
            (Ty::ByteArray, false)
        }
        _ => return None,
    })
}

impl Lowerer<'_, '_> {
    /// `bytearray(…)`.
    pub(super) fn new_bytearray(&mut self, e: &ExprCall) -> Low<Expr> {
        if !e.arguments.keywords.is_empty() {
            return self.no(
                e,
                "keyword",
                "`bytearray` is called with keywords",
                "Pass the arguments by position.",
            );
        }
        let array = Expr {
            ty: Ty::Any,
            node: Node::Array(self.object_arguments(&e.arguments.args)?),
        };
        Ok(call("ByteArray::new", Ty::ByteArray, vec![by_ref(array)]))
    }

    /// A method of a `bytearray`.
    pub(super) fn bytearray_method(
        &mut self,
        e: &ExprCall,
        receiver: Expr,
        name: &str,
    ) -> Low<Expr> {
        let Some((ty, changes)) = result(name).filter(|_| e.arguments.keywords.is_empty()) else {
            return self.no(
                e,
                "method",
                format!("this call of `bytearray.{name}` is not translated"),
                "Call it outside the function.",
            );
        };
        let args = match (name, &e.arguments.args[..]) {
            ("append", [byte]) => {
                let byte = self.expr(byte)?;
                if byte.ty == Ty::Int {
                    return Ok(method(receiver, name, Ty::None, vec![own(byte)]));
                }
                vec![self.coerce(byte, &Ty::Any)]
            }
            ("extend", [_]) => {
                let bytes = self.object_arguments(&e.arguments.args)?.remove(0);
                return Ok(method(receiver, name, Ty::None, vec![by_ref(bytes)]));
            }
            (_, args) => self.object_arguments(args)?,
        };
        let array = Expr {
            ty: Ty::Any,
            node: Node::Array(args),
        };
        let name = self.name_constant(name);
        let changes = literal(if changes { "true" } else { "false" }, Ty::Bool);
        let args = vec![by_ref(name), by_ref(array), own(changes)];
        let done = method(receiver, "call", Ty::Any, args);
        Ok(self.coerce(done, &ty))
    }

    /// `array[index] = value`.
    pub(super) fn put_byte(
        &mut self,
        at: &impl Ranged,
        array: Expr,
        index: Expr,
        value: Expr,
    ) -> Low<Expr> {
        let index = self.index_number(index);
        let value = self.number(value);
        if index.ty != Ty::Int || value.ty != Ty::Int {
            return self.no(
                at,
                "target",
                "an item of a `bytearray` is assigned by or to something else than an `int`",
                "Convert it with `int`.",
            );
        }
        let args = vec![own(index), own(value)];
        Ok(method(array, "set", Ty::None, args))
    }

    /// An operator with a `bytearray` on one side.
    pub(super) fn bytearray_operator(
        &mut self,
        at: &impl Ranged,
        op: Operator,
        left: Expr,
        right: Expr,
    ) -> Low<Expr> {
        match (&left.ty, op, &right.ty) {
            (Ty::ByteArray, Operator::Add, Ty::ByteArray | Ty::Bytes) => {
                let right = self.coerce(right, &Ty::Any);
                Ok(method(left, "concat", Ty::ByteArray, vec![by_ref(right)]))
            }
            (Ty::ByteArray, Operator::Mult, Ty::Int) => {
                Ok(method(left, "repeat", Ty::ByteArray, vec![own(right)]))
            }
            (Ty::Int, Operator::Mult, Ty::ByteArray) => {
                Ok(method(right, "repeat", Ty::ByteArray, vec![own(left)]))
            }
            _ => self.no(
                at,
                "operator",
                "this operator on a `bytearray` is not translated",
                "Convert both sides to `bytes`.",
            ),
        }
    }

    /// `array += value`.
    pub(super) fn bytearray_in_place(&mut self, s: &StmtAugAssign, old: &Expr) -> Low<Vec<Stmt>> {
        if s.op != Operator::Add {
            return self.no(
                s,
                "in-place",
                "this operator in place on a `bytearray` is not translated",
                "Make a new one.",
            );
        }
        let value = self.expr(&s.value)?;
        let value = self.coerce(value, &Ty::Any);
        let done = method(
            old.clone(),
            "concat_in_place",
            Ty::None,
            vec![by_ref(value)],
        );
        Ok(vec![Stmt::Do(done)])
    }
}
