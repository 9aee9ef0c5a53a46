//! The rules of divisions of timedelta64.

use numpy_rs_elements::fp_events::FpEvents;

use super::rule::Rule2;

/// Division of spans: by zero, and for whole quotients also of or by NaT.
#[derive(Clone, Copy)]
pub struct SpanRatio;

impl Rule2<i64, i64, f64> for SpanRatio {
    fn suspicious(_: i64, b: i64, _: f64) -> bool {
        b == 0
    }
    fn events(a: i64, b: i64, _: f64) -> FpEvents {
        match (a, b) {
            (i64::MIN, _) => FpEvents::NONE,
            (0, 0) => FpEvents::INVALID,
            (_, 0) => FpEvents::DIVIDE,
            _ => FpEvents::NONE,
        }
    }
}

impl Rule2<i64, i64, i64> for SpanRatio {
    fn suspicious(a: i64, b: i64, _: i64) -> bool {
        b == 0 || a == i64::MIN || b == i64::MIN
    }
    fn events(a: i64, b: i64, _: i64) -> FpEvents {
        if a == i64::MIN || b == i64::MIN {
            FpEvents::INVALID
        } else if b == 0 {
            FpEvents::DIVIDE
        } else {
            FpEvents::NONE
        }
    }
}

/// A span over zero, and what it leaves: NaT, and a division by zero.
#[derive(Clone, Copy)]
pub struct SpanRest;

impl Rule2<i64, i64, i64> for SpanRest {
    fn suspicious(_: i64, b: i64, _: i64) -> bool {
        b == 0
    }
    fn events(a: i64, b: i64, _: i64) -> FpEvents {
        if b == 0 && a != i64::MIN {
            FpEvents::DIVIDE
        } else {
            FpEvents::NONE
        }
    }
}

/// A span over a float zero.
#[derive(Clone, Copy)]
pub struct SpanOverFloat;

impl Rule2<i64, f64, i64> for SpanOverFloat {
    fn suspicious(_: i64, b: f64, _: i64) -> bool {
        b == 0.0
    }
    fn events(a: i64, b: f64, _: i64) -> FpEvents {
        if b != 0.0 || a == i64::MIN {
            FpEvents::NONE
        } else if a == 0 {
            FpEvents::INVALID
        } else {
            FpEvents::DIVIDE
        }
    }
}
