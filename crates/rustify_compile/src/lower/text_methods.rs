//! Methods of `str` and `bytes`.

use ruff_python_ast::{Expr as Ast, ExprCall};

use super::build::{by_ref, call, method, own};
use super::scope::{Low, Lowerer};
use super::unit::Constant;
use crate::ir::{Expr, Node};
use crate::types::Ty;

/// Methods of `str` that are called without the interpreter's way to a method: the name, the numbers of arguments that are
/// texts and then of those that are numbers, and what the support source calls it.
const DIRECT: &[(&str, (usize, usize), &str)] = &[
    ("strip", (0, 0), "strings::strip"),
    ("strip", (1, 0), "strings::strip_of"),
    ("lstrip", (0, 0), "strings::lstrip"),
    ("lstrip", (1, 0), "strings::lstrip_of"),
    ("rstrip", (0, 0), "strings::rstrip"),
    ("rstrip", (1, 0), "strings::rstrip_of"),
    ("lower", (0, 0), "strings::lower"),
    ("upper", (0, 0), "strings::upper"),
    ("startswith", (1, 0), "strings::startswith"),
    ("endswith", (1, 0), "strings::endswith"),
    ("replace", (2, 0), "strings::replace"),
    ("split", (0, 0), "strings::split"),
    ("split", (1, 0), "strings::split_at"),
    ("splitlines", (0, 0), "strings::splitlines"),
    ("partition", (1, 0), "strings::partition"),
    ("ljust", (0, 1), "strings::ljust"),
    ("rjust", (0, 1), "strings::rjust"),
    ("isalnum", (0, 0), "strings::isalnum"),
    ("isalpha", (0, 0), "strings::isalpha"),
    ("isdigit", (0, 0), "strings::isdigit"),
    ("isspace", (0, 0), "strings::isspace"),
    ("islower", (0, 0), "strings::islower"),
    ("isupper", (0, 0), "strings::isupper"),
    ("zfill", (0, 1), "numerals::zfill"),
    ("find", (1, 0), "searches::find::<_, Int>"),
    ("find", (1, 1), "searches::find_from::<_, Int>"),
    ("rfind", (1, 0), "searches::rfind::<_, Int>"),
    ("index", (1, 0), "searches::index::<_, Int>"),
    ("index", (1, 1), "searches::index_from::<_, Int>"),
    ("rindex", (1, 0), "searches::rindex::<_, Int>"),
    ("count", (1, 0), "searches::count::<_, Int>"),
];

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
    /// What `join` takes: a list as it is, or the items of something else.
    fn texts(&mut self, arg: &Ast) -> Low<Expr> {
        match self.list_as_it_is(arg)? {
            Some(list) => Ok(list),
            None => self.collect_list(arg, arg),
        }
    }

    /// The call of a method whose arguments are texts and numbers, as a function of the support source.
    fn direct(&mut self, e: &ExprCall, receiver: &Expr, name: &str) -> Low<Option<Expr>> {
        let arguments = &e.arguments.args;
        if receiver.ty != Ty::Str || !e.arguments.keywords.is_empty() || arguments.len() > 2 {
            return Ok(None);
        }
        if !DIRECT
            .iter()
            .any(|(n, (texts, numbers), _)| *n == name && texts + numbers == arguments.len())
            || arguments
                .iter()
                .any(|a| matches!(a, Ast::Starred(_)) || self.iterated(a))
        {
            return Ok(None);
        }
        let mut given = Vec::new();
        for argument in arguments {
            given.push(self.expr(argument)?);
        }
        let is_text = |a: &Expr| matches!(a.ty, Ty::Str | Ty::Char);
        let texts = given.iter().take_while(|a| is_text(a)).count();
        let numbers = given[texts..].iter().filter(|a| a.ty == Ty::Int).count();
        let found = DIRECT
            .iter()
            .find(|(n, kinds, _)| *n == name && *kinds == (texts, numbers));
        let Some((_, _, path)) = found else {
            return Ok(None);
        };
        let ty = match text_result(name) {
            Some("list") => Ty::Any,
            Some("three") => Ty::Tuple(vec![Ty::Str; 3]),
            Some("bool") => Ty::Bool,
            Some("int") => Ty::Int,
            _ => Ty::Str,
        };
        let mut all = vec![by_ref(receiver.clone())];
        all.extend(
            given
                .into_iter()
                .map(|a| if a.ty == Ty::Int { own(a) } else { by_ref(a) }),
        );
        Ok(Some(call(path, ty, all)))
    }

    pub(super) fn text_method(&mut self, e: &ExprCall, receiver: Expr, name: &str) -> Low<Expr> {
        let own_ty = if receiver.ty == Ty::Bytes {
            Ty::Bytes
        } else {
            Ty::Str
        };
        if name == "join" && own_ty == Ty::Str && e.arguments.args.len() == 1 {
            let arg = &e.arguments.args[0];
            let receiver = self.coerce(receiver, &Ty::Str);
            let list = self.texts(arg)?;
            if let Ty::List(slot) = list.ty
                && matches!(self.unit.types.get(slot), Ty::Str | Ty::Char)
            {
                return Ok(method(receiver, "join_list", Ty::Str, vec![by_ref(list)]));
            }
            let list = self.coerce(list, &Ty::Any);
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
        let result = match self.direct(e, &receiver, name)? {
            Some(result) => result,
            None => self.object_method(e, receiver, name)?,
        };
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
}
