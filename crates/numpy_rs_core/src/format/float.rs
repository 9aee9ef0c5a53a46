//! Floating-point numbers as text in positional or scientific form, with NumPy's options.

use super::decimal::Magnitude;
use super::digits::{Digits, Limits, generate};
use super::scale::Span;
use super::value::Value;

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
    /// Characters behind the decimal point, filled with spaces; where given, a dropped point leaves one too.
    pub pad_right: Option<usize>,
    /// Least number of digits of the exponent; 2 by default.
    pub exp_digits: Option<usize>,
}

/// The digits that are generated, and how many behind the point (or significant ones) are filled up with zeros.
fn digits(magnitude: Magnitude, options: &FloatOptions, fraction: bool) -> (Digits, usize) {
    let limits = Limits {
        exact: options.exact,
        fraction,
        most: options.precision,
        least: options.min_digits,
    };
    let fill = if options.exact {
        options.precision
    } else {
        options.min_digits
    };
    (generate(magnitude, &limits), fill.unwrap_or(0))
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

/// Text with spaces in front, up to a width of any size.
fn padded_left(text: &str, width: usize) -> String {
    let missing = width.saturating_sub(text.chars().count());
    let mut padded = " ".repeat(missing);
    padded.push_str(text);
    padded
}

fn character(digit: u8) -> char {
    char::from(b'0' + digit)
}

/// Adds zeros up to a number of digits behind the point where they are kept, and drops them where they are not.
fn finish_fraction(fraction: &mut String, trim: Trim, wanted: usize) {
    match trim {
        Trim::Keep => {
            while fraction.len() < wanted {
                fraction.push('0');
            }
        }
        _ => fraction.truncate(fraction.trim_end_matches('0').len()),
    }
    if trim == Trim::LeaveOneZero && fraction.is_empty() {
        fraction.push('0');
    }
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
    let (Digits { digits, point }, fill) = digits(magnitude, options, !options.significant);
    let mut whole = String::from(sign_text(negative, options.sign));
    let mut fraction = String::new();
    let in_front = point.max(0) as usize;
    if in_front == 0 {
        whole.push('0');
    } else {
        whole.extend((0..in_front).map(|i| digits.get(i).copied().map_or('0', character)));
    }
    fraction.extend((point..0).map(|_| '0'));
    fraction.extend(digits.iter().copied().skip(in_front).map(character));
    // NumPy: a zero in front of the point counts as a significant digit.
    let wanted = if options.significant {
        fill.saturating_sub(in_front.max(1))
    } else {
        fill
    };
    finish_fraction(&mut fraction, options.trim, wanted);
    let mut text = padded_left(&whole, options.pad_left);
    let bare = fraction.is_empty() && options.trim == Trim::DecimalPoint;
    if !bare {
        text.push('.');
        text.push_str(&fraction);
    }
    if let Some(width) = options.pad_right {
        // A dropped point leaves its column as a space.
        let missing = width.saturating_sub(fraction.len()) + usize::from(bare);
        text.extend(std::iter::repeat_n(' ', missing));
    }
    text
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
    let (Digits { digits, point }, fill) = digits(magnitude, &shifted, false);
    let mut fraction: String = digits.iter().copied().skip(1).map(character).collect();
    // NumPy: in this form a point stays even where all digits behind it were zeros that are trimmed.
    let bare = fraction.is_empty() && options.trim == Trim::DecimalPoint;
    finish_fraction(&mut fraction, options.trim, fill.saturating_sub(1));
    let first = digits.first().copied().map_or('0', character);
    let whole = format!("{}{first}", sign_text(negative, options.sign));
    let mut text = padded_left(&whole, options.pad_left);
    if !bare {
        text.push('.');
        text.push_str(&fraction);
    }
    let exponent = point - 1;
    text.push_str(if exponent < 0 { "e-" } else { "e+" });
    let width = options.exp_digits.unwrap_or(2).min(5);
    if width > 0 || exponent != 0 {
        text.push_str(&format!("{:0width$}", exponent.unsigned_abs()));
    }
    text
}

/// The number from which on the text of a scalar has an exponent: where digits of its format would be made up. Up to
/// NumPy 2.2 (`old`) it was the same for all.
fn scientific_from(span: &Span, old: bool) -> f64 {
    match span.precision() {
        11 if !old => 1e3,
        24 if !old => 1e6,
        _ => 1e16,
    }
}

/// The shortest text of a number as `repr` of a NumPy scalar has it: positional from 1e-4 up to a limit, else
/// scientific.
pub fn shortest_text(value: Value) -> String {
    scalar_text(value, false)
}

/// As [`shortest_text`]; `old` is the form up to NumPy 2.2.
pub fn scalar_text(value: Value, old: bool) -> String {
    let span = match value {
        Value::Finite { magnitude, .. } => Span::of(magnitude),
        _ => None,
    };
    if span.is_some_and(|s| s.is_extreme(scientific_from(&s, old))) {
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
