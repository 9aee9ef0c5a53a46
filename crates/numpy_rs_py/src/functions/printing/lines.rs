//! Brackets, separators, line breaks and summaries around the elements of an array.

use std::ops::Range;

use numpy_rs_core::interrupt::Rounds;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use crate::error::OrRaise;

/// How elements are laid out.
pub(super) struct Lines<'a> {
    pub(super) separator: &'a str,
    pub(super) linewidth: isize,
    /// Elements at each end of a summarised axis; `None` without summary.
    pub(super) edgeitems: Option<isize>,
    pub(super) legacy: i64,
    pub(super) watch: Rounds,
}

fn width(text: &str) -> isize {
    text.chars().count() as isize
}

/// The positions that the slices `[:edge]` and `[-edge:]` have.
pub(super) fn ends(len: isize, edge: isize) -> (Range<isize>, Range<isize>) {
    let at = |i: isize| if i < 0 { i.saturating_add(len) } else { i }.clamp(0, len);
    (0..at(edge), at(edge.saturating_neg())..len)
}

/// The lines of a text, ended by what Python takes for an end of a line.
fn python_lines(text: &str) -> Vec<&str> {
    let is_end = |c: char| {
        matches!(
            c,
            '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{1c}'
                ..='\u{1e}' | '\u{85}' | '\u{2028}' | '\u{2029}'
        )
    };
    let (mut lines, mut rest) = (Vec::new(), text);
    while let Some(at) = rest.find(is_end) {
        lines.push(&rest[..at]);
        let end = rest[at..].chars().next().map_or(1, char::len_utf8);
        rest = &rest[at + end..];
        if text[..text.len() - rest.len()].ends_with('\r') {
            rest = rest.strip_prefix('\n').unwrap_or(rest);
        }
    }
    if !rest.is_empty() {
        lines.push(rest);
    }
    lines
}

/// What is shown along an axis, by the indices that NumPy uses: those of the elements at the end count from the end.
struct Shown {
    leading: Range<isize>,
    summary: bool,
    /// Never empty.
    trailing: Range<isize>,
}

impl Lines<'_> {
    fn shown(&self, len: isize) -> Shown {
        match self.edgeitems {
            // NumPy: the last element is shown even where no items are asked for.
            Some(edge) if len > edge.saturating_mul(2) => Shown {
                leading: 0..edge,
                summary: true,
                trailing: -edge.max(1)..0,
            },
            _ => Shown {
                leading: 0..0,
                summary: false,
                trailing: -len..0,
            },
        }
    }

    /// The text of the part of an array below `index`; `element` gives the text at a full index.
    ///
    /// The depth of recursion is the number of axes, at most 64.
    pub(super) fn text(
        &self,
        shape: &[isize],
        index: &mut Vec<isize>,
        indent: &str,
        current: isize,
        element: &mut dyn FnMut(&[isize]) -> PyResult<String>,
    ) -> PyResult<String> {
        let left = shape.len() - index.len();
        if left == 0 {
            self.watch.check().or_raise()?;
            return element(index);
        }
        let out = if left == 1 {
            self.row(shape, index, indent, current, element)?
        } else {
            self.rows(shape, index, indent, current, element)?
        };
        Ok(format!("[{}]", out.get(indent.len()..).unwrap_or("")))
    }

    fn below(
        &self,
        shape: &[isize],
        index: &mut Vec<isize>,
        position: isize,
        (indent, current): (&str, isize),
        element: &mut dyn FnMut(&[isize]) -> PyResult<String>,
    ) -> PyResult<String> {
        let next_width = current - isize::from(self.legacy > 113);
        index.push(position);
        let text = self.text(shape, index, &format!("{indent} "), next_width, element);
        index.pop();
        text
    }

    /// The last axis: elements side by side.
    fn row(
        &self,
        shape: &[isize],
        index: &mut Vec<isize>,
        indent: &str,
        current: isize,
        element: &mut dyn FnMut(&[isize]) -> PyResult<String>,
    ) -> PyResult<String> {
        let old = self.legacy <= 113;
        let behind = width(self.separator.trim_end());
        let room = current - if old { behind } else { behind.max(1) };
        let at = (indent, current);
        let shown = self.shown(shape[index.len()]);
        let (mut out, mut line) = (String::new(), indent.to_owned());
        for i in shown.leading {
            let word = self.below(shape, index, i, at, element)?;
            self.extend_pretty(&mut out, &mut line, &word, room, indent)?;
            line.push_str(self.separator);
        }
        if shown.summary {
            self.extend(&mut out, &mut line, "...", room, indent);
            line.push_str(if old { ", " } else { self.separator });
        }
        for i in shown.trailing {
            let word = self.below(shape, index, i, at, element)?;
            // The oldest form forgets the separator's width at the end.
            let room = if old && i == -1 { current } else { room };
            self.extend_pretty(&mut out, &mut line, &word, room, indent)?;
            if i != -1 {
                line.push_str(self.separator);
            }
        }
        out.push_str(&line);
        Ok(out)
    }

    /// The other axes: one row under the other.
    fn rows(
        &self,
        shape: &[isize],
        index: &mut Vec<isize>,
        indent: &str,
        current: isize,
        element: &mut dyn FnMut(&[isize]) -> PyResult<String>,
    ) -> PyResult<String> {
        let left = shape.len() - index.len();
        let at = (indent, current);
        let separator = format!("{}{}", self.separator.trim_end(), "\n".repeat(left - 1));
        let shown = self.shown(shape[index.len()]);
        let mut out = String::new();
        for i in shown.leading {
            out.push_str(indent);
            out.push_str(&self.below(shape, index, i, at, element)?);
            out.push_str(&separator);
        }
        if shown.summary {
            out.push_str(indent);
            out.push_str("...");
            out.push_str(if self.legacy <= 113 {
                ", \n"
            } else {
                &separator
            });
        }
        for i in shown.trailing {
            out.push_str(indent);
            out.push_str(&self.below(shape, index, i, at, element)?);
            if i != -1 {
                out.push_str(&separator);
            }
        }
        Ok(out)
    }

    fn extend(&self, out: &mut String, line: &mut String, word: &str, room: isize, indent: &str) {
        let mut wrap = width(line) + width(word) > room;
        if self.legacy > 113 && width(line) <= width(indent) {
            wrap = false;
        }
        if wrap {
            out.push_str(line.trim_end());
            out.push('\n');
            line.clear();
            line.push_str(indent);
        }
        line.push_str(word);
    }

    /// Words of several lines keep their own columns.
    fn extend_pretty(
        &self,
        out: &mut String,
        line: &mut String,
        word: &str,
        room: isize,
        indent: &str,
    ) -> PyResult<()> {
        let parts = python_lines(word);
        if parts.len() == 1 || self.legacy <= 113 {
            self.extend(out, line, word, room, indent);
            return Ok(());
        }
        // NumPy: an empty word is an error.
        let Some(longest) = parts.iter().map(|p| width(p)).max() else {
            return Err(PyValueError::new_err("max() iterable argument is empty"));
        };
        let own_indent = if width(line) + longest > room && width(line) > width(indent) {
            out.push_str(line.trim_end());
            out.push('\n');
            line.clear();
            line.push_str(indent);
            indent.to_owned()
        } else {
            " ".repeat(width(line) as usize)
        };
        line.push_str(parts[0]);
        for part in &parts[1..] {
            out.push_str(line.trim_end());
            out.push('\n');
            *line = format!("{own_indent}{part}");
        }
        let missing = longest - parts.last().map_or(0, |p| width(p));
        line.push_str(&" ".repeat(missing.max(0) as usize));
        Ok(())
    }
}
