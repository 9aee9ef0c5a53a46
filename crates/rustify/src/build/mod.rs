//! From the text of a crate to a library, or to a wheel.

pub mod sources;
pub mod cargo;
pub mod wheel;

use std::path::{Path, PathBuf};

use crate::cache::Cache;
use crate::console::Stage;
use crate::failure::Failure;
use crate::names::Key;
use crate::toolchain::{Python, Rust};

/// The compiled library of a crate, from the cache where the same crate was built before.
pub fn library(
    cache: &Cache,
    crate_folder: &Path,
    python: &Python,
    rust: &Rust,
    stage: &Stage,
) -> Result<(PathBuf, bool), Failure> {
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
    cache.finish("libraries", &key)?;
    Ok((kept, false))
}
