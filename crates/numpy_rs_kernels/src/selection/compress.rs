//! Packing the items whose mask byte is not zero, without a branch for each item.

use super::word::Word;
use crate::isa::{Isa, per_isa};

/// Packs items: `(src, mask, n, dst, room)` with contiguous lanes gives how many were stored, at most `room`.
pub type CompressLoop = unsafe fn(*const u8, *const u8, usize, *mut u8, usize) -> usize;

/// The loop for items of `size` bytes, if that is the size of a machine word.
pub fn compress_loop(size: usize, isa: Isa) -> Option<CompressLoop> {
    #[cfg(target_arch = "x86_64")]
    if isa >= Isa::Avx512 {
        match size {
            4 => return Some(avx512::words_4),
            8 => return Some(avx512::words_8),
            _ => {}
        }
    }
    Some(match size {
        1 => pack::<u8>,
        2 => pack::<u16>,
        4 => pack::<u32>,
        8 => pack::<u64>,
        16 => pack::<u128>,
        _ => return None,
    })
}

/// Every item is stored, and the place moves on only behind a chosen one.
unsafe fn pack<W: Word>(
    src: *const u8,
    mask: *const u8,
    n: usize,
    dst: *mut u8,
    room: usize,
) -> usize {
    let (src, dst) = (src.cast::<W>(), dst.cast::<W>());
    let (mut at, mut k) = (0, 0);
    // SAFETY: the lanes hold `n` items, and a store happens only while a place is left.
    unsafe {
        while k < n && at < room {
            dst.add(at).write_unaligned(src.add(k).read_unaligned());
            at += usize::from(*mask.add(k) != 0);
            k += 1;
        }
    }
    at
}

/// Counts the bytes that are not zero.
///
/// # Safety
///
/// `n` bytes can be read.
#[inline(always)]
unsafe fn count_body<T: Word>(mask: *const T, n: usize) -> usize {
    // SAFETY: promised by the caller; `T` is a byte.
    let bytes = unsafe { std::slice::from_raw_parts(mask.cast::<u8>(), n) };
    // Sums of at most 255 fit a byte, so that whole vectors are added at once.
    const ROW: usize = 64;
    let mut total = 0usize;
    for block in bytes.chunks(ROW * 255) {
        let mut sums = [0u8; ROW];
        let rows = block.chunks_exact(ROW);
        let rest = rows.remainder();
        for row in rows {
            for (s, &b) in sums.iter_mut().zip(row) {
                *s += u8::from(b != 0);
            }
        }
        total += sums.iter().map(|&s| usize::from(s)).sum::<usize>();
        total += rest.iter().filter(|&&b| b != 0).count();
    }
    total
}

per_isa!(fn count_for<T: Word>(mask: *const T, n: usize) -> usize = count_body);

/// The number of bytes that are not zero.
pub fn count_nonzero(bytes: &[u8], isa: Isa) -> usize {
    // SAFETY: a slice can be read, and `isa` is what the CPU has.
    unsafe { count_for::<u8>(isa)(bytes.as_ptr(), bytes.len()) }
}

/// Writes the places of bytes that are not zero, counted from `first`, while there is room; gives how many.
///
/// # Safety
///
/// `n` bytes can be read, and `room` items written.
pub unsafe fn places(
    mask: *const u8,
    n: usize,
    first: isize,
    dst: *mut isize,
    room: usize,
) -> usize {
    #[cfg(target_arch = "x86_64")]
    if size_of::<isize>() == 8 && crate::isa::best() >= Isa::Avx512 {
        // SAFETY: promised by the caller; the CPU has the instructions.
        return unsafe { avx512::places(mask, n, first, dst, room) };
    }
    // SAFETY: promised by the caller.
    unsafe { places_one_by_one(mask, n, first, dst, room) }
}

unsafe fn places_one_by_one(
    mask: *const u8,
    n: usize,
    first: isize,
    dst: *mut isize,
    room: usize,
) -> usize {
    let (mut at, mut k) = (0, 0);
    // SAFETY: promised by the caller; eight bytes are looked at together to skip what is empty.
    unsafe {
        while k + 8 <= n && at + 8 <= room {
            let eight = mask.add(k).cast::<u64>().read_unaligned();
            if eight != 0 {
                for j in 0..8 {
                    *dst.add(at) = first + (k + j) as isize;
                    at += usize::from(*mask.add(k + j) != 0);
                }
            }
            k += 8;
        }
        while k < n && at < room {
            *dst.add(at) = first + k as isize;
            at += usize::from(*mask.add(k) != 0);
            k += 1;
        }
    }
    at
}

/// The vector instructions that pack a register by a mask; whole registers are stored while there is room.
#[cfg(target_arch = "x86_64")]
mod avx512 {
    use std::arch::x86_64::*;

