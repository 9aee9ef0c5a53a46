//! Philox 4x64-10: a counter-based generator (Salmon, Moraes, Dror and Shaw, 2011).

use crate::bits::{Bits, Half};

/// A counter, its key, and the block of words that the last count gave.
#[derive(Clone, Copy, Debug)]
pub struct Philox {
    /// The counter, its lowest word first.
    pub counter: [u64; 4],
    /// The key.
    pub key: [u64; 2],
    /// The words of the last block.
    pub block: [u64; 4],
    /// How many of them are used up.
    pub used: usize,
    /// The half of a word that 32-bit draws left.
    pub half: Half,
}

impl Philox {
    /// A stream of a key, before the first block.
    pub fn new(counter: [u64; 4], key: [u64; 2]) -> Self {
        Self {
            counter,
            key,
            block: [0; 4],
            used: 4,
            half: Half::default(),
        }
    }

    /// Adds to the counter, and forgets the block.
    pub fn advance(&mut self, steps: [u64; 4]) {
        let mut carry = false;
        for (word, step) in self.counter.iter_mut().zip(steps) {
            let (sum, first) = word.overflowing_add(step);
            let (sum, second) = sum.overflowing_add(u64::from(carry));
            *word = sum;
            carry = first || second;
        }
        self.used = 4;
        self.half = Half::default();
    }

    fn refill(&mut self) {
        for word in &mut self.counter {
            *word = word.wrapping_add(1);
            if *word != 0 {
                break;
            }
        }
        let (mut c, mut k) = (self.counter, self.key);
        for round in 0..10 {
            if round > 0 {
                k[0] = k[0].wrapping_add(0x9e37_79b9_7f4a_7c15);
                k[1] = k[1].wrapping_add(0xbb67_ae85_84ca_a73b);
            }
            let first = u128::from(c[0]) * 0xd2e7_470e_e14c_6c93;
            let second = u128::from(c[2]) * 0xca5a_8263_9512_1157;
            c = [
                (second >> 64) as u64 ^ c[1] ^ k[0],
                second as u64,
                (first >> 64) as u64 ^ c[3] ^ k[1],
                first as u64,
            ];
        }
        self.block = c;
        self.used = 0;
    }
}

impl Bits for Philox {
    #[inline]
    fn next_u64(&mut self) -> u64 {
        if self.used >= 4 {
            self.refill();
        }
        let word = self.block[self.used];
        self.used += 1;
        word
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
