//! The stages that other crates do, behind one trait, so that tests of the command can bring a tiny compiler.

use std::path::{Path, PathBuf};

use rustify_types::{Compiled, FunctionProfile, Reason, Request};
use serde::{Deserialize, Serialize};

use crate::console::Stage;
use crate::failure::Failure;
use crate::report::model::{Calls, Parity, Spares, Times};
use crate::toolchain::Python;

/// What to watch.
#[derive(Clone, Debug)]
pub struct Watch<'a> {
    /// The interpreter.
    pub python: &'a Python,
    /// The file whose functions are watched.
    pub file: &'a Path,
    /// The folder that has to be on `sys.path` to import it, and the name to import it by.
    pub root: &'a Path,
    /// Its module name.
    pub module: &'a str,
    /// The program that uses it; the file itself where none is named.
    pub driver: Option<&'a Path>,
    /// The program's arguments.
    pub arguments: &'a [String],
    /// How long the program may run.
    pub seconds: f64,
    /// How often each version is timed.
    pub iterations: u32,
    /// Where recorded inputs are kept, private to the user.
    pub recording: &'a Path,
}

/// What was seen.
#[derive(Clone, Debug, Default)]
pub struct Watched {
    /// The functions of the file, in the recorder's order.
    pub functions: Vec<FunctionProfile>,
    /// The program's time under the profiler.
    pub seconds: f64,
    /// The part of it that shares are shares of.
    pub python_seconds: f64,
    /// What the profile has to say about itself.
    pub notes: Vec<String>,
}

/// What to compare.
#[derive(Clone, Debug)]
pub struct Compare<'a> {
    /// What was watched before.
    pub watch: &'a Watch<'a>,
    /// What was seen then.
    pub watched: &'a Watched,
    /// The text that was compiled.
    pub source: &'a str,
    /// The drop-in with every translated function attached.
    pub dropin: &'a Path,
    /// The folder of the drop-in that goes on `sys.path`.
    pub folder: &'a Path,
    /// The name of the extension module.
    pub extension: &'a str,
    /// The translated functions that may be replayed, and what the profile knows of them.
    pub functions: Vec<FunctionProfile>,
}

/// What came out for one function.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Proof {
    /// Its qualified name.
    pub qualname: String,
    /// How its answers compare.
    pub parity: Parity,
    /// How its calls on recorded inputs ended.
    pub calls: Calls,
    /// What became of calls of other types than the recorded ones.
    pub spares: Spares,
    /// Its times on recorded inputs, where it was called while recording.
    pub times: Option<Times>,
    /// Why there are none, where its answers are the same.
    #[serde(default)]
    pub untimed: Option<String>,
    /// The arguments of the first recorded call that Rust gave up.
    #[serde(default)]
    pub given_up: Option<String>,
    /// Why it could not be compared, where it could not.
    pub skipped: Option<String>,
}

impl Proof {
    /// Whether its calls were compared and came out the same.
    pub fn is_complete(&self) -> bool {
        self.skipped.is_none() && self.parity.complete()
    }
}

/// Watching, compiling and comparing.
pub trait Stages {
    /// Every function that the file defines.
    fn functions(&self, source: &str) -> Result<Vec<(String, u32)>, Reason>;
    /// The text of the file that decides what its functions find when they are called.
    fn surroundings(&self, source: &str) -> Result<String, Reason>;
    /// Runs the program and watches.
    fn profile(&self, watch: &Watch<'_>, stage: &Stage) -> Result<Watched, Failure>;
    /// Translates.
    fn compile(&self, request: &Request) -> Result<Compiled, Reason>;
    /// Runs both versions and compares.
    fn verify(&self, compare: &Compare<'_>, stage: &Stage) -> Result<Vec<Proof>, Failure>;
}

/// A list of paths as one value of `PYTHONPATH`.
pub fn search_path(paths: &[PathBuf]) -> Result<std::ffi::OsString, Failure> {
    std::env::join_paths(paths).map_err(|e| {
        Failure::usage(format!("Python cannot search such a folder: {e}"))
            .help("Choose a folder without ':' (or ';' on Windows) in its name.")
    })
}
