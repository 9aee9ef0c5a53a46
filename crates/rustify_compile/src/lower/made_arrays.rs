//! New arrays that are made without a call of NumPy.

use ruff_python_ast::{Expr as Ast, ExprCall, UnaryOp};

use super::build::{array_of, block, by_ref, call, literal, method, own};
use super::ndresults::Call;
use super::scope::Lowerer;
use super::sides::unreal;
use crate::ir::{Expr, Local, Node, Stmt};
use crate::types::{Scalar, Ty};

/// The most items that are written out one by one.
const MOST: usize = 8;

/// Whether a value of Python becomes an item of a dtype without a rounding that NumPy makes in its own way.
fn becomes(ty: &Ty, dtype: Scalar) -> bool {
    match ty {
        Ty::Float => dtype == Scalar::Float64,
        Ty::Int => matches!(dtype, Scalar::Int64 | Scalar::Float64),
        Ty::Bool => dtype == Scalar::Bool8,
        Ty::Np(d) => {
            *d == dtype
                && matches!(
                    d,
                    Scalar::Float64
                        | Scalar::Float32
                        | Scalar::Int64
                        | Scalar::Int32
                        | Scalar::UInt8
                )
        }
        _ => false,
    }
}

/// The dtype that numbers of several types have together, where Python's and NumPy's numbers agree on it.
fn together<'a>(types: impl Iterator<Item = &'a Ty>) -> Option<Scalar> {
    let mut found = None;
    for ty in types {
        let own = match ty {
            Ty::Float | Ty::Np(Scalar::Float64) => Scalar::Float64,
            Ty::Int | Ty::Np(Scalar::Int64) => Scalar::Int64,
            Ty::Bool => Scalar::Bool8,
            _ => return None,
        };
        found = match (found, own) {
            (None, d) => Some(d),
            (Some(a), b) if a == b => Some(a),
            (Some(Scalar::Bool8), _) | (_, Scalar::Bool8) => return None,
            _ => Some(Scalar::Float64),
        };
    }
    found
}

/// The items of a list that is written out.
fn written_out(e: &Expr) -> Option<&[Expr]> {
    let Node::Call { path, args, .. } = &e.node else {
        return None;
    };
    match args.as_slice() {
        [
            (
                _,
                Expr {
                    node: Node::Array(items),
                    ..
                },
            ),
        ] if path.starts_with("<List<") && path.ends_with(">>::of") && items.len() <= MOST => {
            Some(items)
        }
        _ => None,
    }
}

fn tuple(items: Vec<Expr>) -> Expr {
    Expr {
        ty: Ty::Tuple(items.iter().map(|i| i.ty.clone()).collect()),
        node: Node::Tuple(items),
    }
}

/// The arrays that a list of this expression alone is filled with need no objects.
fn without_objects(list: Local, stmts: &mut [Stmt]) {
    for stmt in stmts {
        match stmt {
            Stmt::Do(Expr {
                node:
                    Node::Method {
                        receiver,
                        name,
                        args,
                        ..
                    },
                ..
            }) if name == "append" && matches!(receiver.node, Node::Local(l) if l == list) => {
                for (_, item) in args {
                    *item = unreal(item.clone());
                }
            }
            Stmt::For { body, .. } => without_objects(list, body),
            Stmt::If(_, yes, no) => {
                without_objects(list, yes);
                without_objects(list, no);
            }
            _ => {}
        }
    }
}

/// A whole number that is written out.
fn number(e: &Ast) -> Option<i64> {
    match e {
        Ast::NumberLiteral(n) => match &n.value {
            ruff_python_ast::Number::Int(i) => i.as_i64(),
            _ => None,
        },
        Ast::UnaryOp(u) if u.op == UnaryOp::USub => number(&u.operand).map(|i| -i),
        _ => None,
    }
}

/// Whether a number is put into arrays of a dtype as it is, or is an error.
pub(super) fn fits(ty: &Ty, dtype: Scalar) -> bool {
    match ty {
        Ty::Int => dtype != Scalar::Bool8 && !dtype.is_complex(),
        Ty::Float => dtype.is_float(),
        Ty::Bool => dtype == Scalar::Bool8,
        Ty::Np(d) => *d == dtype,
        _ => false,
    }
}

