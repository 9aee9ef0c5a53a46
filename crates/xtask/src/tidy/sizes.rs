//! Files stay short: a warning above 500 lines, an error above 1,000.

use super::files::Tree;
use super::findings::Findings;

/// Marks a file that is data: one row a line, nothing to read in order.
const TABLE: &str = "tidy: table";

pub(super) fn check(tree: &Tree, findings: &mut Findings) {
    for file in tree
        .files
        .iter()
        .filter(|file| file.is_rust() || file.is_python())
    {
        let first = file.text.lines().next().unwrap_or_default();
        if first.contains(TABLE) || first.contains("@generated") {
            continue;
        }
        let lines = file.text.lines().count();
        if lines > 1000 {
            findings
                .errors
                .push(format!("{}: {lines} lines; 1,000 is the limit", file.path));
        } else if lines > 500 {
            findings.warnings.push(format!(
                "{}: {lines} lines; 100 to 300 read best",
                file.path
            ));
        }
    }
}
