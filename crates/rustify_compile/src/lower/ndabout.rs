//! What a program asks of dtypes: which kind they are, what they hold at most, which they are together.

use ruff_python_ast::{CmpOp, Expr as Ast, ExprCall};

use super::build::{block, boolean, by_ref, call, int, literal, own, sure};
use super::scope::{Low, Lowerer};
use super::unit::Place;
use crate::dtype::Kind;
use crate::ir::{Expr, Node, Stmt};
use crate::types::{Scalar, Ty};

/// Classes of NumPy that stand for several dtypes, or for one that is not translated.
pub(super) fn is_class_value(name: &str) -> bool {
    among(name, Scalar::Int8).is_some()
        || matches!(
            name,
            "half" | "float16" | "longdouble" | "str_" | "bytes_" | "object_"
        )
}

/// Whether an abstract class has a dtype under it.
fn among(class: &str, d: Scalar) -> Option<bool> {
    let kind = d.kind();
    Some(match class {
        "generic" => true,
        "number" => kind != Kind::Bool,
        "integer" => d.is_int(),
        "signedinteger" => kind == Kind::Signed,
        "unsignedinteger" => kind == Kind::Unsigned,
        "inexact" => d.is_float() || d.is_complex(),
        "floating" => d.is_float(),
        "complexfloating" => d.is_complex(),
        _ => return None,
    })
}

/// An attribute of `numpy.finfo` or `numpy.iinfo` of a dtype, as Rust says it.
fn limit(function: &str, d: Scalar, name: &str) -> Option<Expr> {
    let element = d.element();
    if function == "iinfo" {
        return match name {
            "bits" if d.is_int() => Some(int(8 * d.width() as i64)),
            "max" | "min" if d.is_int() && d != Scalar::UInt64 => {
                let text = format!("i64::from({element}::{})", name.to_uppercase());
                let wide = literal(&text, Ty::Int);
                Some(Expr {
                    ty: Ty::Int,
                    node: Node::As(Box::new(wide)),
                })
            }
            _ => None,
        };
    }
    let (bits, digits) = match d.real() {
        Scalar::Float64 => (64, 15),
        Scalar::Float32 => (32, 6),
        _ => return None,
    };
    let constant = match name {
        "bits" => return Some(int(bits)),
        "precision" => return Some(int(digits)),
        "eps" => "EPSILON",
        "max" => "MAX",
        "min" => "MIN",
        "tiny" | "smallest_normal" => "MIN_POSITIVE",
        _ => return None,
    };
    let real = d.real();
    let value = literal(&format!("{}::{constant}", real.element()), Ty::Any);
    Some(sure(real.rust(), Ty::Np(real), vec![own(value)]))
}

impl Lowerer<'_, '_> {
    /// The dtype of an expression `array.dtype`, with what comes before.
    pub(super) fn dtype_of_array(&mut self, e: &Ast) -> Option<(Scalar, Expr)> {
        let Ast::Attribute(of) = e else { return None };
        let Ast::Name(n) = &*of.value else {
            return None;
        };
        let local = self.find(&n.id)?;
        match self.type_of(local) {
            Ty::Array(d, _) | Ty::Np(d) if of.attr.as_str() == "dtype" => {
                Some((d, self.read(local)))
            }
            _ => None,
        }
    }

    /// `array.dtype in (numpy.float32, numpy.float64)` of an array of known dtype.
    pub(super) fn dtype_membership(&mut self, left: &Ast, op: CmpOp, right: &Ast) -> Option<Expr> {
        let (Ast::Tuple(_) | Ast::List(_), CmpOp::In | CmpOp::NotIn) = (right, op) else {
            return None;
        };
        let all = match right {
            Ast::Tuple(t) => &t.elts,
            Ast::List(l) => &l.elts,
            _ => return None,
        };
        let named = all
            .iter()
            .map(|e| self.dtype_named(e))
            .collect::<Option<Vec<_>>>()?;
        let (dtype, array) = self.dtype_of_array(left)?;
        for e in all {
            self.dtype_used(e);
        }
        let answer = boolean(named.contains(&dtype) == (op == CmpOp::In));
        Some(block(vec![Stmt::Do(array)], answer))
    }

