//! Expressions.

use ruff_python_ast::{Expr as Ast, ExprName, Number};
use ruff_text_size::Ranged;

use super::build::{block, boolean, by_ref, call, literal, none};
use super::builtin_names::{is_builtin_exception, is_function_name, is_type_name};
use super::scope::{Low, Lowerer};
use super::unit::{Constant, Place};
use crate::ir::{Expr, Node, Stmt};
use crate::program::{Global, What};
use crate::types::Ty;

impl Lowerer<'_, '_> {
    /// An expression.
    pub(super) fn expr(&mut self, e: &Ast) -> Low<Expr> {
        match e {
            Ast::NumberLiteral(n) => Ok(match &n.value {
                Number::Int(i) => match i.as_i64() {
                    Some(i) => super::build::int(i),
                    None => {
                        let object = self.constant(Constant::Big(i.to_string()));
                        if self.is_big() || self.unit.is_spare {
                            return Ok(object);
                        }
                        self.coerce(object, &Ty::Int)
                    }
                },
                Number::Float(f) if f.is_finite() => literal(&format!("{f:?}"), Ty::Float),
                Number::Float(_) => literal("f64::INFINITY", Ty::Float),
                Number::Complex { real, imag } => literal(
                    &format!("Complex {{ real: {real:?}, imag: {imag:?} }}"),
                    Ty::Complex,
                ),
            }),
            Ast::BooleanLiteral(b) => Ok(boolean(b.value)),
            Ast::NoneLiteral(_) => Ok(none()),
            Ast::StringLiteral(s) => Ok(self.text_constant(s.value.to_str())),
            Ast::BytesLiteral(b) => {
                let bytes: Vec<u8> = b.value.bytes().collect();
                let object = self.constant(Constant::Bytes(bytes));
                Ok(self.coerce(object, &Ty::Bytes))
            }
            Ast::Name(n) => self.name(n),
            Ast::BinOp(b) => self.binary(b),
            Ast::UnaryOp(u) => self.unary(u),
            Ast::BoolOp(b) => self.bool_op(b),
            Ast::Compare(c) => self.comparison(c, false),
            Ast::If(i) => {
                match self.decided(&i.test) {
                    Some(true) => return self.expr(&i.body),
                    Some(false) => return self.expr(&i.orelse),
                    None => {}
                }
                let test = self.condition(&i.test)?;
                let (yes, no) = (self.expr(&i.body)?, self.expr(&i.orelse)?);
                let slot = self.site(i.range, 30);
                self.unit.types.learn(slot, &yes.ty);
                self.unit.types.learn(slot, &no.ty);
                let ty = self.unit.types.get(slot);
                let (yes, no) = (self.coerce(yes, &ty), self.coerce(no, &ty));
                Ok(Expr {
                    ty,
                    node: Node::Choice(Box::new(test), Box::new(yes), Box::new(no)),
                })
            }
            Ast::Call(c) => self.call(c),
            Ast::Subscript(s) => self.subscript(s),
            Ast::Tuple(t) => self.tuple(e, &t.elts),
            Ast::List(l) => self.list(e, &l.elts),
            Ast::Set(s) => self.set(e, &s.elts),
            Ast::Dict(d) => self.dict(e, &d.items),
            Ast::ListComp(c) => {
                let ty = Ty::List(self.site(c.range, 34));
                self.item_comprehension(e, &ty, &c.elt, &c.generators)
            }
            Ast::SetComp(c) => {
                let ty = Ty::Set(self.site(c.range, 35));
                self.item_comprehension(e, &ty, &c.elt, &c.generators)
            }
            Ast::DictComp(c) => match &c.key {
                Some(key) => self.dict_comprehension(e, (key, &c.value), &c.generators),
                None => self.no(
                    e,
                    "dict-unpack",
                    "unpacking in a dict comprehension",
                    "Write a loop.",
                ),
            },
            Ast::Generator(g) if let Some(iterator) = self.eager_generator(g)? => Ok(iterator),
            Ast::Generator(_) => self.no(
                e,
                "generator-value",
                "a generator is kept as a value",
                "Consume it where it is made, or make a list.",
            ),
            Ast::FString(f) => self.f_string(f),
            Ast::Attribute(a) => {
                let attr = self.attribute_name(&a.attr);
                if let Ast::Name(n) = &*a.value
                    && self.find(&n.id).is_none()
                    && let Some(Global::Module(module)) =
                        self.unit.program.globals.get(n.id.as_str()).cloned()
                {
                    let place = Place::Attribute(n.id.to_string(), a.attr.to_string());
                    return self.module_value(e, &module, &a.attr, place);
                }
                if attr == "__name__"
                    && let Ast::Attribute(of) = &*a.value
                    && of.attr.as_str() == "__class__"
                {
                    let value = self.expr(&of.value)?;
                    let object = self.coerce(value, &Ty::Any);
                    let name = call("any::type_name", Ty::Any, vec![by_ref(object)]);
                    return Ok(self.coerce(name, &Ty::Str));
                }
                if attr == "__name__"
                    && let Ast::Call(c) = &*a.value
                    && matches!(&*c.func, Ast::Name(n) if n.id == "type" && self.is_builtin("type"))
                    && let [of] = &c.arguments.args[..]
                {
                    self.uses_builtin("type");
                    let value = self.expr(of)?;
                    let object = self.coerce(value, &Ty::Any);
                    let name = call("any::type_name", Ty::Any, vec![by_ref(object)]);
                    return Ok(self.coerce(name, &Ty::Str));
                }
                if let Ast::Attribute(of) = &*a.value
                    && of.attr.as_str() == "dtype"
                    && let Some(value) = self.dtype_attribute(&of.value, &attr)?
                {
                    return Ok(value);
                }
                if let Some(value) = self.limit_of_dtype(&a.value, &attr)? {
                    return Ok(value);
                }
                let object = self.expr(&a.value)?;
                let object = self.present(object);
                if attr == "args" && self.may_be_exception(&object) {
                    let object = self.coerce(object, &Ty::Any);
                    let args = call("raised::arguments", Ty::Any, vec![by_ref(object)]);
                    let slot = self.site(e.range(), 62);
                    self.unit.types.learn(slot, &Ty::Any);
                    return Ok(self.coerce(args, &Ty::TupleOf(slot)));
                }
                if let Ty::Instance(c) = object.ty {
                    if a.attr.as_str() == "__class__" {
                        let checked = self.checked(object, c);
                        let class = self.class_object(c);
                        return Ok(Expr {
                            ty: Ty::Class(c),
                            ..block(vec![Stmt::Do(checked)], class)
                        });
                    }
                    if let Some(inner) = self.inner_class(c, &attr) {
                        return self.class_of_instance(e, object, c, inner, &attr);
                    }
                    return self.get_attribute(e, object, c, &attr);
                }
                if let Ty::Class(c) = object.ty {
                    if let Some(inner) = self.inner_class(c, &attr) {
                        return Ok(self.class_of_class(object, inner, &attr));
                    }
                    return self.class_attribute(e, object, c, &attr);
                }
                if let Ty::Array(..) = object.ty
                    && let Some(value) = self.array_attribute(object.clone(), &attr)
                {
                    return Ok(value);
                }
                if let Ty::Np(_) | Ty::Grown(_) = object.ty
                    && let Some(value) = self.scalar_attribute(object.clone(), &attr)
                {
                    return Ok(value);
                }
                if object.ty == Ty::Any
                    && let Some(value) = self.any_attribute(e, object.clone(), &attr)?
                {
                    return Ok(value);
                }
                if !matches!(&*attr, "real" | "imag")
                    && let Some(value) = self.any_array_attribute(e, object.clone(), &attr)
                {
                    return Ok(value);
                }
                if let Some(value) = self.about_attribute(&object, &attr) {
                    return Ok(value);
                }
                let ty = object.ty.clone();
                if let Some(value) = self.number_attribute(object, &attr) {
                    return Ok(value);
                }
                if matches!(ty, Ty::Never | Ty::None) {
                    return Ok(call("python_only::<Obj>", Ty::Never, Vec::new()));
                }
                self.no(
                    e,
                    "attribute",
                    format!(
                        "the attribute `{}` of a value whose class is not known here",
                        a.attr
                    ),
                    "Annotate the value with a class of this file.",
                )
            }
            Ast::Named(n) => {
                let value = self.expr(&n.value)?;
                let Ast::Name(name) = &*n.target else {
                    return self.no(e, "target", "this target of `:=`", "Use a name.");
                };
                let local = self.target(&name.id);
                let assign = self.assign(local, value);
                let value = self.read(local);
                Ok(block(vec![assign], value))
            }
            Ast::Lambda(l) => self.lambda_value(l),
            Ast::Yield(_) | Ast::YieldFrom(_) => self.no(
                e,
                "generator",
                "generator functions stay Python",
                "Return a list.",
            ),
            Ast::Await(_) => self.no(
                e,
                "async",
                "coroutines stay Python",
                "Call an ordinary function from the coroutine.",
            ),
            Ast::Starred(_) => self.no(
                e,
                "starred",
                "`*` is used here",
                "Write the items one by one.",
            ),
            Ast::Slice(_) => self.no(e, "slice", "a slice stands here", "Use it as a subscript."),
            _ => self.no(
                e,
                "unsupported-syntax",
                "this expression is not translated",
                "Write it another way.",
            ),
        }
    }

