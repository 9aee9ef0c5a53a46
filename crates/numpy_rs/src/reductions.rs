//! Sums, products, extrema and running sums over axes.

use numpy_rs_core::array as core_array;
use numpy_rs_core::dtype::DType;
use numpy_rs_core::error::{Error, Result};
use numpy_rs_core::fp_errors::Watch;
use numpy_rs_core::layout::{self, Order};
use numpy_rs_core::ufunc::table::Ufunc;
use numpy_rs_core::ufunc::{ReduceOptions, Spec, plan_accumulate, plan_reduce};
use smallvec::SmallVec;

use crate::array::Array;
use crate::element::Element;
use crate::ufuncs::named;

/// What a reduction goes over: `()` is everything, a number one axis, a list several; see [`Reduce::keepdims`].
#[derive(Clone, Debug, Default)]
pub struct Reduce {
    /// The axes; `None` (NumPy's `axis=None`) is all of them.
    pub axes: Option<SmallVec<[isize; 6]>>,
    /// The dtype of the accumulators; by default NumPy's choice for the function.
    pub dtype: Option<DType>,
    /// Whether reduced axes stay, with length one.
    pub keepdims: bool,
}

impl Reduce {
    /// Over these axes.
    pub fn over(axes: &[isize]) -> Self {
        Self {
            axes: Some(axes.into()),
            ..Self::default()
        }
    }

    /// Keeps reduced axes, with length one.
    pub fn keepdims(mut self) -> Self {
        self.keepdims = true;
        self
    }

    /// Accumulates in this dtype.
    pub fn dtype(mut self, dtype: DType) -> Self {
        self.dtype = Some(dtype);
        self
    }
}

impl From<()> for Reduce {
    fn from((): ()) -> Self {
        Self::default()
    }
}

impl From<isize> for Reduce {
    fn from(axis: isize) -> Self {
        Self::over(&[axis])
    }
}

impl<const N: usize> From<[isize; N]> for Reduce {
    fn from(axes: [isize; N]) -> Self {
        Self::over(&axes)
    }
}

/// Reduces by any ufunc of two operands.
pub fn reduce(ufunc: &'static Ufunc, a: &Array, over: impl Into<Reduce>) -> Result<Array> {
    let over = over.into();
    let options = ReduceOptions {
        axes: over.axes,
        dtype: over.dtype,
        keepdims: over.keepdims,
        ..ReduceOptions::default()
    };
    let view = a.view();
    let plan = plan_reduce(ufunc, &Spec::of(&view), None, None, &options)?;
    let mut result =
        core_array::Array::empty(plan.output().dtype.clone(), &plan.output().shape, Order::C)?;
    plan.run(&view, &mut result.view_mut()?, None, None, Watch::Usual)?;
    Ok(result.into())
}

/// Small integers add up in the widest type of their kind, as NumPy's `sum` and `prod` do.
fn widened(a: &Array, mut over: Reduce) -> Reduce {
    if over.dtype.is_none() {
        over.dtype = match (a.dtype().kind(), a.dtype().itemsize()) {
            (b'b' | b'i', 0..=8) => Some(DType::new(i64::NUM)),
            (b'u', 0..=8) => Some(DType::new(u64::NUM)),
            _ => None,
        };
    }
    over
}

/// The sum over axes.
pub fn sum(a: &Array, over: impl Into<Reduce>) -> Result<Array> {
    reduce(named("add"), a, widened(a, over.into()))
}

/// The product over axes.
pub fn prod(a: &Array, over: impl Into<Reduce>) -> Result<Array> {
    reduce(named("multiply"), a, widened(a, over.into()))
}

/// The least element over axes; NaN if there is one.
pub fn min(a: &Array, over: impl Into<Reduce>) -> Result<Array> {
    reduce(named("minimum"), a, over)
}

/// The greatest element over axes; NaN if there is one.
pub fn max(a: &Array, over: impl Into<Reduce>) -> Result<Array> {
    reduce(named("maximum"), a, over)
}

/// Whether every element over axes is true.
pub fn all(a: &Array, over: impl Into<Reduce>) -> Result<Array> {
    reduce(named("logical_and"), a, over)
}

/// Whether any element over axes is true.
pub fn any(a: &Array, over: impl Into<Reduce>) -> Result<Array> {
    reduce(named("logical_or"), a, over)
}

/// The arithmetic mean over axes: in float64 for integers, else in the array's own dtype.
pub fn mean(a: &Array, over: impl Into<Reduce>) -> Result<Array> {
    let mut over = over.into();
    let n: isize = match &over.axes {
        None => a.size() as isize,
        Some(axes) => axes
            .iter()
            .map(|&axis| layout::normalize_axis(axis, a.ndim()).map(|at| a.shape()[at]))
            .product::<Result<isize>>()?,
    };
    if over.dtype.is_none() && matches!(a.dtype().kind(), b'b' | b'i' | b'u') {
        over.dtype = Some(DType::new(f64::NUM));
    }
    let total = reduce(named("add"), a, over)?;
    if n == 0 {
        return Err(Error::Value {
            what: "mean of an empty slice",
        });
    }
    &total / n as f64
}

/// Running sums along one axis.
pub fn cumsum(a: &Array, axis: isize) -> Result<Array> {
    let view = a.view();
    let dtype = widened(a, Reduce::default()).dtype;
    let plan = plan_accumulate(named("add"), &Spec::of(&view), None, dtype.as_ref(), axis)?;
    let mut result =
        core_array::Array::empty(plan.output().dtype.clone(), &plan.output().shape, Order::C)?;
    plan.run(&view, &mut result.view_mut()?, Watch::Usual)?;
    Ok(result.into())
}
