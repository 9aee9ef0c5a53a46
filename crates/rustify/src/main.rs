//! `rustify`: from a slow Python program to a proven Rust extension in one command.

fn main() {}
