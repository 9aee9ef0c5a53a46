//! One lane of elements through a row: conversions in blocks, runs of a mask, and the loop itself.

use smallvec::SmallVec;

use super::resolve::DTypes;
use super::scratch::Scratch;
use super::table::Row;
use crate::cast::{self, CastLoop};
use crate::dtype::DType;
use crate::error::{Error, Result};
use crate::fp_errors::{FpEvents, Watch};
use crate::iter::nest::{Nest, Pointers};
use crate::object;
use crate::parallel;
use numpy_rs_kernels::abi::{Crew, LoopContext, LoopError, LoopStatus};

/// Elements per block of converted operands: NumPy's buffer size, which its float sums depend on.
pub(super) const BUFFER: isize = 8192;
/// Lanes shorter than this are gathered into blocks when operands are converted anyway.
const SHORT: isize = 64;

/// A row with all that stays the same during a call.
pub(super) struct RowRunner {
    pub(super) row: &'static Row,
    pub(super) nin: usize,
    pub(super) dtypes: DTypes,
    itemsizes: SmallVec<[usize; 4]>,
    /// How operands become what the loop reads, and results what the outputs hold; empty if no operand needs it.
    casts: SmallVec<[Option<CastLoop>; 4]>,
    /// How outputs would become what the loop writes: under a mask NumPy reads converted outputs first, all of them,
    /// and the events of these conversions count.
    reads: SmallVec<[(usize, CastLoop); 1]>,
    masked: bool,
    /// Whether events of conversions of inputs count as those of casts, as they do where NumPy converts whole arrays
    /// before the call; elsewhere they count as those of the call.
    casts_apart: bool,
    pub(super) watch: Watch,
    pub(super) has_objects: bool,
}

/// The result of a status, or its error.
#[inline]
pub(super) fn finish(status: LoopStatus) -> Result<FpEvents> {
    match status.error {
        None => Ok(status.events),
        Some(error) => Err(loop_error(error)),
    }
}

#[cold]
fn loop_error(error: LoopError) -> Error {
    match error {
        LoopError::Object => Error::Object,
        LoopError::NegativeIntegerPower => Error::NegativeIntegerPower,
        LoopError::OutOfRange => cast::convert::take_error(error),
        LoopError::Memory => Error::ScratchMemory,
        LoopError::Interrupted => Error::Interrupted,
    }
}

/// The pool, as loops see it.
struct PoolCrew;

impl Crew for PoolCrew {
    fn threads(&self) -> usize {
        if parallel::is_inside() {
            1
        } else {
            parallel::num_threads()
        }
    }

    fn run(
        &self,
        threads: usize,
        n_blocks: usize,
        block: &(dyn Fn(usize) -> std::result::Result<(), LoopError> + Sync),
    ) -> std::result::Result<(), LoopError> {
        parallel::for_each_block_on(threads, n_blocks, &|i| block(i).map_err(loop_error)).map_err(
            |error| match error {
                Error::ScratchMemory => LoopError::Memory,
                _ => LoopError::Interrupted,
            },
        )
    }
}

impl RowRunner {
    /// A runner for a row whose first `nin` operands are inputs.
    pub(super) fn new(
        row: &'static Row,
        nin: usize,
        dtypes: DTypes,
        masked: bool,
        watch: Watch,
    ) -> Self {
        let itemsizes = dtypes.iter().map(DType::itemsize).collect();
        let has_objects = dtypes.iter().any(DType::has_objects);
        Self {
            row,
            nin,
            dtypes,
            itemsizes,
            casts: SmallVec::new(),
            reads: SmallVec::new(),
            masked,
            casts_apart: false,
            watch,
            has_objects,
        }
    }

    /// Converts operand `i` from (an input) or to (an output) `own`, if it is not what the loop takes.
    pub(super) fn convert(&mut self, i: usize, own: &DType, aligned: bool) -> Result<()> {
        let used = &self.dtypes[i];
        if aligned && (own == used || (!own.has_objects() && own.is_equivalent(used))) {
            return Ok(());
        }
        let cast = if i < self.nin {
            cast::cast_loop(own, used)?
        } else {
            if self.masked && self.watch.any() && !self.has_objects && !own.has_objects() {
                self.reads.push((i, cast::cast_loop(own, used)?));
            }
            cast::cast_loop(used, own)?
        };
        if self.casts.is_empty() {
            self.casts.resize(self.dtypes.len(), None);
        }
        self.has_objects |= own.has_objects();
        self.casts[i] = Some(cast);
        Ok(())
    }

    /// Says that a call on so many elements is one lane, after all operands were looked at.
    pub(super) fn set_simple(&mut self, size: isize) {
        let outputs = self.casts.get(self.nin..).unwrap_or_default();
        self.casts_apart = size <= BUFFER && !self.masked && outputs.iter().all(Option::is_none);
    }

