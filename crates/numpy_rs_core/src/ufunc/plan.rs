//! The plan of an elementwise call: row, shape and result specs, made from specs alone.

use smallvec::SmallVec;

use super::options::{Operand, Spec, UfuncOptions};
use super::resolve::{self, DTypes, Resolved};
use super::table::Ufunc;
use crate::dims::{Dims, ShapeText};
use crate::dtype::DType;
use crate::error::{Error, Result};
use crate::iter::order;
use crate::layout::{self, Order};

/// A call of an elementwise ufunc that can no longer fail on its arguments.
#[derive(Clone)]
pub struct ElementwisePlan {
    pub(super) ufunc: &'static Ufunc,
    pub(super) resolved: Resolved,
    pub(super) shape: Dims,
    outputs: SmallVec<[Spec; 2]>,
}

/// Plans a call: finds the row, broadcasts, and lays out the results that the caller does not give.
pub fn plan_elementwise(
    ufunc: &'static Ufunc,
    inputs: &[Operand],
    outs: &[Option<Spec>],
    mask: Option<&Spec>,
    options: &UfuncOptions,
) -> Result<ElementwisePlan> {
    debug_assert_eq!(inputs.len(), ufunc.nin);
    let out_dtypes: SmallVec<[Option<&DType>; 2]> =
        outs.iter().map(|o| o.as_ref().map(|s| &s.dtype)).collect();
    let resolved = resolve::resolve(ufunc, inputs, &out_dtypes, options)?;
    let shape = common_shape(inputs, outs, mask)?;
    for out in outs.iter().flatten() {
        if out.shape != shape {
            return Err(Error::value(format!(
                "non-broadcastable output operand with shape {} doesn't match the broadcast shape {}",
                ShapeText(&out.shape, ","),
                ShapeText(&shape, ",")
            )));
        }
    }
    let mut outputs: SmallVec<[Spec; 2]> = SmallVec::new();
    for i in 0..ufunc.nout {
        let spec = if let Some(given) = outs.get(i).and_then(Option::as_ref) {
            given.clone()
        } else {
            let dtype = resolved.dtypes[ufunc.nin + i].clone();
            layout::checked_nbytes(&shape, dtype.itemsize())?;
            let strides =
                result_strides(&shape, dtype.itemsize(), inputs, outs, mask, options.order);
            Spec {
                dtype,
                shape: shape.clone(),
                strides,
            }
        };
        outputs.push(spec);
    }
    Ok(ElementwisePlan {
        ufunc,
        resolved,
        shape,
        outputs,
    })
}

impl ElementwisePlan {
    /// The ufunc.
    pub fn ufunc(&self) -> &'static Ufunc {
        self.ufunc
    }

    /// The result specs: what to allocate, or what was given as `out=`.
    #[inline]
    pub fn outputs(&self) -> &[Spec] {
        &self.outputs
    }

    /// The broadcast shape.
    #[inline]
    pub fn shape(&self) -> &[isize] {
        &self.shape
    }

    /// The dtypes that the loop works in, inputs first. Weak operands are best made in theirs.
    #[inline]
    pub fn dtypes(&self) -> &DTypes {
        &self.resolved.dtypes
    }
}

/// The shape that inputs, given outputs and the mask broadcast to.
fn common_shape(inputs: &[Operand], outs: &[Option<Spec>], mask: Option<&Spec>) -> Result<Dims> {
    let specs = || {
        let inputs = inputs.iter().map(|x| &x.spec);
        inputs.chain(outs.iter().flatten()).chain(mask)
    };
    let mut all = specs();
    let Some(first) = all.next() else {
        return Ok(Dims::new());
    };
    let mut shape = first.shape.clone();
    for spec in all {
        if spec.shape == shape || spec.shape.is_empty() {
            continue;
        }
        let shapes: SmallVec<[&[isize]; 6]> = specs().map(|s| &s.shape[..]).collect();
        shape = layout::broadcast_shapes(&shapes)?;
        break;
    }
    Ok(shape)
}

/// Strides of a new result.
fn result_strides(
    shape: &[isize],
    itemsize: usize,
    inputs: &[Operand],
    outs: &[Option<Spec>],
    mask: Option<&Spec>,
    wanted: Order,
) -> Dims {
    let specs = || {
        let inputs = inputs.iter().map(|x| &x.spec);
        inputs.chain(outs.iter().flatten()).chain(mask)
    };
    match wanted {
        _ if shape.len() <= 1 => layout::c_strides(shape, itemsize),
        Order::C => layout::c_strides(shape, itemsize),
        Order::F => layout::f_strides(shape, itemsize),
        Order::A => {
            let all_f =
                specs().all(|s| layout::is_f_contiguous(&s.shape, &s.strides, s.dtype.itemsize()));
            if all_f {
                layout::f_strides(shape, itemsize)
            } else {
                layout::c_strides(shape, itemsize)
            }
        }
        Order::K => {
            let operands: SmallVec<[&Spec; 6]> = specs().collect();
            let order = order::by_strides(shape.len(), operands.len(), |op, axis| {
                let spec = operands[op];
                let lead = shape.len() - spec.ndim();
                match axis.checked_sub(lead) {
                    Some(own) if spec.shape[own] != 1 => spec.strides[own],
                    _ => 0,
                }
            });
            order::packed_strides(&order, shape, itemsize)
        }
    }
}