    pub(super) fn name(&mut self, n: &ExprName) -> Low<Expr> {
        if let Some(local) = self.find(&n.id) {
            return Ok(self.read(local));
        }
        match self.inner(&n.id, n)? {
            Some(What::Function(f)) => return self.inner_value(n, f),
            Some(What::Lambda(l)) => return self.lambda_value(l),
            None => {}
        }
        match self.unit.program.globals.get(n.id.as_str()).cloned() {
            Some(Global::Function(f)) => self.file_value(n, f),
            Some(Global::Value(_)) if self.unit.program.closure(&n.id).is_some() => {
                Ok(self.made_value(&n.id))
            }
            Some(Global::Value(value)) => {
                let ty = self.module_type(&n.id, value);
                let object = self.capture(Place::Global(n.id.to_string()));
                Ok(self.coerce(object, &ty))
            }
            Some(Global::Unknown) if self.is_changed_global(&n.id) => Ok(self.read_global(&n.id)),
            Some(Global::Unknown) => Ok(self.capture(Place::Global(n.id.to_string()))),
            Some(Global::Member(module, name)) => {
                self.module_value(n, &module, &name, Place::Global(n.id.to_string()))
            }
            Some(Global::Class(c)) => {
                let object = self.class_object(c);
                Ok(Expr {
                    ty: Ty::Class(c),
                    ..object
                })
            }
            Some(_) => self.no(
                n,
                "function-value",
                format!("`{}` is used as a value", n.id),
                "Call it where it is named.",
            ),
            None if is_type_name(&n.id)
                || n.id == "NotImplemented"
                || is_builtin_exception(&n.id) =>
            {
                Ok(self.capture(Place::Builtin(n.id.to_string())))
            }
            None if is_function_name(&n.id) => Ok(self.builtin_value(&n.id)),
            None => self.no(
                n,
                "name",
                format!("`{}` is used as a value", n.id),
                "Give it to the function as an argument.",
            ),
        }
    }

