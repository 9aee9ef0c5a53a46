//! The proof: recorded calls and edge cases on the original and on the drop-in, in two processes.
//!
//! Only functions that are known to be free of effects are called. Both processes run in a scratch directory,
//! with limits on time and memory, and are started again when a case ends them.

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Instant;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::candidate::{Candidate, VerifyOptions};
use crate::cases::{self, Side};
use crate::parity::FunctionVerdict;
use crate::progress::Progress;
use crate::worker::{Failure, Start, Version, Worker};
use crate::{function, lanes, scripts};

/// What verification found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Verification {
    /// One entry for each candidate.
    pub functions: Vec<FunctionVerdict>,
    /// Whether the drop-in had its extension loaded.
    pub native: bool,
    /// How the original's import ended if not well.
    pub note: Option<String>,
    /// Seconds for all.
    pub seconds: f64,
}

/// Why nothing was verified.
#[derive(Debug)]
pub enum VerifyError {
    /// A private file could not be written.
    Files(PathBuf, io::Error),
    /// The interpreter could not be started.
    Python(PathBuf, io::Error),
    /// The original could not be imported; the text says why.
    Original(String),
    /// The original could be imported, the drop-in not; the text says why.
    DropIn(String),
    /// The user stopped it.
    Cancelled,
}

impl fmt::Display for VerifyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Files(path, error) => write!(f, "{}: {error}", path.display()),
            Self::Python(path, error) => write!(f, "cannot run {}: {error}", path.display()),
            Self::Original(why) => write!(f, "the file cannot be imported: {why}"),
            Self::DropIn(why) => write!(f, "the drop-in cannot be imported: {why}"),
            Self::Cancelled => f.write_str("stopped"),
        }
    }
}

impl std::error::Error for VerifyError {}

/// Compares both versions of each candidate and times those that agree.
pub fn verify(
    options: &VerifyOptions,
    candidates: &[Candidate],
    progress: &mut dyn Progress,
) -> Result<Verification, VerifyError> {
    let begun = Instant::now();
    let at = |path: &Path| {
        let path = path.to_path_buf();
        move |error| VerifyError::Files(path, error)
    };
    let python = |error| VerifyError::Python(options.python.clone(), error);
    let original = fs::canonicalize(&options.original).map_err(at(&options.original))?;
    let dropin = fs::canonicalize(&options.dropin).map_err(at(&options.dropin))?;
    let scratch = options.work.join("scratch");
    fs::create_dir_all(&scratch).map_err(at(&scratch))?;
    let script = scripts::write(&options.work).map_err(at(&options.work))?;
    let (root, dropin_root) = (
        root_of(&original, &options.module),
        root_of(&dropin, &options.module),
    );
    let versions = [
        Version {
            path: &original,
            roots: vec![root.clone()],
            dropin: false,
        },
        Version {
            path: &dropin,
            roots: vec![dropin_root, root],
            dropin: true,
        },
    ];
    let mut sides = Vec::new();
    let (mut native, mut note) = (false, None);
    for version in &versions {
        let name = if version.dropin {
            "dropin.json"
        } else {
            "original.json"
        };
        let settings = options.work.join(name);
        let text = settings_of(options, candidates, &original, version).to_string();
        fs::write(&settings, text).map_err(at(&settings))?;
        let absolute = |path: &Path| std::path::absolute(path).map_err(at(path));
        let start = Start {
            python: options.python.clone(),
            script: absolute(&script)?,
            settings: absolute(&settings)?,
            scratch: absolute(&scratch)?,
            load_limit: options.load_limit,
        };
        let wrong = |why| {
            if version.dropin {
                VerifyError::DropIn(why)
            } else {
                VerifyError::Original(why)
            }
        };
        let (worker, ready) =
            match Worker::start(&start, &|| progress.cancelled()).map_err(python)? {
                Ok(started) => started,
                Err(Failure::Cancelled) => return Err(VerifyError::Cancelled),
                Err(Failure::Time) => return Err(wrong("it does not end".to_owned())),
                Err(Failure::Died(how)) => return Err(wrong(how)),
            };
        if let Some(why) = ready["failed"].as_str() {
            return Err(wrong(why.to_owned()));
        }
        if version.dropin {
            native = ready["native"] == true;
        } else {
            note = ready["note"].as_str().map(str::to_owned);
        }
        sides.push(Side::new(start, worker));
    }
    let Ok(sides) = <[Side; 2]>::try_from(sides) else {
        return Err(VerifyError::Cancelled);
    };
    let names: Vec<&str> = candidates
        .iter()
        .map(|candidate| candidate.profile.qualname.as_str())
        .collect();
    let compare = |sides: &mut [Side; 2], number: usize, cancelled: &dyn Fn() -> bool| {
        function::compared(options, sides, &candidates[number], number, cancelled)
    };
    let order = longest_first(candidates);
    let (mut found, mut sides) =
        lanes::abreast(sides, &order, &names, &compare, progress).map_err(python)?;
    found.sort_by_key(|(number, _)| *number);
    if options.rounds > 0 {
        // Generated arguments may have left anything in the names of the module.
        cases::begin_anew(&mut sides);
    }
    let mut functions = Vec::new();
    for (number, found) in found {
        let candidate = &candidates[number];
        let times = match &found {
            Ok(compared) if compared.agrees() && options.rounds > 0 => {
                progress.timing(names[number], number, names.len());
                let cancelled = || progress.cancelled();
                function::timed(options, &mut sides, number, compared, &cancelled)
                    .map_err(python)?
            }
            _ => function::Timed::default(),
        };
        functions.push(function::verdict(candidate, found, times));
    }
    if progress.cancelled() {
        return Err(VerifyError::Cancelled);
    }
    Ok(Verification {
        functions,
        native,
        note,
        seconds: begun.elapsed().as_secs_f64(),
    })
}

/// The directory that must be on `sys.path` for the module to have its name.
fn root_of(file: &Path, module: &str) -> PathBuf {
    let levels = module.matches('.').count() + 1 + usize::from(file.ends_with("__init__.py"));
    file.ancestors().nth(levels).unwrap_or(file).to_path_buf()
}

fn settings_of(
    options: &VerifyOptions,
    candidates: &[Candidate],
    original: &Path,
    version: &Version<'_>,
) -> Value {
    let functions: Vec<Value> = candidates
        .iter()
        .map(|candidate| {
            let profile = &candidate.profile;
            json!({
                "qualname": profile.qualname,
                "line": profile.line,
                "signatures": profile.signatures.iter().map(|s| &s.args).collect::<Vec<_>>(),
                "inputs": options.inputs.join(candidate.number.to_string()),
            })
        })
        .collect();
    json!({
        "path": version.path,
        "source": original,
        "module": options.module,
        "roots": version.roots,
        "dropin": version.dropin,
        "as_main": options.as_main,
        "memory": options.memory,
        "functions": functions,
    })
}

/// The numbers of the candidates, so that what takes longest does not begin when all else is done.
fn longest_first(candidates: &[Candidate]) -> Vec<usize> {
    let seconds = |&number: &usize| {
        let profile = &candidates[number].profile;
        profile.total_seconds / profile.calls.max(1) as f64
    };
    let mut order: Vec<usize> = (0..candidates.len()).collect();
    order.sort_by(|a, b| seconds(b).total_cmp(&seconds(a)));
    order
}
