//! From chosen functions to a drop-in with the proven ones in Rust.

use std::path::Path;

use rustify_types::{Compiled, FunctionProfile, Outcome, Request};

use super::attempt::{Attempt, Built};
use super::claim::Mark;
use super::prepare::{Prepared, Tools, Workshop, watch};
use super::proven::{Common, Ledger};
use super::{decide, memory, timing};
use crate::dropin::{self, Native};
use crate::failure::Failure;
use crate::folder::Folder;
use crate::input::Input;
use crate::names::{self, Key};
use crate::report::Report;
use crate::report::model::Entry;
use crate::select::Choice;
use crate::stages::{Compare, Proof, Watch, Watched};
use crate::toolchain::{Python, Rust};
use crate::{VERSION, build};

/// The report, with names relative to the output folder, and the files that were written, relative too.
pub fn translate(
    shop: &Workshop<'_>,
    output: &Folder,
    prepared: &Prepared,
    tools: &Tools,
) -> Result<(Report, Vec<String>), Failure> {
    let Prepared {
        input,
        targets,
        watched,
        recording,
    } = prepared;
    let mut report = begin(input, watched, tools);
    let chosen: Vec<FunctionProfile> = targets
        .iter()
        .filter(|t| t.chosen)
        .map(|t| t.profile.clone())
        .collect();
    if chosen.is_empty() {
        report.functions = decide::functions(targets, None);
        report
            .notes
            .push(nothing_chosen(&shop.options.choice, watched));
        let written = plain(shop, output, input, &mut report)?;
        return Ok((report, written));
    }
    let module = &report.module;
    let crate_name = input.place.crate_folder();
    let kept = kept_crate(shop, output, &crate_name, input)?;
    let mut request = Request {
        extension: match &kept {
            Some(mark) => mark.extension.clone(),
            None => extension_name(module, input, &chosen, shop.options.ml_mode, &tools.python),
        },
        source: input.text.clone(),
        path: input.shown.clone(),
        module: module.clone(),
        functions: chosen,
        ml_mode: shop.options.ml_mode,
        ..Request::default()
    };
    let crate_folder = output.sub(&crate_name)?;
    let attempt = Attempt {
        shop,
        tools,
        input,
        crate_folder: &crate_folder,
        kept: kept.is_some(),
    };
    let Built { compiled, library } = attempt.build(&mut request)?;
    report.functions = decide::functions(targets, Some(&compiled));
    if report.translated() == 0 {
        if kept.is_none() {
            output.remove(&crate_name)?;
        }
        let written = plain(shop, output, input, &mut report)?;
        return Ok((report, written));
    }
    let mut written = Vec::new();
    for (name, _) in build::sources::read(crate_folder.path())? {
        written.push(format!("{crate_name}/{name}"));
    }
    report.outputs.crate_folder = Some(crate_name);
    let Some(library) = library else {
        return Ok((report, written));
    };
    let module = input.place.module();
    let watch = watch(
        shop.options,
        input,
        &tools.python,
        &module,
        recording.path(),
    );
    let making = Making {
        shop,
        output,
        input,
        tools,
        watch: &watch,
        watched,
        crate_folder: crate_folder.path(),
    };
    making.build(&library, &request, &compiled, &mut report, &mut written)?;
    Ok((report, written))
}

/// The module without Rust; a dry run does not even write that.
fn plain(
    shop: &Workshop<'_>,
    output: &Folder,
    input: &Input,
    report: &mut Report,
) -> Result<Vec<String>, Failure> {
    if shop.options.dry_run {
        return Ok(Vec::new());
    }
    report.outputs.python_folder = Some("python".to_owned());
    let names = dropin::write_plain(&output.sub("python")?, input)?;
    Ok(names.iter().map(|name| format!("python/{name}")).collect())
}

/// What the drop-in is made from.
struct Making<'a> {
    shop: &'a Workshop<'a>,
    output: &'a Folder,
    input: &'a Input,
    tools: &'a Tools,
    watch: &'a Watch<'a>,
    watched: &'a Watched,
    crate_folder: &'a Path,
}

