//! What stands behind the colon in an f-string, where it is known when the program is translated.

use crate::types::Ty;

/// A width that no line of text has: left to Python.
const WIDEST: usize = 4096;

/// How a value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Form {
    fill: u8,
    align: u8,
    sign: u8,
    base: bool,
    width: usize,
    group: u8,
    precision: i32,
    kind: u8,
}

impl Form {
    /// The form that a text stands for, if values of a type may have it and Rust knows how.
    pub(super) fn read(spec: &str, ty: &Ty) -> Option<Self> {
        let mut rest = spec.as_bytes();
        if !spec.is_ascii() {
            return None;
        }
        let is_align = |c: u8| matches!(c, b'<' | b'>' | b'^' | b'=');
        let is_text = matches!(ty, Ty::Str | Ty::Char);
        let mut form = Self {
            fill: b' ',
            align: if is_text { b'<' } else { b'>' },
            sign: b'-',
            base: false,
            width: 0,
            group: 0,
            precision: -1,
            kind: 0,
        };
        let mut is_aligned = false;
        if let [fill, align, after @ ..] = rest
            && is_align(*align)
        {
            (form.fill, form.align, rest, is_aligned) = (*fill, *align, after, true);
        } else if let [align, after @ ..] = rest
            && is_align(*align)
        {
            (form.align, rest, is_aligned) = (*align, after, true);
        }
        let mut is_signed = false;
        if let [sign @ (b'-' | b'+' | b' '), after @ ..] = rest {
            (form.sign, rest, is_signed) = (*sign, after, true);
        }
        if let [b'#', after @ ..] = rest {
            (form.base, rest) = (true, after);
        }
        if let [b'0', after @ ..] = rest {
            if is_aligned || is_text {
                return None;
            }
            (form.fill, form.align, rest) = (b'0', b'=', after);
        }
        let number = |rest: &mut &[u8]| -> Option<usize> {
            let n = rest.iter().take_while(|c| c.is_ascii_digit()).count();
            let (digits, after) = rest.split_at(n);
            *rest = after;
            std::str::from_utf8(digits).ok()?.parse().ok()
        };
        if rest.first().is_some_and(u8::is_ascii_digit) {
            form.width = number(&mut rest)?;
        }
        if let [group @ (b',' | b'_'), after @ ..] = rest {
            (form.group, rest) = (*group, after);
        }
        if let [b'.', after @ ..] = rest {
            rest = after;
            form.precision = i32::try_from(number(&mut rest)?).ok()?;
        }
        form.kind = match rest {
            [] => 0,
            [kind] => *kind,
            _ => return None,
        };
        let plain = form.precision < 0 && !form.base && form.group == 0;
        let fits = match ty {
            Ty::Str | Ty::Char => {
                plain && !is_signed && form.align != b'=' && matches!(form.kind, 0 | b's')
            }
            Ty::Int => {
                form.precision < 0
                    && match form.kind {
                        0 | b'd' => true,
                        b'x' | b'X' | b'o' | b'b' => form.group == 0,
                        _ => false,
                    }
            }
            Ty::Float => {
                !form.base
                    && match form.kind {
                        0 => form.precision < 0,
                        b'f' | b'F' | b'%' => true,
                        b'e' | b'E' | b'g' | b'G' => form.group == 0,
                        _ => false,
                    }
            }
            _ => false,
        };
        let zeros_in_groups = form.group != 0 && form.align == b'=';
        (fits && !zeros_in_groups && form.width <= WIDEST && form.precision < 400).then_some(form)
    }

    /// Whether an `int` is written in the form of a `float`.
    pub(super) fn is_of_floats(spec: &str) -> bool {
        spec.ends_with(['f', 'F', 'e', 'E', 'g', 'G', '%'])
    }

    /// Whether the width is one: it stands for another.
    pub(super) fn has_width_alone(self) -> bool {
        self.width == 1
    }

    /// The form as Rust: what differs from the usual one.
    pub(super) fn text(self, ty: &Ty) -> String {
        let (usual, align) = if matches!(ty, Ty::Str | Ty::Char) {
            ("TEXT", b'<')
        } else {
            ("NUMBER", b'>')
        };
        let letter = |c: u8| format!("b'{}'", [c].escape_ascii());
        let fields = [
            ("fill", self.fill != b' ', letter(self.fill)),
            ("align", self.align != align, letter(self.align)),
            ("sign", self.sign != b'-', letter(self.sign)),
            ("base", self.base, "true".to_owned()),
            ("width", self.width > 0, self.width.to_string()),
            ("group", self.group != 0, letter(self.group)),
            ("precision", self.precision >= 0, self.precision.to_string()),
            ("kind", self.kind != 0, letter(self.kind)),
        ];
        let fields: String = fields
            .iter()
            .filter(|(_, differs, _)| *differs)
            .map(|(name, _, value)| format!("{name}: {value}, "))
            .collect();
        if fields.is_empty() {
            return format!("Form::{usual}");
        }
        format!("Form {{ {fields}..Form::{usual} }}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_read_or_left_to_python() {
        let read = |spec, ty: Ty| Form::read(spec, &ty);
        assert_eq!(read("", Ty::Str).map(|f| f.align), Some(b'<'));
        let form = read("*^+12,.3f", Ty::Float).unwrap();
        assert_eq!(
            (form.fill, form.align, form.sign, form.width),
            (b'*', b'^', b'+', 12)
        );
        assert_eq!((form.group, form.precision, form.kind), (b',', 3, b'f'));
        assert_eq!(
            read("05d", Ty::Int).map(|f| (f.fill, f.align, f.width)),
            Some((b'0', b'=', 5))
        );
        for (spec, ty) in [
            ("<05d", Ty::Int),
            ("08,d", Ty::Int),
            (".2d", Ty::Int),
            ("+", Ty::Str),
            ("05", Ty::Str),
            (".3", Ty::Float),
            ("n", Ty::Float),
            ("z.2f", Ty::Float),
            ("99999d", Ty::Int),
            ("é>3", Ty::Str),
        ] {
            assert_eq!(read(spec, ty), None, "{spec}");
        }
    }
}
