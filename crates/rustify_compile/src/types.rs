//! Types of values, with the element types of containers as variables that are found by joining all uses.
//!
//! A join goes up a lattice of finite height, so that going over a program again and again comes to an end. Containers
//! can be reached by two names: their element types are therefore made one, never just compatible.

use std::fmt::Write;

use crate::dtype::Kind;

/// An element type that is not known yet: a variable.
pub type Slot = usize;

pub use crate::dtype::Scalar;

/// The type of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ty {
    /// No value yet.
    Never,
    /// `None`.
    None,
    /// `bool`.
    Bool,
    /// `int`.
    Int,
    /// `float`.
    Float,
    /// An `int` in one run and a `float` in another.
    Num,
    /// A `float` in one run and a `numpy.float64` in another; a pass finds such variables when all types are known.
    Real,
    /// A number of Python in one run, and in another one of NumPy of a dtype that is neither `int64` nor `float64`.
    Grown(Scalar),
    /// `complex`.
    Complex,
    /// A `str` of one character.
    Char,
    /// `str`.
    Str,
    /// `bytes`.
    Bytes,
    /// `bytearray`.
    ByteArray,
    /// `tuple` of known length.
    Tuple(Vec<Ty>),
    /// `tuple` of any length.
    TupleOf(Slot),
    /// `list`.
    List(Slot),
    /// `dict`.
    Dict(Slot, Slot),
    /// A dict of `collections`: whether it is a `Counter`, keys and values.
    Map(bool, Slot, Slot),
    /// A `collections.deque`.
    Deque(Slot),
    /// `set`.
    Set(Slot),
    /// `frozenset`.
    FrozenSet(Slot),
    /// The type or `None`.
    Opt(Box<Ty>),
    /// A scalar of NumPy.
    Np(Scalar),
    /// An `ndarray` with so many axes.
    Array(Scalar, usize),
    /// An instance of a class of the file, by its number.
    Instance(usize),
    /// A class of the file itself, by its number.
    Class(usize),
    /// A function as a value: one of those with these numbers.
    Func(Vec<usize>),
    /// A variable that a function as a value shares with the one around it.
    Cell(Slot),
    /// An iterator as a value.
    Iter(Slot),
    /// Known at run time only.
    Any,
}

impl Ty {
    /// Whether a number of Python of this type becomes one of a dtype beside another of it, whatever it is.
    pub fn becomes(&self, dtype: Scalar) -> bool {
        match dtype.kind() {
            Kind::Bool => false,
            Kind::Unsigned | Kind::Signed => *self == Ty::Int,
            Kind::Float => matches!(self, Ty::Int | Ty::Float),
            Kind::Complex => matches!(self, Ty::Int | Ty::Float | Ty::Complex),
        }
    }

    /// Whether Rust copies values of this type freely.
    pub fn is_copy(&self) -> bool {
        match self {
            Self::None
            | Self::Bool
            | Self::Int
            | Self::Float
            | Self::Num
            | Self::Real
            | Self::Grown(_)
            | Self::Complex
            | Self::Char
            | Self::Np(_) => true,
            Self::Tuple(items) => items.iter().all(Self::is_copy),
            Self::Opt(inner) => inner.is_copy(),
            _ => false,
        }
    }

    /// Whether the type is a number that arithmetic knows.
    pub fn is_number(&self) -> bool {
        matches!(self, Self::Bool | Self::Int | Self::Float | Self::Num)
    }

    /// Whether values are functions, or tuples with functions.
    pub fn has_functions(&self) -> bool {
        match self {
            Self::Func(_) => true,
            Self::Opt(inner) => inner.has_functions(),
            Self::Tuple(items) => items.iter().any(Self::has_functions),
            _ => false,
        }
    }

    /// Whether the type is a text.
    pub fn is_text(&self) -> bool {
        matches!(self, Self::Str | Self::Char)
    }
}

/// So many functions may be the values of one variable.
const MOST_FUNCTIONS: usize = 32;

