//! Floating-point numbers as text in positional or scientific form, with NumPy's options.

use super::decimal::{self, Binary, Decimal, Magnitude};

/// A floating-point number on its way to text.
#[derive(Clone, Copy, Debug)]
pub enum Value {
    /// Not a number.
    Nan,
    /// An infinity.
    Infinite {
        /// Whether it is the negative one.
        negative: bool,
    },
    /// A finite number.
    Finite {
        /// The sign bit.
        negative: bool,
        /// The rest.
        magnitude: Magnitude,
    },
}

impl From<f64> for Value {
    fn from(x: f64) -> Self {
        if x.is_nan() {
            Self::Nan
        } else if x.is_infinite() {
            Self::Infinite { negative: x < 0.0 }
        } else {
            Self::Finite {
                negative: x.is_sign_negative(),
                magnitude: Magnitude::F64(x.abs()),
            }
        }
    }
}

impl From<f32> for Value {
    fn from(x: f32) -> Self {
        if x.is_finite() {
            Self::Finite {
                negative: x.is_sign_negative(),
                magnitude: Magnitude::F32(x.abs()),
            }
        } else {
            f64::from(x).into()
        }
    }
}

impl Value {
    /// A half-precision number from its bits.
    pub fn from_f16_bits(bits: u16) -> Self {
        let (negative, biased, fraction) = (
            bits >> 15 == 1,
            i32::from(bits >> 10 & 31),
            u64::from(bits & 1023),
        );
        match biased {
            31 if fraction == 0 => Self::Infinite { negative },
            31 => Self::Nan,
            0 => Self::finite(negative, fraction, -24, false),
            _ => Self::finite(
                negative,
                fraction | 1024,
                biased - 25,
                fraction == 0 && biased > 1,
            ),
        }
    }

    /// An x87 80-bit number from its sixteen stored bytes (the last six are padding).
    pub fn from_x87_bytes(bytes: [u8; 16]) -> Self {
        let mantissa = u64::from_le_bytes([
            bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5], bytes[6], bytes[7],
        ]);
        let top = u16::from_le_bytes([bytes[8], bytes[9]]);
        let (negative, biased) = (top >> 15 == 1, i32::from(top & 0x7fff));
        match biased {
            0x7fff if mantissa << 1 == 0 => Self::Infinite { negative },
            0x7fff => Self::Nan,
            0 => Self::finite(negative, mantissa, -16445, false),
            _ => Self::finite(
                negative,
                mantissa,
                biased - 16446,
                mantissa << 1 == 0 && biased > 1,
            ),
        }
    }

    fn finite(negative: bool, mantissa: u64, exponent: i32, at_boundary: bool) -> Self {
        Self::Finite {
            negative,
            magnitude: Magnitude::Binary(Binary {
                mantissa,
                exponent,
                at_boundary,
            }),
        }
    }
}

/// What happens to zeros at the end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Trim {
    /// `k`: kept, and so is the decimal point.
    #[default]
    Keep,
    /// `.`: dropped, the point stays.
    Zeros,
    /// `0`: dropped but for one behind the point.
    LeaveOneZero,
    /// `-`: dropped, and so is a bare point.
    DecimalPoint,
}

/// How a number is written.
#[derive(Clone, Copy, Debug, Default)]
pub struct FloatOptions {
    /// Digits: at most so many (unique) or exactly so many.
    pub precision: Option<usize>,
    /// At least so many digits (unique only).
    pub min_digits: Option<usize>,
    /// Shortest digits that read back as the number, cut at `precision`; else digits of the exact value.
    pub exact: bool,
    /// Whether digits are counted from the first significant one instead of from the decimal point.
    pub significant: bool,
    /// Zeros at the end.
    pub trim: Trim,
    /// Whether positive numbers get a `+`.
    pub sign: bool,
    /// Characters in front of the decimal point, filled with spaces.
    pub pad_left: usize,
    /// Characters behind the decimal point, filled with spaces.
    pub pad_right: usize,
    /// Least number of digits of the exponent; 2 by default.
    pub exp_digits: Option<usize>,
}

