//! The proof: recorded calls and edge cases on the original and on the drop-in, in two processes.
//!
//! Only functions that are known to be free of effects are called. Both processes run in a scratch directory,
//! with limits on time and memory, and are started again when a case ends them.

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rustify_types::FunctionProfile;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::cases::{self, Side};
use crate::parity::{FunctionVerdict, Parity, Spares, Stats, Verdict};
use crate::progress::Progress;
use crate::worker::{Failure, Start, Version, Worker};
use crate::{scripts, timing};

/// Calls of other types than the recorded ones are timed so often at most.
const SIBLING_ROUNDS: u32 = 4;

/// A function to verify.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// What the profile knows of it.
    pub profile: FunctionProfile,
    /// Its place in the list of the profile, which names its recorded calls.
    pub number: usize,
    /// Whether it may be called again; if not, it is not replayed.
    pub effects_free: bool,
}

/// What to compare, and within which limits.
#[derive(Clone, Debug)]
pub struct VerifyOptions {
    /// The interpreter.
    pub python: PathBuf,
    /// The user's file.
    pub original: PathBuf,
    /// The file that takes its place.
    pub dropin: PathBuf,
    /// The module's name, `mod` or `pkg.mod`.
    pub module: String,
    /// Where the recorded calls lie: [`crate::Profile::inputs`].
    pub inputs: PathBuf,
    /// Whether they were recorded with the file as `__main__`.
    pub as_main: bool,
    /// A private directory for scripts and scratch files.
    pub work: PathBuf,
    /// How long importing the file may take.
    pub load_limit: Duration,
    /// How long one generated case may take in Python; those that take longer are left out.
    pub case_limit: Duration,
    /// How long the cases of one function may take together; cases that do not fit are not run.
    pub function_limit: Duration,
    /// How much more memory a call may take, in bytes.
    pub memory: u64,
    /// How often each version is timed; none are when 0.
    pub rounds: u32,
}

impl VerifyOptions {
    /// Half a second a case, half a minute a function, 2 GiB, seven rounds.
    pub fn new(
        python: impl Into<PathBuf>,
        original: impl Into<PathBuf>,
        dropin: impl Into<PathBuf>,
        module: impl Into<String>,
        work: impl Into<PathBuf>,
    ) -> Self {
        let work = work.into();
        Self {
            python: python.into(),
            original: original.into(),
            dropin: dropin.into(),
            module: module.into(),
            inputs: work.join("record"),
            as_main: true,
            work,
            load_limit: Duration::from_mins(1),
            case_limit: Duration::from_millis(500),
            function_limit: Duration::from_secs(30),
            memory: 2 << 30,
            rounds: 7,
        }
    }
}

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
    let Ok(mut sides) = <[Side; 2]>::try_from(sides) else {
        return Err(VerifyError::Cancelled);
    };
    let mut functions = Vec::new();
    for (i, candidate) in candidates.iter().enumerate() {
        progress.verifying(&candidate.profile.qualname, i, candidates.len());
        functions.push(
            one(
                options,
                &mut sides,
                candidate,
                i,
                candidates.len(),
                progress,
            )
            .map_err(python)?,
        );
        if progress.cancelled() {
            return Err(VerifyError::Cancelled);
        }
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

fn one(
    options: &VerifyOptions,
    sides: &mut [Side; 2],
    candidate: &Candidate,
    number: usize,
    total: usize,
    progress: &mut dyn Progress,
) -> io::Result<FunctionVerdict> {
    let none = |why: String| FunctionVerdict {
        qualname: candidate.profile.qualname.clone(),
        line: candidate.profile.line,
        verdict: Verdict::NotReplayed(why),
        recorded_stats: Stats::default(),
        all_stats: Stats::default(),
        spares: Spares::default(),
        times: None,
    };
    if !candidate.effects_free {
        return Ok(none(
            "it may change things outside its arguments".to_owned(),
        ));
    }
    let request = json!({"do": "function", "number": number});
    let mut lists = Vec::new();
    for side in &mut *sides {
        let answer: Value = match side.ask(number, &request, options.load_limit, &|| {
            progress.cancelled()
        })? {
            Ok(answer) => answer,
            Err(Failure::Died(how)) => return Ok(none(format!("its cases cannot be made: {how}"))),
            Err(Failure::Time | Failure::Cancelled) => {
                return Ok(none("its cases cannot be made in time".to_owned()));
            }
        };
        if let Some(why) = answer["missing"].as_str().or(answer["failed"].as_str()) {
            return Ok(none(why.to_owned()));
        }
        lists.push(answer);
    }
    if lists[0] != lists[1] {
        let mut verdict = none(String::new());
        let parity = Parity {
            cases: 1,
            ..Parity::default()
        };
        verdict.verdict = Verdict::Replayed(parity_of_lists(parity));
        return Ok(verdict);
    }
    let texts = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let labels: Vec<String> = lists[0]["cases"]
        .as_array()
        .map(|all| all.iter().map(texts).collect())
        .unwrap_or_default();
    let recorded = lists[0]["recorded"].as_u64().unwrap_or(0) as usize;
    let mut compared = cases::compare(
        sides,
        number,
        &labels,
        recorded,
        options.case_limit,
        options.function_limit,
        &|| progress.cancelled(),
    )?;
    let agrees = compared.parity.complete() && !compared.cancelled;
    let mut times = None;
    if agrees && options.rounds > 0 {
        progress.timing(&candidate.profile.qualname, number, total);
        times = timing::measure(
            sides,
            number,
            &compared.timeable,
            compared.mutates,
            options.rounds,
            &|| progress.cancelled(),
        )?;
        compared.spares.times = timing::measure(
            sides,
            number,
            &compared.siblings,
            compared.mutates,
            options.rounds.min(SIBLING_ROUNDS),
            &|| progress.cancelled(),
        )?;
    }
    Ok(FunctionVerdict {
        qualname: candidate.profile.qualname.clone(),
        line: candidate.profile.line,
        verdict: Verdict::Replayed(compared.parity),
        recorded_stats: compared.recorded,
        all_stats: compared.all,
        spares: compared.spares,
        times,
    })
}

/// Both processes make the same list of cases unless the drop-in's function has other parameters or classes.
fn parity_of_lists(mut parity: Parity) -> Parity {
    parity.first_mismatch = Some(crate::parity::Mismatch {
        case: "the function itself".to_owned(),
        arguments: String::new(),
        expected: "the same parameters and classes".to_owned(),
        found: "others".to_owned(),
        aspect: "type".to_owned(),
    });
    parity
}
