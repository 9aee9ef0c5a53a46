//! Jumps of the Mersenne Twister by 2^128 steps: a polynomial in its step, applied by Horner's rule (Haramoto,
//! Matsumoto, Nishimura, Panneton and L'Ecuyer, 2008).
//!
//! The polynomial is `x^(2^128)` modulo the characteristic polynomial of the step. Both are found when first asked
//! for: the latter from a stream of bits, by Berlekamp and Massey's algorithm.

use std::sync::OnceLock;

use crate::mt19937::Mt19937;

/// The dimension of the state, which is the degree of the characteristic polynomial.
const DEGREE: usize = 19_937;
const WORDS: usize = DEGREE / 64 + 1;

/// A polynomial over two elements; bit `i % 64` of word `i / 64` belongs to `x^i`.
type Polynomial = [u64; WORDS];

fn bit(words: &[u64], i: usize) -> bool {
    words[i / 64] >> (i % 64) & 1 == 1
}

fn shift_up(words: &mut [u64], mut carry: u64) {
    for word in words {
        (*word, carry) = (*word << 1 | carry, *word >> 63);
    }
}

/// The characteristic polynomial without its leading term.
fn characteristic() -> Polynomial {
    let mut stream = Mt19937::from_seed(1);
    let (mut connection, mut before, mut seen) = ([0; WORDS], [0; WORDS], [0u64; WORDS]);
    connection[0] = 1;
    before[0] = 1;
    let mut length = 0;
    for n in 0..2 * DEGREE {
        shift_up(&mut seen, u64::from(stream.step() & 1));
        shift_up(&mut before, 0);
        let together = connection
            .iter()
            .zip(&seen)
            .fold(0, |x, (c, s)| x ^ (c & s));
        if together.count_ones() % 2 == 0 {
            continue;
        }
        let kept = connection;
        for (c, b) in connection.iter_mut().zip(&before) {
            *c ^= b;
        }
        if 2 * length <= n {
            length = n + 1 - length;
            before = kept;
        }
    }
    // The connection polynomial has the coefficients in the other order.
    let mut found = [0; WORDS];
    for i in 1..=DEGREE {
        if bit(&connection, i) {
            found[(DEGREE - i) / 64] |= 1 << ((DEGREE - i) % 64);
        }
    }
    found
}

/// The places of the bits of a half word, with a zero between any two.
fn spread(half: u64) -> u64 {
    (0..32).fold(0, |x, i| x | (half >> i & 1) << (2 * i))
}

fn squared(p: &Polynomial, modulus: &Polynomial) -> Polynomial {
    let mut wide = [0u64; 2 * WORDS];
    for (i, word) in p.iter().enumerate() {
        wide[2 * i] = spread(word & 0xffff_ffff);
        wide[2 * i + 1] = spread(word >> 32);
    }
    for top in (DEGREE..2 * DEGREE).rev() {
        if !bit(&wide, top) {
            continue;
        }
        wide[top / 64] ^= 1 << (top % 64);
        let (words, bits) = ((top - DEGREE) / 64, (top - DEGREE) % 64);
        let mut carry = 0;
        for (i, &m) in modulus.iter().enumerate() {
            wide[words + i] ^= m << bits | carry;
            carry = if bits == 0 { 0 } else { m >> (64 - bits) };
        }
        if carry != 0 {
            wide[words + WORDS] ^= carry;
        }
    }
    let mut out = [0; WORDS];
    out.copy_from_slice(&wide[..WORDS]);
    out
}

fn jump_polynomial() -> &'static Polynomial {
    static FOUND: OnceLock<Box<Polynomial>> = OnceLock::new();
    FOUND.get_or_init(|| {
        let modulus = characteristic();
        let mut p = [0; WORDS];
        p[0] = 2;
        for _ in 0..128 {
            p = squared(&p, &modulus);
        }
        Box::new(p)
    })
}

/// Goes on by 2^128 steps.
pub fn jump(stream: &mut Mt19937) {
    let p = jump_polynomial();
    stream.wrap();
    let Some(top) = (0..DEGREE).rev().find(|&i| bit(p, i)) else {
        return;
    };
    let mut sum = stream.clone();
    for i in (0..top).rev() {
        sum.step();
        if bit(p, i) {
            sum.add(stream);
        }
    }
    *stream = sum;
}
