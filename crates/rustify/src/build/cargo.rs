//! Calls of cargo: apart from the user's settings, from the folder of the cache, offline once everything is fetched.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use serde_json::Value;

use super::{NotBuilt, suspects};
use crate::cache::Cache;
use crate::console::Stage;
use crate::failure::Failure;
use crate::program::{self, Ended};
use crate::toolchain::{Python, rust};

const LIMIT: Duration = Duration::from_mins(15);

/// Builds a crate and answers where its library is.
pub fn build(
    crate_folder: &Path,
    target: &Path,
    cache: &Cache,
    python: &Python,
    stage: &Stage,
) -> Result<PathBuf, NotBuilt> {
    let mut library = None;
    let (mut errors, mut names) = (String::new(), Vec::new());
    let mut command = cargo(cache, python);
    command
        .args(["build", "--release", "--offline", "--locked"])
        .arg("--message-format=json")
        .arg("--manifest-path")
        .arg(crate_folder.join("Cargo.toml"))
        .arg("--target-dir")
        .arg(target);
    let ended = run(&mut command, |line| {
        let Ok(message) = serde_json::from_str::<Value>(line) else {
            return;
        };
        if message["reason"] == "compiler-message" && message["message"]["level"] == "error" {
            errors.push_str(message["message"]["rendered"].as_str().unwrap_or_default());
            names.extend(suspects::of(&message["message"], crate_folder));
        }
        if message["reason"] != "compiler-artifact" {
            return;
        }
        if let Some(name) = message["target"]["name"].as_str() {
            stage.doing(name);
        }
        let kinds = message["target"]["kind"].as_array();
        if kinds.is_some_and(|kinds| kinds.iter().any(|kind| kind == "cdylib")) {
            library = message["filenames"].as_array().and_then(|names| {
                names
                    .iter()
                    .filter_map(Value::as_str)
                    .map(PathBuf::from)
                    .find(|path| is_library(path))
            });
        }
    })?;
    if !ended.success() {
        return Err(if errors.is_empty() {
            broken(&ended).into()
        } else {
            NotBuilt::Broken(refused(&errors), names)
        });
    }
    library.ok_or_else(|| Failure::environment("cargo built no library").into())
}

/// Fetches what a crate depends on.
pub fn fetch(crate_folder: &Path, cache: &Cache, python: &Python) -> Result<(), Failure> {
    let mut command = cargo(cache, python);
    command
        .args(["fetch", "--locked", "--manifest-path"])
        .arg(crate_folder.join("Cargo.toml"));
    let ended = run(&mut command, |_| {})?;
    if ended.success() {
        return Ok(());
    }
    Err(
        Failure::environment("cargo could not fetch the crates that builds need")
            .detail(ended.errors(8))
            .help("Check the network and run `rustify setup` again; it is needed only once."),
    )
}

/// Whether what a crate depends on has been fetched.
pub fn is_fetched(crate_folder: &Path, cache: &Cache, python: &Python) -> Result<bool, Failure> {
    let mut command = cargo(cache, python);
    command
        .args(["fetch", "--locked", "--offline", "--manifest-path"])
        .arg(crate_folder.join("Cargo.toml"));
    Ok(run(&mut command, |_| {})?.success())
}

fn cargo(cache: &Cache, python: &Python) -> Command {
    let mut command = Command::new("cargo");
    rust::clean(&mut command)
        .current_dir(cache.folder().path())
        .env("PYO3_PYTHON", &python.executable)
        .env("CARGO_TERM_COLOR", "never")
        .env("CARGO_TERM_PROGRESS_WHEN", "never");
    if cfg!(target_os = "macos") {
        command.env(
            "CARGO_ENCODED_RUSTFLAGS",
            "-Clink-arg=-undefined\x1f-Clink-arg=dynamic_lookup",
        );
    }
    command
}

fn run(command: &mut Command, line: impl FnMut(&str)) -> Result<Ended, Failure> {
    let ended = program::run_watched(command, LIMIT, line)
        .map_err(|e| Failure::environment(format!("cargo does not run: {e}")))?;
    if ended.status.is_none() {
        return Err(Failure::environment(format!(
            "cargo did not end within {} s",
            LIMIT.as_secs()
        )));
    }
    Ok(ended)
}

fn broken(ended: &Ended) -> Failure {
    let errors = ended.errors(400);
    let missing = errors.contains("--offline") || errors.contains("no matching package");
    if missing {
        return Failure::environment("the crates that builds need have not been fetched")
            .detail(ended.errors(8))
            .help("Fetch them once: rustify setup");
    }
    Failure::environment("cargo could not build the crate").detail(ended.errors(40))
}

fn refused(errors: &str) -> Failure {
    let lines: Vec<&str> = errors.lines().take(60).collect();
    Failure::environment("the generated crate does not compile; this is a fault of rustify")
        .detail(lines.join("\n"))
        .help("Please report it with the Python file. --function NAME leaves other functions out.")
}

fn is_library(path: &Path) -> bool {
    path.extension()
        .is_some_and(|e| e == "so" || e == "dylib" || e == "dll" || e == "pyd")
}
