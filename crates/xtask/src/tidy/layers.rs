//! A layer is a crate, and arrows point down only: the table of allowed dependencies.

use super::files::Tree;
use super::findings::Findings;

/// (crate, the workspace crates it may depend on); the bottom layer first.
const ALLOWED: [(&str, &[&str]); 18] = [
    ("numpy_rs_elements", &[]),
    ("numpy_rs_random", &[]),
    ("numpy_rs_kernels", &["numpy_rs_elements"]),
    ("numpy_rs_core", &["numpy_rs_elements", "numpy_rs_kernels"]),
    ("numpy_rs_linalg", &["numpy_rs_core", "numpy_rs_kernels"]),
    ("numpy_rs_fft", &["numpy_rs_elements", "numpy_rs_core"]),
    ("numpy_rs_audio", &["numpy_rs_core", "numpy_rs_kernels"]),
    ("pocket_tts_audio_ds", &["numpy_rs_audio"]),
    (
        "numpy_rs_ufuncs",
        &["numpy_rs_elements", "numpy_rs_kernels", "numpy_rs_core"],
    ),
    (
        "numpy_rs",
        &[
            "numpy_rs_elements",
            "numpy_rs_kernels",
            "numpy_rs_core",
            "numpy_rs_linalg",
            "numpy_rs_fft",
            "numpy_rs_audio",
            "numpy_rs_random",
            "numpy_rs_ufuncs",
        ],
    ),
    (
        "numpy_rs_py",
        &[
            "numpy_rs_elements",
            "numpy_rs_kernels",
            "numpy_rs_core",
            "numpy_rs_ufuncs",
            "numpy_rs_random",
            "numpy_rs_linalg",
            "numpy_rs_fft",
            "numpy_rs_audio",
            "numpy_rs",
        ],
    ),
    ("numpy_rs_pyext", &["numpy_rs_py"]),
    ("rustify_types", &[]),
    ("rustify_support", &[]),
    ("rustify_compile", &["rustify_types"]),
    ("rustify_record", &["rustify_types"]),
    (
        "rustify",
        &["rustify_types", "rustify_compile", "rustify_record"],
    ),
    ("xtask", &[]),
];

/// Only these crates may know Python.
const PYTHON: [&str; 3] = ["numpy_rs_py", "numpy_rs_pyext", "rustify_support"];

pub(super) fn check(tree: &Tree, findings: &mut Findings) {
    for file in &tree.files {
        let Some(name) = file
            .path
            .strip_prefix("crates/")
            .and_then(|p| p.strip_suffix("/Cargo.toml"))
        else {
            continue;
        };
        let Some((_, allowed)) = ALLOWED.iter().find(|(known, _)| *known == name) else {
            findings.errors.push(format!(
                "{}: crate not in the layer table of xtask",
                file.path
            ));
            continue;
        };
        for used in dependencies(&file.text) {
            if (used.starts_with("numpy_rs") || used.starts_with("rustify"))
                && !allowed.contains(&used)
            {
                findings
                    .errors
                    .push(format!("{}: {name} may not depend on {used}", file.path));
            }
            if used.starts_with("pyo3") && !PYTHON.contains(&name) {
                findings
                    .errors
                    .push(format!("{}: only the door knows Python", file.path));
            }
        }
    }
}

/// Names under `[dependencies]` and `[build-dependencies]`; tests may use more.
fn dependencies(manifest: &str) -> Vec<&str> {
    let mut inside = false;
    let mut names = Vec::new();
    for line in manifest.lines() {
        if line.starts_with('[') {
            inside = line.ends_with("dependencies]") && !line.contains("dev-");
        } else if inside && !line.starts_with('#') {
            names.extend(
                line.split(['.', '=', ' '])
                    .next()
                    .filter(|name| !name.is_empty()),
            );
        }
    }
    names
}
