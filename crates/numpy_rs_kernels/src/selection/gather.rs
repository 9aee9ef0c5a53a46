//! Items at indices: bounds first, for a whole block, then the moves.

use super::word::Word;
use crate::isa::{Isa, per_isa};

#[inline(always)]
unsafe fn bad_body<W: Word>(indices: *const W, n: usize, len: isize) -> bool {
    // SAFETY: promised by the caller: `n` indices of pointer size.
    let all = unsafe { std::slice::from_raw_parts(indices.cast::<isize>(), n) };
    // One unsigned comparison for both ends.
    all.iter().fold(false, |bad, &i| {
        bad | (i.wrapping_add(len) as usize >= 2 * len as usize)
    })
}

per_isa!(fn bad_for<W: Word>(indices: *const W, n: usize, len: isize) -> bool = bad_body);

/// The first index outside `-len..len`.
pub fn first_outside(indices: &[isize], len: isize, isa: Isa) -> Option<isize> {
    let find = || indices.iter().copied().find(|&i| i < -len || i >= len);
    if size_of::<isize>() != 8 {
        return find();
    }
    // SAFETY: a slice of 8-byte indices; `isa` is what the CPU has.
    if unsafe { bad_for::<u64>(isa)(indices.as_ptr().cast(), indices.len(), len) } {
        find()
    } else {
        None
    }
}

/// Copies `dst[k] = base[indices[k]]`: `(base, stride, len, indices, n, dst, dst_stride)`. Indices below 0 count from
/// the end; all are in `-len..len`.
pub type GatherLoop = unsafe fn(*const u8, isize, isize, *const isize, usize, *mut u8, isize);

/// The loop for items of `size` bytes, if that is the size of a machine word.
pub fn gather_loop(size: usize) -> Option<GatherLoop> {
    Some(match size {
        1 => gather::<u8>,
        2 => gather::<u16>,
        4 => gather::<u32>,
        8 => gather::<u64>,
        16 => gather::<u128>,
        _ => return None,
    })
}

unsafe fn gather<W: Word>(
    base: *const u8,
    stride: isize,
    len: isize,
    indices: *const isize,
    n: usize,
    dst: *mut u8,
    dst_stride: isize,
) {
    let size = W::SIZE as isize;
    // A negative index selects `len` through the sign, without a branch.
    let fixed = |i: isize| i + (len & (i >> (isize::BITS - 1)));
    // SAFETY: promised by the caller: every index is inside, and both lanes hold the items.
    unsafe {
        if stride == size && dst_stride == size {
            let (from, to) = (base.cast::<W>(), dst.cast::<W>());
            for k in 0..n {
                let i = fixed(*indices.add(k));
                to.add(k).write_unaligned(from.offset(i).read_unaligned());
            }
            return;
        }
        for k in 0..n {
            let i = fixed(*indices.add(k));
            let word = base.offset(i * stride).cast::<W>().read_unaligned();
            dst.offset(k as isize * dst_stride)
                .cast::<W>()
                .write_unaligned(word);
        }
    }
}
