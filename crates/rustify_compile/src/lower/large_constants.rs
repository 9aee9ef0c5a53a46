//! Sums, products, powers and shifts of literals that no machine word holds, such as `(1 << 64) - 1`.

use ruff_python_ast::{Expr as Ast, ExprBinOp, Number, Operator};

use super::scope::Lowerer;
use super::unit::Constant;
use crate::ir::Expr;

impl Lowerer<'_, '_> {
    /// Such a number as an object, where whole numbers are objects or have 64 bits and no more.
    pub(super) fn large_constant(&mut self, e: &ExprBinOp) -> Option<Expr> {
        if !self.is_big() && !self.unit.is_spare {
            return None;
        }
        let n = value_of(e).filter(|&n| n > i128::from(i64::MAX))?;
        Some(self.constant(Constant::Big(n.to_string())))
    }
}

fn value_of(e: &ExprBinOp) -> Option<i128> {
    let (a, b) = (literal(&e.left)?, literal(&e.right)?);
    let times = || u32::try_from(b).ok().filter(|&n| n < 127);
    match e.op {
        Operator::Add => a.checked_add(b),
        Operator::Sub => a.checked_sub(b),
        Operator::Mult => a.checked_mul(b),
        Operator::Pow => a.checked_pow(times()?),
        Operator::LShift => a.checked_mul(1 << times()?),
        _ => None,
    }
}

fn literal(e: &Ast) -> Option<i128> {
    match e {
        Ast::NumberLiteral(n) => match &n.value {
            Number::Int(i) => i.to_string().parse().ok(),
            _ => None,
        },
        Ast::BinOp(b) => value_of(b),
        _ => None,
    }
}
