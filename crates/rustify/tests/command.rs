//! The command line from outside: usage, exit codes, help, hostile inputs.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command as Program, Output};

use assert_cmd::Command;

struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().expect("a folder"),
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("made");
        fs::write(&path, text).expect("written");
        path
    }

    /// The command in this folder, with a cache of its own and nobody at the terminal.
    fn rustify(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("it runs")
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::cargo_bin("rustify").expect("built");
        command
            .current_dir(self.folder.path())
            .env("RUSTIFY_CACHE_DIR", self.path("cache"))
            .env("NO_COLOR", "1")
            .env("COLUMNS", "100")
            .args(arguments);
        command
    }

    fn fails(&self, code: i32, arguments: &[&str], says: &str) {
        let output = self.rustify(arguments);
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {text}");
        assert!(text.contains(says), "{arguments:?}: {text}");
    }

    /// Everything below the folder but the cache.
    fn listing(&self) -> Vec<String> {
        fn walk(folder: &Path, found: &mut Vec<String>) {
            for entry in fs::read_dir(folder).expect("read").flatten() {
                found.push(entry.path().display().to_string());
                if entry.path().is_dir() && entry.file_name() != "cache" {
                    walk(&entry.path(), found);
                }
            }
        }
        let mut found = Vec::new();
        walk(self.folder.path(), &mut found);
        found.retain(|name| !name.ends_with("/cache"));
        found.sort();
        found
    }
}

const SMALL: &str = "def f(x):\n    return x + 1\n\nf(1)\n";

#[test]
fn help_is_as_kept() {
    let place = Place::new();
    for (name, arguments) in [
        ("help", &["--help"][..]),
        ("accelerate", &["accelerate", "--help"]),
        ("run", &["run", "--help"]),
        ("setup", &["setup", "--help"]),
    ] {
        let output = place.rustify(arguments);
        assert!(output.status.success());
        let text = String::from_utf8(output.stdout)
            .expect("text")
            .replace("rustify.exe", "rustify");
        insta::assert_snapshot!(name, text);
    }
}

#[test]
fn completions_for_every_shell() {
    let place = Place::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let output = place.rustify(&["completions", shell]);
        assert!(output.status.success());
        assert!(String::from_utf8_lossy(&output.stdout).contains("accelerate"));
    }
}

#[test]
fn wrong_usage_is_2() {
    let place = Place::new();
    place.write("a.py", SMALL);
    place.fails(2, &[], "Usage");
    place.fails(2, &["accelerate"], "required");
    place.fails(
        2,
        &["accelerate", "--file", "a.py", "--snippet"],
        "cannot be used with",
    );
    place.fails(
        2,
        &["accelerate", "--file", "a.py", "--threshold", "101"],
        "percentage",
    );
    place.fails(
        2,
        &["accelerate", "--file", "a.py", "--all", "--function", "f"],
        "cannot be used",
    );
    place.fails(2, &["accelerate", "--git", "https://x/y"], "--git-path");
    place.fails(2, &["accelerate", "--fil", "a.py"], "--file");
    place.fails(
        2,
        &["accelerate", "--file", "missing.py", "--yes"],
        "missing.py",
    );
    place.fails(2, &["accelerate", "--file", ".", "--yes"], "folder");
    place.fails(
        2,
        &["accelerate", "--file", "a.py", "--yes", "--function", "g"],
        "defines no function",
    );
    place.fails(
        2,
        &["accelerate", "--file", "a.py", "--yes", "--driver", "no.py"],
        "no driver",
    );
    place.fails(2, &["accelerate", "--file", "a.py"], "--yes");
    place.fails(2, &["run", "missing.py"], "missing.py");
}

#[test]
fn nothing_to_do_is_1() {
    let place = Place::new();
    place.write("a.py", "print(1)\n");
    place.fails(
        1,
        &["accelerate", "--file", "a.py", "--yes"],
        "defines no functions",
    );
}

#[test]
fn a_missing_tool_is_3() {
    let place = Place::new();
    place.write("a.py", SMALL);
    place.fails(
        3,
        &["accelerate", "--file", "a.py", "--python", "/no/python"],
        "--python",
    );
    place.fails(
        3,
        &["accelerate", "--file", "a.py", "--python", "/bin/true"],
        "not a Python",
    );
    let python = Program::new("python3")
        .args(["-c", "import sys; print(sys.executable)"])
        .output()
        .expect("python3");
    let python = String::from_utf8_lossy(&python.stdout).trim().to_owned();
    let output = place
        .command(&["accelerate", "--file", "a.py", "--yes", "--python", &python])
        .env("PATH", "/nowhere")
        .output()
        .expect("it runs");
    let text = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(3), "{text}");
    assert!(text.contains("rustup.rs"), "{text}");
}

