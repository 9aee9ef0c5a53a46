//! Decimal digits of binary floating-point numbers: shortest that read back as the same number, or exact ones rounded.
//!
//! Rust's own formatting gives both for `f32` and `f64`; half and extended precision go through exact integers.

use std::fmt::Write;

/// A finite binary number `mantissa * 2^exponent` of a format with `precision` bits of significand.
#[derive(Clone, Copy, Debug)]
pub struct Binary {
    /// The significand as an integer.
    pub mantissa: u64,
    /// Power of two.
    pub exponent: i32,
    /// Bits of the significand in the format.
    pub precision: u32,
    /// Whether the next number below is half as far away as the next above (a power of two, not the smallest).
    pub at_boundary: bool,
}

/// What is to be written: digits of a magnitude, without sign.
#[derive(Clone, Copy, Debug)]
pub enum Magnitude {
    /// Single precision.
    F32(f32),
    /// Double precision.
    F64(f64),
    /// Any other format.
    Binary(Binary),
}

/// Decimal digits `d1 d2 d3…` with value `0.d1d2d3… * 10^point`; zero has no digits and point 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decimal {
    /// Values 0 to 9; no zero at either end.
    pub digits: Vec<u8>,
    /// Position of the decimal point relative to the first digit.
    pub point: i32,
}

impl Decimal {
    fn from_text(mantissa: &str, exponent: i32) -> Self {
        let mut digits: Vec<u8> = mantissa
            .bytes()
            .filter(u8::is_ascii_digit)
            .map(|b| b - b'0')
            .collect();
        let lead = digits.iter().take_while(|&&d| d == 0).count();
        digits.drain(..lead);
        let point = exponent + 1 - lead as i32;
        while digits.last() == Some(&0) {
            digits.pop();
        }
        if digits.is_empty() {
            Self { digits, point: 1 }
        } else {
            Self { digits, point }
        }
    }

    /// Parses what Rust's `{:e}` writes.
    fn from_scientific(text: &str) -> Self {
        let (mantissa, exponent) = text.split_once('e').unwrap_or((text, "0"));
        Self::from_text(mantissa, exponent.parse().unwrap_or(0))
    }

    /// The digits rounded half to even to `n` significant digits (`n` may be 0 or negative: rounds to 0 or 1 unit).
    #[must_use]
    fn rounded(&self, n: i64) -> Self {
        if n >= self.digits.len() as i64 {
            return self.clone();
        }
        if n < 0 {
            return Self {
                digits: Vec::new(),
                point: 1,
            };
        }
        let n = n as usize;
        let next = self.digits[n];
        let rest = self.digits[n + 1..].iter().any(|&d| d != 0);
        let odd = n > 0 && self.digits[n - 1] % 2 == 1;
        self.cut(n, next > 5 || (next == 5 && (rest || odd)))
    }

    /// The least number of `n` digits that is not below.
    fn rounded_up(&self, n: usize) -> Self {
        self.cut(n.min(self.digits.len()), n < self.digits.len())
    }

    /// The first `n` digits, one up in the last of them if so asked.
    fn cut(&self, n: usize, up: bool) -> Self {
        let mut digits = self.digits[..n].to_vec();
        let mut point = self.point;
        if up {
            let mut i = n;
            loop {
                if i == 0 {
                    digits.insert(0, 1);
                    point += 1;
                    break;
                }
                i -= 1;
                if digits[i] == 9 {
                    digits[i] = 0;
                } else {
                    digits[i] += 1;
                    break;
                }
            }
        }
        while digits.last() == Some(&0) {
            digits.pop();
        }
        if digits.is_empty() {
            Self { digits, point: 1 }
        } else {
            Self { digits, point }
        }
    }

    /// Text that the standard library reads.
    fn to_text(&self) -> String {
        let digits: String = self.digits.iter().map(|d| char::from(b'0' + d)).collect();
        format!("0.{digits}e{}", self.point)
    }

