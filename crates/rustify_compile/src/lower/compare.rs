//! Comparisons, membership and identity.

use ruff_python_ast::{CmpOp, ExprCompare};
use ruff_text_size::Ranged;

use super::build::{block, boolean, by_ref, call, infix, method, not, own, sure, sure_method};
use super::scope::{Low, Lowerer};
use crate::ir::{Expr, Node, Stmt};
use crate::types::{Scalar, Ty};

impl Lowerer<'_, '_> {
    /// A chain of comparisons. As a value it is `numpy.bool` where one side is NumPy's, which is left to Python.
    pub(super) fn comparison(&mut self, e: &ExprCompare, as_condition: bool) -> Low<Expr> {
        if let ([op], [right]) = (&e.ops[..], &e.comparators[..])
            && let Some(equal) = self.dtype_comparison(&e.left, *op, right)
        {
            return Ok(equal);
        }
        if let ([op], [right]) = (&e.ops[..], &e.comparators[..])
            && let Some(found) = self.dtype_membership(&e.left, *op, right)
        {
            return Ok(found);
        }
        if let Some(test) = self.view_comparison(e)? {
            return Ok(test);
        }
        let mut left = self.expr(&e.left)?;
        let mut result: Option<Expr> = None;
        for (i, (op, right)) in e.ops.iter().zip(&e.comparators).enumerate() {
            if e.ops.len() == 1
                && matches!(op, CmpOp::In | CmpOp::NotIn)
                && let Some(found) = self.among(right, &left)?
            {
                return Ok(if *op == CmpOp::In { found } else { not(found) });
            }
            let is_sought = matches!(op, CmpOp::In | CmpOp::NotIn);
            let mut value = match self.viewed(right)? {
                Some(value) if is_sought => value,
                _ => self.expr(right)?,
            };
            let mut before: Vec<Stmt> = Vec::new();
            let last = i + 1 == e.ops.len();
            let next = if last {
                None
            } else {
                // The middle of a chain is computed once, after what stands before it.
                let is_plain = |e: &Expr| {
                    matches!(
                        e.node,
                        Node::Local(_) | Node::Literal(_) | Node::Constant(_)
                    )
                };
                if i == 0 && !is_plain(&value) && !matches!(left.node, Node::Literal(_)) {
                    let first = self.temporary("leftmost", right, &left.ty.clone());
                    before.push(self.assign(first, left));
                    left = self.read(first);
                }
                let kept = self.temporary("middle", right, &value.ty.clone());
                before.push(self.assign(kept, value));
                value = self.read(kept);
                Some(value.clone())
            };
            if matches!(left.ty, Ty::Array(..)) || matches!(value.ty, Ty::Array(..)) {
                if e.ops.len() == 1
                    && !as_condition
                    && let Some(made) = self.array_comparison(*op, left.clone(), value.clone())
                {
                    return Ok(made);
                }
                let contained = matches!(op, CmpOp::In | CmpOp::NotIn)
                    && matches!(value.ty, Ty::Array(..))
                    && !matches!(left.ty, Ty::Array(..));
                if !matches!(op, CmpOp::Is | CmpOp::IsNot) && !contained {
                    if e.ops.len() == 1
                        && let Some(made) = self.any_compared(*op, &left, &value)
                    {
                        return Ok(if as_condition { self.truth(made) } else { made });
                    }
                    return self.no(
                        e,
                        "array-comparison",
                        "this comparison of arrays is not translated",
                        "Compare arrays of plain numbers, one comparison at a time.",
                    );
                }
            }
            let numpys = |e: &Expr| matches!(e.ty, Ty::Np(_) | Ty::Num | Ty::Grown(_));
            let is_order = !matches!(op, CmpOp::Is | CmpOp::IsNot | CmpOp::In | CmpOp::NotIn);
            let known = |e: &Expr| matches!(e.ty, Ty::Np(d) if real(d) || d == Scalar::Bool8);
            if !as_condition
                && is_order
                && e.ops.len() == 1
                && (known(&left) || known(&value))
                && left.ty != Ty::Num
                && value.ty != Ty::Num
                && comparable(&left.ty)
                && comparable(&value.ty)
            {
                let test = self.compare(right, *op, left, value)?;
                return Ok(sure("Bool8", Ty::Np(Scalar::Bool8), vec![own(test)]));
            }
            if !as_condition
                && is_order
                && e.ops.len() == 1
                && (numpys(&left) || numpys(&value))
                && (is_number_of_some_kind(&left.ty) && is_number_of_some_kind(&value.ty)
                    || is_wide_pair(&left.ty, &value.ty))
            {
                return self.verdict(right, *op, left, value);
            }
            if !as_condition && is_order && (numpys(&left) || numpys(&value)) {
                (left, value) = (self.coerce(left, &Ty::Any), self.coerce(value, &Ty::Any));
            }
            if !as_condition
                && is_order
                && e.ops.len() == 1
                && let Some(made) = self.any_compared(*op, &left, &value)
            {
                return Ok(made);
            }
            self.strict = !as_condition;
            let test = self.compare(right, *op, left, value);
            self.strict = false;
            let test = block(before, test?);
            result = Some(match result {
                Some(so_far) => infix("&&", Ty::Bool, so_far, test),
                None => test,
            });
            left = next.unwrap_or_else(super::build::none);
        }
        Ok(result.unwrap_or_else(|| boolean(true)))
    }

