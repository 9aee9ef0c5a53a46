//! Which functions a compiler error belongs to, by the place in the generated crate that it points at.

use std::path::Path;

use serde_json::Value;

/// What stands before the name of a translation for other argument types than the recorded ones.
pub const SPARE: &str = "spare ";

/// The names around the places of a compiler message: Rust functions, or qualified names in the tables.
pub fn of(message: &Value, crate_folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for span in message["spans"].as_array().into_iter().flatten() {
        if span["is_primary"] != true {
            continue;
        }
        let (Some(file), Some(line)) = (span["file_name"].as_str(), span["line_start"].as_u64())
        else {
            continue;
        };
        let text = std::fs::read_to_string(crate_folder.join(file)).unwrap_or_default();
        let above: Vec<&str> = text.lines().take(line as usize).collect();
        if let Some(name) = above.iter().rev().find_map(|line| named(line)) {
            let is_spare = Path::new(file).file_stem().is_some_and(|f| f == "spares");
            found.push(if is_spare {
                format!("{SPARE}{name}")
            } else {
                name.to_owned()
            });
        }
    }
    found
}

/// The function that a line begins.
fn named(line: &str) -> Option<&str> {
    let line = line.trim_start();
    if let Some(rest) = line.strip_prefix("qualname: \"") {
        return rest.split('"').next();
    }
    let (_, rest) = line.split_once("fn ")?;
    let name = rest.split(['(', '<']).next()?;
    Some(name.strip_suffix("_entry").unwrap_or(name))
}

/// Whether a name in the crate stands for a Python function: the same letters, and perhaps a number behind them.
pub fn stands_for(name: &str, qualname: &str) -> bool {
    let letters = |text: &str| -> String {
        text.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect()
    };
    let numberless = name
        .rsplit_once('_')
        .filter(|(_, number)| number.bytes().all(|b| b.is_ascii_digit()))
        .map_or(name, |(front, _)| front);
    letters(name) == letters(qualname) || letters(numberless) == letters(qualname)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_again() {
        assert!(stands_for("Vector___init___12", "Vector.__init__"));
        assert!(stands_for("f__locals__g_3", "f.<locals>.g"));
        assert!(!stands_for("ff_1", "f"));
        assert_eq!(
            named("pub(crate) fn work_3_entry(a: A) -> B {"),
            Some("work_3")
        );
        assert_eq!(named("    qualname: \"C.m\","), Some("C.m"));
        assert_eq!(named("    let x = 1;"), None);
    }
}
