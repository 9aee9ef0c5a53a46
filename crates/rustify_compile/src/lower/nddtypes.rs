//! Dtypes that a program names.

use ruff_python_ast::Expr as Ast;

use super::scope::Lowerer;
use super::unit::Place;
use crate::types::{Scalar, Ty};

impl Lowerer<'_, '_> {
    /// The dtype that an expression names.
    pub(super) fn dtype_named(&self, e: &Ast) -> Option<Scalar> {
        match e {
            Ast::Name(n) if self.is_builtin(&n.id) => match n.id.as_str() {
                "int" | "float" | "bool" | "complex" => Scalar::by_name(&n.id),
                _ => None,
            },
            Ast::Attribute(a) => match &*a.value {
                Ast::Name(n) if self.find(&n.id).is_none() => {
                    match self.unit.program.globals.get(n.id.as_str()) {
                        Some(crate::program::Global::Module(m)) if m == "numpy" => {
                            Scalar::by_name(&a.attr)
                        }
                        _ => None,
                    }
                }
                Ast::Name(n) if a.attr.as_str() == "dtype" => {
                    match self.find(&n.id).map(|l| self.type_of(l)) {
                        Some(Ty::Array(d, _)) => Some(d),
                        _ => None,
                    }
                }
                _ => None,
            },
            Ast::Call(c) if c.arguments.keywords.is_empty() => {
                let (_, module, name) = self.imported(&c.func)?;
                match &*c.arguments.args {
                    [of] if module == "numpy" && name == "dtype" => self.dtype_named(of),
                    _ => None,
                }
            }
            Ast::StringLiteral(s) => match s.value.to_str() {
                "f4" => Some(Scalar::Float32),
                "f8" | "d" => Some(Scalar::Float64),
                "i4" => Some(Scalar::Int32),
                "i8" => Some(Scalar::Int64),
                "u1" => Some(Scalar::UInt8),
                name => Scalar::by_name(name),
            },
            _ => None,
        }
    }

    /// The name of a dtype must mean what it meant.
    pub(super) fn dtype_used(&mut self, e: &Ast) {
        match e {
            Ast::Name(n) => self.uses_builtin(&n.id),
            Ast::Call(c) => {
                if let Some((place, ..)) = self.imported(&c.func) {
                    self.capture(place);
                }
                for of in &c.arguments.args {
                    self.dtype_used(of);
                }
            }
            Ast::Attribute(a) => {
                if let Ast::Name(n) = &*a.value
                    && self.find(&n.id).is_none()
                {
                    let place = Place::Attribute(n.id.to_string(), a.attr.to_string());
                    self.capture(place);
                }
            }
            _ => {}
        }
    }
}
