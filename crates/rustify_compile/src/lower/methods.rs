//! Methods of builtin types.

use ruff_python_ast::{Expr as Ast, ExprCall};

use super::build::{block, by_ref, call, method, none, own, sure, sure_method};
use super::scope::{Low, Lowerer};
use super::unit::Constant;
use crate::ir::{Expr, Node, Stmt};
use crate::types::Ty;

/// What a method of `str` or `bytes` gives: `s` stands for the type itself.
fn text_result(name: &str) -> Option<&'static str> {
    Some(match name {
        "upper" | "lower" | "strip" | "lstrip" | "rstrip" | "replace" | "title" | "capitalize"
        | "swapcase" | "casefold" | "center" | "ljust" | "rjust" | "zfill" | "expandtabs"
        | "removeprefix" | "removesuffix" | "translate" => "s",
        "split" | "rsplit" | "splitlines" => "list",
        "find" | "rfind" | "index" | "rindex" | "count" => "int",
        "startswith" | "endswith" | "isdigit" | "isalpha" | "isalnum" | "isspace" | "isupper"
        | "islower" | "isnumeric" | "isdecimal" | "isidentifier" | "istitle" | "isascii"
        | "isprintable" => "bool",
        "partition" | "rpartition" => "three",
        "encode" => "bytes",
        "decode" | "hex" => "str",
        "format" => "str",
        _ => return None,
    })
}

impl Lowerer<'_, '_> {
    /// A call of a method of a builtin type.
    pub(super) fn method_call(&mut self, e: &ExprCall, receiver: Expr, name: &str) -> Low<Expr> {
        let receiver = self.present(receiver);
        if e.arguments
            .args
            .iter()
            .any(|a| matches!(a, Ast::Starred(_)))
        {
            return self.no(
                e,
                "star-argument",
                "a method is called with `*arguments`",
                "Pass the arguments one by one.",
            );
        }
        match receiver.ty.clone() {
            Ty::Never | Ty::None => {
                for arg in &e.arguments.args {
                    self.expr(arg)?;
                }
                Ok(block(
                    vec![Stmt::Do(receiver)],
                    call("python_only::<Obj>", Ty::Never, Vec::new()),
                ))
            }
            Ty::Array(..) | Ty::Np(_) => self.array_method(e, receiver, name),
            Ty::List(slot) => self.list_method(e, receiver, slot, name),
            Ty::Dict(k, v) => self.dict_method(e, receiver, k, v, name),
            Ty::Map(is_counter, k, v) => {
                if is_counter && let Some(done) = self.counter_method(e, &receiver, k, v, name)? {
                    return Ok(done);
                }
                if matches!(name, "copy" | "fromkeys") {
                    return self.no(
                        e,
                        "method",
                        format!("`{name}` of a dict of `collections`"),
                        "Use a plain dict.",
                    );
                }
                let view = self.as_dict(receiver, k, v);
                self.dict_method(e, view, k, v, name)
            }
            Ty::ByteArray => self.bytearray_method(e, receiver, name),
            Ty::Deque(slot) => self.deque_method(e, receiver, slot, name),
            Ty::Set(slot) => self.set_method(e, receiver, slot, name),
            Ty::Str | Ty::Char | Ty::Bytes => self.text_method(e, receiver, name),
            Ty::Int | Ty::Float | Ty::Num | Ty::Bool | Ty::Complex
                if e.arguments.args.is_empty() && e.arguments.keywords.is_empty() =>
            {
                self.number_method(e, receiver, name)
            }
            Ty::Any => match self.any_method(e, receiver.clone(), name)? {
                Some(done) => Ok(done),
                None => self.object_method(e, receiver, name),
            },
            _ => self.object_method(e, receiver, name),
        }
    }

    pub(super) fn args(&mut self, e: &ExprCall) -> Low<Vec<Expr>> {
        let mut args = Vec::new();
        for arg in &e.arguments.args {
            args.push(self.expr(arg)?);
        }
        Ok(args)
    }