    /// The answer of a comparison of numbers that are NumPy's in one run and Python's in another: it is NumPy's if
    /// one of them is.
    fn verdict(&mut self, at: &impl Ranged, op: CmpOp, left: Expr, right: Expr) -> Low<Expr> {
        let mut before = Vec::new();
        let mut kinds = Vec::new();
        let [a, b] = [("left", left), ("right", right)].map(|(name, e)| {
            if !matches!(e.ty, Ty::Num | Ty::Grown(_)) {
                kinds.push(boolean(matches!(e.ty, Ty::Np(_))));
                if matches!(e.node, Node::Literal(_)) {
                    return e;
                }
            }
            // Each of a kind of its own: of both kinds together, neither would be known.
            let kept = self.temporary(name, at, &e.ty.clone());
            before.push(self.assign(kept, e));
            let e = self.read(kept);
            if matches!(e.ty, Ty::Num | Ty::Grown(_)) {
                kinds.push(sure_method(e.clone(), "is_numpys", Ty::Bool, Vec::new()));
            }
            e
        });
        let test = self.compare(at, op, a, b)?;
        let numpys = kinds
            .into_iter()
            .reduce(|a, b| infix("||", Ty::Bool, a, b))
            .unwrap_or_else(|| boolean(false));
        let made = call("num::verdict", Ty::Any, vec![own(test), own(numpys)]);
        Ok(block(before, made))
    }

    /// One comparison.
    pub(super) fn compare(
        &mut self,
        at: &impl Ranged,
        op: CmpOp,
        left: Expr,
        right: Expr,
    ) -> Low<Expr> {
        let (mut left, mut right) = (left, right);
        if matches!(op, CmpOp::In | CmpOp::NotIn) {
            if let Ty::Instance(c) = right.ty
                && !self.is_named(&right)
            {
                let kept = self.temporary("sought", at, &left.ty.clone());
                let keep = self.assign(kept, left);
                let item = self.read(kept);
                let Some(found) = self.special(at, right, c, "__contains__", vec![item])? else {
                    return self.no(
                        at,
                        "operator",
                        "`in` an instance without `__contains__`",
                        "Define it.",
                    );
                };
                let found = self.truth(found);
                let found = block(vec![keep], found);
                return Ok(if op == CmpOp::In { found } else { not(found) });
            }
            right = self.as_plain(at, right)?;
        } else if !matches!(op, CmpOp::Is | CmpOp::IsNot) {
            left = self.plain_member(at, left)?;
            right = self.plain_member(at, right)?;
            let named = |l: &Self, e: &Expr| l.is_named(e);
            if named(self, &left) != named(self, &right) {
                left = self.as_plain(at, left)?;
                right = self.as_plain(at, right)?;
            }
            if matches!(left.ty, Ty::Instance(_)) || matches!(right.ty, Ty::Instance(_)) {
                return self.instance_comparison(at, op, left, right);
            }
        }
        Ok(match op {
            CmpOp::Is | CmpOp::IsNot => {
                let same = self.identical(left, right);
                if op == CmpOp::Is { same } else { not(same) }
            }
            CmpOp::In | CmpOp::NotIn => {
                let found = self.contains(at, right, left)?;
                if op == CmpOp::In { found } else { not(found) }
            }
            CmpOp::Eq => self.equal(left, right),
            CmpOp::NotEq => not(self.equal(left, right)),
            CmpOp::Lt => self.less(left, right, "<", "lt"),
            CmpOp::LtE => self.less(left, right, "<=", "le"),
            CmpOp::Gt => self.less(left, right, ">", "gt"),
            CmpOp::GtE => self.less(left, right, ">=", "ge"),
        })
    }

