//! Columns of floats: with or without exponents, how many digits, how wide; and each number as text.

use numpy_rs_core::dtype::TypeNum;
use numpy_rs_core::format::float::{FloatOptions, Trim, positional, scientific};
use numpy_rs_core::format::scale::Span;
use numpy_rs_core::format::value::Value;
use numpy_rs_core::interrupt::Rounds;
use pyo3::exceptions::{PyOverflowError, PyRuntimeError, PyTypeError, PyValueError};
use pyo3::prelude::*;

use super::options::{FloatMode, PrintOptions};
use crate::error::OrRaise;

/// The longest text of one float in positional form.
const LONGEST: usize = 16_383;

/// The most digits behind the point that scientific form shows.
const MOST_DIGITS: usize = 16_381;

/// Whether exactly so many digits are wanted as `precision` says.
fn check_exact(options: &FloatOptions) -> PyResult<()> {
    if options.exact && options.precision.is_none() {
        return Err(PyTypeError::new_err(
            "in non-unique mode `precision` must be supplied",
        ));
    }
    Ok(())
}

/// Positional form, up to a length.
pub(super) fn positional_text(value: Value, options: &FloatOptions) -> PyResult<String> {
    check_exact(options)?;
    let most = |n: Option<usize>| n.map(|n| n.min(LONGEST + 1));
    let mut options = FloatOptions {
        precision: most(options.precision),
        min_digits: most(options.min_digits),
        pad_left: options.pad_left.min(LONGEST + 1),
        pad_right: most(options.pad_right),
        ..*options
    };
    let mut text = positional(value, &options);
    if text.len() > LONGEST
        && let (Some(n), false) = (options.min_digits, options.exact)
        && text.contains(|c: char| c.is_ascii_digit() && c != '0')
    {
        // NumPy: as many digits are generated as there is room, while zeros behind them are counted.
        options.min_digits = Some(n.saturating_sub(text.len() - LONGEST));
        text = positional(value, &options);
    }
    if text.len() > LONGEST {
        return Err(PyRuntimeError::new_err("Float formatting result too large"));
    }
    Ok(text)
}

/// Scientific form, with digits up to a number.
pub(super) fn scientific_text(value: Value, options: &FloatOptions) -> PyResult<String> {
    check_exact(options)?;
    let most = |n: Option<usize>| n.map(|n| n.min(MOST_DIGITS));
    Ok(scientific(
        value,
        &FloatOptions {
            precision: most(options.precision),
            min_digits: most(options.min_digits),
            pad_left: options.pad_left.min(MOST_DIGITS),
            ..*options
        },
    ))
}

/// How one column of floats is to be written.
#[derive(Clone, Copy)]
pub(super) struct Style {
    /// The type of the numbers (real).
    pub(super) num: TypeNum,
    pub(super) sign: char,
    pub(super) mode: FloatMode,
    /// Whether the array has no dimensions.
    pub(super) scalar: bool,
}

/// A float column.
#[derive(Clone, Debug)]
pub(super) struct FloatColumn {
    exponential: bool,
    form: FloatOptions,
    nan: String,
    inf: String,
    sign: char,
}

/// `options.precision` as a number; `None` for all digits.
fn digits(options: &PrintOptions<'_>, mode: FloatMode) -> PyResult<Option<usize>> {
    if mode == FloatMode::Unique || options.precision.is_none() {
        return Ok(None);
    }
    let n: isize = options.precision.extract()?;
    if n < 0 {
        return Err(PyValueError::new_err("precision must be >= 0"));
    }
    if i32::try_from(n).is_err() {
        return Err(PyOverflowError::new_err(
            "Python int too large to convert to C int",
        ));
    }
    Ok(Some(n as usize))
}

fn is_negative(value: &Value) -> bool {
    matches!(value, Value::Finite { negative: true, .. })
}

/// Lengths in front of and behind the decimal point.
fn split(text: &str) -> (usize, usize) {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    (whole.len(), fraction.len())
}

impl FloatColumn {
    /// Chooses form and digits for `values`.
    pub(super) fn new(
        values: &[Value],
        options: &PrintOptions<'_>,
        mut style: Style,
    ) -> PyResult<Self> {
        let old = options.legacy <= 113;
        if old && !style.scalar && style.sign == '-' {
            style.sign = ' ';
        }
        let precision = digits(options, style.mode)?;
        let finite = || {
            values
                .iter()
                .copied()
                .filter(|v| matches!(v, Value::Finite { .. }))
        };
        let exponential = is_exponential(finite(), options, style.num)?;
        let form = if finite().next().is_none() {
            FloatOptions {
                trim: Trim::Zeros,
                ..FloatOptions::default()
            }
        } else if exponential {
            exponential_form(finite(), style, precision, old)?
        } else {
            positional_form(finite(), style, precision, old)?
        };
        let mut column = Self {
            exponential,
            form,
            nan: options.nanstr.clone(),
            inf: options.infstr.clone(),
            sign: style.sign,
        };
        if !old && style.sign == ' ' && !finite().any(|v| is_negative(&v)) {
            column.form.pad_left += 1;
        }
        if finite().count() != values.len() {
            let below = |v: &Value| matches!(v, Value::Infinite { negative: true });
            let signed = style.sign != '-' || values.iter().any(below);
            let infinity = column.inf.chars().count() + usize::from(signed);
            let behind = column.form.pad_right.unwrap_or(0) + 1;
            let need = column.nan.chars().count().max(infinity);
            column.form.pad_left = column.form.pad_left.max(need.saturating_sub(behind));
        }
        Ok(column)
    }

