//! A few items of one axis, by a lane of indices: the commonest fancy index, without a plan.

/// The most items that are picked this way: more want blocks, threads, and looks for Ctrl-C.
pub const MOST: usize = 1 << 12;

/// A lane of items: its first byte, the bytes from one to the next, and how many.
#[derive(Clone, Copy, Debug)]
pub struct Lane {
    /// The first item.
    pub ptr: *const u8,
    /// Bytes from one item to the next.
    pub stride: isize,
    /// How many.
    pub len: isize,
}

/// Copies the items of `from` that the native `intp` indices choose to the dense `out`; negative indices count from the
/// end. False, with some of `out` written, where an index is outside.
///
/// # Safety
///
/// All items of the lanes are readable, those of `indices` aligned; `out` has room for `indices.len` items of
/// `itemsize` bytes, apart from both.
pub unsafe fn pick(from: Lane, indices: Lane, itemsize: usize, out: *mut u8) -> bool {
    // SAFETY: promised by the caller; each index is checked before it is used.
    unsafe {
        match itemsize {
            1 => pick_sized::<1>(from, indices, out),
            2 => pick_sized::<2>(from, indices, out),
            4 => pick_sized::<4>(from, indices, out),
            8 => pick_sized::<8>(from, indices, out),
            16 => pick_sized::<16>(from, indices, out),
            _ => false,
        }
    }
}

unsafe fn pick_sized<const SIZE: usize>(from: Lane, indices: Lane, out: *mut u8) -> bool {
    let out = out.cast::<[u8; SIZE]>();
    // SAFETY: as for `pick`.
    unsafe {
        for k in 0..indices.len {
            let mut i = indices
                .ptr
                .offset(k * indices.stride)
                .cast::<isize>()
                .read();
            if i < 0 {
                i += from.len;
            }
            if i < 0 || i >= from.len {
                return false;
            }
            let item = from.ptr.offset(i * from.stride).cast::<[u8; SIZE]>();
            out.offset(k).write_unaligned(item.read_unaligned());
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lane<T>(items: &[T]) -> Lane {
        Lane {
            ptr: items.as_ptr().cast(),
            stride: size_of::<T>() as isize,
            len: items.len() as isize,
        }
    }

    #[test]
    fn negative_indices_count_from_the_end_and_strangers_are_refused() {
        let items = [10.0_f64, 11.0, 12.0];
        let mut out = [0.0_f64; 2];
        // SAFETY: the lanes are slices, and the output holds as many items as there are indices.
        let (good, bad) = unsafe {
            let place = out.as_mut_ptr().cast();
            let good = pick(lane(&items), lane(&[-1_isize, 0]), 8, place);
            (good, pick(lane(&items), lane(&[0_isize, 3]), 8, place))
        };
        assert!(good && !bad);
        assert_eq!(out[0], 10.0);
    }
}
