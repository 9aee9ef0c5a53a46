//! Calls: of functions and classes of the file, of builtins, of `math`, of methods, and of lambdas in place.

use std::collections::HashMap;

use ruff_python_ast::{Expr as Ast, ExprCall, ExprLambda, Parameters};
use ruff_text_size::Ranged;

use super::build::{block, by_ref, call, own, sure};
use super::scope::{Low, Lowerer};
use super::unit::{Constant, Place};
use crate::ir::{Expr, Node, Stmt};
use crate::program::Global;
use crate::types::{Scalar, Ty};

/// Functions of `math` of one `float` that the C library has under the same name.
const MATH_ONE: [&str; 24] = [
    "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh",
    "exp", "expm1", "log", "log2", "log10", "log1p", "erf", "erfc", "cbrt", "exp2", "sqrt", "fabs",
];

/// Modules whose functions compute from their arguments alone, with what those functions give.
fn pure_member(module: &str, name: &str) -> Option<Ty> {
    if module == "math" && MATH_ONE.contains(&name) {
        return Some(Ty::Float);
    }
    Some(match (module, name) {
        ("math", "floor" | "ceil" | "trunc") => Ty::Any,
        ("math", "pow" | "atan2" | "fmod" | "degrees" | "radians") => Ty::Float,
        ("math", "isnan" | "isinf" | "isfinite") => Ty::Bool,
        ("math", "gcd" | "lcm" | "factorial" | "comb" | "perm" | "isqrt") => Ty::Int,
        ("math", "isclose") => Ty::Bool,
        (
            "math",
            "hypot" | "dist" | "fsum" | "gamma" | "lgamma" | "ldexp" | "nextafter" | "ulp"
            | "remainder",
        ) => Ty::Float,
        ("math", "modf") => Ty::Tuple(vec![Ty::Float; 2]),
        ("math", "frexp") => Ty::Tuple(vec![Ty::Float, Ty::Int]),
        ("math", "prod" | "copysign" | "log") => Ty::Any,
        (
            "operator",
            "add" | "sub" | "mul" | "truediv" | "floordiv" | "mod" | "pow" | "neg" | "lt" | "le"
            | "eq" | "ne" | "gt" | "ge",
        ) => Ty::Any,
        _ => return None,
    })
}

impl Lowerer<'_, '_> {
    pub(super) fn call(&mut self, e: &ExprCall) -> Low<Expr> {
        match &*e.func {
            Ast::Name(n) if self.find(&n.id).is_none() => {
                match self.unit.program.globals.get(n.id.as_str()).cloned() {
                    Some(Global::Function(f)) => self.call_function(e, f, None),
                    Some(Global::Class(c)) => self.construct(e, c),
                    Some(Global::Member(module, name)) => {
                        self.member(e, &module, &name, Place::Global(n.id.to_string()))
                    }
                    Some(_) => self.no(
                        e,
                        "unknown-callee",
                        format!("what `{}` calls is only known when the program runs", n.id),
                        "Define it once, with `def`, in this file.",
                    ),
                    None => self.builtin(&n.id, e),
                }
            }
            Ast::Attribute(a) => {
                if let Ast::Name(n) = &*a.value
                    && self.find(&n.id).is_none()
                {
                    match self.unit.program.globals.get(n.id.as_str()).cloned() {
                        Some(Global::Module(module)) => {
                            let place = Place::Attribute(n.id.to_string(), a.attr.to_string());
                            return self.member(e, &module, &a.attr, place);
                        }
                        Some(Global::Class(c)) => {
                            if let Some(&f) =
                                self.unit.program.classes[c].methods.get(a.attr.as_str())
                            {
                                return self.call_function(e, f, None);
                            }
                        }
                        _ => {}
                    }
                }
                let receiver = self.expr(&a.value)?;
                if let Ty::Instance(c) = receiver.ty {
                    return match self.unit.program.classes[c]
                        .methods
                        .get(a.attr.as_str())
                        .copied()
                    {
                        Some(f) => {
                            let receiver = self.with_method(receiver, c, f, &a.attr);
                            self.call_function(e, f, Some(receiver))
                        }
                        None => self.no(
                            e,
                            "attribute-call",
                            "the value of an attribute is called",
                            "Call a method or a function.",
                        ),
                    };
                }
                self.method_call(e, receiver, &a.attr)
            }
            Ast::Lambda(l) => {
                let mut args = Vec::new();
                for arg in &e.arguments.args {
                    args.push(self.expr(arg)?);
                }
                self.apply_lambda(l, args)
            }
            _ => self.no(
                e,
                "unknown-callee",
                "what is called here is only known when the program runs",
                "Call a function by its name.",
            ),
        }
    }

