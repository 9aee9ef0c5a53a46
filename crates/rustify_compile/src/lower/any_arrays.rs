//! Arrays among values whose type is only known at run time: attributes, methods, subscripts and operators in place.

use ruff_python_ast::{Expr as Ast, ExprCall, Operator, StmtAugAssign};
use ruff_text_size::Ranged;

use super::build::{array_of, by_ref, call, literal, own, sure};
use super::given_out::before_out;
use super::ndnames::wants_items;
use super::ndresults::Call;
use super::scope::{Low, Lowerer};
use super::unit::Constant;
use crate::ir::{Expr, Node};
use crate::program::Global;
use crate::types::Ty;

/// Methods of arrays that change nothing but what they make.
const METHODS: [&str; 38] = [
    "sum",
    "prod",
    "mean",
    "std",
    "var",
    "min",
    "max",
    "argmin",
    "argmax",
    "any",
    "all",
    "trace",
    "cumsum",
    "cumprod",
    "copy",
    "astype",
    "ravel",
    "flatten",
    "transpose",
    "swapaxes",
    "reshape",
    "round",
    "argsort",
    "conj",
    "conjugate",
    "dot",
    "nonzero",
    "clip",
    "take",
    "repeat",
    "squeeze",
    "diagonal",
    "item",
    "tolist",
    "searchsorted",
    "view",
    "tobytes",
    "byteswap",
];

impl Lowerer<'_, '_> {
    /// Whether the file uses NumPy, so that values of unknown type may be arrays.
    pub(super) fn has_numpy(&self) -> bool {
        self.unit.program.globals.values().any(|g| match g {
            Global::Module(m) | Global::Member(m, _) => m == "numpy" || m.starts_with("numpy."),
            _ => false,
        })
    }

    /// An attribute that arrays have, of a value that may be one.
    pub(super) fn any_array_attribute(
        &mut self,
        at: &impl Ranged,
        object: Expr,
        name: &str,
    ) -> Option<Expr> {
        let whole = matches!(name, "size" | "ndim" | "itemsize" | "nbytes");
        if object.ty != Ty::Any
            || !self.has_numpy()
            || !whole && !matches!(name, "shape" | "T" | "dtype" | "strides" | "real" | "imag")
        {
            return None;
        }
        let name_object = self.constant(Constant::Name(name.to_owned()));
        let made = call(
            "any::attribute",
            Ty::Any,
            vec![by_ref(object), by_ref(name_object)],
        );
        Some(if whole {
            self.coerce(made, &Ty::Int)
        } else if name == "shape" {
            let slot = self.site(at.range(), 66);
            self.unit.types.learn(slot, &Ty::Int);
            self.coerce(made, &Ty::TupleOf(slot))
        } else {
            made
        })
    }

    /// A method that arrays have, of a value that may be one.
    pub(super) fn any_array_method(
        &mut self,
        e: &ExprCall,
        receiver: &Expr,
        name: &str,
    ) -> Low<Option<Expr>> {
        if !METHODS.contains(&name) || !self.has_numpy() {
            return Ok(None);
        }
        if name == "copy" && e.arguments.is_empty() {
            // Lists and dicts have it, too.
        } else if e.arguments.args.iter().any(|a| self.iterated(a)) {
            return Ok(None);
        }
        let mut args = Vec::new();
        for arg in &e.arguments.args {
            let value = self.numpy_arg(arg)?;
            args.push(self.coerce(value, &Ty::Any));
        }
        if before_out(name).is_some_and(|n| args.len() >= n)
            || name == "byteswap" && !args.is_empty()
        {
            return Ok(None);
        }
        let mut described = Call::default();
        let Some(keywords) = self.keywords("", &e.arguments.keywords, &mut described)? else {
            return Ok(None);
        };
        let mut names = Vec::new();
        for (key, value) in keywords {
            // With fewer items than degrees of freedom, NumPy warns.
            if key == "ddof" {
                return Ok(None);
            }
            names.push(self.constant(Constant::Name(key)));
            args.push(self.coerce(value, &Ty::Any));
        }
        let care = match name {
            "astype" => "Complex",
            _ if wants_items(name) => "Items",
            _ => "None",
        };
        let name = self.constant(Constant::Name(name.to_owned()));
        let care = literal(&format!("any::Care::{care}"), Ty::Any);
        Ok(Some(call(
            "any::array_method",
            Ty::Any,
            vec![
                by_ref(receiver.clone()),
                by_ref(name),
                by_ref(array_of(args)),
                by_ref(array_of(names)),
                own(care),
            ],
        )))
    }

