//! Proofs of earlier runs: a function keeps its own while nothing that it is, reaches or was called with has changed.

use std::path::Path;

use rustify_types::{Compiled, FunctionProfile};

use super::decide::WORTH;
use super::reached::Items;
use crate::cache::Cache;
use crate::failure::Failure;
use crate::names::Key;
use crate::stages::Proof;

const KIND: &str = "proofs";
const FILE: &str = "proof.json";

/// The keys of the proofs of one run.
#[derive(Debug)]
pub struct Ledger {
    /// By qualified name.
    keys: Vec<(String, String)>,
}

/// What all functions of a run have in common.
#[derive(Debug)]
pub struct Common<'a> {
    /// The interpreter, packages, options and neighbouring files.
    pub run: Key,
    /// All of the file that runs when it is imported.
    pub surroundings: &'a str,
    /// The generated crate.
    pub compiled: &'a Compiled,
    /// Where the recorded calls lie, a folder for each function.
    pub recorded: &'a Path,
}

impl Ledger {
    /// The keys of functions, given with their places in the recorder's order; some may have none.
    pub fn new(common: &Common<'_>, functions: &[(usize, &FunctionProfile)]) -> Self {
        let items = Items::of(&common.compiled.files);
        let key = |place: usize, function: &FunctionProfile| {
            let reached = items.reached(&function.qualname, function.line)?;
            let mut key = common
                .run
                .clone()
                .text(common.surroundings)
                .text(&function.qualname)
                .text(&reached);
            for signature in &function.signatures {
                for argument in &signature.args {
                    key = key.text(&argument.0);
                }
                key = key.text(";");
            }
            key = calls(key, &common.recorded.join(place.to_string()))?;
            Some((function.qualname.clone(), key.finish()))
        };
        Self {
            keys: functions
                .iter()
                .filter_map(|(place, function)| key(*place, function))
                .collect(),
        }
    }

    /// The proof of an earlier run.
    pub fn known(&self, cache: &Cache, qualname: &str) -> Option<Proof> {
        let key = self.key(qualname)?;
        if !cache.has(KIND, key) {
            return None;
        }
        let bytes = std::fs::read(cache.path(KIND, key).join(FILE)).ok()?;
        serde_json::from_slice(&bytes).ok()
    }

    /// Keeps what is proven and ships: whatever failed, or was too slow at a busy moment, is tried again.
    pub fn keep(&self, cache: &Cache, proof: &Proof) -> Result<(), Failure> {
        let is_worth = proof.times.as_ref().is_some_and(|t| t.speedup >= WORTH);
        let (Some(key), true) = (self.key(&proof.qualname), is_worth && proof.is_complete()) else {
            return Ok(());
        };
        let text = serde_json::to_string(proof).unwrap_or_default();
        cache.entry(KIND, key)?.write(FILE, text.as_bytes())?;
        cache.finish(KIND, key)
    }

    fn key(&self, qualname: &str) -> Option<&str> {
        let mut found = self.keys.iter().filter(|(name, _)| name == qualname);
        let (_, key) = found.next()?;
        // Of two functions of one name the proof would be anybody's.
        found.next().is_none().then_some(key)
    }
}

/// The recorded calls of a function; none where they cannot be read.
fn calls(mut key: Key, folder: &Path) -> Option<Key> {
    if !folder.exists() {
        return Some(key);
    }
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .ok()?
        .collect::<Result<_, _>>()
        .ok()?;
    files.sort_by_key(std::fs::DirEntry::file_name);
    for file in files {
        key = key
            .text(&file.file_name().to_string_lossy())
            .with(&std::fs::read(file.path()).ok()?);
    }
    Some(key)
}
