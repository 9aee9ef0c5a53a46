//! Whole numbers below a bound: Lemire's multiplication for `Generator`, masked rejection for `RandomState`.

use crate::bits::Bits;

/// What is left of a word that serves several narrow numbers; each bulk draw begins with a fresh one.
#[derive(Clone, Copy, Debug, Default)]
pub struct HeldWord {
    word: u32,
    left: u32,
}

impl HeldWord {
    /// The next `width` bits (1, 8 or 16) in the low end of a word whose other bits are the rest.
    #[inline]
    fn next<B: Bits>(&mut self, bits: &mut B, width: u32) -> u32 {
        if self.left == 0 {
            self.word = bits.next_u32();
            self.left = 32 / width - 1;
        } else {
            self.word >>= width;
            self.left -= 1;
        }
        self.word
    }
}

/// A number from 0 to `range` inclusive.
#[inline]
pub fn bounded<B: Bits>(bits: &mut B, range: u64, masked: bool) -> u64 {
    if range == 0 {
        return 0;
    }
    if let Ok(narrow) = u32::try_from(range) {
        return u64::from(if masked {
            masked_u32(bits, narrow)
        } else {
            scaled_u32(bits, narrow)
        });
    }
    if range == u64::MAX {
        return bits.next_u64();
    }
    if masked {
        let mask = u64::MAX >> range.leading_zeros();
        loop {
            let x = bits.next_u64() & mask;
            if x <= range {
                return x;
            }
        }
    }
    let n = range + 1;
    let mut scaled = u128::from(bits.next_u64()) * u128::from(n);
    if (scaled as u64) < n {
        let least = (u64::MAX - range) % n;
        while (scaled as u64) < least {
            scaled = u128::from(bits.next_u64()) * u128::from(n);
        }
    }
    (scaled >> 64) as u64
}

fn masked_u32<B: Bits>(bits: &mut B, range: u32) -> u32 {
    let mask = u32::MAX >> range.leading_zeros();
    loop {
        let x = bits.next_u32() & mask;
        if x <= range {
            return x;
        }
    }
}

fn scaled_u32<B: Bits>(bits: &mut B, range: u32) -> u32 {
    if range == u32::MAX {
        return bits.next_u32();
    }
    let n = range + 1;
    let mut scaled = u64::from(bits.next_u32()) * u64::from(n);
    if (scaled as u32) < n {
        let least = (u32::MAX - range) % n;
        while (scaled as u32) < least {
            scaled = u64::from(bits.next_u32()) * u64::from(n);
        }
    }
    (scaled >> 32) as u32
}

/// A number from 0 to `range` inclusive from `width` bits (1, 8 or 16) of a word that serves several numbers.
#[inline]
pub fn bounded_narrow<B: Bits>(
    bits: &mut B,
    range: u32,
    width: u32,
    masked: bool,
    held: &mut HeldWord,
) -> u32 {
    if range == 0 {
        return 0;
    }
    let all = u32::MAX >> (32 - width);
    if masked || range == all {
        let mask = u32::MAX >> range.leading_zeros();
        loop {
            let x = held.next(bits, width) & mask;
            if x <= range {
                return x;
            }
        }
    }
    let n = range + 1;
    let mut scaled = (held.next(bits, width) & all) * n;
    if scaled & all < n {
        let least = (all - range) % n;
        while scaled & all < least {
            scaled = (held.next(bits, width) & all) * n;
        }
    }
    scaled >> width
}

/// A number that words of random bits are turned into, or nothing where a word is refused.
trait Test: Copy {
    fn of(self, word: u64) -> (u64, bool);
}

/// Lemire's multiplication, by words of 32 or 64 bits: the refused ones have a low product below `least`.
#[derive(Clone, Copy)]
struct Scaled<const WIDE: bool> {
    n: u64,
    least: u64,
}

impl<const WIDE: bool> Scaled<WIDE> {
    /// For numbers up to `range`, which is not the largest word.
    fn new(range: u64) -> Self {
        let all = if WIDE { u64::MAX } else { u64::from(u32::MAX) };
        let n = range + 1;
        Self {
            n,
            least: (all - range) % n,
        }
    }
}

