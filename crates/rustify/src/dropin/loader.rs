//! The text of the loader: it checks that the library fits this Python and this source, then attaches it.

use super::Native;
use crate::names::python_literal;

/// The loader's text.
///
/// `bytes_hash` belongs to the original file, `text_hash` to the text that was compiled.
pub fn text(
    native: &Native<'_>,
    bytes_hash: &str,
    text_hash: &str,
    ships: &[String],
    without_spares: &[String],
) -> String {
    let lines = |names: &[String]| -> String {
        let line = |name: &String| format!("    {},\n", python_literal(name));
        names.iter().map(line).collect()
    };
    let (shipped, recorded_only) = (lines(ships), lines(without_spares));
    let constants = format!(
        "\
EXTENSION = {extension}
LIBRARY = {library}
PYTHON = ({major}, {minor})
SUFFIX = {suffix}
FILE_HASH = {bytes_hash}
SOURCE_HASH = {text_hash}
RUSTIFY_VERSION = {version}
# The functions that run in Rust. Take one out, and it stays Python.
SHIPPED = (
{shipped})
# Those of them that run in Rust for arguments of the recorded types only.
RECORDED_ONLY = (
{recorded_only})
",
        extension = python_literal(native.extension),
        library = python_literal(&native.file_name()),
        major = native.python.version.0,
        minor = native.python.version.1,
        suffix = python_literal(&native.python.suffix),
        bytes_hash = python_literal(bytes_hash),
        text_hash = python_literal(text_hash),
        version = python_literal(crate::VERSION),
    );
    BODY.replace("@CONSTANTS@\n", &constants)
}

const BODY: &str = include_str!("loader.py.in");
