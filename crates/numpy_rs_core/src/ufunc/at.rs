//! Unbuffered application at indices: `at`, where an element named twice is worked on twice.

use smallvec::SmallVec;

use super::lane::{RowRunner, finish};
use super::options::{Operand, Spec, UfuncOptions};
use super::resolve::{self, Resolved};
use super::scratch::Scratch;
use super::snapshot::snapshot;
use super::table::Ufunc;
use crate::array::Array;
use crate::cast::{self, CastLoop, Casting};
use crate::dims::Dims;
use crate::dtype::DType;
use crate::error::{Error, Result};
use crate::fp_errors::{FpEvents, Watch};
use crate::interrupt::Patience;
use crate::iter::nest::Nest;
use crate::layout;
use crate::overlap::{self, Sharing};
use crate::view::{View, ViewMut};

/// Elements between two looks for Ctrl-C.
const PIECE: isize = 1 << 16;

/// A call of `at` with its row.
#[derive(Clone)]
pub struct AtPlan {
    ufunc: &'static Ufunc,
    resolved: Resolved,
}

/// Plans `ufunc.at(target, indices, second)`.
pub fn plan_at(ufunc: &'static Ufunc, target: &Spec, second: Option<&Operand>) -> Result<AtPlan> {
    if let Some(signature) = ufunc.signature {
        return Err(Error::type_error(format!(
            "{0}.at does not support ufunc with non-trivial signature: {0} has signature {signature}.",
            ufunc.name
        )));
    }
    if ufunc.nin > 2 {
        return Err(Error::Value {
            what: "Only unary and binary ufuncs supported at this time",
        });
    }
    if ufunc.nout != 1 {
        return Err(Error::Value {
            what: "Only single output ufuncs supported at this time",
        });
    }
    match (ufunc.nin, second) {
        (1, Some(_)) => {
            return Err(Error::Value {
                what: "second operand provided when ufunc is unary",
            });
        }
        (2, None) => {
            return Err(Error::Value {
                what: "second operand needed for ufunc",
            });
        }
        _ => {}
    }
    let mut inputs: SmallVec<[Operand; 2]> = SmallVec::new();
    inputs.push(Operand::from(target.clone()));
    inputs.extend(second.cloned());
    let options = UfuncOptions {
        casting: Casting::Unsafe,
        ..UfuncOptions::default()
    };
    let resolved = resolve::resolve(ufunc, &inputs, &[Some(&target.dtype)], &options)?;
    Ok(AtPlan { ufunc, resolved })
}

/// Operands of one `at`, converted item by item where the loop needs it.
struct Applied<'a> {
    runner: &'a RowRunner,
    load: Option<CastLoop>,
    store: Option<CastLoop>,
    nin: usize,
}

