//! Files are named by subject, never by mechanism; each opens by saying what it is.

use super::files::Tree;
use super::findings::Findings;

const FORBIDDEN: [&str; 6] = ["utils", "util", "common", "helpers", "misc", "traits"];

/// NumPy has public or tested modules of these names; the package must have them too.
const NUMPY_HAS: [&str; 4] = [
    "python/numpy_rs/testing/_private/utils.py",
    "python/numpy_rs/lib/_utils_impl.py",
    "python/numpy_rs/_utils",
    "python/numpy_rs/random/_common.py",
];

pub(super) fn check(tree: &Tree, findings: &mut Findings) {
    for file in tree
        .files
        .iter()
        .filter(|file| file.is_rust() || file.is_python())
    {
        if NUMPY_HAS.iter().any(|known| file.path.starts_with(known)) {
            continue;
        }
        for part in file.path.split('/') {
            let name = part.split('.').next().unwrap_or_default();
            let bare = name.trim_start_matches('_');
            if FORBIDDEN.contains(&bare) || (file.is_rust() && bare.starts_with("impl_")) {
                findings
                    .errors
                    .push(format!("{}: `{name}` names no subject", file.path));
            }
        }
        if file.is_rust()
            && file.path.contains("/src/")
            && !file.text.trim_start().starts_with("//")
        {
            findings
                .errors
                .push(format!("{}: opens without a `//!` head", file.path));
        }
    }
}