    fn identical(&mut self, left: Expr, right: Expr) -> Expr {
        if right.ty == Ty::None {
            return self.is_none(left);
        }
        if left.ty == Ty::None {
            return self.is_none(right);
        }
        if left.ty == Ty::Bool && right.ty == Ty::Bool {
            return infix("==", Ty::Bool, left, right);
        }
        let (a, b) = (self.coerce(left, &Ty::Any), self.coerce(right, &Ty::Any));
        call("any::is", Ty::Bool, vec![by_ref(a), by_ref(b)])
    }

    pub(super) fn equal(&mut self, left: Expr, right: Expr) -> Expr {
        let (left, right) = self.without_truths(left, right);
        match (&left.ty, &right.ty) {
            (&Ty::Deque(a), &Ty::Deque(b)) => {
                let a = method(left, "listed", Ty::List(a), Vec::new());
                let b = method(right, "listed", Ty::List(b), Vec::new());
                self.any_comparison(a, b, "eq")
            }
            (Ty::Int, Ty::Int)
            | (Ty::Float, Ty::Float)
            | (Ty::Bool, Ty::Bool)
            | (Ty::Char, Ty::Char) => infix("==", Ty::Bool, left, right),
            (a, b) if is_wide_pair(a, b) => self.wide_comparison("==", left, right),
            (Ty::Np(_), _) | (_, Ty::Np(_)) if comparable(&left.ty) && comparable(&right.ty) => {
                let (a, b) = self.plain_numbers(left, right);
                self.equal(a, b)
            }
            (Ty::Grown(_), b) if is_number_of_some_kind(b) => {
                let (a, b) = self.grown_pair(left, right);
                self.grown_equal(a, b)
            }
            (a, Ty::Grown(_)) if is_number_of_some_kind(a) => {
                let (a, b) = self.grown_pair(left, right);
                self.grown_equal(a, b)
            }
            (a, b) if a.is_number() && b.is_number() => {
                let (a, b) = (self.number(left), self.number(right));
                sure("num::eq::<Int>", Ty::Bool, vec![own(a), own(b)])
            }
            (Ty::Str, Ty::Char) => sure("text::eq_char", Ty::Bool, vec![by_ref(left), own(right)]),
            (Ty::Char, Ty::Str) => sure("text::eq_char", Ty::Bool, vec![by_ref(right), own(left)]),
            (Ty::Str, Ty::Str) => call("text::eq", Ty::Bool, vec![by_ref(left), by_ref(right)]),
            (Ty::Bytes, Ty::Bytes) | (Ty::ByteArray, Ty::ByteArray) => {
                sure_method(left, "eq", Ty::Bool, vec![by_ref(right)])
            }
            (Ty::Complex, Ty::Complex) => infix("==", Ty::Bool, left, right),
            (a, b) if are_ordered_tuples(a, b) => in_order("is_same", left, right),
            (Ty::None, _) => self.is_none(right),
            (_, Ty::None) => self.is_none(left),
            (Ty::Opt(inner), other) | (other, Ty::Opt(inner))
                if (matches!(**inner, Ty::Np(_)) || matches!(other, Ty::Np(_)))
                    && comparable(inner)
                    && comparable(other)
                    && matches!(left.node, Node::Local(_))
                    && matches!(right.node, Node::Local(_)) =>
            {
                let optional = if matches!(left.ty, Ty::Opt(_)) {
                    left.clone()
                } else {
                    right.clone()
                };
                let absent = self.is_none(optional);
                let (a, b) = (self.present(left), self.present(right));
                let equal = self.equal(a, b);
                infix("&&", Ty::Bool, not(absent), equal)
            }
            (Ty::Opt(inner), other) if **inner == *other && is_plain_key(other) => {
                let refs = vec![by_ref(left), by_ref(right)];
                sure("value::is_the", Ty::Bool, refs)
            }
            (other, Ty::Opt(inner)) if **inner == *other && is_plain_key(other) => {
                let refs = vec![by_ref(left), by_ref(right)];
                sure("value::is_in", Ty::Bool, refs)
            }
            _ => self.any_comparison(left, right, "eq"),
        }
    }

    /// Truth values of NumPy as Python's, which compare alike.
    fn without_truths(&mut self, left: Expr, right: Expr) -> (Expr, Expr) {
        let is_truth = |e: &Expr| e.ty == Ty::Np(Scalar::Bool8);
        if !(is_truth(&left) && comparable(&right.ty) || is_truth(&right) && comparable(&left.ty)) {
            return (left, right);
        }
        let [a, b] = [left, right].map(|e| if is_truth(&e) { self.truth(e) } else { e });
        (a, b)
    }

