//! Python's names as Rust's.

/// Words that Rust keeps for itself, and names that the emitted files use.
const TAKEN: [&str; 72] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate",
    "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl",
    "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref",
    "return", "self", "Self", "static", "struct", "super", "trait", "true", "try", "type",
    "typeof", "union", "unsafe", "unsized", "use", "virtual", "where", "while", "yield", "any",
    "array", "attach", "attempt", "builtins", "callable", "capture", "exc", "float", "int", "list",
    "math", "num", "partials", "range", "text", "tuple", "value", "_",
];

/// A name that Rust takes: letters, digits and underscores, no keyword.
pub(crate) fn rust(name: &str) -> String {
    let mut out: String = name
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || c == '_' {
                c.to_string()
            } else {
                format!("u{:x}", c as u32)
            }
        })
        .collect();
    if out.starts_with(|c: char| c.is_ascii_digit()) {
        out.insert(0, '_');
    }
    if TAKEN.contains(&out.as_str()) || out.is_empty() {
        out.push('_');
    }
    out
}

/// A name for a function: in lower case, with underscores for dots.
pub(crate) fn function(qualname: &str) -> String {
    rust(&qualname.replace('.', "_"))
}