    /// A method by its name, with objects.
    pub(super) fn object_method(&mut self, e: &ExprCall, receiver: Expr, name: &str) -> Low<Expr> {
        let changes = [
            "append",
            "extend",
            "insert",
            "pop",
            "remove",
            "clear",
            "sort",
            "reverse",
            "update",
            "add",
            "discard",
            "setdefault",
            "popitem",
        ]
        .contains(&name);
        let calls_back = ["sort", "format", "format_map", "translate"].contains(&name);
        if calls_back && receiver.ty == Ty::Any {
            return self.no(
                e,
                "method",
                format!("the method `{name}` of a value whose type is not known"),
                "Annotate the value, or call it outside.",
            );
        }
        let object = self.coerce(receiver, &Ty::Any);
        let args = self.object_arguments(&e.arguments.args)?;
        if !e.arguments.keywords.is_empty() {
            if changes {
                return self.no(
                    e,
                    "keyword",
                    format!("the method `{name}` is called with keywords"),
                    "Pass the arguments by position.",
                );
            }
            let (args, names) = self.named_arguments(e, args)?;
            let name = self.constant(Constant::Name(name.to_owned()));
            return Ok(call(
                "any::call_method_by_name",
                Ty::Any,
                vec![by_ref(object), by_ref(name), by_ref(args), by_ref(names)],
            ));
        }
        let name = self.constant(Constant::Name(name.to_owned()));
        let array = Expr {
            ty: Ty::Any,
            node: Node::Array(args),
        };
        let path = if changes {
            "any::change"
        } else {
            "any::call_builtin_method"
        };
        Ok(call(
            path,
            Ty::Any,
            vec![by_ref(object), by_ref(name), by_ref(array)],
        ))
    }

    /// A method of a builtin type itself, such as `int.from_bytes(…)`.
    pub(super) fn type_method(
        &mut self,
        e: &ExprCall,
        class: &str,
        name: &str,
    ) -> Low<Option<Expr>> {
        let ty = match (class, name) {
            ("int", "from_bytes") => Ty::Int,
            ("str" | "bytes", "maketrans") => Ty::Any,
            ("bytes", "fromhex") => Ty::Bytes,
            ("float", "fromhex") => Ty::Float,
            ("dict", "fromkeys") => {
                let key = self.site(e.arguments.range, 64);
                let value = self.site(e.arguments.range, 65);
                Ty::Dict(key, value)
            }
            _ => return Ok(None),
        };
        let class = self.capture(super::unit::Place::Builtin(class.to_owned()));
        if let Ty::Dict(k, v) = ty {
            // The values are one object for all keys.
            let [keys, rest @ ..] = &e.arguments.args[..] else {
                return Ok(None);
            };
            let value = match rest {
                [] => none(),
                [value] => self.expr(value)?,
                _ => return Ok(None),
            };
            let kept = self.temporary("shared_value", e, &value.ty.clone());
            let keep = self.assign(kept, value);
            self.uses_builtin("dict");
            let dict = self.filled(e, &Ty::Dict(k, v), |l, dict| {
                l.for_each(keys, |l, item| {
                    let value = l.read(kept);
                    Ok(vec![l.add_entry(dict, item, value)])
                })
            })?;
            return Ok(Some(block(vec![keep], dict)));
        }
        let args = self.object_arguments(&e.arguments.args)?;
        let (args, names) = self.named_arguments(e, args)?;
        let name = self.constant(Constant::Name(name.to_owned()));
        let result = call(
            "any::call_type_method",
            Ty::Any,
            vec![by_ref(class), by_ref(name), by_ref(args), by_ref(names)],
        );
        if ty == Ty::Int && self.is_big() {
            return Ok(Some(result));
        }
        Ok(Some(self.coerce(result, &ty)))
    }

    fn number_method(&mut self, e: &ExprCall, receiver: Expr, name: &str) -> Low<Expr> {
        Ok(match (&receiver.ty, name) {
            (Ty::Int, "bit_length") => sure("int::bit_length", Ty::Int, vec![own(receiver)]),
            (Ty::Int, "bit_count") => sure("int::bit_count", Ty::Int, vec![own(receiver)]),
            (Ty::Complex, "conjugate") => {
                sure("complex::conjugate", Ty::Complex, vec![own(receiver)])
            }
            (Ty::Float, "is_integer") => sure("float::is_integer", Ty::Bool, vec![own(receiver)]),
            _ => return self.object_method(e, receiver, name),
        })
    }

