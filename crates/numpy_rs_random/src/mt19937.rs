//! The Mersenne Twister MT19937 (Matsumoto and Nishimura, 1998), seeded as NumPy's `RandomState` seeds it.

use crate::bits::Bits;

const N: usize = 624;
const M: usize = 397;

/// The state: 624 words and the place of the next one.
#[derive(Clone, Debug)]
pub struct Mt19937 {
    key: [u32; N],
    at: usize,
}

impl Mt19937 {
    /// Seeds from one 32-bit number.
    ///
    /// ```
    /// use numpy_rs_random::{bits::Bits, mt19937::Mt19937};
    /// assert_eq!(Mt19937::from_seed(5489).next_u32(), 3_499_211_612);
    /// ```
    pub fn from_seed(seed: u32) -> Self {
        let mut key = [0u32; N];
        let mut s = seed;
        for (i, word) in key.iter_mut().enumerate() {
            *word = s;
            s = 1_812_433_253u32
                .wrapping_mul(s ^ (s >> 30))
                .wrapping_add(i as u32 + 1);
        }
        Self { key, at: N }
    }

    /// Seeds from several words; none counts as one zero.
    pub fn from_words(words: &[u32]) -> Self {
        let words = if words.is_empty() { &[0][..] } else { words };
        let mut state = Self::from_seed(19_650_218);
        let key = &mut state.key;
        let (mut i, mut j) = (1, 0);
        for _ in 0..N.max(words.len()) {
            let mixed = (key[i - 1] ^ (key[i - 1] >> 30)).wrapping_mul(1_664_525);
            key[i] = (key[i] ^ mixed)
                .wrapping_add(words[j])
                .wrapping_add(j as u32);
            i += 1;
            j += 1;
            if i >= N {
                key[0] = key[N - 1];
                i = 1;
            }
            if j >= words.len() {
                j = 0;
            }
        }
        for _ in 0..N - 1 {
            let mixed = (key[i - 1] ^ (key[i - 1] >> 30)).wrapping_mul(1_566_083_941);
            key[i] = (key[i] ^ mixed).wrapping_sub(i as u32);
            i += 1;
            if i >= N {
                key[0] = key[N - 1];
                i = 1;
            }
        }
        key[0] = 0x8000_0000;
        state
    }

    /// The words.
    pub fn key(&self) -> &[u32] {
        &self.key
    }

    /// The place of the next word, from 0 to 624.
    pub fn place(&self) -> usize {
        self.at
    }

    /// A state from its words and place; `None` unless they are 624, and at most that.
    pub fn from_parts(key: &[u32], place: usize) -> Option<Self> {
        let key = key.try_into().ok()?;
        (place <= N).then_some(Self { key, at: place })
    }

    /// The place behind the last word is that of the first.
    pub(crate) fn wrap(&mut self) {
        if self.at >= N {
            self.at = 0;
        }
    }

    /// Makes one word anew and goes on to the next; the word is returned as it is in the state.
    pub(crate) fn step(&mut self) -> u32 {
        self.wrap();
        let at = self.at;
        let y = (self.key[at] & 0x8000_0000) | (self.key[(at + 1) % N] & 0x7fff_ffff);
        let twisted = (y >> 1) ^ if y & 1 == 1 { 0x9908_b0df } else { 0 };
        self.key[at] = self.key[(at + M) % N] ^ twisted;
        self.at = (at + 1) % N;
        self.key[at]
    }

    /// Adds another state, word by word from the place of each.
    pub(crate) fn add(&mut self, other: &Self) {
        for i in 0..N {
            self.key[(self.at + i) % N] ^= other.key[(other.at + i) % N];
        }
    }

    #[inline(never)]
    fn refill(&mut self) {
        let twist = |u: u32, v: u32| {
            let y = (u & 0x8000_0000) | (v & 0x7fff_ffff);
            (y >> 1) ^ if v & 1 == 1 { 0x9908_b0df } else { 0 }
        };
        for i in 0..N - M {
            self.key[i] = self.key[i + M] ^ twist(self.key[i], self.key[i + 1]);
        }
        for i in N - M..N - 1 {
            self.key[i] = self.key[i + M - N] ^ twist(self.key[i], self.key[i + 1]);
        }
        self.key[N - 1] = self.key[M - 1] ^ twist(self.key[N - 1], self.key[0]);
        self.at = 0;
    }
}

/// What is drawn for a word of the state.
#[inline(always)]
fn temper(mut y: u32) -> u32 {
    y ^= y >> 11;
    y ^= (y << 7) & 0x9d2c_5680;
    y ^= (y << 15) & 0xefc6_0000;
    y ^ (y >> 18)
}

/// A state in use: its place is kept apart until [`Run::end`], in a register over many draws, and each draw is compiled into
/// the law that asks for it.
#[derive(Debug)]
pub struct Run<'a> {
    state: &'a mut Mt19937,
    at: usize,
}

impl Mt19937 {
    /// Begins a run of draws.
    #[inline]
    pub fn run(&mut self) -> Run<'_> {
        let at = self.at;
        Run { state: self, at }
    }
}

impl Run<'_> {
    /// Puts the place back.
    #[inline]
    pub fn end(self) {
        self.state.at = self.at;
    }
}

impl Bits for Run<'_> {
    #[inline(always)]
    fn next_u32(&mut self) -> u32 {
        if self.at >= N {
            self.state.refill();
            self.at = 0;
        }
        let y = self.state.key[self.at];
        self.at += 1;
        temper(y)
    }

    #[inline(always)]
    fn next_two_u32(&mut self) -> [u32; 2] {
        if let Some(&[a, b]) = self.state.key.get(self.at..self.at + 2) {
            self.at += 2;
            return [temper(a), temper(b)];
        }
        let first = self.next_u32();
        [first, self.next_u32()]
    }

    /// Two words, the first one on top.
    #[inline(always)]
    fn next_u64(&mut self) -> u64 {
        let [high, low] = self.next_two_u32();
        u64::from(high) << 32 | u64::from(low)
    }

    #[inline(always)]
    fn next_raw(&mut self) -> u64 {
        u64::from(self.next_u32())
    }

    #[inline(always)]
    fn next_f64(&mut self) -> f64 {
        let [a, b] = self.next_two_u32();
        (f64::from(a >> 5) * 67_108_864.0 + f64::from(b >> 6)) / 9_007_199_254_740_992.0
    }
}

/// Single draws are runs of one.
macro_rules! run_of_one {
    ($($name:ident -> $out:ty;)*) => {$(
        #[inline]
        fn $name(&mut self) -> $out {
            let mut run = self.run();
            let drawn = run.$name();
            run.end();
            drawn
        }
    )*};
}

impl Bits for Mt19937 {
    run_of_one! {
        next_u32 -> u32;
        next_two_u32 -> [u32; 2];
        next_u64 -> u64;
        next_raw -> u64;
        next_f64 -> f64;
    }
}
