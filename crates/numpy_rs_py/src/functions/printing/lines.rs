//! Brackets, separators, line breaks and summaries around the elements of an array.

use numpy_rs_core::interrupt::Rounds;
use pyo3::prelude::*;

use crate::error::OrRaise;

/// How elements are laid out.
pub(super) struct Lines<'a> {
    pub(super) separator: &'a str,
    pub(super) linewidth: isize,
    /// Elements at each end of a summarised axis; `None` without summary.
    pub(super) edgeitems: Option<usize>,
    pub(super) legacy: i64,
    pub(super) watch: Rounds,
}

fn width(text: &str) -> isize {
    text.chars().count() as isize
}

/// The positions along an axis that are shown; `None` stands for the summary.
pub(super) fn shown(len: isize, edgeitems: Option<usize>) -> Vec<Option<isize>> {
    match edgeitems {
        Some(edge) if len > 2 * edge as isize => {
            let edge = edge as isize;
            (0..edge)
                .map(Some)
                .chain([None])
                .chain((len - edge..len).map(Some))
                .collect()
        }
        _ => (0..len).map(Some).collect(),
    }
}

impl Lines<'_> {
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
        let axis = index.len();
        let left = shape.len() - axis;
        if left == 0 {
            self.watch.check().or_raise()?;
            return element(index);
        }
        let next_indent = format!("{indent} ");
        let old = self.legacy <= 113;
        let next_width = if old { current } else { current - 1 };
        let positions = shown(shape[axis], self.edgeitems);
        let mut out = String::new();
        if left == 1 {
            let room = if old {
                current - width(self.separator.trim_end())
            } else {
                current - width(self.separator.trim_end()).max(1)
            };
            let mut line = indent.to_owned();
            let last = positions.len().saturating_sub(1);
            for (i, p) in positions.iter().enumerate() {
                match p {
                    None => self.extend(&mut out, &mut line, "...", room, indent),
                    Some(p) => {
                        index.push(*p);
                        let word = self.text(shape, index, &next_indent, next_width, element)?;
                        index.pop();
                        let room = if old && i == last { current } else { room };
                        self.extend_pretty(&mut out, &mut line, &word, room, indent);
                    }
                }
                if i != last {
                    line.push_str(if old && p.is_none() {
                        ", "
                    } else {
                        self.separator
                    });
                }
            }
            out.push_str(&line);
        } else {
            let line_separator = format!("{}{}", self.separator.trim_end(), "\n".repeat(left - 1));
            let last = positions.len().saturating_sub(1);
            for (i, p) in positions.iter().enumerate() {
                out.push_str(indent);
                match p {
                    None => out.push_str("..."),
                    Some(p) => {
                        index.push(*p);
                        out.push_str(&self.text(
                            shape,
                            index,
                            &next_indent,
                            next_width,
                            element,
                        )?);
                        index.pop();
                    }
                }
                if i != last {
                    out.push_str(if old && p.is_none() {
                        ", \n"
                    } else {
                        &line_separator
                    });
                }
            }
        }
        Ok(format!("[{}]", out.get(indent.len()..).unwrap_or("")))
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
    ) {
        let parts: Vec<&str> = word.lines().collect();
        if parts.len() <= 1 || self.legacy <= 113 {
            return self.extend(out, line, word, room, indent);
        }
        let longest = parts.iter().map(|p| width(p)).max().unwrap_or(0);
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
    }
}
