//! What came out, as data and in four shapes: the terminal, JSON, Markdown, one HTML page.

pub mod model;
pub mod figures;
pub mod diagnostics;
pub mod terminal;
pub mod markdown;
pub mod page;

pub use model::{Function, Report};

use crate::failure::Failure;
use crate::folder::Folder;

/// Writes `report.json`, `report.md` and `report.html`.
pub fn write(output: &Folder, report: &Report) -> Result<(), Failure> {
    output.write("report.json", json(report).as_bytes())?;
    output.write("report.md", markdown::text(report).as_bytes())?;
    output.write("report.html", page::text(report)?.as_bytes())?;
    Ok(())
}

/// The report as JSON with a line end.
pub fn json(report: &Report) -> String {
    // Maps with text keys and numbers that are finite always have a JSON form.
    let mut text = serde_json::to_string_pretty(report).unwrap_or_default();
    text.push('\n');
    text
}
