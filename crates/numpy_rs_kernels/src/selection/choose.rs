//! One of two items for each place, by a mask.

use super::word::Word;
use crate::isa::{Isa, per_isa};

/// `(mask, mask_stride, a, a_stride, b, b_stride, out, out_stride, n)`, strides in bytes.
pub type ChooseLoop =
    unsafe fn(*const u8, isize, *const u8, isize, *const u8, isize, *mut u8, isize, isize);

/// The loop for items of `size` bytes, if that is the size of a machine word.
pub fn choose_loop(size: usize, isa: Isa) -> Option<ChooseLoop> {
    Some(match size {
        1 => choose::<u8>(isa),
        2 => choose::<u16>(isa),
        4 => choose::<u32>(isa),
        8 => choose::<u64>(isa),
        16 => choose::<u128>(isa),
        _ => return None,
    })
}

per_isa!(fn choose<W: Word>(m: *const u8, ms: isize, a: *const u8, sa: isize, b: *const u8, sb: isize,
    out: *mut u8, so: isize, n: isize) = body);

#[inline(always)]
unsafe fn body<W: Word>(
    m: *const u8,
    ms: isize,
    a: *const u8,
    sa: isize,
    b: *const u8,
    sb: isize,
    out: *mut u8,
    so: isize,
    n: isize,
) {
    let size = W::SIZE as isize;
    // SAFETY: the lanes address `n` items; both sides are read whatever the mask says, so that nothing branches.
    unsafe {
        if ms == 1 && so == size {
            let to = out.cast::<W>();
            let (x, y) = (a.cast::<W>(), b.cast::<W>());
            match (sa, sb) {
                (s, t) if s == size && t == size => {
                    for i in 0..n as usize {
                        let (x, y) = (x.add(i).read_unaligned(), y.add(i).read_unaligned());
                        to.add(i)
                            .write_unaligned(if *m.add(i) != 0 { x } else { y });
                    }
                    return;
                }
                (s, 0) if s == size && n > 0 => {
                    let y = y.read_unaligned();
                    for i in 0..n as usize {
                        let x = x.add(i).read_unaligned();
                        to.add(i)
                            .write_unaligned(if *m.add(i) != 0 { x } else { y });
                    }
                    return;
                }
                (0, t) if t == size && n > 0 => {
                    let x = x.read_unaligned();
                    for i in 0..n as usize {
                        let y = y.add(i).read_unaligned();
                        to.add(i)
                            .write_unaligned(if *m.add(i) != 0 { x } else { y });
                    }
                    return;
                }
                (0, 0) if n > 0 => {
                    let (x, y) = (x.read_unaligned(), y.read_unaligned());
                    for i in 0..n as usize {
                        to.add(i)
                            .write_unaligned(if *m.add(i) != 0 { x } else { y });
                    }
                    return;
                }
                _ => {}
            }
        }
        for i in 0..n {
            let x = a.offset(i * sa).cast::<W>().read_unaligned();
            let y = b.offset(i * sb).cast::<W>().read_unaligned();
            let chosen = if *m.offset(i * ms) != 0 { x } else { y };
            out.offset(i * so).cast::<W>().write_unaligned(chosen);
        }
    }
}
