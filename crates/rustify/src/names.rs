//! Names that are safe everywhere: digests, crate and library names, text inside Python and file names.

use sha2::{Digest, Sha256};

/// The SHA-256 of some bytes in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A digest of several parts; where one ends matters.
#[derive(Clone, Debug, Default)]
pub struct Key(Sha256);

impl Key {
    /// A key of nothing but the version of the tool.
    pub fn new() -> Self {
        Self::default().with(crate::VERSION.as_bytes())
    }

    /// A key that also tells one build of the tool from another of the same version.
    pub fn of_this_build() -> Self {
        let data = std::env::current_exe().and_then(std::fs::metadata).ok();
        let time = data.as_ref().and_then(|d| d.modified().ok());
        let size = data.map_or(0, |d| d.len());
        Self::new().text(&format!("{size} {time:?}"))
    }

    /// With one more part.
    #[must_use]
    pub fn with(mut self, part: &[u8]) -> Self {
        self.0.update((part.len() as u64).to_le_bytes());
        self.0.update(part);
        self
    }

    /// With one more text.
    #[must_use]
    pub fn text(self, part: &str) -> Self {
        self.with(part.as_bytes())
    }

    /// The digest, 32 hexadecimal digits.
    pub fn finish(self) -> String {
        hexadecimal(&self.0.finalize()[..16])
    }
}

/// A name as part of a Rust identifier: lower-case letters, digits and single underscores, never empty.
pub fn plain(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        } else if !out.is_empty() && !out.ends_with('_') {
            out.push('_');
        }
    }
    out.truncate(40);
    let out = out.trim_end_matches('_');
    if out.is_empty() || out.starts_with(|c: char| c.is_ascii_digit()) {
        format!("m{out}")
    } else {
        out.to_owned()
    }
}

/// The name of the extension of a module: `_euclidean_rs_1a2b3c4d`.
pub fn extension(module: &str, key: &str) -> String {
    format!("_{}_rs_{}", plain(last_part(module)), &key[..8])
}

/// The last part of a dotted name.
pub fn last_part(dotted: &str) -> &str {
    dotted.rsplit('.').next().unwrap_or(dotted)
}

/// Whether a text is a Python identifier of ASCII letters or other alphabetic characters.
pub fn is_identifier(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(|c| c == '_' || c.is_alphabetic())
        && chars.all(|c| c == '_' || c.is_alphanumeric())
}

/// A text as a literal of Python source, ASCII only.
pub fn python_literal(text: &str) -> String {
    let mut out = String::from("'");
    for c in text.chars() {
        match c {
            '\'' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            '\n' => out.push_str("\\n"),
            ' '..='~' => out.push(c),
            c if (c as u32) < 0x100 => out.push_str(&format!("\\x{:02x}", c as u32)),
            c if (c as u32) < 0x1_0000 => out.push_str(&format!("\\u{:04x}", c as u32)),
            c => out.push_str(&format!("\\U{:08x}", c as u32)),
        }
    }
    out.push('\'');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_identifiers() {
        for (name, plain_name) in [
            ("euclidean", "euclidean"),
            ("My-Mod 2", "my_mod_2"),
            ("fn", "fn"),
            ("3d", "m3d"),
            ("\"\n", "m"),
            ("größe", "gr_e"),
        ] {
            assert_eq!(plain(name), plain_name);
        }
        assert_eq!(extension("pkg.Mod", "0123456789abcdef"), "_mod_rs_01234567");
    }

    #[test]
    fn where_a_part_ends_matters() {
        let key = |a, b| Key::new().text(a).text(b).finish();
        assert_ne!(key("ab", "c"), key("a", "bc"));
        assert_eq!(key("ab", "c"), key("ab", "c"));
    }

    #[test]
    fn literals_hold_anything() {
        assert_eq!(
            python_literal("a'b\n\\é😀"),
            "'a\\'b\\n\\\\\\xe9\\U0001f600'"
        );
    }
}