impl Lowerer<'_, '_> {
    /// What `numpy.array` makes of tuples of numbers, and of lists of such.
    pub(super) fn array_of_tuples(&self, ty: &Ty) -> Option<Ty> {
        let row = |ty: &Ty| match ty {
            Ty::Tuple(items) if items.len() <= MOST => together(items.iter()),
            _ => None,
        };
        if let Ty::List(slot) = ty {
            return row(&self.unit.types.get(*slot)).map(|d| Ty::Array(d, 2));
        }
        if let Some(d) = row(ty) {
            return Some(Ty::Array(d, 1));
        }
        let Ty::Tuple(rows) = ty else {
            return None;
        };
        let mut numbers = Vec::new();
        let mut width = None;
        for one in rows {
            let Ty::Tuple(items) = one else {
                return None;
            };
            if items.len() > MOST || width.is_some_and(|w| w != items.len()) {
                return None;
            }
            width = Some(items.len());
            numbers.extend(items);
        }
        together(numbers.into_iter()).map(|d| Ty::Array(d, 2))
    }

    /// A call of a function that makes an array, where that can be done here.
    pub(super) fn made_array(
        &mut self,
        e: &ExprCall,
        (name, function): (&str, &Expr),
        args: &[Expr],
        keywords: &[(String, Expr)],
        (described, ty): (&Call, &Ty),
    ) -> Option<Expr> {
        let Ty::Array(dtype, nd) = *ty else {
            return None;
        };
        if described.open {
            return None;
        }
        let only_dtype = keywords.iter().all(|(key, _)| key == "dtype");
        let made = match (name, args) {
            ("array" | "asarray", [from]) if only_dtype => {
                self.of_numbers(from, (dtype, nd), described.dtype.is_some())?
            }
            ("concatenate" | "stack" | "vstack" | "hstack" | "column_stack", [parts]) => {
                let axis = match (&*e.arguments.keywords, keywords) {
                    ([], []) => 0,
                    ([axis], [(key, _)]) if key == "axis" => number(&axis.value)?,
                    _ => return None,
                };
                self.put_together(name, axis, parts, ty)?
            }
            ("roll", [array, shift]) if keywords.is_empty() && nd == 1 && shift.ty == Ty::Int => {
                let given = vec![by_ref(unreal(array.clone())), own(shift.clone())];
                call("ndchosen::rolled", ty.clone(), given)
            }
            _ => return None,
        };
        let by_name = e.arguments.keywords.iter().map(|k| &k.value);
        for given in e.arguments.args.iter().skip(1).chain(by_name) {
            if self.dtype_named(given).is_some() {
                self.dtype_used(given);
            }
        }
        let text = literal(&format!("c\"{name}\""), Ty::Any);
        let function = by_ref(function.clone());
        let known = call("ndcall::known", Ty::None, vec![function, own(text)]);
        let made = block(vec![Stmt::Do(known)], made);
        Some(if name == "roll" {
            // Whoever needs no object takes the window.
            method(made, "real", ty.clone(), Vec::new())
        } else {
            made
        })
    }

    /// `numpy.concatenate`, `numpy.stack` and their like, of rows.
    fn put_together(&mut self, name: &str, axis: i64, parts: &Expr, ty: &Ty) -> Option<Expr> {
        let Ty::Array(dtype, _) = *ty else {
            return None;
        };
        let as_columns = match (name, axis) {
            ("concatenate" | "hstack", 0) => None,
            ("stack" | "vstack", 0) => Some(false),
            ("stack", 1 | -1) => Some(true),
            ("column_stack", 0) => Some(true),
            _ => return None,
        };
        let parts = self.rows_of(parts, dtype)?;
        Some(match as_columns {
            None => call("ndnew::joined", ty.clone(), vec![by_ref(parts)]),
            Some(which) => {
                let which = own(super::build::boolean(which));
                call("ndnew::stacked", ty.clone(), vec![by_ref(parts), which])
            }
        })
    }

