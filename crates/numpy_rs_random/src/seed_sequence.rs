//! `SeedSequence`: seeds of any length hashed into well-mixed state words (M. O'Neill's `seed_seq_fe`).

const POOL: usize = 4;

/// A pool of entropy.
#[derive(Clone, Debug)]
pub struct SeedSequence {
    pool: [u32; POOL],
}

/// The running hash of one word, with its own changing constant.
struct Hash(u32);

impl Hash {
    fn mix(&mut self, value: u32) -> u32 {
        let value = value ^ self.0;
        self.0 = self.0.wrapping_mul(0x931e_8875);
        let value = value.wrapping_mul(self.0);
        value ^ (value >> 16)
    }
}

fn combine(x: u32, y: u32) -> u32 {
    let z = x
        .wrapping_mul(0xca01_f9dd)
        .wrapping_sub(y.wrapping_mul(0x4973_f715));
    z ^ (z >> 16)
}

impl SeedSequence {
    /// A pool from 32-bit words, the lowest first.
    pub fn new(entropy: &[u32]) -> Self {
        let mut hash = Hash(0x43b0_d7e5);
        let mut pool = [0; POOL];
        for (i, slot) in pool.iter_mut().enumerate() {
            *slot = hash.mix(entropy.get(i).copied().unwrap_or(0));
        }
        for from in 0..POOL {
            for to in 0..POOL {
                if from != to {
                    pool[to] = combine(pool[to], hash.mix(pool[from]));
                }
            }
        }
        for &word in entropy.iter().skip(POOL) {
            for slot in &mut pool {
                *slot = combine(*slot, hash.mix(word));
            }
        }
        Self { pool }
    }

    /// `n` words of 64 bits for the state of a generator.
    pub fn state_u64(&self, n: usize) -> Vec<u64> {
        let mut constant = 0x8b51_f9ddu32;
        let words: Vec<u32> = (0..2 * n)
            .map(|i| {
                let value = self.pool[i % POOL] ^ constant;
                constant = constant.wrapping_mul(0x58f3_8ded);
                let value = value.wrapping_mul(constant);
                value ^ (value >> 16)
            })
            .collect();
        words
            .chunks(2)
            .map(|w| u64::from(w[0]) | u64::from(w[1]) << 32)
            .collect()
    }
}
