//! Functions as values: which function a value is, and calls of it.

use ruff_python_ast::{Expr as Ast, ExprCall, ExprLambda};
use ruff_text_size::Ranged;

use super::build::{by_ref, effects, literal, method, own, sure, sure_method};
use super::modules::pure_member;
use super::scope::{Low, Lowerer};
use super::unit::{Callable, Place};
use crate::ir::{Expr, Local, Node, Stmt};
use crate::types::{Slot, Ty};

/// So many variables may be taken along.
const MOST_TAKEN: usize = 8;

impl Lowerer<'_, '_> {
    /// The number of a function as a value.
    pub(super) fn number_of(&mut self, callable: Callable, slots: Vec<Slot>) -> usize {
        let all = &mut self.unit.callables;
        if let Some(at) = all.iter().position(|(c, _)| *c == callable) {
            return at;
        }
        all.push((callable, slots));
        self.unit.types.changed = true;
        self.unit.callables.len() - 1
    }

    /// Where Python has the object of a function of the module.
    pub(super) fn place_of(&self, function: usize) -> Place {
        let def = &self.unit.program.functions[function];
        let body = def.node.body.first();
        if let (Some(table), Some(body)) = (&def.table, body) {
            let (line, column) = self.unit.source.position(body.range().start());
            return Place::Lambda(table.clone(), line, column);
        }
        Place::Function(def.qualname.clone())
    }

    fn with_object(&mut self, callable: Callable, object: Expr) -> Expr {
        let number = self.number_of(callable, Vec::new());
        let number_text = literal(&number.to_string(), Ty::Any);
        sure(
            "Callable::of",
            Ty::Func(vec![number]),
            vec![own(number_text), own(object)],
        )
    }

    /// A function of the module as a value.
    pub(super) fn file_value(&mut self, at: &impl Ranged, function: usize) -> Low<Expr> {
        let def = &self.unit.program.functions[function];
        if def.makes_items() {
            return self.no(
                at,
                "function-value",
                "a generator function is used as a value",
                "Call it where it is named.",
            );
        }
        if !def.node.decorator_list.is_empty() {
            let place = Place::Global(def.qualname.clone());
            return Ok(self.capture(place));
        }
        let place = self.place_of(function);
        let object = self.capture(place);
        Ok(self.with_object(Callable::File(function), object))
    }

    /// What a call at the module's level has made, as a value.
    pub(super) fn made_value(&mut self, name: &str) -> Expr {
        let object = self.capture(Place::Global(name.to_owned()));
        self.with_object(Callable::Made(name.to_owned()), object)
    }

    /// A builtin function as a value.
    pub(super) fn builtin_value(&mut self, name: &str) -> Expr {
        let object = self.capture(Place::Builtin(name.to_owned()));
        self.with_object(Callable::Builtin(name.to_owned()), object)
    }

    /// A function of another module as a value.
    pub(super) fn member_value(&mut self, module: &str, name: &str, place: &Place) -> Option<Expr> {
        pure_member(module, name)?;
        let object = self.capture(place.clone());
        let callable = Callable::Member(place.clone(), module.to_owned(), name.to_owned());
        Some(self.with_object(callable, object))
    }

    /// A lambda as a value.
    pub(super) fn lambda_value(&mut self, lambda: &ExprLambda) -> Low<Expr> {
        let start = lambda.range.start().to_u32();
        let function = self.unit.program.lambdas.get(&start).copied();
        if let Some(params) = &lambda.parameters {
            self.harmless_defaults(params)?;
        }
        match function {
            Some(f) => self.inner_value(lambda, f),
            None => self.no(
                lambda,
                "lambda-value",
                "a lambda is kept as a value",
                "Call it where it is written, or use `def`.",
            ),
        }
    }

    /// A function inside another as a value: with the variables that it takes from there.
    pub(super) fn inner_value(&mut self, at: &impl Ranged, function: usize) -> Low<Expr> {
        let def = &self.unit.program.functions[function];
        let hidden = self.scopes[1..].iter().flat_map(|s| s.keys());
        let takes_hidden = hidden
            .filter(|n| def.read.contains(*n) && !def.bound.contains(*n))
            .count()
            > 0;
        let parent = self.surrounding_spec(function);
        let is_plain = !def.makes_items() && def.node.decorator_list.is_empty();
        let (true, false, Some(parent), true) =
            (is_plain, takes_hidden, parent, self.salt.is_empty())
        else {
            return self.no(
                at,
                "function-value",
                "a function that depends on a variable of a comprehension, of a generator or of a lambda is kept as a value",
                "Define it with `def` in the function, and call it there.",
            );
        };
        if def.free.len() > MOST_TAKEN {
            return self.no(
                at,
                "function-value",
                "a function that takes more than eight variables along is kept as a value",
                "Keep them in an object or a tuple.",
            );
        }
        let (mut taken, mut slots) = (Vec::new(), Vec::new());
        for (name, is_changed) in def.free.clone() {
            if (is_changed || !self.is_settled(&name, at))
                && let Some(binder) = self.binder(&name)
                && self.unit.cells.insert((binder, name.clone()))
            {
                self.unit.types.changed = true;
            }
            let local = match self.scopes[0].get(&name) {
                Some(&local) => local,
                None => {
                    let local = self.local(&name, 0);
                    self.scopes[0].insert(name, local);
                    local
                }
            };
            slots.push(self.locals[local].slot);
            taken.push(if self.cells.contains_key(&local) {
                self.cell_value(local)
            } else {
                self.read(local)
            });
        }
        let number = self.number_of(Callable::Inner { function, parent }, slots.clone());
        // A variable may have become a shared one since.
        if self.unit.callables[number].1 != slots {
            self.unit.callables[number].1 = slots;
            self.unit.types.changed = true;
        }
        let ty = Ty::Func(vec![number]);
        let text = literal(&number.to_string(), Ty::Any);
        if taken.is_empty() {
            return Ok(sure("Callable::inner", ty, vec![own(text)]));
        }
        let bundle = self.bundle(taken);
        Ok(sure("Callable::taking", ty, vec![own(text), bundle]))
    }

