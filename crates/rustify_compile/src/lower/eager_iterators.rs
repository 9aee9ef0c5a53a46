//! Iterators of builtins that are asked more than once: `numbers = map(int, text.split())`, then `next(numbers)`.
//!
//! What computes the items sees nothing but them, and nobody else has what they come from, so that they can be made at
//! once. An error is left to Python, which meets it when the item is asked for.

use ruff_python_ast::helpers::any_over_expr;
use ruff_python_ast::{Expr as Ast, ExprCall, ExprGenerator, ExprLambda};
use ruff_text_size::Ranged;

use super::build::{block, give_up_if, infix, int, length, literal, own, sure};
use super::scope::{Low, Lowerer};
use crate::ir::{Expr, Stmt};
use crate::types::Ty;

/// Functions that only look at their argument, a number or a text.
const LOOKING: [&str; 12] = [
    "int", "float", "str", "abs", "len", "ord", "chr", "bool", "repr", "hex", "bin", "oct",
];

/// So many items are made before the first is asked for; Python may never ask for those of an endless iterator.
const MOST_AT_ONCE: i64 = 1 << 16;

/// Methods that only texts have, and bytes, which change as little.
const TEXT_METHODS: [&str; 14] = [
    "split",
    "rsplit",
    "splitlines",
    "strip",
    "lstrip",
    "rstrip",
    "lower",
    "upper",
    "title",
    "startswith",
    "endswith",
    "isdigit",
    "isalpha",
    "partition",
];

/// The names of a target, where it has nothing but names; they are added to those known.
fn names_in(target: &Ast, known: &mut Vec<String>) -> bool {
    match target {
        Ast::Name(n) => {
            known.push(n.id.to_string());
            true
        }
        Ast::Tuple(t) => t.elts.iter().all(|part| names_in(part, known)),
        _ => false,
    }
}

impl Lowerer<'_, '_> {
    /// The iterator of a call of a builtin as a value, where its items can be made at once.
    pub(super) fn eager_iterator(&mut self, e: &ExprCall) -> Low<Option<Expr>> {
        if !self.can_hurry(e) {
            return Ok(None);
        }
        self.hurried(&Ast::Call(e.clone()))
    }

    /// A generator expression as a value, where its items can be made at once.
    pub(super) fn eager_generator(&mut self, e: &ExprGenerator) -> Low<Option<Expr>> {
        if !self.is_hasty(e, &mut Vec::new()) {
            return Ok(None);
        }
        self.hurried(&Ast::Generator(e.clone()))
    }

    /// An iterator over all items of an expression.
    fn hurried(&mut self, e: &Ast) -> Low<Option<Expr>> {
        let id = self.next_id();
        let error = self.temporary("hurried_error", e, &Ty::Any);
        self.locals[error].in_place = true;
        let slot = self.site(e.range(), 8);
        let list = self.filled(e, &Ty::List(slot), |l, list| {
            l.for_each(e, |l, item| {
                let add = l.add_item(list, item);
                let many = infix(">", Ty::Bool, length(l.read(list)), int(MOST_AT_ONCE));
                Ok(vec![add, give_up_if(many)])
            })
        })?;
        let kept = self.temporary("hurried", e, &list.ty.clone());
        let keep = self.assign(kept, list);
        let any = sure("Exc::any", Ty::Any, Vec::new());
        let leave = Stmt::Raise(literal("Exc::GIVE_UP", Ty::Any));
        let made = Stmt::Try {
            id,
            body: vec![keep],
            handlers: vec![(vec![any], vec![leave])],
            orelse: Vec::new(),
            finally: Vec::new(),
            error,
        };
        let list = self.read(kept);
        let iterator = sure("Iter::over_list", Ty::Iter(slot), vec![own(list)]);
        Ok(Some(block(vec![made], iterator)))
    }

    fn can_hurry(&self, e: &ExprCall) -> bool {
        let Ast::Name(n) = &*e.func else {
            return false;
        };
        let args = &e.arguments.args;
        if !self.is_builtin(&n.id)
            || !e.arguments.keywords.is_empty()
            || args.iter().any(|a| matches!(a, Ast::Starred(_)))
        {
            return false;
        }
        match (n.id.as_str(), &args[..]) {
            ("map" | "filter", [function, items @ ..]) => {
                self.only_looks(function) && items.iter().all(|i| self.is_nobodys(i))
            }
            ("zip", items) => items.iter().all(|i| self.is_nobodys(i)),
            ("enumerate" | "reversed", [items]) => self.is_nobodys(items),
            _ => false,
        }
    }

    /// Whether a generator expression reads nothing that can change while it is asked for items; `known` are the names
    /// that it and those around it give.
    fn is_hasty(&self, e: &ExprGenerator, known: &mut Vec<String>) -> bool {
        let before = known.len();
        let all = e.generators.iter().all(|part| {
            if part.is_async || !self.is_source(&part.iter, known) || !names_in(&part.target, known)
            {
                return false;
            }
            part.ifs.iter().all(|test| self.reads_still(test, known))
        });
        let is_hasty = all && self.reads_still(&e.elt, known);
        known.truncate(before);
        is_hasty
    }

