//! Builtin functions: their own form where types are known, the interpreter's where they are not.

use ruff_python_ast::{Expr as Ast, ExprCall};
use ruff_text_size::Ranged;

use super::build::{
    block, boolean, by_ref, call, infix, int, length, literal, method, own, sure, sure_method,
};
use super::builtin_names::{is_builtin_exception, is_type_name};
use super::making_sets::set_type;
use super::scope::{Low, Lowerer};
use super::unit::{Constant, Place};
use crate::ir::{Expr, Node, Stmt};
use crate::types::{Scalar, Ty};

/// Functions whose effects or answers are not the program's own.
const OUTSIDE: [&str; 14] = [
    "print",
    "input",
    "open",
    "exec",
    "eval",
    "compile",
    "globals",
    "locals",
    "vars",
    "id",
    "setattr",
    "delattr",
    "getattr",
    "__import__",
];

/// Builtin functions that are called as they are, with plain arguments, and what they give.
fn plain_builtin(name: &str) -> Option<Ty> {
    Some(match name {
        "repr" | "ascii" | "hex" | "bin" | "oct" | "format" => Ty::Str,
        "hash" => Ty::Int,
        "complex" => Ty::Complex,
        "bytes" => Ty::Bytes,
        "divmod" | "pow" | "round" | "abs" | "slice" | "frozenset" => Ty::Any,
        _ => return None,
    })
}

impl Lowerer<'_, '_> {
    /// Whether a name means the builtin.
    pub(super) fn is_builtin(&self, name: &str) -> bool {
        self.find(name).is_none() && !self.unit.program.globals.contains_key(name)
    }

    /// The function relies on a builtin's name.
    pub(super) fn uses_builtin(&mut self, name: &str) {
        self.capture(Place::Builtin(name.to_owned()));
    }

