//! Attributes of arrays and of NumPy's scalars, and arrays that the module makes once.

use ruff_python_ast::{CmpOp, Expr as Ast, ExprCall, Operator};

use super::build::{by_ref, literal, method, own, sure};
use super::ndresults::{Call, result};
use super::scope::{Low, Lowerer};
use super::unit::Constant;
use crate::dtype::Kind;
use crate::ir::{Expr, Node, Stmt};
use crate::types::{Scalar, Ty};

/// The dtype and depth of a list of numbers.
fn nested_numbers(e: &Ast) -> Option<(Scalar, usize)> {
    use ruff_python_ast::{Number, UnaryOp};
    match e {
        Ast::NumberLiteral(n) => match n.value {
            Number::Int(_) => Some((Scalar::Int64, 0)),
            Number::Float(_) => Some((Scalar::Float64, 0)),
            Number::Complex { .. } => Some((Scalar::Complex128, 0)),
        },
        Ast::BooleanLiteral(_) => Some((Scalar::Bool8, 0)),
        Ast::UnaryOp(u) if u.op == UnaryOp::USub => nested_numbers(&u.operand),
        Ast::List(l) => {
            let mut found: Option<(Scalar, usize)> = None;
            for item in &l.elts {
                let (d, n) = nested_numbers(item)?;
                found = match found {
                    None => Some((d, n + 1)),
                    Some((e, m)) if m == n + 1 => Some((e.promote(d), m)),
                    Some(_) => return None,
                };
            }
            found
        }
        _ => None,
    }
}

/// The type of an array that an operator makes of arrays and numbers, where it is told easily; a wrong guess is caught
/// when the program runs.
pub(super) fn combined(left: &Ty, op: Operator, right: &Ty) -> Ty {
    let (dtype, nd) = match (left, right) {
        (Ty::Array(a, n), Ty::Array(b, m)) => (a.promote(*b), *n.max(m)),
        (Ty::Array(d, n), Ty::Int) | (Ty::Int, Ty::Array(d, n)) => (*d, *n),
        (Ty::Array(d, n), Ty::Float) | (Ty::Float, Ty::Array(d, n)) if d.is_int() => {
            (Scalar::Float64, *n)
        }
        (Ty::Array(d, n), Ty::Float) | (Ty::Float, Ty::Array(d, n)) => (*d, *n),
        _ => return Ty::Any,
    };
    match op {
        _ if dtype == Scalar::Bool8 => Ty::Any,
        Operator::Add | Operator::Sub | Operator::Mult => Ty::Array(dtype, nd),
        Operator::Div if dtype.is_int() => Ty::Array(Scalar::Float64, nd),
        Operator::Div | Operator::Pow => Ty::Array(dtype, nd),
        _ => Ty::Any,
    }
}

impl Lowerer<'_, '_> {
    /// The type of an array that the module makes once, where it can be seen.
    pub(super) fn global_array(&mut self, c: &ExprCall) -> Ty {
        let Ast::Attribute(a) = &*c.func else {
            return Ty::Any;
        };
        let is_numpy = matches!(&*a.value, Ast::Name(n) if matches!(
            self.unit.program.globals.get(n.id.as_str()),
            Some(crate::program::Global::Module(m)) if m == "numpy"
        ));
        let Some(first) = c.arguments.args.first() else {
            return Ty::Any;
        };
        if !is_numpy {
            return Ty::Any;
        }
        let mut described = Call::default();
        for keyword in &c.arguments.keywords {
            match (keyword.arg.as_deref(), self.dtype_named(&keyword.value)) {
                (Some("dtype"), Some(d)) => described.dtype = Some(d),
                _ => return Ty::Any,
            }
        }
        let mut types = Vec::new();
        for arg in &c.arguments.args {
            described.named.push(self.dtype_named(arg));
            types.push(match arg {
                Ast::List(_) => nested_numbers(arg).map_or(Ty::Any, |(d, n)| Ty::Array(d, n)),
                Ast::ListComp(c) => match &*c.elt {
                    Ast::List(_) | Ast::ListComp(_) | Ast::Tuple(_) | Ast::Name(_) => Ty::Any,
                    Ast::Call(f) if matches!(&*f.func, Ast::Name(n) if n.id == "int") => {
                        Ty::Array(Scalar::Int64, 1)
                    }
                    _ => Ty::Array(described.dtype.unwrap_or(Scalar::Float64), 1),
                },
                _ => self.global_type(arg),
            });
        }
        let _ = first;
        match a.attr.as_str() {
            name @ ("array" | "asarray" | "zeros" | "ones" | "empty" | "full" | "arange"
            | "linspace" | "eye") => result(name, &types, &described).unwrap_or(Ty::Any),
            _ => Ty::Any,
        }
    }

