//! The Python interpreter that the program runs on, and what its extensions look like.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::failure::{Failure, shown};
use crate::program;

/// What is known of an interpreter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Python {
    /// The program.
    pub executable: PathBuf,
    /// `cpython`.
    pub implementation: String,
    /// Major, minor, micro.
    pub version: (u32, u32, u32),
    /// What the file name of an extension ends with.
    pub suffix: String,
    /// Whether it has no global lock.
    pub free_threaded: bool,
    /// Operating system and processor, such as `linux-x86_64`.
    pub platform: String,
    /// NumPy's version; empty where it is not installed.
    pub numpy: String,
}

impl Python {
    /// The version as text.
    pub fn version_text(&self) -> String {
        let (major, minor, micro) = self.version;
        format!("{major}.{minor}.{micro}")
    }

    /// What tells one binary interface from another.
    pub fn abi(&self) -> String {
        format!(
            "{}-{}.{}-{}-{}",
            self.implementation, self.version.0, self.version.1, self.suffix, self.platform
        )
    }
}

const PROBE: &str = r#"
import sys, sysconfig, json
try:
    from importlib.metadata import version
    numpy = version("numpy")
except Exception:
    numpy = ""
print(json.dumps({
    "executable": sys.executable,
    "implementation": sys.implementation.name,
    "version": list(sys.version_info[:3]),
    "suffix": sysconfig.get_config_var("EXT_SUFFIX") or "",
    "free_threaded": bool(sysconfig.get_config_var("Py_GIL_DISABLED")),
    "platform": sysconfig.get_platform(),
    "numpy": numpy,
}))
"#;

/// How long an interpreter may take to say what it is.
const PATIENCE: Duration = Duration::from_mins(1);

/// Asks an interpreter about itself.
pub fn probe(named: Option<&Path>) -> Result<Python, Failure> {
    let executable = named.map_or_else(default, Path::to_path_buf);
    // -I: neither the folder we stand in nor the user's variables may change what the probe imports.
    let ended = program::run(
        Command::new(&executable).args(["-I", "-c", PROBE]),
        PATIENCE,
    )
    .map_err(|e| {
        Failure::environment(format!("Python does not run: {}: {e}", shown(&executable))).help(
            "Name an interpreter with --python, or install one, for example: apt install python3",
        )
    })?;
    if ended.status.is_none() {
        return Err(Failure::too_late(&shown(&executable), PATIENCE));
    }
    let text = String::from_utf8_lossy(&ended.stdout);
    let python: Python = text
        .lines()
        .last()
        .and_then(|line| serde_json::from_str(line).ok())
        .ok_or_else(|| {
            Failure::environment(format!(
                "{} is not a Python interpreter",
                shown(&executable)
            ))
            .detail(ended.errors(4))
            .help("Name an interpreter with --python.")
        })?;
    check(python)
}

fn check(python: Python) -> Result<Python, Failure> {
    let said = format!("{} {}", python.implementation, python.version_text());
    let wanted = "CPython 3.10 to 3.14 is needed; name one with --python.";
    if python.implementation != "cpython" {
        return Err(Failure::environment(format!("{said} is not CPython")).help(wanted));
    }
    if python.version.0 != 3 || !(10..=14).contains(&python.version.1) {
        return Err(Failure::environment(format!("Python {said} is not supported")).help(wanted));
    }
    if python.free_threaded {
        return Err(Failure::environment("a free-threaded Python is not supported").help(wanted));
    }
    if python.suffix.is_empty() {
        return Err(Failure::environment(format!("{said} cannot load extensions")).help(wanted));
    }
    Ok(python)
}

/// The interpreter of the active virtual environment, else the first one on the path.
fn default() -> PathBuf {
    for variable in ["VIRTUAL_ENV", "CONDA_PREFIX"] {
        if let Some(folder) = std::env::var_os(variable) {
            let bin = if cfg!(windows) {
                Path::new(&folder).join("Scripts").join("python.exe")
            } else {
                Path::new(&folder).join("bin").join("python")
            };
            if bin.is_file() {
                return bin;
            }
        }
    }
    PathBuf::from(if cfg!(windows) { "python" } else { "python3" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_checked() {
        let python = Python {
            executable: "python".into(),
            implementation: "cpython".into(),
            version: (3, 12, 1),
            suffix: ".so".into(),
            free_threaded: false,
            platform: "linux-x86_64".into(),
            numpy: String::new(),
        };
        assert!(check(python.clone()).is_ok());
        for (minor, free_threaded) in [(9, false), (15, false), (13, true)] {
            let other = Python {
                version: (3, minor, 0),
                free_threaded,
                ..python.clone()
            };
            assert!(check(other).is_err());
        }
    }
}
