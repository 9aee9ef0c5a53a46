//! The stages in order, and what is written after each.

use std::path::{Path, PathBuf};

use rustify_types::{Compiled, FunctionProfile, Outcome, Reason, Request};

use super::{Options, decide, memory, timing};
use crate::cache::Cache;
use crate::console::Console;
use crate::dropin::{self, Native};
use crate::failure::{Exit, Failure};
use crate::folder::Folder;
use crate::input::{self, Input};
use crate::names::{self, Key};
use crate::report::{self, Report};
use crate::select::{self, Choice, Target};
use crate::stages::{Compare, Stages, Watch, Watched};
use crate::toolchain::{self, Python, Rust, maturin};
use crate::{VERSION, build};

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

/// A file that has been read and watched.
#[derive(Debug)]
pub struct Prepared {
    /// The file.
    pub input: Input,
    /// The interpreter.
    pub python: Python,
    /// Its functions.
    pub targets: Vec<Target>,
    /// What the profile said.
    pub watched: Watched,
    recording: tempfile::TempDir,
}

/// Does all of it.
pub fn accelerate(
    options: &Options,
    stages: &dyn Stages,
    console: &Console,
    cache: &Cache,
) -> Result<Finished, Failure> {
    let python = toolchain::python::probe(options.python.as_deref())?;
    let input = input::read(&options.asked)?;
    check_source(&input, stages, console)?;
    let rust = if options.dry_run {
        None
    } else {
        Some(toolchain::rust::probe(cache.folder())?)
    };
    let maturin = if options.wheel && !options.dry_run {
        Some(maturin::probe(&python)?)
    } else {
        None
    };
    check_output(options, &input)?;
    let output = Folder::create(&options.output)?;
    let key = memory::key(options, &input, &python, rust.as_ref());
    let known = if options.fresh || options.no_regen {
        None
    } else {
        memory::recall(cache, &key, &output)?
    };
    if let Some(report) = known {
        report::write(&output, &report)?;
        console.note("nothing has changed: the result is the earlier one");
        return Ok(finished(report, input.text));
    }
    let prepared = prepare(options, stages, console, cache, input, python)?;
    let mut report = translate(
        options,
        stages,
        console,
        cache,
        &output,
        &prepared,
        rust.as_ref(),
        maturin.as_deref(),
    )?;
    if !options.no_regen {
        let folders = [prepared.input.place.crate_folder(), "python".into()];
        let outputs = [&report.outputs.crate_folder, &report.outputs.python_folder];
        let written = folders
            .into_iter()
            .zip(outputs)
            .filter(|(_, o)| o.is_some());
        let mut written: Vec<String> = written.map(|(folder, _)| folder).collect();
        written.extend(report.outputs.wheel.clone());
        memory::keep(cache, &key, &output, &written, &report)?;
    }
    name_outputs(&mut report, &output);
    report::write(&output, &report)?;
    Ok(finished(report, prepared.input.text))
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

/// Whether the file is Python at all, before anything of it runs.
fn check_source(input: &Input, stages: &dyn Stages, console: &Console) -> Result<(), Failure> {
    match stages.functions(&input.text) {
        Ok(found) if found.is_empty() => Err(Failure::nothing(format!(
            "{} defines no functions",
            input.shown
        ))
        .help("Put the slow part into a function; code of the module itself runs once.")),
        Ok(_) => Ok(()),
        Err(reason) => Err(syntax_error(input, &reason, console)),
    }
}

fn syntax_error(input: &Input, reason: &Reason, console: &Console) -> Failure {
    let shown = report::diagnostics::error(&input.shown, reason, &input.text, console.color());
    Failure::usage(format!("{} is not Python", input.shown)).detail(shown)
}

/// The drop-in has the name of the original: it must never replace it.
fn check_output(options: &Options, input: &Input) -> Result<(), Failure> {
    let python = options.output.join("python").join(input.place.folder());
    let same = |a: &Path, b: &Path| match (a.canonicalize(), b.canonicalize()) {
        (Ok(a), Ok(b)) => a == b,
        _ => false,
    };
    if input
        .file
        .parent()
        .is_some_and(|folder| same(folder, &python))
    {
        return Err(Failure::usage("the output would replace the file itself")
            .help("Choose another --output folder."));
    }
    Ok(())
}

/// Reads the file, watches the program, and marks what is chosen.
pub fn prepare(
    options: &Options,
    stages: &dyn Stages,
    console: &Console,
    cache: &Cache,
    input: Input,
    python: Python,
) -> Result<Prepared, Failure> {
    let defined = stages
        .functions(&input.text)
        .map_err(|reason| syntax_error(&input, &reason, console))?;
    if let Choice::Named(_) = options.choice {
        // A misspelt name is found before the program runs.
        select::select(&defined, &[], 0.0, &options.choice, &input.text)?;
    }
    if let Some(driver) = &options.driver
        && !driver.is_file()
    {
        return Err(Failure::usage(format!(
            "there is no driver {}",
            crate::failure::shown(driver)
        )));
    }
    let program = options
        .driver
        .as_deref()
        .map_or_else(|| input.shown.clone(), crate::failure::shown);
    if !options.yes {
        console.confirm(&format!(
            "rustify runs {program} with your rights to watch it. Go on?"
        ))?;
    }
    let recording = tempfile::Builder::new()
        .prefix("recording-")
        .tempdir_in(cache.folder().path())
        .map_err(|e| Failure::file("cannot write in", cache.folder().path(), &e))?;
    let module = input.place.module();
    let watched = {
        let stage = console.stage("profile");
        stage.doing(&program);
        let watch = watch(options, &input, &python, &module, recording.path());
        stages.profile(&watch, &stage)?
    };
    let targets = select::select(
        &defined,
        &watched.functions,
        watched.seconds,
        &options.choice,
        &input.text,
    )?;
    Ok(Prepared {
        input,
        python,
        targets,
        watched,
        recording,
    })
}

fn watch<'a>(
    options: &'a Options,
    input: &'a Input,
    python: &'a Python,
    module: &'a str,
    recording: &'a Path,
) -> Watch<'a> {
    Watch {
        python,
        file: &input.file,
        root: &input.place.root,
        module,
        driver: options.driver.as_deref(),
        arguments: &options.arguments,
        seconds: options.seconds,
        iterations: options.iterations,
        recording,
    }
}

