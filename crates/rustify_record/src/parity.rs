//! What verification answers for each function.

use serde::{Deserialize, Serialize};

/// How calls went in Rust, from the extension's own count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stats {
    /// Calls that entered Rust.
    pub calls: u64,
    /// Those that Rust finished.
    pub completed: u64,
    /// Those that gave up and ran the Python version.
    pub deopted: u64,
}

/// The first case in which the two versions differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mismatch {
    /// What kind of case: `recorded call 3`, `generated: argument x is NaN`.
    pub case: String,
    /// The arguments, shortened.
    pub arguments: String,
    /// What Python did, shortened.
    pub expected: String,
    /// What the drop-in did, shortened.
    pub found: String,
    /// Where they differ: `result`, `type`, `exception`, `arguments`, `aliasing`, `warnings`, `crash`, `time`.
    pub aspect: String,
}

/// How many cases were tried, and how many went the same.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parity {
    /// Cases that both versions ran.
    pub cases: u64,
    /// Those of them that are recorded calls of the program.
    pub recorded: u64,
    /// Those that went the same.
    pub matched: u64,
    /// Cases left out because Python itself did not finish them within time and memory.
    pub left_out: u64,
    /// The first that did not.
    pub first_mismatch: Option<Mismatch>,
}

impl Parity {
    /// Whether there were cases and all went the same.
    pub fn complete(&self) -> bool {
        self.cases > 0 && self.matched == self.cases
    }
}

/// What became of the translations for other argument types than the recorded ones.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Spares {
    /// Cases that one of them completed.
    pub cases: u64,
    /// Those of them that went the same.
    pub matched: u64,
    /// The first that did not: without spares it does.
    pub first_mismatch: Option<Mismatch>,
    /// How long both versions take on recorded calls whose values are made ones of other types.
    pub times: Option<Times>,
}

/// Seconds for one pass over the timed inputs: the median of rounds that alternate between both versions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Times {
    /// Python's median.
    pub python: f64,
    /// The fastest and slowest round of Python's.
    pub python_range: (f64, f64),
    /// The drop-in's median.
    pub rust: f64,
    /// The fastest and slowest round of the drop-in's.
    pub rust_range: (f64, f64),
    /// The rounds of each.
    pub rounds: u32,
    /// The recorded calls in one pass.
    pub inputs: u32,
}

impl Times {
    /// How many times faster the drop-in is.
    pub fn speedup(&self) -> f64 {
        if self.rust > 0.0 {
            self.python / self.rust
        } else {
            f64::INFINITY
        }
    }

    /// Seconds of one call in Python, on average over the inputs.
    pub fn python_call(&self) -> f64 {
        self.python / f64::from(self.inputs.max(1))
    }
}

/// What became of a function's verification.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Verdict {
    /// It was replayed.
    Replayed(Parity),
    /// It cannot be called on its own or may not be; the text says why.
    NotReplayed(String),
}

/// What is known of one function.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FunctionVerdict {
    /// `f`, `C.m`.
    pub qualname: String,
    /// The line of its `def`.
    pub line: u32,
    /// Whether both versions agree.
    pub verdict: Verdict,
    /// What became of the recorded calls in Rust.
    pub recorded_stats: Stats,
    /// What became of all cases in Rust.
    pub all_stats: Stats,
    /// What became of cases of other types.
    pub spares: Spares,
    /// How long both take on recorded calls; none when there are none or when they disagree.
    pub times: Option<Times>,
    /// Why there are no times, where both agree and times were wanted.
    pub untimed: Option<String>,
    /// The arguments of the first recorded call that Rust gave up, shortened.
    pub given_up: Option<String>,
}
