//! Running folds along one axis: `accumulate`, and through it `cumsum` and `cumprod`.

use smallvec::SmallVec;

use super::along::{self, Along};
use super::blocks::{self, Shared};
use super::lane::{BUFFER, RowRunner, finish};
use super::options::Spec;
use super::scratch::Scratch;
use super::table::Ufunc;
use crate::cast::{self, CastLoop};
use crate::dtype::DType;
use crate::error::{Error, Result};
use crate::fp_errors::{EventSum, FpEvents, Watch};
use crate::interrupt::Patience;
use crate::iter::nest::Nest;
use crate::parallel;
use crate::view::{View, ViewMut};

/// Items between two looks for Ctrl-C.
const PIECE: isize = 1 << 16;

/// An accumulation that can no longer fail on its arguments.
#[derive(Clone)]
pub struct AccumulatePlan(Along);

/// Plans an accumulation along `axis`.
pub fn plan_accumulate(
    ufunc: &'static Ufunc,
    input: &Spec,
    out: Option<&Spec>,
    dtype: Option<&DType>,
    axis: isize,
) -> Result<AccumulatePlan> {
    along::plan(ufunc, "accumulate", input, out, dtype, axis, None).map(AccumulatePlan)
}

impl AccumulatePlan {
    /// The ufunc.
    pub fn ufunc(&self) -> &'static Ufunc {
        self.0.ufunc
    }

    /// The dtype that elements are folded in.
    pub fn dtype(&self) -> &DType {
        &self.0.resolved.dtypes[0]
    }

    /// The result spec: what to allocate, or what was given as `out=`.
    pub fn output(&self) -> &Spec {
        &self.0.output
    }

    /// Computes.
    pub fn run(
        &self,
        input: &View<'_>,
        output: &mut ViewMut<'_>,
        watch: impl Into<Watch>,
    ) -> Result<FpEvents> {
        let watch = watch.into();
        self.0.run_apart(input, output, watch, &|input, output| {
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
            resolved,
            axis,
            shape,
            ..
        } = &self.0;
        let used = &resolved.dtypes[1];
        let cast = if input.is_aligned() && input.dtype() == used {
            None
        } else {
            Some(cast::cast_loop(input.dtype(), used)?)
        };
        let first = cast::cast_loop(input.dtype(), &resolved.dtypes[0])?;
        let mut runner = RowRunner::new(resolved.row, 2, resolved.dtypes.clone(), false, watch);
        runner.has_objects |= input.dtype().has_objects();
        let steps = [output.strides()[*axis], input.strides()[*axis]];
        let scan = Scan {
            runner,
            first,
            cast,
            len: shape[*axis],
            steps,
        };
        let others = self.0.other_axes();
        let outer: SmallVec<[isize; 6]> = others.iter().map(|&a| shape[a]).collect();
        let strides = [output.as_view().strides(), input.strides()];
        let nest = Nest::new(&outer, 2, |op, a| strides[op][others[a]]);
        let base = [output.ptr_mut(), input.ptr().cast_mut()];
        // Rows side by side are faster than lanes with a long step.
        let by_rows = nest.size() > 1 && nest.strides(0)[0].abs() < steps[0].abs();
        let work = nest.size() * scan.len;
        let n_blocks = if work < 2 * PIECE {
            1
        } else {
            (work / PIECE).min(nest.size()).min(256)
        };
        let sum = EventSum::default();
        let place = Shared(&base);
        blocks::share(n_blocks as usize, scan.runner.has_objects, &|i| {
            let cut = |i: isize| nest.size() * i / n_blocks;
            let (from, to) = (cut(i as isize), cut(i as isize + 1));
            // SAFETY: blocks have lanes of their own.
            let events = unsafe {
                if by_rows {
                    scan.rows(&nest, place.get(), from, to)?
                } else {
                    scan.lanes(&nest, place.get(), from, to)?
                }
            };
            sum.add(events);
            Ok(())
        })?;
        Ok(sum.get())
    }
}

/// A row as a scan over lanes of `len` items; steps of output and input.
struct Scan {
    runner: RowRunner,
    first: CastLoop,
    cast: Option<CastLoop>,
    len: isize,
    steps: [isize; 2],
}

impl Scan {
    fn scratch(&self, n: isize) -> Result<Scratch> {
        let item = self.cast.as_ref().map(|_| &self.runner.dtypes[1]);
        Scratch::new(std::iter::once(item), n.clamp(0, BUFFER) as usize)
    }