impl<const WIDE: bool> Test for Scaled<WIDE> {
    #[inline(always)]
    fn of(self, word: u64) -> (u64, bool) {
        if WIDE {
            let scaled = u128::from(word) * u128::from(self.n);
            return ((scaled >> 64) as u64, scaled as u64 >= self.least);
        }
        let scaled = word * self.n;
        (scaled >> 32, scaled & 0xffff_ffff >= self.least)
    }
}

/// The low bits, refused above `range`.
#[derive(Clone, Copy)]
struct Masked {
    mask: u64,
    range: u64,
}

impl Test for Masked {
    #[inline(always)]
    fn of(self, word: u64) -> (u64, bool) {
        let x = word & self.mask;
        (x, x <= self.range)
    }
}

/// Fills with `from` plus numbers from 0 to `range`, as [`bounded`] would draw them one after the other. `put` makes an
/// item of a number.
pub fn fill<B: Bits, T>(
    bits: &mut B,
    from: u64,
    range: u64,
    masked: bool,
    out: &mut [T],
    put: impl Fn(u64) -> T,
) {
    let put = |x: u64| put(from.wrapping_add(x));
    if range == 0 {
        out.fill_with(|| put(0));
    } else if let Ok(narrow) = u32::try_from(range) {
        if narrow == u32::MAX {
            fill_u32(bits, Masked { mask: range, range }, out, put);
        } else if masked {
            let mask = u64::from(u32::MAX >> narrow.leading_zeros());
            fill_u32(bits, Masked { mask, range }, out, put);
        } else {
            fill_u32(bits, Scaled::<false>::new(range), out, put);
        }
    } else if masked || range == u64::MAX {
        let mask = u64::MAX >> range.leading_zeros();
        fill_u64(bits, Masked { mask, range }, out, put);
    } else {
        fill_u64(bits, Scaled::<true>::new(range), out, put);
    }
}

/// Words are taken two at a time and written whether refused or not; what is refused is written over, so that no branch
/// hangs on chance.
fn fill_u32<B: Bits, T>(bits: &mut B, test: impl Test, out: &mut [T], put: impl Fn(u64) -> T) {
    let mut at = 0;
    while at + 2 <= out.len() {
        for word in bits.next_two_u32() {
            let (x, taken) = test.of(u64::from(word));
            out[at] = put(x);
            at += usize::from(taken);
        }
    }
    while at < out.len() {
        let (x, taken) = test.of(u64::from(bits.next_u32()));
        out[at] = put(x);
        at += usize::from(taken);
    }
}

fn fill_u64<B: Bits, T>(bits: &mut B, test: impl Test, out: &mut [T], put: impl Fn(u64) -> T) {
    const WORDS: usize = 64;
    let mut words = [0; WORDS];
    let mut at = 0;
    while at < out.len() {
        let n = WORDS.min(out.len() - at);
        bits.fill_u64(&mut words[..n]);
        for &word in &words[..n] {
            let (x, taken) = test.of(word);
            out[at] = put(x);
            at += usize::from(taken);
        }
    }
}

/// Fills with `from` plus numbers from 0 to `range` of `width` bits (1, 8 or 16), as [`bounded_narrow`] would draw them.
pub fn fill_narrow<B: Bits, T>(
    bits: &mut B,
    (from, range): (u32, u32),
    width: u32,
    masked: bool,
    held: &mut HeldWord,
    out: &mut [T],
    put: impl Fn(u32) -> T,
) {
    let put = |x: u32| put(from.wrapping_add(x));
    let all = u32::MAX >> (32 - width);
    let by_mask = masked || range == all;
    let mask = u32::MAX >> range.leading_zeros().min(31);
    let n = range.wrapping_add(1);
    let least = if by_mask { 0 } else { (all - range) % n };
    let each = (32 / width) as usize;
    let mut at = 0;
    if range == 0 {
        out.fill_with(|| put(0));
        return;
    }
    while at < out.len() {
        if held.left > 0 || at + each > out.len() {
            out[at] = put(bounded_narrow(bits, range, width, masked, held));
            at += 1;
            continue;
        }
        let word = bits.next_u32();
        if by_mask && mask == range {
            // Nothing is refused.
            for (k, x) in out[at..at + each].iter_mut().enumerate() {
                *x = put(word >> (k as u32 * width) & mask);
            }
            at += each;
            continue;
        }
        for k in 0..each {
            let part = word >> (k as u32 * width) & all;
            let (x, taken) = if by_mask {
                (part & mask, part & mask <= range)
            } else {
                let scaled = part * n;
                (scaled >> width, scaled & all >= least)
            };
            out[at] = put(x);
            at += usize::from(taken);
        }
    }
}

