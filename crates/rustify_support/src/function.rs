//! Translated functions, as the extension module knows them.

use std::cell::Cell;

use pyo3_ffi::{self as ffi, PyObject};

use super::capture::Capture;
use super::exc::Res;
use super::guards::Guards;
use super::obj::Obj;

/// How a parameter takes its argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// By position only.
    PositionalOnly,
    /// By position or by name.
    Ordinary,
    /// By name only.
    KeywordOnly,
    /// All further positions, as a tuple.
    Variadic,
    /// All further names, as a dict.
    Keywords,
}

/// The arguments of a call, one for each parameter.
pub type Arguments<'a> = &'a [*mut PyObject];

/// A translated function with one set of types.
pub type Entry = fn(Arguments<'_>) -> Res<Obj>;

/// A translated function.
pub struct Function {
    /// Its qualified name in the file.
    pub qualname: &'static str,
    /// The line of its `def`.
    pub line: i64,
    /// Its parameters.
    pub params: &'static [(&'static str, Kind)],
    /// Its translations, tried in order.
    pub entries: &'static [Entry],
    /// The names it relies on, itself and what it calls.
    pub captures: &'static [&'static Capture],
    /// Its translations for arguments of other types, tried where none of the others fits.
    pub spares: &'static [Entry],
    /// The further names that those rely on.
    pub spare_captures: &'static [&'static Capture],
    /// Whether its translations touch no Python object between their arguments and their result.
    pub is_free: bool,
    /// Whether they, spares apart, may make objects of numbers as they came in.
    pub hands_on: bool,
    /// What Python calls.
    pub vectorcall: ffi::vectorcallfunc,
    /// What happened so far.
    pub state: State,
}

/// What happened to a function so far.
#[derive(Default)]
pub struct State {
    pub(super) calls: Cell<u64>,
    pub(super) completed: Cell<u64>,
    pub(super) deopted: Cell<u64>,
    pub(super) first: Cell<usize>,
    /// Calls that a spare completed.
    pub(super) spared: Cell<u64>,
    /// Whether its spares are not to be used.
    pub(super) without_spares: Cell<bool>,
    pub(super) globals: Cell<*mut PyObject>,
    /// What tells of changes, since names were last looked up with these builtins.
    pub(super) guards: Cell<Option<(*mut PyObject, Guards)>>,
    /// The code that the translations stand for.
    pub(super) stands_for: Cell<*mut PyObject>,
    /// The function object that Rust is attached to.
    pub(super) object: Cell<*mut PyObject>,
    /// Where code is added to: what it calls, and the code without it.
    pub(super) native: Cell<*mut PyObject>,
    pub(super) code: Cell<*mut PyObject>,
}

impl State {
    /// Nothing so far.
    pub const fn new() -> Self {
        Self {
            calls: Cell::new(0),
            completed: Cell::new(0),
            deopted: Cell::new(0),
            first: Cell::new(0),
            spared: Cell::new(0),
            without_spares: Cell::new(false),
            globals: Cell::new(std::ptr::null_mut()),
            guards: Cell::new(None),
            stands_for: Cell::new(std::ptr::null_mut()),
            object: Cell::new(std::ptr::null_mut()),
            native: Cell::new(std::ptr::null_mut()),
            code: Cell::new(std::ptr::null_mut()),
        }
    }
}

// SAFETY: read and written with the interpreter held.
unsafe impl Sync for Function {}

/// What a generated crate declares.
pub trait Table {
    /// The name of the extension module.
    const NAME: &'static std::ffi::CStr;
    /// The hash of the source.
    const SOURCE_HASH: &'static std::ffi::CStr;
    /// The version of rustify.
    const VERSION: &'static std::ffi::CStr;
    /// The functions.
    const FUNCTIONS: &'static [&'static Function];
}

/// After so many calls that gave up, and hardly any that did not, a function stays in Python.
pub(super) const PATIENCE: u64 = 64;

/// The most parameters that a translated function may have.
pub const MOST_PARAMETERS: usize = 32;
