//! The text files of the repository, read once for all rules.

use crate::failure::Failure;
use std::path::Path;

/// One file: its path from the root with forward slashes, and its text.
pub(super) struct File {
    pub(super) path: String,
    pub(super) text: String,
}

impl File {
    /// The code without its `mod tests` at the end and without line comments.
    pub(super) fn code(&self) -> String {
        let end = self
            .text
            .find("#[cfg(test)]\nmod tests {")
            .unwrap_or(self.text.len());
        self.text[..end]
            .lines()
            .map(without_comment)
            .collect::<Vec<_>>()
            .join("\n")
    }

    pub(super) fn is_rust(&self) -> bool {
        has_extension(&self.path, "rs")
    }

    pub(super) fn is_python(&self) -> bool {
        has_extension(&self.path, "py")
    }
}

fn has_extension(path: &str, extension: &str) -> bool {
    Path::new(path)
        .extension()
        .is_some_and(|found| found == extension)
}

/// Cuts at `//`, unless a quote opens before it on the line.
fn without_comment(line: &str) -> &str {
    match line.find("//") {
        Some(at) if line[..at].matches('"').count().is_multiple_of(2) => &line[..at],
        _ => line,
    }
}

/// All files that the rules look at.
pub(super) struct Tree {
    pub(super) files: Vec<File>,
}

impl Tree {
    pub(super) fn read(root: &Path) -> Result<Tree, Failure> {
        let mut files = Vec::new();
        let tops = [
            "crates",
            "python",
            "tests",
            "conformance",
            "bench",
            "examples",
            "changes",
            "docs",
            "tools",
        ];
        for top in tops {
            walk(root, &root.join(top), &mut files)?;
        }
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(Tree { files })
    }
}

fn walk(root: &Path, folder: &Path, files: &mut Vec<File>) -> Result<(), Failure> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Ok(());
    };
    for entry in entries.flatten() {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if path.is_dir() {
            if !matches!(name.as_str(), "target" | "__pycache__" | "results") {
                walk(root, &path, files)?;
            }
            continue;
        }
        let known = [".rs", ".py", ".pyi", ".md", ".toml", ".c", ".h"];
        if known.iter().any(|extension| name.ends_with(extension)) {
            let text = std::fs::read_to_string(&path)?;
            let inside = path.strip_prefix(root).unwrap_or(&path);
            files.push(File {
                path: inside.to_string_lossy().replace('\\', "/"),
                text,
            });
        }
    }
    Ok(())
}