    /// Order of two positive decimals.
    pub fn compare(&self, other: &Self) -> std::cmp::Ordering {
        match (self.digits.is_empty(), other.digits.is_empty()) {
            (true, true) => std::cmp::Ordering::Equal,
            (true, false) => std::cmp::Ordering::Less,
            (false, true) => std::cmp::Ordering::Greater,
            _ => self
                .point
                .cmp(&other.point)
                .then_with(|| self.digits.cmp(&other.digits)),
        }
    }
}

/// The shortest digits that read back as the same number of its format.
pub fn shortest(value: Magnitude) -> Decimal {
    match value {
        Magnitude::F32(x) => to_even(
            Decimal::from_scientific(&format!("{x:e}")),
            f64::from(x),
            |text| text.parse() == Ok(x),
        ),
        Magnitude::F64(x) => to_even(Decimal::from_scientific(&format!("{x:e}")), x, |text| {
            text.parse() == Ok(x)
        }),
        Magnitude::Binary(b) => {
            if b.mantissa == 0 {
                return Decimal {
                    digits: Vec::new(),
                    point: 1,
                };
            }
            // Halfway to the neighbours, in units of a quarter of the last place.
            let scale = |m: u128| exact(m, b.exponent - 2);
            let m = u128::from(b.mantissa) * 4;
            let (low, high) = (scale(m - if b.at_boundary { 1 } else { 2 }), scale(m + 2));
            let whole = scale(m);
            let inclusive = b.mantissa % 2 == 0;
            let inside = |d: &Decimal| {
                let (below, above) = (d.compare(&low), d.compare(&high));
                (below.is_gt() || inclusive && below.is_eq())
                    && (above.is_lt() || inclusive && above.is_eq())
            };
            for n in 1..=whole.digits.len() {
                // Nearest first; below a power of two it may be too far where the next one up is not.
                let nearest = whole.rounded(n as i64);
                if inside(&nearest) {
                    return nearest;
                }
                let up = whole.rounded_up(n);
                if inside(&up) {
                    return up;
                }
            }
            whole
        }
    }
}

/// Shortest digits of `x`, the last of them even where `x` lies halfway between two numbers of so many digits; the
/// standard library takes the upper one.
fn to_even(short: Decimal, x: f64, reads_back: impl Fn(&str) -> bool) -> Decimal {
    let bits = x.to_bits();
    let biased = (bits >> 52 & 0x7ff) as i32;
    let fraction = bits & ((1 << 52) - 1);
    let mantissa = fraction | u64::from(biased != 0) << 52;
    if mantissa == 0 {
        return short;
    }
    let exponent = biased.max(1) - 1075 + mantissa.trailing_zeros() as i32;
    let n = short.digits.len();
    // With a denominator of 2^k a number has k digits behind the point; halfway means one more than are written.
    let halfway = exponent >= 0 || n as i32 + 1 - short.point == -exponent;
    if !halfway {
        return short;
    }
    let even = to_significant_digits(Magnitude::F64(x), n as i64);
    if even == short || !reads_back(&even.to_text()) {
        return short;
    }
    even
}

/// The number to `n` digits after the decimal point (negative: before it), rounded half to even.
pub fn to_fraction_digits(value: Magnitude, n: i64) -> Decimal {
    match value {
        Magnitude::F32(x) => to_fraction_digits(Magnitude::F64(f64::from(x)), n),
        Magnitude::F64(x) if (0..=1100).contains(&n) => {
            Decimal::from_text_positional(&format!("{x:.*}", n as usize))
        }
        Magnitude::F64(x) => {
            let all = all_digits(x);
            let keep = i64::from(all.point) + n;
            all.rounded(keep)
        }
        Magnitude::Binary(b) => {
            let all = exact(u128::from(b.mantissa), b.exponent);
            let keep = i64::from(all.point) + n;
            all.rounded(keep)
        }
    }
}

/// The number to `n` significant digits (at least 1), rounded half to even.
pub fn to_significant_digits(value: Magnitude, n: i64) -> Decimal {
    match value {
        Magnitude::F32(x) => to_significant_digits(Magnitude::F64(f64::from(x)), n),
        Magnitude::F64(x) if n <= 1100 => {
            Decimal::from_scientific(&format!("{x:.*e}", n.max(1) as usize - 1))
        }
        Magnitude::F64(x) => all_digits(x),
        Magnitude::Binary(b) => exact(u128::from(b.mantissa), b.exponent).rounded(n.max(1)),
    }
}

