//! Chunks of an iteration: items copied into memory of the dtype and alignment that was asked for, and back.

use numpy_rs_core::buffer::Buffer;
use numpy_rs_core::cast::Casting;
use numpy_rs_core::copy;
use numpy_rs_core::references;
use numpy_rs_core::view::{View, ViewMut};
use pyo3::prelude::*;
use smallvec::SmallVec;

use super::operand::Operand;
use super::walk::Walk;
use crate::error::OrRaise;

/// The chunk at hand.
pub(super) struct Chunk {
    /// Buffer memory by operand, made when first needed.
    memory: Vec<Option<Buffer>>,
    /// Items a buffer holds.
    pub(super) capacity: isize,
    /// The walk at the chunk's first position.
    origin: Option<Walk>,
    /// Items in the chunk.
    pub(super) len: isize,
    /// Address of the chunk's first item, by operand.
    pub(super) data: SmallVec<[isize; 4]>,
    /// Step from item to item, by operand.
    pub(super) steps: SmallVec<[isize; 4]>,
    /// Which operands stand in their buffer now.
    in_buffer: SmallVec<[bool; 4]>,
}

impl Chunk {
    pub(super) fn new(n_operands: usize, capacity: isize) -> Self {
        Self {
            memory: (0..n_operands).map(|_| None).collect(),
            capacity,
            origin: None,
            len: 0,
            data: SmallVec::from_elem(0, n_operands),
            steps: SmallVec::from_elem(0, n_operands),
            in_buffer: SmallVec::from_elem(false, n_operands),
        }
    }

    /// Fills the chunk from the position of `walk`; `grow` allows more items than the buffers hold where none is used.
    pub(super) fn fill(&mut self, operands: &[Operand], walk: &Walk, grow: bool) -> PyResult<()> {
        let left = walk.end - walk.index;
        let inner = walk.left_in_inner();
        let n_op = operands.len();
        let reduces = operands
            .iter()
            .enumerate()
            .any(|(i, o)| o.flags.write && walk.axes.iter().any(|a| a.len > 1 && a.steps[i] == 0));
        let any_buffered = operands.iter().any(|o| o.buffered);
        let mut len = left.min(if grow && !any_buffered {
            isize::MAX
        } else {
            self.capacity
        });
        if reduces || grow && !any_buffered {
            // One step per operand: an item that is both read and written must not be copied twice.
            len = len.min(inner);
        }
        self.len = len;
        let single = len <= inner;
        for i in 0..n_op {
            let o = &operands[i];
            let step = walk.axes.first().map_or(0, |a| a.steps[i]);
            let repeated = single && step == 0;
            let needs = o.buffered
                || !single
                || o.flags.contig && !repeated && step != o.seen.itemsize() as isize;
            self.in_buffer[i] = needs;
            if !needs {
                self.data[i] = walk.now[i];
                self.steps[i] = step;
                continue;
            }
            let itemsize = o.seen.itemsize();
            if self.memory[i].is_none() {
                let n_bytes = itemsize.saturating_mul(self.capacity as usize);
                self.memory[i] = Some(Buffer::zeroed(n_bytes).or_raise()?);
            }
            let ptr = self.memory[i]
                .as_ref()
                .map_or(std::ptr::null_mut(), Buffer::as_ptr);
            let items = if repeated { 1 } else { len };
            self.data[i] = ptr as isize;
            self.steps[i] = if repeated { 0 } else { itemsize as isize };
            if o.flags.read {
                let mut at = walk.clone();
                let mut done = 0;
                while done < items {
                    let run = if repeated {
                        1
                    } else {
                        at.left_in_inner().min(items - done)
                    };
                    // SAFETY: the buffer holds `items` items; the walk stays inside the operand.
                    unsafe {
                        let source = View::from_raw(
                            at.now[i] as *const u8,
                            o.stored.clone(),
                            &[run],
                            &[step],
                        );
                        let to = ptr.add(done as usize * itemsize);
                        let mut target =
                            ViewMut::from_raw(to, o.seen.clone(), &[run], &[itemsize as isize]);
                        copy::assign(&mut target, &source, Casting::Unsafe).or_raise()?;
                    }
                    at.advance(run);
                    done += run;
                }
            }
        }
        self.origin = Some(walk.clone());
        Ok(())
    }

    /// Copies changed items back and lets the chunk go. `mask`: the operand whose truth decides for masked ones.
    pub(super) fn flush(&mut self, operands: &[Operand]) -> PyResult<()> {
        let Some(origin) = self.origin.take() else {
            return Ok(());
        };
        let mask = operands.iter().position(|o| o.flags.arraymask);
        for (i, o) in operands.iter().enumerate() {
            if !self.in_buffer[i] {
                continue;
            }
            let itemsize = o.seen.itemsize();
            let ptr = self.data[i] as *mut u8;
            let repeated = self.steps[i] == 0;
            let items = if repeated { 1 } else { self.len };
            if o.flags.write {
                let masked = mask
                    .filter(|_| o.flags.writemasked)
                    .map(|m| (self.data[m], self.steps[m]));
                let mut at = origin.clone();
                let mut done = 0;
                while done < items {
                    let shown = masked.is_none_or(|(data, step)| {
                        // SAFETY: the mask has an item of one byte for each position of the chunk.
                        unsafe { *((data + done * step) as *const u8) != 0 }
                    });
                    let run = if masked.is_some() || repeated {
                        1
                    } else {
                        at.left_in_inner().min(items - done)
                    };
                    if shown {
                        let step = at.axes.first().map_or(0, |a| a.steps[i]);
                        // SAFETY: as in `fill`, the other way round.
                        unsafe {
                            let from = ptr.add(done as usize * itemsize);
                            let source =
                                View::from_raw(from, o.seen.clone(), &[run], &[itemsize as isize]);
                            let mut target = ViewMut::from_raw(
                                at.now[i] as *mut u8,
                                o.stored.clone(),
                                &[run],
                                &[step],
                            );
                            copy::assign(&mut target, &source, Casting::Unsafe).or_raise()?;
                        }
                    }
                    at.advance(run);
                    done += run;
                }
            }
            if o.seen.has_objects() {
                // SAFETY: the buffer holds `items` items, whose references are dropped once and left null.
                unsafe { references::release_items(&o.seen, ptr, items as usize) };
            }
        }
        Ok(())
    }
}
