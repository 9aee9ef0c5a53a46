//! PCG64 and PCG64DXSM: 128-bit congruential generators (O'Neill, 2014) with two ways of mixing the output.

use crate::bits::{Bits, Half};

const MULTIPLIER: u128 = 0x2360_ed05_1fc6_5da4_4385_df64_9fcc_f645;
const CHEAP: u128 = 0xda94_2042_e4dd_58b5;

/// One stream; `DXSM` chooses the output of PCG64DXSM, else it is XSL-RR.
#[derive(Clone, Copy, Debug)]
pub struct Pcg64<const DXSM: bool> {
    /// The state.
    pub state: u128,
    /// The increment, which is odd and names the stream.
    pub increment: u128,
    /// The half of a word that 32-bit draws left.
    pub half: Half,
}

impl<const DXSM: bool> Pcg64<DXSM> {
    const FACTOR: u128 = if DXSM { CHEAP } else { MULTIPLIER };

    /// Seeds from four words: the state, then the stream, each with its high word first.
    ///
    /// ```
    /// use numpy_rs_random::{bits::Bits, pcg64::Pcg64, seed_sequence::SeedSequence};
    /// // np.random.default_rng(42).random()
    /// let words = SeedSequence::new(&[42], 4).state_u64(4);
    /// let mut stream = Pcg64::<false>::new([words[0], words[1], words[2], words[3]]);
    /// assert_eq!(stream.next_f64(), 0.7739560485559633);
    /// ```
    pub fn new(words: [u64; 4]) -> Self {
        let wide = |i: usize| u128::from(words[i]) << 64 | u128::from(words[i + 1]);
        let mut made = Self {
            state: 0,
            increment: wide(2) << 1 | 1,
            half: Half::default(),
        };
        // NumPy: the first steps of PCG64DXSM are those of PCG64 too. From zero the first one is the increment.
        made.state = made
            .increment
            .wrapping_add(wide(0))
            .wrapping_mul(MULTIPLIER)
            .wrapping_add(made.increment);
        made
    }

    fn step(&mut self) {
        self.state = self
            .state
            .wrapping_mul(Self::FACTOR)
            .wrapping_add(self.increment);
    }

    /// As many steps at once, by repeated squaring of the step (Brown, 1994).
    pub fn advance(&mut self, mut steps: u128) {
        let (mut factor, mut plus) = (Self::FACTOR, self.increment);
        let (mut all_factor, mut all_plus) = (1u128, 0u128);
        while steps > 0 {
            if steps & 1 == 1 {
                all_factor = all_factor.wrapping_mul(factor);
                all_plus = all_plus.wrapping_mul(factor).wrapping_add(plus);
            }
            plus = plus.wrapping_mul(factor.wrapping_add(1));
            factor = factor.wrapping_mul(factor);
            steps >>= 1;
        }
        self.state = self.state.wrapping_mul(all_factor).wrapping_add(all_plus);
        self.half = Half::default();
    }
}

impl<const DXSM: bool> Bits for Pcg64<DXSM> {
    #[inline]
    fn next_u64(&mut self) -> u64 {
        if DXSM {
            let (high, low) = ((self.state >> 64) as u64, self.state as u64 | 1);
            self.step();
            let mixed = (high ^ (high >> 32)).wrapping_mul(CHEAP as u64);
            return (mixed ^ (mixed >> 48)).wrapping_mul(low);
        }
        self.step();
        let folded = (self.state >> 64) as u64 ^ self.state as u64;
        folded.rotate_right((self.state >> 122) as u32)
    }

    #[inline]
    fn next_u32(&mut self) -> u32 {
        let mut half = self.half;
        let word = half.next(|| self.next_u64());
        self.half = half;
        word
    }
}
