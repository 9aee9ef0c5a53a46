//! Reads a request as JSON from standard input, and writes the answer as JSON.

use std::io::{Read, Write};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let request = serde_json::from_str(&text)?;
    let answer = rustify_compile::compile(&request).map_err(|r| r.message)?;
    std::io::stdout().write_all(serde_json::to_string(&answer)?.as_bytes())?;
    Ok(())
}
