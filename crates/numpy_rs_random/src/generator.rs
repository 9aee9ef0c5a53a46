//! The generators of bits behind one type, and the state of each as a row of words.

use crate::bits::{Bits, Half};
use crate::mt19937::Mt19937;
use crate::pcg64::Pcg64;
use crate::philox::Philox;
use crate::sfc64::Sfc64;

/// One of NumPy's generators of bits.
#[derive(Clone, Debug)]
pub enum Generator {
    /// The Mersenne Twister; boxed because its state is large.
    Mt19937(Box<Mt19937>),
    /// PCG XSL-RR 128/64.
    Pcg64(Pcg64<false>),
    /// PCG DXSM 128/64.
    Pcg64Dxsm(Pcg64<true>),
    /// Philox 4x64-10.
    Philox(Philox),
    /// SFC64.
    Sfc64(Sfc64),
}

/// Runs an expression for whichever generator there is, compiled for each.
#[macro_export]
macro_rules! each_generator {
    ($generator:expr, $bits:ident => $run:expr) => {
        match $generator {
            $crate::generator::Generator::Mt19937($bits) => $run,
            $crate::generator::Generator::Pcg64($bits) => $run,
            $crate::generator::Generator::Pcg64Dxsm($bits) => $run,
            $crate::generator::Generator::Philox($bits) => $run,
            $crate::generator::Generator::Sfc64($bits) => $run,
        }
    };
}

/// As [`each_generator`], on a copy of a generator whose state is small, which is put back at the end: the state then
/// stays in registers, whatever functions are called in between.
#[macro_export]
macro_rules! each_generator_apart {
    ($generator:expr, $bits:ident => $run:expr) => {
        match $generator {
            $crate::generator::Generator::Mt19937($bits) => $run,
            $crate::generator::Generator::Pcg64(own) => {
                let mut copy = *own;
                let $bits = &mut copy;
                $run;
                *own = copy;
            }
            $crate::generator::Generator::Pcg64Dxsm(own) => {
                let mut copy = *own;
                let $bits = &mut copy;
                $run;
                *own = copy;
            }
            $crate::generator::Generator::Philox(own) => {
                let mut copy = own.clone();
                let $bits = &mut copy;
                $run;
                *own = copy;
            }
            $crate::generator::Generator::Sfc64(own) => {
                let mut copy = own.clone();
                let $bits = &mut copy;
                $run;
                *own = copy;
            }
        }
    };
}

impl Bits for Generator {
    #[inline]
    fn next_u64(&mut self) -> u64 {
        each_generator!(self, b => b.next_u64())
    }

    #[inline]
    fn next_u32(&mut self) -> u32 {
        each_generator!(self, b => b.next_u32())
    }

    #[inline]
    fn next_two_u32(&mut self) -> [u32; 2] {
        each_generator!(self, b => b.next_two_u32())
    }

    fn fill_u64(&mut self, out: &mut [u64]) {
        each_generator!(self, b => b.fill_u64(out));
    }

    #[inline]
    fn next_raw(&mut self) -> u64 {
        each_generator!(self, b => b.next_raw())
    }

    #[inline]
    fn next_f64(&mut self) -> f64 {
        each_generator!(self, b => b.next_f64())
    }
}

fn pair(words: &[u64]) -> u128 {
    u128::from(words[0]) << 64 | u128::from(words[1])
}

fn half(words: &[u64]) -> Half {
    Half {
        kept: words[0] != 0,
        word: words[1] as u32,
    }
}

impl Generator {
    /// A generator by name and the words that seed it, as NumPy's seed sequences give them; `None` for an unknown name
    /// or a wrong number of words.
    pub fn seeded(name: &str, words: &[u64]) -> Option<Self> {
        Some(match (name, words) {
            ("MT19937", words) => {
                let key: Vec<u32> = words.iter().map(|&w| w as u32).collect();
                // NumPy: the place is that of the last word, not behind it.
                Self::Mt19937(Box::new(Mt19937::from_parts(
                    &key,
                    key.len().checked_sub(1)?,
                )?))
            }
            ("PCG64", &[a, b, c, d]) => Self::Pcg64(Pcg64::new([a, b, c, d])),
            ("PCG64DXSM", &[a, b, c, d]) => Self::Pcg64Dxsm(Pcg64::new([a, b, c, d])),
            ("Philox", &[a, b]) => Self::Philox(Philox::new([0; 4], [a, b])),
            ("SFC64", &[a, b, c]) => Self::Sfc64(Sfc64::new([a, b, c])),
            _ => return None,
        })
    }

