//! `rustify setup`: everything that a build needs, fetched and tried once.

use rustify_types::{FunctionProfile, Request, Sample, Signature};

use super::arguments::Setup;
use super::print;
use crate::build::{self, cargo};
use crate::cache::Cache;
use crate::console::Console;
use crate::failure::{Exit, Failure};
use crate::names;
use crate::stages::Stages;
use crate::toolchain::{self, maturin};

/// A function that every compiler of Python translates.
const SMALL: &str = "def f(x):\n    return x + 1\n";

/// Probes, fetches, and builds a small crate, so that what all crates share is compiled.
pub(super) fn setup(
    asked: &Setup,
    stages: &dyn Stages,
    console: &Console,
) -> Result<Exit, Failure> {
    let cache = Cache::open()?;
    let python = toolchain::python::probe(asked.python.as_deref())?;
    let rust = toolchain::rust::probe(cache.folder())?;
    let int = || Sample("int".to_owned());
    let request = Request {
        source: SMALL.to_owned(),
        path: "setup.py".to_owned(),
        module: "setup".to_owned(),
        functions: vec![FunctionProfile {
            qualname: "f".to_owned(),
            line: 1,
            signatures: vec![Signature {
                args: vec![int()],
                count: 1,
            }],
            returns: vec![int()],
            calls: 1,
            ..FunctionProfile::default()
        }],
        ml_mode: false,
        extension: names::extension("setup", &names::sha256(SMALL.as_bytes())),
        ..Request::default()
    };
    let compiled = stages
        .compile(&request)
        .map_err(|reason| Failure::environment(format!("rustify is broken: {}", reason.message)))?;
    let folder = cache.folder().sub("setup")?;
    build::sources::write(&folder, &compiled)?;
    {
        let stage = console.stage("fetch");
        stage.doing("crates");
        if !cargo::is_fetched(folder.path(), &cache, &python)? {
            cargo::fetch(folder.path(), &cache, &python)?;
        }
    }
    {
        let stage = console.stage("build");
        stage.doing("what all crates share");
        build::library(&cache, folder.path(), &python, &rust, &stage)?;
    }
    let wheels = match maturin::probe(&python) {
        Ok(_) => "maturin is there, so --wheel works.".to_owned(),
        Err(failure) => format!("Without maturin, --wheel does not work. {}", failure.help),
    };
    print(&format!(
        "Python {} ({})\n{}\n{}\nThe cache is {}.\nReady: builds work offline from now on.\n",
        python.version_text(),
        python.executable.display(),
        rust.version_text(),
        wheels,
        cache.folder().path().display()
    ))
}
