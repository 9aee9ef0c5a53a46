//! Folding lanes of one operand into an accumulator: NumPy's order of additions, cut into blocks that keep it.
//!
//! A long lane is cut where NumPy's pairwise sum cuts it (half the items, rounded down to eight numbers), so a tree of
//! blocks gives the bits of one pass for any number of threads.

use std::cell::Cell;

use numpy_rs_kernels::fold_rows::FoldRows;
use smallvec::SmallVec;

use super::blocks::{self, Shared};
use super::lane::{BUFFER, RowRunner, copy_lane, finish, run_of_true};
use super::scratch::Scratch;
use super::start;
use super::table::Ufunc;
use crate::buffer::Buffer;
use crate::cast::CastLoop;
use crate::dtype::TypeNum;
use crate::error::Result;
use crate::fp_errors::{EventSum, FpEvents};
use crate::interrupt::Patience;
use crate::iter::nest::Nest;
use crate::parallel;

/// Items that one call of a loop folds at most where the lane can be cut.
const PIECE: isize = 1 << 16;

/// Items that are folded between two looks for Ctrl-C where every block reaches over all of them.
const SLICE: isize = 1 << 22;

/// How a long lane may be cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cut {
    /// At the places of the pairwise sum; the number of floats per item.
    Pairwise { floats: isize },
    /// Anywhere, parts folded apart: exact operations.
    Anywhere,
    /// Anywhere, but one part after the other.
    InOrder,
    /// Not at all.
    Whole,
}

/// Inner axes that are folded together, and how many of their items at a time.
struct Gathered {
    n_inner: usize,
    piece: isize,
}

/// A row as a fold, with the conversion and the mask of what is folded.
pub(super) struct Folder {
    runner: RowRunner,
    cast: Option<CastLoop>,
    masked: bool,
    cut: Cut,
    /// Whether conversions report what they meet: NumPy's float loops that pick one of two forget it.
    casts_report: bool,
}

impl Folder {
    /// Folds through `runner`'s row; `cast` makes its second input from the operand.
    pub(super) fn new(
        ufunc: &Ufunc,
        runner: RowRunner,
        cast: Option<CastLoop>,
        masked: bool,
    ) -> Self {
        let num = runner.dtypes[0].num();
        let exact = num.is_integer() || num == TypeNum::Bool || num == TypeNum::Timedelta;
        let picks = matches!(ufunc.name, "maximum" | "minimum" | "fmax" | "fmin");
        let cut = match num {
            TypeNum::Object => Cut::InOrder,
            // Sums of halves are kept in single precision inside the loop.
            TypeNum::Half if !picks => Cut::Whole,
            _ if ufunc.name == "add" && num.is_complex() => Cut::Pairwise { floats: 2 },
            _ if ufunc.name == "add" && num.is_float() => Cut::Pairwise { floats: 1 },
            _ if ufunc.reorderable && (exact || picks) => Cut::Anywhere,
            _ => Cut::InOrder,
        };
        Self {
            runner,
            cast,
            masked,
            cut,
            casts_report: !(picks
                && matches!(num, TypeNum::Float | TypeNum::Double | TypeNum::LongDouble)),
        }
    }

    /// Folds one lane that needs no conversion into `acc`.
    ///
    /// # Safety
    ///
    /// `acc` and the `n` places of `x` are valid; there is no conversion and no mask.
    pub(super) unsafe fn one_lane(
        &self,
        acc: *mut u8,
        x: *mut u8,
        n: isize,
        step: isize,
    ) -> Result<FpEvents> {
        // SAFETY: promised by the caller.
        unsafe { self.direct(acc, x, n, 0, step) }
    }

    /// Whether references are at work.
    pub(super) fn has_objects(&self) -> bool {
        self.runner.has_objects
    }

    /// Scratch for lanes of at most `n` items.
    pub(super) fn scratch(&self, n: isize) -> Result<Scratch> {
        let n = n.clamp(0, BUFFER) as usize;
        let item = self.cast.as_ref().map(|_| &self.runner.dtypes[1]);
        Scratch::new(std::iter::once(item), n)
    }

