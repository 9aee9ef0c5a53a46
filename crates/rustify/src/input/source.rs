//! The bytes and the text of a Python file.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use crate::failure::Failure;

/// Larger files are not read: nobody writes them by hand.
const MOST_BYTES: u64 = 16 << 20;

/// Reads a file.
pub fn read(path: &Path, shown: &str) -> Result<Vec<u8>, Failure> {
    let file = File::open(path).map_err(|e| Failure::usage(format!("cannot read {shown}: {e}")))?;
    if !file.metadata().is_ok_and(|m| m.is_file()) {
        return Err(Failure::usage(format!("{shown} is not a plain file")));
    }
    limited(file, shown)
}

/// Reads standard input.
pub fn standard_input() -> Result<Vec<u8>, Failure> {
    limited(std::io::stdin().lock(), "standard input")
}

fn limited(input: impl Read, shown: &str) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    input
        .take(MOST_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(|e| Failure::usage(format!("cannot read {shown}: {e}")))?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(Failure::usage(format!(
            "{shown} is larger than {} MiB",
            MOST_BYTES >> 20
        )));
    }
    Ok(bytes)
}

/// The text of Python source.
pub fn text(bytes: &[u8], shown: &str) -> Result<String, Failure> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if let Some(encoding) = declared(bytes)
        && !matches!(encoding.as_str(), "utf-8" | "utf8" | "ascii" | "us-ascii")
    {
        return Err(
            Failure::usage(format!("{shown} is written in {encoding}, not in UTF-8"))
                .help("Convert the file to UTF-8 and remove its coding line."),
        );
    }
    if bytes.contains(&0) {
        return Err(Failure::usage(format!(
            "{shown} holds a null byte, which Python does not accept"
        )));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.to_owned()),
        Err(e) => Err(
            Failure::usage(format!("{shown} is not UTF-8 at byte {}", e.valid_up_to()))
                .help("Convert the file to UTF-8."),
        ),
    }
}

/// The encoding that one of the first two lines declares, as PEP 263 has it.
fn declared(bytes: &[u8]) -> Option<String> {
    for line in bytes.split(|&b| b == b'\n').take(2) {
        let line = String::from_utf8_lossy(line);
        let line = line.trim_start();
        if !line.starts_with('#') {
            if line.is_empty() {
                continue;
            }
            return None;
        }
        let Some((_, rest)) = line.split_once("coding") else {
            continue;
        };
        let Some(rest) = rest.strip_prefix([':', '=']) else {
            continue;
        };
        let name: String = rest
            .trim_start()
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || "-_.".contains(*c))
            .collect();
        if !name.is_empty() {
            return Some(name.to_lowercase().replace('_', "-"));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_declarations() {
        assert_eq!(text(b"\xef\xbb\xbfx = 1", "f").expect("text"), "x = 1");
        assert!(text(b"# -*- coding: latin-1 -*-\n", "f").is_err());
        assert!(text(b"#!x\n# vim: set fileencoding=utf_8 :\n", "f").is_ok());
        assert!(text(b"x = '\xff'", "f").is_err());
        assert!(text(b"x\0", "f").is_err());
    }
}