    /// A call of a function of the file.
    fn call_function(
        &mut self,
        e: &ExprCall,
        function: usize,
        receiver: Option<Expr>,
    ) -> Low<Expr> {
        let def = &self.unit.program.functions[function];
        let params: &Parameters = &def.node.parameters;
        let receiver = if def.is_static { None } else { receiver };
        if params.vararg.is_some() || params.kwarg.is_some() {
            return self.no(
                e,
                "star-parameter",
                format!("`{}` takes `*args` or `**kwargs`", def.qualname),
                "Give it plain parameters.",
            );
        }
        let all: Vec<_> = params
            .posonlyargs
            .iter()
            .chain(&params.args)
            .chain(&params.kwonlyargs)
            .collect();
        let mut slots: Vec<Option<Expr>> = vec![None; all.len()];
        let mut next = 0;
        if let Some(receiver) = receiver {
            slots[0] = Some(receiver);
            next = 1;
        }
        // Arguments are computed in the order they are written.
        for arg in &e.arguments.args {
            if matches!(arg, Ast::Starred(_))
                || next >= params.posonlyargs.len() + params.args.len()
            {
                return self.no(
                    arg,
                    "arguments",
                    "these arguments do not fit the parameters one by one",
                    "Pass them one by one.",
                );
            }
            slots[next] = Some(self.expr(arg)?);
            next += 1;
        }
        for keyword in &e.arguments.keywords {
            let at = keyword
                .arg
                .as_ref()
                .and_then(|name| all.iter().position(|p| p.parameter.name == *name));
            match at {
                Some(at) if slots[at].is_none() => slots[at] = Some(self.expr(&keyword.value)?),
                _ => {
                    return self.no(
                        keyword,
                        "arguments",
                        "this keyword does not fit the parameters",
                        "Pass the parameters by their names.",
                    );
                }
            }
        }
        let mut args = Vec::new();
        for (slot, param) in slots.into_iter().zip(&all) {
            let arg = match (slot, &param.default) {
                (Some(arg), _) => arg,
                (None, Some(default)) if is_constant(default) => self.expr(default)?,
                _ => {
                    return self.no(
                        e,
                        "default",
                        "a default that is not a constant is needed here",
                        "Pass the argument.",
                    );
                }
            };
            args.push(arg);
        }
        self.call_spec(e, function, args)
    }

    /// A call of a function of the file with all its arguments.
    pub(super) fn call_spec(
        &mut self,
        at: &impl Ranged,
        function: usize,
        args: Vec<Expr>,
    ) -> Low<Expr> {
        let qualname = self.unit.program.functions[function].qualname.clone();
        if let Some(reason) = self.unit.rejected.get(&function) {
            let message = format!(
                "it calls `{qualname}`, which stays Python: {}",
                reason.message
            );
            return self.no(
                at,
                "calls-python",
                message,
                "See the reason for that function.",
            );
        }
        let types: Vec<Ty> = args.iter().map(|a| a.ty.clone()).collect();
        let spec = self.unit.callee(function, &types);
        self.capture(Place::Function(qualname));
        let this = self.spec;
        self.unit.specs[this].calls.insert(spec);
        let params: Vec<Ty> = self.unit.specs[spec]
            .params
            .iter()
            .map(|&s| self.unit.types.get(s))
            .collect();
        let args = args
            .into_iter()
            .zip(&params)
            .map(|(a, t)| self.coerce(a, t))
            .collect();
        let ty = self.unit.types.get(self.unit.specs[spec].result);
        Ok(Expr {
            ty,
            node: Node::Function(spec, args),
        })
    }