    /// A call of a builtin function.
    pub(super) fn builtin(&mut self, name: &str, e: &ExprCall) -> Low<Expr> {
        self.uses_builtin(name);
        let args = &e.arguments.args;
        let keyword = |name: &str| {
            e.arguments
                .keywords
                .iter()
                .find(|k| k.arg.as_ref().is_some_and(|a| a == name))
                .map(|k| &k.value)
        };
        if OUTSIDE.contains(&name) {
            return self.no(
                e,
                "outside-effect",
                format!("`{name}` acts outside the function"),
                "Move it to the caller, and let the function return what it needs.",
            );
        }
        if args.iter().any(|a| matches!(a, Ast::Starred(_))) && !matches!(name, "min" | "max") {
            return self.no(
                e,
                "star-argument",
                "a builtin is called with `*arguments`",
                "Pass the arguments one by one.",
            );
        }
        match (name, args.len()) {
            ("len", 1) => {
                let value = self.expr(&args[0])?;
                let value = self.present(value);
                let value = self.as_plain(e, value)?;
                if let Ty::Instance(c) = value.ty
                    && let Some(n) = self.special(e, value.clone(), c, "__len__", Vec::new())?
                    && n.ty == Ty::Int
                {
                    return Ok(n);
                }
                Ok(match &value.ty {
                    Ty::Str
                    | Ty::Bytes
                    | Ty::ByteArray
                    | Ty::List(_)
                    | Ty::Dict(..)
                    | Ty::Set(_)
                    | Ty::FrozenSet(_)
                    | Ty::Map(..)
                    | Ty::Deque(_)
                    | Ty::TupleOf(_) => length(value),
                    Ty::Array(..) => {
                        let n = sure_method(value, "first_extent", Ty::Int, Vec::new());
                        Expr {
                            ty: Ty::Int,
                            node: Node::As(Box::new(n)),
                        }
                    }
                    Ty::Tuple(items) => {
                        let n = items.len() as i64;
                        block(vec![Stmt::Do(value)], int(n))
                    }
                    Ty::Char => block(vec![Stmt::Do(value)], int(1)),
                    _ => {
                        let object = self.coerce(value, &Ty::Any);
                        let n = call("any::len", Ty::Int, vec![by_ref(object)]);
                        Expr {
                            ty: Ty::Int,
                            node: Node::As(Box::new(n)),
                        }
                    }
                })
            }
            ("range", 1..=3) => self.plain_call(name, e),
            ("type", 1) => {
                let value = self.expr(&args[0])?;
                let object = self.coerce(value, &Ty::Any);
                Ok(sure("any::type_of", Ty::Any, vec![by_ref(object)]))
            }
            ("abs", 1) => {
                let value = self.expr(&args[0])?;
                if let Ty::Instance(c) = value.ty
                    && let Some(done) = self.special(e, value.clone(), c, "__abs__", Vec::new())?
                {
                    return Ok(done);
                }
                let value = self.number(value);
                if let Ty::Array(..) = value.ty
                    && let Some(made) = self.array_unary("absolute", value.clone())
                {
                    return Ok(made);
                }
                Ok(match value.ty {
                    Ty::Np(d) if d != Scalar::Float64 && (d.is_float() || d.is_int()) => {
                        self.scalar_unary("abs", value, d)
                    }
                    Ty::Int => call("int::abs", Ty::Int, vec![own(value)]),
                    Ty::Float => sure_method(value, "abs", Ty::Float, Vec::new()),
                    Ty::Num => call("num::abs", Ty::Num, vec![own(value)]),
                    Ty::Np(Scalar::Float64) => {
                        let value = self.float(value);
                        sure("float64::abs", Ty::Np(Scalar::Float64), vec![own(value)])
                    }
                    Ty::Complex => call("complex::abs", Ty::Float, vec![own(value)]),
                    _ => {
                        let object = self.coerce(value, &Ty::Any);
                        call("any::abs", Ty::Any, vec![by_ref(object)])
                    }
                })
            }
            ("min" | "max", n) if n >= 1 => {
                self.extreme(name, e, keyword("key"), keyword("default"))
            }
            ("sum", 1 | 2) => self.sum(e, keyword("start").or(args.get(1))),
            ("any" | "all", 1) => self.any_all(name == "any", e, &args[0]),
            ("sorted", 1) => self.sorted(e, &args[0], keyword("key"), keyword("reverse")),
            ("list", 0) => {
                let slot = self.site(e.range(), 8);
                Ok(self.new_container(&Ty::List(slot)))
            }
            ("list", 1) => {
                if self.iterated(&args[0]) {
                    return self.collect_list(e, &args[0]);
                }
                let value = self.expr(&args[0])?;
                self.list_of(e, value)
            }
            ("tuple", 0) => Ok(self.empty_tuple(e)),
            ("tuple", 1) => {
                let list = if self.iterated(&args[0]) {
                    self.collect_list(e, &args[0])?
                } else {
                    let value = self.expr(&args[0])?;
                    if matches!(value.ty, Ty::Tuple(_) | Ty::TupleOf(_)) {
                        return Ok(value);
                    }
                    self.list_of(e, value)?
                };
                Ok(self.tuple_of(list))
            }
            ("set" | "frozenset", 0) => {
                let slot = self.site(e.range(), 10);
                Ok(self.new_container(&set_type(name, slot)))
            }
            ("set" | "frozenset", 1) => self.set_of(e, name, &args[0]),
            ("dict", 0) if e.arguments.keywords.is_empty() => {
                let (k, v) = (self.site(e.range(), 11), self.site(e.range(), 12));
                Ok(self.new_container(&Ty::Dict(k, v)))
            }
            ("dict", 1) if e.arguments.keywords.is_empty() => self.dict_of(e, &args[0]),
            ("bool", 0) => Ok(boolean(false)),
            ("bool", 1) => self.condition(&args[0]),
            ("int", 0) => Ok(int(0)),
            ("int", 1) if keyword("base").is_none() => self.whole(&args[0]),
            ("int", _) => {
                let result = self.plain_call(name, e)?;
                if self.is_big() {
                    return Ok(result);
                }
                Ok(self.coerce(result, &Ty::Int))
            }
            ("float", 0) => Ok(literal("0.0", Ty::Float)),
            ("float", 1) => {
                if let Some(text) = endless(&args[0]) {
                    return Ok(literal(text, Ty::Float));
                }
                let value = self.expr(&args[0])?;
                let value = match value.ty {
                    // `None` is an error that the function may handle.
                    Ty::Opt(_) => self.coerce(value, &Ty::Any),
                    _ => self.number(value),
                };
                if value.ty.is_number()
                    || matches!(value.ty, Ty::Np(d) if !d.is_complex() && d != Scalar::Bool8)
                {
                    return Ok(self.float(value));
                }
                let value = self.coerce(value, &Ty::Any);
                let result = self.call_object(Place::Builtin("float".into()), vec![value]);
                Ok(self.coerce(result, &Ty::Float))
            }
            ("bytes", 1)
                if e.arguments.keywords.is_empty()
                    && (!self.iterated(&args[0]) || is_range(&args[0])) =>
            {
                let value = self.expr(&args[0])?;
                if value.ty == Ty::ByteArray {
                    let bytes = method(value, "frozen", Ty::Any, Vec::new());
                    return Ok(self.coerce(bytes, &Ty::Bytes));
                }
                let object = self.coerce(value, &Ty::Any);
                let made = self.call_object(Place::Builtin(name.to_owned()), vec![object]);
                Ok(self.coerce(made, &Ty::Bytes))
            }
            ("str", 0) => Ok(self.text_constant("")),
            ("str", 1) => {
                let value = self.expr(&args[0])?;
                self.text_of(value)
            }
            ("repr", 1) => {
                let value = self.expr(&args[0])?;
                if let Ty::Instance(c) = value.ty {
                    return self.instance_text(e, value, c, true);
                }
                if matches!(value.ty, Ty::Int | Ty::Float) {
                    return self.text_of(value);
                }
                let object = self.coerce(value, &Ty::Any);
                Ok(call("text::repr", Ty::Str, vec![by_ref(object)]))
            }
            ("ord", 1) => {
                let value = self.expr(&args[0])?;
                Ok(match value.ty {
                    Ty::Char => sure("code::<Int>", Ty::Int, vec![own(value)]),
                    _ => {
                        let text = self.coerce(value, &Ty::Str);
                        call("text::ord::<Int>", Ty::Int, vec![by_ref(text)])
                    }
                })
            }
            ("chr", 1) => {
                let value = self.expr(&args[0])?;
                let value = self.number(value);
                let value = self.coerce(value, &Ty::Int);
                Ok(call("text::chr", Ty::Char, vec![own(value)]))
            }
            ("divmod", 2) => {
                let (a, b) = (self.expr(&args[0])?, self.expr(&args[1])?);
                let (a, b) = (self.number(a), self.number(b));
                match (&a.ty, &b.ty) {
                    (Ty::Int, Ty::Int) => Ok(call(
                        "int::div_mod",
                        Ty::Tuple(vec![Ty::Int; 2]),
                        vec![own(a), own(b)],
                    )),
                    (Ty::Float, Ty::Int | Ty::Float) | (Ty::Int, Ty::Float) => {
                        let (a, b) = (self.float(a), self.float(b));
                        Ok(call(
                            "float::div_mod",
                            Ty::Tuple(vec![Ty::Float; 2]),
                            vec![own(a), own(b)],
                        ))
                    }
                    _ => {
                        let (a, b) = (self.coerce(a, &Ty::Any), self.coerce(b, &Ty::Any));
                        Ok(call("any::div_mod", Ty::Any, vec![by_ref(a), by_ref(b)]))
                    }
                }
            }
            ("pow", 2) => {
                let (a, b) = (self.expr(&args[0])?, self.expr(&args[1])?);
                self.operate(e, ruff_python_ast::Operator::Pow, a, b)
            }
            ("pow", 3) if self.is_big() => self.plain_call(name, e),
            ("pow", 3) => {
                let mut parts = Vec::new();
                for arg in args {
                    let part = self.expr(arg)?;
                    let part = self.number(part);
                    parts.push(own(self.coerce(part, &Ty::Int)));
                }
                Ok(call("int::pow_mod", Ty::Int, parts))
            }
            ("round", 1) => {
                let value = self.expr(&args[0])?;
                let value = self.number(value);
                match value.ty {
                    Ty::Int => Ok(value),
                    Ty::Float => Ok(call("float::round::<Int>", Ty::Int, vec![own(value)])),
                    _ => self.plain_call(name, e),
                }
            }
            ("round", 2) => {
                let value = self.expr(&args[0])?;
                if value.ty == Ty::Float {
                    let digits = self.expr(&args[1])?;
                    let digits = self.number(digits);
                    if digits.ty == Ty::Int {
                        return Ok(call(
                            "float::round_to",
                            Ty::Float,
                            vec![own(value), own(digits)],
                        ));
                    }
                }
                self.plain_call(name, e)
            }
            ("isinstance", 2) => self.is_instance(e, &args[0], &args[1]),
            ("next", _) if let Some(first) = self.first_item(e)? => Ok(first),
            ("enumerate" | "zip" | "map" | "filter" | "reversed" | "iter" | "next", _) => self.no(
                e,
                "iterator-value",
                format!("the iterator of `{name}` is kept as a value"),
                "Iterate over it where it is made, or make a list of it.",
            ),
            ("bytearray", 0..=3) => self.new_bytearray(e),
            _ => match plain_builtin(name) {
                Some(ty) => {
                    let result = self.plain_call(name, e)?;
                    Ok(self.coerce(result, &ty))
                }
                None => self.no(
                    e,
                    "builtin",
                    format!("`{name}` is not translated"),
                    "Call it outside the function.",
                ),
            },
        }
    }