/// Swaps items into random order from the back, down to the place `first`.
pub fn shuffle<B: Bits, T>(bits: &mut B, items: &mut [T], first: usize, masked: bool) {
    // Places are drawn a few ahead of the swaps: the draws hang on each other, the swaps on memory.
    const AHEAD: usize = 64;
    let mut places = [0usize; AHEAD];
    let mut end = items.len();
    let first = first.max(1);
    while end > first {
        let n = AHEAD.min(end - first);
        if masked && let Ok(mut i) = u32::try_from(end - 1) {
            let mut at = 0;
            while at < n {
                let x = bits.next_u32() & (u32::MAX >> i.leading_zeros());
                let taken = x <= i;
                places[at] = x as usize;
                at += usize::from(taken);
                i -= u32::from(taken);
            }
        } else {
            for (k, place) in places[..n].iter_mut().enumerate() {
                *place = bounded(bits, (end - 1 - k) as u64, masked) as usize;
            }
        }
        for &place in &places[..n] {
            end -= 1;
            items.swap(end, place);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pcg64::Pcg64;

    fn bits() -> Pcg64<false> {
        Pcg64::new([1, 2, 3, 4])
    }

    #[test]
    fn many_are_as_one_after_the_other() {
        for range in [
            0,
            1,
            6,
            999,
            1 << 31,
            u64::from(u32::MAX),
            1 << 40,
            (1 << 63) + 5,
            u64::MAX,
        ] {
            for masked in [false, true] {
                let (mut one, mut many) = (bits(), bits());
                let mut out = [0u64; 101];
                fill(&mut many, 7, range, masked, &mut out, |x| x);
                for x in out {
                    assert_eq!(
                        x,
                        bounded(&mut one, range, masked).wrapping_add(7),
                        "{range}"
                    );
                }
                assert_eq!(one.next_u32(), many.next_u32());
            }
        }
    }

    #[test]
    fn narrow_ones_too() {
        for (range, width) in [
            (1, 1),
            (1, 8),
            (6, 8),
            (99, 8),
            (255, 8),
            (999, 16),
            (65535, 16),
        ] {
            for masked in [false, true] {
                let (mut one, mut many) = (bits(), bits());
                let (mut held_one, mut held_many) = (HeldWord::default(), HeldWord::default());
                for n in [3usize, 50, 7] {
                    let mut out = vec![0u32; n];
                    fill_narrow(
                        &mut many,
                        (0, range),
                        width,
                        masked,
                        &mut held_many,
                        &mut out,
                        |x| x,
                    );
                    for x in out {
                        let single = bounded_narrow(&mut one, range, width, masked, &mut held_one);
                        assert_eq!(x, single, "{range} {width}");
                    }
                }
                assert_eq!(one.next_u64(), many.next_u64());
            }
        }
    }

    #[test]
    fn whole_blocks_of_words_are_the_words() {
        fn compare<B: Bits + Clone>(bits: B) {
            for n in [1usize, 15, 16, 17, 64, 103] {
                let (mut one, mut many) = (bits.clone(), bits.clone());
                let mut out = vec![0; n];
                many.fill_u64(&mut out);
                assert!(out.iter().all(|&x| x == one.next_u64()));
                assert_eq!(one.next_u64(), many.next_u64());
            }
        }
        compare(bits());
        compare(Pcg64::<true>::new([1, 2, 3, 4]));
    }
}
