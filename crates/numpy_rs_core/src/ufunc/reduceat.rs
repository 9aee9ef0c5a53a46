//! Folds of slices of one axis: `reduceat`.

use smallvec::SmallVec;

use super::along::{self, Along};
use super::blocks::{self, Shared};
use super::fold::Folder;
use super::lane::{RowRunner, finish};
use super::options::Spec;
use super::table::Ufunc;
use crate::array::Array;
use crate::buffer::Buffer;
use crate::cast::{self, Casting};
use crate::copy;
use crate::dtype::DType;
use crate::error::{Error, Result};
use crate::fp_errors::{EventSum, FpEvents, Watch};
use crate::iter::nest::Nest;
use crate::layout::{self, Order};
use crate::view::{View, ViewMut};

/// A `reduceat` that can no longer fail on its arguments.
pub struct ReduceatPlan {
    along: Along,
    /// Start and end of every slice, as pairs of `isize`.
    slices: Buffer,
    n_slices: isize,
}

/// Plans a `reduceat` along `axis`. The indices are a one-dimensional view of `intp`.
pub fn plan_reduceat(
    ufunc: &'static Ufunc,
    input: &Spec,
    indices: &View<'_>,
    out: Option<&Spec>,
    dtype: Option<&DType>,
    axis: isize,
) -> Result<ReduceatPlan> {
    if indices.ndim() != 1 || indices.dtype().itemsize() != size_of::<isize>() {
        return Err(Error::Value {
            what: "reduceat needs a one-dimensional array of intp as indices",
        });
    }
    let n_slices = indices.shape()[0];
    // The words for arrays without axes and functions that cannot fold are those of the plan.
    let len = match layout::normalize_axis(axis, input.ndim()) {
        Ok(axis) => input.shape[axis],
        Err(_) => {
            along::plan(ufunc, "reduceat", input, out, dtype, axis, Some(n_slices))?;
            0
        }
    };
    let at = |i: isize| {
        let place = indices.ptr().wrapping_offset(i * indices.strides()[0]);
        // SAFETY: `i` is below the length of the view, whose items are of this size.
        unsafe { place.cast::<isize>().read_unaligned() }
    };
    let slices = Buffer::uninit(n_slices as usize * size_of::<[isize; 2]>())?;
    for i in 0..n_slices {
        let start = at(i);
        if start < 0 || start >= len {
            return Err(Error::Index(
                format!(
                    "index {start} out-of-bounds in {}.reduceat [0, {len})",
                    ufunc.name
                )
                .into(),
            ));
        }
        let end = if i + 1 < n_slices { at(i + 1) } else { len };
        // SAFETY: the buffer has room for `n_slices` pairs, and `malloc` aligns it for them.
        unsafe {
            let pair = [start, end.max(start + 1)];
            slices.as_ptr().cast::<[isize; 2]>().offset(i).write(pair);
        }
    }
    let along = along::plan(ufunc, "reduceat", input, out, dtype, axis, Some(n_slices))?;
    Ok(ReduceatPlan {
        along,
        slices,
        n_slices,
    })
}

impl ReduceatPlan {
    /// The ufunc.
    pub fn ufunc(&self) -> &'static Ufunc {
        self.along.ufunc
    }

    /// The dtype that elements are folded in.
    pub fn dtype(&self) -> &DType {
        &self.along.resolved.dtypes[0]
    }

    /// The result spec: what to allocate, or what was given as `out=`.
    pub fn output(&self) -> &Spec {
        &self.along.output
    }

    /// Computes.
    pub fn run(
        &self,
        input: &View<'_>,
        output: &mut ViewMut<'_>,
        watch: impl Into<Watch>,
    ) -> Result<FpEvents> {
        let watch = watch.into();
        self.along
            .run_apart(input, output, watch, &|input, output| {
                // SAFETY: `run_apart` hands over an output of the right dtype that shares nothing with the input.
                unsafe { self.run_into(input, output, watch) }
            })
    }

    unsafe fn run_into(
        &self,
        input: &View<'_>,
        output: &mut ViewMut<'_>,
        watch: Watch,
    ) -> Result<FpEvents> {
        let Along {
            ufunc,
            resolved,
            axis,
            shape,
            ..
        } = &self.along;
        let used = &resolved.dtypes[1];
        // Slices are summed whole, not in blocks: the operand is converted first.
        let mut converted = None;
        let mut events = FpEvents::NONE;
        if !input.is_aligned() || input.dtype() != used {
            let mut copy = Array::empty(used.clone(), input.shape(), Order::C)?;
            events |= copy::assign(&mut copy.view_mut()?, input, Casting::Unsafe)?.in_cast();
            converted = Some(copy);
        }
        let converted = converted.as_ref().map(Array::view);
        let input = converted.as_ref().unwrap_or(input);
        let first = cast::cast_loop(input.dtype(), &resolved.dtypes[0])?;
        let mut runner = RowRunner::new(resolved.row, 2, resolved.dtypes.clone(), false, watch);
        runner.has_objects |= input.dtype().has_objects();
        let folder = Folder::new(ufunc, runner, None, false);
        let [so, sx] = [output.strides()[*axis], input.strides()[*axis]];
        let others = self.along.other_axes();
        let outer: SmallVec<[isize; 6]> = others.iter().map(|&a| shape[a]).collect();
        let strides = [output.as_view().strides(), input.strides()];
        let nest = Nest::new(&outer, 2, |op, a| strides[op][others[a]]);
        let lane = [nest.strides(0)[0], nest.strides(0)[1]];
        let base = [output.ptr_mut(), input.ptr().cast_mut()];
        let work = nest.size() * shape[*axis].max(self.n_slices);
        let n_blocks = (work >> 16).clamp(1, nest.size()).min(256);
        let sum = EventSum::default();
        let place = Shared(&base);
        blocks::share(n_blocks as usize, folder.has_objects(), &|b| {
            let cut = |b: isize| nest.size() * b / n_blocks;
            let (from, to) = (cut(b as isize), cut(b as isize + 1));
            let mut scratch = folder.scratch(shape[*axis])?;
            let mut events = FpEvents::NONE;
            nest.walk(place.get(), from..to, |p, n| {
                for k in 0..n {
                    let out = p[0].wrapping_offset(k * lane[0]);
                    let x = p[1].wrapping_offset(k * lane[1]);
                    for i in 0..self.n_slices {
                        // SAFETY: slices lie inside the lane, one output each; the pairs were written by the plan.
                        unsafe {
                            let [start, end] = *self.slices.as_ptr().cast::<[isize; 2]>().offset(i);
                            let (to, item) = (out.offset(i * so), x.offset(start * sx));
                            events |=
                                finish(first.run(item, sx, to, so, 1, watch.any()))?.in_cast();
                            if end > start + 1 {
                                let rest = [to, item.offset(sx)];
                                events |=
                                    folder.lane(&rest, end - start - 1, &[0, sx], &mut scratch)?;
                            }
                        }
                    }
                }
                Ok::<(), Error>(())
            })?;
            sum.add(events);
            Ok(())
        })?;
        Ok(events | sum.get())
    }
}
