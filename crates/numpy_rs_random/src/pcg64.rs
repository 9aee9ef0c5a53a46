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

    /// Four words a round: the states of a round follow from those of the round before, not from each other, so that
    /// the processor has four long multiplications under way at once.
    fn fill(&mut self, out: &mut [u64]) {
        const LANES: usize = 4;
        if out.len() < 4 * LANES {
            for x in out {
                *x = self.next_u64();
            }
            return;
        }
        let (mut factor, mut plus) = (1u128, 0u128);
        for _ in 0..LANES {
            plus = plus.wrapping_mul(Self::FACTOR).wrapping_add(self.increment);
            factor = factor.wrapping_mul(Self::FACTOR);
        }
        // XSL-RR mixes the state after its step, DXSM the one before.
        let mut states = [0u128; LANES];
        let mut state = *self;
        for s in &mut states {
            if DXSM {
                *s = state.state;
                state.step();
            } else {
                state.step();
                *s = state.state;
            }
        }
        let mut rounds = out.chunks_exact_mut(LANES);
        let mut last = states;
        for round in &mut rounds {
            last = states;
            for (x, s) in round.iter_mut().zip(&mut states) {
                *x = Self::mixed(*s);
                *s = s.wrapping_mul(factor).wrapping_add(plus);
            }
        }
        self.state = last[LANES - 1];
        if DXSM {
            self.step();
        }
        for x in rounds.into_remainder() {
            *x = self.next_u64();
        }
    }

    #[inline(always)]
    fn mixed(state: u128) -> u64 {
        if DXSM {
            let (high, low) = ((state >> 64) as u64, state as u64 | 1);
            let mixed = (high ^ (high >> 32)).wrapping_mul(CHEAP as u64);
            return (mixed ^ (mixed >> 48)).wrapping_mul(low);
        }
        ((state >> 64) as u64 ^ state as u64).rotate_right((state >> 122) as u32)
    }

    #[inline(always)]
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
    #[inline(always)]
    fn next_u64(&mut self) -> u64 {
        if DXSM {
            let word = Self::mixed(self.state);
            self.step();
            return word;
        }
        self.step();
        Self::mixed(self.state)
    }

    #[inline(always)]
    fn next_u32(&mut self) -> u32 {
        let mut half = self.half;
        let word = half.next(|| self.next_u64());
        self.half = half;
        word
    }

    fn fill_u64(&mut self, out: &mut [u64]) {
        self.fill(out);
    }

    #[inline(always)]
    fn next_two_u32(&mut self) -> [u32; 2] {
        let mut half = self.half;
        let words = half.next_two(|| self.next_u64());
        self.half = half;
        words
    }
}
