//! No circles between the modules of the Python package at import time.
//!
//! Only imports at the left margin count: one inside a function runs after loading.

use super::files::Tree;
use super::findings::Findings;
use super::paths::Graph;
use std::collections::BTreeSet;

const PACKAGE: &str = "python/numpy_rs";

pub(super) fn check(tree: &Tree, findings: &mut Findings) {
    let files: Vec<_> = tree
        .files
        .iter()
        .filter(|file| file.is_python() && file.path.starts_with(PACKAGE))
        .collect();
    let mut modules: BTreeSet<String> = files.iter().map(|file| module_of(&file.path)).collect();
    modules.insert("numpy_rs._native".to_owned());
    let mut graph = Graph::default();
    for file in &files {
        let module = module_of(&file.path);
        let is_package = file.path.ends_with("/__init__.py");
        for target in imports(&file.text, &module, is_package, &modules) {
            if target != module {
                graph.add(&module, &target);
            }
        }
        for line in file.text.lines() {
            if line.starts_with("import numpy") || line.starts_with("from numpy") {
                findings
                    .errors
                    .push(format!("{}: `{line}`: import only relatively", file.path));
            }
        }
    }
    for circle in graph.circles() {
        findings.errors.push(format!(
            "circle between Python modules: {}",
            circle.join(" -> ")
        ));
    }
}

fn module_of(path: &str) -> String {
    let inside = path.strip_prefix("python/").unwrap_or(path);
    let inside = inside.strip_suffix(".py").unwrap_or(inside);
    inside
        .strip_suffix("/__init__")
        .unwrap_or(inside)
        // The package's path leads there too.
        .replace("/_beyond/", "/")
        .replace('/', ".")
}

/// Modules of the package that `from .a import b` lines at the margin load.
fn imports(
    text: &str,
    module: &str,
    is_package: bool,
    modules: &BTreeSet<String>,
) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let first = text.starts_with("from .").then_some(0);
    for start in first
        .into_iter()
        .chain(text.match_indices("\nfrom .").map(|(at, _)| at + 1))
    {
        let statement = &text[start + 5..];
        let Some((source, names)) = statement.split_once(" import ") else {
            continue;
        };
        let dots = source.len() - source.trim_start_matches('.').len();
        let mut base: Vec<&str> = module.split('.').collect();
        let up = if is_package { dots - 1 } else { dots };
        base.truncate(base.len().saturating_sub(up));
        let named = source.trim_start_matches('.');
        if !named.is_empty() {
            base.extend(named.split('.'));
        }
        let base = base.join(".");
        let names = match names.strip_prefix('(') {
            Some(inside) => inside.split(')').next().unwrap_or_default(),
            None => names.split('\n').next().unwrap_or_default(),
        };
        for name in names.split(',') {
            let name = name.split('#').next().unwrap_or_default();
            let name = name.split_whitespace().next().unwrap_or_default();
            let submodule = format!("{base}.{name}");
            if modules.contains(&submodule) {
                found.insert(submodule);
            } else if modules.contains(&base) {
                found.insert(base.clone());
            }
        }
    }
    found
}
