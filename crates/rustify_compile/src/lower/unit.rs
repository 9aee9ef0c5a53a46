//! What one compilation knows: functions with their types, constants, names outside, and what stays Python.

use std::collections::{BTreeSet, HashMap, HashSet};

use rustify_types::Reason;

use crate::classes::ClassDef;
use crate::ir;
use crate::program::Program;
use crate::source::Source;
use crate::types::{Slot, Ty, Types};

/// A function with one set of argument types.
#[derive(Debug)]
pub(crate) struct Spec {
    /// The function's number in the program.
    pub function: usize,
    /// For a function inside another: that one, with its types.
    pub parent: Option<usize>,
    /// Whether whole numbers outgrow machine words: then their arithmetic is the interpreter's.
    pub is_big: bool,
    /// The types of its parameters.
    pub params: Vec<Slot>,
    /// The type of its result.
    pub result: Slot,
    /// Element types of containers that are made at a place of the source.
    pub sites: HashMap<(u32, u32, u32), Slot>,
    /// Variables that belong to a place or to a name.
    pub names: HashMap<(String, u64), usize>,
    /// The tree of the last pass.
    pub tree: ir::Function,
    /// The names outside that it uses.
    pub captures: BTreeSet<usize>,
    /// The functions that it calls.
    pub calls: BTreeSet<usize>,
    /// The generators that run in place in it.
    pub inlines: BTreeSet<usize>,
    /// Ways to places where functions run in place, by number.
    pub salts: Vec<String>,
    /// Whether nothing but the choice between functions at run time calls it: it may have no translation then.
    pub is_guess: bool,
    /// Why it has none.
    pub dead: Option<Reason>,
}

/// A constant object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Constant {
    /// A text, in UTF-8 where surrogates may stand alone.
    Text(Vec<u8>),
    /// Bytes.
    Bytes(Vec<u8>),
    /// An `int` of any size, as Python writes it.
    Big(String),
    /// The name of a method.
    Name(String),
    /// The names of arguments, as a tuple.
    Names(Vec<String>),
}

/// Where a name outside is found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// In the module.
    Global(String),
    /// In the module or in `builtins`.
    Builtin(String),
    /// In a module that a global names.
    Attribute(String, String),
    /// A function of the file.
    Function(String),
    /// A class of the file inside another one, by its path.
    Class(String),
    /// The compiled pattern of a text.
    Pattern(String),
    /// An attribute of a module, whatever the file calls it.
    Member(String, String),
    /// A module that a function imports.
    Module(String),
    /// A lambda in a container that a global names: where its body begins, as line and column in bytes.
    Lambda(String, u32, u32),
}

/// A function as a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Callable {
    /// A function of the module, by its number.
    File(usize),
    /// A function inside another, with that one's types.
    Inner {
        /// Its number.
        function: usize,
        /// The function around with its types.
        parent: usize,
    },
    /// What a call at the module's level made: the name that it got.
    Made(String),
    /// A function of another module.
    Member(Place, String, String),
    /// A builtin function.
    Builtin(String),
    /// What `functools.partial` makes of another, at a place of a function: how many arguments it has by position, and
    /// the names of the others.
    Partial {
        /// The function with its types.
        spec: usize,
        /// Where it is made.
        at: u32,
        /// How many arguments by position.
        positions: usize,
        /// The names of those by name.
        names: Vec<String>,
    },
}