    /// Whether an expression is best walked through as it is made.
    pub(super) fn iterated(&self, e: &Ast) -> bool {
        if self.is_generated(e) {
            return true;
        }
        match e {
            Ast::Generator(_) => true,
            Ast::Call(c) => match &*c.func {
                Ast::Name(n) => {
                    self.is_builtin(&n.id)
                        && matches!(
                            n.id.as_str(),
                            "range" | "enumerate" | "zip" | "map" | "filter" | "reversed"
                        )
                        || self.is_iterator(c)
                }
                Ast::Attribute(a) => {
                    matches!(a.attr.as_str(), "items" | "keys" | "values") || self.is_iterator(c)
                }
                _ => false,
            },
            _ => false,
        }
    }

    /// A builtin called with plain arguments.
    pub(super) fn plain_call(&mut self, name: &str, e: &ExprCall) -> Low<Expr> {
        let args = self.object_arguments(&e.arguments.args)?;
        if !e.arguments.keywords.is_empty() {
            let function = self.capture(Place::Builtin(name.to_owned()));
            let (args, names) = self.named_arguments(e, args)?;
            return Ok(call(
                "any::call_by_name",
                Ty::Any,
                vec![by_ref(function), by_ref(args), by_ref(names)],
            ));
        }
        Ok(self.call_object(Place::Builtin(name.to_owned()), args))
    }

