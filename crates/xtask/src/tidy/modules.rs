//! No circles between the modules of a crate, and modules listed bottom-up.
//!
//! Each source file is a node; `crate::a::b` and `super::b` paths in its code are edges.
//! A file may use only modules that `lib.rs` or `mod.rs` lists above its own, and the
//! graph, re-exports included, may have no circle.

use super::files::{File, Tree};
use super::findings::Findings;
use super::paths::{Graph, uses};
use std::collections::BTreeMap;

pub(super) fn check(tree: &Tree, findings: &mut Findings) {
    let mut crates: BTreeMap<&str, Vec<&File>> = BTreeMap::new();
    for file in tree.files.iter().filter(|file| file.is_rust()) {
        let Some(rest) = file.path.strip_prefix("crates/") else {
            continue;
        };
        let Some((name, inside)) = rest.split_once("/src/") else {
            continue;
        };
        if !inside.starts_with("bin/") {
            crates.entry(name).or_default().push(file);
        }
    }
    for (name, files) in crates {
        check_crate(name, &files, findings);
    }
}

/// `crates/x/src/a/b.rs` is `a::b`, `a/mod.rs` is `a`, `lib.rs` is the empty path.
fn module_of(path: &str) -> Vec<String> {
    let inside = path.split_once("/src/").map_or(path, |(_, inside)| inside);
    let inside = inside.strip_suffix(".rs").unwrap_or(inside);
    let mut parts: Vec<String> = inside.split('/').map(str::to_owned).collect();
    if matches!(
        parts.last().map(String::as_str),
        Some("mod" | "lib" | "main")
    ) {
        parts.pop();
    }
    parts
}

/// The `mod x;` lines of a file, in order.
fn listed(code: &str) -> Vec<String> {
    code.lines()
        .filter_map(|line| {
            let line = line.trim().strip_suffix(';')?;
            let at = line.find("mod ")?;
            let before = line[..at].trim();
            (before.is_empty() || before.starts_with("pub"))
                .then(|| line[at + 4..].trim().to_owned())
        })
        .collect()
}

fn check_crate(name: &str, files: &[&File], findings: &mut Findings) {
    let modules: BTreeMap<Vec<String>, &File> = files
        .iter()
        .map(|file| (module_of(&file.path), *file))
        .collect();
    let order: BTreeMap<Vec<String>, Vec<String>> = modules
        .iter()
        .map(|(module, file)| (module.clone(), listed(&file.code())))
        .collect();
    let mut graph = Graph::default();
    for (module, file) in &modules {
        for target in uses(&file.code(), module) {
            let target = longest_module(&target, &modules);
            if target == *module {
                continue;
            }
            graph.add(&shown(name, module), &shown(name, &target));
            if let Some(text) = out_of_order(module, &target, &order) {
                findings.errors.push(format!("{}: {text}", file.path));
            }
        }
    }
    for circle in graph.circles() {
        findings
            .errors
            .push(format!("circle between modules: {}", circle.join(" -> ")));
    }
}

/// The module that a path leads into: its longest prefix that is a file.
fn longest_module(path: &[String], modules: &BTreeMap<Vec<String>, &File>) -> Vec<String> {
    (0..=path.len())
        .rev()
        .map(|n| path[..n].to_vec())
        .find(|prefix| modules.contains_key(prefix))
        .unwrap_or_default()
}

fn out_of_order(
    from: &[String],
    to: &[String],
    order: &BTreeMap<Vec<String>, Vec<String>>,
) -> Option<String> {
    let shared = from.iter().zip(to).take_while(|(a, b)| a == b).count();
    let (mine, other) = (from.get(shared)?, to.get(shared)?);
    let list = order.get(&from[..shared])?;
    let at = |name: &String| list.iter().position(|listed| listed == name);
    (at(other)? > at(mine)?).then(|| format!("uses `{}`, which is listed below it", to.join("::")))
}

fn shown(name: &str, module: &[String]) -> String {
    let mut parts = vec![name.to_owned()];
    parts.extend(module.iter().cloned());
    parts.join("::")
}
