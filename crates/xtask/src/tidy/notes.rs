//! Fragments under `changes/`: `NNNN.kind.md`, one or more sentences each.

use super::files::Tree;
use super::findings::Findings;

const KINDS: [&str; 5] = ["added", "changed", "fixed", "removed", "internal"];

pub(super) fn check(tree: &Tree, findings: &mut Findings) {
    for file in &tree.files {
        let Some(name) = file.path.strip_prefix("changes/") else {
            continue;
        };
        if name == "README.md" {
            continue;
        }
        let parts: Vec<&str> = name.split('.').collect();
        let well_named = matches!(parts[..], [number, kind, "md"]
            if !number.is_empty()
                && number.chars().all(|c| c.is_ascii_digit() || c == '-')
                && KINDS.contains(&kind));
        if !well_named {
            findings.errors.push(format!(
                "{}: wanted NNNN.{{{}}}.md",
                file.path,
                KINDS.join(",")
            ));
        }
        let text = file.text.trim();
        if !text.ends_with('.') || text.starts_with('#') {
            findings
                .errors
                .push(format!("{}: wanted plain sentences, no heading", file.path));
        }
    }
}
