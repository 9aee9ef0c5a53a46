//! A file of a git repository: a shallow clone that runs nothing of the repository's and leads nowhere else.

use std::path::{Component, Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::failure::{Failure, shown};
use crate::program;

const LIMIT: Duration = Duration::from_mins(5);

/// Checks what was written, before anything runs.
pub fn check(url: &str, path: &str, revision: Option<&str>) -> Result<(), Failure> {
    let local = Path::new(url).is_dir();
    if !local && !url.starts_with("https://") {
        return Err(Failure::usage(format!(
            "{} is neither an https:// address nor a folder",
            shown(Path::new(url))
        ))
        .help("Other ways of git (ssh, http, ext) are not used."));
    }
    if url.starts_with('-') || url.chars().any(char::is_control) {
        return Err(Failure::usage("the address is not a plain one"));
    }
    let relative = Path::new(path);
    let plain = relative
        .components()
        .all(|part| matches!(part, Component::Normal(name) if name != ".git"));
    if path.is_empty() || !plain || path.contains('\\') || path.contains('\0') {
        return Err(Failure::usage(format!(
            "--git-path {} leads out of the repository",
            shown(relative)
        ))
        .help("Name a file inside it, such as --git-path src/module.py."));
    }
    if let Some(revision) = revision {
        let plain = revision
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "._/-+".contains(c));
        if revision.is_empty() || revision.starts_with('-') || !plain || revision.contains("..") {
            return Err(Failure::usage(format!(
                "--rev {revision:?} is not a branch, a tag or a commit"
            )));
        }
    }
    Ok(())
}

/// Clones one revision.
pub fn fetch(url: &str, revision: Option<&str>, clone: &Path) -> Result<(), Failure> {
    let source = if url.starts_with("https://") {
        url.to_owned()
    } else {
        // A file:// address makes git copy what it needs instead of linking to the other repository.
        let path = Path::new(url)
            .canonicalize()
            .map_err(|e| Failure::usage(format!("cannot find {}: {e}", shown(Path::new(url)))))?;
        let text = path
            .to_string_lossy()
            .replace('\\', "/")
            .replace('%', "%25");
        let text = text.strip_prefix("//?/").unwrap_or(&text);
        format!(
            "file://{}{text}",
            if text.starts_with('/') { "" } else { "/" }
        )
    };
    git(
        None,
        &[
            "init",
            "--quiet",
            "--template=",
            "--",
            &clone.to_string_lossy(),
        ],
    )?;
    git(
        Some(clone),
        &[
            "fetch",
            "--quiet",
            "--depth=1",
            "--no-tags",
            "--no-recurse-submodules",
            "--",
            &source,
            revision.unwrap_or("HEAD"),
        ],
    )?;
    git(
        Some(clone),
        &["checkout", "--quiet", "--detach", "FETCH_HEAD"],
    )
}

fn git(clone: Option<&Path>, arguments: &[&str]) -> Result<(), Failure> {
    let mut command = Command::new("git");
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("GIT_") {
            command.env_remove(&name);
        }
    }
    command
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env(
            "GIT_CONFIG_GLOBAL",
            if cfg!(windows) { "NUL" } else { "/dev/null" },
        )
        .env("GIT_TERMINAL_PROMPT", "0")
        .env("GIT_LFS_SKIP_SMUDGE", "1")
        .env("GIT_ALLOW_PROTOCOL", "https:file")
        .args(["-c", "core.hooksPath=/dev/null"])
        .args(["-c", "core.fsmonitor=false"])
        .args(["-c", "core.autocrlf=false"])
        .args(["-c", "protocol.allow=never"])
        .args(["-c", "protocol.https.allow=always"])
        .args(["-c", "protocol.file.allow=always"])
        .args(["-c", "http.followRedirects=initial"]);
    if let Some(clone) = clone {
        command.arg("-C").arg(clone);
    }
    command.args(arguments);
    let ended = program::run(&mut command, LIMIT).map_err(|e| {
        Failure::environment(format!("git does not run: {e}"))
            .help("Install git, for example with: apt install git")
    })?;
    if ended.status.is_none() {
        return Err(Failure::environment(format!(
            "git did not end within {} s",
            LIMIT.as_secs()
        )));
    }
    if !ended.success() {
        return Err(Failure::environment("git could not fetch the repository")
            .detail(ended.errors(6))
            .help("Check the address, the revision and the network."));
    }
    Ok(())
}

/// The file of a path in a clone; no part of it may be a link.
pub fn inside(clone: &Path, path: &str) -> Result<PathBuf, Failure> {
    let mut file = clone.to_path_buf();
    for part in Path::new(path).components() {
        file.push(part);
        match std::fs::symlink_metadata(&file) {
            Ok(data) if data.file_type().is_symlink() => {
                return Err(Failure::usage(format!(
                    "--git-path {}: a symbolic link of the repository is not followed",
                    shown(Path::new(path))
                )));
            }
            Ok(_) => {}
            Err(_) => {
                return Err(Failure::usage(format!(
                    "the repository has no file {}",
                    shown(Path::new(path))
                )));
            }
        }
    }
    if !file.is_file() {
        return Err(Failure::usage(format!(
            "{} is not a file of the repository",
            shown(Path::new(path))
        )));
    }
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_refused() {
        let url = "https://example.org/x.git";
        for path in [
            "../x.py",
            "/etc/passwd",
            "a/../../x",
            "",
            ".git/config",
            "a\\..\\x",
        ] {
            assert!(check(url, path, None).is_err(), "{path}");
        }
        for bad in [
            "ext::sh -c x",
            "ssh://h/x",
            "http://h/x",
            "--upload-pack=x",
            "git@h:x",
        ] {
            assert!(check(bad, "x.py", None).is_err(), "{bad}");
        }
        for revision in ["--upload-pack=x", "", "a b", "a..b", "-x"] {
            assert!(check(url, "x.py", Some(revision)).is_err(), "{revision}");
        }
        assert!(check(url, "src/x.py", Some("v1.2/rc-1")).is_ok());
    }
}
