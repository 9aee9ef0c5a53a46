//! Building the wheel once, in the profile that is shipped, and installing it.

use crate::failure::Failure;
use crate::python::{self, Environment};
use crate::shell::Shell;
use std::path::PathBuf;
use std::time::SystemTime;

/// Builds the wheel for the environment's Python; the path of the file.
pub(crate) fn build(shell: &Shell) -> Result<PathBuf, Failure> {
    build_for(shell, &python::environment(shell)?)
}

fn build_for(shell: &Shell, environment: &Environment) -> Result<PathBuf, Failure> {
    shell.step("Building the wheel (optimised; several minutes from scratch, seconds when nothing changed)");
    let out = shell.root().join("target/wheels");
    shell.run(
        shell
            .program(&environment.python)
            .args(["-m", "maturin", "build", "--locked", "--out"])
            .arg(&out)
            .arg("--interpreter")
            .arg(&environment.python),
        "See the compiler's message above; the first build also downloads crates, which needs the network.",
    )?;
    newest_wheel(&out, &environment.tag())
}

/// Builds and installs the wheel; the environment that now holds it.
pub(crate) fn installed(shell: &Shell) -> Result<Environment, Failure> {
    let environment = python::environment(shell)?;
    let wheel = build_for(shell, &environment)?;
    shell.step("Installing the wheel");
    shell.run(
        shell
            .program(&environment.python)
            .args([
                "-m",
                "pip",
                "--disable-pip-version-check",
                "install",
                "--quiet",
                "--no-deps",
            ])
            .args(["--no-index", "--force-reinstall"])
            .arg(wheel),
        "The wheel does not install.",
    )?;
    Ok(environment)
}

fn newest_wheel(folder: &std::path::Path, tag: &str) -> Result<PathBuf, Failure> {
    let mut best: Option<(SystemTime, PathBuf)> = None;
    for entry in std::fs::read_dir(folder)?.flatten() {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if !name.starts_with("numpy_rs-")
            || !name.contains(tag)
            || path.extension().is_none_or(|found| found != "whl")
        {
            continue;
        }
        let made = entry.metadata()?.modified()?;
        if best.as_ref().is_none_or(|(time, _)| made > *time) {
            best = Some((made, path));
        }
    }
    best.map(|(_, path)| path)
        .ok_or_else(|| Failure::new(format!("no wheel for {tag} in {}", folder.display())))
}