impl AtPlan {
    /// The ufunc.
    pub fn ufunc(&self) -> &'static Ufunc {
        self.ufunc
    }

    /// The dtypes that the loop works in.
    pub fn dtypes(&self) -> &[DType] {
        &self.resolved.dtypes
    }

    /// Computes at every index in order. `indices` are views of `intp` for the first axes of `target`, broadcast
    /// together; axes without an index are worked on whole. `second` broadcasts to the shape of the indices followed
    /// by those axes.
    pub fn run(
        &self,
        target: &mut ViewMut<'_>,
        indices: &[View<'_>],
        second: Option<&View<'_>>,
        watch: impl Into<Watch>,
    ) -> Result<FpEvents> {
        let watch = watch.into();
        if indices.len() > target.ndim() {
            return Err(Error::Index(
                format!(
                    "too many indices for array: array is {}-dimensional, but {} were indexed",
                    target.ndim(),
                    indices.len()
                )
                .into(),
            ));
        }
        let apart = |v: &View<'_>| -> Result<Option<Array>> {
            if overlap::share_memory(v, target, Some(1)) == Sharing::No {
                Ok(None)
            } else {
                snapshot(v).map(Some)
            }
        };
        let copies = indices
            .iter()
            .map(&apart)
            .collect::<Result<SmallVec<[Option<Array>; 4]>>>()?;
        let used = second.map(|s| (s, &self.resolved.dtypes[1]));
        let second_copy = match used {
            Some((s, dtype)) if s.dtype() == dtype && s.is_aligned() => apart(s)?,
            Some((s, dtype)) => {
                let mut copy = Array::empty(dtype.clone(), s.shape(), layout::Order::C)?;
                crate::copy::assign(&mut copy.view_mut()?, s, Casting::Unsafe)?;
                Some(copy)
            }
            None => None,
        };
        let indices: SmallVec<[View<'_>; 4]> = indices
            .iter()
            .zip(&copies)
            .map(|(own, copy)| copy.as_ref().map_or_else(|| own.clone(), Array::view))
            .collect();
        let second = second.map(|own| {
            second_copy
                .as_ref()
                .map_or_else(|| own.clone(), Array::view)
        });
        // SAFETY: indices and second operand share nothing with the target now.
        unsafe { self.run_views(target, &indices, second.as_ref(), watch) }
    }

    unsafe fn run_views(
        &self,
        target: &mut ViewMut<'_>,
        indices: &[View<'_>],
        second: Option<&View<'_>>,
        watch: Watch,
    ) -> Result<FpEvents> {
        let shapes: SmallVec<[&[isize]; 4]> = indices.iter().map(View::shape).collect();
        let index_shape = layout::broadcast_shapes(&shapes).map_err(|_| {
            let all: Vec<String> = shapes
                .iter()
                .map(|s| crate::dims::ShapeText(s, ",").to_string())
                .collect();
            Error::Index(
                format!(
                    "shape mismatch: indexing arrays could not be broadcast together with shapes {} ",
                    all.join(" ")
                )
                .into(),
            )
        })?;
        let n = indices.len();
        let rest = Dims::from_slice(&target.shape()[n..]);
        let mut whole = index_shape.clone();
        whole.extend_from_slice(&rest);
        let second_strides = match second {
            None => None,
            Some(s) => Some(
                layout::broadcast_strides(s.shape(), s.strides(), &whole).map_err(|_| {
                    Error::Value {
                        what: "array is not broadcastable to correct shape",
                    }
                })?,
            ),
        };
        // Places outside are refused even where no element would be worked on.
        if index_shape.contains(&0) {
            return Ok(FpEvents::NONE);
        }
        let index_strides = indices
            .iter()
            .map(|v| layout::broadcast_strides(v.shape(), v.strides(), &index_shape))
            .collect::<Result<SmallVec<[Dims; 4]>>>()?;
        check_bounds(target, indices)?;
        if whole.contains(&0) {
            return Ok(FpEvents::NONE);
        }
        let dtypes = &self.resolved.dtypes;
        let mut runner = RowRunner::new(
            self.resolved.row,
            self.ufunc.nin,
            dtypes.clone(),
            false,
            watch,
        );
        runner.has_objects |= target.dtype().has_objects();
        let aligned = target.is_aligned();
        let convert = |i: usize, load: bool| -> Result<Option<CastLoop>> {
            if aligned && dtypes.iter().all(|d| d == target.dtype()) {
                return Ok(None);
            }
            let (from, to) = if load {
                (target.dtype(), &dtypes[i])
            } else {
                (&dtypes[i], target.dtype())
            };
            cast::cast_loop(from, to).map(Some)
        };
        let applied = Applied {
            load: convert(0, true)?,
            store: convert(self.ufunc.nin, false)?,
            runner: &runner,
            nin: self.ufunc.nin,
        };
        // The walk over the indices keeps their order: axes in C order, outermost first.
        let order: SmallVec<[u8; 8]> = (0..index_shape.len() as u8).rev().collect();
        let lead = index_shape.len();
        let n_ops = n + 1;
        let outer = Nest::in_order(&index_shape, n_ops, &order, |op, axis| {
            if op < n {
                index_strides[op][axis]
            } else {
                second_strides.as_ref().map_or(0, |s| s[axis])
            }
        });
        let rest_strides = [
            Dims::from_slice(&target.strides()[n..]),
            second_strides.as_ref().map_or_else(
                || SmallVec::from_elem(0, rest.len()),
                |s| Dims::from_slice(&s[lead..]),
            ),
        ];
        let inner = Nest::new(&rest, 2, |op, axis| rest_strides[op][axis]);
        let mut base: SmallVec<[*mut u8; 6]> = indices.iter().map(|v| v.ptr().cast_mut()).collect();
        base.push(second.map_or(std::ptr::null_mut(), |s| s.ptr().cast_mut()));
        let steps = Dims::from_slice(&target.strides()[..n]);
        let lens = Dims::from_slice(&target.shape()[..n]);
        let start = target.ptr_mut();
        let lane = Dims::from_slice(outer.strides(0));
        let whole_lane = Dims::from_slice(inner.strides(0));
        let mut scratch = applied.scratch(inner.lane_len())?;
        let mut events = FpEvents::NONE;
        let patience = Patience::new();
        let mut since = 0;
        outer.walk(&base, 0..outer.size(), |p, count| {
            for k in 0..count {
                let mut place = start;
                for i in 0..n {
                    // SAFETY: an item of an index; it was checked against the length of its axis.
                    let index =
                        unsafe { p[i].offset(k * lane[i]).cast::<isize>().read_unaligned() };
                    let index = if index < 0 { index + lens[i] } else { index };
                    place = place.wrapping_offset(index * steps[i]);
                }
                let other = p[n].wrapping_offset(k * lane[n]);
                inner.walk(&[place, other], 0..inner.size(), |q, len| {
                    // SAFETY: a lane of the target and of the second operand.
                    events |= unsafe { applied.lane(q, len, &whole_lane, &mut scratch)? };
                    Ok::<(), Error>(())
                })?;
                since += inner.size();
                if since > PIECE {
                    since = 0;
                    patience.check()?;
                }
            }
            Ok::<(), Error>(())
        })?;
        Ok(events)
    }
}

/// Every index must name an element; nothing is changed before all are known to.
fn check_bounds(target: &View<'_>, indices: &[View<'_>]) -> Result<()> {
    for (axis, v) in indices.iter().enumerate() {
        let len = target.shape()[axis];
        let nest = Nest::new(v.shape(), 1, |_, a| v.strides()[a]);
        let step = nest.strides(0)[0];
        nest.walk(&[v.ptr().cast_mut()], 0..nest.size(), |p, n| {
            for k in 0..n {
                // SAFETY: the walk stays inside the view.
                let index = unsafe { p[0].offset(k * step).cast::<isize>().read_unaligned() };
                if index < -len || index >= len {
                    return Err(Error::IndexBounds {
                        index,
                        axis: Some(axis),
                        len,
                    });
                }
            }
            Ok(())
        })?;
    }
    Ok(())
}

