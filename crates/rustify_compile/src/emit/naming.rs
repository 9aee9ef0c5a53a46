//! The names of constants and of names outside in the emitted files.

use crate::lower::unit::{Constant, Place, Unit};
use crate::names;

/// The part of a text that a name may show.
fn slug(text: &str) -> String {
    let slug: String = text
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() {
                c.to_ascii_lowercase()
            } else {
                '_'
            }
        })
        .take(24)
        .collect();
    slug.trim_matches('_').to_owned()
}

/// The name of the function that gives a constant.
pub(super) fn constant_name(unit: &Unit<'_>, at: usize) -> String {
    match &unit.constants[at] {
        Constant::Text(bytes) => format!("text_{at}_{}", slug(&String::from_utf8_lossy(bytes))),
        Constant::Bytes(_) => format!("bytes_{at}"),
        Constant::Big(text) => format!("int_{at}_{}", slug(text)),
        Constant::Name(name) => format!("name_{at}_{}", slug(name)),
        Constant::Names(_) => format!("names_{at}"),
    }
}

/// The name of the static of a name outside.
pub(super) fn capture_name(unit: &Unit<'_>, at: usize) -> String {
    let name = match &unit.captures[at] {
        Place::Global(name) => format!("GLOBAL_{name}"),
        Place::Builtin(name) => format!("BUILTIN_{name}"),
        Place::Attribute(module, name) => format!("{}_{name}", module.replace('.', "_")),
        Place::Function(name) => format!("FUNCTION_{name}"),
        Place::Member(module, name) => format!("MEMBER_{module}_{name}"),
        Place::Pattern(text) => format!("PATTERN_{}", slug(text)),
        Place::Class(name) => format!("CLASS_{}", name.replace('.', "_")),
        Place::Module(name) => format!("MODULE_{}", name.replace('.', "_")),
        Place::Lambda(table, line, _) => format!("LAMBDA_{table}_{line}"),
    };
    format!("{}_{at}", names::rust(&name).to_ascii_uppercase())
}
