//! From a file to a drop-in with the real compiler and the real cargo; what the program does is told, not watched.

use std::cell::{Cell, RefCell};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use rustify::accelerate::{Options, accelerate, work::Finished};
use rustify::cache::Cache;
use rustify::console::{Console, Stage};
use rustify::failure::{Exit, Failure};
use rustify::input::Asked;
use rustify::report::model::{Calls, Entry, Parity, Times};
use rustify::select::Choice;
use rustify::stages::{Compare, Proof, Stages, Watch, Watched};
use rustify_types::{Compiled, FunctionProfile, Reason, Request, Sample, Signature};

/// Says that every function was called with these types, and that Rust answers rightly and so many times faster.
struct Told {
    types: &'static [(&'static str, &'static [&'static str])],
    speedup: f64,
    matched: u64,
    watched: Cell<u32>,
    /// What was compared last.
    verified: RefCell<Vec<String>>,
}

impl Told {
    fn new(types: &'static [(&'static str, &'static [&'static str])]) -> Self {
        Self {
            types,
            speedup: 9.0,
            matched: 10,
            watched: Cell::new(0),
            verified: RefCell::default(),
        }
    }
}

impl Stages for Told {
    fn surroundings(&self, source: &str) -> Result<String, Reason> {
        rustify_compile::surroundings(source)
    }

    fn functions(&self, source: &str) -> Result<Vec<(String, u32)>, Reason> {
        rustify_compile::functions(source)
    }

    fn profile(&self, watch: &Watch<'_>, _: &Stage) -> Result<Watched, Failure> {
        self.watched.set(self.watched.get() + 1);
        let source = fs::read_to_string(watch.file).expect("read");
        let functions = rustify_compile::functions(&source).expect("parsed");
        Ok(Watched {
            functions: functions
                .into_iter()
                .filter_map(|(qualname, line)| {
                    let (_, types) = self.types.iter().find(|(name, _)| *name == qualname)?;
                    Some(FunctionProfile {
                        qualname,
                        line,
                        signatures: vec![Signature {
                            args: types.iter().map(|t| Sample((*t).to_owned())).collect(),
                            count: 5,
                        }],
                        calls: 5,
                        own_seconds: 1.0,
                        total_seconds: 1.0,
                        ..FunctionProfile::default()
                    })
                })
                .collect(),
            seconds: self.types.len() as f64,
            python_seconds: self.types.len() as f64,
            notes: Vec::new(),
        })
    }

    fn compile(&self, request: &Request) -> Result<Compiled, Reason> {
        rustify_compile::compile(request)
    }

    fn verify(&self, compare: &Compare<'_>, _: &Stage) -> Result<Vec<Proof>, Failure> {
        *self.verified.borrow_mut() = compare
            .functions
            .iter()
            .map(|f| f.qualname.clone())
            .collect();
        Ok(compare
            .functions
            .iter()
            .map(|f| Proof {
                qualname: f.qualname.clone(),
                parity: Parity {
                    cases: 10,
                    matched: self.matched,
                    first_mismatch: None,
                },
                calls: Calls {
                    total: 5,
                    completed: 5,
                    deopted: 0,
                },
                times: Some(Times {
                    python_seconds: 9e-6,
                    rust_seconds: 9e-6 / self.speedup,
                    speedup: self.speedup,
                    spread: 0.02,
                }),
                ..Proof::default()
            })
            .collect())
    }
}

/// One cache for all tests of this file: what all crates share is compiled once.
fn cache() -> Cache {
    Cache::at(&Path::new(env!("CARGO_TARGET_TMPDIR")).join("rustify-cache")).expect("a cache")
}

fn python() -> PathBuf {
    std::env::var_os("PYO3_PYTHON").map_or_else(|| "python3".into(), PathBuf::from)
}

fn options(file: &Path, output: &Path) -> Options {
    Options {
        asked: Asked::File(file.to_path_buf()),
        driver: None,
        arguments: Vec::new(),
        choice: Choice::All,
        iterations: 1,
        seconds: 60.0,
        dry_run: false,
        benchmark: false,
        no_regen: false,
        keep_slower: false,
        ml_mode: false,
        wheel: false,
        fresh: false,
        python: Some(python()),
        output: output.to_path_buf(),
        yes: true,
    }
}

