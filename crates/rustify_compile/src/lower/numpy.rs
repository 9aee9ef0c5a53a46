//! Functions of NumPy and methods of arrays: elementwise ones join an expression, all others go to NumPy itself.

use ruff_python_ast::{Expr as Ast, ExprCall, Keyword};
use ruff_text_size::Ranged;

use super::build::{by_ref, call, literal, method, own, sure};
use super::ndresults::{Axis, Call, method_result, result};
use super::scope::{Low, Lowerer};
use super::unit::{Constant, Place};
use crate::ir::{Expr, Node, Stmt};
use crate::types::{Scalar, Ty};

/// Methods that change the array.
const CHANGING: [&str; 4] = ["fill", "sort", "partition", "put"];

/// Functions whose answer for nothing is a warning.
fn wants_items(name: &str) -> bool {
    matches!(
        name,
        "mean"
            | "var"
            | "std"
            | "median"
            | "average"
            | "percentile"
            | "quantile"
            | "cov"
            | "corrcoef"
    )
}

/// Functions and methods that compute with no floats, and so warn of none.
fn is_quiet(name: &str) -> bool {
    matches!(
        name,
        "zeros"
            | "empty"
            | "ones"
            | "full"
            | "zeros_like"
            | "ones_like"
            | "empty_like"
            | "full_like"
            | "array"
            | "asarray"
            | "copy"
            | "reshape"
            | "ravel"
            | "flatten"
            | "transpose"
            | "sort"
            | "argsort"
            | "concatenate"
            | "stack"
            | "vstack"
            | "hstack"
            | "nonzero"
            | "flatnonzero"
            | "argwhere"
            | "take"
            | "repeat"
            | "tile"
            | "roll"
            | "flip"
            | "argmax"
            | "argmin"
            | "eye"
            | "identity"
            | "meshgrid"
            | "tolist"
            | "item"
            | "count_nonzero"
            | "unique"
            | "searchsorted"
            | "bincount"
            | "squeeze"
            | "swapaxes"
            | "expand_dims"
            | "atleast_1d"
            | "diag"
            | "tril"
            | "triu"
    )
}

/// Ufuncs, which take `out` and `where`.
fn is_elementwise_name(name: &str) -> bool {
    matches!(
        name,
        "add"
            | "subtract"
            | "multiply"
            | "divide"
            | "true_divide"
            | "floor_divide"
            | "remainder"
            | "mod"
            | "power"
            | "sqrt"
            | "exp"
            | "log"
            | "log2"
            | "log10"
            | "log1p"
            | "expm1"
            | "sin"
            | "cos"
            | "tan"
            | "tanh"
            | "abs"
            | "absolute"
            | "negative"
            | "square"
            | "maximum"
            | "minimum"
            | "floor"
            | "ceil"
            | "rint"
            | "sign"
            | "hypot"
            | "arctan2"
            | "greater"
            | "less"
            | "greater_equal"
            | "less_equal"
            | "equal"
            | "not_equal"
            | "logical_and"
            | "logical_or"
            | "logical_not"
            | "bitwise_and"
            | "bitwise_or"
            | "bitwise_xor"
            | "isnan"
            | "isfinite"
    )
}

/// Reductions that go straight to their ufunc.
fn reduction(name: &str) -> Option<&'static str> {
    Some(match name {
        "sum" => "Sum",
        "prod" => "Prod",
        "min" | "amin" => "Min",
        "max" | "amax" => "Max",
        "any" => "Any",
        "all" => "All",
        _ => return None,
    })
}