impl Making<'_> {
    /// Proves, and writes the drop-in.
    fn build(
        &self,
        library: &Path,
        request: &Request,
        compiled: &Compiled,
        report: &mut Report,
        written: &mut Vec<String>,
    ) -> Result<(), Failure> {
        let console = self.shop.console;
        let python = &self.tools.python;
        let native = Native {
            extension: &request.extension,
            library,
            python,
        };
        let folder = self.output.sub("python")?;
        let (pure, effects) = by_effects(request, compiled);
        let everything: Vec<String> = pure.iter().map(|f| f.qualname.clone()).collect();
        // What has not been proven is never attached where a program may look for it, whatever happens meanwhile.
        let path = dropin::write(&folder, self.input, &native, &[])?;
        let trial = Folder::create(&self.watch.recording.join("candidate"))?;
        let candidate = dropin::write(&trial, self.input, &native, &everything)?;
        let ledger = self.ledger(request, compiled, &pure);
        let (proofs, earlier) = self.verify(request, pure, ledger.as_ref(), &candidate, &trial)?;
        let keep_slower = self.shop.options.keep_slower;
        if earlier > 0 {
            report.notes.push(format!(
                "{earlier} functions are as an earlier run has proven and timed them"
            ));
        }
        decide::enter(&mut report.functions, &proofs, &effects, keep_slower);
        point_at_definitions(report, &self.input.text);
        let ships: Vec<String> = report
            .functions
            .iter()
            .filter(|f| f.entry == Entry::Rust)
            .map(|f| f.name.clone())
            .collect();
        let recorded_only = decide::without_spares(&report.functions);
        dropin::write_loader(&folder, self.input, &native, &ships, &recorded_only)?;
        report.outputs.python_folder = Some("python".to_owned());
        let files = dropin::python_files(&folder, self.input, &native)?;
        written.extend(files.iter().map(|(_, name)| format!("python/{name}")));
        if self.shop.options.benchmark {
            let stage = console.stage("benchmark");
            stage.doing(&report.module);
            let rounds = self.shop.options.iterations;
            let timed = timing::program(self.watch, &path, folder.path(), rounds)?;
            report.benchmark = Some(timed);
        }
        if let Some(maturin) = &self.tools.maturin {
            let stage = console.stage("wheel");
            stage.doing(&report.module);
            let wheel = build::wheel::Wheel {
                maturin,
                crate_folder: self.crate_folder,
                output: self.output,
                files,
                python,
            };
            let wheel = build::wheel::build(&wheel, self.shop.cache)?;
            let name = wheel.file_name().unwrap_or_default().to_string_lossy();
            let name = format!("wheels/{name}");
            written.push(name.clone());
            report.outputs.wheel = Some(name);
        }
        Ok(())
    }

    /// What earlier runs may have proven; none where the crate is not what was generated, or nobody wants to know.
    fn ledger(
        &self,
        request: &Request,
        compiled: &Compiled,
        pure: &[FunctionProfile],
    ) -> Option<Ledger> {
        let options = self.shop.options;
        if options.no_regen {
            return None;
        }
        let surroundings = self.shop.stages.surroundings(&request.source).ok()?;
        let mut run = memory::key_of_proofs(
            options,
            self.input,
            &self.tools.python,
            self.tools.rust.as_ref(),
        );
        for name in &request.without_spares {
            run = run.text(name);
        }
        let common = Common {
            run: run.text(if request.recorded_only {
                "recorded only"
            } else {
                ""
            }),
            surroundings: &surroundings,
            compiled,
            recorded: &self.watch.recording.join("record"),
        };
        let place = |f: &&FunctionProfile| {
            let mut seen = self.watched.functions.iter();
            seen.position(|w| w.qualname == f.qualname)
        };
        let placed: Vec<_> = pure.iter().filter_map(|f| Some((place(&f)?, f))).collect();
        Some(Ledger::new(&common, &placed))
    }

    /// The proofs, and how many of them are those of earlier runs.
    fn verify(
        &self,
        request: &Request,
        mut functions: Vec<FunctionProfile>,
        ledger: Option<&Ledger>,
        dropin: &Path,
        folder: &Folder,
    ) -> Result<(Vec<Proof>, usize), Failure> {
        let cache = self.shop.cache;
        let mut proofs = Vec::new();
        if let (Some(ledger), false) = (ledger, self.shop.options.fresh) {
            functions.retain(|f| {
                let known = ledger.known(cache, &f.qualname);
                let is_new = known.is_none();
                proofs.extend(known);
                is_new
            });
        }
        let earlier = proofs.len();
        let stage = self.shop.console.stage("verify");
        stage.doing(&format!("{} functions", functions.len()));
        let compare = Compare {
            watch: self.watch,
            watched: self.watched,
            source: &self.input.text,
            dropin,
            folder: folder.path(),
            extension: &request.extension,
            functions,
        };
        let new = self.shop.stages.verify(&compare, &stage)?;
        for proof in &new {
            if let Some(ledger) = ledger {
                ledger.keep(cache, proof)?;
            }
        }
        proofs.extend(new);
        Ok((proofs, earlier))
    }
}

fn begin(input: &Input, watched: &Watched, tools: &Tools) -> Report {
    Report {
        rustify: VERSION.to_owned(),
        file: input.shown.clone(),
        module: input.place.module(),
        python: tools.python.version_text(),
        python_executable: tools.python.executable.to_string_lossy().into_owned(),
        rustc: tools
            .rust
            .as_ref()
            .map_or("", Rust::version_text)
            .to_owned(),
        numpy: tools.python.numpy.clone(),
        platform: tools.python.platform.clone(),
        profile_seconds: watched.seconds,
        notes: watched.notes.clone(),
        ..Report::default()
    }
}

/// The crate in the output folder, where `--no-regen` keeps it.
fn kept_crate(
    shop: &Workshop<'_>,
    output: &Folder,
    crate_name: &str,
    input: &Input,
) -> Result<Option<Mark>, Failure> {
    if !shop.options.no_regen {
        return Ok(None);
    }
    let Some(mark) = Mark::read(&output.place(crate_name)?) else {
        return Ok(None);
    };
    if mark != Mark::of(&mark.extension, input) {
        return Err(
            Failure::usage("the file has changed since the crate was generated")
                .help("Leave --no-regen out; your changes to the crate are replaced then."),
        );
    }
    shop.console.note("the crate stays as it is (--no-regen)");
    Ok(Some(mark))
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
        for (name, sample) in &function.globals {
            key = key.text(name).text(&sample.0);
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
        Choice::Threshold(_) if watched.functions.iter().all(|f| f.calls == 0) => {
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