fn translate(
    options: &Options,
    stages: &dyn Stages,
    console: &Console,
    cache: &Cache,
    output: &Folder,
    prepared: &Prepared,
    rust: Option<&Rust>,
    maturin: Option<&Path>,
) -> Result<Report, Failure> {
    let Prepared {
        input,
        python,
        targets,
        watched,
        recording,
    } = prepared;
    let module = input.place.module();
    let mut report = Report {
        rustify: VERSION.to_owned(),
        file: input.shown.clone(),
        module: module.clone(),
        python: python.version_text(),
        python_executable: python.executable.to_string_lossy().into_owned(),
        rustc: rust.map_or("", Rust::version_text).to_owned(),
        numpy: python.numpy.clone(),
        platform: python.platform.clone(),
        profile_seconds: watched.seconds,
        notes: watched.notes.clone(),
        ..Report::default()
    };
    let chosen: Vec<FunctionProfile> = targets
        .iter()
        .filter(|t| t.chosen)
        .map(|t| t.profile.clone())
        .collect();
    if chosen.is_empty() {
        report.functions = decide::functions(targets, None);
        report.notes.push(nothing_chosen(&options.choice, watched));
        return Ok(report);
    }
    let request = Request {
        extension: extension_name(&module, input, &chosen, options.ml_mode, python),
        source: input.text.clone(),
        path: input.shown.clone(),
        module: module.clone(),
        functions: chosen,
        ml_mode: options.ml_mode,
    };
    let compiled = {
        let stage = console.stage("translate");
        stage.doing(&module);
        stages
            .compile(&request)
            .map_err(|reason| syntax_error(input, &reason, console))?
    };
    report.functions = decide::functions(targets, Some(&compiled));
    let crate_name = input.place.crate_folder();
    let crate_folder = output.place(&crate_name)?;
    if report.translated() == 0 {
        return Ok(report);
    }
    if options.no_regen && crate_folder.join("Cargo.toml").is_file() {
        console.note("the crate stays as it is (--no-regen)");
    } else {
        build::sources::write(&output.sub(&crate_name)?, &compiled)?;
    }
    report.outputs.crate_folder = Some(crate_name.clone());
    let Some(rust) = rust else {
        return Ok(report);
    };
    let library = {
        let stage = console.stage("build");
        stage.doing(&crate_name);
        let (library, known) = build::library(cache, &crate_folder, python, rust, &stage)?;
        if known {
            console.note("this crate was built before: its library comes from the cache");
        }
        library
    };
    let native = Native {
        extension: &request.extension,
        library: &library,
        python,
    };
    let folder = output.sub("python")?;
    let (pure, effects) = by_effects(&request, &compiled);
    let everything: Vec<String> = pure.iter().map(|f| f.qualname.clone()).collect();
    let path = dropin::write(&folder, input, &native, &everything)?;
    let watch = watch(options, input, python, &module, recording.path());
    let proofs = {
        let stage = console.stage("verify");
        stage.doing(&format!("{} functions", pure.len()));
        let compare = Compare {
            watch: &watch,
            source: &input.text,
            dropin: &path,
            folder: folder.path(),
            extension: &request.extension,
            functions: pure,
        };
        stages.verify(&compare, &stage)
    };
    // What has not been proven must not stay attached, whatever happened.
    let proofs = match proofs {
        Ok(proofs) => proofs,
        Err(failure) => {
            dropin::write_loader(&folder, input, &native, &[])?;
            return Err(failure);
        }
    };
    decide::enter(
        &mut report.functions,
        &proofs,
        &effects,
        options.keep_slower,
    );
    point_at_definitions(&mut report, &input.text);
    let ships: Vec<String> = report
        .functions
        .iter()
        .filter(|f| f.entry == report::model::Entry::Rust)
        .map(|f| f.name.clone())
        .collect();
    dropin::write_loader(&folder, input, &native, &ships)?;
    report.outputs.python_folder = Some("python".to_owned());
    if options.benchmark {
        let stage = console.stage("benchmark");
        stage.doing(&module);
        report.benchmark = Some(timing::program(
            &watch,
            &path,
            folder.path(),
            options.iterations,
        )?);
    }
    if let Some(maturin) = maturin {
        let stage = console.stage("wheel");
        stage.doing(&crate_name);
        let wheel = build::wheel::build(maturin, &crate_folder, output, cache, python)?;
        let name = wheel.file_name().map(PathBuf::from).unwrap_or_default();
        report.outputs.wheel = Some(format!("wheels/{}", name.display()));
    }
    Ok(report)
}