    fn less(&mut self, left: Expr, right: Expr, op: &'static str, name: &str) -> Expr {
        let (left, right) = self.without_truths(left, right);
        let (left, right) = (self.number(left), self.number(right));
        if is_wide_pair(&left.ty, &right.ty) {
            return self.wide_comparison(op, left, right);
        }
        let (left, right) = if matches!(left.ty, Ty::Grown(_)) && is_number_of_some_kind(&right.ty)
            || matches!(right.ty, Ty::Grown(_)) && is_number_of_some_kind(&left.ty)
        {
            self.grown_pair(left, right)
        } else if comparable(&left.ty) && comparable(&right.ty) {
            self.plain_numbers(left, right)
        } else {
            (left, right)
        };
        match (&left.ty, &right.ty) {
            (Ty::Int, Ty::Int) | (Ty::Float, Ty::Float) | (Ty::Char, Ty::Char) => {
                infix(op, Ty::Bool, left, right)
            }
            (Ty::Grown(_), Ty::Grown(_)) => {
                let (a, b) = if op.starts_with('>') {
                    (right, left)
                } else {
                    (left, right)
                };
                let path = if op.len() == 1 {
                    "grown::lt"
                } else {
                    "grown::le"
                };
                call(path, Ty::Bool, vec![own(a), own(b)])
            }
            (a, b) if a.is_number() && b.is_number() => {
                // a > b is b < a for numbers, NaN included.
                let (a, b) = if op.starts_with('>') {
                    (right, left)
                } else {
                    (left, right)
                };
                let path = if op.len() == 1 {
                    "num::lt::<Int>"
                } else {
                    "num::le::<Int>"
                };
                sure(path, Ty::Bool, vec![own(a), own(b)])
            }
            (Ty::Str | Ty::Char, Ty::Str | Ty::Char) => {
                let order = call("text::order", Ty::Int, vec![by_ref(left), by_ref(right)]);
                infix(op, Ty::Bool, order, super::build::literal("0i32", Ty::Int))
            }
            // Of tuples with NaN nothing is said.
            (a, b) if are_ordered_tuples(a, b) => match op {
                "<" => in_order("is_less", left, right),
                ">" => in_order("is_greater", left, right),
                "<=" => not(in_order("is_greater", left, right)),
                _ => not(in_order("is_less", left, right)),
            },
            _ => self.any_comparison(left, right, name),
        }
    }

    /// A comparison by the interpreter: as a value it is Python's, or it is left to Python.
    fn any_comparison(&mut self, left: Expr, right: Expr, name: &str) -> Expr {
        let numpys = |ty: &Ty| {
            matches!(
                ty,
                Ty::Any | Ty::Np(_) | Ty::Num | Ty::Grown(_) | Ty::Array(..) | Ty::Opt(_)
            )
        };
        let may_be = numpys(&left.ty) || numpys(&right.ty);
        let (a, b) = (self.coerce(left, &Ty::Any), self.coerce(right, &Ty::Any));
        let mut args = vec![by_ref(a), by_ref(b)];
        if !self.strict || !may_be {
            return call(&format!("any::{name}"), Ty::Bool, args);
        }
        let number = match name {
            "lt" => "0",
            "le" => "1",
            "gt" => "4",
            "ge" => "5",
            _ => "2",
        };
        args.push(own(super::build::literal(number, Ty::Any)));
        call("any::strict", Ty::Bool, args)
    }

    /// A comparison of whole numbers of any kinds.
    fn wide_comparison(&mut self, op: &'static str, left: Expr, right: Expr) -> Expr {
        let [a, b] = [left, right].map(|e| {
            let item = match e.ty {
                Ty::Np(_) => Expr {
                    ty: Ty::Any,
                    node: Node::Field(Box::new(e), 0),
                },
                Ty::Grown(_) => return sure_method(e, "wide", Ty::Any, Vec::new()),
                _ => e,
            };
            sure("i128::from", Ty::Any, vec![own(item)])
        });
        infix(op, Ty::Bool, a, b)
    }

    /// Whether two numbers are equal that compare alike.
    fn grown_equal(&mut self, a: Expr, b: Expr) -> Expr {
        match a.ty {
            Ty::Grown(_) => call("grown::eq", Ty::Bool, vec![own(a), own(b)]),
            _ => self.equal(a, b),
        }
    }

