//! Python numbers beside arrays (NEP 50): stored in the dtype that the other operands give them.

use std::cmp::Ordering;

use numpy_rs_core::cast;
use numpy_rs_core::dtype::{DType, TypeNum};
use numpy_rs_core::fp_errors::FpEvents;
use numpy_rs_core::ufunc::Weak;
use numpy_rs_core::ufunc::table::Ufunc;
use numpy_rs_core::view::View;
use pyo3::exceptions::PyOverflowError;
use pyo3::ffi;
use pyo3::prelude::*;

use crate::convert::ticks;
use crate::error::OrRaise;

/// Room for the largest plain item.
#[derive(Clone, Copy)]
#[repr(C, align(16))]
pub(crate) struct Room(pub(crate) [u8; 32]);

impl Room {
    /// Zero bytes.
    pub(crate) const ZERO: Self = Self([0; 32]);

    /// Stores a number at the start.
    #[inline]
    fn put<T: Copy>(&mut self, value: T) {
        const { assert!(size_of::<T>() <= 32) };
        // SAFETY: the room is large and aligned enough for any plain number.
        unsafe { self.0.as_mut_ptr().cast::<T>().write(value) };
    }

    /// The item as a 0-d view.
    ///
    /// # Safety
    ///
    /// The room holds an item of the dtype.
    pub(crate) unsafe fn view(&self, dtype: DType) -> View<'_> {
        // SAFETY: promised by the caller.
        unsafe { View::from_raw(self.0.as_ptr(), dtype, &[], &[]) }
    }
}

/// The dtype that a weak number has by itself.
pub(crate) fn own_dtype(weak: Weak) -> DType {
    DType::new(match weak {
        Weak::Int => TypeNum::Long,
        Weak::Complex => TypeNum::CDouble,
        _ => TypeNum::Double,
    })
}

/// A Python int in machine words, if it fits.
enum Whole {
    Signed(i64),
    Large(u64),
    Outside,
}

fn whole(value: &Bound<'_, PyAny>) -> PyResult<Whole> {
    let mut overflow = 0;
    // SAFETY: a live Python int.
    let small = unsafe { ffi::PyLong_AsLongLongAndOverflow(value.as_ptr(), &raw mut overflow) };
    if overflow == 0 {
        if small == -1
            && let Some(e) = PyErr::take(value.py())
        {
            return Err(e);
        }
        return Ok(Whole::Signed(small));
    }
    if overflow > 0 {
        // SAFETY: as above.
        let large = unsafe { ffi::PyLong_AsUnsignedLongLong(value.as_ptr()) };
        if PyErr::take(value.py()).is_none() {
            return Ok(Whole::Large(large));
        }
    }
    Ok(Whole::Outside)
}

/// Whether a Python int fits C's `long`.
pub(crate) fn fits_long(value: &Bound<'_, PyAny>) -> PyResult<bool> {
    Ok(matches!(whole(value)?, Whole::Signed(v) if std::ffi::c_long::try_from(v).is_ok()))
}

#[cold]
fn too_large() -> PyErr {
    PyOverflowError::new_err("Python int too large to convert to C long")
}

