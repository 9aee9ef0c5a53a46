//! Reads what the recorder wrote: one JSON text a line, in the order of the events.
//!
//! A program that was killed leaves an incomplete last line; it is left out.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader};
use std::path::Path;

use rustify_types::{FunctionProfile, Sample, Signature};
use serde::Deserialize;

/// One line of the log.
#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Event {
    TooOld {
        version: String,
    },
    Syntax {
        message: String,
    },
    Started {
        python: String,
        functions: Vec<(String, u32)>,
    },
    Signature {
        function: usize,
        args: Vec<String>,
        count: u64,
    },
    Returned {
        function: usize,
        sample: String,
    },
    /// Types of names of the module that a function uses.
    Globals {
        function: usize,
        names: Vec<(String, String)>,
    },
    /// The latest counts and times; each such line replaces those before it.
    Times {
        total: f64,
        functions: Vec<(usize, u64, f64, f64)>,
        counts: Vec<(usize, u32, u64)>,
    },
    Numpy {
        version: String,
    },
    Raised {
        message: String,
    },
}

/// All that the log says.
#[derive(Default)]
pub(crate) struct Seen {
    pub(crate) too_old: Option<String>,
    pub(crate) syntax: Option<String>,
    pub(crate) started: bool,
    pub(crate) functions: Vec<FunctionProfile>,
    pub(crate) kept: Vec<u32>,
    pub(crate) total_seconds: f64,
    pub(crate) python_version: String,
    pub(crate) numpy_version: Option<String>,
    pub(crate) raised: Option<String>,
}

pub(crate) fn read(log: &Path) -> io::Result<Seen> {
    let mut seen = Seen::default();
    let file = match File::open(log.join("events.jsonl")) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(seen),
        Err(error) => return Err(error),
    };
    let mut counts: HashMap<(usize, usize), u64> = HashMap::new();
    for line in BufReader::new(file).split(b'\n') {
        if let Ok(event) = serde_json::from_slice(&line?) {
            take(&mut seen, &mut counts, event);
        }
    }
    for (i, function) in seen.functions.iter_mut().enumerate() {
        for (k, signature) in function.signatures.iter_mut().enumerate() {
            if let Some(count) = counts.get(&(i, k)) {
                signature.count = signature.count.max(*count);
            }
        }
        // Killed before any times were written: the calls that were looked at are known.
        let looked_at = function.signatures.iter().map(|s| s.count).sum();
        function.calls = function.calls.max(looked_at);
        function
            .signatures
            .sort_by_key(|s| std::cmp::Reverse(s.count));
    }
    seen.kept = (0..seen.functions.len()).map(|i| kept(log, i)).collect();
    Ok(seen)
}

fn take(seen: &mut Seen, counts: &mut HashMap<(usize, usize), u64>, event: Event) {
    match event {
        Event::TooOld { version } => seen.too_old = Some(version),
        Event::Syntax { message } => seen.syntax = Some(message),
        Event::Started { python, functions } => {
            seen.started = true;
            seen.python_version = python;
            let named = |(qualname, line)| FunctionProfile {
                qualname,
                line,
                ..Default::default()
            };
            seen.functions = functions.into_iter().map(named).collect();
        }
        Event::Signature {
            function,
            args,
            count,
        } => {
            if let Some(f) = seen.functions.get_mut(function) {
                let args = args.into_iter().map(Sample).collect();
                f.signatures.push(Signature { args, count });
            }
        }
        Event::Returned { function, sample } => {
            if let Some(f) = seen.functions.get_mut(function) {
                f.returns.push(Sample(sample));
            }
        }
        Event::Globals { function, names } => {
            if let Some(f) = seen.functions.get_mut(function) {
                for (name, text) in names {
                    let entry = (name, Sample(text));
                    if !f.globals.contains(&entry) {
                        f.globals.push(entry);
                    }
                }
            }
        }
        Event::Times {
            total,
            functions,
            counts: now,
        } => {
            seen.total_seconds = total;
            for (i, calls, own, inclusive) in functions {
                if let Some(f) = seen.functions.get_mut(i) {
                    (f.calls, f.own_seconds, f.total_seconds) = (calls, own, inclusive);
                }
            }
            for (function, signature, count) in now {
                counts.insert((function, signature as usize), count);
            }
        }
        Event::Numpy { version } => seen.numpy_version = Some(version),
        Event::Raised { message } => seen.raised = Some(message),
    }
}

fn kept(log: &Path, function: usize) -> u32 {
    let pickles = |entries: fs::ReadDir| {
        let names = entries.flatten().map(|e| e.file_name());
        names
            .filter(|n| n.to_string_lossy().ends_with(".pickle"))
            .count() as u32
    };
    fs::read_dir(log.join(function.to_string()))
        .map(pickles)
        .unwrap_or(0)
}
