//! What the stages of rustify hand to each other: profiles, requests to the compiler, and its answers.

use serde::{Deserialize, Serialize};

/// The type of a recorded value as a text, such as `list[float|int]` or `ndarray[float64,2]`.
///
/// Types are exact: an instance of a subclass of `float` is not a `float`. An `int` outside 64 bits is a `bigint`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Sample(pub String);

/// The argument types of recorded calls, in the order of the parameters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// One type for each parameter; `*args` and `**kwargs` count as a tuple and a dict.
    pub args: Vec<Sample>,
    /// How many calls had these types.
    pub count: u64,
}

/// What the profile knows of one function of the file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FunctionProfile {
    /// `f`, `C.m`, `f.<locals>.g`.
    pub qualname: String,
    /// The line of its `def`, from 1.
    pub line: u32,
    /// The argument types that were seen, the most frequent first.
    pub signatures: Vec<Signature>,
    /// The result types that were seen.
    pub returns: Vec<Sample>,
    /// Names of the module that its text uses, each with a type that its value had.
    #[serde(default)]
    pub globals: Vec<(String, Sample)>,
    /// The number of calls.
    pub calls: u64,
    /// Seconds in the function itself.
    pub own_seconds: f64,
    /// Seconds in the function and what it called.
    pub total_seconds: f64,
}

/// Why something stays Python: a place in the source, a code, and what the user can do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// A short name of the kind of obstacle, such as `generator` or `io`.
    pub code: String,
    /// The line, from 1.
    pub line: u32,
    /// The first column, from 1.
    pub column: u32,
    /// The column behind the last one; for a place of several lines the end of its first line.
    pub end_column: u32,
    /// The text of the line.
    pub source_line: String,
    /// What stands in the way.
    pub message: String,
    /// What to do about it.
    pub help: String,
}

/// What the compiler is asked to translate.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Request {
    /// The text of the file.
    pub source: String,
    /// Its path, to show.
    pub path: String,
    /// The module's name.
    pub module: String,
    /// The functions that were chosen.
    pub functions: Vec<FunctionProfile>,
    /// Whether array-like parameters without annotation or record count as ndarrays.
    pub ml_mode: bool,
    /// The name of the library to make, an identifier with a hash at its end.
    pub extension: String,
    /// Functions that get no translation for other argument types than the recorded ones.
    #[serde(default)]
    pub without_spares: Vec<String>,
    /// Whether no function gets one.
    #[serde(default)]
    pub recorded_only: bool,
}

/// What became of one function.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// It runs in Rust.
    Translated {
        /// Whether it may be called again on recorded arguments: nothing outside them can change.
        effects_free: bool,
    },
    /// It stays Python.
    Rejected(Reason),
}

/// A crate as texts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compiled {
    /// Paths inside the crate and their contents.
    pub files: Vec<(String, String)>,
    /// Each function that was asked for: its qualified name, its line, what became of it.
    pub functions: Vec<(String, u32, Outcome)>,
}
