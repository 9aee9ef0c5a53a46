//! Maturin, which makes wheels; only needed when one is asked for.

use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use super::Python;
use crate::failure::Failure;
use crate::program;

/// Finds maturin beside the interpreter or on the path.
pub fn probe(python: &Python) -> Result<PathBuf, Failure> {
    let name = if cfg!(windows) {
        "maturin.exe"
    } else {
        "maturin"
    };
    let beside = python.executable.with_file_name(name);
    let candidates = [beside, PathBuf::from(name)];
    candidates
        .into_iter()
        .find(|path| {
            program::run(Command::new(path).arg("--version"), Duration::from_secs(30))
                .is_ok_and(|ended| ended.success())
        })
        .ok_or_else(|| {
            Failure::environment("maturin is not installed, and --wheel needs it").help(format!(
                "Install it: {} -m pip install maturin",
                python.executable.display()
            ))
        })
}
