//! Rules of the house that no other tool checks; each file here is one rule.

mod files;
mod findings;
mod paths;
mod layers;
mod modules;
mod names;
mod notes;
mod python_circles;
mod sizes;
mod todos;
mod unsafety;

use crate::failure::Failure;
use findings::Findings;
use std::path::Path;

/// Runs every rule over the tree.
pub(crate) fn tidy(root: &Path) -> Result<(), Failure> {
    let tree = files::Tree::read(root)?;
    let mut findings = Findings::default();
    layers::check(&tree, &mut findings);
    modules::check(&tree, &mut findings);
    python_circles::check(&tree, &mut findings);
    sizes::check(&tree, &mut findings);
    names::check(&tree, &mut findings);
    unsafety::check(&tree, &mut findings);
    todos::check(&tree, &mut findings);
    notes::check(&tree, &mut findings);
    for warning in &findings.warnings {
        println!("    warning: {warning}");
    }
    if findings.errors.is_empty() {
        println!("    tidy: {} files, no findings", tree.files.len());
        return Ok(());
    }
    let lines: Vec<String> = findings
        .errors
        .iter()
        .map(|error| format!("      {error}"))
        .collect();
    Err(Failure::new(format!(
        "{} findings\n{}",
        lines.len(),
        lines.join("\n")
    )))
}