/// The digits of a magnitude, and up to how many of them are filled with zeros where zeros are kept.
///
/// Precision and minimum are digits behind the point if `fraction`, else significant ones.
fn digits(magnitude: Magnitude, options: &FloatOptions, fraction: bool) -> (Decimal, usize) {
    let count = |d: &Decimal| {
        let n = d.digits.len() as i64;
        if fraction { n - i64::from(d.point) } else { n }
    };
    let rounded = |n: usize| {
        if fraction {
            decimal::to_fraction_digits(magnitude, n as i64)
        } else {
            decimal::to_significant_digits(magnitude, n as i64)
        }
    };
    if options.exact {
        return match options.precision {
            Some(n) => (rounded(n), n),
            None => (decimal::to_significant_digits(magnitude, i64::MAX), 0),
        };
    }
    let short = decimal::shortest(magnitude);
    match (options.precision, options.min_digits) {
        (Some(n), _) if count(&short) > n as i64 => {
            let cut = rounded(n);
            // NumPy: digits that are cut off keep the zeros in front of the cut; a carry drops them.
            let fill = if cut.compare(&short).is_lt() {
                n
            } else {
                options.min_digits.map_or(0, |least| least.min(n))
            };
            (cut, fill)
        }
        (_, Some(n)) if count(&short) < n as i64 => (rounded(n), n),
        _ => (short, 0),
    }
}

fn sign_text(negative: bool, plus: bool) -> &'static str {
    match (negative, plus) {
        (true, _) => "-",
        (false, true) => "+",
        _ => "",
    }
}

/// NumPy: padding does not reach infinities and NaN.
fn special(text: &str, negative: bool, options: &FloatOptions) -> String {
    let sign = if text == "nan" {
        ""
    } else {
        sign_text(negative, options.sign)
    };
    format!("{sign}{text}")
}

/// The number as `ddd.ddd`.
pub fn positional(value: Value, options: &FloatOptions) -> String {
    let (negative, magnitude) = match value {
        Value::Nan => return special("nan", false, options),
        Value::Infinite { negative } => return special("inf", negative, options),
        Value::Finite {
            negative,
            magnitude,
        } => (negative, magnitude),
    };
    let (d, fill) = digits(magnitude, options, !options.significant);
    let mut whole = String::from(sign_text(negative, options.sign));
    let mut fraction = String::new();
    let point = d.point.max(0) as usize;
    if d.digits.is_empty() || d.point <= 0 {
        whole.push('0');
    } else {
        whole.extend((0..point).map(|i| char::from(b'0' + d.digits.get(i).copied().unwrap_or(0))));
    }
    if !d.digits.is_empty() {
        fraction.extend((d.point..0).map(|_| '0'));
        fraction.extend(d.digits.iter().skip(point).map(|&c| char::from(b'0' + c)));
    }
    let wanted = match (options.trim, options.significant) {
        (Trim::Keep, false) => fill,
        // Significant digits: those in front of the point count, zeros in front of the first one do not.
        (Trim::Keep, true) => (fill as i64 - i64::from(d.point)).max(0) as usize,
        _ => 0,
    };
    while fraction.len() < wanted {
        fraction.push('0');
    }
    if options.trim != Trim::Keep {
        while fraction.ends_with('0') && fraction.len() > wanted {
            fraction.pop();
        }
    }
    if options.trim == Trim::LeaveOneZero && fraction.is_empty() {
        fraction.push('0');
    }
    let mut text = padded_left(&whole, options.pad_left);
    let bare = fraction.is_empty() && options.trim == Trim::DecimalPoint;
    if !bare {
        text.push('.');
        text.push_str(&fraction);
    }
    if options.pad_right > 0 {
        let behind = if bare { 0 } else { fraction.len() };
        // A dropped point leaves its column as a space.
        let missing = options.pad_right.saturating_sub(behind) + usize::from(bare);
        text.extend(std::iter::repeat_n(' ', missing));
    }
    text
}

/// Text with spaces in front, up to a width of any size.
fn padded_left(text: &str, width: usize) -> String {
    let missing = width.saturating_sub(text.chars().count());
    let mut padded = " ".repeat(missing);
    padded.push_str(text);
    padded
}

