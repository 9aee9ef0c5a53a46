//! Running an elementwise plan on views: overlap, conversion, mask, and blocks over threads.

use smallvec::SmallVec;

use super::blocks::{self, Shared};
use super::lane::RowRunner;
use super::plan::ElementwisePlan;
use super::snapshot::{copy_items, snapshot};
use crate::array::Array;
use crate::dims::Dims;
use crate::error::{Error, Result};
use crate::fp_errors::{EventSum, FpEvents, Watch};
use crate::iter::nest::{Nest, Pointers};
use crate::overlap::{self, Sharing};
use crate::view::{View, ViewMut};

/// Elements per block of large work: a few ms of the slowest kernels.
const BLOCK: isize = 1 << 15;
/// Steps that the overlap solver may take; a copy costs about as much.
const OVERLAP_WORK: u64 = 1000;

impl ElementwisePlan {
    /// Computes. The views follow the plan's specs; inputs of weak operands may have any dtype that casts.
    /// Elements where the mask is false keep what they hold.
    pub fn run(
        &self,
        inputs: &[View<'_>],
        outputs: &mut [ViewMut<'_>],
        mask: Option<&View<'_>>,
        watch: impl Into<Watch>,
    ) -> Result<FpEvents> {
        let ufunc = self.ufunc;
        if inputs.len() != ufunc.nin || outputs.len() != ufunc.nout {
            return Err(Error::Value {
                what: "a plan was run on another number of operands than it has",
            });
        }
        if outputs.iter().any(|o| o.shape() != &self.shape[..]) {
            return Err(Error::Value {
                what: "a plan was run on outputs of another shape than its own",
            });
        }
        let mut runner = RowRunner::new(
            self.resolved.row,
            ufunc.nin,
            self.resolved.dtypes.clone(),
            mask.is_some(),
            watch.into(),
        );
        if self.shape.contains(&0) {
            return Ok(FpEvents::NONE);
        }
        if outputs
            .iter()
            .any(|o| inputs.iter().chain(mask).any(|x| clashes(x, o)))
            || (outputs.len() > 1 && outputs_clash(outputs))
        {
            return self.run_apart(runner, inputs, outputs, mask);
        }
        self.run_views(&mut runner, inputs, outputs, mask)
    }

    /// Runs with copies of the operands that the outputs would overwrite too early.
    #[cold]
    fn run_apart(
        &self,
        mut runner: RowRunner,
        inputs: &[View<'_>],
        outputs: &mut [ViewMut<'_>],
        mask: Option<&View<'_>>,
    ) -> Result<FpEvents> {
        let copy_if = |x: &View<'_>, outputs: &[ViewMut<'_>]| -> Result<Option<Array>> {
            if outputs.iter().any(|o| clashes(x, o)) {
                snapshot(x).map(Some)
            } else {
                Ok(None)
            }
        };
        let input_copies = inputs
            .iter()
            .map(|x| copy_if(x, outputs))
            .collect::<Result<SmallVec<[Option<Array>; 3]>>>()?;
        let mask_copy = match mask {
            Some(m) => copy_if(m, outputs)?,
            None => None,
        };
        let pick = |copy: &Option<Array>, own: &View<'_>| -> View<'static> {
            let v = copy.as_ref().map_or_else(|| own.clone(), Array::view);
            // SAFETY: the view is used inside this function only, where operand and copy are alive.
            unsafe { View::from_raw(v.ptr(), v.dtype().clone(), v.shape(), v.strides()) }
        };
        let inputs: SmallVec<[View<'_>; 3]> = input_copies
            .iter()
            .zip(inputs)
            .map(|(copy, own)| pick(copy, own))
            .collect();
        let mask = mask.map(|own| pick(&mask_copy, own));
        if !outputs_clash(outputs) {
            return self.run_views(&mut runner, &inputs, outputs, mask.as_ref());
        }
        // Outputs that share memory are computed apart and stored in order.
        let mut apart = outputs
            .iter()
            .map(|o| snapshot(o))
            .collect::<Result<SmallVec<[Array; 2]>>>()?;
        let mut views = apart
            .iter_mut()
            .map(Array::view_mut)
            .collect::<Result<SmallVec<[ViewMut<'_>; 2]>>>()?;
        let events = self.run_views(&mut runner, &inputs, &mut views, mask.as_ref())?;
        for (from, to) in views.iter().zip(outputs.iter_mut()) {
            // SAFETY: a snapshot has the dtype and shape of its original, and its own memory.
            unsafe { copy_items(from, to) };
        }
        Ok(events)
    }

    /// Runs on operands that do not disturb each other.
    fn run_views(
        &self,
        runner: &mut RowRunner,
        inputs: &[View<'_>],
        outputs: &mut [ViewMut<'_>],
        mask: Option<&View<'_>>,
    ) -> Result<FpEvents> {
        let mut base = Pointers::new();
        for (i, x) in inputs.iter().enumerate() {
            runner.convert(i, x.dtype(), x.is_aligned())?;
            base.push(x.ptr().cast_mut());
        }
        for (i, o) in outputs.iter_mut().enumerate() {
            runner.convert(inputs.len() + i, o.dtype(), o.is_aligned())?;
            base.push(o.ptr_mut());
        }
        base.extend(mask.map(|m| m.ptr().cast_mut()));
        let outputs = &*outputs;
        let operands = || {
            let outputs = outputs.iter().map(ViewMut::as_view);
            inputs.iter().chain(outputs).chain(mask)
        };
        let nest = if let Some(nest) = simple_lane(&self.shape, operands()) {
            runner.set_simple(nest.size());
            nest
        } else {
            let mut strides: SmallVec<[Dims; 4]> = SmallVec::new();
            for v in operands() {
                strides.push(crate::layout::broadcast_strides(
                    v.shape(),
                    v.strides(),
                    &self.shape,
                )?);
            }
            let nest = Nest::new(&self.shape, base.len(), |op, axis| strides[op][axis]);
            if runner.has_objects {
                nest
            } else {
                nest.with_longer_lanes()
            }
        };
        // SAFETY: the nest walks the views' own elements, which are valid as long as the views are.
        unsafe { run_blocks(runner, &nest, &base) }
    }
}

/// Whether writing `output` would disturb reading `input` before its turn.
#[inline]
fn clashes(input: &View<'_>, output: &ViewMut<'_>) -> bool {
    let output = output.as_view();
    overlap::bounds_meet(input, output)
        && !overlap::is_same_walk(input, output)
        && overlap::share_memory(input, output, Some(OVERLAP_WORK)) != Sharing::No
}

/// Whether any two outputs share memory.
fn outputs_clash(outputs: &[ViewMut<'_>]) -> bool {
    outputs.iter().enumerate().any(|(i, a)| {
        outputs[..i]
            .iter()
            .any(|b| overlap::share_memory(a, b, Some(OVERLAP_WORK)) != Sharing::No)
    })
}

/// The one lane of operands without any axis to order: zero or one axis, or all of one shape in C order.
#[inline]
fn simple_lane<'a, 'b: 'a>(
    shape: &[isize],
    operands: impl Iterator<Item = &'a View<'b>> + Clone,
) -> Option<Nest> {
    let mut strides: SmallVec<[isize; 6]> = SmallVec::new();
    let n: isize = shape.iter().product();
    for v in operands {
        strides.push(match (v.shape(), v.strides()) {
            (own, _) if own.iter().product::<isize>() == 1 => 0,
            (own, s) if own.len() == 1 && shape.len() == 1 => s[0],
            (own, _) if own == shape && v.is_c_contiguous() => v.dtype().itemsize() as isize,
            _ => return None,
        });
    }
    Some(Nest::lane(n, &strides))
}

/// Runs a whole nest, in blocks if it is large, on several threads if it pays.
///
/// # Safety
///
/// As for [`RowRunner::run_range`].
pub(super) unsafe fn run_blocks(
    runner: &RowRunner,
    nest: &Nest,
    base: &[*mut u8],
) -> Result<FpEvents> {
    let size = nest.size();
    if size <= BLOCK && nest.ndim() == 1 && runner.is_plain() {
        // SAFETY: promised by the caller.
        return unsafe { runner.call(base, size, nest.strides(0)) };
    }
    if size <= BLOCK {
        // SAFETY: promised by the caller.
        return unsafe { runner.run_range(nest, base, 0, size) };
    }
    let n_blocks = (size / BLOCK + isize::from(size % BLOCK != 0)) as usize;
    let sum = EventSum::default();
    let place = Shared(base);
    blocks::share(n_blocks, runner.has_objects, &|i| {
        let start = i as isize * BLOCK;
        // SAFETY: as above; blocks are disjoint parts of the walk.
        let events =
            unsafe { runner.run_range(nest, place.get(), start, (start + BLOCK).min(size))? };
        sum.add(events);
        Ok(())
    })?;
    Ok(sum.get())
}