fn array_of(items: Vec<Expr>) -> Expr {
    Expr {
        ty: Ty::Any,
        node: Node::Array(items),
    }
}

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

    /// An argument of a function of NumPy.
    fn numpy_arg(&mut self, e: &Ast) -> Low<Expr> {
        if let Ast::Name(n) = e
            && self.is_builtin(&n.id)
            && matches!(n.id.as_str(), "int" | "float" | "bool" | "complex")
        {
            return Ok(self.capture(Place::Builtin(n.id.to_string())));
        }
        self.expr(e)
    }

    /// An attribute of the module `numpy` as a value.
    pub(super) fn numpy_value(&mut self, name: &str, place: Place) -> Option<Expr> {
        match name {
            "pi" | "e" | "inf" | "nan" | "euler_gamma" => {
                let object = self.capture(place);
                Some(self.coerce(object, &Ty::Float))
            }
            "newaxis" => Some(super::build::none()),
            _ if Scalar::by_name(name).is_some() => Some(self.capture(place)),
            _ => None,
        }
    }

    fn axis(&self, e: &Ast, ty: &Ty) -> Axis {
        match (e, ty) {
            (Ast::NoneLiteral(_), _) => Axis::All,
            (Ast::Tuple(t), _) => Axis::Some(t.elts.len()),
            (_, Ty::Int) => Axis::Some(1),
            _ => Axis::Unknown,
        }
    }

    /// The keywords of a call, as far as they decide on the result.
    fn keywords(
        &mut self,
        function: &str,
        keywords: &[Keyword],
        described: &mut Call,
    ) -> Low<Option<Vec<(String, Expr)>>> {
        let mut made = Vec::new();
        for keyword in keywords {
            let Some(name) = &keyword.arg else {
                return Ok(None);
            };
            let value = self.numpy_arg(&keyword.value)?;
            match name.as_str() {
                "axis" => described.axis = self.axis(&keyword.value, &value.ty),
                "keepdims" => {
                    described.keeps = matches!(&keyword.value, Ast::BooleanLiteral(b) if b.value);
                    if !matches!(keyword.value, Ast::BooleanLiteral(_)) {
                        described.open = true;
                    }
                }
                "dtype" => match self.dtype_named(&keyword.value) {
                    Some(d) => described.dtype = Some(d),
                    None if matches!(keyword.value, Ast::NoneLiteral(_)) => {}
                    None => described.open = true,
                },
                "ddof" | "decimals" | "endpoint" | "initial" | "side" | "mode" | "copy"
                | "axes" | "num" | "shape" | "order" | "indexing" | "kind" | "stable" | "k"
                | "n" | "minlength" | "bins" | "density" | "ord" | "rtol" | "atol"
                | "equal_nan" | "fill_value" | "method" | "q" => {}
                "return_counts" | "return_index" | "return_inverse"
                    if matches!(keyword.value, Ast::BooleanLiteral(_)) =>
                {
                    let is_true = matches!(&keyword.value, Ast::BooleanLiteral(b) if b.value);
                    described.returned += usize::from(is_true);
                }
                "assume_unique" | "weights" | "rowvar" | "sorter" | "right" | "left" | "period"
                | "subok" | "casting" | "retstep" | "prepend" | "append" | "repeats" | "offset" => {
                    described.open = true
                }
                "where" if is_elementwise_name(function) => described.open = true,
                "out" if matches!(value.ty, Ty::Array(..)) && is_elementwise_name(function) => {
                    described.out = Some(value.ty.clone());
                }
                _ => return Ok(None),
            }
            made.push((name.to_string(), value));
        }
        Ok(Some(made))
    }

    /// A call of a function of NumPy.
    pub(super) fn numpy_call(&mut self, e: &ExprCall, name: &str, place: Place) -> Low<Expr> {
        if e.arguments
            .args
            .iter()
            .any(|a| matches!(a, Ast::Starred(_)))
        {
            return self.no(
                e,
                "library-call",
                format!("`numpy.{name}` is called with `*arguments`"),
                "Pass the arguments one by one.",
            );
        }
        let mut args = Vec::new();
        for arg in &e.arguments.args {
            args.push(self.numpy_arg(arg)?);
        }
        let function = self.capture(place);
        if e.arguments.keywords.is_empty() {
            if let Some(made) = self.array_function(name, &function, &args) {
                return Ok(made);
            }
            if let Some(made) = self.scalar_function(name, &function, &args) {
                return Ok(made);
            }
        }
        if let (Some(scalar), [one], true) = (
            Scalar::by_name(name),
            args.as_slice(),
            e.arguments.keywords.is_empty()
                && !matches!(name, "int" | "float" | "bool" | "complex"),
        ) && (one.ty.is_number() || matches!(one.ty, Ty::Np(_)))
        {
            return Ok(self.scalar_made(scalar, function, args.remove(0)));
        }
        let mut described = Call::default();
        let Some(keywords) = self.keywords(name, &e.arguments.keywords, &mut described)? else {
            return self.no(
                e,
                "library-call",
                format!("`numpy.{name}` is called with a keyword that is not translated"),
                "Pass plain arguments.",
            );
        };
        for (i, (arg, value)) in e.arguments.args.iter().zip(&args).enumerate() {
            described.named.push(self.dtype_named(arg));
            if i == 1 {
                described.second_axis = self.axis(arg, &value.ty);
            }
        }
        let types: Vec<Ty> = args.iter().map(|a| self.deep(&a.ty)).collect();
        described.keyword_types = keywords
            .iter()
            .map(|(n, v)| (n.clone(), v.ty.clone()))
            .collect();
        let Some(ty) = result(name, &types, &described) else {
            return self.no(
                e,
                "library-call",
                format!("`numpy.{name}` is not translated"),
                "Leave this part to a function of its own, which calls NumPy.",
            );
        };
        if let [array] = args.as_slice()
            && let Some(made) = self.reduced(name, array, &keywords, &ty)
        {
            let name = literal(&format!("c\"{name}\""), Ty::Any);
            let known = call("ndcall::known", Ty::None, vec![by_ref(function), own(name)]);
            return Ok(super::build::block(vec![Stmt::Do(known)], made));
        }
        if wants_items(name) && !args.is_empty() {
            args[0] = self.checked_items(args[0].clone(), &keywords);
        }
        let mut all: Vec<Expr> = args;
        let mut names = Vec::new();
        let mut out_kept = None;
        for (key, mut value) in keywords {
            if key == "out" {
                let kept = self.temporary("out", e, &value.ty.clone());
                out_kept = Some((kept, self.assign(kept, value)));
                value = self.read(kept);
            }
            names.push(self.constant(Constant::Name(key)));
            all.push(value);
        }
        let all: Vec<Expr> = all.into_iter().map(|a| self.coerce(a, &Ty::Any)).collect();
        let names = Self::named(names);
        let path = if is_quiet(name) {
            "ndcall::call_quiet"
        } else {
            "ndcall::call"
        };
        let mut given = vec![by_ref(function), by_ref(array_of(all)), own(names)];
        if let Some(out) = described.out {
            let Some((kept, keep)) = out_kept else {
                return self.no(e, "library-call", "`out` of this kind", "Pass an array.");
            };
            let object = self.read(kept);
            let written = method(object.clone(), "written", Ty::None, Vec::new());
            given.truncate(3);
            let made = call("ndcall::call", Ty::Any, given);
            let stmts = vec![keep, Stmt::Do(written), Stmt::Do(made)];
            return Ok(super::build::block(stmts, Expr { ty: out, ..object }));
        }
        let made = call(path, Ty::Any, given);
        Ok(self.coerce(made, &ty))
    }

    /// A reduction of an array without NumPy's Python code around it: over all items, or along an axis.
    fn reduced(
        &mut self,
        name: &str,
        array: &Expr,
        keywords: &[(String, Expr)],
        ty: &Ty,
    ) -> Option<Expr> {
        let Ty::Array(dtype, _) = array.ty else {
            return None;
        };
        let array = array.clone();
        if let Some(kind) = reduction(name) {
            let axis = match keywords {
                [] => super::build::none(),
                [(key, axis)] if key == "axis" && matches!(axis.ty, Ty::Int | Ty::None) => {
                    axis.clone()
                }
                _ => return None,
            };
            if dtype.is_complex() {
                return None;
            }
            let (object, axis) = (self.coerce(array, &Ty::Any), self.coerce(axis, &Ty::Any));
            let kind = literal(&format!("ndreduce::Kind::{kind}"), Ty::Any);
            let made = call(
                "ndreduce::reduce",
                Ty::Any,
                vec![own(kind), by_ref(object), by_ref(axis)],
            );
            return Some(self.coerce(made, ty));
        }
        let array = super::elementwise::unreal(array);
        match (name, keywords) {
            ("mean", []) if dtype.is_float() => {
                Some(call("ndreduce::mean", Ty::Np(dtype), vec![by_ref(array)]))
            }
            ("mean", []) if !dtype.is_complex() => Some(call(
                "ndreduce::mean_of_whole",
                Ty::Np(Scalar::Float64),
                vec![by_ref(array)],
            )),
            ("var" | "std", []) if dtype.is_float() => Some(call(
                &format!("ndreduce::{name}"),
                Ty::Np(dtype),
                vec![by_ref(array), own(literal("0", Ty::Any))],
            )),
            ("var" | "std", [(key, taken)])
                if dtype.is_float() && key == "ddof" && taken.ty == Ty::Int =>
            {
                let taken = super::build::sure_method(taken.clone(), "index", Ty::Any, Vec::new());
                Some(call(
                    &format!("ndreduce::{name}"),
                    Ty::Np(dtype),
                    vec![by_ref(array), own(taken)],
                ))
            }
            _ => None,
        }
    }

    /// Lists of known depth, for functions that make arrays of them.
    fn deep(&self, ty: &Ty) -> Ty {
        match ty {
            Ty::List(slot) => match self.deep(&self.unit.types.get(*slot)) {
                Ty::Float | Ty::Num => Ty::Array(Scalar::Float64, 1),
                Ty::Int => Ty::Array(Scalar::Int64, 1),
                Ty::Bool => Ty::Array(Scalar::Bool8, 1),
                Ty::Np(d) => Ty::Array(d, 1),
                Ty::Array(d, n) => Ty::Array(d, n + 1),
                _ => Ty::Any,
            },
            other => other.clone(),
        }
    }

    fn named(names: Vec<Expr>) -> Expr {
        if names.is_empty() {
            return literal("None", Ty::Any);
        }
        let names = call("ndcall::names", Ty::Any, vec![by_ref(array_of(names))]);
        sure("Some", Ty::Any, vec![by_ref(names)])
    }

    /// An array with items, so that NumPy does not warn of a mean of nothing.
    fn checked_items(&mut self, array: Expr, keywords: &[(String, Expr)]) -> Expr {
        let ty = array.ty.clone();
        let object = self.coerce(array, &Ty::Any);
        let checked = match keywords.iter().find(|(n, _)| n == "ddof") {
            Some((_, taken)) => {
                let taken = self.coerce(taken.clone(), &Ty::Any);
                call("ndcall::degrees", Ty::Any, vec![own(object), by_ref(taken)])
            }
            None => call("ndcall::filled", Ty::Any, vec![own(object)]),
        };
        let _ = ty;
        checked
    }

    /// `numpy.float32(x)` of a number.
    fn scalar_made(&mut self, scalar: Scalar, class: Expr, value: Expr) -> Expr {
        let value = self.coerce(value, &Ty::Any);
        let made = call(
            "ndcall::number",
            Ty::Any,
            vec![by_ref(class), by_ref(value)],
        );
        self.coerce(made, &Ty::Np(scalar))
    }

    /// A call of a method of an array, or of a scalar of NumPy.
    pub(super) fn array_method(&mut self, e: &ExprCall, array: Expr, name: &str) -> Low<Expr> {
        let (dtype, nd) = match array.ty {
            Ty::Array(d, nd) => (d, nd),
            Ty::Np(d) => (d, 0),
            _ => return self.no(e, "method", "this method", "Write it another way."),
        };
        let arguments = &e.arguments;
        if name == "astype"
            && let ([to], []) = (&*arguments.args, &*arguments.keywords)
            && let Some(to) = self.dtype_named(to)
            && nd > 0
        {
            self.dtype_used(&arguments.args[0]);
            if let Some(made) = self.array_cast(array.clone(), to) {
                return Ok(made);
            }
        }
        let mut args = Vec::new();
        for arg in &arguments.args {
            args.push(self.numpy_arg(arg)?);
        }
        if name == "clip" && arguments.keywords.is_empty() && args.len() == 2 && nd > 0 {
            let mut all = vec![array.clone()];
            all.extend(args.iter().cloned());
            let own_function = literal("", Ty::Any);
            if let Some(made) = self.array_function("clip", &own_function, &all) {
                return Ok(made);
            }
        }
        if matches!(name, "conj" | "conjugate")
            && args.is_empty()
            && nd > 0
            && dtype.is_complex()
            && let Some(made) = self.array_unary("conjugate", array.clone())
        {
            return Ok(made);
        }
        if name == "fill" && args.len() == 1 && nd > 0 && arguments.keywords.is_empty() {
            let Stmt::Do(filled) = self.fill(e, array, (dtype, nd), args.remove(0))? else {
                return Ok(super::build::none());
            };
            return Ok(filled);
        }
        let mut described = Call::default();
        let Some(keywords) = self.keywords("", &arguments.keywords, &mut described)? else {
            return self.no(
                e,
                "library-call",
                format!("the method `{name}` of an array is called with a keyword that is not translated"),
                "Pass plain arguments.",
            );
        };
        if let (Some(first), Some(value)) = (arguments.args.first(), args.first()) {
            described.second_axis = self.axis(first, &value.ty);
            described.named.push(self.dtype_named(first));
        }
        if CHANGING.contains(&name) && nd > 0 {
            let all = args.into_iter().map(|a| self.coerce(a, &Ty::Any)).collect();
            if !keywords.is_empty() {
                return self.no(
                    e,
                    "keyword",
                    format!("the method `{name}` is called with keywords"),
                    "Pass the arguments by position.",
                );
            }
            let name = self.constant(Constant::Name(name.to_owned()));
            return Ok(method(
                array,
                "change_by",
                Ty::None,
                vec![by_ref(name), by_ref(array_of(all))],
            ));
        }
        let types: Vec<Ty> = args.iter().map(|a| a.ty.clone()).collect();
        let Some(ty) = method_result(name, (dtype, nd), &types, &described) else {
            return self.no(
                e,
                "library-call",
                format!("the method `{name}` of an array is not translated"),
                "Leave this part to a function of its own, which calls NumPy.",
            );
        };
        if args.is_empty()
            && let Some(made) = self.reduced(name, &array, &keywords, &ty)
        {
            return Ok(made);
        }
        let quiet = is_quiet(name);
        let array = if wants_items(name) {
            self.checked_items(array, &keywords)
        } else {
            self.coerce(array, &Ty::Any)
        };
        let mut all = vec![array];
        let mut names = Vec::new();
        all.extend(args);
        for (name, value) in keywords {
            names.push(self.constant(Constant::Name(name)));
            all.push(value);
        }
        let all: Vec<Expr> = all.into_iter().map(|a| self.coerce(a, &Ty::Any)).collect();
        let name = self.constant(Constant::Name(name.to_owned()));
        let names = Self::named(names);
        let path = if quiet {
            "ndcall::method_quiet"
        } else {
            "ndcall::method"
        };
        let made = call(
            path,
            Ty::Any,
            vec![by_ref(name), by_ref(array_of(all)), own(names)],
        );
        Ok(self.coerce(made, &ty))
    }

    /// The name of a dtype must mean what it meant.
    pub(super) fn dtype_used(&mut self, e: &Ast) {
        match e {
            Ast::Name(n) => self.uses_builtin(&n.id),
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

    /// `a @ b`.
    pub(super) fn matrix_product(
        &mut self,
        at: &impl Ranged,
        left: Expr,
        right: Expr,
    ) -> Low<Expr> {
        let types = [left.ty.clone(), right.ty.clone()];
        let Some(ty) = result("matmul", &types, &Call::default()) else {
            return self.no(
                at,
                "matmul",
                "`@` on values that are not known to be arrays",
                "Call the function with arrays when it is recorded.",
            );
        };
        let (a, b) = (self.coerce(left, &Ty::Any), self.coerce(right, &Ty::Any));
        let made = call("any::mat_mul", Ty::Any, vec![by_ref(a), by_ref(b)]);
        Ok(self.coerce(made, &ty))
    }
}
