//! Datetime ticks as Python objects and back: calendar dates, times and spans of the units that Python knows.

use numpy_rs_core::dtype::{DatetimeUnit, TypeNum};
use pyo3::exceptions::{PyOverflowError, PyTypeError, PyValueError};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::PyString;

use super::warning;
use crate::classes::scalar_class;
use crate::layout::DatetimeScalar;

/// Not a time.
pub(crate) const NAT: i64 = i64::MIN;

/// Microseconds in one of the units from weeks to microseconds.
fn micros_per(unit: i32) -> Option<i64> {
    Some(match unit {
        2 => 7 * 86_400_000_000,
        4 => 86_400_000_000,
        5 => 3_600_000_000,
        6 => 60_000_000,
        7 => 1_000_000,
        8 => 1_000,
        9 => 1,
        _ => return None,
    })
}

/// Days since 1970-01-01 of a date in the proleptic Gregorian calendar.
pub(crate) fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let y = if month <= 2 { year - 1 } else { year };
    let era = y.div_euclid(400);
    let year_of_era = y - era * 400;
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// Year, month and day of days since 1970-01-01.
pub(crate) fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z - era * 146_097;
    let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let day = doy - (153 * mp + 2) / 5 + 1;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    (yoe + era * 400 + i64::from(month <= 2), month, day)
}

/// Months or years as days since the epoch; other units are none.
fn calendar_days(ticks: i64, unit: i32) -> Option<i64> {
    let months = match unit {
        0 => ticks.checked_mul(12)?,
        1 => ticks,
        _ => return None,
    };
    Some(days_from_civil(
        1970 + months.div_euclid(12),
        1 + months.rem_euclid(12),
        1,
    ))
}

/// What `item()` gives: a date, a datetime, a timedelta, an int where Python's classes are too coarse, or None.
pub(crate) fn to_python(
    py: Python<'_>,
    num: TypeNum,
    ticks: i64,
    unit: DatetimeUnit,
) -> PyResult<Bound<'_, PyAny>> {
    if ticks == NAT {
        return Ok(py.None().into_bound(py));
    }
    let as_int = || Ok(ticks.into_pyobject(py)?.into_any());
    let Some(total) = ticks.checked_mul(i64::from(unit.count)) else {
        return as_int();
    };
    let datetime = py.import("datetime")?;
    if num == TypeNum::Timedelta {
        let Some(scale) = micros_per(unit.unit) else {
            return as_int();
        };
        let Some(micros) = total.checked_mul(scale) else {
            return as_int();
        };
        let day = 86_400_000_000;
        return match datetime.call_method1(
            "timedelta",
            (micros.div_euclid(day), 0, micros.rem_euclid(day)),
        ) {
            Ok(v) => Ok(v),
            Err(_) => as_int(),
        };
    }
    if unit.unit > 9 {
        return as_int();
    }
    let (days, micros) = if let Some(days) = calendar_days(total, unit.unit) {
        (days, 0)
    } else {
        let Some(scale) = micros_per(unit.unit) else {
            return as_int();
        };
        let all = i128::from(total) * i128::from(scale);
        let day = 86_400_000_000i128;
        (all.div_euclid(day) as i64, all.rem_euclid(day) as i64)
    };
    if !(-800_000..3_000_000).contains(&days) {
        return as_int();
    }
    let (year, month, day) = civil_from_days(days);
    if !(1..=9999).contains(&year) {
        return as_int();
    }
    if unit.unit <= 4 {
        return datetime.call_method1("date", (year, month, day));
    }
    let (seconds, micros) = (micros / 1_000_000, micros % 1_000_000);
    datetime.call_method1(
        "datetime",
        (
            year,
            month,
            day,
            seconds / 3600,
            seconds / 60 % 60,
            seconds % 60,
            micros,
        ),
    )
}

