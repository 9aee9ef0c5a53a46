//! The program `rustify`.

use std::process::ExitCode;

fn main() -> ExitCode {
    rustify::command::main(&rustify::real::Real).into()
}
