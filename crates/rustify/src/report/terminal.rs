//! The report on a terminal: one table, the reasons, where things are.

use comfy_table::{Attribute, Cell, CellAlignment, Color, ContentArrangement, Table, presets};

use super::figures::{HEADS, row, seconds, speedup};
use super::model::{Entry, Report};
use crate::select::Target;

/// The table of the functions, or nothing where there are none.
pub fn table(report: &Report, color: bool) -> String {
    let mut table = new(color);
    table.set_header(HEADS);
    for function in &report.functions {
        let mut cells: Vec<Cell> = row(function)
            .into_iter()
            .map(|c| Cell::new(one_line(&c)))
            .collect();
        for cell in &mut cells[1..8] {
            *cell = cell.clone().set_alignment(CellAlignment::Right);
        }
        if color && function.entry == Entry::Rust {
            cells[3] = cells[3]
                .clone()
                .fg(Color::Green)
                .add_attribute(Attribute::Bold);
        }
        table.add_row(cells);
    }
    format!("{table}\n")
}

/// The whole report.
pub fn text(report: &Report, source: &str, color: bool) -> String {
    let mut out = table(report, color);
    out.push('\n');
    out.push_str(&super::diagnostics::text(report, source, color));
    for function in report.broken() {
        if let Some(first) = function
            .parity
            .as_ref()
            .and_then(|p| p.first_mismatch.as_ref())
        {
            out.push_str(&format!(
                "{}: Rust and Python differ, so Python runs. The first case:\n{}\n\n",
                function.name,
                indented(first)
            ));
        }
    }
    for note in &report.notes {
        out.push_str(&format!("note: {}\n", one_line(note)));
    }
    if let Some(benchmark) = &report.benchmark {
        out.push_str(&format!(
            "whole program: {} in Python, {} with Rust: {}\n",
            seconds(benchmark.python_seconds),
            seconds(benchmark.rust_seconds),
            speedup(benchmark.speedup)
        ));
    }
    out.push_str(&format!(
        "{}{}.\n",
        report.summary(),
        if report.cached {
            " (from the cache; --fresh measures again)"
        } else {
            ""
        }
    ));
    if let Some(folder) = &report.outputs.python_folder {
        if report.shipped() > 0 {
            out.push_str(&format!(
                "Put {folder} first on sys.path (PYTHONPATH) to use them.\n"
            ));
        }
    } else if let Some(folder) = &report.outputs.crate_folder {
        out.push_str(&format!("The crate is in {folder}; it was not built.\n"));
    }
    if let Some(wheel) = &report.outputs.wheel {
        out.push_str(&format!("The wheel is {wheel}.\n"));
    }
    out
}

/// The functions of a file with their shares, for `--list-targets`.
pub fn targets(targets: &[Target], color: bool) -> String {
    let mut table = new(color);
    table.set_header([
        "function",
        "time",
        "own",
        "total",
        "calls",
        "chosen",
        "argument types",
    ]);
    for target in targets {
        let p = &target.profile;
        let types = p.signatures.first().map_or(String::new(), |s| {
            s.args
                .iter()
                .map(|a| a.0.as_str())
                .collect::<Vec<_>>()
                .join(", ")
        });
        let chosen = match (target.chosen, target.callee) {
            (true, true) => "called",
            (true, false) => "yes",
            (false, _) => "",
        };
        table.add_row([
            one_line(&format!("{}:{}", p.qualname, p.line)),
            format!("{:.1}%", target.percent),
            seconds(p.own_seconds),
            seconds(p.total_seconds),
            p.calls.to_string(),
            chosen.to_owned(),
            one_line(&types),
        ]);
    }
    format!("{table}\n")
}

fn new(color: bool) -> Table {
    let mut table = Table::new();
    table
        .load_style(presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Dynamic);
    if !color {
        table.force_no_tty();
        if std::env::var_os("COLUMNS").is_none() {
            table.set_width(160);
        }
    }
    table
}

fn one_line(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

fn indented(text: &str) -> String {
    text.lines()
        .map(|line| format!("    {line}"))
        .collect::<Vec<_>>()
        .join("\n")
}
