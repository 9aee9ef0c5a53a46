//! Constants, names outside, and the table of functions.

use std::collections::BTreeSet;
use std::fmt::Write;

use ruff_python_ast::{Expr, Parameters};
use ruff_text_size::Ranged;

use super::function::entry_name;
use super::naming::{capture_name, constant_name};
use crate::classes::ClassDef;
use crate::lower::calls::is_constant;
use crate::lower::unit::{Constant, Place, Unit};
use crate::program::Global;

/// Bytes as a Rust literal.
fn byte_literal(bytes: &[u8]) -> String {
    let mut out = String::from("b\"");
    for &b in bytes {
        match b {
            b'"' | b'\\' => {
                out.push('\\');
                out.push(char::from(b));
            }
            0x20..=0x7e => out.push(char::from(b)),
            _ => {
                let _ = write!(out, "\\x{b:02x}");
            }
        }
    }
    out.push('"');
    out
}

/// A C string literal.
fn c_literal(text: &str) -> String {
    format!("c{}", &byte_literal(text.as_bytes())[1..])
}

/// A Rust string literal.
fn literal(text: &str) -> String {
    format!("{text:?}")
}

/// `constants.rs`.
pub(super) fn constants(unit: &Unit<'_>) -> String {
    let mut out = String::from(
        "//! Objects that the functions need, made once.\n\nuse super::support::any;\nuse super::support::exc::Res;\nuse super::support::obj::Obj;\nuse super::support::text::{Bytes, Str};\nuse super::support::value::{Constant, big};\n",
    );
    for (at, constant) in unit.constants.iter().enumerate() {
        let make = match constant {
            Constant::Text(bytes) => format!("Str::constant({})", byte_literal(bytes)),
            Constant::Bytes(bytes) => format!("Bytes::constant({})", byte_literal(bytes)),
            Constant::Big(text) => format!("big({})", c_literal(text)),
            Constant::Name(name) => format!("any::name({})", c_literal(name)),
            Constant::Names(names) => {
                let all: Vec<String> = names.iter().map(|n| c_literal(n)).collect();
                format!("super::support::ndcall::names(&[{}])", all.join(", "))
            }
        };
        let _ = writeln!(
            out,
            "\npub(crate) fn {}() -> Res<&'static Obj> {{\n    static KEPT: Constant = Constant::new();\n    KEPT.get(|| {make})\n}}",
            constant_name(unit, at)
        );
    }
    out
}

/// The module that a path means which begins with a name that a function imports.
fn imported_module(unit: &Unit<'_>, path: &str) -> Option<String> {
    let (first, rest) = path
        .split_once('.')
        .map_or((path, None), |(a, b)| (a, Some(b)));
    let Some(Global::Module(module)) = unit.program.globals.get(first) else {
        return None;
    };
    let found = match rest {
        Some(rest) => format!("{module}.{rest}"),
        None => module.clone(),
    };
    unit.program.imported.contains(first).then_some(found)
}

/// The line on which a function begins, or zero where several have its name.
fn line_of(unit: &Unit<'_>, name: &str) -> u32 {
    let mut named = unit
        .program
        .functions
        .iter()
        .filter(|f| f.qualname == name && f.parent.is_none());
    match (named.next(), named.next()) {
        (Some(one), None) => one.first_line,
        _ => 0,
    }
}

/// The defaults of a function as Python's text: of parameters by position, and by name. What is no constant is `...`.
/// Empty if there are none, or if several functions have the name.
fn defaults_of(unit: &Unit<'_>, name: &str) -> String {
    let line = line_of(unit, name);
    let mut all = unit.program.functions.iter();
    let Some(def) = all.find(|f| line != 0 && f.first_line == line && f.qualname == name) else {
        return String::new();
    };
    let written = |default: &Expr| {
        if is_constant(default) {
            format!("({})", &unit.source.text[default.range()])
        } else {
            "...".to_owned()
        }
    };
    let params = &def.node.parameters;
    let (mut positions, mut names) = (String::new(), String::new());
    let by_position = params.posonlyargs.iter().chain(&params.args);
    for default in by_position.filter_map(|p| p.default.as_deref()) {
        let _ = write!(positions, "{}, ", written(default));
    }
    for p in &params.kwonlyargs {
        if let Some(default) = p.default.as_deref() {
            let _ = write!(names, "'{}': {}, ", p.parameter.name, written(default));
        }
    }
    if positions.is_empty() && names.is_empty() {
        return String::new();
    }
    format!("(({positions}), {{{names}}})")
}

