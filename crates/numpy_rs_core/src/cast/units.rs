//! Datetime units: how many of one make another, and the unit two of them share.

use crate::dtype::DatetimeUnit;
use crate::error::{Error, Result};

/// Attoseconds are too fine to count years in: factors are kept between neighbours.
const TO_NEXT: [i64; 14] = [
    12, 1, 7, 0, 24, 60, 60, 1000, 1000, 1000, 1000, 1000, 1000, 1,
];

/// How many `fine` (bare units) one `coarse` is; `None` where that is no whole constant.
pub fn factor(coarse: i32, fine: i32) -> Option<i64> {
    if coarse > fine {
        return None;
    }
    if coarse == fine {
        return Some(1);
    }
    if coarse <= 1 {
        // Years and months only reach each other.
        return if coarse == 0 && fine == 1 {
            Some(12)
        } else {
            None
        };
    }
    let mut n: i64 = 1;
    let mut unit = coarse;
    while unit < fine {
        let step = TO_NEXT[unit as usize];
        n = n.checked_mul(step)?;
        unit += if unit == 2 { 2 } else { 1 };
    }
    Some(n)
}

/// Whether every tick of `b` is a whole number of ticks of `a`.
pub fn divides(a: DatetimeUnit, b: DatetimeUnit) -> bool {
    if b.unit <= 1 && a.unit > 1 {
        // Calendar dates are whole days.
        return a.unit >= 4 && factor(4, a.unit).is_some_and(|n| n % i64::from(a.count) == 0);
    }
    match factor(b.unit, a.unit) {
        Some(n) => n
            .checked_mul(i64::from(b.count))
            .is_some_and(|n| n % i64::from(a.count) == 0),
        None => a.unit > b.unit,
    }
}

/// The coarsest unit of which both are whole multiples. `spans`: years and months do not mix with days.
pub fn common(a: DatetimeUnit, b: DatetimeUnit, spans: bool) -> Result<DatetimeUnit> {
    const GENERIC: i32 = 14;
    if a.unit == GENERIC {
        return Ok(b);
    }
    if b.unit == GENERIC || a == b {
        return Ok(a);
    }
    let calendar = |u: DatetimeUnit| u.unit <= 1;
    if spans && calendar(a) != calendar(b) {
        return Err(Error::type_error(
            "Cannot get a common metadata divisor for Numpy timedelta64 metadata because they have incompatible \
             nonlinear base time units.",
        ));
    }
    let fine = a.unit.max(b.unit);
    let count = |u: DatetimeUnit| match factor(u.unit, fine) {
        Some(n) => n.checked_mul(i64::from(u.count)),
        // A calendar unit beside days or finer ones: only whole days are sure.
        None => factor(4, fine).or(Some(1)),
    };
    let overflow = || {
        Error::Overflow(
            "Integer overflow while computing the common unit of two datetime dtypes".into(),
        )
    };
    let (x, y) = (
        count(a).ok_or_else(overflow)?,
        count(b).ok_or_else(overflow)?,
    );
    let divisor = gcd(x, y);
    i32::try_from(divisor)
        .map(|count| DatetimeUnit { unit: fine, count })
        .map_err(|_| overflow())
}

fn gcd(mut a: i64, mut b: i64) -> i64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}
