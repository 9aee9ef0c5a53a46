//! Where the one call goes into the source, so that every other line keeps its number and its text.

use ruff_python_ast::{Expr, Stmt};
use ruff_text_size::Ranged;

use crate::names;

/// Ends every line that was put in; the loader takes such lines out again to compare with the original.
pub const MARK: &str = "# rustify";

/// The source with the call that attaches Rust: on the blank line before the `__main__` block, or at the end.
///
/// Code behind the `__main__` block may define more, so then the call stands at the end too.
pub fn insert(bytes: &[u8], loader: &str) -> Vec<u8> {
    let (mark, body) = match bytes.strip_prefix(b"\xef\xbb\xbf") {
        Some(rest) => (&bytes[..3], rest),
        None => (&bytes[..0], bytes),
    };
    let Ok(text) = std::str::from_utf8(body) else {
        return bytes.to_vec();
    };
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let call = call(loader);
    let (main, more_behind) = main_block(text);
    let mut out = mark.to_vec();
    let rest = match main {
        Some(at) => {
            let (before, line) = match blank_before(text, at) {
                Some(line) => (&text[..line.start], Some(line)),
                None => (&text[..at], None),
            };
            out.extend_from_slice(before.as_bytes());
            match line {
                // The line was blank up to its end: it keeps its number, and its blanks stand behind the mark.
                Some(line) => {
                    let blanks = &text[line.clone()];
                    let end = if blanks.is_empty() { "" } else { " " };
                    out.extend_from_slice(format!("{call}  {MARK} line{end}{blanks}").as_bytes());
                    &text[line.end..]
                }
                None => {
                    out.extend_from_slice(format!("{call}  {MARK} inserted{newline}").as_bytes());
                    &text[at..]
                }
            }
        }
        None => text,
    };
    out.extend_from_slice(rest.as_bytes());
    if main.is_none() || more_behind {
        if !(rest.is_empty() || rest.ends_with('\n')) {
            out.extend_from_slice(newline.as_bytes());
            out.extend_from_slice(format!("{call}  {MARK} ended{newline}").as_bytes());
        } else {
            out.extend_from_slice(format!("{call}  {MARK} inserted{newline}").as_bytes());
        }
    }
    out
}

/// The source with a line at its end that only says what it is.
pub fn plain(bytes: &[u8]) -> Vec<u8> {
    let mut out = bytes.to_vec();
    if !(out.is_empty() || out.ends_with(b"\n")) {
        out.push(b'\n');
    }
    out.extend_from_slice(format!("{MARK}: nothing of this module runs in Rust\n").as_bytes());
    out
}

/// One statement that binds no name: it runs the loader that stands in the same folder.
fn call(loader: &str) -> String {
    let program = "\
import os, warnings\n\
home = namespace.get('__rustify_home__') or os.path.dirname(os.path.abspath(namespace.get('__file__') or ''))\n\
path = os.path.join(home, LOADER)\n\
try:\n    \
    with open(path, 'rb') as file: text = file.read()\n\
except OSError as error:\n    \
    warnings.warn(f'rustify: {error}; the functions stay Python', RuntimeWarning)\n\
else:\n    \
    exec(compile(text, path, 'exec'), {'__name__': '_rustify', '__file__': path, 'namespace': namespace})\n"
        .replace("LOADER", &names::python_literal(loader));
    format!(
        "__import__('builtins').exec({}, {{'namespace': __import__('sys')._getframe().f_globals}})",
        names::python_literal(&program)
    )
}

/// The byte where the line of `if __name__ == "__main__":` begins, and whether statements follow the block.
fn main_block(text: &str) -> (Option<usize>, bool) {
    let Ok(parsed) = ruff_python_parser::parse_module(text) else {
        return (None, false);
    };
    let body = &parsed.syntax().body;
    let found = body
        .iter()
        .position(|statement| matches!(statement, Stmt::If(s) if is_main_test(&s.test)));
    let Some(index) = found else {
        return (None, false);
    };
    let at = body[index].start().to_usize();
    let line = text[..at].rfind('\n').map_or(0, |n| n + 1);
    // `x = 1; if …` is no Python, so the statement begins its line.
    (Some(line), index + 1 < body.len())
}

fn is_main_test(test: &Expr) -> bool {
    let Expr::Compare(compare) = test else {
        return false;
    };
    let name = |e: &Expr| matches!(e, Expr::Name(n) if n.id.as_str() == "__name__");
    let main = |e: &Expr| matches!(e, Expr::StringLiteral(s) if s.value.to_str() == "__main__");
    let [right] = &*compare.comparators else {
        return false;
    };
    let left = &compare.left;
    (name(left) && main(right)) || (main(left) && name(right))
}

/// The blank line right above a place, without its line end.
fn blank_before(text: &str, at: usize) -> Option<std::ops::Range<usize>> {
    let above = text[..at].strip_suffix('\n')?;
    let above = above.strip_suffix('\r').unwrap_or(above);
    let start = above.rfind('\n').map_or(0, |n| n + 1);
    let line = &above[start..];
    // A form feed or a backslash continuation is no plain blank line.
    let continued = text[..start].trim_end_matches(['\n', '\r']).ends_with('\\');
    (!continued && line.chars().all(|c| c == ' ' || c == '\t')).then_some(start..above.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inserted(text: &str) -> Vec<String> {
        let out = String::from_utf8(insert(text.as_bytes(), "l.py")).expect("text");
        out.split_inclusive('\n')
            .map(|line| match line.find(MARK) {
                Some(at) => format!("<{}", &line[at + MARK.len() + 1..]),
                None => line.to_owned(),
            })
            .collect()
    }

    #[test]
    fn takes_the_blank_line() {
        let text = "def f():\n    pass\n\n\nif __name__ == '__main__':\n    f()\n";
        assert_eq!(
            inserted(text),
            [
                "def f():\n",
                "    pass\n",
                "\n",
                "<line\n",
                "if __name__ == '__main__':\n",
                "    f()\n"
            ]
        );
    }

    #[test]
    fn makes_a_line_where_there_is_none() {
        assert_eq!(
            inserted("x = 1\nif '__main__' == __name__:\n    x\n"),
            [
                "x = 1\n",
                "<inserted\n",
                "if '__main__' == __name__:\n",
                "    x\n"
            ]
        );
        assert_eq!(inserted("x = 1\n"), ["x = 1\n", "<inserted\n"]);
        assert_eq!(inserted("x = 1"), ["x = 1\n", "<ended\n"]);
        assert_eq!(inserted(""), ["<inserted\n"]);
    }

    #[test]
    fn also_at_the_end() {
        let text = "\nif __name__ == '__main__':\n    pass\ndef g(): pass\n";
        let lines = inserted(text);
        assert_eq!(lines[0], "<line\n");
        assert_eq!(lines[4], "<inserted\n");
    }

    #[test]
    fn line_ends_and_marks_stay() {
        let text = "\u{feff}x = 1\r\n  \r\nif __name__ == '__main__':\r\n    x\r\n";
        let out = String::from_utf8(insert(text.as_bytes(), "l.py")).expect("text");
        assert!(out.starts_with("\u{feff}x = 1\r\n__import__"));
        assert!(out.contains("# rustify line   \r\nif"));
    }
}