/// All type variables of one compilation.
#[derive(Debug, Default)]
pub struct Types {
    parent: Vec<Slot>,
    known: Vec<Ty>,
    /// Whether something was learnt since this was last set to false.
    pub changed: bool,
    /// The classes, by number, whose instances may be in Rust.
    pub records: Vec<bool>,
}

impl Types {
    /// A new variable.
    pub fn fresh(&mut self, ty: Ty) -> Slot {
        self.parent.push(self.parent.len());
        self.known.push(ty);
        self.parent.len() - 1
    }

    fn root(&self, mut slot: Slot) -> Slot {
        while self.parent[slot] != slot {
            slot = self.parent[slot];
        }
        slot
    }

    /// What is known of a variable.
    pub fn get(&self, slot: Slot) -> Ty {
        self.known[self.root(slot)].clone()
    }

    /// A variable takes values of a further type.
    pub fn learn(&mut self, slot: Slot, ty: &Ty) {
        let slot = self.root(slot);
        let old = self.known[slot].clone();
        let mut new = self.join(&old, ty);
        let slot = self.root(slot);
        if self.holds(&new, slot, 0) {
            new = Ty::Any;
        }
        if !self.same(&self.known[slot], &new) {
            self.known[slot] = new;
            self.changed = true;
        }
    }

    /// Whether a type contains a variable, or is too deep to tell.
    fn holds(&self, ty: &Ty, slot: Slot, depth: u32) -> bool {
        if depth > 12 {
            return true;
        }
        let inner = |s: Slot| self.root(s) == slot || self.holds(&self.get(s), slot, depth + 1);
        match ty {
            Ty::TupleOf(a) | Ty::List(a) | Ty::Set(a) | Ty::FrozenSet(a) | Ty::Deque(a) => {
                inner(*a)
            }
            Ty::Dict(a, b) | Ty::Map(_, a, b) => inner(*a) || inner(*b),
            Ty::Tuple(items) => items.iter().any(|t| self.holds(t, slot, depth + 1)),
            Ty::Opt(t) => self.holds(t, slot, depth + 1),
            Ty::Cell(a) | Ty::Iter(a) => inner(*a),
            _ => false,
        }
    }

    /// Whether two types are one.
    pub fn same(&self, a: &Ty, b: &Ty) -> bool {
        let slots = |a: Slot, b: Slot| {
            self.root(a) == self.root(b) || self.same(&self.get(a), &self.get(b))
        };
        match (a, b) {
            (Ty::TupleOf(a), Ty::TupleOf(b))
            | (Ty::List(a), Ty::List(b))
            | (Ty::Set(a), Ty::Set(b))
            | (Ty::FrozenSet(a), Ty::FrozenSet(b)) => slots(*a, *b),
            (Ty::Deque(a), Ty::Deque(b))
            | (Ty::Cell(a), Ty::Cell(b))
            | (Ty::Iter(a), Ty::Iter(b)) => slots(*a, *b),
            (Ty::Map(x, a, b), Ty::Map(y, c, d)) => x == y && slots(*a, *c) && slots(*b, *d),
            (Ty::Dict(a, b), Ty::Dict(c, d)) => slots(*a, *c) && slots(*b, *d),
            (Ty::Tuple(a), Ty::Tuple(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| self.same(a, b))
            }
            (Ty::Opt(a), Ty::Opt(b)) => self.same(a, b),
            _ => a == b,
        }
    }

    /// Makes two variables one.
    pub fn unify(&mut self, a: Slot, b: Slot) {
        let (a, b) = (self.root(a), self.root(b));
        if a == b {
            return;
        }
        let (x, y) = (self.known[a].clone(), self.known[b].clone());
        self.parent[b] = a;
        self.changed = true;
        let joined = self.join(&x, &y);
        let a = self.root(a);
        self.known[a] = if self.holds(&joined, a, 0) {
            Ty::Any
        } else {
            joined
        };
    }

