//! Compiling and building, without the functions whose translation turns out not to compile.
//!
//! A translation that rustc refuses is a fault of rustify, but one of a single function: the others go on.

use std::path::PathBuf;

use rustify_types::{Compiled, FunctionProfile, Outcome, Reason, Request};

use super::claim::Mark;
use super::prepare::{Tools, Workshop, syntax_error};
use crate::build::{self, NotBuilt, suspects};
use crate::console::Stage;
use crate::failure::Failure;
use crate::folder::Folder;
use crate::input::Input;

/// After so many functions without a translation for other argument types, no function gets one.
const MOST_LEFT_OUT: usize = 3;

/// What was compiled and built.
#[derive(Debug)]
pub struct Built {
    /// The crate.
    pub compiled: Compiled,
    /// The library; none where nothing was to be built, or nothing could be translated.
    pub library: Option<PathBuf>,
}

/// Where and what to build.
#[derive(Clone, Copy)]
pub struct Attempt<'a> {
    /// The tools of the trade.
    pub shop: &'a Workshop<'a>,
    /// Python and Rust.
    pub tools: &'a Tools,
    /// The file.
    pub input: &'a Input,
    /// The crate's folder.
    pub crate_folder: &'a Folder,
    /// Whether the crate there stays as it is.
    pub kept: bool,
}

impl Attempt<'_> {
    /// Compiles and builds; functions that do not compile are taken out of the request.
    pub fn build(&self, request: &mut Request) -> Result<Built, Failure> {
        let mut out: Vec<(String, u32, Outcome)> = Vec::new();
        loop {
            let mut compiled = self.compile(request)?;
            let translated = is_translated(&compiled);
            if translated {
                self.write(request, &compiled)?;
            }
            let done = match (&self.tools.rust, translated) {
                (Some(_), true) => self.library().map(Some),
                _ => Ok(None),
            };
            let (failure, names) = match done {
                Ok(library) => {
                    compiled.functions.extend(out);
                    return Ok(Built { compiled, library });
                }
                Err(NotBuilt::Failed(failure)) => return Err(failure),
                Err(NotBuilt::Broken(failure, _)) if self.kept => return Err(failure),
                Err(NotBuilt::Broken(failure, names)) => (failure, names),
            };
            self.shop.console.note(&failure.to_string());
            if without_spares(request, &names) {
                continue;
            }
            let guilty =
                |f: &FunctionProfile| names.iter().any(|n| suspects::stands_for(n, &f.qualname));
            let mut bad: Vec<String> = request
                .functions
                .iter()
                .filter(|f| guilty(f))
                .map(|f| f.qualname.clone())
                .collect();
            if bad.is_empty() {
                bad = self.each_alone(request)?;
            }
            if bad.is_empty() {
                return Err(failure);
            }
            let (gone, stay) = std::mem::take(&mut request.functions)
                .into_iter()
                .partition(|f| bad.contains(&f.qualname));
            request.functions = stay;
            out.extend(gone.into_iter().map(|f: FunctionProfile| {
                let reason = refused(&f, &self.input.text);
                (f.qualname, f.line, Outcome::Rejected(reason))
            }));
        }
    }

    fn compile(&self, request: &Request) -> Result<Compiled, Failure> {
        let stage = self.shop.console.stage("translate");
        stage.doing(&request.module);
        let compiled = self.shop.stages.compile(request);
        compiled.map_err(|reason| syntax_error(self.input, &reason, self.shop))
    }

    fn write(&self, request: &Request, compiled: &Compiled) -> Result<(), Failure> {
        if self.kept {
            return Ok(());
        }
        build::sources::write(self.crate_folder, compiled)?;
        Mark::of(&request.extension, self.input).write(self.crate_folder)
    }

    fn library(&self) -> Result<PathBuf, NotBuilt> {
        let Some(rust) = &self.tools.rust else {
            return Err(Failure::environment("there is no Rust to build with").into());
        };
        let stage: Stage = self.shop.console.stage("build");
        let folder = self.crate_folder.path();
        let (library, known) =
            build::library(self.shop.cache, folder, &self.tools.python, rust, &stage)?;
        if known {
            self.shop
                .console
                .note("this crate was built before: its library comes from the cache");
        }
        Ok(library)
    }

    /// The functions that do not compile even by themselves.
    fn each_alone(&self, request: &Request) -> Result<Vec<String>, Failure> {
        let mut bad = Vec::new();
        for function in &request.functions {
            let alone = Request {
                functions: vec![function.clone()],
                ..request.clone()
            };
            let compiled = self.compile(&alone)?;
            if !is_translated(&compiled) {
                continue;
            }
            self.write(&alone, &compiled)?;
            match self.library() {
                Ok(_) => {}
                Err(NotBuilt::Broken(..)) => bad.push(function.qualname.clone()),
                Err(NotBuilt::Failed(failure)) => return Err(failure),
            }
        }
        Ok(bad)
    }
}

/// Leaves out translations for other argument types that do not compile; false where there is no such fault.
fn without_spares(request: &mut Request, names: &[String]) -> bool {
    let spares: Vec<&str> = names
        .iter()
        .filter_map(|n| n.strip_prefix(suspects::SPARE))
        .collect();
    if spares.is_empty() || request.recorded_only {
        return false;
    }
    let guilty = |f: &&FunctionProfile| spares.iter().any(|n| suspects::stands_for(n, &f.qualname));
    let more: Vec<String> = request
        .functions
        .iter()
        .filter(guilty)
        .map(|f| f.qualname.clone())
        .filter(|name| !request.without_spares.contains(name))
        .collect();
    // What others call is translated for them again.
    request.recorded_only = more.is_empty() || request.without_spares.len() > MOST_LEFT_OUT;
    request.without_spares.extend(more);
    true
}

fn is_translated(compiled: &Compiled) -> bool {
    let mut outcomes = compiled.functions.iter().map(|(_, _, outcome)| outcome);
    outcomes.any(|outcome| matches!(outcome, Outcome::Translated { .. }))
}

fn refused(function: &FunctionProfile, source: &str) -> Reason {
    let line = source
        .lines()
        .nth((function.line as usize).saturating_sub(1))
        .unwrap_or_default();
    let name = crate::names::last_part(&function.qualname);
    let column = line
        .find(name)
        .map_or(1, |at| line[..at].chars().count() as u32 + 1);
    Reason {
        code: "not-compiled".to_owned(),
        line: function.line,
        column,
        end_column: column + name.chars().count() as u32,
        source_line: line.to_owned(),
        message: "the Rust compiler refused its translation".to_owned(),
        help: "This is a fault of rustify; please report it with the function (-v shows the compiler's words)."
            .to_owned(),
    }
}