    /// Folds a whole nest with the operands accumulator, operand, mask (if any), in walking order.
    ///
    /// # Safety
    ///
    /// All places of the nest are valid; accumulators do not overlap the rest.
    pub(super) unsafe fn run(&self, nest: &Nest, base: &[*mut u8]) -> Result<FpEvents> {
        if nest.is_empty() {
            return Ok(FpEvents::NONE);
        }
        // Accumulators that all rows share are no place to cut into short blocks: slices of the outer axis follow one
        // another instead, which keeps the order of each accumulator.
        let outer = nest.ndim() - 1;
        let rest = nest.size() / nest.len(outer);
        if outer == 0 || nest.strides(0)[0] == 0 || nest.size() <= 2 * SLICE || rest > SLICE {
            // SAFETY: promised by the caller.
            return unsafe { self.run_slice(nest, base) };
        }
        let patience = Patience::new();
        let mut events = FpEvents::NONE;
        let (len, at_once) = (nest.len(outer), (SLICE / rest).max(1));
        for from in (0..len).step_by(at_once as usize) {
            let part = nest.with_len(outer, at_once.min(len - from));
            let start: SmallVec<[*mut u8; 3]> = base
                .iter()
                .zip(nest.strides(outer))
                .map(|(p, s)| p.wrapping_offset(from * s))
                .collect();
            // SAFETY: a part of the nest.
            events |= unsafe { self.run_slice(&part, &start)? };
            patience.check()?;
        }
        Ok(events)
    }

    /// Folds a nest on as many threads as it is worth.
    unsafe fn run_slice(&self, nest: &Nest, base: &[*mut u8]) -> Result<FpEvents> {
        let Some((axis, n_blocks)) = self.independent_blocks(nest) else {
            // SAFETY: promised by the caller.
            return unsafe { self.run_serial(nest, base) };
        };
        let sum = EventSum::default();
        let len = nest.len(axis);
        let place = Shared(base);
        blocks::share(n_blocks, self.has_objects(), &|i| {
            let cut = |i: usize| (len as i128 * i as i128 / n_blocks as i128) as isize;
            let (from, to) = (cut(i), cut(i + 1));
            let part = nest.with_len(axis, to - from);
            let start: SmallVec<[*mut u8; 3]> = place
                .get()
                .iter()
                .zip(nest.strides(axis))
                .map(|(p, s)| p.wrapping_offset(from * s))
                .collect();
            // SAFETY: blocks have accumulators of their own.
            sum.add(unsafe { self.run_serial(&part, &start)? });
            Ok(())
        })?;
        Ok(sum.get())
    }

    /// An axis of independent accumulators long enough to make blocks of, and the number of blocks.
    fn independent_blocks(&self, nest: &Nest) -> Option<(usize, usize)> {
        let work = nest.size() / PIECE;
        if work < 2 || self.has_objects() {
            return None;
        }
        let axis = (0..nest.ndim())
            .filter(|&a| nest.strides(a)[0] != 0)
            .max_by_key(|&a| nest.len(a))?;
        let n_blocks = if axis == 0 {
            // Rows are cut as little as the threads need, and not into crumbs.
            let n_threads = parallel::num_threads() as isize;
            if n_threads == 1 || parallel::is_inside() {
                return None;
            }
            (nest.len(axis) / 256).min(2 * n_threads)
        } else {
            nest.len(axis).min(work)
        };
        (n_blocks >= 2).then_some((axis, n_blocks as usize))
    }

