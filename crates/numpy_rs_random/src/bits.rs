//! What every generator of random bits gives.

/// A double in [0, 1) from the upper 53 bits of a word.
#[inline]
pub fn unit_of(word: u64) -> f64 {
    (word >> 11) as f64 * (1.0 / 9_007_199_254_740_992.0)
}

/// A source of random bits.
pub trait Bits {
    /// The next 64 bits.
    fn next_u64(&mut self) -> u64;

    /// The next 32 bits.
    fn next_u32(&mut self) -> u32;

    /// The next two draws of 32 bits.
    #[inline]
    fn next_two_u32(&mut self) -> [u32; 2] {
        let first = self.next_u32();
        [first, self.next_u32()]
    }

    /// As many draws of 64 bits as there is room for.
    #[inline]
    fn fill_u64(&mut self, out: &mut [u64]) {
        for x in out {
            *x = self.next_u64();
        }
    }

    /// The next word of the generator's own width.
    #[inline]
    fn next_raw(&mut self) -> u64 {
        self.next_u64()
    }

    /// A double in [0, 1) with 53 random bits.
    #[inline]
    fn next_f64(&mut self) -> f64 {
        unit_of(self.next_u64())
    }

    /// A float in [0, 1) with 24 random bits.
    #[inline]
    fn next_f32(&mut self) -> f32 {
        (self.next_u32() >> 8) as f32 * (1.0 / 16_777_216.0)
    }
}

/// 64-bit generators serve 32-bit draws from halves of a word: the low one first, the other is kept here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Half {
    /// Whether a half is kept.
    pub kept: bool,
    /// The half that was kept last.
    pub word: u32,
}

impl Half {
    #[inline(always)]
    pub(crate) fn next(&mut self, word: impl FnOnce() -> u64) -> u32 {
        if self.kept {
            self.kept = false;
            return self.word;
        }
        let word = word();
        *self = Self {
            kept: true,
            word: (word >> 32) as u32,
        };
        word as u32
    }

    #[inline(always)]
    pub(crate) fn next_two(&mut self, mut word: impl FnMut() -> u64) -> [u32; 2] {
        if self.kept {
            let first = self.word;
            let word = word();
            self.word = (word >> 32) as u32;
            return [first, word as u32];
        }
        let word = word();
        self.word = (word >> 32) as u32;
        [word as u32, self.word]
    }
}

impl<B: Bits> Bits for Box<B> {
    #[inline]
    fn next_u64(&mut self) -> u64 {
        (**self).next_u64()
    }

    #[inline]
    fn next_u32(&mut self) -> u32 {
        (**self).next_u32()
    }

    #[inline]
    fn next_two_u32(&mut self) -> [u32; 2] {
        (**self).next_two_u32()
    }

    #[inline]
    fn fill_u64(&mut self, out: &mut [u64]) {
        (**self).fill_u64(out);
    }

    #[inline]
    fn next_raw(&mut self) -> u64 {
        (**self).next_raw()
    }

    #[inline]
    fn next_f64(&mut self) -> f64 {
        (**self).next_f64()
    }
}
