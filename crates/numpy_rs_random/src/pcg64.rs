//! PCG64: a 128-bit congruential generator with the XSL-RR output (O'Neill, 2014), NumPy's default.

use crate::seed_sequence::SeedSequence;

const MULTIPLIER: u128 = 0x2360_ed05_1fc6_5da4_4385_df64_9fcc_f645;

/// The state of one stream.
#[derive(Clone, Copy, Debug)]
pub struct Pcg64 {
    /// The state.
    pub state: u128,
    /// The increment, which is odd and names the stream.
    pub increment: u128,
}

impl Pcg64 {
    /// Seeds from hashed entropy.
    ///
    /// ```
    /// use numpy_rs_random::{pcg64::Pcg64, seed_sequence::SeedSequence};
    /// // np.random.default_rng(42).random()
    /// assert_eq!(Pcg64::new(&SeedSequence::new(&[42])).next_f64(), 0.7739560485559633);
    /// ```
    pub fn new(seed: &SeedSequence) -> Self {
        let words = seed.state_u64(4);
        let wide = |i: usize| u128::from(words[i]) << 64 | u128::from(words[i + 1]);
        let mut made = Self {
            state: 0,
            increment: wide(2) << 1 | 1,
        };
        made.step();
        made.state = made.state.wrapping_add(wide(0));
        made.step();
        made
    }

    fn step(&mut self) {
        self.state = self
            .state
            .wrapping_mul(MULTIPLIER)
            .wrapping_add(self.increment);
    }

    /// The next 64 bits.
    pub fn next_u64(&mut self) -> u64 {
        self.step();
        let folded = (self.state >> 64) as u64 ^ self.state as u64;
        folded.rotate_right((self.state >> 122) as u32)
    }

    /// A double in [0, 1) with 53 random bits.
    pub fn next_f64(&mut self) -> f64 {
        (self.next_u64() >> 11) as f64 * (1.0 / 9_007_199_254_740_992.0)
    }
}
