//! SFC64: Chris Doty-Humphrey's small fast chaotic generator, with a counter in its state.

use crate::bits::{Bits, Half};

/// Three mixing words and a counter.
#[derive(Clone, Copy, Debug)]
pub struct Sfc64 {
    /// The words; the counter is the last.
    pub words: [u64; 4],
    /// The half of a word that 32-bit draws left.
    pub half: Half,
}

impl Sfc64 {
    /// Seeds from three words; the first twelve outputs are thrown away.
    pub fn new(seed: [u64; 3]) -> Self {
        let mut made = Self {
            words: [seed[0], seed[1], seed[2], 1],
            half: Half::default(),
        };
        for _ in 0..12 {
            made.next_u64();
        }
        made
    }
}

impl Bits for Sfc64 {
    #[inline]
    fn next_u64(&mut self) -> u64 {
        let [a, b, c, count] = self.words;
        let out = a.wrapping_add(b).wrapping_add(count);
        self.words = [
            b ^ (b >> 11),
            c.wrapping_add(c << 3),
            c.rotate_left(24).wrapping_add(out),
            count.wrapping_add(1),
        ];
        out
    }

    #[inline]
    fn next_u32(&mut self) -> u32 {
        let mut half = self.half;
        let word = half.next(|| self.next_u64());
        self.half = half;
        word
    }

    #[inline]
    fn next_two_u32(&mut self) -> [u32; 2] {
        let mut half = self.half;
        let words = half.next_two(|| self.next_u64());
        self.half = half;
        words
    }
}
