//! Finding a Python, and making the virtual environment that everything runs in.
//!
//! The reference NumPy needs Python 3.12; on 3.10 and 3.11 the newest NumPy that
//! installs stands in for it, and the output says so.

use crate::failure::Failure;
use crate::shell::{Shell, output};
use std::path::{Path, PathBuf};

/// The NumPy whose behaviour is the reference.
pub(crate) const REFERENCE: &str = "2.5.5";

/// Minor versions of Python 3 that can be used, the best first.
const WANTED: [u32; 5] = [12, 13, 14, 11, 10];

/// Prints implementation, minor version, GIL, path; exits 1 where venv cannot work.
const PROBE: &str = "import sys, sysconfig, venv, ensurepip\n\
    print(sys.implementation.name, sys.version_info[1], \
    int(bool(sysconfig.get_config_var('Py_GIL_DISABLED'))), sys.executable, sep='\\t')";

/// A virtual environment with the pinned tools and the reference NumPy.
pub(crate) struct Environment {
    /// Its interpreter.
    pub(crate) python: PathBuf,
    minor: u32,
}

impl Environment {
    /// Whether the reference NumPy itself is installed, not an older one.
    pub(crate) fn has_reference(&self) -> bool {
        self.minor >= 12
    }

    /// A short name, `cp312`.
    pub(crate) fn tag(&self) -> String {
        format!("cp3{}", self.minor)
    }
}

fn candidates(shell: &Shell) -> Vec<PathBuf> {
    if let Some(named) = std::env::var_os("NUMPY_RS_PYTHON") {
        return vec![named.into()];
    }
    let mut names: Vec<PathBuf> = WANTED
        .iter()
        .map(|minor| format!("python3.{minor}").into())
        .collect();
    names.extend(["python3".into(), "python".into()]);
    let home = std::env::var_os("HOME")
        .map(PathBuf::from)
        .unwrap_or_default();
    let pyenv = std::env::var_os("PYENV_ROOT").map_or(home.join(".pyenv"), PathBuf::from);
    if let Ok(versions) = std::fs::read_dir(pyenv.join("versions")) {
        let mut paths: Vec<PathBuf> = versions
            .flatten()
            .map(|entry| entry.path().join("bin/python3"))
            .collect();
        paths.sort();
        names.extend(paths);
    }
    if cfg!(windows)
        && let Some(text) = output(shell.program("py").arg("-0p"))
    {
        names.extend(
            text.lines()
                .filter_map(|line| line.split_whitespace().last())
                .map(PathBuf::from),
        );
    }
    names
}

/// The best usable interpreter: (minor version, path).
fn find(shell: &Shell) -> Result<(u32, PathBuf), Failure> {
    let mut found: Vec<(usize, u32, PathBuf)> = Vec::new();
    for name in candidates(shell) {
        let Some(text) = output(shell.program(&name).args(["-c", PROBE])) else {
            continue;
        };
        let fields: Vec<&str> = text.trim().split('\t').collect();
        let [implementation, minor, free_threaded, path] = fields[..] else {
            continue;
        };
        let Ok(minor) = minor.parse::<u32>() else {
            continue;
        };
        let rank = WANTED.iter().position(|&wanted| wanted == minor);
        if let (Some(rank), "cpython", "0") = (rank, implementation, free_threaded) {
            found.push((rank, minor, path.into()));
        }
    }
    found.sort_by_key(|&(rank, ..)| rank);
    let best = found.into_iter().next().ok_or_else(|| {
        Failure::new(
            "no usable Python found: CPython 3.10 to 3.14 with the modules venv and ensurepip is needed \
             (on Debian: `apt install python3-venv`). NUMPY_RS_PYTHON=/path/to/python names one.",
        )
    })?;
    Ok((best.1, best.2))
}

/// The environment, made or completed on the first call and reused after that.
pub(crate) fn environment(shell: &Shell) -> Result<Environment, Failure> {
    let (minor, base) = find(shell)?;
    let folder = shell.root().join(format!(".venv/cp3{minor}"));
    let python = folder.join(if cfg!(windows) {
        "Scripts/python.exe"
    } else {
        "bin/python"
    });
    let environment = Environment { python, minor };
    let tools = shell.root().join("requirements/tools.txt");
    let tests = shell.root().join("requirements/test.txt");
    let wanted = format!(
        "{}\n{}\n{}{}",
        base.display(),
        numpy_requirement(minor),
        std::fs::read_to_string(&tools)?,
        std::fs::read_to_string(&tests)?
    );
    let stamp = folder.join("complete.txt");
    if std::fs::read_to_string(&stamp).is_ok_and(|text| text == wanted) {
        return Ok(environment);
    }
    shell.step(&format!(
        "Making a virtual environment in .venv/cp3{minor} with {}",
        base.display()
    ));
    if minor < 12 {
        println!(
            "    NumPy {REFERENCE} needs Python 3.12: on 3.{minor} the newest NumPy that installs here \
             stands in for it. Set NUMPY_RS_PYTHON to a newer Python for the real reference."
        );
    }
    shell.run(
        shell
            .program(&base)
            .args(["-m", "venv", "--clear"])
            .arg(&folder),
        "The Python module venv does not work here (on Debian: `apt install python3-venv`).",
    )?;
    install(
        shell,
        &environment,
        &[Path::new("-r"), &tools, Path::new("-r"), &tests],
    )?;
    install(shell, &environment, &[Path::new(&numpy_requirement(minor))])?;
    std::fs::write(stamp, wanted)?;
    Ok(environment)
}

fn numpy_requirement(minor: u32) -> String {
    if minor >= 12 {
        format!("numpy=={REFERENCE}")
    } else {
        "numpy".to_owned()
    }
}

/// Installs what one command needs beside the pinned tools, from a file of requirements.
pub(crate) fn add(shell: &Shell, environment: &Environment, file: &str) -> Result<(), Failure> {
    shell.step(&format!("Installing {file}"));
    install(
        shell,
        environment,
        &[Path::new("-r"), &shell.root().join(file)],
    )
}

fn install(shell: &Shell, environment: &Environment, what: &[&Path]) -> Result<(), Failure> {
    shell.run(
        shell
            .program(&environment.python)
            .args([
                "-m",
                "pip",
                "--disable-pip-version-check",
                "install",
                "--quiet",
                "--only-binary=:all:",
            ])
            .args(what),
        "The packages are fetched from PyPI: is the network there?",
    )
}
