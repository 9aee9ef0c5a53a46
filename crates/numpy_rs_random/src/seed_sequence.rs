//! `SeedSequence`: seeds of any length hashed into well-mixed state words (M. O'Neill's `seed_seq_fe`).

/// A pool of entropy.
#[derive(Clone, Debug)]
pub struct SeedSequence {
    pool: Vec<u32>,
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
    /// A pool of `size` words (at least four in use) from entropy, the lowest word first.
    pub fn new(entropy: &[u32], size: usize) -> Self {
        let mut hash = Hash(0x43b0_d7e5);
        let mut pool: Vec<u32> = (0..size)
            .map(|i| hash.mix(entropy.get(i).copied().unwrap_or(0)))
            .collect();
        for from in 0..size {
            for to in 0..size {
                if from != to {
                    pool[to] = combine(pool[to], hash.mix(pool[from]));
                }
            }
        }
        for &word in entropy.iter().skip(size) {
            for slot in &mut pool {
                *slot = combine(*slot, hash.mix(word));
            }
        }
        Self { pool }
    }

    /// The words of the pool.
    pub fn pool(&self) -> &[u32] {
        &self.pool
    }

    /// A sequence with a pool mixed before.
    pub fn from_pool(pool: &[u32]) -> Self {
        Self {
            pool: pool.to_vec(),
        }
    }

    /// The words for the state of a generator, without end.
    pub fn words(&self) -> impl Iterator<Item = u32> {
        let mut constant = 0x8b51_f9ddu32;
        self.pool.iter().cycle().map(move |&slot| {
            let value = slot ^ constant;
            constant = constant.wrapping_mul(0x58f3_8ded);
            let value = value.wrapping_mul(constant);
            value ^ (value >> 16)
        })
    }

    /// `n` words of 64 bits for the state of a generator.
    pub fn state_u64(&self, n: usize) -> Vec<u64> {
        let mut words = self.words().map(u64::from);
        let mut next = || words.next().unwrap_or(0);
        (0..n).map(|_| next() | next() << 32).collect()
    }
}