    #[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512dq,popcnt")]
    pub(super) unsafe fn words_8(
        src: *const u8,
        mask: *const u8,
        n: usize,
        dst: *mut u8,
        room: usize,
    ) -> usize {
        let (mut k, mut at) = (0usize, 0usize);
        // SAFETY: the lanes hold `n` items; whole registers are stored only where `room` allows.
        unsafe {
            while k + 16 <= n && at + 16 <= room {
                let m = _mm_loadu_si128(mask.add(k).cast());
                let chosen = _mm_test_epi8_mask(m, m);
                let (low, high) = (chosen as u8, (chosen >> 8) as u8);
                let a = _mm512_loadu_si512(src.add(k * 8).cast());
                let b = _mm512_loadu_si512(src.add((k + 8) * 8).cast());
                _mm512_storeu_si512(dst.add(at * 8).cast(), _mm512_maskz_compress_epi64(low, a));
                at += low.count_ones() as usize;
                _mm512_storeu_si512(dst.add(at * 8).cast(), _mm512_maskz_compress_epi64(high, b));
                at += high.count_ones() as usize;
                k += 16;
            }
            while k + 8 <= n && at < room {
                let m = _mm_loadl_epi64(mask.add(k).cast());
                let chosen = _mm_test_epi8_mask(m, m) as u8;
                if chosen != 0 {
                    let a = _mm512_loadu_si512(src.add(k * 8).cast());
                    let packed = _mm512_maskz_compress_epi64(chosen, a);
                    let count = (chosen.count_ones() as usize).min(room - at);
                    _mm512_mask_storeu_epi64(
                        dst.add(at * 8).cast(),
                        ((1u32 << count) - 1) as u8,
                        packed,
                    );
                    at += count;
                }
                k += 8;
            }
            at + super::pack::<u64>(
                src.add(k * 8),
                mask.add(k),
                n - k,
                dst.add(at * 8),
                room - at,
            )
        }
    }

    #[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512dq,popcnt")]
    pub(super) unsafe fn places(
        mask: *const u8,
        n: usize,
        first: isize,
        dst: *mut isize,
        room: usize,
    ) -> usize {
        let (mut k, mut at) = (0usize, 0usize);
        // SAFETY: as above.
        unsafe {
            let eight = _mm512_set1_epi64(8);
            let mut here = _mm512_add_epi64(
                _mm512_set1_epi64(first as i64),
                _mm512_set_epi64(7, 6, 5, 4, 3, 2, 1, 0),
            );
            while k + 8 <= n && at + 8 <= room {
                let m = _mm_loadl_epi64(mask.add(k).cast());
                let chosen = _mm_test_epi8_mask(m, m) as u8;
                _mm512_storeu_si512(
                    dst.add(at).cast(),
                    _mm512_maskz_compress_epi64(chosen, here),
                );
                at += chosen.count_ones() as usize;
                here = _mm512_add_epi64(here, eight);
                k += 8;
            }
            let rest = first + k as isize;
            at + super::places_one_by_one(mask.add(k), n - k, rest, dst.add(at), room - at)
        }
    }

    #[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512dq,popcnt")]
    pub(super) unsafe fn words_4(
        src: *const u8,
        mask: *const u8,
        n: usize,
        dst: *mut u8,
        room: usize,
    ) -> usize {
        let (mut k, mut at) = (0usize, 0usize);
        // SAFETY: as above.
        unsafe {
            while k + 16 <= n && at + 16 <= room {
                let m = _mm_loadu_si128(mask.add(k).cast());
                let chosen = _mm_test_epi8_mask(m, m);
                let a = _mm512_loadu_si512(src.add(k * 4).cast());
                _mm512_storeu_si512(
                    dst.add(at * 4).cast(),
                    _mm512_maskz_compress_epi32(chosen, a),
                );
                at += chosen.count_ones() as usize;
                k += 16;
            }
            while k + 16 <= n && at < room {
                let m = _mm_loadu_si128(mask.add(k).cast());
                let chosen = _mm_test_epi8_mask(m, m);
                if chosen != 0 {
                    let a = _mm512_loadu_si512(src.add(k * 4).cast());
                    let packed = _mm512_maskz_compress_epi32(chosen, a);
                    let count = (chosen.count_ones() as usize).min(room - at);
                    _mm512_mask_storeu_epi32(
                        dst.add(at * 4).cast(),
                        ((1u32 << count) - 1) as u16,
                        packed,
                    );
                    at += count;
                }
                k += 16;
            }
            at + super::pack::<u32>(
                src.add(k * 4),
                mask.add(k),
                n - k,
                dst.add(at * 4),
                room - at,
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_instruction_set_packs_the_same() {
        let n = 1003;
        let mask: Vec<u8> = (0..n)
            .map(|i| ((i * 7919 % 5 == 0) as u8) * (1 + (i % 3) as u8))
            .collect();
        let count = mask.iter().filter(|&&m| m != 0).count();
        assert_eq!(count_nonzero(&mask, crate::isa::best()), count);
        for size in [1usize, 2, 4, 8, 16] {
            let src: Vec<u8> = (0..n * size).map(|i| (i % 251) as u8).collect();
            let wanted: Vec<u8> = src
                .chunks(size)
                .zip(&mask)
                .filter(|(_, m)| **m != 0)
                .flat_map(|(c, _)| c.to_vec())
                .collect();
            for isa in [Isa::Baseline, crate::isa::best()] {
                let mut out = vec![0u8; count * size + 8];
                out[count * size..].fill(0xee);
                let run = compress_loop(size, isa).expect("a word");
                // SAFETY: the slices have these sizes.
                let stored =
                    unsafe { run(src.as_ptr(), mask.as_ptr(), n, out.as_mut_ptr(), count) };
                assert_eq!(stored, count);
                assert_eq!(out[..count * size], wanted[..]);
                assert!(out[count * size..].iter().all(|&b| b == 0xee));
            }
        }
    }
}
