//! The documents of `tests/rustify/literate`: Python and the Rust that comes out answer what they say.

use std::path::Path;
use std::process::Command;

#[test]
fn documents_show_what_python_and_rust_answer() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let python = std::env::var("PYO3_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let has_numpy = Command::new(&python)
        .args([
            "-c",
            "import numpy, sys; assert sys.version_info[:2] == (3, 12)",
        ])
        .output()
        .expect("Python");
    if !has_numpy.status.success() {
        eprintln!("skipped: the documents show the messages of Python 3.12, with NumPy beside it");
        return;
    }
    let cache = Path::new(env!("CARGO_TARGET_TMPDIR")).join("rustify-cache-of-command");
    let done = Command::new(&python)
        .arg(root.join("tests/rustify/literate.py"))
        .arg(env!("CARGO_BIN_EXE_rustify"))
        .args(["--python", &python])
        .env("RUSTIFY_CACHE_DIR", cache)
        .output()
        .expect("it runs");
    assert!(
        done.status.success(),
        "{}{}",
        String::from_utf8_lossy(&done.stdout),
        String::from_utf8_lossy(&done.stderr)
    );
}