    /// The whole state as words; [`Generator::restored`] takes them back.
    pub fn words(&self) -> Vec<u64> {
        let ended = |words: &[u64], half: Half| {
            let mut all = words.to_vec();
            all.extend([u64::from(half.kept), u64::from(half.word)]);
            all
        };
        let halves = |wide: u128| [(wide >> 64) as u64, wide as u64];
        match self {
            Self::Mt19937(b) => {
                let mut all: Vec<u64> = b.key().iter().map(|&w| u64::from(w)).collect();
                all.push(b.place() as u64);
                all
            }
            Self::Pcg64(b) => ended(&[halves(b.state), halves(b.increment)].concat(), b.half),
            Self::Pcg64Dxsm(b) => ended(&[halves(b.state), halves(b.increment)].concat(), b.half),
            Self::Philox(b) => {
                let used = [b.used as u64];
                ended(&[&b.counter[..], &b.key, &b.block, &used].concat(), b.half)
            }
            Self::Sfc64(b) => ended(&b.words, b.half),
        }
    }

    /// A generator by name with a state from [`Generator::words`].
    pub fn restored(name: &str, words: &[u64]) -> Option<Self> {
        let four = |at: usize| <[u64; 4]>::try_from(words.get(at..at + 4)?).ok();
        Some(match (name, words.len()) {
            ("MT19937", 625) => {
                let key: Vec<u32> = words[..624].iter().map(|&w| w as u32).collect();
                let place = usize::try_from(words[624]).ok()?;
                Self::Mt19937(Box::new(Mt19937::from_parts(&key, place)?))
            }
            ("PCG64", 6) => Self::Pcg64(Pcg64 {
                state: pair(words),
                increment: pair(&words[2..]),
                half: half(&words[4..]),
            }),
            ("PCG64DXSM", 6) => Self::Pcg64Dxsm(Pcg64 {
                state: pair(words),
                increment: pair(&words[2..]),
                half: half(&words[4..]),
            }),
            ("Philox", 13) => Self::Philox(Philox {
                counter: four(0)?,
                key: [words[4], words[5]],
                block: four(6)?,
                used: usize::try_from(words[10]).ok()?.min(4),
                half: half(&words[11..]),
            }),
            ("SFC64", 6) => Self::Sfc64(Sfc64 {
                words: four(0)?,
                half: half(&words[4..]),
            }),
            _ => return None,
        })
    }

    /// Goes on by 2^128 steps of the Mersenne Twister; false for other generators.
    pub fn jump(&mut self) -> bool {
        match self {
            Self::Mt19937(b) => crate::mt19937_jump::jump(b),
            _ => return false,
        }
        true
    }

    /// Goes on by `steps`, a number of 256 bits with its lowest word first; false for generators that cannot.
    pub fn advance(&mut self, steps: [u64; 4]) -> bool {
        let low = u128::from(steps[1]) << 64 | u128::from(steps[0]);
        match self {
            Self::Pcg64(b) => b.advance(low),
            Self::Pcg64Dxsm(b) => b.advance(low),
            Self::Philox(b) => b.advance(steps),
            Self::Mt19937(_) | Self::Sfc64(_) => return false,
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seed_sequence::SeedSequence;

    /// Recorded from NumPy 2.5.5: the first three raw words of each generator seeded with 42.
    #[test]
    fn the_bits_are_numpys() {
        let sequence = SeedSequence::new(&[42], 4);
        for (name, n, raw) in RAW {
            let mut made = Generator::seeded(name, &sequence.state_u64(n)).unwrap();
            assert_eq!([(); 3].map(|()| made.next_raw()), raw, "{name}");
            let mut again = Generator::restored(name, &made.words()).unwrap();
            assert_eq!(made.next_u64(), again.next_u64());
        }
    }

    const RAW: [(&str, usize, [u64; 3]); 4] = [
        (
            "PCG64",
            4,
            [0xc621fbcd16d92688, 0x705a5661a791ffc1, 0xdbcd12c26eda1624],
        ),
        (
            "PCG64DXSM",
            4,
            [0xab1c50338e63481d, 0x1bdf91d548d1872, 0xa872905d0418d0a1],
        ),
        (
            "Philox",
            2,
            [0x16092f00ecdab98a, 0x243d19cc24021070, 0x4524d130684efe02],
        ),
        (
            "SFC64",
            3,
            [0x87a9e37f3ed2c19d, 0x60d4edb76d651052, 0xf20682759befde78],
        ),
    ];
}
