//! A text that is put together from pieces: literals, numbers in a form, other texts.

use std::ffi::{c_char, c_int};

use pyo3_ffi as ffi;

use super::exc::{Exc, Res};
use super::int::Int;
use super::obj::Obj;
use super::text::{Char, Str};
use super::value::Value;

/// How a value is written: what stands behind the colon in an f-string.
#[derive(Clone, Copy, Debug)]
pub struct Form {
    /// What fills the width.
    pub fill: u8,
    /// `<`, `>`, `^` or `=`.
    pub align: u8,
    /// `-`, `+` or a blank.
    pub sign: u8,
    /// Whether the base is written too.
    pub base: bool,
    /// At least so many characters.
    pub width: usize,
    /// What groups three digits, or zero.
    pub group: u8,
    /// Digits behind the point.
    pub precision: c_int,
    /// The type of presentation.
    pub kind: u8,
}

impl Form {
    /// As numbers are written where nothing else is said.
    pub const NUMBER: Self = Self {
        fill: b' ',
        align: b'>',
        sign: b'-',
        base: false,
        width: 0,
        group: 0,
        precision: -1,
        kind: 0,
    };

    /// As texts are.
    pub const TEXT: Self = Self {
        align: b'<',
        ..Self::NUMBER
    };

    /// With another width, which is none of those that mean something else.
    #[inline]
    pub fn wide<I: Int>(self, width: I) -> Res<Self> {
        match width.index() {
            width @ 1..=4096 => Ok(Self {
                width: width as usize,
                ..self
            }),
            _ => Err(Exc::GIVE_UP),
        }
    }
}

/// A text in the making.
#[derive(Debug, Default)]
pub struct Line {
    ascii: Vec<u8>,
    /// All code points so far, once one of them is not ASCII.
    wide: Option<Vec<u32>>,
}

/// The digits of numbers up to 64 bits, from the end of a buffer.
fn digits(mut n: u64, buffer: &mut [u8; 24]) -> &[u8] {
    let mut at = buffer.len();
    loop {
        at -= 1;
        buffer[at] = b'0' + (n % 10) as u8;
        n /= 10;
        if n == 0 {
            return &buffer[at..];
        }
    }
}

/// Digits with a separator between groups of three.
fn grouped(digits: &[u8], group: u8) -> Vec<u8> {
    let mut out = Vec::with_capacity(digits.len() * 2);
    for (i, digit) in digits.iter().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(group);
        }
        out.push(*digit);
    }
    out
}

impl Line {
    /// Nothing yet.
    #[inline]
    pub fn new() -> Self {
        Self::default()
    }

    /// ASCII text.
    #[inline]
    pub fn ascii(&mut self, text: &[u8]) -> Res<()> {
        if let Some(wide) = &mut self.wide {
            wide.try_reserve(text.len()).map_err(|_| Exc::GIVE_UP)?;
            wide.extend(text.iter().map(|c| u32::from(*c)));
            return Ok(());
        }
        self.ascii
            .try_reserve(text.len())
            .map_err(|_| Exc::GIVE_UP)?;
        self.ascii.extend_from_slice(text);
        Ok(())
    }

    /// All code points so far, in a buffer for any.
    fn widen(&mut self) -> Res<&mut Vec<u32>> {
        let mut all = match self.wide.take() {
            Some(wide) => wide,
            None => {
                let mut all = Vec::new();
                all.try_reserve(self.ascii.len() + 64)
                    .map_err(|_| Exc::GIVE_UP)?;
                all.extend(self.ascii.iter().map(|c| u32::from(*c)));
                all
            }
        };
        all.try_reserve(1).map_err(|_| Exc::GIVE_UP)?;
        Ok(self.wide.insert(all))
    }

    /// A character.
    #[inline]
    pub fn letter(&mut self, c: Char) -> Res<()> {
        if c.0 < 128 {
            return self.ascii(&[c.0 as u8]);
        }
        self.widen()?.push(c.0);
        Ok(())
    }

    /// A text.
    pub fn text(&mut self, text: &Str) -> Res<()> {
        if let Some(ascii) = text.ascii_bytes() {
            return self.ascii(ascii);
        }
        let letters = text.letters();
        let wide = self.widen()?;
        let n = letters.length();
        wide.try_reserve(n as usize).map_err(|_| Exc::GIVE_UP)?;
        for i in 0..n {
            wide.push(letters.get(i as i64)?.0);
        }
        Ok(())
    }

    /// `True` or `False`.
    pub fn truth(&mut self, value: bool) -> Res<()> {
        self.ascii(if value { b"True" } else { b"False" })
    }

    /// An `int` in decimal.
    pub fn int<I: Int>(&mut self, n: I) -> Res<()> {
        let Ok(small) = i64::narrow(n.wide()) else {
            return self.ascii(n.wide().to_string().as_bytes());
        };
        if small < 0 {
            self.ascii(b"-")?;
        }
        let mut buffer = [0; 24];
        self.ascii(digits(small.unsigned_abs(), &mut buffer))
    }

    /// A `float` as `repr` writes it.
    pub fn float(&mut self, x: f64) -> Res<()> {
        self.real(x, b'r', 0, ffi::Py_DTSF_ADD_DOT_0, |line, text| {
            line.ascii(text)
        })
    }

