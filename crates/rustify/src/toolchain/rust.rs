//! Cargo, the compiler and a linker: found, new enough, and tried on a small library.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::failure::Failure;
use crate::folder::Folder;
use crate::{names, program};

/// What is known of the Rust toolchain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rust {
    /// What `cargo --version` says.
    pub cargo: String,
    /// What `rustc -vV` says.
    pub rustc: String,
}

impl Rust {
    /// The first line about the compiler.
    pub fn version_text(&self) -> &str {
        self.rustc.lines().next().unwrap_or_default()
    }
}

/// The oldest compiler that builds generated crates.
const OLDEST: (u32, u32) = (1, 85);

const INSTALL: &str =
    "Install Rust: curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh";

/// Finds the toolchain. Whether it links is tried once for each compiler and remembered in the cache.
pub fn probe(cache: &Folder) -> Result<Rust, Failure> {
    let (cargo, rustc) = std::thread::scope(|scope| {
        let cargo = scope.spawn(|| ask("cargo", &["--version"], cache));
        let rustc = ask("rustc", &["-vV"], cache);
        (cargo.join(), rustc)
    });
    let cargo = cargo.unwrap_or_else(|_| Err(Failure::environment("cargo could not be asked")))?;
    let rust = Rust {
        cargo,
        rustc: rustc?,
    };
    match release(&rust.rustc) {
        Some(found) if found < OLDEST => {
            return Err(Failure::environment(format!(
                "{} is too old; {}.{} is needed",
                rust.version_text(),
                OLDEST.0,
                OLDEST.1
            ))
            .help("Update it: rustup update stable"));
        }
        _ => {}
    }
    let path = std::env::var("PATH").unwrap_or_default();
    let tried = format!(
        "linked-{}",
        names::Key::new().text(&rust.rustc).text(&path).finish()
    );
    if !cache.place(&tried)?.is_file() {
        link(cache.path())?;
        cache.write(&tried, b"")?;
    }
    Ok(rust)
}

/// How long cargo and rustc may take to say what they are, or to link a library of one function.
const PATIENCE: Duration = Duration::from_mins(2);

/// Runs in the cache's folder: a toolchain file or cargo configuration of the user's project does not count here.
fn ask(tool: &str, arguments: &[&str], cache: &Folder) -> Result<String, Failure> {
    let ended = program::run(
        clean(Command::new(tool).args(arguments)).current_dir(cache.path()),
        PATIENCE,
    )
    .map_err(|e| Failure::environment(format!("{tool} does not run: {e}")).help(INSTALL))?;
    if ended.status.is_none() {
        return Err(Failure::too_late(tool, PATIENCE));
    }
    if !ended.success() {
        return Err(Failure::environment(format!("{tool} does not run"))
            .detail(ended.errors(6))
            .help(INSTALL));
    }
    Ok(String::from_utf8_lossy(&ended.stdout).trim().to_owned())
}

fn release(rustc: &str) -> Option<(u32, u32)> {
    let line = rustc.lines().find_map(|l| l.strip_prefix("release: "))?;
    let mut parts = line.split('.').map(|part| part.parse().ok());
    Some((parts.next()??, parts.next()??))
}

fn link(folder: &Path) -> Result<(), Failure> {
    let place = tempfile::Builder::new()
        .prefix("link-")
        .tempdir_in(folder)
        .map_err(|e| Failure::file("cannot write in", folder, &e))?;
    let source = place.path().join("probe.rs");
    std::fs::write(
        &source,
        "#[unsafe(no_mangle)]\npub extern \"C\" fn probe() -> i32 { 7 }\n",
    )
    .map_err(|e| Failure::file("cannot write", &source, &e))?;
    let ended = program::run(
        clean(&mut Command::new("rustc"))
            .current_dir(place.path())
            .args(["--edition=2024", "--crate-type=cdylib", "probe.rs"]),
        PATIENCE,
    )
    .map_err(|e| Failure::environment(format!("rustc does not run: {e}")).help(INSTALL))?;
    if ended.status.is_none() {
        return Err(Failure::too_late("rustc", PATIENCE));
    }
    if !ended.success() {
        return Err(
            Failure::environment("the Rust compiler cannot link a library here")
                .detail(ended.errors(8))
                .help(linker()),
        );
    }
    Ok(())
}

fn linker() -> &'static str {
    if cfg!(target_os = "macos") {
        "Install the linker: xcode-select --install"
    } else if cfg!(windows) {
        "Install the linker: winget install Microsoft.VisualStudio.2022.BuildTools"
    } else {
        "Install a linker, for example: apt install build-essential"
    }
}

/// Keeps the user's settings out of a call of cargo or rustc, so that a build is the same in every folder and shell.
pub fn clean(command: &mut Command) -> &mut Command {
    const EXACT: [&str; 8] = [
        "RUSTFLAGS",
        "RUSTDOCFLAGS",
        "RUSTC",
        "RUSTC_WRAPPER",
        "RUSTC_WORKSPACE_WRAPPER",
        "RUSTC_BOOTSTRAP",
        "CARGO_ENCODED_RUSTFLAGS",
        "CARGO_INCREMENTAL",
    ];
    const PREFIXES: [&str; 6] = [
        "CARGO_BUILD_",
        "CARGO_PROFILE_",
        "CARGO_TARGET_",
        "CARGO_UNSTABLE_",
        "PYO3_",
        "PYTHON",
    ];
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        let dropped =
            EXACT.contains(&text.as_ref()) || PREFIXES.iter().any(|p| text.starts_with(p));
        if dropped && text != "CARGO_BUILD_JOBS" {
            command.env_remove(&name);
        }
    }
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_release() {
        let text = "rustc 1.95.0 (x)\nbinary: rustc\nrelease: 1.95.0-nightly\n";
        assert_eq!(release(text), Some((1, 95)));
        assert_eq!(release("?"), None);
    }
}
