//! The state of one pass over one function: its variables, loops and handlers.

use std::collections::HashMap;

use ruff_text_size::{Ranged, TextRange};
use rustify_types::Reason;

use super::unit::{Constant, Place, Unit};
use crate::classes::private;
use crate::ir::{Expr, Local, Node, Stmt, Variable};
use crate::names;
use crate::types::{Slot, Ty};

/// What lowering answers; an error says why the function stays Python.
pub(super) type Low<T> = Result<T, Box<Reason>>;

/// What a `yield` does where its generator runs in place.
pub(super) struct Yields {
    /// The variable that takes the item.
    pub(super) item: Local,
    /// The body of the loop that consumes it.
    pub(super) body: Vec<Stmt>,
    /// The loop of one turn that `return` leaves.
    pub(super) end: usize,
    /// The statements so far.
    pub(super) weight: usize,
}

/// Dicts that stand in for those of `collections`.
#[derive(Default)]
pub(super) struct StandIns {
    /// What makes the values that a `defaultdict` does not hold yet.
    pub(super) defaults: HashMap<Local, ruff_python_ast::Expr>,
    /// Those for an `OrderedDict`.
    pub(super) ordered: Vec<Local>,
}

/// One pass over one function.
pub(crate) struct Lowerer<'u, 'a> {
    /// The compilation.
    pub(super) unit: &'u mut Unit<'a>,
    /// The function with its types.
    pub(super) spec: usize,
    /// Its variables so far.
    pub(super) locals: Vec<Variable>,
    /// Names by scope: the function's, then those of comprehensions and inlined lambdas.
    pub(super) scopes: Vec<HashMap<String, Local>>,
    /// Whether a comparison is made whose answer is kept as a value.
    pub(super) strict: bool,
    /// The loops around, innermost last.
    pub(super) loops: Vec<usize>,
    /// A call whose value nothing but a loop or `len` sees, so that one empty container is like another there.
    pub(super) only_items: Option<ruff_text_size::TextRange>,
    /// An iterable whose items are only asked for theirs.
    pub(super) listed: Option<ruff_text_size::TextRange>,
    /// The handled exception around, innermost last.
    pub(super) handling: Vec<Local>,
    /// Loops and `try` so far.
    pub(super) count: usize,
    /// Names of the module whose functions, made by calls, are being called.
    pub(super) closures: Vec<String>,
    /// Names of the module that the function changes.
    pub(super) globals: std::collections::HashSet<String>,
    /// What `yield` does, inside a generator that runs in place.
    pub(super) yields: Option<Yields>,
    /// For a generator that is translated as such: the type variable of its items.
    pub(super) gives: Option<Slot>,
    /// The functions that run in place of a call here, innermost last.
    pub(super) within: Vec<usize>,
    /// The calls that they run in place of: their variables are told apart by it.
    pub(super) salt: String,
    /// Names that stand for methods of variables.
    pub(super) methods: HashMap<String, ruff_python_ast::ExprAttribute>,
    /// The variables that are shared cells, with the type variable of what is in them.
    pub(super) cells: HashMap<Local, Slot>,
    /// Dicts in place of those of `collections`.
    pub(super) stand_ins: StandIns,
    /// Parameters that are of a class without doubt: what was decided by it is checked when the function begins.
    pub(super) certain: Vec<(Local, usize)>,
}

impl<'u, 'a> Lowerer<'u, 'a> {
    /// The function whose statements these are.
    pub(super) fn function(&self) -> usize {
        let own = self.unit.specs[self.spec].function;
        self.within.last().copied().unwrap_or(own)
    }

    /// A reason at a place of the source.
    pub(super) fn no<T>(
        &self,
        node: &impl Ranged,
        code: &str,
        message: impl Into<String>,
        help: &str,
    ) -> Low<T> {
        Err(Box::new(self.unit.source.reason(
            node.range(),
            code,
            message.into(),
            help,
        )))
    }

    /// A variable for a name or for a place of the source; the same in every pass.
    pub(super) fn local(&mut self, name: &str, place: u64) -> Local {
        let shared = place == 0 && self.is_cell(name);
        let local = self.plain_local(name, place);
        if shared {
            let value = self.locals[local].slot;
            let spec = self.spec;
            let slot = self.unit.variable(spec, &format!("{name} shared"));
            self.unit.types.learn(slot, &Ty::Cell(value));
            self.locals[local].slot = slot;
            self.cells.insert(local, value);
        }
        local
    }