    /// Whether no operand is converted.
    #[inline]
    pub(super) fn is_direct(&self) -> bool {
        self.casts.is_empty()
    }

    /// Whether the loop may run on lanes as they are, without scratch and mask.
    #[inline]
    pub(super) fn is_plain(&self) -> bool {
        self.casts.is_empty() && !self.masked
    }

    /// Runs the loop itself.
    ///
    /// # Safety
    ///
    /// As for [`numpy_rs_kernels::abi::LoopFn`].
    #[inline]
    pub(super) unsafe fn call(
        &self,
        args: &[*mut u8],
        n: isize,
        strides: &[isize],
    ) -> Result<FpEvents> {
        // SAFETY: promised by the caller.
        unsafe { self.call_dims(args, &[n], strides) }
    }

    /// As [`RowRunner::call`], with core dimensions.
    ///
    /// # Safety
    ///
    /// As for [`numpy_rs_kernels::abi::LoopFn`].
    #[inline]
    pub(super) unsafe fn call_dims(
        &self,
        args: &[*mut u8],
        dims: &[isize],
        strides: &[isize],
    ) -> Result<FpEvents> {
        let context = self.context();
        // SAFETY: promised by the caller.
        finish(unsafe { (self.row.run)(&context, args, dims, strides) })
    }

    /// As [`RowRunner::call_dims`], for one large element that the loop spreads over the pool itself.
    ///
    /// # Safety
    ///
    /// As for [`numpy_rs_kernels::abi::LoopFn`].
    pub(super) unsafe fn call_spread(
        &self,
        args: &[*mut u8],
        dims: &[isize],
        strides: &[isize],
    ) -> Result<FpEvents> {
        let context = LoopContext {
            crew: Some(&PoolCrew),
            ..self.context()
        };
        // SAFETY: promised by the caller.
        finish(unsafe { (self.row.run)(&context, args, dims, strides) })
    }