    /// Folds on this thread, looking for Ctrl-C from time to time.
    unsafe fn run_serial(&self, nest: &Nest, base: &[*mut u8]) -> Result<FpEvents> {
        if let Some(blocks) = self.gathered_blocks(nest) {
            // SAFETY: promised by the caller.
            return unsafe { self.run_gathered(nest, base, &blocks) };
        }
        if let Some(fold_rows) = self.rows_form(nest) {
            // SAFETY: promised by the caller.
            return unsafe { run_rows(nest, base, fold_rows) };
        }
        let strides = nest.strides(0);
        if !self.masked && self.cast.is_none() && nest.lane_len() <= 512 && nest.ndim() > 1 {
            // SAFETY: promised by the caller.
            return unsafe { self.run_short(nest, base, [strides[0], strides[1]]) };
        }
        let mut scratch = self.scratch(nest.lane_len())?;
        let mut events = FpEvents::NONE;
        let patience = (nest.size() > PIECE && !parallel::is_inside()).then(Patience::new);
        let mut since = 0;
        nest.walk(base, 0..nest.size(), |p, n| {
            since += n;
            if since > PIECE
                && let Some(patience) = &patience
            {
                since = 0;
                patience.check()?;
            }
            // SAFETY: a lane of valid places.
            events |= unsafe { self.lane(p, n, strides, &mut scratch)? };
            Ok::<(), crate::error::Error>(())
        })?;
        Ok(events)
    }

    /// The form of the loop that folds rows, where the two inner axes of the nest are dense rows over one row of
    /// accumulators and nothing but values is wanted.
    fn rows_form(&self, nest: &Nest) -> Option<FoldRows> {
        let item = self.runner.dtypes[0].itemsize() as isize;
        let quiet = !self.runner.watch.any() || self.runner.dtypes[0].num().is_integer();
        let dense = nest.ndim() > 1
            && nest.strides(0)[..2] == [item, item]
            && nest.strides(1)[0] == 0
            && nest.len(1) > 1;
        if !quiet || !dense || self.masked || self.cast.is_some() {
            return None;
        }
        self.runner.row.fold_rows
    }

    /// Short lanes that the loop takes as they are: nothing but its calls.
    unsafe fn run_short(
        &self,
        nest: &Nest,
        base: &[*mut u8],
        [acc_step, step]: [isize; 2],
    ) -> Result<FpEvents> {
        let context = self.runner.context();
        let run = self.runner.row.run;
        let strides = [acc_step, step, acc_step];
        let patience = (nest.size() > PIECE && !parallel::is_inside()).then(Patience::new);
        let mut events = FpEvents::NONE;
        let mut since = 0;
        nest.walk(base, 0..nest.size(), |p, n| {
            // SAFETY: a lane of valid places.
            let status = unsafe { run(&context, &[p[0], p[1], p[0]], &[n], &strides) };
            events |= status.events;
            if status.error.is_some() {
                return finish(status).map(|_| ());
            }
            since += n;
            if since > PIECE
                && let Some(patience) = &patience
            {
                since = 0;
                patience.check()?;
            }
            Ok(())
        })?;
        Ok(events)
    }

    /// Whether short lanes of one accumulator are gathered into long ones. NumPy fills its buffer with as many whole
    /// inner axes as fit, up to the end of the next axis, and its sums have that shape.
    fn gathered_blocks(&self, nest: &Nest) -> Option<Gathered> {
        let depth = (0..nest.ndim())
            .take_while(|&a| nest.strides(a)[0] == 0)
            .count();
        if depth < 2 || self.has_objects() {
            return None;
        }
        let (mut core, mut n_inner) = (1, 0);
        while n_inner < depth && core * nest.len(n_inner) <= BUFFER {
            core *= nest.len(n_inner);
            n_inner += 1;
        }
        if n_inner == 0 {
            return None;
        }
        let mut whole = core;
        if n_inner < depth {
            whole *= nest.len(n_inner);
            n_inner += 1;
        }
        let piece = (BUFFER / core * core).min(whole);
        (piece > nest.lane_len()).then_some(Gathered { n_inner, piece })
    }

