//! A parsed file: its tree, its lines, and the functions it defines.

use std::collections::HashMap;

use ruff_python_ast::{ModModule, Stmt, StmtFunctionDef};
use ruff_python_parser::{ParseError, parse_module};
use ruff_text_size::{Ranged, TextRange, TextSize};
use rustify_types::Reason;

/// A file that parsed.
#[derive(Debug)]
pub struct Source<'a> {
    /// The text.
    pub text: &'a str,
    /// The syntax tree.
    pub module: ModModule,
    line_starts: Vec<usize>,
    /// Its lambdas as definitions, by where they begin.
    lambdas: HashMap<u32, StmtFunctionDef>,
}

impl<'a> Source<'a> {
    /// Parses a file; a syntax error is a reason with its place.
    pub fn parse(text: &'a str) -> Result<Self, Reason> {
        let line_starts: Vec<usize> = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(at, _)| at + 1))
            .collect();
        match parse_module(text) {
            Ok(parsed) => {
                let module = parsed.into_syntax();
                Ok(Self {
                    text,
                    lambdas: crate::lambdas::definitions(&module.body),
                    module,
                    line_starts,
                })
            }
            Err(error) => Err(syntax_error(text, &line_starts, &error)),
        }
    }

    /// A lambda as a definition.
    pub(crate) fn lambda(&self, at: TextSize) -> Option<&StmtFunctionDef> {
        self.lambdas.get(&at.to_u32())
    }

    /// The line of a place, from 1.
    pub fn line(&self, at: TextSize) -> u32 {
        self.line_starts
            .partition_point(|&start| start <= at.to_usize()) as u32
    }

    /// The line of a place, from 1, and its column in bytes, from 0.
    pub(crate) fn position(&self, at: TextSize) -> (u32, u32) {
        let line = self.line(at);
        (
            line,
            (at.to_usize() - self.line_starts[line as usize - 1]) as u32,
        )
    }

    /// A reason that points at a place of the file.
    pub fn reason(&self, range: TextRange, code: &str, message: String, help: &str) -> Reason {
        place(self.text, &self.line_starts, range, code, message, help)
    }

    /// Every function of the file in order: methods as `C.m`, nested ones as `f.<locals>.g`, with the line of its `def`.
    pub fn functions(&self) -> Vec<(String, u32)> {
        let mut found = Vec::new();
        self.collect("", &self.module.body, &mut found);
        found
    }

    fn collect(&self, prefix: &str, body: &[Stmt], found: &mut Vec<(String, u32)>) {
        for statement in body {
            match statement {
                Stmt::FunctionDef(f) => {
                    let name = format!("{prefix}{}", f.name);
                    let inner = format!("{name}.<locals>.");
                    found.push((name, self.line(f.name.start())));
                    self.collect(&inner, &f.body, found);
                }
                Stmt::ClassDef(c) => self.collect(&format!("{prefix}{}.", c.name), &c.body, found),
                Stmt::If(s) => {
                    self.collect(prefix, &s.body, found);
                    for clause in &s.elif_else_clauses {
                        self.collect(prefix, &clause.body, found);
                    }
                }
                Stmt::Try(s) => {
                    self.collect(prefix, &s.body, found);
                    for handler in &s.handlers {
                        let ruff_python_ast::ExceptHandler::ExceptHandler(h) = handler;
                        self.collect(prefix, &h.body, found);
                    }
                    self.collect(prefix, &s.orelse, found);
                    self.collect(prefix, &s.finalbody, found);
                }
                Stmt::With(s) => self.collect(prefix, &s.body, found),
                Stmt::For(s) => self.collect(prefix, &s.body, found),
                Stmt::While(s) => self.collect(prefix, &s.body, found),
                _ => {}
            }
        }
    }
}

fn syntax_error(text: &str, line_starts: &[usize], error: &ParseError) -> Reason {
    place(
        text,
        line_starts,
        error.location,
        "syntax-error",
        error.error.to_string(),
        "Mend the file so that Python itself can run it.",
    )
}

fn place(
    text: &str,
    line_starts: &[usize],
    range: TextRange,
    code: &str,
    message: String,
    help: &str,
) -> Reason {
    let at = range.start().to_usize().min(text.len());
    let line = line_starts.partition_point(|&start| start <= at);
    let start = line_starts[line - 1];
    let end = text[start..].find('\n').map_or(text.len(), |n| start + n);
    let column = |at: usize| text[start..at.clamp(start, end)].chars().count() as u32 + 1;
    Reason {
        code: code.to_owned(),
        line: line as u32,
        column: column(at),
        end_column: column(range.end().to_usize()).max(column(at) + 1),
        source_line: text[start..end].trim_end_matches('\r').to_owned(),
        message,
        help: help.to_owned(),
    }
}
