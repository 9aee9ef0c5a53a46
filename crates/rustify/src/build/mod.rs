//! From the text of a crate to a library, or to a wheel.

pub mod sources;
pub mod suspects;
pub mod cargo;
pub mod wheel;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::cache::Cache;
use crate::console::Stage;
use crate::failure::Failure;
use crate::names::Key;
use crate::program;
use crate::toolchain::{Python, Rust};

/// Why there is no library.
#[derive(Debug)]
pub enum NotBuilt {
    /// Something else went wrong.
    Failed(Failure),
    /// The compiler refused the crate; the names are those around its errors.
    Broken(Failure, Vec<String>),
}

impl From<Failure> for NotBuilt {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl From<NotBuilt> for Failure {
    fn from(not: NotBuilt) -> Self {
        match not {
            NotBuilt::Failed(failure) | NotBuilt::Broken(failure, _) => failure,
        }
    }
}

/// The compiled library of a crate, from the cache where the same crate was built before.
pub fn library(
    cache: &Cache,
    crate_folder: &Path,
    python: &Python,
    rust: &Rust,
    stage: &Stage,
) -> Result<(PathBuf, bool), NotBuilt> {
    let mut key = Key::new().text(&python.abi()).text(&rust.rustc);
    for (name, bytes) in sources::read(crate_folder)? {
        key = key.text(&name).with(&bytes);
    }
    let key = key.finish();
    let name = format!("library{}", python.suffix);
    if cache.has("libraries", &key) {
        return Ok((cache.path("libraries", &key).join(name), true));
    }
    let built = cargo::build(
        crate_folder,
        &cache.target(python, rust)?,
        cache,
        python,
        stage,
    )?;
    let kept = cache.entry("libraries", &key)?.copy(&built, name)?;
    try_out(&kept, &built, python)?;
    cache.finish("libraries", &key)?;
    Ok((kept, false))
}

const LOAD: &str = "\
import importlib.machinery, importlib.util, sys
name, path = sys.argv[1:3]
loader = importlib.machinery.ExtensionFileLoader(name, path)
loader.exec_module(importlib.util.module_from_spec(importlib.util.spec_from_file_location(name, path, loader=loader)))
";

/// Loads a new library once, so that one that does not fit the interpreter is found with its reason.
fn try_out(library: &Path, built: &Path, python: &Python) -> Result<(), Failure> {
    let stem = built.file_stem().unwrap_or_default().to_string_lossy();
    let name = stem.strip_prefix("lib").unwrap_or(&stem);
    let ended = program::run(
        Command::new(&python.executable)
            .args(["-I", "-c", LOAD, name])
            .arg(library),
        Duration::from_mins(1),
    )
    .map_err(|e| Failure::environment(format!("Python does not run: {e}")))?;
    if ended.success() {
        return Ok(());
    }
    Err(
        Failure::environment("Python cannot load the compiled library; this is a fault of rustify")
            .detail(ended.errors(3))
            .help("Please report it, with the versions of Python and Rust."),
    )
}
