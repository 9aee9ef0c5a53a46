//! `rustify accelerate`.

use super::arguments::Accelerate;
use super::print;
use crate::accelerate::{self, Options, prepare};
use crate::cache::Cache;
use crate::console::Console;
use crate::failure::{Exit, Failure};
use crate::input::{self, Asked};
use crate::report::{self, terminal};
use crate::select::Choice;
use crate::stages::Stages;
use crate::toolchain;

/// Does it and shows the report.
pub(super) fn accelerate(
    asked: &Accelerate,
    stages: &dyn Stages,
    console: &Console,
) -> Result<Exit, Failure> {
    let options = options(asked)?;
    let cache = Cache::open()?;
    if asked.list_targets {
        return list(&options, asked.json, stages, console, &cache);
    }
    let finished = accelerate::accelerate(&options, stages, console, &cache)?;
    let text = if asked.json {
        report::json(&finished.report)
    } else {
        terminal::text(&finished.report, &finished.source, console.output_color())
    };
    print(&text)?;
    Ok(finished.exit)
}

fn options(asked: &Accelerate) -> Result<Options, Failure> {
    let input = match (&asked.file, asked.snippet, &asked.git, &asked.git_path) {
        (Some(file), ..) => Asked::File(file.clone()),
        (None, true, ..) => Asked::Snippet,
        (None, false, Some(url), Some(path)) => Asked::Git {
            url: url.clone(),
            path: path.clone(),
            revision: asked.rev.clone(),
        },
        _ => return Err(Failure::usage("name a file: --file, --snippet or --git")),
    };
    let choice = if asked.all {
        Choice::All
    } else if asked.function.is_empty() {
        Choice::Threshold(asked.threshold)
    } else {
        Choice::Named(asked.function.clone())
    };
    Ok(Options {
        asked: input,
        driver: asked.driver.clone(),
        arguments: asked.arguments.clone(),
        choice,
        iterations: asked.iterations,
        seconds: asked.time_limit,
        dry_run: asked.dry_run,
        benchmark: asked.benchmark,
        no_regen: asked.no_regen,
        keep_slower: asked.keep_slower,
        ml_mode: asked.ml_mode,
        wheel: asked.wheel,
        fresh: asked.fresh,
        python: asked.python.clone(),
        output: asked.output.clone(),
        yes: asked.yes,
    })
}

/// `--list-targets`: nothing is written.
fn list(
    options: &Options,
    json: bool,
    stages: &dyn Stages,
    console: &Console,
    cache: &Cache,
) -> Result<Exit, Failure> {
    let python = toolchain::python::probe(options.python.as_deref())?;
    let input = input::read(&options.asked)?;
    let shop = prepare::Workshop {
        options,
        stages,
        console,
        cache,
    };
    let prepared = prepare::prepare(&shop, input, &python)?;
    if json {
        let functions = accelerate::decide::functions(&prepared.targets, None);
        let value = serde_json::json!({ "functions": functions });
        return print(&format!("{value:#}\n"));
    }
    for note in &prepared.watched.notes {
        console.say(&format!("note: {note}"));
    }
    print(&terminal::targets(
        &prepared.targets,
        console.output_color(),
    ))
}
