//! Every check that reads the code without running it.

use crate::failure::Failure;
use crate::python::{self, Environment};
use crate::shell::Shell;
use crate::{licences, tidy};

/// Runs all checks, so that one report names everything, and fails if any did.
pub(crate) fn lint(shell: &Shell) -> Result<(), Failure> {
    let environment = python::environment(shell)?;
    lint_with(shell, &environment)
}

/// A named check.
type Check<'a> = (&'a str, Box<dyn Fn() -> Result<(), Failure> + 'a>);

pub(crate) fn lint_with(shell: &Shell, environment: &Environment) -> Result<(), Failure> {
    let python = || shell.program(&environment.python);
    let checks: [Check<'_>; 6] = [
        (
            "rustfmt",
            Box::new(|| {
                shell.run(
                    shell.cargo().args(["fmt", "--all", "--check"]),
                    "Run `cargo fmt --all`.",
                )
            }),
        ),
        ("tidy", Box::new(|| tidy::tidy(shell.root()))),
        ("licences and bans", Box::new(|| licences::check(shell))),
        (
            "typos",
            Box::new(|| {
                shell.run(
                    shell
                        .program(environment.python.with_file_name("typos"))
                        .args(["--config", "_typos.toml"]),
                    "Mend the word, or list it in _typos.toml.",
                )
            }),
        ),
        (
            "ruff",
            Box::new(|| {
                shell.run(
                    python().args(["-m", "ruff", "check", "--quiet", "."]),
                    "`ruff check --fix` mends most.",
                )
            }),
        ),
        (
            "clippy",
            Box::new(|| {
                shell.run(
                    shell
                        .cargo()
                        .env("PYO3_PYTHON", &environment.python)
                        .args([
                            "clippy",
                            "--workspace",
                            "--all-targets",
                            "--locked",
                            "--quiet",
                        ])
                        .args(["--", "-D", "warnings"]),
                    "Each finding above names its rule.",
                )
            }),
        ),
    ];
    let mut failed = Vec::new();
    for (name, check) in &checks {
        shell.step(&format!("Lint: {name}"));
        if let Err(failure) = check() {
            println!("    {name}: {failure}");
            failed.push(*name);
        }
    }
    if failed.is_empty() {
        println!("\nlint: all {} checks passed", checks.len());
        Ok(())
    } else {
        Err(Failure::new(format!("lint failed: {}", failed.join(", "))))
    }
}
