//! Why a function stays Python, shown as rustc shows errors.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use rustify_types::Reason;

use super::model::{Function, Report};

/// All reasons of a report, one after the other.
pub fn text(report: &Report, source: &str, color: bool) -> String {
    let mut out = String::new();
    for function in &report.functions {
        if let (true, Some(reason)) = (function.chosen, &function.reason) {
            out.push_str(&one(&report.file, function, reason, source, color));
            out.push_str("\n\n");
        }
    }
    out
}

fn one(file: &str, function: &Function, reason: &Reason, source: &str, color: bool) -> String {
    let title = format!("`{}` stays Python: {}", function.name, reason.message);
    show(Level::WARNING, &title, file, reason, source, color)
}

/// A syntax error of the file.
pub fn error(file: &str, reason: &Reason, source: &str, color: bool) -> String {
    show(Level::ERROR, &reason.message, file, reason, source, color)
}

fn show(
    level: Level<'_>,
    title: &str,
    file: &str,
    reason: &Reason,
    source: &str,
    color: bool,
) -> String {
    let renderer = if color {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let title = level.primary_title(title).id(reason.code.as_str());
    let place = (reason.line > 0).then(|| span(source, reason)).flatten();
    let mut group: Group<'_> = match place {
        Some(span) => title.element(
            Snippet::source(source)
                .path(file)
                .annotation(AnnotationKind::Primary.span(span)),
        ),
        None => Group::with_title(title),
    };
    if !reason.help.is_empty() {
        group = group.element(Level::HELP.message(reason.help.as_str()));
    }
    renderer.render(&[group])
}

/// The bytes of the source that a reason points at; none where the source does not have that line.
fn span(source: &str, reason: &Reason) -> Option<std::ops::Range<usize>> {
    let mut start = 0;
    for _ in 1..reason.line {
        start += source[start..].find('\n')? + 1;
    }
    let line = source[start..].lines().next().unwrap_or("");
    let at = |column: u32| {
        line.char_indices()
            .nth(column.saturating_sub(1) as usize)
            .map_or(line.len(), |(i, _)| i)
    };
    let (from, to) = (at(reason.column), at(reason.end_column));
    Some(start + from..start + to.max(from))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_at_the_place() {
        let source = "def f(x):\n    ß = yield x\n";
        let reason = Reason {
            code: "generator".into(),
            line: 2,
            column: 9,
            end_column: 16,
            source_line: "    ß = yield x".into(),
            message: "a generator".into(),
            help: "Return a list.".into(),
        };
        let range = span(source, &reason).expect("a place");
        assert_eq!(&source[range], "yield x");
        let shown = error("f.py", &reason, source, false);
        assert!(shown.contains("error[generator]: a generator"), "{shown}");
        assert!(shown.contains("f.py:2:9"), "{shown}");
        assert!(shown.contains("help: Return a list."), "{shown}");
        assert!(span("x", &reason).is_none());
    }
}
