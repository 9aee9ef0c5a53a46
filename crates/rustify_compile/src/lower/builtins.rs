//! Builtin functions: their own form where types are known, the interpreter's where they are not.

use ruff_python_ast::{Expr as Ast, ExprCall};
use ruff_text_size::Ranged;

use super::build::{boolean, by_ref, call, int, literal, own, sure};
use super::object_calls::is_range;
use super::scope::{Low, Lowerer};
use super::unit::Place;
use crate::ir::Expr;
use crate::types::Ty;

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
                self.only_items = Some(args[0].range());
                self.length_of(e, &args[0])
            }
            ("range", 1..=3) => self.plain_call(name, e),
            ("type", 1) => {
                let value = self.expr(&args[0])?;
                let object = self.coerce(value, &Ty::Any);
                Ok(sure("any::type_of", Ty::Any, vec![by_ref(object)]))
            }
            ("abs", 1) => self.absolute(e, &args[0]),
            ("min" | "max", n) if n >= 1 => {
                self.extreme(name, e, keyword("key"), keyword("default"))
            }
            ("sum", 1 | 2) => self.sum(e, keyword("start").or(args.get(1))),
            ("any" | "all", 1) => self.any_all(name == "any", e, &args[0]),
            ("sorted", 1) => self.sorted(e, &args[0], keyword("key"), keyword("reverse")),
            ("list" | "tuple" | "set" | "frozenset", 0) => self.empty_container(name, e),
            ("dict", 0) if e.arguments.keywords.is_empty() => self.empty_container(name, e),
            ("list", 1) => self.list_made(e, &args[0]),
            ("tuple", 1) => self.tuple_made(e, &args[0]),
            ("set" | "frozenset", 1) => self.set_of(e, name, &args[0]),
            ("dict", 1) if e.arguments.keywords.is_empty() => self.dict_of(e, &args[0]),
            ("dict", 0 | 1) => self.dict_of_names(e, args.first()),
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
            ("float", 1) => self.float_of(&args[0]),
            ("bytes", 1)
                if e.arguments.keywords.is_empty()
                    && (!self.iterated(&args[0]) || is_range(&args[0])) =>
            {
                self.bytes_of(&args[0])
            }
            ("str", 0) => Ok(self.text_constant("")),
            ("str", 1) => {
                let value = self.expr(&args[0])?;
                self.text_of(value)
            }
            ("repr", 1) => self.shown(e, &args[0]),
            ("bin" | "oct" | "hex", 1) => {
                let value = self.expr(&args[0])?;
                let value = self.number(value);
                if matches!(value.ty, Ty::Int) {
                    return Ok(call(
                        &format!("numerals::{name}"),
                        Ty::Str,
                        vec![own(value)],
                    ));
                }
                let value = self.coerce(value, &Ty::Any);
                let result = self.call_object(Place::Builtin(name.to_owned()), vec![value]);
                Ok(self.coerce(result, &Ty::Str))
            }
            ("ord", 1) => self.code_of(&args[0]),
            ("chr", 1) => {
                let value = self.expr(&args[0])?;
                let value = self.number(value);
                let value = self.coerce(value, &Ty::Int);
                Ok(call("text::chr", Ty::Char, vec![own(value)]))
            }
            ("divmod", 2) => self.division_of(args),
            ("pow", 2) => {
                let (a, b) = (self.expr(&args[0])?, self.expr(&args[1])?);
                self.operate(e, ruff_python_ast::Operator::Pow, a, b)
            }
            ("pow", 3) if self.is_big() => self.plain_call(name, e),
            ("pow", 3) => self.power_of(args),
            ("round", 1) => self.rounded(e),
            ("round", 2) => self.rounded_to(e),
            ("isinstance", 2) => self.is_instance(e, &args[0], &args[1]),
            ("next", _) if let Some(first) = self.first_item(e)? => Ok(first),
            ("next", _) if let Some(item) = self.next_of(e)? => Ok(item),
            ("iter", 1) if let Some(iterator) = self.iterator_of(&args[0])? => {
                self.uses_builtin("iter");
                Ok(iterator)
            }
            ("enumerate" | "zip" | "map" | "filter" | "reversed", _)
                if let Some(iterator) = self.eager_iterator(e)? =>
            {
                Ok(iterator)
            }
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
}