    /// `numpy.array` of numbers in lists and tuples, of a dtype that it is given or finds.
    fn of_numbers(
        &mut self,
        from: &Expr,
        (dtype, nd): (Scalar, usize),
        is_given: bool,
    ) -> Option<Expr> {
        let (element, ty) = (dtype.element(), Ty::Array(dtype, nd));
        let fit = |items: &[Expr]| items.iter().all(|i| becomes(&i.ty, dtype));
        let row_fits = |ty: &Ty| {
            matches!(ty, Ty::Tuple(items)
                if (1..=MOST).contains(&items.len()) && items.iter().all(|i| becomes(i, dtype)))
        };
        if nd == 1 {
            let path = format!("ndnew::of_items::<{element}, _>");
            if let Some(items) = written_out(from)
                && fit(items)
            {
                let items = tuple(items.to_vec());
                return Some(call(&path, ty, vec![own(items)]));
            }
            if row_fits(&from.ty) {
                return Some(call(&path, ty, vec![own(from.clone())]));
            }
            let Ty::List(slot) = from.ty else {
                return None;
            };
            let path = if is_given {
                format!("ndnew::of_list_as::<{element}, _>")
            } else {
                format!("ndnew::of_list::<{element}, _>")
            };
            return becomes(&self.unit.types.get(slot), dtype)
                .then(|| call(&path, ty, vec![by_ref(from.clone())]));
        }
        if nd != 2 {
            return None;
        }
        if let Node::Tuple(rows) = &from.node
            && !rows.is_empty()
            && rows.iter().all(|r| row_fits(&r.ty) && r.ty == rows[0].ty)
        {
            let path = format!("ndnew::of_rows::<{element}, _, {}>", rows.len());
            return Some(call(&path, ty, vec![own(array_of(rows.clone()))]));
        }
        if let Some(rows) = written_out(from)
            && let Some(all) = rows.iter().map(written_out).collect::<Option<Vec<_>>>()
            && all.iter().all(|r| r.len() == all[0].len() && fit(r))
        {
            let path = format!("ndnew::of_rows::<{element}, _, {}>", all.len());
            let rows = all.into_iter().map(|r| tuple(r.to_vec())).collect();
            return Some(call(&path, ty, vec![own(array_of(rows))]));
        }
        let Ty::List(slot) = from.ty else {
            return None;
        };
        let path = match self.unit.types.get(slot) {
            Ty::List(inner) if becomes(&self.unit.types.get(inner), dtype) => {
                format!("ndnew::of_lists::<{element}, _>")
            }
            row if row_fits(&row) => format!("ndnew::of_tuples::<{element}, _>"),
            Ty::Array(d, 1) if d == dtype => {
                return self.put_together("stack", 0, from, &ty);
            }
            _ => return None,
        };
        Some(call(&path, ty, vec![by_ref(from.clone())]))
    }

    /// Arrays of one axis and of one dtype, in a list or side by side.
    fn rows_of(&self, parts: &Expr, dtype: Scalar) -> Option<Expr> {
        let row = Ty::Array(dtype, 1);
        if let Node::Tuple(items) = &parts.node
            && !items.is_empty()
            && items.iter().all(|i| i.ty == row)
        {
            return Some(array_of(items.iter().cloned().map(unreal).collect()));
        }
        let Ty::List(slot) = parts.ty else {
            return None;
        };
        if self.unit.types.get(slot) != row {
            return None;
        }
        if let Some(items) = written_out(parts) {
            return Some(array_of(items.iter().cloned().map(unreal).collect()));
        }
        let mut parts = parts.clone();
        if let Node::Block(stmts, last) = &mut parts.node
            && let Node::Local(list) = last.node
        {
            without_objects(list, stmts);
        }
        Some(parts)
    }

    /// `array.reshape(shape)`.
    pub(super) fn reshaped(&mut self, array: &Expr, args: &[Expr], ty: &Ty) -> Option<Expr> {
        let (Ty::Array(_, axes), Ty::Array(_, nd)) = (&array.ty, ty) else {
            return None;
        };
        let shape = match args {
            [shape] => self.extents(shape, *nd)?,
            many => self.extents(&tuple(many.to_vec()), *nd)?,
        };
        let path = format!("ndchosen::reshaped::<_, {axes}, {nd}>");
        let array = by_ref(unreal(array.clone()));
        let window = call(&path, ty.clone(), vec![array, own(array_of(shape))]);
        Some(method(window, "real", ty.clone(), Vec::new()))
    }

    /// A method that gives all items of an array.
    pub(super) fn all_items(&mut self, name: &str, array: &Expr) -> Option<Expr> {
        let Ty::Array(dtype, nd) = array.ty else {
            return None;
        };
        let given = vec![by_ref(unreal(array.clone()))];
        let row = Ty::Array(dtype, 1);
        Some(match name {
            "copy" => call("ndchosen::copied", Ty::Array(dtype, nd), given),
            "flatten" => call("ndchosen::flattened", row, given),
            "ravel" => {
                let window = call("ndchosen::raveled", row.clone(), given);
                method(window, "real", row, Vec::new())
            }
            _ => return None,
        })
    }
}
