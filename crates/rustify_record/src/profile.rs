//! The first stage: the real program runs once, watched.

use std::ffi::OsString;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};
use std::time::Duration;

use rustify_types::FunctionProfile;
use serde::{Deserialize, Serialize};

use crate::progress::Progress;
use crate::watch::{self, Stop};
use crate::{record, scripts};

/// What to run, and within which limits.
#[derive(Clone, Debug)]
pub struct ProfileOptions {
    /// The interpreter, 3.10 or later.
    pub python: PathBuf,
    /// The file whose functions are of interest.
    pub file: PathBuf,
    /// Its module name: `mod`, or `pkg.mod` when it is part of a package.
    pub module: String,
    /// The program that exercises it; without one the file itself runs as `__main__`.
    pub driver: Option<PathBuf>,
    /// The arguments of that program.
    pub args: Vec<OsString>,
    /// Where it runs; the current directory when none.
    pub cwd: Option<PathBuf>,
    /// A private directory for scripts, the log and the recorded inputs. It is made when missing; removing it
    /// is the caller's business, after [`crate::verify`].
    pub work: PathBuf,
    /// How long it may run.
    pub time_limit: Duration,
    /// How many bytes it may print.
    pub output_limit: u64,
    /// How many different calls of each function are kept for replay.
    pub keep_calls: u32,
    /// The size up to which the arguments of a call are kept, in bytes.
    pub keep_bytes: u64,
}

impl ProfileOptions {
    /// The file run by itself for at most five minutes and 64 MiB of output, twenty calls kept of each function.
    pub fn new(
        python: impl Into<PathBuf>,
        file: impl Into<PathBuf>,
        work: impl Into<PathBuf>,
    ) -> Self {
        let file = file.into();
        let module = file
            .file_stem()
            .map(|s| s.to_string_lossy().into_owned())
            .unwrap_or_default();
        Self {
            python: python.into(),
            file,
            module,
            driver: None,
            args: Vec::new(),
            cwd: None,
            work: work.into(),
            time_limit: Duration::from_mins(5),
            output_limit: 64 << 20,
            keep_calls: 20,
            keep_bytes: 8 << 20,
        }
    }
}

/// How the program ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum End {
    /// By itself, with this status.
    Exited(i32),
    /// With an exception that nobody caught; the text names it.
    Raised(String),
    /// A signal ended it.
    Signal(i32),
    /// Its time was over; what was recorded until then counts.
    TimeLimit,
    /// It printed more than allowed; what was recorded until then counts.
    OutputLimit,
}

impl fmt::Display for End {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exited(0) => f.write_str("the program finished"),
            Self::Exited(status) => write!(f, "the program ended with status {status}"),
            Self::Raised(text) => write!(f, "the program ended with {text}"),
            Self::Signal(number) => write!(f, "signal {number} ended the program"),
            Self::TimeLimit => f.write_str("the program was stopped at its time limit"),
            Self::OutputLimit => f.write_str("the program was stopped because it printed too much"),
        }
    }
}

/// What one run showed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Profile {
    /// Every function that the file defines, in the order of the file; also those that were never called.
    pub functions: Vec<FunctionProfile>,
    /// How many calls of each function were kept for replay, in the same order.
    pub kept: Vec<u32>,
    /// How the program ended.
    pub end: End,
    /// Seconds from start to end.
    pub seconds: f64,
    /// Seconds spent in Python code without imports, to compare the functions' own seconds with.
    pub total_seconds: f64,
    /// Bytes printed.
    pub output: u64,
    /// The last of what it printed.
    pub stdout: String,
    /// The last of its error messages.
    pub stderr: String,
    /// The interpreter's version, as `3.12.1`.
    pub python_version: String,
    /// The NumPy in use and its version, if the program imported one: `numpy 2.5.0`.
    pub numpy_version: Option<String>,
    /// Where the recorded calls lie, for [`crate::verify`].
    pub inputs: PathBuf,
}

/// Why there is no profile.
#[derive(Debug)]
pub enum ProfileError {
    /// A private file could not be written or read.
    Files(PathBuf, io::Error),
    /// The interpreter could not be started.
    Python(PathBuf, io::Error),
    /// The interpreter is older than 3.10.
    OldPython(String),
    /// The file is not valid Python for this interpreter; the text is Python's message.
    Syntax(String),
    /// The user stopped the run.
    Cancelled,
    /// The recorder did not come to run the program; the text is what the interpreter printed.
    NotStarted(String),
}

