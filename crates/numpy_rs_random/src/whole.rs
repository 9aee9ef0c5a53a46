//! The next whole number below or above a double, without the function calls that processors of the baseline need.

/// The largest integer up to `x`; the nearest one that fits where it does not, 0 for NaN.
#[inline(always)]
pub(crate) fn floor(x: f64) -> i64 {
    let cut = x as i64;
    cut.saturating_sub(i64::from(cut as f64 > x))
}

/// The smallest integer from `x` on; the nearest one that fits where it does not, 0 for NaN.
#[inline(always)]
pub(crate) fn ceil(x: f64) -> i64 {
    let cut = x as i64;
    cut.saturating_add(i64::from((cut as f64) < x))
}

#[cfg(test)]
mod tests {
    #[test]
    fn they_are_those_of_the_library() {
        let mut numbers = vec![
            0.0,
            -0.0,
            0.5,
            -0.5,
            1.0,
            -1.0,
            2.9999999999999996,
            1e15 + 0.5,
            -1e15 - 0.5,
        ];
        numbers.extend([
            1e300,
            -1e300,
            f64::NAN,
            f64::INFINITY,
            9.2e18,
            -9.3e18,
            1e-300,
            -1e-300,
        ]);
        for x in numbers {
            assert_eq!(super::floor(x), x.floor() as i64, "{x}");
            assert_eq!(super::ceil(x), x.ceil() as i64, "{x}");
        }
    }
}