    /// Arguments as objects; what would make items one by one is made a list first.
    pub(super) fn object_arguments(&mut self, arguments: &[Ast]) -> Low<Vec<Expr>> {
        let mut args = Vec::new();
        for arg in arguments {
            let value = if self.iterated(arg) && !is_range(arg) {
                self.collect_list(arg, arg)?
            } else {
                self.expr(arg)?
            };
            args.push(self.coerce(value, &Ty::Any));
        }
        Ok(args)
    }

    /// Arguments by position and by name as two arrays: of all values, and of the names of the last ones.
    pub(super) fn named_arguments(
        &mut self,
        e: &ExprCall,
        mut args: Vec<Expr>,
    ) -> Low<(Expr, Expr)> {
        let mut names = Vec::new();
        for keyword in &e.arguments.keywords {
            let Some(name) = &keyword.arg else {
                return self.no(
                    keyword,
                    "star-argument",
                    "a call with `**arguments`",
                    "Pass the arguments one by one.",
                );
            };
            let value = self.expr(&keyword.value)?;
            args.push(self.coerce(value, &Ty::Any));
            names.push(self.constant(Constant::Name(name.to_string())));
        }
        let array = |items| Expr {
            ty: Ty::Any,
            node: Node::Array(items),
        };
        Ok((array(args), array(names)))
    }