    /// Whether a subscript can only be one of an array.
    pub(super) fn is_array_key(index: &Ast) -> bool {
        let special = |e: &Ast| matches!(e, Ast::Slice(_) | Ast::EllipsisLiteral(_));
        match index {
            Ast::Tuple(t) => t.elts.iter().any(special),
            Ast::EllipsisLiteral(_) => true,
            _ => false,
        }
    }

    /// The key object of a subscript that can only be one of an array.
    pub(super) fn array_key(&mut self, index: &Ast) -> Low<Expr> {
        let parts = match index {
            Ast::Tuple(t) => &t.elts[..],
            one => std::slice::from_ref(one),
        };
        let mut keys = Vec::new();
        for part in parts {
            keys.push(match part {
                Ast::Slice(s) => self.slice_object(s)?,
                Ast::EllipsisLiteral(_) => sure("ndcall::ellipsis", Ty::Any, Vec::new()),
                _ => {
                    let value = self.expr(part)?;
                    self.coerce(value, &Ty::Any)
                }
            });
        }
        if !matches!(index, Ast::Tuple(_)) {
            return Ok(keys.remove(0));
        }
        Ok(call("ndcall::key", Ty::Any, vec![by_ref(array_of(keys))]))
    }

    /// `old op= value` of a value that may be an array.
    pub(super) fn any_in_place(
        &mut self,
        s: &StmtAugAssign,
        old: Expr,
        value: Expr,
    ) -> Option<Expr> {
        if s.op == Operator::MatMult || !self.has_numpy() {
            return None;
        }
        let name = super::operators::name(s.op);
        let value = self.coerce(value, &Ty::Any);
        Some(call(
            "any::changed",
            Ty::Any,
            vec![
                own(old),
                by_ref(value),
                own(literal(&format!("ndcall::in_place::{name}"), Ty::Any)),
                own(literal(&format!("any::{name}"), Ty::Any)),
            ],
        ))
    }

    /// A comparison as a value, of values that may be NumPy's; none where the answer is surely Python's.
    pub(super) fn any_compared(
        &mut self,
        op: ruff_python_ast::CmpOp,
        left: &Expr,
        right: &Expr,
    ) -> Option<Expr> {
        let number = comparison_number(op)?;
        let may_be = |e: &Expr| matches!(e.ty, Ty::Any | Ty::Array(..));
        let stands = |e: &Expr| {
            may_be(e)
                || e.ty.is_number()
                || matches!(e.ty, Ty::Np(_) | Ty::Grown(_) | Ty::Complex)
                || matches!(e.node, Node::Constant(_))
        };
        if !self.has_numpy() || !(may_be(left) || may_be(right)) || !stands(left) || !stands(right)
        {
            return None;
        }
        let (a, b) = (
            self.coerce(left.clone(), &Ty::Any),
            self.coerce(right.clone(), &Ty::Any),
        );
        Some(call(
            "any::compared",
            Ty::Any,
            vec![by_ref(a), by_ref(b), own(literal(number, Ty::Any))],
        ))
    }
}

/// The number that the interpreter gives to an operator that orders or tells equals.
pub(super) fn comparison_number(op: ruff_python_ast::CmpOp) -> Option<&'static str> {
    use ruff_python_ast::CmpOp;
    Some(match op {
        CmpOp::Lt => "0",
        CmpOp::LtE => "1",
        CmpOp::Eq => "2",
        CmpOp::NotEq => "3",
        CmpOp::Gt => "4",
        CmpOp::GtE => "5",
        _ => return None,
    })
}
