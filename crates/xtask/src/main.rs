//! The one program behind the Makefile: `cargo xtask COMMAND`.
//!
//! It needs cargo and any Python 3.10 to 3.14, makes its own virtual environment under
//! `.venv/`, says each step before it takes it, and stops with one clear sentence when a
//! step cannot be taken. Commands are listed in [`USAGE`].

#![expect(
    clippy::print_stdout,
    reason = "a command line tool talks on its standard output"
)]
#![forbid(unsafe_code)]

mod failure;
mod shell;
mod python;
mod wheel;
mod tidy;
mod licences;
mod lint;
mod suite;
mod test;
mod demo;

use failure::Failure;
use shell::Shell;

const USAGE: &str = "\
usage: cargo xtask COMMAND [ARGUMENTS]

  demo          build the wheel, run examples/ on NumPy and on numpy_rs, compare
  test          lint, Rust tests, wheel, Python tests, differential, conformance
  python-tests  wheel and Python tests alone
  lint          fmt, clippy, tidy, licences, typos, ruff
  tidy          layers, circles, file sizes, names, unsafe, change notes
  conformance   NumPy's own test suite against the wheel
  differential  random calls against the real NumPy
  package       tests of a package from PyPI on NumPy and under drop-in
  bench         ours beside NumPy
  bench-audio   sound beside NumPy and SciPy
  bench-numeric products, linalg, fft and random beside NumPy
  bench-rustify CPython, rustify and Numba on the kernels of examples/rustify
  wheel         build the wheel into target/wheels

Arguments after COMMAND go to the program it runs. NUMPY_RS_PYTHON names the Python to use.";

fn run(command: &str, arguments: &[String]) -> Result<(), Failure> {
    let shell = Shell::new()?;
    match command {
        "demo" => demo::demo(&shell, arguments),
        "test" => test::test(&shell, arguments),
        "python-tests" => test::python_tests(&shell, arguments),
        "lint" => lint::lint(&shell),
        "tidy" => tidy::tidy(shell.root()),
        "conformance" => suite::conformance(&shell, arguments),
        "differential" => suite::differential(&shell, arguments),
        "package" => suite::package(&shell, arguments),
        "bench" => suite::bench(&shell, "bench/run.py", arguments),
        "bench-audio" => suite::bench_audio(&shell, arguments),
        "bench-numeric" => suite::bench(&shell, "bench/numeric/run.py", arguments),
        "bench-rustify" => suite::bench_rustify(&shell, arguments),
        "wheel" => wheel::build(&shell).map(|path| println!("{}", path.display())),
        _ => Err(Failure::new(USAGE)),
    }
}

fn main() -> std::process::ExitCode {
    let mut arguments = std::env::args().skip(1);
    let command = arguments.next().unwrap_or_default();
    let rest: Vec<String> = arguments.collect();
    match run(&command, &rest) {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(failure) => {
            println!("\nerror: {failure}");
            std::process::ExitCode::FAILURE
        }
    }
}