    /// A new instance of a class of the file.
    fn construct(&mut self, e: &ExprCall, class: usize) -> Low<Expr> {
        let def = &self.unit.program.classes[class];
        if let Some(obstacle) = def.obstacle {
            return self.no(
                e,
                "class",
                format!(
                    "instances of `{}` cannot be made here: {obstacle}",
                    def.name
                ),
                "Use a plain class.",
            );
        }
        let name = def.name.clone();
        let class_object = self.capture(Place::Global(name));
        let instance = self.temporary("instance", e, &Ty::Instance(class));
        let new = call(
            "instance::new",
            Ty::Instance(class),
            vec![by_ref(class_object)],
        );
        let mut stmts = vec![self.assign(instance, new)];
        let fields = def.fields.clone();
        if let Some(&init) = def.methods.get("__init__") {
            let this = self.read(instance);
            let done = self.call_function(e, init, Some(this))?;
            stmts.push(Stmt::Do(done));
        } else if let Some(fields) = fields {
            let mut values: Vec<Option<Expr>> = vec![None; fields.len()];
            for (i, arg) in e.arguments.args.iter().enumerate() {
                if i >= fields.len() || matches!(arg, Ast::Starred(_)) {
                    return self.no(
                        arg,
                        "arguments",
                        "these arguments do not fit the fields",
                        "Pass one for each field.",
                    );
                }
                values[i] = Some(self.expr(arg)?);
            }
            for keyword in &e.arguments.keywords {
                match keyword
                    .arg
                    .as_ref()
                    .and_then(|n| fields.iter().position(|f| f.0 == n.as_str()))
                {
                    Some(at) if values[at].is_none() => {
                        values[at] = Some(self.expr(&keyword.value)?)
                    }
                    _ => {
                        return self.no(
                            keyword,
                            "arguments",
                            "this keyword does not fit the fields",
                            "Pass the fields by their names.",
                        );
                    }
                }
            }
            let post = self.unit.program.classes[class]
                .methods
                .contains_key("__post_init__");
            for ((field, _, default), value) in fields.iter().zip(values) {
                let value = match (value, default) {
                    (Some(value), _) => value,
                    (None, Some(default)) if is_constant(default) => self.expr(default)?,
                    _ => {
                        return self.no(
                            e,
                            "default",
                            "a field without a constant default is needed here",
                            "Pass the field.",
                        );
                    }
                };
                let this = self.read(instance);
                stmts.push(self.set_attribute(this, class, field, value));
            }
            if post {
                return self.no(
                    e,
                    "class",
                    "`__post_init__` of a dataclass",
                    "Set the fields in `__init__`.",
                );
            }
        } else if !e.arguments.args.is_empty() || !e.arguments.keywords.is_empty() {
            return self.no(
                e,
                "arguments",
                "this class takes no arguments",
                "Define `__init__`.",
            );
        }
        let value = self.read(instance);
        Ok(block(stmts, value))
    }

    /// `object.name = value`.
    pub(super) fn set_attribute(
        &mut self,
        object: Expr,
        class: usize,
        name: &str,
        value: Expr,
    ) -> Stmt {
        let slot = self.unit.attribute(class, name);
        self.unit.types.learn(slot, &value.ty);
        let ty = self.unit.types.get(slot);
        let value = self.coerce(value, &ty);
        let name = self.constant(Constant::Name(name.to_owned()));
        let checked = self.checked(object, class);
        Stmt::Do(call(
            "instance::set",
            Ty::None,
            vec![by_ref(checked), by_ref(name), own(value)],
        ))
    }

    /// An object of whose class and method Rust is sure.
    fn with_method(&mut self, object: Expr, class: usize, function: usize, name: &str) -> Expr {
        let class_object =
            self.capture(Place::Global(self.unit.program.classes[class].name.clone()));
        let method = self.capture(Place::Function(
            self.unit.program.functions[function].qualname.clone(),
        ));
        let name = self.constant(Constant::Name(name.to_owned()));
        let ty = object.ty.clone();
        call(
            "instance::with_method",
            ty,
            vec![
                own(object),
                by_ref(class_object),
                by_ref(name),
                by_ref(method),
            ],
        )
    }

    /// An object of whose class Rust is sure.
    pub(super) fn checked(&mut self, object: Expr, class: usize) -> Expr {
        let name = self.unit.program.classes[class].name.clone();
        let class_object = self.capture(Place::Global(name));
        let ty = object.ty.clone();
        call(
            "instance::checked",
            ty,
            vec![own(object), by_ref(class_object)],
        )
    }

