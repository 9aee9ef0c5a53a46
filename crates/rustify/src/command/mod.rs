//! The command line: what may be written, and what each command does with it.

pub mod arguments;
pub mod accelerate;
pub mod run;
pub mod setup;
pub mod clean;

use clap::{CommandFactory, Parser};

use crate::console::Console;
use crate::failure::{Exit, Failure};
use crate::interrupt;
use crate::stages::Stages;
use arguments::{Arguments, Chosen};

/// Understands the command line and does what it says; answers how the program ends.
pub fn main(stages: &dyn Stages) -> Exit {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let exit = if error.use_stderr() {
                Exit::Usage
            } else {
                Exit::Done
            };
            // A closed terminal is no reason for another exit code.
            let _ = error.print();
            return exit;
        }
    };
    let quiet = matches!(&arguments.command, Chosen::Accelerate(a) if a.json);
    let console = Console::new(arguments.verbose, quiet);
    interrupt::install();
    let done = match arguments.command {
        Chosen::Accelerate(asked) => accelerate::accelerate(&asked, stages, &console),
        Chosen::Run(asked) => run::run(&asked, stages, &console),
        Chosen::Setup(asked) => setup::setup(&asked, stages, &console),
        Chosen::Clean => clean::clean(&console),
        Chosen::Completions { shell } => {
            let mut out = Vec::new();
            clap_complete::generate(shell, &mut Arguments::command(), "rustify", &mut out);
            print(&String::from_utf8_lossy(&out))
        }
    };
    done.unwrap_or_else(|failure| {
        if interrupt::requested() {
            return Exit::Interrupted;
        }
        console.fail(&failure);
        failure.exit
    })
}

/// Writes to standard output; a reader that has gone away (`| head`) is fine.
fn print(text: &str) -> Result<Exit, Failure> {
    use std::io::Write;
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(e) if e.kind() != std::io::ErrorKind::BrokenPipe => Err(Failure::environment(format!(
            "cannot write to standard output: {e}"
        ))),
        _ => Ok(Exit::Done),
    }
}
