//! Moving items of any size between lanes, byte order included.

/// Copies `n` items of `size` bytes from lane to lane; `swap` reverses the bytes in units of so many (0: none).
///
/// # Safety
///
/// Both lanes address `n` items of `size` bytes, which do not overlap; `swap` divides `size`.
pub unsafe fn copy(
    src: *const u8,
    src_stride: isize,
    dst: *mut u8,
    dst_stride: isize,
    n: isize,
    size: usize,
    swap: usize,
) {
    // SAFETY: promised by the caller.
    unsafe {
        if swap <= 1 {
            if src_stride == size as isize && dst_stride == size as isize {
                std::ptr::copy_nonoverlapping(src, dst, size * n as usize);
                return;
            }
            match size {
                1 => strided::<u8>(src, src_stride, dst, dst_stride, n),
                2 => strided::<u16>(src, src_stride, dst, dst_stride, n),
                4 => strided::<u32>(src, src_stride, dst, dst_stride, n),
                8 => strided::<u64>(src, src_stride, dst, dst_stride, n),
                16 => strided::<u128>(src, src_stride, dst, dst_stride, n),
                _ => {
                    for i in 0..n {
                        std::ptr::copy_nonoverlapping(
                            src.offset(i * src_stride),
                            dst.offset(i * dst_stride),
                            size,
                        );
                    }
                }
            }
            return;
        }
        for i in 0..n {
            let (s, d) = (src.offset(i * src_stride), dst.offset(i * dst_stride));
            match (swap, size) {
                (2, 2) => d
                    .cast::<u16>()
                    .write_unaligned(s.cast::<u16>().read_unaligned().swap_bytes()),
                (4, 4) => d
                    .cast::<u32>()
                    .write_unaligned(s.cast::<u32>().read_unaligned().swap_bytes()),
                (8, 8) => d
                    .cast::<u64>()
                    .write_unaligned(s.cast::<u64>().read_unaligned().swap_bytes()),
                _ => {
                    std::ptr::copy(s, d, size);
                    for unit in std::slice::from_raw_parts_mut(d, size).chunks_exact_mut(swap) {
                        unit.reverse();
                    }
                }
            }
        }
    }
}

/// One lane of machine words; a constant source is read once.
unsafe fn strided<W: Copy>(
    src: *const u8,
    src_stride: isize,
    dst: *mut u8,
    dst_stride: isize,
    n: isize,
) {
    // SAFETY: promised by the caller.
    unsafe {
        if src_stride == 0 && n > 0 {
            let word = src.cast::<W>().read_unaligned();
            if dst_stride == size_of::<W>() as isize {
                for i in 0..n as usize {
                    dst.cast::<W>().add(i).write_unaligned(word);
                }
                return;
            }
            for i in 0..n {
                dst.offset(i * dst_stride).cast::<W>().write_unaligned(word);
            }
            return;
        }
        for i in 0..n {
            let word = src.offset(i * src_stride).cast::<W>().read_unaligned();
            dst.offset(i * dst_stride).cast::<W>().write_unaligned(word);
        }
    }
}
