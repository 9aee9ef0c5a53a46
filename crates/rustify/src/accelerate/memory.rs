//! Whole results in the cache: when nothing has changed, the same command answers at once.

use std::ffi::OsStr;
use std::path::Path;

use super::Options;
use crate::cache::Cache;
use crate::failure::Failure;
use crate::folder::Folder;
use crate::input::Input;
use crate::names::Key;
use crate::report::Report;
use crate::toolchain::{Python, Rust};

const KIND: &str = "results";

/// At most so many neighbouring files are looked at.
const MOST_NEIGHBOURS: usize = 2000;

/// What the result depends on: sources, program, arguments, interpreter, compiler, options, and the Python files
/// around them, which the program may import.
pub fn key(options: &Options, input: &Input, python: &Python, rust: Option<&Rust>) -> String {
    let mut key = with_tools(Key::of_this_build(), python, rust)
        .text(&format!("{:?}", options.choice))
        .text(&format!(
            "{} {} {} {} {} {} {} {}",
            options.iterations,
            options.seconds,
            options.benchmark,
            options.keep_slower,
            options.ml_mode,
            options.dry_run,
            options.wheel,
            options.no_regen,
        ))
        .text(&input.shown)
        .with(&input.bytes);
    if input.temporary.is_none() {
        key = key.text(&input.file.to_string_lossy());
        key = neighbours(key, input.file.parent(), None);
    }
    for argument in &options.arguments {
        key = key.text(argument);
    }
    if let Some(driver) = &options.driver {
        key = key
            .text(&driver.to_string_lossy())
            .with(&std::fs::read(driver).unwrap_or_default());
        key = neighbours(key, driver.parent(), None);
    }
    key.finish()
}

/// What the proof of one function depends on besides the file: interpreter, compiler, options, the Python files around.
pub fn key_of_proofs(
    options: &Options,
    input: &Input,
    python: &Python,
    rust: Option<&Rust>,
) -> Key {
    let key = with_tools(Key::of_this_build(), python, rust)
        .text(&format!(
            "{} {}",
            options.iterations,
            options.driver.is_some()
        ))
        .text(&input.place.module());
    if input.temporary.is_some() {
        return key;
    }
    neighbours(key, input.file.parent(), input.file.file_name())
}

fn with_tools(key: Key, python: &Python, rust: Option<&Rust>) -> Key {
    key.text(&python.executable.to_string_lossy())
        .text(&format!("{} {}", python.version_text(), python.numpy))
        .text(rust.map_or("", |r| r.rustc.as_str()))
}

/// Names, sizes and times of the Python files in a folder, but one.
fn neighbours(mut key: Key, folder: Option<&Path>, except: Option<&OsStr>) -> Key {
    let folder = match folder {
        Some(folder) if folder.as_os_str().is_empty() => Path::new("."),
        Some(folder) => folder,
        None => return key,
    };
    let mut found: Vec<String> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .filter(|entry| entry.path().extension().is_some_and(|e| e == "py"))
        .filter(|entry| except.is_none_or(|name| entry.file_name() != name))
        .take(MOST_NEIGHBOURS)
        .map(|entry| {
            let data = entry.metadata().ok();
            let time = data.as_ref().and_then(|d| d.modified().ok());
            let size = data.as_ref().map_or(0, std::fs::Metadata::len);
            format!("{} {size} {time:?}", entry.file_name().display())
        })
        .collect();
    found.sort();
    for text in found {
        key = key.text(&text);
    }
    key
}

/// Puts an earlier result into the output folder.
pub fn recall(cache: &Cache, key: &str, output: &Folder) -> Result<Option<Report>, Failure> {
    if !cache.has(KIND, key) {
        return Ok(None);
    }
    let entry = cache.entry(KIND, key)?;
    let kept = std::fs::read(entry.place("report.json")?)
        .ok()
        .and_then(|bytes| serde_json::from_slice::<Report>(&bytes).ok());
    let Some(mut report) = kept else {
        return Ok(None);
    };
    for (name, bytes) in crate::build::sources::read(&entry.place("files")?)? {
        output.write(&name, &bytes)?;
    }
    report.cached = true;
    Ok(Some(report))
}

/// Keeps a result: the report, and the files that were written, by their paths below the output folder.
pub fn keep(
    cache: &Cache,
    key: &str,
    output: &Folder,
    written: &[String],
    report: &Report,
) -> Result<(), Failure> {
    let entry = cache.entry(KIND, key)?;
    entry.remove("files")?;
    let files = entry.sub("files")?;
    for name in written {
        files.copy(&output.place(name)?, name)?;
    }
    entry.write("report.json", crate::report::json(report).as_bytes())?;
    cache.finish(KIND, key)
}