    /// A function object outside, called with objects.
    pub(super) fn call_object(&mut self, place: Place, args: Vec<Expr>) -> Expr {
        let function = self.capture(place);
        let array = Expr {
            ty: Ty::Any,
            node: Node::Array(args),
        };
        call("any::call", Ty::Any, vec![by_ref(function), by_ref(array)])
    }

    /// A constant text.
    pub(super) fn text_constant(&mut self, text: &str) -> Expr {
        if text.chars().count() == 1
            && let Some(c) = text.chars().next()
        {
            return literal(&format!("Char({})", rust_char(c)), Ty::Char);
        }
        let object = self.constant(Constant::Text(text.as_bytes().to_vec()));
        self.coerce(object, &Ty::Str)
    }

    /// `str(value)`.
    pub(super) fn text_of(&mut self, value: Expr) -> Low<Expr> {
        if let Ty::Instance(c) = value.ty {
            return self.instance_text(&ruff_text_size::TextRange::default(), value, c, false);
        }
        if value.ty.is_text() {
            return Ok(value);
        }
        if let Ty::Int | Ty::Float = value.ty {
            let path = if value.ty == Ty::Int {
                "line::of_int"
            } else {
                "line::of_float"
            };
            return Ok(call(path, Ty::Str, vec![own(value)]));
        }
        let object = self.coerce(value, &Ty::Any);
        Ok(call("text::of", Ty::Str, vec![by_ref(object)]))
    }

    pub(super) fn whole(&mut self, arg: &Ast) -> Low<Expr> {
        let value = self.expr(arg)?;
        let value = match &value.ty {
            // `None` is an error that the function may handle.
            Ty::Opt(inner) if !inner.is_number() => self.coerce(value, &Ty::Any),
            _ => self.number(value),
        };
        Ok(match value.ty {
            Ty::Int => value,
            Ty::Float => call("float::to_int::<Int>", Ty::Int, vec![own(value)]),
            Ty::Num => call("num::to_int", Ty::Int, vec![own(value)]),
            Ty::Np(d) if d.is_float() => {
                let value = self.float(value);
                call("float::to_int::<Int>", Ty::Int, vec![own(value)])
            }
            Ty::Np(d) if d.is_int() && d != Scalar::UInt64 => self.index_number(value),
            _ => {
                let object = self.coerce(value, &Ty::Any);
                let result = self.call_object(Place::Builtin("int".into()), vec![object]);
                if self.is_big() {
                    return Ok(result);
                }
                self.coerce(result, &Ty::Int)
            }
        })
    }