    unsafe fn run_gathered(
        &self,
        nest: &Nest,
        base: &[*mut u8],
        blocks: &Gathered,
    ) -> Result<FpEvents> {
        let (inner, outer) = nest.split(blocks.n_inner);
        let used = &self.runner.dtypes[1];
        let item = used.itemsize() as isize;
        let truth = crate::dtype::DType::new(TypeNum::Bool);
        let mut scratch = Scratch::new(
            [Some(used), self.masked.then_some(&truth)].into_iter(),
            blocks.piece as usize,
        )?;
        let rooms = [scratch.piece(0), scratch.piece(1)];
        let watch = self.runner.watch.any() && self.casts_report;
        let lane = inner.strides(0);
        let patience = (nest.size() > PIECE && !parallel::is_inside()).then(Patience::new);
        let mut events = FpEvents::NONE;
        outer.walk(base, 0..outer.size(), |p, n| {
            for k in 0..n {
                let place: SmallVec<[*mut u8; 3]> = p
                    .iter()
                    .zip(outer.strides(0))
                    .map(|(p, s)| p.wrapping_offset(k * s))
                    .collect();
                let mut done = 0;
                while done < inner.size() {
                    let count = (inner.size() - done).min(blocks.piece);
                    let mut filled = 0;
                    inner.walk(&place, done..done + count, |q, len| {
                        // SAFETY: lanes of the operands; the scratch has room for `count` items.
                        unsafe {
                            let to = rooms[0].offset(filled * item);
                            match &self.cast {
                                Some(cast) => {
                                    events |=
                                        finish(cast.run(q[1], lane[1], to, item, len, watch))?;
                                }
                                None => copy_lane(q[1], lane[1], to, item, len, item as usize),
                            }
                            if self.masked {
                                copy_lane(q[2], lane[2], rooms[1].offset(filled), 1, len, 1);
                            }
                        }
                        filled += len;
                        Ok::<(), crate::error::Error>(())
                    })?;
                    // SAFETY: `count` items in scratch, folded into one accumulator.
                    events |= unsafe { self.folded(place[0], rooms, count, item)? };
                    done += count;
                }
                if let Some(patience) = &patience {
                    patience.check()?;
                }
            }
            Ok::<(), crate::error::Error>(())
        })?;
        Ok(events)
    }

    /// Folds gathered items, those that the gathered mask leaves.
    unsafe fn folded(
        &self,
        acc: *mut u8,
        rooms: [*mut u8; 2],
        n: isize,
        item: isize,
    ) -> Result<FpEvents> {
        // SAFETY: promised by the caller.
        unsafe {
            if !self.masked {
                return self.call(acc, rooms[0], n, 0, item);
            }
            let mut events = FpEvents::NONE;
            let mut k = 0;
            while k < n {
                let (from, to) = run_of_true(rooms[1], 1, k, n);
                if from < to {
                    let x = rooms[0].offset(from * item);
                    events |= self.call(acc, x, to - from, 0, item)?;
                }
                k = to;
            }
            Ok(events)
        }
    }

    /// Folds one lane: `at` and `strides` of accumulator, operand, mask (if any).
    ///
    /// # Safety
    ///
    /// All places are valid; the scratch is [`Folder::scratch`] of at least `min(n, BUFFER)`.
    pub(super) unsafe fn lane(
        &self,
        at: &[*mut u8],
        n: isize,
        strides: &[isize],
        scratch: &mut Scratch,
    ) -> Result<FpEvents> {
        if !self.masked {
            // SAFETY: promised by the caller.
            return unsafe { self.unmasked(at[0], at[1], n, strides, scratch) };
        }
        let mut events = FpEvents::NONE;
        let mut k = 0;
        while k < n {
            // SAFETY: the mask has `n` places; the part lies inside the lane.
            unsafe {
                let (from, to) = run_of_true(at[2], strides[2], k, n);
                if from < to {
                    let acc = at[0].offset(from * strides[0]);
                    let x = at[1].offset(from * strides[1]);
                    events |= self.unmasked(acc, x, to - from, strides, scratch)?;
                }
                k = to;
            }
        }
        Ok(events)
    }

