//! A wheel of library, drop-in and loader: maturin makes it from the crate, the Python files are added.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::cache::Cache;
use crate::failure::Failure;
use crate::folder::Folder;
use crate::program;
use crate::toolchain::{Python, rust};

/// What goes into a wheel.
#[derive(Clone, Debug)]
pub struct Wheel<'a> {
    /// The program maturin.
    pub maturin: &'a Path,
    /// The crate.
    pub crate_folder: &'a Path,
    /// Where the wheel goes, below `wheels`.
    pub output: &'a Folder,
    /// The Python files, and their names inside the wheel.
    pub files: Vec<(PathBuf, String)>,
    /// The interpreter.
    pub python: &'a Python,
}

/// Builds the wheel.
pub fn build(wheel: &Wheel<'_>, cache: &Cache) -> Result<PathBuf, Failure> {
    let wheels = wheel.output.sub("wheels")?;
    for old in wheels.files().into_iter().filter(is_wheel) {
        let name = old.file_name().map(PathBuf::from).unwrap_or_default();
        wheels.remove(name)?;
    }
    let mut command = Command::new(wheel.maturin);
    rust::clean(&mut command)
        .current_dir(cache.folder().path())
        .env("PYO3_PYTHON", &wheel.python.executable)
        .args(["build", "--release", "--offline", "--locked"])
        .arg("--interpreter")
        .arg(&wheel.python.executable)
        .arg("--manifest-path")
        .arg(wheel.crate_folder.join("Cargo.toml"))
        .arg("--target-dir")
        .arg(cache.folder().sub("build")?.path().join("wheel"))
        .arg("--out")
        .arg(wheels.path());
    run(&mut command, "maturin could not build the wheel")?;
    let built = wheels.files().into_iter().find(is_wheel);
    let built = built.ok_or_else(|| Failure::environment("maturin built no wheel"))?;
    let mut command = Command::new(&wheel.python.executable);
    command
        .args(["-I", "-c", include_str!("bundle.py.in")])
        .arg(&built);
    for (path, name) in &wheel.files {
        command.arg(path).arg(name);
    }
    run(&mut command, "cannot add the drop-in to the wheel")?;
    Ok(built)
}

fn run(command: &mut Command, failed: &str) -> Result<(), Failure> {
    let ended = program::run(command, Duration::from_mins(15))
        .map_err(|e| Failure::environment(format!("{failed}: {e}")))?;
    if ended.success() {
        Ok(())
    } else {
        Err(Failure::environment(failed).detail(ended.errors(20)))
    }
}

fn is_wheel(path: &PathBuf) -> bool {
    path.extension().is_some_and(|e| e == "whl")
}