    /// A spec that has no translation is no way to go.
    pub(super) fn alive(&self, at: &impl Ranged, spec: usize) -> Low<()> {
        match &self.unit.specs[spec].dead {
            Some(reason) if self.unit.guessing => self.no(
                at,
                "calls-python",
                format!("what it may call stays Python: {}", reason.message),
                "See the reason for that function.",
            ),
            _ => Ok(()),
        }
    }

    /// Where Python has the object of a function as a value.
    pub(super) fn object_of(&mut self, number: usize) -> Option<Expr> {
        let place = match self.unit.callables[number].0.clone() {
            Callable::File(f) => self.place_of(f),
            Callable::Made(name) => Place::Global(name),
            Callable::Member(place, ..) => place,
            Callable::Builtin(name) => Place::Builtin(name),
            Callable::Inner { .. } | Callable::Partial { .. } => return None,
        };
        Some(self.capture(place))
    }

    /// Whether a value is the function of a number.
    pub(super) fn is_number(&mut self, number: usize, kept: Local) -> Expr {
        let text = literal(&number.to_string(), Ty::Any);
        let value = self.read(kept);
        match self.object_of(number) {
            Some(object) => sure_method(
                value,
                "is_or_holds",
                Ty::Bool,
                vec![own(text), by_ref(object)],
            ),
            None => sure_method(value, "is", Ty::Bool, vec![own(text)]),
        }
    }

    /// Goes on only if a value is the function of a number: what came through an object may be another.
    pub(super) fn expect(&mut self, number: usize, kept: Local) -> Stmt {
        let test = self.is_number(number, kept);
        let error = literal("Exc::GIVE_UP", Ty::Any);
        Stmt::If(
            super::build::not(test),
            vec![Stmt::Raise(error)],
            Vec::new(),
        )
    }

    pub(super) fn checked_callee(&mut self, e: &ExprCall, number: usize, value: Expr) -> Vec<Stmt> {
        if matches!(&value.node, Node::Call { path, .. } if path == "Callable::of") {
            return effects(value);
        }
        let (mut stmts, kept) = self.kept("callee", &*e.func, value);
        stmts.push(self.expect(number, kept));
        stmts
    }

    /// What a function as a value took, in variables of its own.
    pub(super) fn taken_along(
        &mut self,
        at: &impl Ranged,
        number: usize,
        kept: Local,
    ) -> (Vec<Stmt>, Vec<Expr>) {
        let slots = self.unit.callables[number].1.clone();
        if slots.is_empty() {
            return (Vec::new(), Vec::new());
        }
        let types: Vec<Ty> = slots.iter().map(|&s| self.unit.types.get(s)).collect();
        let ty = Ty::Tuple(types.clone());
        let text = self.unit.types.rust(&ty);
        // What is shared and what is not is told apart: the two do not become one type.
        let shape: String = types
            .iter()
            .map(|t| if matches!(t, Ty::Cell(_)) { 's' } else { 'v' })
            .collect();
        let name = format!("taken_{number}_{shape}");
        let local = self.plain_local(&name, u64::from(at.range().end().to_u32()));
        let slot = self.locals[local].slot;
        self.unit.types.learn(slot, &ty);
        let value = self.read(kept);
        let taken = method(value, &format!("taken::<{text}>"), ty, Vec::new());
        let stmts = vec![Stmt::Assign(local, taken)];
        let parts = types
            .into_iter()
            .enumerate()
            .map(|(i, ty)| Expr {
                ty,
                node: Node::Field(Box::new(self.read(local)), i),
            })
            .collect();
        (stmts, parts)
    }

    /// A value in a variable that nothing else changes.
    pub(super) fn kept(&mut self, name: &str, at: &impl Ranged, value: Expr) -> (Vec<Stmt>, Local) {
        // A type that is not known yet does not stay with the variable.
        let kind = match value.ty {
            Ty::Any => "_object",
            Ty::Never => "_unknown",
            _ => "",
        };
        let local = self.plain_local(
            &format!("{name}{kind}"),
            u64::from(at.range().end().to_u32()),
        );
        let stmt = self.assign(local, value);
        (vec![stmt], local)
    }

    /// Whether a key is left out.
    pub(super) fn is_no_key(&self, key: Option<&Ast>) -> bool {
        match key {
            None | Some(Ast::NoneLiteral(_)) => true,
            Some(Ast::Name(n)) => self
                .find(&n.id)
                .is_some_and(|l| self.type_of(l) == Ty::None),
            _ => false,
        }
    }

    /// Whether two objects are one.
    pub(super) fn is_object(&mut self, a: Expr, b: Expr) -> Expr {
        sure("callable::is_same", Ty::Bool, vec![by_ref(a), by_ref(b)])
    }
}