    /// The type of values that are of one type or the other.
    pub fn join(&mut self, a: &Ty, b: &Ty) -> Ty {
        match (a, b) {
            _ if a == b => a.clone(),
            (Ty::Never, t) | (t, Ty::Never) => t.clone(),
            (Ty::Any, _) | (_, Ty::Any) => Ty::Any,
            (
                Ty::Int | Ty::Float | Ty::Num | Ty::Np(Scalar::Float64 | Scalar::Int64),
                Ty::Int | Ty::Float | Ty::Num | Ty::Np(Scalar::Float64 | Scalar::Int64),
            ) => Ty::Num,
            (Ty::Grown(d) | Ty::Np(d), number) | (number, Ty::Grown(d) | Ty::Np(d))
                if number.becomes(*d) || *number == Ty::Np(*d) || *number == Ty::Grown(*d) =>
            {
                Ty::Grown(*d)
            }
            (Ty::Char, Ty::Str) | (Ty::Str, Ty::Char) => Ty::Str,
            (Ty::Opt(a), Ty::Opt(b)) => {
                let inner = self.join(a, b);
                optional(inner)
            }
            (Ty::None, Ty::Opt(_)) => b.clone(),
            (Ty::Opt(_), Ty::None) => a.clone(),
            (Ty::None, t) | (t, Ty::None) => optional(t.clone()),
            (Ty::Opt(a), t) | (t, Ty::Opt(a)) => {
                let inner = self.join(a, t);
                optional(inner)
            }
            (Ty::List(a), Ty::List(b)) => {
                self.unify(*a, *b);
                Ty::List(*a)
            }
            (Ty::Set(a), Ty::Set(b)) => {
                self.unify(*a, *b);
                Ty::Set(*a)
            }
            (Ty::FrozenSet(a), Ty::FrozenSet(b)) => {
                self.unify(*a, *b);
                Ty::FrozenSet(*a)
            }
            (Ty::TupleOf(a), Ty::TupleOf(b)) => {
                self.unify(*a, *b);
                Ty::TupleOf(*a)
            }
            (Ty::Deque(a), Ty::Deque(b)) => {
                self.unify(*a, *b);
                Ty::Deque(*a)
            }
            (Ty::Cell(a), Ty::Cell(b)) => {
                self.unify(*a, *b);
                Ty::Cell(*a)
            }
            (Ty::Iter(a), Ty::Iter(b)) => {
                self.unify(*a, *b);
                Ty::Iter(*a)
            }
            (Ty::Func(a), Ty::Func(b)) => {
                let mut all = a.clone();
                all.extend(b);
                all.sort_unstable();
                all.dedup();
                if all.len() > MOST_FUNCTIONS {
                    return Ty::Any;
                }
                Ty::Func(all)
            }
            (Ty::Map(x, a, b), Ty::Map(y, c, d)) if x == y => {
                self.unify(*a, *c);
                self.unify(*b, *d);
                Ty::Map(*x, *a, *b)
            }
            (Ty::Dict(a, b), Ty::Dict(c, d)) => {
                self.unify(*a, *c);
                self.unify(*b, *d);
                Ty::Dict(*a, *b)
            }
            (Ty::Tuple(a), Ty::Tuple(b)) if a.len() == b.len() => {
                Ty::Tuple(a.iter().zip(b).map(|(a, b)| self.join(a, b)).collect())
            }
            (Ty::Tuple(a), Ty::Tuple(b)) => {
                let slot = self.fresh(Ty::Never);
                for t in a.iter().chain(b) {
                    self.learn(slot, t);
                }
                Ty::TupleOf(slot)
            }
            (Ty::Tuple(items), Ty::TupleOf(slot)) | (Ty::TupleOf(slot), Ty::Tuple(items)) => {
                for t in items {
                    self.learn(*slot, t);
                }
                Ty::TupleOf(*slot)
            }
            _ => Ty::Any,
        }
    }

    /// Whether instances of a class may be in Rust.
    pub fn is_record(&self, class: usize) -> bool {
        self.records.get(class).is_some_and(|&is| is)
    }