fn run(options: &Options, told: &Told) -> Finished {
    accelerate(options, told, &Console::new(0, true), &cache()).expect("it works")
}

/// Runs Python with a search path; warnings are errors unless the program catches them.
fn ask(path: &[&Path], program: &str) -> String {
    let output = ask_anyhow(path, program);
    assert!(
        output.status.success(),
        "{program}\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8_lossy(&output.stdout)
        .trim()
        .replace('\r', "")
}

fn ask_anyhow(path: &[&Path], program: &str) -> Output {
    Command::new(python())
        .args(["-B", "-W", "error", "-c", program])
        .env("PYTHONPATH", std::env::join_paths(path).expect("a path"))
        .output()
        .expect("Python")
}

/// Calls of `f` that Rust completed, asked of the extension that a module loaded.
const COMPLETED: &str = "
import sys
def completed():
    found = [m for n, m in list(sys.modules.items()) if '_rs_' in n and hasattr(m, 'stats')]
    return sum(c for m in found for _, c, _ in m.stats().values())
";

const SOURCE: &str = "\
\"\"\"Doc.\"\"\"
FACTOR = 2


def f(n):
    total = 0
    for i in range(n):
        total += i * FACTOR
    return total


def g(n):
    yield n

if __name__ == \"__main__\":
    print(f(10), __name__)
";

fn place(name: &str, source: &str) -> (tempfile::TempDir, PathBuf, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("src").join(name);
    fs::create_dir_all(file.parent().expect("a parent")).expect("made");
    fs::write(&file, source).expect("written");
    let output = folder.path().join("out");
    (folder, file, output)
}

const TYPES: &[(&str, &[&str])] = &[("f", &["int"]), ("g", &["int"])];

#[test]
fn a_module_runs_in_rust() {
    let (folder, file, output) = place("slow.py", SOURCE);
    let told = Told::new(TYPES);
    let finished = run(&options(&file, &output), &told);
    assert_eq!(finished.exit, Exit::Done);
    let functions = &finished.report.functions;
    assert_eq!(functions[0].entry, Entry::Rust);
    assert_eq!(functions[1].entry, Entry::Python);
    assert_eq!(functions[1].reason.as_ref().map(|r| r.line), Some(13));
    for name in [
        "report.json",
        "report.md",
        "report.html",
        "slow_rs/Cargo.toml",
        "python/slow.py",
    ] {
        assert!(output.join(name).is_file(), "{name}");
    }
    let json: serde_json::Value =
        serde_json::from_slice(&fs::read(output.join("report.json")).expect("read")).expect("JSON");
    assert_eq!(json["functions"][0]["name"], "f");
    assert_eq!(json["functions"][0]["translated"], true);
    assert_eq!(json["functions"][0]["entry"], "rust");
    // Line numbers are those of the original.
    let dropin = fs::read_to_string(output.join("python/slow.py")).expect("read");
    for (new, old) in dropin.lines().zip(SOURCE.lines()) {
        assert!(new == old || new.ends_with("# rustify line"), "{new}");
    }
    let path = output.join("python");
    let program = format!(
        "{COMPLETED}import slow\nprint(slow.f(10), completed(), list(slow.g(1)), slow.f.__name__)"
    );
    assert_eq!(ask(&[&path], &program), "90 1 [1] f");
    // One namespace: a changed constant counts.
    assert_eq!(
        ask(
            &[&path],
            "import slow; slow.f(1); slow.FACTOR = 3; print(slow.f(10))"
        ),
        "135"
    );
    // As a program, moved elsewhere, and by path under another name.
    let moved = folder.path().join("moved");
    fs::rename(&path, &moved).expect("moved");
    let ran = Command::new(python())
        .arg("-B")
        .arg(moved.join("slow.py"))
        .output()
        .expect("Python");
    assert_eq!(String::from_utf8_lossy(&ran.stdout).trim(), "90 __main__");
    let by_path = format!(
        "{COMPLETED}import importlib.util as u\ns = u.spec_from_file_location('other', r'{}')\nm = u.module_from_spec(s)\ns.loader.exec_module(m)\nprint(m.f(10), completed())",
        moved.join("slow.py").display()
    );
    assert_eq!(ask(&[], &by_path), "90 1");
    // Switched off.
    let off = "import os; os.environ['RUSTIFY_DISABLE'] = '1'\nimport slow, sys\nprint(slow.f(10), any('_rs_' in n for n in sys.modules))";
    assert_eq!(ask(&[&moved], off), "90 False");
}

#[test]
fn what_does_not_fit_warns_once_and_stays_python() {
    let (_folder, file, output) = place("fits.py", SOURCE);
    run(&options(&file, &output), &Told::new(TYPES));
    let path = output.join("python");
    let program = "import warnings\nwith warnings.catch_warnings(record=True) as seen:\n    warnings.simplefilter('always')\n    import fits\nprint(fits.f(10), len(seen), seen[0].category.__name__, seen[0].message)";
    let dropin = path.join("fits.py");
    let text = fs::read_to_string(&dropin).expect("read");
    fs::write(&dropin, text.replace("total = 0", "total = 1")).expect("written");
    let said = ask(&[&path], program);
    assert!(
        said.starts_with("91 1 RuntimeWarning rustify: fits stays Python: the source has changed"),
        "{said}"
    );
    fs::write(&dropin, text).expect("written");
    for entry in fs::read_dir(&path).expect("read").flatten() {
        if entry.file_name().to_string_lossy().contains("_rs_")
            && entry.path().extension().is_some_and(|e| e != "py")
        {
            fs::write(entry.path(), b"broken").expect("written");
        }
    }
    let said = ask(&[&path], program);
    assert!(
        said.starts_with("90 1 RuntimeWarning rustify: fits stays Python: ImportError"),
        "{said}"
    );
    for entry in fs::read_dir(&path).expect("read").flatten() {
        if entry.file_name().to_string_lossy().starts_with("_rustify") {
            fs::remove_file(entry.path()).expect("removed");
        }
    }
    let said = ask(&[&path], program);
    assert!(said.starts_with("90 1 RuntimeWarning rustify: "), "{said}");
}

#[test]
fn only_what_is_proven_and_faster_is_attached() {
    for (speedup, matched, keep, exit, runs) in [
        (1.04, 10, false, Exit::Nothing, "90 0"),
        (1.04, 10, true, Exit::Done, "90 1"),
        (9.0, 9, true, Exit::Nothing, "90 0"),
    ] {
        let (_folder, file, output) = place("ships.py", SOURCE);
        let mut told = Told::new(TYPES);
        (told.speedup, told.matched) = (speedup, matched);
        let asked = Options {
            keep_slower: keep,
            ..options(&file, &output)
        };
        let finished = run(&asked, &told);
        assert_eq!(finished.exit, exit);
        assert!(finished.report.functions[0].translated);
        let program = format!("{COMPLETED}import ships\nprint(ships.f(10), completed())");
        assert_eq!(ask(&[&output.join("python")], &program), runs);
    }
}

#[test]
fn a_module_of_a_package_keeps_its_siblings() {
    let (folder, file, output) = place("outer/inner/mod.py", SOURCE);
    let src = folder.path().join("src");
    fs::write(src.join("outer/__init__.py"), "NAME = 'outer'\n").expect("written");
    fs::write(
        src.join("outer/inner/__init__.py"),
        "from .sibling import VALUE\nfrom .. import NAME\n",
    )
    .expect("written");
    fs::write(src.join("outer/inner/sibling.py"), "VALUE = 7\n").expect("written");
    fs::write(src.join("outer/other.py"), "OTHER = 8\n").expect("written");
    run(&options(&file, &output), &Told::new(TYPES));
    let program = format!(
        "{COMPLETED}import outer.other, outer.inner.sibling\nfrom outer.inner import mod\nprint(mod.f(10), completed(), outer.inner.VALUE, outer.inner.NAME, outer.other.OTHER, mod.__name__)"
    );
    let path = output.join("python");
    assert_eq!(
        ask(&[&path, &src], &program),
        "90 1 7 outer 8 outer.inner.mod"
    );
    // Without the original on the path, where it was.
    assert_eq!(ask(&[&path], &program), "90 1 7 outer 8 outer.inner.mod");
}

#[test]
fn a_package_itself() {
    let (folder, file, output) = place(
        "pack/__init__.py",
        "from . import part\n\ndef f(n):\n    return n * 2\n",
    );
    fs::write(folder.path().join("src/pack/part.py"), "P = 1\n").expect("written");
    run(&options(&file, &output), &Told::new(TYPES));
    let program = format!("{COMPLETED}import pack\nprint(pack.f(4), completed(), pack.part.P)");
    assert_eq!(ask(&[&output.join("python")], &program), "8 1 1");
}

#[test]
fn an_unchanged_file_answers_at_once() {
    let (_folder, file, output) = place("same.py", SOURCE);
    let told = Told::new(TYPES);
    let first = run(&options(&file, &output), &told);
    assert!(!first.report.cached);
    // The best of a few: other tests run at the same time.
    let mut best = f64::INFINITY;
    let mut again = None;
    for _ in 0..4 {
        fs::remove_dir_all(&output).expect("removed");
        let start = std::time::Instant::now();
        again = Some(run(&options(&file, &output), &told));
        best = best.min(start.elapsed().as_secs_f64());
    }
    assert!(best < 1.0, "{best} s");
    let again = again.expect("ran");
    assert!(again.report.cached);
    assert_eq!(told.watched.get(), 1);
    assert_eq!(again.report.functions, first.report.functions);
    let program = format!("{COMPLETED}import same\nprint(same.f(10), completed())");
    assert_eq!(ask(&[&output.join("python")], &program), "90 1");
    // Changed by a comment only: watched again, and the crate is another.
    fs::write(&file, format!("# new\n{SOURCE}")).expect("written");
    let changed = run(&options(&file, &output), &told);
    assert!(!changed.report.cached);
    let files: Vec<_> = fs::read_dir(output.join("python"))
        .expect("read")
        .flatten()
        .filter(|e| e.file_name().to_string_lossy().contains("_rs_"))
        .collect();
    assert_eq!(files.len(), 2, "{files:?}");
    assert_eq!(ask(&[&output.join("python")], &program), "90 1");
}

#[test]
fn a_change_of_one_function_keeps_the_proofs_of_others() {
    // A name of its own for each run: the cache stays.
    let module = format!("edited{}", std::process::id());
    let (_folder, file, output) = place(&format!("{module}.py"), EDITED);
    let told = Told::new(&[("f", &["int"]), ("g", &["int"]), ("h", &["int"])]);
    let verified = |text: &str, fresh: bool| {
        fs::write(&file, text).expect("written");
        let asked = Options {
            fresh,
            ..options(&file, &output)
        };
        let report = run(&asked, &told).report;
        assert_eq!(report.shipped(), 3);
        let mut names = told.verified.borrow().clone();
        names.sort();
        (names.join(" "), report.notes.join(" "))
    };
    assert_eq!(verified(EDITED, false), ("f g h".into(), String::new()));
    let (names, notes) = verified(&EDITED.replace("n + 1", "n + 3"), false);
    assert_eq!(names, "g");
    assert!(notes.starts_with("2 functions"), "{notes}");
    // `g` calls `f`; lines move.
    let longer = EDITED.replace("    return n * 2", "    n += 1\n    return n * 2");
    assert_eq!(verified(&longer, false).0, "f g");
    // What they find outside counts for all of them.
    let other = EDITED.replace("SIZE = 3", "SIZE = 4");
    assert_eq!(verified(&other, false).0, "f g h");
    assert_eq!(verified(EDITED, true).0, "f g h");
}

const EDITED: &str = "\
SIZE = 3

def f(n):
    return n * 2

def g(n):
    return f(n) + n + 1

def h(n):
    return n - SIZE
";

#[test]
fn odd_names_and_line_ends() {
    for name in [
        "fn.py",
        "crate.py",
        "my-mod 2.py",
        "class.py",
        "it's \"odd\"\n.py",
    ] {
        if cfg!(windows) && name.contains(['"', '\n']) {
            continue;
        }
        let (_folder, file, output) = place(name, &SOURCE.replace('\n', "\r\n"));
        let finished = run(&options(&file, &output), &Told::new(TYPES));
        assert_eq!(finished.exit, Exit::Done, "{name:?}");
        let program = format!(
            "{COMPLETED}import importlib.util as u\ns = u.spec_from_file_location('odd', {:?})\nm = u.module_from_spec(s)\ns.loader.exec_module(m)\nprint(m.f(10), completed())",
            output.join("python").join(name).display().to_string()
        );
        assert_eq!(ask(&[], &program), "90 1", "{name:?}");
    }
}

#[test]
fn a_dry_run_builds_nothing() {
    let (folder, file, output) = place("dry.py", SOURCE);
    let asked = Options {
        dry_run: true,
        ..options(&file, &output)
    };
    let finished = run(&asked, &Told::new(TYPES));
    assert_eq!(finished.exit, Exit::Done);
    assert!(output.join("dry_rs/src/lib.rs").is_file());
    assert!(!output.join("python").exists());
    let names: Vec<_> = fs::read_dir(folder.path())
        .expect("read")
        .flatten()
        .collect();
    assert_eq!(names.len(), 2);
}

#[test]
fn links_in_the_output_folder_are_not_followed() {
    let (folder, file, output) = place("link.py", SOURCE);
    fs::create_dir_all(&output).expect("made");
    let outside = folder.path().join("outside");
    fs::create_dir_all(&outside).expect("made");
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(&outside, output.join("link_rs")).expect("a link");
        let failure = accelerate(
            &options(&file, &output),
            &Told::new(TYPES),
            &Console::new(0, true),
            &cache(),
        )
        .expect_err("refused");
        assert_eq!(failure.exit, Exit::Usage);
        assert_eq!(fs::read_dir(&outside).expect("read").count(), 0);
    }
}