    /// A variable that only this function knows.
    pub(super) fn plain_local(&mut self, name: &str, place: u64) -> Local {
        let key = (format!("{name}{}", self.salt), place);
        let spec = &mut self.unit.specs[self.spec];
        let slot = match spec.names.get(&key) {
            Some(&slot) => slot,
            None => {
                let slot = self.unit.types.fresh(Ty::Never);
                self.unit.specs[self.spec].names.insert(key, slot);
                slot
            }
        };
        let base = names::rust(name);
        let mut rust = base.clone();
        let mut n = 2;
        while self.locals.iter().any(|v| v.name == rust) {
            rust = format!("{}_{n}", base.trim_end_matches('_'));
            n += 1;
        }
        self.locals.push(Variable {
            name: rust,
            slot,
            maybe_unbound: false,
            in_place: false,
            by_ref: false,
        });
        self.locals.len() - 1
    }

    /// A variable that the program does not name, for values of a type.
    pub(super) fn temporary(&mut self, name: &str, at: &impl Ranged, ty: &Ty) -> Local {
        // An expression and its first part begin at the same place.
        let (start, end) = (at.range().start().to_u32(), at.range().end().to_u32());
        let local = self.local(name, (u64::from(end) << 32) + u64::from(start) + 1);
        self.unit.types.learn(self.locals[local].slot, ty);
        local
    }

    /// The variable that a name stands for, if it is one.
    pub(super) fn find(&self, name: &str) -> Option<Local> {
        self.scopes.iter().rev().find_map(|s| s.get(name)).copied()
    }

    /// The variable that an assignment to a name goes to.
    pub(super) fn target(&mut self, name: &str) -> Local {
        if let Some(local) = self.find(name) {
            return local;
        }
        let local = self.local(name, 0);
        self.scopes[0].insert(name.to_owned(), local);
        local
    }

    /// The variables of a function are its own from its first line on, whatever the module calls by their names.
    pub(super) fn own_names(&mut self, names: &[String]) {
        for name in names {
            self.target(name);
        }
    }

    /// The type of a variable.
    pub(super) fn type_of(&self, local: Local) -> Ty {
        self.unit.types.get(self.value_slot(local))
    }

    /// A variable's value.
    pub(super) fn read(&self, local: Local) -> Expr {
        if self.cells.contains_key(&local) {
            let cell = self.read_cell(local);
            return super::build::method(cell, "get", self.type_of(local), Vec::new());
        }
        Expr {
            ty: self.type_of(local),
            node: Node::Local(local),
        }
    }

    /// A variable takes a value.
    pub(super) fn assign(&mut self, local: Local, value: Expr) -> Stmt {
        let slot = self.value_slot(local);
        self.unit.types.learn(slot, &value.ty);
        let ty = self.unit.types.get(slot);
        let value = self.coerce(value, &ty);
        if self.cells.contains_key(&local) {
            let cell = self.read_cell(local);
            let args = vec![super::build::own(value)];
            return Stmt::Do(super::build::sure_method(cell, "set", Ty::None, args));
        }
        Stmt::Assign(local, value)
    }

    /// The element type of a container that is made at a place.
    pub(super) fn site(&mut self, range: TextRange, kind: u32) -> Slot {
        let this = self.spec;
        let salts = &mut self.unit.specs[this].salts;
        let salt = match salts.iter().position(|s| *s == self.salt) {
            Some(salt) => salt,
            None => {
                salts.push(self.salt.clone());
                salts.len() - 1
            }
        };
        let kind = kind + 256 * salt as u32;
        let key = (range.start().to_u32(), range.end().to_u32(), kind);
        if let Some(&slot) = self.unit.specs[self.spec].sites.get(&key) {
            return slot;
        }
        let slot = self.unit.types.fresh(Ty::Never);
        self.unit.specs[self.spec].sites.insert(key, slot);
        slot
    }

    /// A name outside, as an object.
    pub(super) fn capture(&mut self, place: Place) -> Expr {
        let at = self.unit.capture(place);
        self.unit.specs[self.spec].captures.insert(at);
        Expr {
            ty: Ty::Any,
            node: Node::Capture(at),
        }
    }

    /// A constant object.
    pub(super) fn constant(&mut self, constant: Constant) -> Expr {
        Expr {
            ty: Ty::Any,
            node: Node::Constant(self.unit.constant(constant)),
        }
    }

    /// The name of an attribute as Python stores it: private names of a class carry the name of the class.
    pub(super) fn attribute_name(&self, name: &str) -> String {
        let mut at = Some(self.function());
        while let Some(f) = at {
            let def = &self.unit.program.functions[f];
            if let Some(c) = def.class {
                return private(self.unit.program.classes[c].own_name(), name);
            }
            at = def.parent;
        }
        name.to_owned()
    }

    /// Whether whole numbers outgrow machine words here.
    pub(super) fn is_big(&self) -> bool {
        self.unit.specs[self.spec].is_big
    }

    /// A number for a loop or a `try`.
    pub(super) fn next_id(&mut self) -> usize {
        self.count += 1;
        self.count
    }
}
