//! The Python programs of the repository that run against the installed wheel.

use crate::failure::Failure;
use crate::python::{self, Environment};
use crate::shell::Shell;
use crate::wheel;

/// Ids of NumPy's tests that pass; none of them may be lost.
const BASELINE: &str = "conformance/baseline.txt.gz";

/// NumPy's own suite; with arguments, whatever they select.
pub(crate) fn conformance(shell: &Shell, arguments: &[String]) -> Result<(), Failure> {
    let environment = wheel::installed(shell)?;
    conformance_with(shell, &environment, arguments)
}

pub(crate) fn conformance_with(
    shell: &Shell,
    environment: &Environment,
    arguments: &[String],
) -> Result<(), Failure> {
    shell.step("NumPy's own test suite, unmodified, through the drop-in mode (3 to 10 minutes)");
    let mut command = shell.program(&environment.python);
    command.arg("conformance/conformance.py");
    if !arguments
        .iter()
        .any(|word| word.contains("baseline") || word == "--pytest")
    {
        command.args(["--baseline", BASELINE]);
    }
    shell.run(
        command.args(arguments),
        "The report above names what was lost.",
    )
}

/// Random calls on ours and on the real NumPy.
pub(crate) fn differential(shell: &Shell, arguments: &[String]) -> Result<(), Failure> {
    let environment = wheel::installed(shell)?;
    differential_with(shell, &environment, arguments)
}

pub(crate) fn differential_with(
    shell: &Shell,
    environment: &Environment,
    arguments: &[String],
) -> Result<(), Failure> {
    shell.step("Differential test: random calls, ours against the real NumPy");
    shell.run(
        shell
            .program(&environment.python)
            .arg("tests/differential/run.py")
            .args(arguments),
        "Each difference above can be repeated with its --seed and --case.",
    )
}

/// The tests that a package from PyPI ships.
pub(crate) fn package(shell: &Shell, arguments: &[String]) -> Result<(), Failure> {
    let environment = wheel::installed(shell)?;
    package_with(shell, &environment, arguments)
}

pub(crate) fn package_with(
    shell: &Shell,
    environment: &Environment,
    arguments: &[String],
) -> Result<(), Failure> {
    shell.step("A package from PyPI: its own tests on NumPy and under drop-in");
    shell.run(
        shell
            .program(&environment.python)
            .arg("tests/package_from_pypi.py")
            .args(arguments),
        "The package does not do under drop-in what it does on NumPy.",
    )
}

/// Ours beside NumPy, by one of the programs of `bench/`.
pub(crate) fn bench(shell: &Shell, program: &str, arguments: &[String]) -> Result<(), Failure> {
    let environment = wheel::installed(shell)?;
    shell.step("Bench: ours and NumPy alternate in one run");
    shell.run(
        shell
            .program(&environment.python)
            .arg(program)
            .args(arguments),
        "Rows under their bar are listed first.",
    )
}

/// Sound beside NumPy and SciPy, which is fetched for this alone.
pub(crate) fn bench_audio(shell: &Shell, arguments: &[String]) -> Result<(), Failure> {
    let environment = wheel::installed(shell)?;
    python::add(shell, &environment, "requirements/audio.txt")?;
    shell.step("Bench of sound: ours and NumPy with SciPy alternate in one run");
    shell.run(
        shell
            .program(&environment.python)
            .arg("bench/audio/run.py")
            .args(arguments),
        "Rows under their bar say so.",
    )
}

/// CPython, rustify and Numba; needs no wheel of ours.
pub(crate) fn bench_rustify(shell: &Shell, arguments: &[String]) -> Result<(), Failure> {
    let environment = python::environment(shell)?;
    shell.step("Building the rustify command");
    shell.run(
        shell
            .cargo()
            .args(["build", "--release", "--bin", "rustify"]),
        "The compiler's message above names the place.",
    )?;
    shell.step("Bench: CPython, rustify and Numba alternate in one run");
    shell.run(
        shell
            .program(&environment.python)
            .arg("bench/rustify/run.py")
            .args(arguments),
        "What missed its bar is listed last.",
    )
}
