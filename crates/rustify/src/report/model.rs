//! The report as data; `report.json` is exactly this.

use rustify_types::Reason;
use serde::{Deserialize, Serialize};

/// Everything about one run of the command.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// The version of rustify.
    pub rustify: String,
    /// The file, as it was named.
    pub file: String,
    /// Its module name.
    pub module: String,
    /// The interpreter's version.
    pub python: String,
    /// The interpreter.
    pub python_executable: String,
    /// What the compiler says about itself; empty where nothing was built.
    pub rustc: String,
    /// NumPy's version; empty where it is not installed.
    pub numpy: String,
    /// Operating system and processor.
    pub platform: String,
    /// The whole program's time under the profiler.
    pub profile_seconds: f64,
    /// What the profile has to say about itself, such as that the time limit ended the program.
    pub notes: Vec<String>,
    /// Every function that was looked at, in order of the file.
    pub functions: Vec<Function>,
    /// The whole program with and without Rust, where `--benchmark` asked for it.
    pub benchmark: Option<Benchmark>,
    /// What was written.
    pub outputs: Outputs,
    /// Whether the result came from the cache.
    pub cached: bool,
}

/// One function.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Function {
    /// Its qualified name.
    pub name: String,
    /// The line of its `def`.
    pub line: u32,
    /// Whether it was chosen for translation.
    pub chosen: bool,
    /// Whether there is a Rust version that finishes ordinary calls.
    pub translated: bool,
    /// What the drop-in runs.
    pub entry: Entry,
    /// Why Python runs, where it does.
    pub reason: Option<Reason>,
    /// How its answers compare; absent where nothing was compared.
    pub parity: Option<Parity>,
    /// What becomes of calls of other argument types than the recorded ones; absent where no translation takes them.
    #[serde(default)]
    pub spares: Option<Spares>,
    /// How long its recorded calls take; absent where nothing was timed.
    pub times: Option<Times>,
    /// How its calls ended while it was verified.
    pub calls: Calls,
    /// What the profile knows.
    pub profile: Profiled,
}

/// Who runs a function.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Entry {
    /// The translation.
    Rust,
    /// The original.
    #[default]
    Python,
}

/// Answers compared between both versions.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Parity {
    /// How many calls were compared.
    pub cases: u64,
    /// How many were the same in value, type, exception and what they did to their arguments.
    pub matched: u64,
    /// The first difference.
    pub first_mismatch: Option<String>,
}

impl Parity {
    /// Whether all were the same, and there were any.
    pub fn complete(&self) -> bool {
        self.cases > 0 && self.cases == self.matched
    }
}

/// Calls of other argument types than the recorded ones, which a translation of their own takes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Spares {
    /// How many such calls were compared.
    pub cases: u64,
    /// How many were the same.
    pub matched: u64,
    /// The first difference.
    pub first_mismatch: Option<String>,
    /// How many times faster Rust is in such calls.
    pub speedup: Option<f64>,
    /// Whether that translation ships.
    pub used: bool,
}

/// Times of the recorded calls.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Times {
    /// Seconds a call in Python, in the fastest round.
    pub python_seconds: f64,
    /// Seconds a call in Rust, in the fastest round.
    pub rust_seconds: f64,
    /// How many times faster Rust is.
    pub speedup: f64,
    /// How far the median of the rounds lies above the fastest, relative to it.
    pub spread: f64,
}

/// How calls ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calls {
    /// All.
    pub total: u64,
    /// Those that Rust completed.
    pub completed: u64,
    /// Those that Rust gave back to Python.
    pub deopted: u64,
}

/// What the profile knows of a function.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Profiled {
    /// The number of calls.
    pub calls: u64,
    /// Seconds in the function itself.
    pub own_seconds: f64,
    /// Seconds in it and what it called.
    pub total_seconds: f64,
    /// Its own time as a percentage of the program's.
    pub percent: f64,
    /// The argument types that were seen.
    pub signatures: Vec<String>,
}

/// The whole program, timed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Benchmark {
    /// How often each version ran.
    pub rounds: u32,
    /// The median without Rust.
    pub python_seconds: f64,
    /// The median with Rust.
    pub rust_seconds: f64,
    /// How many times faster.
    pub speedup: f64,
}

/// What was written where.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Outputs {
    /// The generated crate.
    pub crate_folder: Option<String>,
    /// The folder that goes first on `sys.path`.
    pub python_folder: Option<String>,
    /// The wheel.
    pub wheel: Option<String>,
}

impl Report {
    /// How many functions the drop-in runs in Rust.
    pub fn shipped(&self) -> usize {
        self.functions
            .iter()
            .filter(|f| f.entry == Entry::Rust)
            .count()
    }

    /// How many have a translation.
    pub fn translated(&self) -> usize {
        self.functions.iter().filter(|f| f.translated).count()
    }

    /// Functions whose translation did not answer as Python does.
    pub fn broken(&self) -> impl Iterator<Item = &Function> {
        self.functions
            .iter()
            .filter(|f| f.parity.as_ref().is_some_and(|p| p.matched < p.cases))
    }

    /// What the report says in one sentence.
    pub fn summary(&self) -> String {
        let chosen = self.functions.iter().filter(|f| f.chosen).count();
        format!(
            "{} of {chosen} chosen {} in Rust",
            self.shipped(),
            if chosen == 1 {
                "function runs"
            } else {
                "functions run"
            }
        )
    }
}