    /// One lane after the other.
    unsafe fn lanes(
        &self,
        nest: &Nest,
        base: &[*mut u8],
        from: isize,
        to: isize,
    ) -> Result<FpEvents> {
        let mut scratch = self.scratch(self.len)?;
        let mut events = FpEvents::NONE;
        let lane = [nest.strides(0)[0], nest.strides(0)[1]];
        nest.walk(base, from..to, |p, n| {
            for k in 0..n {
                let out = p[0].wrapping_offset(k * lane[0]);
                let x = p[1].wrapping_offset(k * lane[1]);
                // SAFETY: a lane of valid places.
                events |= unsafe { self.lane(out, x, &mut scratch)? };
            }
            Ok::<(), Error>(())
        })?;
        Ok(events)
    }

    unsafe fn lane(&self, out: *mut u8, x: *mut u8, scratch: &mut Scratch) -> Result<FpEvents> {
        let [so, sx] = self.steps;
        let watch = self.runner.watch.any();
        // SAFETY: promised by the caller.
        let mut events = finish(unsafe { self.first.run(x, sx, out, so, 1, watch) })?.in_cast();
        let patience = (self.len > PIECE && !parallel::is_inside()).then(Patience::new);
        let piece = if self.cast.is_some() { BUFFER } else { PIECE };
        let mut done = 1;
        while done < self.len {
            let count = (self.len - done).min(piece);
            // SAFETY: a part of the lane; the output runs one step ahead of the accumulator.
            unsafe {
                let from = x.offset(done * sx);
                let (from, step) = match &self.cast {
                    None => (from, sx),
                    Some(cast) => {
                        let room = scratch.piece(0);
                        let item = self.runner.dtypes[1].itemsize() as isize;
                        events |= finish(cast.run(from, sx, room, item, count, watch))?.in_cast();
                        (room, item)
                    }
                };
                let (acc, to) = (out.offset((done - 1) * so), out.offset(done * so));
                events |= self.runner.call(&[acc, from, to], count, &[so, step, so])?;
            }
            done += count;
            if let Some(patience) = &patience {
                patience.check()?;
            }
        }
        Ok(events)
    }

    /// One row of all lanes after the other.
    unsafe fn rows(
        &self,
        nest: &Nest,
        base: &[*mut u8],
        from: isize,
        to: isize,
    ) -> Result<FpEvents> {
        let mut scratch = self.scratch((to - from).min(nest.lane_len()))?;
        let mut events = FpEvents::NONE;
        let [so, sx] = self.steps;
        let lane = [nest.strides(0)[0], nest.strides(0)[1]];
        let watch = self.runner.watch.any();
        let patience =
            ((to - from) * self.len > PIECE && !parallel::is_inside()).then(Patience::new);
        for i in 0..self.len {
            let place = [
                base[0].wrapping_offset(i * so),
                base[1].wrapping_offset(i * sx),
            ];
            nest.walk(&place, from..to, |p, n| {
                let mut done = 0;
                while done < n {
                    let count = if self.cast.is_some() {
                        (n - done).min(BUFFER)
                    } else {
                        n - done
                    };
                    // SAFETY: a part of a row; rows of the output do not overlap each other.
                    unsafe {
                        let out = p[0].offset(done * lane[0]);
                        let x = p[1].offset(done * lane[1]);
                        if i == 0 {
                            events |=
                                finish(self.first.run(x, lane[1], out, lane[0], count, watch))?
                                    .in_cast();
                        } else {
                            let (x, step) = match &self.cast {
                                None => (x, lane[1]),
                                Some(cast) => {
                                    let room = scratch.piece(0);
                                    let item = self.runner.dtypes[1].itemsize() as isize;
                                    events |=
                                        finish(cast.run(x, lane[1], room, item, count, watch))?
                                            .in_cast();
                                    (room, item)
                                }
                            };
                            let before = out.offset(-so);
                            let strides = [lane[0], step, lane[0]];
                            events |= self.runner.call(&[before, x, out], count, &strides)?;
                        }
                    }
                    done += count;
                }
                Ok::<(), Error>(())
            })?;
            if let Some(patience) = &patience {
                patience.check()?;
            }
        }
        Ok(events)
    }
}