    fn text_method(&mut self, e: &ExprCall, receiver: Expr, name: &str) -> Low<Expr> {
        let own_ty = if receiver.ty == Ty::Bytes {
            Ty::Bytes
        } else {
            Ty::Str
        };
        if name == "join" && own_ty == Ty::Str && e.arguments.args.len() == 1 {
            let arg = &e.arguments.args[0];
            let list = self.collect_list(arg, arg)?;
            let list = self.coerce(list, &Ty::Any);
            let receiver = self.coerce(receiver, &Ty::Str);
            return Ok(method(receiver, "join", Ty::Str, vec![by_ref(list)]));
        }
        if name == "join" && e.arguments.args.len() == 1 {
            let arg = &e.arguments.args[0];
            let list = self.collect_list(arg, arg)?;
            let list = self.coerce(list, &Ty::Any);
            let receiver = self.coerce(receiver, &Ty::Any);
            let name = self.constant(Constant::Name(name.to_owned()));
            let array = Expr {
                ty: Ty::Any,
                node: Node::Array(vec![list]),
            };
            let joined = call(
                "any::call_builtin_method",
                Ty::Any,
                vec![by_ref(receiver), by_ref(name), by_ref(array)],
            );
            return Ok(self.coerce(joined, &Ty::Bytes));
        }
        let test = matches!(
            name,
            "isalnum"
                | "isalpha"
                | "isdigit"
                | "isdecimal"
                | "isnumeric"
                | "islower"
                | "isupper"
                | "isspace"
        );
        if receiver.ty == Ty::Char
            && (test || matches!(name, "lower" | "upper"))
            && e.arguments.is_empty()
        {
            let ty = if test { Ty::Bool } else { Ty::Str };
            return Ok(call(&format!("chars::{name}"), ty, vec![own(receiver)]));
        }
        let Some(kind) = text_result(name) else {
            return self.no(
                e,
                "method",
                format!("the method `{name}` is not translated"),
                "Call it outside the function.",
            );
        };
        let range = ruff_text_size::Ranged::range(e);
        let result = self.object_method(e, receiver, name)?;
        let ty = match kind {
            "s" => own_ty,
            "list" => {
                let slot = self.site(range, 20);
                self.unit.types.learn(slot, &own_ty);
                Ty::List(slot)
            }
            "int" => Ty::Int,
            "bool" => Ty::Bool,
            "three" => Ty::Tuple(vec![own_ty; 3]),
            "bytes" => Ty::Bytes,
            _ => Ty::Str,
        };
        Ok(self.coerce(result, &ty))
    }

