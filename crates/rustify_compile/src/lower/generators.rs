//! Generators of the file, run in place of the loop that consumes them: each `yield` runs the body of that loop, so
//! that both take turns as they do in Python.

use ruff_python_ast::{Expr as Ast, ExprCall};
use ruff_text_size::Ranged;

use super::build::{effects, int};
use super::iterate::WithItem;
use super::running_generators::Called;
use super::scope::{Low, Lowerer};
use crate::ir::{Expr, Node, Stmt};
use crate::program::{Global, What};
use crate::types::Ty;

impl<'a> Lowerer<'_, 'a> {
    /// Whether an expression makes items by a generator of the file, or by a builtin over one.
    pub(super) fn is_generated(&self, e: &Ast) -> bool {
        let Ast::Call(c) = e else {
            return false;
        };
        if self.stops_a_generator(c) || self.walks_indices(c) {
            return true;
        }
        match &*c.func {
            Ast::Name(n) if self.find(&n.id).is_none() => {
                if self.generator_named(n).is_some() {
                    return true;
                }
                self.is_builtin(&n.id)
                    && match (n.id.as_str(), &c.arguments.args[..]) {
                        ("enumerate" | "iter", [inner, ..]) => self.is_lazy(inner),
                        ("map" | "filter", [_, inner]) => self.is_lazy(inner),
                        _ => false,
                    }
            }
            Ast::Attribute(a) => self.unit.program.classes.iter().any(|c| {
                let method = c.methods.get(a.attr.as_str());
                method.is_some_and(|&f| self.unit.program.functions[f].makes_items())
            }),
            _ => false,
        }
    }

    pub(super) fn is_lazy(&self, e: &Ast) -> bool {
        let is_iterator = |n: &ruff_python_ast::ExprName| {
            let local = self.find(&n.id);
            local.is_some_and(|l| matches!(self.type_of(l), Ty::Iter(_)))
        };
        matches!(e, Ast::Generator(_))
            || matches!(e, Ast::Name(n) if is_iterator(n))
            || self.is_generated(e)
    }

    pub(super) fn generator_named(&self, n: &ruff_python_ast::ExprName) -> Option<usize> {
        let function = match self.inner(&n.id, n) {
            Ok(Some(What::Function(f))) => f,
            Ok(None) => match self.unit.program.globals.get(n.id.as_str()) {
                Some(Global::Function(f)) => *f,
                _ => return None,
            },
            _ => return None,
        };
        self.unit.program.functions[function]
            .makes_items()
            .then_some(function)
    }

    /// A loop over what a generator of the file makes, or over an instance whose `__iter__` is one.
    pub(super) fn each_generated<'f>(
        &mut self,
        iterable: &'f Ast,
        body: WithItem<'f, Self>,
    ) -> Low<Vec<Stmt>> {
        let Ast::Call(c) = iterable else {
            return Ok(Vec::new());
        };
        if self.stops_a_generator(c) {
            return self.each_until(c, body);
        }
        if self.walks_indices(c) {
            return self.each_index(c, body);
        }
        match &*c.func {
            Ast::Name(n) if self.generator_named(n).is_none() => {
                self.uses_builtin(&n.id);
                self.over_generated(c, &n.id, body)
            }
            Ast::Name(n) => match self.generator_named(n) {
                Some(function) => {
                    let called = Called {
                        call: c,
                        function,
                        receiver: None,
                    };
                    self.in_place(&called, body)
                }
                None => Ok(Vec::new()),
            },
            Ast::Attribute(a) => {
                let receiver = self.expr(&a.value)?;
                let receiver = self.present(receiver);
                let name = self.attribute_name(&a.attr);
                let found = match receiver.ty {
                    Ty::Instance(class) => {
                        let methods = &self.unit.program.classes[class].methods;
                        methods.get(name.as_str()).map(|&f| (class, f))
                    }
                    Ty::Never => return Ok(effects(receiver)),
                    _ => None,
                };
                let Some((class, function)) =
                    found.filter(|f| self.unit.program.functions[f.1].makes_items())
                else {
                    let value = match receiver.ty {
                        Ty::Instance(_) => self.expr(iterable)?,
                        _ => self.method_call(c, receiver, &name)?,
                    };
                    return self.each_value(iterable, value, body);
                };
                self.plain_class(iterable, class)?;
                let receiver = self.with_method(receiver, class, function, &name);
                let called = Called {
                    call: c,
                    function,
                    receiver: Some(receiver),
                };
                self.in_place(&called, body)
            }
            _ => Ok(Vec::new()),
        }
    }

    /// `enumerate`, `map`, `filter` and `iter` of what a generator makes.
    fn over_generated<'f>(
        &mut self,
        c: &'f ExprCall,
        name: &str,
        body: WithItem<'f, Self>,
    ) -> Low<Vec<Stmt>> {
        let args = &c.arguments.args;
        match name {
            "enumerate" => {
                let keyword = c.arguments.keywords.first().map(|k| &k.value);
                let start = match keyword.or(args.get(1)) {
                    Some(s) => self.expr(s)?,
                    None => int(0),
                };
                let start = self.coerce(start, &Ty::Int);
                let counter = self.temporary("index", c, &Ty::Int);
                let mut stmts = vec![self.assign(counter, start)];
                let more = self.for_each(&args[0], |l, item| {
                    let kept = l.temporary("numbered", c, &Ty::Int);
                    let now = l.read(counter);
                    let mut stmts = vec![l.assign(kept, now)];
                    let next =
                        l.operate(c, ruff_python_ast::Operator::Add, l.read(counter), int(1))?;
                    stmts.push(l.assign(counter, next));
                    let pair = Expr {
                        ty: Ty::Tuple(vec![Ty::Int, item.ty.clone()]),
                        node: Node::Tuple(vec![l.read(kept), item]),
                    };
                    stmts.extend(body(l, pair)?);
                    Ok(stmts)
                })?;
                stmts.extend(more);
                Ok(stmts)
            }
            "map" => {
                let mut stmts = Vec::new();
                let function = self.held(&args[0], &mut stmts)?;
                stmts.extend(self.for_each(&args[1], |l, item| {
                    let value = l.apply(&function, vec![item])?;
                    body(l, value)
                })?);
                Ok(stmts)
            }
            "filter" => {
                let mut stmts = Vec::new();
                let function = self.held(&args[0], &mut stmts)?;
                stmts.extend(self.for_each(&args[1], |l, item| {
                    let kept = l.temporary("item", c, &item.ty.clone());
                    let keep = l.assign(kept, item);
                    let value = l.read(kept);
                    let test = if matches!(&args[0], Ast::NoneLiteral(_)) {
                        value
                    } else {
                        l.apply(&function, vec![value])?
                    };
                    let test = l.truth(test);
                    let value = l.read(kept);
                    let inner = body(l, value)?;
                    Ok(vec![keep, Stmt::If(test, inner, Vec::new())])
                })?);
                Ok(stmts)
            }
            _ => self.for_each(&args[0], body),
        }
    }

    /// A loop over an instance whose `__iter__` is a generator of the file.
    pub(super) fn each_of_instance(
        &mut self,
        at: &impl Ranged,
        value: Expr,
        class: usize,
        body: WithItem<'_, Self>,
    ) -> Low<Vec<Stmt>> {
        let Some(&function) = self.unit.program.classes[class].methods.get("__iter__") else {
            return self.no(
                at,
                "iterator-value",
                "an instance without `__iter__` is iterated",
                "Define it.",
            );
        };
        if !self.unit.program.functions[function].makes_items() {
            return self.no(
                at,
                "iterator-value",
                "`__iter__` of these instances is no generator",
                "Write `yield from` in it.",
            );
        }
        self.plain_class(at, class)?;
        let receiver = self.with_method(value, class, function, "__iter__");
        self.run(at, function, vec![receiver], body)
    }
}
