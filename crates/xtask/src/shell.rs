//! Running other programs: each is announced, timed, and its failure explained.

use crate::failure::Failure;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

/// The repository root, and the clock that the printed times count from.
pub(crate) struct Shell {
    root: PathBuf,
    started: Instant,
}

impl Shell {
    pub(crate) fn new() -> Result<Self, Failure> {
        let crate_dir = Path::new(env!("CARGO_MANIFEST_DIR"));
        let root = crate_dir.parent().and_then(Path::parent);
        let root = root.ok_or_else(|| Failure::new("crates/xtask has left the workspace"))?;
        Ok(Shell {
            root: root.to_path_buf(),
            started: Instant::now(),
        })
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// Says what comes next, with the time since the command began.
    pub(crate) fn step(&self, text: &str) {
        let seconds = self.started.elapsed().as_secs();
        println!("\n==> [{:02}:{:02}] {text}", seconds / 60, seconds % 60);
    }

    /// A program to be run in the repository root, with nothing to read.
    pub(crate) fn program(&self, name: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(name);
        command.current_dir(&self.root).stdin(Stdio::null());
        command
    }

    /// Cargo as it was found by the caller, so that a chosen toolchain stays chosen.
    pub(crate) fn cargo(&self) -> Command {
        self.program(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
    }

    /// Runs to the end with its output shown; an unsuccessful end is a failure.
    pub(crate) fn run(&self, command: &mut Command, when_it_fails: &str) -> Result<(), Failure> {
        let shown = written_out(command);
        let seconds = self.started.elapsed().as_secs();
        println!("    [{:02}:{:02}] $ {shown}", seconds / 60, seconds % 60);
        let status = command.status().map_err(|error| {
            Failure::new(format!("cannot start `{shown}`: {error}. {when_it_fails}"))
        })?;
        if status.success() {
            Ok(())
        } else {
            Err(Failure::new(format!(
                "`{shown}` ended with {status}. {when_it_fails}"
            )))
        }
    }
}

/// Standard output of a program, or None when it does not start or does not succeed.
pub(crate) fn output(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

fn written_out(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy().into_owned()];
    words.extend(
        command
            .get_args()
            .map(|word| word.to_string_lossy().into_owned()),
    );
    words.join(" ")
}