    unsafe fn unmasked(
        &self,
        acc: *mut u8,
        x: *mut u8,
        n: isize,
        strides: &[isize],
        scratch: &mut Scratch,
    ) -> Result<FpEvents> {
        let Some(cast) = &self.cast else {
            // SAFETY: promised by the caller of `lane`.
            return unsafe { self.direct(acc, x, n, strides[0], strides[1]) };
        };
        let mut events = FpEvents::NONE;
        let room = scratch.piece(0);
        let item = self.runner.dtypes[1].itemsize() as isize;
        let patience = (n > PIECE && !parallel::is_inside()).then(Patience::new);
        let mut done = 0;
        while done < n {
            let count = (n - done).min(BUFFER);
            let from = x.wrapping_offset(done * strides[1]);
            let watch = self.runner.watch.any() && self.casts_report;
            // SAFETY: `count` places of the operand, room for as many in scratch.
            unsafe {
                events |= finish(cast.run(from, strides[1], room, item, count, watch))?;
                let acc = acc.offset(done * strides[0]);
                events |= self.call(acc, room, count, strides[0], item)?;
            }
            done += count;
            if let Some(patience) = &patience {
                patience.check()?;
            }
        }
        Ok(events)
    }

    /// The loop itself as a fold (or, with a step of the accumulator, element by element).
    #[inline]
    unsafe fn call(
        &self,
        acc: *mut u8,
        x: *mut u8,
        n: isize,
        acc_step: isize,
        x_step: isize,
    ) -> Result<FpEvents> {
        // SAFETY: promised by the callers.
        unsafe {
            self.runner
                .call(&[acc, x, acc], n, &[acc_step, x_step, acc_step])
        }
    }

    /// Folds items that the loop takes as they are.
    unsafe fn direct(
        &self,
        acc: *mut u8,
        x: *mut u8,
        n: isize,
        acc_step: isize,
        step: isize,
    ) -> Result<FpEvents> {
        if n <= PIECE || (acc_step == 0 && self.cut == Cut::Whole) {
            // SAFETY: promised by the caller of `lane`.
            return unsafe { self.call(acc, x, n, acc_step, step) };
        }
        if acc_step == 0 {
            let mut pieces = SmallVec::<[(isize, isize); 32]>::new();
            match self.cut {
                Cut::Pairwise { floats } => cut_pairwise(0, n, floats, &mut pieces),
                Cut::Anywhere => {
                    let ends = (0..n).step_by(PIECE as usize);
                    pieces.extend(ends.map(|k| (k, PIECE.min(n - k))));
                }
                Cut::InOrder | Cut::Whole => {}
            }
            if !pieces.is_empty() {
                // SAFETY: as above.
                return unsafe { self.apart(acc, x, n, step, &pieces) };
            }
        }
        let mut events = FpEvents::NONE;
        let patience = (!parallel::is_inside()).then(Patience::new);
        let mut done = 0;
        while done < n {
            let count = (n - done).min(PIECE);
            // SAFETY: a part of the lane.
            unsafe {
                let from = x.offset(done * step);
                events |= self.call(acc.offset(done * acc_step), from, count, acc_step, step)?;
            }
            done += count;
            if let Some(patience) = &patience {
                patience.check()?;
            }
        }
        Ok(events)
    }

