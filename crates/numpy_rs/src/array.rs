//! The array of the API: a dtype known at run time, and elements that clones share until one is written to.

use numpy_rs_core::array as core_array;
use numpy_rs_core::cast::Casting;
use numpy_rs_core::copy;
use numpy_rs_core::dtype::DType;
use numpy_rs_core::error::{Error, Result};
use numpy_rs_core::layout::Order;
use numpy_rs_core::view::{View, ViewMut};

use crate::element::Element;

/// An n-dimensional array.
#[derive(Clone, Debug)]
pub struct Array(core_array::Array);

impl Array {
    /// A one-dimensional array of the slice's values.
    pub fn from_slice<T: Element>(values: &[T]) -> Result<Self> {
        Self::from_shape(&[values.len() as isize], values)
    }

    /// An array of the slice's values in C order.
    pub fn from_shape<T: Element>(shape: &[isize], values: &[T]) -> Result<Self> {
        let mut array = core_array::Array::empty(DType::new(T::NUM), shape, Order::C)?;
        if array.size() != values.len() {
            return Err(Error::Reshape {
                size: values.len() as isize,
                shape: shape.into(),
            });
        }
        let mut view = array.view_mut()?;
        // SAFETY: the fresh array is contiguous, holds as many items of the same size, and shares nothing.
        unsafe {
            view.ptr_mut()
                .cast::<T>()
                .copy_from_nonoverlapping(values.as_ptr(), values.len());
        }
        Ok(Self(array))
    }

    /// An array of one value and no axes.
    pub fn scalar<T: Element>(value: T) -> Result<Self> {
        Self::from_shape(&[], &[value])
    }

    /// The dtype of the elements.
    pub fn dtype(&self) -> &DType {
        self.0.dtype()
    }

    /// The shape in elements.
    pub fn shape(&self) -> &[isize] {
        self.0.shape()
    }

    /// The strides in bytes.
    pub fn strides(&self) -> &[isize] {
        self.0.strides()
    }

    /// The number of axes.
    pub fn ndim(&self) -> usize {
        self.0.ndim()
    }

    /// The number of elements.
    pub fn size(&self) -> usize {
        self.0.size()
    }

    /// The elements, to read.
    pub fn view(&self) -> View<'_> {
        self.0.view()
    }

    /// The elements, to write; copies them first if a clone shares them.
    pub fn view_mut(&mut self) -> Result<ViewMut<'_>> {
        if self.0.view_mut().is_err() {
            self.0 = copy::to_array(&self.0.view(), Order::K)?;
        }
        self.0.view_mut()
    }

    /// A contiguous copy converted to another dtype; fails where `casting` forbids the conversion.
    pub fn astype(&self, dtype: &DType, casting: Casting) -> Result<Self> {
        copy::cast_to(&self.view(), dtype, Order::K, casting).map(|(array, _)| Self(array))
    }

    /// A contiguous copy in C order.
    pub fn to_contiguous(&self) -> Result<Self> {
        copy::to_array(&self.view(), Order::C).map(Self)
    }

    /// The array of the layer below.
    pub fn as_core(&self) -> &core_array::Array {
        &self.0
    }
}

impl From<core_array::Array> for Array {
    fn from(array: core_array::Array) -> Self {
        Self(array)
    }
}

impl From<Array> for core_array::Array {
    fn from(array: Array) -> Self {
        array.0
    }
}