    /// Whether a generator expression may walk through this: nobody else can change it.
    fn is_source(&self, e: &Ast, known: &mut Vec<String>) -> bool {
        match e {
            Ast::Generator(inner) => self.is_hasty(inner, known),
            Ast::Call(c) if matches!(&*c.func, Ast::Name(n) if n.id == "range") => {
                self.is_builtin("range")
                    && c.arguments.args.iter().all(|a| self.reads_still(a, known))
            }
            _ => self.is_nobodys(e) || self.reads_still(e, known),
        }
    }

    /// Whether an expression reads names that are bound once, to numbers and texts, and calls what only looks at them.
    fn reads_still(&self, e: &Ast, known: &[String]) -> bool {
        let def = &self.unit.program.functions[self.function()];
        let is_still_name = |name: &str| {
            def.once.contains_key(name)
                && self.find(name).is_some_and(|l| match self.type_of(l) {
                    Ty::Tuple(items) => items.iter().all(is_still),
                    ty => is_still(&ty),
                })
        };
        !any_over_expr(e, |e| match e {
            Ast::Name(n) => {
                let name = n.id.as_str();
                !(known.iter().any(|k| k == name)
                    || is_still_name(name)
                    || self.is_builtin(name) && LOOKING.contains(&name))
            }
            Ast::Call(c) => {
                let looks = match &*c.func {
                    Ast::Name(_) => true,
                    Ast::Attribute(a) => TEXT_METHODS.contains(&a.attr.as_str()),
                    _ => false,
                };
                !looks || !c.arguments.keywords.is_empty()
            }
            Ast::Attribute(a) => !TEXT_METHODS.contains(&a.attr.as_str()),
            Ast::List(_) | Ast::Subscript(_) | Ast::Slice(_) => false,
            other => !is_operation(other),
        })
    }

    /// Whether a function looks at its arguments only.
    fn only_looks(&self, function: &Ast) -> bool {
        match function {
            Ast::NoneLiteral(_) => true,
            Ast::Name(n) => self.is_builtin(&n.id) && LOOKING.contains(&n.id.as_str()),
            Ast::Attribute(a) => {
                matches!(&*a.value, Ast::Name(n) if n.id == "str" && self.is_builtin("str"))
            }
            Ast::Lambda(l) => self.is_closed(l),
            _ => false,
        }
    }

    /// Whether the body of a lambda reads its parameters only.
    fn is_closed(&self, lambda: &ExprLambda) -> bool {
        let Some(params) = lambda.parameters.as_deref() else {
            return true;
        };
        let names: Vec<&str> = params
            .iter_non_variadic_params()
            .map(|p| p.parameter.name.as_str())
            .collect();
        let plain = params.vararg.is_none()
            && params.kwarg.is_none()
            && params
                .iter_non_variadic_params()
                .all(|p| p.default.is_none());
        plain
            && !any_over_expr(&lambda.body, |e| match e {
                Ast::Name(n) => {
                    !names.contains(&n.id.as_str())
                        && !(self.is_builtin(&n.id) && LOOKING.contains(&n.id.as_str()))
                }
                Ast::Call(c) => !matches!(&*c.func, Ast::Name(_)),
                other => !is_operation(other),
            })
    }

    /// Whether what an expression gives cannot change behind the iterator's back.
    fn is_nobodys(&self, e: &Ast) -> bool {
        match e {
            Ast::StringLiteral(_) => true,
            Ast::Name(n) => self.find(&n.id).is_some_and(|l| match self.type_of(l) {
                Ty::Str | Ty::Char | Ty::Bytes => true,
                Ty::Tuple(items) => items.iter().all(is_still),
                Ty::TupleOf(s) => is_still(&self.unit.types.get(s)),
                _ => false,
            }),
            Ast::Call(c) => match &*c.func {
                Ast::Attribute(a) => {
                    matches!(a.attr.as_str(), "split" | "rsplit" | "splitlines")
                        && self.is_text(&a.value)
                }
                Ast::Name(n) if self.is_builtin(&n.id) => match n.id.as_str() {
                    "range" => true,
                    "map" | "filter" | "zip" | "enumerate" | "reversed" => self.can_hurry(c),
                    _ => false,
                },
                _ => false,
            },
            _ => false,
        }
    }

    fn is_text(&self, e: &Ast) -> bool {
        match e {
            Ast::StringLiteral(_) => true,
            Ast::Name(n) => self
                .find(&n.id)
                .is_some_and(|l| matches!(self.type_of(l), Ty::Str | Ty::Never)),
            // Methods of a text that give a text.
            Ast::Call(c) => match &*c.func {
                Ast::Attribute(a) => {
                    matches!(
                        a.attr.as_str(),
                        "strip" | "lower" | "upper" | "replace" | "lstrip" | "rstrip"
                    ) && self.is_text(&a.value)
                }
                _ => false,
            },
            _ => false,
        }
    }
}

/// Whether an expression is a literal, or an operation on its parts alone.
fn is_operation(e: &Ast) -> bool {
    matches!(
        e,
        Ast::BinOp(_)
            | Ast::UnaryOp(_)
            | Ast::BoolOp(_)
            | Ast::Compare(_)
            | Ast::If(_)
            | Ast::Tuple(_)
            | Ast::NumberLiteral(_)
            | Ast::StringLiteral(_)
            | Ast::BooleanLiteral(_)
            | Ast::NoneLiteral(_)
    )
}

fn is_still(ty: &Ty) -> bool {
    matches!(
        ty,
        Ty::None | Ty::Bool | Ty::Int | Ty::Float | Ty::Num | Ty::Complex | Ty::Char | Ty::Str
    )
}
