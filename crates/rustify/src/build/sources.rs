//! The files of a generated crate on disk.

use std::path::Path;

use rustify_types::Compiled;

use crate::failure::Failure;
use crate::folder::Folder;

/// Writes the crate and removes source files of an earlier version that it no longer has.
pub fn write(folder: &Folder, compiled: &Compiled) -> Result<(), Failure> {
    for (name, text) in &compiled.files {
        folder.write(name, text.as_bytes())?;
    }
    for (name, _) in read(folder.path())? {
        let known = compiled.files.iter().any(|(kept, _)| *kept == name);
        if name.starts_with("src/") && !known {
            folder.remove(&name)?;
        }
    }
    Ok(())
}

/// The files that a build depends on, in order of their names.
pub fn read(folder: &Path) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let mut found = Vec::new();
    let mut open = vec![String::new()];
    while let Some(inner) = open.pop() {
        let here = folder.join(&inner);
        let entries =
            std::fs::read_dir(&here).map_err(|e| Failure::file("cannot read", &here, &e))?;
        for entry in entries.flatten() {
            let Ok(name) = entry.file_name().into_string() else {
                continue;
            };
            let path = if inner.is_empty() {
                name.clone()
            } else {
                format!("{inner}/{name}")
            };
            let Ok(kind) = entry.file_type() else {
                continue;
            };
            if kind.is_dir() && name != "target" && !name.starts_with('.') {
                open.push(path);
            } else if kind.is_file() {
                let bytes = std::fs::read(entry.path())
                    .map_err(|e| Failure::file("cannot read", &entry.path(), &e))?;
                found.push((path, bytes));
            }
        }
    }
    found.sort();
    Ok(found)
}
