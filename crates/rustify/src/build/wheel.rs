//! A wheel of drop-in and library, made by maturin from the crate.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::cache::Cache;
use crate::failure::Failure;
use crate::folder::Folder;
use crate::program;
use crate::toolchain::{Python, rust};

/// Builds a wheel of the crate into `DIR/wheels`.
pub fn build(
    maturin: &Path,
    crate_folder: &Path,
    output: &Folder,
    cache: &Cache,
    python: &Python,
) -> Result<PathBuf, Failure> {
    let wheels = output.sub("wheels")?;
    let before = wheels.files();
    let mut command = Command::new(maturin);
    rust::clean(&mut command)
        .current_dir(cache.folder().path())
        .env("PYO3_PYTHON", &python.executable)
        .args([
            "build",
            "--release",
            "--offline",
            "--locked",
            "--interpreter",
        ])
        .arg(&python.executable)
        .arg("--manifest-path")
        .arg(crate_folder.join("Cargo.toml"))
        .arg("--target-dir")
        .arg(cache.folder().path().join("build").join("wheel"))
        .arg("--out")
        .arg(wheels.path());
    let ended = program::run(&mut command, Duration::from_mins(15))
        .map_err(|e| Failure::environment(format!("maturin does not run: {e}")))?;
    if !ended.success() {
        return Err(
            Failure::environment("maturin could not build the wheel").detail(ended.errors(20))
        );
    }
    let made = |path: &PathBuf| path.extension().is_some_and(|e| e == "whl");
    let after: Vec<PathBuf> = wheels.files().into_iter().filter(made).collect();
    let new = after.iter().find(|path| !before.contains(path));
    new.or(after.last())
        .cloned()
        .ok_or_else(|| Failure::environment("maturin built no wheel"))
}
