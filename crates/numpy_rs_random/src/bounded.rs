//! Whole numbers below a bound: Lemire's multiplication for `Generator`, masked rejection for `RandomState`.

use crate::bits::Bits;

/// What is left of a word that serves several narrow numbers; each bulk draw begins with a fresh one.
#[derive(Clone, Copy, Debug, Default)]
pub struct HeldWord {
    word: u32,
    left: u32,
}

impl HeldWord {
    /// The next `width` bits (1, 8 or 16) in the low end of a word whose other bits are the rest.
    #[inline]
    fn next<B: Bits>(&mut self, bits: &mut B, width: u32) -> u32 {
        if self.left == 0 {
            self.word = bits.next_u32();
            self.left = 32 / width - 1;
        } else {
            self.word >>= width;
            self.left -= 1;
        }
        self.word
    }
}

/// A number from 0 to `range` inclusive.
#[inline]
pub fn bounded<B: Bits>(bits: &mut B, range: u64, masked: bool) -> u64 {
    if range == 0 {
        return 0;
    }
    if let Ok(narrow) = u32::try_from(range) {
        return u64::from(if masked {
            masked_u32(bits, narrow)
        } else {
            scaled_u32(bits, narrow)
        });
    }
    if range == u64::MAX {
        return bits.next_u64();
    }
    if masked {
        let mask = u64::MAX >> range.leading_zeros();
        loop {
            let x = bits.next_u64() & mask;
            if x <= range {
                return x;
            }
        }
    }
    let n = range + 1;
    let mut scaled = u128::from(bits.next_u64()) * u128::from(n);
    if (scaled as u64) < n {
        let least = (u64::MAX - range) % n;
        while (scaled as u64) < least {
            scaled = u128::from(bits.next_u64()) * u128::from(n);
        }
    }
    (scaled >> 64) as u64
}

fn masked_u32<B: Bits>(bits: &mut B, range: u32) -> u32 {
    let mask = u32::MAX >> range.leading_zeros();
    loop {
        let x = bits.next_u32() & mask;
        if x <= range {
            return x;
        }
    }
}

fn scaled_u32<B: Bits>(bits: &mut B, range: u32) -> u32 {
    if range == u32::MAX {
        return bits.next_u32();
    }
    let n = range + 1;
    let mut scaled = u64::from(bits.next_u32()) * u64::from(n);
    if (scaled as u32) < n {
        let least = (u32::MAX - range) % n;
        while (scaled as u32) < least {
            scaled = u64::from(bits.next_u32()) * u64::from(n);
        }
    }
    (scaled >> 32) as u32
}

/// A number from 0 to `range` inclusive from `width` bits (1, 8 or 16) of a word that serves several numbers.
#[inline]
pub fn bounded_narrow<B: Bits>(
    bits: &mut B,
    range: u32,
    width: u32,
    masked: bool,
    held: &mut HeldWord,
) -> u32 {
    if range == 0 {
        return 0;
    }
    let all = u32::MAX >> (32 - width);
    if masked || range == all {
        let mask = u32::MAX >> range.leading_zeros();
        loop {
            let x = held.next(bits, width) & mask;
            if x <= range {
                return x;
            }
        }
    }
    let n = range + 1;
    let mut scaled = (held.next(bits, width) & all) * n;
    if scaled & all < n {
        let least = (all - range) % n;
        while scaled & all < least {
            scaled = (held.next(bits, width) & all) * n;
        }
    }
    scaled >> width
}

/// Swaps items into random order from the back, down to the place `first`.
pub fn shuffle<B: Bits>(bits: &mut B, items: &mut [i64], first: usize, masked: bool) {
    for i in (first.max(1)..items.len()).rev() {
        items.swap(i, bounded(bits, i as u64, masked) as usize);
    }
}
