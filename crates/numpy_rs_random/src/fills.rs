//! Many uniform, normal or exponential numbers at once.

use crate::bits::{Bits, unit_of};
use crate::each_generator_apart;
use crate::generator::Generator;
use crate::law::Stream;
use crate::source::{Legacy, Modern, Source};

/// Fills with uniform numbers in [0, 1), each from one word.
pub(crate) fn units(stream: &mut Stream, out: &mut [u64]) {
    if let Generator::Mt19937(bits) = &mut stream.bits {
        // A double takes two words of this generator, not 64 bits.
        out.fill_with(|| bits.next_f64().to_bits());
        return;
    }
    stream.bits.fill_u64(out);
    for x in out {
        *x = unit_of(*x).to_bits();
    }
}

/// Fills with uniform numbers in (0, 1): a zero is passed over.
pub(crate) fn positive_units(stream: &mut Stream, out: &mut [u64]) {
    let mut done = 0;
    while done < out.len() {
        let fresh = &mut out[done..];
        units(stream, fresh);
        let mut kept = 0;
        for i in 0..fresh.len() {
            fresh[kept] = fresh[i];
            kept += usize::from(fresh[i] != 0);
        }
        done += kept;
    }
}

/// Fills with exponential numbers of the ziggurat.
pub(crate) fn exponentials(stream: &mut Stream, out: &mut [u64]) {
    each_generator_apart!(&mut stream.bits, bits => {
        let source = &mut Modern(&mut *bits);
        out.fill_with(|| source.exponential().to_bits());
    });
}

/// Fills with normal numbers of the ziggurat.
pub(crate) fn normals(stream: &mut Stream, out: &mut [u64]) {
    each_generator_apart!(&mut stream.bits, bits => {
        let source = &mut Modern(&mut *bits);
        out.fill_with(|| source.normal().to_bits());
    });
}

/// Fills pairs of normal numbers of the polar method. Points are drawn some at a time, those outside of the circle are
/// written over, and only then come the logarithms: nothing waits for a branch that hangs on chance. As each pair takes
/// a point at least, none is drawn too many.
#[inline(always)]
fn pairs_by_polar<B: Bits>(bits: &mut B, out: &mut [u64], put: impl Fn(f64) -> f64) {
    const POINTS: usize = 64;
    let mut points = [[0.0; 3]; POINTS];
    let mut done = 0;
    while done < out.len() {
        let mut inside = 0;
        for _ in 0..POINTS.min((out.len() - done) / 2) {
            let x = 2.0 * bits.next_f64() - 1.0;
            let y = 2.0 * bits.next_f64() - 1.0;
            let r = x * x + y * y;
            points[inside] = [x, y, r];
            inside += usize::from(r < 1.0) & usize::from(r != 0.0);
        }
        for (pair, [x, y, r]) in out[done..].chunks_exact_mut(2).zip(&points[..inside]) {
            let f = (-2.0 * r.ln() / r).sqrt();
            pair[0] = put(f * y).to_bits();
            pair[1] = put(f * x).to_bits();
        }
        done += 2 * inside;
    }
}

/// Fills with normal numbers of the polar method, two at a time: `put` makes an item of one.
pub(crate) fn normals_by_polar(stream: &mut Stream, out: &mut [u64], put: impl Fn(f64) -> f64) {
    let mut rest = out;
    if let Some((first, others)) = std::mem::take(&mut rest).split_first_mut() {
        rest = others;
        if let Some(spare) = stream.spare.take() {
            *first = put(spare).to_bits();
        } else {
            let mut source = Legacy(&mut stream.bits, &mut stream.spare);
            *first = put(source.normal()).to_bits();
            if let Some((second, others)) = std::mem::take(&mut rest).split_first_mut() {
                rest = others;
                *second = put(stream.spare.take().unwrap_or_default()).to_bits();
            }
        }
    }
    let whole = rest.len() / 2 * 2;
    let (pairs, last) = rest.split_at_mut(whole);
    each_generator_apart!(&mut stream.bits, bits => pairs_by_polar(bits, pairs, &put));
    for last in last {
        let mut source = Legacy(&mut stream.bits, &mut stream.spare);
        *last = put(source.normal()).to_bits();
    }
}
