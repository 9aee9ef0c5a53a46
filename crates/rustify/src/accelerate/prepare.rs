//! Reading the file and watching the program that uses it.

use std::path::{Path, PathBuf};

use rustify_types::Reason;

use super::Options;
use crate::cache::Cache;
use crate::console::Console;
use crate::failure::{Failure, shown};
use crate::input::Input;
use crate::report;
use crate::select::{self, Choice, Target};
use crate::stages::{Stages, Watch, Watched};
use crate::toolchain::{Python, Rust};

/// What the work is done with.
#[derive(Clone, Copy)]
pub struct Workshop<'a> {
    /// What was asked for.
    pub options: &'a Options,
    /// Watching, compiling, comparing.
    pub stages: &'a dyn Stages,
    /// Whom to tell.
    pub console: &'a Console,
    /// What is kept.
    pub cache: &'a Cache,
}

/// The programs that were found; without Rust nothing is built.
#[derive(Debug)]
pub struct Tools {
    /// The interpreter.
    pub python: Python,
    /// Cargo and the compiler.
    pub rust: Option<Rust>,
    /// Maturin.
    pub maturin: Option<PathBuf>,
}

/// A file that has been read and watched.
#[derive(Debug)]
pub struct Prepared {
    /// The file.
    pub input: Input,
    /// Its functions.
    pub targets: Vec<Target>,
    /// What the profile said.
    pub watched: Watched,
    /// Where recorded inputs lie; removed with this.
    pub recording: tempfile::TempDir,
}

/// Whether the file is Python at all, before anything of it runs.
pub fn check_source(input: &Input, shop: &Workshop<'_>) -> Result<(), Failure> {
    match shop.stages.functions(&input.text) {
        Ok(found) if found.is_empty() => Err(Failure::nothing(format!(
            "{} defines no functions",
            input.shown
        ))
        .help("Put the slow part into a function; code of the module itself runs once.")),
        Ok(_) => Ok(()),
        Err(reason) => Err(syntax_error(input, &reason, shop)),
    }
}

/// A syntax error, shown at its place.
pub fn syntax_error(input: &Input, reason: &Reason, shop: &Workshop<'_>) -> Failure {
    let color = shop.console.color();
    let text = report::diagnostics::error(&input.shown, reason, &input.text, color);
    Failure::usage(format!("{} is not Python", input.shown)).detail(text)
}

/// Watches the program, and marks what is chosen.
pub fn prepare(shop: &Workshop<'_>, input: Input, python: &Python) -> Result<Prepared, Failure> {
    let options = shop.options;
    let defined = shop
        .stages
        .functions(&input.text)
        .map_err(|reason| syntax_error(&input, &reason, shop))?;
    if let Choice::Named(_) = options.choice {
        // A misspelt name is found before the program runs.
        select::select(&defined, &[], 0.0, &options.choice, &input.text)?;
    }
    if let Some(driver) = options.driver.as_ref().filter(|path| !path.is_file()) {
        return Err(Failure::usage(format!(
            "there is no driver {}",
            shown(driver)
        )));
    }
    let program = options
        .driver
        .as_deref()
        .map_or_else(|| input.shown.clone(), shown);
    if !options.yes {
        shop.console.confirm(&format!(
            "rustify runs {program} with your rights to watch it. Go on?"
        ))?;
    }
    let folder = shop.cache.folder().path();
    let recording = tempfile::Builder::new()
        .prefix("recording-")
        .tempdir_in(folder)
        .map_err(|e| Failure::file("cannot write in", folder, &e))?;
    let module = input.place.module();
    let watched = {
        let stage = shop.console.stage("profile");
        stage.doing(&program);
        let watch = watch(options, &input, python, &module, recording.path());
        shop.stages.profile(&watch, &stage)?
    };
    match std::fs::read(&input.file) {
        Ok(bytes) if bytes == input.bytes => {}
        Ok(_) => {
            return Err(Failure::nothing(format!(
                "the program changed {}",
                input.shown
            )));
        }
        Err(_) => {
            return Err(Failure::nothing(format!(
                "the program removed {}",
                input.shown
            )));
        }
    }
    let targets = select::select(
        &defined,
        &watched.functions,
        watched.python_seconds,
        &options.choice,
        &input.text,
    )?;
    Ok(Prepared {
        input,
        targets,
        watched,
        recording,
    })
}

/// What to watch, and later to compare with.
pub fn watch<'a>(
    options: &'a Options,
    input: &'a Input,
    python: &'a Python,
    module: &'a str,
    recording: &'a Path,
) -> Watch<'a> {
    Watch {
        python,
        file: &input.file,
        root: &input.place.root,
        module,
        driver: options.driver.as_deref(),
        arguments: &options.arguments,
        seconds: options.seconds,
        iterations: options.iterations,
        recording,
    }
}
