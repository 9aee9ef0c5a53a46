//! A TODO names an issue.

use super::files::Tree;
use super::findings::Findings;

pub(super) fn check(tree: &Tree, findings: &mut Findings) {
    for file in tree
        .files
        .iter()
        .filter(|file| file.is_rust() || file.is_python())
    {
        if file.path.ends_with("tidy/todos.rs") {
            continue;
        }
        for (at, line) in file.text.lines().enumerate() {
            let bare = ["TODO", "FIXME", "XXX"].iter().any(|word| {
                line.split(|c: char| !c.is_alphanumeric() && c != '#' && c != '(')
                    .any(|found| found == *word)
            });
            if bare && !line.contains("TODO(#") && line.contains(['/', '#']) {
                findings.errors.push(format!(
                    "{}:{}: TODO without an issue number",
                    file.path,
                    at + 1
                ));
            }
        }
    }
}
