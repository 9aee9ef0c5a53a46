//! Methods of arrays and of scalars of NumPy.

use ruff_python_ast::ExprCall;
use ruff_text_size::Ranged;

use super::build::{array_of, by_ref, call, literal, method, own, sure};
use super::given_out::before_out;
use super::ndmaking::chosen;
use super::ndnames::{CHANGING, has_second_axis, is_quiet, wants_items};
use super::ndresults::{Call, method_result};
use super::scope::{Low, Lowerer};
use super::unit::Constant;
use crate::ir::{Expr, Node, Stmt};
use crate::types::{Scalar, Ty};

impl Lowerer<'_, '_> {
    /// `array.tolist()` of one axis or two.
    fn array_as_list(&mut self, e: &ExprCall, array: &Expr) -> Option<Expr> {
        let Ty::Array(dtype, nd @ 1..=2) = array.ty else {
            return None;
        };
        let (item, rust) = match dtype {
            Scalar::Bool8 => (Ty::Bool, "bool"),
            d if d.is_float() => (Ty::Float, "f64"),
            d if d.is_int() => (Ty::Int, "Int"),
            _ => return None,
        };
        let array = &super::sides::unreal(array.clone());
        let inner = self.site(e.range(), 67);
        self.unit.types.learn(inner, &item);
        let row = Ty::List(inner);
        let mut is_exact = self.unit.types.get(inner) == item;
        let (ty, path) = if nd == 1 {
            (row, "ndpick::listed")
        } else {
            let outer = self.site(e.range(), 68);
            self.unit.types.learn(outer, &row);
            is_exact &= matches!(self.unit.types.get(outer), Ty::List(_));
            (Ty::List(outer), "ndpick::listed_rows")
        };
        if is_exact {
            let path = format!("{path}::<{}, {rust}>", dtype.element());
            if let Node::Call { path, args, .. } = &array.node
                && matches!(path.as_str(), "ndchosen::raveled" | "ndchosen::flattened")
                && let Ty::Array(_, axes) = args[0].1.ty
            {
                let path = format!("ndpick::listed_all::<{}, {rust}, {axes}>", dtype.element());
                return Some(call(&path, ty, args.clone()));
            }
            return Some(call(&path, ty, vec![by_ref(array.clone())]));
        }
        let name = self.constant(Constant::Name("tolist".to_owned()));
        let object = self.coerce(array.clone(), &Ty::Any);
        let made = call(
            "ndcall::method_quiet",
            Ty::Any,
            vec![
                by_ref(name),
                by_ref(array_of(vec![object])),
                own(literal("None", Ty::Any)),
            ],
        );
        Some(self.coerce(made, &ty))
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
        if matches!(name, "conj" | "conjugate")
            && nd == 0
            && arguments.is_empty()
            && dtype != Scalar::Bool8
        {
            if !dtype.is_complex() {
                return Ok(array);
            }
            let item = self.item_of(array, dtype);
            let turned = sure("scalar::conjugate", Ty::Any, vec![own(item)]);
            return Ok(sure(dtype.rust(), Ty::Np(dtype), vec![own(turned)]));
        }
        let mut args = Vec::new();
        for arg in &arguments.args {
            args.push(self.numpy_arg(arg)?);
        }
        let mut described = Call::default();
        let Some(mut keywords) = self.keywords(name, &arguments.keywords, &mut described)? else {
            return self.no(
                e,
                "library-call",
                format!("the method `{name}` of an array is called with a keyword that is not translated"),
                "Pass plain arguments.",
            );
        };
        let before = before_out(name).map(|n| n - 1);
        if let Some(out) = self.given_out(e, before, &mut args, &mut keywords)? {
            args.insert(0, array);
            let no_function = literal("", Ty::Any);
            if keywords.is_empty()
                && name == "clip"
                && let Some(done) = self.elementwise_out(e, (name, &no_function), &args, &out)?
            {
                return Ok(done);
            }
            if wants_items(name) {
                args[0] = self.checked_items(args[0].clone(), &keywords);
            }
            let name = self.constant(Constant::Name(name.to_owned()));
            return Ok(self.called_into(e, "ndcall::method", name, (args, keywords), out));
        }
        if name == "clip" && keywords.is_empty() && args.len() == 2 && nd > 0 {
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
        if name == "fill" && args.len() == 1 && nd > 0 && keywords.is_empty() {
            let Stmt::Do(filled) = self.fill(e, array, (dtype, nd), args.remove(0))? else {
                return Ok(super::build::none());
            };
            return Ok(filled);
        }
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
        if let [other] = args.as_slice()
            && keywords.is_empty()
            && name == "dot"
            && let Some(made) = self.product_of_rows(name, &array, other)
        {
            return Ok(made);
        }
        if args.is_empty()
            && keywords.is_empty()
            && let Some(made) = self.all_items(name, &array)
        {
            return Ok(made);
        }
        if name == "reshape"
            && keywords.is_empty()
            && let Some(made) = self.reshaped(&array, &args, &ty)
        {
            return Ok(made);
        }
        if name == "tolist"
            && args.is_empty()
            && keywords.is_empty()
            && let Some(made) = self.array_as_list(e, &array)
        {
            return Ok(made);
        }
        // An axis by position is one by name.
        let (args, keywords) = match args.as_slice() {
            [axis] if keywords.is_empty() && axis.ty == Ty::Int && has_second_axis(name) => {
                (Vec::new(), vec![("axis".to_owned(), axis.clone())])
            }
            _ => (args, keywords),
        };
        if args.is_empty()
            && let Some(made) = self.reduced(name, &array, &keywords, &ty, None)
        {
            return Ok(made);
        }
        let mut all = vec![array];
        all.extend(args);
        let mut keywords = keywords;
        if matches!(name, "cumsum" | "cumprod" | "nonzero")
            && let Some(making) = self.making(e, name, &mut all, &mut keywords, (&described, &ty))
        {
            let ty = making.made.ty.clone();
            return Ok(chosen(making, || {
                let asked = self.asked_method(name, all, keywords);
                self.coerce(asked, &ty)
            }));
        }
        let made = self.asked_method(name, all, keywords);
        Ok(self.coerce(made, &ty))
    }

    /// A call of the method itself; the first argument is the array.
    fn asked_method(
        &mut self,
        name: &str,
        mut all: Vec<Expr>,
        keywords: Vec<(String, Expr)>,
    ) -> Expr {
        let array = all.remove(0);
        let array = if wants_items(name) {
            self.checked_items(array, &keywords)
        } else {
            self.coerce(array, &Ty::Any)
        };
        all.insert(0, array);
        let mut names = Vec::new();
        for (name, value) in keywords {
            names.push(name);
            all.push(value);
        }
        let all: Vec<Expr> = all.into_iter().map(|a| self.coerce(a, &Ty::Any)).collect();
        let path = if is_quiet(name) {
            "ndcall::method_quiet"
        } else {
            "ndcall::method"
        };
        let name = self.constant(Constant::Name(name.to_owned()));
        let names = self.named(names);
        let given = vec![by_ref(name), by_ref(array_of(all)), own(names)];
        call(path, Ty::Any, given)
    }
}
