//! Methods of `str` and `bytes`.

use ruff_python_ast::ExprCall;

use super::build::{by_ref, call, method, own};
use super::scope::{Low, Lowerer};
use super::unit::Constant;
use crate::ir::{Expr, Node};
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
    pub(super) fn text_method(&mut self, e: &ExprCall, receiver: Expr, name: &str) -> Low<Expr> {
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
}
