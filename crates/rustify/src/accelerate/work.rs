//! From a command to its result: what is needed is found first, then the program is watched, then translated.

use super::prepare::{Tools, Workshop, check_source, prepare};
use super::{Options, claim, memory, translate};
use crate::cache::Cache;
use crate::console::Console;
use crate::failure::{Exit, Failure};
use crate::folder::Folder;
use crate::input;
use crate::report::{self, Report};
use crate::stages::Stages;
use crate::toolchain::{self, maturin};

/// What came out.
#[derive(Debug)]
pub struct Finished {
    /// The report.
    pub report: Report,
    /// The source that it points into.
    pub source: String,
    /// How the command ends.
    pub exit: Exit,
}

/// Does all of it.
pub fn accelerate(
    options: &Options,
    stages: &dyn Stages,
    console: &Console,
    cache: &Cache,
) -> Result<Finished, Failure> {
    let shop = Workshop {
        options,
        stages,
        console,
        cache,
    };
    let input = input::read(&options.asked)?;
    check_source(&input, &shop)?;
    let tools = tools(&shop)?;
    claim::check(options, &input)?;
    let output = Folder::create(&options.output)?;
    let key = memory::key(options, &input, &tools.python, tools.rust.as_ref());
    let known = if options.fresh || options.no_regen {
        None
    } else {
        memory::recall(cache, &key, &output)?
    };
    if let Some(mut report) = known {
        name_outputs(&mut report, &output);
        report::write(&output, &report)?;
        console.note("nothing has changed: the result is the earlier one");
        return Ok(finished(report, input.text));
    }
    let prepared = prepare(&shop, input, &tools.python)?;
    let (mut report, written) = translate::translate(&shop, &output, &prepared, &tools)?;
    if !options.no_regen {
        memory::keep(cache, &key, &output, &written, &report)?;
    }
    name_outputs(&mut report, &output);
    report::write(&output, &report)?;
    Ok(finished(report, prepared.input.text))
}

/// Finds the tools. Python and Rust are asked at the same time: an unchanged file is answered at once.
fn tools(shop: &Workshop<'_>) -> Result<Tools, Failure> {
    let builds = !shop.options.dry_run;
    let cache = shop.cache.folder();
    let (python, rust) = std::thread::scope(|scope| {
        let rust = builds.then(|| scope.spawn(|| toolchain::rust::probe(cache)));
        let python = toolchain::python::probe(shop.options.python.as_deref());
        (python, rust.and_then(|rust| rust.join().ok()))
    });
    let (python, rust) = (python?, rust.transpose()?);
    let maturin = if builds && shop.options.wheel {
        Some(maturin::probe(&python)?)
    } else {
        None
    };
    Ok(Tools {
        python,
        rust,
        maturin,
    })
}

fn finished(report: Report, source: String) -> Finished {
    let built = report.outputs.python_folder.is_some();
    let useful = if built {
        report.shipped()
    } else {
        report.translated()
    };
    let exit = if useful == 0 || report.broken().next().is_some() {
        Exit::Nothing
    } else {
        Exit::Done
    };
    Finished {
        report,
        source,
        exit,
    }
}

/// Makes the names of outputs, which are kept relative, full paths below the output folder.
fn name_outputs(report: &mut Report, output: &Folder) {
    let outputs = &mut report.outputs;
    for name in [
        &mut outputs.crate_folder,
        &mut outputs.python_folder,
        &mut outputs.wheel,
    ]
    .into_iter()
    .flatten()
    {
        *name = output.path().join(&name).to_string_lossy().into_owned();
    }
}
