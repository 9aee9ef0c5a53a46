//! Builtin functions: their own form where types are known, the interpreter's where they are not.

use ruff_python_ast::{Expr as Ast, ExprCall};
use ruff_text_size::Ranged;

use super::build::{
    block, boolean, by_ref, call, infix, int, length, literal, method, none, not, own, sure,
    sure_method,
};
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
        "divmod" | "pow" | "round" | "abs" | "slice" | "frozenset" | "bytearray" => Ty::Any,
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
        if args.iter().any(|a| matches!(a, Ast::Starred(_))) {
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
                Ok(match &value.ty {
                    Ty::Str
                    | Ty::Bytes
                    | Ty::List(_)
                    | Ty::Dict(..)
                    | Ty::Set(_)
                    | Ty::FrozenSet(_)
                    | Ty::TupleOf(_) => length(value),
                    Ty::Array(..) => {
                        let n = method(value, "first_extent", Ty::Int, Vec::new());
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
            ("range", _) => self.no(
                e,
                "range-value",
                "a `range` is kept as a value",
                "Iterate over it where it is made, or make a list of it.",
            ),
            ("abs", 1) => {
                let value = self.expr(&args[0])?;
                let value = self.number(value);
                Ok(match value.ty {
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
            ("tuple", 0) => Ok(Expr {
                ty: Ty::Tuple(Vec::new()),
                node: Node::Tuple(Vec::new()),
            }),
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
            ("set" | "frozenset", 0 | 1) => {
                let slot = self.site(e.range(), 10);
                let set = self.filled(e, &Ty::Set(slot), |l, set| match args.first() {
                    Some(arg) => l.for_each(arg, |l, item| Ok(vec![l.add_item(set, item)])),
                    None => Ok(Vec::new()),
                })?;
                Ok(if name == "set" {
                    set
                } else {
                    method(set, "frozen", Ty::FrozenSet(slot), Vec::new())
                })
            }
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
                Ok(self.coerce(result, &Ty::Int))
            }
            ("float", 0) => Ok(literal("0.0", Ty::Float)),
            ("float", 1) => {
                let value = self.expr(&args[0])?;
                let value = self.number(value);
                if value.ty.is_number()
                    || matches!(value.ty, Ty::Np(Scalar::Float64 | Scalar::Int64))
                {
                    return Ok(self.float(value));
                }
                let value = self.coerce(value, &Ty::Any);
                let result = self.call_object(Place::Builtin("float".into()), vec![value]);
                Ok(self.coerce(result, &Ty::Float))
            }
            ("str", 0) => Ok(self.text_constant("")),
            ("str", 1) => {
                let value = self.expr(&args[0])?;
                self.text_of(value)
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
            ("enumerate" | "zip" | "map" | "filter" | "reversed" | "iter" | "next", _) => self.no(
                e,
                "iterator-value",
                format!("the iterator of `{name}` is kept as a value"),
                "Iterate over it where it is made, or make a list of it.",
            ),
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
    fn iterated(&self, e: &Ast) -> bool {
        match e {
            Ast::Generator(_) => true,
            Ast::Call(c) => match &*c.func {
                Ast::Name(n) => {
                    self.is_builtin(&n.id)
                        && matches!(
                            n.id.as_str(),
                            "range" | "enumerate" | "zip" | "map" | "filter" | "reversed"
                        )
                }
                Ast::Attribute(a) => matches!(a.attr.as_str(), "items" | "keys" | "values"),
                _ => false,
            },
            _ => false,
        }
    }

    /// A builtin called with plain arguments.
    fn plain_call(&mut self, name: &str, e: &ExprCall) -> Low<Expr> {
        if !e.arguments.keywords.is_empty() {
            return self.no(
                e,
                "keyword",
                format!("`{name}` is called with keywords"),
                "Pass the arguments by position.",
            );
        }
        let mut args = Vec::new();
        for arg in &e.arguments.args {
            let value = self.expr(arg)?;
            args.push(self.coerce(value, &Ty::Any));
        }
        Ok(self.call_object(Place::Builtin(name.to_owned()), args))
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
        if value.ty.is_text() {
            return Ok(value);
        }
        let object = self.coerce(value, &Ty::Any);
        Ok(call("text::of", Ty::Str, vec![by_ref(object)]))
    }

    fn whole(&mut self, arg: &Ast) -> Low<Expr> {
        let value = self.expr(arg)?;
        let value = self.number(value);
        Ok(match value.ty {
            Ty::Int => value,
            Ty::Float => call("float::to_int::<Int>", Ty::Int, vec![own(value)]),
            Ty::Num => call("num::to_int", Ty::Int, vec![own(value)]),
            Ty::Np(Scalar::Float64) => {
                let value = self.float(value);
                call("float::to_int::<Int>", Ty::Int, vec![own(value)])
            }
            Ty::Np(Scalar::Int64) => self.index_number(value),
            _ => {
                let object = self.coerce(value, &Ty::Any);
                let result = self.call_object(Place::Builtin("int".into()), vec![object]);
                self.coerce(result, &Ty::Int)
            }
        })
    }

    fn any_all(&mut self, is_any: bool, e: &ExprCall, arg: &Ast) -> Low<Expr> {
        let found = self.temporary("found", e, &Ty::Bool);
        let start = self.assign(found, boolean(!is_any));
        let mut stmts = vec![start];
        let outer = self.next_id();
        // The loop that is left may be nested in others: a loop of one turn around them all is what is left.
        let inner = self.for_each(arg, |l, item| {
            let test = l.truth(item);
            let test = if is_any { test } else { not(test) };
            let set = l.assign(found, boolean(is_any));
            Ok(vec![Stmt::If(
                test,
                vec![set, Stmt::Break(outer)],
                Vec::new(),
            )])
        })?;
        let mut body = inner;
        body.push(Stmt::Break(outer));
        stmts.push(Stmt::While {
            id: outer,
            test: boolean(true),
            body,
            orelse: Vec::new(),
        });
        let value = self.read(found);
        Ok(block(stmts, value))
    }

    fn sum(&mut self, e: &ExprCall, start: Option<&Ast>) -> Low<Expr> {
        let start = match start {
            Some(s) => {
                let s = self.expr(s)?;
                self.number(s)
            }
            None => int(0),
        };
        let item = self.site(e.range(), 13);
        let total = self.temporary("total", e, &Ty::Any);
        let arg = &e.arguments.args[0];
        let start_ty = start.ty.clone();
        if !matches!(start_ty, Ty::Int | Ty::Float | Ty::Num | Ty::Never) {
            return self.no(
                e,
                "sum",
                "`sum` of something else than numbers",
                "Use a loop, or join lists and texts.",
            );
        }
        let stmts = self.for_each(arg, |l, value| {
            let value = l.number(value);
            l.unit.types.learn(item, &value.ty);
            let value = if value.ty.is_number() || value.ty == Ty::Np(Scalar::Float64) {
                value
            } else {
                l.coerce(value, &Ty::Num)
            };
            let sum = Expr {
                ty: Ty::Any,
                node: Node::Local(total),
            };
            Ok(vec![Stmt::Do(method(
                sum,
                "add",
                Ty::None,
                vec![own(value)],
            ))])
        })?;
        let ty = match (self.unit.types.get(item), &start_ty) {
            (Ty::Int | Ty::Never | Ty::Bool, Ty::Int) => Ty::Int,
            (Ty::Int | Ty::Never | Ty::Bool | Ty::Float, Ty::Float) => Ty::Float,
            _ => Ty::Num,
        };
        self.locals[total].in_place = true;
        let new = sure("Sum::<Int>::new", Ty::Any, vec![own(start)]);
        let mut all = vec![Stmt::Assign(total, new)];
        all.extend(stmts);
        let sum = Expr {
            ty: Ty::Any,
            node: Node::Local(total),
        };
        let result = match ty {
            Ty::Int => method(sum, "int", Ty::Int, Vec::new()),
            Ty::Float => sure_method(sum_finish(sum), "float", Ty::Float, Vec::new()),
            _ => sum_finish(sum),
        };
        Ok(block(all, result))
    }

    fn sorted(
        &mut self,
        e: &ExprCall,
        arg: &Ast,
        key: Option<&Ast>,
        reverse: Option<&Ast>,
    ) -> Low<Expr> {
        let reverse = match reverse {
            Some(r) => self.condition(r)?,
            None => boolean(false),
        };
        match key {
            None | Some(Ast::NoneLiteral(_)) => {
                let list = if self.iterated(arg) {
                    self.collect_list(e, arg)?
                } else {
                    let value = self.expr(arg)?;
                    self.list_of(e, value)?
                };
                let ty = list.ty.clone();
                Ok(call(
                    "builtins::sort_new",
                    ty,
                    vec![own(list), own(reverse)],
                ))
            }
            Some(key) => self.sort_by(e, arg, key, reverse),
        }
    }

    /// The items of an iterable as a new list, in the order of a key.
    pub(super) fn sort_by(
        &mut self,
        e: &impl Ranged,
        arg: &Ast,
        key: &Ast,
        reverse: Expr,
    ) -> Low<Expr> {
        let slot = self.site(e.range(), 14);
        let keys = self.site(e.range(), 15);
        let keyed = self.temporary("keyed", e, &Ty::Any);
        self.locals[keyed].in_place = true;
        let item_local = self.temporary("item_of", e, &Ty::Never);
        let stmts = self.for_each(arg, |l, item| {
            l.unit.types.learn(slot, &item.ty);
            let mut stmts = vec![l.assign(item_local, item)];
            let item = l.read(item_local);
            let key = l.apply(key, vec![item])?;
            l.unit.types.learn(keys, &key.ty);
            let (want_key, want) = (l.unit.types.get(keys), l.unit.types.get(slot));
            let key = l.coerce(key, &want_key);
            let item = l.read(item_local);
            let item = l.coerce(item, &want);
            let all = Expr {
                ty: Ty::Any,
                node: Node::Local(keyed),
            };
            stmts.push(Stmt::Do(method(
                all,
                "push",
                Ty::None,
                vec![own(key), own(item)],
            )));
            Ok(stmts)
        })?;
        let path = format!(
            "Keyed::<{}, {}>::new",
            self.unit.types.rust(&self.unit.types.get(keys)),
            self.unit.types.rust(&self.unit.types.get(slot))
        );
        let mut all = vec![Stmt::Assign(keyed, sure(&path, Ty::Any, Vec::new()))];
        all.extend(stmts);
        let done = Expr {
            ty: Ty::Any,
            node: Node::Local(keyed),
        };
        Ok(block(
            all,
            method(done, "sorted", Ty::List(slot), vec![own(reverse)]),
        ))
    }

    fn extreme(
        &mut self,
        name: &str,
        e: &ExprCall,
        key: Option<&Ast>,
        default: Option<&Ast>,
    ) -> Low<Expr> {
        let args = &e.arguments.args;
        if args.len() > 1 && key.is_none() {
            let mut values = Vec::new();
            let mut ty = Ty::Never;
            for arg in args {
                let value = self.expr(arg)?;
                let value = self.present(value);
                ty = self.unit.types.join(&ty, &value.ty);
                values.push(value);
            }
            let mut values = values
                .into_iter()
                .map(|v| self.coerce(v, &ty))
                .collect::<Vec<_>>()
                .into_iter();
            let mut result = values.next().unwrap_or_else(none);
            for value in values {
                result = if ty == Ty::Int {
                    sure_method(result, name, ty.clone(), vec![own(value)])
                } else {
                    call(
                        &format!("builtins::{name}"),
                        ty.clone(),
                        vec![own(result), own(value)],
                    )
                };
            }
            return Ok(result);
        }
        let best = self.temporary("best", e, &Ty::Never);
        let best_key = self.temporary("best_key", e, &Ty::Never);
        let started = self.temporary("started", e, &Ty::Bool);
        let mut stmts = vec![self.assign(started, boolean(false))];
        let walk = |l: &mut Self, item: Expr| -> Low<Vec<Stmt>> {
            let candidate = l.temporary("candidate", e, &item.ty.clone());
            let mut body = vec![l.assign(candidate, item)];
            let value = l.read(candidate);
            let this_key = match key {
                Some(Ast::NoneLiteral(_)) | None => value,
                Some(key) => l.apply(key, vec![value])?,
            };
            let this = l.temporary("its_key", e, &this_key.ty.clone());
            body.push(l.assign(this, this_key));
            let this_read = l.read(this);
            l.unit.types.learn(l.locals[best_key].slot, &this_read.ty);
            let want = l.unit.types.get(l.locals[best_key].slot);
            let (a, b) = (l.coerce(this_read, &want), l.read(best_key));
            let op = if name == "min" {
                "is_less"
            } else {
                "is_greater"
            };
            let better = call(
                &format!("builtins::{op}"),
                Ty::Bool,
                vec![by_ref(a), by_ref(b)],
            );
            let is_started = l.read(started);
            let test = infix("||", Ty::Bool, not(is_started), better);
            let (this, candidate) = (l.read(this), l.read(candidate));
            let take = vec![
                l.assign(best_key, this),
                l.assign(best, candidate),
                l.assign(started, boolean(true)),
            ];
            body.push(Stmt::If(test, take, Vec::new()));
            Ok(body)
        };
        if args.len() == 1 {
            stmts.extend(self.for_each(&args[0], walk)?);
        } else {
            return self.no(
                e,
                "key",
                format!("`{name}` of several values with a key"),
                "Pass a tuple of the values.",
            );
        }
        let is_started = self.read(started);
        let value = self.read(best);
        let result = match default {
            Some(default) => {
                let default = self.expr(default)?;
                let slot = self.site(e.range(), 16);
                self.unit.types.learn(slot, &value.ty);
                self.unit.types.learn(slot, &default.ty);
                let ty = self.unit.types.get(slot);
                let (value, default) = (self.coerce(value, &ty), self.coerce(default, &ty));
                Expr {
                    ty,
                    node: Node::Choice(Box::new(is_started), Box::new(value), Box::new(default)),
                }
            }
            None => {
                let empty = vec![Stmt::Raise(sure("exc::value_error", Ty::Any, Vec::new()))];
                stmts.push(Stmt::If(not(is_started), empty, Vec::new()));
                value
            }
        };
        Ok(block(stmts, result))
    }

    fn dict_of(&mut self, e: &ExprCall, arg: &Ast) -> Low<Expr> {
        if !self.iterated(arg) {
            let value = self.expr(arg)?;
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

    fn is_instance(&mut self, e: &ExprCall, value: &Ast, class: &Ast) -> Low<Expr> {
        let object = self.expr(value)?;
        let names: Vec<String> = match class {
            Ast::Name(n) => vec![n.id.to_string()],
            Ast::Tuple(t) => t
                .elts
                .iter()
                .filter_map(|e| {
                    if let Ast::Name(n) = e {
                        Some(n.id.to_string())
                    } else {
                        None
                    }
                })
                .collect(),
            _ => Vec::new(),
        };
        let known = [
            "int",
            "float",
            "str",
            "bool",
            "list",
            "tuple",
            "dict",
            "set",
            "bytes",
            "complex",
            "frozenset",
        ];
        if names.is_empty()
            || !names
                .iter()
                .all(|n| self.is_builtin(n) && known.contains(&n.as_str()))
        {
            return self.no(
                e,
                "isinstance",
                "`isinstance` with this class",
                "Test for builtin types by their names.",
            );
        }
        let object = self.coerce(object, &Ty::Any);
        let kept = self.temporary("tested", e, &Ty::Any);
        let keep = self.assign(kept, object);
        let mut result = boolean(false);
        for name in names.into_iter().rev() {
            let class = self.capture(Place::Builtin(name));
            let object = self.read(kept);
            let test = call(
                "any::is_instance",
                Ty::Bool,
                vec![by_ref(object), by_ref(class)],
            );
            result = infix("||", Ty::Bool, test, result);
        }
        Ok(block(vec![keep], result))
    }
}

fn sum_finish(sum: Expr) -> Expr {
    sure_method(sum, "finish", Ty::Num, Vec::new())
}

/// A character as a Rust number with the character beside it where it can be seen.
fn rust_char(c: char) -> String {
    if c.is_ascii_graphic() && c != '\'' && c != '\\' || c == ' ' {
        format!("'{c}' as u32")
    } else {
        format!("{:#x}", c as u32)
    }
}
