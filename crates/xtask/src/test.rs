//! `make test`: everything that CI checks, with the extension compiled once.

use crate::failure::Failure;
use crate::python::{self, Environment};
use crate::shell::Shell;
use crate::{lint, suite, wheel};

/// Runs the parts in order of cost and stops at the first that fails.
pub(crate) fn test(shell: &Shell, arguments: &[String]) -> Result<(), Failure> {
    let environment = python::environment(shell)?;
    println!(
        "Python: {} ({})",
        environment.python.display(),
        environment.tag()
    );
    lint::lint_with(shell, &environment)?;

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
    )?;

    let environment = installed_and_tested(shell, arguments)?;
    if environment.has_reference() {
        suite::differential_with(shell, &environment, &[])?;
        suite::package_with(shell, &environment, &[])?;
        suite::conformance_with(shell, &environment, &[])?;
    } else {
        println!(
            "    Not run: differential test, package test and NumPy's own suite, which need NumPy {} and so \
             Python 3.12.",
            python::REFERENCE
        );
    }
    shell.step("All tests passed");
    Ok(())
}

/// The wheel and the Python tests, for machines where the rest runs elsewhere.
pub(crate) fn python_tests(shell: &Shell, arguments: &[String]) -> Result<(), Failure> {
    installed_and_tested(shell, arguments).map(drop)
}

fn installed_and_tested(shell: &Shell, arguments: &[String]) -> Result<Environment, Failure> {
    let environment = wheel::installed(shell)?;
    shell.step("Python tests");
    shell.run(
        shell
            .program(&environment.python)
            .args(["-m", "pytest", "tests", "--durations=10"])
            .args(arguments),
        "The failing test is named above.",
    )?;
    Ok(environment)
}