/// The number as `d.ddde+dd`.
pub fn scientific(value: Value, options: &FloatOptions) -> String {
    let (negative, magnitude) = match value {
        Value::Nan => return special("nan", false, options),
        Value::Infinite { negative } => return special("inf", negative, options),
        Value::Finite {
            negative,
            magnitude,
        } => (negative, magnitude),
    };
    // Precision counts digits behind the point, so one more is significant.
    let shifted = FloatOptions {
        precision: options.precision.map(|n| n + 1),
        min_digits: options.min_digits.map(|n| n + 1),
        ..*options
    };
    let (d, fill) = digits(magnitude, &shifted, false);
    let first = d.digits.first().copied().unwrap_or(0);
    let mut fraction: String = d
        .digits
        .iter()
        .skip(1)
        .map(|&c| char::from(b'0' + c))
        .collect();
    if options.trim == Trim::Keep {
        while fraction.len() + 1 < fill {
            fraction.push('0');
        }
    } else if options.trim == Trim::LeaveOneZero && fraction.is_empty() {
        fraction.push('0');
    }
    let whole = format!("{}{first}", sign_text(negative, options.sign));
    let mut text = padded_left(&whole, options.pad_left);
    // NumPy: in this form a point stays even where all digits behind it were zeros that are trimmed.
    if !(fraction.is_empty()
        && options.trim == Trim::DecimalPoint
        && !trimmed_digits(magnitude, &d, fill, options))
    {
        text.push('.');
        text.push_str(&fraction);
    }
    let exponent = if d.digits.is_empty() { 0 } else { d.point - 1 };
    let sign = if exponent < 0 { '-' } else { '+' };
    let width = options.exp_digits.unwrap_or(2).min(5);
    text.push_str(&format!("e{sign}{:0width$}", exponent.unsigned_abs()));
    text
}

/// Whether zeros behind the first digit were made and then trimmed: cut or asked for, and not swallowed by a carry.
fn trimmed_digits(magnitude: Magnitude, d: &Decimal, fill: usize, options: &FloatOptions) -> bool {
    if options.exact || fill <= 1 || d.digits.is_empty() {
        return false;
    }
    !d.compare(&decimal::to_significant_digits(magnitude, fill as i64 + 20))
        .is_gt()
}

/// Decimal digits that any number of the format of a value keeps: 3 for float16, 6 for float32, else 15.
pub fn sure_digits(value: Value) -> i32 {
    match value {
        Value::Finite {
            magnitude: Magnitude::F32(_),
            ..
        } => 6,
        Value::Finite {
            magnitude: Magnitude::Binary(b),
            ..
        } if b.mantissa < 2048 && b.exponent >= -24 => 3,
        _ => 15,
    }
}

/// The shortest text of a number as `repr` of a NumPy scalar has it: positional from 1e-4 up to 1e16 (1e6 for float32,
/// 1e3 for float16, beyond which digits would be made up), else scientific.
pub fn shortest_text(value: Value) -> String {
    let most = match sure_digits(value) {
        15 => 16,
        few => few,
    };
    let scientific_form = match value {
        Value::Finite { magnitude, .. } => {
            let d = decimal::shortest(magnitude);
            !d.digits.is_empty() && !(-3..=most).contains(&d.point)
        }
        _ => false,
    };
    if scientific_form {
        scientific(
            value,
            &FloatOptions {
                trim: Trim::DecimalPoint,
                ..FloatOptions::default()
            },
        )
    } else {
        positional(
            value,
            &FloatOptions {
                trim: Trim::LeaveOneZero,
                ..FloatOptions::default()
            },
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pos(x: f64, o: FloatOptions) -> String {
        positional(x.into(), &o)
    }

    #[test]
    fn shortest_text_switches_form_where_numpy_does() {
        for (x, text) in [
            (0.0, "0.0"),
            (-0.0, "-0.0"),
            (1.5, "1.5"),
            (1e16, "1e+16"),
            (1e15, "1000000000000000.0"),
            (1e-4, "0.0001"),
            (1e-5, "1e-05"),
            (123456789.125, "123456789.125"),
            (f64::INFINITY, "inf"),
            (f64::NAN, "nan"),
            (1e300, "1e+300"),
        ] {
            assert_eq!(shortest_text(x.into()), text);
        }
    }

    #[test]
    fn precision_cuts_and_trim_decides_the_end() {
        let o = FloatOptions {
            precision: Some(3),
            ..FloatOptions::default()
        };
        assert_eq!(pos(1.0, FloatOptions { exact: true, ..o }), "1.000");
        assert_eq!(pos(1.0, o), "1.");
        assert_eq!(pos(std::f64::consts::PI, o), "3.142");
        let o = FloatOptions {
            trim: Trim::Zeros,
            ..o
        };
        assert_eq!(pos(1.0, o), "1.");
        assert_eq!(
            pos(
                1.0,
                FloatOptions {
                    trim: Trim::DecimalPoint,
                    ..o
                }
            ),
            "1"
        );
        assert_eq!(
            pos(
                1.0,
                FloatOptions {
                    trim: Trim::LeaveOneZero,
                    ..o
                }
            ),
            "1.0"
        );
    }

    #[test]
    fn half_precision_needs_few_digits() {
        assert_eq!(shortest_text(Value::from_f16_bits(0x3555)), "0.3333");
        assert_eq!(shortest_text(Value::from_f16_bits(0x7bff)), "6.55e+04");
    }
}
