//! Calls of values that may be one function or another: each that the program uses as a value is tried.

use ruff_python_ast::Expr as Ast;
use ruff_text_size::Ranged;

use super::build::call;
use super::builtin_names::{is_function_name, is_type_name};
use super::scope::{Low, Lowerer};
use super::unit::{Callable, Place};
use crate::ir::{Expr, Node};
use crate::program::Global;
use crate::tables::items;
use crate::types::Ty;

/// The most functions that are tried.
const MOST: usize = 24;

/// The most functions that are tried where no container says which they are.
const MOST_ANYWHERE: usize = 8;

/// Builtin types that convert.
const TYPES: [&str; 6] = ["bool", "float", "int", "list", "str", "tuple"];

/// The most functions that are tried where the file itself uses none as a value.
const MOST_UNSEEN: usize = 6;

impl<'a> Lowerer<'_, 'a> {
    /// A call, on values, of a value that may be one function or another.
    pub(super) fn choose(&mut self, at: &Ast, callee: Expr, values: Vec<Expr>) -> Low<Expr> {
        let Expr { ty, node } = callee;
        let Node::Local(kept) = node else {
            return Ok(call("python_only::<Obj>", Ty::Never, Vec::new()));
        };
        let candidates: Vec<(usize, Expr)> = match ty {
            Ty::Func(numbers) => numbers
                .into_iter()
                .map(|number| (number, self.is_number(number, kept)))
                .collect(),
            Ty::Any => {
                let found = self.candidates(at, values.len());
                found
                    .into_iter()
                    .map(|(callable, place)| {
                        let number = self.number_of(callable, Vec::new());
                        let object = self.capture(place);
                        let value = self.read(kept);
                        (number, self.is_object(value, object))
                    })
                    .collect()
            }
            // What cannot be called is for Python to say.
            _ => return Ok(call("python_only::<Obj>", Ty::Never, Vec::new())),
        };
        if candidates.is_empty() {
            return self.no(
                at,
                "unknown-callee",
                "which function this is is only known when the program runs",
                "Call a function by its name, or keep functions of this file in a table at the top level.",
            );
        }
        let before = std::mem::replace(&mut self.unit.guessing, true);
        let mut answers = Vec::new();
        let mut obstacle = None;
        for (number, test) in candidates {
            match self.apply_known(at, number, kept, values.clone(), Vec::new()) {
                Ok(answer) => answers.push((test, answer)),
                Err(reason) => obstacle = Some(reason),
            }
        }
        self.unit.guessing = before;
        if let (true, Some(reason)) = (answers.is_empty(), obstacle) {
            return Err(reason);
        }
        let slot = self.site(at.range(), 63);
        for (_, answer) in &answers {
            self.unit.types.learn(slot, &answer.ty);
        }
        let ty = self.unit.types.get(slot);
        let path = format!("python_only::<{}>", self.unit.types.rust(&ty));
        let mut result = call(&path, ty.clone(), Vec::new());
        for (test, answer) in answers.into_iter().rev() {
            let answer = self.coerce(answer, &ty);
            result = Expr {
                ty: ty.clone(),
                node: Node::Choice(Box::new(test), Box::new(answer), Box::new(result)),
            };
        }
        Ok(result)
    }

    /// The functions that a value may be, with where their objects are.
    fn candidates(&self, at: &Ast, arguments: usize) -> Vec<(Callable, Place)> {
        let mut found = Vec::new();
        if let Some(table) = self.table(at) {
            for item in items(table) {
                found.extend(self.candidate(item));
            }
        } else {
            let mut names: Vec<&String> = self.unit.program.values.iter().collect();
            names.sort();
            let globals = &self.unit.program.globals;
            for name in names {
                match globals.get(name) {
                    Some(Global::Value(value)) if self.unit.program.closure(name).is_none() => {
                        for item in items(value) {
                            found.extend(self.candidate(item));
                        }
                    }
                    None => {}
                    _ => found.extend(self.named_candidate(name)),
                }
            }
        }
        let takes = |callable: &Callable| match callable {
            Callable::File(f) => self.may_take(*f, arguments),
            _ => true,
        };
        found.retain(|(c, _)| takes(c) && *c != Callable::File(self.function()));
        if found.is_empty() && self.table(at).is_none() {
            let all = &self.unit.program.functions;
            let unseen = (0..all.len()).filter(|&f| {
                let def = &all[f];
                let is_plain = def.node.decorator_list.is_empty() && !def.makes_items();
                // A name that is defined several times, or under a condition, may mean another function.
                let is_of_module = def.class.is_none()
                    && def.parent.is_none()
                    && matches!(self.unit.program.globals.get(&def.qualname), Some(Global::Function(g)) if *g == f);
                is_plain && is_of_module && self.may_take(f, arguments) && f != self.function()
            });
            let unseen: Vec<usize> = unseen.take(MOST_UNSEEN + 1).collect();
            if unseen.len() <= MOST_UNSEEN {
                found.extend(
                    unseen
                        .into_iter()
                        .map(|f| (Callable::File(f), self.place_of(f))),
                );
            }
        }
        let mut seen = Vec::new();
        found.retain(|(c, _)| {
            let is_new = !seen.contains(c);
            seen.push(c.clone());
            is_new
        });
        let is_from_table = self.table(at).is_some();
        found.truncate(if is_from_table { MOST } else { MOST_ANYWHERE });
        if !is_from_table && !found.is_empty() {
            // Types are values of many uses: they come last.
            let mut names: Vec<&String> = self.unit.program.values.iter().collect();
            names.retain(|n| TYPES.contains(&n.as_str()) && self.is_builtin(n));
            names.sort();
            found.extend(names.into_iter().filter_map(|n| self.named_candidate(n)));
        }
        found
    }

    /// The type of a function that a container of the module holds.
    pub(super) fn function_type(&mut self, item: &Ast) -> Ty {
        match self.candidate(item) {
            // Types are values of other uses as well.
            Some((Callable::Builtin(name), _)) if is_type_name(&name) => Ty::Any,
            Some((callable, _)) => Ty::Func(vec![self.number_of(callable, Vec::new())]),
            None => Ty::Any,
        }
    }

    /// The container at the module's level that an item or a look-up is of.
    fn table(&self, at: &Ast) -> Option<&'a Ast> {
        let of = match at {
            Ast::Subscript(s) => &*s.value,
            Ast::Call(c) => match &*c.func {
                Ast::Attribute(a) if a.attr.as_str() == "get" => &*a.value,
                _ => return None,
            },
            _ => return None,
        };
        let Ast::Name(n) = of else { return None };
        if self.find(&n.id).is_some() {
            return None;
        }
        match self.unit.program.globals.get(n.id.as_str()) {
            Some(Global::Value(value)) if !items(value).is_empty() => Some(value),
            _ => None,
        }
    }

    fn may_take(&self, function: usize, arguments: usize) -> bool {
        let def = &self.unit.program.functions[function];
        let params = &def.node.parameters;
        let all: Vec<_> = params.posonlyargs.iter().chain(&params.args).collect();
        let is_plain =
            params.vararg.is_none() && params.kwarg.is_none() && params.kwonlyargs.is_empty();
        is_plain && arguments <= all.len() && all[arguments..].iter().all(|p| p.default.is_some())
    }

    pub(super) fn candidate(&self, item: &Ast) -> Option<(Callable, Place)> {
        match item {
            Ast::Name(n) => self.named_candidate(&n.id),
            Ast::Lambda(l) => {
                let start = l.range.start().to_u32();
                let f = *self.unit.program.lambdas.get(&start)?;
                let def = &self.unit.program.functions[f];
                def.parent
                    .is_none()
                    .then(|| (Callable::File(f), self.place_of(f)))
            }
            Ast::Attribute(_) => {
                let (place, module, name) = self.imported(item)?;
                super::modules::pure_member(&module, &name)?;
                Some((Callable::Member(place.clone(), module, name), place))
            }
            _ => None,
        }
    }

    fn named_candidate(&self, name: &str) -> Option<(Callable, Place)> {
        match self.unit.program.globals.get(name) {
            Some(Global::Function(f)) => {
                let def = &self.unit.program.functions[*f];
                let is_plain = def.node.decorator_list.is_empty() && !def.makes_items();
                is_plain.then(|| (Callable::File(*f), self.place_of(*f)))
            }
            Some(Global::Member(module, member)) => {
                super::modules::pure_member(module, member)?;
                let place = Place::Global(name.to_owned());
                let callable = Callable::Member(place.clone(), module.clone(), member.clone());
                Some((callable, place))
            }
            Some(Global::Value(_)) => {
                self.unit.program.closure(name)?;
                let place = Place::Global(name.to_owned());
                Some((Callable::Made(name.to_owned()), place))
            }
            None if is_function_name(name) || is_type_name(name) => Some((
                Callable::Builtin(name.to_owned()),
                Place::Builtin(name.to_owned()),
            )),
            _ => None,
        }
    }
}