    /// `object.name`.
    pub(super) fn get_attribute(
        &mut self,
        at: &impl Ranged,
        object: Expr,
        class: usize,
        name: &str,
    ) -> Low<Expr> {
        let def = &self.unit.program.classes[class];
        if let Some(obstacle) = def.obstacle {
            return self.no(
                at,
                "class",
                format!(
                    "instances of `{}` cannot be looked into: {obstacle}",
                    def.name
                ),
                "Use a plain class.",
            );
        }
        if let Some(&f) = def.methods.get(name) {
            let is_property = self.unit.program.functions[f]
                .node
                .decorator_list
                .iter()
                .any(|d| matches!(&d.expression, Ast::Name(n) if n.id == "property"));
            if is_property {
                let object = self.checked(object, class);
                return self.call_spec(at, f, vec![object]);
            }
            return self.no(
                at,
                "bound-method",
                "a method is kept as a value",
                "Call it where it is named.",
            );
        }
        if let Some(value) = def.attributes.get(name).copied() {
            let ty = self.expr(value)?.ty;
            let slot = self.unit.attribute(class, name);
            self.unit.types.learn(slot, &ty);
        }
        let slot = self.unit.attribute(class, name);
        let ty = self.unit.types.get(slot);
        let name = self.constant(Constant::Name(name.to_owned()));
        let checked = self.checked(object, class);
        let path = format!("instance::get::<{}>", self.unit.types.rust(&ty));
        Ok(call(&path, ty, vec![by_ref(checked), by_ref(name)]))
    }

    /// `numpy.zeros(shape)` and `numpy.zeros(shape, dtype)`; `numpy.empty` likewise.
    fn zeros(&mut self, e: &ExprCall, place: Place) -> Low<Option<Expr>> {
        let dtype = match (e.arguments.args.get(1), e.arguments.keywords.first()) {
            (Some(d), None) => Some(d),
            (None, Some(k)) if k.arg.as_ref().is_some_and(|a| a.as_str() == "dtype") => {
                Some(&k.value)
            }
            (None, None) => None,
            _ => return Ok(None),
        };
        let (scalar, dtype) = match dtype {
            None => (Scalar::Float64, None),
            Some(Ast::Name(n)) if self.is_builtin(&n.id) => match Scalar::by_name(&n.id) {
                Some(scalar) => (scalar, Some(self.capture(Place::Builtin(n.id.to_string())))),
                None => return Ok(None),
            },
            Some(Ast::Attribute(a)) => match (&*a.value, Scalar::by_name(&a.attr)) {
                (Ast::Name(n), Some(scalar)) => {
                    let place = Place::Attribute(n.id.to_string(), a.attr.to_string());
                    (scalar, Some(self.capture(place)))
                }
                _ => return Ok(None),
            },
            Some(_) => return Ok(None),
        };
        let Some(shape) = e.arguments.args.first() else {
            return Ok(None);
        };
        let shape = self.expr(shape)?;
        let nd = match &shape.ty {
            Ty::Int => 1,
            Ty::Tuple(items) if (1..=4).contains(&items.len()) => items.len(),
            _ => return Ok(None),
        };
        let shape = self.coerce(shape, &Ty::Any);
        let function = self.capture(place);
        let path = format!("array::zeros::<{}>", scalar.element());
        let dtype = match dtype {
            Some(d) => sure("Some", Ty::Any, vec![by_ref(d)]),
            None => super::build::literal("None", Ty::Any),
        };
        Ok(Some(call(
            &path,
            Ty::Array(scalar, nd),
            vec![by_ref(function), by_ref(shape), own(dtype)],
        )))
    }

    /// A call of a function of another module.
    fn member(&mut self, e: &ExprCall, module: &str, name: &str, place: Place) -> Low<Expr> {
        if module == "numpy"
            && matches!(name, "zeros" | "empty")
            && let Some(made) = self.zeros(e, place.clone())?
        {
            return Ok(made);
        }
        if !e.arguments.keywords.is_empty()
            || e.arguments
                .args
                .iter()
                .any(|a| matches!(a, Ast::Starred(_)))
        {
            return self.no(
                e,
                "library-call",
                format!("`{module}.{name}` is called with keywords or `*arguments`"),
                "Pass plain arguments.",
            );
        }
        let mut args = Vec::new();
        for arg in &e.arguments.args {
            args.push(self.expr(arg)?);
        }
        self.member_on(e, module, name, place, args)
    }

