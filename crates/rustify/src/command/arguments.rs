//! What may be written on the command line.

use std::path::PathBuf;

use clap::{ArgAction, Args, Parser, Subcommand};
use clap_complete::Shell;

const EXAMPLES: &str = "\
Examples:
  rustify setup                                    fetch what builds need, once
  rustify accelerate --file slow.py                the hot functions of a program
  rustify accelerate --file lib.py --driver use.py -- 1000
                                                   a module, with a program that uses it
  rustify accelerate --file slow.py --list-targets where the time goes
  PYTHONPATH=dist/python python slow.py            use the result
  rustify run slow.py 1000                         without writing anything beside it

Exit codes: 0 done, 1 nothing accelerated or answers differ, 2 usage, 3 environment.";

/// From a slow Python program to a proven Rust extension in one command.
#[derive(Debug, Parser)]
#[command(name = "rustify", version, after_help = EXAMPLES, max_term_width = 100)]
pub struct Arguments {
    /// Say more: -v what is done, -vv everything.
    #[arg(short, long, action = ArgAction::Count, global = true)]
    pub verbose: u8,
    /// What to do.
    #[command(subcommand)]
    pub command: Chosen,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Chosen {
    /// Translate the hot functions of a Python file, prove them, and write a drop-in module.
    Accelerate(Box<Accelerate>),
    /// Run a program with its hot functions in Rust; the result is kept in the cache.
    Run(Run),
    /// Fetch the crates that builds need and try the toolchain; later builds work offline.
    Setup(Setup),
    /// Remove the cache.
    Clean,
    /// Print completions for a shell.
    Completions {
        /// The shell.
        shell: Shell,
    },
}

const ACCELERATE_EXAMPLES: &str = "\
Examples:
  rustify accelerate --file slow.py --yes
  rustify accelerate --file pkg/mod.py --driver bench.py --function dot --function C.step -- 500
  rustify accelerate --git https://example.org/a.git --git-path src/a.py --rev v1.2
  rustify accelerate --snippet --all --dry-run < code.py

The program is run with your rights while it is watched. Results go to DIR/python (put it first
on sys.path), DIR/MODULE_rs (the crate) and DIR/report.{json,md,html}.";

/// `rustify accelerate`.
#[derive(Debug, Args)]
#[command(
    after_help = ACCELERATE_EXAMPLES,
    group = clap::ArgGroup::new("input").required(true).args(["file", "snippet", "git"])
)]
pub struct Accelerate {
    /// The Python file.
    #[arg(long, value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// Read the Python source from standard input.
    #[arg(long)]
    pub snippet: bool,
    /// A git repository, an https:// address or a folder.
    #[arg(long, value_name = "URL", requires = "git_path")]
    pub git: Option<String>,
    /// The file inside the repository.
    #[arg(long, value_name = "PATH", requires = "git")]
    pub git_path: Option<String>,
    /// The branch, tag or commit [default: the repository's default branch].
    #[arg(long, value_name = "REV", requires = "git")]
    pub rev: Option<String>,

    /// A program that exercises the file [default: the file itself, as a program].
    #[arg(long, value_name = "FILE")]
    pub driver: Option<PathBuf>,
    /// The program's arguments.
    #[arg(last = true, value_name = "ARGS")]
    pub arguments: Vec<String>,
    /// How often each version is timed.
    #[arg(long, value_name = "N", default_value_t = 7, value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub iterations: u32,
    /// How long the program may run.
    #[arg(long, value_name = "SECONDS", default_value = "120", value_parser = seconds)]
    pub time_limit: f64,

    /// Translate this function (repeatable), such as `f` or `Class.method`.
    #[arg(long, value_name = "NAME")]
    pub function: Vec<String>,
    /// Translate every function that the file defines.
    #[arg(long, conflicts_with = "function")]
    pub all: bool,
    /// Translate functions that take this much of the time themselves.
    #[arg(long, value_name = "PCT", default_value = "10", value_parser = percent)]
    pub threshold: f64,
    /// Show where the time goes, and stop.
    #[arg(long)]
    pub list_targets: bool,
    /// Write the crate, do not build it.
    #[arg(long)]
    pub dry_run: bool,
    /// Time the whole program with and without Rust.
    #[arg(long)]
    pub benchmark: bool,
    /// Keep the crate in DIR as it is, with your changes, and build it.
    #[arg(long, conflicts_with = "dry_run")]
    pub no_regen: bool,
    /// Ship translations that are proven but not faster.
    #[arg(long)]
    pub keep_slower: bool,
    /// Take parameters without annotation or record for arrays where their use allows it.
    #[arg(long)]
    pub ml_mode: bool,
    /// Make a wheel too (needs maturin).
    #[arg(long)]
    pub wheel: bool,
    /// Measure again even if nothing has changed.
    #[arg(long)]
    pub fresh: bool,

    /// The Python interpreter [default: the active environment's, else python3].
    #[arg(long, value_name = "EXE")]
    pub python: Option<PathBuf>,
    /// The folder for results.
    #[arg(long, value_name = "DIR", default_value = "dist")]
    pub output: PathBuf,
    /// Print the report as JSON and nothing else.
    #[arg(long)]
    pub json: bool,
    /// Agree to running the program.
    #[arg(long)]
    pub yes: bool,
}

/// `rustify run`.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  rustify run --yes simulate.py 1000

The first run watches the program once more to translate it; later runs start at once. When the
file changes, it is translated again.")]
pub struct Run {
    /// The Python interpreter [default: the active environment's, else python3].
    #[arg(long, value_name = "EXE")]
    pub python: Option<PathBuf>,
    /// Translate functions that take this much of the time themselves.
    #[arg(long, value_name = "PCT", default_value = "10", value_parser = percent)]
    pub threshold: f64,
    /// How long the program may run while it is watched.
    #[arg(long, value_name = "SECONDS", default_value = "120", value_parser = seconds)]
    pub time_limit: f64,
    /// Agree to running the program once more to watch it.
    #[arg(long)]
    pub yes: bool,
    /// The program and its arguments.
    #[arg(
        required = true,
        trailing_var_arg = true,
        allow_hyphen_values = true,
        value_name = "PROGRAM [ARGS]"
    )]
    pub program: Vec<String>,
}

/// `rustify setup`.
#[derive(Debug, Args)]
pub struct Setup {
    /// The Python interpreter [default: the active environment's, else python3].
    #[arg(long, value_name = "EXE")]
    pub python: Option<PathBuf>,
}

fn percent(text: &str) -> Result<f64, String> {
    match text.trim_end_matches('%').parse::<f64>() {
        Ok(value) if (0.0..=100.0).contains(&value) => Ok(value),
        _ => Err("a percentage from 0 to 100 is needed".into()),
    }
}

fn seconds(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(value) if (0.1..=86_400.0).contains(&value) => Ok(value),
        _ => Err("a number of seconds from 0.1 to 86400 is needed".into()),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        super::Arguments::command().debug_assert();
    }
}
