//! What is to be proven, and within which limits.

use std::path::PathBuf;
use std::time::Duration;

use rustify_types::FunctionProfile;

/// A function to verify.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// What the profile knows of it.
    pub profile: FunctionProfile,
    /// Its place in the list of the profile, which names its recorded calls.
    pub number: usize,
    /// Whether it may be called again; if not, it is not replayed.
    pub effects_free: bool,
}

/// What to compare, and within which limits.
#[derive(Clone, Debug)]
pub struct VerifyOptions {
    /// The interpreter.
    pub python: PathBuf,
    /// The user's file.
    pub original: PathBuf,
    /// The file that takes its place.
    pub dropin: PathBuf,
    /// The module's name, `mod` or `pkg.mod`.
    pub module: String,
    /// Where the recorded calls lie: [`crate::Profile::inputs`].
    pub inputs: PathBuf,
    /// Whether they were recorded with the file as `__main__`.
    pub as_main: bool,
    /// A private directory for scripts and scratch files.
    pub work: PathBuf,
    /// How long importing the file may take.
    pub load_limit: Duration,
    /// How long one generated case may take in Python; those that take longer are left out.
    pub case_limit: Duration,
    /// How long the cases of one function may take together; cases that do not fit are not run.
    pub function_limit: Duration,
    /// How much more memory a call may take, in bytes.
    pub memory: u64,
    /// How often each version is timed; none are when 0.
    pub rounds: u32,
}

impl VerifyOptions {
    /// Half a second a case, half a minute a function, 2 GiB, seven rounds.
    pub fn new(
        python: impl Into<PathBuf>,
        original: impl Into<PathBuf>,
        dropin: impl Into<PathBuf>,
        module: impl Into<String>,
        work: impl Into<PathBuf>,
    ) -> Self {
        let work = work.into();
        Self {
            python: python.into(),
            original: original.into(),
            dropin: dropin.into(),
            module: module.into(),
            inputs: work.join("record"),
            as_main: true,
            work,
            load_limit: Duration::from_mins(1),
            case_limit: Duration::from_millis(500),
            function_limit: Duration::from_secs(30),
            memory: 2 << 30,
            rounds: 7,
        }
    }
}