/// What one compilation knows.
pub(crate) struct Unit<'a> {
    /// The file.
    pub source: &'a Source<'a>,
    /// What it defines.
    pub program: &'a Program<'a>,
    /// All types.
    pub types: Types,
    /// Functions with their types.
    pub specs: Vec<Spec>,
    /// Functions that stay Python.
    pub rejected: HashMap<usize, Reason>,
    /// Constant objects.
    pub constants: Vec<Constant>,
    /// Names outside.
    pub captures: Vec<Place>,
    /// Types that values of the module had when the program ran.
    pub recorded: HashMap<String, Ty>,
    /// Names of the module whose values were whole numbers beyond machine words when the program ran.
    pub beyond_words: HashSet<String>,
    /// Types of names of the module that functions change.
    pub changed: HashMap<String, Slot>,
    /// Types of attributes of instances, by class and name.
    pub attributes: HashMap<(usize, String), Slot>,
    /// Functions as values, with the type variables of what they take along.
    pub callables: Vec<(Callable, Vec<Slot>)>,
    /// Variables that functions as values share with the function that binds them, by its number.
    pub cells: BTreeSet<(usize, String)>,
    /// Whether what is called now may not be what is called when the program runs.
    pub guessing: bool,
    /// The pass over all functions, from 0.
    pub pass: usize,
    /// Whether parameters that are used as arrays count as arrays, where nothing else is known of them.
    pub ml_mode: bool,
    /// Whether these are the translations for other types than the recorded ones: their whole numbers have 64 bits, and
    /// those that never fit are objects.
    pub is_spare: bool,
}

/// How many sets of types a function is translated for.
pub(crate) const MOST_SPECS: usize = 6;

impl<'a> Unit<'a> {
    /// Nothing known yet.
    pub(crate) fn new(source: &'a Source<'a>, program: &'a Program<'a>) -> Self {
        let mut types = Types::default();
        types.records = program.classes.iter().map(ClassDef::is_record).collect();
        Self {
            source,
            program,
            types,
            specs: Vec::new(),
            rejected: HashMap::new(),
            constants: Vec::new(),
            captures: Vec::new(),
            recorded: HashMap::new(),
            beyond_words: HashSet::new(),
            changed: HashMap::new(),
            attributes: HashMap::new(),
            callables: Vec::new(),
            cells: BTreeSet::new(),
            guessing: false,
            pass: 0,
            ml_mode: false,
            is_spare: false,
        }
    }

    /// A function with these argument types.
    pub(crate) fn add_spec(&mut self, function: usize, params: &[Ty]) -> usize {
        let params = params.iter().map(|t| self.types.fresh(t.clone())).collect();
        let result = self.types.fresh(Ty::Never);
        self.types.changed = true;
        self.specs.push(Spec {
            function,
            parent: None,
            is_big: false,
            params,
            result,
            sites: HashMap::new(),
            names: HashMap::new(),
            tree: ir::Function::default(),
            captures: BTreeSet::new(),
            calls: BTreeSet::new(),
            inlines: BTreeSet::new(),
            salts: vec![String::new()],
            is_guess: self.guessing,
            dead: None,
        });
        self.specs.len() - 1
    }

    /// The type of a variable of a function.
    pub(crate) fn variable(&mut self, spec: usize, name: &str) -> Slot {
        let key = (name.to_owned(), 0);
        if let Some(&slot) = self.specs[spec].names.get(&key) {
            return slot;
        }
        let slot = self.types.fresh(Ty::Never);
        self.specs[spec].names.insert(key, slot);
        slot
    }

    /// Whether what a function answers has functions that only Python can make.
    pub(crate) fn makes_functions(&self, spec: usize) -> bool {
        self.has_made(&self.types.get(self.specs[spec].result), 0)
    }

    fn has_made(&self, ty: &Ty, depth: u32) -> bool {
        let inner = |s: Slot| depth < 8 && self.has_made(&self.types.get(s), depth + 1);
        match ty {
            Ty::Func(numbers) => numbers.iter().any(|&n| {
                let callable = &self.callables[n].0;
                matches!(callable, Callable::Inner { .. } | Callable::Partial { .. })
            }),
            Ty::Iter(_) => true,
            Ty::Opt(t) => self.has_made(t, depth + 1),
            Ty::Tuple(items) => items.iter().any(|t| self.has_made(t, depth + 1)),
            Ty::List(s) | Ty::TupleOf(s) | Ty::Deque(s) => inner(*s),
            Ty::Dict(k, v) | Ty::Map(_, k, v) => inner(*k) || inner(*v),
            _ => false,
        }
    }

    /// The number of a constant.
    pub(crate) fn constant(&mut self, constant: Constant) -> usize {
        number(&mut self.constants, constant)
    }

    /// The number of a name outside.
    pub(crate) fn capture(&mut self, place: Place) -> usize {
        number(&mut self.captures, place)
    }