impl fmt::Display for ProfileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Files(path, error) => write!(f, "{}: {error}", path.display()),
            Self::Python(path, error) => write!(f, "cannot run {}: {error}", path.display()),
            Self::OldPython(version) => {
                write!(f, "Python 3.10 or later is needed, this is {version}")
            }
            Self::Syntax(text) => write!(f, "the file is not valid Python: {text}"),
            Self::Cancelled => f.write_str("stopped"),
            Self::NotStarted(text) => write!(f, "the program could not be started: {text}"),
        }
    }
}

impl std::error::Error for ProfileError {}

/// Runs the program and answers what was seen, also when it did not end well.
pub fn profile(
    options: &ProfileOptions,
    progress: &mut dyn Progress,
) -> Result<Profile, ProfileError> {
    let at = |path: &Path| {
        let path = path.to_path_buf();
        move |error| ProfileError::Files(path, error)
    };
    let file = fs::canonicalize(&options.file).map_err(at(&options.file))?;
    let driver = match &options.driver {
        Some(path) => Some(std::path::absolute(path).map_err(at(path))?),
        None => None,
    };
    private(&options.work).map_err(at(&options.work))?;
    let work = fs::canonicalize(&options.work).map_err(at(&options.work))?;
    let log = work.join("record");
    if log.exists() {
        fs::remove_dir_all(&log).map_err(at(&log))?;
    }
    fs::create_dir_all(&log).map_err(at(&log))?;
    let start = scripts::write(&work).map_err(at(&work))?;
    // The path as given runs, so that the program sees its own name; the functions are found by the real one.
    let program = match &driver {
        Some(path) => path.clone(),
        None => std::path::absolute(&options.file).map_err(at(&options.file))?,
    };
    let settings = serde_json::json!({
        "file": text(&file)?,
        "module": options.module,
        "program": text(&program)?,
        "as_main": driver.is_none(),
        "log": text(&log)?,
        "keep_calls": options.keep_calls,
        "keep_bytes": options.keep_bytes,
    });
    let settings_path = work.join("profile.json");
    fs::write(&settings_path, settings.to_string()).map_err(at(&settings_path))?;

    let mut command = Command::new(&options.python);
    // Nothing is written beside the user's files, bytecode neither.
    command
        .arg("-B")
        .arg(&start)
        .arg("profile")
        .arg(&settings_path)
        .args(&options.args);
    if let Some(cwd) = &options.cwd {
        command.current_dir(cwd);
    }
    let watched = watch::run(
        &mut command,
        options.time_limit,
        options.output_limit,
        progress,
    )
    .map_err(|error| ProfileError::Python(options.python.clone(), error))?;
    let seen = record::read(&log).map_err(at(&log))?;
    if watched.stop == Stop::Cancelled {
        return Err(ProfileError::Cancelled);
    }
    if let Some(version) = seen.too_old {
        return Err(ProfileError::OldPython(version));
    }
    if let Some(message) = seen.syntax {
        return Err(ProfileError::Syntax(message));
    }
    if !seen.started {
        return Err(ProfileError::NotStarted(last_line(&watched.stderr)));
    }
    let end = match (watched.stop, seen.raised) {
        (Stop::Time, _) => End::TimeLimit,
        (Stop::Output, _) => End::OutputLimit,
        (_, Some(text)) => End::Raised(text),
        (Stop::Own(status), None) => own_end(status),
        (Stop::Cancelled, None) => End::Exited(0),
    };
    Ok(Profile {
        functions: seen.functions,
        kept: seen.kept,
        end,
        seconds: watched.elapsed.as_secs_f64(),
        total_seconds: seen.total_seconds,
        output: watched.output,
        stdout: watched.stdout,
        stderr: watched.stderr,
        python_version: seen.python_version,
        numpy_version: seen.numpy_version,
        inputs: log,
    })
}

/// Makes a directory that only its owner can read: recorded inputs may be confidential.
fn private(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// A path as text for the settings. Python's own way to name other bytes is not needed: they are refused.
pub(crate) fn text(path: &Path) -> Result<&str, ProfileError> {
    path.to_str().ok_or_else(|| {
        let error = io::Error::new(io::ErrorKind::InvalidInput, "the path is not valid Unicode");
        ProfileError::Files(path.to_path_buf(), error)
    })
}

fn last_line(text: &str) -> String {
    text.trim_end()
        .lines()
        .next_back()
        .unwrap_or("no message")
        .to_owned()
}

#[cfg(unix)]
fn own_end(status: ExitStatus) -> End {
    use std::os::unix::process::ExitStatusExt;
    match (status.code(), status.signal()) {
        (Some(code), _) => End::Exited(code),
        (None, Some(signal)) => End::Signal(signal),
        (None, None) => End::Exited(-1),
    }
}

#[cfg(not(unix))]
fn own_end(status: ExitStatus) -> End {
    End::Exited(status.code().unwrap_or(-1))
}
