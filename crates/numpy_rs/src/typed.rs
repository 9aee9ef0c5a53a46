//! Borrowed views whose element type is known to the compiler: the way from a run-time dtype to Rust code.

use std::marker::PhantomData;

use numpy_rs_core::cast::Casting;
use numpy_rs_core::dtype::DType;
use numpy_rs_core::error::{Error, Result};
use numpy_rs_core::view::{View, ViewMut};

use crate::array::Array;
use crate::element::Element;

/// Elements to read as `T`.
#[derive(Clone, Debug)]
pub struct TypedView<'a, T> {
    view: View<'a>,
    element: PhantomData<T>,
}

/// Elements to write as `T`.
#[derive(Debug)]
pub struct TypedViewMut<'a, T> {
    view: ViewMut<'a>,
    element: PhantomData<T>,
}

fn check<T: Element>(dtype: &DType) -> Result<()> {
    if T::reads(dtype) {
        Ok(())
    } else {
        Err(Error::type_error(format!(
            "elements of {} cannot be read as {}",
            dtype.class_repr(),
            std::any::type_name::<T>()
        )))
    }
}

/// Distance in bytes of an element from the first one.
fn offset(shape: &[isize], strides: &[isize], index: &[isize]) -> Result<isize> {
    if index.len() != shape.len() {
        return Err(Error::value(format!(
            "{} indices for {} dimensions",
            index.len(),
            shape.len()
        )));
    }
    let mut total = 0;
    for (axis, ((&i, &n), &s)) in index.iter().zip(shape).zip(strides).enumerate() {
        let at = if i < 0 { i + n } else { i };
        if at < 0 || at >= n {
            return Err(Error::IndexBounds {
                index: i,
                axis: Some(axis),
                len: n,
            });
        }
        total += at * s;
    }
    Ok(total)
}

impl<'a, T: Element> TypedView<'a, T> {
    /// A typed view of the same elements; fails if the dtype is another.
    pub fn new(view: View<'a>) -> Result<Self> {
        check::<T>(view.dtype())?;
        Ok(Self {
            view,
            element: PhantomData,
        })
    }

    /// The shape in elements.
    pub fn shape(&self) -> &[isize] {
        self.view.shape()
    }

    /// One element; negative indices count from the end.
    pub fn get(&self, index: &[isize]) -> Result<T> {
        let at = offset(self.view.shape(), self.view.strides(), index)?;
        // SAFETY: the index is inside the shape, and every bit pattern is a `T`.
        Ok(unsafe { self.view.ptr().offset(at).cast::<T>().read_unaligned() })
    }

    /// The elements as a slice, if they lie in C order without gaps and are aligned.
    pub fn as_slice(&self) -> Option<&'a [T]> {
        if !self.view.is_c_contiguous() || !self.view.is_aligned() {
            return None;
        }
        if self.view.size() == 0 {
            return Some(&[]);
        }
        // SAFETY: contiguous, aligned, borrowed for `'a`, and every bit pattern is a `T`.
        Some(unsafe { std::slice::from_raw_parts(self.view.ptr().cast(), self.view.size()) })
    }

    /// The elements in C order.
    pub fn iter(&self) -> impl Iterator<Item = T> + '_ {
        let n = self.view.size() as isize;
        (0..n).map(move |position| {
            let mut left = position;
            let mut at = 0;
            for (&d, &s) in self.view.shape().iter().zip(self.view.strides()).rev() {
                at += left % d * s;
                left /= d;
            }
            // SAFETY: the position is below the size, so each index is inside its axis.
            unsafe { self.view.ptr().offset(at).cast::<T>().read_unaligned() }
        })
    }
}

impl<'a, T: Element> TypedViewMut<'a, T> {
    /// A typed view of the same elements; fails if the dtype is another.
    pub fn new(view: ViewMut<'a>) -> Result<Self> {
        check::<T>(view.dtype())?;
        Ok(Self {
            view,
            element: PhantomData,
        })
    }

    /// Writes one element; negative indices count from the end.
    pub fn set(&mut self, index: &[isize], value: T) -> Result<()> {
        let at = offset(self.view.shape(), self.view.strides(), index)?;
        // SAFETY: the index is inside the shape of writable memory.
        unsafe {
            self.view
                .ptr_mut()
                .offset(at)
                .cast::<T>()
                .write_unaligned(value);
        };
        Ok(())
    }

    /// The elements as a slice, if they lie in C order without gaps and are aligned.
    pub fn as_slice_mut(&mut self) -> Option<&mut [T]> {
        if !self.view.is_c_contiguous() || !self.view.is_aligned() {
            return None;
        }
        let n = self.view.size();
        if n == 0 {
            return Some(&mut []);
        }
        // SAFETY: contiguous, aligned, borrowed mutably, and every bit pattern is a `T`.
        Some(unsafe { std::slice::from_raw_parts_mut(self.view.ptr_mut().cast(), n) })
    }
}

impl Array {
    /// The elements, to read as `T`.
    pub fn typed<T: Element>(&self) -> Result<TypedView<'_, T>> {
        TypedView::new(self.view())
    }

    /// The elements, to write as `T`; copies them first if a clone shares them.
    pub fn typed_mut<T: Element>(&mut self) -> Result<TypedViewMut<'_, T>> {
        TypedViewMut::new(self.view_mut()?)
    }

    /// The only element, converted to `T` where that loses nothing of its kind.
    pub fn item<T: Element>(&self) -> Result<T> {
        if self.size() != 1 {
            return Err(Error::Value {
                what: "can only convert an array of size 1 to a scalar",
            });
        }
        let converted = self.astype(&DType::new(T::NUM), Casting::SameKind)?;
        converted.typed::<T>()?.iter().next().ok_or(Error::Value {
            what: "can only convert an array of size 1 to a scalar",
        })
    }

    /// The elements in C order, which must be of type `T`.
    pub fn to_vec<T: Element>(&self) -> Result<Vec<T>> {
        let typed = self.typed::<T>()?;
        let mut values = Vec::new();
        values
            .try_reserve_exact(self.size())
            .map_err(|_| Error::ScratchMemory)?;
        values.extend(typed.iter());
        Ok(values)
    }
}
