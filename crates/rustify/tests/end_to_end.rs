//! The whole command on small programs: watched, translated, proven, and run.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;
use std::time::Instant;

use assert_cmd::Command;
use serde_json::Value;

/// Spends its time in `work`; `lazy` is a generator, which stays Python.
const PROGRAM: &str = "\
import sys

def work(n):
    total = 0
    for i in range(n):
        total += i * i % 7
    return total

def lazy(n):
    yield from range(n)

if __name__ == '__main__':
    for _ in range(50):
        work(5000)
    print(work(10), sum(lazy(4)), sys.argv[1:], __file__.endswith('prog.py'))
";

struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("made");
        fs::write(&path, text).expect("written");
        path
    }

    fn rustify(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("it runs")
    }

    /// The command in this folder; all tests share a cache, so that what all crates share is compiled once.
    fn command(&self, arguments: &[&str]) -> Command {
        let cache = Path::new(env!("CARGO_TARGET_TMPDIR")).join("rustify-cache-of-command");
        let mut command = Command::cargo_bin("rustify").expect("built");
        command
            .current_dir(self.0.path())
            .env("RUSTIFY_CACHE_DIR", cache)
            .env("NO_COLOR", "1")
            .args(arguments);
        command
    }

    /// `accelerate` with the interpreter of the tests; answers the report.
    fn accelerate(&self, arguments: &[&str], input: &str) -> (i32, Value, String) {
        let python = python();
        let mut all = vec!["accelerate", "--yes", "--json", "--python", &python];
        all.extend(arguments);
        let output = self
            .command(&all)
            .write_stdin(input)
            .output()
            .expect("it runs");
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        let report = serde_json::from_slice(&output.stdout).unwrap_or(Value::Null);
        (output.status.code().unwrap_or(-1), report, errors)
    }

    fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self.0.path())
            .expect("read")
            .flatten()
            .map(|e| e.file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }
}

fn python() -> String {
    std::env::var("PYO3_PYTHON").unwrap_or_else(|_| "python3".to_owned())
}

fn function<'a>(report: &'a Value, name: &str) -> &'a Value {
    let all = report["functions"].as_array().map(Vec::as_slice);
    all.unwrap_or_default()
        .iter()
        .find(|f| f["name"] == name)
        .unwrap_or(&Value::Null)
}

#[test]
fn from_a_program_to_rust() {
    let place = Place::new();
    place.write("prog.py", PROGRAM);
    let (code, report, errors) = place.accelerate(&["--file", "prog.py", "--all"], "");
    assert_eq!(code, 0, "{errors}");
    assert_eq!(errors, "");
    let work = function(&report, "work");
    assert_eq!(work["entry"], "rust", "{report:#}");
    assert_eq!(work["translated"], true);
    assert_eq!(work["parity"]["cases"], work["parity"]["matched"]);
    let lazy = function(&report, "lazy");
    assert_eq!(lazy["entry"], "python");
    assert_eq!(lazy["reason"]["code"], "generator");
    assert_eq!(lazy["reason"]["line"], 10);
    assert_eq!(place.names(), ["dist", "prog.py"]);
    let kept: Value =
        serde_json::from_slice(&fs::read(place.path("dist/report.json")).expect("read"))
            .expect("JSON");
    assert_eq!(kept, report);
    // The same again: at once, and with the same answer.
    let mut best = f64::INFINITY;
    for _ in 0..4 {
        let start = Instant::now();
        place.accelerate(&["--file", "prog.py", "--all"], "");
        best = best.min(start.elapsed().as_secs_f64());
    }
    assert!(best < 1.0, "{best} s");
    let (code, again, _) = place.accelerate(&["--file", "prog.py", "--all"], "");
    assert_eq!((code, &again["cached"]), (0, &Value::Bool(true)));
    // For people.
    let python = python();
    let arguments = [
        "accelerate",
        "--yes",
        "--file",
        "prog.py",
        "--all",
        "--python",
        &python,
    ];
    let text = String::from_utf8(place.rustify(&arguments).stdout).expect("text");
    assert!(
        text.contains("warning[generator]: `lazy` stays Python"),
        "{text}"
    );
    assert!(text.contains("prog.py:10:5"), "{text}");
    assert!(text.contains("1 of 2 chosen functions run"), "{text}");
    assert!(!text.contains('\x1b'));
}

#[test]
fn targets_are_only_listed() {
    let place = Place::new();
    place.write("prog.py", PROGRAM);
    let (code, listed, errors) = place.accelerate(&["--file", "prog.py", "--list-targets"], "");
    assert_eq!(code, 0, "{errors}");
    assert_eq!(function(&listed, "work")["chosen"], true);
    assert_eq!(function(&listed, "lazy")["chosen"], false);
    assert_eq!(place.names(), ["prog.py"]);
}

#[test]
fn a_driver_with_arguments() {
    let place = Place::new();
    place.write(
        "lib/mod.py",
        "def work(n):\n    t = 0\n    for i in range(n):\n        t += i\n    return t\n",
    );
    place.write(
        "use.py",
        "import sys\nimport mod\nfor _ in range(30):\n    mod.work(int(sys.argv[1]))\n",
    );
    let arguments = ["--file", "lib/mod.py", "--driver", "use.py", "--", "4000"];
    let (code, report, errors) = place.accelerate(&arguments, "");
    assert_eq!(code, 0, "{errors}");
    assert_eq!(function(&report, "work")["profile"]["calls"], 30);
    assert_eq!(function(&report, "work")["entry"], "rust");
}

