//! What results are written to: an array of ours, or the memory of one of the real NumPy that lives beside ours.

use std::ops::Deref;

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;

use crate::array::ArrayRef;
use crate::beside;
use crate::convert::protocols;

/// An array to write to. It reads as an array of ours; handed back, it is the object that the caller gave.
#[derive(Clone)]
pub(crate) struct Target<'py> {
    array: ArrayRef<'py>,
    /// The array of the real NumPy whose memory `array` shows.
    foreign: Option<Bound<'py, PyAny>>,
}

impl<'py> Target<'py> {
    /// An object as a target, if it is an array of ours or of the real NumPy.
    #[inline]
    pub(crate) fn of(object: &Bound<'py, PyAny>) -> PyResult<Option<Self>> {
        match ArrayRef::from_object(object) {
            Some(array) => Ok(Some(Self {
                array,
                foreign: None,
            })),
            None => Self::of_foreign(object),
        }
    }

    #[cold]
    fn of_foreign(object: &Bound<'py, PyAny>) -> PyResult<Option<Self>> {
        if !beside::is_array(object) {
            return Ok(None);
        }
        Ok(Some(Self {
            array: protocols::from_foreign(object)?,
            foreign: Some(object.clone()),
        }))
    }

    /// An object that must be a target; else a `TypeError` with these words.
    #[inline]
    pub(crate) fn required(object: &Bound<'py, PyAny>, words: &'static str) -> PyResult<Self> {
        Self::of(object)?.ok_or_else(|| PyTypeError::new_err(words))
    }

    /// The array of ours that shows the elements.
    #[inline]
    pub(crate) fn array(&self) -> &ArrayRef<'py> {
        &self.array
    }

    /// Whether the caller gave an array of the real NumPy.
    #[inline]
    pub(crate) fn is_foreign(&self) -> bool {
        self.foreign.is_some()
    }

    /// What the caller gave.
    #[inline]
    pub(crate) fn into_any(self) -> Bound<'py, PyAny> {
        match self.foreign {
            Some(given) => given,
            None => self.array.into_any(),
        }
    }
}

impl<'py> Deref for Target<'py> {
    type Target = ArrayRef<'py>;

    #[inline]
    fn deref(&self) -> &ArrayRef<'py> {
        &self.array
    }
}

/// An array of ours, or a view of one of the real NumPy; `None` for what is neither and would have to be converted.
#[inline]
pub(crate) fn array_of<'py>(object: &Bound<'py, PyAny>) -> PyResult<Option<ArrayRef<'py>>> {
    Ok(Target::of(object)?.map(|target| target.array))
}