    fn list_method(&mut self, e: &ExprCall, list: Expr, slot: usize, name: &str) -> Low<Expr> {
        if name == "sort" {
            return self.sort_in_place(e, list, slot);
        }
        if !e.arguments.keywords.is_empty() {
            return self.no(
                e,
                "keyword",
                format!("`list.{name}` is called with keywords"),
                "Pass the arguments by position.",
            );
        }
        if name == "extend" && e.arguments.args.len() == 1 {
            return self.extend(e, list, slot);
        }
        let mut args = self.args(e)?;
        let n = args.len();
        let item_at = match name {
            "append" | "remove" | "index" | "count" if n == 1 => Some(0),
            "insert" if n == 2 => Some(1),
            _ => None,
        };
        if let Some(at) = item_at {
            let ty = args[at].ty.clone();
            if matches!(name, "append" | "insert") {
                self.unit.types.learn(slot, &ty);
            }
        }
        let item = self.unit.types.get(slot);
        Ok(match (name, n) {
            ("append", 1) => {
                let value = self.coerce(args.remove(0), &item);
                method(list, "append", Ty::None, vec![own(value)])
            }
            ("insert", 2) => {
                let value = self.coerce(args.remove(1), &item);
                let at = self.number(args.remove(0));
                let at = self.coerce(at, &Ty::Int);
                method(list, "insert", Ty::None, vec![own(at), own(value)])
            }
            ("pop", 0) => method(list, "pop", item, vec![own(super::build::int(-1))]),
            ("pop", 1) => {
                let at = self.number(args.remove(0));
                let at = self.coerce(at, &Ty::Int);
                method(list, "pop", item, vec![own(at)])
            }
            ("clear" | "reverse", 0) => method(list, name, Ty::None, Vec::new()),
            ("copy", 0) => {
                let ty = list.ty.clone();
                method(list, "copy", ty, Vec::new())
            }
            ("index" | "count", 1)
                if item == args[0].ty
                    && matches!(item, Ty::Int | Ty::Float | Ty::Char | Ty::Bool) =>
            {
                let rust = if name == "index" {
                    "find::<Int>"
                } else {
                    "count::<Int>"
                };
                method(list, rust, Ty::Int, vec![by_ref(args.remove(0))])
            }
            _ => {
                let ty = match name {
                    "index" | "count" => Ty::Int,
                    "remove" => Ty::None,
                    _ => Ty::Any,
                };
                let result = self.object_method(e, list, name)?;
                self.coerce(result, &ty)
            }
        })
    }

    fn extend(&mut self, e: &ExprCall, list: Expr, slot: usize) -> Low<Expr> {
        let target = self.temporary("extended", e, &list.ty.clone());
        let mut stmts = vec![self.assign(target, list)];
        let arg = &e.arguments.args[0];
        // The items are collected before any is appended, as the argument may be the list itself.
        let items = self.collect_list(arg, arg)?;
        if let Ty::List(other) = items.ty {
            self.unit.types.unify(slot, other);
        }
        let read = self.read(target);
        stmts.push(Stmt::Do(method(
            read,
            "extend",
            Ty::None,
            vec![by_ref(items)],
        )));
        Ok(block(stmts, none()))
    }

    fn sort_in_place(&mut self, e: &ExprCall, list: Expr, slot: usize) -> Low<Expr> {
        let keyword = |name: &str| {
            e.arguments
                .keywords
                .iter()
                .find(|k| k.arg.as_ref().is_some_and(|a| a == name))
                .map(|k| &k.value)
        };
        let reverse = match keyword("reverse") {
            Some(r) => self.condition(r)?,
            None => super::build::boolean(false),
        };
        let target = self.temporary("sorted_", e, &Ty::List(slot));
        let mut stmts = vec![self.assign(target, list)];
        let read = self.read(target);
        let new = match keyword("key") {
            None | Some(Ast::NoneLiteral(_)) => {
                let ty = Ty::List(slot);
                let copy = method(read, "copy", ty.clone(), Vec::new());
                call("builtins::sort_new", ty, vec![own(copy), own(reverse)])
            }
            Some(key) => {
                let Ast::Attribute(a) = &*e.func else {
                    return self.no(e, "method", "this call of `sort`", "Call it on a variable.");
                };
                self.sort_by(e, &a.value, key, reverse)?
            }
        };
        let new_local = self.temporary("ordered", e, &Ty::List(slot));
        stmts.push(self.assign(new_local, new));
        let (a, b) = (self.read(target), self.read(new_local));
        stmts.push(Stmt::Do(method(a, "assign", Ty::None, vec![by_ref(b)])));
        Ok(block(stmts, none()))
    }