    pub(super) fn dict_of(&mut self, e: &ExprCall, arg: &Ast) -> Low<Expr> {
        if !self.iterated(arg) {
            let value = self.expr(arg)?;
            if let Ty::Map(_, k, v) = value.ty {
                let view = self.as_dict(value, k, v);
                return Ok(method(view, "entries", Ty::Dict(k, v), Vec::new()));
            }
            if let Ty::Dict(..) = value.ty {
                let ty = value.ty.clone();
                return Ok(method(value, "copy", ty, Vec::new()));
            }
        }
        let (k, v) = (self.site(e.range(), 11), self.site(e.range(), 12));
        self.filled(e, &Ty::Dict(k, v), |l, dict| {
            l.for_each(arg, |l, item| {
                let pair = l.temporary("pair", e, &item.ty.clone());
                let keep = l.assign(pair, item);
                let (first, second) = (l.read(pair), l.read(pair));
                let (key, value) = (l.item(first, int(0))?, l.item(second, int(1))?);
                Ok(vec![keep, l.add_entry(dict, key, value)])
            })
        })
    }

    pub(super) fn is_instance(&mut self, e: &ExprCall, value: &Ast, class: &Ast) -> Low<Expr> {
        let object = self.expr(value)?;
        let mut names: Vec<&Ast> = Vec::new();
        fn spread<'e>(class: &'e Ast, names: &mut Vec<&'e Ast>) {
            match class {
                Ast::Tuple(t) => t.elts.iter().for_each(|e| spread(e, names)),
                Ast::BinOp(b) if b.op == ruff_python_ast::Operator::BitOr => {
                    spread(&b.left, names);
                    spread(&b.right, names);
                }
                other => names.push(other),
            }
        }
        spread(class, &mut names);
        let object = self.coerce(object, &Ty::Any);
        let kept = self.temporary("tested", e, &Ty::Any);
        let keep = self.assign(kept, object);
        let mut result = boolean(false);
        for name in names.into_iter().rev() {
            let object = self.read(kept);
            let test = match name {
                Ast::Name(n) if self.is_builtin(&n.id) => {
                    let known = is_type_name(&n.id) || is_builtin_exception(&n.id);
                    if !known {
                        return self.unknown_class(e);
                    }
                    let class = self.capture(Place::Builtin(n.id.to_string()));
                    call(
                        "any::is_instance",
                        Ty::Bool,
                        vec![by_ref(object), by_ref(class)],
                    )
                }
                Ast::Name(n) => match self.unit.program.globals.get(n.id.as_str()) {
                    Some(crate::program::Global::Class(c)) if self.find(&n.id).is_none() => {
                        let c = *c;
                        let class = self.class_object(c);
                        call("any::is_of", Ty::Bool, vec![by_ref(object), by_ref(class)])
                    }
                    _ => return self.unknown_class(e),
                },
                Ast::NoneLiteral(_) => sure("any::is_none", Ty::Bool, vec![by_ref(object)]),
                _ => return self.unknown_class(e),
            };
            result = infix("||", Ty::Bool, test, result);
        }
        Ok(block(vec![keep], result))
    }

    fn unknown_class(&self, e: &ExprCall) -> Low<Expr> {
        self.no(
            e,
            "isinstance",
            "`isinstance` with this class",
            "Test for builtin types or for classes of this file by their names.",
        )
    }
}

/// Whether an expression makes a range.
fn is_range(e: &Ast) -> bool {
    matches!(e, Ast::Call(c) if matches!(&*c.func, Ast::Name(n) if n.id == "range"))
}

/// A character as a Rust number with the character beside it where it can be seen.
fn rust_char(c: char) -> String {
    if c.is_ascii_graphic() && c != '\'' && c != '\\' || c == ' ' {
        format!("'{c}' as u32")
    } else {
        format!("{:#x}", c as u32)
    }
}

/// What `float` makes of a literal that is no finite number.
fn endless(e: &Ast) -> Option<&'static str> {
    let Ast::StringLiteral(text) = e else {
        return None;
    };
    match text.value.to_str().trim().to_ascii_lowercase().as_str() {
        "inf" | "+inf" | "infinity" | "+infinity" => Some("f64::INFINITY"),
        "-inf" | "-infinity" => Some("f64::NEG_INFINITY"),
        "nan" | "+nan" => Some("f64::NAN"),
        _ => None,
    }
}
