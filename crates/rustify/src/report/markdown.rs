//! The report as Markdown.

use super::figures::{HEADS, row, seconds, speedup};
use super::model::Report;

/// The whole report.
pub fn text(report: &Report) -> String {
    let mut out = format!(
        "# rustify: {}\n\n{}.\n\n",
        escaped(&report.file),
        report.summary()
    );
    out.push_str(&line(HEADS.iter().map(|h| (*h).to_owned())));
    out.push_str("|---|--:|--:|---|--:|--:|--:|--:|---|\n");
    for function in &report.functions {
        out.push_str(&line(row(function).into_iter().map(|cell| escaped(&cell))));
    }
    let reasons: Vec<_> = report
        .functions
        .iter()
        .filter(|f| f.chosen)
        .filter_map(|f| f.reason.as_ref().map(|reason| (f, reason)))
        .collect();
    if !reasons.is_empty() {
        out.push_str("\n## What stays Python, and why\n");
    }
    for (function, reason) in reasons {
        out.push_str(&format!(
            "\n### {}\n\n`{}` at line {}, column {}: {}\n",
            escaped(&function.name),
            reason.code,
            reason.line,
            reason.column,
            escaped(&reason.message)
        ));
        if !reason.source_line.is_empty() {
            // Indented code has no end mark that the source could hold.
            out.push_str(&format!("\n    {}\n", one_line(&reason.source_line)));
        }
        if !reason.help.is_empty() {
            out.push_str(&format!("\n{}\n", escaped(&reason.help)));
        }
    }
    let broken: Vec<_> = report.broken().collect();
    if !broken.is_empty() {
        out.push_str("\n## Differences\n");
    }
    for function in broken {
        out.push_str(&format!("\n### {}\n\n", escaped(&function.name)));
        let first = function
            .parity
            .as_ref()
            .and_then(|p| p.first_mismatch.as_deref());
        for text in first.unwrap_or_default().lines() {
            out.push_str(&format!("    {}\n", one_line(text)));
        }
    }
    if let Some(benchmark) = &report.benchmark {
        out.push_str(&format!(
            "\n## Whole program\n\n{} in Python, {} with Rust: {} (median of {} runs each).\n",
            seconds(benchmark.python_seconds),
            seconds(benchmark.rust_seconds),
            speedup(benchmark.speedup),
            benchmark.rounds
        ));
    }
    out.push_str("\n## Versions\n\n");
    for (name, value) in versions(report) {
        out.push_str(&format!("* {name}: {}\n", escaped(&value)));
    }
    for note in &report.notes {
        out.push_str(&format!("* note: {}\n", escaped(note)));
    }
    out
}

/// The versions of everything that took part.
pub fn versions(report: &Report) -> Vec<(&'static str, String)> {
    [
        ("rustify", &report.rustify),
        ("Python", &report.python),
        ("rustc", &report.rustc),
        ("NumPy", &report.numpy),
        ("platform", &report.platform),
    ]
    .into_iter()
    .filter(|(_, value)| !value.is_empty())
    .map(|(name, value)| (name, value.clone()))
    .collect()
}

fn line(cells: impl Iterator<Item = String>) -> String {
    format!("| {} |\n", cells.collect::<Vec<_>>().join(" | "))
}

fn one_line(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in one_line(text).chars() {
        if "\\`*_{}[]<>#|&!~".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