    fn member_on(
        &mut self,
        e: &impl Ranged,
        module: &str,
        name: &str,
        place: Place,
        args: Vec<Expr>,
    ) -> Low<Expr> {
        if module == "math" {
            let args: Vec<Expr> = args.into_iter().map(|a| self.number(a)).collect();
            let args: Vec<Expr> = args
                .into_iter()
                .map(|a| {
                    if matches!(a.ty, Ty::Np(Scalar::Float64 | Scalar::Int64)) {
                        self.float(a)
                    } else {
                        a
                    }
                })
                .collect();
            let numbers = args.iter().all(|a| a.ty.is_number());
            if numbers {
                let mut args = args.into_iter();
                let (first, second, more) = (args.next(), args.next(), args.next());
                if let (Some(x), None) = (first.clone(), &second) {
                    let x_ty = x.ty.clone();
                    if MATH_ONE.contains(&name) {
                        self.capture(place);
                        let x = self.float(x);
                        if name == "fabs" {
                            return Ok(super::build::sure_method(x, "abs", Ty::Float, Vec::new()));
                        }
                        return Ok(call(&format!("math::{name}"), Ty::Float, vec![own(x)]));
                    }
                    match name {
                        "floor" | "ceil" | "trunc" => {
                            self.capture(place);
                            if x_ty == Ty::Int {
                                return Ok(x);
                            }
                            let x = self.float(x);
                            let whole = super::build::sure_method(x, name, Ty::Float, Vec::new());
                            return Ok(call("float::to_int::<Int>", Ty::Int, vec![own(whole)]));
                        }
                        "isnan" | "isfinite" => {
                            self.capture(place);
                            let x = self.float(x);
                            let name = if name == "isnan" {
                                "is_nan"
                            } else {
                                "is_finite"
                            };
                            return Ok(super::build::sure_method(x, name, Ty::Bool, Vec::new()));
                        }
                        "isinf" => {
                            self.capture(place);
                            let x = self.float(x);
                            return Ok(super::build::sure_method(
                                x,
                                "is_infinite",
                                Ty::Bool,
                                Vec::new(),
                            ));
                        }
                        "degrees" | "radians" => {
                            self.capture(place);
                            let x = self.float(x);
                            return Ok(sure(&format!("math::{name}"), Ty::Float, vec![own(x)]));
                        }
                        _ => {}
                    }
                }
                if let (Some(x), Some(y), None) = (first.clone(), second.clone(), &more)
                    && matches!(name, "pow" | "atan2" | "fmod" | "copysign")
                {
                    self.capture(place);
                    let (x, y) = (self.float(x), self.float(y));
                    return Ok(match name {
                        "atan2" => sure("math::atan2", Ty::Float, vec![own(x), own(y)]),
                        "copysign" => {
                            super::build::sure_method(x, "copysign", Ty::Float, vec![own(y)])
                        }
                        _ => call(&format!("math::{name}"), Ty::Float, vec![own(x), own(y)]),
                    });
                }
                let args: Vec<Expr> = first
                    .into_iter()
                    .chain(second)
                    .chain(more)
                    .chain(args)
                    .collect();
                return self.pure_call(e, module, name, place, args);
            }
            return self.pure_call(e, module, name, place, args);
        }
        self.pure_call(e, module, name, place, args)
    }

    fn pure_call(
        &mut self,
        e: &impl Ranged,
        module: &str,
        name: &str,
        place: Place,
        args: Vec<Expr>,
    ) -> Low<Expr> {
        let Some(ty) = pure_member(module, name) else {
            let help = match module {
                "numpy" => "Loop over the elements, or leave the function to NumPy.",
                _ => "Call it outside the function and pass the result.",
            };
            return self.no(
                e,
                "library-call",
                format!("`{module}.{name}` is not translated"),
                help,
            );
        };
        let args = args.into_iter().map(|a| self.coerce(a, &Ty::Any)).collect();
        let result = self.call_object(place, args);
        Ok(self.coerce(result, &ty))
    }