/// Makes the names of outputs, which are kept relative, full paths below the output folder.
pub fn name_outputs(report: &mut Report, output: &Folder) {
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

/// The translated functions that may be replayed, and the names of those that may not.
fn by_effects(request: &Request, compiled: &Compiled) -> (Vec<FunctionProfile>, Vec<String>) {
    let (mut pure, mut effects) = (Vec::new(), Vec::new());
    for (name, line, outcome) in &compiled.functions {
        match outcome {
            Outcome::Translated { effects_free: true } => {
                let known = request.functions.iter().find(|f| f.qualname == *name);
                pure.push(known.cloned().unwrap_or_else(|| FunctionProfile {
                    qualname: name.clone(),
                    line: *line,
                    ..FunctionProfile::default()
                }));
            }
            Outcome::Translated { .. } => effects.push(name.clone()),
            Outcome::Rejected(_) => {}
        }
    }
    (pure, effects)
}

fn extension_name(
    module: &str,
    input: &Input,
    chosen: &[FunctionProfile],
    ml_mode: bool,
    python: &Python,
) -> String {
    let mut key = Key::new()
        .with(&input.bytes)
        .text(module)
        .text(&python.abi())
        .text(if ml_mode { "ml" } else { "" });
    for function in chosen {
        key = key
            .text(&function.qualname)
            .text(&function.line.to_string());
        for signature in &function.signatures {
            for argument in &signature.args {
                key = key.text(&argument.0);
            }
            key = key.text(";");
        }
        for sample in &function.returns {
            key = key.text(&sample.0);
        }
    }
    names::extension(module, &key.finish())
}

/// Reasons that came out of measuring point at the `def` line.
fn point_at_definitions(report: &mut Report, source: &str) {
    let lines: Vec<&str> = source.lines().collect();
    for function in &mut report.functions {
        let Some(reason) = function.reason.as_mut().filter(|r| r.column == 0) else {
            continue;
        };
        let line = lines
            .get((function.line as usize).saturating_sub(1))
            .copied()
            .unwrap_or_default();
        let name = names::last_part(&function.name);
        let at = line.find(name).unwrap_or(0);
        let column = line[..at].chars().count() as u32 + 1;
        reason.column = column;
        reason.end_column = column + name.chars().count() as u32;
        line.clone_into(&mut reason.source_line);
    }
}

fn nothing_chosen(choice: &Choice, watched: &Watched) -> String {
    match choice {
        Choice::Threshold(_) if watched.functions.is_empty() => {
            "the program called no function of the file; name a program that does with --driver"
                .into()
        }
        Choice::Threshold(percent) => {
            format!(
                "no function takes {percent}% of the time itself; lower --threshold or pass --all"
            )
        }
        _ => "nothing was chosen".into(),
    }
}
