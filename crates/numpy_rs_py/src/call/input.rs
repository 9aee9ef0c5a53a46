//! Inputs of a ufunc call: arrays as they are, scalars and Python numbers as single items without an array.

use numpy_rs_core::cast::Casting;
use numpy_rs_core::dims::Dims;
use numpy_rs_core::dtype::{DType, DatetimeUnit, TypeNum};
use numpy_rs_core::fp_errors::FpEvents;
use numpy_rs_core::ufunc::{Operand, Spec, Weak};
use numpy_rs_core::view::View;
use pyo3::exceptions::PyTypeError;
use pyo3::ffi;
use pyo3::prelude::*;

use super::weak::{self, Room};
use crate::array::ArrayRef;
use crate::beside;
use crate::classes::num_of_scalar_class;
use crate::convert::array_like;
use crate::layout::{DatetimeScalar, Scalar};

/// An input: what the plan must know of it, and where its elements are.
pub(crate) struct Input<'py> {
    /// For the plan.
    pub(crate) operand: Operand,
    source: Source<'py>,
}

enum Source<'py> {
    /// An array.
    Array(ArrayRef<'py>),
    /// One item.
    Item(Room),
    /// A Python number, stored once the plan says as what.
    Weak(Bound<'py, PyAny>),
}

impl<'py> Input<'py> {
    /// An array.
    #[inline]
    pub(crate) fn of_array(array: ArrayRef<'py>) -> PyResult<Self> {
        let spec = Spec {
            dtype: array.dtype()?,
            shape: Dims::from_slice(array.shape()),
            strides: Dims::from_slice(array.strides()),
        };
        Ok(Self {
            operand: spec.into(),
            source: Source::Array(array),
        })
    }

    fn of_item(dtype: DType, room: Room) -> Self {
        Self {
            operand: Spec::scalar(dtype).into(),
            source: Source::Item(room),
        }
    }

    fn of_weak(value: &Bound<'py, PyAny>, weak: Weak) -> Self {
        Self {
            operand: Operand {
                spec: Spec::scalar(weak::own_dtype(weak)),
                weak,
            },
            source: Source::Weak(value.clone()),
        }
    }

    /// Reads any object as an input. `alone` says that there is no other input whose type could count.
    #[inline]
    pub(crate) fn read(value: &Bound<'py, PyAny>, alone: bool) -> PyResult<Self> {
        if let Some(array) = ArrayRef::from_object(value) {
            return Self::of_array(array);
        }
        let ty = value.get_type_ptr();
        if let Some(num) = num_of_scalar_class(ty)
            && let Some(made) = read_scalar(value, num)
        {
            return Ok(made);
        }
        if ty == &raw mut ffi::PyFloat_Type {
            return Ok(Self::of_weak(value, Weak::Float));
        }
        if ty == &raw mut ffi::PyLong_Type {
            if alone && !weak::fits_long(value)? {
                return Self::of_array(array_like::as_array(value)?);
            }
            return Ok(Self::of_weak(value, Weak::Int));
        }
        if ty == &raw mut ffi::PyBool_Type {
            let mut room = Room::ZERO;
            // SAFETY: the one true object is a live object.
            room.0[0] = u8::from(value.as_ptr() == unsafe { ffi::Py_True() });
            return Ok(Self::of_item(DType::new(TypeNum::Bool), room));
        }
        if ty == &raw mut ffi::PyComplex_Type {
            return Ok(Self::of_weak(value, Weak::Complex));
        }
        Self::read_other(value)
    }

    #[cold]
    fn read_other(value: &Bound<'py, PyAny>) -> PyResult<Self> {
        let ours = crate::classes::AbstractScalar::Generic
            .class()
            .is_instance(value);
        if !ours {
            // SAFETY: type checks on a live object.
            unsafe {
                let p = value.as_ptr();
                if ffi::PyFloat_Check(p) != 0 && !beside::is_array_or_scalar(value) {
                    return Ok(Self::of_weak(value, Weak::Float));
                }
                if ffi::PyLong_Check(p) != 0 && weak::fits_long(value)? {
                    return Ok(Self::of_weak(value, Weak::Int));
                }
                if ffi::PyComplex_Check(p) != 0 && !beside::is_array_or_scalar(value) {
                    return Ok(Self::of_weak(value, Weak::Complex));
                }
            }
        }
        Self::of_array(array_like::as_array(value)?)
    }

    /// The Python number, if this is one.
    pub(crate) fn weak_value(&self) -> Option<&Bound<'py, PyAny>> {
        match &self.source {
            Source::Weak(value) => Some(value),
            _ => None,
        }
    }

    /// Refuses a Python number that is not what the loop reads where `casting='equiv'`; NumPy: 'no' lets it pass.
    /// Numbers that the loop's kind does not hold are a matter of the ordinary check of casts.
    pub(crate) fn check_equivalent(&self, loop_dtype: &DType, casting: Casting) -> PyResult<()> {
        let Source::Weak(_) = self.source else {
            return Ok(());
        };
        if casting != Casting::Equiv || self.operand.spec.dtype.is_equivalent(loop_dtype) {
            return Ok(());
        }
        let num = loop_dtype.num();
        let (class, held) = match self.operand.weak {
            Weak::Int => (
                "int",
                num.is_integer() || num.is_float() || num.is_complex(),
            ),
            Weak::Complex => ("complex", num.is_complex()),
            _ => ("float", num.is_float() || num.is_complex()),
        };
        if !held {
            return Ok(());
        }
        Err(PyTypeError::new_err(format!(
            "cannot cast Python {class} to {} under the casting rule 'equiv'",
            num.facts().name
        )))
    }

    /// The elements. Python numbers are stored in `room` as items of the dtype that the loop reads.
    #[inline]
    pub(crate) fn view<'a>(
        &'a self,
        loop_dtype: &DType,
        room: &'a mut Room,
        events: &mut FpEvents,
    ) -> PyResult<View<'a>> {
        match &self.source {
            Source::Array(array) => array.view(),
            Source::Item(item) => {
                // SAFETY: the item was read as one of this dtype.
                Ok(unsafe { item.view(self.operand.spec.dtype.clone()) })
            }
            Source::Weak(value) => {
                let dtype = if loop_dtype.num() == TypeNum::Object {
                    // The object itself, borrowed from the caller's argument for the time of the call.
                    room.0[..size_of::<usize>()]
                        .copy_from_slice(&(value.as_ptr() as usize).to_ne_bytes());
                    loop_dtype.clone()
                } else {
                    let (dtype, met) = weak::store(value, self.operand.weak, loop_dtype, room)?;
                    *events |= met.in_cast();
                    dtype
                };
                // SAFETY: an item of this dtype was just stored.
                Ok(unsafe { room.view(dtype) })
            }
        }
    }
}

/// A scalar of ours with a plain value.
#[inline]
fn read_scalar<'py>(value: &Bound<'py, PyAny>, num: TypeNum) -> Option<Input<'py>> {
    let mut room = Room::ZERO;
    // SAFETY: scalars of these classes hold their value behind the header.
    unsafe {
        let from = &raw const (*value.as_ptr().cast::<Scalar<u64>>()).obval;
        if num.is_number() {
            std::ptr::copy_nonoverlapping(
                from.cast::<u8>(),
                room.0.as_mut_ptr(),
                num.facts().itemsize,
            );
            return Some(Input::of_item(DType::new(num), room));
        }
        if matches!(num, TypeNum::Datetime | TypeNum::Timedelta) {
            let s = &*value.as_ptr().cast::<DatetimeScalar>();
            room.0[..8].copy_from_slice(&s.obval.to_ne_bytes());
            let unit = DatetimeUnit {
                unit: s.unit,
                count: s.count,
            };
            return Some(Input::of_item(DType::datetime(num, unit), room));
        }
    }
    None
}
