//! `"…" % values` and `"…".format(values)` of a text that is written down: as f-strings.

use ruff_python_ast::{Expr as Ast, ExprBinOp, ExprCall};
use ruff_text_size::Ranged;

use super::scope::{Low, Lowerer};
use crate::ir::Expr;
use crate::types::Ty;

/// A part of a text with places for values.
#[derive(Debug, PartialEq, Eq)]
enum Piece {
    /// Text as it is.
    Text(String),
    /// A value: how it is written, and whether as `repr` does.
    Value(Spec),
}

/// How a value is written.
#[derive(Debug, PartialEq, Eq)]
enum Spec {
    /// What stands behind the colon, and whether `repr` is meant.
    Format(String, bool),
    /// Flags, width, precision and the letter of a percent sign.
    Percent(String, String, String, char),
}

impl Lowerer<'_, '_> {
    /// `"…" % values`, if all of them can be written in Rust.
    pub(super) fn percent(&mut self, e: &ExprBinOp) -> Low<Option<Expr>> {
        let Ast::StringLiteral(text) = &*e.left else {
            return Ok(None);
        };
        let values = match &*e.right {
            Ast::Tuple(t) => t.elts.as_slice(),
            one => std::slice::from_ref(one),
        };
        match percents(text.value.to_str()) {
            Some(pieces) => self.pieces(e, pieces, values),
            None => Ok(None),
        }
    }

    /// `"…".format(values)`, if all of them can be written in Rust.
    pub(super) fn format_call(&mut self, e: &ExprCall) -> Low<Option<Expr>> {
        let Ast::Attribute(a) = &*e.func else {
            return Ok(None);
        };
        let Ast::StringLiteral(text) = &*a.value else {
            return Ok(None);
        };
        if a.attr.as_str() != "format" || !e.arguments.keywords.is_empty() {
            return Ok(None);
        }
        match braces(text.value.to_str()) {
            Some(pieces) => self.pieces(e, pieces, &e.arguments.args),
            None => Ok(None),
        }
    }

    fn pieces(
        &mut self,
        at: &impl Ranged,
        pieces: Vec<Piece>,
        values: &[Ast],
    ) -> Low<Option<Expr>> {
        let wanted = pieces.iter().filter(|p| matches!(p, Piece::Value(_)));
        if wanted.count() != values.len() || values.iter().any(|v| matches!(v, Ast::Starred(_))) {
            return Ok(None);
        }
        let mut values = values.iter();
        let (line, mut all) = self.new_line(at);
        for piece in pieces {
            match piece {
                Piece::Text(text) => self.written(line, &text, &mut all),
                Piece::Value(spec) => {
                    let Some(value) = values.next() else {
                        return Ok(None);
                    };
                    let value = self.expr(value)?;
                    let (spec, as_repr) = match spec {
                        Spec::Format(spec, as_repr) => (Some(spec), as_repr),
                        Spec::Percent(flags, width, precision, kind) => (
                            of_percent(&flags, &width, &precision, kind, &value.ty),
                            kind == 'r',
                        ),
                    };
                    let Some(spec) = spec else {
                        return Ok(None);
                    };
                    match self.in_form(line, value, &spec, as_repr, as_repr) {
                        Some(stmt) => all.push(stmt),
                        None => return Ok(None),
                    }
                }
            }
        }
        Ok(Some(super::f_strings::finished(line, all)))
    }
}

/// What stands behind the colon of an f-string that writes as a percent sign does.
fn of_percent(flags: &str, width: &str, precision: &str, kind: char, ty: &Ty) -> Option<String> {
    let left = flags.contains('-');
    let align = match (left, width.is_empty()) {
        (_, true) => "",
        (true, _) => "<",
        (false, _) => ">",
    };
    if matches!(kind, 's' | 'r') {
        let fits = precision.is_empty() && matches!(ty, Ty::Str | Ty::Char | Ty::Int | Ty::Float)
            || width.is_empty() && precision.is_empty() && *ty == Ty::Bool;
        return fits.then(|| format!("{align}{width}"));
    }
    let is_whole = matches!(kind, 'd' | 'i' | 'u' | 'x' | 'X' | 'o');
    let is_base = matches!(kind, 'x' | 'X' | 'o');
    if is_whole && (*ty != Ty::Int || !precision.is_empty())
        || !is_whole && !matches!(ty, Ty::Int | Ty::Float)
        || flags.contains('#') && !is_base
    {
        return None;
    }
    let sign = if flags.contains('+') {
        "+"
    } else if flags.contains(' ') {
        " "
    } else {
        ""
    };
    let base = if flags.contains('#') { "#" } else { "" };
    let (align, zero) = if flags.contains('0') && !left && !width.is_empty() {
        ("", "0")
    } else {
        (align, "")
    };
    let kind = if matches!(kind, 'i' | 'u') { 'd' } else { kind };
    Some(format!("{align}{sign}{base}{zero}{width}{precision}{kind}"))
}