    /// Folds pieces of a lane into accumulators of their own, and those together.
    unsafe fn apart(
        &self,
        acc: *mut u8,
        x: *mut u8,
        n: isize,
        step: isize,
        pieces: &[(isize, isize)],
    ) -> Result<FpEvents> {
        let dtype = &self.runner.dtypes[0];
        let item = dtype.itemsize();
        let parts = Buffer::uninit(pieces.len() * item)?;
        let base = [x, parts.as_ptr()];
        let place = Shared(&base);
        let sum = EventSum::default();
        let start = start::minus_zero(dtype);
        let pairwise = matches!(self.cut, Cut::Pairwise { .. });
        blocks::share(pieces.len(), false, &|i| {
            let (at, len) = pieces[i];
            // SAFETY: pieces are disjoint parts of the lane, each with its own accumulator. Without a neutral start
            // the first item is the start.
            unsafe {
                let part = place.get()[1].add(i * item);
                let from = place.get()[0].offset(at * step);
                if pairwise {
                    std::ptr::copy_nonoverlapping(start.0.as_ptr(), part, item);
                    sum.add(self.call(part, from, len, 0, step)?);
                } else {
                    std::ptr::copy_nonoverlapping(from, part, item);
                    sum.add(self.call(part, from.offset(step), len - 1, 0, step)?);
                }
            }
            Ok(())
        })?;
        // SAFETY: the parts are one item each, and nobody else uses them now.
        unsafe {
            let part = |i: usize| parts.as_ptr().add(i * item);
            if let Cut::Pairwise { floats } = self.cut {
                let next = Cell::new(0);
                sum.add(self.join(n, floats, &next, &part)?);
                sum.add(self.call(acc, part(0), 1, 0, 0)?);
            } else {
                sum.add(self.call(acc, part(0), pieces.len() as isize, 0, item as isize)?);
            }
        }
        Ok(sum.get())
    }

    /// Adds the parts of `n` items up as the pairwise sum nests them; the sum is in the first of them. `next` counts
    /// the parts taken. The depth is the logarithm of `n`.
    unsafe fn join(
        &self,
        n: isize,
        floats: isize,
        next: &Cell<usize>,
        part: &dyn Fn(usize) -> *mut u8,
    ) -> Result<FpEvents> {
        let left = next.get();
        if n <= PIECE {
            next.set(left + 1);
            return Ok(FpEvents::NONE);
        }
        let half = half_of(n, floats);
        // SAFETY: as promised by the caller; left and right are parts of one tree.
        unsafe {
            let mut events = self.join(half, floats, next, part)?;
            let right = next.get();
            events |= self.join(n - half, floats, next, part)?;
            events |= self.call(part(left), part(right), 1, 0, 0)?;
            Ok(events)
        }
    }
}

/// Where NumPy's pairwise sum cuts `n` items of `floats` numbers each.
fn half_of(n: isize, floats: isize) -> isize {
    let half = n * floats / 2;
    (half - half % 8) / floats
}

/// The pieces of a lane, in order, cut as the pairwise sum cuts it. The depth is the logarithm of `n`.
fn cut_pairwise(at: isize, n: isize, floats: isize, pieces: &mut SmallVec<[(isize, isize); 32]>) {
    if n <= PIECE {
        pieces.push((at, n));
        return;
    }
    let half = half_of(n, floats);
    cut_pairwise(at, half, floats, pieces);
    cut_pairwise(at + half, n - half, floats, pieces);
}

/// Folds the rows of each matrix that the two inner axes make.
unsafe fn run_rows(nest: &Nest, base: &[*mut u8], fold_rows: FoldRows) -> Result<FpEvents> {
    let (inner, outer) = nest.split(2);
    let (n, n_rows, row_stride) = (inner.len(0), inner.len(1), inner.strides(1)[1]);
    let at_once = (PIECE / n.max(1)).max(4);
    let patience = (nest.size() > PIECE && !parallel::is_inside()).then(Patience::new);
    outer.walk(base, 0..outer.size(), |p, count| {
        for k in 0..count {
            let [acc, x] = [0, 1].map(|op| p[op].wrapping_offset(k * outer.strides(0)[op]));
            let mut done = 0;
            while done < n_rows {
                let some = at_once.min(n_rows - done);
                // SAFETY: rows of the operand and a row of accumulators, all inside the nest.
                unsafe {
                    let from = x.offset(done * row_stride);
                    fold_rows(acc, from, row_stride, some as usize, n as usize);
                }
                done += some;
                if let Some(patience) = &patience {
                    patience.check()?;
                }
            }
        }
        Ok::<(), crate::error::Error>(())
    })?;
    Ok(FpEvents::NONE)
}