    /// An attribute of an array.
    pub(super) fn array_attribute(&mut self, array: Expr, name: &str) -> Option<Expr> {
        let Ty::Array(dtype, nd) = array.ty else {
            return None;
        };
        let number = |n: Expr| Expr {
            ty: Ty::Int,
            node: Node::As(Box::new(n)),
        };
        match name {
            "shape" => {
                let array = super::sides::unreal(array);
                let extents = (0..nd)
                    .map(|axis| {
                        let axis = own(literal(&axis.to_string(), Ty::Any));
                        number(super::build::sure_method(
                            array.clone(),
                            "extent",
                            Ty::Int,
                            vec![axis],
                        ))
                    })
                    .collect();
                Some(Expr {
                    ty: Ty::Tuple(vec![Ty::Int; nd]),
                    node: Node::Tuple(extents),
                })
            }
            "size" => Some(number(super::build::sure_method(
                array,
                "size",
                Ty::Int,
                Vec::new(),
            ))),
            "ndim" => Some(super::build::block(
                vec![Stmt::Do(array)],
                super::build::int(nd as i64),
            )),
            "itemsize" => Some(super::build::block(
                vec![Stmt::Do(array)],
                super::build::int(dtype.width() as i64),
            )),
            "T" if nd == 1 => {
                let turned =
                    super::build::sure_method(array, "turned", Ty::Array(dtype, nd), Vec::new());
                Some(method(turned, "real", Ty::Array(dtype, nd), Vec::new()))
            }
            "T" => {
                let turned = super::build::sure_method(
                    super::sides::unreal(array),
                    "turned",
                    Ty::Array(dtype, nd),
                    Vec::new(),
                );
                Some(method(turned, "real", Ty::Array(dtype, nd), Vec::new()))
            }
            "real" | "imag" if dtype.is_complex() => {
                let part = dtype.real();
                let half = super::build::sure_method(
                    super::sides::unreal(array),
                    &format!("half::<{}>", part.element()),
                    Ty::Array(part, nd),
                    vec![own(literal(
                        if name == "real" { "0" } else { "1" },
                        Ty::Any,
                    ))],
                );
                Some(method(half, "real", Ty::Array(part, nd), Vec::new()))
            }
            "real" => Some(array),
            "imag" => {
                let name = self.constant(Constant::Name(name.to_owned()));
                let zeros = method(array, "attribute", Ty::Any, vec![by_ref(name)]);
                Some(self.coerce(zeros, &Ty::Array(dtype, nd)))
            }
            "nbytes" => {
                let name = self.constant(Constant::Name(name.to_owned()));
                let bytes = method(array, "attribute", Ty::Any, vec![by_ref(name)]);
                Some(self.coerce(bytes, &Ty::Int))
            }
            "strides" => {
                let name = self.constant(Constant::Name(name.to_owned()));
                let steps = method(array, "attribute", Ty::Any, vec![by_ref(name)]);
                Some(self.coerce(steps, &Ty::Tuple(vec![Ty::Int; nd])))
            }
            "dtype" | "flags" | "base" => {
                let name = self.constant(Constant::Name(name.to_owned()));
                Some(method(array, "attribute", Ty::Any, vec![by_ref(name)]))
            }
            _ => None,
        }
    }

    /// `array.dtype == numpy.float64` of an array of known dtype.
    pub(super) fn dtype_comparison(&mut self, left: &Ast, op: CmpOp, right: &Ast) -> Option<Expr> {
        if !matches!(op, CmpOp::Eq | CmpOp::NotEq) {
            return None;
        }
        let (dtype, array) = self.dtype_of_array(left)?;
        let named = self.dtype_named(right)?;
        self.dtype_used(right);
        let answer = super::build::boolean((dtype == named) == (op == CmpOp::Eq));
        Some(super::build::block(vec![Stmt::Do(array)], answer))
    }

    /// `array.dtype.name` of an array of known dtype.
    pub(super) fn dtype_attribute(&mut self, array: &Ast, name: &str) -> Low<Option<Expr>> {
        let Ast::Name(n) = array else {
            return Ok(None);
        };
        let Some(local) = self.find(&n.id) else {
            return Ok(None);
        };
        let Ty::Array(dtype, _) = self.type_of(local) else {
            return Ok(None);
        };
        let array = self.read(local);
        let text = match name {
            "name" => dtype.rust().to_lowercase().replace("bool8", "bool"),
            "char" => dtype.code().to_string(),
            "kind" => match dtype.kind() {
                Kind::Bool => "b",
                Kind::Unsigned => "u",
                Kind::Signed => "i",
                Kind::Float => "f",
                Kind::Complex => "c",
            }
            .to_owned(),
            "itemsize" => {
                let width = super::build::int(dtype.width() as i64);
                return Ok(Some(super::build::block(vec![Stmt::Do(array)], width)));
            }
            _ => return Ok(None),
        };
        let text = self.text_constant(&text);
        Ok(Some(super::build::block(vec![Stmt::Do(array)], text)))
    }

    /// An attribute of a scalar of NumPy.
    pub(super) fn scalar_attribute(&mut self, value: Expr, name: &str) -> Option<Expr> {
        if let Ty::Grown(dtype) = value.ty
            && dtype.is_complex()
            && matches!(name, "real" | "imag")
        {
            let ty = match dtype {
                Scalar::Complex128 => Ty::Num,
                other => Ty::Grown(other.real()),
            };
            let path = match dtype {
                Scalar::Complex128 => format!("grown::{name}_part"),
                _ => format!("grown::{name}_single"),
            };
            return Some(sure(&path, ty, vec![own(value)]));
        }
        let Ty::Np(dtype) = value.ty else {
            return None;
        };
        match name {
            "real" | "imag" if dtype.is_complex() => {
                let inner = Expr {
                    ty: Ty::Any,
                    node: Node::Field(Box::new(value), 0),
                };
                let part = literal(name, Ty::Any);
                let _ = part;
                Some(sure(
                    &format!("scalar::{name}_part"),
                    Ty::Np(dtype.real()),
                    vec![own(inner)],
                ))
            }
            "real" => Some(value),
            "size" | "ndim" | "itemsize" | "nbytes" => {
                let number = match name {
                    "size" => 1,
                    "ndim" => 0,
                    _ => dtype.width() as i64,
                };
                let before = vec![Stmt::Do(value)];
                Some(super::build::block(before, super::build::int(number)))
            }
            "dtype" | "shape" | "T" | "strides" => {
                let object = self.coerce(value, &Ty::Any);
                let name = self.name_constant(name);
                let given = vec![by_ref(object), by_ref(name)];
                Some(super::build::call("any::attribute", Ty::Any, given))
            }
            _ => None,
        }
    }
}
