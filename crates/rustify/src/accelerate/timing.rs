//! The whole program with and without Rust, in turn.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::failure::Failure;
use crate::program;
use crate::report::model::Benchmark;
use crate::stages::{self, Watch};

/// Runs the program with the drop-in in turn with and without Rust; answers the medians.
pub fn program(
    watch: &Watch<'_>,
    dropin: &Path,
    folder: &Path,
    rounds: u32,
) -> Result<Benchmark, Failure> {
    let rounds = rounds.max(3);
    let (mut python, mut rust) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        python.push(once(watch, dropin, folder, false)?);
        rust.push(once(watch, dropin, folder, true)?);
    }
    let (python_seconds, rust_seconds) = (median(python), median(rust));
    Ok(Benchmark {
        rounds,
        python_seconds,
        rust_seconds,
        speedup: python_seconds / rust_seconds.max(1e-9),
    })
}

fn once(watch: &Watch<'_>, dropin: &Path, folder: &Path, with_rust: bool) -> Result<f64, Failure> {
    let paths = [folder.to_path_buf(), watch.root.to_path_buf()];
    let mut command = Command::new(&watch.python.executable);
    command
        .env("PYTHONPATH", stages::search_path(&paths)?)
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env("RUSTIFY_DISABLE", if with_rust { "0" } else { "1" })
        .arg(watch.driver.unwrap_or(dropin))
        .args(watch.arguments);
    let ended = program::run(&mut command, Duration::from_secs_f64(watch.seconds))
        .map_err(|e| Failure::environment(format!("Python does not run: {e}")))?;
    if !ended.success() {
        return Err(
            Failure::nothing("the program failed while it was timed").detail(ended.errors(6))
        );
    }
    Ok(ended.seconds)
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
