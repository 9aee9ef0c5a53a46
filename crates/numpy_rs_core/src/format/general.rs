//! Numbers as C's `%g` writes them: the form of scalars up to NumPy 1.13, which print options can ask for.

use super::decimal::{Decimal, to_significant_digits};
use super::value::Value;

/// The number to `precision` significant digits without zeros at the end, in scientific form where that is shorter.
fn general(value: Value, precision: usize) -> String {
    let (negative, magnitude) = match value {
        Value::Nan => return "nan".into(),
        Value::Infinite { negative } => return if negative { "-inf" } else { "inf" }.into(),
        Value::Finite {
            negative,
            magnitude,
        } => (negative, magnitude),
    };
    let Decimal { digits, point } = to_significant_digits(magnitude, precision as i64);
    let digit = |d: &u8| char::from(b'0' + d);
    let mut text = String::from(if negative { "-" } else { "" });
    let exponent = if digits.is_empty() { 0 } else { point - 1 };
    if exponent < -4 || exponent >= precision as i32 {
        text.extend(digits.iter().take(1).map(digit));
        if digits.len() > 1 {
            text.push('.');
            text.extend(digits[1..].iter().map(digit));
        }
        let sign = if exponent < 0 { '-' } else { '+' };
        text.push_str(&format!("e{sign}{:02}", exponent.unsigned_abs()));
        return text;
    }
    if digits.is_empty() {
        text.push('0');
        return text;
    }
    let whole = point.max(0) as usize;
    if whole == 0 {
        text.push('0');
    }
    text.extend((0..whole).map(|i| digits.get(i).map_or('0', digit)));
    if digits.len() > whole {
        text.push('.');
        text.extend((point..0).map(|_| '0'));
        text.extend(digits[whole..].iter().map(digit));
    }
    text
}

/// A real number; one that looks like an integer gets `.0`.
pub fn real_text(value: Value, precision: usize) -> String {
    let mut text = general(value, precision);
    if text
        .trim_start_matches('-')
        .bytes()
        .all(|b| b.is_ascii_digit())
    {
        text.push_str(".0");
    }
    text
}

/// A complex number; without a real part if that is positive zero.
pub fn complex_text(re: Value, im: Value, precision: usize) -> String {
    // NumPy: an imaginary part that is not finite is marked by a star.
    let star = if matches!(im, Value::Finite { .. }) {
        ""
    } else {
        "*"
    };
    let imag = format!("{}{star}j", general(im, precision));
    if let Value::Finite {
        negative: false,
        magnitude,
    } = re
        && super::scale::Span::of(magnitude).is_none()
    {
        return imag;
    }
    let sign = if imag.starts_with('-') { "" } else { "+" };
    format!("({}{sign}{imag})", general(re, precision))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_those_of_c() {
        for (x, text) in [
            (0.0, "0.0"),
            (-0.0, "-0.0"),
            (1.0, "1.0"),
            (100.0, "100.0"),
            (1e11, "100000000000.0"),
            (1e12, "1e+12"),
            (1.123456789123456789, "1.12345678912"),
            (0.0001, "0.0001"),
            (0.00001, "1e-05"),
            (0.00012345, "0.00012345"),
            (999_999_999_999.9, "1e+12"),
            (f64::NEG_INFINITY, "-inf"),
        ] {
            assert_eq!(real_text(x.into(), 12), text);
        }
        assert_eq!(complex_text(0.0.into(), 1.0.into(), 12), "1j");
        assert_eq!(
            complex_text((-0.0).into(), f64::NAN.into(), 12),
            "(-0+nan*j)"
        );
    }
}
