//! The distributions of NumPy's frozen `RandomState`, whose streams never change.

use crate::mt19937::Mt19937;

/// What is left of a word that serves several narrow numbers; each bulk draw begins with a fresh one.
#[derive(Clone, Copy, Debug, Default)]
pub struct HeldWord {
    word: u32,
    left: u32,
}

/// A generator with the spare normal number that the polar method leaves.
#[derive(Clone, Debug)]
pub struct RandomState {
    bits: Mt19937,
    spare: Option<f64>,
}

impl RandomState {
    /// Seeds from one number below 2^32.
    pub fn from_seed(seed: u32) -> Self {
        Self {
            bits: Mt19937::from_seed(seed),
            spare: None,
        }
    }

    /// Seeds from several words.
    pub fn from_words(words: &[u32]) -> Self {
        Self {
            bits: Mt19937::from_words(words),
            spare: None,
        }
    }

    /// Uniform in [0, 1).
    pub fn random(&mut self) -> f64 {
        self.bits.next_f64()
    }

    /// Standard normal, by the polar method.
    pub fn standard_normal(&mut self) -> f64 {
        if let Some(spare) = self.spare.take() {
            return spare;
        }
        loop {
            let x = 2.0 * self.bits.next_f64() - 1.0;
            let y = 2.0 * self.bits.next_f64() - 1.0;
            let r = x * x + y * y;
            if r < 1.0 && r != 0.0 {
                let f = (-2.0 * r.ln() / r).sqrt();
                self.spare = Some(f * x);
                return f * y;
            }
        }
    }

    /// Standard exponential, by inversion.
    pub fn standard_exponential(&mut self) -> f64 {
        -(1.0 - self.bits.next_f64()).ln()
    }

    /// The next 32 bits.
    pub fn next_u32(&mut self) -> u32 {
        self.bits.next_u32()
    }

    /// A number from 0 to `range` inclusive, by masked rejection.
    pub fn bounded(&mut self, range: u64) -> u64 {
        if range == 0 {
            return 0;
        }
        let mask = u64::MAX >> range.leading_zeros();
        if range == u64::MAX {
            return self.bits.next_u64();
        }
        if let Ok(narrow) = u32::try_from(range) {
            loop {
                let x = self.bits.next_u32() & mask as u32;
                if x <= narrow {
                    return u64::from(x);
                }
            }
        }
        loop {
            let x = self.bits.next_u64() & mask;
            if x <= range {
                return x;
            }
        }
    }

    /// A number from 0 to `range` inclusive from `bits` bits (1, 8 or 16) of a word that serves several numbers.
    pub fn bounded_narrow(&mut self, range: u32, bits: u32, held: &mut HeldWord) -> u32 {
        if range == 0 {
            return 0;
        }
        let mask = u32::MAX >> range.leading_zeros();
        loop {
            if held.left == 0 {
                held.word = self.bits.next_u32();
                held.left = 32 / bits - 1;
            } else {
                held.word >>= bits;
                held.left -= 1;
            }
            let x = held.word & mask;
            if x <= range {
                return x;
            }
        }
    }

    /// The twister's words, the place of the next one, and the spare normal number.
    pub fn parts(&self) -> (&[u32], usize, Option<f64>) {
        (self.bits.key(), self.bits.place(), self.spare)
    }

    /// A state from [`RandomState::parts`]; `None` unless there are 624 words and the place is at most 624.
    pub fn from_parts(key: &[u32], place: usize, spare: Option<f64>) -> Option<Self> {
        let bits = Mt19937::from_parts(key, place)?;
        Some(Self { bits, spare })
    }

    /// A number from 0 to `max` inclusive, as `shuffle` draws it.
    pub fn interval(&mut self, max: u64) -> u64 {
        if max == 0 {
            return 0;
        }
        let mask = u64::MAX >> max.leading_zeros();
        loop {
            let x = if u32::try_from(max).is_ok() {
                u64::from(self.bits.next_u32()) & mask
            } else {
                self.bits.next_u64() & mask
            };
            if x <= max {
                return x;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Recorded from NumPy 2.5.5: `np.random.RandomState(1234)`.
    #[test]
    fn the_stream_is_numpys() {
        let mut s = RandomState::from_seed(1234);
        assert_eq!(
            [s.random(), s.random()],
            [0.1915194503788923, 0.6221087710398319]
        );
        let mut s = RandomState::from_seed(1234);
        assert_eq!(
            [s.standard_normal(), s.standard_normal()],
            [0.47143516373249306, -1.1909756947064645]
        );
        let mut s = RandomState::from_seed(1234);
        let drawn: Vec<u64> = (0..5).map(|_| s.bounded(99)).collect();
        assert_eq!(drawn, [47, 83, 38, 53, 76]);
    }
}