    fn dict_method(
        &mut self,
        e: &ExprCall,
        dict: Expr,
        k: usize,
        v: usize,
        name: &str,
    ) -> Low<Expr> {
        if name == "update"
            && e.arguments.args.is_empty()
            && e.arguments.keywords.iter().all(|k| k.arg.is_some())
        {
            return self.update_named(e, dict);
        }
        if !e.arguments.keywords.is_empty() {
            return self.no(
                e,
                "keyword",
                format!("`dict.{name}` is called with keywords"),
                "Pass the arguments by position.",
            );
        }
        let mut args = self.args(e)?;
        let n = args.len();
        if let ("setdefault", Some(key)) = (name, args.first()) {
            let ty = key.ty.clone();
            self.unit.types.learn(k, &ty);
            let value = args.get(1).map_or(Ty::None, |a| a.ty.clone());
            self.unit.types.learn(v, &value);
        }
        let (key_ty, ty) = (self.unit.types.get(k), self.unit.types.get(v));
        let key = |l: &mut Self, args: &mut Vec<Expr>| {
            let key = args.remove(0);
            by_ref(l.coerce(key, &key_ty))
        };
        Ok(match (name, n) {
            ("get", 1) => {
                let key = key(self, &mut args);
                match &ty {
                    Ty::Opt(_) | Ty::None => {
                        let default = self.nothing(&ty);
                        method(dict, "get_or", ty, vec![key, own(default)])
                    }
                    Ty::Any => method(
                        dict,
                        "get_or",
                        ty,
                        vec![
                            key,
                            own(super::build::sure("Obj::none", Ty::Any, Vec::new())),
                        ],
                    ),
                    _ => method(dict, "find_or_none", crate::types::optional(ty), vec![key]),
                }
            }
            ("get", 2) => {
                let default_ty = args[1].ty.clone();
                // A default of the values' own kind makes the result of that kind.
                if matches!(&default_ty, Ty::List(_) | Ty::Dict(..) | Ty::Set(_)) {
                    self.unit.types.learn(v, &default_ty);
                }
                let joined = self.unit.types.join(&ty, &default_ty);
                let default = args.remove(1);
                let key = key(self, &mut args);
                if self.unit.types.same(&joined, &ty) {
                    let default = self.coerce(default, &ty);
                    return Ok(method(dict, "get_or", ty, vec![key, own(default)]));
                }
                let found = method(
                    dict,
                    "find_or_none",
                    crate::types::optional(ty.clone()),
                    vec![key],
                );
                let kept = self.temporary("found", e, &found.ty.clone());
                let keep = self.assign(kept, found);
                let (a, b) = (self.read(kept), self.read(kept));
                let test = self.is_none(a);
                let value = if matches!(b.ty, Ty::Opt(_)) {
                    self.present(b)
                } else {
                    b
                };
                let (value, default) = (self.coerce(value, &joined), self.coerce(default, &joined));
                let choice = Expr {
                    ty: joined,
                    node: Node::Choice(Box::new(test), Box::new(default), Box::new(value)),
                };
                block(vec![keep], choice)
            }
            ("setdefault", 1 | 2) => {
                let default = if n == 2 { args.remove(1) } else { none() };
                let default = self.coerce(default, &ty);
                let key = key(self, &mut args);
                method(dict, "set_default", ty, vec![key, own(default)])
            }
            ("pop", 1) => {
                let key = key(self, &mut args);
                method(dict, "pop", ty, vec![key])
            }
            ("pop", 2) => {
                let default = args.remove(1);
                let joined = self.unit.types.join(&ty, &default.ty);
                if !self.unit.types.same(&joined, &ty) {
                    let key = key(self, &mut args);
                    let found = method(
                        dict,
                        "pop_or_none",
                        crate::types::optional(ty.clone()),
                        vec![key],
                    );
                    let kept = self.temporary("found", e, &found.ty.clone());
                    let keep = self.assign(kept, found);
                    let (a, b) = (self.read(kept), self.read(kept));
                    let test = self.is_none(a);
                    let value = self.present(b);
                    let (value, default) =
                        (self.coerce(value, &joined), self.coerce(default, &joined));
                    let choice = Expr {
                        ty: joined,
                        node: Node::Choice(Box::new(test), Box::new(default), Box::new(value)),
                    };
                    return Ok(block(vec![keep], choice));
                }
                let default = self.coerce(default, &ty);
                let key = key(self, &mut args);
                method(dict, "pop_or", ty, vec![key, own(default)])
            }
            ("clear", 0) => method(dict, name, Ty::None, Vec::new()),
            ("copy", 0) => {
                let ty = dict.ty.clone();
                method(dict, name, ty, Vec::new())
            }
            ("update", 1) if matches!(args[0].ty, Ty::Dict(..)) => {
                if let Ty::Dict(c, d) = args[0].ty {
                    self.unit.types.unify(k, c);
                    self.unit.types.unify(v, d);
                }
                method(dict, name, Ty::None, vec![by_ref(args.remove(0))])
            }
            ("items" | "keys" | "values", 0) => {
                return self.no(
                    e,
                    "dict-view",
                    format!("the view of `dict.{name}` is kept as a value"),
                    "Iterate over it where it is made, or make a list of it.",
                );
            }
            _ => self.object_method(e, dict, name)?,
        })
    }