#[test]
fn sources_that_are_no_python() {
    let place = Place::new();
    place.write("syntax.py", "def f(:\n    pass\n");
    place.fails(
        2,
        &["accelerate", "--file", "syntax.py", "--yes"],
        "syntax.py:1:7",
    );
    fs::write(place.path("latin.py"), b"# coding: latin-1\nx = '\xe9'\n").expect("written");
    place.fails(2, &["accelerate", "--file", "latin.py", "--yes"], "latin-1");
    fs::write(place.path("null.py"), b"def f(): pass\n\0").expect("written");
    place.fails(
        2,
        &["accelerate", "--file", "null.py", "--yes"],
        "null byte",
    );
}

#[test]
fn a_snippet_that_is_no_python() {
    let place = Place::new();
    let output = place
        .command(&["accelerate", "--snippet", "--yes"])
        .write_stdin("def f(:")
        .output()
        .expect("it runs");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("<snippet>"));
}

#[test]
fn addresses_and_paths_that_escape() {
    let place = Place::new();
    let git = |arguments: &[&str]| {
        let done = Program::new("git")
            .current_dir(place.path("repo"))
            .args([
                "-c",
                "user.name=n",
                "-c",
                "user.email=e@x",
                "-c",
                "init.defaultBranch=main",
            ])
            .args(arguments)
            .output()
            .expect("git");
        assert!(done.status.success(), "{done:?}");
    };
    place.write("secret.py", SMALL);
    place.write("repo/src/a.py", SMALL);
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(place.path("secret.py"), place.path("repo/link.py"))
            .expect("a link");
        std::os::unix::fs::symlink("..", place.path("repo/up")).expect("a link");
    }
    git(&["init", "-q"]);
    git(&["add", "."]);
    git(&["commit", "-qm", "x"]);
    let before = place.listing();
    let repo = place.path("repo").display().to_string();
    let fails = |path: &str, says: &str| {
        place.fails(
            2,
            &["accelerate", "--git", &repo, "--git-path", path, "--yes"],
            says,
        );
    };
    fails("../secret.py", "leads out");
    fails("/etc/passwd", "leads out");
    fails("src/../../secret.py", "leads out");
    fails(".git/config", "leads out");
    fails("missing.py", "no file");
    fails("src", "not a file");
    #[cfg(unix)]
    {
        fails("link.py", "symbolic link");
        fails("up/secret.py", "symbolic link");
    }
    for url in [
        "ext::sh -c id",
        "ssh://h/x",
        "http://h/x",
        "git@h:x",
        "/no/such/folder",
    ] {
        place.fails(
            2,
            &["accelerate", "--git", url, "--git-path", "a.py", "--yes"],
            "neither",
        );
    }
    place.fails(
        2,
        &[
            "accelerate",
            "--git",
            &repo,
            "--git-path",
            "src/a.py",
            "--rev=--upload-pack=x",
            "--yes",
        ],
        "--rev",
    );
    assert_eq!(place.listing(), before);
    place.fails(
        3,
        &[
            "accelerate",
            "--git",
            &repo,
            "--git-path",
            "src/a.py",
            "--rev",
            "nobranch",
            "--yes",
        ],
        "could not fetch",
    );
}

#[test]
fn only_our_cache_is_removed() {
    let place = Place::new();
    place.write("cache/precious.txt", "x");
    place.fails(2, &["clean"], "not a cache");
    place.fails(2, &["setup"], "not a cache");
    assert!(place.path("cache/precious.txt").is_file());
    fs::remove_file(place.path("cache/precious.txt")).expect("removed");
    place.write("a.py", SMALL);
    place.fails(2, &["accelerate", "--file", "a.py"], "--yes");
    let output = place.rustify(&["clean"]);
    assert!(output.status.success());
    assert!(!place.path("cache").exists());
}

#[test]
fn the_file_is_never_its_own_output() {
    let place = Place::new();
    place.write("out/python/a.py", SMALL);
    place.fails(
        2,
        &[
            "accelerate",
            "--file",
            "out/python/a.py",
            "--output",
            "out",
            "--yes",
        ],
        "replace the file itself",
    );
    assert_eq!(
        fs::read_to_string(place.path("out/python/a.py")).expect("there"),
        SMALL
    );
}