/// Stores a Python number in `room` as an item of `dtype` if that is a number, else of its own dtype.
/// Gives the dtype of what was stored, and the events of the conversion.
pub(crate) fn store(
    value: &Bound<'_, PyAny>,
    weak: Weak,
    dtype: &DType,
    room: &mut Room,
) -> PyResult<(DType, FpEvents)> {
    let num = dtype.num();
    match weak {
        Weak::Int if num.is_integer() => {
            let (low, high) = cast::convert::integer_range(num);
            let wide: i128 = match whole(value)? {
                Whole::Signed(v) => i128::from(v),
                Whole::Large(v) if num.is_unsigned() && num.facts().itemsize == 8 => i128::from(v),
                _ => return Err(too_large()),
            };
            if wide < low || wide > high {
                return Err(PyOverflowError::new_err(format!(
                    "Python integer {wide} out of bounds for {}",
                    num.facts().name
                )));
            }
            put_integer(room, num.facts().itemsize, wide);
            Ok((DType::new(num), FpEvents::NONE))
        }
        Weak::Int if !num.is_float() && !num.is_complex() => match whole(value)? {
            Whole::Signed(v) => {
                ticks::warn_of_generic(value, num, ticks::GENERIC)?;
                put_integer(room, TypeNum::Long.facts().itemsize, i128::from(v));
                Ok((DType::new(TypeNum::Long), FpEvents::NONE))
            }
            _ => Err(too_large()),
        },
        Weak::Complex => {
            // SAFETY: a live Python complex.
            let c = unsafe { ffi::PyComplex_AsCComplex(value.as_ptr()) };
            if let Some(e) = pending(value, c.real) {
                return Err(e);
            }
            room.put([c.real, c.imag]);
            narrow(TypeNum::CDouble, dtype, room)
        }
        _ => {
            // SAFETY: a live Python int or float.
            let x = unsafe { ffi::PyFloat_AsDouble(value.as_ptr()) };
            if let Some(e) = pending(value, x) {
                return Err(e);
            }
            room.put(x);
            if num == TypeNum::Double {
                return Ok((DType::new(num), FpEvents::NONE));
            }
            narrow(TypeNum::Double, dtype, room)
        }
    }
}

/// The exception behind a returned -1.
fn pending(value: &Bound<'_, PyAny>, x: f64) -> Option<PyErr> {
    if x == -1.0 {
        PyErr::take(value.py())
    } else {
        None
    }
}

fn put_integer(room: &mut Room, itemsize: usize, value: i128) {
    match itemsize {
        1 => room.put(value as i8),
        2 => room.put(value as i16),
        4 => room.put(value as i32),
        _ => room.put(value as i64),
    }
}

/// Converts the double (or complex double) in the room to a float dtype; other dtypes leave it as it is.
fn narrow(from: TypeNum, dtype: &DType, room: &mut Room) -> PyResult<(DType, FpEvents)> {
    let num = dtype.num();
    let own = DType::new(from);
    if num == from || !(num.is_complex() || (num.is_float() && from == TypeNum::Double)) {
        return Ok((own, FpEvents::NONE));
    }
    let to = DType::new(num);
    let run = cast::cast_loop(&own, &to).or_raise()?;
    let held = *room;
    // SAFETY: both rooms hold one item of their dtype.
    let status = unsafe { run.run(held.0.as_ptr(), 0, room.0.as_mut_ptr(), 0, 1, true) };
    if let Some(e) = status.error {
        return Err(crate::error::to_py(&cast::convert::take_error(e)));
    }
    Ok((to, status.events))
}

/// What a comparison with an int outside the range of the other side answers, whatever the elements are.
pub(crate) fn comparison_outside(
    ufunc: &Ufunc,
    value: &Bound<'_, PyAny>,
    num: TypeNum,
    value_first: bool,
) -> PyResult<Option<bool>> {
    if !num.is_integer() {
        return Ok(None);
    }
    let (low, high) = cast::convert::integer_range(num);
    // How the elements compare with the value.
    let side = match whole(value)? {
        Whole::Signed(v) if i128::from(v) < low => Ordering::Greater,
        Whole::Signed(v) if i128::from(v) > high => Ordering::Less,
        Whole::Large(v) if i128::from(v) > high => Ordering::Less,
        Whole::Signed(_) | Whole::Large(_) => return Ok(None),
        Whole::Outside => {
            if value.lt(0)? {
                Ordering::Greater
            } else {
                Ordering::Less
            }
        }
    };
    let side = if value_first { side.reverse() } else { side };
    Ok(match ufunc.name {
        "equal" => Some(false),
        "not_equal" => Some(true),
        "less" | "less_equal" => Some(side == Ordering::Less),
        "greater" | "greater_equal" => Some(side == Ordering::Greater),
        _ => None,
    })
}