    /// Hands on how the interpreter writes a `float`.
    fn real(
        &mut self,
        x: f64,
        kind: u8,
        precision: c_int,
        flags: c_int,
        then: impl FnOnce(&mut Self, &[u8]) -> Res<()>,
    ) -> Res<()> {
        // SAFETY: C answers a text that ends with a zero byte, or null without memory, and takes it back.
        unsafe {
            let text = ffi::PyOS_double_to_string(
                x,
                kind as c_char,
                precision,
                flags,
                std::ptr::null_mut(),
            );
            if text.is_null() {
                return Err(Exc::fetch());
            }
            let done = then(self, std::ffi::CStr::from_ptr(text).to_bytes());
            ffi::PyMem_Free(text.cast());
            done
        }
    }

    /// What stands in front of a number and its digits, filled up to a width.
    fn filled(&mut self, form: Form, sign: &[u8], digits: &[u8]) -> Res<()> {
        let fill = form.width.saturating_sub(sign.len() + digits.len());
        let left = match form.align {
            b'<' => 0,
            b'^' => fill / 2,
            _ => fill,
        };
        let filling = |line: &mut Self, n: usize| (0..n).try_for_each(|_| line.ascii(&[form.fill]));
        if form.align == b'=' {
            self.ascii(sign)?;
            filling(self, left)?;
        } else {
            filling(self, left)?;
            self.ascii(sign)?;
        }
        self.ascii(digits)?;
        filling(self, fill - left)
    }

    /// An `int` in a form.
    pub fn int_as<I: Int>(&mut self, n: I, form: Form) -> Res<()> {
        let n = n.wide();
        let mut buffer = [0; 24];
        let size = n.unsigned_abs();
        let large;
        let mut text = match (form.kind, u64::try_from(size)) {
            (b'x', _) => {
                large = format!("{size:x}");
                large.as_bytes()
            }
            (b'X', _) => {
                large = format!("{size:X}");
                large.as_bytes()
            }
            (b'o', _) => {
                large = format!("{size:o}");
                large.as_bytes()
            }
            (b'b', _) => {
                large = format!("{size:b}");
                large.as_bytes()
            }
            (_, Ok(small)) => digits(small, &mut buffer),
            _ => {
                large = size.to_string();
                large.as_bytes()
            }
        };
        let groups;
        if form.group != 0 {
            groups = grouped(text, form.group);
            text = &groups;
        }
        let mut front = [0u8; 3];
        let mut length = 0;
        let mut push = |c: u8| {
            front[length] = c;
            length += 1;
        };
        if n < 0 {
            push(b'-');
        } else if form.sign != b'-' {
            push(form.sign);
        }
        if form.base && matches!(form.kind, b'x' | b'X' | b'o' | b'b') {
            push(b'0');
            push(form.kind);
        }
        self.filled(form, &front[..length], text)
    }

    /// A `float` in a form.
    pub fn float_as(&mut self, x: f64, form: Form) -> Res<()> {
        let (kind, precision, flags, x) = match form.kind {
            0 => (b'r', 0, ffi::Py_DTSF_ADD_DOT_0, x),
            b'%' => (b'f', form.precision, 0, x * 100.0),
            kind => (kind, form.precision, 0, x),
        };
        let precision = if precision < 0 { 6 } else { precision };
        self.real(x, kind, precision, flags, |line, text| {
            let (sign, text): (&[u8], _) = match text.strip_prefix(b"-") {
                Some(rest) => (b"-", rest),
                None if form.sign == b'-' => (b"", text),
                None => (std::slice::from_ref(&form.sign), text),
            };
            let whole = text.iter().take_while(|c| c.is_ascii_digit()).count();
            let mut out;
            let mut text = text;
            if form.group != 0 && whole > 3 {
                out = grouped(&text[..whole], form.group);
                out.extend_from_slice(&text[whole..]);
                text = &out;
            }
            let with_percent;
            if form.kind == b'%' {
                with_percent = [text, b"%"].concat();
                text = &with_percent;
            }
            line.filled(form, sign, text)
        })
    }

    /// A text in a form.
    pub fn text_as(&mut self, text: &Str, form: Form) -> Res<()> {
        let fill = form.width.saturating_sub(text.length() as usize);
        let left = match form.align {
            b'<' => 0,
            b'^' => fill / 2,
            _ => fill,
        };
        (0..left).try_for_each(|_| self.ascii(&[form.fill]))?;
        self.text(text)?;
        (left..fill).try_for_each(|_| self.ascii(&[form.fill]))
    }

    /// A character in a form.
    pub fn letter_as(&mut self, c: Char, form: Form) -> Res<()> {
        let fill = form.width.saturating_sub(1);
        let left = match form.align {
            b'<' => 0,
            b'^' => fill / 2,
            _ => fill,
        };
        (0..left).try_for_each(|_| self.ascii(&[form.fill]))?;
        self.letter(c)?;
        (left..fill).try_for_each(|_| self.ascii(&[form.fill]))
    }

    /// The text.
    pub fn finish(self) -> Res<Str> {
        // SAFETY: a new text is filled before it is used; C copies code points.
        unsafe {
            let made = match &self.wide {
                Some(wide) => {
                    ffi::PyUnicode_FromKindAndData(4, wide.as_ptr().cast(), wide.len() as isize)
                }
                None => ffi::PyUnicode_FromKindAndData(
                    1,
                    self.ascii.as_ptr().cast(),
                    self.ascii.len() as isize,
                ),
            };
            Str::from_obj(&Obj::owned(made)?)
        }
    }
}

/// `str(n)` of an `int`.
pub fn of_int<I: Int>(n: I) -> Res<Str> {
    let mut line = Line::new();
    line.int(n)?;
    line.finish()
}

/// `str(x)` of a `float`.
pub fn of_float(x: f64) -> Res<Str> {
    let mut line = Line::new();
    line.float(x)?;
    line.finish()
}
