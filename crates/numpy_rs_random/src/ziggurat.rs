//! Standard normal and exponential numbers by the ziggurat method, in double and single precision.

use crate::bits::Bits;
use crate::ziggurat_tables::*;

const NORMAL_R: f64 = 3.654152885361009;
const NORMAL_INVERSE_R: f64 = 0.27366123732975828;
const EXPONENTIAL_R: f64 = 7.6971174701310497;

/// A standard normal double.
#[inline(always)]
pub fn normal<B: Bits>(bits: &mut B) -> f64 {
    loop {
        let word = bits.next_u64();
        let layer = (word & 0xff) as usize;
        let negative = word >> 8 & 1 == 1;
        let magnitude = word >> 9 & 0x000f_ffff_ffff_ffff;
        let x = magnitude as f64 * f64::from_bits(W_NORMAL_64[layer]);
        let x = if negative { -x } else { x };
        if magnitude < K_NORMAL_64[layer] {
            return x;
        }
        if layer == 0 {
            loop {
                let over = -NORMAL_INVERSE_R * (-bits.next_f64()).ln_1p();
                let y = -(-bits.next_f64()).ln_1p();
                if y + y > over * over {
                    let x = NORMAL_R + over;
                    return if magnitude >> 8 & 1 == 1 { -x } else { x };
                }
            }
        }
        let (above, below) = (
            f64::from_bits(F_NORMAL_64[layer - 1]),
            f64::from_bits(F_NORMAL_64[layer]),
        );
        if (above - below) * bits.next_f64() + below < (-0.5 * x * x).exp() {
            return x;
        }
    }
}

/// A standard normal float.
#[inline(always)]
pub fn normal_f32<B: Bits>(bits: &mut B) -> f32 {
    loop {
        let word = bits.next_u32();
        let layer = (word & 0xff) as usize;
        let negative = word >> 8 & 1 == 1;
        let magnitude = word >> 9 & 0x007f_ffff;
        let x = magnitude as f32 * f32::from_bits(W_NORMAL_32[layer]);
        let x = if negative { -x } else { x };
        if magnitude < K_NORMAL_32[layer] {
            return x;
        }
        if layer == 0 {
            loop {
                let over = -(NORMAL_INVERSE_R as f32) * (-bits.next_f32()).ln_1p();
                let y = -(-bits.next_f32()).ln_1p();
                if y + y > over * over {
                    let x = NORMAL_R as f32 + over;
                    return if magnitude >> 8 & 1 == 1 { -x } else { x };
                }
            }
        }
        let (above, below) = (
            f32::from_bits(F_NORMAL_32[layer - 1]),
            f32::from_bits(F_NORMAL_32[layer]),
        );
        let wide = f64::from(x);
        if f64::from((above - below) * bits.next_f32() + below) < (-0.5 * wide * wide).exp() {
            return x;
        }
    }
}

/// A standard exponential double.
#[inline(always)]
pub fn exponential<B: Bits>(bits: &mut B) -> f64 {
    loop {
        let word = bits.next_u64() >> 3;
        let layer = (word & 0xff) as usize;
        let magnitude = word >> 8;
        let x = magnitude as f64 * f64::from_bits(W_EXPONENTIAL_64[layer]);
        if magnitude < K_EXPONENTIAL_64[layer] {
            return x;
        }
        if layer == 0 {
            return EXPONENTIAL_R - (-bits.next_f64()).ln_1p();
        }
        let (above, below) = (
            f64::from_bits(F_EXPONENTIAL_64[layer - 1]),
            f64::from_bits(F_EXPONENTIAL_64[layer]),
        );
        if (above - below) * bits.next_f64() + below < (-x).exp() {
            return x;
        }
    }
}

/// A standard exponential float.
#[inline(always)]
pub fn exponential_f32<B: Bits>(bits: &mut B) -> f32 {
    loop {
        let word = bits.next_u32() >> 1;
        let layer = (word & 0xff) as usize;
        let magnitude = word >> 8;
        let x = magnitude as f32 * f32::from_bits(W_EXPONENTIAL_32[layer]);
        if magnitude < K_EXPONENTIAL_32[layer] {
            return x;
        }
        if layer == 0 {
            return EXPONENTIAL_R as f32 - (-bits.next_f32()).ln_1p();
        }
        let (above, below) = (
            f32::from_bits(F_EXPONENTIAL_32[layer - 1]),
            f32::from_bits(F_EXPONENTIAL_32[layer]),
        );
        if (above - below) * bits.next_f32() + below < (-x).exp() {
            return x;
        }
    }
}

/// A standard exponential float by inversion. The stream takes the logarithm in double precision.
pub fn inverted_exponential_f32<B: Bits>(bits: &mut B) -> f32 {
    -f64::from(-bits.next_f32()).ln_1p() as f32
}
