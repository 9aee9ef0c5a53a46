//! NumPy's semantics for Rust programs: run-time dtypes, broadcasting, ufuncs; no Python needed.