    /// What the loop may know of this call.
    #[inline]
    pub(super) fn context(&self) -> LoopContext<'_> {
        LoopContext {
            itemsizes: &self.itemsizes,
            watch: self.watch.any(),
            watch_underflow: self.watch.underflow(),
            objects: if self.has_objects {
                object::ops()
            } else {
                None
            },
            aux: self.row.aux,
            crew: None,
        }
    }

    /// Scratch for at most `n` elements of every converted operand.
    pub(super) fn scratch(&self, n: isize) -> Result<Scratch> {
        let n = n.clamp(0, BUFFER) as usize;
        let casts = &self.casts;
        Scratch::new(
            self.dtypes
                .iter()
                .enumerate()
                .map(|(i, d)| casts.get(i)?.as_ref().map(|_| d)),
            n,
        )
    }

    /// Runs the elements `start..end` of a nest, counted in walking order.
    ///
    /// # Safety
    ///
    /// The nest's operands are those of the row, then the mask if there is one; all places it reaches are valid.
    pub(super) unsafe fn run_range(
        &self,
        nest: &Nest,
        base: &[*mut u8],
        start: isize,
        end: isize,
    ) -> Result<FpEvents> {
        let mut events = FpEvents::NONE;
        let strides = nest.strides(0);
        if self.is_plain() {
            nest.walk(base, start..end, |p, n| {
                // SAFETY: a piece of a lane of valid places.
                events |= unsafe { self.call(p, n, strides)? };
                Ok(())
            })?;
        } else if !self.is_direct()
            && nest.ndim() > 1
            && nest.lane_len() < SHORT
            && !self.has_objects
        {
            // SAFETY: as promised by the caller.
            events = unsafe { self.run_gathered(nest, base, start, end)? };
        } else {
            let mut scratch = self.scratch((end - start).min(nest.lane_len()))?;
            nest.walk(base, start..end, |p, n| {
                // SAFETY: a piece of a lane of valid places.
                events |= unsafe { self.lane(p, n, strides, &mut scratch)? };
                Ok(())
            })?;
        }
        Ok(events)
    }

    /// Runs a lane, mask and conversions included. Moves the pointers.
    ///
    /// # Safety
    ///
    /// All places are valid; the scratch is [`RowRunner::scratch`] of at least `min(n, BUFFER)` elements.
    pub(super) unsafe fn lane(
        &self,
        at: &mut [*mut u8],
        n: isize,
        strides: &[isize],
        scratch: &mut Scratch,
    ) -> Result<FpEvents> {
        let n_ops = self.dtypes.len();
        if !self.masked {
            // SAFETY: promised by the caller.
            return unsafe { self.convert_and_run(at, n, strides, scratch) };
        }
        // SAFETY: promised by the caller.
        let mut events = unsafe { self.read_outputs(at, n, strides, scratch)? };
        let (mask, step) = (at[n_ops], strides[n_ops]);
        let mut k = 0;
        while k < n {
            // SAFETY: the mask has `n` places.
            let (from, to) = unsafe { run_of_true(mask, step, k, n) };
            if from < to {
                let mut p: Pointers = (0..n_ops)
                    .map(|i| at[i].wrapping_offset(from * strides[i]))
                    .collect();
                // SAFETY: a part of the lane.
                events |=
                    unsafe { self.convert_and_run(&mut p, to - from, &strides[..n_ops], scratch)? };
            }
            k = to;
        }
        Ok(events)
    }

    /// The events of reading converted outputs under a mask; what is read is not used.
    ///
    /// # Safety
    ///
    /// As for [`RowRunner::lane`].
    unsafe fn read_outputs(
        &self,
        at: &[*mut u8],
        n: isize,
        strides: &[isize],
        scratch: &mut Scratch,
    ) -> Result<FpEvents> {
        let mut events = FpEvents::NONE;
        for (i, cast) in &self.reads {
            let (to, size) = (scratch.piece(*i), self.itemsizes[*i] as isize);
            let mut done = 0;
            while done < n {
                let count = (n - done).min(BUFFER);
                let place = at[*i].wrapping_offset(done * strides[*i]);
                // SAFETY: `count` places of the operand, and room for as many in scratch.
                let status = unsafe { cast.run(place, strides[*i], to, size, count, true) };
                events |= finish(status)?;
                done += count;
            }
        }
        Ok(events)
    }

    /// Runs a lane without a mask in blocks: inputs into scratch, the loop, scratch into outputs.
    unsafe fn convert_and_run(
        &self,
        at: &mut [*mut u8],
        n: isize,
        strides: &[isize],
        scratch: &mut Scratch,
    ) -> Result<FpEvents> {
        let n_ops = self.dtypes.len();
        if self.is_direct() {
            // SAFETY: promised by the caller of `lane`.
            return unsafe { self.call(&at[..n_ops], n, &strides[..n_ops]) };
        }
        let mut events = FpEvents::NONE;
        let mut args = Pointers::from_slice(&at[..n_ops]);
        let mut steps: SmallVec<[isize; 6]> = SmallVec::from_slice(&strides[..n_ops]);
        for (i, cast) in self.casts.iter().enumerate() {
            if cast.is_some() {
                args[i] = scratch.piece(i);
                steps[i] = self.itemsizes[i] as isize;
            }
        }
        let mut done = 0;
        while done < n {
            let count = (n - done).min(BUFFER);
            for (i, cast) in self.casts.iter().enumerate() {
                let place = at[i].wrapping_offset(done * strides[i]);
                match cast {
                    None => args[i] = place,
                    Some(cast) if i < self.nin => {
                        let watch = self.watch.any();
                        // SAFETY: `count` places of the operand, and room for as many in scratch.
                        let status =
                            unsafe { cast.run(place, strides[i], args[i], steps[i], count, watch) };
                        let found = finish(status)?;
                        events |= if self.casts_apart {
                            found.in_cast()
                        } else {
                            found
                        };
                    }
                    Some(_) => {}
                }
            }
            // SAFETY: operands are as the row wants them now.
            events |= unsafe { self.call(&args, count, &steps)? };
            for (i, cast) in self.casts.iter().enumerate().skip(self.nin) {
                if let Some(cast) = cast {
                    let place = at[i].wrapping_offset(done * strides[i]);
                    let watch = self.watch.any();
                    // SAFETY: as above, in the other direction.
                    let status =
                        unsafe { cast.run(args[i], steps[i], place, strides[i], count, watch) };
                    events |= finish(status)?;
                }
            }
            done += count;
        }
        Ok(events)
    }

    /// Runs short lanes together: all operands of a block through scratch, so that the loop sees long lanes.
    unsafe fn run_gathered(
        &self,
        nest: &Nest,
        base: &[*mut u8],
        start: isize,
        end: isize,
    ) -> Result<FpEvents> {
        let n_ops = self.dtypes.len();
        let strides = nest.strides(0);
        let watch = self.watch.any();
        let mut events = FpEvents::NONE;
        let bool_dtype = DType::new(crate::dtype::TypeNum::Bool);
        let room = (end - start).min(BUFFER);
        let all = self.dtypes.iter().map(Some);
        let mut scratch = Scratch::new(
            all.chain(self.masked.then_some(Some(&bool_dtype))),
            room as usize,
        )?;
        let n_pieces = n_ops + usize::from(self.masked);
        let args: Pointers = (0..n_pieces).map(|i| scratch.piece(i)).collect();
        let mut steps: SmallVec<[isize; 6]> = self.itemsizes.iter().map(|&s| s as isize).collect();
        steps.push(1);
        let mut done = start;
        while done < end {
            let count = (end - done).min(BUFFER);
            // Outputs are gathered too where a mask leaves some of them alone.
            let n_read = if self.masked { n_pieces } else { self.nin };
            let mut filled = 0;
            nest.walk(base, done..done + count, |p, n| {
                for i in 0..n_read {
                    let to = args[i].wrapping_offset(filled * steps[i]);
                    // SAFETY: `n` places of the operand, and room for `count` in scratch.
                    unsafe {
                        if i >= self.nin && i < n_ops && self.casts[i].is_some() {
                            if let Some((_, cast)) = self.reads.iter().find(|r| r.0 == i) {
                                let status = cast.run(p[i], strides[i], to, steps[i], n, watch);
                                events |= finish(status)?;
                            }
                            continue;
                        }
                        if let Some(cast) = self.casts.get(i).and_then(Option::as_ref) {
                            let status = cast.run(p[i], strides[i], to, steps[i], n, watch);
                            events |= finish(status)?;
                        } else {
                            let size = steps[i] as usize;
                            copy_lane(p[i], strides[i], to, steps[i], n, size);
                        }
                    }
                }
                filled += n;
                Ok::<(), Error>(())
            })?;
            if self.masked {
                let mut k = 0;
                while k < count {
                    // SAFETY: the gathered mask has `count` places.
                    let (from, to) = unsafe { run_of_true(args[n_ops], 1, k, count) };
                    if from < to {
                        let p: Pointers = (0..n_ops)
                            .map(|i| args[i].wrapping_offset(from * steps[i]))
                            .collect();
                        // SAFETY: a part of the scratch.
                        events |= unsafe { self.call(&p, to - from, &steps[..n_ops])? };
                    }
                    k = to;
                }
            } else {
                // SAFETY: the scratch holds `count` elements of every operand.
                events |= unsafe { self.call(&args, count, &steps[..n_ops])? };
            }
            let mut emptied = 0;
            nest.walk(base, done..done + count, |p, n| {
                for i in self.nin..n_ops {
                    let from = args[i].wrapping_offset(emptied * steps[i]);
                    // SAFETY: as above, in the other direction.
                    unsafe {
                        match &self.casts[i] {
                            None => {
                                let size = steps[i] as usize;
                                copy_lane(from, steps[i], p[i], strides[i], n, size);
                            }
                            Some(cast) if !self.masked => {
                                let status = cast.run(from, steps[i], p[i], strides[i], n, watch);
                                events |= finish(status)?;
                            }
                            Some(cast) => {
                                let mask = args[n_ops].wrapping_offset(emptied);
                                let mut k = 0;
                                while k < n {
                                    let (a, b) = run_of_true(mask, 1, k, n);
                                    if a < b {
                                        let status = cast.run(
                                            from.offset(a * steps[i]),
                                            steps[i],
                                            p[i].offset(a * strides[i]),
                                            strides[i],
                                            b - a,
                                            watch,
                                        );
                                        events |= finish(status)?;
                                    }
                                    k = b;
                                }
                            }
                        }
                    }
                }
                emptied += n;
                Ok::<(), Error>(())
            })?;
            done += count;
        }
        Ok(events)
    }
}