    /// `dict.update(name=value)`: all values are computed before the first is stored.
    fn update_named(&mut self, e: &ExprCall, dict: Expr) -> Low<Expr> {
        let updated = self.temporary("updated", e, &dict.ty.clone());
        let mut stmts = vec![self.assign(updated, dict)];
        let mut kept = Vec::new();
        for keyword in &e.arguments.keywords {
            let value = self.expr(&keyword.value)?;
            let local = self.temporary("new_value", keyword, &value.ty.clone());
            stmts.push(self.assign(local, value));
            kept.push(local);
        }
        for (keyword, local) in e.arguments.keywords.iter().zip(kept) {
            let name = keyword.arg.as_ref().map_or("", |a| a.as_str());
            let name = self.constant(Constant::Text(name.as_bytes().to_vec()));
            let name = self.coerce(name, &Ty::Str);
            let value = self.read(local);
            stmts.push(self.add_entry(updated, name, value));
        }
        Ok(block(stmts, none()))
    }

    fn set_method(&mut self, e: &ExprCall, set: Expr, slot: usize, name: &str) -> Low<Expr> {
        if !e.arguments.keywords.is_empty() {
            return self.no(
                e,
                "keyword",
                format!("`set.{name}` is called with keywords"),
                "Pass the arguments by position.",
            );
        }
        if let ("update", [arg]) = (name, &e.arguments.args[..]) {
            let kept = self.temporary("updated", e, &set.ty.clone());
            let mut stmts = vec![self.assign(kept, set)];
            stmts.extend(self.update_set(kept, slot, arg)?);
            return Ok(block(stmts, none()));
        }
        let mut args = self.args(e)?;
        if let ("add", [item]) = (name, args.as_slice()) {
            let ty = item.ty.clone();
            self.unit.types.learn(slot, &ty);
        }
        let ty = self.unit.types.get(slot);
        Ok(match (name, args.len()) {
            ("add" | "remove", 1) => {
                let item = self.coerce(args.remove(0), &ty);
                method(set, name, Ty::None, vec![by_ref(item)])
            }
            ("discard", 1) => {
                let item = self.coerce(args.remove(0), &ty);
                let done = method(set, name, Ty::Bool, vec![by_ref(item)]);
                block(vec![Stmt::Do(done)], none())
            }
            _ => {
                let own_ty = set.ty.clone();
                let result_ty = match name {
                    "issubset" | "issuperset" | "isdisjoint" => Ty::Bool,
                    "difference" | "intersection" | "copy" => own_ty,
                    "pop" => ty,
                    _ => Ty::Any,
                };
                let result = self.object_method(e, set, name)?;
                self.coerce(result, &result_ty)
            }
        })
    }

    /// `value.real` and the like, of numbers.
    pub(super) fn number_attribute(&mut self, value: Expr, name: &str) -> Option<Expr> {
        match (&value.ty, name) {
            (Ty::Complex, "real" | "imag") => Some(sure_method(
                value,
                &format!("{name}_part"),
                Ty::Float,
                Vec::new(),
            )),
            (Ty::Int, "real" | "numerator") | (Ty::Float, "real") => Some(value),
            (Ty::Any, "real" | "imag") => {
                let name = self.constant(Constant::Name(name.to_owned()));
                Some(call(
                    "any::number_part",
                    Ty::Any,
                    vec![by_ref(value), by_ref(name)],
                ))
            }
            _ => None,
        }
    }
}