#[test]
fn the_users_settings_of_cargo_stay_out() {
    let (folder, file, output) = place("flags.py", SOURCE);
    // A toolchain file and a configuration around the output folder would break the build.
    fs::write(
        folder.path().join("rust-toolchain.toml"),
        "[toolchain]\nchannel = \"1.0.0\"\n",
    )
    .expect("written");
    fs::create_dir_all(folder.path().join(".cargo")).expect("made");
    fs::write(
        folder.path().join(".cargo/config.toml"),
        "[build]\nrustflags = [\"--no-such-flag\"]\ntarget-dir = \"elsewhere\"\n",
    )
    .expect("written");
    fs::write(
        folder.path().join("Cargo.toml"),
        "[workspace]\nmembers = []\n",
    )
    .expect("written");
    assert_eq!(
        run(&options(&file, &output), &Told::new(TYPES)).exit,
        Exit::Done
    );
    assert!(!folder.path().join("elsewhere").exists());
}

#[test]
fn a_wheel_holds_everything() {
    let probed = rustify::toolchain::python::probe(Some(&python())).expect("Python");
    if rustify::toolchain::maturin::probe(&probed).is_err() {
        eprintln!("maturin is not installed: not tested");
        return;
    }
    let (folder, file, output) = place("wheeled.py", SOURCE);
    let asked = Options {
        wheel: true,
        ..options(&file, &output)
    };
    let finished = run(&asked, &Told::new(TYPES));
    let wheel = finished.report.outputs.wheel.expect("a wheel");
    let site = folder.path().join("site");
    let unpack = format!(
        "import zipfile\nz = zipfile.ZipFile({wheel:?})\nassert z.testzip() is None\nz.extractall({:?})",
        site.display().to_string()
    );
    ask(&[], &unpack);
    let program =
        format!("{COMPLETED}import wheeled\nprint(wheeled.f(10), completed(), wheeled.__file__)");
    let said = ask(&[&site], &program);
    assert!(said.starts_with("90 1 ") && said.contains("site"), "{said}");
}