/// The pieces of a text with percent signs.
fn percents(text: &str) -> Option<Vec<Piece>> {
    let mut pieces = Vec::new();
    let mut plain = String::new();
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        if c != '%' {
            plain.push(c);
            continue;
        }
        if rest.next_if_eq(&'%').is_some() {
            plain.push('%');
            continue;
        }
        let (mut flags, mut width, mut precision) = (String::new(), String::new(), String::new());
        while let Some(flag) = rest.next_if(|c| "-+ #0".contains(*c)) {
            flags.push(flag);
        }
        while let Some(digit) = rest.next_if(char::is_ascii_digit) {
            width.push(digit);
        }
        if rest.next_if_eq(&'.').is_some() {
            precision.push('.');
            while let Some(digit) = rest.next_if(char::is_ascii_digit) {
                precision.push(digit);
            }
            if precision.len() == 1 {
                precision.push('0');
            }
        }
        let kind = rest.next()?;
        if !"sdiuxXoeEfFgGr".contains(kind) {
            return None;
        }
        pieces.push(Piece::Text(std::mem::take(&mut plain)));
        pieces.push(Piece::Value(Spec::Percent(flags, width, precision, kind)));
    }
    pieces.push(Piece::Text(plain));
    Some(pieces)
}

/// The pieces of a text with braces, whose values come in order.
fn braces(text: &str) -> Option<Vec<Piece>> {
    let mut pieces = Vec::new();
    let mut plain = String::new();
    let mut rest = text.chars().peekable();
    let (mut named, mut unnamed) = (0, 0);
    while let Some(c) = rest.next() {
        match c {
            '{' if rest.next_if_eq(&'{').is_some() => plain.push('{'),
            '}' => {
                rest.next_if_eq(&'}')?;
                plain.push('}');
            }
            '{' => {
                let mut field = String::new();
                loop {
                    match rest.next()? {
                        '}' => break,
                        '{' => return None,
                        c => field.push(c),
                    }
                }
                let (name, spec) = field.split_once(':').unwrap_or((&field, ""));
                let (name, as_repr) = match name.split_once('!') {
                    None => (name, false),
                    Some((name, "r")) => (name, true),
                    Some(_) => return None,
                };
                if name.is_empty() {
                    unnamed += 1;
                } else if name.parse() == Ok(named) {
                    named += 1;
                } else {
                    return None;
                }
                pieces.push(Piece::Text(std::mem::take(&mut plain)));
                pieces.push(Piece::Value(Spec::Format(spec.to_owned(), as_repr)));
            }
            c => plain.push(c),
        }
    }
    pieces.push(Piece::Text(plain));
    (named == 0 || unnamed == 0).then_some(pieces)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percent_signs_become_forms() {
        let of =
            |flags, width, precision, kind, ty: Ty| of_percent(flags, width, precision, kind, &ty);
        assert_eq!(of("", "5", "", 'd', Ty::Int).as_deref(), Some(">5d"));
        assert_eq!(of("-0", "5", "", 'i', Ty::Int).as_deref(), Some("<5d"));
        assert_eq!(
            of("0+", "8", ".2", 'f', Ty::Float).as_deref(),
            Some("+08.2f")
        );
        assert_eq!(of("", "", "", 's', Ty::Float).as_deref(), Some(""));
        assert_eq!(of("", "", "", 'd', Ty::Float), None);
        assert_eq!(of("", "", ".2", 's', Ty::Str), None);
        assert_eq!(percents("%(a)s"), None);
        assert_eq!(percents("100%"), None);
        assert_eq!(percents("100%%").map(|p| p.len()), Some(1));
    }

    #[test]
    fn braces_count_in_order() {
        assert_eq!(braces("{} {}").map(|p| p.len()), Some(5));
        assert_eq!(braces("{0} {1:>4}").map(|p| p.len()), Some(5));
        for text in [
            "{1} {0}", "{} {0}", "{a}", "{0.x}", "{:{}}", "{", "}", "{!s}",
        ] {
            assert_eq!(braces(text), None, "{text}");
        }
    }
}