#[test]
fn run_touches_nothing() {
    let place = Place::new();
    place.write("prog.py", PROGRAM);
    let python = python();
    for _ in 0..2 {
        let output = place.rustify(&["run", "--yes", "--python", &python, "prog.py", "--x", "1"]);
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "{output:?}");
        assert_eq!(text.trim(), "19 6 ['--x', '1'] True");
        assert_eq!(place.names(), ["prog.py"]);
    }
    place.write("exits.py", "import sys\ndef f(): pass\nf()\nsys.exit(7)\n");
    let output = place.rustify(&["run", "--yes", "--python", &python, "exits.py"]);
    assert_eq!(output.status.code(), Some(7), "{output:?}");
}

#[test]
fn snippets_and_repositories() {
    let place = Place::new();
    let (code, report, errors) = place.accelerate(&["--snippet"], PROGRAM);
    assert_eq!(code, 0, "{errors}");
    assert_eq!(report["module"], "snippet");
    assert!(place.path("dist/python/snippet.py").is_file());
    place.write("repo/src/prog.py", PROGRAM);
    for arguments in [
        &["init", "-q"][..],
        &["add", "."],
        &[
            "-c",
            "user.name=n",
            "-c",
            "user.email=e@x",
            "commit",
            "-qm",
            "x",
        ],
        &["tag", "v1"],
    ] {
        let mut git = std::process::Command::new("git");
        let done = git.current_dir(place.path("repo")).args(arguments).output();
        assert!(done.expect("git").status.success());
    }
    let repo = place.path("repo").display().to_string();
    let arguments = [
        "--git",
        &repo,
        "--git-path",
        "src/prog.py",
        "--rev",
        "v1",
        "--output",
        "out",
    ];
    let (code, report, errors) = place.accelerate(&arguments, "");
    assert_eq!(code, 0, "{errors}");
    assert_eq!(function(&report, "work")["entry"], "rust");
    assert_eq!(place.names(), ["dist", "out", "repo"]);
}

#[test]
fn programs_that_misbehave() {
    let place = Place::new();
    let work = "def work(n):\n    t = 0\n    for i in range(n):\n        t += i\n    return t\n";
    for (name, rest) in [
        ("endless.py", "while True:\n    work(1000)\n"),
        ("gone.py", "import os\nos.remove(__file__)\nwork(100000)\n"),
        ("raises.py", "raise SystemError('no')\n"),
    ] {
        place.write(name, &format!("{work}{rest}"));
        let start = Instant::now();
        let arguments = [
            "--file",
            name,
            "--all",
            "--time-limit",
            "2",
            "--output",
            "out",
        ];
        let (code, _, errors) = place.accelerate(&arguments, "");
        assert_eq!(code, 1, "{name}: {errors}");
        assert!(start.elapsed().as_secs() < 60, "{name}");
    }
    place.write("loud.py", &format!("{work}work(100000)\nif __name__ == '__main__':\n    for _ in range(1024): print('x' * (1 << 20))\n"));
    let (code, report, errors) =
        place.accelerate(&["--file", "loud.py", "--all", "--output", "out"], "");
    assert_eq!(code, 0, "{errors}");
    assert!(
        report["notes"].to_string().contains("printed too much"),
        "{report:#}"
    );
    let left: Vec<_> = place.names();
    assert_eq!(left, ["endless.py", "loud.py", "out", "raises.py"]);
}

#[test]
fn nothing_in_rust_is_still_a_module() {
    let place = Place::new();
    place.write("lazy.py", "def lazy(n):\n    yield n\nlist(lazy(1))\n");
    for options in [
        &["--all"][..],
        &["--threshold", "100"],
        &["--all", "--fresh"],
    ] {
        let mut arguments = vec!["--file", "lazy.py"];
        arguments.extend(options);
        let (code, report, errors) = place.accelerate(&arguments, "");
        assert_eq!(code, 1, "{errors}");
        assert_eq!(function(&report, "lazy")["entry"], "python");
        assert!(place.path("dist/python/lazy.py").is_file());
        assert!(!place.path("dist/lazy_rs").exists());
    }
}

#[test]
fn what_others_wrote_stays() {
    let place = Place::new();
    place.write("prog.py", PROGRAM);
    for name in [
        "out/prog_rs/Cargo.toml",
        "out2/python/prog.py",
        "out3/report.md",
    ] {
        place.write(name, "mine\n");
        let output = name.split('/').next().unwrap_or_default();
        let (code, _, errors) = place.accelerate(&["--file", "prog.py", "--output", output], "");
        assert_eq!(code, 2, "{errors}");
        assert!(errors.contains("rustify has not written it"), "{errors}");
        assert_eq!(
            fs::read_to_string(place.path(name)).expect("there"),
            "mine\n"
        );
    }
}

#[test]
fn a_kept_crate_keeps_its_changes() {
    let place = Place::new();
    place.write("prog.py", PROGRAM);
    let arguments = ["--file", "prog.py", "--function", "work"];
    assert_eq!(place.accelerate(&arguments, "").0, 0);
    let file = place.path("dist/prog_rs/src/lib.rs");
    let text = fs::read_to_string(&file).expect("there");
    fs::write(&file, format!("{text}\n// mine\n")).expect("written");
    let arguments = ["--file", "prog.py", "--function", "work", "--no-regen"];
    let (code, _, errors) = place.accelerate(&arguments, "");
    assert_eq!(code, 0, "{errors}");
    assert!(
        fs::read_to_string(&file)
            .expect("there")
            .contains("// mine")
    );
    place.write("prog.py", &format!("{PROGRAM}\n# changed\n"));
    let (code, _, errors) = place.accelerate(&arguments, "");
    assert_eq!(code, 2);
    assert!(errors.contains("has changed"), "{errors}");
}
