//! Choices that are written as words: memory order, casting rule, out-of-range mode.

use numpy_rs_core::cast::Casting;
use numpy_rs_core::layout::Order;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;

use crate::error::OrRaise;

/// A memory order; `None` is the default.
pub(crate) fn order(object: &Bound<'_, PyAny>, default: Order) -> PyResult<Order> {
    if object.is_none() {
        return Ok(default);
    }
    let text: String = object
        .extract::<String>()
        .or_else(|_| {
            object
                .extract::<Vec<u8>>()
                .map(|b| String::from_utf8_lossy(&b).into_owned())
        })
        .map_err(|_| {
            PyTypeError::new_err(format!(
                "order must be str, not {}",
                object
                    .get_type()
                    .name()
                    .map_or_else(|_| "?".into(), |n| n.to_string())
            ))
        })?;
    match text.as_str() {
        "C" | "c" => Ok(Order::C),
        "F" | "f" => Ok(Order::F),
        "A" | "a" => Ok(Order::A),
        "K" | "k" => Ok(Order::K),
        _ => Err(PyValueError::new_err(format!(
            "order must be one of 'C', 'F', 'A', or 'K' (got '{text}')"
        ))),
    }
}

/// A casting rule; `None` is the default.
pub(crate) fn casting(object: Option<&Bound<'_, PyAny>>, default: Casting) -> PyResult<Casting> {
    match object.filter(|o| !o.is_none()) {
        None => Ok(default),
        Some(o) => {
            let text: String = o.extract().map_err(|_| {
                PyTypeError::new_err(format!(
                    "casting must be str, not {}",
                    o.get_type()
                        .name()
                        .map_or_else(|_| "?".into(), |n| n.to_string())
                ))
            })?;
            Casting::from_name(&text).or_raise()
        }
    }
}

/// What happens to indices out of range.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum ClipMode {
    /// An error.
    #[default]
    Raise,
    /// Counted around.
    Wrap,
    /// Moved to the nearest end.
    Clip,
}

/// A mode; `None` raises.
pub(crate) fn clip_mode(object: Option<&Bound<'_, PyAny>>) -> PyResult<ClipMode> {
    let Some(object) = object.filter(|o| !o.is_none()) else {
        return Ok(ClipMode::Raise);
    };
    if let Ok(number) = object.extract::<i64>() {
        return match number {
            0 => Ok(ClipMode::Clip),
            1 => Ok(ClipMode::Wrap),
            2 => Ok(ClipMode::Raise),
            _ => Err(PyValueError::new_err(
                "integer clipmode must be RAISE, WRAP, or CLIP from 'numpy._core.multiarray'",
            )),
        };
    }
    let text: String = object.extract().map_err(|_| {
        PyTypeError::new_err(format!(
            "clipmode must be str, not {}",
            object
                .get_type()
                .name()
                .map_or_else(|_| "?".into(), |n| n.to_string())
        ))
    })?;
    match text.as_str() {
        "raise" => Ok(ClipMode::Raise),
        "wrap" => Ok(ClipMode::Wrap),
        "clip" => Ok(ClipMode::Clip),
        _ if text.starts_with(['r', 'R', 'w', 'W', 'c', 'C']) => Err(PyValueError::new_err(
            "Use one of 'clip', 'raise', or 'wrap' for clip mode",
        )),
        _ => Err(PyValueError::new_err(format!(
            "clipmode must be one of 'clip', 'raise', or 'wrap' (got '{text}')"
        ))),
    }
}
