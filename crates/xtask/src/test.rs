//! `make test`: everything that CI checks, with the extension compiled once.

use crate::failure::Failure;
use crate::python::{self, Environment};
use crate::shell::Shell;
use crate::{lint, suite, wheel};

/// Runs every part even after one failed, so that one run tells all there is to mend.
pub(crate) fn test(shell: &Shell, arguments: &[String]) -> Result<(), Failure> {
    let environment = python::environment(shell)?;
    println!(
        "Python: {} ({})",
        environment.python.display(),
        environment.tag()
    );
    let mut failed = Vec::new();
    let mut note = |name: &str, outcome: Result<(), Failure>| {
        if let Err(failure) = outcome {
            println!("\n    FAILED {name}: {failure}");
            failed.push(name.to_owned());
        }
    };
    note("lint", lint::lint_with(shell, &environment));
    note("Rust tests", rust_tests(shell, &environment));
    let environment = wheel::installed(shell)?;
    note("Python tests", pytest(shell, &environment, arguments));
    if environment.has_reference() {
        note(
            "differential",
            suite::differential_with(shell, &environment, &[]),
        );
        note("package", suite::package_with(shell, &environment, &[]));
        note(
            "conformance",
            suite::conformance_with(shell, &environment, &[]),
        );
    } else {
        println!(
            "    Not run: differential test, package test and NumPy's own suite, which need NumPy {} and so \
             Python 3.12.",
            python::REFERENCE
        );
    }
    if failed.is_empty() {
        shell.step("All tests passed");
        Ok(())
    } else {
        Err(Failure::new(format!("failed: {}", failed.join(", "))))
    }
}

/// The wheel and the Python tests, for machines where the rest runs elsewhere.
pub(crate) fn python_tests(shell: &Shell, arguments: &[String]) -> Result<(), Failure> {
    let environment = wheel::installed(shell)?;
    pytest(shell, &environment, arguments)
}

fn rust_tests(shell: &Shell, environment: &Environment) -> Result<(), Failure> {
    shell.step("Rust tests");
    shell.run(
        shell.cargo().env("PYO3_PYTHON", &environment.python).args([
            "test",
            "--workspace",
            "--exclude",
            "numpy_rs_pyext",
            "--locked",
        ]),
        "The failing test is named above.",
    )
}

fn pytest(shell: &Shell, environment: &Environment, arguments: &[String]) -> Result<(), Failure> {
    shell.step("Python tests");
    shell.run(
        shell
            .program(&environment.python)
            .args(["-m", "pytest", "tests", "--durations=10"])
            .args(arguments),
        "The failing test is named above.",
    )
}