/// The next run of true from `k` on: where it starts and ends.
///
/// # Safety
///
/// The mask has `n` places.
pub(super) unsafe fn run_of_true(
    mask: *const u8,
    step: isize,
    k: isize,
    n: isize,
) -> (isize, isize) {
    // SAFETY: promised by the caller.
    let is_set = |i: isize| unsafe { *mask.offset(i * step) != 0 };
    let mut from = k;
    while from < n && !is_set(from) {
        from += 1;
    }
    let mut to = from;
    while to < n && is_set(to) {
        to += 1;
    }
    (from, to)
}

/// Copies `n` items of plain data of `size` bytes.
///
/// # Safety
///
/// Both sides have `n` places of that size, and do not overlap.
pub(super) unsafe fn copy_lane(
    src: *const u8,
    src_step: isize,
    dst: *mut u8,
    dst_step: isize,
    n: isize,
    size: usize,
) {
    macro_rules! each {
        ($t:ty) => {
            for k in 0..n {
                // SAFETY: promised by the caller; neither side need be aligned.
                unsafe {
                    let item = src.offset(k * src_step).cast::<$t>().read_unaligned();
                    dst.offset(k * dst_step).cast::<$t>().write_unaligned(item);
                }
            }
        };
    }
    match size {
        1 => each!(u8),
        2 => each!(u16),
        4 => each!(u32),
        8 => each!(u64),
        16 => each!(u128),
        _ => {
            for k in 0..n {
                // SAFETY: as above.
                unsafe {
                    let (from, to) = (src.offset(k * src_step), dst.offset(k * dst_step));
                    std::ptr::copy_nonoverlapping(from, to, size);
                }
            }
        }
    }
}
