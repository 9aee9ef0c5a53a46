//! Compiles a C program against the header and the shared library, and runs it.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The shared library, which cargo builds beside the test.
fn library() -> PathBuf {
    let test = std::env::current_exe().expect("a test has a path");
    let folder = test.parent().expect("a test lies in a folder");
    let name = format!(
        "{}pocket_tts_audio_ds{}",
        std::env::consts::DLL_PREFIX,
        std::env::consts::DLL_SUFFIX
    );
    [folder, folder.parent().unwrap_or(folder)]
        .iter()
        .map(|folder| folder.join(&name))
        .find(|path| path.exists())
        .unwrap_or_else(|| panic!("{name} is not beside {}", test.display()))
}

#[test]
#[cfg_attr(windows, ignore = "the C compiler there takes other arguments")]
fn a_program_in_c_calls_every_function() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let library = library();
    let program = std::env::temp_dir().join(format!("pocket_tts_audio_ds_{}", std::process::id()));
    let compiler = std::env::var("CC").unwrap_or_else(|_| "cc".into());
    let compiled = Command::new(&compiler)
        .args(["-std=c99", "-Wall", "-Wextra", "-Werror", "-I"])
        .arg(here.join("include"))
        .arg(here.join("tests/calls.c"))
        .arg(&library)
        .args(["-lm", "-o"])
        .arg(&program)
        .status();
    assert!(
        compiled.is_ok_and(|status| status.success()),
        "{compiler} does not compile tests/calls.c (a linker for Rust programs is there, so a C compiler should be)"
    );
    let folder = library.parent().expect("a file lies in a folder");
    let ran = Command::new(&program)
        .env("LD_LIBRARY_PATH", folder)
        .env("DYLD_LIBRARY_PATH", folder)
        .output()
        .expect("the program was just compiled");
    let _ = std::fs::remove_file(&program);
    assert!(
        ran.status.success(),
        "{}",
        String::from_utf8_lossy(&ran.stdout)
    );
}
