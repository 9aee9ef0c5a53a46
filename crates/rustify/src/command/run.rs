//! `rustify run`: a program with its hot functions in Rust, from the cache, with no file of the user's touched.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::arguments::Run;
use crate::accelerate::{self, Options};
use crate::cache::Cache;
use crate::console::Console;
use crate::failure::{Exit, Failure, shown};
use crate::input::{self, Asked};
use crate::names::Key;
use crate::select::Choice;
use crate::stages::Stages;
use crate::toolchain::{self, Python};

/// Translates the program where that has not been done yet, then runs it.
pub(super) fn run(asked: &Run, stages: &dyn Stages, console: &Console) -> Result<Exit, Failure> {
    let Some((program, arguments)) = asked.program.split_first() else {
        return Err(Failure::usage("name a program"));
    };
    let program = PathBuf::from(program);
    let python = toolchain::python::probe(asked.python.as_deref())?;
    let cache = Cache::open()?;
    let input = input::read(&Asked::File(program.clone()))?;
    let key = Key::of_this_build()
        .with(&input.bytes)
        .text(&input.file.to_string_lossy())
        .text(&python.abi())
        .text(&python.executable.to_string_lossy())
        .text(&asked.threshold.to_string())
        .finish();
    if !cache.has("programs", &key) {
        let output = cache.entry("programs", &key)?;
        let options = Options {
            asked: Asked::File(program.clone()),
            driver: None,
            arguments: arguments.to_vec(),
            choice: Choice::Threshold(asked.threshold),
            iterations: 7,
            seconds: asked.time_limit,
            dry_run: false,
            benchmark: false,
            no_regen: false,
            keep_slower: false,
            ml_mode: false,
            wheel: false,
            fresh: false,
            python: Some(python.executable.clone()),
            output: output.path().to_path_buf(),
            yes: asked.yes,
        };
        match accelerate::accelerate(&options, stages, console, &cache) {
            Ok(finished) => console.say(&format!("rustify: {}", finished.report.summary())),
            // The program itself runs anyway; without consent or tools it does not.
            Err(failure) if failure.exit == Exit::Nothing => console.warn(&failure.message),
            Err(failure) => return Err(failure),
        }
        cache.finish("programs", &key)?;
    }
    let home = cache
        .path("programs", &key)
        .join("python")
        .join(input.place.folder());
    let dropin = home.join(&input.place.file_name);
    start(&python, &input.file, &dropin, &home, arguments)
}

/// Runs the drop-in's text as `__main__` under the name of the original file.
const RUNNER: &str = r#"
import sys
dropin, home, file = sys.argv[1:4]
del sys.argv[:3]
import os
sys.path[0] = os.path.dirname(file)
with open(dropin, "rb") as opened:
    text = opened.read()
import types
main = types.ModuleType("__main__")
main.__file__ = file
main.__builtins__ = __builtins__
main.__dict__["__rustify_home__"] = home
sys.modules["__main__"] = main
exec(compile(text, file, "exec"), main.__dict__)
"#;

fn start(
    python: &Python,
    file: &Path,
    dropin: &Path,
    home: &Path,
    arguments: &[String],
) -> Result<Exit, Failure> {
    let mut command = Command::new(&python.executable);
    if dropin.is_file() {
        command.args(["-c", RUNNER]).arg(dropin).arg(home).arg(file);
    } else {
        command.arg(file);
    }
    command.args(arguments);
    let failed = |e: std::io::Error| {
        Failure::environment(format!("{} does not run: {e}", shown(&python.executable)))
    };
    #[cfg(unix)]
    {
        crate::interrupt::uninstall();
        // The program takes our place, so that signals and its exit code are its own.
        Err(failed(std::os::unix::process::CommandExt::exec(
            &mut command,
        )))
    }
    #[cfg(not(unix))]
    {
        let status = command.status().map_err(failed)?;
        std::process::exit(status.code().unwrap_or(1));
    }
}
