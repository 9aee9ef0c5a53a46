//! Imports inside functions: what they name is known as if the module had imported it, to those functions alone.

use crate::program::{Global, Program};

/// Modules that are imported without any effect that a program could see.
pub(crate) const HARMLESS: [&str; 12] = [
    "math",
    "cmath",
    "itertools",
    "functools",
    "operator",
    "collections",
    "heapq",
    "bisect",
    "string",
    "contextlib",
    "abc",
    "numpy",
];

impl Program<'_> {
    /// Gives meanings to the names that functions import.
    pub(crate) fn local_imports(&mut self) {
        let all: Vec<(String, String, Option<String>)> = self
            .functions
            .iter()
            .flat_map(|f| f.imports.iter().cloned())
            .collect();
        for (name, module, member) in all {
            if self.globals.contains_key(&name) || !HARMLESS.contains(&module.as_str()) {
                continue;
            }
            let global = match member {
                None => Global::Module(module),
                Some(member) => Global::Member(module, member),
            };
            self.globals.insert(name.clone(), global);
            self.imported.insert(name);
        }
    }

    /// Whether a name that a function imports means what the program knows it as.
    pub(crate) fn is_import(&self, name: &str, module: &str, member: Option<&str>) -> bool {
        match self.globals.get(name) {
            Some(Global::Module(m)) => member.is_none() && m == module,
            Some(Global::Member(m, n)) => m == module && member == Some(n.as_str()),
            _ => false,
        }
    }

    /// Whether a function or one around it imports a name.
    pub(crate) fn imports(&self, function: usize, name: &str) -> bool {
        let mut at = Some(function);
        while let Some(f) = at {
            if self.functions[f].imports.iter().any(|(n, ..)| n == name) {
                return true;
            }
            at = self.functions[f].parent;
        }
        false
    }
}