/// Every digit of a double: at most 767 are significant.
fn all_digits(x: f64) -> Decimal {
    Decimal::from_scientific(&format!("{x:.800e}"))
}

impl Decimal {
    fn from_text_positional(text: &str) -> Self {
        let whole = text.split('.').next().map_or(0, str::len);
        Self::from_text(text, whole as i32 - 1)
    }
}

/// Base of the big integers below: nine decimal digits a limb, so that digits come out by formatting.
const LIMB: u64 = 1_000_000_000;

/// All decimal digits of `mantissa * 2^exponent`.
fn exact(mantissa: u128, exponent: i32) -> Decimal {
    // A fraction m / 2^k is (m * 5^k) / 10^k: an integer with a shifted point.
    let mut limbs: Vec<u64> = Vec::new();
    let mut rest = mantissa;
    while rest > 0 {
        limbs.push((rest % u128::from(LIMB)) as u64);
        rest /= u128::from(LIMB);
    }
    let (base, mut power) = if exponent >= 0 {
        (2u64, exponent)
    } else {
        (5, -exponent)
    };
    let chunk = if base == 2 { 29 } else { 12 };
    while power > 0 {
        let step = power.min(chunk);
        multiply(&mut limbs, base.pow(step as u32));
        power -= step;
    }
    let mut text = String::new();
    for (i, limb) in limbs.iter().rev().enumerate() {
        let _ = if i == 0 {
            write!(text, "{limb}")
        } else {
            write!(text, "{limb:09}")
        };
    }
    let shift = if exponent < 0 { -exponent } else { 0 };
    let point = text.len() as i32 - shift;
    Decimal::from_text(&text, point - 1)
}

fn multiply(limbs: &mut Vec<u64>, factor: u64) {
    let mut carry = 0u64;
    for limb in limbs.iter_mut() {
        let product = *limb * factor + carry;
        *limb = product % LIMB;
        carry = product / LIMB;
    }
    while carry > 0 {
        limbs.push(carry % LIMB);
        carry /= LIMB;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn binary_of_f64(x: f64) -> Magnitude {
        let bits = x.to_bits();
        let biased = (bits >> 52) as i32;
        let fraction = bits & ((1 << 52) - 1);
        let (mantissa, exponent) = if biased == 0 {
            (fraction, -1074)
        } else {
            (fraction | 1 << 52, biased - 1075)
        };
        Magnitude::Binary(Binary {
            mantissa,
            exponent,
            precision: 53,
            at_boundary: fraction == 0 && biased > 1,
        })
    }

    #[test]
    fn exact_integers_agree_with_the_standard_library() {
        for x in [
            1.0,
            0.1,
            1.0 / 3.0,
            5e-324,
            f64::MAX,
            1e22,
            123456.789,
            2.2250738585072014e-308,
            9007199254740993.0,
        ] {
            assert_eq!(
                shortest(binary_of_f64(x)),
                shortest(Magnitude::F64(x)),
                "{x}"
            );
            for n in 0..20 {
                assert_eq!(
                    to_fraction_digits(binary_of_f64(x), n),
                    to_fraction_digits(Magnitude::F64(x), n),
                    "{x} {n}"
                );
                let m = n.max(1);
                assert_eq!(
                    to_significant_digits(binary_of_f64(x), m),
                    to_significant_digits(Magnitude::F64(x), m),
                    "{x} {n}"
                );
            }
        }
    }

    #[test]
    fn halfway_is_even() {
        for (x, text) in [(33.851_562_5f32, "33851562"), (4_194_304.5, "41943045")] {
            let digits: String = shortest(Magnitude::F32(x))
                .digits
                .iter()
                .map(|d| char::from(b'0' + d))
                .collect();
            assert_eq!(digits, text);
        }
    }

    #[test]
    fn zero_has_no_digits() {
        assert_eq!(
            shortest(Magnitude::F64(0.0)),
            Decimal {
                digits: vec![],
                point: 1
            }
        );
    }
}
