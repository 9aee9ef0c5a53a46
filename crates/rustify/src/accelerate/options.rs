//! What the person asked for, after the command line was understood.

use std::path::PathBuf;

use crate::input::Asked;
use crate::select::Choice;

/// Everything that `accelerate` needs to know.
#[derive(Clone, Debug)]
pub struct Options {
    /// The file.
    pub asked: Asked,
    /// The program that uses it.
    pub driver: Option<PathBuf>,
    /// The program's arguments.
    pub arguments: Vec<String>,
    /// Which functions.
    pub choice: Choice,
    /// How often each version is timed.
    pub iterations: u32,
    /// How long it may run.
    pub seconds: f64,
    /// Generate, do not build.
    pub dry_run: bool,
    /// Time the whole program too.
    pub benchmark: bool,
    /// Keep the crate as it is in the output folder, with the user's own changes.
    pub no_regen: bool,
    /// Ship translations that are not faster.
    pub keep_slower: bool,
    /// Array-like parameters without annotation or record count as ndarrays.
    pub ml_mode: bool,
    /// Make a wheel.
    pub wheel: bool,
    /// Measure again even if nothing has changed.
    pub fresh: bool,
    /// The interpreter.
    pub python: Option<PathBuf>,
    /// Where results go.
    pub output: PathBuf,
    /// Agree to running the program.
    pub yes: bool,
}
