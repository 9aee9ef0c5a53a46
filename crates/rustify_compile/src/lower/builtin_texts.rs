//! Builtin functions of texts and bytes: `str`, `repr`, `ord` and `bytes`.

use ruff_python_ast::{Expr as Ast, ExprCall};

use super::build::{by_ref, call, literal, method, own, sure};
use super::scope::{Low, Lowerer};
use super::unit::{Constant, Place};
use crate::ir::Expr;
use crate::types::Ty;

impl Lowerer<'_, '_> {
    /// A constant text.
    pub(super) fn text_constant(&mut self, text: &str) -> Expr {
        if text.chars().count() == 1
            && let Some(c) = text.chars().next()
        {
            return literal(&format!("Char({})", rust_char(c)), Ty::Char);
        }
        let object = self.constant(Constant::Text(text.as_bytes().to_vec()));
        self.coerce(object, &Ty::Str)
    }

    /// `str(value)`.
    pub(super) fn text_of(&mut self, value: Expr) -> Low<Expr> {
        if let Ty::Instance(c) = value.ty {
            return self.instance_text(&ruff_text_size::TextRange::default(), value, c, false);
        }
        if value.ty.is_text() {
            return Ok(value);
        }
        if let Ty::Int | Ty::Float = value.ty {
            let path = if value.ty == Ty::Int {
                "line::of_int"
            } else {
                "line::of_float"
            };
            return Ok(call(path, Ty::Str, vec![own(value)]));
        }
        let object = self.coerce(value, &Ty::Any);
        Ok(call("text::of", Ty::Str, vec![by_ref(object)]))
    }

    /// `repr(value)`.
    pub(super) fn shown(&mut self, e: &ExprCall, arg: &Ast) -> Low<Expr> {
        let value = self.expr(arg)?;
        if let Ty::Instance(c) = value.ty {
            return self.instance_text(e, value, c, true);
        }
        if matches!(value.ty, Ty::Int | Ty::Float) {
            return self.text_of(value);
        }
        let object = self.coerce(value, &Ty::Any);
        Ok(call("text::repr", Ty::Str, vec![by_ref(object)]))
    }

    /// `ord(character)`.
    pub(super) fn code_of(&mut self, arg: &Ast) -> Low<Expr> {
        let value = self.expr(arg)?;
        Ok(match value.ty {
            Ty::Char => sure("code::<Int>", Ty::Int, vec![own(value)]),
            _ => {
                let text = self.coerce(value, &Ty::Str);
                call("text::ord::<Int>", Ty::Int, vec![by_ref(text)])
            }
        })
    }

    /// `bytes(value)`.
    pub(super) fn bytes_of(&mut self, arg: &Ast) -> Low<Expr> {
        let value = self.expr(arg)?;
        if value.ty == Ty::ByteArray {
            let bytes = method(value, "frozen", Ty::Any, Vec::new());
            return Ok(self.coerce(bytes, &Ty::Bytes));
        }
        let object = self.coerce(value, &Ty::Any);
        let made = self.call_object(Place::Builtin("bytes".to_owned()), vec![object]);
        Ok(self.coerce(made, &Ty::Bytes))
    }
}

/// A character as a Rust number with the character beside it where it can be seen.
fn rust_char(c: char) -> String {
    if c.is_ascii_graphic() && c != '\'' && c != '\\' || c == ' ' {
        format!("'{c}' as u32")
    } else {
        format!("{:#x}", c as u32)
    }
}