/// `captures.rs`.
pub(super) fn captures(unit: &Unit<'_>) -> String {
    let mut out = String::from(
        "//! Names outside the functions, which must mean what they meant.\n\nuse super::support::capture::{Capture, Place};\n",
    );
    for (at, place) in unit.captures.iter().enumerate() {
        let place = match place {
            Place::Module(name) => format!("Module({})", c_literal(name)),
            Place::Global(name) if unit.program.imported.contains(name) => {
                match unit.program.globals.get(name) {
                    Some(Global::Member(module, member)) => {
                        format!("Imported({}, {})", c_literal(module), c_literal(member))
                    }
                    _ => format!("Global({})", c_literal(name)),
                }
            }
            Place::Attribute(module, name) if imported_module(unit, module).is_some() => {
                let module = imported_module(unit, module).unwrap_or_default();
                format!("Imported({}, {})", c_literal(&module), c_literal(name))
            }
            Place::Global(name) => match unit.program.globals.get(name) {
                Some(Global::Class(class)) => {
                    class_place(name, Some(&unit.program.classes[*class]))
                }
                _ => format!("Global({})", c_literal(name)),
            },
            Place::Builtin(name) => format!("Builtin({})", c_literal(name)),
            Place::Attribute(module, name) => {
                format!("Attribute({}, {})", c_literal(module), c_literal(name))
            }
            Place::Function(name) => {
                let defaults = c_literal(&defaults_of(unit, name));
                format!(
                    "Function({}, {}, {defaults})",
                    literal(name),
                    line_of(unit, name)
                )
            }
            Place::Member(module, name) => {
                format!("Imported({}, {})", c_literal(module), c_literal(name))
            }
            Place::Pattern(text) => format!("Pattern({})", literal(text)),
            Place::Class(name) => {
                let mut all = unit.program.classes.iter();
                class_place(name, all.find(|c| c.name == *name))
            }
            Place::Lambda(table, line, column) => {
                format!("Lambda({}, {line}, {column})", c_literal(table))
            }
        };
        let _ = writeln!(
            out,
            "\npub(crate) static {}: Capture = Capture::new(Place::{place});",
            capture_name(unit, at)
        );
    }
    out
}

/// Where a class is found, and what tells that it is the one that was translated.
fn class_place(name: &str, class: Option<&ClassDef>) -> String {
    let (first, last) = class.map_or((0, 0), |c| c.lines);
    let root = class.and_then(|c| c.ordered_by).unwrap_or_default();
    format!(
        "Class({}, {first}, {last}, {})",
        literal(name),
        literal(root)
    )
}

/// A function's translations: those with machine words, and those for whole numbers that outgrow them.
pub(crate) struct Specs {
    pub ordinary: Vec<usize>,
    pub big: Vec<usize>,
    /// Those for arguments of other types, which are numbers among the spares.
    pub spares: Vec<usize>,
}

impl Specs {
    /// All of them, in the order in which they are tried.
    pub(crate) fn all(&self) -> Vec<usize> {
        self.ordinary.iter().chain(&self.big).copied().collect()
    }
}

/// All names outside that a function relies on, with those of the functions it calls.
fn reached(unit: &Unit<'_>, specs: &[usize]) -> BTreeSet<usize> {
    let (mut captures, mut seen, mut stack) = (BTreeSet::new(), BTreeSet::new(), specs.to_vec());
    while let Some(at) = stack.pop() {
        if seen.insert(at) {
            captures.extend(unit.specs[at].captures.iter().copied());
            stack.extend(unit.specs[at].calls.iter().copied());
        }
    }
    captures
}

fn params(params: &Parameters) -> String {
    let mut out = String::new();
    let mut add = |name: &str, kind: &str| {
        let _ = write!(out, "({}, Kind::{kind}), ", literal(name));
    };
    params
        .posonlyargs
        .iter()
        .for_each(|p| add(&p.parameter.name, "PositionalOnly"));
    params
        .args
        .iter()
        .for_each(|p| add(&p.parameter.name, "Ordinary"));
    params.vararg.iter().for_each(|p| add(&p.name, "Variadic"));
    params
        .kwonlyargs
        .iter()
        .for_each(|p| add(&p.parameter.name, "KeywordOnly"));
    params.kwarg.iter().for_each(|p| add(&p.name, "Keywords"));
    out
}