    /// NumPy's scalars as Python's numbers, which compare alike: whole with whole, else as `float`.
    fn plain_numbers(&mut self, left: Expr, right: Expr) -> (Expr, Expr) {
        let numpys = matches!(left.ty, Ty::Np(_)) || matches!(right.ty, Ty::Np(_));
        if numpys && (left.ty == Ty::Num || right.ty == Ty::Num) {
            let tagged =
                |e: &Expr| matches!(e.ty, Ty::Num | Ty::Np(Scalar::Float64 | Scalar::Int64));
            let common = if tagged(&left) && tagged(&right) {
                Ty::Num
            } else {
                Ty::Any
            };
            return (self.coerce(left, &common), self.coerce(right, &common));
        }
        let single = |e: &Expr| e.ty == Ty::Np(Scalar::Float32);
        let (a_single, b_single) = (single(&left), single(&right));
        if a_single && b_single
            || a_single && matches!(right.ty, Ty::Float | Ty::Int)
            || b_single && matches!(left.ty, Ty::Float | Ty::Int)
        {
            // A number of Python is rounded to the other's precision first.
            let [a, b] = [left, right].map(|e| {
                let item = self.item_of(e, Scalar::Float32);
                super::build::sure("f64::from", Ty::Float, vec![own(item)])
            });
            return (a, b);
        }
        let mut plain = |e: Expr| match e.ty {
            Ty::Np(Scalar::Float64) => self.float(e),
            Ty::Np(Scalar::Bool8) => e,
            Ty::Np(d) if d.is_float() => {
                let item = self.item_of(e, Scalar::Float64);
                Expr {
                    ty: Ty::Float,
                    ..item
                }
            }
            Ty::Np(_) => {
                let value = Expr {
                    ty: Ty::Int,
                    node: Node::Field(Box::new(e), 0),
                };
                Expr {
                    ty: Ty::Int,
                    node: Node::As(Box::new(value)),
                }
            }
            _ => e,
        };
        let (left, right) = (plain(left), plain(right));
        match (&left.ty, &right.ty) {
            // Python compares exactly, NumPy as floats.
            (Ty::Int, Ty::Float) if numpys => (self.float(left), right),
            (Ty::Float, Ty::Int) if numpys => (left, self.float(right)),
            _ => (left, right),
        }
    }
}

/// Whether a type is a number of Python or of NumPy.
fn comparable(ty: &Ty) -> bool {
    ty.is_number() || matches!(ty, Ty::Np(d) if real(*d) || *d == Scalar::Bool8)
}

/// Whether whole numbers are compared, some of them of `uint64` or Python's in another run.
fn is_wide_pair(a: &Ty, b: &Ty) -> bool {
    let is_whole = |ty: &Ty| match ty {
        Ty::Np(d) | Ty::Grown(d) => d.is_int(),
        other => *other == Ty::Int,
    };
    let is_wide = |ty: &Ty| matches!(ty, Ty::Np(Scalar::UInt64) | Ty::Grown(_));
    is_whole(a) && is_whole(b) && (is_wide(a) || is_wide(b))
}

/// Whether a type is one of numbers that others may have grown from.
fn is_number_of_some_kind(ty: &Ty) -> bool {
    match ty {
        Ty::Grown(d) | Ty::Np(d) => real(*d),
        other => matches!(other, Ty::Int | Ty::Float | Ty::Num),
    }
}

/// Whether Python's numbers hold all values of a dtype, in order.
fn real(d: Scalar) -> bool {
    d.is_float() || d.is_int() && d != Scalar::UInt64
}

/// Whether both are tuples of the same types, of whose items one is always less, equal or greater, but for NaN.
fn are_ordered_tuples(a: &Ty, b: &Ty) -> bool {
    const MOST: usize = 8;
    let (Ty::Tuple(items), true) = (a, a == b) else {
        return false;
    };
    let is_ordered = |ty: &Ty| match ty {
        Ty::Int | Ty::Float | Ty::Bool | Ty::Char | Ty::Str => true,
        Ty::Tuple(_) => are_ordered_tuples(ty, ty),
        _ => false,
    };
    (1..=MOST).contains(&items.len()) && items.iter().all(is_ordered)
}

fn in_order(name: &str, left: Expr, right: Expr) -> Expr {
    let path = format!("builtins::{name}");
    call(&path, Ty::Bool, vec![by_ref(left), by_ref(right)])
}

/// Whether values compare as keys of dicts in Rust do.
fn is_plain_key(ty: &Ty) -> bool {
    matches!(ty, Ty::Int | Ty::Bool | Ty::Str | Ty::Char)
}
