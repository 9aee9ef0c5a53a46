//! The output folder may hold other things: nothing is written over what an earlier run has not written.

use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::Options;
use crate::dropin::{self, insertion};
use crate::failure::{Failure, shown};
use crate::folder::Folder;
use crate::input::Input;
use crate::names;

/// Lies in a generated crate, so that a later run knows it again.
pub const MARK: &str = ".rustify.json";

/// What the mark says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// The name of the extension module.
    pub extension: String,
    /// The hash of the source that was translated.
    pub source: String,
}

impl Mark {
    /// The mark of a crate.
    pub fn of(extension: &str, input: &Input) -> Self {
        Self {
            extension: extension.to_owned(),
            source: names::sha256(input.text.as_bytes()),
        }
    }

    /// The mark that lies in a crate's folder.
    pub fn read(crate_folder: &Path) -> Option<Self> {
        let bytes = fs::read(crate_folder.join(MARK)).ok()?;
        serde_json::from_slice(&bytes).ok()
    }

    /// Puts the mark into a crate's folder.
    pub fn write(&self, crate_folder: &Folder) -> Result<(), Failure> {
        let text = serde_json::to_vec_pretty(self).unwrap_or_default();
        crate_folder.write(MARK, &text).map(|_| ())
    }
}

/// Whether results can be written without destroying anything.
pub fn check(options: &Options, input: &Input) -> Result<(), Failure> {
    let output = &options.output;
    let python = output.join("python").join(input.place.folder());
    let same = |a: &Path, b: &Path| match (a.canonicalize(), b.canonicalize()) {
        (Ok(a), Ok(b)) => a == b,
        _ => false,
    };
    if input
        .file
        .parent()
        .is_some_and(|folder| same(folder, &python))
    {
        return Err(Failure::usage("the output would replace the file itself").help(ELSEWHERE));
    }
    let crate_folder = output.join(input.place.crate_folder());
    let filled = fs::read_dir(&crate_folder).is_ok_and(|mut d| d.next().is_some());
    if filled && Mark::read(&crate_folder).is_none() {
        return Err(foreign(&crate_folder));
    }
    let file = python.join(dropin::file_name(input));
    let shims = (1..=input.place.packages.len()).map(|depth| {
        let folder: std::path::PathBuf = input.place.packages[..depth].iter().collect();
        output.join("python").join(folder).join("__init__.py")
    });
    for path in shims.chain([file]) {
        let ours = |bytes: Vec<u8>| {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            text.contains(insertion::MARK) || text.starts_with("# Written by rustify")
        };
        if fs::read(&path).is_ok_and(|bytes| !ours(bytes)) {
            return Err(foreign(&path));
        }
    }
    let reports = ["report.json", "report.md", "report.html"].map(|name| output.join(name));
    let ours = fs::read(&reports[0])
        .ok()
        .and_then(|bytes| serde_json::from_slice::<serde_json::Value>(&bytes).ok())
        .is_some_and(|value| value["rustify"].is_string());
    match reports.iter().find(|path| path.exists()) {
        Some(path) if !ours => Err(foreign(path)),
        _ => Ok(()),
    }
}

const ELSEWHERE: &str = "Choose another --output folder.";

fn foreign(path: &Path) -> Failure {
    Failure::usage(format!(
        "{} is there already, and rustify has not written it",
        shown(path)
    ))
    .help(ELSEWHERE)
}
