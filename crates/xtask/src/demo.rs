//! `make demo`: the programs of `examples/`, unmodified, on NumPy and on numpy_rs; then a look at sound.

use crate::failure::Failure;
use crate::shell::Shell;
use crate::{python, wheel};

/// Builds and installs the wheel, then lets `examples/compare.py` run and compare.
pub(crate) fn demo(shell: &Shell, arguments: &[String]) -> Result<(), Failure> {
    let environment = wheel::installed(shell)?;
    if !environment.has_reference() {
        println!(
            "    Compared with the newest NumPy for this Python, not with {}.",
            python::REFERENCE
        );
    }
    shell.step("Running examples/ on NumPy and on numpy_rs");
    shell.run(
        shell
            .program(&environment.python)
            .arg("examples/compare.py")
            .args(arguments),
        "The difference is shown above.",
    )?;
    if let Err(failure) = python::add(shell, &environment, "requirements/demo.txt") {
        println!("    The next program draws no picture: {failure}");
    }
    shell.step("Running examples/analyze_audio.py: files and pictures in target/demo");
    shell.run(
        shell.program(&environment.python).args([
            "examples/analyze_audio.py",
            "--out",
            "target/demo",
        ]),
        "The error is shown above.",
    )
}
