//! What ends the command early: a sentence, what to do about it, and the exit code.

use std::fmt;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

/// How the command ends; the numbers are part of its interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Done.
    Done,
    /// Nothing was accelerated, or a translated function did not answer as Python does.
    Nothing,
    /// The command line, or a file named on it, does not make sense.
    Usage,
    /// A tool, the network or the disk is missing something.
    Environment,
    /// Somebody pressed Ctrl-C.
    Interrupted,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Done => 0,
            Exit::Nothing => 1,
            Exit::Usage => 2,
            Exit::Environment => 3,
            Exit::Interrupted => 130,
        })
    }
}

/// An early end.
#[derive(Clone, Debug)]
pub struct Failure {
    /// How the command ends.
    pub exit: Exit,
    /// What happened.
    pub message: String,
    /// What to do about it; may be empty.
    pub help: String,
    /// Text that is shown as it is, such as another program's errors; may be empty.
    pub detail: String,
}

impl Failure {
    /// The command line is at fault.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::new(Exit::Usage, message)
    }

    /// A tool that is there does not answer.
    pub fn too_late(name: &str, limit: Duration) -> Self {
        let seconds = limit.as_secs();
        Self::environment(format!("{name} did not answer within {seconds} seconds"))
            .help("Run the command again when the machine is less busy.")
    }

    /// The machine is at fault.
    pub fn environment(message: impl Into<String>) -> Self {
        Self::new(Exit::Environment, message)
    }

    /// There is nothing to do, or it came out wrong.
    pub fn nothing(message: impl Into<String>) -> Self {
        Self::new(Exit::Nothing, message)
    }

    fn new(exit: Exit, message: impl Into<String>) -> Self {
        Self {
            exit,
            message: message.into(),
            help: String::new(),
            detail: String::new(),
        }
    }

    /// With advice.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }

    /// With another program's words.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = detail.into();
        self
    }

    /// A file or folder that could not be used.
    pub fn file(what: &str, path: &Path, error: &std::io::Error) -> Self {
        Self::environment(format!("{what} {}: {error}", shown(path)))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "error: {}", self.message)?;
        for line in self.detail.lines() {
            write!(f, "\n  | {line}")?;
        }
        for line in self.help.lines() {
            write!(f, "\n  = help: {line}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Failure {}

/// A path as one line of text: quotes and control characters are escaped, so that a name cannot imitate output.
pub fn shown(path: &Path) -> String {
    let text = path.to_string_lossy();
    if text
        .chars()
        .any(|c| c.is_control() || c == '"' || c == '\'')
    {
        format!("{text:?}")
    } else {
        text.into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_one_line() {
        assert_eq!(shown(Path::new("a/b c.py")), "a/b c.py");
        assert_eq!(shown(Path::new("a\n\"b.py")), "\"a\\n\\\"b.py\"");
    }

    #[test]
    fn says_what_to_do() {
        let failure = Failure::usage("no").detail("x\ny").help("do");
        assert_eq!(failure.to_string(), "error: no\n  | x\n  | y\n  = help: do");
    }
}
