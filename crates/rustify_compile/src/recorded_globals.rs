//! Types of what the module keeps in names that nothing changes: tables that a function or a comprehension built, and
//! limits that were computed.
//!
//! The text of such a value does not tell its type, so what the recorder found counts. It is checked where the value is
//! read, as that of an argument is.

use std::collections::{BTreeMap, BTreeSet};

use rustify_types::Request;

use crate::lower::unit::Unit;
use crate::types::{self, Ty};

/// What every function of the program saw is joined: a table may be filled while the program runs.
pub(crate) fn learn(unit: &mut Unit<'_>, request: &Request) {
    let mut seen: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (name, sample) in request.functions.iter().flat_map(|f| &f.globals) {
        seen.entry(name).or_default().insert(&sample.0);
    }
    for (name, texts) in seen {
        if texts.contains("bigint") {
            unit.beyond_words.insert(name.to_owned());
        }
        if texts.iter().any(|t| !is_plain(t)) {
            continue;
        }
        let mut ty = Ty::Never;
        for text in texts {
            let one = types::parse(text, &mut unit.types, &|_| None);
            ty = unit.types.join(&ty, &one);
        }
        unit.recorded.insert(name.to_owned(), ty);
    }
}

/// Whether all is of types that need no look into instances, and every whole number fits a machine word.
fn is_plain(text: &str) -> bool {
    ["bigint", "instance[", "other[", "type[", "function"]
        .iter()
        .all(|odd| !text.contains(odd))
}