/// `lib.rs`: the modules and the table of functions.
pub(super) fn library(
    unit: &Unit<'_>,
    spares: Option<&Unit<'_>>,
    functions: &[(usize, Specs)],
    module: &str,
    extension: &str,
    hash: &str,
) -> String {
    let mut out = format!(
        "//! Rust behind functions of the Python module `{}`, made by rustify.\n\n#![allow(unused, non_snake_case, clippy::all, clippy::pedantic)]\n\nmod support;\nmod constants;\nmod captures;\n\n#[global_allocator]\nstatic MEMORY: support::memory::Kept = support::memory::Kept;\n",
        module.replace(['`', '\n', '\r'], "_")
    );
    out.push_str("\n/// The functions with `int` as 64 bits.\n#[path = \".\"]\nmod narrow {\n    pub(crate) type Int = i64;\n    #[path = \"functions.rs\"]\n    pub(crate) mod functions;\n}\n");
    out.push_str("\n/// The functions with `int` as 128 bits, for calls that need them.\n#[path = \".\"]\nmod wide {\n    pub(crate) type Int = i128;\n    #[path = \"functions.rs\"]\n    pub(crate) mod functions;\n}\n\n");
    if functions.iter().any(|(_, specs)| !specs.spares.is_empty()) {
        out.push_str("/// Translations for arguments of other types than those that were recorded.\n#[path = \".\"]\nmod spare {\n    pub(crate) type Int = i64;\n    #[path = \"spares.rs\"]\n    pub(crate) mod functions;\n}\n\n");
    }
    out.push_str("use support::attach::{Function, Kind, State, Table, call};\n\n/// What Python sees.\npub(crate) struct Module;\n\n");
    for (at, (function, specs)) in functions.iter().enumerate() {
        let def = &unit.program.functions[*function];
        let mut entries = String::new();
        for width in ["narrow", "wide"] {
            for &spec in &specs.ordinary {
                let _ = write!(
                    entries,
                    "{width}::functions::{}, ",
                    entry_name(&unit.specs[spec].tree)
                );
            }
        }
        for &spec in &specs.big {
            let _ = write!(
                entries,
                "narrow::functions::{}, ",
                entry_name(&unit.specs[spec].tree)
            );
        }
        let names = |captures: &BTreeSet<usize>| -> String {
            let name = |&c: &usize| format!("&captures::{}", capture_name(unit, c));
            captures.iter().map(name).collect::<Vec<_>>().join(", ")
        };
        let captures = reached(unit, &specs.all());
        let (mut spare_entries, mut spare_captures) = (String::new(), String::new());
        if let Some(unit) = spares {
            for &spare in &specs.spares {
                let name = entry_name(&unit.specs[spare].tree);
                let _ = write!(spare_entries, "spare::functions::{name}, ");
            }
            spare_captures = names(&(&reached(unit, &specs.spares) - &captures));
        }
        let _ = writeln!(
            out,
            "static FUNCTION_{at}: Function = Function {{\n    qualname: {},\n    line: {},\n    params: &[{}],\n    entries: &[{entries}],\n    captures: &[{}],\n    spares: &[{spare_entries}],\n    spare_captures: &[{spare_captures}],\n    is_free: {},\n    hands_on: {},\n    vectorcall: call::<Module, {at}>,\n    state: State::new(),\n}};\n",
            literal(&def.qualname),
            def.first_line,
            params(&def.node.parameters),
            names(&captures),
            specs.all().iter().all(|&s| unit.specs[s].tree.is_free),
            specs.all().iter().any(|&s| unit.specs[s].tree.hands_on)
        );
    }
    let all: Vec<String> = (0..functions.len())
        .map(|i| format!("&FUNCTION_{i}"))
        .collect();
    let _ = writeln!(
        out,
        "impl Table for Module {{\n    const NAME: &'static std::ffi::CStr = {};\n    const SOURCE_HASH: &'static std::ffi::CStr = {};\n    const VERSION: &'static std::ffi::CStr = {};\n    const FUNCTIONS: &'static [&'static Function] = &[{}];\n}}\n\nsupport::attach::module!(PyInit_{extension}, Module);",
        c_literal(extension),
        c_literal(hash),
        c_literal(env!("CARGO_PKG_VERSION")),
        all.join(", ")
    );
    out
}