    /// The Rust type of values of a type.
    pub fn rust(&self, ty: &Ty) -> String {
        let mut text = String::new();
        self.write_rust(ty, &mut text, 0);
        text
    }

    fn write_rust(&self, ty: &Ty, out: &mut String, depth: u32) {
        let one = |name: &str, slot: Slot, out: &mut String| {
            let _ = write!(out, "{name}<");
            self.write_rust(&self.get(slot), out, depth + 1);
            out.push('>');
        };
        if depth > 16 {
            out.push_str("Obj");
            return;
        }
        match ty {
            Ty::Instance(c) if self.is_record(*c) => out.push_str("Record"),
            Ty::Never | Ty::Any | Ty::Instance(_) | Ty::Class(_) => out.push_str("Obj"),
            Ty::None => out.push_str("()"),
            Ty::Bool => out.push_str("bool"),
            Ty::Int => out.push_str("Int"),
            Ty::Float => out.push_str("f64"),
            Ty::Num => out.push_str("Num<Int>"),
            Ty::Real => out.push_str("Real"),
            Ty::Grown(d) => {
                let _ = write!(out, "Grown<Int, {}>", d.element());
            }
            Ty::Complex => out.push_str("Complex"),
            Ty::Char => out.push_str("Char"),
            Ty::Str => out.push_str("Str"),
            Ty::Bytes => out.push_str("Bytes"),
            Ty::ByteArray => out.push_str("ByteArray"),
            Ty::Np(scalar) => out.push_str(scalar.rust()),
            Ty::Array(scalar, nd) => {
                let _ = write!(out, "Array<{}, {nd}>", scalar.element());
            }
            Ty::Tuple(items) if items.is_empty() || items.len() > 8 => out.push_str("Tuple<Obj>"),
            Ty::Tuple(items) => {
                out.push('(');
                for item in items {
                    self.write_rust(item, out, depth + 1);
                    out.push_str(", ");
                }
                out.push(')');
            }
            Ty::TupleOf(s) => one("Tuple", *s, out),
            Ty::List(s) => one("List", *s, out),
            Ty::Set(s) => one("Set", *s, out),
            Ty::FrozenSet(s) => one("FrozenSet", *s, out),
            Ty::Deque(s) => one("Deque", *s, out),
            Ty::Cell(s) => one("Shared", *s, out),
            Ty::Iter(s) => one("Iter", *s, out),
            Ty::Func(_) => out.push_str("Callable"),
            Ty::Dict(k, v) | Ty::Map(_, k, v) => {
                out.push_str(match ty {
                    Ty::Map(true, ..) => "Counter<",
                    Ty::Map(..) => "Default<",
                    _ => "Dict<",
                });
                self.write_rust(&self.get(*k), out, depth + 1);
                out.push_str(", ");
                self.write_rust(&self.get(*v), out, depth + 1);
                out.push('>');
            }
            Ty::Opt(inner) => {
                out.push_str("Option<");
                self.write_rust(inner, out, depth + 1);
                out.push('>');
            }
        }
    }
}

/// A type or `None`, once.
pub fn optional(ty: Ty) -> Ty {
    match ty {
        Ty::Never => Ty::None,
        Ty::Any | Ty::Opt(_) | Ty::None => ty,
        other => Ty::Opt(Box::new(other)),
    }
}

/// Reads a recorded type, such as `dict[str,list[float|int]]`; class names of instances are resolved by `class`.
pub fn parse(text: &str, types: &mut Types, class: &dyn Fn(&str) -> Option<usize>) -> Ty {
    let mut ty = Ty::Never;
    for one in split(text, '|') {
        let t = parse_one(one.trim(), types, class);
        ty = types.join(&ty, &t);
    }
    ty
}