    /// A function given as an argument, on values.
    pub(super) fn apply(&mut self, function: &Ast, values: Vec<Expr>) -> Low<Expr> {
        match function {
            Ast::Lambda(l) => self.apply_lambda(l, values),
            Ast::Name(n) if self.find(&n.id).is_none() => {
                match self.unit.program.globals.get(n.id.as_str()).cloned() {
                    Some(Global::Function(f)) => self.call_spec(function, f, values),
                    Some(Global::Member(module, name)) => self.member_on(
                        function,
                        &module,
                        &name,
                        Place::Global(n.id.to_string()),
                        values,
                    ),
                    None => self.apply_builtin(function, &n.id, values),
                    _ => self.no(
                        function,
                        "unknown-callee",
                        "what is called here is only known when the program runs",
                        "Use a lambda or a function of this file.",
                    ),
                }
            }
            Ast::Attribute(a) => {
                if let (Ast::Name(n), [_]) = (&*a.value, values.as_slice())
                    && self.is_builtin(&n.id)
                    && matches!(n.id.as_str(), "str" | "bytes")
                    && let Some(value) = values.into_iter().next()
                {
                    self.uses_builtin(&n.id);
                    return self.unary_method(function, value, &a.attr);
                }
                self.no(
                    function,
                    "unknown-callee",
                    "a method is passed as a function",
                    "Use a lambda.",
                )
            }
            _ => self.no(
                function,
                "unknown-callee",
                "what is called here is only known when the program runs",
                "Use a lambda or a function of this file.",
            ),
        }
    }

    fn unary_method(&mut self, at: &Ast, value: Expr, name: &str) -> Low<Expr> {
        let ty = match name {
            "upper" | "lower" | "strip" | "lstrip" | "rstrip" | "title" | "capitalize" => Ty::Str,
            "isdigit" | "isalpha" | "isalnum" | "isspace" | "isupper" | "islower" => Ty::Bool,
            _ => {
                return self.no(
                    at,
                    "method",
                    format!("`{name}` as a function"),
                    "Use a lambda.",
                );
            }
        };
        let value = self.coerce(value, &Ty::Str);
        let object = self.coerce(value, &Ty::Any);
        let name = self.constant(Constant::Name(name.to_owned()));
        let array = Expr {
            ty: Ty::Any,
            node: Node::Array(Vec::new()),
        };
        let result = call(
            "any::call_builtin_method",
            Ty::Any,
            vec![by_ref(object), by_ref(name), by_ref(array)],
        );
        Ok(self.coerce(result, &ty))
    }

    fn apply_builtin(&mut self, at: &Ast, name: &str, mut values: Vec<Expr>) -> Low<Expr> {
        self.uses_builtin(name);
        let one = values.len() == 1;
        match name {
            "len" if one => {
                let object = self.coerce(values.remove(0), &Ty::Any);
                let n = call("any::len", Ty::Int, vec![by_ref(object)]);
                Ok(Expr {
                    ty: Ty::Int,
                    node: Node::As(Box::new(n)),
                })
            }
            "str" if one => self.text_of(values.remove(0)),
            "float" if one && values[0].ty.is_number() => Ok(self.float(values.remove(0))),
            "int" if one && values[0].ty == Ty::Int => Ok(values.remove(0)),
            "int" if one && values[0].ty == Ty::Float => Ok(call(
                "float::to_int::<Int>",
                Ty::Int,
                vec![own(values.remove(0))],
            )),
            "bool" if one => Ok(self.truth(values.remove(0))),
            "abs" if one && values[0].ty == Ty::Int => {
                Ok(call("int::abs", Ty::Int, vec![own(values.remove(0))]))
            }
            "abs" if one && values[0].ty == Ty::Float => Ok(super::build::sure_method(
                values.remove(0),
                "abs",
                Ty::Float,
                Vec::new(),
            )),
            "ord" if one && values[0].ty == Ty::Char => {
                Ok(sure("code::<Int>", Ty::Int, vec![own(values.remove(0))]))
            }
            "chr" if one && values[0].ty == Ty::Int => {
                Ok(call("text::chr", Ty::Char, vec![own(values.remove(0))]))
            }
            "int" | "float" | "abs" | "ord" | "chr" | "repr" | "round" | "sum" | "min" | "max"
            | "sorted" | "hash" | "divmod" | "pow" | "tuple" | "hex" | "bin" | "oct" => {
                let ty = match name {
                    "int" | "ord" | "hash" => Ty::Int,
                    "float" => Ty::Float,
                    "repr" | "hex" | "bin" | "oct" | "chr" => Ty::Str,
                    _ => Ty::Any,
                };
                let args = values
                    .into_iter()
                    .map(|v| self.coerce(v, &Ty::Any))
                    .collect();
                let result = self.call_object(Place::Builtin(name.to_owned()), args);
                Ok(self.coerce(result, &ty))
            }
            _ => self.no(
                at,
                "builtin",
                format!("`{name}` as a function"),
                "Use a lambda.",
            ),
        }
    }

