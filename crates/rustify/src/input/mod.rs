//! Where the Python file comes from: the disk, standard input, or a git repository.

pub mod package;
pub mod source;
pub mod git;

use std::path::{Path, PathBuf};

pub use package::Place;

use crate::failure::{Failure, shown};

/// What the person named.
#[derive(Clone, Debug)]
pub enum Asked {
    /// A file.
    File(PathBuf),
    /// Standard input.
    Snippet,
    /// A file of a repository.
    Git {
        /// Where it is cloned from.
        url: String,
        /// The file inside it.
        path: String,
        /// The revision; the default branch where none is named.
        revision: Option<String>,
    },
}

/// A Python file that has been read.
#[derive(Debug)]
pub struct Input {
    /// Where it lies; for a snippet and a repository, below `temporary`.
    pub file: PathBuf,
    /// How it is shown.
    pub shown: String,
    /// Its bytes, as they are.
    pub bytes: Vec<u8>,
    /// Its text, without a byte order mark.
    pub text: String,
    /// Its module name and the packages around it.
    pub place: Place,
    /// Holds a snippet or a clone as long as it is needed.
    pub temporary: Option<tempfile::TempDir>,
}

/// Reads what was named.
pub fn read(asked: &Asked) -> Result<Input, Failure> {
    match asked {
        Asked::File(path) => {
            if path.is_dir() {
                return Err(Failure::usage(format!("{} is a folder", shown(path)))
                    .help("Name one Python file, such as --file pkg/module.py."));
            }
            open(path, shown(path), None)
        }
        Asked::Snippet => {
            let bytes = source::standard_input()?;
            let temporary = temporary()?;
            let file = temporary.path().join("snippet.py");
            std::fs::write(&file, &bytes).map_err(|e| Failure::file("cannot write", &file, &e))?;
            open(&file, "<snippet>".to_owned(), Some(temporary))
        }
        Asked::Git {
            url,
            path,
            revision,
        } => {
            git::check(url, path, revision.as_deref())?;
            let temporary = temporary()?;
            let clone = temporary.path().join("clone");
            git::fetch(url, revision.as_deref(), &clone)?;
            let file = git::inside(&clone, path)?;
            open(&file, format!("{url}: {path}"), Some(temporary))
        }
    }
}

fn temporary() -> Result<tempfile::TempDir, Failure> {
    tempfile::Builder::new()
        .prefix("rustify-")
        .tempdir()
        .map_err(|e| Failure::environment(format!("cannot make a temporary folder: {e}")))
}

fn open(
    path: &Path,
    shown: String,
    temporary: Option<tempfile::TempDir>,
) -> Result<Input, Failure> {
    let bytes = source::read(path, &shown)?;
    let text = source::text(&bytes, &shown)?;
    let file = std::path::absolute(path).map_err(|e| Failure::file("cannot find", path, &e))?;
    Ok(Input {
        place: Place::of(&file)?,
        file,
        shown,
        bytes,
        text,
        temporary,
    })
}
