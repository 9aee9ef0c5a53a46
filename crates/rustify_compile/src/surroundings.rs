//! What the functions of a file find when they are called: all that runs while the file is imported.

use std::collections::{BTreeMap, HashSet};

use ruff_python_ast::token::{Token, TokenKind};
use ruff_python_ast::{ExceptHandler, Expr, Stmt, StmtFunctionDef, StmtIf};
use ruff_python_parser::parse_module;
use ruff_text_size::{Ranged, TextRange};

use crate::source::Source;

/// The text of the file without the bodies of functions, but with those that importing it may run. Two files with the
/// same surroundings give a function of the same text the same names to find.
pub(crate) fn of(source: &Source<'_>) -> String {
    let mut bodies = Bodies::default();
    bodies.collect(source.text, &source.module.body);
    let mut text = words_of(source.text, &bodies.left_out);
    let mut seen: HashSet<String> = HashSet::new();
    let used: Vec<TextRange> = [bodies.left_out, bodies.names].concat();
    let mut new: Vec<String> = words(&words_of(source.text, &used));
    while let Some(word) = new.pop() {
        let Some(functions) = bodies.named.get(&word) else {
            continue;
        };
        if seen.insert(word) {
            for body in functions {
                text.push_str(body);
                new.extend(words(body));
            }
        }
    }
    text
}

/// The text word by word, without what is left out, comments and empty lines.
fn words_of(text: &str, left_out: &[TextRange]) -> String {
    let Ok(parsed) = parse_module(text) else {
        return text.to_owned();
    };
    let counts = |token: &&Token| {
        let is_out = left_out
            .iter()
            .any(|range| range.contains_range(token.range()));
        let is_remark = matches!(
            token.kind(),
            TokenKind::Comment | TokenKind::NonLogicalNewline
        );
        !is_out && !is_remark
    };
    let mut words = String::new();
    for token in parsed.tokens().iter().filter(counts) {
        words.push_str(&text[token.range()]);
        words.push(if token.kind() == TokenKind::Newline {
            '\n'
        } else {
            ' '
        });
    }
    words
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_')
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

#[derive(Default)]
struct Bodies {
    /// Where texts lie that importing does not run.
    left_out: Vec<TextRange>,
    /// Where functions get their names, which does not call them.
    names: Vec<TextRange>,
    /// Bodies of functions by the last part of their names.
    named: BTreeMap<String, Vec<String>>,
}

impl Bodies {
    fn collect(&mut self, text: &str, statements: &[Stmt]) {
        for statement in statements {
            match statement {
                Stmt::FunctionDef(f) => self.function(text, f),
                Stmt::ClassDef(c) => self.collect(text, &c.body),
                Stmt::If(s) if is_main(s) => self.left_out.push(s.range()),
                Stmt::If(s) => {
                    self.collect(text, &s.body);
                    for clause in &s.elif_else_clauses {
                        self.collect(text, &clause.body);
                    }
                }
                Stmt::Try(s) => {
                    self.collect(text, &s.body);
                    for handler in &s.handlers {
                        let ExceptHandler::ExceptHandler(h) = handler;
                        self.collect(text, &h.body);
                    }
                    self.collect(text, &s.orelse);
                    self.collect(text, &s.finalbody);
                }
                _ => {}
            }
        }
    }

    fn function(&mut self, text: &str, f: &StmtFunctionDef) {
        let (Some(first), Some(last)) = (f.body.first(), f.body.last()) else {
            return;
        };
        let range = TextRange::new(first.start(), last.end());
        self.left_out.push(range);
        self.names.push(f.name.range());
        let body = text[range].to_owned();
        // What makes instances runs wherever the class is called.
        let name = f.name.as_str();
        let is_special = name.starts_with("__") && name.ends_with("__");
        let known = self.named.entry(name.to_owned()).or_default();
        known.push(body.clone());
        if is_special {
            self.named.entry("class".to_owned()).or_default().push(body);
        }
    }
}

/// Whether it is `if __name__ == "__main__":` without other branches.
fn is_main(s: &StmtIf) -> bool {
    let Expr::Compare(test) = &*s.test else {
        return false;
    };
    let is_name = matches!(&*test.left, Expr::Name(name) if name.id == "__name__");
    let is_text =
        matches!(&*test.comparators, [Expr::StringLiteral(text)] if text.value == *"__main__");
    is_name && is_text && s.elif_else_clauses.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn around(text: &str) -> String {
        of(&Source::parse(text).expect("it parses"))
    }

    const TEXT: &str = "\
SIZE = 3
def table(n):
    return [cell(i) for i in range(n)]
def cell(i):
    return i * i
def free(x):
    return x + 1
TABLE = table(SIZE)
if __name__ == '__main__':
    print(free(2))
";

    #[test]
    fn bodies_count_only_where_importing_runs_them() {
        let before = around(TEXT);
        assert_eq!(before, around(&TEXT.replace("x + 1", "x + 2")));
        assert_eq!(before, around(&TEXT.replace("free(2)", "free(3)")));
        assert_eq!(before, around(&format!("# a remark\n{TEXT}\n")));
        assert_ne!(before, around(&TEXT.replace("i * i", "i + i")));
        assert_ne!(before, around(&TEXT.replace("SIZE = 3", "SIZE = 4")));
        assert_ne!(
            before,
            around(&TEXT.replace("def free(x)", "def free(x, y=1)"))
        );
    }

    #[test]
    fn making_instances_runs_special_methods() {
        let text = "class P:\n    def __init__(self):\n        self.x = 1\nORIGIN = P()\n";
        assert_ne!(around(text), around(&text.replace("x = 1", "x = 2")));
    }
}