    /// A lambda on values: its body in place.
    fn apply_lambda(&mut self, lambda: &ExprLambda, values: Vec<Expr>) -> Low<Expr> {
        let mut scope = HashMap::new();
        let mut stmts = Vec::new();
        if let Some(params) = &lambda.parameters {
            let plain =
                params.vararg.is_none() && params.kwarg.is_none() && params.kwonlyargs.is_empty();
            let all: Vec<_> = params.posonlyargs.iter().chain(&params.args).collect();
            if !plain || all.len() != values.len() {
                return self.no(
                    lambda,
                    "lambda",
                    "this lambda does not take its arguments one by one",
                    "Write it with plain parameters.",
                );
            }
            for (param, value) in all.into_iter().zip(values) {
                let name = &param.parameter.name;
                let local = self.local(name, name.range.start().to_u32() + 3);
                stmts.push(self.assign(local, value));
                scope.insert(name.to_string(), local);
            }
        } else if !values.is_empty() {
            return self.no(
                lambda,
                "lambda",
                "this lambda takes no arguments",
                "Give it parameters.",
            );
        }
        self.scopes.push(scope);
        let result = self.expr(&lambda.body);
        self.scopes.pop();
        Ok(block(stmts, result?))
    }

    /// An exception to raise, from its class or from a call of it.
    pub(super) fn exception(&mut self, e: &Ast) -> Low<Expr> {
        match e {
            Ast::Call(c) => {
                // The arguments are computed; the text is made by Python, which raises again.
                let mut stmts = Vec::new();
                for arg in &c.arguments.args {
                    let value = self.expr(arg)?;
                    stmts.push(Stmt::Do(value));
                }
                let class = self.exception(&c.func)?;
                Ok(block(stmts, class))
            }
            Ast::Name(n) if self.find(&n.id).is_none() => {
                match self.unit.program.globals.get(n.id.as_str()).cloned() {
                    Some(Global::Class(c)) if self.unit.program.classes[c].is_exception => {
                        let class = self.capture(Place::Global(n.id.to_string()));
                        Ok(sure("exception_class", Ty::Any, vec![own(class)]))
                    }
                    None if n.id.ends_with("Error")
                        || matches!(
                            n.id.as_str(),
                            "Exception" | "StopIteration" | "BaseException"
                        ) =>
                    {
                        let class = self.capture(Place::Builtin(n.id.to_string()));
                        Ok(sure("exception_class", Ty::Any, vec![own(class)]))
                    }
                    _ => self.no(
                        e,
                        "exception",
                        "this exception class is not known here",
                        "Use a builtin exception, or one of this file.",
                    ),
                }
            }
            _ => self.no(
                e,
                "exception",
                "this exception is not a class or a call of one",
                "Raise `SomeError(\"text\")`.",
            ),
        }
    }
}

/// Whether an expression is a constant that nobody can change.
pub(super) fn is_constant(e: &Ast) -> bool {
    match e {
        Ast::NumberLiteral(_)
        | Ast::StringLiteral(_)
        | Ast::BooleanLiteral(_)
        | Ast::NoneLiteral(_)
        | Ast::BytesLiteral(_) => true,
        Ast::UnaryOp(u) => is_constant(&u.operand),
        Ast::Tuple(t) => t.elts.iter().all(is_constant),
        _ => false,
    }
}
