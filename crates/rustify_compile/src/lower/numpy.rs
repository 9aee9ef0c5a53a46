//! Functions of NumPy: elementwise ones join an expression, all others go to NumPy itself.

use ruff_python_ast::{Expr as Ast, ExprCall};
use ruff_text_size::Ranged;

use super::build::{array_of, by_ref, call, literal, own, sure};
use super::given_out::before_out;
use super::ndabout::is_class_value;
use super::ndmaking::chosen;
use super::ndnames::{has_second_axis, is_quiet, wants_items};
use super::ndresults::{Call, result};
use super::scope::{Low, Lowerer};
use super::unit::{Constant, Place};
use crate::ir::{Expr, Stmt};
use crate::types::{Scalar, Ty};

impl Lowerer<'_, '_> {
    /// An argument of a function of NumPy.
    pub(super) fn numpy_arg(&mut self, e: &Ast) -> Low<Expr> {
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
            "newaxis" => {
                // Known to be `None`, as long as nobody gives the name another value.
                self.capture(place);
                Some(super::build::none())
            }
            _ if Scalar::by_name(name).is_some() || is_class_value(name) => {
                Some(self.capture(place))
            }
            _ => None,
        }
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
        if let Some(told) = self.dtype_call(e, name, &place)? {
            return Ok(told);
        }
        if let Some(made) = self.array_from_iterator(e, name, &place)? {
            return Ok(made);
        }
        let mut args = Vec::new();
        for arg in &e.arguments.args {
            args.push(self.numpy_arg(arg)?);
        }
        let function = self.capture(place);
        let mut described = Call::default();
        let Some(mut keywords) = self.keywords(name, &e.arguments.keywords, &mut described)? else {
            return self.no(
                e,
                "library-call",
                format!("`numpy.{name}` is called with a keyword that is not translated"),
                "Pass plain arguments.",
            );
        };
        if let Some(out) = self.given_out(e, before_out(name), &mut args, &mut keywords)? {
            if keywords.is_empty()
                && let Some(done) = self.elementwise_out(e, (name, &function), &args, &out)?
            {
                return Ok(done);
            }
            if wants_items(name) && !args.is_empty() {
                args[0] = self.checked_items(args[0].clone(), &keywords);
            }
            return Ok(self.called_into(e, "ndcall::call", function, (args, keywords), out));
        }
        if keywords.is_empty() {
            if let Some(made) = self.array_function(name, &function, &args) {
                return Ok(made);
            }
            if let ("diff", [array]) = (name, args.as_slice())
                && let Some(made) = self.differences(e, array, &function)
            {
                return Ok(made);
            }
            if let Some(made) = self.scalar_function(name, &function, &args) {
                return Ok(made);
            }
        }
        if let (Some(scalar), [one], true) = (
            Scalar::by_name(name),
            args.as_slice(),
            keywords.is_empty() && !matches!(name, "int" | "float" | "bool" | "complex"),
        ) && (one.ty.is_number() || matches!(one.ty, Ty::Np(_) | Ty::Grown(_)))
        {
            return Ok(self.scalar_made(scalar, function, args.remove(0)));
        }
        for (i, (arg, value)) in e.arguments.args.iter().zip(&args).enumerate() {
            described.named.push(self.dtype_named(arg));
            if i == 1 {
                described.second_axis = self.axis(arg, &value.ty);
            }
        }
        let mut types: Vec<Ty> = args.iter().map(|a| self.deep(&a.ty)).collect();
        if let ("array" | "asarray", [first, ..]) = (name, args.as_slice())
            && let Some(known) = self.array_of_tuples(&first.ty)
        {
            types[0] = known;
        }
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
        let about = (&described, &ty);
        if let Some(made) = self.made_array(e, (name, &function), &args, &keywords, about) {
            return Ok(made);
        }
        if let [a, b] = args.as_slice()
            && keywords.is_empty()
            && let Some(made) = self.product_of_rows(name, a, b)
        {
            let name = literal(&format!("c\"{name}\""), Ty::Any);
            let known = call("ndcall::known", Ty::None, vec![by_ref(function), own(name)]);
            return Ok(super::build::block(vec![Stmt::Do(known)], made));
        }
        if let [array, q] = args.as_slice()
            && keywords.is_empty()
            && let Some(made) = self.quantile(name, &function, (array, q), &ty)
        {
            return Ok(made);
        }
        // An axis by position is one by name.
        let along_second = match args.as_slice() {
            [_, axis] if keywords.is_empty() && axis.ty == Ty::Int && has_second_axis(name) => {
                Some(vec![("axis".to_owned(), axis.clone())])
            }
            [_] => Some(keywords.clone()),
            _ => None,
        };
        if let Some(keywords) = along_second
            && let Some(made) = self.reduced(name, &args[0], &keywords, &ty, Some(&function))
        {
            let name = literal(&format!("c\"{name}\""), Ty::Any);
            let known = call("ndcall::known", Ty::None, vec![by_ref(function), own(name)]);
            return Ok(super::build::block(vec![Stmt::Do(known)], made));
        }
        if let Some(making) = self.making(e, name, &mut args, &mut keywords, (&described, &ty)) {
            let name_of = literal(&format!("c\"{name}\""), Ty::Any);
            let known = by_ref(function.clone());
            let known = call("ndcall::known", Ty::None, vec![known, own(name_of)]);
            let ty = making.made.ty.clone();
            let made = chosen(making, || {
                let asked = self.asked(name, function, args, keywords);
                self.coerce(asked, &ty)
            });
            return Ok(super::build::block(vec![Stmt::Do(known)], made));
        }
        if wants_items(name) && !args.is_empty() {
            args[0] = self.checked_items(args[0].clone(), &keywords);
        }
        let made = self.asked(name, function, args, keywords);
        Ok(self.coerce(made, &ty))
    }

    /// A call of the function itself.
    pub(super) fn asked(
        &mut self,
        name: &str,
        function: Expr,
        mut all: Vec<Expr>,
        keywords: Vec<(String, Expr)>,
    ) -> Expr {
        let mut names = Vec::new();
        for (key, value) in keywords {
            names.push(key);
            all.push(value);
        }
        let all: Vec<Expr> = all.into_iter().map(|a| self.coerce(a, &Ty::Any)).collect();
        let names = self.named(names);
        let path = if is_quiet(name) {
            "ndcall::call_quiet"
        } else {
            "ndcall::call"
        };
        let given = vec![by_ref(function), by_ref(array_of(all)), own(names)];
        call(path, Ty::Any, given)
    }

    /// Lists of known depth, for functions that make arrays of them.
    pub(super) fn deep(&self, ty: &Ty) -> Ty {
        match ty {
            Ty::List(slot) => match self.deep(&self.unit.types.get(*slot)) {
                Ty::Float | Ty::Num => Ty::Array(Scalar::Float64, 1),
                Ty::Int => Ty::Array(Scalar::Int64, 1),
                Ty::Bool => Ty::Array(Scalar::Bool8, 1),
                Ty::Np(d) => Ty::Array(d, 1),
                Ty::Array(d, n) => Ty::Array(d, n + 1),
                _ => Ty::Any,
            },
            Ty::Tuple(items) => Ty::Tuple(items.iter().map(|t| self.deep(t)).collect()),
            other => other.clone(),
        }
    }

    /// The names of the last arguments of a call, if there are any.
    pub(super) fn named(&mut self, names: Vec<String>) -> Expr {
        if names.is_empty() {
            return literal("None", Ty::Any);
        }
        let names = self.constant(Constant::Names(names));
        sure("Some", Ty::Any, vec![by_ref(names)])
    }

    /// `numpy.float32(x)` of a number.
    fn scalar_made(&mut self, scalar: Scalar, class: Expr, value: Expr) -> Expr {
        if let Some(item) = self.stored_item(value.clone(), scalar) {
            let known = call(
                &format!("ndcall::class::<{}>", scalar.element()),
                Ty::None,
                vec![by_ref(class)],
            );
            let item = if scalar == Scalar::Bool8 {
                super::build::sure_method(item, "truth", Ty::Bool, Vec::new())
            } else {
                item
            };
            let made = sure(scalar.rust(), Ty::Np(scalar), vec![own(item)]);
            return super::build::block(vec![Stmt::Do(known)], made);
        }
        let value = self.coerce(value, &Ty::Any);
        let made = call(
            "ndcall::number",
            Ty::Any,
            vec![by_ref(class), by_ref(value)],
        );
        self.coerce(made, &Ty::Np(scalar))
    }

    /// A product of two arrays of one axis and of the same dtype.
    pub(super) fn product_of_rows(&self, name: &str, a: &Expr, b: &Expr) -> Option<Expr> {
        let (Ty::Array(d, 1), Ty::Array(other, 1)) = (&a.ty, &b.ty) else {
            return None;
        };
        let path = match name {
            "matmul" => "products::matmul",
            "dot" | "inner" => "products::dot",
            _ => return None,
        };
        if d != other || !d.is_float() && !d.is_int() {
            return None;
        }
        let args = [a, b].map(|e| by_ref(super::sides::unreal(e.clone())));
        Some(call(path, Ty::Np(*d), args.into()))
    }

    /// `a @ b`.
    pub(super) fn matrix_product(
        &mut self,
        at: &impl Ranged,
        left: Expr,
        right: Expr,
    ) -> Low<Expr> {
        if let Some(made) = self.product_of_rows("matmul", &left, &right) {
            return Ok(made);
        }
        let types = [left.ty.clone(), right.ty.clone()];
        let is_any = self.has_numpy() && types.contains(&Ty::Any);
        let known = if is_any {
            Some(Ty::Any)
        } else {
            result("matmul", &types, &Call::default())
        };
        let Some(ty) = known else {
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