    /// A value in the width of the column.
    pub(super) fn text(&self, value: Value) -> PyResult<String> {
        let plus = if self.sign == '+' { "+" } else { "" };
        let special = match value {
            Value::Nan => format!("{plus}{}", self.nan),
            Value::Infinite { negative: true } => format!("-{}", self.inf),
            Value::Infinite { .. } => format!("{plus}{}", self.inf),
            Value::Finite { .. } if self.exponential => return scientific_text(value, &self.form),
            Value::Finite { .. } => return positional_text(value, &self.form),
        };
        let width = self.form.pad_left + self.form.pad_right.unwrap_or(0) + 1;
        let missing = width.saturating_sub(special.chars().count());
        Ok(format!("{}{special}", " ".repeat(missing)))
    }
}

/// Digits and widths of scientific form.
fn exponential_form(
    finite: impl Iterator<Item = Value>,
    style: Style,
    precision: Option<usize>,
    old: bool,
) -> PyResult<FloatOptions> {
    let watch = Rounds::new(256);
    let exact = style.mode == FloatMode::Fixed || old;
    let first = FloatOptions {
        precision,
        exact,
        trim: if exact { Trim::Keep } else { Trim::Zeros },
        sign: style.sign == '+',
        ..FloatOptions::default()
    };
    let (mut left, mut behind, mut exponent) = (0, 0, 0);
    for v in finite {
        watch.check().or_raise()?;
        let text = scientific_text(v, &first)?;
        let (number, power) = text.split_once('e').unwrap_or((&text, ""));
        let (w, f) = split(number);
        left = left.max(w);
        behind = behind.max(f);
        exponent = exponent.max(power.len().saturating_sub(1));
    }
    Ok(FloatOptions {
        precision: Some(behind),
        min_digits: Some(behind),
        trim: Trim::Keep,
        // Two spaces and a sign in the oldest form.
        pad_left: if old { 3 } else { left },
        pad_right: Some(exponent + 2 + behind),
        exp_digits: Some(exponent),
        ..first
    })
}

/// Digits and widths of positional form.
fn positional_form(
    finite: impl Iterator<Item = Value>,
    style: Style,
    precision: Option<usize>,
    old: bool,
) -> PyResult<FloatOptions> {
    let watch = Rounds::new(256);
    let exact = style.mode == FloatMode::Fixed;
    let first = FloatOptions {
        precision,
        exact,
        trim: if exact { Trim::Keep } else { Trim::Zeros },
        sign: style.sign == '+',
        ..FloatOptions::default()
    };
    let (mut left, mut right) = (0, 0);
    for v in finite {
        watch.check().or_raise()?;
        let text = positional_text(v, &first)?;
        let (mut w, f) = split(&text);
        if old {
            w += 1 - usize::from(text.starts_with(['-', '+']));
        }
        left = left.max(w);
        right = right.max(f);
    }
    let equal = matches!(style.mode, FloatMode::Fixed | FloatMode::MaxPrecEqual);
    Ok(FloatOptions {
        precision: if equal { Some(right) } else { precision },
        // NumPy: a minimum of no digits behind the point still asks for the exact ones in front of it.
        min_digits: Some(if equal { right } else { 0 }),
        trim: if equal { Trim::Keep } else { Trim::Zeros },
        pad_left: left,
        pad_right: Some(right),
        ..first
    })
}

/// Whether the column is written with exponents: large or small numbers, or a wide range.
fn is_exponential(
    finite: impl Iterator<Item = Value>,
    options: &PrintOptions<'_>,
    num: TypeNum,
) -> PyResult<bool> {
    let watch = Rounds::new(256);
    let mut span: Option<Span> = None;
    for v in finite {
        watch.check().or_raise()?;
        if let Value::Finite { magnitude, .. } = v
            && let Some(one) = Span::of(magnitude)
        {
            span = Some(span.map_or(one, |s| s.joined(one)));
        }
    }
    let Some(span) = span else {
        return Ok(false);
    };
    // Bits of the significand, the limit above which digits would be made up, and 0.0001 in the type.
    let (bits, large, small) = match num {
        TypeNum::Half => (11, 1e3, 1678.0 / 16_777_216.0),
        TypeNum::Float => (24, 1e6, f64::from(1e-4f32)),
        TypeNum::LongDouble if numpy_rs_core::dtype::number::LONG_DOUBLE == 16 => (64, 1e8, 1e-4),
        _ => (53, 1e8, 1e-4),
    };
    // Up to this version of the form the type did not matter.
    let large = if options.legacy <= 202 { 1e8 } else { large };
    Ok(span.reaches(large) || !options.suppress && (span.is_below(small) || span.is_wide(bits)))
}
