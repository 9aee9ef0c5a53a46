//! Licences, banned crates and sources of all dependencies, by the lists of `deny.toml`.
//!
//! `cargo deny` reads the same file and does more (advisories); it is run too where it
//! is installed. Compiling it would take longer than the rest of the lint.

use crate::failure::Failure;
use crate::shell::{Shell, output};

/// Checks every package of the dependency tree on all platforms.
pub(crate) fn check(shell: &Shell) -> Result<(), Failure> {
    let policy = std::fs::read_to_string(shell.root().join("deny.toml"))?;
    let allowed = strings_of_list(&policy, "allow");
    let banned: Vec<String> = policy
        .split("crate = \"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next().map(str::to_owned))
        .collect();
    let tree = output(
        shell
            .cargo()
            .args(["tree", "--workspace", "--locked", "--target", "all"])
            .args([
                "--edges",
                "normal,build,dev",
                "--prefix",
                "none",
                "--no-dedupe",
                "--format",
                "{p}|{l}|{r}",
            ]),
    )
    .ok_or_else(|| Failure::new("`cargo tree --locked` does not run: is Cargo.lock current?"))?;
    let mut lines: Vec<&str> = tree.lines().filter(|line| !line.is_empty()).collect();
    lines.sort_unstable();
    lines.dedup();
    let mut findings = Vec::new();
    for line in &lines {
        let mut fields = line.split('|');
        let package = fields.next().unwrap_or_default();
        let licence = fields.next().unwrap_or_default();
        let name = package.split(' ').next().unwrap_or_default();
        if banned.iter().any(|ban| ban == name) {
            findings.push(format!("{name} is banned by deny.toml"));
        }
        if !is_allowed(licence, &allowed) {
            findings.push(format!(
                "{package}: licence `{licence}` is not in deny.toml"
            ));
        }
        if package.contains("(git+") || package.contains("(http") {
            findings.push(format!(
                "{package}: only crates from the registry or this workspace"
            ));
        }
    }
    if !findings.is_empty() {
        return Err(Failure::new(findings.join("\n")));
    }
    println!("    {} packages, all with allowed licences", lines.len());
    if output(shell.cargo().args(["deny", "--version"])).is_some() {
        shell.run(shell.cargo().args(["deny", "check"]), "See deny.toml.")?;
    }
    Ok(())
}

/// The quoted words between `key = [` and `]`.
fn strings_of_list(text: &str, key: &str) -> Vec<String> {
    let start = format!("\n{key} = [");
    let Some((_, rest)) = text.split_once(&start) else {
        return Vec::new();
    };
    let body = rest.split(']').next().unwrap_or_default();
    body.split('"')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect()
}

/// SPDX without parentheses nesting: some side of every AND must have an allowed OR part.
fn is_allowed(licence: &str, allowed: &[String]) -> bool {
    let ok = |part: &str| {
        part.split(" OR ")
            .flat_map(|side| side.split('/'))
            .any(|side| {
                allowed
                    .iter()
                    .any(|word| word == side.trim().trim_matches(['(', ')']))
            })
    };
    !licence.is_empty() && licence.split(" AND ").all(ok)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_allowed_alternative_is_enough_and_every_conjunct_counts() {
        let allowed = vec!["MIT".to_owned(), "Unicode-3.0".to_owned()];
        assert!(is_allowed("MIT OR GPL-3.0", &allowed));
        assert!(is_allowed("(MIT OR Apache-2.0) AND Unicode-3.0", &allowed));
        assert!(!is_allowed("MIT AND GPL-3.0", &allowed));
        assert!(!is_allowed("", &allowed));
    }
}