/// The text of a datetime in ISO form with the parts that its unit has.
pub(crate) fn iso_text(ticks: i64, unit: DatetimeUnit) -> String {
    if ticks == NAT {
        return "NaT".into();
    }
    if unit.unit == 14 {
        return "generic".into();
    }
    let total = i128::from(ticks) * i128::from(unit.count);
    if unit.unit <= 1 {
        let months = if unit.unit == 0 { total * 12 } else { total };
        let (y, m) = (1970 + months.div_euclid(12), 1 + months.rem_euclid(12));
        let year = year_text(y as i64);
        return if unit.unit == 0 {
            year
        } else {
            format!("{year}-{m:02}")
        };
    }
    // Ticks as whole days and attoseconds within the day.
    const DAY: i128 = 86_400_000_000_000_000_000_000;
    let scale: i128 = match unit.unit {
        2 => 7 * DAY,
        4 => DAY,
        5 => DAY / 24,
        6 => DAY / 1440,
        n => 10i128.pow(18 - 3 * (n - 7) as u32),
    };
    let (days, rest) = if unit.unit <= 4 {
        (total * (scale / DAY), 0)
    } else {
        let per_day = DAY / scale;
        (total.div_euclid(per_day), total.rem_euclid(per_day) * scale)
    };
    let (y, m, d) = civil_from_days(days as i64);
    let mut text = format!("{}-{m:02}-{d:02}", year_text(y));
    if unit.unit <= 4 {
        return text;
    }
    let second = 1_000_000_000_000_000_000i128;
    let seconds = rest / second;
    text.push_str(&format!("T{:02}", seconds / 3600));
    if unit.unit >= 6 {
        text.push_str(&format!(":{:02}", seconds / 60 % 60));
    }
    if unit.unit >= 7 {
        text.push_str(&format!(":{:02}", seconds % 60));
    }
    if unit.unit >= 8 {
        let digits = 3 * (unit.unit - 7) as usize;
        let fraction = format!("{:018}", rest % second);
        text.push('.');
        text.push_str(&fraction[..digits]);
    }
    text
}

/// NumPy: the sign of a year before year 0 takes one of its four places.
fn year_text(year: i64) -> String {
    format!("{year:04}")
}

/// The words of a unit as `timedelta64` prints them.
pub(crate) fn unit_words(unit: i32) -> &'static str {
    match unit {
        0 => "years",
        1 => "months",
        2 => "weeks",
        4 => "days",
        5 => "hours",
        6 => "minutes",
        7 => "seconds",
        8 => "milliseconds",
        9 => "microseconds",
        10 => "nanoseconds",
        11 => "picoseconds",
        12 => "femtoseconds",
        13 => "attoseconds",
        _ => "generic time units",
    }
}