    /// The type of a value that the module computes once, where it can be seen.
    pub(super) fn global_type(&mut self, value: &Ast) -> Ty {
        match value {
            Ast::NumberLiteral(n) => match n.value {
                Number::Int(_) => Ty::Int,
                Number::Float(_) => Ty::Float,
                Number::Complex { .. } => Ty::Complex,
            },
            Ast::BooleanLiteral(_) => Ty::Bool,
            Ast::StringLiteral(_) => Ty::Str,
            Ast::BytesLiteral(_) => Ty::Bytes,
            Ast::UnaryOp(u) if u.op != ruff_python_ast::UnaryOp::Not => {
                self.global_type(&u.operand)
            }
            Ast::Call(c) => self.global_array(c),
            Ast::BinOp(b) => match (self.global_type(&b.left), b.op, self.global_type(&b.right)) {
                (Ty::Int, ruff_python_ast::Operator::Div, Ty::Int) => Ty::Float,
                (Ty::Int, ruff_python_ast::Operator::Pow, Ty::Int) => Ty::Any,
                (Ty::Int, _, Ty::Int) => Ty::Int,
                (Ty::Float, _, Ty::Int | Ty::Float) | (Ty::Int, _, Ty::Float) => Ty::Float,
                (Ty::Str, ruff_python_ast::Operator::Add, Ty::Str) => Ty::Str,
                (left @ Ty::Array(..), op, right) | (left, op, right @ Ty::Array(..)) => {
                    super::ndattributes::combined(&left, op, &right)
                }
                _ => Ty::Any,
            },
            Ast::Tuple(t) if t.elts.len() <= 8 && !t.elts.is_empty() => {
                Ty::Tuple(t.elts.iter().map(|e| self.global_type(e)).collect())
            }
            Ast::Tuple(_) | Ast::List(_) | Ast::Set(_) => {
                let elts: &[Ast] = match value {
                    Ast::Tuple(t) => &t.elts,
                    Ast::List(l) => &l.elts,
                    Ast::Set(s) => &s.elts,
                    _ => &[],
                };
                let mut ty = Ty::Never;
                for e in elts {
                    let t = self.global_type(e);
                    ty = self.unit.types.join(&ty, &t);
                }
                let slot = self.site(value.range(), 40);
                self.unit
                    .types
                    .learn(slot, &if ty == Ty::Never { Ty::Any } else { ty });
                match value {
                    Ast::Tuple(_) => Ty::TupleOf(slot),
                    Ast::List(_) => Ty::List(slot),
                    _ => Ty::Set(slot),
                }
            }
            Ast::Dict(d) => {
                let (mut key, mut val) = (Ty::Never, Ty::Never);
                for item in &d.items {
                    let k = item.key.as_ref().map_or(Ty::Any, |k| self.global_type(k));
                    let v = self.global_type(&item.value);
                    key = self.unit.types.join(&key, &k);
                    val = self.unit.types.join(&val, &v);
                }
                let (k, v) = (self.site(value.range(), 41), self.site(value.range(), 42));
                self.unit
                    .types
                    .learn(k, &if key == Ty::Never { Ty::Any } else { key });
                self.unit
                    .types
                    .learn(v, &if val == Ty::Never { Ty::Any } else { val });
                Ty::Dict(k, v)
            }
            Ast::Name(_) | Ast::Lambda(_) | Ast::Attribute(_) => self.function_type(value),
            _ => Ty::Any,
        }
    }

    fn module_value(
        &mut self,
        at: &impl Ranged,
        module: &str,
        name: &str,
        place: Place,
    ) -> Low<Expr> {
        if matches!(module, "math" | "cmath") && matches!(name, "pi" | "e" | "tau" | "inf" | "nan")
        {
            let object = self.capture(place);
            return Ok(self.coerce(object, &Ty::Float));
        }
        if module == "cmath" && matches!(name, "infj" | "nanj") {
            let object = self.capture(place);
            return Ok(self.coerce(object, &Ty::Complex));
        }
        if module == "numpy"
            && let Some(value) = self.numpy_value(name, place.clone())
        {
            return Ok(value);
        }
        if module == "string" {
            let object = self.capture(place);
            return Ok(self.coerce(object, &Ty::Str));
        }
        if let Some(value) = self.member_value(module, name, &place) {
            return Ok(value);
        }
        self.no(
            at,
            "library-value",
            format!("`{module}.{name}` is not translated"),
            "Pass its value to the function.",
        )
    }
}
