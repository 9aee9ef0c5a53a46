//! Scratch memory of one walk: a piece per converted operand, inline where the work is small.

use std::mem::MaybeUninit;

use smallvec::SmallVec;

use crate::buffer::Buffer;
use crate::dtype::DType;
use crate::error::Result;
use crate::references;

/// Bytes that need no allocation.
const INLINE: usize = 1024;
/// Pieces start on cache lines.
const LINE: usize = 64;

#[repr(align(64))]
struct Inline(MaybeUninit<[u8; INLINE]>);

/// Memory for `n` items of each of several dtypes.
pub(super) struct Scratch {
    inline: Inline,
    heap: Option<Buffer>,
    /// Offset of each piece from the first aligned byte.
    offsets: SmallVec<[usize; 6]>,
    /// Pieces that hold references: dtype and position.
    counted: SmallVec<[(DType, usize); 1]>,
    n_items: usize,
}

impl Scratch {
    /// A piece of `n_items` items for every dtype; `None` gets no room. Pieces with references are zeroed.
    pub(super) fn new<'a>(
        dtypes: impl Iterator<Item = Option<&'a DType>>,
        n_items: usize,
    ) -> Result<Self> {
        let mut scratch = Self {
            inline: Inline(MaybeUninit::uninit()),
            heap: None,
            offsets: SmallVec::new(),
            counted: SmallVec::new(),
            n_items,
        };
        let mut total = 0;
        for (i, dtype) in dtypes.enumerate() {
            scratch.offsets.push(total);
            if let Some(dtype) = dtype {
                total += (n_items * dtype.itemsize()).next_multiple_of(LINE);
                if dtype.has_objects() {
                    scratch.counted.push((dtype.clone(), i));
                }
            }
        }
        if total > INLINE || !scratch.counted.is_empty() {
            let n_bytes = total + LINE;
            scratch.heap = Some(if scratch.counted.is_empty() {
                Buffer::uninit(n_bytes)?
            } else {
                Buffer::zeroed(n_bytes)?
            });
        }
        Ok(scratch)
    }

    /// The first item of a piece.
    #[inline]
    pub(super) fn piece(&mut self, i: usize) -> *mut u8 {
        let start = match &self.heap {
            Some(buffer) => {
                let p = buffer.as_ptr();
                p.wrapping_add(p.align_offset(LINE))
            }
            None => self.inline.0.as_mut_ptr().cast(),
        };
        start.wrapping_add(self.offsets[i])
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        for (dtype, i) in std::mem::take(&mut self.counted) {
            let piece = self.piece(i);
            // SAFETY: the piece was zeroed, and holds what loops stored since.
            unsafe { references::release_items(&dtype, piece, self.n_items) };
        }
    }
}