/// ISO text as a count of attoseconds-free parts: days, seconds in the day, attoseconds, and the finest unit written.
fn parse_iso(text: &str) -> Option<(i64, i64, i64, i32)> {
    let text = text.trim();
    let (negative, body) = match text.strip_prefix('-') {
        Some(b) => (true, b),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (date, time) = match body.find(['T', ' ']) {
        Some(i) => (&body[..i], Some(&body[i + 1..])),
        None => (body, None),
    };
    let number = |s: &str, widths: std::ops::RangeInclusive<usize>| -> Option<i64> {
        (widths.contains(&s.len()) && s.bytes().all(|b| b.is_ascii_digit()))
            .then(|| s.parse().ok())
            .flatten()
    };
    let mut parts = date.split('-');
    let year = number(parts.next()?, 4..=18)?;
    let year = if negative { -year } else { year };
    let mut unit = 0;
    let (mut month, mut day) = (1, 1);
    if let Some(m) = parts.next() {
        month = number(m, 2..=2).filter(|m| (1..=12).contains(m))?;
        unit = 1;
    }
    if let Some(d) = parts.next() {
        day = number(d, 2..=2)?;
        unit = 4;
        let next = if month == 12 {
            (year + 1, 1)
        } else {
            (year, month + 1)
        };
        let length = days_from_civil(next.0, next.1, 1) - days_from_civil(year, month, 1);
        if day < 1 || day > length {
            return None;
        }
    }
    if parts.next().is_some() {
        return None;
    }
    let days = days_from_civil(year, month, day);
    let Some(time) = time else {
        return Some((days, 0, 0, unit));
    };
    if unit != 4 {
        return None;
    }
    let time = time.strip_suffix('Z').unwrap_or(time);
    let (clock, fraction) = match time.split_once('.') {
        Some((c, f)) => (c, Some(f)),
        None => (time, None),
    };
    let mut seconds = 0;
    let mut n = 0;
    for (i, part) in clock.split(':').enumerate() {
        let limit = if i == 0 { 24 } else { 60 };
        let v = number(part, 2..=2).filter(|&v| v < limit)?;
        seconds += v * [3600, 60, 1].get(i)?;
        n = i as i32;
    }
    let mut unit = 5 + n;
    let mut atto = 0;
    if let Some(f) = fraction {
        if n != 2 || !f.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let mut digits = f.to_owned();
        digits.truncate(18);
        unit = 7 + digits.len().div_ceil(3) as i32;
        while digits.len() < 18 {
            digits.push('0');
        }
        atto = digits.parse().ok()?;
    }
    Some((days, seconds, atto, unit))
}

/// Ticks of `unit` for a moment given as days, seconds in the day and attoseconds.
fn moment_to_ticks(days: i64, seconds: i64, atto: i64, unit: DatetimeUnit) -> Option<i64> {
    let ticks: i128 = match unit.unit {
        0 | 1 => {
            let (y, m, _) = civil_from_days(days);
            if unit.unit == 0 {
                i128::from(y - 1970)
            } else {
                i128::from((y - 1970) * 12 + m - 1)
            }
        }
        2 => i128::from(days.div_euclid(7)),
        4 => i128::from(days),
        5 => i128::from(days) * 24 + i128::from(seconds / 3600),
        6 => i128::from(days) * 1440 + i128::from(seconds / 60),
        n @ 7..=13 => {
            let per_second = 10i128.pow(3 * (n - 7) as u32);
            let whole = i128::from(days) * 86400 + i128::from(seconds);
            whole * per_second + i128::from(atto) / 10i128.pow(18 - 3 * (n - 7) as u32)
        }
        _ => return None,
    };
    i64::try_from(ticks.div_euclid(i128::from(unit.count))).ok()
}

/// Converts ticks of one unit to another; `None` where the units have no fixed ratio or the result overflows.
pub(crate) fn convert(
    num: TypeNum,
    ticks: i64,
    from: DatetimeUnit,
    to: DatetimeUnit,
) -> Option<i64> {
    if ticks == NAT || from == to || from.unit == 14 || to.unit == 14 {
        return Some(ticks);
    }
    let total = i128::from(ticks) * i128::from(from.count);
    if num == TypeNum::Datetime {
        let (days, seconds, atto) = match from.unit {
            0 | 1 => (calendar_days(i64::try_from(total).ok()?, from.unit)?, 0, 0),
            2 => (i64::try_from(total * 7).ok()?, 0, 0),
            4 => (i64::try_from(total).ok()?, 0, 0),
            5 | 6 => {
                let per_day = if from.unit == 5 { 24 } else { 1440 };
                let rest = total.rem_euclid(per_day) * (86400 / per_day);
                (
                    i64::try_from(total.div_euclid(per_day)).ok()?,
                    rest as i64,
                    0,
                )
            }
            n => {
                let per_second = 10i128.pow(3 * (n - 7) as u32);
                let (whole, part) = (total.div_euclid(per_second), total.rem_euclid(per_second));
                (
                    i64::try_from(whole.div_euclid(86400)).ok()?,
                    whole.rem_euclid(86400) as i64,
                    (part * 10i128.pow(18 - 3 * (n - 7) as u32)) as i64,
                )
            }
        };
        return moment_to_ticks(days, seconds, atto, to);
    }
    // Spans: years and months among themselves, the rest through attoseconds.
    let months = |u: i32| match u {
        0 => Some(12i128),
        1 => Some(1),
        _ => None,
    };
    let atto = |u: i32| match u {
        2 => Some(604_800i128 * 10i128.pow(18)),
        4 => Some(86_400i128 * 10i128.pow(18)),
        5 => Some(3_600i128 * 10i128.pow(18)),
        6 => Some(60i128 * 10i128.pow(18)),
        n @ 7..=13 => Some(10i128.pow(18 - 3 * (n - 7) as u32)),
        _ => None,
    };
    let (a, b) = match (months(from.unit), months(to.unit)) {
        (Some(a), Some(b)) => (a, b),
        _ => (atto(from.unit)?, atto(to.unit)?),
    };
    let b = b.checked_mul(i128::from(to.count))?;
    let scaled = if a % b == 0 {
        total.checked_mul(a / b)?
    } else if b % a == 0 {
        total.div_euclid(b / a)
    } else {
        total.checked_mul(a)?.div_euclid(b)
    };
    i64::try_from(scaled).ok()
}

/// Ticks and their unit for an object: a scalar of ours, a Python date, time or span, ISO text, an int, or None.
/// The unit is the finest one that the object has; ints have none.
pub(crate) fn from_object(
    object: &Bound<'_, PyAny>,
    num: TypeNum,
) -> PyResult<Option<(i64, DatetimeUnit)>> {
    let py = object.py();
    let unit = |unit| DatetimeUnit { unit, count: 1 };
    if object.is_none() {
        return Ok(Some((NAT, unit(14))));
    }
    if scalar_class(num).is_instance(object) {
        // SAFETY: instances of the class begin with these fields.
        let d = unsafe { &*object.as_ptr().cast::<DatetimeScalar>() };
        return Ok(Some((
            d.obval,
            DatetimeUnit {
                unit: d.unit,
                count: d.count,
            },
        )));
    }
    if let Ok(text) = object.cast::<PyString>() {
        let text = text.to_str()?;
        return parse_text(text, num).map(Some);
    }
    if let Ok(bytes) = object.cast::<pyo3::types::PyBytes>() {
        let text = String::from_utf8_lossy(bytes.as_bytes()).into_owned();
        return parse_text(&text, num).map(Some);
    }
    // SAFETY: live objects.
    if unsafe { ffi::PyLong_Check(object.as_ptr()) != 0 } {
        return Ok(Some((object.extract()?, unit(14))));
    }
    let modules = py.import("sys")?.getattr("modules")?;
    let Ok(datetime) = modules.get_item("datetime") else {
        return Ok(None);
    };
    let get = |name: &str| -> PyResult<i64> { object.getattr(name)?.extract() };
    if num == TypeNum::Timedelta {
        if !object.is_instance(&datetime.getattr("timedelta")?)? {
            return Ok(None);
        }
        let micros = (get("days")? * 86400 + get("seconds")?)
            .checked_mul(1_000_000)
            .and_then(|v| v.checked_add(get("microseconds").ok()?))
            .ok_or_else(|| PyOverflowError::new_err("timedelta too large"))?;
        return Ok(Some((micros, unit(9))));
    }
    if !object.is_instance(&datetime.getattr("date")?)? {
        return Ok(None);
    }
    let days = days_from_civil(get("year")?, get("month")?, get("day")?);
    if !object.is_instance(&datetime.getattr("datetime")?)? {
        return Ok(Some((days, unit(4))));
    }
    let mut seconds = days * 86400 + get("hour")? * 3600 + get("minute")? * 60 + get("second")?;
    if !object.getattr("tzinfo")?.is_none() {
        let offset = object.call_method0("utcoffset")?;
        if !offset.is_none() {
            let warnings = py.import("warnings")?;
            warnings.call_method1(
                "warn",
                (
                    "no explicit representation of timezones available for np.datetime64",
                    py.get_type::<pyo3::exceptions::PyUserWarning>(),
                    1,
                ),
            )?;
            seconds -= offset.call_method0("total_seconds")?.extract::<f64>()? as i64;
        }
    }
    Ok(Some((seconds * 1_000_000 + get("microsecond")?, unit(9))))
}

fn parse_text(text: &str, num: TypeNum) -> PyResult<(i64, DatetimeUnit)> {
    let unit = |unit| DatetimeUnit { unit, count: 1 };
    if text.is_empty() || text.eq_ignore_ascii_case("nat") {
        return Ok((NAT, unit(14)));
    }
    if num == TypeNum::Timedelta {
        return text
            .parse()
            .map(|t| (t, unit(14)))
            .map_err(|_| PyValueError::new_err("Could not convert object to NumPy timedelta"));
    }
    if text == "now" || text == "today" {
        let seconds = std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .map_or(0, |d| d.as_secs() as i64);
        return Ok(if text == "now" {
            (seconds, unit(7))
        } else {
            (seconds.div_euclid(86400), unit(4))
        });
    }
    let parsed = parse_iso(text).and_then(|(days, seconds, atto, finest)| {
        Some((
            moment_to_ticks(days, seconds, atto, unit(finest))?,
            unit(finest),
        ))
    });
    parsed.ok_or_else(|| {
        PyValueError::new_err(format!(
            "Error parsing datetime string \"{text}\" at position {}",
            text.bytes()
                .take_while(u8::is_ascii_digit)
                .count()
                .min(text.len())
        ))
    })
}

/// The unit of ticks that have none.
pub(crate) const GENERIC: DatetimeUnit = DatetimeUnit { unit: 14, count: 1 };

/// Warns where a Python int or text becomes a timedelta without a unit.
pub(crate) fn warn_of_generic(
    object: &Bound<'_, PyAny>,
    num: TypeNum,
    to: DatetimeUnit,
) -> PyResult<()> {
    if num != TypeNum::Timedelta || to.unit != GENERIC.unit {
        return Ok(());
    }
    // SAFETY: a live object.
    let is_int = unsafe { ffi::PyLong_Check(object.as_ptr()) != 0 };
    if is_int || object.is_instance_of::<PyString>() {
        return warning::deprecated(
            object.py(),
            "The 'generic' unit for NumPy timedelta is deprecated, and will raise an error in the future. \
             This includes implicit conversion of bare integers (e.g. `+ 1`). Please use a specific unit instead.",
        );
    }
    Ok(())
}

/// Ticks in the unit of a dtype for an object.
pub(crate) fn store_value(
    object: &Bound<'_, PyAny>,
    num: TypeNum,
    to: DatetimeUnit,
) -> PyResult<i64> {
    let word = if num == TypeNum::Datetime {
        "datetime"
    } else {
        "timedelta"
    };
    let Some((ticks, from)) = from_object(object, num)? else {
        return Err(PyValueError::new_err(format!(
            "Could not convert object to NumPy {word}"
        )));
    };
    convert(num, ticks, from, to).ok_or_else(|| {
        PyTypeError::new_err(format!(
            "Cannot cast NumPy {word}64 scalar to the requested unit"
        ))
    })
}

/// The short name of a unit.
pub(crate) fn unit_name(unit: i32) -> &'static str {
    const NAMES: [&str; 15] = [
        "Y", "M", "W", "B", "D", "h", "m", "s", "ms", "us", "ns", "ps", "fs", "as", "generic",
    ];
    usize::try_from(unit)
        .ok()
        .and_then(|u| NAMES.get(u).copied())
        .unwrap_or("generic")
}
