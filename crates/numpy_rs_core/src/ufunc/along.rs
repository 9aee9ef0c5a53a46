//! What `accumulate` and `reduceat` share: one axis, a row whose accumulator is of one type, scratch results.

use smallvec::SmallVec;

use super::options::Spec;
use super::reduce::{convert_into, require_binary};
use super::resolve::{self, Resolved};
use super::table::Ufunc;
use crate::array::Array;
use crate::dims::Dims;
use crate::dtype::DType;
use crate::error::{Error, Result};
use crate::fp_errors::{FpEvents, Watch};
use crate::iter::order;
use crate::layout::{self, Order};
use crate::overlap::{self, Sharing};
use crate::view::{View, ViewMut};

/// A method along one axis, resolved.
#[derive(Clone)]
pub(super) struct Along {
    pub(super) ufunc: &'static Ufunc,
    pub(super) resolved: Resolved,
    pub(super) axis: usize,
    pub(super) shape: Dims,
    pub(super) output: Spec,
}

/// Resolves `method` of a ufunc along one axis; `len` is the length of that axis in the result.
pub(super) fn plan(
    ufunc: &'static Ufunc,
    method: &'static str,
    input: &Spec,
    out: Option<&Spec>,
    dtype: Option<&DType>,
    axis: isize,
    len: Option<isize>,
) -> Result<Along> {
    require_binary(ufunc, method)?;
    if input.ndim() == 0 {
        return Err(Error::type_error(format!("cannot {method} on a scalar")));
    }
    let axis = layout::normalize_axis(axis, input.ndim())?;
    let resolved = resolve::resolve_reduction(ufunc, &input.dtype, out.map(|o| &o.dtype), dtype)?;
    let mut shape = input.shape.clone();
    if let Some(len) = len {
        shape[axis] = len;
    }
    let output = match out {
        Some(given) if given.shape == shape => given.clone(),
        Some(_) => {
            return Err(Error::value(format!(
                "provided out is the wrong size for the {}.",
                if len.is_none() {
                    "accumulation"
                } else {
                    "reduction"
                }
            )));
        }
        None => {
            let item = resolved.dtypes[2].itemsize();
            layout::checked_nbytes(&shape, item)?;
            let order = order::by_strides(shape.len(), 1, |_, a| {
                if input.shape[a] == 1 {
                    0
                } else {
                    input.strides[a]
                }
            });
            Spec {
                dtype: resolved.dtypes[2].clone(),
                strides: order::packed_strides(&order, &shape, item),
                shape,
            }
        }
    };
    Ok(Along {
        ufunc,
        resolved,
        axis,
        shape: input.shape.clone(),
        output,
    })
}

impl Along {
    /// Runs `work` on an output of the accumulator's dtype that shares no memory with the input, then converts.
    pub(super) fn run_apart(
        &self,
        input: &View<'_>,
        output: &mut ViewMut<'_>,
        watch: Watch,
        work: &dyn Fn(&View<'_>, &mut ViewMut<'_>) -> Result<FpEvents>,
    ) -> Result<FpEvents> {
        if input.shape() != &self.shape[..] || output.shape() != &self.output.shape[..] {
            return Err(Error::Value {
                what: "a plan was run on operands of another shape than its own",
            });
        }
        if output.shape().contains(&0) {
            return Ok(FpEvents::NONE);
        }
        let dtype = &self.resolved.dtypes[2];
        let direct = output.dtype() == dtype
            && output.is_aligned()
            && !overlap::may_overlap_itself(output.shape(), output.strides(), dtype.itemsize())
            && overlap::share_memory(input, output, Some(1000)) == Sharing::No;
        if direct {
            return work(input, output);
        }
        let mut result = Array::empty(dtype.clone(), output.shape(), Order::C)?;
        let mut events = {
            let mut view = result.view_mut()?;
            work(input, &mut view)?
        };
        // SAFETY: a fresh array shares nothing.
        events |= unsafe { convert_into(&result.view(), output, watch)? };
        Ok(events)
    }

    /// The axes other than the one at work.
    pub(super) fn other_axes(&self) -> SmallVec<[usize; 8]> {
        (0..self.shape.len()).filter(|&a| a != self.axis).collect()
    }
}
