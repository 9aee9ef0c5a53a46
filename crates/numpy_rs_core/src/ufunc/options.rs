//! What a caller asks of a ufunc: operands without data, and the keyword arguments as written.

use smallvec::SmallVec;

use crate::cast::Casting;
use crate::dims::Dims;
use crate::dtype::DType;
use crate::layout::Order;
use crate::view::View;

/// An operand without its data: a dtype and a layout.
#[derive(Clone, Debug)]
pub struct Spec {
    /// The dtype.
    pub dtype: DType,
    /// The shape in elements.
    pub shape: Dims,
    /// The strides in bytes.
    pub strides: Dims,
}

impl Spec {
    /// The spec of a view.
    #[inline]
    pub fn of(view: &View<'_>) -> Self {
        Self {
            dtype: view.dtype().clone(),
            shape: Dims::from_slice(view.shape()),
            strides: Dims::from_slice(view.strides()),
        }
    }

    /// The spec of a single element.
    pub fn scalar(dtype: DType) -> Self {
        Self {
            dtype,
            shape: Dims::new(),
            strides: Dims::new(),
        }
    }

    /// The number of axes.
    #[inline]
    pub fn ndim(&self) -> usize {
        self.shape.len()
    }
}

/// Whether an operand is a Python scalar whose type gives way to the others' (NEP 50).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Weak {
    /// An array or a NumPy scalar: its dtype counts in full.
    #[default]
    No,
    /// A Python `int`.
    Int,
    /// A Python `float`.
    Float,
    /// A Python `complex`.
    Complex,
}

/// An input of a ufunc. The dtype of a weak operand is its default (`long`, float64, complex128).
#[derive(Clone, Debug)]
pub struct Operand {
    /// Dtype and layout.
    pub spec: Spec,
    /// Whether the dtype gives way.
    pub weak: Weak,
}

impl From<Spec> for Operand {
    fn from(spec: Spec) -> Self {
        Self {
            spec,
            weak: Weak::No,
        }
    }
}

/// The keyword arguments of a ufunc call that are not operands.
#[derive(Clone, Debug, Default)]
pub struct UfuncOptions {
    /// `dtype=`: the dtype of the loop's outputs.
    pub dtype: Option<DType>,
    /// `signature=`: a dtype for any of the operands, inputs first. Empty if not given.
    pub signature: SmallVec<[Option<DType>; 4]>,
    /// `casting=`.
    pub casting: Casting,
    /// `order=`.
    pub order: Order,
}

/// The keyword arguments of a reduction that are not operands.
#[derive(Clone, Debug, Default)]
pub struct ReduceOptions {
    /// `axis=`; `None` reduces all axes.
    pub axes: Option<SmallVec<[isize; 6]>>,
    /// `dtype=`.
    pub dtype: Option<DType>,
    /// `keepdims=`.
    pub keepdims: bool,
    /// `initial=`.
    pub initial: Initial,
}

/// What a reduction starts with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Initial {
    /// The ufunc's identity, where it has one and needs it.
    #[default]
    Default,
    /// `initial=None`: the first element, even where there is an identity.
    First,
    /// A value that the caller hands to the run as a 0-d view.
    Given,
}