    /// The type of an attribute of a class's instances.
    pub(crate) fn attribute(&mut self, class: usize, name: &str) -> Slot {
        if let Some(&slot) = self.attributes.get(&(class, name.to_owned())) {
            return slot;
        }
        let slot = self.types.fresh(Ty::Never);
        self.attributes.insert((class, name.to_owned()), slot);
        slot
    }

    /// The function that a call with these argument types goes to.
    pub(crate) fn callee(
        &mut self,
        function: usize,
        parent: Option<usize>,
        is_big: bool,
        args: &[Ty],
    ) -> usize {
        let fits = |unit: &Self, spec: &Spec| {
            spec.function == function
                && spec.parent == parent
                && spec.is_big == is_big
                && spec
                    .params
                    .iter()
                    .zip(args)
                    .all(|(&p, a)| accepts(&unit.types.get(p), a))
        };
        // A value of unknown type goes to a parameter of any type, if there is a choice.
        let takes_any = |unit: &Self, spec: &Spec| {
            let mut pairs = spec.params.iter().zip(args);
            pairs.all(|(&p, a)| *a != Ty::Any || matches!(unit.types.get(p), Ty::Any | Ty::Never))
        };
        let all = 0..self.specs.len();
        let mut fitting = all
            .filter(|&i| fits(self, &self.specs[i]))
            .collect::<Vec<_>>();
        if fitting.len() > 1 && !fitting.iter().all(|&i| takes_any(self, &self.specs[i])) {
            fitting.retain(|&i| takes_any(self, &self.specs[i]));
        }
        let exact = |unit: &Self, spec: &Spec| {
            let mut pairs = spec.params.iter().zip(args);
            pairs.all(|(&p, a)| unit.types.same(&unit.types.get(p), a))
        };
        let found = fitting
            .iter()
            .find(|&&i| exact(self, &self.specs[i]))
            .or(fitting.first())
            .copied();
        let of_function: Vec<usize> = (0..self.specs.len())
            .filter(|&i| {
                let spec = &self.specs[i];
                let is_one = spec.function == function && spec.parent == parent;
                is_one && spec.is_big == is_big
            })
            .collect();
        let at = match found {
            Some(at) => at,
            None if of_function.len() < MOST_SPECS => {
                let at = self.add_spec(function, args);
                self.specs[at].parent = parent;
                self.specs[at].is_big = is_big;
                return at;
            }
            None => of_function[of_function.len() - 1],
        };
        if !self.guessing && self.specs[at].is_guess {
            self.specs[at].is_guess = false;
            self.types.changed = true;
        }
        for (i, arg) in args.iter().enumerate() {
            let slot = self.specs[at].params[i];
            // A value of unknown type is checked when it is passed.
            if *arg != Ty::Any {
                self.types.learn(slot, arg);
            }
        }
        at
    }
}

fn number<T: PartialEq>(all: &mut Vec<T>, one: T) -> usize {
    if let Some(at) = all.iter().position(|x| *x == one) {
        return at;
    }
    all.push(one);
    all.len() - 1
}

/// Whether a parameter takes an argument without becoming of another kind.
fn accepts(param: &Ty, arg: &Ty) -> bool {
    match (param, arg) {
        // Each function that is given goes its own way.
        (Ty::Func(p), Ty::Func(a)) => p == a,
        (Ty::Any, Ty::Func(_) | Ty::Iter(_)) => false,
        (_, Ty::Never | Ty::Any) | (Ty::Any | Ty::Never, _) => true,
        (Ty::Num, Ty::Int | Ty::Float) | (Ty::Str, Ty::Char) => true,
        (Ty::Opt(_), Ty::None) => true,
        (Ty::Opt(p), Ty::Opt(a)) => accepts(p, a),
        (Ty::Opt(p), a) => accepts(p, a),
        (Ty::Tuple(p), Ty::Tuple(a)) => {
            p.len() == a.len() && p.iter().zip(a).all(|(p, a)| accepts(p, a))
        }
        (Ty::Instance(p), Ty::Instance(a)) => p == a,
        _ => std::mem::discriminant(param) == std::mem::discriminant(arg),
    }
}
