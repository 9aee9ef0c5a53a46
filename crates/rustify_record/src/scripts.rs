//! The Python side of the recorder: one private package, written out where a run needs it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The package's name: no program has a module of this name.
const PACKAGE: &str = "_rustify_record";

macro_rules! script {
    ($name:literal) => {
        ($name, include_str!(concat!("../python/", $name)))
    };
}

const FILES: [(&str, &str); 13] = [
    script!("borrowed.py"),
    script!("type_text.py"),
    script!("functions.py"),
    script!("array_layouts.py"),
    script!("keeping.py"),
    script!("recorder.py"),
    script!("program.py"),
    script!("loading.py"),
    script!("snapshot.py"),
    script!("edge_values.py"),
    script!("siblings.py"),
    script!("cases.py"),
    script!("replay.py"),
];

/// Loads the package by path, so that neither `sys.path` nor the current directory matters.
const START: &str = include_str!("../python/start.py");

/// Writes the scripts below `dir` and answers the path of the one to run.
pub(crate) fn write(dir: &Path) -> io::Result<PathBuf> {
    let package = dir.join(PACKAGE);
    fs::create_dir_all(&package)?;
    fs::write(package.join("__init__.py"), "")?;
    for (name, text) in FILES {
        fs::write(package.join(name), text)?;
    }
    let start = dir.join("start.py");
    fs::write(&start, START)?;
    Ok(start)
}
