//! Methods of builtin types.

use ruff_python_ast::{Expr as Ast, ExprCall};

use super::build::{block, by_ref, call, none, own, sure, sure_method};
use super::scope::{Low, Lowerer};
use super::unit::Constant;
use crate::ir::{Expr, Node, Stmt};
use crate::types::Ty;

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
        if let Some(item) = self.item_by_method(e, &receiver, name)? {
            return Ok(item);
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
                None => {
                    if let Some(done) = self.any_array_method(e, &receiver, name)? {
                        return Ok(done);
                    }
                    let done = self.object_method(e, receiver, name)?;
                    Ok(self.compiled_answer(e, name, done))
                }
            },
            _ => self.object_method(e, receiver, name),
        }
    }

    /// `container.__getitem__(key)` and `container.__contains__(key)` of builtin types.
    fn item_by_method(&mut self, e: &ExprCall, receiver: &Expr, name: &str) -> Low<Option<Expr>> {
        let ([key], []) = (&e.arguments.args[..], &e.arguments.keywords[..]) else {
            return Ok(None);
        };
        let is_container = matches!(
            receiver.ty,
            Ty::List(_)
                | Ty::Dict(..)
                | Ty::Map(..)
                | Ty::Deque(_)
                | Ty::Tuple(_)
                | Ty::TupleOf(_)
                | Ty::Str
                | Ty::Bytes
        );
        let has_items = is_container || matches!(receiver.ty, Ty::Set(_) | Ty::FrozenSet(_));
        match name {
            "__getitem__" if is_container => {
                let key = self.expr(key)?;
                self.item(receiver.clone(), key).map(Some)
            }
            "__getitem__" if receiver.ty == Ty::Any && !self.has_method(name) => {
                let key = self.expr(key)?;
                let key = self.coerce(key, &Ty::Any);
                let args = vec![by_ref(receiver.clone()), by_ref(key)];
                Ok(Some(call("any::item_by_method", Ty::Any, args)))
            }
            "__contains__" if has_items => {
                let key = self.expr(key)?;
                self.compare(e, ruff_python_ast::CmpOp::In, key, receiver.clone())
                    .map(Some)
            }
            _ => Ok(None),
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
        let calls_back = ["sort", "format", "format_map"].contains(&name);
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
