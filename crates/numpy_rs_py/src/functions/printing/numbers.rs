//! Number columns: how wide and how precise the elements of one array are, and each of them as text.

use numpy_rs_core::dtype::{DType, TypeNum};
use numpy_rs_core::format::float::{
    FloatOptions, Trim, Value, positional, scientific, sure_digits,
};
use numpy_rs_core::interrupt::Rounds;
use pyo3::prelude::*;

use super::options::{FloatMode, PrintOptions};
use crate::error::OrRaise;

/// Reads an item in native order into `N` bytes.
///
/// # Safety
///
/// `ptr` addresses `N` readable bytes of an item of `dtype`, or of a part of one.
unsafe fn native<const N: usize>(dtype: &DType, ptr: *const u8) -> [u8; N] {
    // SAFETY: promised by the caller; byte arrays have no alignment.
    let mut bytes = unsafe { ptr.cast::<[u8; N]>().read() };
    if !dtype.is_native() {
        bytes.reverse();
    }
    bytes
}

/// The float of type `num` at `ptr` (for complex types, one of the parts).
///
/// # Safety
///
/// `ptr` addresses such a number in the byte order of `dtype`.
pub(super) unsafe fn float_at(dtype: &DType, num: TypeNum, ptr: *const u8) -> Value {
    // SAFETY: promised by the caller.
    unsafe {
        match num {
            TypeNum::Half => Value::from_f16_bits(u16::from_ne_bytes(native(dtype, ptr))),
            TypeNum::Float | TypeNum::CFloat => f32::from_ne_bytes(native(dtype, ptr)).into(),
            TypeNum::LongDouble | TypeNum::CLongDouble
                if numpy_rs_core::dtype::number::LONG_DOUBLE == 16 =>
            {
                Value::from_x87_bytes(native(dtype, ptr))
            }
            _ => f64::from_ne_bytes(native(dtype, ptr)).into(),
        }
    }
}

/// The integer at `ptr`.
///
/// # Safety
///
/// `ptr` addresses an item of `dtype`, which is an integer, timedelta or datetime.
pub(super) unsafe fn integer_at(dtype: &DType, ptr: *const u8) -> i128 {
    let unsigned = dtype.num().is_unsigned();
    // SAFETY: promised by the caller.
    unsafe {
        match (dtype.itemsize(), unsigned) {
            (1, false) => i128::from(i8::from_ne_bytes(native(dtype, ptr))),
            (1, true) => i128::from(u8::from_ne_bytes(native(dtype, ptr))),
            (2, false) => i128::from(i16::from_ne_bytes(native(dtype, ptr))),
            (2, true) => i128::from(u16::from_ne_bytes(native(dtype, ptr))),
            (4, false) => i128::from(i32::from_ne_bytes(native(dtype, ptr))),
            (4, true) => i128::from(u32::from_ne_bytes(native(dtype, ptr))),
            (_, false) => i128::from(i64::from_ne_bytes(native(dtype, ptr))),
            (_, true) => i128::from(u64::from_ne_bytes(native(dtype, ptr))),
        }
    }
}

/// An integer column.
#[derive(Clone, Copy, Debug)]
pub(super) struct IntegerColumn {
    width: usize,
    sign: char,
}

impl IntegerColumn {
    /// Wide enough for every value.
    pub(super) fn new(values: impl Iterator<Item = i128>, sign: char) -> Self {
        let (mut width, mut most, mut least) = (0, i128::MIN, i128::MAX);
        for v in values {
            (most, least) = (most.max(v), least.min(v));
        }
        if most >= least {
            width = most.to_string().len().max(least.to_string().len());
        }
        // Room for the sign of the greatest, unless spaces for signs meet a minus.
        let sign = if sign == ' ' && least < 0 { '-' } else { sign };
        if most >= 0 && sign != '-' {
            width = width.max(most.to_string().len() + 1);
        }
        Self { width, sign }
    }

    fn bare(self, value: i128) -> String {
        match self.sign {
            '+' => format!("{value:+}"),
            ' ' if value >= 0 => format!(" {value}"),
            _ => value.to_string(),
        }
    }

