//! The report as one HTML page that needs nothing else.

use minijinja::{AutoEscape, Environment, context};

use super::figures::{HEADS, row, seconds, speedup};
use super::markdown::versions;
use super::model::{Entry, Report};
use crate::failure::Failure;

/// The whole page.
pub fn text(report: &Report) -> Result<String, Failure> {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    let fail = |e: minijinja::Error| Failure::environment(format!("cannot make report.html: {e}"));
    environment
        .add_template("page.html", include_str!("page.html"))
        .map_err(fail)?;
    let fastest = report
        .functions
        .iter()
        .filter_map(|f| f.times.as_ref())
        .map(|t| t.speedup)
        .fold(1.0, f64::max);
    let functions: Vec<_> = report
        .functions
        .iter()
        .map(|f| {
            let speed = f.times.as_ref().map_or(0.0, |t| t.speedup);
            // On a logarithmic scale, so that 2x and 500x are both seen.
            let width = 100.0 * speed.max(1.0).ln() / fastest.max(1.1).ln();
            context! {
                cells => row(f).to_vec(),
                entry => if f.entry == Entry::Rust { "rust" } else { "python" },
                percent => f.profile.percent.min(100.0),
                width => width,
                chosen => f.chosen,
                reason => f.reason.as_ref().map(|r| context! {
                    code => r.code.clone(), line => r.line, source_line => r.source_line.clone(),
                    message => r.message.clone(), help => r.help.clone(),
                }),
                before => f.reason.as_ref().map(|r| part(&r.source_line, 1, r.column)),
                place => f.reason.as_ref().map(|r| part(&r.source_line, r.column, r.end_column)),
                after => f.reason.as_ref().map(|r| part(&r.source_line, r.end_column, u32::MAX)),
                first_mismatch => f.parity.as_ref().and_then(|p| p.first_mismatch.clone()),
                name => f.name.clone(),
                signatures => f.profile.signatures.clone(),
            }
        })
        .collect();
    let benchmark = report.benchmark.as_ref().map(|b| {
        format!(
            "{} in Python, {} with Rust: {} (median of {} runs each)",
            seconds(b.python_seconds),
            seconds(b.rust_seconds),
            speedup(b.speedup),
            b.rounds
        )
    });
    environment
        .get_template("page.html")
        .and_then(|page| {
            page.render(context! {
                file => report.file.clone(),
                summary => report.summary(),
                heads => HEADS.to_vec(),
                functions,
                benchmark,
                versions => versions(report),
                notes => report.notes.clone(),
                python_folder => report.outputs.python_folder.clone(),
                profiled => seconds(report.profile_seconds),
            })
        })
        .map_err(fail)
}

/// The characters of a line between two columns, from 1.
fn part(line: &str, from: u32, to: u32) -> String {
    line.chars()
        .skip(from.saturating_sub(1) as usize)
        .take(to.saturating_sub(from.max(1)) as usize)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::model::Function;

    #[test]
    fn names_cannot_be_markup() {
        let report = Report {
            file: "<script>alert(1)</script>.py".into(),
            functions: vec![Function {
                name: "f<b>".into(),
                ..Function::default()
            }],
            ..Report::default()
        };
        let page = text(&report).expect("a page");
        assert!(!page.contains("<script>alert"));
        assert!(page.contains("f&lt;b&gt;"));
    }
}
