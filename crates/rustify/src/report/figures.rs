//! Figures as people read them.

use super::model::{Entry, Function};

/// A time.
pub fn seconds(value: f64) -> String {
    let (value, unit) = match value.abs() {
        v if v >= 1.0 => (value, "s"),
        v if v >= 1e-3 => (value * 1e3, "ms"),
        v if v >= 1e-6 => (value * 1e6, "µs"),
        _ => (value * 1e9, "ns"),
    };
    match value.abs() {
        v if v >= 100.0 => format!("{value:.0} {unit}"),
        v if v >= 10.0 => format!("{value:.1} {unit}"),
        _ => format!("{value:.2} {unit}"),
    }
}

/// How many times faster.
pub fn speedup(value: f64) -> String {
    if value >= 100.0 {
        format!("{value:.0}x")
    } else if value >= 10.0 {
        format!("{value:.1}x")
    } else {
        format!("{value:.2}x")
    }
}

/// The cells of a function's row: name, share, calls, what runs it, parity, Python, Rust, speed-up, why.
pub fn row(function: &Function) -> [String; 9] {
    let times = function.times.as_ref();
    let dash = || "-".to_owned();
    [
        format!("{}:{}", function.name, function.line),
        format!("{:.1}%", function.profile.percent),
        function.profile.calls.to_string(),
        match function.entry {
            Entry::Rust => "Rust".to_owned(),
            Entry::Python => "Python".to_owned(),
        },
        function
            .parity
            .as_ref()
            .map_or_else(dash, |p| format!("{}/{}", p.matched, p.cases)),
        times.map_or_else(dash, |t| seconds(t.python_seconds)),
        times.map_or_else(dash, |t| seconds(t.rust_seconds)),
        times.map_or_else(dash, |t| {
            format!("{} ±{:.0}%", speedup(t.speedup), 100.0 * t.spread)
        }),
        match (&function.reason, function.chosen) {
            (Some(reason), _) => reason.code.clone(),
            (None, false) => "not chosen".to_owned(),
            (None, true) => String::new(),
        },
    ]
}

/// The heads of [`row`]'s cells.
pub const HEADS: [&str; 9] = [
    "function", "time", "calls", "runs in", "parity", "Python", "Rust", "speed-up", "why",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_short() {
        assert_eq!(seconds(1.5), "1.50 s");
        assert_eq!(seconds(0.0123), "12.3 ms");
        assert_eq!(seconds(4.2e-8), "42.0 ns");
        assert_eq!(speedup(1234.0), "1234x");
        assert_eq!(speedup(2.716), "2.72x");
    }
}