impl Applied<'_> {
    fn scratch(&self, n: isize) -> Result<Scratch> {
        let dtypes = &self.runner.dtypes;
        let own = self.load.as_ref().map(|_| &dtypes[0]);
        let result = self.store.as_ref().map(|_| &dtypes[self.nin]);
        Scratch::new(
            [own, result].into_iter(),
            n.min(super::lane::BUFFER) as usize,
        )
    }

    /// Works on a lane: pointers and strides of target and second operand.
    unsafe fn lane(
        &self,
        at: &[*mut u8],
        n: isize,
        strides: &[isize],
        scratch: &mut Scratch,
    ) -> Result<FpEvents> {
        let (target, other) = (at[0], at[1]);
        let (st, so) = (strides[0], strides[1]);
        let (Some(load), Some(store)) = (&self.load, &self.store) else {
            let args = [target, other, target];
            let steps = [st, so, st];
            // SAFETY: promised by the caller; the target is its own result.
            return unsafe {
                if self.nin == 1 {
                    self.runner.call(&[target, target], n, &[st, st])
                } else {
                    self.runner.call(&args, n, &steps)
                }
            };
        };
        let watch = self.runner.watch.any();
        let (x, y) = (scratch.piece(0), scratch.piece(1));
        let sx = self.runner.dtypes[0].itemsize() as isize;
        let sy = self.runner.dtypes[self.nin].itemsize() as isize;
        let mut events = FpEvents::NONE;
        let mut done = 0;
        while done < n {
            let count = (n - done).min(super::lane::BUFFER);
            // SAFETY: a part of the lane, and room for it in scratch.
            unsafe {
                let place = target.offset(done * st);
                events |= finish(load.run(place, st, x, sx, count, watch))?;
                events |= if self.nin == 1 {
                    self.runner.call(&[x, y], count, &[sx, sy])?
                } else {
                    let other = other.offset(done * so);
                    self.runner.call(&[x, other, y], count, &[sx, so, sy])?
                };
                events |= finish(store.run(y, sy, place, st, count, watch))?;
            }
            done += count;
        }
        Ok(events)
    }
}