    /// A value, right-aligned.
    pub(super) fn text(self, value: i128) -> String {
        format!("{:>w$}", self.bare(value), w = self.width)
    }
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

/// A magnitude as a double, for comparisons of size only.
fn approximate(value: Value) -> f64 {
    scientific(
        value,
        &FloatOptions {
            precision: Some(17),
            ..FloatOptions::default()
        },
    )
    .parse()
    .unwrap_or(f64::INFINITY)
}

impl FloatColumn {
    /// Chooses form and digits for `values`.
    pub(super) fn new(values: &[Value], options: &PrintOptions<'_>, sign: char) -> PyResult<Self> {
        let watch = Rounds::new(256);
        let mode = options.floatmode;
        let precision = if mode == FloatMode::Unique {
            None
        } else {
            options.precision
        };
        let plus = sign == '+';
        let finite: Vec<Value> = values
            .iter()
            .copied()
            .filter(|v| matches!(v, Value::Finite { .. }))
            .collect();
        let mut column = Self {
            exponential: is_exponential(&finite, options, &watch)?,
            form: FloatOptions::default(),
            nan: options.nanstr.clone(),
            inf: options.infstr.clone(),
            sign,
        };
        let split = |text: &str| {
            let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
            (whole.len(), fraction.len())
        };
        let fixed = mode == FloatMode::Fixed;
        let trim = if fixed { Trim::Keep } else { Trim::Zeros };
        if finite.is_empty() {
            column.form = FloatOptions {
                trim: Trim::Zeros,
                ..FloatOptions::default()
            };
        } else if column.exponential {
            let exact = fixed || options.legacy <= 113;
            let first = FloatOptions {
                precision,
                exact,
                trim,
                sign: plus,
                ..FloatOptions::default()
            };
            let (mut left, mut behind, mut exponent) = (0, 0, 0);
            for &v in &finite {
                watch.check().or_raise()?;
                let text = scientific(v, &first);
                let (number, power) = text.split_once('e').unwrap_or((&text, ""));
                let (w, f) = split(number);
                left = left.max(w);
                behind = behind.max(f);
                exponent = exponent.max(power.len().saturating_sub(1));
            }
            column.form = FloatOptions {
                precision: Some(behind),
                min_digits: Some(behind),
                exact,
                trim: Trim::Keep,
                sign: plus,
                pad_left: if options.legacy <= 113 { 3 } else { left },
                pad_right: exponent + 2 + behind,
                exp_digits: Some(exponent),
                ..FloatOptions::default()
            };
        } else {
            let first = FloatOptions {
                precision,
                exact: fixed,
                trim,
                sign: plus,
                ..FloatOptions::default()
            };
            let (mut left, mut right) = (0, 0);
            for &v in &finite {
                watch.check().or_raise()?;
                let (w, f) = split(&positional(v, &first));
                left = left.max(w);
                right = right.max(f);
            }
            let equal = matches!(mode, FloatMode::Fixed | FloatMode::MaxPrecEqual);
            column.form = FloatOptions {
                precision: if equal { Some(right) } else { precision },
                min_digits: equal.then_some(right),
                exact: fixed,
                trim: if equal { Trim::Keep } else { Trim::Zeros },
                sign: plus,
                pad_left: left,
                pad_right: right,
                ..FloatOptions::default()
            };
        }
        let negative = |v: &Value| matches!(v, Value::Finite { negative: true, .. });
        if options.legacy > 113 && sign == ' ' && !finite.iter().any(negative) {
            column.form.pad_left += 1;
        }
        if finite.len() != values.len() {
            let negative_infinity = values
                .iter()
                .any(|v| matches!(v, Value::Infinite { negative: true }));
            let inf_len = column.inf.len() + usize::from(sign != '-' || negative_infinity);
            let behind = column.form.pad_right + 1;
            let need = column.nan.len().max(inf_len).saturating_sub(behind);
            column.form.pad_left = column.form.pad_left.max(need);
        }
        Ok(column)
    }

    /// A value in the width of the column.
    pub(super) fn text(&self, value: Value) -> String {
        let special = match value {
            Value::Nan => format!("{}{}", if self.sign == '+' { "+" } else { "" }, self.nan),
            Value::Infinite { negative: true } => format!("-{}", self.inf),
            Value::Infinite { .. } => {
                format!("{}{}", if self.sign == '+' { "+" } else { "" }, self.inf)
            }
            Value::Finite { .. } if self.exponential => return scientific(value, &self.form),
            Value::Finite { .. } => return positional(value, &self.form),
        };
        format!(
            "{special:>w$}",
            w = self.form.pad_left + self.form.pad_right + 1
        )
    }
}

/// Whether the column is written with exponents: large or small numbers, or a wide range.
fn is_exponential(finite: &[Value], options: &PrintOptions<'_>, watch: &Rounds) -> PyResult<bool> {
    let suppress_small = options.suppress;
    let (mut sure, mut span) = (None, None);
    for &v in finite {
        watch.check().or_raise()?;
        let n = sure_digits(v);
        sure = Some(sure.map_or(n, |least| n.min(least)));
        let x = approximate(v).abs();
        if x != 0.0 {
            let (low, high): (f64, f64) = span.unwrap_or((x, x));
            span = Some((low.min(x), high.max(x)));
        }
    }
    let digits = match sure {
        // Up to this version of the form the type did not matter.
        Some(n) if options.legacy > 202 => n.min(8),
        _ => 8,
    };
    let Some((low, high)) = span else {
        return Ok(false);
    };
    Ok(high >= 10f64.powi(digits) || !suppress_small && (low < 1e-4 || high / low > 1000.0))
}