fn parse_one(text: &str, types: &mut Types, class: &dyn Fn(&str) -> Option<usize>) -> Ty {
    let (head, inner) = match text.split_once('[') {
        Some((head, rest)) => (head, rest.rfind(']').map_or(rest, |end| &rest[..end])),
        None => (text, ""),
    };
    let mut slot = |text: &str| {
        let ty = if text.is_empty() {
            Ty::Never
        } else {
            parse(text, types, class)
        };
        types.fresh(ty)
    };
    match head {
        "int" | "bigint" => Ty::Int,
        "float" => Ty::Float,
        "bool" => Ty::Bool,
        "NoneType" => Ty::None,
        "str" => Ty::Str,
        "bytes" => Ty::Bytes,
        "bytearray" => Ty::ByteArray,
        "complex" => Ty::Complex,
        "list" => Ty::List(slot(inner)),
        "set" => Ty::Set(slot(inner)),
        "frozenset" => Ty::FrozenSet(slot(inner)),
        "dict" => {
            let parts = split(inner, ',');
            let key = slot(parts.first().copied().unwrap_or_default());
            let value = slot(parts.get(1).copied().unwrap_or_default());
            Ty::Dict(key, value)
        }
        "tuple" => {
            let mut items: Vec<&str> = if inner.is_empty() {
                Vec::new()
            } else {
                split(inner, ',')
            };
            // One of many items is written with the types of all of them and three points.
            let is_long = items.last() == Some(&"...");
            if is_long {
                items.pop();
            }
            let items: Vec<Ty> = items.iter().map(|t| parse(t, types, class)).collect();
            if is_long || items.is_empty() || items.len() > 8 {
                // The number of items is only looked at where Rust has a type for it.
                let slot = types.fresh(Ty::Never);
                items.iter().for_each(|t| types.learn(slot, t));
                return Ty::TupleOf(slot);
            }
            Ty::Tuple(items)
        }
        "ndarray" => match inner.split_once(',') {
            Some((dtype, nd)) => match (Scalar::by_name(dtype.trim()), nd.trim().parse()) {
                (Some(scalar), Ok(nd)) if (1..=4).contains(&nd) => Ty::Array(scalar, nd),
                _ => Ty::Any,
            },
            None => Ty::Any,
        },
        "other" if inner == "collections.deque" => Ty::Deque(types.fresh(Ty::Any)),
        "other" if inner == "collections.defaultdict" => {
            let key = types.fresh(Ty::Any);
            Ty::Map(false, key, types.fresh(Ty::Any))
        }
        "other" if inner == "collections.Counter" => {
            let key = types.fresh(Ty::Any);
            Ty::Map(true, key, types.fresh(Ty::Int))
        }
        "other" => match inner.strip_prefix("numpy.").and_then(Scalar::by_name) {
            Some(scalar) => Ty::Np(scalar),
            None => class(inner).map_or(Ty::Any, Ty::Instance),
        },
        "instance" => {
            let name = inner.split(']').next().unwrap_or(inner);
            class(name).map_or(Ty::Any, Ty::Instance)
        }
        "type" => class(inner).map_or(Ty::Any, Ty::Class),
        _ => Ty::Any,
    }
}

/// Splits at a character outside brackets.
fn split(text: &str, at: char) -> Vec<&str> {
    let (mut parts, mut start, mut depth) = (Vec::new(), 0, 0);
    for (i, c) in text.char_indices() {
        match c {
            '[' | '{' => depth += 1,
            ']' | '}' => depth -= 1,
            _ if c == at && depth == 0 => {
                parts.push(&text[start..i]);
                start = i + c.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recorded_types_become_rust_types() {
        let mut types = Types::default();
        let ty = parse("dict[str,list[float|int]]", &mut types, &|_| None);
        assert_eq!(types.rust(&ty), "Dict<Str, List<Num<Int>>>");
        let ty = parse("tuple[int,NoneType|str]", &mut types, &|_| None);
        assert_eq!(types.rust(&ty), "(Int, Option<Str>, )");
    }

    #[test]
    fn containers_that_meet_share_their_items() {
        let mut types = Types::default();
        let (a, b) = (types.fresh(Ty::Int), types.fresh(Ty::Float));
        let _ = types.join(&Ty::List(a), &Ty::List(b));
        assert_eq!((types.get(a), types.get(b)), (Ty::Num, Ty::Num));
    }
}