    /// `numpy.finfo(…).eps` and the like of a dtype that is known.
    pub(super) fn limit_of_dtype(&mut self, of: &Ast, name: &str) -> Low<Option<Expr>> {
        let Ast::Call(c) = of else { return Ok(None) };
        let Some((place, module, function)) = self.imported(&c.func) else {
            return Ok(None);
        };
        let ([argument], []) = (&*c.arguments.args, &*c.arguments.keywords) else {
            return Ok(None);
        };
        if module != "numpy" || !matches!(function.as_str(), "finfo" | "iinfo") {
            return Ok(None);
        }
        let known = match self.dtype_of_array(argument) {
            Some((d, array)) => Some((d, vec![Stmt::Do(array)])),
            None => self.dtype_named(argument).map(|d| (d, Vec::new())),
        };
        let Some((dtype, mut before)) = known else {
            return Ok(None);
        };
        let Some(value) = limit(&function, dtype, name) else {
            return Ok(None);
        };
        self.dtype_used(argument);
        let class = self.capture(place);
        let name_of = own(literal(&format!("c\"{function}\""), Ty::Any));
        let known = call("ndcall::known", Ty::None, vec![by_ref(class), name_of]);
        before.push(Stmt::Do(known));
        Ok(Some(block(before, value)))
    }

    /// A call that tells about dtypes; none if it is no such call.
    pub(super) fn dtype_call(
        &mut self,
        e: &ExprCall,
        name: &str,
        place: &Place,
    ) -> Low<Option<Expr>> {
        let arguments = &*e.arguments.args;
        if !e.arguments.keywords.is_empty() {
            return Ok(None);
        }
        match (name, arguments) {
            ("dtype", [of]) => {
                let class = self.capture(place.clone());
                let of = self.numpy_arg(of)?;
                let of = self.coerce(of, &Ty::Any);
                let made = call("ndabout::dtype", Ty::Any, vec![by_ref(class), by_ref(of)]);
                Ok(Some(made))
            }
            ("finfo" | "iinfo", [of]) => {
                let class = self.capture(place.clone());
                let of = self.numpy_arg(of)?;
                let of = self.coerce(of, &Ty::Any);
                let name = own(literal(&format!("c\"{name}\""), Ty::Any));
                let made = call(
                    "ndabout::limits",
                    Ty::Any,
                    vec![by_ref(class), name, by_ref(of)],
                );
                Ok(Some(made))
            }
            ("issubdtype", [of, class]) => {
                let Some((_, module, class_name)) = self.imported(class) else {
                    return Ok(None);
                };
                let Some((d, array)) = self.dtype_of_array(of) else {
                    return Ok(None);
                };
                let answer = match Scalar::by_name(&class_name) {
                    Some(other) => Some(other == d),
                    None => among(&class_name, d),
                };
                let (Some(answer), "numpy") = (answer, module.as_str()) else {
                    return Ok(None);
                };
                self.capture_named(class);
                let function = self.capture(place.clone());
                let own_function = call("ndcall::own", Ty::None, vec![by_ref(function)]);
                let before = vec![Stmt::Do(array), Stmt::Do(own_function)];
                Ok(Some(block(before, boolean(answer))))
            }
            _ => Ok(None),
        }
    }

    /// A name of NumPy must mean what it meant.
    fn capture_named(&mut self, e: &Ast) {
        if let Some((place, ..)) = self.imported(e) {
            self.capture(place);
        }
    }

    /// An attribute that dtypes, their limits, and flags of arrays have, of a value that may be one.
    pub(super) fn about_attribute(&mut self, object: &Expr, name: &str) -> Option<Expr> {
        let ty = match name {
            "writeable" | "c_contiguous" | "f_contiguous" | "contiguous" | "owndata"
            | "aligned" | "fnc" | "forc" | "isnative" => Ty::Bool,
            "kind" | "char" | "str" | "byteorder" => Ty::Str,
            "bits" | "precision" | "nmant" | "nexp" | "maxexp" | "minexp" | "machep" | "negep"
            | "iexp" | "alignment" => Ty::Int,
            "eps" | "epsneg" | "tiny" | "resolution" | "smallest_normal" | "smallest_subnormal"
            | "max" | "min" | "flags" | "base" => Ty::Any,
            _ => return None,
        };
        if object.ty != Ty::Any || !self.has_numpy() {
            return None;
        }
        let name = self.name_constant(name);
        let made = call(
            "any::attribute",
            Ty::Any,
            vec![by_ref(object.clone()), by_ref(name)],
        );
        Some(self.coerce(made, &ty))
    }
}
